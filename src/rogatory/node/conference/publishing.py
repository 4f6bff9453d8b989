"""What of a meeting may be given to whom, and when.

Rules in words. A private meeting is for those who may attend it and for secretaries; a record that holds a private part
stays theirs. While a vote or a ballot is being taken, nobody is given the entries since it was
opened: how the others vote, or what the first teller counted, is not known before the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.state import State
from rogatory.conference.record import entries
from rogatory.conference.rulebook.model import Effect
from rogatory.errors import NotPermitted
from rogatory.node import people
from rogatory.node.conference import meetings, reading
from rogatory.node.context import Node
from rogatory.node.sittings import Sitting
from rogatory.ports.conference import EntryRow


class MeetingPrivate(NotPermitted):
    """This meeting, or a part of it, is held in private."""

    code = "meeting-private"
    remedy = "Those who may attend private meetings read it with their pass; ask the secretariat of the meeting."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: a person of the node, the holder of a pass, or nobody that is known."""

    person: people.Actor | None = None
    holder: Actor | None = None

    def may_attend(self, state: State) -> bool:
        """Whether the reader may be at a private meeting: a secretary, and whoever has a part in it."""
        if self.person is not None:
            return meetings.SECRETARY in self.person.roles
        if self.holder is None:
            return False
        return self.holder.role != "delegation" or state.kind(self.holder.of).private_meetings

    def may_follow(self, state: State) -> bool:
        """Whether the reader may know how the meeting stands."""
        return not state.private or self.may_attend(state)


def require_reader(state: State, reader: Reader) -> None:
    """Nothing, when *reader* may know how the meeting stands; raises `MeetingPrivate`."""
    if not reader.may_follow(state):
        raise MeetingPrivate


def given_entries(
    node: Node, found: Sitting, start: int, limit: int, *, reader: Reader
) -> tuple[Sequence[EntryRow], int]:
    """At most *limit* entries of the record from number *start* on, and how many may be given away in all.

    Raises `MeetingPrivate` where a part of the session was private and *reader* could not be there.
    """
    if _was_private(found.state) and not reader.may_attend(found.state):
        raise MeetingPrivate
    last = _last_given(node, found)
    wanted = min(limit, last - start + 1)
    rows = node.stores.conference.entries(found.meeting, start, wanted) if wanted > 0 else ()
    return rows, last


def being_voted(state: State) -> bool:
    """Whether a vote or a ballot is being taken, or waits until a point of order on it is decided."""
    return bool(state.vote or state.interrupted) or any(one.ballot_open for one in state.contests.values())


def _was_private(state: State) -> bool:
    names = {one.name for one in state.book.motions.values() if one.effect is Effect.PRIVATE_MEETING}
    carried = any(one.about == "motion" and one.how != "vote-rejected" and one.what in names for one in state.decisions)
    return state.private or carried


def _last_given(node: Node, found: Sitting) -> int:
    """The number of the newest entry that may be given away: the one before the question that is being voted on."""
    state = found.state
    since = {("vote-opened", one.opened_at) for one in (state.vote, state.interrupted) if one is not None}
    waiting = {one.id for one in state.contests.values() if one.ballot_open}
    end = found.number
    while (since or waiting) and end > 0:
        start = max(1, end - reading.PAGE + 1)
        for row in reversed(node.stores.conference.entries(found.meeting, start, end - start + 1)):
            event = entries.read(row.line, number=row.number)[0].event
            since.discard((event.kind, event.at))
            if event.kind == "ballot-opened":
                waiting.discard(event.body["contest"])
            end = row.number - 1
            if not since and not waiting:
                break
    return end
