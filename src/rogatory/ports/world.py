"""What the core asks of the world: the clock, the road to a partner, and work for later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rogatory.errors import Unavailable

Random = Callable[[int], bytes]


class PartnerUnreachable(Unavailable):
    """The partner's node cannot be reached."""

    code = "partner-unreachable"
    remedy = "The message stays in the outbox and is sent again by itself; you can also try again now."


class Clock(Protocol):
    """The only reader of time; in an exercise it shows the practice date."""

    def now(self) -> datetime:
        """The present time, aware, UTC."""


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

    def put_part(self, address: str, exhibit: str, number: int, data: bytes, *, sha256: bytes) -> Answer:
        """Give the partner one part, whose digest is known; called from several threads at once."""

    def custody(self, address: str, exhibit: str, start: int) -> Answer:
        """The partner's chain of custody of *exhibit*, from entry *start* (counted from 0) on."""

    def get_parts_list(self, address: str, exhibit: str) -> Answer:
        """The list of part digests of an exhibit that the partner holds too."""

    def get_part(self, address: str, exhibit: str, number: int) -> Answer:
        """One part of an exhibit that the partner holds too."""

    def ledger_checkpoint(self, address: str) -> Answer:
        """The newest checkpoint of the log at *address*."""

    def ledger_tile(self, address: str, path: str) -> Answer:
        """The tile at *path* (`tile/0/000.p/7`) of the log at *address*."""

    def add_checkpoint(self, address: str, submission: bytes) -> Answer:
        """Put a checkpoint of ours before the witness at *address* (C2SP tlog-witness)."""


class Tasks(Protocol):
    """Background work, asked for inside the transaction that makes it due."""

    def deliver(self, partner: str) -> None: ...

    def transfer(self, exhibit: str) -> None: ...

    def finish_exhibit(self, exhibit: str) -> None: ...
