"""What is sealed opens to what it was, with us and with stock tools; what was changed in one byte never does."""

import hashlib
import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pyrage
import pytest
from evidence_samples import IDENTITY, SMALL_PARTS, begun, draws, manifest_of, sealed_exhibit
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.evidence import opener, plaintext, sealer
from rogatory.evidence.parts import WrongPartDigest, WrongPartList
from rogatory.sealing import age, recipients
from rogatory.sealing.age_stream import PayloadFailure

CHUNK, BLOCK = 65536, sealer.BLOCK_BYTES
SAMPLE = hashlib.shake_256(b"sample").digest(5 * CHUNK + 77)
SEALED, FOUND = sealed_exhibit(SAMPLE)
MANIFEST = manifest_of(FOUND)


def opened(sealed: bytes, **options: object) -> bytes:
    sink = io.BytesIO()
    given = {"manifest": MANIFEST, "identities": [IDENTITY], **options}
    opener.open_exhibit(io.BytesIO(sealed), sink, **given)  # type: ignore[arg-type]
    return sink.getvalue()


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 5 * CHUNK + 9]
)
def test_a_file_of_any_size_opens_to_what_was_sealed(size: int) -> None:
    data = hashlib.shake_256(b"%d" % size).digest(size)
    sealed, found = sealed_exhibit(data)
    assert (found.sha256, found.size) == (hashlib.sha256(data).hexdigest(), size)
    assert found.parts.total == len(sealed)
    manifest = manifest_of(found)
    assert opened(sealed, manifest=manifest, part_digests=found.part_digests) == data
    assert age.open_sealed(sealed, [IDENTITY]) == data
    assert opener.verify_sealed(io.BytesIO(sealed), found.parts) == found.part_digests
    result = opener.open_exhibit(io.BytesIO(sealed), None, manifest=manifest, identities=[IDENTITY])
    assert result == opener.Opened(sha256=found.sha256, size=size, part_digests=found.part_digests)


@given(st.binary(max_size=3 * CHUNK), st.integers(1, CHUNK))
@settings(max_examples=30, deadline=None)
def test_a_source_that_gives_little_at_a_time_is_sealed_as_a_whole(data: bytes, step: int) -> None:
    class Trickle(io.RawIOBase):
        left = memoryview(data)

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            piece = self.left[: min(step, len(buffer))]
            buffer[: len(piece)] = piece
            self.left = self.left[len(piece) :]
            return len(piece)

    sink = io.BytesIO()
    found = sealer.seal(Trickle(), sink, begun=begun())  # type: ignore[arg-type]
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert age.open_sealed(sink.getvalue(), [IDENTITY]) == data


def test_a_source_that_can_only_read_and_a_sink_that_takes_half_are_enough() -> None:
    class OnlyRead:
        def __init__(self) -> None:
            self._inner = io.BytesIO(SAMPLE)

        def read(self, count: int) -> bytes:
            return self._inner.read(min(count, 1000))

    class HalfSink:
        data = b""

        def write(self, data: memoryview) -> int:
            taken = bytes(data[: len(data) // 2 + 1])
            self.data += taken
            return len(taken)

    sink = HalfSink()
    sealer.seal(OnlyRead(), sink, begun=begun(), part_size=SMALL_PARTS)  # type: ignore[arg-type]
    assert sink.data == SEALED


def test_stock_tools_open_what_was_sealed(tmp_path: Path) -> None:
    assert pyrage.decrypt(SEALED, [pyrage.x25519.Identity.from_str(IDENTITY.reveal())]) == SAMPLE
    if shutil.which("age") is None:
        pytest.skip("the age tool is not installed; pyrage has opened the file")
    key = tmp_path / "key.txt"
    key.write_text(IDENTITY.reveal() + "\n")
    out = subprocess.run(["age", "-d", "-i", str(key)], input=SEALED, capture_output=True, check=True).stdout
    assert out == SAMPLE


def test_hybrid_receivers_open_too() -> None:
    identity = recipients.HybridIdentity(draws(b"hybrid")(32))
    sink = io.BytesIO()
    sealer.seal(io.BytesIO(SAMPLE), sink, begun=age.new_header([identity.recipient], draws()))
    assert age.open_sealed(sink.getvalue(), [identity]) == SAMPLE


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255), st.booleans())
@settings(deadline=None, max_examples=60)
def test_no_changed_byte_of_a_sealed_file_is_accepted(place: int, change: int, listed: bool) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= change
    digests = FOUND.part_digests if listed else None
    codes = set()
    for _ in range(2):
        with pytest.raises((age.AgeFailure, WrongPartDigest)) as error:
            opened(bytes(changed), part_digests=digests)
        codes.add(error.value.code)
    assert len(codes) == 1, "whichever thread is quicker, the same error is raised"
    assert listed or "age-" in codes.pop()
    with pytest.raises((WrongPartDigest, opener.WrongSealedBytes)):
        opener.verify_sealed(io.BytesIO(bytes(changed)), FOUND.parts, part_digests=digests)


