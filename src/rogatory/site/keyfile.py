"""The node's keys in its data folder: `keys.age`, opened by a passphrase that is kept elsewhere.

A process that runs for months opens the file once, and again as soon as it was replaced: after a rotation it signs
with the new key at once. The passphrase file is read only then, so it may be taken away once the node has started.
"""

import os
import threading
from pathlib import Path

from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.sealing.keystore import Keystore, WrongPassphrase
from rogatory.site.freshfile import Stamp, stamp_of

VARIABLE = "ROGATORY_PASSPHRASE_FILE"


class NoPassphrase(BadInput):
    """The keys of this node are locked."""

    code = "no-passphrase"
    remedy = "Set ROGATORY_PASSPHRASE_FILE to a file that only the node's user can read."


class NoKeys(NotFound):
    """There is no keys.age in the data folder."""

    code = "no-keys"
    remedy = "Put it back from the backup; or, when the keys are split among custodians, run: rogatory keys recover."


def passphrase() -> str:
    """The passphrase of the node's keys; raises `NoPassphrase`."""
    name = os.environ.get(VARIABLE, "")
    if not name:
        raise NoPassphrase
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        raise NoPassphrase(f"the passphrase file cannot be read: {error.strerror}") from error


def unlock(folder: Path) -> Keystore:
    """The keys of the node in *folder*; raises `NoKeys`, `NoPassphrase`, `WrongPassphrase` or `BadKeystore`."""
    try:
        data = (folder / "keys.age").read_bytes()
    except FileNotFoundError as error:
        raise NoKeys from error
    tried = passphrase()
    try:
        return Keystore.from_bytes(data, tried)
    except WrongPassphrase:
        # The two files are replaced one after the other; we may have come in between.
        if passphrase() == tried:
            raise
        return Keystore.from_bytes((folder / "keys.age").read_bytes(), passphrase())


class Unlocked:
    """The keys of the node in a folder, opened at the first call and again whenever the file was replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "keys.age"
        self._lock = threading.Lock()
        self._seen: Stamp = None
        self._keys: Keystore | None = None
        self._failure: tuple[Stamp, RogatoryError] | None = None

    def __call__(self) -> Keystore:
        """The keys as they are now; raises as `unlock`."""
        seen = stamp_of(self._path)
        with self._lock:
            if self._keys is None or seen != self._seen:
                self._keys = None
                self._keys, self._seen = self._opened(seen), seen
            return self._keys

    def _opened(self, seen: Stamp) -> Keystore:
        # A failure costs a second of scrypt: it is tried again only when one of the two files has changed.
        tried = (seen or ()) + (stamp_of(Path(os.environ.get(VARIABLE, ""))) or ())
        if self._failure is not None and self._failure[0] == tried:
            raise self._failure[1].with_traceback(None)
        try:
            keys = unlock(self._folder)
        except RogatoryError as error:
            self._failure = tried, error
            raise
        self._failure = None
        return keys
