"""What the core asks of the world: sealings under way, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingRow:
    """A sealing that has begun and is not an exhibit yet.

    *about* is what the custodian said of the file, *source* and *size* (bytes, or None) where it is read from. *secret*
    is an age file (base64) to our own authority: the beginning of the sealed file, and its payload key; empty before
    the first pass. *milestone* is the last one noted, *outcome* what the finished pass has found, each None before.
    *run* names the pass that may write; an earlier one that is still alive stops at its next milestone.
    """

    id: str
    case: str
    request: str
    authority: str
    receiver: str
    recipients: Sequence[str]
    about: Mapping[str, Any]
    source: str
    size: int | None
    begun_by: str
    person: str
    run: str = ""
    secret: str = field(default="", repr=False)
    milestone: Mapping[str, Any] | None = None
    outcome: Mapping[str, Any] | None = None
    begun_at: datetime
    changed_at: datetime


class Sealings(Protocol):
    """Sealings under way."""

    def put(self, row: SealingRow) -> None:
        """Keep *row*, in the place of the one of its id."""

    def get(self, id: str) -> SealingRow | None: ...

    def of_case(self, case: str) -> Sequence[SealingRow]:
        """Those of *case*, the oldest first."""

    def of_authority(self, authority: str) -> Sequence[SealingRow]:
        """Those of one of our authorities, the oldest first."""

    def remove(self, id: str) -> None:
        """Forget the sealing of that id."""
