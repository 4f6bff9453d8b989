"""What outreach counts: what would open agrees with the matrix, and quarters end where they must."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.office.outreach import briefing, listing, reporting, standing, timetable
from rogatory.office.outreach.models import ObstacleKind
from rogatory.office.outreach.opening import Openings
from rogatory.status.engine import Status
from rogatory.status.matrix import Matrix

pytestmark = pytest.mark.any_database

ON = date(2026, 11, 1)


@pytest.fixture(scope="module")
def status() -> Status:
    return Status.load()


@pytest.fixture(scope="module")
def matrix(status: Status) -> Matrix:
    return Matrix(status, ON)


def test_what_would_open_agrees_with_the_gains_of_the_matrix(db: None, status: Status, matrix: Matrix) -> None:
    places = standing.places(status, ON)
    openings = Openings(matrix, places)
    gains = {one.state: one for one in matrix.gains() if one.instrument == "uncc"}
    deposited = {one.state.iso3 for one in places if one.deposited and one.state.iso3 in matrix.states}
    assert set(gains) == set(matrix.states) - deposited
    for iso3, gain in gains.items():
        found = openings.of(iso3)
        assert found is not None
        assert 2 * len(found.now) == gain.pairs
        for partner in found.now[:1]:
            assert not matrix.reason(iso3, partner.iso3, partner.measures[0]).by
    assert openings.of("EUE") is None


def test_every_state_is_on_one_line_and_its_stage_is_that_of_the_status(
    db: None, status: Status, matrix: Matrix
) -> None:
    lines = listing.lines(status, ON, matrix=matrix)
    assert sorted(line.place.state.iso3 for line in lines) == sorted(status.states)
    assert sum(line.place.stage == "deposited" for line in lines) == status.progress("uncc", ON).count
    assert {line.place.stage for line in lines} <= {"not-signed", "signed", "deposited"}
    quarters = reporting.over_time(status, ON)
    assert quarters[0].until == ON
    assert all(newer.signed >= older.signed for newer, older in pairwise(quarters))


def test_the_close_of_signature_is_in_every_calendar_until_it_has_passed(db: None, status: Status) -> None:
    closes = status.law.provision("uncc", "64(1)").dates["signature-closes"]
    for public in (True, False):
        found = [one for one in timetable.coming(status, ON, iso3="KEN", public=public) if one.cite == "64(1)"]
        assert [(one.starts_on, one.days_left) for one in found] == [(closes, (closes - ON).days)]
    assert not [one for one in timetable.coming(status, closes + timedelta(days=1)) if one.cite == "64(1)"]


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 2000))
def test_quarters_follow_each_other_and_the_last_ends_today(first: date, days: int) -> None:
    on = first + timedelta(days=days)
    ends = reporting.quarter_ends(first, on)
    assert ends[-1] == on
    assert ends == sorted(set(ends))
    assert all((end + timedelta(days=1)).month in (1, 4, 7, 10) for end in ends[:-1])
    assert all((end + timedelta(days=1)).day == 1 for end in ends[:-1])
    assert len(ends) <= days // 90 + 2


def test_what_a_kind_of_obstacle_concerns_is_in_the_law(status: Status) -> None:
    usual = briefing.usual()
    assert set(usual) == set(ObstacleKind.values)
    for numbers in usual.values():
        for number in numbers:
            assert briefing.title(status.law, number).en
            assert briefing.title(status.law, number).fr
