"""An unpacked bundle: a folder whose files stand for the members. What the container proved is not proved here.

Rules in words. Only regular files are members; a symbolic link, a device or a pipe under the name of a member is
refused, and no link is followed. At most `MAX_FILES` files, as deep as member names go. The order is that of names.
What the index does not list is no part of the bundle; the report names it.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from rogatory.bundle.container import BadContainer, NoSuchMember, read_blocks
from rogatory.errors import Unavailable

MAX_FILES = 100_000
_DEPTH = 5
#: Neither a link nor a pipe that somebody put there meanwhile; not every system knows all of these.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class NotARegularFile(BadContainer):
    """What stands under the name of a member is no regular file."""

    code = "bundle-not-a-file"
    remedy = "Unpack the bundle anew into an empty folder, or check the bundle itself."


class FileUnreadable(Unavailable):
    """A file of the unpacked bundle cannot be read."""

    code = "bundle-file-unreadable"


class Folder:
    """The members of the bundle that was unpacked into a folder."""

    def __init__(self, root: Path) -> None:
        """The files under *root*; raises `BadContainer` for too many and `FileUnreadable`."""
        self._root = root
        self.members: Mapping[str, Path] = dict(sorted(_files(root)))

    @property
    def is_container(self) -> bool:
        """False: order, gaps and further files say nothing."""
        return False

    def size(self, name: str) -> int:
        """How many bytes the file *name* has; raises `NoSuchMember`, `NotARegularFile` or `FileUnreadable`."""
        with self.open(name) as file:
            return os.fstat(file.fileno()).st_size

    def open(self, name: str) -> BinaryIO:
        """The file *name*; raises `NoSuchMember`, `NotARegularFile` or `FileUnreadable`."""
        if name not in self.members:
            raise NoSuchMember(f"the folder has no file {name}")
        try:
            number = os.open(self.members[name], _FLAGS)
        except OSError as error:
            if self.members[name].is_symlink():
                raise NotARegularFile("it is a symbolic link", where=name) from error
            raise FileUnreadable(str(error.strerror), where=name) from error
        if not stat.S_ISREG(os.fstat(number).st_mode):
            os.close(number)
            raise NotARegularFile(where=name)
        return os.fdopen(number, "rb")

    def read(self, name: str, *, limit: int) -> bytes:
        """All bytes of the file *name*; raises as `open`, and `BadContainer` for more than *limit*."""
        with self.open(name) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise BadContainer(f"the file has more than the limit of {limit} bytes", where=name)
        return data

    def blocks(self, name: str) -> Iterator[memoryview]:
        """The bytes of the file *name*, piece by piece, in one buffer; raises as `open`."""
        with self.open(name) as file:
            yield from read_blocks(file)


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    waiting, count = [(root, "", 1)], 0
    while waiting:
        folder, before, depth = waiting.pop()
        try:
            found = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            raise FileUnreadable(str(error.strerror), where=str(folder)) from error
        for entry in found:
            count += 1
            if count > MAX_FILES:
                raise BadContainer(f"the folder has more than {MAX_FILES} files: it is no unpacked bundle")
            if entry.is_dir(follow_symlinks=False) and depth < _DEPTH:
                waiting.append((Path(entry.path), f"{before}{entry.name}/", depth + 1))
            else:
                yield f"{before}{entry.name}", Path(entry.path)
