"""A folder that is written file by file and stands under its name only when all of it is durable."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from rogatory.stores.unpacking import FolderExists


class FreshFolder:
    """`evidence.court.bag.Folder` that makes the folder *path*; use it as a context, and `commit` within it.

    Files and folders are for their owner alone. Raises `FolderExists` when there is something of that name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        self._folders: dict[Path, None] = {}

    def __enter__(self) -> Self:
        if os.path.lexists(self._path):
            raise FolderExists(f"{self._path} exists")
        self._temporary.mkdir(mode=0o700)
        self._folders[self._temporary] = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._temporary, ignore_errors=True)

    @contextmanager
    def new(self, path: str) -> Iterator[BinaryIO]:
        """A new file at *path* below the folder, durable once the block ends."""
        whole = self._temporary / path
        self._make(whole.parent)
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def commit(self) -> None:
        """Make the folders durable and let the whole stand under its name; raises `FolderExists`."""
        for folder in reversed(self._folders):
            _sync(folder)
        if os.path.lexists(self._path):
            raise FolderExists(f"{self._path} exists")
        self._temporary.rename(self._path)
        _sync(self._path.parent)

    def _make(self, folder: Path) -> None:
        if folder not in self._folders:
            self._make(folder.parent)
            folder.mkdir(mode=0o700)
            self._folders[folder] = None


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
