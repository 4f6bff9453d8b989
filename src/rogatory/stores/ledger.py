"""The Merkle log in two tables and a lock row."""

from collections.abc import Iterable, Sequence

from django.db import connection

from rogatory.errors import NotFound
from rogatory.stores import rows
from rogatory.stores.models import Checkpoint, LedgerEntry, LedgerNode

_LEVEL = 56


_ENTRIES, _NODES, _HEAD = LedgerEntry._meta.db_table, LedgerNode._meta.db_table, Checkpoint._meta.db_table


class LedgerTables:
    """`ports.record.LedgerStore`. Reading any node of a locked log reads its right edge at once, for an append."""

    def __init__(self) -> None:
        self._locked: int | None = None
        self._edge: dict[int, bytes] = {}

    def lock(self) -> int:
        """Hold the log until the transaction ends; the number of its entries."""
        hold = " FOR UPDATE" if connection.features.has_select_for_update else ""
        found = rows.ask(f"SELECT size FROM {_HEAD} WHERE one = 1{hold}")  # noqa: S608 (the name of our own table)
        if not found:
            rows.run(f"INSERT INTO {_HEAD} (one, size, text) VALUES (1, 0, '') ON CONFLICT DO NOTHING")  # noqa: S608
            return self.lock()
        size: int = found[0][0]
        self._locked, self._edge = size, {}
        return size

    def size(self) -> int:
        """The number of entries."""
        return Checkpoint.objects.filter(one=1).values_list("size", flat=True).first() or 0

    def get(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree (*level*, *index*)."""
        place = _place(level, index)
        if self._locked is not None and not self._edge:
            self._edge = _hashes([place, *_edge(self._locked)])
        if place not in self._edge:
            self._edge |= _hashes([place])
        try:
            return self._edge[place]
        except KeyError:
            raise NotFound(f"the log has no node {level}/{index}") from None

    def append(self, index: int, entries: Sequence[bytes], nodes: Iterable[tuple[int, int, bytes]]) -> None:
        """Add *entries* from *index* on, and the complete *nodes* that they make."""
        new = [value for offset, entry in enumerate(entries) for value in (index + offset, entry)]
        _insert(_ENTRIES, '("index", entry)', new)
        hashes = [part for level, place, value in nodes for part in (_place(level, place), value)]
        _insert(_NODES, "(place, hash)", hashes)
        self._locked, self._edge = None, {}

    def entries(self, start: int, end: int) -> Sequence[bytes]:
        """The entries from *start* up to, and without, *end*."""
        found = LedgerEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
        return [bytes(entry) for entry in found.values_list("entry", flat=True)]

    def set_checkpoint(self, size: int, text: str) -> None:
        """Make the signed head *text* the newest."""
        rows.run(f"UPDATE {_HEAD} SET size = %s, text = %s WHERE one = 1", size, text)  # noqa: S608 (as above)

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint."""
        return Checkpoint.objects.filter(one=1).values_list("text", flat=True).first() or None


def _place(level: int, index: int) -> int:
    return level << _LEVEL | index


def _edge(size: int) -> list[int]:
    return [_place(level, (size >> level) - 1) for level in range(size.bit_length()) if size >> level & 1]


def _hashes(places: Sequence[int]) -> dict[int, bytes]:
    listed = rows.places(len(places))
    found = rows.ask(f"SELECT place, hash FROM {_NODES} WHERE place IN ({listed})", *places)  # noqa: S608 (as above)
    return {place: bytes(value) for place, value in found}


def _insert(table: str, columns: str, pairs: Sequence[object]) -> None:
    listed = ", ".join(["(%s, %s)"] * (len(pairs) // 2))
    rows.run(f"INSERT INTO {table} {columns} VALUES {listed}", *pairs)  # noqa: S608 (as above)
