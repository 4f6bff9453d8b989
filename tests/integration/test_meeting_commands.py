"""A meeting by command: made of the status or of a table, opened, entered into, shown, written out, verified offline."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.support import meetings as played
from tests.support.meeting_on_node import At, facts, made, play, voting

from rogatory.cli import app
from rogatory.cli.conference import verifying
from rogatory.node.conference import meetings
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person

pytestmark = pytest.mark.any_database

Run = Callable[..., tuple[int, Any]]
TOML = """
id = "COP-2"
title.en = "Second session"
title.fr = "Deuxième session"
body = "conference"
kind = "regular"
venue = "Hà Nội"
opens = 2028-03-06
closes = 2028-03-10
presiding = "VNM"
"""


@dataclass
class Site:
    """As much of the site as these commands ask for."""

    held: Node
    actor: Person
    data: Path = Path("nowhere")

    def node(self) -> Node:
        return self.held

    def log_in(self, name: str, password: str) -> Person:
        return self.actor


@pytest.fixture
def secretary(people: dict[str, Person]) -> Person:
    return people["secretary"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], secretary: Person, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Status and answer of `rogatory conference …`: JSON, or the text with `plain`."""
    monkeypatch.setenv("ROGATORY_PASSWORD", "any")

    def call(node: Node | None, *words: object, plain: str = "") -> tuple[int, Any]:
        site: Any = Site(node, secretary) if node else Nothing()
        front = ["--lang", plain] if plain else ["--json"]
        status = app.run([*front, "--as", "ha", "conference", *map(str, words)], site)
        out = capsys.readouterr().out
        return status, out if plain else json.loads(out)

    return call


class Nothing:
    """No node, no data folder: whoever asks for one fails the test."""


def test_a_meeting_of_all_states_is_made_from_the_status_of_its_opening_day(
    node: Node, run: Run, tmp_path: Path
) -> None:
    told = tmp_path / "facts.toml"
    told.write_text(TOML, encoding="utf-8")
    here = replace(node, clock=At(datetime(2027, 11, 1, tzinfo=UTC)))
    status, found = run(here, "new", told, "--from-status", "--rulebook", "untoc")
    assert (status, found["meeting"], found["events"]) == (0, "COP-2", 1)
    seats = meetings.sitting(here, "COP-2").state.seats
    assert found["participants"] == len(seats) > 190
    assert (seats["VNM"].kind, seats["VNM"].group) == ("party", "asia-pacific")
    assert seats["VNM"].name.fr == "Viet Nam"
    assert {"signatory", "non-signatory"} <= {one.kind for one in seats.values()}
    assert run(here, "new", told, "--from-status")[1]["error"]["code"] == "meeting-exists"


def test_a_meeting_of_a_table_takes_what_the_table_says_and_the_rest_from_the_status(
    node: Node, run: Run, tmp_path: Path
) -> None:
    told, table = tmp_path / "facts.toml", tmp_path / "who.csv"
    told.write_text(TOML, encoding="utf-8")
    table.write_text(
        "State;Kind;Name;Nom;Members\nVNM;;;;\nFRA;;;;\nEUE;regional-organisation;;;FRA DEU\n"
        "WATCH;ngo-other;Watch;Veille;\n",
        encoding="utf-8",
    )
    here = replace(node, clock=At(datetime(2027, 11, 1, tzinfo=UTC)))
    status, found = run(here, "new", told, "--states", table)
    assert status == 0, found
    seats = meetings.sitting(here, "COP-2").state.seats
    assert list(seats) == ["VNM", "FRA", "EUE", "WATCH"]
    assert seats["EUE"].members == ("FRA",)  # who is not there is nobody's member
    assert seats["WATCH"].name.fr == "Veille"
    for bad, says in (
        ("State\nVNM\nVNM\n", "stands twice"),
        ("State\nXYZ\n", "needs its name"),
        ("a\n1\n", "no code"),
    ):
        table.write_text(bad, encoding="utf-8")
        status, found = run(here, "new", told, "--states", table)
        assert status == 2
        assert says in found["error"]["message"], found
    assert run(here, "new", told)[1]["error"]["code"] == "bad-input"


def test_a_meeting_is_opened_only_with_its_quorum(node: Node, run: Run, secretary: Person) -> None:
    table = played.arrived(played.convened())
    here, meeting = made(node, secretary)
    play(here, meeting, table.events[:4])
    assert run(here, "open", meeting)[1]["error"]["code"] == "too-soon"
    play(here, meeting, table.events[4:-10])
    status, found = run(here, "open", meeting)
    assert (status, found["error"]["code"]) == (4, "no-quorum")
    assert "present" in found["error"]["message"]
    play(here, meeting, table.events[-10:])
    assert run(here, "open", meeting)[1]["phase"] == "sitting"


