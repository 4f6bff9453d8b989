"""Evidence under conditions by command: each command does what its use case does, in words and as JSON."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner

from rogatory.cli import app
from rogatory.evidence.manifest import Conditions
from rogatory.kernel import canonical
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.evidence import comparing, exhibits, opening
from rogatory.node.people import Actor
from rogatory.ports.world import Answer

pytestmark = pytest.mark.any_database

CONTENT = os.urandom(100_000)
Call = Callable[..., tuple[int, Any]]


class Desk:
    """What the command line asks of the site: this node, and its people, who need no password here."""

    def __init__(self, node: Node, people: People) -> None:
        self._node, self._people = node, people

    def node(self) -> Node:
        return self._node

    def log_in(self, name: str, _password: str) -> Actor:
        return self._people[name]

    def translated(self, _error: Exception) -> None:
        return None


@pytest.fixture
def call(node: Node, people: People, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the program as somebody; its exit status, and what it printed (as JSON unless told otherwise)."""
    monkeypatch.setenv("ROGATORY_PASSWORD", "any")

    def called(who: str, *words: str, as_json: bool = True) -> tuple[int, Any]:
        status = app.run(["--as", who, *(["--json"] if as_json else []), *words], Desk(node, people))  # type: ignore[arg-type]
        told = capsys.readouterr().out
        return status, json.loads(told) if as_json else told

    return called


