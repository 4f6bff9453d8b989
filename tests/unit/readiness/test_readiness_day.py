"""The day of becoming a Party: since when, with whom, for which measures; computed from the clause, never from code."""

from datetime import date, timedelta

import pytest
from tests.support.readying import LAW, SIGNATORY, TODAY

from rogatory.readiness.day import day_of_entry
from rogatory.status.engine import Status
from rogatory.status.matrix import Matrix
from rogatory.status.practice import hanoi_exercise

SHIPPED = Status.load(law=LAW)
EXERCISE = Status.load(hanoi_exercise(), law=LAW)
IN_FORCE = date(2028, 3, 1)
MEASURES = tuple(LAW.instrument("uncc").measures)


def test_while_the_convention_is_not_in_force_everything_waits_and_one_more_is_counted() -> None:
    found = day_of_entry(SHIPPED, SIGNATORY, TODAY)
    assert (found.waits, found.since, found.assumed) == (True, None, True)
    assert found.count == SHIPPED.progress("uncc").count + 1
    assert {one.state for one in found.partners} == {one.state for one in SHIPPED.counted("uncc")}
    assert "4 of 40" in found.because[0].en


def test_in_force_a_late_joiner_is_bound_after_the_delay_of_the_clause() -> None:
    found = day_of_entry(EXERCISE, "KEN", IN_FORCE)
    late = LAW.instrument("uncc").clause.late.number
    assert (found.since, found.waits) == (IN_FORCE + timedelta(days=late), False)
    assert "Kenya" in found.because[0].fr
    assert found.practice


def test_an_instrument_that_is_there_is_not_assumed() -> None:
    found = day_of_entry(EXERCISE, "VNM", IN_FORCE)
    assert (found.assumed, found.deposited) == (False, date(2026, 9, 1))
    assert found.since == EXERCISE.entry_into_force("uncc")


@pytest.mark.parametrize("state", ["KEN", "VNM", "CHL", "EUE", "IND", "FRA", "VAT"])
def test_each_partner_has_every_measure_once_new_or_beside_and_the_counts_agree(state: str) -> None:
    found = day_of_entry(EXERCISE, state, IN_FORCE)
    for one in found.partners:
        assert sorted((*one.new, *one.beside)) == sorted(MEASURES)
    for change in found.measures:
        assert change.new == sum(change.measure in one.new for one in found.partners)
        assert change.new + change.beside == len(found.partners)
    assert state not in {one.state for one in found.partners}


def test_a_measure_is_new_exactly_where_the_matrix_has_no_other_instrument() -> None:
    found = day_of_entry(EXERCISE, "KEN", IN_FORCE)
    assert found.since is not None
    matrix = Matrix(EXERCISE, found.since)
    partner = next(one for one in found.partners if one.new and one.beside)
    for measure in MEASURES:
        by = set(matrix.reason("KEN", partner.state, measure).by) - {"uncc"}
        assert (measure in partner.beside) is bool(by)
