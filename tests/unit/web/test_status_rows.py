"""How the status page tells a State's way to stand, on every day and in every constellation of deposits."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.status.practice import hanoi_exercise
from rogatory.web import charts, matrixpage, statusrows
from rogatory.web.statusrows import Wanted
from rogatory.web.statuswords import GROUPS, WAYS

DAYS = st.dates(min_value=date(2000, 11, 15), max_value=date(2030, 1, 1))


@pytest.fixture(scope="module")
def status() -> Status:
    return Status.load(hanoi_exercise())


@given(on=DAYS, instrument=st.sampled_from(["untoc", "uncc"]))
@settings(max_examples=25, deadline=None)
def test_a_way_never_says_more_than_the_standing(status: Status, on: date, instrument: str) -> None:
    rows = statusrows.rows(status, instrument, on)
    assert len(rows) == len(status.states)
    for row in rows:
        assert (row.way == "party") == (row.standing.bound is Answer.YES)
        if row.standing.bound is Answer.UNKNOWN:
            assert row.way == "unknown"
        if row.way in ("consented", "left"):
            assert row.consent is not None
        if row.way == "signatory":
            assert row.signed is not None
    assert sum(number for _, _, number in statusrows.counted(rows)) == len(rows)
    assert [group for group, _ in statusrows.by_group(rows)] == [group for group in GROUPS if group]


def test_a_denunciation_is_told_once_it_has_effect(status: Status) -> None:
    acts = (
        Deposit(
            state="FRA", instrument="untoc", action="ratification", earliest=date(2002, 1, 1), latest=date(2002, 1, 1)
        ),
        Deposit(
            state="FRA", instrument="untoc", action="denunciation", earliest=date(2010, 1, 1), latest=date(2010, 1, 1)
        ),
        *(item for item in status.deposits("untoc") if item.state != "FRA"),
    )
    own = Status(law=status.law, states=status.states, deposits=acts, coverage={"untoc": (date(2020, 1, 1), True), **{
        name: (date(2020, 1, 1), True) for name in status.law.instruments
    }})  # fmt: skip
    ways = [
        statusrows.row_of(own, own.state("FRA"), "untoc", date(year, 6, 1)).way
        for year in (2001, 2003, 2009, 2010, 2012)
    ]
    assert ways == ["neither", "consented", "party", "party", "left"]


def test_selecting_keeps_to_what_is_wanted_and_puts_what_is_missing_last(status: Status) -> None:
    rows = statusrows.rows(status, "uncc", date(2028, 3, 1))
    for way in WAYS:
        assert all(row.way == way for row in statusrows.select(rows, Wanted(way=way)))
    since = [row.standing.since for row in statusrows.select(rows, Wanted(sort="since"))]
    known = [day for day in since if day]
    assert known == sorted(known)
    assert since[: len(known)] == known


def test_a_timeline_counts_every_act_once_and_ends_with_those_without_a_day(status: Status) -> None:
    on = date(2026, 11, 22)
    real = Status.load()
    acts = charts.happened(real.deposits("uncc"), real.counted("uncc", on), on)
    assert acts[-1].on is None
    assert acts[-1].instruments == real.progress("uncc", on).count
    assert sum(len(act.consented) for act in acts) == 3
    days = [act.on for act in acts if act.on]
    assert days == sorted(set(days))


def test_no_number_of_a_drawing_is_written_with_a_comma_or_leaves_the_box(status: Status) -> None:
    on = date(2003, 9, 1)
    acts = charts.happened(status.deposits("untoc"), status.counted("untoc", on), on)
    chart = charts.timeline(acts, start=date(2000, 12, 12), on=on, threshold=40)
    for line in chart.lines:
        assert "," not in line.path
        heights = [float(part.partition("H")[0]) for part in line.path.split("V")[1:]]
        assert all(charts.TOP - 1 <= height <= charts.BOTTOM for height in heights)


@pytest.mark.parametrize("ahead", [0, 400])
def test_the_picture_of_the_matrix_covers_every_pair_with_its_own_meaning(status: Status, ahead: int) -> None:
    on = date(2028, 3, 1) + timedelta(days=ahead)
    page = matrixpage.measure_page(status, on, "")
    matrix = matrixpage.matrix_of(status, on)
    picture = page.picture()
    area = sum(cell.width * cell.height for cell in picture.cells)
    lonely = len(matrix.states) ** 2 - area
    assert 0 <= lonely <= len(matrix.states)
    pairs = sum(share.pairs for _, cells in page.shares() for _, share in cells)
    assert pairs == len(matrix.states) * (len(matrix.states) - 1)
    assert sum(meaning.pairs for meaning in page.meanings.values()) == pairs
    sizes = {meaning.letter: 0 for meaning in page.meanings.values()}
    for cell in picture.cells:
        sizes[cell.meaning.letter] += cell.width * cell.height
    diagonal = {
        letter: size - next(m.pairs for m in page.meanings.values() if m.letter == letter)
        for letter, size in sizes.items()
    }
    assert all(size >= 0 for size in diagonal.values())
    assert sum(diagonal.values()) == len(matrix.states) - lonely
