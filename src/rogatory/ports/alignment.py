"""What the core asks of the world: national laws and their texts, assessments, judgements, stored proposals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """A national law, of which there may be several texts; *id* is how people name it (`penal-code`)."""

    id: str
    state: str
    title: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """One text of a law, without its provisions: since when it stands, or which draft of a bill it is (`version`).

    *remarks* are those of `alignment.national.model.Remark` as plain values.
    """

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
    remarks: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRow:
    """One provision of a text, by its place in it (counted from 0)."""

    text: str
    place: int
    key: str
    number: str
    label: str
    heading: str
    above: Sequence[str]
    passages: Sequence[Sequence[str]]
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """One assessment of a State's law: which texts it looks at; *version* counts its changes."""

    id: str
    state: str
    title: str
    texts: Sequence[str]
    made_at: datetime
    made_by: str
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """One judgement as it was saved; *place* counts those on the same obligation of the assessment from 1 on.

    *body* is everything that `alignment.assessment.model.Judgement` has besides what stands here.
    """

    id: str
    assessment: str
    number: str
    place: int
    reader: str
    reader_name: str
    at: datetime
    answer: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsRow:
    """What was proposed for an obligation (or an article) out of one text; *glossary* says by which state of the data.

    *proposals* are those of `alignment.proposing.model.Proposal` as plain values.
    """

    text: str
    number: str
    found: bool
    how: str
    glossary: str
    proposals: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedRow:
    """What a reader has begun to write about an obligation and not yet saved as a judgement."""

    assessment: str
    number: str
    reader: str
    body: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRow:
    """An answer that was given for a provision of another instrument (`budapest:2`), to be offered for ours.

    *body* holds the evidence and the remark as they were given; *source* says who gave it, where and when.
    """

    assessment: str
    cite: str
    answer: str
    body: Mapping[str, Any]
    source: str
    at: datetime
    by: str


class Alignment(Protocol):
    """National laws and what people judged of them; texts and judgements are never changed."""

    def add_law(self, row: LawRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for an id that is there."""

    def law(self, id: str) -> LawRow | None: ...

    def laws(self) -> Sequence[LawRow]:
        """Every law, by id."""

    def add_text(self, row: TextRow, provisions: Iterable[ProvisionRow]) -> None:
        """Keep a text with its provisions; raises `AlreadyHeld` for the same file under the same law and version."""

    def text(self, id: str) -> TextRow | None: ...

    def remove_text(self, id: str) -> None:
        """Remove a text with its provisions and proposals."""

    def texts(self, law: str = "") -> Sequence[TextRow]:
        """The texts of *law*, or of every law, in the order in which they were imported."""

    def provisions(self, text: str, *, start: int = 0, limit: int | None = None) -> Sequence[ProvisionRow]:
        """The provisions of *text* from place *start* on, in their order."""

    def named(self, text: str, keys: Sequence[str]) -> Sequence[ProvisionRow]:
        """Those provisions of *text* that have one of *keys*, in their order."""

    def add_assessment(self, row: AssessmentRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for an id that is there."""

    def assessment(self, id: str) -> AssessmentRow | None: ...

    def assessments(self) -> Sequence[AssessmentRow]:
        """Every assessment, the newest first."""

    def put_assessment(self, row: AssessmentRow) -> AssessmentRow:
        """Keep *row* as the next version; raises `ChangedMeanwhile` unless its version is the one held."""

    def add_judgement(self, row: JudgementRow) -> None:
        """Keep *row*; raises `ChangedMeanwhile` where its place is taken: somebody judged the same meanwhile."""

    def judgements(self, assessment: str, number: str = "") -> Sequence[JudgementRow]:
        """The judgements of an assessment, or those on one obligation, in the order in which they were saved."""

    def put_proposals(self, rows: Iterable[ProposalsRow]) -> None:
        """Keep each row in place of the one of the same text and number."""

    def proposals(self, texts: Sequence[str], numbers: Sequence[str]) -> Sequence[ProposalsRow]:
        """What was proposed for *numbers* out of *texts*."""

    def proposed(self, text: str) -> str:
        """The state of the glossary by which all proposals out of *text* were made; empty where none were."""

    def outlook(self, texts: Sequence[str]) -> Sequence[tuple[str, bool]]:
        """Each number for which something was proposed out of *texts*, and whether something came near."""

    def put_unsaved(self, row: UnsavedRow) -> None: ...

    def unsaved(self, assessment: str, reader: str) -> Sequence[UnsavedRow]:
        """What *reader* has begun and not saved, by number."""

    def drop_unsaved(self, assessment: str, number: str, reader: str) -> None: ...

    def add_earlier(self, rows: Iterable[EarlierRow]) -> None: ...

    def earlier(self, assessment: str) -> Sequence[EarlierRow]:
        """The answers for other instruments, the oldest first."""
