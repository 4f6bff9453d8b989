"""Headers of members as they are read; whoever calls compares the result with what `layout` would write.

Nothing here need be strict about the form, because that comparison is: it only must not fall over, and read the one
right form rightly. Every failure is a `BadArchive`.
"""

import re
from dataclasses import replace

from rogatory.evidence.archive import holes, layout
from rogatory.evidence.archive.layout import FILE, FOLDER, LEFT_OUT, LINK, MAX_SIZE, SPECIAL, BadArchive, Member
from rogatory.kernel import canonical

#: What the pax records of one member may weigh: a path, a target, their hexadecimal forms in a line, and some words.
MAX_RECORDS = 256 * 1024
_KINDS = {b"0": FILE, b"2": LINK, b"5": FOLDER}
_RECORD = re.compile(rb"([1-9][0-9]{0,6}) ")
_DECIMAL = re.compile(r"(-?)([0-9]{1,15})\.([0-9]{9})")
_BILLION = 1_000_000_000


def plain_name(head: bytes) -> bytes:
    """The name in a header."""
    return head[:100].rstrip(b"\0")


def plain_size(head: bytes) -> int:
    """The size in a header, in bytes."""
    return _octal(head[124:135])


def read_plain(head: bytes, n: int) -> Member | None:
    """Member *n*, when its header says all of it; None when records come first."""
    flag = head[156:157]
    if flag in (b"x", b"g"):
        return None
    member = _plain(head, n)
    right = layout.file_header(n, member.path, member.size, member.mtime) if flag == b"0" else layout.header(member)
    if right != head:
        raise BadArchive(f"member {n} of the archive is not written as it must be")
    return member


def read_extended(records: bytes, head: bytes, n: int) -> Member:
    """Member *n* as its pax *records* and its header *head* describe it; the map of one with holes is still to come."""
    found = _records(records)
    plain = _plain(head, n)
    path = found.get(b"GNU.sparse.name", found.get(b"path", plain.path))
    mtime = _from_decimal(found[b"mtime"].decode("ascii", "replace")) if b"mtime" in found else plain.mtime
    size = _number(found[b"size"]) if b"size" in found else plain.size
    member = replace(plain, path=path, mtime=mtime, size=size, target=found.get(b"linkpath", plain.target))
    if b"GNU.sparse.realsize" in found:
        return replace(member, size=_number(found[b"GNU.sparse.realsize"]), segments=())
    return member


def with_map(member: Member, map_: bytes) -> Member:
    """*member* with the holes that *map_* describes."""
    try:
        return replace(member, segments=holes.read_map(map_, member.size))
    except ValueError as error:
        raise BadArchive(f"the map of the holes of member {member.n} cannot be read: {error}") from error


def map_pairs(data: bytes) -> int:
    """How many pairs the map has that begins with *data*."""
    count = _number(data.partition(b"\n")[0])
    if count > holes.MAX_SEGMENTS + 1:
        raise BadArchive(f"the map of a file with holes names more than {holes.MAX_SEGMENTS} stretches of data")
    return count


def read_left_out(records: bytes, n: int) -> Member:
    """Member *n*, which was left out, as the comment in *records* tells it."""
    try:
        said = canonical.loads_object(_records(records).get(b"comment", b""), limit=MAX_RECORDS)
    except canonical.BadJSON as error:
        raise BadArchive(f"what is said of member {n} of the archive, left out, cannot be read") from error
    path, raw, was, mtime = said.get("path"), said.get("raw"), said.get("was"), said.get("mtime")
    if not isinstance(path, str) or not isinstance(mtime, str) or was not in SPECIAL:
        raise BadArchive(f"member {n} of the archive is said to be left out, but not in the words for that")
    try:
        name = bytes.fromhex(raw) if isinstance(raw, str) else path.encode()
    except ValueError as error:
        raise BadArchive(f"the name of member {n} of the archive cannot be read") from error
    return Member(n=n, path=name, kind=LEFT_OUT, mtime=_from_decimal(mtime), was=was)


def _plain(head: bytes, n: int) -> Member:
    kind = _KINDS.get(head[156:157])
    if kind is None:
        raise BadArchive(f"member {n} of the archive is of a kind that is not written here, such as a device")
    nanoseconds = _number(head[500:509]) if head[500] else 0
    mtime = _octal(head[136:147]) * _BILLION + nanoseconds
    target = head[157:257].rstrip(b"\0")
    return Member(n=n, path=plain_name(head), kind=kind, mtime=mtime, size=plain_size(head), target=target)


def _records(data: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    place = 0
    while place < len(data):
        length = _RECORD.match(data, place)
        end = place + int(length[1]) if length else 0
        if length is None or not length.end() < end <= len(data):
            raise BadArchive("a pax record of the archive is not as long as it says")
        key, _, value = data[length.end() : end - 1].partition(b"=")
        found[key] = value
        place = end
    return found


def _octal(field: bytes) -> int:
    try:
        return int(field, 8)
    except ValueError as error:
        raise BadArchive("a number in a header of the archive cannot be read") from error


def _number(text: bytes) -> int:
    if not text.isdigit() or len(text) > 16 or int(text) > MAX_SIZE:
        raise BadArchive("a number in the archive cannot be read, or is too large")
    return int(text)


def _from_decimal(text: str) -> int:
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise BadArchive("a time in the archive cannot be read")
    mtime = int(found[2]) * _BILLION + int(found[3])
    return -mtime if found[1] else mtime
