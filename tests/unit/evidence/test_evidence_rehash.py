"""Hashing a stored sealed file again, part by part, on several threads."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.evidence.opener import WrongSealedBytes
from rogatory.evidence.parts import MIN_PART_BYTES, Parts, parts_root
from rogatory.evidence.rehash import rehash


def _cut(data: bytes) -> tuple[Parts, bytes]:
    pieces = [data[place : place + MIN_PART_BYTES] for place in range(0, len(data), MIN_PART_BYTES)]
    digests = b"".join(hashlib.sha256(piece).digest() for piece in pieces)
    return Parts(total=len(data), size=MIN_PART_BYTES, count=len(pieces), root=parts_root(digests)), digests


@given(st.integers(1, 5 * MIN_PART_BYTES + 1))
def test_the_part_list_is_found_again_for_any_size(size: int) -> None:
    data = hashlib.shake_256(size.to_bytes(4)).digest(size)
    parts, digests = _cut(data)
    assert rehash(lambda: io.BytesIO(data), parts) == digests


@given(st.integers(0, 4 * MIN_PART_BYTES - 1))
def test_one_changed_byte_anywhere_is_found(place: int) -> None:
    data = bytearray(hashlib.shake_256(b"evidence").digest(4 * MIN_PART_BYTES))
    parts, _ = _cut(bytes(data))
    data[place] ^= 1
    with pytest.raises(WrongSealedBytes):
        rehash(lambda: io.BytesIO(data), parts)


@pytest.mark.parametrize("by", [-MIN_PART_BYTES, -1, 1, MIN_PART_BYTES])
def test_a_file_that_is_longer_or_shorter_is_found(by: int) -> None:
    data = bytes(3 * MIN_PART_BYTES)
    parts, _ = _cut(data)
    other = data[:by] if by < 0 else data + bytes(by)
    with pytest.raises(WrongSealedBytes):
        rehash(lambda: io.BytesIO(other), parts)
