"""The JSON of readiness and of drills, as schemas: checklist, choices, filings, drills and what they came to.

The values are those that the command line prints; a test holds the answers against these schemas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rogatory.correspondence.letters import Writer
from rogatory.law.words import Words
from rogatory.readiness.catalogue import Offer
from rogatory.readiness.day import Day
from rogatory.readiness.papers.model import Block, Missing
from rogatory.readiness.staffing import Coverage
from rogatory.readiness.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StageProgress:
    """A stage: how many of its steps are done or not needed, of how many."""

    stage: str
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistNow:
    """The checklist of the node's State on a day."""

    state: str
    on: date
    practice: bool
    stages: tuple[StageProgress, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingPlace:
    """A place of the choices that a paper lacks, and in words what it is."""

    place: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesNow:
    """The choices as they were saved, under their number (0: none yet), and what the papers still lack."""

    state: str
    version: int
    saved_at: datetime | None
    saved_by: str
    choices: Mapping[str, Any]
    one_language: tuple[str, ...]
    missing: tuple[LackingPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRemark:
    """Something for the cover sheet; kind: `unsure`, `practice`, `unnamed`, `limits` or `language`."""

    kind: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDraft:
    """One paper to sign: what it says, of which act filing it is, what it lacks and what is not sure."""

    id: str
    kind: str
    provision: str
    title: Words
    from_lines: tuple[Words, ...]
    to_lines: tuple[Words, ...]
    blocks: tuple[Block, ...]
    done: Words
    signature: tuple[Words, ...]
    action: str
    value: str
    when: Words
    checked: Words
    certainty: str
    remarks: tuple[PaperRemark, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationOffer(Offer):
    """A reservation that a provision allows by name: what may be reserved, its limits, and how sure that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfEntry(Day):
    """What changes with the State's instrument, deposited on a day: since when, with whom, for which measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMarked:
    """How somebody said that a step stands."""

    step: str
    state: str
    on: date
    note: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHours:
    """An authority that was chosen, with how its desk is staffed over the week."""

    provision: str
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillNow:
    """A drill as it stands; `seconds` divides the time: `road`, `opening`, `answering` and `whole`."""

    id: str
    way: str
    asking: str
    asked: str
    planned_by: Writer
    planned_at: datetime
    until: datetime
    answer_within_minutes: int
    note: str
    standing: str
    deadline: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    received_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None
    arrived_at: datetime | None
    answered_by: Writer | None
    answer_note: str
    trouble: str
    seconds: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillScore:
    """What the drills of one State came to: how many by standing, and the medians of their seconds."""

    state: str
    ended: int
    standings: Mapping[str, int]
    medians: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillHour:
    """One hour of the day, UTC: drills that were sent in it and have ended, and those answered in time."""

    hour: int
    sent: int
    passed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """What drills came to."""

    at: datetime
    scores: tuple[DrillScore, ...]
    hours: tuple[DrillHour, ...]
