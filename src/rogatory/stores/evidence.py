"""Exhibits and their parts, in Django's models."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from rogatory.ports.evidence import Destruction, ExhibitRow, LoggedEntry, Passage
from rogatory.stores import models, rows
from rogatory.stores.models import Exhibit, ExhibitPart

_COMPUTED = ("received_parts",)


class ExhibitTables:
    """`ports.evidence.Exhibits`."""

    def add(self, row: ExhibitRow) -> None:
        """Keep a new exhibit."""
        Exhibit.objects.create(**_stored(row))

    def get(self, id: str) -> ExhibitRow | None:
        """The exhibit of that id."""
        found = Exhibit.objects.filter(id=id).first()
        return _row(found) if found else None

    def put(self, row: ExhibitRow) -> None:
        """Replace the row of that id."""
        Exhibit.objects.filter(id=row.id).update(**_stored(row))

    def of_case(self, case: str) -> Sequence[ExhibitRow]:
        """The exhibits of *case*, the oldest first."""
        return [_row(found) for found in Exhibit.objects.filter(case=case).order_by("changed_at", "id")]

    def in_state(self, state: str) -> Sequence[ExhibitRow]:
        """The exhibits in *state*."""
        return [_row(found) for found in Exhibit.objects.filter(state=state).order_by("changed_at", "id")]

    def listed(self, *, states: Collection[str], case: str, ends_by: date | None, limit: int) -> Sequence[ExhibitRow]:
        """At most *limit* exhibits of these states and this case; with *ends_by* those whose last day is near."""
        found = Exhibit.objects.order_by("-changed_at", "-id")
        if states:
            found = found.filter(state__in=tuple(states))
        if case:
            found = found.filter(case=case)
        if ends_by is not None:
            here = found.exclude(state__in=("destroying", "destroyed", "returned"))
            found = here.filter(retention_until__lte=ends_by).order_by("retention_until", "id")
        return [_row(one) for one in found[:limit]]

    def outlived(self, today: date) -> Sequence[str]:
        """The exhibits whose last day is before *today* and whose bytes have not been ordered away."""
        found = Exhibit.objects.filter(retention_until__lt=today).exclude(state__in=("destroying", "destroyed"))
        given_back = found.filter(ours=False, state="returned").values_list("id", flat=True)
        return list(found.exclude(id__in=given_back).order_by("retention_until", "id").values_list("id", flat=True))

    def add_logged(self, row: LoggedEntry) -> None:
        """Keep where a custody entry stands in the ledger."""
        rows.insert(models.LoggedEntry, row)

    def logged(self, digest: str) -> LoggedEntry | None:
        """Where the custody entry of that digest stands."""
        return rows.first(models.LoggedEntry, LoggedEntry, "WHERE digest = %s", digest)

    def logged_of(self, id: str) -> Sequence[LoggedEntry]:
        """The custody entries of exhibit *id* that this node signed, in the order of the ledger."""
        return rows.select(models.LoggedEntry, LoggedEntry, "WHERE exhibit = %s ORDER BY ledger_index", id)

    def put_destruction(self, row: Destruction) -> None:
        """Make the one row on the destruction of that exhibit say *row*."""
        rows.upsert(models.Destruction, row, key="exhibit")

    def destruction(self, id: str) -> Destruction | None:
        """What was ordered, or proposed, for the exhibit of that id."""
        return rows.first(models.Destruction, Destruction, "WHERE exhibit = %s", id)

    def destructions(self, state: str) -> Sequence[Destruction]:
        """Those in *state*, the oldest first."""
        return rows.select(models.Destruction, Destruction, "WHERE state = %s ORDER BY asked_at, exhibit", state)

    def parts(self, id: str) -> frozenset[int]:
        """The numbers of the parts that are here."""
        return frozenset(ExhibitPart.objects.filter(exhibit_id=id).values_list("number", flat=True))

    def has_part(self, id: str, number: int) -> bool:
        """Whether that part is here."""
        return ExhibitPart.objects.filter(exhibit_id=id, number=number).exists()

    def count_parts(self, id: str) -> int:
        """How many parts are here."""
        return ExhibitPart.objects.filter(exhibit_id=id).count()

    def passage(self, id: str) -> Passage | None:
        """What is asked for each part of the exhibit of that id."""
        return rows.first(Exhibit, Passage, "WHERE id = %s", id)

    def add_parts(self, id: str, numbers: Collection[int]) -> int:
        """How many parts are here, with *numbers*; the exhibit's row is held until the transaction ends."""
        Exhibit.objects.select_for_update().get(id=id)
        new = [ExhibitPart(exhibit_id=id, number=number) for number in sorted(numbers)]
        ExhibitPart.objects.bulk_create(new, ignore_conflicts=True)
        return ExhibitPart.objects.filter(exhibit_id=id).count()


def _stored(row: ExhibitRow) -> dict[str, object]:
    found = {name: value for name, value in rows.values(row).items() if name not in _COMPUTED}
    return {**found, "custody": list(row.custody)}


def _row(found: Exhibit) -> ExhibitRow:
    names = [name for name in rows.names(ExhibitRow) if name not in _COMPUTED]
    row = ExhibitRow(**{name: getattr(found, name) for name in names})
    return replace(row, custody=tuple(found.custody), received_parts=found.parts.count())
