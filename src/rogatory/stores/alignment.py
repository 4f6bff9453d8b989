"""National laws, assessments and judgements, in Django's models."""

from collections.abc import Iterable, Sequence
from itertools import islice

from rogatory.ports.alignment import (
    AssessmentRow,
    EarlierRow,
    JudgementRow,
    LawRow,
    ProposalsRow,
    ProvisionRow,
    TextRow,
    UnsavedRow,
)
from rogatory.ports.stores import AlreadyHeld, ChangedMeanwhile
from rogatory.stores import rows
from rogatory.stores.models import (
    Assessment,
    EarlierAnswer,
    Judgement,
    NationalLaw,
    NationalProvision,
    NationalText,
    ProposalSet,
    UnsavedJudgement,
)

_BATCH = 500


class AlignmentTables:
    """`ports.alignment.Alignment`."""

    def add_law(self, row: LawRow) -> None:
        """Keep a new law; raises `AlreadyHeld`."""
        if not rows.insert_new(NationalLaw, row, key="id"):
            raise AlreadyHeld(f"there is a law {row.id} already")

    def law(self, id: str) -> LawRow | None:
        """The law of that id."""
        return rows.one(LawRow, NationalLaw.objects.filter(id=id))

    def laws(self) -> Sequence[LawRow]:
        """Every law, by id."""
        return rows.many(LawRow, NationalLaw.objects.order_by("id"))

    def add_text(self, row: TextRow, provisions: Iterable[ProvisionRow]) -> None:
        """Keep a text with its provisions; raises `AlreadyHeld`."""
        same = NationalText.objects.filter(law=row.law, sha256=row.sha256, version=row.version, since=row.since)
        if same.exists():
            raise AlreadyHeld(f"this very file is a text of {row.law} already")
        rows.insert(NationalText, row)
        left = iter(provisions)
        while batch := [NationalProvision(**rows.values(one)) for one in islice(left, _BATCH)]:
            NationalProvision.objects.bulk_create(batch)

    def text(self, id: str) -> TextRow | None:
        """The text of that id."""
        return rows.one(TextRow, NationalText.objects.filter(id=id))

    def remove_text(self, id: str) -> None:
        """Remove a text with its provisions and proposals."""
        ProposalSet.objects.filter(text=id).delete()
        NationalProvision.objects.filter(text=id).delete()
        NationalText.objects.filter(id=id).delete()

    def texts(self, law: str = "") -> Sequence[TextRow]:
        """The texts of *law*, or all, in the order in which they were imported."""
        found = NationalText.objects.filter(law=law) if law else NationalText.objects.all()
        return rows.many(TextRow, found.order_by("imported_at", "id"))

    def provisions(self, text: str, *, start: int = 0, limit: int | None = None) -> Sequence[ProvisionRow]:
        """The provisions of *text* from place *start* on."""
        found = NationalProvision.objects.filter(text=text, place__gte=start)
        if limit is not None:
            found = found.filter(place__lt=start + limit)
        return rows.many(ProvisionRow, found.order_by("place"))

    def named(self, text: str, keys: Sequence[str]) -> Sequence[ProvisionRow]:
        """Those of *text* that have one of *keys*."""
        found = NationalProvision.objects.filter(text=text, key__in=list(keys))
        return rows.many(ProvisionRow, found.order_by("place"))

    def add_assessment(self, row: AssessmentRow) -> None:
        """Keep a new assessment; raises `AlreadyHeld`."""
        if not rows.insert_new(Assessment, row, key="id"):
            raise AlreadyHeld(f"there is an assessment {row.id} already")

    def assessment(self, id: str) -> AssessmentRow | None:
        """The assessment of that id."""
        return rows.one(AssessmentRow, Assessment.objects.filter(id=id))

    def assessments(self) -> Sequence[AssessmentRow]:
        """Every assessment, the newest first."""
        return rows.many(AssessmentRow, Assessment.objects.order_by("-made_at", "id"))

    def put_assessment(self, row: AssessmentRow) -> AssessmentRow:
        """Keep *row* as the next version; raises `ChangedMeanwhile`."""
        held = Assessment.objects.filter(id=row.id, version=row.version)
        changed = held.update(title=row.title, texts=list(row.texts), version=row.version + 1)
        if not changed:
            raise ChangedMeanwhile(f"the assessment {row.title} was changed by somebody else")
        kept = self.assessment(row.id)
        assert kept is not None  # noqa: S101 - it was changed in this transaction
        return kept

    def add_judgement(self, row: JudgementRow) -> None:
        """Keep a judgement; raises `ChangedMeanwhile` where its place is taken."""
        if not rows.insert_new(Judgement, row):
            raise ChangedMeanwhile(f"somebody judged {row.number} meanwhile")

    def judgements(self, assessment: str, number: str = "") -> Sequence[JudgementRow]:
        """The judgements of an assessment, or those on one obligation."""
        found = Judgement.objects.filter(assessment=assessment)
        if number:
            found = found.filter(number=number)
        return rows.many(JudgementRow, found.order_by("number", "place"))

    def put_proposals(self, given: Iterable[ProposalsRow]) -> None:
        """Keep each row in place of the one of the same text and number."""
        ProposalSet.objects.bulk_create(
            [ProposalSet(**rows.values(one)) for one in given],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["text", "number"],
            update_fields=["found", "how", "glossary", "proposals"],
        )

    def proposals(self, texts: Sequence[str], numbers: Sequence[str]) -> Sequence[ProposalsRow]:
        """What was proposed for *numbers* out of *texts*."""
        found = ProposalSet.objects.filter(text__in=list(texts), number__in=list(numbers))
        return rows.many(ProposalsRow, found.order_by("text", "number"))

    def proposed(self, text: str) -> str:
        """The state of the glossary by which all proposals out of *text* were made."""
        states = ProposalSet.objects.filter(text=text).values_list("glossary", flat=True).distinct()[:2]
        return str(states[0]) if len(states) == 1 else ""

    def outlook(self, texts: Sequence[str]) -> Sequence[tuple[str, bool]]:
        """Each number with proposals out of *texts*, and whether something came near."""
        found = ProposalSet.objects.filter(text__in=list(texts)).values_list("number", "found")
        near: dict[str, bool] = {}
        for number, came_near in found:
            near[number] = near.get(number, False) or came_near
        return list(near.items())

    def put_unsaved(self, row: UnsavedRow) -> None:
        """Keep what a reader has begun."""
        UnsavedJudgement.objects.update_or_create(
            assessment=row.assessment,
            number=row.number,
            reader=row.reader,
            defaults={"body": dict(row.body), "at": row.at},
        )

    def unsaved(self, assessment: str, reader: str) -> Sequence[UnsavedRow]:
        """What *reader* has begun and not saved."""
        found = UnsavedJudgement.objects.filter(assessment=assessment, reader=reader)
        return rows.many(UnsavedRow, found.order_by("number"))

    def drop_unsaved(self, assessment: str, number: str, reader: str) -> None:
        """Forget what was begun."""
        UnsavedJudgement.objects.filter(assessment=assessment, number=number, reader=reader).delete()

    def add_earlier(self, given: Iterable[EarlierRow]) -> None:
        """Keep answers for other instruments."""
        EarlierAnswer.objects.bulk_create([EarlierAnswer(**rows.values(one)) for one in given], batch_size=_BATCH)

    def earlier(self, assessment: str) -> Sequence[EarlierRow]:
        """The answers for other instruments, the oldest first."""
        return rows.many(EarlierRow, EarlierAnswer.objects.filter(assessment=assessment).order_by("id"))
