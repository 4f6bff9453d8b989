"""Files with holes: where their data lie, and the SHA-256 of the whole, zeros included.

Rules in words. A hole is read as zeros and is not stored. The segments are the (offset, bytes) that hold data, in
order, apart from each other, none of them empty. The map in the archive is that of GNU sparse format 1.0: how many
pairs, then each offset and length on a line of its own, filled up to a whole block; where the file ends in a hole, a
last pair (size, 0) says so. The SHA-256 is that of the file as anybody reads it.
"""

import hashlib
from collections.abc import Iterable, Iterator

BLOCK = 512
MAX_SEGMENTS = 100_000
#: What a map may weigh: so many pairs of numbers, none longer than 16 digits.
MAX_MAP_BYTES = (2 * MAX_SEGMENTS + 3) * 17 + BLOCK

Segments = tuple[tuple[int, int], ...]
Data = bytes | memoryview

_ZEROS = memoryview(bytes(1024 * 1024))


class HoleHasher:
    """The SHA-256 of a file of which only the data are given, each block with its offset, in order."""

    def __init__(self) -> None:
        self._hasher = hashlib.sha256()
        self._place = 0

    def update(self, offset: int, block: Data) -> None:
        """Take the data that stand at *offset*, zeros before them."""
        self._fill(offset)
        self._hasher.update(block)
        self._place += len(block)

    def finish(self, size: int) -> str:
        """The SHA-256 of the file of *size* bytes, in hexadecimal."""
        self._fill(size)
        return self._hasher.hexdigest()

    def _fill(self, end: int) -> None:
        while self._place < end:
            zeros = _ZEROS[: end - self._place]
            self._hasher.update(zeros)
            self._place += len(zeros)


def placed(blocks: bytes | Iterable[Data], segments: Segments) -> Iterator[tuple[int, Data]]:
    """Each of *blocks* (or the one of a single segment) with the offset at which it stands; none crosses a hole."""
    left = iter(segments)
    place = end = 0
    for block in (blocks,) if isinstance(blocks, bytes) else blocks:
        if place == end:
            place, length = next(left)
            end = place + length
        yield place, block
        place += len(block)


def write_map(segments: Segments, size: int) -> bytes:
    """The map of a file of *size* bytes with data in *segments*, as it stands before the data."""
    ends = segments[-1][0] + segments[-1][1] if segments else -1
    every = segments if ends == size else (*segments, (size, 0))
    numbers = [len(every), *(number for pair in every for number in pair)]
    data = b"".join(b"%d\n" % number for number in numbers)
    return data + bytes(-len(data) % BLOCK)


def read_map(data: bytes, size: int) -> Segments:
    """The segments in the map *data* of a file of *size* bytes; raises `ValueError` when it is not a map of it."""
    numbers = [int(number) for number in data.rstrip(b"\0").split(b"\n")[:-1]]
    pairs = tuple(zip(numbers[1::2], numbers[2::2], strict=True))
    if not numbers or numbers[0] != len(pairs) or len(pairs) > MAX_SEGMENTS + 1:
        raise ValueError("the number of segments")
    segments = pairs[:-1] if pairs and pairs[-1] == (size, 0) else pairs
    place = -1
    for offset, length in segments:
        if offset <= place or length <= 0 or offset + length > size:
            raise ValueError("the order of the segments")
        place = offset + length
    return segments
