"""An archive as it passes by: every member judged before it is given on, nothing looked at twice.

Rules in words. Bytes are written to the reader in order, in pieces of any size; it holds no more than one small file
at a time. A header is read, and must be what `layout` writes for what was read: there is no second way to write one.
Members come in the order of the bytes of their names, each in a folder that came before it; so no name comes twice,
none climbs or is absolute, and none leads through a link. At the end stands the listing, which must be the lines of
the members that were seen, and after it nothing. `finish` gives the contents, which the manifest must state.

Limits: members, the length and depth of names, the weight of a header, and the size of all files together, holes
included (`at_most`), because a file of nothing but holes weighs nothing in the archive.
"""

import hashlib
from collections.abc import Generator
from typing import Protocol

from rogatory.errors import BadInput
from rogatory.evidence.archive import headers, layout
from rogatory.evidence.archive.headers import MAX_RECORDS
from rogatory.evidence.archive.holes import MAX_MAP_BYTES, HoleHasher
from rogatory.evidence.archive.layout import BLOCK, FILE, FOLDER, LISTING, PROVENANCE, BadArchive, Member, shown
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.manifest import Contents

MAX_PROVENANCE = 64 * 1024 * 1024
_COPY_BYTES = 1024 * 1024

#: What a parser asks for: so many bytes. What it is given: exactly so many.
_Parser = Generator[int, bytes, None]


class ArchiveTooLarge(BadInput):
    """The files in the archive are larger together than what was allowed."""

    code = "archive-too-large"
    remedy = "If you expect files of that size, allow more with --at-most."


class Taker(Protocol):
    """Whoever gets the members: the folder into which they are unpacked, or a choice among them."""

    def origin(self, provenance: bytes) -> None:
        """Take the paper on the origin of an extract; it comes before the members, or not at all."""
        ...

    def begin(self, member: Member, place: int) -> None:
        """Take *member*, whose data begin at byte *place* of the archive."""
        ...

    def data(self, offset: int, data: bytes) -> None:
        """Take *data*, which stand at *offset* of the file that began last; there may be holes between."""
        ...

    def end(self, member: Member, sha256: str) -> None:
        """The file that began last is whole; its SHA-256, holes read as zeros, in hexadecimal."""
        ...


