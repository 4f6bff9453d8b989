"""The depositary's lists that a node took: `deposits/<instrument>.csv` and `.toml` in its data folder.

`own.csv` is what the node's State filed itself, written from its record and never by hand.
A list that is uploaded waits beside them as `<instrument>.offered` until a person has seen what it would change.
"""

import hashlib
import os
from pathlib import Path

from rogatory.law.loader import INSTRUMENTS
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.status.depositary import MAX_BYTES as MAX_OFFERED
from rogatory.status.model import Deposit, Held
from rogatory.status.own import FILE_NAME, read_own
from rogatory.status.taking import BadHeldFile, read_held
from rogatory.status.treaties import every_state

FOLDER = "deposits"
MAX_BYTES = 4 * 1024 * 1024
_FILES = frozenset((*(f"{name}{suffix}" for name in INSTRUMENTS for suffix in (".csv", ".toml")), FILE_NAME))
OWN_LOCK = "own-deposits.lock"


def held_deposits(data: Path) -> dict[str, Held]:
    """What the node in the folder *data* took, by instrument; raises `BadHeldFile` or `BadDeposits`."""
    found: dict[str, Held] = {}
    for name in INSTRUMENTS:
        path = data / FOLDER / f"{name}.csv"
        if not path.is_file():
            continue
        about = path.with_suffix(".toml")
        texts = [_read(path), _read(about) if about.is_file() else b""]
        found[name] = read_held(*texts, instrument=name, states=every_state())
    return found


def own_deposits(data: Path, *, practice: bool) -> tuple[Deposit, ...]:
    """What the State of the node in the folder *data* filed itself; raises `BadHeldFile` or `BadDeposits`."""
    path = data / FOLDER / FILE_NAME
    if not path.is_file():
        return ()
    return read_own(_read(path), states=every_state(), practice=practice)


def hold_own(data: Path, text: bytes) -> None:
    """Keep what the State filed itself, durably; the caller sees to it that one writes at a time."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    write_durably(folder / FILE_NAME, text)


def held_mark(data: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes whenever a list is taken: name, time and inode of each file that is held. Asked at each request."""
    try:
        with os.scandir(data / FOLDER) as found:
            held = [(one.name, one.stat()) for one in found if one.name in _FILES]
    except FileNotFoundError:
        return ()
    return tuple(sorted((name, about.st_mtime_ns, about.st_ino) for name, about in held))


def hold(data: Path, instrument: str, texts: tuple[bytes, bytes]) -> None:
    """Keep a list and the text about it in the place of what was held, durably."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    # The text about the list names its digest: between the two writes it speaks of another list, and is not believed.
    write_durably(folder / f"{instrument}.csv", texts[0])
    write_durably(folder / f"{instrument}.toml", texts[1])
    (folder / f"{instrument}.offered").unlink(missing_ok=True)


def offer(data: Path, instrument: str, given: bytes) -> str:
    """Keep an uploaded list until it is taken or another is offered; returns its SHA-256 digest."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    write_durably(folder / f"{instrument}.offered", given)
    return hashlib.sha256(given).hexdigest()


def offered(data: Path, instrument: str, digest: str) -> bytes:
    """The list that was offered under that digest; raises `ChangedMeanwhile` when another one was, or none."""
    path = data / FOLDER / f"{instrument}.offered"
    try:
        with path.open("rb") as file:
            given = file.read(MAX_OFFERED)
    except FileNotFoundError:
        raise ChangedMeanwhile("the list that was compared is not here any more") from None
    if hashlib.sha256(given).hexdigest() != digest:
        raise ChangedMeanwhile("another list was compared meanwhile")
    return given


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadHeldFile(f"{path.name} is larger than {MAX_BYTES} bytes", where=f"{FOLDER}/{path.name}")
    return data


def write_durably(path: Path, data: bytes) -> None:
    """Write, fsync, rename: the old file stands until the new one is whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
