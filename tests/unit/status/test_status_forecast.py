"""The forecast: certain days, assumptions, and a fan that is computed and not drawn."""

from datetime import date, timedelta
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.status.engine import Status
from rogatory.status.forecast import BadAssumption, NoForecast, Outlook, outlook, read_assumptions
from rogatory.status.model import Deposit
from rogatory.status.pace import Pace, Waiting, chances, pace_of
from rogatory.status.practice import hanoi_exercise

REAL = Status.load()
ON = date(2026, 11, 22)
CODES = [
    code for code, state in sorted(REAL.states.items())
    if state.kind == "member" and code not in ("AZE", "QAT", "VNM")
]  # fmt: skip


def assuming(text: str) -> Outlook:
    return outlook(REAL, "uncc", ON, assumed=read_assumptions(text, instrument="uncc", status=REAL, on=ON))


def test_the_paces_are_those_of_the_real_deposits() -> None:
    untoc, uncac = pace_of(REAL, "untoc"), pace_of(REAL, "uncac")
    assert (untoc.opened, uncac.opened) == (date(2000, 12, 12), date(2003, 12, 9))
    assert untoc.opened + timedelta(days=untoc.days_to(40) or 0) == date(2003, 7, 1)
    assert uncac.opened + timedelta(days=uncac.days_to(30) or 0) == date(2005, 9, 15)
    assert untoc.signatories + untoc.others == 197
    assert untoc.joined(0) == 0
    assert untoc.days_to(400) is None


def test_today_three_are_there_and_thirty_seven_are_missing() -> None:
    found = outlook(REAL, "uncc", ON)
    assert (found.count, found.threshold, found.missing) == (3, 40, 37)
    assert found.entry is None
    assert found.conference_by is None
    assert (found.signature_closes, found.signature_days_left) == (date(2026, 12, 31), 39)
    assert (found.signature, found.conference) == ("64(1)", "57(2)")
    assert any("No government has promised" in words.en for words in found.because)


def test_the_fan_opens_in_order_and_stays_within_what_is_known() -> None:
    found = outlook(REAL, "uncc", ON)
    months = [one.reached for one in found.fan if one.reached]
    assert [one.chance for one in found.fan] == [0.1, 0.25, 0.5, 0.75, 0.9]
    assert months == sorted(months)
    assert months[0] > "2026-11"
    for one in found.fan:
        assert one.reached is None or (one.entry is not None and one.reached < one.entry)
        assert one.entry is None or (one.conference_by or "")[:4] == str(int(one.entry[:4]) + 1)
    for early, late in pairwise(found.ahead):
        assert early.few <= late.few
        assert early.middling <= late.middling
        assert late.few <= late.middling <= late.many


def test_enough_assumed_deposits_give_the_day_of_entry_and_of_the_first_conference() -> None:
    found = assuming(",".join(f"{code}=2027-01-15" for code in CODES[:37]))
    assert (found.missing, found.entry) == (0, date(2027, 4, 15))
    assert found.conference_by == date(2028, 4, 15)
    assert found.fan == ()
    month = assuming(",".join(f"{code}=2027-01" for code in CODES[:37]))
    assert (month.entry, month.earliest, month.latest) == (None, date(2027, 4, 1), date(2027, 5, 1))


def test_assumed_deposits_bring_every_month_of_the_fan_nearer() -> None:
    plain, helped = outlook(REAL, "uncc", ON), assuming(",".join(f"{code}=2027-06-01" for code in CODES[:8]))
    assert helped.missing == plain.missing - 8
    for before, after in zip(plain.fan, helped.fan, strict=True):
        assert (after.reached or "9") < (before.reached or "9")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("VNM", "not a State and a day"),
        ("XXX=2027-01-15", "not the code"),
        ("FRA=2027-02-30", "not a day"),
        ("FRA=2020-01-01", "before 2026-11-22"),
        ("FRA=2027-01-01,FRA=2027-02-01", "there already"),
        ("VNM=2027-01-15", "there already"),
        ("FRA=soon", "not a State and a day"),
    ],
)
def test_an_assumption_that_cannot_be_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadAssumption, match=message):
        read_assumptions(text, instrument="uncc", status=REAL, on=ON)


def test_there_is_no_forecast_for_what_is_in_force() -> None:
    with pytest.raises(NoForecast):
        outlook(REAL, "untoc", ON)
    with pytest.raises(NoForecast):
        outlook(Status.load(hanoi_exercise()), "uncc", date(2028, 3, 1))
    assert outlook(Status.load(hanoi_exercise()), "uncc", date(2026, 11, 1)).threshold == 40


PACE = Pace(
    instrument="x", opened=date(2000, 1, 1), known_days=1000,
    signatories=10, signatory_days=(100, 200, 300, 400, 500), others=10, other_days=(150,),
)  # fmt: skip


def test_the_chances_are_those_of_two_binomial_counts() -> None:
    # After 100 days, 9 signatories wait and 4 of them join by day 500; of 10 others, 1 joins.
    found = chances(PACE, Waiting(days=100, count=0, signatories=3, others=2), 400, most=6)
    one = [comb(3, k) * (4 / 9) ** k * (5 / 9) ** (3 - k) for k in range(4)]
    two = [comb(2, k) * 0.1**k * 0.9 ** (2 - k) for k in range(3)]
    assert found[2] == pytest.approx(one[0] * two[2] + one[1] * two[1] + one[2] * two[0])
    assert sum(found) == pytest.approx(1)


@given(st.integers(0, 900), st.integers(0, 60), st.integers(0, 150), st.integers(1, 50))
def test_chances_sum_to_one_and_never_fall_as_time_goes_on(start: int, signed: int, others: int, most: int) -> None:
    now = Waiting(days=start, count=0, signatories=signed, others=others)
    before = 0.0
    for ahead in (0, 50, 200, 400):
        found = chances(PACE, now, ahead, most=most)
        assert sum(found) == pytest.approx(1)
        assert found[-1] >= before - 1e-9
        before = found[-1]


def test_a_deposit_of_unknown_day_counts_as_made() -> None:
    extra = Deposit(state="FRA", instrument="uncc", action="ratification", practice=True)
    assert outlook(Status.load([extra]), "uncc", ON).count == 1


def test_an_instrument_that_was_taken_back_is_missing_again() -> None:
    def act(action: str, day: date) -> Deposit:
        return Deposit(state="FRA", instrument="uncc", action=action, earliest=day, latest=day, practice=True)

    there, gone = act("ratification", date(2026, 1, 1)), act("withdrawal", date(2026, 6, 1))
    assert outlook(Status.load([there]), "uncc", ON).missing == 39
    assert outlook(Status.load([there, gone]), "uncc", ON).missing == 40
    assert Status.load([there, gone]).progress("uncc").count == 0
    assert outlook(Status.load([there, gone]), "uncc", date(2026, 3, 1)).missing == 39
