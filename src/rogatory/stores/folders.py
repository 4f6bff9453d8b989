"""Folders on disk, read to be sealed: walked in the order of their names, each file as it is at one moment.

Rules in words. Nothing is reached by a long path: every folder is opened from the one above it, no link is followed
on the way, and a file that turns into something else between two looks is refused. What is neither file, folder nor
link is refused before anything is read, or told as left out when that was asked for. A file must have the same size
and time of change when it has been read as before. Holes stay holes. One file system only is not asked for: what is
mounted in a folder is part of it.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rogatory.errors import BadInput, Unavailable
from rogatory.evidence.archive.holes import MAX_SEGMENTS, Segments
from rogatory.evidence.archive.layout import (
    FILE,
    FOLDER,
    LEFT_OUT,
    LINK,
    MAX_DEPTH,
    MAX_TARGET_BYTES,
    BadMemberName,
    shown,
)
from rogatory.evidence.archive.writer import Found

AT_ONCE = 1024 * 1024
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_OPEN_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_SECTOR = 512
#: A smaller file is not looked at for holes.
_MAY_HAVE_HOLES = 64 * 1024
_SPECIAL = {stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device", stat.S_IFBLK: "device"}


class SpecialFile(BadInput):
    """The folder holds a device, a pipe or a socket, which has no contents that could be sealed."""

    code = "special-file"
    remedy = "Take it out of the folder, or seal with --skip-special, which tells it in the listing as left out."


class FolderChanged(BadInput):
    """A file in the folder changed while it was read."""

    code = "folder-changed"
    remedy = "Seal a copy or a snapshot of the folder that nobody writes to."


class UnreadableFolder(Unavailable):
    """Something in the folder cannot be read."""

    code = "unreadable-folder"
    remedy = "Give yourself the right to read it, or take it out of the folder; nothing was sealed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a folder holds before anything of it was read: how many members, and the bytes of its files."""

    members: int
    size: int


class DiskFolder:
    """`evidence.archive.writer.Folder` of the folder at *path*; raises what the rules above name."""

    def __init__(self, path: Path, *, skip_special: bool = False) -> None:
        self._path = path
        self._skip_special = skip_special

    def survey(self) -> Survey:
        """What is in the folder; raises `SpecialFile` and `UnreadableFolder` before anything is sealed."""
        count = size = 0
        for _, entry in self._walk():
            count += 1
            if entry.is_file(follow_symlinks=False):
                size += entry.stat(follow_symlinks=False).st_size
        return Survey(members=count, size=size)

    def members(self) -> Iterator[Found]:
        """Everything in the folder, in order."""
        for place, entry in self._walk():
            yield _found(place, entry)

    def _walk(self) -> Iterator[tuple["_Place", os.DirEntry[str]]]:
        """Every entry with the folder it stands in, each folder before what is in it."""
        stack: list[_Place] = []
        try:
            stack.append(_opened(self._path, None, b""))
            while stack:
                place = stack[-1]
                entry = next(place.entries, None)
                if entry is None:
                    os.close(stack.pop().descriptor)
                    continue
                if not self._skip_special:
                    _require_ordinary(place, entry)
                yield place, entry
                if entry.is_dir(follow_symlinks=False):
                    if len(stack) >= MAX_DEPTH:
                        raise BadMemberName(f"{place.shown(entry)} lies deeper than {MAX_DEPTH} folders")
                    stack.append(_opened(Path(entry.name), place.descriptor, place.path_of(entry) + b"/"))
        except OSError as error:
            where = stack[-1].prefix if stack else b""
            raise UnreadableFolder(f"{shown(where) or self._path}: {error.strerror}") from error
        finally:
            for place in stack:
                os.close(place.descriptor)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """An open folder: its descriptor, the path before its names, and the entries that are still to come."""

    descriptor: int
    prefix: bytes
    entries: Iterator[os.DirEntry[str]]

    def path_of(self, entry: os.DirEntry[str]) -> bytes:
        return self.prefix + os.fsencode(entry.name)

    def shown(self, entry: os.DirEntry[str]) -> str:
        return shown(self.path_of(entry))


def _opened(path: Path, above: int | None, prefix: bytes) -> _Place:
    # The folder that is named may be a link; none within it may.
    flags = _OPEN_FOLDER if above is not None else _OPEN_FOLDER & ~os.O_NOFOLLOW
    descriptor = os.open(path, flags, dir_fd=above)
    try:
        with os.scandir(descriptor) as found:
            entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    except BaseException:
        os.close(descriptor)
        raise
    return _Place(descriptor, prefix, iter(entries))


