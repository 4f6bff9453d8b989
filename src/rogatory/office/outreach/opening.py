"""What a State's joining would open: with whom, for which measures, and how many pairs of States in all.

A pair is new for a measure when no instrument surely carries it between the two on that day and the Convention would.
Counted are those that have deposited already, whether or not the Convention is in force, and beside them those that
have only signed: what would open if they came too. A regional organisation stands outside the matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rogatory.office.outreach.standing import INSTRUMENT, Place
from rogatory.status.matrix import Matrix

#: How `Matrix.ways` writes that an instrument surely binds.
BOUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One State with which something would open, and the measures for which nothing surely stands now."""

    iso3: str
    stage: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What joining would open.

    `now` are partners that have deposited, `next` those that have signed and not deposited. `pairs` counts both
    directions for every measure with those of `now`.
    """

    now: tuple[Partner, ...]
    next: tuple[Partner, ...]
    measures: tuple[str, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the partners of today."""
        return [one.iso3 for one in self.now]

    @property
    def pairs(self) -> int:
        """The ways to ask that would open with those that have deposited: both directions, measure by measure."""
        return 2 * sum(len(one.measures) for one in self.now)

    @property
    def with_signatories(self) -> int:
        """The same, if every signatory joined too."""
        return self.pairs + 2 * sum(len(one.measures) for one in self.next)


class Openings:
    """What would open for each State, from the matrix of one day and where the States stand."""

    def __init__(self, matrix: Matrix, places: Sequence[Place]) -> None:
        law = matrix.law
        self.measures = tuple(law.instrument(INSTRUMENT).measures)
        self._ways = dict(zip(matrix.states, matrix.ways, strict=True))
        self._carriers = [
            tuple(measure in law.instrument(name).measures for name in matrix.instruments) for measure in self.measures
        ]
        self._places = [one for one in places if one.state.iso3 in self._ways]
        self._found: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[str, ...]] = {}

    def of(self, iso3: str) -> Opening | None:
        """What the joining of that State would open; None for a regional organisation."""
        if iso3 not in self._ways:
            return None
        partners: dict[bool, list[Partner]] = {True: [], False: []}
        for place in self._places:
            if place.state.iso3 == iso3 or not (place.deposited or place.signed):
                continue
            measures = self._lacking(self._ways[iso3], self._ways[place.state.iso3])
            if measures:
                one = Partner(iso3=place.state.iso3, stage=place.stage, measures=measures)
                partners[place.deposited is not None].append(one)
        return Opening(now=tuple(partners[True]), next=tuple(partners[False]), measures=self.measures)

    def _lacking(self, one: tuple[int, ...], other: tuple[int, ...]) -> tuple[str, ...]:
        """The measures of the Convention that no instrument surely carries between States that stand like these."""
        if (one, other) not in self._found:
            both = [min(mine, theirs) == BOUND for mine, theirs in zip(one, other, strict=True)]
            self._found[one, other] = tuple(
                measure
                for measure, carriers in zip(self.measures, self._carriers, strict=True)
                if not any(bound and carries for bound, carries in zip(both, carriers, strict=True))
            )
        return self._found[one, other]
