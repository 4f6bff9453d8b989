"""Opening a sealed exhibit, and showing that it is the one the manifest describes.

Rules in words. The sealed file is read once. While it is read, one thread takes the digests of its parts, one opens
its chunks, one takes the SHA-256 of the plaintext, and one writes the plaintext, when there is a sink. No plaintext
is let through that was not authenticated chunk by chunk; but only at the end is it known to be whole and to be what
the manifest says. When `open_exhibit` raises, whatever the sink holds must be thrown away.

Without any key, `verify_sealed` shows that the sealed bytes are those of the manifest.
"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.errors import Untrusted
from rogatory.evidence.manifest import Manifest
from rogatory.evidence.parts import PartHasher, Parts, parts_root, verify_part, verify_part_digest, verify_part_list
from rogatory.evidence.pipeline import Pipeline, Slot, Station, feed, fill
from rogatory.evidence.sealer import BLOCK_BYTES, BLOCK_CHUNKS, SEALED_BLOCK_BYTES, Progress, write_all
from rogatory.sealing import age
from rogatory.sealing.age_stream import SEALED_CHUNK_SIZE, decrypt_chunks_into
from rogatory.sealing.recipients import Identity

MAX_PREFIX = 1024 * 1024
_VERIFY_BYTES = 4 * 1024 * 1024
_CACHED_PARTS = 2
RANGE_BYTES = 1024 * 1024


class WrongSealedBytes(Untrusted):
    """The sealed file is not the one that the manifest describes."""

    code = "wrong-sealed-bytes"


class WrongPlaintext(Untrusted):
    """What was sealed is not what the manifest says was sealed."""

    code = "wrong-plaintext"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What opening found, all of it as the manifest says: SHA-256 (hexadecimal), size, the part list."""

    sha256: str
    size: int
    part_digests: bytes


