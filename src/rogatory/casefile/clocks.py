"""The clock of a preservation, the same on both desks because it is read from the case file alone.

The period comes from the law data (42(8)). A request for the data that follows the preservation stops the clock until
it is decided, and the decision ends it. The colours are for the eye and bind nobody: amber from a quarter of the
minimum period before the end, red from a tenth of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rogatory.casefile import cites
from rogatory.casefile.fold import Request
from rogatory.casefile.measures import HOLDING, PRESERVATION
from rogatory.casefile.table import ENDED, State
from rogatory.law.model import Law

CITE = "42(8)"
_UNDECIDED = frozenset({State.SENT, State.ACKNOWLEDGED, State.POSTPONED})


class Light(StrEnum):
    """How near the end is."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    EXPIRED = "expired"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When a preservation began and ends; `held` while a request that follows it awaits its decision."""

    began: datetime
    minimum_until: datetime
    until: datetime
    minimum_days: int
    held: bool
    ended: bool

    def light(self, now: datetime) -> Light:
        """The colour at *now*."""
        if self.ended:
            return Light.NONE
        return light(self.until, now, minimum_days=self.minimum_days, held=self.held)


def light(until: datetime, now: datetime, *, minimum_days: int, held: bool) -> Light:
    """The colour at *now* of a running clock that ends at *until*."""
    if held:
        return Light.HELD
    left = until - now
    if left <= timedelta():
        return Light.EXPIRED
    if left <= timedelta(days=minimum_days) / 10:
        return Light.RED
    if left <= timedelta(days=minimum_days) / 4:
        return Light.AMBER
    return Light.GREEN


def minimum_days(law: Law, on: datetime, instrument: str = cites.HOME) -> int:
    """The least number of days that a preservation lasts under *instrument* on that day.

    Where *instrument* sets none, that of the Convention (42(8)), which is then no more than a measure for the eye.
    """
    name, _, number = (cites.under(law, instrument, CITE) or CITE).rpartition(":")
    return int(law.value(name or cites.HOME, number, "days", on=on.date()))


def clock(request: Request, requests: Mapping[str, Request], law: Law) -> Clock | None:
    """The clock of a preservation that has begun, or `None` for one that has not and for other measures."""
    if request.measure != PRESERVATION or request.began is None or request.until is None:
        return None
    days = minimum_days(law, request.began, request.instrument)
    followers = [
        one.state for one in requests.values() if one.follows_request == request.digest and one.measure in HOLDING
    ]
    undecided = any(state in _UNDECIDED for state in followers)
    decided = not undecided and any(state is not State.WITHDRAWN for state in followers)
    return Clock(
        began=request.began,
        minimum_until=request.began + timedelta(days=days),
        until=request.until,
        minimum_days=days,
        held=undecided,
        ended=decided or request.state in ENDED,
    )
