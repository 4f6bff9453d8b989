"""Checking a backup, and making a node of it: in a fresh folder, and only after every file was found to be right."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rogatory.kernel import times
from rogatory.ports.blobs import Blobs
from rogatory.ports.stores import AlreadyHeld
from rogatory.site import blobplaces, datafolder
from rogatory.site.backups import databases, layout
from rogatory.site.backups.layout import BLOBS, DATABASE, FILES, UNFINISHED, BackupDamaged, Head
from rogatory.stores.files import sync_folder

#: Stands in a data folder that was restored, until partners said that nothing is missing of its ledger.
RESTORED = "restored.json"
Progress = Callable[[int], None]


class FolderInUse(AlreadyHeld):
    """A backup is restored into a folder that does not exist yet, or is empty."""

    code = "folder-in-use"
    remedy = "Name a new folder; move it to its place when the node in it is as you want it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A backup that is as it was made: its head, and how many files and bytes were read."""

    head: Head
    files: int
    bytes: int


def check(folder: Path, *, progress: Progress | None = None) -> Checked:
    """Read the whole backup in *folder*; raises `NoBackup`, and `BackupDamaged` that names every wrong file."""
    head = layout.read_head(folder)
    sums = layout.read_sums(folder, head)
    wrong: list[str] = []
    read = 0
    for path, said in sums.items():
        try:
            found = layout.sha256_of(folder / path)
            read += (folder / path).stat().st_size
        except FileNotFoundError:
            wrong.append(f"{path} is missing")
            continue
        if found != said:
            wrong.append(f"{path} was changed")
        if progress:
            progress(read)
    if wrong or len(sums) != head.files:
        named = "; ".join(wrong[:20]) or "the sums are not all there"
        more = f"; and {len(wrong) - 20} more" if len(wrong) > 20 else ""
        raise BackupDamaged(f"{named}{more}")
    return Checked(head=head, files=len(sums), bytes=read)


def restore(folder: Path, data: Path, environ: Mapping[str, str], *, progress: Progress | None = None) -> Head:
    """Make the node of the backup in *folder* anew in the folder *data*, which must be fresh.

    Raises `FolderInUse`, `DatabaseNotEmpty`, `NoBackup`, `BackupDamaged`, and what the database's program raises.
    Nothing stands under *data* unless all of it is right.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise FolderInUse(f"there is something in {data} already")
    head = check(folder, progress=progress).head
    data.parent.mkdir(parents=True, exist_ok=True)
    making = data.with_name(f".{data.name}.restoring")
    if making.exists():
        shutil.rmtree(making)  # a restoring that was broken off
    making.mkdir(mode=0o700)
    try:
        _Restoring(folder, head, making, environ).run()
        if data.exists():
            data.rmdir()
        making.rename(data)
        sync_folder(data.parent)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return head


class _Restoring:
    def __init__(self, folder: Path, head: Head, data: Path, environ: Mapping[str, str]) -> None:
        self._folder, self._head, self._data, self._environ = folder, head, data, environ
        self._sums = layout.read_sums(folder, head)

    def run(self) -> None:
        from rogatory.site import database

        place = f"{self._head.number}/"
        entry = database.configuration(self._environ.get("DATABASE_URL", ""), self._data)
        if databases.kind_of(entry) != self._head.database:
            raise databases.DumpFailed(
                f"the backup holds a {self._head.database} database",
                remedy="Set DATABASE_URL for a node on PostgreSQL, and unset it for one on SQLite.",
            )
        databases.require_empty(entry)
        for path in self._below(f"{place}{FILES}/"):
            self._copied(path, self._data / path.removeprefix(f"{place}{FILES}/"))
        facts = datafolder.node_facts(self._data)
        if facts.get("state") != self._head.state:
            raise BackupDamaged(f"node.toml in the backup is not that of {self._head.state}")
        blobs = blobplaces.first(facts, self._data, self._environ)
        for path in self._below(f"{BLOBS}/"):
            self._put(blobs, path)
        for path in self._below(f"{place}{UNFINISHED}/"):
            self._put_unfinished(blobs, path, path.removeprefix(f"{place}{UNFINISHED}/"))
        note = {"restored_at": times.stamp(datetime.now(UTC)), "made_at": self._head.made_at}
        note_ledger: dict[str, Any] = {**note, "ledger_size": self._head.ledger_size}
        layout.write_durably(self._data / RESTORED, json.dumps(note_ledger, indent=2).encode() + b"\n")
        databases.restore(entry, self._folder / f"{place}{DATABASE}")
        layout.sync_tree(self._data)

    def _below(self, beginning: str) -> list[str]:
        return [path for path in self._sums if path.startswith(beginning)]

    def _copied(self, path: str, target: Path) -> None:
        if layout.copy_file(self._folder / path, target) != self._sums[path]:
            raise BackupDamaged(f"{path} changed while it was read")

    def _put(self, blobs: Blobs, path: str) -> None:
        name = path.removeprefix(f"{BLOBS}/")
        try:
            writer = blobs.create(name)
        except AlreadyHeld:
            self._require_same(blobs, path, name)  # a store that the old node used still holds it
            return
        digest = hashlib.sha256()
        try:
            with (self._folder / path).open("rb") as source:
                while data := source.read(layout.READ_BYTES):
                    digest.update(data)
                    writer.file.write(data)
            if digest.hexdigest() != self._sums[path]:
                raise BackupDamaged(f"{path} changed while it was read")
            writer.commit()
        finally:
            writer.abort()

    def _require_same(self, blobs: Blobs, path: str, name: str) -> None:
        digest = hashlib.sha256()
        with blobs.open(name) as held:
            while data := held.read(layout.READ_BYTES):
                digest.update(data)
        if digest.hexdigest() != self._sums[path]:
            raise BackupDamaged(f"the store holds another {name} than the backup")

    def _put_unfinished(self, blobs: Blobs, path: str, name: str) -> None:
        if blobs.exists(name):
            return  # it came wholly after the database was copied
        grows = blobs.append(name, 0)
        try:
            with (self._folder / path).open("rb") as source:
                while data := source.read(layout.READ_BYTES):
                    grows.file.write(data)
            grows.sync()
        finally:
            grows.close()


def was_restored(data: Path) -> dict[str, Any]:
    """What is known of the restoring of the node in *data*; empty when it was not, or partners were asked since."""
    try:
        found: dict[str, Any] = json.loads((data / RESTORED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def forget(data: Path) -> None:
    """The ledger of the restored node was found to be the newest that partners know."""
    (data / RESTORED).unlink(missing_ok=True)
    sync_folder(data)
