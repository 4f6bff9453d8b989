"""What the core asks of the world: a place for large bytes.

A blob has a name that is used once, and never changes: it is written whole (`create`) or grows as an *unfinished* one,
from its beginning (`append`) or piece by piece in any order (`write_at`), until `finish` makes it a blob. `repair`
puts back bytes that the disk has lost; `shred` is the only way for a blob to go.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from rogatory.errors import Unavailable


class StorageFull(Unavailable):
    """The disk is full; nothing was changed."""

    code = "storage-full"
    remedy = "Free some space on the node's disk, then try again."


class BlobDamaged(Unavailable):
    """Bytes that were stored are not what was written, or are missing."""

    code = "blob-damaged"
    remedy = "Run: rogatory scrub. It says which part of which exhibit it is, and mends it where it can."


class BlobWriter(Protocol):
    """A blob that is being written; it exists under its name only after `commit`."""

    file: BinaryIO

    def commit(self) -> None: ...

    def abort(self) -> None: ...


class BlobAppender(Protocol):
    """An unfinished blob that grows at its end; what `sync` has returned for is durable."""

    file: BinaryIO

    def sync(self) -> None: ...

    def close(self) -> None:
        """Let go of it; what was written since the last `sync` may be lost, and it stays unfinished."""


class Blobs(Protocol):
    """Large bytes by name, written once: write, fsync, rename. All methods raise `Unavailable` when out of reach."""

    def create(self, name: str) -> BlobWriter:
        """A writer of a new blob; `commit` raises `AlreadyHeld` for a name that is there."""

    def open(self, name: str) -> BinaryIO:
        """The blob *name*, readable and seekable; raises `NotFound`; reading may raise `BlobDamaged`."""

    def open_afresh(self, name: str) -> BinaryIO:
        """As `open`, but what memory holds of the blob is forgotten first: the disk itself is asked."""

    def exists(self, name: str) -> bool: ...

    def size(self, name: str) -> int: ...

    def names(self, folder: str) -> Iterator[str]:
        """The names of the finished blobs below *folder* (`exhibits`, `exhibits/<id>`), in order."""

    def unfinished_names(self, folder: str) -> Iterator[str]:
        """The names of the unfinished blobs below *folder*, in order."""

    def append(self, name: str, offset: int) -> BlobAppender:
        """Continue the unfinished blob *name* after its first *offset* bytes (0 begins it); the rest is cut off.

        Raises `AlreadyHeld` when it is finished, `NotFound` when it has fewer bytes.
        """

    def write_at(self, name: str, size: int, offset: int, data: bytes | memoryview) -> None:
        """Put *data* at *offset* of the unfinished blob *name* of *size* bytes, durably."""

    def finish(self, name: str) -> None:
        """Make the unfinished blob *name* a blob, durably; doing it again changes nothing."""

    def open_unfinished(self, name: str) -> BinaryIO: ...

    def repair(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put *data* back at *offset* of the blob *name*, which has *size* bytes, durably; raises `NotFound`."""

    def replace(self, name: str, data: bytes) -> None:
        """Make *data* the blob *name*, in the place of what is left of it, wholly or not at all."""

    def shred(self, name: str) -> None:
        """Destroy the blob *name*, finished or not: its first mebibyte is overwritten where that means anything, then
        it is removed. Doing it again changes nothing."""

    def clear_dead(self, before: datetime) -> int:
        """Remove what writers left that died before *before* (aware); how many."""

    def free(self) -> int:
        """How many bytes can still be written."""
