"""What the tests of folders share: an archive made of a folder on disk, or of members made up for the purpose."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.archive.writer import Folder, FolderArchive, Found
from rogatory.evidence.manifest import Contents
from rogatory.stores.folders import DiskFolder
from rogatory.stores.unpacking import NewFolder

KEY = bytes(range(32))
AT_MOST = 10**9


class MadeUp:
    """A folder that exists in a test only."""

    def __init__(self, members: Iterable[Found]) -> None:
        self._members = list(members)

    def members(self) -> Iterator[Found]:
        return iter(self._members)


def archived(folder: Folder | Path, *, provenance: bytes | None = None) -> tuple[bytes, Contents]:
    found = DiskFolder(folder) if isinstance(folder, Path) else folder
    source = FolderArchive(found, io.BytesIO(), provenance=provenance)
    return source.begin(KEY).read(), source.contents()


def unpacked(data: bytes, into: Path, *, step: int = 1 << 20, at_most: int = AT_MOST) -> tuple[Contents, NewFolder]:
    with NewFolder(into) as folder:
        reader = ArchiveReader(folder, payload_key=KEY, at_most=at_most)
        for place in range(0, len(data), step):
            reader.write(data[place : place + step])
        found = reader.finish()
        folder.commit()
    return found, folder


def tree_of(folder: Path) -> dict[str, object]:
    """Every name under *folder*: the bytes of a file, the target of a link, None for a folder."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        found[name] = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
    return found
