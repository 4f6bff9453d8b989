"""From signature to Party by command: every notice that the Convention requires is drafted, filed, and in status."""

import shutil
import tomllib
from pathlib import Path

import pytest
from tests.support.examplia import CHOICES
from tests.support.rogatory_process import Program

from rogatory.law.loader import load_law
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise

pytestmark = pytest.mark.any_database

#: A State that the practice list knows as a signatory only, so that its own node alone speaks for its consent.
STATE = "KEN"
TODAY = "2028-03-01"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A practice node of Kenya with an administrator, an assessor and an auditor; its choices are saved."""
    program = Program(tmp_path_factory.mktemp("cli-ready"))
    program.json(
        *("init", "--state", STATE, "--name", "Kenya", "--address", "http://127.0.0.1:8401"),
        *("--exercise", TODAY, "--language", "en", "--admin", "giang", "--admin-name", "Giang"),
    )
    for login, role in {"wanjiru": "assessor", "otieno": "auditor"}.items():
        who = ("--full-name", login.title(), "--authority", f"{STATE}/contact-point")
        program.json("user", "add", login, *who, "--role", role, "--as", "giang")
    assert program.refused(4, "ready", "choices", "-", "--as", "otieno", given=CHOICES) == "role-missing"
    saved = program.json("ready", "choices", "-", "--as", "wanjiru", given=CHOICES)
    assert (saved["version"], saved["missing"]) == (1, {})
    return program


def owed(program: Program) -> set[str]:
    page = program.json("status", "show", STATE)
    return {one["provision"] for one in page["owed"] if one["to"] == "depositary"}


def steps(program: Program) -> dict[str, str]:
    found = program.json("ready", "checklist", "--as", "wanjiru")["steps"]
    return {one["id"]: one["state"] for one in found}


def required() -> set[str]:
    """The notices to the depositary that a State owes, from the law."""
    notices = [one for one in load_law().provisions("uncc", kind="notice") if one.notice is not None]
    return {
        one.number
        for one in notices
        if one.notice and one.notice.to == "depositary" and one.notice.by != "regional-organisation"
    }


def test_the_choices_are_shown_saved_once_each_and_refused_when_wrong(node: Program) -> None:
    assert tomllib.loads(node.json("ready", "choices", "--template", "--lang", "fr")["template"]) == {}
    wrong = 'manner = "conquest"\n'
    assert node.refused(2, "ready", "choices", "-", "--as", "wanjiru", given=wrong) == "bad-choices"
    late = 'manner = "accession"\n'
    assert node.refused(4, "ready", "choices", "-", "--as", "wanjiru", given=late) == "wrong-manner"
    stale = ("ready", "choices", "-", "--as", "wanjiru", "--version", "0")
    assert node.refused(4, *stale, given=CHOICES) == "changed-meanwhile"


def test_every_notice_is_drafted_in_both_languages_and_both_formats(node: Program, tmp_path: Path) -> None:
    listed = node.json("ready", "letters", "--as", "wanjiru")["papers"]
    drafted = {one["provision"] for one in listed if one["kind"] == "notice"}
    assert drafted == required()
    for lang in ("en", "fr"):
        done = node.json("ready", "letters", "--as", "wanjiru", "--lang", lang, "--out", str(tmp_path))
        assert len(done["files"]) == 2 * (len(listed) + 1)
        for name in done["files"]:
            assert Path(name).read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")
    again = ("ready", "letters", "--as", "wanjiru", "--out", str(tmp_path))
    assert node.refused(2, *again) == "file-exists"


def test_what_is_filed_lands_in_status_and_a_correction_takes_it_back(node: Program) -> None:
    filing = ("ready", "file", "--as", "wanjiru", "--reference", "C.N.1")
    assert node.refused(2, *filing, "instrument", "--on", "2099-01-01") == "bad-filing"
    assert node.refused(3, *filing, "notice-99") == "unknown-paper"
    assert node.json("status", "show", STATE)["standing"]["deposit"] is None

    first = node.json(*filing, "instrument", "reservation-63(3)", "--on", "2028-01-10")["filed"]
    assert [one["action"] for one in first] == ["ratification", "reservation"]
    page = node.json("status", "show", STATE)
    assert page["standing"]["deposit"]["source"] == "own record: C.N.1"
    assert page["standing"]["bound"] == "yes"
    assert [(one["action"], one["provision"], one["in_effect"]) for one in page["said"]] == [
        ("reservation", "63(3)", "yes")
    ]
    assert owed(node) == required()
    assert steps(node)["deposit"] == "done"

    node.json(*filing, *(f"notice-{number}" for number in sorted(required())), "--on", "2028-02-01")
    assert owed(node) == set()
    stand = steps(node)
    assert {stand[f"notice-{number}"] for number in required()} == {"done"}
    said = {one["provision"]: one["value"] for one in node.json("status", "show", STATE)["said"]}
    assert (said["40(13)"], said["37(6)(a)"], said["40(12)"]) == ("en;fr", "yes", "Central Authority")

    assert node.refused(4, *filing, "instrument") == "already-filed"
    number = node.json("ready", "filed", "--as", "wanjiru")["filed"][-1]["number"]
    corrected = node.json("ready", "correct", str(number), "--because", "another State's letter", "--as", "wanjiru")
    assert owed(node) == {corrected["provision"]}
    assert node.refused(3, "ready", "correct", str(number), "--because", "again", "--as", "wanjiru") == "no-such-filing"
    node.json(*filing, corrected["paper"], "--on", "2028-02-02")
    assert owed(node) == set()


def test_a_lost_file_of_own_deposits_is_written_again_from_the_record(node: Program) -> None:
    before = (node.data / "deposits" / "own.csv").read_bytes()
    shutil.rmtree(node.data / "deposits")
    assert node.json("status", "show", STATE)["standing"]["deposit"] is None
    node.json("rebuild", "--as", "giang")
    assert (node.data / "deposits" / "own.csv").read_bytes() == before


def test_the_card_says_what_was_notified_once_the_administrator_lets_it(node: Program) -> None:
    proposed = node.json("ready", "card", "--as", "wanjiru")
    assert {one["id"] for one in proposed["changes"]} == {f"{STATE}/central-authority", f"{STATE}/contact-point"}
    assert node.refused(4, "ready", "card", "--apply", "--as", "wanjiru") == "role-missing"
    node.json("ready", "card", "--apply", "--as", "giang")
    card = node.json("card", "show")
    central = next(one for one in card["authorities"] if one["id"] == f"{STATE}/central-authority")
    assert (card["serial"], central["name"]["fr"], central["languages"]) == (2, "Autorité centrale", ["en", "fr"])
    assert node.json("ready", "card", "--as", "giang")["changes"] == []


def test_steps_are_marked_and_the_day_and_the_staffing_are_told(node: Program) -> None:
    assert steps(node)["training"] == "open"
    node.json("ready", "mark", "training", "--note", "two courses", "--as", "wanjiru")
    assert steps(node)["training"] == "done"
    node.json("ready", "mark", "training", "--open", "--as", "wanjiru")
    assert steps(node)["training"] == "open"
    assert node.refused(4, "ready", "mark", "deposit", "--as", "wanjiru") == "unmarkable-step"

    day = node.json("ready", "day", "--as", "wanjiru")
    bound = Status.load(hanoi_exercise()).progress("uncc").count
    assert (day["assumed"], day["deposited"], day["since"]) == (False, "2028-01-10", "2028-02-09")
    assert 0 < len(day["partners"]) <= bound
    desks = node.json("ready", "staffing", "--as", "wanjiru")
    assert [(one["provision"], one["coverage"]["round_the_clock"]) for one in desks] == [("41(2)", True)]
    for lang, said in {"en": "Deposited on 10 January 2028.", "fr": "Déposé le 10 janvier 2028."}.items():
        assert said in " ".join(node.call("ready", "checklist", "--as", "wanjiru", "--lang", lang).stdout.split())


def test_the_record_says_who_decided_and_filed(node: Program) -> None:
    actions = {one["action"] for one in node.json("audit", "--as", "otieno")}
    assert {
        "readiness:choices:save",
        "readiness:step:mark",
        "readiness:paper:file",
        "readiness:filing:correct",
        "node:card:change",
    } <= actions


def test_practice_deposits_of_its_own_stay_practice(node: Program) -> None:
    standing = node.json("status", "show", STATE)["standing"]
    assert standing["practice"] is True
    assert Status.load().standing(STATE, "uncc", load_law().instrument("uncc").adopted).bound is Answer.NO
