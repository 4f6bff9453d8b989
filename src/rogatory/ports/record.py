"""What the core asks of the world: the ledger, the access record, and counters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class LedgerStore(Protocol):
    """Entries and complete subtrees of the node's Merkle log; satisfies `ledger.merkle.Nodes`."""

    def lock(self) -> int:
        """Hold the log until the transaction ends; the number of its entries."""

    def size(self) -> int: ...

    def get(self, level: int, index: int) -> bytes: ...

    def append(self, index: int, entries: Sequence[bytes], nodes: Iterable[tuple[int, int, bytes]]) -> None: ...

    def entries(self, start: int, end: int) -> Sequence[bytes]: ...

    def set_checkpoint(self, size: int, text: str) -> None: ...

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One line of the access record: who did what to what, by `scope:subject:action`."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: str = ""


class Audit(Protocol):
    """Every access, append-only."""

    def add(self, row: AuditRow) -> None: ...

    def recent(self, limit: int) -> Sequence[AuditRow]: ...

    def of_subject(self, subject: str, limit: int) -> Sequence[AuditRow]: ...


class Counters(Protocol):
    """Numbers that grow by one and are never given twice."""

    def next(self, name: str) -> int: ...
