"""What the core asks of the world: exhibits as rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitRow:
    """A sealed exhibit that this node holds, sends or receives.

    *header_blob* names the header made anew for our present keys; empty while the sealed file's own is the one to use.
    *retention_until* is the last day (UTC) on which it may be kept, as its manifest says, or None.
    """

    id: str
    case: str
    request: str
    ours: bool
    partner: str
    state: str
    manifest: str
    parts_list: str
    custody: Sequence[str]
    sealed_blob: str
    header_blob: str = ""
    retention_until: date | None = None
    received_parts: int = 0
    attempts: int = 0
    next_at: datetime | None = None
    reason: str = ""
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEntry:
    """A custody entry that this node signed, by its SHA-256: where it stands in the ledger, and what opens it there."""

    digest: str
    exhibit: str
    ledger_index: int
    blinding: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """That the bytes of an exhibit are to go, recorded before anything is destroyed.

    *why* is `retention` (its day is over), `ordered` (by two people) or `returned`; *state* is `proposed` (awaits a
    second person), `ordered`, `done` or `refused`. Names and log-ins are empty where the node itself acts.
    """

    exhibit: str
    why: str
    purpose: str
    state: str
    asked_by: str = ""
    asker_name: str = ""
    approved_by: str = ""
    approver_name: str = ""
    asked_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is asked for each part of an exhibit: whose it is, in which state, and where its bytes go."""

    ours: bool
    partner: str
    state: str
    parts_list: str
    sealed_blob: str


class Exhibits(Protocol):
    """Exhibits and which of their parts are here."""

    def passage(self, id: str) -> Passage | None: ...

    def add(self, row: ExhibitRow) -> None: ...

    def get(self, id: str) -> ExhibitRow | None: ...

    def put(self, row: ExhibitRow) -> None: ...

    def of_case(self, case: str) -> Sequence[ExhibitRow]: ...

    def in_state(self, state: str) -> Sequence[ExhibitRow]: ...

    def listed(self, *, states: Collection[str], case: str, ends_by: date | None, limit: int) -> Sequence[ExhibitRow]:
        """At most *limit* exhibits, the newest first: of these *states* and this *case*, each empty for any.

        With *ends_by* only those that are here and have their last day then or before, the earliest day first.
        """

    def outlived(self, today: date) -> Sequence[str]:
        """The exhibits whose last day is before *today*, and whose bytes nobody has ordered away yet."""

    def add_logged(self, row: LoggedEntry) -> None: ...

    def logged(self, digest: str) -> LoggedEntry | None: ...

    def logged_of(self, id: str) -> Sequence[LoggedEntry]:
        """The custody entries of exhibit *id* that this node signed, as they stand in the ledger, in its order."""

    def put_destruction(self, row: Destruction) -> None:
        """Make the one row on the destruction of that exhibit say *row*."""

    def destruction(self, id: str) -> Destruction | None: ...

    def destructions(self, state: str) -> Sequence[Destruction]: ...

    def parts(self, id: str) -> frozenset[int]:
        """The numbers of the parts that have been received and verified, or for an exhibit of ours put on the road."""

    def has_part(self, id: str, number: int) -> bool:
        """Whether that part is among them."""

    def count_parts(self, id: str) -> int:
        """How many they are."""

    def add_parts(self, id: str, numbers: Collection[int]) -> int:
        """How many parts are held, with *numbers*; the exhibit's row is held until the transaction ends."""
