"""A folder that librarians, archives and courts check with tools of their own: BagIt 1.0 (RFC 8493).

Rules in words. What is handed over is the payload, under `data/`; beside it stand what the bag is (`bagit.txt`), who
made it (`bag-info.txt`), and the SHA-256 of every file (`manifest-sha256.txt`, and `tagmanifest-sha256.txt` for the
files beside the payload). A file is written in one pass, hashed while it is written, and never held in memory. The
bag is a bag only once `finish` has ended; who gives the folder lets nothing be seen of it before.
"""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from rogatory.errors import BadInput
from rogatory.evidence.court import copying
from rogatory.evidence.parts import Parts
from rogatory.evidence.sealer import write_all

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#: Names that need no escaping in a manifest, on any file system.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class BadBagName(BadInput):
    """The name cannot stand in a bag."""

    code = "bad-bag-name"
    remedy = "Report it: the program makes these names."


class Folder(Protocol):
    """Where a bag is written: a folder that was empty when the bag began."""

    def new(self, path: str) -> AbstractContextManager[BinaryIO]:
        """A new file to be written at *path* (with `/`), durable once the block ends."""
        ...


class Bag:
    """One bag that is being written into *folder*."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._digests: dict[str, str] = {}
        self._total = 0

    def hold(self, name: str, data: bytes) -> str:
        """Put *data* into the payload as *name*; its SHA-256."""
        return self.copy(name, io.BytesIO(data))

    def copy(
        self,
        name: str,
        source: BinaryIO,
        *,
        parts: Parts | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> str:
        """Copy *source*, read to its end, into the payload as *name*; its SHA-256. *progress* hears of each piece.

        With *parts*, it must be the sealed file that they describe; raises `WrongSealedBytes`, and `BadBagName`.
        """
        path = f"data/{_require(name)}"
        if path in self._digests:
            raise BadBagName(f"{name} stands twice in the bag")
        with self._folder.new(path) as sink:
            self._digests[path], size = copying.copy(source, sink, parts=parts, progress=progress)
        self._total += size
        return self._digests[path]

    @property
    def total(self) -> int:
        """The bytes of the payload so far."""
        return self._total

    def finish(self, info: Sequence[tuple[str, str]]) -> int:
        """End the bag with the lines *info* of `bag-info.txt`; how many files its payload has."""
        oxum = ("Payload-Oxum", f"{self._total}.{len(self._digests)}")
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(f"{name}: {_line(value)}\n" for name, value in (*info, oxum)).encode(),
            "manifest-sha256.txt": _listing(self._digests.items()),
        }
        digests = {name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}
        tags["tagmanifest-sha256.txt"] = _listing(digests.items())
        for name, data in tags.items():
            with self._folder.new(name) as sink:
                write_all(sink, memoryview(data))
        return len(self._digests)


def _listing(digests: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests)).encode()


def _require(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadBagName(f"{name[:80]!r} cannot stand in a bag")
    return name


def _line(value: str) -> str:
    """*value* on one line: a line that begins with a space would continue the one before."""
    return " ".join(value.split())
