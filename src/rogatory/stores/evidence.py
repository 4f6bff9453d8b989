"""Exhibits and their parts, in Django's models."""

from collections.abc import Sequence
from dataclasses import replace

from rogatory.ports.evidence import ExhibitRow
from rogatory.stores import rows
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

    def parts(self, id: str) -> frozenset[int]:
        """The numbers of the parts that are here."""
        return frozenset(ExhibitPart.objects.filter(exhibit_id=id).values_list("number", flat=True))

    def add_part(self, id: str, number: int) -> bool:
        """Whether part *number* is new; the exhibit's row is held until the transaction ends."""
        Exhibit.objects.select_for_update().get(id=id)
        _, new = ExhibitPart.objects.get_or_create(exhibit_id=id, number=number)
        return new


def _stored(row: ExhibitRow) -> dict[str, object]:
    found = {name: value for name, value in rows.values(row).items() if name not in _COMPUTED}
    return {**found, "custody": list(row.custody)}


def _row(found: Exhibit) -> ExhibitRow:
    names = [name for name in rows.names(ExhibitRow) if name not in _COMPUTED]
    row = ExhibitRow(**{name: getattr(found, name) for name in names})
    return replace(row, custody=tuple(found.custody), received_parts=found.parts.count())
