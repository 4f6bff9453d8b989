"""What may happen next, and under which rule: every kind of event is tried, with what the meeting has, on the state.

Nothing here knows a rule: what the engine would refuse is not offered, what it would take is. Free texts and numbers
are left to the person (`missing`); they are tried with a sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rogatory.conference.meeting import engine, offers
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.state import State
from rogatory.errors import RogatoryError
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One thing that may be done now: the event, what is left for the person to fill in, and the rule."""

    kind: str
    name: Words
    body: Mapping[str, Any]
    missing: tuple[str, ...]
    rule: str
    cite: Words


def possible(state: State, actor: Actor, at: datetime) -> tuple[Possible, ...]:
    """All that *actor* may do at *at*, in the order of the kinds of events."""
    found: list[Possible] = []
    for kind in engine.KINDS.values():
        if actor.role not in kind.by:
            continue
        rule = state.book.rule(kind.rule(state.book))
        for offer in offers.offers(state, kind, actor):
            if _taken(state, Event(kind=kind.id, by=actor, at=at, body=offer.whole)):
                missing = tuple(offer.samples)
                found.append(
                    Possible(
                        kind=kind.id, name=kind.name, body=offer.body, missing=missing, rule=rule.id, cite=rule.name
                    )
                )
    return tuple(found)


def _taken(state: State, event: Event) -> bool:
    try:
        engine.applied(state, event)
    except RogatoryError:
        return False
    return True
