"""Tiles (C2SP tlog-tiles): the log as files that any cache may hold.

Rules in words. A tile has up to 256 hashes: level 0 the leaf hashes, each further level the hashes of full tiles
below, so tile (L, N) holds the complete subtrees (8L, 256N) up to (8L, 256N + 255). A full tile never changes; the
one at the right edge is partial and its path says how wide it is. Entry bundles hold the entries of the level-0 tile
of the same number, each after two bytes of length. A number is written in groups of three digits, all but the last
after an `x`: 1234067 is `x001/x234/067`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rogatory.errors import BadInput
from rogatory.ledger import merkle

WIDTH = 256
HEIGHT = 8
MAX_LEVEL = 63
ENTRIES = -1
_MAX_ENTRY = 0xFFFF
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class BadTilePath(BadInput):
    """The path does not name a tile such as `tile/0/x001/234` or `tile/entries/000.p/17`."""

    code = "bad-tile-path"


class BadTile(BadInput):
    """The bytes are not those of such a tile."""

    code = "bad-tile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """The name of a tile: level (0 to 63, or `ENTRIES` for an entry bundle), number, width (256 when full)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where the tile is served, below the log's address."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        digits = f"{self.index:d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[place : place + 3] for place in range(0, len(digits), 3)]
        number = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
        return f"tile/{level}/{number}" + ("" if self.width == WIDTH else f".p/{self.width}")


def parse_tile_path(path: str) -> Tile:
    """The tile that *path* names; raises `BadTilePath` for any spelling but the one `Tile.path` gives."""
    match = _PATH.fullmatch(path) if len(path) < 80 else None
    if not match:
        raise BadTilePath(f"{path[:80]!r} does not name a tile such as tile/0/x001/234")
    tile = Tile(
        level=ENTRIES if match["level"] == "entries" else int(match["level"]),
        index=int(match["index"].replace("x", "").replace("/", "")),
        width=int(match["width"]) if match["width"] else WIDTH,
    )
    if tile.level > MAX_LEVEL or tile.width > WIDTH or tile.path != path:
        raise BadTilePath(f"{path[:80]!r} is not how this tile is written")
    return tile


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes tile (*level*, *index*) has in a tree of *size* entries: 0 when it does not exist."""
    across = size >> (HEIGHT * max(level, 0))
    return max(0, min(WIDTH, across - index * WIDTH))


def tile_bytes(tile: Tile, size: int, nodes: merkle.Nodes) -> bytes:
    """The bytes of *tile* (level 0 or above) in a tree of *size* entries: 32 a hash; raises `OutsideTree`."""
    if tile.level < 0 or tile.width > tile_width(tile.level, tile.index, size):
        raise merkle.OutsideTree(f"a log of {size} entries has no {tile.path}")
    first = tile.index * WIDTH
    return b"".join(nodes.get(tile.level * HEIGHT, first + place) for place in range(tile.width))


def verify_tile(tile: Tile, data: bytes, edge: merkle.Edge, nodes: merkle.Nodes) -> None:
    """Raise `NotIncluded` unless *data* is *tile*, as wide as the tree of *edge* has it (level 0 or above).

    A full tile is one complete subtree, a partial one is a part of the edge; what *nodes* gives is not believed.
    """
    hashes = [data[place : place + merkle.HASH_BYTES] for place in range(0, len(data), merkle.HASH_BYTES)]
    if len(data) != tile.width * merkle.HASH_BYTES or tile.width != tile_width(tile.level, tile.index, edge.size):
        raise merkle.NotIncluded(f"{len(data)} bytes are not {tile.path} of a tree of {edge.size} entries")
    first, base = tile.index * WIDTH, tile.level * HEIGHT
    start = 0
    for height in range(HEIGHT, -1, -1):
        if tile.width >> height & 1:
            row = hashes[start : start + (1 << height)]
            top = merkle.append(merkle.EMPTY, row).edge.hashes[0]
            merkle.verify_subtree((base + height, (first + start) >> height, top), edge, nodes)
            start += 1 << height


def new_tiles(old: int, new: int) -> list[Tile]:
    """The tiles to write when a log grows from *old* to *new* entries, bundles first, partial ones as they now are."""
    found: list[Tile] = []
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        shift = HEIGHT * max(level, 0)
        before, after = old >> shift, new >> shift
        if not after:
            break
        if after > before:
            indices = range(before // WIDTH, (after - 1) // WIDTH + 1)
            found += [Tile(level=level, index=index, width=tile_width(level, index, new)) for index in indices]
    return found


def bundle_bytes(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each of *entries* (1 to 256) after its length in two bytes, big-endian."""
    if not 1 <= len(entries) <= WIDTH or any(len(entry) > _MAX_ENTRY for entry in entries):
        raise BadTile(f"a bundle has 1 to {WIDTH} entries of at most {_MAX_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def read_bundle(data: bytes, *, width: int) -> list[bytes]:
    """The *width* entries of the bundle *data*; raises `BadTile`."""
    entries: list[bytes] = []
    place = 0
    while place < len(data) and len(entries) < width:
        length = int.from_bytes(data[place : place + 2])
        entry = data[place + 2 : place + 2 + length]
        if len(data) - place < 2 or len(entry) < length:
            raise BadTile(f"the bundle ends within entry {len(entries)}")
        entries.append(entry)
        place += 2 + length
    if len(entries) != width or place != len(data):
        raise BadTile(f"the bundle does not hold exactly {width} entries")
    return entries


class TileNodes:
    """The nodes of a log that is known only by its tiles.

    *read* gives the bytes of the tile with this level and number, whole or partial; each is read once. The bytes are
    not believed: what is hashed from them proves itself against a signed root.
    """

    def __init__(self, read: Callable[[int, int], bytes], *, limit: int = 4096) -> None:
        self._read = read
        self._limit = limit
        self._cache: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """The 32-byte hash of the complete subtree (*level*, *index*); raises `BadTile` when its tile is too short."""
        tile_level, height = divmod(level, HEIGHT)
        first = index << height
        data = self._tile(tile_level, first // WIDTH)
        begin = first % WIDTH * merkle.HASH_BYTES
        end = begin + (merkle.HASH_BYTES << height)
        if end > len(data):
            raise BadTile(f"tile {tile_level}/{first // WIDTH} has {len(data)} bytes, {end} are needed")
        row = [data[place : place + merkle.HASH_BYTES] for place in range(begin, end, merkle.HASH_BYTES)]
        while len(row) > 1:
            row = [merkle.hash_pair(left, right) for left, right in zip(row[0::2], row[1::2], strict=True)]
        return row[0]

    def _tile(self, level: int, index: int) -> bytes:
        found = self._cache.get((level, index))
        if found is None:
            if len(self._cache) >= self._limit:
                self._cache.clear()
            found = self._read(level, index)
            if len(found) > WIDTH * merkle.HASH_BYTES or len(found) % merkle.HASH_BYTES:
                raise BadTile(f"tile {level}/{index} has {len(found)} bytes")
            self._cache[level, index] = found
        return found
