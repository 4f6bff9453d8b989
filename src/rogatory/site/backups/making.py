"""Making a backup of a node, which may be running: the database first, then what it names.

Rules in words. Messages and exhibits in the database name blobs, never the other way round, so the database is copied
first, as of one moment. A blob never changes: what the folder holds already by name and sum is not copied again. The
sealed file of an exhibit is hashed part by part on its way; one that has rotted is not taken in, and is told. What was
destroyed in the node is destroyed in the backup; what the node has merely lost stays there.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from rogatory.errors import NotFound, NotPermitted
from rogatory.evidence import parts
from rogatory.kernel import times
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import stored
from rogatory.ports.blobs import BlobDamaged, StorageFull
from rogatory.ports.evidence import ExhibitRow
from rogatory.site.backups import databases, layout
from rogatory.site.backups.layout import BLOBS, DATABASE, FILES, UNFINISHED, Head
from rogatory.stores.deposits import OWN_LOCK
from rogatory.stores.files import LocalBlobs

READ_BYTES = 8 * 1024 * 1024
ALL_EXHIBITS = "exhibits"
#: Files of the documents of meetings, each named by its SHA-256; they are never destroyed.
ALL_MEETINGS = "meetings"
#: What stands in the data folder and is not part of a backup: made anew, or copied in another way.
_LEFT_OUT = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "db.queue", OWN_LOCK, "blobs", "ledger", "restored.json")

Progress = Callable[[int], None]


class BackupUnderWay(NotPermitted):
    """Another backup into this folder is under way."""

    code = "backup-under-way"


@dataclass(slots=True, kw_only=True)
class Made:
    """What a backup did: its number, blobs copied and those there already, bytes; what was rotten or had gone."""

    number: int
    copied: int = 0
    kept: int = 0
    bytes: int = 0
    destroyed: int = 0
    rotten: list[str] = field(default_factory=list)


def make(
    node: Node,
    data: Path,
    database: dict[str, object],
    target: Path,
    *,
    left_out: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Made:
    """Back the node in the folder *data* up into the folder *target*.

    *left_out* are further folders that are no part of it. Raises `StorageFull`, after which the backup before is whole,
    and `BackupUnderWay`.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _alone(target):
            return _Making(node, data, (target, *left_out), progress).run(database)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StorageFull("there is no room for the backup; the one before is whole") from error
        raise


