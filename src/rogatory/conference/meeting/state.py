"""What a meeting is at one moment: values only, computed by folding its events and by nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rogatory.conference.counting.elections import Election as Balloting
from rogatory.conference.counting.votes import Choice, Count, Outcome
from rogatory.conference.rulebook.model import Effect, ParticipantKind, Rulebook
from rogatory.law.words import Words


class Phase(StrEnum):
    """Where the session stands."""

    CONVENED = "convened"  # announced; the first meeting has not been opened
    SITTING = "sitting"
    SUSPENDED = "suspended"
    ADJOURNED = "adjourned"  # between two meetings
    CLOSED = "closed"


class Standing(StrEnum):
    """Where the credentials of a delegation stand."""

    NONE = "none"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    CHALLENGED = "challenged"
    REFUSED = "refused"


class Place(StrEnum):
    """Where the admission of a participant stands."""

    SEATED = "seated"
    APPLIED = "applied"
    OBJECTED = "objected"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What does not change: the first event of the record."""

    id: str
    title: Words
    body: str  # conference | committee | working-group | ad-hoc-committee
    kind: str  # regular | special
    venue: str
    opens: date
    closes: date
    exercise: bool = False  # invented: no decision of it binds anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One participant's objection to another's taking part."""

    by: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant: a State Party, a regional organisation, a signatory or an observer. Named by a code."""

    code: str
    name: Words
    kind: str
    group: str = ""
    members: tuple[str, ...] = ()
    place: Place = Place.SEATED
    listed_at: datetime | None = None
    objections: tuple[Objection, ...] = ()
    registered: bool = False
    delegates: tuple[str, ...] = ()
    credentials: Standing = Standing.NONE
    signed_by: str = ""
    credentials_at: datetime | None = None
    judged: bool = False  # the body has voted on its credentials
    present: bool = False
    casts: bool = False  # a regional organisation that has declared that it votes for its members


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the session, in one version, with the languages it is out in and their files.

    `files` are pairs of a language and the SHA-256 of its file; `earlier` the versions before, the oldest first.
    """

    symbol: str
    title: Words
    languages: tuple[str, ...]
    version: int
    item: str
    at: datetime
    sha256: str = ""
    files: tuple[tuple[str, str], ...] = ()
    private: bool = False  # issued while the meeting was private
    earlier: tuple["Document", ...] = ()

    @property
    def versions(self) -> tuple["Document", ...]:
        """Every version, the newest first."""
        return (self, *reversed(self.earlier))

    def file(self, language: str) -> str:
        """The SHA-256 of its file in *language*; empty when there is none."""
        return dict(self.files).get(language, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of the agenda: proposed, adopted, dropped, open, adjourned or closed."""

    id: str
    title: Words
    proposed_by: str
    status: str = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidature:
    """Who stands for which post, and whether the regional group endorses it."""

    state: str
    person: str
    post: str
    endorsed: bool
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody who holds an office."""

    post: str
    state: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A place on the list of speakers, or the floor itself once `since` is set."""

    code: str
    purpose: str  # statement | reply | explanation
    asked_at: datetime
    since: datetime | None = None
    seconds: int = 0
    called_to_order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of order, or a ruling of the presiding officer's own: ruled at once, perhaps appealed."""

    by: str
    text: str
    ruling: str = ""  # upheld | not-upheld
    reasons: str = ""
    appealed_by: str = ""
    conduct: bool = False  # it is on the conduct of the vote being taken
    proposal: str = ""  # whose majority was ruled on
    before: str = ""  # the subject of that proposal before the ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A procedural motion before the meeting."""

    id: str
    motion: str
    by: str
    at: datetime
    target: str = ""
    text: str = ""
    parts: tuple[str, ...] = ()
    preambular: tuple[str, ...] = ()
    seconds: int = 0
    spoken_for: tuple[str, ...] = ()
    spoken_against: tuple[str, ...] = ()
    due: datetime | None = None  # when the notice that it needs has run


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A delegation's request that a matter be put to the vote, perhaps by one method; it bars deciding without one."""

    by: str
    target: str
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Who speaks, who waits, and which points and motions are before the meeting."""

    speaking: Speaker | None = None
    waiting: tuple[Speaker, ...] = ()
    list_closed: bool = False
    seconds: int = 0
    replies: Mapping[str, int] = field(default_factory=dict)
    point: Point | None = None
    motions: tuple[Pending, ...] = ()
    debate_closed: bool = False
    notices: tuple[Pending, ...] = ()  # motions that need notice: they bar nothing and are taken up later
    requests: tuple[Request, ...] = ()
    usual_seconds: int = 0  # a limit agreed when no item was under discussion holds for all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a proposal that is voted separately."""

    id: str
    operative: bool
    status: str = "open"  # open | adopted | rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal, or an amendment to one (`amends`)."""

    id: str
    title: Words
    item: str
    subject: str
    sponsors: tuple[str, ...]
    submitted_at: datetime
    place: int
    amends: str = ""
    circulated_at: datetime | None = None
    waived: bool = False
    amended: bool = False
    efforts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    order: tuple[str, ...] = ()  # of its amendments, as the presiding officer set it
    order_reasons: str = ""
    refused_orders: tuple[tuple[str, ...], ...] = ()  # challenged with success
    votes_before: int = 0  # votes closed before it was taken up again
    status: str = "open"  # open | withdrawn | adopted | rejected | not-put
    explained: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is voted on: a proposal, a part of one, a motion, a ruling, an application, credentials."""

    about: str
    target: str
    subject: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One vote, open until it is closed; then with its outcome."""

    id: str
    question: Question
    method: str
    opened_at: datetime
    order: tuple[str, ...] = ()  # of a roll-call
    asked: int = 0
    votes: Mapping[str, Choice] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    hands: Count | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None  # none when the vote was annulled
    here: frozenset[str] = frozenset()  # who might vote at the opening, and who came in since
    cast_for: Mapping[str, str] = field(default_factory=dict)  # State to the organisation that votes for it
    flawed: bool = False  # a point of order on its conduct was upheld
    counted_by: str = ""  # whose count of hands or of a secret ballot stands

    @property
    def open(self) -> bool:
        """Whether votes still count."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the tellers counted in one ballot: papers, not names."""

    teller: str
    papers: int
    invalid: int
    abstentions: int
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One election: a post, its seats, who stands, and the ballots so far."""

    id: str
    post: str
    group: str
    seats: int
    balloting: Balloting
    ballot_open: bool = False
    here: frozenset[str] = frozenset()  # who might vote when the ballot was opened, and who came in since
    sheet: Sheet | None = None  # counted by one teller, waiting for the second
    sheets: tuple[Sheet, ...] = ()
    concluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something the body decided, and how."""

    number: int
    what: Words
    about: str
    target: str
    how: str  # consensus | vote | vote-rejected | acclamation | ballot | lot | no-objection
    at: datetime
    rule: str
    vote: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A whole meeting at one moment."""

    facts: Facts
    book: Rulebook
    number: int  # events folded so far
    at: datetime
    phase: Phase = Phase.CONVENED
    opened: bool = False  # whether the session was ever opened
    private: bool = False
    presiding: str = ""
    notified_at: datetime | None = None
    agenda_circulated_at: datetime | None = None
    agenda_adopted: bool = False
    suspended_rules: tuple[str, ...] = ()
    seats: Mapping[str, Seat] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    item: str = ""
    candidatures: tuple[Candidature, ...] = ()
    officers: tuple[Officer, ...] = ()
    tellers: tuple[str, ...] = ()
    floor: Floor = field(default_factory=Floor)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    supporters: tuple[str, ...] = ()  # of a special session
    vote: Vote | None = None
    interrupted: Vote | None = None  # while an appeal against a ruling on its conduct is voted on
    votes: tuple[Vote, ...] = ()  # closed, in the order in which they were
    contests: Mapping[str, Contest] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

    def kind(self, code: str) -> ParticipantKind:
        """What the rulebook says of this participant's kind."""
        return self.book.participants[self.seats[code].kind]

    @property
    def motion(self) -> Pending | None:
        """The motion to be taken first: the lowest number of precedence."""
        if not self.floor.motions:
            return None
        return min(self.floor.motions, key=lambda one: self.rank(one.motion))

    def rank(self, motion: str) -> int:
        """The place of a motion in the order of precedence; those outside it come last."""
        return self.book.motions[motion].precedence or 1_000

    def effect(self, motion: str) -> Effect:
        """What carrying it does."""
        return self.book.motions[motion].effect
