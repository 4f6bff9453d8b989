"""A file for writing large bytes once, past the page cache (O_DIRECT), which costs half the time and no memory.

What is written gathers in one page-aligned buffer; a full buffer goes to the disk as it is, the rest at the end by the
ordinary road. A file system that refuses direct writing, wholly or for one write, gets ordinary ones from there on.
Nothing is durable before `sync`.
"""

import errno
import fcntl
import io
import mmap
import os
from pathlib import Path

BUFFER_BYTES = 4 * 1024 * 1024
Bytes = bytes | bytearray | memoryview
_DIRECT: int = getattr(os, "O_DIRECT", 0)


class DirectFile(io.RawIOBase):
    """A new file at *path* that is written from its beginning to its end; raises what `os.open` and `os.write` do."""

    def __init__(self, path: Path, *, mode: int = 0o600) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        self._direct = False
        self._may_be_direct = bool(_DIRECT)
        self._buffer: mmap.mmap | None = None
        self._held = 0

    def writable(self) -> bool:
        """True."""
        return True

    def fileno(self) -> int:
        """The descriptor; what is still held back has not been written to it."""
        return self._descriptor

    def write(self, data: Bytes, /) -> int:  # type: ignore[override]
        """Take all of *data*; returns its length in bytes."""
        with memoryview(data) as given, given.cast("B") as left:
            done = 0
            while done < len(left):
                done += self._take(left[done:])
            return done

    def sync(self) -> None:
        """Write what is held back, and make the whole file durable."""
        if self._buffer is not None and self._held:
            self._switch(direct=False)
            with memoryview(self._buffer) as view:
                self._write_out(view[: self._held])
            self._held = 0
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file; what is held back is lost."""
        if not self.closed:
            super().close()
            os.close(self._descriptor)
            self._buffer = None

    def _take(self, data: memoryview) -> int:
        if self._buffer is None:
            self._buffer = mmap.mmap(-1, BUFFER_BYTES)
        count = min(len(data), BUFFER_BYTES - self._held)
        self._buffer[self._held : self._held + count] = data[:count]
        self._held += count
        if self._held == BUFFER_BYTES:
            self._switch(direct=self._may_be_direct)
            with memoryview(self._buffer) as view:
                self._write_out(view)
            self._held = 0
        return count

    def _write_out(self, data: memoryview) -> None:
        done = 0
        while done < len(data):
            try:
                done += os.write(self._descriptor, data[done:])
            except OSError as error:
                if error.errno != errno.EINVAL or not self._direct:
                    raise
                self._may_be_direct = False
                self._switch(direct=False)

    def _switch(self, *, direct: bool) -> None:
        if direct == self._direct:
            return
        flags = fcntl.fcntl(self._descriptor, fcntl.F_GETFL)
        try:
            fcntl.fcntl(self._descriptor, fcntl.F_SETFL, flags | _DIRECT if direct else flags & ~_DIRECT)
        except OSError as error:
            if error.errno != errno.EINVAL or not direct:
                raise
            self._may_be_direct = False
        else:
            self._direct = direct
