"""A practice session on a node, as a secretary would have held it there: written at once, signed by the node's own key."""

from datetime import datetime
from functools import cache

from rogatory.conference.meeting.events import Event
from rogatory.conference.record import entries
from rogatory.conference.record.chain import Signer
from rogatory.exercise.conference import cast, script
from rogatory.node.context import Node
from rogatory.ports.conference import EntryRow, MeetingRow

MEETING = cast.MEETING
AUTHORITY = "VNM/contact-point"


@cache
def played() -> tuple[Event, ...]:
    """The events of the whole session, the same every time."""
    return script.play().events


def until(kind: str, number: int = 1) -> int:
    """How many events there are up to and with the *number*th of this *kind*."""
    places = [place for place, event in enumerate(played(), 1) if event.kind == kind]
    return places[number - 1]


def held(node: Node, *, at: datetime, events: int = 0) -> None:
    """Put the session on *node*: all of it, or the first *events* of it, signed with the key in use *at* that time."""
    key = node.unlock().signing_key(AUTHORITY, at)
    signer = Signer(state=node.state, authority=AUTHORITY, key=key.public)
    given = played()[: events or None]
    facts = given[0].body
    row = MeetingRow(
        id=MEETING,
        title=facts["title"],
        body=facts["body"],
        kind=facts["kind"],
        venue=facts["venue"],
        opens=datetime.fromisoformat(facts["opens"]).date(),
        closes=datetime.fromisoformat(facts["closes"]).date(),
        authority=AUTHORITY,
        made_at=given[0].at,
        made_by="secretary",
    )
    node.stores.conference.add_meeting(row)
    previous = ""
    for number, event in enumerate(given, 1):
        body = {**event.body, "signer": signer.row()} if number == 1 else event.body
        told = Event(kind=event.kind, by=event.by, at=event.at, body=body)
        made = entries.write(told, meeting=MEETING, number=number, previous=previous, key=key)
        node.stores.conference.add_entry(EntryRow(meeting=MEETING, number=number, line=made.line))
        previous = made.digest
