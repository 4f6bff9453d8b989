"""The day that is asked about, and what was there by that day."""

from datetime import date

import pytest

from rogatory.errors import RogatoryError
from rogatory.status.asking import LAST_DAY, BadDay, day_asked
from rogatory.status.engine import Status
from rogatory.status.forecast import BadAssumption, fixed_days, read_assumptions
from rogatory.status.practice import hanoi_exercise

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def status() -> Status:
    return Status.load()


def test_the_day_is_today_unless_one_is_given(status: Status) -> None:
    uncc = status.law.instrument("uncc")
    assert day_asked("", today=TODAY, instrument=uncc) == TODAY
    assert day_asked("2025-10-25", today=TODAY, instrument=uncc) == date(2025, 10, 25)


@pytest.mark.parametrize("given", ["2026-02-30", "yesterday", "2200-01-01", "9999-12-31", "2024-12-23", "2026-1-1"])
def test_a_day_that_cannot_be_asked_about_is_refused(status: Status, given: str) -> None:
    with pytest.raises(RogatoryError):
        day_asked(given, today=TODAY, instrument=status.law.instrument("uncc"))
    if given.startswith("2200"):
        with pytest.raises(BadDay, match=str(LAST_DAY)):
            day_asked(given, today=TODAY)


def test_progress_on_a_past_day_counts_what_was_there(status: Status) -> None:
    assert status.progress("untoc", date(2001, 12, 31)).count == 6
    assert status.progress("untoc", date(2003, 7, 1)).count == 40
    assert status.progress("untoc").count == status.progress("untoc", date(2026, 1, 1)).count > 180
    days = [date(2000 + number // 12, number % 12 + 1, 1) for number in range(12, 60)]
    counts = [status.progress("untoc", day).count for day in days]
    assert counts == sorted(counts)


def test_the_days_that_the_law_names_follow_from_the_entry_into_force(status: Status) -> None:
    now = fixed_days(status, "uncc")
    assert now is not None
    assert (now.signature_closes, now.conference_by) == (date(2026, 12, 31), None)
    practice = fixed_days(Status.load(hanoi_exercise()), "uncc")
    assert practice is not None
    entered = Status.load(hanoi_exercise()).entry_into_force("uncc")
    assert entered is not None
    assert practice.conference_by == entered.replace(year=entered.year + 1)
    assert fixed_days(status, "untoc") is None


def test_nothing_is_assumed_after_the_last_day(status: Status) -> None:
    with pytest.raises(BadAssumption, match="last day"):
        read_assumptions("FRA=9999-12", instrument="uncc", status=status, on=TODAY)
