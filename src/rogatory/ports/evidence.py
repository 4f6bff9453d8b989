"""What the core asks of the world: exhibits as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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
