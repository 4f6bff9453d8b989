"""What the page of the matrix shows: who can ask whom for one measure, by regional group, for one State, as a picture.

States that stand alike to every instrument, and are of the same group, are one band of the picture: its cells all mean
the same, and one word beside the pointer tells it.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from rogatory.law.words import Words
from rogatory.status.engine import Status
from rogatory.status.matrix import ITSELF, Gain, Grid, Matrix, Reason
from rogatory.status.model import State
from rogatory.web.stateorder import in_order
from rogatory.web.statuswords import GROUPS

GAINS_SHOWN = 15
MARGIN, EDGE = 10, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a letter stands for, how its cell looks (`none`, `perhaps`, `by1` and more), and how many pairs it has."""

    letter: str
    look: str
    reason: Reason
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of the pairs between two groups, how many surely have a basis, may have one, and have none."""

    yes: int
    perhaps: int
    no: int

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.yes + self.perhaps + self.no

    @property
    def percent(self) -> int:
        """The part that surely has a basis, rounded down, so that 100 means all of them."""
        return 100 * self.yes // self.pairs if self.pairs else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A rectangle of the picture: where it is, and what it means."""

    x: int
    y: int
    width: int
    height: int
    meaning: Meaning
    group: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole matrix of one measure drawn small, with the lines between the groups and their numbers."""

    size: int
    cells: tuple[Cell, ...]
    borders: tuple[int, ...]
    numbers: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def matrix_of(status: Status, on: date) -> Matrix:
    """The matrix of that day, with every measure that the law data knows."""
    return Matrix(status, on)


@lru_cache(maxsize=4)
def gains_of(status: Status, on: date) -> tuple[Gain, ...]:
    """The further ratifications that would open most pairs on that day."""
    return matrix_of(status, on).gains()[:GAINS_SHOWN]


class MeasurePage:
    """One measure of the matrix, as the page shows it."""

    def __init__(self, matrix: Matrix, grid: Grid, states: Sequence[State]) -> None:
        self.grid = grid
        self._matrix = matrix
        self._place = {code: number for number, code in enumerate(matrix.states)}
        self._states = states
        counts = Counter(letter for row in grid.rows for letter in row)
        reasons = matrix.reasons()
        known = [letter for letter, _count in counts.most_common() if letter != ITSELF]
        self.meanings = {
            letter: Meaning(letter=_named(number), look=_look(reason), reason=reason, pairs=counts[letter])
            for number, letter in enumerate(known)
            if (reason := reasons[letter])
        }

    def knows(self, state: State) -> bool:
        """Whether *state* stands in the matrix: a regional organisation does not."""
        return state.iso3 in self._place

    def groups(self) -> list[tuple[str, list[State]]]:
        """The States of each regional group that has any, in their usual order."""
        found: dict[str, list[State]] = {group: [] for group in GROUPS}
        for state in self._states:
            found[state.group or "none"].append(state)
        return [(group, members) for group, members in found.items() if members]

    def shares(self) -> list[tuple[str, list[tuple[str, Share]]]]:
        """For each requesting group its share with each requested group."""
        groups = self.groups()
        return [(group, [(name, self._share(ours, theirs)) for name, theirs in groups]) for group, ours in groups]

    def _share(self, ours: Sequence[State], theirs: Sequence[State]) -> Share:
        looks = Counter(
            meaning.look for one in ours for other in theirs if (meaning := self.meaning(one.iso3, other.iso3))
        )
        yes = sum(count for look, count in looks.items() if look.startswith("by"))
        return Share(yes=yes, perhaps=looks["perhaps"], no=looks["none"])

    def meaning(self, requesting: str, requested: str) -> Meaning | None:
        """What could carry the measure between two States; None for a State and itself."""
        return self.meanings.get(self.grid.rows[self._place[requesting]][self._place[requested]])

    def asked_by(self, state: State) -> list[tuple[str, list[tuple[State, Meaning]]]]:
        """Whom *state* can ask, by group."""
        return [
            (group, [(one, meaning) for one in members if (meaning := self.meaning(state.iso3, one.iso3))])
            for group, members in self.groups()
        ]

    def both_ways(self, state: State) -> bool:
        """Whether everybody whom *state* can ask can ask it for the same reasons."""
        return all(
            self.meaning(state.iso3, other.iso3) == self.meaning(other.iso3, state.iso3) for other in self._states
        )

    def asking(self, state: State) -> list[tuple[str, list[tuple[State, Meaning]]]]:
        """Who can ask *state*, by group."""
        return [
            (group, [(one, meaning) for one in members if (meaning := self.meaning(one.iso3, state.iso3))])
            for group, members in self.groups()
        ]

    def picture(self) -> Picture:
        """All of it, drawn small."""
        bands = self._bands()
        cells = [cell for y, band in self._placed(bands) for cell in self._cells(y, band, bands)]
        borders, numbers, at = [MARGIN], [], MARGIN
        for number, (_group, members) in enumerate(self.groups(), start=1):
            numbers.append((number, at + len(members) // 2))
            at += len(members)
            borders.append(at)
        return Picture(size=at + EDGE, cells=tuple(cells), borders=tuple(borders), numbers=tuple(numbers))

    def _bands(self) -> list[tuple[str, list[State]]]:
        """Runs of States of one group that stand alike, those bound by most first."""
        found = []
        for group, members in self.groups():
            ways = {state.iso3: self._matrix.ways[self._place[state.iso3]] for state in members}
            members.sort(key=lambda state: ([-digit for digit in ways[state.iso3]], state.iso3))
            found += [(group, list(band)) for _, band in groupby(members, key=lambda state: ways[state.iso3])]
        return found

    def _placed(self, bands: Sequence[tuple[str, list[State]]]) -> list[tuple[int, tuple[str, list[State]]]]:
        found, at = [], MARGIN
        for band in bands:
            found.append((at, band))
            at += len(band[1])
        return found

    def _cells(self, y: int, band: tuple[str, list[State]], bands: Sequence[tuple[str, list[State]]]) -> list[Cell]:
        group, ours = band
        found: list[Cell] = []
        for x, (other, theirs) in self._placed(bands):
            meaning = next((one for state in theirs if (one := self.meaning(ours[0].iso3, state.iso3))), None)
            if meaning is None and len(ours) > 1:
                meaning = self.meaning(ours[0].iso3, ours[1].iso3)
            if meaning is None:
                continue
            last = found[-1] if found else None
            if last and last.meaning == meaning and last.other == other and last.x + last.width == x:
                found[-1] = Cell(
                    x=last.x, y=y, width=last.width + len(theirs), height=len(ours),
                    meaning=meaning, group=group, other=other,
                )  # fmt: skip
                continue
            found.append(Cell(x=x, y=y, width=len(theirs), height=len(ours), meaning=meaning, group=group, other=other))
        return found


def measure_page(status: Status, on: date, measure: str) -> MeasurePage:
    """One measure on that day; the first measure for a blank; raises `UnknownMeasure`."""
    matrix = matrix_of(status, on)
    if measure and measure not in matrix.measures:
        Matrix(status, on, measures=(measure,))
    grid = next(one for one in matrix.grids if one.measure == (measure or matrix.measures[0]))
    return MeasurePage(matrix, grid, in_order(status.states[code] for code in matrix.states))


def measure_name(status: Status, measure: str) -> Words:
    """What the first instrument that has the measure calls it."""
    return next(one.measures[measure].name for one in status.law.instruments.values() if measure in one.measures)


def as_csv(page: MeasurePage, states: Sequence[str]) -> str:
    """Every pair that has a basis or may have one: requesting, requested, instruments, and those that may."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("requesting", "requested", "instruments", "perhaps"))
    for requesting in states:
        for requested in states:
            meaning = page.meaning(requesting, requested)
            if meaning and meaning.look != "none":
                reason = meaning.reason
                writer.writerow((requesting, requested, " ".join(reason.by), " ".join(reason.perhaps)))
    return out.getvalue()


def _named(number: int) -> str:
    """A, B … Z, AA, AB …"""
    head, tail = divmod(number, 26)
    return (chr(ord("A") + head - 1) if head else "") + chr(ord("A") + tail)


def _look(reason: Reason) -> str:
    if reason.by:
        return f"by{min(4, len(reason.by))}"
    return "perhaps" if reason.perhaps else "none"
