"""Tiles hold the tree in the paths and bytes that C2SP tlog-tiles fixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.ledger import merkle, tiles


class Stored(dict[tuple[int, int], bytes]):
    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]


def log(size: int) -> tuple[Stored, bytes]:
    stored = Stored()
    growth = merkle.append(merkle.EMPTY, [merkle.hash_leaf(b"%d" % number) for number in range(size)])
    stored.update({(level, index): found for level, index, found in growth.nodes()})
    return stored, growth.edge.root


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (tiles.Tile(level=0, index=0), "tile/0/000"),
        (tiles.Tile(level=0, index=1234067), "tile/0/x001/x234/067"),
        (tiles.Tile(level=2, index=0, width=1), "tile/2/000.p/1"),
        (tiles.Tile(level=63, index=999, width=255), "tile/63/999.p/255"),
        (tiles.Tile(level=tiles.ENTRIES, index=1000, width=17), "tile/entries/x001/000.p/17"),
    ],
)
def test_a_tile_path_is_written_and_read_as_the_specification_says(tile: tiles.Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.parse_tile_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/64/000",
        "tile/00/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/01",
        "tile/-1/000",
        "tile/0/../000",
        "tile/0/" + "x001/" * 20 + "001",
        "/tile/0/000",
        "tile/0/000\n",
        "",
    ],
)
def test_any_other_spelling_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(tiles.BadTilePath):
        tiles.parse_tile_path(path)


@given(st.text(alphabet="tile/0123456789x.pens", max_size=40))
def test_any_path_is_a_tile_written_so_or_is_refused(path: str) -> None:
    try:
        found = tiles.parse_tile_path(path)
    except tiles.BadTilePath:
        return
    assert found.path == path


@given(st.integers(0, 2**40), st.integers(0, 5))
def test_every_tile_reads_back_from_its_path(index: int, level: int) -> None:
    tile = tiles.Tile(level=level, index=index)
    assert tiles.parse_tile_path(tile.path) == tile


def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    found = [tile for tile in tiles.new_tiles(0, 70_000) if tile.level != tiles.ENTRIES]
    full = [tile.level for tile in found if tile.width == 256]
    assert (full.count(0), full.count(1), full.count(2)) == (273, 1, 0)
    assert [tile.path for tile in found if tile.width < 256] == [
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]


def test_a_tree_of_256_has_a_full_tile_and_one_of_width_one() -> None:
    assert [tile.path for tile in tiles.new_tiles(0, 256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


def test_the_tiles_written_while_growing_are_those_of_the_whole() -> None:
    kept: dict[tuple[int, int], int] = {}
    for size in range(1, 700):
        kept.update({(tile.level, tile.index): tile.width for tile in tiles.new_tiles(size - 1, size)})
    assert kept == {(tile.level, tile.index): tile.width for tile in tiles.new_tiles(0, 699)}


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700, 70_000])
def test_a_verifier_that_has_only_tiles_finds_the_same_root_and_proofs(size: int) -> None:
    stored, root = log(size)
    served = {
        (tile.level, tile.index): tiles.tile_bytes(tile, size, stored)
        for tile in tiles.new_tiles(0, size)
        if tile.level != tiles.ENTRIES
    }
    nodes = tiles.TileNodes(lambda level, index: served[level, index])
    assert merkle.root(size, nodes) == root
    for index in {0, size // 2, size - 1}:
        proof = merkle.inclusion_proof(index, size, nodes)
        assert proof == merkle.inclusion_proof(index, size, stored)
        merkle.verify_inclusion(nodes.get(0, index), index, size, proof, root)
    half = merkle.consistency_proof(size // 2, size, nodes)
    merkle.verify_consistency(size // 2, size, merkle.root(size // 2, stored), root, half)


def test_a_tile_beyond_the_log_is_not_served() -> None:
    stored, _ = log(300)
    for tile in (
        tiles.Tile(level=0, index=2, width=1),
        tiles.Tile(level=0, index=1),
        tiles.Tile(level=0, index=1, width=45),
        tiles.Tile(level=2, index=0, width=1),
        tiles.Tile(level=tiles.ENTRIES, index=0),
    ):
        with pytest.raises(merkle.OutsideTree):
            tiles.tile_bytes(tile, 300, stored)


@pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 32 * 257])
def test_a_tile_of_a_wrong_size_is_refused(data: bytes) -> None:
    with pytest.raises(tiles.BadTile):
        tiles.TileNodes(lambda level, index: data).get(0, 1)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=40))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    data = tiles.bundle_bytes(entries)
    assert tiles.read_bundle(data, width=len(entries)) == entries
    for wrong in (data[:-1], data + b"\0", data + b"\0\0"):
        with pytest.raises(tiles.BadTile):
            tiles.read_bundle(wrong, width=len(entries))


def test_a_bundle_of_no_entry_or_too_many_or_too_long_ones_is_not_made() -> None:
    for entries in ([], [b""] * 257, [b"x" * 65536]):
        with pytest.raises(tiles.BadTile):
            tiles.bundle_bytes(entries)
