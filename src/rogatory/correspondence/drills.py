"""A drill of a contact point: a practice request at a random hour, and how long it took until a person answered.

Article 41 wants a contact point that can be reached at any hour; it sets no time in which a drill must be answered.
That time is chosen by who asks, and said in the drill. The whole time is measured by the clock of the State that asks,
from the moment it sent until the answer came. When the drill was received, opened and answered is said by the State
that was asked, so it can only divide that time otherwise, and not make it shorter. A drill is no request and no case.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from rogatory.correspondence.letters import Writer
from rogatory.law.words import Words

#: The kinds of its two letters.
DRILL, ANSWER = "drill", "drill-answer"
CITE = "41(1)"
BANNER = Words(
    "This is a drill. No person, no data and no case stand behind it.",
    "Ceci est un exercice d’alerte. Il ne concerne aucune personne, aucune donnée et aucune affaire.",
)


class Way(StrEnum):
    """Who asked whom: we a partner, a partner us, or we our own contact point."""

    OUT = "out"
    IN = "in"
    OWN = "own"


class Standing(StrEnum):
    """How a drill stands at a time. Only one that was answered in time is passed."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    PASSED = "passed"
    LATE = "late"
    MISSED = "missed"
    UNDELIVERED = "undelivered"


STANDINGS: Mapping[Standing, Words] = {
    Standing.PLANNED: Words("planned", "prévu"),
    Standing.CANCELLED: Words("cancelled", "annulé"),
    Standing.WAITING: Words("waits for an answer", "attend une réponse"),
    Standing.PASSED: Words("answered in time", "répondu à temps"),
    Standing.LATE: Words("answered late", "répondu en retard"),
    Standing.MISSED: Words("not answered in time", "sans réponse à temps"),
    Standing.UNDELIVERED: Words("could not be delivered in time", "n’a pu être remis à temps"),
}
WAYS: Mapping[Way, Words] = {
    Way.OUT: Words("ours to a partner", "le nôtre, à un partenaire"),
    Way.IN: Words("a partner's to us", "d’un partenaire, à nous"),
    Way.OWN: Words("ours to ourselves", "le nôtre, à nous-mêmes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill. *until* is the end of the window in which its hour was drawn; the hour itself is not told before.

    *received_at*, *opened_at* and *answered_at* are by the clock of the State that is asked, all other times by that
    of this node. *asking* and *asked* are authorities.
    """

    id: str
    way: Way
    asking: str
    asked: str
    planned_by: Writer
    planned_at: datetime
    until: datetime
    answer_within: timedelta
    note: str
    cancelled: bool = False
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    received_at: datetime | None = None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    answered_by: Writer | None = None
    answer_note: str = ""
    trouble: str = ""

    @property
    def deadline(self) -> datetime | None:
        """When the answer is due; `None` before it was sent."""
        start = self.received_at if self.way is Way.IN else self.sent_at
        return start + self.answer_within if start else None

    @property
    def ended_at(self) -> datetime | None:
        """When the answer counts as given: for ours when it came, for a partner's when it was signed here."""
        return self.arrived_at if self.way is Way.OUT else self.answered_at

    def standing(self, now: datetime) -> Standing:
        """How it stands at *now*."""
        if self.cancelled:
            return Standing.CANCELLED
        if self.deadline is None:
            return Standing.PLANNED
        if self.ended_at is not None:
            return Standing.PASSED if self.ended_at <= self.deadline else Standing.LATE
        if now <= self.deadline:
            return Standing.WAITING
        unknown = self.way is Way.OUT and self.delivered_at is None
        return Standing.UNDELIVERED if unknown else Standing.MISSED

    def seconds(self) -> Mapping[str, float | None]:
        """Seconds on the road, until opened, from opened to answered, and in all; `None` where a time is missing."""
        start = self.received_at if self.way is Way.IN else self.sent_at
        return {
            "road": _between(self.sent_at, self.delivered_at),
            "opening": _between(self.received_at, self.opened_at),
            "answering": _between(self.opened_at, self.answered_at),
            "whole": _between(start, self.ended_at),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the drills of one State came to: how many by standing, and the medians of `Drill.seconds`."""

    state: str
    standings: Mapping[Standing, int]
    medians: Mapping[str, float | None]

    @property
    def ended(self) -> int:
        """How many have ended, well or not."""
        return sum(self.standings.get(one, 0) for one in ENDED)


ENDED = (Standing.PASSED, Standing.LATE, Standing.MISSED, Standing.UNDELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """One hour of the day, UTC: how many drills were sent in it, and how many of these were answered in time."""

    hour: int
    sent: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What drills came to: for each State that was asked, by hour of the day, and each drill by itself."""

    at: datetime
    scores: tuple[Score, ...]
    hours: tuple[Hour, ...]
    drills: tuple[Drill, ...]


def report(drills: Sequence[Drill], *, now: datetime) -> Report:
    """The report of *drills* as they stand at *now*; those that were not sent count for nothing but their standing."""
    asked: dict[str, list[Drill]] = {}
    for drill in drills:
        asked.setdefault(drill.asked[:3], []).append(drill)
    sent, passed = Counter[int](), Counter[int]()
    for drill in drills:
        begun = drill.received_at if drill.way is Way.IN else drill.sent_at
        if begun is not None and drill.standing(now) in ENDED:
            sent[begun.hour] += 1
            passed[begun.hour] += drill.standing(now) is Standing.PASSED
    return Report(
        at=now,
        scores=tuple(_score(state, asked[state], now) for state in sorted(asked)),
        hours=tuple(Hour(hour=hour, sent=sent[hour], passed=passed[hour]) for hour in range(24)),
        drills=tuple(drills),
    )


def _score(state: str, drills: Sequence[Drill], now: datetime) -> Score:
    found: dict[str, list[float]] = {}
    for drill in drills:
        for name, value in drill.seconds().items():
            found.setdefault(name, [])
            if value is not None:
                found[name].append(value)
    return Score(
        state=state,
        standings=Counter(drill.standing(now) for drill in drills),
        medians={name: median(values) if values else None for name, values in found.items()},
    )


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return max((end - start).total_seconds(), 0.0) if start and end else None
