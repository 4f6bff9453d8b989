"""Sealing a file of any size in one pass.

Rules in words. The plaintext is read once. While it is read, one thread takes its SHA-256 (and one each further digest
that is asked for), one encrypts it to an age file (chunks of 64 KiB, C2SP age), one takes the digests of the parts of
that file, and one writes it, in whole pages. Memory does not grow with the file. What comes back is what the manifest
states; nothing here names, signs or stores the exhibit. The sink is whole only when `seal` has returned; its owner
makes it durable (write, fsync, rename) or throws it away, or takes it up again at its last milestone (`milestones`).
"""

import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.evidence.manifest import Contents
from rogatory.evidence.milestones import Gathering, Journal, Milestone, SourceChanged, Stopped
from rogatory.evidence.parts import PART_BYTES, PartHasher, Parts, parts_root
from rogatory.evidence.pipeline import Pipeline, Slot, Station, feed, fill
from rogatory.evidence.plaintext import SHA256, PlaintextDigests, require_acquired, require_digests
from rogatory.sealing import age
from rogatory.sealing.age_stream import CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE, encrypt_chunks_into

PAGE = 4096
BLOCK_CHUNKS = 32
BLOCK_BYTES = BLOCK_CHUNKS * CHUNK_SIZE
SEALED_BLOCK_BYTES = BLOCK_CHUNKS * SEALED_CHUNK_SIZE

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What sealing found: SHA-256 (hex) and size of the plaintext, the cut of the sealed file, the part list, and,
    where they were asked for, further digests of the plaintext (hex) and what its blocks are."""

    sha256: str
    size: int
    parts: Parts
    part_digests: bytes
    digests: Mapping[str, str] = field(default_factory=dict)
    contents: Contents | None = None


def seal(
    source: BinaryIO,
    sink: BinaryIO,
    *,
    begun: age.SealedHeader,
    part_size: int = PART_BYTES,
    digests: Collection[str] = (),
    expected: Mapping[str, str] | None = None,
    blocks: int = 0,
    journal: Journal | None = None,
    stopped: Stopped | None = None,
    progress: Progress | None = None,
) -> Sealed:
    """Read *source* to its end and write it to *sink* as the age file that *begun* (`age.new_header`) begins.

    *digests* names further digests to take; *expected* are those that an acquisition tool printed, by name
    (hexadecimal); *blocks* (bytes, 0: none) makes the plaintext divisible. With *journal*, milestones are noted; with
    *stopped*, the pass goes on at the milestone of an earlier one, and *sink* stands behind what that had written.
    *progress* is called with the bytes read so far, from this thread. Raises `UnknownDigest`, `BadBlockSize`,
    `WrongAcquisition`, `SourceChanged`, and whatever *source*, *sink* and *journal* raise.
    """
    expected = expected or {}
    plain = PlaintextDigests(begun.payload_key, further={*digests, *require_digests(expected)}, block=blocks)
    work = _Sealing(begun.payload_key, len(begun.prefix), sink, part_size)
    size = 0
    if stopped is None:
        work.begin(begun.prefix)
    else:
        size = _read_again(source, plain, stopped.milestone, progress)
        work.go_on(stopped)
    if journal is not None:
        work.keep_milestones(journal, plain)
    try:
        with Pipeline(work.stations(plain), read_bytes=BLOCK_BYTES, made_bytes=PAGE + SEALED_BLOCK_BYTES) as line:
            size += feed(source, line, _telling(size, work, progress), first=size // BLOCK_BYTES)
    finally:
        work.note_milestones()
    if stopped is not None and size == stopped.milestone.plain:
        raise SourceChanged("the source ends where more had been read before")
    found = {SHA256: plain.sha256, **plain.further}
    require_acquired(found, expected)
    part_digests, parts = work.finish()
    return Sealed(
        sha256=found.pop(SHA256),
        size=size,
        parts=parts,
        part_digests=part_digests,
        digests=found,
        contents=plain.contents(),
    )


def _read_again(source: BinaryIO, plain: PlaintextDigests, milestone: Milestone, progress: Progress | None) -> int:
    """Take the digests of what stands before the *milestone*; raises `SourceChanged` unless it is what stood there."""
    with Pipeline(plain.stations(), read_bytes=BLOCK_BYTES, made_bytes=PAGE) as line:
        size = feed(_Beginning(source, milestone.plain), line, progress)
    if size != milestone.plain or plain.sha256 != milestone.sha256:
        raise SourceChanged(f"the first {milestone.plain} bytes are not those that had been read before")
    return size


def _telling(before: int, work: "_Sealing", progress: Progress | None) -> Progress:
    def tell(read: int) -> None:
        work.note_milestones()
        if progress is not None:
            progress(before + read)

    return tell


class _Sealing:
    """The work of the stations; each method is run by one thread only, block after block."""

    def __init__(self, payload_key: bytes, prefix_size: int, sink: BinaryIO, part_size: int) -> None:
        self._cipher = ChaCha20Poly1305(payload_key)
        self._prefix_size = prefix_size
        self._part_size = part_size
        self._parts = PartHasher(part_size)
        self._sink = sink
        self._written = 0
        self._tail = b""
        self._later: dict[tuple[int, bool], bytes] = {}
        self._journal: Journal | None = None
        self._noted_parts = 0
        self._milestones = Gathering()

    def begin(self, prefix: bytes) -> None:
        self._parts.update(prefix)
        self._put(memoryview(prefix), last=False)

    def go_on(self, stopped: Stopped) -> None:
        self._parts = stopped.parts
        self._noted_parts = stopped.milestone.parts
        self._written, self._tail = stopped.milestone.written, stopped.milestone.tail
        self._later = dict(stopped.later)

    def keep_milestones(self, journal: Journal, plain: PlaintextDigests) -> None:
        self._journal = journal
        self._plain = plain

    def note_milestones(self) -> None:
        if self._journal is not None:
            for milestone, part_digests in self._milestones.ready():
                self._journal.note(milestone, part_digests)

    def stations(self, plain: PlaintextDigests) -> tuple[Station, ...]:
        whole, *others = plain.stations()
        last = Station(work=self.digest_parts), Station(work=self.write)
        first = Station(work=lambda slot: self.digest(slot, whole)), Station(work=self.encrypt, then=last)
        return (*first, *others)

    def digest(self, slot: Slot, whole: Station) -> None:
        whole.work(slot)
        if self._is_marked(slot):
            self._milestones.say(slot.number, plain=(slot.number + 1) * BLOCK_BYTES, sha256=self._plain.sha256)

    def encrypt(self, slot: Slot) -> None:
        counter = slot.number * BLOCK_CHUNKS
        place = self._page_offset(slot)
        slot.made_size = encrypt_chunks_into(
            self._cipher, slot.read[: slot.size], counter, slot.made[place:], last=slot.last
        )
        if self._later:
            self._compare(slot, counter, slot.made[place : place + slot.made_size])

    def digest_parts(self, slot: Slot) -> None:
        place = self._page_offset(slot)
        self._parts.update(slot.made[place : place + slot.made_size])
        if self._is_marked(slot):
            new, self._noted_parts = self._parts.digests_from(self._noted_parts), self._parts.closed
            self._milestones.say(slot.number, parts=self._noted_parts, part_digests=new)

    def write(self, slot: Slot) -> None:
        place = self._page_offset(slot)
        slot.made[:place] = self._tail
        self._tail = b""
        self._put(slot.made[: place + slot.made_size], last=slot.last)
        if self._journal is not None and self._is_marked(slot):
            self._journal.sync()
            self._milestones.say(slot.number, written=self._written, tail=self._tail)

    def finish(self) -> tuple[bytes, Parts]:
        digests = self._parts.finish()
        total = self._parts.total
        count = -(-total // self._part_size)
        return digests, Parts(total=total, size=self._part_size, count=count, root=parts_root(digests))

    def _page_offset(self, slot: Slot) -> int:
        """Where in its buffer the block stands, so that a page of the buffer is a page of the sealed file."""
        return (self._prefix_size + slot.number * SEALED_BLOCK_BYTES) % PAGE

    def _put(self, data: memoryview, *, last: bool) -> None:
        whole = len(data) if last else len(data) & -PAGE
        write_all(self._sink, data[:whole])
        self._written += whole
        self._tail = bytes(data[whole:])

    def _is_marked(self, slot: Slot) -> bool:
        if self._journal is None or slot.last:
            return False
        return (slot.number + 1) % max(1, self._journal.every // BLOCK_BYTES) == 0

    def _compare(self, slot: Slot, counter: int, made: memoryview) -> None:
        for start in range(0, len(made), SEALED_CHUNK_SIZE):
            sealed = made[start : start + SEALED_CHUNK_SIZE]
            last = slot.last and start + SEALED_CHUNK_SIZE >= len(made)
            before = self._later.pop((counter, last), None)
            if before is not None and before != sealed[-TAG_SIZE:]:
                raise SourceChanged(f"what stands at byte {counter * CHUNK_SIZE} was something else before")
            counter += 1


class _Beginning(io.RawIOBase):
    """The first *size* bytes of a source."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self._left = size

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = fill(self._source, buffer[: self._left])
        self._left -= count
        return count


def write_all(sink: BinaryIO, data: memoryview) -> None:
    """Write all of *data*; a raw file may take less at a time."""
    while len(data):
        written = sink.write(data)
        data = data[len(data) if written is None else written :]
