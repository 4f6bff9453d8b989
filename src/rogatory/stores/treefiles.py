"""The hashes of the log's tree in files: `level-<k>` holds the complete subtrees of level k, 32 bytes each, in order.

Rules in words. The files are derived: whatever is in them can be made again from the entries in the database, and
nobody believes them unverified. Whoever finds them shorter than the log extends them from the entries, one at a time
(a lock on the file `lock`), and holds what was made against the edge in the head of the log; where it differs, all is
made anew from the first entry. Only committed entries are written here. `durable` says how many leaves were fsynced:
a process that opens the files makes the rest again, because a machine that lost power may have kept their length and
lost their bytes. `checkpoint` is the newest signed head that was seen; when the database no longer continues it, the
log was set back, and the checkpoint is kept as `lost-<size>` for whoever asks what happened.
"""

import contextlib
import errno
import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rogatory.errors import RogatoryError, Unavailable
from rogatory.ledger import checkpoint, merkle
from rogatory.ledger.merkle import HASH_BYTES, Edge
from rogatory.ports.blobs import StorageFull
from rogatory.ports.record import Head, LedgerDamaged

#: How many entries are read and hashed at a time, and after how many the files are fsynced.
CHUNK = 4096
log = logging.getLogger("rogatory.ledger")

Entries = Callable[[int, int], Sequence[bytes]]