@pytest.fixture
def received(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    """An exhibit of France that has arrived here and was opened."""
    found = Received(node, people, france, our_recipients, CONTENT, Conditions(use="This investigation only"))
    found.arrive()
    opening.open_exhibit(node, people["custodian"], found.id, io.BytesIO(), purpose="To read it")
    return found


def test_the_chain_is_told_in_english_and_in_french(call: Call, received: Received) -> None:
    status, said = call("auditor", "exhibit", "custody", received.id, as_json=False)
    assert status == 0
    assert "2028-03-01" in said
    assert "received by VNM/contact-point (Rogatory); the sealed file was hashed again" in said
    _, french = call("auditor", "--lang", "fr", "exhibit", "custody", received.id, as_json=False)
    assert "ouverte par VNM/contact-point" in french
    assert "pour : To read it" in french
    _, value = call("auditor", "exhibit", "custody", received.id)
    assert [one["act"] for one in value["custody"]] == ["sealed", "sent", "received", "opened"]
    assert [one["ledger_index"] is None for one in value["custody"]] == [True, True, False, False]


def test_the_chain_is_compared_with_the_partners(call: Call, node: Node, received: Received) -> None:
    chain = list(exhibits.get(node, received.id).custody)
    told = {"exhibit": received.id, "count": 3, "start": 0, "custody": chain[:3]}
    node.transport.custody = lambda *_: Answer(status=200, code="", body=canonical.dumps(told))  # type: ignore[method-assign]
    status, value = call("auditor", "exhibit", "custody", received.id, "--compare")
    assert (status, value["comparison"]["same"], len(value["comparison"]["only_ours"])) == (0, False, 1)
    assert value["comparison"]["sentences"][0].startswith("They lack entry 4 (opened by VNM")
    assert comparing.custody_for(node, "FRA", received.id)["count"] == 4


def test_viewing_and_copying_are_recorded(call: Call, received: Received, tmp_path: Path) -> None:
    view = ("exhibit", "record", received.id, "--act", "viewed", "--purpose", "Read by the prosecutor")
    assert call("custodian", *view)[0] == 0
    copy = tmp_path / "copy"
    copy.write_bytes(CONTENT[:-1])
    words = ("exhibit", "record", received.id, "--act", "copied", "--purpose", "For the file")
    assert call("custodian", *words)[1]["error"]["code"] == "no-copy-given"
    assert call("custodian", *words, "--file", str(copy))[1]["error"]["code"] == "custody-wrong-digest"
    copy.write_bytes(CONTENT)
    assert call("custodian", *words, "--file", str(copy))[1]["kind"] == "custody-entry"
    assert received.custody(received.id)[-2:] == ["viewed", "copied"]


def test_leave_is_asked_for_by_command(call: Call, node: Node, received: Received) -> None:
    words = ("exhibit", "ask-leave", received.id, "--to", "KEN/contact-point", "--purpose", "A trial in Nairobi")
    assert call("drafter", *words)[1]["kind"] == "onward-request"
    (asked,) = record.case_file(node, received.request.case).exhibits[received.id].unanswered
    assert (asked.to, asked.purpose, asked.part) == ("KEN/contact-point", "A trial in Nairobi", "")


def test_leave_is_given_and_refused_by_command_and_two_people(
    call: Call, node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, CONTENT)
    given.deliver()
    words = ("exhibit", "give-leave", given.id, "--to", "KEN/contact-point")
    assert call("duty-officer", *words, "--refuse")[1]["error"]["code"] == "bad-body"
    draft = call("duty-officer", *words, "--until", "2028-12-31")[1]
    assert draft["result"] == "awaits-approval"
    assert call("approver", "draft", "approve", draft["draft"])[0] == 0
    (leave,) = record.case_file(node, given.request.case).exhibits[given.id].leaves
    assert (leave.granted, str(leave.until)) == (True, "2028-12-31")


def test_what_clears_an_accused_is_disclosed_by_command(call: Call, received: Received) -> None:
    words = ("exhibit", "disclose", received.id)
    assert call("custodian", *words)[1]["error"]["code"] == "bad-input"
    notice = call("custodian", *words, "--to", "The defence", "--clears", "An alibi")[1]
    assert notice["kind"] == "disclosure-notice"
    assert call("custodian", *words, "--notice", notice["message"][:12])[1]["kind"] == "custody-entry"
    assert received.custody(received.id)[-1] == "disclosed"


def test_an_exhibit_is_destroyed_by_two_people_and_certified(call: Call, received: Received) -> None:
    words = ("exhibit", "destroy", received.id)
    assert call("custodian", *words)[1]["error"]["code"] == "bad-input"
    assert call("auditor", "exhibit", "certificate", received.id)[1]["error"]["code"] == "no-certificate"
    assert call("custodian", *words, "--purpose", "The investigation has ended")[1]["result"] == "awaits-approval"
    assert call("auditor", "exhibit", "custody", received.id)[1]["destruction"]["state"] == "proposed"
    assert call("custodian", *words, "--approve")[1]["error"]["code"] == "role-missing"
    assert call("approver", *words, "--refuse")[1]["result"] == "refused"
    call("custodian", *words, "--purpose", "The investigation has ended")
    assert call("approver", *words, "--approve")[1]["state"] == "destroyed"
    _, found = call("auditor", "exhibit", "certificate", received.id)
    assert found["entry"]["act"] == "destroyed"
    assert found["approved_by"]["role"] == "approver"
    assert found["proof"]["opening"]["digest"] == found["digest"]
    _, told = call("auditor", "exhibit", "certificate", received.id, as_json=False)
    assert "Certificate of destruction" in told
    assert "Certificat de destruction" in told
    gone = call("custodian", "exhibit", "open", received.id, "--purpose", "x", "--out", "/nonexistent/x")
    assert gone[0] != 0


def test_an_exhibit_is_given_back_by_command(call: Call, received: Received) -> None:
    assert (
        call("custodian", "exhibit", "return", received.id, "--purpose", "No longer needed")[1]["state"] == "returned"
    )
    assert (
        call("auditor", "exhibit", "certificate", received.id)[1]["sentences"]["fr"][0] == "Certificat de restitution"
    )


def test_what_a_court_is_given_is_written_by_command(call: Call, received: Received, tmp_path: Path) -> None:
    case, folder = received.request.case, tmp_path / "court"
    folder.mkdir()
    words = ("exhibit", "export", case, "--out")
    status, page = call("auditor", "--lang", "fr", *words, str(folder / "record.html"), "--sealed")
    assert (status, page["format"]) == (0, "html")
    text = (folder / "record.html").read_text(encoding="utf-8")
    assert 'lang="fr"' in text
    assert "SHA-256 du fichier scellé" in text
    assert call("auditor", *words, str(folder / "record.html"))[1]["error"]["code"] == "file-exists"
    assert call("auditor", *words, str(folder / "graph"), "--format", "case-uco")[0] == 0
    assert json.loads((folder / "graph").read_bytes())["@graph"]
    assert call("auditor", *words, str(folder / "tables"), "--format", "csv")[0] == 0
    assert sorted(path.name for path in (folder / "tables").iterdir()) == ["custody.csv", "exhibits.csv"]
    status, bag = call("auditor", *words, str(folder / "bag"), "--format", "bagit")
    assert (status, bag["exhibits"], bag["sealed"]) == (0, 1, 1)
    assert (folder / "bag" / "bagit.txt").exists()
    status, bag = call("auditor", *words, str(folder / "papers"), "--format", "bagit", "--no-sealed")
    assert bag["sealed"] == 0
    assert call("auditor", *words, str(folder / "bag"), "--format", "bagit")[1]["error"]["code"] == "folder-exists"
    assert call("auditor", *words, str(folder / "x"), "--format", "docx")[1]["error"]["code"] == "no-such-form"
    assert call("administrator", *words, str(folder / "x"))[1]["error"]["code"] == "role-missing"
    assert sorted(path.name for path in folder.iterdir()) == ["bag", "graph", "papers", "record.html", "tables"]


def test_the_record_says_how_the_chains_compare(call: Call, node: Node, received: Received, tmp_path: Path) -> None:
    chain = list(exhibits.get(node, received.id).custody)
    told = {"exhibit": received.id, "count": 3, "start": 0, "custody": chain[:3]}
    node.transport.custody = lambda *_: Answer(status=200, code="", body=canonical.dumps(told))  # type: ignore[method-assign]
    out = tmp_path / "record.html"
    assert call("auditor", "exhibit", "export", received.request.case, "--out", str(out), "--compare")[0] == 0
    assert "They lack entry 4 (opened by VNM/contact-point" in out.read_text(encoding="utf-8")
