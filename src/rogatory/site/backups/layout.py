"""What a backup is: a folder of plain files, the sums of all of them, and one file written last that names the sums.

    backup.json          when, of which node, how long its ledger was, which numbered folder, the digest of its sums
    7/SHA256SUMS         the SHA-256 of every file below; `sha256sum -c 7/SHA256SUMS` checks the backup with stock tools
    7/database           the database: a SQLite file, or what `pg_dump --format=custom` wrote
    7/files/...          node.toml, keys.age and whatever else stands in the data folder
    7/unfinished/...     blobs that had not arrived wholly
    blobs/...            the blobs; they never change, so every backup into this folder shares them

A backup that is broken off leaves the one before it whole: `backup.json` is replaced in one step at the end.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from rogatory.errors import BadInput, NotFound, Untrusted
from rogatory.stores.files import sync_folder

HEAD, SUMS, DATABASE, FILES, UNFINISHED, BLOBS = (
    "backup.json",
    "SHA256SUMS",
    "database",
    "files",
    "unfinished",
    "blobs",
)
VERSION = 1
MAX_HEAD = 64 * 1024
READ_BYTES = 4 * 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  (.{1,1000})")


class NoBackup(NotFound):
    """There is no whole backup in this folder."""

    code = "no-backup"


class BadBackup(BadInput):
    """The file backup.json is not one that this program wrote."""

    code = "bad-backup"


class BackupDamaged(Untrusted):
    """A file of the backup is not what was backed up."""

    code = "backup-damaged"
    remedy = "Use another backup. What the message does not name is as it was."


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What `backup.json` says; *checkpoint* is the newest of the node's log, *ledger_size* its size, 0 before one."""

    v: int
    number: int
    made_at: str
    state: str
    serial: int
    database: str
    ledger_size: int
    checkpoint: str
    files: int
    sums: str


def read_head(folder: Path) -> Head:
    """The head of the backup in *folder*; raises `NoBackup` and `BadBackup`."""
    try:
        data = (folder / HEAD).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoBackup(f"there is no whole backup in {folder}") from error
    try:
        said = json.loads(data[: MAX_HEAD + 1])
        if len(data) > MAX_HEAD or said["v"] != VERSION:
            raise BadBackup(f"{HEAD} is of version {said['v']}; this program reads {VERSION}")
        types = Head.__annotations__
        if said.keys() != types.keys() or any(not isinstance(said[name], types[name]) for name in types):
            raise BadBackup(f"{HEAD} does not say what it must")
        return Head(**said)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadBackup(f"{HEAD} cannot be read") from error


def write_head(folder: Path, head: Head) -> None:
    """Make *head* what the backup in *folder* is, in one step."""
    write_durably(folder / HEAD, json.dumps(asdict(head), indent=2).encode() + b"\n")


def read_sums(folder: Path, head: Head) -> dict[str, str]:
    """The SHA-256 of every file of the backup by its path below *folder*; raises `BackupDamaged`."""
    path = folder / str(head.number) / SUMS
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BackupDamaged(f"{head.number}/{SUMS} is missing") from error
    if hashlib.sha256(data).hexdigest() != head.sums:
        raise BackupDamaged(f"{head.number}/{SUMS} is not what {HEAD} says")
    found: dict[str, str] = {}
    for line in data.decode("utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if match is None or not _is_below(match[2]):
            raise BackupDamaged(f"{head.number}/{SUMS} has a line that is none: {line[:80]!r}")
        found[match[2]] = match[1]
    return found


def write_sums(folder: Path, number: int, sums: Mapping[str, str]) -> str:
    """Write the sums of backup *number*; the SHA-256 of the file."""
    data = "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()
    write_durably(folder / str(number) / SUMS, data)
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file at *path*, as the disk gives it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while data := file.read(READ_BYTES):
            digest.update(data)
    return digest.hexdigest()


def copy_file(source: Path, target: Path) -> str:
    """Copy *source* to the new file *target*, durably; the SHA-256 of what was written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as old, _new(target) as new:
        while data := old.read(READ_BYTES):
            digest.update(data)
            new.write(data)
        new.flush()
        os.fsync(new.fileno())
    return digest.hexdigest()


def write_durably(path: Path, data: bytes) -> None:
    """Put *data* under *path*: write, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    with _new(temporary) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Make the names below *folder* durable."""
    for place, _, _ in os.walk(folder):
        sync_folder(Path(place))


def _new(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _is_below(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts
