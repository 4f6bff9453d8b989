"""What the core asks of the world: a time-stamp authority, and the tokens that it gave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rogatory.errors import Unavailable
from rogatory.ledger.timestamp import Stamped


class TimestampsUnreachable(Unavailable):
    """The time-stamp authority gives no time-stamp."""

    code = "timestamps-unreachable"
    remedy = "It is asked again by itself; `rogatory ledger timestamp` tries at once. Is its address still right?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The DER response of an authority, verified on receipt, and what it states."""

    data: bytes
    stamped: Stamped


class TimestampAuthority(Protocol):
    """Whoever stamps our checkpoints."""

    @property
    def address(self) -> str: ...

    def stamp(self, data: bytes) -> Token:
        """A token for *data*; raises `TimestampsUnreachable`, `BadTimestamp`, `BadTimestampRoot`, `WrongTimestamp`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampRow:
    """One token: the size and the text of the checkpoint that is stamped, who stamped it, and by whose clock.

    *at* is the time in the token, *kept_at* ours; *text* holds the log's signature and no other.
    """

    size: int
    text: str
    token: bytes
    authority: str
    at: datetime
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """When the authority was asked last, and since when and why it fails, if so."""

    asked_at: datetime
    busy_until: datetime
    failing_since: datetime | None = None
    code: str = ""
    reason: str = ""


class Timestamps(Protocol):
    """The tokens, append-only, and how asking for them goes."""

    def add(self, row: TimestampRow) -> None: ...

    def newest(self) -> TimestampRow | None: ...

    def smallest_covering(self, size: int) -> TimestampRow | None:
        """The token of the smallest log of *size* entries or more: the earliest that proves them."""

    def of_size(self, size: int) -> TimestampRow | None: ...

    def asked(self) -> AskedRow | None: ...

    def begin(self, now: datetime, busy_until: datetime) -> bool:
        """Whether the caller may ask now: nobody else does."""

    def end(self, *, failing_since: datetime | None, code: str, reason: str) -> None:
        """Asking has ended: well, with an empty *code*."""
