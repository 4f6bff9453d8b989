"""Writing a blob to an S3-compatible store: what is written gathers into pieces, several of which are on their way."""

import io
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future

from rogatory.stores.direct import Bytes
from rogatory.stores.s3.pieces import Index, Piece

ON_THE_WAY = 3
Put = Callable[[int, bytes], Piece]


class PieceWriter(io.RawIOBase):
    """The bytes of a blob from *offset*, in pieces of *size* bytes; raises what *put* does, `finish` at the latest."""

    def __init__(self, put: Put, hands: Executor, offset: int = 0, *, size: int) -> None:
        self._put, self._hands, self._size = put, hands, size
        self._place = offset
        self._held = bytearray()
        self._coming: deque[Future[Piece]] = deque()
        self._written: list[Piece] = []

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Bytes, /) -> int:  # type: ignore[override]
        """Take all of *data*; returns its length in bytes."""
        with memoryview(data) as given, given.cast("B") as view:
            done = 0
            while done < len(view):
                count = min(self._size - len(self._held), len(view) - done)
                self._held += view[done : done + count]
                done += count
                if len(self._held) == self._size:
                    self._send()
            return done

    def finish(self) -> Index:
        """The pieces of everything that was written, all of them durable."""
        if self._held:
            self._send()
        while self._coming:
            self._written.append(self._coming.popleft().result())
        return Index(size=self._place, pieces=tuple(self._written))

    def take_written(self) -> tuple[Piece, ...]:
        """The pieces that reached the store; waits for those on their way."""
        while self._coming:
            one = self._coming.popleft()
            if one.exception() is None:
                self._written.append(one.result())
        found = tuple(self._written)
        self._written.clear()
        return found

    def close(self) -> None:
        """Take no more; what is held back is lost."""
        self._held.clear()
        super().close()

    def _send(self) -> None:
        if len(self._coming) >= ON_THE_WAY:
            self._written.append(self._coming.popleft().result())
        self._coming.append(self._hands.submit(self._put, self._place, bytes(self._held)))
        self._place += len(self._held)
        self._held.clear()
