"""All rows of a node in its database, and one transaction around each use case.

SQLite has one writer at a time and lets the others sleep and ask again. Ours queue for a lock on a file instead: the
kernel wakes the next one at once, in whichever thread or process. SQLite's own lock still guards the rows.
"""

import errno
import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from rogatory.ports.blobs import StorageFull
from rogatory.stores.evidence import ExhibitTables
from rogatory.stores.exchange import DeliveryTable, EnvelopeTable, PartnerTable
from rogatory.stores.ledger import LedgerTables
from rogatory.stores.messages import CaseTable, DraftTable, MessageTable
from rogatory.stores.official import OfficialTables
from rogatory.stores.profiles import ProfileTable
from rogatory.stores.record import AuditTable, CounterTable
from rogatory.stores.witness import WitnessTables


class Database:
    """`ports.stores.Stores` on whichever database Django is configured for."""

    def __init__(self, queue: Path | None = None, *, tree: Path) -> None:
        """Rows of the configured database; its writers queue for the file *queue*, when there is one.

        The folder *tree* keeps the derived hashes of the log.
        """
        self._queue = queue
        self._depth = threading.local()
        self.ledger = LedgerTables(tree)
        self.messages = MessageTable()
        self.inbox = EnvelopeTable()
        self.outbox = DeliveryTable()
        self.drafts = DraftTable()
        self.partners = PartnerTable()
        self.exhibits = ExhibitTables()
        self.views = CaseTable()
        self.audit = AuditTable()
        self.counters = CounterTable()
        self.official = OfficialTables()
        self.profiles = ProfileTable()
        self.witnesses = WitnessTables()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction: all that is written inside, or nothing. Raises `StorageFull` when the disk is full."""
        depth = getattr(self._depth, "now", 0)
        self._depth.now = depth + 1
        try:
            with self._turn(), transaction.atomic():
                yield
        except DatabaseError as error:
            if is_full(error):
                raise StorageFull from error
            raise
        finally:
            self._depth.now = depth
            if not depth:
                self.ledger.ended()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._queue is None or connection.in_atomic_block:
            yield
            return
        with self._queue.open("ab", buffering=0) as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # let go when the file is closed
            yield

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do *act* once the transaction is durable."""
        transaction.on_commit(act)


def is_full(error: BaseException) -> bool:
    """Whether *error* says that the disk is full."""
    words = str(error).lower()
    return "is full" in words or "no space left" in words or getattr(error, "errno", None) == errno.ENOSPC
