"""The files that hold the keys of a node: `keys.age`, and `keys-recovery.age` when the keys are split.

Whoever changes keys holds the data folder for it, so that of two who do so at once one is told to wait. The recovery
file is written first, and holds at least what `keys.age` holds wherever a change is stopped.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rogatory.cli import setting
from rogatory.cli.services import Services
from rogatory.errors import BadInput, NotFound, Unavailable
from rogatory.sealing.keystore import Keystore, WrongPassphrase

KEYS, RECOVERY = "keys.age", "keys-recovery.age"
MAX_PASSPHRASE = 4096


class KeysBeingChanged(Unavailable):
    """Somebody else is changing the keys of this node."""

    code = "keys-being-changed"
    remedy = "Wait until the other command has ended, look at `rogatory keys list`, and decide again."


class NoRecoveryFile(NotFound):
    """There is no keys-recovery.age in the data folder."""

    code = "no-recovery-file"
    remedy = "Put it there from the backup. If the keys were never split, only keys.age and its passphrase help."


class BadPassphrase(BadInput):
    """The keys cannot be put under that passphrase."""

    code = "bad-passphrase"
    remedy = "Write one line into the file, or name a file that does not exist: a strong passphrase is then made."


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """The keys in *folder* are changed by nobody else while the block runs; raises `KeysBeingChanged`."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KeysBeingChanged from error
        yield
    finally:
        os.close(held)


def keep(folder: Path, keys: Keystore, *, passphrase: str) -> None:
    """Put *keys* in the place of those in *folder*, durably: for the custodians first, then under *passphrase*."""
    recovery = keys.to_recovery(secrets.token_bytes)
    if recovery is not None:
        setting.write_durably(folder / RECOVERY, recovery)
    setting.write_keys(folder, keys, passphrase=passphrase, random=secrets.token_bytes)


def read_recovery(folder: Path) -> bytes:
    """The recovery file; raises `NoRecoveryFile`."""
    try:
        return (folder / RECOVERY).read_bytes()
    except FileNotFoundError as error:
        raise NoRecoveryFile from error


def change_passphrase(services: Services, new_file: Path) -> bool:
    """Whether the passphrase file of this call could be replaced, after the keys came under that in *new_file*.

    When *new_file* does not exist, it is made with a strong passphrase. A change that was stopped between the keys
    and the passphrase file goes on. Hold `changing` for it. Raises `BadPassphrase` and what opening the keys raises.
    """
    new = passphrase_in(new_file)
    data = (services.data / KEYS).read_bytes()
    try:
        keys = Keystore.from_bytes(data, services.passphrase())
    except WrongPassphrase:
        keys = Keystore.from_bytes(data, new)
    keep(services.data, keys, passphrase=new)
    return replace_passphrase_file(new, new_file)


def passphrase_in(file: Path) -> str:
    """The passphrase in *file*, which is made with a strong one when there is none; raises `BadPassphrase`."""
    if not file.exists():
        setting.write_durably(file, f"{setting.make_passphrase(secrets.token_bytes)}\n".encode())
    try:
        with file.open(encoding="utf-8") as source:
            new = source.read(MAX_PASSPHRASE).rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise BadPassphrase(f"{file.name} is not a text") from error
    if not new or "\n" in new:
        raise BadPassphrase(f"{file.name} does not hold one line with a passphrase")
    return new


def replace_passphrase_file(new: str, source: Path) -> bool:
    """Whether the file that ROGATORY_PASSPHRASE_FILE names holds *new* now, as *source* does."""
    named = Path(os.environ.get("ROGATORY_PASSPHRASE_FILE", "") or source)
    if named.absolute() == source.absolute():
        return True
    try:
        setting.write_durably(named, f"{new}\n".encode())
    except OSError:
        # It may be given by the service manager, and be nobody's to write.
        return False
    return True
