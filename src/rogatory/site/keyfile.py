"""The node's keys in its data folder: `keys.age`, opened by a passphrase that is kept elsewhere."""

import os
from pathlib import Path

from rogatory.errors import BadInput, NotFound
from rogatory.sealing.keystore import Keystore


class NoPassphrase(BadInput):
    """The keys of this node are locked."""

    code = "no-passphrase"
    remedy = "Set ROGATORY_PASSPHRASE_FILE to a file that only the node's user can read."


class NoKeys(NotFound):
    """There is no keys.age in the data folder."""

    code = "no-keys"


def passphrase() -> str:
    """The passphrase of the node's keys; raises `NoPassphrase`."""
    name = os.environ.get("ROGATORY_PASSPHRASE_FILE", "")
    if not name:
        raise NoPassphrase
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        raise NoPassphrase(f"the passphrase file cannot be read: {error.strerror}") from error


def unlock(folder: Path) -> Keystore:
    """The keys of the node in *folder*."""
    try:
        data = (folder / "keys.age").read_bytes()
    except FileNotFoundError as error:
        raise NoKeys from error
    return Keystore.from_bytes(data, passphrase())
