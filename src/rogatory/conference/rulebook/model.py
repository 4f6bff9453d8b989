"""A rulebook as values: rules of procedure that a program can follow.

Every setting names the `Rule` it comes from, and a rule says where it was found and how sure that is. The engine reads
these values and holds no number of its own. A rulebook may leave questions open: its `options`, each with choices that
set values; `chosen` says which choice this rulebook was read with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rogatory.conference.counting.thresholds import Threshold
from rogatory.conference.counting.votes import Choice
from rogatory.errors import BadData
from rogatory.law.words import Words


class NoSuchRule(BadData):
    """The rulebook has no rule of this name."""

    code = "no-such-rule"
    remedy = "Run `rogatory conference lint` on the rulebook: it lists what is missing."


class Sure(StrEnum):
    """How sure a rule is, as the collection of facts marks it."""

    READ = "read"  # in a copy of the text
    REPORTED = "reported"  # in a secondary source
    REMEMBERED = "remembered"  # from parallel rules and memory
    UNSURE = "unsure"  # weakly founded, or open in negotiation


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, in our own words; its number is shown only where it is known to be right."""

    id: str
    number: str
    number_sure: bool
    title: Words
    says: Words
    source: Words
    sure: Sure
    provisions: tuple[str, ...] = ()  # of the instrument's law data, such as uncc:66, on which the rule rests
    for_people: bool = False  # no setting follows from it: it is told, not applied

    @property
    def cite(self) -> str:
        """How a refusal names it: `Rule 41 (Quorum)`, or `rule on closure of debate`."""
        if self.number and self.number_sure:
            return f"Rule {self.number} ({self.title.en})"
        return f"rule on {self.title.en[:1].lower()}{self.title.en[1:]}"

    @property
    def name(self) -> Words:
        """The same in each language."""
        if self.number and self.number_sure:
            return Words(self.cite, f"Règle {self.number} ({self.title.fr})")
        return Words(self.cite, f"règle sur : {self.title.fr[:1].lower()}{self.title.fr[1:]}")


#: Everybody who might knock at the door; a rulebook without gaps says of each what becomes of them.
CATEGORIES = (
    "party",
    "regional-organisation-party",
    "signatory",
    "non-signatory",
    "igo-invited",
    "igo-other",
    "ngo-ecosoc",
    "ngo-other",
    "private-sector",
    "academia",
)


class Speaks(StrEnum):
    """When a participant may take the floor."""

    OF_RIGHT = "of-right"
    INVITED = "invited"  # by the presiding officer, with the approval of the body
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """How a kind of participant comes in, who decides, and what an objection does.

    An objection counts only where applications are listed; an `application` is granted unless decided otherwise.
    """

    how: str  # of-right | written-notice | standing-invitation | application | listed-application | not-admitted
    decided_by: str  # nobody | bureau | conference
    days_before: int = 0  # the list is circulated, or the application made, so many days before the opening
    objection: str = "none"  # none | refers-to-conference | excludes
    reasons_owed: bool = False  # an objection must give reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantKind:
    """What one kind of participant may do: party, regional-organisation, signatory, non-signatory, igo, ngo …"""

    id: str
    name: Words
    rule: str
    votes: bool
    speaks: Speaks
    proposes: bool  # proposals, amendments, motions, points of order
    replies: bool
    private_meetings: bool
    credentials: bool
    admission: Admission
    covers: tuple[str, ...] = ()  # which of `CATEGORIES` come under this kind
    documents: bool = True  # receives the documents of the session
    subsidiary_bodies: bool = True  # may attend the working groups and other bodies that the Conference sets up


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """When sessions are held and announced. Days and hours before the opening, or before the vote."""

    years_between: int
    notice_days: int
    agenda_days_regular: int
    agenda_days_special: int
    special_request: Threshold | None
    rule: str
    notice_rule: str
    agenda_rule: str
    adoption_rule: str
    special_rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Who must be in the room to open a meeting and let the debate proceed, and who for a decision."""

    open: Threshold
    decide: Threshold
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What credentials are, who examines them, and what a delegation may do meanwhile."""

    hours_before: int
    signed_by: tuple[str, ...]  # head-of-state, head-of-government, foreign-minister, competent-authority
    examined_by: str  # bureau | committee
    provisional_seat: bool  # seated until the body decides
    challenged_keeps_rights: bool
    vote_needs_acceptance: bool  # no vote before credentials are accepted or the seat is provisional
    rule: str
    seat_rule: str
    check_rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An office to be filled: how many, and whether it rotates among the regional groups."""

    id: str  # president | vice-president | rapporteur | teller …
    name: Words
    seats: int
    rotates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """The bureau: its posts, and how many each regional group has of all of them."""

    posts: tuple[Post, ...]
    groups: tuple[str, ...]
    per_group: int
    presiding_votes: bool
    rule: str
    presiding_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """How long and how often one may speak; 0 is no limit set by the rules. Seconds."""

    statement_seconds: int
    reply_seconds: int
    replies: int
    motion_seconds: int
    explanation_seconds: int
    rule: str
    reply_rule: str
    point_rule: str
    list_rule: str
    times_rule: str = ""


class Effect(StrEnum):
    """What carrying a motion does: the engine knows how to do these and no others."""

    SUSPEND_MEETING = "suspend-meeting"
    ADJOURN_MEETING = "adjourn-meeting"
    ADJOURN_DEBATE = "adjourn-debate"
    CLOSE_DEBATE = "close-debate"
    CLOSE_LIST = "close-list"
    LIMIT_SPEECHES = "limit-speeches"
    COMPETENCE = "competence"
    DIVISION = "division"
    RECONSIDER = "reconsider"
    CHALLENGE_ORDER = "challenge-order"
    PRIVATE_MEETING = "private-meeting"
    SUSPEND_RULE = "suspend-rule"
    AMEND_AGENDA = "amend-agenda"
    NO_ACTION = "no-action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A procedural motion. `precedence` 1 is taken before 2; 0 stands outside that order and yields to all of it."""

    id: str
    name: Words
    effect: Effect
    precedence: int
    mover_speaks: bool
    speakers_for: int
    speakers_against: int
    subject: str  # of the majority it needs
    during_debate: bool
    during_voting: bool  # between the votes on parts and amendments; never while one vote is being taken
    notice_hours: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """What a decision on one subject needs."""

    subject: str
    name: Words
    threshold: Threshold
    after_consensus: bool  # a vote only after every effort at consensus is recorded
    consensus_only: bool  # no vote at all
    rule: str
    parties_needed: int = 0  # the subject is taken up only when the instrument has so many Parties


