"""How a sealing that was stopped goes on: milestones, and what is needed to take it up at the last of them.

Rules in words. At a milestone all stations agree how far they have come, and what was written is durable. A pass that
ended (a person stopped it, the power failed, the disk was full) is taken up by another that reads the plaintext again
from its beginning: up to the milestone it is only digested, and its SHA-256 there must be the one noted, or nothing
goes on; from there it is sealed as if nothing had happened. A chunk is numbered, and its number is its nonce; what
the stopped pass had sealed behind its last milestone is therefore compared, chunk by chunk, with what is sealed there
now, so that one key never seals two different things at one place.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from rogatory.errors import BadInput, NotFound
from rogatory.evidence.parts import DIGEST_BYTES, PartHasher
from rogatory.evidence.pipeline import fill
from rogatory.sealing.age_stream import CHUNK_SIZE, SEALED_CHUNK_SIZE, TAG_SIZE, PayloadFailure, decrypt_chunk

MILESTONE_BYTES = 256 * 1024 * 1024
_READ_BYTES = 1024 * 1024


class SourceChanged(BadInput):
    """What is read now is not what was being sealed."""

    code = "source-changed"
    remedy = "Give the same file again, unchanged; or abandon the sealing, and seal the file as it is now."


class MilestoneLost(NotFound):
    """What the stopped sealing had written is not all there any more."""

    code = "milestone-lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A place from which a sealing can go on.

    *plain* bytes had been read, with the SHA-256 *sha256* (hexadecimal). *written* bytes of the sealed file were
    durable, *tail* are the bytes that follow them (less than a page), and *parts* parts were closed.
    """

    plain: int
    sha256: str
    written: int
    tail: bytes
    parts: int

    @property
    def sealed(self) -> int:
        """How many bytes of the sealed file are known."""
        return self.written + len(self.tail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Where a sealing notes its milestones, one about *every* so many bytes of the plaintext.

    *sync* makes durable what the sink took, from any thread. *note* keeps a milestone, with the digests of the parts
    closed since the one before; the thread that called `seal` calls it.
    """

    sync: Callable[[], None]
    note: Callable[[Milestone, bytes], None]
    every: int = MILESTONE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stopped:
    """An earlier pass, as far as its last *milestone*: its *parts*, digested that far, and what it sealed *later*: the
    tags of the chunks behind the milestone, by number and by being the last.
    """

    milestone: Milestone
    parts: PartHasher
    later: Mapping[tuple[int, bool], bytes] = field(repr=False)


class Gathering:
    """What the stations say at marked blocks, gathered into milestones; `ready` gives those that are complete."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[int, dict[str, Any]] = {}
        self._ready: SimpleQueue[tuple[Milestone, bytes]] = SimpleQueue()

    def say(self, number: int, **facts: Any) -> None:
        """What one station knows when block *number* has left it."""
        with self._lock:
            said = self._said.setdefault(number, {})
            said |= facts
            if len(said) == len(Milestone.__dataclass_fields__) + 1:
                del self._said[number]
                new = said.pop("part_digests")
                self._ready.put((Milestone(**said), new))

    def ready(self) -> Iterator[tuple[Milestone, bytes]]:
        """The milestones that are complete and were not given before, with the digests of the parts closed since."""
        while True:
            try:
                yield self._ready.get_nowait()
            except Empty:
                return


def stopped(
    kept: BinaryIO, milestone: Milestone, *, part_digests: bytes, part_size: int, payload_key: bytes
) -> Stopped:
    """The pass that stopped at *milestone*, from the seekable unfinished sealed file that it *kept*.

    *part_digests* is the list of the parts that were closed; raises `MilestoneLost`.
    """
    closed = milestone.parts * part_size
    parts = PartHasher(part_size, before=part_digests)
    kept.seek(min(closed, milestone.written))
    left = max(milestone.written - closed, 0)
    buffer = memoryview(bytearray(_READ_BYTES))
    while left and (count := fill(kept, buffer[: min(left, _READ_BYTES)])):
        parts.update(buffer[:count])
        left -= count
    if left or len(part_digests) != milestone.parts * DIGEST_BYTES:
        raise MilestoneLost
    parts.update(milestone.tail[max(closed - milestone.written, 0) :])
    kept.seek(milestone.sealed)
    later = dict(_tags(kept, milestone.plain // CHUNK_SIZE, payload_key))
    return Stopped(milestone=milestone, parts=parts, later=later)


def _tags(kept: BinaryIO, counter: int, payload_key: bytes) -> Iterator[tuple[tuple[int, bool], bytes]]:
    """The tags of the chunks that stand in *kept* from chunk *counter* on; what is not genuine was never whole."""
    cipher = ChaCha20Poly1305(payload_key)
    buffer = memoryview(bytearray(SEALED_CHUNK_SIZE))
    while (count := fill(kept, buffer)) >= TAG_SIZE:
        sealed = buffer[:count]
        for last in (False, True):
            try:
                decrypt_chunk(cipher, sealed, counter, last=last)
            except PayloadFailure:
                continue
            yield (counter, last), bytes(sealed[-TAG_SIZE:])
        counter += 1
