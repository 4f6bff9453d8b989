"""How a pledge stands on a day: open, due soon, late, fulfilled, fulfilled late, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rogatory.kernel import times
from rogatory.law.words import Words

#: From so many days before its day on, a pledge is due soon.
SOON = 30


class Outcome(StrEnum):
    """How a pledge stands."""

    OPEN = "open"
    SOON = "due-soon"
    LATE = "late"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled-late"
    WITHDRAWN = "withdrawn"


OUTCOMES: Mapping[str, Words] = {
    Outcome.OPEN: Words("open", "en cours"),
    Outcome.SOON: Words("due soon", "bientôt à échéance"),
    Outcome.LATE: Words("late", "en retard"),
    Outcome.FULFILLED: Words("fulfilled", "tenu"),
    Outcome.FULFILLED_LATE: Words("fulfilled late", "tenu en retard"),
    Outcome.WITHDRAWN: Words("withdrawn by who made it", "retiré par son auteur"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a pledge stands, how many days are left (fewer than 0: late by so many), and the last that was done."""

    outcome: Outcome
    days_left: int | None
    last_follow_up: str


def standing(body: Mapping[str, Any], today: date) -> Standing:
    """How the pledge of *body* stands on *today*."""
    due = times.parse_day(body["due"]) if "due" in body else None
    last = max((row["day"] for row in body.get("follow_ups", ()) if "day" in row), default="")
    left = (due - today).days if due else None
    if body.get("outcome") == "withdrawn":
        return Standing(outcome=Outcome.WITHDRAWN, days_left=None, last_follow_up=last)
    if body.get("outcome") == "fulfilled":
        on = times.parse_day(body["fulfilled_on"]) if "fulfilled_on" in body else None
        late = due is not None and on is not None and on > due
        found = Outcome.FULFILLED_LATE if late else Outcome.FULFILLED
        return Standing(outcome=found, days_left=None, last_follow_up=last)
    if left is None:
        return Standing(outcome=Outcome.OPEN, days_left=None, last_follow_up=last)
    found = Outcome.LATE if left < 0 else Outcome.SOON if left <= SOON else Outcome.OPEN
    return Standing(outcome=found, days_left=left, last_follow_up=last)
