"""Official copies and comparisons, in Django's models."""

from collections.abc import Mapping, Sequence

from rogatory.ports.lawdata import ComparedRow, OfficialCopyRow
from rogatory.stores import rows
from rogatory.stores.models import Compared, OfficialCopy


class OfficialTables:
    """`ports.lawdata.OfficialCopies`."""

    def digests(self) -> Mapping[tuple[str, str], str]:
        """The SHA-256 of the file of every copy, by instrument and language."""
        kept = OfficialCopy.objects.order_by("instrument", "lang").values_list("instrument", "lang", "sha256")
        return {(instrument, lang): sha256 for instrument, lang, sha256 in kept}

    def get(self, instrument: str, lang: str) -> OfficialCopyRow | None:
        """The copy of *instrument* in *lang*."""
        return rows.one(OfficialCopyRow, OfficialCopy.objects.filter(instrument=instrument, lang=lang))

    def all(self) -> Sequence[OfficialCopyRow]:
        """Every copy, by instrument and language."""
        return rows.many(OfficialCopyRow, OfficialCopy.objects.order_by("instrument", "lang"))

    def put(self, row: OfficialCopyRow) -> None:
        """Keep *row* in place of the copy of the same instrument and language."""
        self.remove(row.instrument, row.lang)
        rows.insert(OfficialCopy, row)

    def remove(self, instrument: str, lang: str) -> bool:
        """Whether there was such a copy; it is gone."""
        gone, _ = OfficialCopy.objects.filter(instrument=instrument, lang=lang).delete()
        return gone > 0

    def add_compared(self, row: ComparedRow) -> None:
        """One more comparison."""
        rows.insert(Compared, row)

    def compared(self, instrument: str) -> Sequence[ComparedRow]:
        """Every comparison with a provision of *instrument*, the oldest first."""
        return rows.many(ComparedRow, Compared.objects.filter(instrument=instrument).order_by("id"))
