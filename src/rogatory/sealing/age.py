"""age files, version 1 (C2SP age.md): sealing to receivers and opening, whole, as a stream, or any range.

A file is a header, a nonce of 16 bytes, and the chunks. Every random byte is drawn from the `random` that the caller
passes in, except inside the hybrid encapsulation (see `recipients`). Opening raises an `AgeFailure`: `HeaderFailure`,
`MACFailure`, `NoMatch` or `PayloadFailure`; nobody gets contents that were not authenticated.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.errors import BadInput
from rogatory.sealing import hkdf
from rogatory.sealing.age_header import (
    FILE_KEY_SIZE,
    MAX_HEADER,
    AgeFailure,
    Header,
    HeaderFailure,
    format_header,
    read_header,
)
from rogatory.sealing.age_stream import (
    CHUNK_SIZE,
    SEALED_CHUNK_SIZE,
    ChunkWriter,
    decrypt_chunk,
    encrypt_chunk,
    open_chunks,
    plain_size,
)
from rogatory.sealing.keys import Random
from rogatory.sealing.recipients import Identity, Recipient, kind_of, parse_recipient

NONCE_SIZE = 16


class NoMatch(AgeFailure):
    """The age file is not sealed to any of these keys."""

    code = "age-no-match"


class RangeOutside(BadInput):
    """The bytes asked for lie outside the contents."""

    code = "range-outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHeader:
    """The beginning of a new age file, and the key for its chunks."""

    header: bytes
    nonce: bytes
    payload_key: bytes = field(repr=False)

    @property
    def prefix(self) -> bytes:
        """What stands in the file before the first chunk: header and nonce."""
        return self.header + self.nonce


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHeader:
    """The beginning of an age file as opened: where its chunks begin, and the key for them."""

    header: Header
    prefix_size: int
    payload_key: bytes = field(repr=False)


def new_header(recipients: Sequence[str | Recipient], random: Random) -> SealedHeader:
    """The beginning of a new file sealed to *recipients*; raises `BadRecipient` or `MixedRecipients`."""
    wanted = [parse_recipient(item) if isinstance(item, str) else item for item in recipients]
    kind_of(wanted)
    file_key = random(FILE_KEY_SIZE)
    header = format_header(file_key, [recipient.wrap(file_key, random) for recipient in wanted])
    nonce = random(NONCE_SIZE)
    return SealedHeader(header=header, nonce=nonce, payload_key=_payload_key(file_key, nonce))


def open_header(
    source: BinaryIO, identities: Sequence[Identity], *, limit: int = MAX_HEADER, instead: bytes | None = None
) -> OpenedHeader:
    """The header and nonce read from *source* and unwrapped by the first of *identities* that can.

    With *instead* (a header and nonce made anew for the same file, see `rewrapping`), that one is unwrapped in the
    place of the file's own, which is only passed over. Leaves *source* at the first chunk. Raises `HeaderFailure`,
    `NoMatch` or `MACFailure`.
    """
    own = read_header(source, limit=limit)
    if instead is None:
        return unwrap_header(own, source, identities)
    nonce = _read_nonce(source)
    beside = io.BytesIO(instead)
    opened = open_header(beside, identities, limit=limit)
    if beside.read(1) or not instead.endswith(nonce):
        raise HeaderFailure("the header beside the sealed file is not one of this file")
    return OpenedHeader(header=own, prefix_size=own.size + NONCE_SIZE, payload_key=opened.payload_key)


def unwrap_header(header: Header, source: BinaryIO, identities: Sequence[Identity]) -> OpenedHeader:
    """As `open_header`, for a *header* that was already read from *source*."""
    file_key = unwrap_file_key(header, identities)
    nonce = _read_nonce(source)
    return OpenedHeader(header=header, prefix_size=header.size + NONCE_SIZE, payload_key=_payload_key(file_key, nonce))


def unwrap_file_key(header: Header, identities: Sequence[Identity]) -> bytes:
    """The key (16 bytes) that *header* carries to the first of *identities* that can unwrap it.

    Raises `NoMatch`, `HeaderFailure` or `MACFailure`.
    """
    file_key = _unwrap(header, identities)
    header.verify_mac(file_key)
    return file_key


def seal(data: bytes, recipients: Sequence[str | Recipient], random: Random) -> bytes:
    """*data* as an age file sealed to *recipients*; raises `BadRecipient` or `MixedRecipients`."""
    begun = new_header(recipients, random)
    if len(data) <= CHUNK_SIZE:
        return begun.prefix + encrypt_chunk(ChaCha20Poly1305(begun.payload_key), data, 0, last=True)
    sink = io.BytesIO()
    sink.write(begun.prefix)
    writer = ChunkWriter(sink, begun.payload_key)
    writer.write(data)
    writer.finish()
    return sink.getvalue()


def open_sealed(data: bytes, identities: Sequence[Identity]) -> bytes:
    """The contents of the age file *data*; raises `AgeFailure`."""
    source = io.BytesIO(data)
    opened = open_header(source, identities)
    return b"".join(open_chunks(source, opened.payload_key))


def open_stream(source: BinaryIO, sink: BinaryIO, identities: Sequence[Identity]) -> int:
    """Write the contents of the age file *source* to *sink* and return their size; raises `AgeFailure`.

    When it raises, what *sink* holds is not the whole and must be thrown away.
    """
    opened = open_header(source, identities)
    size = 0
    for chunk in open_chunks(source, opened.payload_key):
        sink.write(chunk)
        size += len(chunk)
    return size


class SealWriter:
    """An age file that is written piece by piece; it is whole only after `finish`."""

    def __init__(self, sink: BinaryIO, recipients: Sequence[str | Recipient], random: Random) -> None:
        begun = new_header(recipients, random)
        sink.write(begun.prefix)
        self._chunks = ChunkWriter(sink, begun.payload_key)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Seal *data* behind what was written before."""
        self._chunks.write(data)

    def finish(self) -> None:
        """Write the last chunk; call it once, at the end."""
        self._chunks.finish()