class ArchiveReader:
    """A sink for the bytes of an archive; raises `BadArchive`, `BadMemberName`, `ArchiveTooLarge` as they come."""

    def __init__(self, taker: Taker, *, payload_key: bytes, at_most: int) -> None:
        self._taker = taker
        self._tree = ContentTree(payload_key)
        self._order = _Order()
        self._left = at_most
        self._at_most = at_most
        self._lines = hashlib.sha256()
        self._listed = 0
        self._place = 0
        self._held = bytearray()
        self._parser = self._parse()
        self._need = next(self._parser)

    def write(self, data: bytes | memoryview) -> int:
        """Take the next bytes of the archive, all of them."""
        view, held, place, size = memoryview(data), self._held, 0, len(data)
        while place < size:
            if not self._need:
                raise BadArchive("something stands behind the end of the archive")
            count = min(self._need - len(held), size - place)
            if held or count < self._need:
                held += view[place : place + count]
                if len(held) < self._need:
                    break
                piece = bytes(held)
                held.clear()
            else:
                piece = bytes(view[place : place + count])
            place += count
            self._place += len(piece)
            self._need = self._next(piece)
        return size

    def finish(self) -> Contents:
        """The contents of the archive; raises `BadArchive` when its end has not come. Call it once, at the end."""
        if self._need:
            raise BadArchive("the archive ends before its end")
        return self._tree.finish("files")

    def _next(self, piece: bytes) -> int:
        try:
            return self._parser.send(piece)
        except StopIteration:
            return 0

    def _parse(self) -> _Parser:
        first = True
        while True:
            head = yield BLOCK
            path = headers.plain_name(head)
            if path == LISTING:
                break
            if path == PROVENANCE and first:
                yield from self._take_provenance(head)
            else:
                yield from self._take_member(head)
            first = False
        yield from self._take_listing(head)
        if (yield len(layout.END)) != layout.END:
            raise BadArchive("the archive goes on behind its listing")

    def _take_provenance(self, head: bytes) -> _Parser:
        size = headers.plain_size(head)
        if head != layout.file_header(0, PROVENANCE, size, 0) or not 0 < size <= MAX_PROVENANCE:
            raise BadArchive("the paper on the origin of the extract is not written as it must be, or is too long")
        data = yield _padded(size)
        self._taker.origin(data[:size])

    def _take_member(self, head: bytes) -> _Parser:
        n = self._tree.count
        if n >= layout.MAX_MEMBERS:
            raise BadArchive(f"the archive has more than {layout.MAX_MEMBERS} members")
        member = headers.read_plain(head, n)
        if member is None:
            member = yield from self._extended(head, n)
        self._order.require_next(member)
        self._left -= member.size
        if self._left < 0:
            raise ArchiveTooLarge(f"the files in the archive have more than {self._at_most} bytes together")
        self._taker.begin(member, self._place)
        if member.kind != FILE:
            self._add(layout.line(member))
        elif member.segments is None:
            sha256 = yield from self._whole_file(member)
            self._taker.end(member, sha256)
            self._add(layout.file_line(n, member.path, member.size, member.mtime, sha256))
        else:
            sha256 = yield from self._file_with_holes(member)
            self._taker.end(member, sha256)
            self._add(layout.line(member, sha256))

    def _extended(self, head: bytes, n: int) -> Generator[int, bytes, Member]:
        """The member that pax records describe."""
        flag, size = head[156:157], headers.plain_size(head)
        if flag not in (b"x", b"g") or not 0 < size <= MAX_RECORDS:
            raise BadArchive(f"member {n} of the archive is of a kind, or has records, that are not written here")
        records = yield _padded(size)
        raw = head + records
        if flag == b"g":
            member = headers.read_left_out(records[:size], n)
        else:
            plain = yield BLOCK
            raw += plain
            member = headers.read_extended(records[:size], plain, n)
            if member.segments is not None:
                map_ = yield from self._map()
                raw += map_
                member = headers.with_map(member, map_)
        if layout.header(member) != raw:
            raise BadArchive(f"member {n} of the archive ({shown(member.path[:80])}) is not written as it must be")
        return member

    def _map(self) -> Generator[int, bytes, bytes]:
        data = yield BLOCK
        count = headers.map_pairs(data)
        while data.rstrip(b"\0").count(b"\n") < 2 * count + 1:
            if len(data) > MAX_MAP_BYTES:
                raise BadArchive("the map of a file with holes is too long")
            data += yield BLOCK
        return data

    def _whole_file(self, member: Member) -> Generator[int, bytes, str]:
        size, done = member.size, 0
        if size <= _COPY_BYTES:
            data = (yield _padded(size)) if size else b""
            _require_zeros(data[size:], member)
            data = data[:size]
            self._taker.data(0, data)
            return hashlib.sha256(data).hexdigest()
        hasher = hashlib.sha256()
        while done < size:
            data = yield min(_COPY_BYTES, size - done)
            hasher.update(data)
            self._taker.data(done, data)
            done += len(data)
        yield from self._padding(size, member)
        return hasher.hexdigest()

    def _file_with_holes(self, member: Member) -> Generator[int, bytes, str]:
        hasher = HoleHasher()
        for offset, length in member.segments or ():
            done = 0
            while done < length:
                data = yield min(_COPY_BYTES, length - done)
                hasher.update(offset + done, data)
                self._taker.data(offset + done, data)
                done += len(data)
        yield from self._padding(member.stored, member)
        return hasher.finish(member.size)

    def _padding(self, size: int, member: Member) -> _Parser:
        if size % BLOCK:
            _require_zeros((yield -size % BLOCK), member)

    def _add(self, line: bytes) -> None:
        self._tree.add_line(line)
        self._lines.update(line + b"\n")
        self._listed += len(line) + 1

    def _take_listing(self, head: bytes) -> _Parser:
        if not self._listed or head != layout.file_header(self._tree.count, LISTING, self._listed, 0):
            raise BadArchive("the listing of the archive is not as long as the members that were seen")
        hasher, done = hashlib.sha256(), 0
        while done < self._listed:
            data = yield min(_COPY_BYTES, self._listed - done)
            hasher.update(data)
            done += len(data)
        if hasher.digest() != self._lines.digest():
            raise BadArchive("the listing of the archive does not say what the members are")
        if self._listed % BLOCK and (yield -self._listed % BLOCK).strip(b"\0"):
            raise BadArchive("something is hidden behind the listing of the archive")


class _Order:
    """Accepts members in the one order: by the bytes of their names, each in a folder that came before."""

    def __init__(self) -> None:
        self._folders: list[bytes] = []
        self._parent = b""
        self._last: list[bytes] = [b""]

    def require_next(self, member: Member) -> None:
        """Raise `BadMemberName` or `BadArchive` unless *member* may come now."""
        path = member.path
        parent, _, name = path.rpartition(b"/")
        if parent == self._parent and len(path) <= layout.MAX_PATH_BYTES and name > self._last[-1]:
            layout.require_name(name)
            names = [*self._last[:-1], name]
        else:
            names = list(layout.require_path(path))
            if names <= self._last or self._folders[: len(names) - 1] != names[:-1]:
                raise BadArchive(f"{shown(path[:80])} is out of its order, or its folder is not there")
            del self._folders[len(names) - 1 :]
            self._parent = parent
        if member.path in layout.RESERVED:
            raise BadArchive(f"{path.decode()} does not stand where it must")
        self._last = names
        if member.kind == FOLDER:
            self._folders = [*names]


def _padded(size: int) -> int:
    return size + -size % BLOCK


def _require_zeros(data: bytes, member: Member) -> None:
    if data.strip(b"\0"):
        raise BadArchive(f"something is hidden behind the data of {shown(member.path[:80])}")
