"""What the core asks of the world: messages, drafts, deliveries, partners, and the views of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


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
    """One message or letter on its way to a partner, with the reason and the time of the last failure in words.

    *case* is what it may not overtake an earlier one of: the case of a message, the thread of a letter.
    """

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
