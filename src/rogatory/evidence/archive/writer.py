"""A folder read as one stream of bytes, an archive, while its listing and the tree over its members are made.

Rules in words. The folder is walked once, in the order of its names; what it gives is written as `layout` says. The
lines of the listing wait in a file that the caller provides, because only the end shows how many there are. What the
manifest states of the contents is known when the last byte was read. The stream is read by one thread.
"""

import hashlib
import io
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol, cast

from rogatory.errors import BadInput
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.holes import HoleHasher, Segments, placed
from rogatory.evidence.archive.layout import FILE, LISTING, PROVENANCE, RESERVED, Member
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.manifest import Contents

_COPY_BYTES = 1024 * 1024


_Written = Generator[bytes | memoryview, None, bytes]


class EmptyFolder(BadInput):
    """There is nothing in the folder."""

    code = "empty-folder"


class FolderTooLarge(BadInput):
    """The folder has more members than one exhibit can have."""

    code = "folder-too-large"
    remedy = "Seal its folders one by one."


class ReservedName(BadInput):
    """The folder holds a file with a name that the archive needs for itself."""

    code = "reserved-name"
    remedy = "Move that file out of the folder, or into a folder within it, and seal again."


@dataclass(slots=True, kw_only=True, eq=False)
class Found:
    """What a folder holds at *path*: see `layout.Member`; *blocks* are the data, without the holes.

    They are bytes when they are few, else pieces in their order, none of which crosses the end of a segment.
    """

    path: bytes
    kind: str
    mtime: int
    size: int = 0
    segments: Segments | None = None
    target: bytes = b""
    was: str = ""
    blocks: bytes | Iterator[bytes | memoryview] = field(default=b"", repr=False)


class Folder(Protocol):
    """Whatever a folder is read from: a disk, or an exhibit of which a part is taken."""

    def members(self) -> Iterator[Found]:
        """What is in it, each folder before what is in it, by the bytes of the names; `blocks` are read at once."""
        ...


def _whole(name: bytes, data: bytes) -> bytes:
    """A member that is no piece of the contents: the archive's own paper."""
    return layout.file_header(0, name, len(data), 0) + data + layout.padding(len(data))


class FolderArchive:
    """The archive of a folder as a source of bytes that describes its own pieces (`begin`, then `contents`).

    The lines of the listing wait in *spool*, an empty file to write and read. *progress* is told the number of members
    that have passed. Reading raises `EmptyFolder`, `ReservedName`, `BadMemberName`, and what the folder raises.
    """

    def __init__(
        self,
        folder: Folder,
        spool: BinaryIO,
        *,
        provenance: bytes | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._folder = folder
        self._spool = spool
        self._provenance = provenance
        self._progress = progress
        self._contents: Contents | None = None

    def begin(self, payload_key: bytes) -> BinaryIO:
        """The bytes of the archive, to be read once, to their end."""
        self._spool.seek(0)
        self._spool.truncate()
        self._contents = None
        return cast("BinaryIO", _Stream(self._archive(ContentTree(payload_key))))

    def contents(self) -> Contents:
        """What the manifest states of the members; known once the archive was read to its end."""
        if self._contents is None:
            raise ValueError("the archive has not been read to its end")
        return self._contents

    def _archive(self, tree: ContentTree) -> Iterator[bytes | memoryview]:
        listed = 0
        if self._provenance is not None:
            yield _whole(PROVENANCE, self._provenance)
        for found in self._folder.members():
            if found.path in RESERVED:
                raise ReservedName(f"the folder holds a file {found.path.decode()}, as the archive will")
            write = _file if found.kind == FILE and found.segments is None else _other
            line = yield from write(tree.count, found)
            tree.add_line(line)
            self._spool.write(line + b"\n")
            listed += len(line) + 1
            if self._progress:
                self._progress(tree.count)
        if not listed:
            raise EmptyFolder
        if tree.count > layout.MAX_MEMBERS or listed > layout.MAX_LISTING:
            raise FolderTooLarge(f"a folder of more than {layout.MAX_MEMBERS} members is sealed in several exhibits")
        self._contents = tree.finish("files")
        yield layout.file_header(tree.count, LISTING, listed, 0)
        self._spool.seek(0)
        while block := self._spool.read(_COPY_BYTES):
            yield block
        yield layout.padding(listed) + layout.END


class _Stream(io.RawIOBase):
    """What a generator gives, as a file that is read."""

    def __init__(self, pieces: Iterator[bytes | memoryview]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        done, size = 0, len(buffer)
        left = self._left
        while done < size:
            if not left:
                piece = next(self._pieces, None)
                if piece is None:
                    break
                left = memoryview(piece)
                continue
            count = min(len(left), size - done)
            buffer[done : done + count] = left[:count]
            left = left[count:]
            done += count
        self._left = left
        return done


def _file(n: int, found: Found) -> _Written:
    """The bytes of a file without holes; returns its line."""
    header, padding = layout.file_header(n, found.path, found.size, found.mtime), layout.padding(found.size)
    if isinstance(found.blocks, bytes):
        yield b"".join((header, found.blocks, padding))
        return layout.file_line(n, found.path, found.size, found.mtime, hashlib.sha256(found.blocks).hexdigest())
    yield header
    hasher = hashlib.sha256()
    for block in found.blocks:
        hasher.update(block)
        yield block
    yield padding
    return layout.file_line(n, found.path, found.size, found.mtime, hasher.hexdigest())


def _other(n: int, found: Found) -> _Written:
    """The bytes of any other member; returns its line."""
    member = Member(
        n=n,
        path=found.path,
        kind=found.kind,
        mtime=found.mtime,
        size=found.size,
        segments=found.segments,
        target=found.target,
        was=found.was,
    )
    yield layout.header(member)
    if found.segments is None:
        return layout.line(member)
    hasher = HoleHasher()
    for offset, block in placed(found.blocks, found.segments):
        hasher.update(offset, block)
        yield block
    yield layout.padding(member.stored)
    return layout.line(member, hasher.finish(found.size))
