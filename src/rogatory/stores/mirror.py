"""A store of blobs with a second one behind it: what is destroyed here is destroyed there as well.

The second store is filled by the worker, and scrubbing reads from it; nothing else does. The first goes first: a copy
that is being made meanwhile finds its original gone when it looks again, and is destroyed too.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from rogatory.ports.blobs import BlobAppender, Blobs, BlobWriter


class MirroredBlobs:
    """`ports.blobs.Blobs`: those of *first*; `shred` and `clear_dead` mean *second* too."""

    def __init__(self, first: Blobs, second: Blobs) -> None:
        self._first, self._second = first, second

    def create(self, name: str) -> BlobWriter:
        """A writer of a new blob."""
        return self._first.create(name)

    def append(self, name: str, offset: int) -> BlobAppender:
        """Continue an unfinished blob."""
        return self._first.append(name, offset)

    def open(self, name: str) -> BinaryIO:
        """The blob *name*."""
        return self._first.open(name)

    def open_afresh(self, name: str) -> BinaryIO:
        """The blob *name*, from the disk itself."""
        return self._first.open_afresh(name)

    def open_unfinished(self, name: str) -> BinaryIO:
        """The unfinished blob *name*."""
        return self._first.open_unfinished(name)

    def exists(self, name: str) -> bool:
        """Whether there is a finished blob *name*."""
        return self._first.exists(name)

    def size(self, name: str) -> int:
        """Its size in bytes."""
        return self._first.size(name)

    def names(self, folder: str) -> Iterator[str]:
        """The names of the finished blobs below *folder*."""
        return self._first.names(folder)

    def unfinished_names(self, folder: str) -> Iterator[str]:
        """The names of the unfinished blobs below *folder*."""
        return self._first.unfinished_names(folder)

    def write_at(self, name: str, size: int, offset: int, data: bytes | memoryview) -> None:
        """Put *data* into an unfinished blob."""
        self._first.write_at(name, size, offset, data)

    def finish(self, name: str) -> None:
        """Make an unfinished blob a blob."""
        self._first.finish(name)

    def repair(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put back what the disk has lost."""
        self._first.repair(name, size, offset, data)

    def replace(self, name: str, data: bytes) -> None:
        """Put *data* in the place of what is left of a blob."""
        self._first.replace(name, data)

    def shred(self, name: str) -> None:
        """Destroy the blob *name* in both; who is stopped between the two does it again."""
        self._first.shred(name)
        self._second.shred(name)

    def clear_dead(self, before: datetime) -> int:
        """Remove what dead writers left, in both; how many."""
        return self._second.clear_dead(before) + self._first.clear_dead(before)

    def free(self) -> int:
        """How many bytes can still be written to the first."""
        return self._first.free()
