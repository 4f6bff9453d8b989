"""Who is bound, since when, on any date: against the true dates of real treaties."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.clause import Delay
from rogatory.law.loader import load_law
from rogatory.law.model import UnknownInstrument
from rogatory.law.words import Answer
from rogatory.status.clauses import after, binding, entry
from rogatory.status.engine import Status
from rogatory.status.model import Deposit, Standing, UnknownState
from rogatory.status.practice import hanoi_exercise

REAL = Status.load()
PRACTICE = Status.load(hanoi_exercise())
FACTS = Path(__file__).parents[3] / "../shared/facts"
TODAY = date(2026, 11, 22)
DAY = date(2028, 3, 1)
CODES = sorted(code for code, state in REAL.states.items() if state.kind == "member")


def ratified(state: str, on: date | None, action: str = "ratification", instrument: str = "uncc") -> Deposit:
    return Deposit(state=state, instrument=instrument, action=action, earliest=on, latest=on, practice=True)


def world(deposits: Iterable[Deposit]) -> Status:
    return Status.load(deposits)


def said(standing: Standing) -> str:
    return " ".join(words.en for words in standing.because)


@pytest.mark.parametrize(
    ("instrument", "day"),
    [("untoc", date(2003, 9, 29)), ("uncac", date(2005, 12, 14)), ("budapest", date(2004, 7, 1))],
)
def test_the_true_entry_into_force_comes_out(instrument: str, day: date) -> None:
    assert REAL.entry_into_force(instrument) == day
    assert REAL.progress(instrument).entered == day


@pytest.mark.parametrize("instrument", ["budapest", "untoc", "uncac"])
def test_every_party_is_bound_from_its_true_day(instrument: str) -> None:
    file = FACTS / f"{instrument}.csv"
    if not file.is_file():
        pytest.skip("the treaty facts are not beside the repository (../shared/facts)")
    checked = 0
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        if row["entry_into_force"]:
            state = {"EU": "EUE"}.get(row["iso3"], row["iso3"])
            day = date.fromisoformat(row["entry_into_force"])
            assert REAL.standing(state, instrument, TODAY).since == day, state
            assert REAL.standing(state, instrument, day).bound is Answer.YES
            assert REAL.standing(state, instrument, day - timedelta(days=1)).bound is Answer.NO
            checked += 1
    assert checked > 70


def test_the_convention_is_not_in_force_and_three_instruments_are_known() -> None:
    progress = REAL.progress("uncc")
    assert (progress.count, progress.of_unknown_day, progress.threshold) == (3, 3, 40)
    assert progress.entered is None
    for state in ("VNM", "FRA", "QAT", "USA"):
        standing = REAL.standing(state, "uncc", TODAY)
        assert standing.bound is Answer.NO
        assert "not in force" in said(standing)


def test_viet_nam_and_france_share_two_instruments_today() -> None:
    assert REAL.common("VNM", "FRA", TODAY) == ("untoc", "uncac")
    assert REAL.common("FRA", "USA", TODAY) == ("budapest", "untoc", "uncac")


def test_a_signature_makes_a_signatory_and_binds_nobody() -> None:
    standing = REAL.standing("FRA", "uncc", TODAY)
    assert standing.signatory is Answer.YES
    assert standing.deposit is None
    assert "a signature alone does not bind" in said(standing)
    assert REAL.standing("FRA", "uncc", date(2025, 10, 24)).signatory is Answer.NO
    assert REAL.standing("USA", "uncc", TODAY).signatory is Answer.NO


def test_a_deposit_that_is_only_reported_says_so() -> None:
    assert "not confirmed" in said(REAL.standing("VNM", "uncc", TODAY))
    assert "not confirmed" not in said(REAL.standing("VNM", "untoc", TODAY))


def test_sentences_name_a_state_with_its_article() -> None:
    assert "No consent of the United States of America" in said(REAL.standing("USA", "uncc", TODAY))
    assert said(REAL.standing("USA", "untoc", TODAY)).startswith("The United States of America deposited")


def test_a_signature_whose_day_is_unknown_leaves_the_signatory_unknown() -> None:
    assert REAL.standing("FJI", "uncc", TODAY).signatory is Answer.UNKNOWN


def test_a_month_is_enough_after_it_has_passed() -> None:
    assert REAL.standing("CAN", "uncc", date(2026, 8, 1)).signatory is Answer.YES
    assert REAL.standing("CAN", "uncc", date(2026, 7, 15)).signatory is Answer.UNKNOWN
    assert REAL.standing("CAN", "uncc", date(2026, 6, 30)).signatory is Answer.NO


def test_where_our_list_is_incomplete_no_deposit_means_unknown() -> None:
    standing = REAL.standing("TUV", "untoc", TODAY)
    assert standing.deposit is None
    assert standing.bound is Answer.UNKNOWN
    assert "not complete" in said(standing)


def test_a_no_beyond_what_we_know_says_where_our_knowledge_ends() -> None:
    standing = REAL.standing("USA", "uncc", TODAY)
    assert "end on 2 August 2026" in said(standing)
    assert standing.certainty == "medium"


def test_the_exercise_binds_viet_nam_and_france_on_its_date_and_says_it_is_one() -> None:
    assert PRACTICE.entry_into_force("uncc") == date(2028, 1, 13)
    assert "uncc" in PRACTICE.common("VNM", "FRA", DAY)
    for state in ("VNM", "FRA", "USA", "BRA"):
        standing = PRACTICE.standing(state, "uncc", DAY)
        assert standing.practice
        assert "Exercise" in said(standing)
    assert PRACTICE.practice
    assert not REAL.practice


def test_an_exercise_leaves_the_other_instruments_as_they_are() -> None:
    standing = PRACTICE.standing("FRA", "untoc", DAY)
    assert not standing.practice
    assert standing.since == date(2003, 9, 29)


def test_practice_deposits_replace_the_true_ones_and_are_never_mixed_with_them() -> None:
    status = world([ratified("VNM", date(2026, 1, 1))])
    assert [deposit.state for deposit in status.deposits("uncc")] == ["VNM"]
    assert status.progress("uncc").count == 1


@pytest.mark.parametrize(("day", "bound"), [(date(2028, 3, 10), Answer.NO), (date(2028, 3, 11), Answer.YES)])
def test_a_late_joiner_is_bound_on_the_thirtieth_day(day: date, bound: Answer) -> None:
    standing = PRACTICE.standing("BRA", "uncc", day)
    assert standing.bound is bound
    assert standing.since == date(2028, 3, 11)


def test_the_fortieth_instrument_decides_and_an_organisation_does_not_count() -> None:
    first = [ratified(code, date(2026, 1, 1)) for code in CODES[:39]]
    assert world(first).entry_into_force("uncc") is None
    union = ratified("EUE", date(2026, 2, 1), "approval")
    assert world([*first, union]).entry_into_force("uncc") is None
    last = ratified(CODES[39], date(2026, 3, 1))
    status = world([*first, union, last])
    assert status.entry_into_force("uncc") == date(2026, 5, 30)
    assert status.standing("EUE", "uncc", date(2026, 5, 30)).bound is Answer.YES


def test_a_deposit_of_unknown_day_leaves_the_days_between_unknown() -> None:
    known = [ratified(code, date(2026, 1, 1) + timedelta(days=count)) for count, code in enumerate(CODES[:40])]
    status = world([*known, ratified(CODES[40], None)])
    assert status.entry_into_force("uncc") is None
    earliest = status.progress("uncc").earliest
    assert earliest == date(2026, 1, 1) + timedelta(days=38 + 90)
    assert status.standing(CODES[0], "uncc", earliest).bound is Answer.UNKNOWN
    assert status.standing(CODES[0], "uncc", earliest - timedelta(days=1)).bound is Answer.NO
    assert status.standing(CODES[0], "uncc", earliest + timedelta(days=1)).bound is Answer.YES
    assert status.standing(CODES[40], "uncc", DAY).bound is Answer.UNKNOWN


def test_a_denunciation_frees_one_year_after_it_was_received() -> None:
    deposits = [ratified(code, date(2026, 1, 1)) for code in CODES[:40]]
    leaving = ratified(CODES[0], date(2027, 5, 1), "denunciation")
    status = world([*deposits, leaving])
    assert status.standing(CODES[0], "uncc", date(2028, 4, 30)).bound is Answer.YES
    standing = status.standing(CODES[0], "uncc", date(2028, 5, 1))
    assert standing.bound is Answer.NO
    assert "denounced" in said(standing)
    assert status.standing(CODES[1], "uncc", date(2028, 5, 1)).bound is Answer.YES


def test_a_reservation_holds_from_its_day_and_until_it_is_withdrawn() -> None:
    made = Deposit(
        state="SGP", instrument="uncc", action="reservation", provision="42(5)", practice=True,
        earliest=date(2027, 1, 1), latest=date(2027, 1, 1),
    )  # fmt: skip
    gone = Deposit(
        state="SGP", instrument="uncc", action="withdrawal", provision="42(5)", practice=True,
        earliest=date(2028, 1, 1), latest=date(2028, 1, 1),
    )  # fmt: skip
    status = world([made, gone])
    assert status.declared("SGP", "uncc", "42(5)", date(2026, 12, 31)) is None
    assert status.declared("SGP", "uncc", "42(5)", date(2027, 1, 1)) == made
    assert status.declared("SGP", "uncc", "42(5)", date(2028, 1, 1)) is None
    assert status.declared("FRA", "uncc", "42(5)", date(2028, 1, 1)) is None


def test_the_reported_reservation_of_qatar_is_known() -> None:
    assert REAL.declared("QAT", "uncc", "63(3)", TODAY) is not None


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownState, match="XXX"):
        REAL.standing("XXX", "uncc", TODAY)
    with pytest.raises(UnknownInstrument, match="versailles"):
        world([ratified("VNM", TODAY, instrument="versailles")])
    with pytest.raises(UnknownInstrument, match="versailles"):
        REAL.standing("VNM", "versailles", TODAY)


@pytest.mark.parametrize(
    ("day", "delay", "effect"),
    [
        (date(2002, 7, 1), Delay(kind="days-after", number=90), date(2002, 9, 29)),
        (date(2004, 3, 18), Delay(kind="month-after-months", number=3), date(2004, 7, 1)),
        (date(2004, 11, 30), Delay(kind="month-after-months", number=3), date(2005, 3, 1)),
        (date(2004, 9, 30), Delay(kind="month-after-months", number=3), date(2005, 1, 1)),
        (date(2028, 2, 29), Delay(kind="years-after", number=1), date(2029, 2, 28)),
    ],
)
def test_a_delay_counts_as_treaties_count(day: date, delay: Delay, effect: date) -> None:
    assert after(day, delay) == effect


days = st.dates(date(2025, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.sampled_from(CODES), days), max_size=60, unique_by=lambda item: item[0]), days)
def test_one_more_deposit_never_delays_entry_into_force(given_deposits: list[tuple[str, date]], day: date) -> None:
    clause = load_law().instrument("uncc").clause
    deposits = [ratified(code, on) for code, on in given_deposits]
    more = [*deposits, ratified("VAT", day)]
    found = entry(clause, deposits, REAL.states, adopted=date(2024, 12, 24))
    before = found.day
    then = entry(clause, more, REAL.states, adopted=date(2024, 12, 24)).day
    assert before[0] == before[1]
    if before[0] is not None:
        assert then[0] is not None
        assert then[0] <= before[0]
        for deposit in deposits:
            first, last = binding(clause, deposit, found, adopted=date(2024, 12, 24))
            assert first == last
            assert first is not None
            assert first >= before[0]


@given(st.sampled_from(CODES), st.sampled_from(["uncc", "budapest", "untoc", "uncac"]), st.dates(date(2001, 1, 1)))
def test_every_standing_is_explained_in_both_languages(state: str, instrument: str, on: date) -> None:
    for status in (REAL, PRACTICE):
        standing = status.standing(state, instrument, on)
        assert standing.because
        assert all(words.en and words.fr for words in standing.because)
        if standing.bound is Answer.YES:
            assert standing.deposit is not None
