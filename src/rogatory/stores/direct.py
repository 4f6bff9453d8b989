"""A file for writing large bytes once, past the page cache (O_DIRECT), which costs half the time and no memory.

Whole pages in page-aligned memory (an anonymous map) go to the disk from where they are. Anything else gathers in one
page-aligned buffer; a full buffer goes to the disk as it is, the rest at the end by the ordinary road. A file system
that refuses direct writing, wholly or for one write, gets ordinary ones from there on. Nothing is durable before
`sync`.
"""

import ctypes
import errno
import fcntl
import io
import mmap
import os
from pathlib import Path

BUFFER_BYTES = 4 * 1024 * 1024
PAGE = 4096
Bytes = bytes | bytearray | memoryview
_DIRECT: int = getattr(os, "O_DIRECT", 0)


class DirectFile(io.RawIOBase):
    """A file at *path*, written from its beginning to its end; raises what `os.open` and `os.write` do.

    It must be new; with an *offset* it is there, is cut off behind that byte, and written on from it.
    """

    def __init__(self, path: Path, *, mode: int = 0o600, offset: int = 0) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | (0 if offset else os.O_CREAT | os.O_EXCL), mode)
        self._direct = False
        self._may_be_direct = bool(_DIRECT)
        self._buffer: mmap.mmap | None = None
        self._held = 0
        self._place = offset
        if offset:
            os.ftruncate(self._descriptor, offset)
            os.lseek(self._descriptor, offset, os.SEEK_SET)

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
        """Write what is held back, and make the whole file durable; it can be written on."""
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
        whole_pages = len(data) & -PAGE
        if whole_pages and not self._held and self._may_be_direct and _stands_on_a_page(data):
            self._write_direct(data[:whole_pages])
            return whole_pages
        if self._buffer is None:
            self._buffer = mmap.mmap(-1, BUFFER_BYTES)
        count = min(len(data), BUFFER_BYTES - self._held)
        self._buffer[self._held : self._held + count] = data[:count]
        self._held += count
        if self._held == BUFFER_BYTES:
            with memoryview(self._buffer) as view:
                self._write_direct(view)
            self._held = 0
        return count

    def _write_direct(self, pages: memoryview) -> None:
        self._switch(direct=self._may_be_direct and self._place % PAGE == 0)
        self._write_out(pages)

    def _write_out(self, data: memoryview) -> None:
        done = 0
        while done < len(data):
            try:
                written = os.write(self._descriptor, data[done:])
            except OSError as error:
                if error.errno != errno.EINVAL or not self._direct:
                    raise
                self._may_be_direct = False
                self._switch(direct=False)
            else:
                done += written
                self._place += written

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


def _stands_on_a_page(data: memoryview) -> bool:
    # Only memory that can be written to tells its address; what cannot is copied.
    return not data.readonly and ctypes.addressof(ctypes.c_char.from_buffer(data)) % PAGE == 0


def write_at(path: Path, descriptor: int, data: Bytes, offset: int) -> None:
    """Put *data* at *offset* of the file at *path*, open as *descriptor*; whole pages go past the page cache."""
    whole = len(data) & -PAGE if _DIRECT and offset % PAGE == 0 else 0
    with memoryview(data) as given, given.cast("B") as view:
        done = _write_pages(path, view[:whole], offset) if whole else 0
        while done < len(view):
            done += os.pwrite(descriptor, view[done:], offset + done)


def _write_pages(path: Path, pages: memoryview, offset: int) -> int:
    """How many bytes of *pages* were written directly; fewer than all where the file system refuses."""
    done = 0
    try:
        direct = os.open(path, os.O_WRONLY | _DIRECT)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return 0
    try:
        if _stands_on_a_page(pages):
            while done < len(pages):
                done += os.pwrite(direct, pages[done:], offset + done)
        else:
            with mmap.mmap(-1, len(pages)) as aligned:
                aligned[:] = pages
                with memoryview(aligned) as view:
                    while done < len(view):
                        done += os.pwrite(direct, view[done:], offset + done)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(direct)
    return done
