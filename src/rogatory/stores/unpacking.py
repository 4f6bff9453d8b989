"""An archive unpacked into a fresh folder, which stands under its name only when all of it was verified.

Rules in words. The members come judged and in order from `evidence.archive.reader`. They are made in a folder of
another name, each in its own folder's descriptor and never over anything that is there; nothing is followed. A link
is made only when it cannot lead out of the folder: its target is relative, climbs at its beginning only, and not
higher than the folder. All others are told and not made. Files are for their owner alone. At the end everything is
made durable, and the folder is renamed; whatever fails before leaves nothing.
"""

import contextlib
import errno
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from rogatory.errors import BadInput, Unavailable
from rogatory.evidence.archive.layout import FOLDER, LEFT_OUT, LINK, Member, shown
from rogatory.ports.blobs import StorageFull

MAX_TOLD = 100
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OPEN_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


class FolderExists(BadInput):
    """There is something of that name already."""

    code = "folder-exists"
    remedy = "Name a folder that does not exist yet; nothing is overwritten."


class CannotUnpack(Unavailable):
    """The file system does not take a file of the exhibit."""

    code = "cannot-unpack"
    remedy = "Unpack it on a file system that takes such names, or open the exhibit as one file (--out)."


class NewFolder:
    """`evidence.archive.reader.Taker` that makes the folder *path*; use it as a context, and `commit` within it.

    *not_made* tells the first links that were not made and what had been left out at sealing, *untold* how many more.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        self._open: list[tuple[bytes, int, int]] = []
        self._file = -1
        self.not_made: list[str] = []
        self.untold = 0

    def __enter__(self) -> Self:
        if os.path.lexists(self._path):
            raise FolderExists(f"{self._path} exists")
        try:
            self._temporary.mkdir(mode=0o700)
            self._open.append((b"", os.open(self._temporary, _OPEN_FOLDER), 0))
        except OSError as error:
            raise _translated(error, str(self._path)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_file()
        while self._open:
            os.close(self._open.pop()[1])
        shutil.rmtree(self._temporary, ignore_errors=True)

    def origin(self, provenance: bytes) -> None:
        """Nothing: the paper on the origin is judged, and is no part of the folder."""

    def begin(self, member: Member, place: int) -> None:  # noqa: ARG002
        """Make *member*; a file is empty at first."""
        try:
            self._begin(member)
        except OSError as error:
            raise _translated(error, shown(member.path)) from error

    def data(self, offset: int, data: bytes) -> None:
        """Write *data* at *offset* of the file that began last."""
        try:
            while data:
                written = os.pwrite(self._file, data, offset)
                data, offset = data[written:], offset + written
        except OSError as error:
            raise _translated(error, "a file of the exhibit") from error

    def end(self, member: Member, sha256: str) -> None:  # noqa: ARG002
        """The file is whole: it gets its size, which a hole at its end needs, and its time."""
        try:
            if member.segments is not None:
                os.ftruncate(self._file, member.size)
            _set_time(self._file, member.mtime)
        except OSError as error:
            raise _translated(error, shown(member.path)) from error
        self._close_file()

    def commit(self) -> None:
        """Make the folder durable and let it stand under its name; raises `FolderExists`."""
        while self._open:
            self._leave()
        # One call for everything that was written: to wait for every small file costs more than all else together.
        os.sync()
        if os.path.lexists(self._path):
            raise FolderExists(f"{self._path} exists")
        self._temporary.rename(self._path)
        descriptor = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _begin(self, member: Member) -> None:
        parent, _, name = member.path.rpartition(b"/")
        while self._open[-1][0] != parent:
            self._leave()
        above = self._open[-1][1]
        if member.kind == FOLDER:
            os.mkdir(name, mode=0o700, dir_fd=above)
            self._open.append((member.path, os.open(name, _OPEN_FOLDER, dir_fd=above), member.mtime))
        elif member.kind == LINK and stays_inside(member.target, depth=member.path.count(b"/")):
            os.symlink(member.target, name, dir_fd=above)
            with contextlib.suppress(OSError, OverflowError):
                os.utime(name, ns=(member.mtime, member.mtime), dir_fd=above, follow_symlinks=False)
        elif member.kind in (LINK, LEFT_OUT):
            why = f"link to {shown(member.target)}" if member.kind == LINK else f"{member.was}, left out at sealing"
            self._tell(f"{shown(member.path)} ({why})")
        else:
            self._file = os.open(name, _NEW_FILE, 0o600, dir_fd=above)

    def _tell(self, what: str) -> None:
        if len(self.not_made) < MAX_TOLD:
            self.not_made.append(what)
        else:
            self.untold += 1

    def _leave(self) -> None:
        path, descriptor, mtime = self._open.pop()
        try:
            if path:
                _set_time(descriptor, mtime)
        finally:
            os.close(descriptor)

    def _close_file(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def stays_inside(target: bytes, *, depth: int) -> bool:
    """Whether a link to *target*, *depth* folders below the top, leads nowhere but into the folder.

    Only at its beginning may it climb: behind the name of another link, `..` is not what it seems.
    """
    names = target.split(b"/")
    climbs = 0
    while climbs < len(names) and names[climbs] == b"..":
        climbs += 1
    return bool(target) and not target.startswith(b"/") and climbs <= depth and b".." not in names[climbs:]


def _set_time(descriptor: int, mtime: int) -> None:
    # A time that this file system cannot hold is still told by the listing.
    with contextlib.suppress(OSError, OverflowError):
        os.utime(descriptor, ns=(mtime, mtime))


def _translated(error: OSError, what: str) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageFull("the disk is full; nothing of the folder was kept")
    return CannotUnpack(f"{what}: {error.strerror}")
