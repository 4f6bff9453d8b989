"""What was read from a file, read again when the file was replaced by another.

Files of the data folder are replaced by a rename: a file of another inode, time or size is another file.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

_T = TypeVar("_T")
Stamp = tuple[int, ...] | None


def stamp_of(path: Path) -> Stamp:
    """What tells the present file at *path* from another in its place; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


class FreshFile(Generic[_T]):
    """The value that *read* makes of the file at *path*, as the file is now."""

    def __init__(self, path: Path, read: Callable[[], _T]) -> None:
        self._path = path
        self._read = read
        self._lock = threading.Lock()
        self._held: tuple[Stamp, _T] | None = None

    def __call__(self) -> _T:
        """The value; raises what reading raises."""
        seen = stamp_of(self._path)
        with self._lock:
            if self._held is None or self._held[0] != seen:
                self._held = seen, self._read()
            return self._held[1]