def _require_ordinary(place: _Place, entry: os.DirEntry[str]) -> None:
    if not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False) or entry.is_symlink()):
        was = _SPECIAL.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "device")
        raise SpecialFile(f"{place.shown(entry)} is a {was}")


def _found(place: _Place, entry: os.DirEntry[str]) -> Found:
    if entry.is_file(follow_symlinks=False):
        return _file(place, entry)
    path, about = place.path_of(entry), entry.stat(follow_symlinks=False)
    if entry.is_dir(follow_symlinks=False):
        return Found(path=path, kind=FOLDER, mtime=about.st_mtime_ns)
    if entry.is_symlink():
        target = os.fsencode(os.readlink(entry.name, dir_fd=place.descriptor))
        if len(target) > MAX_TARGET_BYTES:
            raise BadMemberName(f"{shown(path)} is a link to a name of more than {MAX_TARGET_BYTES} bytes")
        return Found(path=path, kind=LINK, mtime=about.st_mtime_ns, target=target)
    was = _SPECIAL.get(stat.S_IFMT(about.st_mode), "device")
    return Found(path=path, kind=LEFT_OUT, mtime=about.st_mtime_ns, was=was)


def _file(place: _Place, entry: os.DirEntry[str]) -> Found:
    path = place.path_of(entry)
    descriptor = _open_file(place, entry)
    try:
        about = os.fstat(descriptor)
        size, mtime = about.st_size, about.st_mtime_ns
        has_holes = size >= _MAY_HAVE_HOLES and about.st_blocks * _SECTOR < size
        if size <= AT_ONCE and not has_holes:
            data = _read_small(descriptor, size)
            _require_unchanged(descriptor, about, path, len(data))
            os.close(descriptor)
            return Found(path=path, kind=FILE, mtime=mtime, size=size, blocks=data)
        segments = _segments(descriptor, size) if has_holes else None
    except BaseException:
        os.close(descriptor)
        raise
    stretches = ((0, size),) if segments is None else segments
    blocks = _blocks(descriptor, about, path, stretches)
    return Found(path=path, kind=FILE, mtime=mtime, size=size, segments=segments, blocks=blocks)


def _open_file(place: _Place, entry: os.DirEntry[str]) -> int:
    try:
        return os.open(entry.name, _OPEN_FILE, dir_fd=place.descriptor)
    except FileNotFoundError as error:
        raise FolderChanged(f"{place.shown(entry)} is no longer there") from error
    except OSError as error:
        raise UnreadableFolder(f"{place.shown(entry)}: {error.strerror}") from error


def _read_small(descriptor: int, size: int) -> bytes:
    """Up to *size* bytes and one more, which shows that a file has grown."""
    data = os.read(descriptor, size + 1)
    while len(data) < size and (more := os.read(descriptor, size + 1 - len(data))):
        data += more
    return data


def _require_unchanged(descriptor: int, before: os.stat_result, path: bytes, read: int) -> None:
    now = os.fstat(descriptor)
    if not stat.S_ISREG(now.st_mode):
        raise FolderChanged(f"{shown(path)} is no file any more")
    if read != before.st_size or (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise FolderChanged(f"{shown(path)} changed while it was read")


def _segments(descriptor: int, size: int) -> Segments | None:
    """Where the file holds data; None when it has no holes, or more of them than a map may name."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < size and len(found) <= MAX_SEGMENTS:
        try:
            start = os.lseek(descriptor, place, os.SEEK_DATA)
        except OSError:
            break
        place = min(os.lseek(descriptor, start, os.SEEK_HOLE), size)
        found.append((start, place - start))
    return None if len(found) > MAX_SEGMENTS or found == [(0, size)] else tuple(found)


def _blocks(descriptor: int, about: os.stat_result, path: bytes, segments: Segments) -> Iterator[memoryview]:
    buffer = memoryview(bytearray(AT_ONCE))
    try:
        for offset, length in segments:
            done = 0
            while done < length:
                count = os.preadv(descriptor, [buffer[: length - done]], offset + done)
                if not count:
                    break
                yield buffer[:count]
                done += count
            _require_unchanged(descriptor, about, path, about.st_size - length + done)
    except OSError as error:
        raise UnreadableFolder(f"{shown(path)}: {error.strerror}") from error
    finally:
        os.close(descriptor)