@given(st.integers(0, len(SEALED) - 1))
@settings(deadline=None, max_examples=40)
def test_no_sealed_file_cut_short_is_accepted(length: int) -> None:
    with pytest.raises(RogatoryError):
        opened(SEALED[:length])
    with pytest.raises(opener.WrongSealedBytes):
        opener.verify_sealed(io.BytesIO(SEALED[:length]), FOUND.parts)


def test_a_file_cut_between_two_chunks_or_lengthened_is_not_accepted() -> None:
    prefix = len(SEALED) - (len(SAMPLE) + 6 * 16)
    with pytest.raises(PayloadFailure):
        opened(SEALED[: prefix + 2 * (CHUNK + 16)])
    with pytest.raises(PayloadFailure):
        opened(SEALED[:prefix])
    for tail in (b"x", bytes(16), SEALED[prefix : prefix + CHUNK + 16]):
        with pytest.raises((PayloadFailure, opener.WrongSealedBytes)):
            opened(SEALED + tail)
        with pytest.raises(opener.WrongSealedBytes):
            opener.verify_sealed(io.BytesIO(SEALED + tail), FOUND.parts)


def test_a_genuine_age_file_that_is_not_this_exhibit_is_not_accepted() -> None:
    other, found = sealed_exhibit(SAMPLE, seed=b"another key")
    with pytest.raises(WrongPartDigest):
        opened(other, part_digests=FOUND.part_digests)
    with pytest.raises(opener.WrongSealedBytes):
        opened(other)
    with pytest.raises(WrongPartList):
        opened(SEALED, part_digests=found.part_digests)


def test_a_manifest_that_states_another_plaintext_is_found_out() -> None:
    wrong = manifest_of(FOUND, sha256=hashlib.sha256(b"other").hexdigest())
    with pytest.raises(opener.WrongPlaintext, match="SHA-256"):
        opened(SEALED, manifest=wrong)
    with pytest.raises(opener.WrongPlaintext, match="bytes"):
        opened(SEALED, manifest=manifest_of(FOUND, size=FOUND.size - 1))


def test_nobody_else_opens_it() -> None:
    stranger = recipients.X25519Identity(bytes(range(32)))
    with pytest.raises(age.NoMatch):
        opened(SEALED, identities=[stranger])


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_any_range_reads_as_the_plaintext_has_it(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE)))
    length = data.draw(st.integers(0, len(SAMPLE) - start))
    found = opener.open_range(
        io.BytesIO(SEALED), start, length, manifest=MANIFEST, part_digests=FOUND.part_digests, identities=[IDENTITY]
    )
    assert found == SAMPLE[start : start + length]


