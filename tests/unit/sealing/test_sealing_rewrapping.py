"""A new header for a sealed file that never changes: new keys open it, and it is an age file again."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.sealing import age, rewrapping
from rogatory.sealing.age_header import AgeFailure, HeaderFailure, MACFailure
from rogatory.sealing.recipients import HybridIdentity, MixedRecipients, X25519Identity

OLD, NEW, STRANGER = (X25519Identity(bytes([n]) * 32) for n in (1, 2, 3))
HYBRID = HybridIdentity(bytes([4]) * 32)
CONTENT = os.urandom(200_000)


def recipient(identity: X25519Identity | HybridIdentity) -> str:
    return str(identity.recipient)


def payload_of(sealed: bytes) -> bytes:
    return sealed[age.open_header(io.BytesIO(sealed), [OLD, NEW, HYBRID]).prefix_size :]


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return age.seal(CONTENT, [recipient(OLD)], os.urandom)


@pytest.fixture(scope="module")
def header(sealed: bytes) -> bytes:
    return rewrapping.rewrap_header(sealed, [OLD], [recipient(NEW)], os.urandom)


def test_the_new_keys_open_what_was_sealed_and_the_old_ones_no_new_header(sealed: bytes, header: bytes) -> None:
    opened = age.open_header(io.BytesIO(sealed), [NEW], instead=header)
    assert opened == age.open_header(io.BytesIO(sealed), [OLD])
    assert rewrapping.opens(header, [NEW])
    assert not rewrapping.opens(header, [OLD])
    reader = age.OpenReader(io.BytesIO(sealed), [NEW], instead=header)
    assert reader.read_range(65_000, 70_000) == CONTENT[65_000:135_000]
    with pytest.raises(age.NoMatch):
        age.open_header(io.BytesIO(sealed), [NEW])
    with pytest.raises(age.NoMatch):
        rewrapping.rewrap_header(sealed, [STRANGER], [recipient(NEW)], os.urandom)


def test_a_header_is_made_anew_from_one_that_was_made_anew(sealed: bytes, header: bytes) -> None:
    again = rewrapping.rewrap_header(header, [NEW], [recipient(HYBRID)], os.urandom)
    assert age.open_sealed(again + payload_of(sealed), [HYBRID]) == CONTENT


def test_the_new_header_and_the_old_chunks_are_an_age_file(sealed: bytes, header: bytes) -> None:
    whole = header + payload_of(sealed)
    assert age.open_sealed(whole, [NEW]) == CONTENT
    assert pyrage.decrypt(whole, [pyrage.x25519.Identity.from_str(NEW.reveal())]) == CONTENT


def test_the_stock_program_opens_the_new_header_and_the_old_chunks(
    sealed: bytes, header: bytes, tmp_path: Path
) -> None:
    program = shutil.which("age")
    if program is None:
        pytest.skip("the program age is not installed")
    (tmp_path / "identity").write_text(NEW.reveal() + "\n")
    done = subprocess.run(
        [program, "-d", "-i", tmp_path / "identity"],
        input=header + payload_of(sealed),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == CONTENT


def test_a_header_of_another_file_is_refused(sealed: bytes) -> None:
    other = age.seal(b"another", [recipient(OLD)], os.urandom)
    foreign = rewrapping.rewrap_header(other, [OLD], [recipient(NEW)], os.urandom)
    with pytest.raises(HeaderFailure):
        age.open_header(io.BytesIO(sealed), [NEW], instead=foreign)


def test_receivers_of_different_kinds_are_not_mixed(sealed: bytes) -> None:
    with pytest.raises(MixedRecipients):
        rewrapping.rewrap_header(sealed, [OLD], [recipient(NEW), recipient(HYBRID)], os.urandom)


@settings(max_examples=60)
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_header_with_one_bit_changed_opens_nothing(place: int, bit: int, sealed: bytes, header: bytes) -> None:
    at = place % len(header)
    changed = bytearray(header)
    changed[at] ^= 1 << bit
    with pytest.raises(AgeFailure):
        age.open_header(io.BytesIO(sealed), [NEW], instead=bytes(changed))


def test_a_header_cut_or_lengthened_is_refused(sealed: bytes, header: bytes) -> None:
    for wrong in (header[:-1], header + b"x", b""):
        with pytest.raises(HeaderFailure):
            age.open_header(io.BytesIO(sealed), [NEW], instead=wrong)
    with pytest.raises(HeaderFailure):
        rewrapping.rewrap_header(header[:-1], [NEW], [recipient(NEW)], os.urandom)


def test_a_changed_header_is_not_wrapped_anew(sealed: bytes) -> None:
    changed = sealed.replace(b"--- ", b"-> grease\n\n--- ", 1)
    with pytest.raises(MACFailure):
        rewrapping.rewrap_header(changed, [OLD], [recipient(NEW)], os.urandom)
