"""`rogatory assist` by command, on the tests' own node: every verb, as a table and as JSON."""

import json
from pathlib import Path

import pytest
from tests.integration.test_assistance_node import begun, offered
from tests.integration.test_cli_witness import Commands
from tests.support.desk import PASSWORD
from tests.support.letterwriting import Correspondent
from tests.support.partner import Partner

from rogatory.node.context import Node
from rogatory.node.people import Actor

pytestmark = pytest.mark.any_database


@pytest.fixture
def call(desk: Node, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("ROGATORY_PASSWORD", PASSWORD)
    return Commands(capsys)


NEW = ("--set", "title=Courses", "--set", "what=A course.", "--set", "help=training;expert", "--set", "provisions=25")


def test_a_need_is_made_matched_sent_answered_and_withdrawn_by_command(
    call: Commands, desk: Node, france: Partner
) -> None:
    need = call.json("liaison", "assist", "need", "make", *NEW, "--set", "note=SECRET")
    assert (need["visibility"], need["body"]["help"]) == ("private", ["training", "expert"])
    offered(Correspondent(desk, france))
    name = need["id"]
    [match] = call.json("liaison", "assist", "match", name[:8])
    assert match["offer"].startswith("FRA/")
    assert "Gives what is asked for: training." in call.text("auditor", "assist", "match")
    changed = call.json("liaison", "assist", "need", "change", name, "--set", "persons=40", "--set", "provisions=")
    assert (changed["body"]["persons"], "provisions" in changed["body"]) == (40, False)
    assert "40" in call.text("auditor", "--lang", "fr", "assist", "need", "show", name)
    [letter] = call.json("liaison", "assist", "send", name, "--to", "fra")
    assert letter["to"] == "FRA/contact-point"
    assert "They have this version already" in call.text("liaison", "assist", "send", name)
    assert call.json("liaison", "assist", "share", name, "--with", "FRA", "--private", status=2)["error"]
    assert "FRA" in call.text("liaison", "assist", "history", name)
    assert call.json("liaison", "assist", "publish", name)["visibility"] == "public"
    assert call.json("liaison", "assist", "share", name, "--all-partners")["visibility"] == "partners"
    call.text("liaison", "assist", "interest", match["offer"], "--says", "When?", "--own", name)
    [said] = call.json("auditor", "assist", "interests")
    assert (said["says"], said["own"]) == ("When?", need["name"])
    assert call.json("liaison", "assist", "withdraw", name, "--says", "Done.")["withdrawn"]
    assert call.json("liaison", "assist", "need", "list") == []
    assert not call.json("liaison", "assist", "undo", name)["withdrawn"]
    assert call.json("drafter", "assist", "need", "list", status=4)["error"]["code"] == "role-missing"
    wrong = call.json("liaison", "assist", "need", "make", "--set", "wish=x", status=2)
    assert wrong["error"]["code"] == "bad-setting"


def test_projects_money_and_pledges_are_listed_with_how_far_they_are(
    call: Commands, desk: Node, tmp_path: Path
) -> None:
    file = tmp_path / "project.toml"
    file.write_text(
        'title = "Evidence"\nstarts = 2028-01-01\n'
        '[[activities]]\ntitle = "Course"\ndone = 50\n[[trainings]]\ntitle = "Week one"\n',
        encoding="utf-8",
    )
    project = call.json("liaison", "assist", "project", "make", str(file))
    money = {"title": "Grant", "by": "FRA", "account": "project", "project": project["name"], "amount": "0.30"}
    paid = {**money, "currency": "EUR", "payments": [{"paid_on": "2028-02-01", "amount": "0.10"}]}
    (tmp_path / "grant.json").write_text(json.dumps(paid), encoding="utf-8")
    call.json("liaison", "assist", "fund", "make", str(tmp_path / "grant.json"))
    [total] = call.json("auditor", "assist", "fund", "list")["totals"]
    assert (total["open"], total["percent"]) == ("0.20", 33)
    assert "0.10 / 0.30 EUR" in call.text("auditor", "assist", "project", "list")
    assert "0.30" in call.text("auditor", "assist", "fund", "list")
    pledge = ("title=Two courses", "text=We shall.", "by=VNM", "made_at=Ha Noi", "due=2028-02-01")
    call.json("liaison", "assist", "pledge", "make", *(word for one in pledge for word in ("--set", one)))
    [late] = call.json("auditor", "assist", "pledge", "list")
    assert late["standing"]["outcome"] == "late"
    assert "late" in call.text("auditor", "assist", "pledge", "list")
    trainee = call.json("liaison", "assist", "trainee", "add", project["id"], "--name", "Lý Thị Riêng")
    assert "Riêng" in call.text("liaison", "assist", "trainee", "list", project["id"])
    call.text("liaison", "assist", "trainee", "remove", trainee["id"])
    assert call.json("liaison", "assist", "trainee", "list", project["id"]) == []
    assert "payments" in call.text("auditor", "assist", "fund", "fields")


def test_files_go_out_for_whom_they_are_and_offers_come_in(call: Commands, desk: Node, tmp_path: Path) -> None:
    table = tmp_path / "offers.csv"
    table.write_text("title,what,by,help,note\n=A,b,UNODC,training;drafting,SECRET\n", encoding="utf-8")
    [offer] = call.json("liaison", "assist", "import-offers", str(table))
    call.json("liaison", "assist", "publish", offer["id"])
    for name, for_, secret in (("a.csv", "everybody", False), ("b.csv", "us", True), ("c.json", "partners", False)):
        out = tmp_path / name
        call.json("liaison", "assist", "export", "--out", str(out), "--kind", "offer", "--for", for_)
        told = out.read_text(encoding="utf-8")
        assert ("SECRET" in told) is secret
        assert ("'=A" in told) is name.endswith(".csv")
    assert call.json("liaison", "assist", "export", "--out", str(tmp_path / "d.csv"), status=2)["error"]


def test_a_gap_becomes_a_need_by_command(call: Commands, desk: Node, people: dict[str, Actor]) -> None:
    assessment = begun(desk, people["assessor"])
    need = call.json("liaison", "--lang", "fr", "assist", "need", "from-gap", assessment, "7(1)")
    assert need["body"]["title"].startswith("Aide pour 7(1)")
    assert need["body"]["missing"]
