"""Whether a desk is staffed at every hour of the week: shifts on a circle of 168 hours, and what they leave open.

Times are local and repeat every week; a shift may run past midnight, and past the end of the week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rogatory.readiness.choices import Shift

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A span of the week that nobody covers, from and to as `sat 22:00`; how long in minutes."""

    start: str
    end: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the week is staffed, what is not, in which languages at every hour, and the person-hours it takes.

    `always` are the languages that somebody speaks at every minute that is covered.
    """

    hours: float
    round_the_clock: bool
    gaps: tuple[Gap, ...]
    always: tuple[str, ...]
    person_hours: float


def coverage(shifts: Sequence[Shift]) -> Coverage:
    """What *shifts* cover of the week."""
    edges = sorted({0, WEEK, *(minute % WEEK for one in shifts for minute in (one.start, one.end))})
    spans = [(start, end, _at(shifts, start)) for start, end in pairwise(edges)]
    staffed = [(start, end, there) for start, end, there in spans if there]
    minutes = sum(end - start for start, end, _ in staffed)
    spoken = [frozenset(language for one in there for language in one.languages) for _, _, there in staffed]
    return Coverage(
        hours=minutes / 60,
        round_the_clock=minutes == WEEK,
        gaps=_gaps([(start, end) for start, end, there in spans if not there]),
        always=tuple(sorted(frozenset.intersection(*spoken))) if spoken else (),
        person_hours=sum((one.end - one.start) * one.people for one in shifts) / 60,
    )


def _at(shifts: Sequence[Shift], minute: int) -> list[Shift]:
    return [one for one in shifts if (minute - one.start) % WEEK < one.end - one.start]


def _gaps(spans: list[tuple[int, int]]) -> tuple[Gap, ...]:
    """The spans, those that touch as one; a gap around the end of the week is one gap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > 1 and joined[0][0] == 0 and joined[-1][1] == WEEK:
        joined = [*joined[1:-1], (joined[-1][0], WEEK + joined[0][1])]
    return tuple(Gap(start=told(start), end=told(end), minutes=end - start) for start, end in joined)


def told(minute: int) -> str:
    """A minute of the week as `sat 22:00`."""
    day, rest = divmod(minute % WEEK, DAY)
    return f"{DAYS[day]} {rest // 60:02d}:{rest % 60:02d}"