class _Making:
    def __init__(self, node: Node, data: Path, folders: Sequence[Path], progress: Progress | None) -> None:
        self._node, self._data, self._progress = node, data, progress
        self._target, self._apart = folders[0], {folder.resolve() for folder in folders}
        self._before = self._held_before()
        self._sums: dict[str, str] = {}
        self._blobs = LocalBlobs(self._target / BLOBS)

    def run(self, database: dict[str, object]) -> Made:
        self._clear()
        number = self._number()
        made = Made(number=number)
        place = self._target / str(number)
        log = self._node.stores.ledger.head()
        databases.copy(database, place / DATABASE)
        self._sums[f"{number}/{DATABASE}"] = layout.sha256_of(place / DATABASE)
        for path in self._files():
            relative = path.relative_to(self._data).as_posix()
            self._sums[f"{number}/{FILES}/{relative}"] = layout.copy_file(path, place / FILES / relative)
        self._take_unfinished(number)
        self._take_blobs(made)
        layout.sync_tree(place)
        head = Head(
            v=layout.VERSION,
            number=number,
            made_at=times.stamp(self._node.clock.now()),
            state=self._node.state,
            serial=self._node.config.serial,
            database=databases.kind_of(database),
            ledger_size=log.edge.size,
            checkpoint=log.checkpoint,
            files=len(self._sums),
            sums=layout.write_sums(self._target, number, self._sums),
        )
        layout.write_head(self._target, head)
        self._clear()
        made.destroyed = self._destroy()
        return made

    def _held_before(self) -> dict[str, str]:
        """The sums of the blobs that an earlier backup into this folder took."""
        try:
            sums = layout.read_sums(self._target, layout.read_head(self._target))
        except (NotFound, layout.BackupDamaged):
            return {}
        beginning = f"{BLOBS}/"
        return {path.removeprefix(beginning): said for path, said in sums.items() if path.startswith(beginning)}

    def _number(self) -> int:
        try:
            return layout.read_head(self._target).number + 1
        except NotFound:
            return 1

    def _clear(self) -> None:
        """Remove numbered folders that are not the backup: older ones, and one that was broken off."""
        try:
            held = str(layout.read_head(self._target).number)
        except NotFound:
            held = ""
        for path in self._target.iterdir():
            if path.is_dir() and path.name.isdigit() and path.name != held:
                shutil.rmtree(path)

    def _files(self) -> Iterator[Path]:
        """The plain files of the data folder, but what is copied in another way."""
        for place, folders, names in os.walk(self._data):
            here = Path(place)
            if here == self._data:
                folders[:] = [name for name in folders if name not in _LEFT_OUT]
            folders[:] = [name for name in folders if (here / name).resolve() not in self._apart]
            for name in sorted(names):
                path = here / name
                top = here == self._data and name in _LEFT_OUT
                if not top and not name.endswith(".tmp") and path.is_file() and not path.is_symlink():
                    yield path

    def _take_unfinished(self, number: int) -> None:
        for name in self._node.blobs.unfinished_names(ALL_EXHIBITS):
            try:
                source = self._node.blobs.open_unfinished(name)
            except NotFound:
                continue  # it was finished, or destroyed, meanwhile
            path = self._target / str(number) / UNFINISHED / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with source, path.open("xb") as file:
                self._sums[f"{number}/{UNFINISHED}/{name}"] = _copy_with_holes(source, file)

    def _take_blobs(self, made: Made) -> None:
        for name in (*self._node.blobs.names(ALL_EXHIBITS), *self._node.blobs.names(ALL_MEETINGS)):
            known = self._before.get(name, "")
            if self._blobs.exists(name):
                # One that no sum stands for was copied by a backup that was broken off: wholly, for it has its name.
                known = known or layout.sha256_of(self._target / BLOBS / name)
                made.kept += 1
            else:
                known = self._copy(name, made)
            if known:
                self._sums[f"{BLOBS}/{name}"] = known
        for name, said in self._before.items():
            if f"{BLOBS}/{name}" not in self._sums and self._blobs.exists(name) and not self._is_gone(name):
                self._sums[f"{BLOBS}/{name}"] = said  # the node lost it; the backup did not

    def _copy(self, name: str, made: Made) -> str:
        """Copy the blob *name*; its SHA-256, or nothing when it has gone or is rotten."""
        row = self._row(name)
        judge = parts.PartHasher(exhibits.manifest_of(row).parts.size) if row and name == row.sealed_blob else None
        digest = hashlib.sha256()
        writer = self._blobs.create(name)
        try:
            with self._node.blobs.open(name) as source:
                while data := source.read(READ_BYTES):
                    digest.update(data)
                    if judge:
                        judge.update(data)
                    writer.file.write(data)
                    made.bytes += len(data)
                    if self._progress:
                        self._progress(made.bytes)
            other = name.startswith(f"{ALL_MEETINGS}/") and digest.hexdigest() != name.rpartition("/")[2]
            if other or (row and judge and not _is_right(row, judge)):
                made.rotten.append(name)
                return ""
            writer.commit()
        except NotFound:
            return ""
        except BlobDamaged:
            made.rotten.append(name)
            return ""
        finally:
            writer.abort()
        made.copied += 1
        return digest.hexdigest()

    def _destroy(self) -> int:
        """Destroy in the backup what was destroyed in the node; how many blobs."""
        gone = [name for name in self._blobs.names(ALL_EXHIBITS) if f"{BLOBS}/{name}" not in self._sums]
        gone = [name for name in gone if self._is_gone(name)]
        for name in gone:
            self._blobs.shred(name)
        return len(gone)

    def _row(self, name: str) -> ExhibitRow | None:
        folder, _, rest = name.partition("/")
        return self._node.stores.exhibits.get(rest.split("/")[0]) if folder == ALL_EXHIBITS else None

    def _is_gone(self, name: str) -> bool:
        row = self._row(name)
        return row is not None and (stored.is_gone(row) or name not in stored.blob_names(row))


def _is_right(row: ExhibitRow, judge: parts.PartHasher) -> bool:
    cut = exhibits.manifest_of(row).parts
    digests = judge.finish()
    return judge.total == cut.total and parts.parts_root(digests) == cut.root


def _copy_with_holes(source: BinaryIO, file: BinaryIO) -> str:
    """Copy *source*, leaving holes where it is empty; the SHA-256 of all of it."""
    digest = hashlib.sha256()
    while data := source.read(READ_BYTES):
        digest.update(data)
        if data.count(0) == len(data):
            file.seek(len(data), os.SEEK_CUR)
        else:
            file.write(data)
    file.truncate(file.tell())
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest()


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / ".lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupUnderWay from error
        yield
