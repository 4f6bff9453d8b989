"""One request at the door between nodes: its body within limits, and who signed it.

A signature covers the digest of the body, so it is checked before the body is read: nobody who is no partner can keep
the door busy with one.
"""

import hashlib
import mmap
import threading
from dataclasses import dataclass
from typing import Any

from rogatory.errors import BadInput
from rogatory.evidence.parts import PART_BYTES
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.transports import http_signatures
from rogatory.transports.http_signatures import Signed

PIECE = 256 * 1024
NO_BODY = hashlib.sha256(b"").digest()
Environ = dict[str, Any]


class TooLarge(BadInput):
    """The body is larger than this door takes."""

    code = "too-large"


class NoLength(BadInput):
    """The request must say how long its body is."""

    code = "length-required"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request at the door."""

    node: Node
    environ: Environ

    def body(self, limit: int) -> bytes:
        """The whole body; raises `NoLength` and `TooLarge`."""
        length = self._length(limit)
        data: bytes = self.environ["wsgi.input"].read(length)
        if len(data) != length:
            raise BadInput(f"{len(data)} of {length} bytes arrived")
        return data

    def large_body(self, limit: int) -> tuple[memoryview, bytes]:
        """The whole body, in memory that this thread's next request uses again, and its SHA-256."""
        length = self._length(limit)
        buffer, source, whole = _buffer(length), self.environ["wsgi.input"], hashlib.sha256()
        done = 0
        while done < length and (piece := source.read(min(PIECE, length - done))):
            whole.update(piece)
            buffer[done : done + len(piece)] = piece
            done += len(piece)
        if done != length:
            raise BadInput(f"{done} of {length} bytes arrived")
        return buffer[:length], whole.digest()

    def _length(self, limit: int) -> int:
        text = self.environ.get("CONTENT_LENGTH") or ""
        if not text.isdigit() or len(text) > 15:
            raise NoLength
        length = int(text)
        if length > limit:
            raise TooLarge(f"{length} bytes are more than the {limit} that this door takes")
        return length

    def sender(self) -> str:
        """The partner State whose authority signed this HTTP request, which has no body."""
        return self.signed().sent(NO_BODY)

    def signed(self) -> Signed:
        """Who signed this HTTP request, and the digest of the body that is to come: known before the body is read."""
        return http_signatures.verify(
            self.environ["REQUEST_METHOD"],
            f"{self.node.config.address}{self.environ['PATH_INFO']}",
            _headers(self.environ),
            ring=partners.ring(self.node),
            now=self.node.clock.now(),
        )


_memory = threading.local()


def _buffer(size: int) -> memoryview:
    """Page-aligned memory of *size* bytes, one piece a thread: to touch fresh memory costs more than to fill it."""
    held: mmap.mmap | None = getattr(_memory, "held", None)
    if held is None or len(held) < size:
        _memory.held = held = mmap.mmap(-1, max(size, PART_BYTES))
    return memoryview(held)


def _headers(environ: Environ) -> dict[str, str]:
    found = {
        name[5:].replace("_", "-").lower(): str(value) for name, value in environ.items() if name.startswith("HTTP_")
    }
    if environ.get("CONTENT_TYPE"):
        found["content-type"] = environ["CONTENT_TYPE"]
    return found
