"""Files that the command line writes: whole and durable, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from rogatory.cli import setting
from rogatory.errors import BadInput
from rogatory.stores.direct import DirectFile


class FileExists(BadInput):
    """There is a file of that name already."""

    code = "file-exists"
    remedy = "Choose another name; nothing is overwritten."


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that stands under *path*, readable by its owner alone, once the block ends well; raises `FileExists`."""
    with _made(path) as temporary:
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def new_large_file(path: Path) -> Iterator[BinaryIO]:
    """As `new_file`, only to be written from its beginning to its end, past the page cache."""
    with _made(path) as temporary, DirectFile(temporary) as file:
        yield cast("BinaryIO", file)
        file.sync()


@contextmanager
def _made(path: Path) -> Iterator[Path]:
    """The name of a file to write that stands under *path* once the block ends well."""
    if path.exists():
        raise FileExists(f"{path} exists")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        # A link, unlike a rename, never replaces a file that came to be meanwhile.
        os.link(temporary, path)
    except FileExistsError as error:
        raise FileExists(f"{path} exists") from error
    finally:
        temporary.unlink(missing_ok=True)
    setting.sync_folder(path.parent)


def write_over(path: Path, data: bytes) -> None:
    """Put *data* under *path*, in the place of what was there, for everybody to read."""
    setting.write_durably(path, data)
    path.chmod(0o644)
