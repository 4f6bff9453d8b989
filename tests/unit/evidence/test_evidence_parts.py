"""Parts arrive in any order, twice, late or wrong; only the right ones are kept."""

import hashlib
import io

import pytest
from evidence_samples import SMALL_PARTS, sealed_exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.evidence import parts
from rogatory.ledger import merkle

SEALED, FOUND = sealed_exhibit(hashlib.shake_256(b"parts").digest(6 * SMALL_PARTS + 9))
CUT, DIGESTS = FOUND.parts, FOUND.part_digests
PIECES = [SEALED[place : place + SMALL_PARTS] for place in range(0, len(SEALED), SMALL_PARTS)]


class Kept(dict[int, bytes]):
    """Part blobs in memory."""

    writes = 0

    def held(self) -> set[int]:
        return set(self)

    def put(self, number: int, data: bytes) -> None:
        self.writes += 1
        self[number] = data

    def read(self, number: int) -> bytes:
        return self[number]


@given(st.permutations(range(len(PIECES))), st.lists(st.integers(0, len(PIECES) - 1), max_size=5))
def test_parts_in_any_order_and_twice_make_the_sealed_file(order: list[int], again: list[int]) -> None:
    kept = Kept()
    for number in [*order, *again]:
        parts.receive_part(CUT, DIGESTS, number, PIECES[number], kept)
    assert kept.writes == CUT.count
    sink = io.BytesIO()
    parts.assemble(CUT, DIGESTS, kept, sink)
    assert sink.getvalue() == SEALED


@given(st.sets(st.integers(0, len(PIECES) - 1), max_size=len(PIECES) - 1))
def test_what_has_not_arrived_is_named_and_nothing_is_assembled(arrived: set[int]) -> None:
    kept = Kept({number: PIECES[number] for number in arrived})
    missing = list(parts.missing_parts(CUT, kept.held()))
    assert missing == sorted(set(range(CUT.count)) - arrived)
    sink = io.BytesIO()
    with pytest.raises(parts.MissingParts, match=f"{len(missing)} of {CUT.count} parts"):
        parts.assemble(CUT, DIGESTS, kept, sink)
    assert sink.getvalue() == b""


@given(st.data())
@settings(deadline=None)
def test_no_changed_byte_of_a_part_is_kept(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, CUT.count - 1))
    changed = bytearray(PIECES[number])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    kept = Kept()
    with pytest.raises(parts.WrongPartDigest):
        parts.receive_part(CUT, DIGESTS, number, bytes(changed), kept)
    assert not kept


def test_a_part_in_the_wrong_place_of_the_wrong_size_or_with_no_place_is_refused() -> None:
    kept = Kept()
    with pytest.raises(parts.WrongPartDigest):
        parts.receive_part(CUT, DIGESTS, 1, PIECES[2], kept)
    for data in (b"", PIECES[1][:-1], PIECES[1] + b"x", PIECES[-1]):
        with pytest.raises(parts.WrongPartSize):
            parts.receive_part(CUT, DIGESTS, 1, data, kept)
    for number in (-1, CUT.count, 10**9):
        with pytest.raises(parts.PartOutOfRange):
            parts.receive_part(CUT, DIGESTS, number, PIECES[0], kept)
    assert not kept


def test_a_part_that_rotted_after_it_was_kept_is_found_when_assembling() -> None:
    kept = Kept(enumerate(PIECES))
    kept[3] = bytes(len(PIECES[3]))
    with pytest.raises(parts.WrongPartDigest, match="part 3"):
        parts.assemble(CUT, DIGESTS, kept, io.BytesIO())


@given(st.integers(0, len(DIGESTS) - 1), st.integers(1, 255))
def test_no_changed_byte_of_the_part_list_is_accepted(place: int, change: int) -> None:
    changed = bytearray(DIGESTS)
    changed[place] ^= change
    parts.verify_part_list(CUT, DIGESTS)
    with pytest.raises(parts.WrongPartList):
        parts.verify_part_list(CUT, bytes(changed))


@pytest.mark.parametrize("digests", [b"", DIGESTS[:-1], DIGESTS[:-32], DIGESTS + bytes(32)])
def test_a_part_list_of_another_length_is_not_accepted(digests: bytes) -> None:
    with pytest.raises(parts.WrongPartList):
        parts.verify_part_list(CUT, digests)


@given(st.integers(1, 70))
def test_the_root_of_the_parts_is_the_tree_hash_of_rfc_9162(count: int) -> None:
    records = [hashlib.sha256(b"%d" % number).digest() for number in range(count)]
    root = merkle.append(merkle.EMPTY, [merkle.hash_leaf(record) for record in records]).edge.root
    assert parts.parts_root(b"".join(records)) == root.hex()


@given(st.lists(st.binary(max_size=3 * SMALL_PARTS), max_size=4))
@settings(deadline=None, max_examples=30)
def test_the_digests_do_not_depend_on_how_the_bytes_came(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    hasher = parts.PartHasher(SMALL_PARTS)
    for piece in pieces:
        hasher.update(piece)
    expected = [whole[place : place + SMALL_PARTS] for place in range(0, len(whole), SMALL_PARTS)]
    assert hasher.finish() == b"".join(hashlib.sha256(part).digest() for part in expected)
    assert hasher.total == len(whole)


@pytest.mark.parametrize(
    "change",
    [{"total": 0}, {"size": 1}, {"size": 2**31}, {"count": CUT.count + 1}, {"count": 0}, {"total": CUT.total * 2}],
)
def test_sizes_that_do_not_fit_each_other_are_refused(change: dict[str, int]) -> None:
    given = {"total": CUT.total, "size": CUT.size, "count": CUT.count, "root": CUT.root, **change}
    with pytest.raises(parts.BadParts):
        parts.Parts(**given)  # type: ignore[arg-type]
