"""The JSON that is answered of what was counted or checked, as schemas; tests hold the answers against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from rogatory.api.rulebooks import RulebookLine
from rogatory.conference.counting.ballots import Due
from rogatory.conference.counting.rounds import Lot
from rogatory.conference.counting.schemes import Kind
from rogatory.conference.counting.thresholds import Base
from rogatory.conference.counting.votes import Count
from rogatory.conference.record.verify import Outcome
from rogatory.conference.rulebook.compare import Row
from rogatory.conference.rulebook.findings import Finding
from rogatory.conference.rulebook.model import Sure
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """What is wrong with a rulebook, errors first; `sound` when a meeting can be held under it."""

    id: str
    name: Words
    findings: tuple[Finding, ...]
    rules: int
    sure: Mapping[Sure, int]
    numbers_shown: int
    combinations: int
    tried: int
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderRulebook:
    """What a vote comes to under one rulebook, why, under which rule, and how sure that rule is."""

    verdict: Literal["adopted", "rejected", "no-quorum", "no-vote"]
    why: tuple[Words, ...]
    rule: Words
    sure: Sure
    base: int | None
    needed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteReplayed:
    """One recorded vote under both rulebooks; `bases` are how many there were when it was closed."""

    id: str
    what: Words
    subject: str
    count: Count
    bases: Mapping[Base, int]
    a: UnderRulebook
    b: UnderRulebook
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two rulebooks setting by setting, and the votes of a record under both, if one was sent."""

    a: RulebookLine
    b: RulebookLine
    rows: tuple[Row, ...]
    votes: tuple[VoteReplayed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorityNeeded:
    """The majority under which a vote was counted."""

    share: str
    more_than: bool
    of: Base
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RollEntry:
    """One State in a roll, and how many votes it casts."""

    state: str
    name: Words
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleApplied:
    """The rule that a count was held against, where it was found, and how sure it is."""

    name: Words
    source: Words
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyAnswer:
    """What came out of a roll of votes."""

    adopted: bool
    tie: bool
    majority: MajorityNeeded
    base: int
    needed: int
    count: Count
    arithmetic: tuple[Words, ...]
    votes: Mapping[Literal["yes", "no", "abstain", "non-voting", "absent"], tuple[RollEntry, ...]]
    rule: RuleApplied | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCounted:
    """One ballot: who could be voted for, the papers, the majority, who was elected."""

    number: int
    kind: Kind
    eligible: tuple[str, ...]
    papers: int
    invalid: int
    abstentions: int
    valid: int
    votes: Mapping[str, int]
    base: int
    needed: int
    elected: tuple[str, ...]
    lot: Lot | None
    drawn: tuple[str, ...]
    arithmetic: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionAnswer:
    """An election as its ballots make it: who is elected, and what comes next if it is not decided."""

    places: int
    group: str
    majority: Words
    pattern: str
    decided: bool
    elected: tuple[str, ...]
    candidates: tuple[str, ...]
    withdrawn: tuple[str, ...]
    next: Due | None
    lot: Lot | None
    words: Words
    rounds: tuple[BallotCounted, ...]
    rule: RuleApplied | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the check: how it ended, what was seen; the entry and the error where it failed."""

    number: int
    title: Words
    outcome: Outcome
    seen: tuple[Words, ...]
    entry: int | None
    code: str | None
    message: str | None
    remedy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedAnswer:
    """The check of a record; what came out of the meeting is told only where nothing failed."""

    verified: bool
    verdict: Words
    closed: bool
    rungs: tuple[Rung, ...]
    summary: Mapping[str, Any] | None
    meeting: str = ""
    events: int = 0
    head: str = ""
    begun: datetime | None = None
    ended: datetime | None = None
    signer: Mapping[str, str] | None = None
