"""A folder as one file: how each member of the archive is written, byte for byte (spec/contents.md).

Rules in words. The archive is a POSIX pax tar that stock `tar` unpacks. There is one way only to write a member, so an
archive cannot say one thing to us and another to some other reader: whoever reads it makes the header anew from what
was read, and compares. Owners, groups and permissions are not taken along. The time of change is, to the nanosecond:
the whole seconds where every tar has them, the rest in the last, unused bytes of the header, because a pax record for
it would make small files a quarter larger. Names that are not short ASCII, links to such names, very large files,
times before 1970 and files with holes (GNU sparse format 1.0) have a pax record.

Every member is a piece of the exhibit's contents, described by one line of canonical JSON. A name that is not UTF-8 is
told in hexadecimal besides. Members stand in the order of the bytes of their names, folder by folder, each folder
before what is in it; the first may be the provenance of an extract and the last is the listing: all lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from rogatory.errors import BadInput
from rogatory.evidence.archive import holes
from rogatory.evidence.archive.holes import Segments

BLOCK = holes.BLOCK
MEDIA_TYPE = "application/x-tar"
LISTING = b"rogatory-listing.jsonl"
PROVENANCE = b"rogatory-provenance.json"
RESERVED = frozenset({LISTING, PROVENANCE})
END = bytes(2 * BLOCK)

FILE, FOLDER, LINK, LEFT_OUT = "file", "folder", "link", "left-out"
#: What is left out: neither files nor folders nor links.
SPECIAL = ("device", "fifo", "socket")

MAX_MEMBERS = 10_000_000
MAX_NAME_BYTES = 255
MAX_PATH_BYTES = 16_000
MAX_TARGET_BYTES = 4_095
MAX_DEPTH = 200
MAX_SIZE = 2**50
#: The listing has a plain header, in which a larger size has no room.
MAX_LISTING = 8**11 - 1

_SHORT = 100
_OCTAL_11 = 8**11
_BILLION = 1_000_000_000
_TYPE = {FILE: b"0", LINK: b"2", FOLDER: b"5"}
_MODE = {FILE: b"0000644\0", LINK: b"0000777\0", FOLDER: b"0000755\0"}
_OWNERS = b"0000000\0" * 2
_MAGIC = b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(155)
_NO_NANOSECONDS = bytes(12)


class BadArchive(BadInput):
    """The archive in the exhibit is not one that Rogatory has written."""

    code = "bad-archive"
    remedy = "Do not unpack it. Open it as a file, if it must be looked at, and ask its sender."


class BadMemberName(BadInput):
    """The name of a member is not one that a folder can have."""

    code = "bad-member-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member: its number, path (bytes, `/` between names), kind, time of change (nanoseconds since 1970).

    *size* is that of the file in bytes, holes included; *segments* are the (offset, bytes) that hold data when the
    file has holes, else None; *target* is that of a link; *was* says what was left out, one of `SPECIAL`.
    """

    n: int
    path: bytes
    kind: str
    mtime: int
    size: int = 0
    segments: Segments | None = None
    target: bytes = b""
    was: str = ""

    @property
    def stored(self) -> int:
        """The bytes of data behind the header, the map of a file with holes not counted."""
        return self.size if self.segments is None else sum(length for _, length in self.segments)


def file_header(n: int, path: bytes, size: int, mtime: int) -> bytes:
    """The header of a file without holes; fast for short plain names."""
    if len(path) <= _SHORT and size < _OCTAL_11 and 0 <= mtime < _OCTAL_11 * _BILLION and path.isascii():
        return _block(path, FILE, size, mtime, b"")
    return _extended(Member(n=n, path=path, kind=FILE, mtime=mtime, size=size))


def header(member: Member) -> bytes:
    """All that stands before the data of *member*: pax records where it needs them, the header, the map of holes."""
    if member.kind == FILE and member.segments is None:
        return file_header(member.n, member.path, member.size, member.mtime)
    if member.kind == LEFT_OUT:
        record = _record(b"comment", line(member))
        return _pax(b"g", member.n, record)
    return _extended(member)


def padding(size: int) -> bytes:
    """What fills the last block of data of *size* bytes."""
    return bytes(-size % BLOCK)


def file_line(n: int, path: bytes, size: int, mtime: int, sha256: str) -> bytes:
    """The line of a file: canonical JSON, no newline; *sha256* in hexadecimal."""
    raw, said = _path(path)
    return (
        f'{{"mtime":"{decimal(mtime)}","n":{n},"path":{said}{raw},"sha256":"{sha256}","size":{size},"type":"file"}}'
    ).encode()


def line(member: Member, sha256: str = "") -> bytes:
    """The line of *member*: canonical JSON, no newline."""
    if member.kind == FILE:
        return file_line(member.n, member.path, member.size, member.mtime, sha256)
    raw, said = _path(member.path)
    more = ""
    if member.kind == LINK:
        raw_target, target = _path(member.target, "raw_target")
        more = f'{raw_target},"target":{target}'
    was = f',"was":"{member.was}"' if member.kind == LEFT_OUT else ""
    return (
        f'{{"mtime":"{decimal(member.mtime)}","n":{member.n},"path":{said}{raw}{more},"type":"{member.kind}"{was}}}'
    ).encode()


