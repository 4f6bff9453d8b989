"""`rogatory status` by command: in this process where no node is needed, and on a node that takes a list."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.rogatory_process import Program

from rogatory.cli import app
from rogatory.site.commands import Site

pytestmark = pytest.mark.any_database

CLAUSE = """id = "t"
name = "A treaty"
[clause]
threshold = 2
counts = ["ratification"]
delay = { kind = "month-after-days", number = 60 }
late = { kind = "days-after", number = 30 }
[[clause.condition]]
kind = "share"
percent = 50
"""
LIST = """<?xml version="1.0" encoding="ISO-8859-1"?>
<MTDSG><Treaty><Participants><Table><TGroup><Thead><Row><Entry>Participant</Entry><Entry>Signature</Entry>
<Entry>Ratification, Accession(a)</Entry></Row></Thead><Tbody><Rows>
<Row><Entry>Viet Nam <superscript>1</superscript></Entry><Entry>25 Oct 2025</Entry><Entry>\t9 Apr 2026</Entry></Row>
<Row><Entry>C\u00f4te d'Ivoire</Entry><Entry>25 Oct 2025</Entry><Entry>3 Mar 2026</Entry></Row>
</Rows></Tbody></TGroup></Table></Participants></Treaty></MTDSG>"""


class Caller:
    """Calls in this process, without a node."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def file(self, name: str, text: str, coding: str = "utf-8") -> str:
        path = self.folder / name
        path.write_bytes(text.encode(coding))
        return str(path)

    def text(self, *words: str) -> str:
        assert app.run(["status", *words], Site()) == 0
        return self._capsys.readouterr().out

    def json(self, *words: str) -> Any:
        return json.loads(self.text(*words, "--json"))

    def refused(self, status: int, *words: str) -> dict[str, Any]:
        assert app.run(["status", *words, "--json"], Site()) == status
        found: dict[str, Any] = json.loads(self._capsys.readouterr().out)["error"]
        return found


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "no-node"))
    return Caller(tmp_path, capsys)


def test_the_progress_and_the_standing_of_a_state_are_shown(call: Caller) -> None:
    found = call.json("show", "--on", "2026-11-22")
    assert (found["progress"]["count"], found["progress"]["threshold"], found["bound"]) == (3, 40, 0)
    assert {one["state"] for one in found["states"]} >= {"VNM", "QAT", "FJI"}
    one = call.json("show", "QAT", "--on", "2026-11-22")
    assert one["standing"]["bound"] == "no"
    assert {item["provision"] for item in one["said"]} == {"63(3)", "14", "15", "16"}
    assert "40(12)" in {item["provision"] for item in one["owed"]}
    assert call.json("show", "FRA", "--instrument", "untoc", "--on", "2026-11-22")["standing"]["since"] == "2003-09-29"
    assert "Qatar" in call.text("show", "--on", "2026-11-22", "--lang", "fr")
    assert "no clause" in call.text("show", "QAT", "--on", "2026-11-22").lower()


def test_names_and_days_that_cannot_be_are_refused(call: Caller) -> None:
    assert call.refused(3, "show", "XXX")["code"] == "unknown-state"
    assert call.refused(3, "show", "--instrument", "versailles")["code"] == "unknown-instrument"
    assert call.refused(2, "show", "--on", "2019-01-01")["code"] == "bad-day"
    assert call.refused(2, "show", "--on", "2026-02-30")["code"] == "bad-time"
    assert call.refused(3, "matrix", "--measure", "wishing")["code"] == "unknown-measure"
    assert call.refused(2, "forecast", "--assume", "FRA")["code"] == "bad-assumption"
    assert call.refused(2, "forecast", "--instrument", "untoc")["code"] == "no-forecast"


