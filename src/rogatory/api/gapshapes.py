"""The JSON of what is judged and lacking, as schemas: progress, gap report, exported assessment, comparison.

They repeat the values of `alignment.assessment.progress` and `alignment.report` under names that are the API's own,
because a description has one name for one shape; a test holds the answers against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rogatory.alignment.assessment.assessment import OptionStanding
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.report.comparison import Change
from rogatory.alignment.report.values import Reading, TextRead
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOf:
    """Who says it of an element, and what."""

    reader: str
    reader_name: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementNow:
    """One element of an offence: `present`, `missing`, `unclear`, `disputed` or `unsaid`, and who says what."""

    name: str
    state: str
    said: tuple[AnswerOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many obligations there are, and how many stand in each state."""

    of: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNow:
    """How an article stands; `decisive` counts the obligations of its strongest force, `gaps` names those not met."""

    article: str
    chapter: str
    state: str
    count: StateCount
    decisive: StateCount
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterNow:
    """How a chapter stands: its obligations by state and by force, and its articles."""

    number: str
    name: Words
    count: StateCount
    forces: Mapping[str, StateCount]
    articles: tuple[ArticleNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentProgress:
    """How far an assessment is, at a glance."""

    count: StateCount
    forces: Mapping[str, StateCount]
    chapters: tuple[ChapterNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPoint:
    """One point of a drafting checklist, the provision that says so, and how it stands."""

    group: str
    kind: str
    what: Words
    number: str
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapNow:
    """An obligation that national law does not meet, or of which readers differ, and what to do about it.

    `is_gap` is false for what the Convention leaves to the State.
    """

    number: str
    article: str
    title: Words
    what: Words
    kind: str
    force: str
    is_gap: bool
    sure: Words
    certainty: str
    note: str
    state: str
    amend: tuple[Words, ...]
    missing: tuple[ChecklistPoint, ...]
    checklist: tuple[ChecklistPoint, ...]
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherNow:
    """An obligation met by a law that punishes more than asked: the elements that the law does not require."""

    number: str
    title: Words
    elements: tuple[ChecklistPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterGapsNow:
    """A chapter: its gaps by force, and the numbers of what is met, not applicable or unseen."""

    number: str
    name: Words
    forces: Mapping[str, tuple[GapNow, ...]]
    implemented: tuple[str, ...]
    not_applicable: tuple[str, ...]
    unseen: tuple[str, ...]
    further: tuple[FurtherNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReportNow:
    """What a State's law lacks, chapter by chapter, the strongest force first."""

    version: int
    title: str
    state: Words
    at: datetime
    texts: tuple[TextRead, ...]
    readers: tuple[str, ...]
    progress: AssessmentProgress
    chapters: tuple[ChapterGapsNow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStanding:
    """One obligation in an exported assessment."""

    cite: str
    force: str
    state: str
    disputed: bool
    elements: tuple[ElementNow, ...]
    options: tuple[OptionStanding, ...]
    evidence: tuple[Evidence, ...]
    judgements: tuple[Judgement, ...]
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentExported:
    """A whole assessment; it can be read back as earlier answers."""

    version: int
    title: str
    state: Words
    at: datetime
    texts: tuple[TextRead, ...]
    obligations: tuple[ObligationStanding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSide:
    """One side of a comparison: which assessment, of when, of which texts."""

    title: str
    state: Words
    at: datetime
    texts: tuple[TextRead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonNow:
    """Two assessments side by side; `changes` leaves out what is the same, `counts` counts it."""

    version: int
    before: AssessmentSide
    after: AssessmentSide
    counts: Mapping[str, int]
    progress_before: AssessmentProgress
    progress_after: AssessmentProgress
    changes: tuple[Change, ...]
