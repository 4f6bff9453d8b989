"""`rogatory align`: a bare file without a node, and a law from file to gap report on a node."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.structure.test_commands_in_pages import typed
from tests.support.meeting_on_node import At

from rogatory.cli import app
from rogatory.node.alignment import assessments
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.web.alignment import writing

pytestmark = pytest.mark.any_database

Run = Callable[..., tuple[int, Any]]
PAGES = Path(__file__).parents[2] / "docs"
ACT = """COMPUTER CRIMES ACT OF FREEDONIA

1. Short title
This Act may be cited as the Computer Crimes Act of Freedonia.

2. Unauthorised access
(1) A person who intentionally gains access to a computer system without authority commits an offence.
(2) It is no defence that no security measure was infringed.

3. Parking
Nobody leaves a vehicle on a bridge.

4. Preservation of data
A police officer may order a person to preserve stored computer data for ninety days.
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


class Nothing:
    """No node, no data folder: whoever asks for one fails the test."""


@pytest.fixture
def act(tmp_path: Path) -> Path:
    file = tmp_path / "act.txt"
    file.write_text(ACT, encoding="utf-8")
    return file


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Status and output of `rogatory align …` where there is no node at all."""

    def call(*words: object) -> tuple[int, str]:
        nothing: Any = Nothing()
        status = app.run(["align", *map(str, words)], nothing)
        return status, capsys.readouterr().out

    return call


@pytest.fixture
def run(
    node: Node, people: dict[str, Person], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Status and answer of `rogatory align …` on the node: JSON, or the text with `plain`."""
    monkeypatch.setenv("ROGATORY_PASSWORD", "any")

    def call(*words: object, plain: str = "", by: str = "assessor", at: Node = node) -> tuple[int, Any]:
        site: Any = Site(at, people[by])
        front = ["--lang", plain] if plain else ["--json"]
        status = app.run([*front, "--as", by, "align", *map(str, words)], site)
        out = capsys.readouterr().out
        return status, out if plain else json.loads(out)

    return call


@pytest.fixture
def begun(run: Run, act: Path) -> str:
    """The id of an assessment of the act, which was imported as `computer-crimes`."""
    status, kept = run("import", act, "--law", "computer-crimes", "--since", "2020-01-01")
    assert (status, kept["kept"], kept["provisions"], kept["before"]) == (0, True, 4, "")
    status, made = run("assess", "computer-crimes", "--title", "First look")
    assert status == 0
    found: str = made["id"]
    return found


def test_a_bare_file_is_ranked_without_a_node(bare: Callable[..., tuple[int, str]], act: Path) -> None:
    status, out = bare("propose", act, "--article", "7", "--number", "25(1)", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["text"]["file"], found["text"]["lang"], found["text"]["provisions"]) == ("act.txt", "en", 4)
    assert [one["article"] for one in found["articles"]] == ["7"]
    assert [one["number"] for one in found["obligations"]] == ["7(1)", "7(2)", "25(1)"]
    best = found["articles"][0]["proposals"][0]
    assert (found["articles"][0]["found"], best["rank"], best["number"]) == (True, 1, "2")
    start, end = best["passages"][0]["spans"][0]
    assert best["passages"][0]["text"][start:end].strip()
    assert found["obligations"][-1]["proposals"][0]["number"] == "4"


