"""The Merkle log in two tables and a lock row."""

from collections.abc import Iterable, Sequence

from rogatory.errors import NotFound
from rogatory.stores.models import Checkpoint, LedgerEntry, LedgerNode

_LEVEL = 56


class LedgerTables:
    """`ports.LedgerStore`. `lock` also reads the right edge of the tree, which every append needs, at once."""

    def __init__(self) -> None:
        self._edge: dict[int, bytes] = {}

    def lock(self) -> int:
        """Hold the log until the transaction ends; the number of its entries."""
        head, _ = Checkpoint.objects.select_for_update().get_or_create(one=1, defaults={"size": 0, "text": ""})
        places = [
            _place(level, (head.size >> level) - 1) for level in range(head.size.bit_length()) if head.size >> level & 1
        ]
        found = LedgerNode.objects.filter(place__in=places).values_list("place", "hash")
        self._edge = {place: bytes(value) for place, value in found}
        return head.size

    def size(self) -> int:
        """The number of entries."""
        return Checkpoint.objects.filter(one=1).values_list("size", flat=True).first() or 0

    def get(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree (*level*, *index*)."""
        place = _place(level, index)
        if place in self._edge:
            return self._edge[place]
        value = LedgerNode.objects.filter(place=place).values_list("hash", flat=True).first()
        if value is None:
            raise NotFound(f"the log has no node {level}/{index}")
        return bytes(value)

    def append(self, index: int, entries: Sequence[bytes], nodes: Iterable[tuple[int, int, bytes]]) -> None:
        """Add *entries* from *index* on, and the complete *nodes* that they make."""
        LedgerEntry.objects.bulk_create(
            [LedgerEntry(index=index + offset, entry=entry) for offset, entry in enumerate(entries)]
        )
        LedgerNode.objects.bulk_create(
            [LedgerNode(place=_place(level, place), hash=value) for level, place, value in nodes]
        )
        self._edge = {}

    def entries(self, start: int, end: int) -> Sequence[bytes]:
        """The entries from *start* up to, and without, *end*."""
        found = LedgerEntry.objects.filter(index__gte=start, index__lt=end).order_by("index")
        return [bytes(entry) for entry in found.values_list("entry", flat=True)]

    def set_checkpoint(self, size: int, text: str) -> None:
        """Make the signed head *text* the newest."""
        Checkpoint.objects.filter(one=1).update(size=size, text=text)

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint."""
        return Checkpoint.objects.filter(one=1).values_list("text", flat=True).first() or None


def _place(level: int, index: int) -> int:
    return level << _LEVEL | index