def test_an_event_is_entered_in_somebodys_name_and_the_same_one_once(
    node: Node, run: Run, secretary: Person, tmp_path: Path
) -> None:
    here, meeting, _ = voting(node, secretary)
    body = tmp_path / "body.json"
    body.write_text('{"vote": "V1", "choice": "no"}', encoding="utf-8")
    vote = ("event", meeting, "vote-cast", "--body", body, "--by", "delegation:S01", "--once", "paper-1")
    assert run(here, *vote) == run(here, *vote)
    again = run(here, *vote[:-2])
    assert (again[0], again[1]["error"]["code"]) == (4, "voted-already")
    assert again[1]["error"]["provision"].startswith("rule")
    for by in ("king:S01", "delegation", "secretariat:S01"):
        assert run(here, "event", meeting, "vote-cast", "--by", by)[1]["error"]["code"] == "bad-input"


def test_the_state_of_a_meeting_shows_the_vote_and_what_may_happen_next(
    node: Node, run: Run, secretary: Person
) -> None:
    here, meeting, _ = voting(node, secretary)
    run(here, "event", meeting, "vote-cast", "--body", '{"vote": "V1", "choice": "no"}', "--by", "delegation:S01")
    told = run(here, "state", meeting, "--for", "delegation:S02")[1]
    assert told["quorum"]["to_decide"]["reached"]
    assert "S02" in told["awaited"]
    assert "S01" not in told["awaited"]
    by = {one["by"]["role"]: [may["kind"] for may in one["may"]] for one in told["next"]}
    assert "vote-closed" in by["presiding"]
    assert "vote-cast" in by["delegation"]
    english, french = (run(here, "state", meeting, plain=lang)[1] for lang in ("en", "fr"))
    assert "9 present; needed: 5 of 9" in english
    assert "n’a pas voté" in french


def test_a_record_is_written_once_shown_and_verified_without_a_node(
    node: Node, run: Run, secretary: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = played.ready()
    table.vote(played.choices(8, 1), about="proposal", target="P1")
    here, meeting = made(node, secretary)
    play(here, meeting, table.events)
    file = tmp_path / "record"
    status, written = run(here, "record", meeting, "--out", file)
    assert (status, written["events"]) == (0, len(table.events) + 1)
    assert run(here, "record", meeting, "--out", file)[1]["error"]["code"] == "file-exists"
    status, found = run(None, "verify", file, "--head", written["head"])
    assert (status, found["verified"], found["closed"]) == (0, True, False)
    assert found["summary"]["votes"][0]["count"]["yes"] == 8
    shown = run(None, "state", file)[1]
    assert shown["head"] == written["head"]
    assert shown["decisions"][-1]["how"] == "vote"

    assert verifying.run([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(run(None, "verify", file)[1]))

    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:8] + lines[9:]))
    status, found = run(None, "verify", file)
    assert (status, found["verified"]) == (5, False)
    assert [one["code"] for one in found["rungs"] if one["code"]] == ["record-chain-broken"]
    assert "NON VÉRIFIÉ" in run(None, "verify", file, plain="fr")[1]
    assert run(None, "state", file)[1]["error"]["code"] == "record-not-verified"


def test_passes_are_issued_listed_and_revoked(node: Node, run: Run, secretary: Person) -> None:
    here, meeting = made(node, secretary)
    issued = run(here, "pass", "issue", meeting, "--of", "S01", "--of", "S02")[1]
    assert [one["of"] for one in issued] == ["S01", "S02"]
    assert all(f"/conference/{meeting}/in/" in one["link"] for one in issued)
    assert len({one["link"] for one in issued}) == 2
    assert len(run(here, "pass", "issue", meeting, "--everybody")[1]) == len(facts()["seats"])
    assert run(here, "pass", "revoke", meeting, issued[0]["id"])[1]["revoked"]
    listed = run(here, "pass", "list", meeting)[1]
    assert [one["of"] for one in listed if one["revoked_at"]] == ["S01"]
    assert "digest" not in listed[0]
    assert run(here, "pass", "issue", meeting)[1]["error"]["code"] == "bad-input"


def test_the_check_alone_answers_what_it_understands_and_leaves_the_rest_to_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "record"
    file.write_bytes(b"nonsense\n")
    assert verifying.run([str(file)]) == 5
    assert "FAIL" in capsys.readouterr().out
    assert verifying.run([str(tmp_path / "none"), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no-such-record"
    assert verifying.run([str(file), "--head", "short"]) == 2
    for asked in ([], ["--help"], [str(file), "--as", "ha"], [str(file), "--lang", "xx"]):
        assert verifying.run(asked) is None


def test_a_document_is_issued_with_its_files(node: Node, run: Run, secretary: Person, tmp_path: Path) -> None:
    here, meeting = made(node, secretary)
    paper = tmp_path / "draft.txt"
    paper.write_text("Draft decision", encoding="utf-8")
    asked = ("document", meeting, "CONF/1", "--title", "Draft decision", "--file", f"en={paper}")
    assert run(here, *asked)[1]["version"] == 1
    assert "CONF/1, version 2, est publié en : en, fr" in run(here, *asked, "--file", f"fr={paper}", plain="fr")[1]
    assert len(list(here.blobs.names(f"meetings/{meeting}"))) == 1
    paper.write_bytes(b"\x00\x01")
    status, told = run(here, *asked)
    assert (status != 0, told["error"]["code"]) == (True, "bad-document-file")
