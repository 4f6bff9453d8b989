"""Sealing a file of any size in one pass.

Rules in words. The plaintext is read once. While it is read, one thread takes its SHA-256, one encrypts it to an age
file (chunks of 64 KiB, C2SP age), one takes the digests of the parts of that file, and one writes it. Memory does not
grow with the file. What comes back is what the manifest states; nothing here names, signs or stores the exhibit. The
sink is whole only when `seal` has returned; its owner makes it durable (write, fsync, rename) or throws it away.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.errors import BadInput
from rogatory.evidence.parts import PART_BYTES, PartHasher, Parts, parts_root
from rogatory.evidence.pipeline import Pipeline, Slot, Station, feed
from rogatory.sealing import age
from rogatory.sealing.age_stream import CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE, encrypt_chunk_into

BLOCK_CHUNKS = 32
BLOCK_BYTES = BLOCK_CHUNKS * CHUNK_SIZE
SEALED_BLOCK_BYTES = BLOCK_CHUNKS * SEALED_CHUNK_SIZE

Progress = Callable[[int], None]


class WrongAcquisition(BadInput):
    """The file is not the one that the acquisition record describes."""

    code = "wrong-acquisition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What sealing found: SHA-256 (hex) and size of the plaintext, the cut of the sealed file, the part list."""

    sha256: str
    size: int
    parts: Parts
    part_digests: bytes


def seal(
    source: BinaryIO,
    sink: BinaryIO,
    *,
    begun: age.SealedHeader,
    part_size: int = PART_BYTES,
    expected_sha256: str | None = None,
    progress: Progress | None = None,
) -> Sealed:
    """Read *source* to its end and write it to *sink* as the age file that *begun* (`age.new_header`) begins.

    *progress* is called with the bytes read so far, from this thread. Raises `WrongAcquisition` when
    *expected_sha256* (an acquisition tool's) is not the file's, and whatever *source* and *sink* raise.
    """
    work = _Sealing(begun.payload_key, sink, part_size)
    work.begin(begun.prefix)
    last = Station(work=work.digest_parts), Station(work=work.write)
    first = Station(work=work.digest), Station(work=work.encrypt, then=last)
    with Pipeline(first, read_bytes=BLOCK_BYTES, made_bytes=SEALED_BLOCK_BYTES) as line:
        size = feed(source, line, progress)
    sealed = work.finish(size, part_size)
    if expected_sha256 is not None and sealed.sha256 != expected_sha256:
        raise WrongAcquisition(f"the file's SHA-256 is {sealed.sha256}, the acquisition record says {expected_sha256}")
    return sealed


class _Sealing:
    """The work of the four stations; each method is run by one thread only, block after block."""

    def __init__(self, payload_key: bytes, sink: BinaryIO, part_size: int) -> None:
        self._cipher = ChaCha20Poly1305(payload_key)
        self._whole = hashlib.sha256()
        self._parts = PartHasher(part_size)
        self._sink = sink

    def begin(self, prefix: bytes) -> None:
        self._parts.update(prefix)
        write_all(self._sink, memoryview(prefix))

    def digest(self, slot: Slot) -> None:
        self._whole.update(slot.read[: slot.size])

    def encrypt(self, slot: Slot) -> None:
        done = 0
        # An empty file is one empty chunk; otherwise only whole chunks and, at the end, the rest.
        for place in range(0, max(slot.size, 1), CHUNK_SIZE):
            chunk = slot.read[place : min(place + CHUNK_SIZE, slot.size)]
            last = slot.last and place + CHUNK_SIZE >= slot.size
            counter = slot.number * BLOCK_CHUNKS + place // CHUNK_SIZE
            out = slot.made[done : done + len(chunk) + TAG_SIZE]
            done += encrypt_chunk_into(self._cipher, chunk, counter, out, last=last)
        slot.made_size = done

    def digest_parts(self, slot: Slot) -> None:
        self._parts.update(slot.made[: slot.made_size])

    def write(self, slot: Slot) -> None:
        write_all(self._sink, slot.made[: slot.made_size])

    def finish(self, size: int, part_size: int) -> Sealed:
        digests = self._parts.finish()
        total = self._parts.total
        parts = Parts(total=total, size=part_size, count=-(-total // part_size), root=parts_root(digests))
        return Sealed(sha256=self._whole.hexdigest(), size=size, parts=parts, part_digests=digests)


def write_all(sink: BinaryIO, data: memoryview) -> None:
    """Write all of *data*; a raw file may take less at a time."""
    while len(data):
        written = sink.write(data)
        data = data[len(data) if written is None else written :]
