"""Blobs in local files: written under another name, fsynced, renamed; a name is used once.

An unfinished blob (`NAME.part`) takes its pieces in any order, each durable before it is counted, and becomes a blob
by a rename. Names are relative paths of letters, digits, dots and dashes; nothing else reaches the file system.
"""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from rogatory.errors import BadInput, NotFound, Unavailable
from rogatory.ports.blobs import StorageFull
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores.direct import Bytes, DirectFile
from rogatory.stores.direct import write_at as write_direct

_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,99}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_UNFINISHED = ".part"
_TEMPORARY = ".tmp"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: An age header has at most so many bytes, and holds the only way to the key of the file.
SHREDDED_BYTES = 1024 * 1024


class BadBlobName(BadInput):
    """A blob is not named like that."""

    code = "bad-blob-name"


class BlobFile(DirectFile):
    """The bytes of a blob being written; raises `StorageFull` and `Unavailable`."""

    def write(self, data: Bytes, /) -> int:  # type: ignore[override]
        """Take all of *data*; returns its length in bytes."""
        with _told():
            return super().write(data)


class Writer:
    """`ports.blobs.BlobWriter`: a temporary file that `commit` makes a blob."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self._path = final.with_name(f"{final.name}.{os.getpid()}-{id(self):x}{_TEMPORARY}")
        final.parent.mkdir(parents=True, exist_ok=True)
        self._file = BlobFile(self._path)
        self.file = cast("BinaryIO", self._file)

    def commit(self, *, over: bool = False) -> None:
        """Make what was written a blob, durably, *over* another or not; raises `AlreadyHeld` and `StorageFull`."""
        try:
            with _told():
                self._file.sync()
                self._file.close()
                (os.replace if over else os.link)(self._path, self._final)
        except FileExistsError as error:
            raise AlreadyHeld(f"there is a blob {self._final.name} already") from error
        finally:
            self.abort()
        sync_folder(self._final.parent)

    def abort(self) -> None:
        """Forget what was written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class Appender:
    """`ports.blobs.BlobAppender`: an unfinished file that grows at its end."""

    def __init__(self, path: Path, offset: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not offset:
            path.unlink(missing_ok=True)
        self._file = BlobFile(path, offset=offset)
        self.file = cast("BinaryIO", self._file)
        sync_folder(path.parent)

    def sync(self) -> None:
        """Make durable what was written; raises `StorageFull`."""
        with _told():
            self._file.sync()

    def close(self) -> None:
        """Let go of the file, which stays unfinished."""
        self._file.close()


class LocalBlobs:
    """`ports.blobs.Blobs` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, name: str) -> Writer:
        """A writer of a new blob."""
        path = self._path(name)
        if path.exists():
            raise AlreadyHeld(f"there is a blob {name} already")
        with _told():
            return Writer(path)

    def append(self, name: str, offset: int) -> Appender:
        """Continue the unfinished blob *name* after its first *offset* bytes; raises `AlreadyHeld`, `NotFound`."""
        path = self._unfinished(name)
        if self._path(name).exists():
            raise AlreadyHeld(f"there is a blob {name} already")
        if offset and (not path.is_file() or path.stat().st_size < offset):
            raise NotFound(f"the unfinished blob {name} does not have {offset} bytes")
        with _told():
            return Appender(path, offset)

    def open(self, name: str) -> BinaryIO:
        """The blob *name*; raises `NotFound`."""
        return self._open(self._path(name))

    def open_afresh(self, name: str) -> BinaryIO:
        """The blob *name*, from the disk: clean pages of it are dropped from memory; raises `NotFound`."""
        file = self.open(name)
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file

    def open_unfinished(self, name: str) -> BinaryIO:
        """The unfinished blob *name*; raises `NotFound`."""
        return self._open(self._unfinished(name))

    def exists(self, name: str) -> bool:
        """Whether there is a finished blob *name*."""
        return self._path(name).is_file()

    def size(self, name: str) -> int:
        """Its size in bytes; raises `NotFound`."""
        try:
            return self._path(name).stat().st_size
        except FileNotFoundError as error:
            raise NotFound(f"there is no blob {name}") from error

    def names(self, folder: str) -> Iterator[str]:
        """The names of the finished blobs below *folder*, in order."""
        return (name for name in self._files(folder) if not name.endswith((_UNFINISHED, _TEMPORARY)))

    def unfinished_names(self, folder: str) -> Iterator[str]:
        """The names of the unfinished blobs below *folder*, in order."""
        return (name.removesuffix(_UNFINISHED) for name in self._files(folder) if name.endswith(_UNFINISHED))

    def write_at(self, name: str, size: int, offset: int, data: bytes | memoryview) -> None:
        """Put *data* at *offset* of the unfinished blob *name* of *size* bytes, durably; raises `StorageFull`."""
        path = self._unfinished(name)
        with _told():
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, os.O_CREAT, size, offset, data)

    def finish(self, name: str) -> None:
        """Make the unfinished blob *name* a blob; doing it again changes nothing."""
        path = self._path(name)
        try:
            self._unfinished(name).rename(path)
        except FileNotFoundError as error:
            if not path.exists():
                raise NotFound(f"there is no unfinished blob {name}") from error
        sync_folder(path.parent)

    def repair(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put *data* back at *offset* of the blob *name*, which has *size* bytes; raises `NotFound`, `StorageFull`."""
        path = self._path(name)
        if not path.is_file():
            raise NotFound(f"there is no blob {name}")
        with _told():
            _put(path, 0, size, offset, data)

    def replace(self, name: str, data: bytes) -> None:
        """Make *data* the blob *name*, in the place of what is left of it."""
        path = self._path(name)
        with _told():
            writer = Writer(path)
        writer.file.write(data)
        writer.commit(over=True)

    def shred(self, name: str) -> None:
        """Overwrite the beginning of the blob *name*, finished or not, and remove it."""
        for path in (self._path(name), self._unfinished(name)):
            with _told():
                _overwrite(path)
                path.unlink(missing_ok=True)
                if path.parent.is_dir():
                    sync_folder(path.parent)

    def clear_dead(self, before: datetime) -> int:
        """Remove temporary files that nobody has written to since *before*; how many."""
        dead = [
            path
            for path in self._folder.rglob(f"*{_TEMPORARY}")
            if path.is_file() and path.stat().st_mtime < before.timestamp()
        ]
        for path in dead:
            path.unlink(missing_ok=True)
        return len(dead)

    def free(self) -> int:
        """How many bytes can still be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _files(self, folder: str) -> Iterator[str]:
        top = self._path(folder)
        found = (path for path in top.rglob("*") if path.is_file()) if top.is_dir() else iter(())
        return iter(sorted(path.relative_to(self._folder).as_posix() for path in found))

    def _path(self, name: str) -> Path:
        require_name(name)
        return self._folder / name

    def _unfinished(self, name: str) -> Path:
        path = self._path(name)
        return path.with_name(path.name + _UNFINISHED)

    def _open(self, path: Path) -> BinaryIO:
        try:
            return cast("BinaryIO", path.open("rb"))
        except FileNotFoundError as error:
            raise NotFound(f"there is no blob {path.name}") from error


def require_name(name: str) -> None:
    """Nothing, when *name* may name a blob; raises `BadBlobName`."""
    if not _NAME.fullmatch(name) or name.endswith((_UNFINISHED, _TEMPORARY)):
        raise BadBlobName(f"{name[:80]!r} does not name a blob")


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(path: Path, flags: int, size: int, offset: int, data: bytes | memoryview) -> None:
    descriptor = os.open(path, os.O_RDWR | flags, 0o600)
    try:
        if os.fstat(descriptor).st_size != size:
            os.ftruncate(descriptor, size)
        write_direct(path, descriptor, data, offset)
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def _overwrite(path: Path) -> None:
    """Write zeros over the beginning of the file at *path*, if there is one, durably."""
    try:
        descriptor = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        left = min(os.fstat(descriptor).st_size, SHREDDED_BYTES)
        os.pwrite(descriptor, bytes(left), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    """Errors of the file system as ours; that a file exists is the caller's to judge."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise Unavailable(f"the blob store: {error.strerror}") from error