class TreeFiles:
    """`ledger.merkle.NodeRows` over the files in one folder; shared by the threads of a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine = threading.Lock()
        self._descriptors: dict[int, int] = {}
        self._known = 0

    @property
    def size(self) -> int:
        """Of how many entries this process has seen the files hold the tree."""
        return self._known

    def get(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree (*level*, *index*), not to be believed; too short when it is missing."""
        return self.row(level, index, 1)

    def row(self, level: int, start: int, count: int) -> bytes:
        """The hashes of *count* subtrees of *level* from *start* on; fewer when some are missing."""
        try:
            return os.pread(self._descriptors[level], count * HASH_BYTES, start * HASH_BYTES)
        except (KeyError, OSError):
            return b""

    def catch_up(self, newest: Callable[[], Head], entries: Entries, *, anew: bool = False) -> None:
        """Make the files hold the tree of the *newest* head, from the first entry on when *anew*.

        Raises `LedgerDamaged` when the entries do not make that tree, `StorageFull` and `Unavailable`.
        """
        try:
            with self._turn():
                self._catch_up(newest(), entries, anew=anew)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull from error
            raise Unavailable(f"the files of the ledger: {error.strerror}") from error

    def lost(self) -> list[str]:
        """The checkpoints that the log no longer continues, the shortest first; not to be believed."""
        found = sorted(self._folder.glob("lost-*"), key=lambda path: (len(path.name), path.name))
        return [path.read_text(encoding="utf-8") for path in found]

    def close(self) -> None:
        """Close the files; the next `catch_up` opens them again."""
        with self._mine:
            self._forget()

    def _catch_up(self, head: Head, entries: Entries, *, anew: bool) -> None:
        edge, durable = head.edge, self._durable()
        have = self._open(edge.size)
        if have == edge.size == self._known and not anew:
            return
        if have > edge.size:
            log.error("the files hold %s entries, the database %s: the log was set back", have, edge.size)
        begin = 0 if anew else min(have, edge.size, have if self._known else durable)
        if self._write(begin, edge, entries) != edge:
            log.error("the files of the ledger do not fit its head; they are made anew from its %s entries", edge.size)
            begin = 0
            if self._write(begin, edge, entries) != edge:
                raise LedgerDamaged(f"the {edge.size} entries in the database do not make the tree of the log's head")
        for level, descriptor in self._descriptors.items():
            os.ftruncate(descriptor, (edge.size >> level) * HASH_BYTES)
        self._known = edge.size
        if begin == 0 or not durable <= edge.size < durable + CHUNK:
            self._make_durable(edge.size)
        self._keep(head)

    def _write(self, start: int, target: Edge, entries: Entries) -> Edge | None:
        """The edge after the entries from *start* up to *target* were hashed into the files; `None` without a start."""
        try:
            edge = merkle.edge_of(start, self)
        except merkle.OutsideTree:
            return None
        while edge.size < target.size:
            end = min(target.size, edge.size - edge.size % CHUNK + CHUNK)
            found = entries(edge.size, end)
            if len(found) != end - edge.size:
                raise LedgerDamaged(
                    f"the log has {target.size} entries; some from {edge.size} to {end - 1} are missing"
                )
            growth = merkle.append(edge, [merkle.hash_leaf(entry) for entry in found])
            for level, row in enumerate(growth.rows):
                _write_all(self._descriptor(level), b"".join(row), (growth.start >> level) * HASH_BYTES)
            edge = growth.edge
        return edge

    def _open(self, size: int) -> int:
        """How many leaves the files hold, each level with all that they need; opens what there is."""
        if self._known and not self._same_files():
            self._forget()
        have = os.fstat(self._descriptor(0)).st_size // HASH_BYTES
        for level in range(1, max(size, have).bit_length()):
            held = os.fstat(self._descriptor(level)).st_size // HASH_BYTES
            have = min(have, ((held + 1) << level) - 1)
        return have

    def _same_files(self) -> bool:
        for level, descriptor in self._descriptors.items():
            try:
                if self._level(level).stat().st_ino != os.fstat(descriptor).st_ino:
                    return False
            except FileNotFoundError:
                return False
        return True

    def _forget(self) -> None:
        descriptors, self._descriptors, self._known = self._descriptors, {}, 0
        for descriptor in descriptors.values():
            os.close(descriptor)

    def _descriptor(self, level: int) -> int:
        if level not in self._descriptors:
            self._descriptors[level] = os.open(self._level(level), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._descriptors[level]

    def _level(self, level: int) -> Path:
        return self._folder / f"level-{level}"

    def _durable(self) -> int:
        try:
            return int((self._folder / "durable").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def _make_durable(self, size: int) -> None:
        for descriptor in self._descriptors.values():
            os.fdatasync(descriptor)
        self._replace("durable", str(size), durably=True)

    def _keep(self, head: Head) -> None:
        """Keep the checkpoint of *head*, and the one before as lost when the tree does not continue it."""
        path = self._folder / "checkpoint"
        with contextlib.suppress(FileNotFoundError, RogatoryError, UnicodeDecodeError):
            text = path.read_text(encoding="utf-8")
            before = checkpoint.read_checkpoint(text).checkpoint
            if before.size > head.edge.size or merkle.root(before.size, self) != before.root:
                log.error("the log does not continue its own checkpoint of %s entries: it was set back", before.size)
                self._replace(f"lost-{before.size}-{before.root.hex()[:16]}", text, durably=True)
        if head.checkpoint:
            self._replace("checkpoint", head.checkpoint, durably=False)

    def _replace(self, name: str, text: str, *, durably: bool) -> None:
        temporary = self._folder / f".{name}.tmp"
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            if durably:
                os.fsync(file.fileno())
        temporary.rename(self._folder / name)
        if durably:
            self._sync_folder()

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        with self._mine:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (self._folder / "lock").open("ab", buffering=0) as turn:
                fcntl.flock(turn, fcntl.LOCK_EX)  # let go when the file is closed
                yield


class Unwritten:
    """`ledger.merkle.NodeRows` of a log that grew in a transaction not yet committed: the files, and what it adds."""

    def __init__(self, files: TreeFiles, edge: Edge, entries: Sequence[bytes]) -> None:
        self._files = files
        growth = merkle.append(edge, [merkle.hash_leaf(entry) for entry in entries])
        self._start = growth.start
        self._new = {(level, index): found for level, index, found in growth.nodes()}

    def get(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree."""
        return self._new.get((level, index)) or self._files.get(level, index)

    def row(self, level: int, start: int, count: int) -> bytes:
        """The hashes of *count* subtrees of *level* from *start* on."""
        return b"".join(self.get(level, index) for index in range(start, start + count))


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written