def test_the_table_of_a_bare_file_has_a_row_for_each_proposal_and_says_where_nothing_is(
    bare: Callable[..., tuple[int, str]], act: Path
) -> None:
    status, out = bare("propose", act, "--csv", "--limit", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert list(rows[0]) == ["file", "provision_label", "uncc_article", "rank", "score", "number", "found"]
    by_article = {row["uncc_article"]: row for row in rows}
    assert len(by_article) == len(rows)
    assert (by_article["7"]["number"], by_article["7"]["rank"], by_article["7"]["found"]) == ("2", "1", "true")
    assert by_article["37"]["found"] == "false"


def test_what_cannot_be_ranked_is_refused_by_its_code(
    bare: Callable[..., tuple[int, str]], act: Path, tmp_path: Path
) -> None:
    (tmp_path / "law.docx").write_bytes(b"no archive at all")
    for words, status, code in (
        ((act, "--csv", "--json"), 2, "two-forms"),
        ((act, "--article", "99"), 3, "unknown-obligation"),
        ((act, "--number", "7(9)"), 3, "unknown-obligation"),
        ((tmp_path / "none.txt",), 3, "no-such-file"),
        ((tmp_path / "law.docx",), 2, "document-format"),
    ):
        done, out = bare("propose", *words, "--json")
        assert (done, json.loads(out)["error"]["code"]) == (status, code)


def test_a_dry_run_shows_what_was_read_and_needs_no_node(bare: Callable[..., tuple[int, str]], act: Path) -> None:
    status, out = bare("import", act, "--dry-run", "--json")
    found = json.loads(out)
    assert (status, found["kept"], [one["key"] for one in found["contents"]]) == (0, False, ["1", "2", "3", "4"])


def test_obligations_are_listed_by_article_and_force(bare: Callable[..., tuple[int, str]]) -> None:
    _, out = bare("obligations", "--article", "7", "--json")
    assert [(one["number"], one["force"]) for one in json.loads(out)] == [("7(1)", "shall"), ("7(2)", "may")]
    assert bare("obligations", "--force", "must", "--json")[0] == 2


def test_a_law_is_imported_shown_and_removed(run: Run, act: Path, tmp_path: Path) -> None:
    assert run("import", act)[1]["error"]["code"] == "bad-law-name"
    assert run("import", act, "--law", "crimes", by="drafter")[1]["error"]["code"] == "role-missing"
    first = run("import", act, "--law", "crimes")[1]["text"]["id"]
    later = tmp_path / "later.txt"
    later.write_text(ACT.replace("ninety", "one hundred"), encoding="utf-8")
    second = run("import", later, "--law", "crimes", "--version", "Bill of 3 May")[1]
    assert second["before"] == first
    assert [one["version"] for one in run("laws")[1][0]["texts"]] == ["", "Bill of 3 May"]
    assert "one hundred" in run("text", "crimes", "--provision", "4", plain="en")[1]
    assert "ninety" in run("text", first[:12].lower(), "--provision", "4")[1]["passages"][0]["text"]
    changed = run("changes", first, "crimes")[1]
    assert [(one["what"], one["after"]["key"]) for one in changed["changes"]] == [("reworded", "4")]
    assert "[-ninety-] {+one hundred+} days" in run("changes", first, "crimes", plain="en")[1]
    assert run("remove", first)[1]["error"]["code"] == "text-not-removed"
    assert run("remove", first, "--yes")[1]["removed"]
    assert run("text", "penal-code")[1]["error"]["code"] == "no-such-national-law"
    status, found = run("propose", "crimes", "--article", "25", "--limit", "1")
    assert (status, found["articles"][0]["proposals"][0]["number"]) == (0, "4")


def test_an_answer_is_saved_shown_and_taken_back(run: Run, begun: str) -> None:
    judge = ("judge", begun[:10], "7(1)", "--answer", "implemented")
    assert run(*judge)[1]["error"]["code"] == "evidence-needed"
    status, saved = run(*judge, "--evidence", "computer-crimes:2:1", "--element", "e1=present", "--reject", "3")
    assert (status, saved["standing"]["state"]) == (0, "implemented")
    assert saved["judgement"]["evidence"][0]["quote"].startswith("(1) A person who intentionally gains access")
    assert run(*judge, "--remark", "Seen.", "--after", "AN-OLDER-ONE")[1]["error"]["code"] == "judged-meanwhile"
    assert run(*judge, "--evidence", "computer-crimes:2:9")[1]["error"]["code"] == "no-such-national-provision"
    assert run(*judge, "--evidence", "computer-crimes")[1]["error"]["code"] == "bad-pair"
    shown = run("status", begun, "7(1)")[1]
    assert [one["reader_name"] for one in shown["judgements"]] == [saved["judgement"]["reader_name"]]
    assert run("status", begun, "--state", "implemented")[1]["listed"] == ["7(1)"]
    assert "mise en œuvre" in run("status", begun, plain="fr")[1]
    assert run("undo", begun, "7(1)")[1]["standing"]["state"] == "unseen"
    assert run("undo", begun, "7(1)")[1]["error"]["code"] == "nothing-to-undo"
    assert run("assessments")[1][0]["judged"] == 0


def test_earlier_answers_are_offered_and_confirmed_by_a_person(
    run: Run, begun: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "budapest.csv"
    table.write_text("provision,answer,evidence\nbudapest:2,yes,Section 2\n", encoding="utf-8")
    status, taken = run("earlier", begun, table)
    assert (status, taken["read"], taken["offered"]) == (0, 1, 1)
    shown = run("status", begun, "7(1)")[1]
    assert (shown["state"], [one["cite"] for one in shown["offered"]]) == ("unseen", ["budapest:2"])
    confirmed = run(
        *("judge", begun, "7(1)", "--answer", "implemented", "--evidence", "computer-crimes:2"),
        *("--reused-from", "budapest:2"),
    )[1]
    assert confirmed["judgement"]["reused_from"] == "budapest:2"
    assert run("undo", begun, "7(1)")[0] == 0
    asked = run("review", begun)[1]["obligation"]
    typed = ["c"] + [""] * len((*asked["elements"], *asked["options"])) + ["As we said before.", "q"]
    monkeypatch.setattr("sys.stdin", Typed("\n".join(typed)))
    seen = run("review", begun, plain="en")[1]
    assert ("Saved; it stands as: implemented." in seen, "No answer was given before." in seen) == (True, False)
    assert run("status", begun, "7(1)")[1]["judgements"][0]["reused_from"] == "budapest:2"


def test_what_the_law_lacks_is_reported_in_every_form(run: Run, begun: str, tmp_path: Path) -> None:
    assert run("judge", begun, "25(1)", "--answer", "not-implemented", "--remark", "No power at all.")[0] == 0
    assert run("report", begun)[1]["chapters"]
    assert "25(1)" in run("report", begun, plain="fr")[1]
    for form, first in (("pdf", b"%PDF-"), ("docx", b"PK"), ("csv", b"chapter,"), ("json", b"{")):
        out = tmp_path / f"gaps.{form}"
        status, told = run("report", begun, "--out", out)
        assert (status, told["bytes"]) == (0, len(out.read_bytes()))
        assert out.read_bytes().startswith(first)
    assert run("report", begun, "--out", tmp_path / "gaps.pdf")[1]["error"]["code"] == "file-exists"
    assert run("report", begun, "--out", tmp_path / "gaps.odt")[1]["error"]["code"] == "unknown-report-format"
    assert run("report", begun, "--format", "pdf")[1]["error"]["code"] == "unknown-report-format"
    whole = run("report", begun, "--whole")[1]
    assert {one["state"] for one in whole["obligations"]} == {"unseen", "not-implemented"}


def test_two_dates_of_an_assessment_are_compared(run: Run, begun: str, node: Node) -> None:
    start = assessments.row_of(node, begun).made_at
    later = replace(node, clock=At(start + timedelta(days=1)))
    run("judge", begun, "25(1)", "--answer", "not-implemented", "--remark", "None.", at=later)
    assert run("compare", begun)[1]["error"]["code"] == "bad-input"
    found = run("compare", begun, "--from", f"{start:%Y-%m-%dT%H:%M:%SZ}", at=later)[1]
    assert [(one["number"], one["change"]) for one in found["changes"]] == [("25(1)", "judged")]
    assert "25(1)" in run("compare", begun, "--from", f"{start:%Y-%m-%dT%H:%M:%SZ}", at=later, plain="en")[1]


class Typed(io.StringIO):
    """A terminal at which somebody has typed these lines."""

    def isatty(self) -> bool:
        return True


def test_obligations_are_reviewed_at_the_terminal(
    run: Run, begun: str, monkeypatch: pytest.MonkeyPatch, node: Node, people: dict[str, Person]
) -> None:
    told = run("review", begun)[1]
    assert (told["obligation"]["number"], told["standing"]["state"], told["found"]) == ("7(1)", "unseen", True)
    assert (told["proposals"][0]["law"], told["proposals"][0]["key"]) == ("computer-crimes", "2")
    assert "computer-crimes:2" in run("review", begun, plain="fr")[1]

    elements = ["p"] * len(told["obligation"]["elements"])
    options = [""] * len(told["obligation"]["options"])
    typed = ["a 99", "r 2", "1", *elements, *options, "", "a 1.1", "1", *elements, *options, "Read closely.", "n", "q"]
    monkeypatch.setattr("sys.stdin", Typed("\n".join(typed)))
    status, seen = run("review", begun, plain="en")
    assert status == 0
    assert "There is no proposal 99." in seen
    assert "[evidence-needed]" in seen
    assert "Saved; it stands as: implemented." in seen
    shown = run("status", begun, "7(1)")[1]
    judged = shown["judgements"][0]
    assert (judged["answer"], judged["remark"], len(judged["rejected"])) == ("implemented", "Read closely.", 1)
    assert [one["passage"] for one in judged["evidence"]] == [0]
    assert run("status", begun)[1]["progress"]["count"]["of"] == 299

    monkeypatch.setattr("sys.stdin", Typed("u\na 1\n4"))  # the input ends while a remark is asked for
    status, seen = run("review", begun, "--number", "7(1)", plain="en")
    assert (status, "Taken back" in seen, "is kept" in seen) == (0, True, True)
    assert run("status", begun, "7(1)")[1]["state"] == "unseen"

    kept = assessments.unsaved(node, people["assessor"], begun)["7(1)"].body
    assert [one.rpartition(":")[2] for one in writing.from_body(kept).evidence] == ["2"]  # the desk finds it too
    monkeypatch.setattr("sys.stdin", Typed("\n".join(["1", *elements, *options, "Read again.", "q"])))
    run("review", begun, "--number", "7(1)", plain="en")
    judged = run("status", begun, "7(1)")[1]["judgements"][0]
    assert [(one["key"], one["passage"]) for one in judged["evidence"]] == [("2", None)]
    assert not assessments.unsaved(node, people["assessor"], begun)


def test_the_page_on_aligning_a_law_can_be_followed_word_by_word(
    run: Run, act: Path, monkeypatch: pytest.MonkeyPatch, node: Node
) -> None:
    monkeypatch.chdir(act.parent)
    monkeypatch.setenv("ROGATORY_AS", "assessor")
    Path("bill.txt").write_text(ACT.replace("ninety", "one hundred"), encoding="utf-8")
    Path("budapest.csv").write_text("provision,answer\nbudapest:2,yes\n", encoding="utf-8")
    known = {"01J9OLD…": "", "01J9ASSESSMENT…": ""}
    done = []
    for words in typed(PAGES / "how-to" / "align-national-law.md"):
        if "align" not in words or "--settles" in words:
            continue
        rest = [known.get(word, word) for word in words[words.index("align") + 1 :] if word not in ("--csv", "--json")]
        status, told = run(*rest)
        assert status == 0, (words, told)
        done.append(rest[0])
        if rest[0] == "import" and "--dry-run" not in rest:
            known["01J9OLD…"] = known["01J9OLD…"] or told["text"]["id"]
        if rest[0] == "assess":
            known["01J9ASSESSMENT…"] = told["id"]
    assert set(done) >= {"propose", "import", "changes", "assess", "review", "judge", "undo", "earlier", "report"}
    assert {file.suffix for file in Path().iterdir()} >= {".docx", ".csv", ".json"}


def test_the_page_on_files_of_proposals_names_every_key(bare: Callable[..., tuple[int, str]], act: Path) -> None:
    page = (PAGES / "reference" / "proposal-files.md").read_text("utf-8")
    found = json.loads(bare("propose", act, "--article", "7", "--json")[1])
    best = found["articles"][0]["proposals"][0]
    for part in (found, found["text"], found["articles"][0], found["obligations"][0], best, best["passages"][0]):
        assert [key for key in part if f"`{key}`" not in page and f'"{key}"' not in page] == []
    rows = bare("propose", act, "--csv", "--limit", "1")[1]
    assert [key for key in rows.splitlines()[0].split(",") if f"| `{key}` |" not in page] == []
