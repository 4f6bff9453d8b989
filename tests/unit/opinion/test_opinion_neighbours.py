"""Rules that hold for every opinion under a neighbour, whatever the facts."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.kernel.canonical import dumps
from rogatory.law.form import Field
from rogatory.law.loader import load_law
from rogatory.law.words import Answer
from rogatory.opinion.case import plan
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import Verdict
from rogatory.status.engine import Status

FOLDER = Path(__file__).parent / "scenarios"
LAW = load_law()
REAL = Status.load()
NEIGHBOURS = [name for name in LAW.instruments if name != "uncc"]
COMPLETE = {name: tomllib.loads((FOLDER / f"complete-{name}.toml").read_text("utf-8")) for name in NEIGHBOURS}
PLACES = [(name, measure) for name in NEIGHBOURS for measure in LAW.instrument(name).measures]
CHAIRS = ["requesting", "requested"]


def an_answer(field: Field) -> st.SearchStrategy[str]:
    given = [option.value for option in field.options] or (["0", "1", "5"] if field.type == "number" else ["yes", "no"])
    return st.sampled_from([*given, "unknown"])


@st.composite
def some_facts(draw: st.DrawFn) -> tuple[Facts, str]:
    name, measure = draw(st.sampled_from(PLACES))
    chair = draw(st.sampled_from(CHAIRS))
    bearing = plan(LAW, name, measure, chair)
    contents: dict[str, Any] = dict(COMPLETE[name][measure])
    for key in draw(st.sets(st.sampled_from(sorted(contents)), max_size=3)):
        del contents[key]
    for field in bearing.form.fields:
        if field.options and field.key in contents and draw(st.booleans()):
            contents[field.key] = draw(st.sampled_from([option.value for option in field.options]))
    asked = draw(st.sets(st.sampled_from(sorted(bearing.questions)))) if bearing.questions else set()
    answers = {key: draw(an_answer(bearing.questions[key])) for key in sorted(asked)}
    one, other = ("FRA", "USA") if name == "budapest" else ("VNM", "FRA")
    day = date(2026, 11, 22)
    facts = Facts(
        measure=measure, requesting=one, requested=other, on=day, instrument=name, contents=contents, answers=answers
    )
    return facts, chair


@pytest.mark.parametrize(("name", "measure"), PLACES)
def test_a_form_in_which_everything_is_stated_lacks_nothing(name: str, measure: str) -> None:
    assert LAW.form(measure, instrument=name).check(COMPLETE[name][measure]) == ()


@settings(deadline=None)
@given(some_facts())
def test_under_a_neighbour_too_a_yes_rests_on_nothing_unknown_or_unmet(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    opinion = assess(facts, law=LAW, status=REAL, chair=chair)
    if opinion.answer is Answer.YES:
        assert all(item.verdict is Verdict.MET for item in opinion.findings if item.decisive)
        if chair == "requested":
            assert all(ground.available is Answer.NO or ground.effect == "may-postpone" for ground in opinion.grounds)


@settings(deadline=None)
@given(some_facts())
def test_under_a_neighbour_too_an_unknown_says_which_fact_is_missing(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    opinion = assess(facts, law=LAW, status=REAL, chair=chair)
    if opinion.answer is Answer.UNKNOWN:
        assert opinion.missing


@settings(deadline=None)
@given(some_facts())
def test_an_answer_that_was_given_is_not_asked_for_again(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    opinion = assess(facts, law=LAW, status=REAL, chair=chair)
    given = {key for key, value in facts.answers.items() if value != "unknown"}
    assert not given & {gap.key for gap in opinion.missing}


@settings(deadline=None)
@given(some_facts())
def test_every_part_names_a_provision_of_its_own_instrument(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    opinion = assess(facts, law=LAW, status=REAL, chair=chair)
    for part in (*opinion.findings, *opinion.grounds, *opinion.duties, *opinion.deadlines):
        assert part.checked == LAW.provision(facts.instrument, part.provision).checked
        assert part.instrument == facts.instrument
    said = dumps(opinion.to_json()).decode("utf-8")
    assert "{" not in "".join(words for words in said.split('"') if " " in words)
    assert "None" not in said


@settings(deadline=None)
@given(some_facts())
def test_the_safeguards_of_budapest_are_there_whatever_the_facts(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    if facts.instrument == "budapest" and facts.measure not in ("extradition", "spontaneous-information"):
        opinion = assess(facts, law=LAW, status=REAL, chair=chair)
        assert {"15(1)", "15(2)", "15(3)"} <= {item.provision for item in opinion.findings}
        assert {"15(1)", "15(2)", "15(3)"} <= {duty.provision for duty in opinion.duties}


@settings(deadline=None)
@given(some_facts())
def test_persecution_is_always_a_question_of_extradition_to_the_requested_state(asked: tuple[Facts, str]) -> None:
    facts, chair = asked
    clauses = {"untoc": "16(14)", "uncac": "44(15)"}
    if facts.measure == "extradition" and facts.instrument in clauses:
        opinion = assess(facts, law=LAW, status=REAL, chair=chair)
        assert clauses[facts.instrument] in {ground.provision for ground in opinion.grounds}
