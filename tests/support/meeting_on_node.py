"""A meeting of `tests.support.meetings` played on a real node, act by act, at the times of its events."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.support import meetings as played
from tests.support.meetings import Table

from rogatory.conference.meeting.events import Event
from rogatory.node.conference import meetings
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.node.sittings import Sitting, Sittings


class At:
    """A clock that shows what it was set to."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time


def facts(**how: Any) -> dict[str, Any]:
    """What a secretary says of the meeting that `played.first` makes."""
    body = played.first(**how).body
    return {name: value for name, value in body.items() if name != "rulebook"}


def made(node: Node, secretary: Person, *, choices: Mapping[str, str] | None = None, **how: Any) -> tuple[Node, str]:
    """*node* with a clock of its own, and the meeting made on it."""
    here = replace(node, clock=At(played.first(**how).at))
    return here, meetings.create(here, secretary, facts(**how), rulebook="hanoi-draft", choices=choices or {})


def play(node: Node, meeting: str, events: Iterable[Event]) -> Sitting | None:
    """How the meeting stands after *events*, each done at its own time."""
    found = None
    for event in events:
        set_clock(node, event.at)
        found = meetings.act(node, meeting, event.by, event.kind, event.body)
    return found


def set_clock(node: Node, time: datetime) -> None:
    """The clock of *node* shows *time* from now on."""
    assert isinstance(node.clock, At)
    node.clock.time = time


def voting(node: Node, secretary: Person, parties: int = 9) -> tuple[Node, str, Table]:
    """A meeting on *node* in which vote V1 on P1 is open, and the same meeting in play."""
    table = played.ready(parties)
    table.do("chair", "vote-opened", about="proposal", target="P1", method="recorded")
    here, meeting = made(node, secretary, parties=parties)
    play(here, meeting, table.events)
    return here, meeting, table


def restarted(node: Node) -> Node:
    """The same node in a process that has read nothing yet."""
    return replace(node, sittings=Sittings())