def open_exhibit(
    source: BinaryIO,
    sink: BinaryIO | None,
    *,
    manifest: Manifest,
    identities: Sequence[Identity],
    part_digests: bytes | None = None,
    header: bytes | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Open the sealed file *source*, write its plaintext to *sink* if there is one, and verify all against *manifest*.

    *header* is the header and nonce made anew for our present keys, if there is one (`sealing.rewrapping`); the parts
    are judged over the sealed file as it is. With *part_digests* (32 raw bytes a part) a wrong part is named as soon
    as it was read; without, the parts are judged together at the end. *progress* is called with the sealed bytes read
    so far. Raises `WrongPartList`, `AgeFailure` (`NoMatch`, `HeaderFailure`, `MACFailure`, `PayloadFailure`),
    `WrongPartDigest`, `WrongSealedBytes` or `WrongPlaintext`.
    """
    # 1. the part list is the signed one   2. the header opens for us   3. every chunk is genuine, in order, none cut
    # 4. every part is the sealed one   5. the whole has the signed size and root   6. so has the plaintext
    if part_digests is not None:
        verify_part_list(manifest.parts, part_digests)
    prefix = _read_ahead(source)
    head = io.BytesIO(prefix)
    opened = age.open_header(head, identities, limit=MAX_PREFIX, instead=header)
    work = _Opening(opened.payload_key, manifest.parts, part_digests, sink)
    work.begin(prefix[: opened.prefix_size])
    last = (Station(work=work.digest), Station(work=work.write)) if sink is not None else (Station(work=work.digest),)
    first = Station(work=work.digest_parts), Station(work=work.decrypt, then=last)
    rest = _Joined(prefix[opened.prefix_size :], source)
    with Pipeline(first, read_bytes=SEALED_BLOCK_BYTES, made_bytes=BLOCK_BYTES) as line:
        feed(rest, line, progress)
    return work.finish(manifest)


def verify_sealed(
    source: BinaryIO, parts: Parts, *, part_digests: bytes | None = None, progress: Progress | None = None
) -> bytes:
    """The part list of the sealed file *source*, found to be the one that *parts* of the manifest describe.

    Needs no key. Raises `WrongPartList`, `WrongPartDigest` or `WrongSealedBytes`.
    """
    if part_digests is not None:
        verify_part_list(parts, part_digests)
    check = _PartCheck(parts, part_digests)
    buffer = memoryview(bytearray(_VERIFY_BYTES))
    while count := fill(source, buffer):
        check.update(buffer[:count])
        if progress:
            progress(check.total)
    return check.finish()


def open_range(
    source: BinaryIO,
    start: int,
    length: int,
    *,
    manifest: Manifest,
    part_digests: bytes,
    identities: Sequence[Identity],
    header: bytes | None = None,
) -> bytes:
    """*length* bytes of the plaintext from byte *start*, from the seekable sealed file *source*: see `RangeReader`."""
    reader = RangeReader(source, manifest=manifest, part_digests=part_digests, identities=identities, header=header)
    return reader.read(start, length)


class RangeReader:
    """Stretches of the plaintext of a seekable sealed file, out of verified parts only.

    Only the parts that hold the bytes are read (and the first and last part). *header* is as in `open_exhibit`.
    """

    def __init__(
        self,
        source: BinaryIO,
        *,
        manifest: Manifest,
        part_digests: bytes,
        identities: Sequence[Identity],
        header: bytes | None = None,
    ) -> None:
        """Raises as `open_exhibit` does."""
        verify_part_list(manifest.parts, part_digests)
        verified = io.BufferedReader(_VerifiedParts(source, manifest.parts, part_digests), SEALED_CHUNK_SIZE)
        self._reader = age.OpenReader(verified, identities, instead=header)
        if self._reader.size != manifest.size:
            raise WrongPlaintext(f"{self._reader.size} bytes were sealed, the manifest says {manifest.size}")

    def read(self, start: int, length: int) -> bytes:
        """*length* bytes from byte *start*; raises `RangeOutside`, `WrongPartDigest` or `PayloadFailure`."""
        return self._reader.read_range(start, length)

    def copy(self, start: int, length: int, sink: BinaryIO) -> Iterator[int]:
        """Write *length* bytes from byte *start* to *sink*, a mebibyte at a time; how many are written so far.

        Raises as `read` does, `RangeOutside` before anything was written.
        """
        if not 0 <= start <= start + length <= self._reader.size:
            raise age.RangeOutside(f"bytes {start} to {start + length} lie outside the {self._reader.size} bytes of it")
        for done in range(0, length, RANGE_BYTES):
            piece = self.read(start + done, min(RANGE_BYTES, length - done))
            write_all(sink, memoryview(piece))
            yield done + len(piece)


def _read_ahead(source: BinaryIO) -> bytes:
    buffer = bytearray(MAX_PREFIX)
    count = fill(source, memoryview(buffer))
    return bytes(buffer[:count])


class _PartCheck:
    """Digests the parts and compares: each with the list when there is one, the root and the size at the end."""

    def __init__(self, parts: Parts, digests: bytes | None) -> None:
        self._parts = parts
        self._digests = digests
        self._hasher = PartHasher(parts.size, self._compare if digests is not None else None)

    @property
    def total(self) -> int:
        return self._hasher.total

    def update(self, data: bytes | memoryview) -> None:
        if self._hasher.total + len(data) > self._parts.total:
            raise WrongSealedBytes(f"the sealed file has more than the {self._parts.total} bytes that were sealed")
        self._hasher.update(data)

    def finish(self) -> bytes:
        if self._hasher.total != self._parts.total:
            raise WrongSealedBytes(f"the sealed file has {self.total} bytes, {self._parts.total} were sealed")
        digests = self._hasher.finish()
        if parts_root(digests) != self._parts.root:
            raise WrongSealedBytes
        return digests

    def _compare(self, number: int, digest: bytes) -> None:
        verify_part_digest(self._digests or b"", number, digest)


class _Opening:
    """The work of the four stations; each method is run by one thread only, block after block."""

    def __init__(self, payload_key: bytes, parts: Parts, digests: bytes | None, sink: BinaryIO | None) -> None:
        self._cipher = ChaCha20Poly1305(payload_key)
        self._parts = _PartCheck(parts, digests)
        self._whole = hashlib.sha256()
        self._sink = sink
        self._size = 0

    def begin(self, prefix: bytes) -> None:
        self._parts.update(prefix)

    def digest_parts(self, slot: Slot) -> None:
        self._parts.update(slot.read[: slot.size])

    def decrypt(self, slot: Slot) -> None:
        counter = slot.number * BLOCK_CHUNKS
        slot.made_size = decrypt_chunks_into(self._cipher, slot.read[: slot.size], counter, slot.made, last=slot.last)

    def digest(self, slot: Slot) -> None:
        self._whole.update(slot.made[: slot.made_size])
        self._size += slot.made_size

    def write(self, slot: Slot) -> None:
        if self._sink is not None:
            write_all(self._sink, slot.made[: slot.made_size])

    def finish(self, manifest: Manifest) -> Opened:
        digests = self._parts.finish()
        found = self._whole.hexdigest()
        if self._size != manifest.size:
            raise WrongPlaintext(f"{self._size} bytes were sealed, the manifest says {manifest.size}")
        if found != manifest.sha256:
            raise WrongPlaintext(f"the SHA-256 of what was sealed is {found}, the manifest says {manifest.sha256}")
        return Opened(sha256=found, size=self._size, part_digests=digests)


class _Joined(io.RawIOBase):
    """What was read ahead, and then the rest of the source."""

    def __init__(self, ahead: bytes, source: BinaryIO) -> None:
        self._ahead = memoryview(ahead)
        self._source = source

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._ahead:
            return fill(self._source, buffer)
        piece = self._ahead[: len(buffer)]
        buffer[: len(piece)] = piece
        self._ahead = self._ahead[len(piece) :]
        return len(piece)


class _VerifiedParts(io.RawIOBase):
    """A sealed file of which no byte is given out before the part it stands in was verified."""

    def __init__(self, source: BinaryIO, parts: Parts, digests: bytes) -> None:
        self._source = source
        self._parts = parts
        self._digests = digests
        self._place = 0
        self._cache: dict[int, bytes] = {}

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._parts.total}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        done = 0
        while done < len(buffer) and self._place < self._parts.total:
            number, offset = divmod(self._place, self._parts.size)
            piece = self._part(number)[offset : offset + len(buffer) - done]
            buffer[done : done + len(piece)] = piece
            done += len(piece)
            self._place += len(piece)
        return done

    def _part(self, number: int) -> bytes:
        data = self._cache.get(number)
        if data is None:
            self._source.seek(number * self._parts.size)
            buffer = bytearray(self._parts.length(number))
            count = fill(self._source, memoryview(buffer))
            data = bytes(buffer[:count])
            verify_part(self._parts, self._digests, number, data)
            if len(self._cache) >= _CACHED_PARTS:
                del self._cache[next(iter(self._cache))]
            self._cache[number] = data
        return data
