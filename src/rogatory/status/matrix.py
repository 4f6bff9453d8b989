"""Who can ask whom for what: every pair of States, every measure, and the instruments that carry it, on one day.

A pair is named by one letter. It packs, for each instrument in order, whether it carries the measure between the two:
no (0), unknown (1) or yes (2), as digits of base three; `reasons` spells the letters out, and `.` stands for a State
and itself. States that stand alike to all instruments share their row, so the whole matrix costs little more than the
number of ways to stand.

What an instrument carries between two States is what both are bound by, and what its law data has the measure for.
Scope, offences and grounds are for the opinion: a letter says where a request could start, never that it must be met.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rogatory.law.model import Law
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import CONSENTS

#: One letter for each combination of answers about four instruments; none of them needs a backslash in JSON.
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-/:;<=>?@[]"[:81]
ITSELF = "."
_DIGITS = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
_Ways = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What a letter means: instruments that surely carry the measure between the two States, and those that may."""

    by: tuple[str, ...]
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One measure: a row of letters for each requesting State; how many pairs have a basis, may have one, have none."""

    measure: str
    rows: tuple[str, ...]
    yes: int
    perhaps: int
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one more Party would open: ordered pairs that no instrument surely serves now, for at least one measure.

    `links` counts every ordered pair that the instrument itself would newly join. `waits` is true where it is not in
    force: the pairs open only once it is.
    """

    state: str
    instrument: str
    pairs: int
    links: int
    waits: bool


class Matrix:
    """The matrix of one day; make one with `Matrix(status, on)`."""

    def __init__(self, status: Status, on: date, *, measures: Sequence[str] = ()) -> None:
        self.on = on
        self.law: Law = status.law
        self.instruments = tuple(self.law.instruments)
        self.states = tuple(sorted(code for code, one in status.states.items() if one.kind != "organisation"))
        known = dict.fromkeys(measure for one in self.law.instruments.values() for measure in one.measures)
        self.measures = tuple(measures) or tuple(known)
        for measure in self.measures:
            self._require(measure)
        self._status = status
        self._ways: list[_Ways] = [
            tuple(_DIGITS[status.standing(state, name, on).bound] for name in self.instruments) for state in self.states
        ]

    @property
    def ways(self) -> Sequence[tuple[int, ...]]:
        """How each State stands to each instrument, in the order of `states`: 0 not bound, 1 not known, 2 bound."""
        return self._ways

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Each measure's grid."""
        return tuple(self._grid(measure) for measure in self.measures)

    def reasons(self) -> dict[str, Reason]:
        """What each letter that stands in a grid means."""
        used = sorted({letter for grid in self.grids for row in grid.rows for letter in row} - {ITSELF})
        return {letter: self._reason(LETTERS.index(letter)) for letter in used}

    def reason(self, requesting: str, requested: str, measure: str) -> Reason:
        """What could carry *measure* between two States; raises `UnknownState` or `UnknownMeasure`."""
        self._status.state(requesting)
        self._status.state(requested)
        grid = self._grid(measure)
        letter = grid.rows[self.states.index(requesting)][self.states.index(requested)]
        return Reason(by=(), perhaps=()) if letter == ITSELF else self._reason(LETTERS.index(letter))

    def _require(self, measure: str) -> None:
        """Nothing, when some instrument knows *measure*; raises `UnknownMeasure`."""
        if not any(measure in one.measures for one in self.law.instruments.values()):
            self.law.measure(measure, instrument=self.instruments[0])

    def _carriers(self, measure: str) -> tuple[bool, ...]:
        self._require(measure)
        return tuple(measure in self.law.instrument(name).measures for name in self.instruments)

    def _grid(self, measure: str) -> Grid:
        carriers = self._carriers(measure)
        row_of: dict[_Ways, str] = {}
        rows: list[str] = []
        for number, ways in enumerate(self._ways):
            if ways not in row_of:
                letter_of = {other: LETTERS[_packed(ways, other, carriers)] for other in set(self._ways)}
                row_of[ways] = "".join(letter_of[other] for other in self._ways)
            row = row_of[ways]
            rows.append(row[:number] + ITSELF + row[number + 1 :])
        counts = self._counts(rows)
        return Grid(measure=measure, rows=tuple(rows), yes=counts[2], perhaps=counts[1], no=counts[0])

    def _counts(self, rows: Iterable[str]) -> list[int]:
        """How many pairs surely have no instrument, may have one, and surely have one."""
        best = {letter: max(_digits(number, len(self.instruments))) for number, letter in enumerate(LETTERS)}
        counts = [0, 0, 0]
        for row in rows:
            for letter in set(row) - {ITSELF}:
                counts[best[letter]] += row.count(letter)
        return counts

    def _reason(self, packed: int) -> Reason:
        digits = _digits(packed, len(self.instruments))
        named = list(zip(self.instruments, digits, strict=True))
        return Reason(
            by=tuple(name for name, digit in named if digit == _DIGITS[Answer.YES]),
            perhaps=tuple(name for name, digit in named if digit == _DIGITS[Answer.UNKNOWN]),
        )

    def gains(self) -> tuple[Gain, ...]:
        """What each further ratification would open, most first."""
        found = [gain for number, name in enumerate(self.instruments) for gain in self._gains(number, name)]
        return tuple(sorted(found, key=lambda one: (one.waits, -one.pairs, -one.links, one.instrument, one.state)))

    def _gains(self, number: int, name: str) -> Iterable[Gain]:
        entered = self._status.entry_into_force(name)
        waits = entered is None or entered > self.on
        bound = [ways[number] == _DIGITS[Answer.YES] for ways in self._ways]
        members = [self._joined(state, name) for state in self.states] if waits else bound
        members_by_ways: dict[_Ways, int] = {}
        for is_member, ways in zip(members, self._ways, strict=True):
            if is_member:
                members_by_ways[ways] = members_by_ways.get(ways, 0) + 1
        opens = {ways: self._opened(number, ways, members_by_ways) for ways in set(self._ways)}
        for state, ways, is_member in zip(self.states, self._ways, members, strict=True):
            if not is_member:
                links = 2 * sum(members)
                yield Gain(state=state, instrument=name, pairs=2 * opens[ways], links=links, waits=waits)

    def _joined(self, state: str, name: str) -> bool:
        """Whether an instrument of consent of *state* is there, or is reported without its day."""
        consents = [item for item in self._status.deposits(name, state=state) if item.action in CONSENTS]
        return any(item.done_by(self.on) is not Answer.NO for item in consents)

    def _opened(self, number: int, ways: _Ways, members: Mapping[_Ways, int]) -> int:
        """With how many members of an instrument these States would have a basis that they surely lack now."""
        carried = [carriers for carriers in map(self._carriers, self.measures) if carriers[number]]
        return sum(
            count
            for other, count in members.items()
            if any(
                max(_digits(_packed(ways, other, carriers), len(ways))) < _DIGITS[Answer.YES] for carriers in carried
            )
        )


def _packed(one: _Ways, other: _Ways, carriers: Sequence[bool]) -> int:
    """For each instrument the lesser of two answers, where it carries the measure, as one number of base three."""
    packed = 0
    for mine, theirs, carries in zip(one, other, carriers, strict=True):
        packed = packed * 3 + (min(mine, theirs) if carries else 0)
    return packed


def _digits(packed: int, count: int) -> tuple[int, ...]:
    found = []
    for _ in range(count):
        packed, digit = divmod(packed, 3)
        found.append(digit)
    return tuple(reversed(found))
