"""What a blob is in an S3-compatible store: pieces, each under its place and its SHA-256, and an index written last.

Below the name of the blob stand its pieces (`<offset, 16 digits>-<SHA-256>`), the `index` that makes it a blob, and
while it is unfinished a marker `unfinished`. The index is text: a line `rogatory-blob/v1 SIZE`, the names of the
pieces in their order, and the SHA-256 of these lines. So stock tools can put a blob together: fetch the pieces that
the index names and `cat` them. A piece is verified whenever it is read.
"""

import bisect
import hashlib
import io
import itertools
import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from rogatory.errors import Untrusted
from rogatory.ports.blobs import BlobDamaged

PIECE_BYTES = 8 * 1024 * 1024
READ_AHEAD = 2
_FIRST_LINE = re.compile(r"rogatory-blob/v1 (\d{1,16})")
_PIECE = re.compile(r"(\d{16})-([0-9a-f]{64})")


class BadIndex(Untrusted):
    """The index of a blob in the store is not one."""

    code = "bad-blob-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The bytes of a blob from *offset*, *size* of them, and their SHA-256 in hexadecimal."""

    offset: int
    size: int
    sha256: str

    @property
    def end(self) -> int:
        """The offset of the first byte that is not in it."""
        return self.offset + self.size

    @property
    def name(self) -> str:
        """The last part of the name of its object."""
        return f"{self.offset:016d}-{self.sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A blob of *size* bytes: its pieces, in order; an unfinished one may have gaps between them."""

    size: int
    pieces: tuple[Piece, ...]

    def to_bytes(self) -> bytes:
        """The object that makes the pieces a blob."""
        lines = [f"rogatory-blob/v1 {self.size}", *(piece.name for piece in self.pieces)]
        text = "".join(f"{line}\n" for line in lines).encode("ascii")
        return text + hashlib.sha256(text).hexdigest().encode("ascii") + b"\n"

    def is_whole(self) -> bool:
        """Whether the pieces follow each other from the first byte to the last."""
        place = 0
        for piece in self.pieces:
            if piece.offset != place:
                return False
            place = piece.end
        return place == self.size


def read_index(data: bytes) -> Index:
    """The index that *data* is; raises `BadIndex`."""
    text, _, said = data.removesuffix(b"\n").rpartition(b"\n")
    if hashlib.sha256(text + b"\n").hexdigest().encode() != said:
        raise BadIndex("the index does not have the digest that it ends with")
    first, *lines = text.decode("ascii", errors="replace").split("\n")
    head = _FIRST_LINE.fullmatch(first)
    found = [_PIECE.fullmatch(line) for line in lines]
    if head is None or not all(found):
        raise BadIndex("a line of the index is not of its form")
    size = int(head[1])
    places = [(int(one[1]), one[2]) for one in found if one]
    ends = [*(offset for offset, _ in places[1:]), size]
    pieces = tuple(
        Piece(offset=offset, size=end - offset, sha256=sha256)
        for (offset, sha256), end in zip(places, ends, strict=bool(places))
    )
    index = Index(size=size, pieces=pieces)
    if not index.is_whole() or any(piece.size <= 0 for piece in pieces):
        raise BadIndex("the pieces of the index do not follow each other")
    return index


def piece_of(name: str, size: int) -> Piece | None:
    """The piece that an object called *name* of *size* bytes is, or `None` when it is none."""
    found = _PIECE.fullmatch(name)
    return Piece(offset=int(found[1]), size=size, sha256=found[2]) if found else None


def make_piece(offset: int, data: bytes | memoryview) -> Piece:
    """The piece that *data* is at *offset*."""
    return Piece(offset=offset, size=len(data), sha256=hashlib.sha256(data).hexdigest())


class PieceReader(io.RawIOBase):
    """The bytes of an index, seekable; *fetch* gives the verified bytes of a piece. Gaps read as zeros.

    Who reads on gets the next pieces fetched ahead by *hands*.
    """

    def __init__(self, index: Index, fetch: Callable[[Piece], bytes], hands: Executor) -> None:
        self._index, self._fetch, self._hands = index, fetch, hands
        self._starts = [piece.offset for piece in index.pieces]
        self._coming: dict[int, Future[bytes]] = {}
        self._held: tuple[int, bytes] = (-1, b"")
        self._place = 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to *offset*, as files do."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._index.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        """The present place."""
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes, at most to the end of a piece; raises `BlobDamaged`."""
        if self._place >= self._index.size:
            return 0
        number = bisect.bisect_right(self._starts, self._place) - 1
        pieces = self._index.pieces
        if number < 0 or self._place >= pieces[number].end:
            until = pieces[number + 1].offset if number + 1 < len(pieces) else self._index.size
            count = min(len(buffer), until - self._place)
            buffer[:count] = bytes(count)
        else:
            data = memoryview(self._piece(number))[self._place - pieces[number].offset :]
            count = min(len(buffer), len(data))
            buffer[:count] = data[:count]
        self._place += count
        return count

    def close(self) -> None:
        """Let go of what was fetched ahead."""
        for one in self._coming.values():
            one.cancel()
        self._coming.clear()
        self._held = (-1, b"")
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] == number:
            return self._held[1]
        goes_on = number == self._held[0] + 1
        coming = self._coming.pop(number, None)
        if coming is None:
            self.forget()
        if goes_on:
            for ahead in range(number + 1, min(number + 1 + READ_AHEAD, len(self._starts))):
                if ahead not in self._coming:
                    self._coming[ahead] = self._hands.submit(self._fetch, self._index.pieces[ahead])
        data = coming.result() if coming else self._fetch(self._index.pieces[number])
        self._held = (number, data)
        return data

    def forget(self) -> None:
        """Forget what was fetched ahead: who reads went elsewhere."""
        for one in self._coming.values():
            one.cancel()
        self._coming.clear()


def verified(piece: Piece, data: bytes, blob: str) -> bytes:
    """*data*, found to be *piece* of *blob*; raises `BlobDamaged`."""
    if len(data) != piece.size or hashlib.sha256(data).hexdigest() != piece.sha256:
        raise BlobDamaged(f"the piece of {blob} at byte {piece.offset} is not what was written")
    return data


def recut(index: Index, size: int, stretch: tuple[int, int], piece_bytes: int) -> tuple[tuple[int, int], ...]:
    """The stretches (start, end) in which the bytes of *stretch* are stored anew: cut as the pieces of *index* were."""
    offset, end = stretch
    marks: Sequence[int] = [piece.offset for piece in index.pieces] + [index.size, size]
    cuts = sorted({offset, end, *(mark for mark in marks if offset < mark < end)})
    return tuple(
        (place, min(place + piece_bytes, until))
        for start, until in itertools.pairwise(cuts)
        for place in range(start, until, piece_bytes)
    )
