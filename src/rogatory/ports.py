"""What the core asks of the world: rows to keep, bytes to keep, a road, a clock, random bytes and background work.

One small protocol an aggregate. Every method that writes is called inside `Stores.atomic()`; what it wrote is there
after the block, wholly, or not at all. Rows are plain values: an adapter turns them into whatever it keeps.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol

from rogatory.errors import NotPermitted, Unavailable

Random = Callable[[int], bytes]


class AlreadyHeld(NotPermitted):
    """The very same thing is held already."""

    code = "already-held"


class ChangedMeanwhile(NotPermitted):
    """Somebody else changed this meanwhile."""

    code = "changed-meanwhile"
    remedy = "Load it again and take the step from its present state."


class StorageFull(Unavailable):
    """The disk is full; nothing was changed."""

    code = "storage-full"
    remedy = "Free some space on the node's disk, then try again."


class PartnerUnreachable(Unavailable):
    """The partner's node cannot be reached."""

    code = "partner-unreachable"
    remedy = "The message stays in the outbox and is sent again by itself; you can also try again now."


class Clock(Protocol):
    """The only reader of time; in an exercise it shows the practice date."""

    def now(self) -> datetime:
        """The present time, aware, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message as this node holds it: the signed bytes, and the opening of its ledger entry."""

    digest: str
    case: str
    kind: str
    number: int
    ours: bool
    jws: bytes = field(repr=False)
    stored_at: datetime
    ledger_index: int
    blinding: bytes = field(repr=False)


