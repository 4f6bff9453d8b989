"""The matrix agrees with what is said of each pair, letter by letter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.model import UnknownMeasure
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.matrix import LETTERS, Matrix
from rogatory.status.model import UnknownState
from rogatory.status.practice import hanoi_exercise

ON = date(2026, 11, 22)
REAL = Status.load()
MATRIX = Matrix(REAL, ON)
PRACTICE = Status.load(hanoi_exercise())


def test_each_letter_stands_for_one_thing_and_needs_no_escape() -> None:
    assert len(set(LETTERS)) == 81
    assert not set(LETTERS) & set('."\\')


@given(st.sampled_from(MATRIX.states), st.sampled_from(MATRIX.states), st.sampled_from(MATRIX.measures))
def test_a_letter_says_what_the_standings_say(one: str, other: str, measure: str) -> None:
    found = MATRIX.reason(one, other, measure)
    if one == other:
        assert (found.by, found.perhaps) == ((), ())
        return
    carrying = [name for name in REAL.law.instruments if measure in REAL.law.instrument(name).measures]
    bound = {name: {REAL.standing(state, name, ON).bound for state in (one, other)} for name in carrying}
    assert found.by == tuple(name for name in carrying if bound[name] == {Answer.YES})
    maybe = [name for name in carrying if Answer.NO not in bound[name] and Answer.UNKNOWN in bound[name]]
    assert found.perhaps == tuple(maybe)
    assert MATRIX.reason(other, one, measure) == found


def test_every_pair_is_counted_once() -> None:
    number = len(MATRIX.states)
    assert {"VNM", "FRA", "VAT"} <= set(MATRIX.states)
    assert "EUE" not in MATRIX.states
    for grid in MATRIX.grids:
        assert grid.yes + grid.perhaps + grid.no == number * (number - 1)
        assert all(len(row) == number and row[place] == "." for place, row in enumerate(grid.rows))
    letters = {letter for grid in MATRIX.grids for row in grid.rows for letter in row} - {"."}
    assert letters == set(MATRIX.reasons())


def test_in_the_exercise_the_convention_serves_pairs() -> None:
    found = Matrix(PRACTICE, date(2028, 3, 1), measures=("preservation",)).reason("VNM", "FRA", "preservation")
    assert "uncc" in found.by


def test_a_gain_is_what_the_new_party_would_change() -> None:
    best = MATRIX.gains()[0]
    assert not best.waits
    without = REAL
    lacking = [
        other for other in MATRIX.states
        if other != best.state and without.standing(other, best.instrument, ON).bound is Answer.YES
        if any(not MATRIX.reason(best.state, other, measure).by for measure in MATRIX.measures
               if measure in REAL.law.instrument(best.instrument).measures)
    ]  # fmt: skip
    assert best.pairs == 2 * len(lacking)
    assert [gain.pairs for gain in MATRIX.gains() if not gain.waits] == sorted(
        (gain.pairs for gain in MATRIX.gains() if not gain.waits), reverse=True
    )


def test_what_is_not_in_force_opens_pairs_only_later() -> None:
    gains = [gain for gain in MATRIX.gains() if gain.instrument == "uncc"]
    assert gains
    assert all(gain.waits and gain.links == 6 for gain in gains)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownMeasure):
        Matrix(REAL, ON, measures=("wishing",))
    with pytest.raises(UnknownMeasure):
        MATRIX.reason("VNM", "FRA", "wishing")
    with pytest.raises(UnknownState):
        MATRIX.reason("VNM", "XXX", "preservation")
