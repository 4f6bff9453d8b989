"""Parts arrive in any order, twice, late or wrong; only the right ones are kept."""

import hashlib

import pytest
from evidence_samples import SMALL_PARTS, sealed_exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.evidence import parts
from rogatory.ledger import merkle

SEALED, FOUND = sealed_exhibit(hashlib.shake_256(b"parts").digest(6 * SMALL_PARTS + 9))
CUT, DIGESTS = FOUND.parts, FOUND.part_digests
PIECES = [SEALED[place : place + SMALL_PARTS] for place in range(0, len(SEALED), SMALL_PARTS)]


@given(st.sets(st.integers(0, len(PIECES) - 1)))
def test_what_has_not_arrived_is_named_by_number(arrived: set[int]) -> None:
    assert list(parts.missing_parts(CUT, arrived)) == sorted(set(range(CUT.count)) - arrived)
    for number in arrived:
        parts.verify_part(CUT, DIGESTS, number, PIECES[number])


@given(st.data())
@settings(deadline=None)
def test_no_changed_byte_of_a_part_is_accepted(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, CUT.count - 1))
    changed = bytearray(PIECES[number])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(parts.WrongPartDigest):
        parts.verify_part(CUT, DIGESTS, number, bytes(changed))


def test_a_part_in_the_wrong_place_of_the_wrong_size_or_with_no_place_is_refused() -> None:
    with pytest.raises(parts.WrongPartDigest):
        parts.verify_part(CUT, DIGESTS, 1, PIECES[2])
    for data in (b"", PIECES[1][:-1], PIECES[1] + b"x", PIECES[-1]):
        with pytest.raises(parts.WrongPartSize):
            parts.verify_part(CUT, DIGESTS, 1, data)
    for number in (-1, CUT.count, 10**9):
        with pytest.raises(parts.PartOutOfRange):
            parts.verify_part(CUT, DIGESTS, number, PIECES[0])


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


@given(st.binary(max_size=5 * SMALL_PARTS), st.integers(0, 5 * SMALL_PARTS))
@settings(deadline=None, max_examples=30)
def test_the_digests_are_taken_up_behind_the_parts_that_are_known(whole: bytes, place: int) -> None:
    first = parts.PartHasher(SMALL_PARTS)
    first.update(whole[:place])
    again = parts.PartHasher(SMALL_PARTS, before=first.digests_from(0))
    assert again.closed == first.closed == min(place, len(whole)) // SMALL_PARTS
    again.update(whole[first.closed * SMALL_PARTS :])
    first.update(whole[place:])
    assert again.finish() == first.finish()
    assert again.total == first.total == len(whole)
    assert again.digests_from(1) == again.finish()[32:]


@pytest.mark.parametrize(
    "change",
    [{"total": 0}, {"size": 1}, {"size": 2**31}, {"count": CUT.count + 1}, {"count": 0}, {"total": CUT.total * 2}],
)
def test_sizes_that_do_not_fit_each_other_are_refused(change: dict[str, int]) -> None:
    given = {"total": CUT.total, "size": CUT.size, "count": CUT.count, "root": CUT.root, **change}
    with pytest.raises(parts.BadParts):
        parts.Parts(**given)  # type: ignore[arg-type]
