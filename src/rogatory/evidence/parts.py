"""The parts of a sealed exhibit: what lets a terabyte arrive in pieces, in any order, and be checked piece by piece.

Rules in words. The sealed file is cut every `size` bytes (8 MiB unless said otherwise); the last part is what is
left, never empty. Parts are numbered from zero. The part list is the SHA-256 of each part, 32 raw bytes each, one
after another. The root is the RFC 9162 tree hash over the list (the data of leaf n is the digest of part n); the
manifest signs the root, so the list needs no signature of its own, and the root names the sealed file: whoever has
the bytes can hash it again from them. A part is stored only after its number, size and digest were checked; the same
part twice changes nothing. This file stores nothing: blobs come through `PartBlobs`.
"""

import hashlib
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from rogatory.errors import BadInput, Untrusted
from rogatory.ledger import merkle

PART_BYTES = 8 * 1024 * 1024
MIN_PART_BYTES = 64 * 1024
MAX_PART_BYTES = 1024 * 1024 * 1024
MAX_PARTS = 2**22
DIGEST_BYTES = 32


class BadParts(BadInput):
    """The sizes and number of the parts do not fit the size of the sealed file."""

    code = "bad-parts"


class WrongPartList(Untrusted):
    """The list of part digests is not the one that the manifest signs."""

    code = "wrong-part-list"


class PartOutOfRange(Untrusted):
    """The sealed file has no part of this number."""

    code = "part-out-of-range"


class WrongPartSize(Untrusted):
    """The part is longer or shorter than it must be."""

    code = "wrong-part-size"


class WrongPartDigest(Untrusted):
    """The part is not what was sealed."""

    code = "wrong-part-digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How a sealed file of *total* bytes is cut: parts of *size* bytes, *count* of them, tree hash *root* (hex)."""

    total: int
    size: int
    count: int
    root: str

    def __post_init__(self) -> None:
        if not MIN_PART_BYTES <= self.size <= MAX_PART_BYTES:
            raise BadParts(f"a part has {MIN_PART_BYTES} to {MAX_PART_BYTES} bytes, not {self.size}")
        if self.total < 1 or self.count != -(-self.total // self.size) or self.count > MAX_PARTS:
            raise BadParts(f"{self.total} bytes are not {self.count} parts of {self.size} bytes (at most {MAX_PARTS})")

    def length(self, number: int) -> int:
        """How many bytes part *number* has; raises `PartOutOfRange`."""
        if not 0 <= number < self.count:
            raise PartOutOfRange(f"there is no part {number}: the sealed file has {self.count}, counted from 0")
        return min(self.size, self.total - number * self.size)


def parts_root(digests: bytes) -> str:
    """The RFC 9162 tree hash, in hexadecimal, over the part list *digests* (32 raw bytes a part)."""
    if not digests or len(digests) % DIGEST_BYTES:
        raise WrongPartList(f"a part list has {DIGEST_BYTES} bytes a part, at least one part, not {len(digests)} bytes")
    leaves = [merkle.hash_leaf(record) for record in _records(digests)]
    while len(leaves) > 1:
        pairs = [merkle.hash_pair(left, right) for left, right in zip(leaves[0::2], leaves[1::2], strict=False)]
        leaves = pairs + leaves[len(leaves) & ~1 :]
    return leaves[0].hex()


def verify_part_list(parts: Parts, digests: bytes) -> None:
    """Raise `WrongPartList` unless *digests* (32 raw bytes a part) is the list whose root the manifest signs."""
    if len(digests) != parts.count * DIGEST_BYTES:
        raise WrongPartList(
            f"{parts.count} parts have {parts.count * DIGEST_BYTES} bytes of digests, not {len(digests)}"
        )
    if parts_root(digests) != parts.root:
        raise WrongPartList


def verify_part(parts: Parts, digests: bytes, number: int, data: bytes | memoryview) -> None:
    """Raise unless *data* is part *number*; *digests* was verified before.

    Raises `PartOutOfRange`, `WrongPartSize` or `WrongPartDigest`.
    """
    verify_part_size(parts, number, len(data))
    verify_part_digest(digests, number, hashlib.sha256(data).digest())


def verify_part_size(parts: Parts, number: int, size: int) -> None:
    """Raise `PartOutOfRange` or `WrongPartSize` unless part *number* has *size* bytes."""
    if size != parts.length(number):
        raise WrongPartSize(f"part {number} has {parts.length(number)} bytes, {size} came")


def verify_part_digest(digests: bytes, number: int, found: bytes) -> None:
    """Raise `WrongPartDigest` unless *found* (32 bytes) is the digest of part *number*."""
    if found != digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]:
        raise WrongPartDigest(f"part {number} (counted from 0) is not what was sealed; ask for it again")


def missing_parts(parts: Parts, held: Container[int]) -> Iterator[int]:
    """The numbers of the parts not in *held*, in order."""
    return (number for number in range(parts.count) if number not in held)


class PartHasher:
    """Digests the parts of a sealed file that passes through it in pieces of any size; *found* sees each digest.

    With *before*, the list of its first parts, it takes up the file behind them.
    """

    def __init__(
        self, size: int = PART_BYTES, found: Callable[[int, bytes], None] | None = None, *, before: bytes = b""
    ) -> None:
        self._size = size
        self._found = found
        self._digests = bytearray(before)
        self._hash = hashlib.sha256()
        self._left = size
        self.total = self.closed * size

    @property
    def closed(self) -> int:
        """How many parts have passed wholly."""
        return len(self._digests) // DIGEST_BYTES

    def digests_from(self, number: int) -> bytes:
        """The digests of the closed parts from *number* on, 32 raw bytes each."""
        return bytes(self._digests[number * DIGEST_BYTES :])

    def update(self, data: bytes | memoryview) -> None:
        """Take the next bytes of the sealed file."""
        view = memoryview(data)
        self.total += len(view)
        while len(view):
            piece = view[: self._left]
            self._hash.update(piece)
            self._left -= len(piece)
            view = view[len(piece) :]
            if not self._left:
                self._close()

    def finish(self) -> bytes:
        """The part list, 32 raw bytes a part; call it once, at the end."""
        if self._left < self._size:
            self._close()
        return bytes(self._digests)

    def _close(self) -> None:
        digest = self._hash.digest()
        if self._found:
            self._found(self.closed, digest)
        self._digests += digest
        self._hash = hashlib.sha256()
        self._left = self._size


def _records(digests: bytes) -> list[bytes]:
    return [digests[place : place + DIGEST_BYTES] for place in range(0, len(digests), DIGEST_BYTES)]