def decimal(mtime: int) -> str:
    """Nanoseconds as seconds with nine decimals, as a pax record has them."""
    seconds, rest = divmod(abs(mtime), _BILLION)
    return f"{'-' if mtime < 0 else ''}{seconds}.{rest:09d}"


def require_name(name: bytes) -> bytes:
    """*name* itself; raises `BadMemberName` when no file in a folder can have it."""
    if not 0 < len(name) <= MAX_NAME_BYTES or name in (b".", b"..") or b"/" in name or b"\0" in name:
        raise BadMemberName(f"{shown(name[:80])} is no name of a file in a folder")
    return name


def require_path(path: bytes) -> Sequence[bytes]:
    """The names in *path*; raises `BadMemberName` when it is absolute, climbs, is too long or too deep."""
    names = path.split(b"/")
    if len(path) > MAX_PATH_BYTES or len(names) > MAX_DEPTH:
        raise BadMemberName(
            f"{shown(path[:80])}… has more than {MAX_PATH_BYTES} bytes or lies deeper than {MAX_DEPTH} folders"
        )
    for name in names:
        require_name(name)
    return names


def shown(path: bytes) -> str:
    """*path* as it may be shown on one line: signs that cannot be seen are written as escapes."""
    text = path.decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def _path(path: bytes, name: str = "raw") -> tuple[str, str]:
    """The member *name* with the bytes in hexadecimal when they are not UTF-8, else nothing; and the text as JSON."""
    try:
        return "", encode_basestring(path.decode())
    except UnicodeDecodeError:
        return f',"{name}":"{path.hex()}"', encode_basestring(path.decode("utf-8", "replace"))


def _block(name: bytes, kind: str, size: int, mtime: int, link: bytes) -> bytes:
    seconds, rest = divmod(mtime, _BILLION)
    numbers = b"%011o\0%011o\0" % (size, seconds)
    nanoseconds = b"%09d\0\0\0" % rest if rest else _NO_NANOSECONDS
    mode, flag = _MODE[kind], _TYPE[kind]
    total = _FIXED_SUM[kind] + sum(name) + sum(numbers) + sum(nanoseconds) + sum(link)
    return b"".join(
        (
            name.ljust(_SHORT, b"\0"),
            mode,
            _OWNERS,
            numbers,
            b"%06o\0 " % total,
            flag,
            link.ljust(_SHORT, b"\0"),
            _MAGIC,
            nanoseconds,
        )
    )


def _extended(member: Member) -> bytes:
    records, name, link, mtime, size = _records(member)
    before = _pax(b"x", member.n, records) if records else b""
    return before + _block(name, member.kind, size if size < _OCTAL_11 else 0, mtime, link) + _map_of(member)


def _map_of(member: Member) -> bytes:
    return b"" if member.segments is None else holes.write_map(member.segments, member.size)


def _records(member: Member) -> tuple[bytes, bytes, bytes, int, int]:
    """The pax records of *member*, and what its plain header then says: name, link, time, size."""
    found: list[tuple[bytes, bytes]] = []
    name, link, mtime = member.path, member.target, member.mtime
    size = member.stored + len(_map_of(member))
    if not (_is_utf8(name) and _is_utf8(link)):
        found.append((b"hdrcharset", b"BINARY"))
    if member.segments is not None:
        found += [(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", name)]
        found.append((b"GNU.sparse.realsize", b"%d" % member.size))
        name = b"GNUSparseFile.0/%d" % member.n
    elif not _is_short(name):
        found.append((b"path", name))
        name = b"member-%d" % member.n
    if not _is_short(link):
        found.append((b"linkpath", link))
        link = b"target-%d" % member.n
    if not 0 <= mtime < _OCTAL_11 * _BILLION:
        found.append((b"mtime", decimal(mtime).encode()))
        mtime = 0
    if size >= _OCTAL_11:
        found.append((b"size", b"%d" % size))
    return b"".join(_record(key, value) for key, value in found), name, link, mtime, size


def _pax(flag: bytes, n: int, records: bytes) -> bytes:
    head = _block(b"PaxHeaders/%d" % n, FILE, len(records), 0, b"")
    # The type of the block is one sign; its checksum changes by as much.
    total = int(head[148:154], 8) - ord("0") + ord(flag)
    head = head[:148] + b"%06o\0 " % total + flag + head[157:]
    return head + records + padding(len(records))


def _record(key: bytes, value: bytes) -> bytes:
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest) + 1
    while len(b"%d" % length) + len(rest) != length:
        length = len(b"%d" % length) + len(rest)
    return b"%d" % length + rest


def _is_short(name: bytes) -> bool:
    return len(name) <= _SHORT and name.isascii()


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


#: The sum of the bytes of a header that are always the same, with eight spaces in place of the checksum.
_FIXED_SUM = {kind: sum(_MODE[kind] + _OWNERS + b" " * 8 + _TYPE[kind] + _MAGIC) for kind in _TYPE}
