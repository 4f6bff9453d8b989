"""The container of a bundle: a ZIP file that can be written in only one way.

Rules in words. Members are stored, not compressed, one after the other without gaps; their names are plain ASCII
paths, none of them twice, none of them a folder of another; no dates, no comments, no extra fields but the ZIP64 ones
where a number needs them (PKWARE APPNOTE 6.3.10). The reader builds from names, sizes and checksums what the writer
would have written and compares byte for byte, so there is no place in the file where a byte could change unseen,
nothing to expand, and no two readers that could see two files. Any stock tool can unpack it.
"""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from rogatory.errors import NotFound, Untrusted
from rogatory.evidence.pipeline import fill

MAX_MEMBERS = 20_000
MAX_NAME = 120
BLOCK = 256 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,4}")

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_FULL, _FULL16 = 0xFFFFFFFF, 0xFFFF
_PLAIN_VERSION, _ZIP64_VERSION = 20, 45
_MADE_BY_UNIX = 3 << 8
_FILE_MODE = 0o100644 << 16
_NEW_YEAR_1980 = 0x0021
_MAX_DIRECTORY = MAX_MEMBERS * (_CENTRAL.size + MAX_NAME + 28)


class BadContainer(Untrusted):
    """The file is not a bundle, or it was cut, joined or changed."""

    code = "bundle-container"
    remedy = "Ask for the bundle again, and compare its SHA-256 with that of the one who exported it."


