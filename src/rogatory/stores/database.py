"""All rows of a node in its database, and one transaction around each use case."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from rogatory.ports import StorageFull
from rogatory.stores.evidence import ExhibitTables
from rogatory.stores.exchange import DeliveryTable, EnvelopeTable, PartnerTable
from rogatory.stores.ledger import LedgerTables
from rogatory.stores.messages import CaseTable, DraftTable, MessageTable
from rogatory.stores.record import AuditTable, CounterTable


class Database:
    """`ports.Stores` on whichever database Django is configured for."""

    def __init__(self) -> None:
        self.messages = MessageTable()
        self.inbox = EnvelopeTable()
        self.outbox = DeliveryTable()
        self.drafts = DraftTable()
        self.partners = PartnerTable()
        self.exhibits = ExhibitTables()
        self.views = CaseTable()
        self.audit = AuditTable()
        self.counters = CounterTable()

    @property
    def ledger(self) -> LedgerTables:
        """A fresh reader of the log: what one transaction has read of it is never kept for the next."""
        return LedgerTables()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction: all that is written inside, or nothing. Raises `StorageFull` when the disk is full."""
        try:
            with transaction.atomic():
                yield
        except DatabaseError as error:
            if is_full(error):
                raise StorageFull from error
            raise

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do *act* once the transaction is durable."""
        transaction.on_commit(act)


def is_full(error: BaseException) -> bool:
    """Whether *error* says that the disk is full."""
    words = str(error).lower()
    return "is full" in words or "no space left" in words or getattr(error, "errno", None) == errno.ENOSPC
