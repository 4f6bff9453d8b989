"""`rogatory assess` as a program of its own, without a node and beside one; what it refuses, and with which status."""

import json
from pathlib import Path

import pytest
from tests.support.rogatory_process import Program

from rogatory.law.loader import load_law

pytestmark = pytest.mark.any_database

FACTS = """\
measure = "preservation"
requesting = "VNM"
requested = "FRA"
on = 2026-11-22
[contents]
offence = "7"
in_territory = "yes"
"""
MEASURES = [(name, measure) for name, measure in load_law().forms]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program where there is no node."""
    return Program(tmp_path)


def test_facts_from_a_file_or_from_input_give_the_same_opinion(program: Program, tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACTS, encoding="utf-8")
    opinion = program.json("assess", str(tmp_path / "facts.toml"))
    assert opinion["chair"] == "requesting"
    assert opinion["answer"] in ("yes", "no", "unknown")
    assert {one["provision"] for one in opinion["findings"]} > {"6(2)", "42(1)"}
    assert program.json("assess", "-", given=FACTS) == opinion
    facts = {"measure": "preservation", "requesting": "VNM", "requested": "FRA", "on": "2026-11-22"}
    facts = {**facts, "contents": {"offence": "7", "in_territory": "yes"}}
    assert program.json("assess", "-", given=json.dumps(facts)) == opinion
    other = program.json("assess", "-", "--chair", "requested", given=FACTS)
    assert other["question"] != opinion["question"]


@pytest.mark.parametrize(("instrument", "measure"), MEASURES[:: max(1, len(MEASURES) // 4)])
def test_the_example_of_a_measure_can_be_filled_in_and_assessed(
    program: Program, tmp_path: Path, instrument: str, measure: str
) -> None:
    example = ("assess", "--example", measure, "--instrument", instrument)
    empty = program.call(*example)
    assert empty.returncode == 0, empty.stderr
    assert program.json("assess", "-", given=empty.stdout)["measure"] == measure
    filled = program.json(*example)
    assert filled["contents"]
    assert program.json("assess", "-", given=json.dumps(filled))["instrument"] == instrument


def test_the_explanation_gives_every_finding_its_provision_and_reasons_in_both_languages(program: Program) -> None:
    opinion = program.json("assess", "-", given=FACTS)
    for lang in ("en", "fr"):
        text = program.call("assess", "-", "--explain", "--lang", lang, given=FACTS).stdout
        flat = " ".join(text.split())
        for one in opinion["findings"]:
            assert f"{one['instrument']} {one['provision']}" in flat
            assert all(" ".join(words[lang].split()) in flat for words in one["because"])
        assert all(one["question"][lang] in flat for one in opinion["grounds"])


def test_a_finding_that_rests_on_an_unchecked_provision_says_so_without_being_asked(program: Program) -> None:
    opinion = program.json("assess", "-", given=FACTS)
    unchecked = [one for one in opinion["findings"] if one["checked"]["how"] == "unchecked"]
    assert unchecked
    shown = " ".join(program.call("assess", "-", given=FACTS).stdout.split())
    assert shown.count("Not yet checked") == len(unchecked)


def test_a_practice_node_assesses_with_its_own_deposits(program: Program) -> None:
    before = program.json("assess", "-", given=FACTS.replace("2026-11-22", "2028-03-01"))
    program.init()
    after = program.json("assess", "-", given=FACTS.replace("2026-11-22", "2028-03-01"))
    assert (before["exercise"], after["exercise"]) == (False, True)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        (("VNM", "ZZZ"), 3, "unknown-state"),
        (('"preservation"', '"wiretap"'), 3, "unknown-measure"),
        (("[contents]", 'instrument = "nato"\n[contents]'), 3, "unknown-instrument"),
        (("on = 2026-11-22", "on = 2026-02-30"), 2, "bad-facts"),
        (("on = 2026-11-22", "on = 2001-01-01"), 2, "bad-facts"),
        (("on = 2026-11-22", "on = 9999-01-01"), 2, "bad-facts"),
        (('"FRA"', '"VNM"'), 2, "bad-facts"),
        (("[contents]", "colour = 1\n[contents]"), 2, "bad-facts"),
        (("[contents]", "on = 2026-11-22\n[contents]"), 2, "bad-facts"),
        (("[contents]", '[answers]\n"99" = "yes"\n[contents]'), 2, "bad-facts"),
        (("[contents]", '[[declarations]]\nstate = "ZZZ"\nprovision = "42(5)"\n[contents]'), 3, "unknown-state"),
        ((FACTS, '{"measure": "mla", "measure": "mla"}'), 2, "duplicate-key"),
        ((FACTS, "# " + "a" * 300_000), 2, "bad-file"),
    ],
)
def test_facts_that_cannot_be_assessed_are_refused_with_a_code(
    program: Program, change: tuple[str, str], status: int, code: str
) -> None:
    given = FACTS.replace(*change)
    assert given != FACTS
    assert program.refused(status, "assess", "-", given=given) == code


def test_a_call_without_facts_says_what_to_give(program: Program) -> None:
    assert program.refused(2, "assess") == "no-facts"
    assert program.refused(2, "assess", "-", "--chair", "judge", given=FACTS) == "bad-facts"
    assert program.refused(3, "assess", "/nowhere/facts.toml") == "no-such-file"
    assert program.refused(3, "assess", "--example", "wiretap") == "unknown-measure"


def test_an_error_names_the_file_and_the_line(program: Program, tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACTS.replace("on = 2026-11-22", 'on = "soon"'), encoding="utf-8")
    done = program.call("assess", str(tmp_path / "facts.toml"))
    assert done.returncode == 2
    assert "facts.toml:4: on: a day such as 2028-03-01" in done.stderr


PROFILE = """\
state = "FRA"
instrument = "uncc"
notified = 2026-01-20
source = "Note to the depositary"
[languages]
provision = "40(13)"
accepted = ["fr"]
"""


def test_a_national_profile_counts_from_its_own_day(program: Program, tmp_path: Path) -> None:
    given = FACTS.replace("[contents]", '[contents]\nlanguage = "en"')
    verdicts = {}
    for name, day in {"early": "2026-01-20", "late": "2026-12-24"}.items():
        (tmp_path / f"{name}.toml").write_text(PROFILE.replace("2026-01-20", day), encoding="utf-8")
        opinion = program.json("assess", "-", "--profile", str(tmp_path / f"{name}.toml"), given=given)
        verdicts[name] = {one["verdict"] for one in opinion["findings"] if one["topic"] == "language"}
    assert verdicts == {"early": {"not-met"}, "late": {"unknown"}}


def test_a_profile_that_cannot_be_used_is_refused_with_its_place(program: Program, tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(PROFILE.replace('"40(13)"', '"42(8)"'), encoding="utf-8")
    done = program.call("assess", "-", "--profile", str(tmp_path / "profile.toml"), given=FACTS)
    assert done.returncode in (2, 7)
    assert "profile.toml:" in done.stderr
