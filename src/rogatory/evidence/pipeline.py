"""A line of threads through which blocks of a large file pass: what sealing and opening have in common.

Rules in words. The caller's thread reads; every station is one thread that works on the blocks in their order; a
station hands a block on to the stations behind it. Blocks are slots of two reused buffers, and there are few of them:
the memory is bounded, and a slow disk holds the reader back. A slot is free again when the last stations have left
it. An error stops the line: what came before it is still worked on, what comes after is not, so that of several
errors the one in the earliest block (of the earliest station) is raised, whichever thread was quicker; an error of the
caller comes after all that it has submitted. Nobody waits for ever.

Hashing and encryption let go of the interpreter lock for blocks of this size, so two cores are really used. The
buffers stand on pages of their own, so that a sink that can write past the page cache writes them as they are.
"""

import io
import mmap
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import BinaryIO, Self

SLOTS = 8


@dataclass(slots=True, kw_only=True, eq=False)
class Slot:
    """One block on its way: what was read (`size` bytes of *read*), and what was made of it (`made_size` of *made*)."""

    read: memoryview
    made: memoryview
    size: int = 0
    made_size: int = 0
    number: int = 0
    last: bool = False
    waiting: int = 0


Work = Callable[[Slot], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Station:
    """What one thread does to each block, and the stations that get the block afterwards."""

    work: Work
    then: tuple["Station", ...] = ()
    inbox: "queue.SimpleQueue[tuple[Slot, bool] | None]" = field(default_factory=queue.SimpleQueue)


class Pipeline:
    """Stations at work; use it as a context, `submit` slots from `free_slot` to it, in order."""

    def __init__(self, first: Sequence[Station], *, read_bytes: int, made_bytes: int, slots: int = SLOTS) -> None:
        self._first = tuple(first)
        self._stations = _all_stations(self._first)
        self._ends = sum(1 for station in self._stations if not station.then)
        self._slots = [
            Slot(read=memoryview(mmap.mmap(-1, read_bytes)), made=memoryview(mmap.mmap(-1, made_bytes)))
            for _ in range(slots)
        ]
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for slot in self._slots:
            self._free.put(slot)
        self._lock = threading.Lock()
        self._failure: tuple[int, int, BaseException] | None = None
        self._submitted = 0
        self._threads = [threading.Thread(target=self._run, args=turn) for turn in enumerate(self._stations)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._fail(self._submitted, -1, error)
        for station in self._first:
            station.inbox.put(None)
        for thread in self._threads:
            thread.join()
        for slot in self._slots:
            # An error keeps its frames, and they keep the slots: the memory is let go of here.
            slot.read.release()
            slot.made.release()
        if error is None and self._failure is not None:
            raise self._failure[2]

    def free_slot(self) -> Slot | None:
        """A slot that nobody uses, after waiting for one; None when the line has failed and takes no more."""
        slot = self._free.get()
        return None if self._failure is not None else slot

    def submit(self, slot: Slot) -> None:
        """Send a filled slot on its way."""
        slot.waiting = self._ends
        self._submitted = slot.number + 1
        for station in self._first:
            station.inbox.put((slot, True))

    def _run(self, rank: int, station: Station) -> None:
        while (item := station.inbox.get()) is not None:
            slot, good = item
            failure = self._failure
            if good and (failure is None or slot.number <= failure[0]):
                try:
                    station.work(slot)
                except BaseException as error:
                    good = False
                    self._fail(slot.number, rank, error)
            for following in station.then:
                following.inbox.put((slot, good))
            if not station.then:
                self._release(slot)
        for following in station.then:
            following.inbox.put(None)

    def _release(self, slot: Slot) -> None:
        with self._lock:
            slot.waiting -= 1
            done = slot.waiting == 0
        if done:
            self._free.put(slot)

    def _fail(self, number: int, rank: int, error: BaseException) -> None:
        with self._lock:
            if self._failure is None or (number, rank) < self._failure[:2]:
                self._failure = (number, rank, error)


def feed(
    source: BinaryIO | io.RawIOBase, line: Pipeline, progress: Callable[[int], None] | None = None, *, first: int = 0
) -> int:
    """Send *source* down the *line*, its blocks numbered from *first*, and return its size in bytes.

    *progress* hears how many bytes were read so far. A block is known to be the last only when nothing could be read
    after it.
    """
    total, number = 0, first
    held = line.free_slot()
    if held is not None:
        held.size = fill(source, held.read)
    while held is not None:
        following = None
        held.number, held.last = number, held.size < len(held.read)
        if not held.last:
            following = line.free_slot()
            if following is None:
                break
            following.size = fill(source, following.read)
            held.last = following.size == 0
        total += held.size
        line.submit(held)
        if progress:
            progress(total)
        held, number = (None if held.last else following), number + 1
    return total


def fill(source: BinaryIO | io.RawIOBase, buffer: memoryview) -> int:
    """Read from *source* until *buffer* is full or the end is reached; the number of bytes read."""
    done = 0
    readinto = getattr(source, "readinto", None)
    while done < len(buffer):
        if readinto is None:
            data = source.read(len(buffer) - done)
            count = len(data)
            buffer[done : done + count] = data
        else:
            count = readinto(buffer[done:])
        if not count:
            break
        done += count
    return done


def _all_stations(first: Sequence[Station]) -> list[Station]:
    found: list[Station] = []
    for station in first:
        found += [station, *_all_stations(station.then)]
    return found
