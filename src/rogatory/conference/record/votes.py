"""The votes of a signed record as they were taken, each entry checked: what two rulebooks are asked about.

A vote that was annulled came to nothing and is left out. The numbers of the bases are those at which the vote was
closed, before it changed anything: credentials that it refuses counted while it was taken.
"""

from collections.abc import Iterable, Iterator

from rogatory.conference.meeting import asking, engine
from rogatory.conference.meeting.state import State, Vote
from rogatory.conference.record import chain
from rogatory.conference.record.entries import BadEntry
from rogatory.conference.rulebook.compare import RecordedVote
from rogatory.law.words import Words

OVERRULE = Words("That the ruling be overruled", "Annulation de la décision du président")


def read(lines: Iterable[bytes]) -> tuple[State, tuple[RecordedVote, ...]]:
    """The meeting in the record whose entries are *lines* (with or without line feeds), and its votes in their order.

    Raises `BadEntry`, `BrokenRecord`, `WrongRecordKey` and `WrongRecordTime` at the first entry that does not hold, and
    what the rules refuse an event for.
    """
    state: State | None = None
    link: chain.Link | None = None
    found: list[RecordedVote] = []
    for line in lines:
        bare = line.removesuffix(b"\n")
        entry, link = chain.begin(bare) if link is None else chain.follow(link, bare)
        if state is None:
            state = engine.begin(entry.event)
            continue
        before, state = state, engine.step(state, entry.event)
        found.extend(_taken(before, state))
    if state is None:
        raise BadEntry("the record is empty")
    return state, tuple(found)


def _taken(before: State, after: State) -> Iterator[RecordedVote]:
    """The vote that was closed between *before* and *after*, if one was."""
    for vote in after.votes[len(before.votes) :]:
        if vote.outcome is not None:
            yield RecordedVote(
                id=vote.id,
                what=_what(vote, before, after),
                subject=vote.question.subject,
                count=vote.outcome.count,
                bases=asking.bases(before),
            )


def _what(vote: Vote, before: State, after: State) -> Words:
    if vote.question.about == "ruling":
        return OVERRULE
    left = after.decisions[len(before.decisions) :]
    return left[0].what if left else Words(vote.question.target, vote.question.target)
