"""The events of a signed record, each entry checked, for a report that names the digest of the last of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rogatory.conference.meeting.events import Event
from rogatory.conference.record import chain
from rogatory.conference.record.entries import BadEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a record holds: its events, the digest of its last entry, and who signed it."""

    events: tuple[Event, ...]
    head: str
    signer: str


def read(lines: Iterable[bytes]) -> Recorded:
    """The record whose entries are *lines*, without their line feeds.

    Raises `BadEntry`, `BrokenRecord`, `WrongRecordKey` and `WrongRecordTime` at the first entry that does not hold.
    """
    events: list[Event] = []
    link: chain.Link | None = None
    for line in lines:
        entry, link = chain.begin(line) if link is None else chain.follow(link, line)
        events.append(entry.event)
    if link is None:
        raise BadEntry("the record is empty")
    return Recorded(events=tuple(events), head=link.digest, signer=link.signer.authority)
