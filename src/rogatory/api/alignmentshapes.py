"""The JSON of alignment, as schemas: obligations, national texts, what is proposed, judged and lacking.

The values are those that `alignment.report.telling` and `alignment.report.proposals` make and the command line prints;
a test holds the answers against these schemas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rogatory.alignment.assessment.assessment import OptionStanding
from rogatory.alignment.assessment.model import Judgement
from rogatory.alignment.national.model import NationalProvision, Remark
from rogatory.api.gapshapes import AssessmentProgress, ElementNow
from rogatory.law.model import Exclusion
from rogatory.law.words import Words
from rogatory.ports.alignment import AssessmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementLine:
    """One element of an offence, by its name (`e1`)."""

    name: str
    kind: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLine:
    """One thing that a State's law may change in an offence, by its name (`o1`)."""

    name: str
    effect: str
    kind: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationLine:
    """What the Convention asks of a State's law, in our own words; `certainty` says how surely these were checked."""

    number: str
    cite: str
    article: str
    chapter: str
    title: Words
    what: Words
    kind: str
    force: str
    certainty: str
    elements: tuple[ElementLine, ...]
    options: tuple[OptionLine, ...]
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One text of a law: since when it stands, or which draft it is; who imported it, and what to look at in it."""

    id: str
    law: str
    version: str
    since: date | None
    lang: str
    title: str
    file_name: str
    format: str
    sha256: str
    provisions: int
    remarks: tuple[Remark, ...]
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """A national law with its texts."""

    id: str
    state: str
    title: str
    made_at: datetime
    made_by: str
    texts: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKept:
    """A text that was imported, the one that stood before it, and for how many numbers something came near in it."""

    text: TextLine
    before: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageFound:
    """A passage that speaks for a proposal; `spans` are pairs of offsets into its text."""

    place: int
    number: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionProposed:
    """A national provision that may carry an obligation; `score` compares within one answer only."""

    law: str
    text: str
    rank: int
    key: str
    label: str
    number: str
    heading: str
    above: tuple[str, ...]
    where: str
    score: float
    concepts: tuple[str, ...]
    passages: tuple[PassageFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsFor:
    """What is proposed for one number; `found` is false where nothing comes near."""

    number: str
    found: bool
    how: tuple[str, ...]
    proposals: tuple[ProvisionProposed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingNow:
    """How an obligation stands; `last` is sent back as `after` with the next judgement on it."""

    number: str
    state: str
    disputed: bool
    last: str
    elements: tuple[ElementNow, ...]
    options: tuple[OptionStanding, ...]
    judgements: tuple[Judgement, ...]
    settled_by: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """An answer given for another instrument that may hold here, once a person confirms it."""

    number: str
    alike: str
    cite: str
    answer: str
    evidence: str
    remark: str
    source: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemNow:
    """One obligation under review: what is asked, how it stands, what is proposed and what earlier answers offer."""

    obligation: ObligationLine
    standing: StandingNow
    found: bool
    how: tuple[str, ...]
    proposals: tuple[ProvisionProposed, ...]
    offered: tuple[OfferLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentNow:
    """One assessment: the texts that it looks at, and how far it is."""

    assessment: AssessmentRow
    texts: tuple[TextLine, ...]
    progress: AssessmentProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementSaved:
    """A judgement as it was saved, and how its obligation stands after it."""

    judgement: Judgement
    standing: StandingNow


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsChanged:
    """Words of a passage that are the `same`, `gone` or `new`."""

    what: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageChange:
    """One passage that changed: its number then and now, and its words."""

    before: str
    after: str
    pieces: tuple[WordsChanged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionChange:
    """What became of one provision between two texts, and its words that are the same, gone and new."""

    what: str
    before: NationalProvision | None
    after: NationalProvision | None
    differences: tuple[PassageChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChanges:
    """What changed between two texts; provisions that stayed are only counted."""

    before: TextLine
    after: TextLine
    counts: Mapping[str, int]
    changes: tuple[ProvisionChange, ...]
