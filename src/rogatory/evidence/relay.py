"""What one function writes, another reads at the same time: for opening an exhibit straight into sealing a new one.

Rules in words. The writer has a thread of its own; the reader stays with the caller. Between them wait a few blocks, so
memory does not grow with the file and the plaintext touches no disk. The reader sees the end only when the writer has
returned: when the writer fails, at whatever point, the reader gets that error instead of an end, and so can never take
a part for the whole. When the reader fails, the writer is stopped.
"""

import io
import queue
import threading
from collections.abc import Callable
from typing import BinaryIO, TypeVar, cast

from rogatory.errors import Unavailable

BLOCKS = 8
Made = TypeVar("Made")


class RelayStopped(Unavailable):
    """Nobody reads any more what is written."""

    code = "relay-stopped"


def relay(write: Callable[[BinaryIO], object], read: Callable[[BinaryIO], Made]) -> Made:
    """What *read* makes of the stream that *write* writes; raises what either raises, the writer's error first."""
    line = _Line()

    def run() -> None:
        try:
            write(cast("BinaryIO", _Sink(line)))
        except BaseException as error:
            line.failed = error
        line.put(None)

    writer = threading.Thread(target=run, name="rogatory-relay")
    writer.start()
    try:
        return read(cast("BinaryIO", _Source(line)))
    except BaseException:
        if line.failed is not None and not isinstance(line.failed, RelayStopped):
            raise line.failed from None
        raise
    finally:
        line.stop()
        writer.join()


class _Line:
    """A few blocks on their way; `None` is the end."""

    def __init__(self) -> None:
        self._blocks: queue.Queue[bytes | None] = queue.Queue(BLOCKS)
        self._stopped = threading.Event()
        self.failed: BaseException | None = None

    def put(self, block: bytes | None) -> None:
        while not self._stopped.is_set():
            try:
                self._blocks.put(block, timeout=0.1)
            except queue.Full:
                continue
            return
        if block is not None:
            raise RelayStopped

    def get(self) -> bytes | None:
        return self._blocks.get()

    def stop(self) -> None:
        self._stopped.set()


class _Sink(io.RawIOBase):
    """The writer's end."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        block = bytes(data)
        if block:
            self._line.put(block)
        return len(block)


class _Source(io.RawIOBase):
    """The reader's end; at the end of what was written it raises what the writer raised, if anything."""

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._left = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        into = memoryview(buffer).cast("B")
        if not self._left and not self._ended:
            block = self._line.get()
            if block is None:
                self._ended = True
                if self._line.failed is not None:
                    raise self._line.failed
            self._left = memoryview(block or b"")
        size = min(len(into), len(self._left))
        into[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
