"""What the core asks of the world: meetings, the entries of their records, the passes of those who take part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting as the list of meetings shows it; *title* by language, *kind* as its first event says it."""

    id: str
    title: Mapping[str, str]
    body: str
    kind: str
    venue: str
    opens: date
    closes: date
    authority: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry of the record of a meeting: the signed line, without its line feed. *once* is empty or unique."""

    meeting: str
    number: int
    line: bytes = field(repr=False)
    once: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRow:
    """A head of a record that stands in the node's ledger, with what opens that ledger entry."""

    digest: str
    meeting: str
    number: int
    ledger_index: int
    blinding: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRow:
    """A pass for a device; *digest* is the SHA-256 of its secret, which nobody keeps."""

    id: str
    meeting: str
    role: str
    of: str
    name: str
    digest: str = field(repr=False)
    issued_at: datetime
    issued_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""


class Conference(Protocol):
    """Everything of meetings in rows. Meetings, entries and heads only grow."""

    def add_meeting(self, row: MeetingRow) -> None:
        """Keep a new meeting; raises `AlreadyHeld`."""

    def meetings(self) -> Sequence[MeetingRow]:
        """All meetings, the one that opens last first."""

    def hold(self, meeting: str) -> bool:
        """Let nobody else add to the record of *meeting* until the transaction ends; whether there is such a one."""

    def add_entry(self, row: EntryRow) -> None:
        """Keep the next entry of a record; raises `AlreadyHeld` when its number or its `once` is taken."""

    def entries(self, meeting: str, start: int, limit: int) -> Sequence[EntryRow]:
        """At most *limit* entries of *meeting* from number *start* on, in order."""

    def entry_once(self, meeting: str, once: str) -> EntryRow | None:
        """The entry that a device's submission *once* became."""

    def add_head(self, row: HeadRow) -> None:
        """Keep where a head stands in the ledger."""

    def heads(self, meeting: str) -> Sequence[HeadRow]:
        """The heads of *meeting* that stand in the ledger, in order."""

    def head(self, digest: str) -> HeadRow | None:
        """The head of that digest."""

    def add_pass(self, row: PassRow) -> None:
        """Keep a new pass."""

    def pass_of_secret(self, meeting: str, digest: str) -> PassRow | None:
        """The pass of *meeting* whose secret has that digest, revoked or not."""

    def passes(self, meeting: str) -> Sequence[PassRow]:
        """The passes of *meeting*, the oldest first."""

    def revoke_pass(self, meeting: str, id: str, *, at: datetime, by: str) -> PassRow | None:
        """The pass of that id, which opens nothing from now on; None when there is none that still opens."""
