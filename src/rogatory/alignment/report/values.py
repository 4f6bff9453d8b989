"""What a gap report holds, as plain values: the page, the PDF, the Word file and the tables say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rogatory.alignment.assessment.model import Evidence
from rogatory.alignment.assessment.progress import Progress
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead:
    """A national text that was assessed: its title, version (of a bill), day, language and SHA-256."""

    law: str
    title: str
    version: str = ""
    since: date | None = None
    lang: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a report is about: the assessment's title, the State, the moment, and the texts that were read."""

    title: str
    state: Words
    at: datetime
    texts: tuple[TextRead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader says of an obligation, when, and why; `settles` ends a disagreement."""

    reader_name: str
    at: datetime
    answer: str
    remark: str
    settles: bool
    reused_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One point of a drafting checklist.

    *group* is one of `checklist.GROUPS`, *kind* what it is within it (`conduct`, `narrows`, `reservation`, a kind of
    provision …), *name* that of an element or option (`e1`); *number* is the provision that says so. *state* is how it
    stands in the assessment: of an element `present`, `missing`, `unclear`, `disputed` or `unsaid`; of an option `used`
    or `open`; of another obligation its state; empty where nothing is to be judged.
    """

    group: str
    kind: str
    what: Words
    number: str
    name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An obligation that national law does not meet, or of which readers differ, and what to do about it.

    *is_gap* is false for what the Convention leaves to the State: there, nothing is owed. *sure* says how the
    description of the provision was checked, *note* what else to know of it. *missing* are the elements not there.
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
    missing: tuple[Item, ...]
    checklist: tuple[Item, ...]
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """An obligation that is met by a law that punishes more than asked: the elements that the law does not require."""

    number: str
    title: Words
    elements: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterGaps:
    """A chapter: its gaps by force, the strongest first; and the numbers of what is met, not applicable or unseen."""

    number: str
    name: Words
    forces: Mapping[str, tuple[Gap, ...]]
    implemented: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    further: tuple[Further, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every entry of the chapter, the strongest force first."""
        return tuple(gap for several in self.forces.values() for gap in several)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """What a State's law lacks, chapter by chapter; *readers* are the names of those who judged."""

    about: About
    progress: Progress
    chapters: tuple[ChapterGaps, ...]
    readers: tuple[str, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every obligation not met or disputed, without what the Convention leaves to the State."""
        return tuple(gap for chapter in self.chapters for gap in chapter.gaps if gap.is_gap)
