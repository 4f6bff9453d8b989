"""Entries about help, in Django's models."""

from collections.abc import Sequence

from django.db.models import F, OuterRef, Subquery

from rogatory.ports.assistance import EntryRow, InterestRow, SendingRow, TraineeRow
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.stores import rows
from rogatory.stores.models import AssistanceEntry, AssistanceInterest, AssistanceSending, AssistanceTrainee


class AssistanceTables:
    """`ports.assistance.Assistance`."""

    def add(self, row: EntryRow) -> None:
        """Keep a version; raises `ChangedMeanwhile` where it is taken."""
        if not rows.insert_new(AssistanceEntry, row):
            raise ChangedMeanwhile(f"somebody else changed the entry {row.owner}/{row.entry} meanwhile")

    def newest(self, *, kind: str = "", owner: str = "", limit: int = 5000) -> Sequence[EntryRow]:
        """Each entry at its newest version, changed last first."""
        same = AssistanceEntry.objects.filter(owner=OuterRef("owner"), entry=OuterRef("entry"))
        latest = same.order_by("-version").values("version")[:1]
        found = AssistanceEntry.objects.filter(**{name: is_ for name, is_ in (("kind", kind), ("owner", owner)) if is_})
        found = found.annotate(latest=Subquery(latest)).filter(version=F("latest"))
        return rows.many(EntryRow, found.order_by("-at", "owner", "entry")[:limit])

    def entry(self, owner: str, entry: str) -> EntryRow | None:
        """The entry at its newest version."""
        which = "WHERE owner = %s AND entry = %s ORDER BY version DESC LIMIT 1"
        return rows.first(AssistanceEntry, EntryRow, which, owner, entry)

    def versions(self, owner: str, entry: str) -> Sequence[EntryRow]:
        """Every version of the entry."""
        which = "WHERE owner = %s AND entry = %s ORDER BY version"
        return rows.select(AssistanceEntry, EntryRow, which, owner, entry)

    def held_of(self, owner: str) -> int:
        """How many entries of *owner* are here."""
        return AssistanceEntry.objects.filter(owner=owner).values("entry").distinct().count()

    def add_sending(self, row: SendingRow) -> None:
        """Keep that a letter was sent."""
        rows.insert(AssistanceSending, row)

    def sendings(self, entry: str = "") -> Sequence[SendingRow]:
        """What was sent of *entry*, or of all."""
        found = AssistanceSending.objects.filter(entry=entry) if entry else AssistanceSending.objects.all()
        return rows.many(SendingRow, found.order_by("id"))

    def add_interest(self, row: InterestRow) -> None:
        """Keep what a letter says of interest."""
        rows.insert(AssistanceInterest, row)

    def interests(self, owner: str = "", entry: str = "") -> Sequence[InterestRow]:
        """What was said of interest in the entry, or in all."""
        found = (
            AssistanceInterest.objects.filter(owner=owner, entry=entry) if entry else AssistanceInterest.objects.all()
        )
        return rows.many(InterestRow, found.order_by("id"))

    def add_trainee(self, row: TraineeRow) -> None:
        """Keep a named trainee."""
        rows.insert(AssistanceTrainee, row)

    def trainees(self, project: str) -> Sequence[TraineeRow]:
        """The named trainees of *project*."""
        found = AssistanceTrainee.objects.filter(project=project)
        return rows.many(TraineeRow, found.order_by("training", "name", "id"))

    def remove_trainee(self, id: str) -> bool:
        """Whether there was such a trainee, who is gone now."""
        return bool(AssistanceTrainee.objects.filter(id=id).delete()[0])
