"""How fast States joined a treaty, and how many would join another one at that pace.

For a treaty whose deposits we know, take all States from the day it was opened for signature, those that signed it
and those that did not apart, and see what part of each had joined after so many days. Suppose each State that has not
yet joined ours does so with the same chance in the same time, independently of the others; the number that has joined
by a day is then a sum of two binomial counts, whose chances are computed exactly, without drawing anything.

That is a way to compare, not knowledge of what governments will do. It says nothing beyond the time for which the
other treaty's deposits are known, and since States do influence one another, the true spread is wider.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import comb

from rogatory.status.engine import Status
from rogatory.status.model import CONSENTS, Deposit


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """After how many days the signatories and the other States joined one treaty, in order, of how many there were."""

    instrument: str
    opened: date
    known_days: int
    signatories: int
    signatory_days: tuple[int, ...]
    others: int
    other_days: tuple[int, ...]

    def joined(self, days: int) -> int:
        """How many States had joined that many days after the opening."""
        return bisect_right(self.signatory_days, days) + bisect_right(self.other_days, days)

    def days_to(self, number: int) -> int | None:
        """After how many days the instrument of that number was deposited, if it was."""
        every = sorted((*self.signatory_days, *self.other_days))
        return every[number - 1] if len(every) >= number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Where a treaty stands: days since its opening, instruments deposited, and States that have not joined."""

    days: int
    count: int
    signatories: int
    others: int


def pace_of(status: Status, instrument: str) -> Pace:
    """The pace at which States joined *instrument*, from its deposits; raises `UnknownInstrument`."""
    opened = opening(status, instrument)
    known = (status.progress(instrument).as_of - opened).days
    states = [code for code, state in status.states.items() if state.kind != "organisation"]
    signed = {item.state for item in status.deposits(instrument) if item.action == "signature"}
    joined: dict[str, int] = {}
    for item in status.deposits(instrument):
        if item.action in CONSENTS and item.latest is not None and (item.latest - opened).days <= known:
            joined.setdefault(item.state, (item.latest - opened).days)
    return Pace(
        instrument=instrument,
        opened=opened,
        known_days=known,
        signatories=sum(code in signed for code in states),
        signatory_days=tuple(sorted(joined[code] for code in states if code in signed and code in joined)),
        others=sum(code not in signed for code in states),
        other_days=tuple(sorted(joined[code] for code in states if code not in signed and code in joined)),
    )


def opening(status: Status, instrument: str) -> date:
    """The day the instrument was opened for signature: that of its first signature, or else of its adoption."""
    signed: list[date] = [
        item.earliest for item in status.deposits(instrument) if item.action == "signature" and item.earliest
    ]
    return min(signed, default=status.law.instrument(instrument).adopted)


def chances(pace: Pace, waiting: Waiting, days: int, *, most: int) -> tuple[float, ...]:
    """The chance of each number of further instruments, 0 to *most* (the last: that many or more), *days* from now."""
    signatories = _share(pace.signatory_days, pace.signatories, waiting.days, waiting.days + days)
    others = _share(pace.other_days, pace.others, waiting.days, waiting.days + days)
    one = _binomial(waiting.signatories, signatories, most)
    two = _binomial(waiting.others, others, most)
    both = [sum(one[k] * two[n - k] for k in range(n + 1)) for n in range(most)]
    return (*both, max(0.0, 1.0 - sum(both)))


def _share(days: Sequence[int], every: int, start: int, end: int) -> float:
    """Of those that had not joined at *start*, the part that had by *end*."""
    before, by_then = bisect_right(days, start), bisect_right(days, end)
    return (by_then - before) / (every - before) if every > before else 0.0


@lru_cache(maxsize=2048)
def _binomial(number: int, chance: float, most: int) -> tuple[float, ...]:
    """The chance of each count below *most* among *number* that each join with *chance*."""
    return tuple(
        comb(number, k) * chance**k * (1 - chance) ** (number - k) if k <= number else 0.0 for k in range(most)
    )


def waiting(status: Status, instrument: str, deposits: Sequence[Deposit], on: date) -> Waiting:
    """Where *instrument* stands on that day with these instruments of consent, each of another State."""
    joined = {item.state for item in deposits}
    signed = {item.state for item in status.deposits(instrument) if item.action == "signature"}
    left = [code for code, state in status.states.items() if state.kind != "organisation" and code not in joined]
    return Waiting(
        days=max(0, (on - opening(status, instrument)).days),
        count=sum(status.states[code].kind != "organisation" for code in joined),
        signatories=sum(code in signed for code in left),
        others=sum(code not in signed for code in left),
    )
