"""Sealings under way, in Django's models."""

from collections.abc import Sequence

from rogatory.ports.sealings import SealingRow
from rogatory.stores import rows
from rogatory.stores.models import Sealing


class SealingTable:
    """`ports.sealings.Sealings`."""

    def put(self, row: SealingRow) -> None:
        """Keep *row*, in the place of the one of its id."""
        Sealing.objects.update_or_create(id=row.id, defaults={**rows.values(row), "recipients": list(row.recipients)})

    def get(self, id: str) -> SealingRow | None:
        """The sealing of that id."""
        return rows.one(SealingRow, Sealing.objects.filter(id=id))

    def of_case(self, case: str) -> Sequence[SealingRow]:
        """Those of *case*, the oldest first."""
        return rows.many(SealingRow, Sealing.objects.filter(case=case).order_by("begun_at", "id"))

    def of_authority(self, authority: str) -> Sequence[SealingRow]:
        """Those of one of our authorities, the oldest first."""
        return rows.many(SealingRow, Sealing.objects.filter(authority=authority).order_by("begun_at", "id"))

    def remove(self, id: str) -> None:
        """Forget the sealing of that id."""
        Sealing.objects.filter(id=id).delete()
