"""The meeting as a fold: a state and an event give the next state, or a refusal that cites the rule.

Pure: the same rulebook and the same events give the same meeting on any machine, for ever. The time of an event comes
with it and never runs backwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rogatory.conference.meeting import (
    balloting,
    convening,
    floor,
    motions,
    observers,
    points,
    proposals,
    seating,
    sitting,
    voting,
)
from rogatory.conference.meeting.events import Event, Kind, read
from rogatory.conference.meeting.refusals import BadEvent, NotTheirs, OutOfOrder
from rogatory.conference.meeting.state import Phase, State
from rogatory.conference.rulebook import loader
from rogatory.conference.rulebook.model import Rulebook

ALL = (convening, seating, observers, sitting, floor, points, motions, proposals, voting, balloting)
KINDS: Mapping[str, Kind] = {kind.id: kind for room in ALL for kind in room.KINDS}
#: What may still be recorded once the session is closed.
AFTERWARDS = frozenset({"decision-numbered", "document-issued"})


def rulebook(event: Event) -> Rulebook:
    """The rulebook that the first event of a record carries: its text and the choices; raises `BadRulebook`."""
    held: Any = event.body.get("rulebook", {})
    choices = held.get("choices", {}) if isinstance(held, Mapping) else None
    if not isinstance(choices, Mapping) or not isinstance(held.get("toml"), str):
        raise BadEvent("the first event carries the rulebook: {toml, choices}")
    return loader.read(held["toml"], name="rulebook", choices=choices)


def begin(event: Event) -> State:
    """The meeting that the first event makes; raises `BadEvent` or `BadRulebook`."""
    return convening.begin(event, rulebook(event))


def step(state: State, event: Event) -> State:
    """*state* after *event*; raises a `Refused`, `UnknownMatter`, `UnknownParticipant` or `BadEvent`."""
    return replace(applied(state, event), number=state.number + 1, at=event.at)


def applied(state: State, event: Event) -> State:
    """What *event* does, not yet counted in; raises as `step` does."""
    kind = KINDS.get(event.kind)
    if kind is None:
        raise BadEvent(f"{event.kind!r} is no kind of event")
    if event.by.role not in kind.by:
        raise NotTheirs(
            f"{kind.name.en}: for {' or '.join(kind.by)}, not for {event.by.role}",
            cite=state.book.cite(kind.rule(state.book)),
        )
    if event.at.tzinfo is None:
        raise BadEvent("the time of an event carries its time zone")
    if event.at < state.at:
        raise BadEvent("the event is older than the one before it")
    if state.phase is Phase.CLOSED and kind.id not in AFTERWARDS:
        raise OutOfOrder("the session is closed", cite=state.book.cite(kind.rule(state.book)))
    return kind.apply(state, replace(event, body=read(kind.form, event.body)))


def replay(events: Iterable[Event]) -> State:
    """The meeting that *events* make, from the first one on; raises as `begin` and `step` do."""
    found: State | None = None
    for event in events:
        found = begin(event) if found is None else step(found, event)
    if found is None:
        raise BadEvent("a record without events is no meeting")
    return found
