"""The JSON of a meeting, as schemas: how it stands, who takes part, what was decided, voted and elected.

Decisions, votes and elections have the shape of `conference.record.summary`, which the command line prints and the
check of a record repeats; a test holds the answers against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rogatory.api.rulebooks import RulebookLine
from rogatory.conference.counting.schemes import Kind
from rogatory.conference.counting.thresholds import Base
from rogatory.conference.counting.votes import Choice, Count
from rogatory.conference.meeting.state import Item, Officer, Phase, Place
from rogatory.conference.rulebook.model import Sure
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One meeting of this node: which body meets, in what kind of session, where and when, and whose it is."""

    id: str
    title: Words
    body: str
    kind: str
    venue: str
    opens: date
    closes: date
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumNeeded:
    """One quorum: the share in words, how many that is, of how many, and whether so many are here."""

    of: Base
    number: int
    needed: int
    reached: bool
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumNow:
    """How many Parties there are, take part and are present; the quorum to open and the one to decide."""

    parties: int
    participating: int
    present: int
    to_open: QuorumNeeded
    to_decide: QuorumNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerNow:
    """Who has the floor, for what, since when, and for how many seconds (0: no limit)."""

    code: str
    purpose: str
    since: datetime | None
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionNow:
    """A motion before the meeting; `due` is when the notice that it needs has run."""

    id: str
    motion: str
    name: Words
    by: str
    target: str
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointNow:
    """A point of order before the meeting: its ruling, and who appeals against it."""

    by: str
    ruling: str
    appealed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorNow:
    """Who speaks, who waits, and what is before the meeting; the motion to be taken first stands first."""

    speaking: SpeakerNow | None
    waiting: tuple[str, ...]
    list_closed: bool
    debate_closed: bool
    point: PointNow | None
    motions: tuple[MotionNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteNow:
    """The vote being taken: how many have voted, not how; in a roll-call, the order and who is called."""

    id: str
    about: str
    target: str
    part: str
    subject: str
    method: str
    opened_at: datetime
    voted: int
    order: tuple[str, ...]
    called: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One document of the session, in its newest version, with its languages and the SHA-256 of each one's file."""

    symbol: str
    title: Words
    languages: tuple[str, ...]
    version: int
    item: str
    at: datetime
    sha256: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal, or an amendment to the one it `amends`, and what became of it."""

    id: str
    title: Words
    item: str
    subject: str
    sponsors: tuple[str, ...]
    amends: str
    status: str
    submitted_at: datetime
    circulated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNow:
    """A meeting as its record makes it: `events` in it, and the SHA-256 of the last as its `head`."""

    id: str
    title: Words
    body: str
    kind: str
    venue: str
    opens: date
    closes: date
    events: int
    head: str
    at: datetime
    phase: Phase
    private: bool
    presiding: str
    rulebook: RulebookLine
    quorum: QuorumNow
    agenda_adopted: bool
    items: tuple[Item, ...]
    item: str
    documents: tuple[DocumentLine, ...]
    officers: tuple[Officer, ...]
    floor: FloorNow
    proposals: tuple[ProposalLine, ...]
    vote: VoteNow | None
    interrupted: VoteNow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One participant: where its admission and its credentials stand, whether it is here, and how many votes it casts.

    `weight` is 0 without a vote; a regional organisation casts as many as it has members that are Parties.
    """

    code: str
    name: Words
    kind: str
    kind_name: Words
    group: str
    members: tuple[str, ...]
    place: Place
    credentials: Literal["none", "submitted", "accepted", "challenged", "refused"]
    registered: bool
    present: bool
    votes: bool
    weight: int
    casts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """The rule under which it was decided, and how sure the rule is."""

    id: str
    name: Words
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken:
    """One decision: what, how (by consensus, vote, ballot …), when, its symbol if it has one, and the rule."""

    number: int
    symbol: str
    what: Words
    about: str
    target: str
    how: str
    vote: str
    at: datetime
    rule: DecisionRule


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTaken:
    """One vote that was closed: the outcome with its arithmetic, and who voted how where it was taken by name.

    `adopted` is missing for a vote that was annulled; `weights` names those whose vote weighed other than one.
    """

    id: str
    about: str
    target: str
    part: str
    subject: str
    method: str
    opened_at: datetime
    closed_at: datetime | None
    adopted: bool | None
    count: Count | None
    base: int | None
    needed: int | None
    arithmetic: tuple[Words, ...]
    by_state: Mapping[str, Choice]
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotTaken:
    """One ballot of an election, as two tellers counted it alike."""

    number: int
    kind: Kind
    papers: int
    invalid: int
    abstentions: int
    votes: Mapping[str, int]
    needed: int
    elected: tuple[str, ...]
    lot: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionHeld:
    """One election: for which post and group, how many seats, ballot by ballot, and who was elected."""

    id: str
    post: str
    group: str
    seats: int
    concluded: bool
    elected: tuple[str, ...]
    withdrawn: tuple[str, ...]
    ballots: tuple[BallotTaken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One entry of the signed record: its number, and the line without its line feed."""

    number: int
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTaken:
    """An act stands in the record: `events` it has now, and the SHA-256 of the last of them."""

    meeting: str
    events: int
    head: str