class NoSuchMember(NotFound):
    """The bundle has no such member."""

    code = "bundle-no-such-member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member as the container lists it: name, size in bytes, CRC-32."""

    name: str
    size: int
    crc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry and where its bytes begin in the file."""

    entry: Entry
    start: int


def require_name(name: str) -> str:
    """*name* itself; raises `BadContainer` when it is not a plain path such as `messages/0001-ab12.jws`."""
    if len(name) > MAX_NAME or not _NAME.fullmatch(name):
        raise BadContainer(f"{name[:80]!r} is not a member name such as messages/0001-0123456789abcdef.jws")
    return name


def local_header(entry: Entry) -> bytes:
    """What stands before the bytes of *entry*."""
    name, extra = entry.name.encode(), b""
    version, shown = _PLAIN_VERSION, entry.size
    if entry.size >= _FULL:
        version, shown, extra = _ZIP64_VERSION, _FULL, struct.pack("<2H2Q", 1, 16, entry.size, entry.size)
    fixed = (b"PK\x03\x04", version, 0, 0, 0, _NEW_YEAR_1980, entry.crc, shown, shown, len(name), len(extra))
    return _LOCAL.pack(*fixed) + name + extra


def directory(entries: Sequence[Entry]) -> bytes:
    """What stands after the bytes of all *entries*, to the end of the file."""
    placed, start = _place(entries), 0
    rows = []
    for one in placed:
        rows.append(_central_row(one.entry, one.start - len(local_header(one.entry))))
        start = one.start + one.entry.size
    table = b"".join(rows)
    return table + _end(len(entries), len(table), start)


class Container:
    """A container that is open for reading; every byte outside the members has been compared."""

    def __init__(self, source: BinaryIO) -> None:
        """The container in the seekable *source*; raises `BadContainer`."""
        self._source = source
        self._length = source.seek(0, io.SEEK_END)
        entries = _read_directory(source)
        _require_distinct([entry.name for entry in entries])
        placed = _place(entries)
        for one in placed:
            header = local_header(one.entry)
            if self._read(one.start - len(header), len(header)) != header:
                raise BadContainer("what stands before the member is not what the directory says", where=one.entry.name)
        self.members: Mapping[str, Placed] = MappingProxyType({one.entry.name: one for one in placed})

    @property
    def is_container(self) -> bool:
        """True: nothing is in the file but its members, in their order."""
        return True

    def size(self, name: str) -> int:
        """How many bytes the member *name* has; raises `NoSuchMember`."""
        return self._placed(name).entry.size

    def open(self, name: str) -> BinaryIO:
        """The bytes of the member *name*, to be read from the first to the last; raises `NoSuchMember`."""
        found = self._placed(name)
        return io.BufferedReader(_Window(self._source, found.start, found.entry.size), BLOCK)

    def read(self, name: str, *, limit: int) -> bytes:
        """All bytes of the member *name*; raises `NoSuchMember`, and `BadContainer` for more than *limit*."""
        found = self._placed(name)
        if found.entry.size > limit:
            raise BadContainer(f"{found.entry.size} bytes are more than the limit of {limit}", where=name)
        return self._read(found.start, found.entry.size)

    def blocks(self, name: str) -> Iterator[memoryview]:
        """The bytes of *name*, piece by piece, in one buffer; raises `BadContainer` when they miss the checksum."""
        found = self._placed(name)
        crc = 0
        for block in self._blocks(found):
            crc = zlib.crc32(block, crc)
            yield block
        if crc != found.entry.crc:
            raise BadContainer("the member's checksum (CRC-32) is not that of its bytes", where=name)

    def _blocks(self, found: Placed) -> Iterator[memoryview]:
        # Most members are small: no buffer is filled with zeros for them.
        if found.entry.size <= BLOCK:
            return iter([memoryview(self._read(found.start, found.entry.size))])
        return read_blocks(_Window(self._source, found.start, found.entry.size))

    def _read(self, start: int, size: int) -> bytes:
        return _read_within(self._source, start, size, self._length)

    def _placed(self, name: str) -> Placed:
        try:
            return self.members[name]
        except KeyError:
            raise NoSuchMember(f"the bundle has no member {name}") from None


def read_blocks(source: BinaryIO | io.RawIOBase, progress: Callable[[int], None] | None = None) -> Iterator[memoryview]:
    """The bytes of *source* to its end, piece by piece, in one buffer that is used again; *progress* sees each size."""
    buffer = memoryview(bytearray(BLOCK))
    while count := fill(source, buffer):
        yield buffer[:count]
        if progress:
            progress(count)


class _Window(io.RawIOBase):
    """A stretch of a file that others read too."""

    def __init__(self, source: BinaryIO, start: int, size: int) -> None:
        self._source = source
        self._place = start
        self._end = start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), self._end - self._place)
        if wanted <= 0:
            return 0
        self._source.seek(self._place)
        count = fill(self._source, memoryview(buffer)[:wanted])
        self._place += count
        return count


def _place(entries: Sequence[Entry]) -> list[Placed]:
    placed, place = [], 0
    for entry in entries:
        start = place + len(local_header(entry))
        placed.append(Placed(entry=entry, start=start))
        place = start + entry.size
    return placed


def _central_row(entry: Entry, offset: int) -> bytes:
    name, version = entry.name.encode(), _PLAIN_VERSION
    large = [entry.size, entry.size] if entry.size >= _FULL else []
    large += [offset] if offset >= _FULL else []
    extra = struct.pack(f"<2H{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    if large:
        version = _ZIP64_VERSION
    shown, shown_offset = min(entry.size, _FULL), min(offset, _FULL)
    made = (b"PK\x01\x02", _MADE_BY_UNIX | version, version, 0, 0, 0, _NEW_YEAR_1980, entry.crc, shown, shown)
    return _CENTRAL.pack(*made, len(name), len(extra), 0, 0, 0, _FILE_MODE, shown_offset) + name + extra


def _end(count: int, size: int, start: int) -> bytes:
    large = b""
    if start >= _FULL:
        made = _MADE_BY_UNIX | _ZIP64_VERSION
        large = _END64.pack(b"PK\x06\x06", _END64.size - 12, made, _ZIP64_VERSION, 0, 0, count, count, size, start)
        large += _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    return large + _END.pack(b"PK\x05\x06", 0, 0, count, count, size, min(start, _FULL), 0)


def _read_directory(source: BinaryIO) -> list[Entry]:
    length = source.seek(0, io.SEEK_END)
    if length < _END.size:
        raise BadContainer("the file is too short to be a bundle")
    signature, *_, count, size, start, _ = _END.unpack(_read_at(source, length - _END.size, _END.size))
    if signature != b"PK\x05\x06":
        raise BadContainer("the file does not end as a bundle ends: it is cut short, or it is something else")
    if not 1 <= count <= MAX_MEMBERS or size > _MAX_DIRECTORY:
        raise BadContainer(f"a bundle has 1 to {MAX_MEMBERS} members, this one lists {count}")
    tail = size + _END.size
    if start == _FULL:
        tail += _END64.size + _LOCATOR.size
    if tail > length:
        raise BadContainer("the directory is longer than the file")
    found = _read_at(source, length - tail, tail)
    entries = _rows(found[:size], count)
    if directory(entries) != found or sum(len(local_header(one)) + one.size for one in entries) + tail != length:
        raise BadContainer("the directory of the file is not one that a bundle can have")
    return entries


def _rows(table: bytes, count: int) -> list[Entry]:
    entries, place = [], 0
    for _ in range(count):
        row = table[place : place + _CENTRAL.size]
        if len(row) < _CENTRAL.size or not row.startswith(b"PK\x01\x02"):
            raise BadContainer("the directory of the file is cut short")
        values = _CENTRAL.unpack(row)
        crc, size, name_size, extra_size = values[7], values[9], values[10], values[11]
        place += _CENTRAL.size
        name = table[place : place + name_size]
        extra = table[place + name_size : place + name_size + extra_size]
        if size == _FULL and len(extra) >= 12:
            size = int.from_bytes(extra[4:12], "little")
        if len(name) != name_size or not name.isascii():
            raise BadContainer(f"{name[:80]!r} is not a member name")
        entries.append(Entry(name=require_name(name.decode()), size=size, crc=crc))
        place += name_size + extra_size
    return entries


def _require_distinct(names: Sequence[str]) -> None:
    # Some disks hold A and a to be one name; a name must not be a folder of another either.
    seen = {name.lower() for name in names}
    if len(seen) < len(names):
        raise BadContainer("a name stands twice in the file")
    for name in seen:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in seen for depth in range(1, len(parts))):
            raise BadContainer("a name is both a file and a folder", where=name)


def _read_at(source: BinaryIO, start: int, size: int) -> bytes:
    return _read_within(source, start, size, source.seek(0, io.SEEK_END))


def _read_within(source: BinaryIO, start: int, size: int, length: int) -> bytes:
    if size > length - start or start < 0:
        raise BadContainer("the file is cut short")
    source.seek(start)
    buffer = bytearray(size)
    if fill(source, memoryview(buffer)) != size:
        raise BadContainer("the file is cut short")
    return bytes(buffer)
