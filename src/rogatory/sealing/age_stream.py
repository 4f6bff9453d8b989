"""The payload of an age file: chunks of 64 KiB, each encrypted and authenticated on its own (C2SP age.md, Payload).

The nonce of a chunk is its number and a mark for the last one, so chunks cannot be reordered, dropped or cut off
unseen, and any one of them can be opened without those before it. A key is used for one file only.
"""

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.sealing.age_header import AgeFailure

CHUNK_SIZE = 64 * 1024
TAG_SIZE = 16
SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE


class PayloadFailure(AgeFailure):
    """The contents of the age file were changed or cut short."""

    code = "age-payload"


def chunk_nonce(counter: int, *, last: bool) -> bytes:
    """The 12-byte nonce of chunk number *counter* (from zero)."""
    return counter.to_bytes(11) + (b"\x01" if last else b"\x00")


def sealed_size(plain: int) -> int:
    """How many bytes *plain* bytes of contents become when sealed, header and nonce not counted."""
    return plain + TAG_SIZE * max(1, -(-plain // CHUNK_SIZE))


def plain_size(sealed: int) -> int:
    """How many bytes of contents are in *sealed* bytes of chunks; raises `PayloadFailure` when none could be."""
    chunks = max(1, -(-sealed // SEALED_CHUNK_SIZE))
    plain_in_last = sealed - (chunks - 1) * SEALED_CHUNK_SIZE - TAG_SIZE
    if plain_in_last < 0 or (plain_in_last == 0 and chunks > 1):
        raise PayloadFailure("the contents of the age file end in the middle of a chunk")
    return (chunks - 1) * CHUNK_SIZE + plain_in_last


def encrypt_chunk(cipher: ChaCha20Poly1305, chunk: bytes | memoryview, counter: int, *, last: bool) -> bytes:
    """Chunk number *counter* (at most 64 KiB) sealed; 16 bytes longer."""
    return cipher.encrypt(chunk_nonce(counter, last=last), chunk, None)


def decrypt_chunk(cipher: ChaCha20Poly1305, sealed: bytes | memoryview, counter: int, *, last: bool) -> bytes:
    """The contents of the sealed chunk number *counter*; raises `PayloadFailure`."""
    try:
        return cipher.decrypt(chunk_nonce(counter, last=last), sealed, None)
    except InvalidTag as error:
        raise PayloadFailure(f"chunk {counter} of the age file is not what was sealed") from error


def encrypt_chunks_into(
    cipher: ChaCha20Poly1305, plain: memoryview, counter: int, out: memoryview, *, last: bool
) -> int:
    """Seal *plain*, whole chunks from number *counter* on, into *out*; returns the bytes written.

    With *last*, the end of the contents is in *plain*: its last chunk is the last of all, and may be short; only the
    last chunk of empty contents is empty.
    """
    encrypt, size, place = cipher.encrypt_into, len(plain), 0
    for start in range(0, max(size, 1), CHUNK_SIZE):
        end = start + CHUNK_SIZE
        nonce = counter.to_bytes(11) + (b"\x01" if last and end >= size else b"\x00")
        place += encrypt(nonce, plain[start:end], None, out[place : place + min(size - start, CHUNK_SIZE) + TAG_SIZE])
        counter += 1
    return place


def decrypt_chunks_into(
    cipher: ChaCha20Poly1305, sealed: memoryview, counter: int, out: memoryview, *, last: bool
) -> int:
    """Open *sealed*, whole chunks from number *counter* on, into *out*; returns the bytes written.

    With *last*, the end of the sealed contents is in *sealed*. Raises `PayloadFailure`.
    """
    decrypt, size, place = cipher.decrypt_into, len(sealed), 0
    for start in range(0, max(size, 1), SEALED_CHUNK_SIZE):
        length = min(size - start, SEALED_CHUNK_SIZE) - TAG_SIZE
        if length < 0 or (length == 0 and counter):
            raise PayloadFailure("the contents of the age file end in the middle of a chunk")
        end = start + SEALED_CHUNK_SIZE
        nonce = counter.to_bytes(11) + (b"\x01" if last and end >= size else b"\x00")
        try:
            place += decrypt(nonce, sealed[start:end], None, out[place : place + length])
        except InvalidTag as error:
            raise PayloadFailure(f"chunk {counter} of the age file is not what was sealed") from error
        counter += 1
    return place


class ChunkWriter:
    """Seals what is written to it, chunk by chunk, into a sink; nothing is whole before `finish`."""

    def __init__(self, sink: BinaryIO, payload_key: bytes) -> None:
        self._sink = sink
        self._cipher = ChaCha20Poly1305(payload_key)
        self._held = bytearray()
        self._counter = 0
        self._finished = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take *data* up; at most 64 KiB are held back, since only the end shows which chunk is the last."""
        if self._finished:
            raise ValueError("the age file is already finished")
        self._held += data
        if len(self._held) <= CHUNK_SIZE:
            return
        whole = (len(self._held) - 1) // CHUNK_SIZE * CHUNK_SIZE
        with memoryview(self._held) as view:
            for start in range(0, whole, CHUNK_SIZE):
                self._emit(view[start : start + CHUNK_SIZE], last=False)
        del self._held[:whole]

    def finish(self) -> None:
        """Write the last chunk; call it once, at the end."""
        if self._finished:
            raise ValueError("the age file is already finished")
        self._finished = True
        self._emit(bytes(self._held), last=True)
        self._held.clear()

    def _emit(self, chunk: bytes | memoryview, *, last: bool) -> None:
        self._sink.write(encrypt_chunk(self._cipher, chunk, self._counter, last=last))
        self._counter += 1


def open_chunks(source: BinaryIO, payload_key: bytes) -> Iterator[bytes]:
    """The contents that *source*, standing behind the nonce, holds, chunk by chunk; raises `PayloadFailure`.

    What was yielded before the error is genuine, but is not the whole: the caller discards it.
    """
    cipher = ChaCha20Poly1305(payload_key)
    counter = 0
    sealed = _read_full(source, SEALED_CHUNK_SIZE)
    while True:
        following = _read_full(source, SEALED_CHUNK_SIZE) if len(sealed) == SEALED_CHUNK_SIZE else b""
        if not following:
            break
        try:
            yield decrypt_chunk(cipher, sealed, counter, last=False)
        except PayloadFailure:
            # If it opens as the last chunk, the file was whole and something was put behind it.
            yield decrypt_chunk(cipher, sealed, counter, last=True)
            raise PayloadFailure("something was put behind the end of the age file") from None
        sealed = following
        counter += 1
    try:
        last = decrypt_chunk(cipher, sealed, counter, last=True)
    except PayloadFailure:
        if len(sealed) < SEALED_CHUNK_SIZE:
            raise
        yield decrypt_chunk(cipher, sealed, counter, last=False)
        raise PayloadFailure("the age file was cut short behind a whole chunk") from None
    if not last and counter:
        raise PayloadFailure("the age file ends in an empty chunk")
    yield last


def _read_full(source: BinaryIO, size: int) -> bytes:
    # A raw file or a socket may give less than asked for before its end.
    data = source.read(size)
    if not data or len(data) == size:
        return data
    parts = [data]
    left = size - len(data)
    while left and (data := source.read(left)):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)
