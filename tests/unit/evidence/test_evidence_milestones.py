"""A sealing that was stopped goes on at its last milestone, and makes byte for byte what one pass would have made."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence_samples import IDENTITY, SMALL_PARTS, begun, manifest_of
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.evidence import milestones, opener, sealer
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.milestones import Journal, Milestone, MilestoneLost, SourceChanged
from rogatory.evidence.plaintext import (
    DIGESTS,
    BadBlockSize,
    BadDigest,
    UnknownDigest,
    WrongAcquisition,
    read_acquired,
)

CHUNK, BLOCK = 65536, sealer.BLOCK_BYTES
PART = 3 * SMALL_PARTS + 5
DATA = hashlib.shake_256(b"milestones").digest(5 * BLOCK + 3 * CHUNK + 7)
BEGUN = begun(b"stopped")
ASKED = {"digests": ("md5",), "blocks": 100_000, "part_size": PART, "begun": BEGUN}


class PowerCut(Exception):
    """The tests' own end of a pass."""


class Disk:
    """What a pass has written: durable up to the last sync, and a journal."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = bytearray(data)
        self.noted: list[Milestone] = []
        self.part_digests = b""

    def write(self, data: memoryview) -> int:
        self.data += data
        return len(data)

    def note(self, milestone: Milestone, part_digests: bytes) -> None:
        assert milestone.written <= len(self.data)
        self.noted.append(milestone)
        self.part_digests += part_digests

    def journal(self) -> Journal:
        return Journal(sync=lambda: None, note=self.note, every=BLOCK)


class Cut(io.BytesIO):
    """A source that ends in a power cut when so many bytes were read."""

    def __init__(self, data: bytes, at: int) -> None:
        super().__init__(data)
        self.at = at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.tell() >= self.at:
            raise PowerCut
        return super().readinto(buffer)


def one_pass(data: bytes = DATA) -> tuple[bytes, sealer.Sealed]:
    sink = io.BytesIO()
    return (found := sealer.seal(io.BytesIO(data), sink, **ASKED)) and sink.getvalue(), found  # type: ignore[arg-type]


SEALED, FOUND = one_pass()


def stop(at: int, data: bytes = DATA) -> Disk:
    disk = Disk()
    with pytest.raises(PowerCut):
        sealer.seal(Cut(data, at), disk, journal=disk.journal(), **ASKED)  # type: ignore[arg-type]
    return disk


def go_on(disk: Disk, data: bytes, progress: Callable[[int], None] | None = None) -> sealer.Sealed:
    stopped = milestones.stopped(
        io.BytesIO(bytes(disk.data)),
        disk.noted[-1],
        part_digests=disk.part_digests,
        part_size=PART,
        payload_key=BEGUN.payload_key,
    )
    del disk.data[disk.noted[-1].written :]
    return sealer.seal(io.BytesIO(data), disk, stopped=stopped, journal=disk.journal(), progress=progress, **ASKED)  # type: ignore[arg-type]


@pytest.mark.parametrize("at", [2 * BLOCK + 1, 3 * BLOCK, 4 * BLOCK + 5, 5 * BLOCK + CHUNK, len(DATA)])
def test_a_pass_that_was_cut_off_goes_on_to_the_same_bytes(at: int) -> None:
    disk = stop(at)
    assert disk.noted
    seen: list[int] = []
    again = go_on(disk, DATA, seen.append)
    assert bytes(disk.data) == SEALED
    assert again == FOUND
    assert seen == sorted(seen)
    assert seen[-1] == len(DATA)
    noted = [milestone.plain for milestone in disk.noted]
    assert noted == sorted(set(noted))


def test_a_milestone_says_how_far_everything_had_come() -> None:
    disk = Disk()
    sealer.seal(io.BytesIO(DATA), disk, journal=disk.journal(), **ASKED)  # type: ignore[arg-type]
    assert [milestone.plain for milestone in disk.noted][:4] == [BLOCK, 2 * BLOCK, 3 * BLOCK, 4 * BLOCK]
    for milestone in disk.noted:
        assert milestone.sha256 == hashlib.sha256(DATA[: milestone.plain]).hexdigest()
        assert milestone.written % 4096 == 0
        assert SEALED[milestone.written : milestone.sealed] == milestone.tail
        assert milestone.sealed == len(BEGUN.prefix) + milestone.plain // CHUNK * (CHUNK + 16)
        assert milestone.parts == milestone.sealed // PART
    assert FOUND.part_digests.startswith(disk.part_digests)
    assert len(disk.part_digests) == 32 * disk.noted[-1].parts


def test_a_pass_goes_on_again_and_again() -> None:
    disk = stop(3 * BLOCK)
    for at in (4 * BLOCK, 5 * BLOCK):
        stopped = milestones.stopped(
            io.BytesIO(bytes(disk.data)),
            disk.noted[-1],
            part_digests=disk.part_digests,
            part_size=PART,
            payload_key=BEGUN.payload_key,
        )
        del disk.data[disk.noted[-1].written :]
        with pytest.raises(PowerCut):
            sealer.seal(Cut(DATA, at), disk, stopped=stopped, journal=disk.journal(), **ASKED)  # type: ignore[arg-type]
    assert go_on(disk, DATA) == FOUND
    assert bytes(disk.data) == SEALED


@given(st.integers(0, 4 * BLOCK))
@settings(max_examples=8, deadline=None)
def test_a_source_that_changed_before_the_milestone_is_not_gone_on_with(place: int) -> None:
    disk = stop(5 * BLOCK)
    changed = bytearray(DATA)
    changed[place % disk.noted[-1].plain] ^= 1
    with pytest.raises(SourceChanged):
        go_on(disk, bytes(changed))


@pytest.mark.parametrize("behind", [0, CHUNK - 1, CHUNK])
def test_a_source_that_changed_behind_the_milestone_where_it_was_sealed_already_is_found_too(behind: int) -> None:
    disk = stop(5 * BLOCK)
    disk.noted = disk.noted[:1]
    disk.part_digests = disk.part_digests[: 32 * disk.noted[0].parts]
    changed = bytearray(DATA)
    changed[disk.noted[0].plain + behind] ^= 1
    with pytest.raises(SourceChanged):
        go_on(disk, bytes(changed))


def test_bytes_that_were_never_wholly_written_hinder_nobody() -> None:
    disk = stop(5 * BLOCK)
    disk.noted = disk.noted[:1]
    disk.part_digests = disk.part_digests[: 32 * disk.noted[0].parts]
    disk.data[disk.noted[0].sealed + 5] ^= 1
    assert go_on(disk, DATA) == FOUND
    assert bytes(disk.data) == SEALED


@pytest.mark.parametrize("length", [0, 1, 2 * BLOCK])
def test_a_source_that_was_cut_short_is_not_gone_on_with(length: int) -> None:
    disk = stop(5 * BLOCK)
    for short in (length, disk.noted[-1].plain):
        copy = Disk(bytes(disk.data))
        copy.noted, copy.part_digests = list(disk.noted), disk.part_digests
        with pytest.raises(SourceChanged):
            go_on(copy, DATA[:short])


def test_what_was_written_and_is_lost_is_told() -> None:
    disk = stop(5 * BLOCK)
    del disk.data[disk.noted[-1].written - 1 :]
    with pytest.raises(MilestoneLost):
        go_on(disk, DATA)


def test_what_was_sealed_in_two_passes_opens() -> None:
    disk = stop(4 * BLOCK)
    found = go_on(disk, DATA)
    sink = io.BytesIO()
    opener.open_exhibit(
        io.BytesIO(bytes(disk.data)),
        sink,
        manifest=manifest_of(found),
        identities=[IDENTITY],
        part_digests=found.part_digests,
    )
    assert sink.getvalue() == DATA


def test_every_digest_that_is_asked_for_is_taken_in_the_same_pass() -> None:
    found = sealer.seal(io.BytesIO(DATA), io.BytesIO(), begun=BEGUN, digests=("sha512", "md5", "sha1"))
    assert found.digests == {name: hashlib.new(name, DATA).hexdigest() for name in ("md5", "sha1", "sha512")}
    assert found.sha256 == hashlib.sha256(DATA).hexdigest()
    assert sealer.seal(io.BytesIO(DATA), io.BytesIO(), begun=BEGUN).digests == {}
    with pytest.raises(UnknownDigest):
        sealer.seal(io.BytesIO(DATA), io.BytesIO(), begun=BEGUN, digests=("crc32",))


def test_a_digest_that_the_acquisition_printed_is_compared_and_named_when_it_differs() -> None:
    right = {name: hashlib.new(name, DATA).hexdigest() for name in ("md5", "sha1", "sha256")}
    found = sealer.seal(io.BytesIO(DATA), io.BytesIO(), begun=BEGUN, expected=right)
    assert found.digests == {name: right[name] for name in ("md5", "sha1")}
    with pytest.raises(WrongAcquisition, match="its sha1 is"):
        sealer.seal(io.BytesIO(DATA), io.BytesIO(), begun=BEGUN, expected={**right, "sha1": "0" * 40})


@pytest.mark.parametrize("size", [0, 1, 99_999, 100_000, 100_001, 250_000])
def test_a_divisible_exhibit_names_its_blocks_in_a_salted_tree(size: int) -> None:
    data = DATA[:size]
    found = sealer.seal(io.BytesIO(data), io.BytesIO(), begun=BEGUN, blocks=100_000)
    tree = ContentTree(BEGUN.payload_key)
    for number, place in enumerate(range(0, max(size, 1), 100_000)):
        block = data[place : place + 100_000]
        digest = hashlib.sha256(block).hexdigest()
        tree.add({"n": number, "offset": place, "size": len(block), "sha256": digest})
    assert found.contents == tree.finish("blocks", 100_000)
    with pytest.raises(BadBlockSize):
        sealer.seal(io.BytesIO(data), io.BytesIO(), begun=BEGUN, blocks=10)


def test_the_same_file_is_written_whatever_the_disk_takes_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "sealed.age"
    with path.open("wb", buffering=0) as sink:
        sealer.seal(io.BytesIO(DATA), sink, **ASKED)  # type: ignore[arg-type]
    assert path.read_bytes() == SEALED


@pytest.mark.parametrize(
    "line",
    [
        "md5=d41d8cd98f00b204e9800998ecf8427e",
        "MD5: D41D8CD98F00B204E9800998ECF8427E",
        "MD5 hash calculated over data:\t\td41d8cd98f00b204e9800998ecf8427e",
        "  md5 : d41d8cd9 8f00b204 e9800998 ecf8427e \n",
        "MD5 (disk-2028=1.img) = d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_a_digest_is_read_as_acquisition_tools_print_it(line: str) -> None:
    assert read_acquired(line) == ("md5", "d41d8cd98f00b204e9800998ecf8427e")


@given(st.sampled_from(sorted(DIGESTS)), st.binary(max_size=10), st.booleans())
def test_every_digest_is_read_by_its_name_with_a_dash_or_without(name: str, data: bytes, dash: bool) -> None:
    value = hashlib.new(name, data).hexdigest()
    shown = name.upper().replace("SHA", "SHA-") if dash else name
    assert read_acquired(f"{shown}: {value.upper()}") == (name, value)


@pytest.mark.parametrize(
    "line", ["", "md5", "crc32=00", "md5=12", "sha1=xyz", "sha384=" + "0" * 96, "sha256=" + "0" * 63]
)
def test_what_is_no_digest_is_refused(line: str) -> None:
    with pytest.raises(BadDigest):
        read_acquired(line)
