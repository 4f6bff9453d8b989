"""What the core asks of the world: exhibits, and the place for their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from rogatory.errors import Unavailable


class StorageFull(Unavailable):
    """The disk is full; nothing was changed."""

    code = "storage-full"
    remedy = "Free some space on the node's disk, then try again."


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
