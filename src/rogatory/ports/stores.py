"""What the core asks of the world: everything that is stored, in one transaction.

Every method that writes is called inside `Stores.atomic()`; what it wrote is there after the block, wholly, or not
at all. Rows are plain values: an adapter turns them into whatever it keeps.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from rogatory.errors import NotPermitted
from rogatory.ports.alignment import Alignment
from rogatory.ports.assistance import Assistance
from rogatory.ports.conference import Conference
from rogatory.ports.correspondence import Drills, Letters
from rogatory.ports.evidence import Exhibits
from rogatory.ports.exchange import Drafts, Inbox, Messages, Outbox, Partners, Views
from rogatory.ports.lawdata import OfficialCopies, Profiles
from rogatory.ports.readiness import Readiness
from rogatory.ports.record import Audit, Counters, LedgerStore
from rogatory.ports.scrub import Scrubs
from rogatory.ports.sealings import Sealings
from rogatory.ports.timestamps import Timestamps
from rogatory.ports.witness import Witnesses


class AlreadyHeld(NotPermitted):
    """The very same thing is held already."""

    code = "already-held"


class ChangedMeanwhile(NotPermitted):
    """Somebody else changed this meanwhile."""

    code = "changed-meanwhile"
    remedy = "Load it again and take the step from its present state."


class Stores(Protocol):
    """All rows of one node."""

    @property
    def messages(self) -> Messages: ...

    @property
    def ledger(self) -> LedgerStore: ...

    @property
    def witnesses(self) -> Witnesses: ...

    @property
    def timestamps(self) -> Timestamps: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def partners(self) -> Partners: ...

    @property
    def exhibits(self) -> Exhibits: ...

    @property
    def sealings(self) -> Sealings: ...

    @property
    def views(self) -> Views: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def counters(self) -> Counters: ...

    @property
    def official(self) -> OfficialCopies: ...

    @property
    def profiles(self) -> Profiles: ...

    @property
    def scrubs(self) -> Scrubs: ...

    @property
    def conference(self) -> Conference: ...

    @property
    def alignment(self) -> Alignment: ...

    @property
    def assistance(self) -> Assistance: ...

    @property
    def letters(self) -> Letters: ...

    @property
    def drills(self) -> Drills: ...

    @property
    def readiness(self) -> Readiness: ...

    def atomic(self) -> AbstractContextManager[None]:
        """One transaction: all that is written inside, or nothing."""

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do *act* once the transaction is durable; never when it is rolled back."""