class OpenReader:
    """A seekable age file, opened: its `size`, and any range of its contents.

    The last chunk is opened first, so that a file cut off at a chunk is seen before anything is given out.
    """

    def __init__(self, source: BinaryIO, identities: Sequence[Identity], *, instead: bytes | None = None) -> None:
        """Open *source* from its beginning, by the header *instead* of its own if given; raises `AgeFailure`."""
        source.seek(0)
        opened = open_header(source, identities, instead=instead)
        self._source = source
        self._start = opened.prefix_size
        self._cipher = ChaCha20Poly1305(opened.payload_key)
        self._end = source.seek(0, io.SEEK_END)
        self.size: int = plain_size(self._end - self._start)
        self._last = max(0, self.size - 1) // CHUNK_SIZE
        self._chunk(self._last)

    def read_range(self, start: int, length: int) -> bytes:
        """*length* bytes of the contents from the byte *start*; raises `RangeOutside` or `PayloadFailure`."""
        if start < 0 or length < 0 or start + length > self.size:
            raise RangeOutside(f"bytes {start} to {start + length} lie outside the {self.size} bytes of the contents")
        if not length:
            return b""
        first, last = start // CHUNK_SIZE, (start + length - 1) // CHUNK_SIZE
        data = b"".join(self._chunk(number) for number in range(first, last + 1))
        offset = start - first * CHUNK_SIZE
        return data[offset : offset + length]

    def _chunk(self, number: int) -> bytes:
        place = self._start + number * SEALED_CHUNK_SIZE
        self._source.seek(place)
        sealed = self._source.read(min(SEALED_CHUNK_SIZE, self._end - place))
        return decrypt_chunk(self._cipher, sealed, number, last=number == self._last)


def open_range(source: BinaryIO, start: int, length: int, identities: Sequence[Identity]) -> bytes:
    """*length* bytes from the byte *start* of the contents of the seekable age file *source*.

    Raises `AgeFailure` or `RangeOutside`.
    """
    return OpenReader(source, identities).read_range(start, length)


def _unwrap(header: Header, identities: Sequence[Identity]) -> bytes:
    for identity in identities:
        for stanza in header.stanzas:
            if stanza.kind == identity.kind and (file_key := identity.unwrap(stanza)) is not None:
                return file_key
    raise NoMatch


def _read_nonce(source: BinaryIO) -> bytes:
    nonce = source.read(NONCE_SIZE)
    if len(nonce) != NONCE_SIZE:
        raise HeaderFailure("the age file ends before its contents begin")
    return nonce


def _payload_key(file_key: bytes, nonce: bytes) -> bytes:
    return hkdf.derive(file_key, salt=nonce, info=b"payload")
