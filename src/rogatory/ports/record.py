"""What the core asks of the world: the ledger, the access record, and counters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rogatory.errors import Unavailable
from rogatory.ledger.merkle import EMPTY, Edge, NodeRows


class LedgerDamaged(Unavailable):
    """The entries of the log in the database do not make the tree that its signed checkpoint states."""

    code = "ledger-damaged"
    remedy = "Do not restart with other data. `rogatory ledger check` says what disagrees; restore a good backup."


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of the node's log: the edge of its tree, and the newest signed checkpoint (empty before the first)."""

    edge: Edge = EMPTY
    checkpoint: str = ""


class LedgerStore(Protocol):
    """The node's Merkle log. Its entries and its head are kept; all other hashes are derived from them."""

    def lock(self) -> Head:
        """Hold the log until the transaction ends; its head."""

    def head(self) -> Head: ...

    def size(self) -> int: ...

    def append(self, entries: Sequence[bytes], head: Head) -> None:
        """Add *entries* (32 bytes each) to the locked log, whose head is now *head*."""

    def entries(self, start: int, end: int) -> Sequence[bytes]:
        """The entries from *start* up to, and without, *end*; fewer when the database lacks some."""

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint."""

    def nodes(self) -> NodeRows:
        """The hashes of the tree as far as its head, derived at need and not to be believed: verify what they give."""

    def rebuild(self) -> NodeRows:
        """As `nodes`, after every hash was derived anew; raises `LedgerDamaged`."""

    def lost_checkpoints(self) -> Sequence[str]:
        """Checkpoints of ours that the log in the database does not continue: it was set back to an older state."""


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