class Messages(Protocol):
    """The one table of immutable signed messages."""

    def add(self, row: MessageRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for a digest that is there."""

    def get(self, digest: str) -> MessageRow | None: ...

    def of_case(self, case: str) -> Sequence[MessageRow]:
        """The messages of *case*, by number and digest."""

    def digests_of_case(self, case: str) -> Sequence[str]:
        """The digests of the messages of *case*, by number and digest."""

    def cases(self) -> Sequence[str]:
        """Every case, in the order in which its first message was stored."""


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
class InboxRow:
    """An envelope that arrived: what was in it and what this node answered."""

    envelope: str
    sha256: str
    message: str
    sender: str
    receipt: str
    arrived_at: datetime


class Inbox(Protocol):
    """Envelopes that arrived, so that none has two effects."""

    def get(self, envelope: str) -> InboxRow | None: ...

    def for_messages(self, digests: Sequence[str]) -> Sequence[InboxRow]:
        """The envelopes that brought the messages *digests*, in the order in which they arrived."""

    def add(self, row: InboxRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for an envelope that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One message on its way to a partner, with the reason and the time of the last failure in words."""

    id: str
    message: str
    case: str
    partner: str
    envelope: bytes = field(repr=False)
    state: str
    queued_at: datetime
    next_at: datetime
    attempts: int = 0
    failing_since: datetime | None = None
    code: str = ""
    reason: str = ""
    remedy: str = ""
    receipt: str = ""
    delivered_at: datetime | None = None


class Outbox(Protocol):
    """Messages that must reach a partner; a row stays until a receipt or a person's decision."""

    def add(self, row: DeliveryRow) -> None: ...

    def get(self, id: str) -> DeliveryRow | None: ...

    def of_case(self, case: str) -> Sequence[DeliveryRow]: ...

    def claim(self, partner: str, *, now: datetime, until: datetime, limit: int) -> Sequence[DeliveryRow]:
        """Due deliveries to the State *partner*, in the order queued, held for the caller until *until*.

        A message never overtakes an earlier one of its own case.
        """

    def partners_due(self, now: datetime) -> Sequence[str]:
        """The States to which something is due."""

    def put(self, row: DeliveryRow) -> None:
        """Replace the row of that id and let it go."""

    def undelivered(self) -> Sequence[DeliveryRow]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A step that is being written or awaits a second person; *version* counts its changes.

    *body* is what will be signed; *internal* (the opinion shown, the officer's answers) never leaves the node.
    """

    id: str
    case: str | None
    kind: str
    measure: str
    regarding: str | None
    sender: str
    receiver: str
    body: Mapping[str, Any]
    state: str
    drafted_by: str
    drafter_name: str
    decided_by: str | None = None
    remark: str = ""
    message: str | None = None
    internal: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    created_at: datetime
    changed_at: datetime


class Drafts(Protocol):
    """Steps that have not left the node yet."""

    def add(self, row: DraftRow) -> None: ...

    def get(self, id: str) -> DraftRow | None: ...

    def put(self, row: DraftRow) -> DraftRow:
        """Keep *row* as the next version; raises `ChangedMeanwhile` unless its version is the one held."""

    def open(self) -> Sequence[DraftRow]: ...

    def of_case(self, case: str) -> Sequence[DraftRow]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """A contact card that a person accepted after comparing its fingerprint."""

    state: str
    serial: int
    card: str
    accepted_at: datetime
    accepted_by: str


class Partners(Protocol):
    """The accepted cards of partner States; none is ever forgotten, because old signatures must stay checkable."""

    def all(self) -> Sequence[PartnerRow]:
        """The newest card of each State, by State."""

    def history(self) -> Sequence[PartnerRow]:
        """Every card that was ever accepted, by State and serial."""

    def get(self, state: str) -> PartnerRow | None:
        """The newest card of *state*."""

    def add(self, row: PartnerRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for a serial that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitRow:
    """A sealed exhibit that this node holds, sends or receives."""

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
    received_parts: int = 0
    attempts: int = 0
    next_at: datetime | None = None
    reason: str = ""
    changed_at: datetime


class Exhibits(Protocol):
    """Exhibits and which of their parts are here."""

    def add(self, row: ExhibitRow) -> None: ...

    def get(self, id: str) -> ExhibitRow | None: ...

    def put(self, row: ExhibitRow) -> None: ...

    def of_case(self, case: str) -> Sequence[ExhibitRow]: ...

    def in_state(self, state: str) -> Sequence[ExhibitRow]: ...

    def parts(self, id: str) -> frozenset[int]:
        """The numbers of the parts that have been received and verified, or for an exhibit of ours sent."""

    def add_part(self, id: str, number: int) -> bool:
        """Whether part *number* is new; it is held from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of the list of cases: a projection, recreated from the messages at will."""

    case: str
    requesting: str
    requested: str
    measure: str
    state: str
    title: str
    opened_at: datetime
    changed_at: datetime
    clock_until: datetime | None
    held: bool
    messages: int
    exercise: bool


class Views(Protocol):
    """Projections that lists and pages read."""

    def put_case(self, row: CaseRow) -> None: ...

    def clear(self) -> None: ...

    def cases(self) -> Sequence[CaseRow]: ...


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCopyRow:
    """The official text of an instrument in one language, as `law.official` puts its articles into JSON."""

    instrument: str
    lang: str
    sha256: str
    file_name: str
    format: str
    title: str
    articles: Sequence[Mapping[str, Any]] = field(repr=False)
    loaded_at: datetime
    loaded_by: str
    loader_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """Somebody held our description of a provision against an official copy: `agrees` or `differs`, and a note.

    *copy_sha256* names the file that was read, *ours_sha256* our words as they were then.
    """

    instrument: str
    number: str
    lang: str
    verdict: str
    note: str
    copy_sha256: str
    ours_sha256: str
    at: datetime
    by: str
    name: str


class OfficialCopies(Protocol):
    """One official copy an instrument and language, and who compared what with it."""

    def digests(self) -> Mapping[tuple[str, str], str]:
        """The SHA-256 of the file of every copy, by instrument and language."""

    def get(self, instrument: str, lang: str) -> OfficialCopyRow | None: ...

    def all(self) -> Sequence[OfficialCopyRow]:
        """Every copy, by instrument and language."""

    def put(self, row: OfficialCopyRow) -> None:
        """Keep *row* in place of the copy of the same instrument and language."""

    def remove(self, instrument: str, lang: str) -> bool:
        """Whether there was such a copy; it is gone."""

    def add_compared(self, row: ComparedRow) -> None: ...

    def compared(self, instrument: str) -> Sequence[ComparedRow]:
        """Every comparison with a provision of *instrument*, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A national profile that was added, or, with an empty *text*, the withdrawal of what counts from *effective* on.

    *text* is the TOML file as it was given, *until* the end that it names itself.
    """

    state: str
    instrument: str
    effective: date
    until: date | None
    text: str = field(repr=False)
    sha256: str
    file_name: str
    at: datetime
    by: str
    name: str


class Profiles(Protocol):
    """National profiles and their withdrawals, in the order in which they were added; none is ever forgotten."""

    def add(self, row: ProfileRow) -> None: ...

    def all(self) -> Sequence[ProfileRow]: ...

    def of_state(self, state: str) -> Sequence[ProfileRow]: ...


class Counters(Protocol):
    """Numbers that grow by one and are never given twice."""

    def next(self, name: str) -> int: ...


class Stores(Protocol):
    """All rows of one node."""

    @property
    def messages(self) -> Messages: ...

    @property
    def ledger(self) -> LedgerStore: ...
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
    def views(self) -> Views: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def counters(self) -> Counters: ...

    @property
    def official(self) -> OfficialCopies: ...

    @property
    def profiles(self) -> Profiles: ...

    def atomic(self) -> AbstractContextManager[None]:
        """One transaction: all that is written inside, or nothing."""

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do *act* once the transaction is durable; never when it is rolled back."""


class BlobWriter(Protocol):
    """A blob that is being written; it exists under its name only after `commit`."""

    file: BinaryIO

    def commit(self) -> None: ...

    def abort(self) -> None: ...


class Blobs(Protocol):
    """Large bytes by name, written once: write, fsync, rename."""

    def create(self, name: str) -> BlobWriter:
        """A writer of a new blob; `commit` raises `AlreadyHeld` for a name that is there."""

    def open(self, name: str) -> BinaryIO:
        """The blob *name*, readable and seekable; raises `NotFound`."""

    def exists(self, name: str) -> bool: ...

    def size(self, name: str) -> int: ...

    def write_at(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put *data* at *offset* of the unfinished blob *name* of *size* bytes, durably."""

    def finish(self, name: str) -> None:
        """Make the unfinished blob *name* a blob."""

    def open_unfinished(self, name: str) -> BinaryIO: ...

    def free(self) -> int:
        """How many bytes can still be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a partner's node said: HTTP status, the code of its error or an empty text, and the body."""

    status: int
    code: str
    body: bytes
    message: str = ""
    remedy: str = ""


class Transport(Protocol):
    """The road to partners. Methods raise `PartnerUnreachable` when nobody answers."""

    def post_envelope(self, address: str, envelope: bytes) -> Answer: ...

    def missing_parts(self, address: str, exhibit: str) -> Answer: ...

    def put_parts_list(self, address: str, exhibit: str, data: bytes) -> Answer: ...

    def put_part(self, address: str, exhibit: str, number: int, data: bytes) -> Answer: ...


class Tasks(Protocol):
    """Background work, asked for inside the transaction that makes it due."""

    def deliver(self, partner: str) -> None: ...

    def transfer(self, exhibit: str) -> None: ...

    def finish_exhibit(self, exhibit: str) -> None: ...