def test_a_range_is_read_from_verified_parts_only() -> None:
    changed = bytearray(SEALED)
    changed[2 * SMALL_PARTS + 5] ^= 1

    def read(start: int, length: int) -> bytes:
        return opener.open_range(
            io.BytesIO(bytes(changed)),
            start,
            length,
            manifest=MANIFEST,
            part_digests=FOUND.part_digests,
            identities=[IDENTITY],
        )

    assert read(10, 10) == SAMPLE[10:20]
    with pytest.raises(WrongPartDigest):
        read(2 * SMALL_PARTS + 5, 10)
    with pytest.raises(age.RangeOutside):
        read(len(SAMPLE), 1)


def test_a_file_that_is_not_the_acquired_one_is_not_sealed() -> None:
    with pytest.raises(plaintext.WrongAcquisition):
        sealer.seal(io.BytesIO(SAMPLE), io.BytesIO(), begun=begun(), expected={"sha256": "0" * 64})
    found = sealer.seal(io.BytesIO(SAMPLE), io.BytesIO(), begun=begun(), expected={"sha256": FOUND.sha256})
    assert found.sha256 == FOUND.sha256


def test_progress_counts_up_to_the_size() -> None:
    seen: list[int] = []
    data = bytes(2 * BLOCK + 3)
    sealer.seal(io.BytesIO(data), io.BytesIO(), begun=begun(), progress=seen.append)
    assert seen == [BLOCK, 2 * BLOCK, 2 * BLOCK + 3]


class FullDisk(io.RawIOBase):
    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.room -= len(data)
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return len(data)


@pytest.mark.parametrize("room", [0, BLOCK, 9 * BLOCK])
def test_a_full_disk_ends_sealing_and_opening_with_its_own_error(room: int) -> None:
    data = bytes(20 * BLOCK)
    with pytest.raises(OSError, match="No space"):
        sealer.seal(io.BytesIO(data), FullDisk(room), begun=begun())  # type: ignore[arg-type]
    sealed, found = sealed_exhibit(data)
    with pytest.raises(OSError, match="No space"):
        opener.open_exhibit(
            io.BytesIO(sealed),
            FullDisk(room),  # type: ignore[arg-type]
            manifest=manifest_of(found),
            identities=[IDENTITY],
        )


def test_a_source_that_fails_and_a_person_who_stops_end_the_sealing() -> None:
    class Broken(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if self.tell() > 3 * BLOCK:
                raise OSError(5, "Input/output error")
            return super().readinto(buffer)

    with pytest.raises(OSError, match="Input/output"):
        sealer.seal(Broken(bytes(8 * BLOCK)), io.BytesIO(), begun=begun())

    def stop(done: int) -> None:
        if done > 2 * BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sealer.seal(io.BytesIO(bytes(8 * BLOCK)), io.BytesIO(), begun=begun(), progress=stop)


MEMORY = """
import io, sys
sys.path.insert(0, sys.argv[1])
from evidence_samples import IDENTITY, begun, manifest_of
from rogatory.evidence import opener, sealer
SIZE = 512 * 1024 * 1024
class Zeros(io.RawIOBase):
    left = SIZE
    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        buffer[:count] = bytes(count)
        self.left -= count
        return count
with open(sys.argv[2], "w+b", buffering=0) as sealed:
    found = sealer.seal(Zeros(), sealed, begun=begun())
    sealed.seek(0)
    opener.open_exhibit(sealed, None, manifest=manifest_of(found), identities=[IDENTITY])
assert found.size == SIZE
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_half_a_gibibyte_is_sealed_and_opened_in_less_than_200_mib_of_memory(tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of memory is read from /proc")
    here = str(Path(__file__).parent)
    run = [sys.executable, "-c", MEMORY, here, str(tmp_path / "sealed.age")]
    peak = int(subprocess.run(run, capture_output=True, check=True, text=True).stdout)
    assert peak < 200 * 1024


def test_the_type_of_a_sink_is_any_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "exhibit.age"
    with path.open("wb") as sink:
        file: BinaryIO = sink
        sealer.seal(io.BytesIO(SAMPLE), file, begun=begun(), part_size=SMALL_PARTS)
    assert path.read_bytes() == SEALED