@dataclass(frozen=True, slots=True, kw_only=True)
class Voting:
    """How votes are taken."""

    methods: tuple[str, ...]  # show-of-hands, roll-call, recorded, secret
    default: str
    on_request: str  # the method any voter may ask for instead
    roll_call_start: str  # lot | first
    counted: frozenset[Choice]  # what is "present and voting"
    change_until_close: bool  # a delegation may replace its vote while the vote is open
    sponsor_explains: bool
    rule: str
    rights_rule: str
    organisation_rule: str
    counted_rule: str
    conduct_rule: str
    tie_rule: str
    which_majority_rule: str
    consensus_rule: str
    explanation_rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What becomes of proposals and amendments."""

    hours_before: int  # circulated so long before discussion or vote
    may_waive_for_amendments: bool
    withdraw_if_amended: bool
    division_speakers_for: int
    division_speakers_against: int
    operative_rejected_rejects_whole: bool
    rule: str
    withdrawal_rule: str
    amendments_rule: str
    order_rule: str
    division_rule: str
    reconsideration_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRules:
    """How officers and members are elected.

    `pattern` is of ("unrestricted" | "restricted", ballots; 0 = until decided): its first part is how an election
    begins, the others follow and begin again until all places are filled.
    """

    secret: bool
    acclamation: bool  # may be dispensed with when the body agrees and there are no more candidates than seats
    majority: Threshold
    finalists: int  # who stay in a restricted ballot for one seat
    factor: int  # times the seats left: who stay in a restricted ballot for several
    pattern: tuple[tuple[str, int], ...]
    tie: str  # lot | ballot
    edge: str  # a tie for the last eligible place: keep | lot
    rule: str
    several_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionChoice:
    """One answer to an open question: the values it sets, by path (`participant.ngo.admission.objection`)."""

    id: str
    name: Words
    default: bool
    sets: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A question the rulebook leaves open, such as the participation of observers."""

    id: str
    question: Words
    rule: str
    choices: tuple[OptionChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Rules of procedure, read with one choice for each open question."""

    id: str
    name: Words
    body: Words
    instrument: str
    standing: str  # adopted | draft
    as_of: date
    languages: tuple[str, ...]
    rules: Mapping[str, Rule]
    participants: Mapping[str, ParticipantKind]
    sessions: Sessions
    quorum: Quorum
    credentials: Credentials
    officers: Officers
    speaking: Speaking
    motions: Mapping[str, Motion]
    majorities: Mapping[str, Majority]
    voting: Voting
    proposals: Proposals
    elections: ElectionRules
    options: tuple[Option, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    languages_rule: str = ""
    precedence_rule: str = ""

    def rule(self, id: str) -> Rule:
        """The rule called *id*; raises `NoSuchRule`."""
        found = self.rules.get(id)
        if found is None:
            raise NoSuchRule(f"{self.id} has no rule {id!r}")
        return found

    def cite(self, id: str) -> str:
        """How a refusal names the rule called *id*."""
        return self.rule(id).cite

    def majority(self, subject: str) -> Majority:
        """What a decision on *subject* needs; raises `NoSuchRule`."""
        found = self.majorities.get(subject)
        if found is None:
            raise NoSuchRule(f"{self.id} sets no majority for {subject!r}")
        return found
