"""The report of a session as values: what was decided and how, who was there, who voted how. JSON carries all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rogatory.law.words import NO_WORDS, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A participant: its code and its name; *weight* is the number of votes that it casts."""

    code: str
    name: Words
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A rule as the report names it, and how sure the rulebook is of it."""

    id: str
    name: Words
    sure: str
    says: Words
    source: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The quorum at one moment: States present, those needed, of how many, and the rule's share in words."""

    present: int
    needed: int
    base: int
    share: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One meeting of the session."""

    number: int
    opened: datetime
    rose: datetime | None
    presided: tuple[Who, ...]
    quorum: Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One participant: its kind and group, who came, and in which meetings it was recorded as present."""

    who: Who
    kind: Words
    group: Words
    standing: str
    delegates: tuple[str, ...]
    meetings: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """An objection to a participant or to its credentials, with its reasons as they were given."""

    by: Who
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The credentials of one delegation."""

    who: Who
    standing: str
    signed_by: str
    at: datetime | None
    objections: tuple[Objected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An observer that had to be admitted, and what became of it."""

    who: Who
    kind: Words
    place: str
    objections: tuple[Objected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds an office."""

    post: Words
    who: Who
    group: Words
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of the agenda and how far it was taken."""

    id: str
    title: Words
    status: str
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document in its last version."""

    symbol: str
    title: Words
    languages: tuple[str, ...]
    version: int
    item: str
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One decision: what, how, under which rule, with which quorum; *vote* or *contest* when there was one."""

    number: int
    symbol: str
    what: Words
    about: str
    target: str
    how: str
    at: datetime
    rule: Cited
    quorum: Present
    vote: str
    contest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step on a proposal's way."""

    at: datetime
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One proposal or amendment, from its submission to what became of it."""

    id: str
    title: Words
    item: str
    amends: str
    sponsors: tuple[Who, ...]
    subject: Words
    status: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """One vote: the question, the majority, the arithmetic, and, unless hands or papers were counted, who voted how.

    An annulled vote counts for nothing. *by* is from `yes`, `no`, `abstain` and `not-voting` to participants; empty for
    a vote without names.
    """

    id: str
    question: Words
    about: str
    target: str
    part: str
    method: str
    opened_at: datetime
    closed_at: datetime
    majority: Words
    rule: Cited
    quorum: Present
    adopted: bool
    annulled: bool
    tie: bool
    counts: Mapping[str, int]
    needed: int
    base: int
    arithmetic: tuple[Words, ...]
    by: Mapping[str, tuple[Who, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One name in a ballot: its votes, and whether that elected it."""

    who: Who
    votes: int
    elected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotHeld:
    """One ballot of an election, as two tellers counted it."""

    number: int
    heading: Words
    papers: int
    invalid: int
    abstentions: int
    valid: int
    needed: int
    base: int
    majority: Words
    votes: tuple[Polled, ...]
    tellers: tuple[Who, ...]
    lot: tuple[Who, ...] = ()
    drawn: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """One election: the post, its seats, who stood, each ballot, who is elected."""

    id: str
    post: Words
    group: Words
    seats: int
    stood: tuple[Who, ...]
    elected: tuple[Who, ...]
    how: str
    ballots: tuple[BallotHeld, ...]
    annulled: int  # ballots that were begun and could not be counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation of vote."""

    at: datetime
    by: Who
    proposal: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A point of order, its ruling and an appeal; *vote* is the vote on it, *stands* what came out."""

    at: datetime
    by: Who
    text: str
    ruling: str
    reasons: str
    appealed_by: Who | None
    vote: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A procedural motion and what became of it."""

    at: datetime
    by: Who
    motion: Words
    target: str
    spoke_for: tuple[Who, ...]
    spoke_against: tuple[Who, ...]
    outcome: str
    vote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """One turn on the floor: who, to what end, on which item, from when and for how many seconds."""

    at: datetime
    who: Who
    purpose: str
    item: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An open question of the rulebook and the answer under which the session was held."""

    question: Words
    answer: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rulebook of the session: whether it is a draft, its answers, and the rules applied that are not sure."""

    id: str
    name: Words
    standing: str
    as_of: date
    answers: tuple[Answered, ...]
    unsure: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReport:
    """The whole report; *head* names the last entry of the record that it was made from, when it is known."""

    id: str
    title: Words
    body: str
    kind: str
    venue: str
    opens: date
    closes: date
    closed: bool
    until: datetime  # the time of the last entry
    entries: int
    head: str
    rules: Rules
    sittings: tuple[Sitting, ...]
    attendance: tuple[Attendance, ...]
    credentials: tuple[Papers, ...]
    observers: tuple[Applied, ...]
    officers: tuple[Holder, ...]
    agenda: tuple[AgendaItem, ...]
    documents: tuple[Paper, ...]
    decisions: tuple[Made, ...]
    proposals: tuple[Way, ...]
    votes: tuple[Roll, ...]
    elections: tuple[Election, ...]
    explanations: tuple[Explained, ...]
    rulings: tuple[Ruled, ...]
    motions: tuple[Moved, ...]
    speeches: tuple[Spoke, ...]
    notice: Words = NO_WORDS
