"""What is known under one instrument, as another asks for it; and the search for the instrument."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.loader import load_law
from rogatory.law.model import UnknownMeasure
from rogatory.law.words import Answer
from rogatory.opinion.carrying import carried
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import FIND, BadFacts, Facts
from rogatory.opinion.possibilities import possibilities
from rogatory.status.engine import Status

LAW = load_law()
REAL = Status.load()
DAY = date(2026, 11, 22)
FORMS = sorted(LAW.forms)
NAMED = [
    f"{name}:{option.value}"
    for name, measure in FORMS
    for field in LAW.form(measure, instrument=name).fields
    if field.key == "offence"
    for option in field.options
]
BEST = (Answer.YES, Answer.UNKNOWN, Answer.NO)
STATES = ["FRA", "USA", "VNM", "SGP", "IRN", "PRK", "NZL"]


def offence(stated: str, instrument: str, measure: str = "preservation") -> object:
    return carried({"offence": stated}, law=LAW, form=LAW.form(measure, instrument=instrument)).get("offence")


@pytest.mark.parametrize(
    ("stated", "instrument", "named"),
    [
        ("7", "uncc", "7"),
        ("7", "budapest", "2"),
        ("uncc:7", "budapest", "2"),
        ("budapest:2", "uncc", "7"),
        ("budapest:2", "budapest", "2"),
        ("budapest:7", "uncc", "12"),
        ("16", "budapest", "other"),
        ("7", "uncac", "other"),
        ("17", "untoc", "6"),
        ("17", "uncac", "23"),
        ("uncac:23", "uncc", "17"),
        ("other", "uncc", "other"),
        ("un-treaty", "uncac", "unknown"),
        ("other", "budapest", "unknown"),
        ("budapest:other", "budapest", "other"),
    ],
)
def test_an_offence_is_carried_over_by_its_parallel(stated: str, instrument: str, named: str) -> None:
    assert offence(stated, instrument) == named


def test_what_another_instrument_leaves_open_the_convention_asks_for() -> None:
    assert offence("budapest:computer", "uncc") is None


@pytest.mark.parametrize("stated", ["banana", "budapest:42", "versailles:7", "uncac:7"])
def test_an_offence_that_no_instrument_names_is_refused(stated: str) -> None:
    with pytest.raises(BadFacts, match=stated):
        offence(stated, "budapest")


def test_a_choice_that_the_other_form_does_not_offer_is_left_behind_and_so_asked_for() -> None:
    form = LAW.form("mla", instrument="untoc")
    assert carried({"sought": "live-traffic"}, law=LAW, form=form) == {}
    assert carried({"sought": "records"}, law=LAW, form=form) == {"sought": "records"}


def test_a_no_is_carried_over_as_a_no() -> None:
    form = LAW.form("mla", instrument="budapest")
    assert carried({"electronic_evidence": False}, law=LAW, form=form) == {"electronic_evidence": False}


def test_what_a_form_has_no_field_for_is_left_behind() -> None:
    known = {"data": "a mailbox", "data_link": "a link", "favourite_colour": "green"}
    form = LAW.form("stored-data", instrument="untoc")
    assert carried(known, law=LAW, form=form) == {"data": "a mailbox"}


@given(st.sampled_from(NAMED), st.sampled_from(FORMS))
def test_what_is_carried_over_is_always_an_option_of_the_form(stated: str, place: tuple[str, str]) -> None:
    form = LAW.form(place[1], instrument=place[0])
    if "offence" in form.fields_by_key:
        found = carried({"offence": stated}, law=LAW, form=form).get("offence")
        options = {option.value for option in form.fields_by_key["offence"].options}
        assert found is None or found in options or stated.startswith(f"{place[0]}:")


@given(
    st.sampled_from(STATES),
    st.sampled_from(STATES),
    st.sampled_from(sorted({measure for _, measure in FORMS})),
    st.sampled_from(["requesting", "requested"]),
    st.sampled_from(NAMED),
)
def test_the_opinion_found_is_the_best_of_those_that_could_be_asked_for(
    one: str, other: str, measure: str, chair: str, stated: str
) -> None:
    if one == other:
        return
    known = {"offence": stated, "max_penalty_years": "5", "in_territory": "yes"}
    facts = Facts(measure=measure, requesting=one, requested=other, on=DAY, instrument=FIND, contents=known)
    found = assess(facts, law=LAW, status=REAL, chair=chair)
    for name, carrying in FORMS:
        if (
            carrying == measure
            and REAL.standing(one, name, DAY).bound is REAL.standing(other, name, DAY).bound is Answer.YES
        ):
            contents = carried(known, law=LAW, form=LAW.form(measure, instrument=name))
            under = Facts(measure=measure, requesting=one, requested=other, on=DAY, instrument=name, contents=contents)
            answer = assess(under, law=LAW, status=REAL, chair=chair).answer
            assert BEST.index(found.answer) <= BEST.index(answer)


def test_a_measure_that_no_instrument_knows_cannot_be_found() -> None:
    facts = Facts(measure="espionage", requesting="FRA", requested="USA", on=DAY, instrument=FIND)
    with pytest.raises(UnknownMeasure, match="espionage"):
        assess(facts, law=LAW, status=REAL, chair="requesting")


def test_what_can_be_asked_reads_the_offence_as_each_instrument_names_it() -> None:
    found = possibilities("FRA", "USA", DAY, known={"offence": "7", "in_territory": "yes"}, law=LAW, status=REAL)
    preservation = next(one for one in found if one.measure == "preservation")
    assert preservation.footings[0].instrument == "budapest"
    assert preservation.possible is Answer.YES
    assert any("Illegal access (2)" in words.en for item in preservation.footings[0].findings for words in item.because)
