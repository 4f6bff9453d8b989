"""Reading a record back from the database: every entry that this process did not make itself is verified.

An entry that does not prove itself, that does not follow the one before it, that the rules refuse, or that is missing
though this process or the ledger has seen it, is never skipped: the meeting stands still, an alarm is raised, and
people must say what happened.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rogatory.conference.meeting import engine
from rogatory.conference.record import chain
from rogatory.errors import NotFound, RogatoryError, Untrusted
from rogatory.kernel import digests
from rogatory.node.context import Node
from rogatory.node.ledger import alarms
from rogatory.node.ledger.alarms import Alarm
from rogatory.node.sittings import Sitting
from rogatory.ports.conference import EntryRow

PAGE = 500


class NoSuchMeeting(NotFound):
    """There is no such meeting on this node."""

    code = "no-such-meeting"


class RecordDamaged(Untrusted):
    """The record of this meeting in the database is not the one that was signed."""

    code = "meeting-record-damaged"
    remedy = "Stop the meeting. Keep the database as it is, and restore the newest good backup beside it."


def caught_up(node: Node, meeting: str) -> Sitting:
    """*meeting* with every entry that this transaction sees; raises `NoSuchMeeting` and `RecordDamaged`."""
    known = node.sittings.get(meeting)
    found = known or _begun(node, meeting)
    logged = {} if known else {row.number: row.digest for row in node.stores.conference.heads(meeting)}
    while rows := _next(node, found):
        try:
            for row in rows:
                found = _after(found, row)
                if logged.pop(row.number, found.head) != found.head:
                    raise chain.BrokenRecord(f"another entry {row.number} stands in the ledger")
        except RogatoryError as error:
            raise RecordDamaged(str(error), where=meeting) from error
    if logged:
        raise RecordDamaged(f"entry {min(logged)} stands in the ledger and is gone", where=meeting)
    return found


def lines(node: Node, meeting: str) -> Iterator[bytes]:
    """The entries of the record as they stand in the database; raises `NoSuchMeeting`."""
    start = 1
    while rows := node.stores.conference.entries(meeting, start, PAGE):
        yield from (row.line for row in rows)
        start += len(rows)
    if start == 1:
        raise NoSuchMeeting(f"there is no meeting {meeting[:40]} here")


@contextmanager
def watched(node: Node, meeting: str) -> Iterator[None]:
    """Raise an alarm when the record turns out to be damaged inside; outside every transaction that this undoes."""
    try:
        yield
    except RecordDamaged as error:
        alarm = Alarm(
            kind=alarms.MEETING_RECORD,
            state=node.state,
            origin=node.config.log_origin,
            values={"meeting": meeting, "reason": error.message},
        )
        with node.stores.atomic():
            alarms.raise_alarm(node, alarm)
        raise


def _begun(node: Node, meeting: str) -> Sitting:
    rows = node.stores.conference.entries(meeting, 1, 1)
    if not rows:
        raise NoSuchMeeting(f"there is no meeting {meeting[:40]} here")
    try:
        entry, link = chain.begin(rows[0].line)
        if link.meeting != meeting:
            raise chain.BrokenRecord(f"the first entry is of the meeting {link.meeting}")
        return Sitting(state=engine.begin(entry.event), link=link)
    except RogatoryError as error:
        raise RecordDamaged(str(error), where=meeting) from error


def _next(node: Node, found: Sitting) -> Sequence[EntryRow]:
    """What stands after the newest entry that we know, which must still be there as we know it."""
    rows = node.stores.conference.entries(found.meeting, found.number, PAGE)
    if not rows or rows[0].number != found.number or digests.sha256(rows[0].line) != found.head:
        raise RecordDamaged(f"entry {found.number} is gone, or another one stands there", where=found.meeting)
    return rows[1:]


def _after(found: Sitting, row: EntryRow) -> Sitting:
    entry, link = chain.follow(found.link, row.line)
    return Sitting(state=engine.step(found.state, entry.event), link=link)
