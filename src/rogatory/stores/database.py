"""All rows of a node in its database, and one transaction around each use case.

SQLite has one writer at a time and lets the others sleep and ask again. Ours queue for a lock on a file instead: the
kernel wakes the next one at once, in whichever thread or process. SQLite's own lock still guards the rows.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from rogatory.ports.blobs import StorageFull
from rogatory.stores.alignment import AlignmentTables
from rogatory.stores.assistance import AssistanceTables
from rogatory.stores.conference import ConferenceTables
from rogatory.stores.correspondence import DrillTable, LetterTable
from rogatory.stores.evidence import ExhibitTables
from rogatory.stores.exchange import DeliveryTable, EnvelopeTable, PartnerTable
from rogatory.stores.ledger import LedgerTables
from rogatory.stores.messages import CaseTable, DraftTable, MessageTable
from rogatory.stores.official import OfficialTables
from rogatory.stores.profiles import ProfileTable
from rogatory.stores.readiness import ReadinessTables
from rogatory.stores.record import AuditTable, CounterTable
from rogatory.stores.scrub import ScrubTables
from rogatory.stores.sealings import SealingTable
from rogatory.stores.timestamps import TimestampTables
from rogatory.stores.witness import WitnessTables


class Database:
    """`ports.stores.Stores` on whichever database Django is configured for."""

    def __init__(self, queue: Path | None = None, *, tree: Path, data: Path | None = None) -> None:
        """Rows of the configured database; its writers queue for the file *queue*, when there is one.

        The folder *tree* keeps the derived hashes of the log, *data* (where given) the State's own deposits.
        """
        self._turn = _Turn(queue)
        self.ledger = LedgerTables(tree)
        self.messages = MessageTable()
        self.inbox = EnvelopeTable()
        self.outbox = DeliveryTable()
        self.drafts = DraftTable()
        self.partners = PartnerTable()
        self.exhibits = ExhibitTables()
        self.sealings = SealingTable()
        self.views = CaseTable()
        self.audit = AuditTable()
        self.counters = CounterTable()
        self.official = OfficialTables()
        self.profiles = ProfileTable()
        self.scrubs = ScrubTables()
        self.timestamps = TimestampTables()
        self.witnesses = WitnessTables()
        self.conference = ConferenceTables()
        self.alignment = AlignmentTables()
        self.assistance = AssistanceTables()
        self.readiness = ReadinessTables(data)
        self.letters = LetterTable()
        self.drills = DrillTable()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction: all that is written inside, or nothing. Raises `StorageFull` when the disk is full."""
        if self._turn.depth:
            with transaction.atomic():
                yield
            return
        self._turn.begin()
        try:
            with transaction.atomic():
                yield
        except DatabaseError as error:
            if is_full(error):
                raise StorageFull from error
            raise
        finally:
            self._turn.end()
            self.ledger.ended()

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do *act* once the transaction is durable."""
        transaction.on_commit(act)


class _Turn(threading.local):
    """A thread's place in the line of those who write."""

    def __init__(self, queue: Path | None) -> None:
        self.depth = 0
        self._queue = queue
        self._held: int | None = None

    def begin(self) -> None:
        """Wait for the turn, unless a transaction is open already: then nobody else can write anyway."""
        self.depth = 1
        if self._queue is None or connection.in_atomic_block:
            return
        self._held = os.open(self._queue, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def end(self) -> None:
        """Let the next one write."""
        self.depth = 0
        if self._held is not None:
            held, self._held = self._held, None
            os.close(held)


def is_full(error: BaseException) -> bool:
    """Whether *error* says that the disk is full."""
    words = str(error).lower()
    return "is full" in words or "no space left" in words or getattr(error, "errno", None) == errno.ENOSPC