def test_the_entry_into_force_of_any_treaty_is_computed(call: Caller) -> None:
    clause = call.file("clause.toml", CLAUSE)
    deposits = call.file("d.csv", "state,action,date\nFRA,ratification,2002-01-01\nVNM,ratification,2002-04-11\n")
    shares = call.file("s.csv", "state,percent\nFRA,30\nVNM,20\n")
    found = call.json("compute", clause, deposits, "--shares", shares)
    assert (found["reached"], found["entered"]) == ("2002-04-11", "2002-07-01")
    assert [one["since"] for one in found["states"]] == ["2002-07-01", "2002-07-01"]
    assert "1 July 2002" in call.text("compute", clause, deposits, "--shares", shares)
    assert call.refused(2, "compute", clause, deposits)["code"] == "clause-needs-more"
    wrong = call.file("w.csv", "state,action,date\nFRA,ratification,2002-01-32\n")
    refused = call.refused(2, "compute", clause, wrong)
    assert refused["code"] == "bad-deposits-file"
    assert "w.csv:2" in json.dumps(refused)
    bad = call.file("bad.toml", CLAUSE.replace("threshold = 2", "threshold = 2\nthreshold = 2"))
    assert call.refused(2, "compute", bad, deposits)["code"] == "bad-clause-file"
    latin = call.file("latin.csv", "state,action,date\nC\u00f4te,ratification,2002-01-01\n", "latin-1")
    assert call.refused(2, "compute", clause, latin)["code"] == "not-text"


def test_a_forecast_and_its_what_if_are_told(call: Caller) -> None:
    found = call.json("forecast", "--on", "2026-11-22", "--assume", "FRA=2027-06,BRA=2027-06-01")
    assert (found["missing"], found["assumed"]) == (35, ["FRA=2027-06", "BRA=2027-06-01"])
    assert len(found["fan"]) == 5
    assert "No government has promised" in call.text("forecast", "--on", "2026-11-22")


def test_the_matrix_is_told_by_letters_with_their_reasons(call: Caller) -> None:
    found = call.json("matrix", "--on", "2026-11-22", "--measure", "preservation")
    place = {state: number for number, state in enumerate(found["states"])}
    letter = found["measures"]["preservation"]["rows"][place["VNM"]][place["FRA"]]
    assert found["reasons"][letter]["by"] == ["untoc", "uncac"]
    assert found["gains"][0]["pairs"] > 0
    assert "what one more Party opens" in call.text("matrix", "--on", "2026-11-22")


def test_differences_are_shown_and_nothing_is_taken(call: Caller) -> None:
    given = call.file("list.xml", LIST, "latin-1")
    found = call.json("import", given, "--as-of", "2026-11-20")
    what = {(one["state"], one["action"]): one["what"] for one in found["differences"]}
    assert what["CIV", "ratification"] == "new"
    assert what["VNM", "ratification"] == "changed"
    assert what["FRA", "signature"] == "gone"
    assert what["QAT", "reservation"] == "kept"
    assert found["taken"] is False
    assert not (call.folder / "no-node").exists()
    assert "Nothing was taken" in call.text("import", given, "--as-of", "2026-11-20")
    page = call.file("page.xml", "<!DOCTYPE html><html>Urgent maintenance</html>")
    assert call.refused(2, "import", page)["code"] == "not-a-depositary-file"
    assert call.refused(2, "import", given, "--as-of", "2026-03-20")["code"] == "bad-depositary-file"
    assert call.refused(2, "import", given, "--take")["code"] == "no-node-here"


def test_a_node_takes_the_list_and_rests_on_it_from_then_on(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--state", "VNM", "--name", "Viet Nam", "--address", "http://127.0.0.1:1", "--admin", "giang")
    given = tmp_path / "list.xml"
    given.write_bytes(LIST.encode("latin-1"))
    take = ("status", "import", str(given), "--as-of", "2026-11-20", "--take")
    assert program.refused(2, *take) == "nobody-named"
    assert not (program.data / "deposits").exists()
    assert program.json(*take, "--as", "giang")["taken"] is True
    shown = program.json("status", "show", "--on", "2026-11-20")
    assert (shown["progress"]["count"], shown["progress"]["as_of"]) == (2, "2026-11-20")
    assert program.json("status", "import", str(given), "--as-of", "2026-11-20")["differences"][0]["what"] == "kept"
    program.add("binh", "auditor")
    actions = [row["action"] for row in program.json("audit", "--as", "binh")]
    assert "status:deposits:take" in actions
    assert (program.data / "deposits" / "uncc.csv").read_text("utf-8").startswith("state,action,date")
