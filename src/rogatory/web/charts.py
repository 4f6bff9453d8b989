"""Drawings of the status pages: a timeline of signatures and deposits, and the fan of a forecast.

A drawing is numbers put into a box of 360 by 210; templates write them as SVG. Numbers are texts here, because a
template would write them as the language does, and SVG wants a point. What is drawn stands in a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rogatory.law.words import Answer
from rogatory.status import pace
from rogatory.status.engine import Status
from rogatory.status.forecast import Outlook
from rogatory.status.model import CONSENTS, Deposit

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 28, 352, 12, 184
MOST_YEARS, MOST_STEPS = 7, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the grid: where it is, and what stands beside it."""

    at: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A path with the name of its class."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing: its grid, lines, the height of the threshold (empty when it is beyond), and where the day stands."""

    years: tuple[Tick, ...]
    counts: tuple[Tick, ...]
    lines: tuple[Line, ...]
    threshold: str
    today: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What was done on one day (None: it is not known), and how many signatures and instruments there were then."""

    on: date | None
    only_month: bool
    signed: tuple[str, ...]
    consented: tuple[str, ...]
    signatures: int
    instruments: int


class _Paper:
    """The box: from days and counts to places in it."""

    def __init__(self, start: date, end: date, most: int) -> None:
        self.start = start
        self._span = max(1, (end - start).days)
        self._end = end
        self._most = max(1, most)

    def x(self, day: date) -> str:
        share = min(1.0, max(0.0, (day - self.start).days / self._span))
        return f"{LEFT + share * (RIGHT - LEFT):.1f}"

    def y(self, count: float) -> str:
        return f"{BOTTOM - min(count, self._most) / self._most * (BOTTOM - TOP):.1f}"

    def steps(self, days: Sequence[date], until: date) -> str:
        """A line that rises by one on each of these days, and goes on to the last; it ends where it leaves the box."""
        path = f"M{self.x(self.start)} {self.y(0)}"
        for number, day in enumerate(sorted(days), start=1):
            path += f"H{self.x(day)}"
            if number > self._most:
                return path
            path += f"V{self.y(number)}"
        return f"{path}H{self.x(until)}"

    def years(self) -> tuple[Tick, ...]:
        first, last = self.start.year + 1, self._end.year
        step = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) // step < MOST_YEARS)
        named = [year for year in range(first, last + 1) if year % step == 0]
        return tuple(Tick(at=self.x(date(year, 1, 1)), label=str(year)) for year in named)

    def counts(self) -> tuple[Tick, ...]:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if self._most // step <= MOST_STEPS)
        return tuple(Tick(at=self.y(count), label=str(count)) for count in range(0, self._most + 1, step))


def happened(deposits: Iterable[Deposit], counted: Sequence[Deposit], on: date) -> tuple[Happened, ...]:
    """Signatures and counted instruments of consent, day by day, those without a day last."""
    acts = [item for item in deposits if item.action == "signature" and item.done_by(on) is not Answer.NO]
    acts += counted
    days = sorted({item.latest or date.max for item in acts})
    found: list[Happened] = []
    signatures = instruments = 0
    for day in days:
        today = [item for item in acts if (item.latest or date.max) == day]
        signed = [item.state for item in today if item.action == "signature"]
        consented = [item.state for item in today if item.action in CONSENTS]
        signatures, instruments = signatures + len(signed), instruments + len(consented)
        found.append(
            Happened(
                on=None if day == date.max else day,
                only_month=any(item.on is None for item in today) and day != date.max,
                signed=tuple(signed),
                consented=tuple(consented),
                signatures=signatures,
                instruments=instruments,
            )
        )
    return tuple(found)


def timeline(acts: Sequence[Happened], *, start: date, on: date, threshold: int) -> Chart:
    """The signatures and the counted instruments from *start* to *on*; what has no day is not drawn."""
    signed = [act.on for act in acts if act.on for _ in act.signed]
    joined = [act.on for act in acts if act.on for _ in act.consented]
    paper = _Paper(start, on, round(max(len(signed), len(joined), threshold) * 1.06) + 1)
    return Chart(
        years=paper.years(),
        counts=paper.counts(),
        lines=(
            Line(kind="signed", path=paper.steps(signed, on)),
            Line(kind="joined", path=paper.steps(joined, on)),
        ),
        threshold=paper.y(threshold),
        today="",
    )


def fan(status: Status, found: Outlook) -> Chart:
    """The instruments so far, how many there may be, and how many had joined the comparable treaties as long after."""
    on, start = found.on, pace.opening(status, found.instrument)
    end = max((one.on for one in found.ahead), default=on + timedelta(days=366))
    most = round(max(found.threshold, *(one.many for one in found.ahead), 1) * 1.05) + 1
    paper = _Paper(start, end, most)
    days = sorted(item.latest or on for item in status.counted(found.instrument, on))
    others = [_as_fast(paper, status, one.instrument, end) for one in found.comparables]
    return Chart(
        years=paper.years(),
        counts=paper.counts(),
        lines=(
            *_spread(paper, found),
            *(Line(kind=f"other-{number}", path=path) for number, path in enumerate(others, start=1)),
            Line(kind="joined", path=paper.steps(days, on)),
        ),
        threshold=paper.y(found.threshold),
        today=paper.x(on),
    )


def _spread(paper: _Paper, found: Outlook) -> tuple[Line, ...]:
    """The fan itself: from few to many, and the middle of it."""
    if not found.ahead:
        return ()
    few = [(found.on, found.count), *((one.on, one.few) for one in found.ahead)]
    middling = [(found.on, found.count), *((one.on, one.middling) for one in found.ahead)]
    many = [(found.on, found.count), *((one.on, one.many) for one in found.ahead)]
    around = _through(paper, many) + "L" + _through(paper, few[::-1])[1:] + "Z"
    return Line(kind="spread", path=around), Line(kind="middling", path=_through(paper, middling))


def _through(paper: _Paper, points: Sequence[tuple[date, int]]) -> str:
    return "M" + "L".join(f"{paper.x(day)} {paper.y(count)}" for day, count in points)


def _as_fast(paper: _Paper, status: Status, instrument: str, end: date) -> str:
    """How many had joined another treaty as many days after its opening, as a line that ends where the paper does."""
    known = pace.pace_of(status, instrument)
    joined = sorted((*known.signatory_days, *known.other_days))
    last = min(end, paper.start + timedelta(days=known.known_days))
    days = [paper.start + timedelta(days=number) for number in joined]
    return paper.steps([day for day in days if day <= last], last)
