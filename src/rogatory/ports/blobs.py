"""What the core asks of the world: a place for large bytes."""

from typing import BinaryIO, Protocol

from rogatory.errors import Unavailable


class StorageFull(Unavailable):
    """The disk is full; nothing was changed."""

    code = "storage-full"
    remedy = "Free some space on the node's disk, then try again."


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
