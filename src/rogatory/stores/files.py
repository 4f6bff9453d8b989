"""Blobs in local files: written under another name, fsynced, renamed; a name is used once.

An unfinished blob (`NAME.part`) takes its pieces in any order, each durable before it is counted, and becomes a blob
by a rename. Names are relative paths of letters, digits, dots and dashes; nothing else reaches the file system.
"""

import errno
import os
import re
import shutil
from pathlib import Path
from typing import BinaryIO, cast

from rogatory.errors import BadInput, NotFound, Unavailable
from rogatory.ports.blobs import StorageFull
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores.direct import Bytes, DirectFile

_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,99}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_UNFINISHED = ".part"


class BadBlobName(BadInput):
    """A blob is not named like that."""

    code = "bad-blob-name"


class BlobFile(DirectFile):
    """The bytes of a blob being written; raises `StorageFull` and `Unavailable`."""

    def write(self, data: Bytes, /) -> int:  # type: ignore[override]
        """Take all of *data*; returns its length in bytes."""
        try:
            return super().write(data)
        except OSError as error:
            raise _translated(error) from error


class Writer:
    """`ports.evidence.BlobWriter`: a temporary file that `commit` makes a blob."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self._path = final.with_name(f"{final.name}.{os.getpid()}-{id(self):x}.tmp")
        final.parent.mkdir(parents=True, exist_ok=True)
        self._file = BlobFile(self._path)
        self.file = cast("BinaryIO", self._file)

    def commit(self) -> None:
        """Make what was written a blob, durably; raises `AlreadyHeld` and `StorageFull`."""
        try:
            self._file.sync()
            self._file.close()
            os.link(self._path, self._final)
        except FileExistsError as error:
            raise AlreadyHeld(f"there is a blob {self._final.name} already") from error
        except OSError as error:
            raise _translated(error) from error
        finally:
            self.abort()
        _sync_folder(self._final.parent)

    def abort(self) -> None:
        """Forget what was written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class LocalBlobs:
    """`ports.evidence.Blobs` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, name: str) -> Writer:
        """A writer of a new blob."""
        path = self._path(name)
        if path.exists():
            raise AlreadyHeld(f"there is a blob {name} already")
        try:
            return Writer(path)
        except OSError as error:
            raise _translated(error) from error

    def open(self, name: str) -> BinaryIO:
        """The blob *name*; raises `NotFound`."""
        return self._open(self._path(name))

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

    def write_at(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put *data* at *offset* of the unfinished blob *name* of *size* bytes, durably; raises `StorageFull`."""
        path = self._unfinished(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(descriptor).st_size != size:
                    os.ftruncate(descriptor, size)
                _write_all(descriptor, data, offset)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _translated(error) from error

    def finish(self, name: str) -> None:
        """Make the unfinished blob *name* a blob; doing it again changes nothing."""
        path = self._path(name)
        try:
            self._unfinished(name).rename(path)
        except FileNotFoundError as error:
            if not path.exists():
                raise NotFound(f"there is no unfinished blob {name}") from error
        _sync_folder(path.parent)

    def free(self) -> int:
        """How many bytes can still be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or name.endswith((_UNFINISHED, ".tmp")):
            raise BadBlobName(f"{name[:80]!r} does not name a blob")
        return self._folder / name

    def _unfinished(self, name: str) -> Path:
        path = self._path(name)
        return path.with_name(path.name + _UNFINISHED)

    def _open(self, path: Path) -> BinaryIO:
        try:
            return cast("BinaryIO", path.open("rb"))
        except FileNotFoundError as error:
            raise NotFound(f"there is no blob {path.name}") from error


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _translated(error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageFull()
    return Unavailable(f"the blob store: {error.strerror}")
