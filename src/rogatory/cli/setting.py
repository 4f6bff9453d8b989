"""Making a node: keys, `node.toml`, database, first administrator. Nothing is half made: all of it, or no node."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rogatory.errors import BadInput
from rogatory.kernel import ids
from rogatory.ports.world import Random
from rogatory.sealing.keystore import Keystore, new_keystore
from rogatory.sealing.recipients import DEFAULT_WORK, HYBRID

#: A passphrase of our own making is beyond guessing as it is; one that a person chose is stretched by scrypt.
MADE = "machine-made-"
MADE_WORK = 12

AUTHORITIES = (
    ("contact-point", "24/7 contact point", "Point de contact 24/7", ("41",)),
    ("central-authority", "Central authority", "Autorité centrale", ("40(12)",)),
)


class NodeExists(BadInput):
    """There is a node in this folder already."""

    code = "node-exists"
    remedy = "Choose another folder; a node is never made over another."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNode:
    """What an operator says of a new node; *clock_ahead* in seconds, 0 outside an exercise."""

    state: str
    name: str
    address: str
    exercise: bool
    clock_ahead: int
    languages: tuple[str, ...]
    key_kind: str = HYBRID


class NoSerial(BadInput):
    """The file node.toml has no line `serial = N`."""

    code = "no-serial"


def make(
    folder: Path,
    new: NewNode,
    *,
    passphrase: str,
    at: datetime,
    random: Random,
    before_last: Callable[[], None] | None = None,
) -> Keystore:
    """Write the keys and `node.toml` of *new* into *folder*; raises `NodeExists`.

    *before_last* makes the database and the first administrator. `node.toml` is renamed into place last: a folder
    without it holds no node, and whatever an interrupted making left there is made again.
    """
    require_none(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # the database in it holds the text of cases
    state = ids.require_state(new.state)
    text = node_toml(new, random)
    authorities = [f"{state}/{name}" for name, *_ in AUTHORITIES]
    keys = new_keystore(state, authorities, at=at, random=random, kind=new.key_kind)
    write_keys(folder, keys, passphrase=passphrase, random=random)
    if before_last:
        before_last()
    write_durably(folder / "node.toml", text.encode())
    return keys


def require_none(folder: Path) -> None:
    """Nothing, when *folder* holds no node; raises `NodeExists`."""
    if (folder / "node.toml").exists():
        raise NodeExists(f"there is a node in {folder} already")


def write_keys(folder: Path, keys: Keystore, *, passphrase: str, random: Random) -> None:
    """Put *keys* in the place of those in *folder*, durably, sealed by *passphrase*."""
    work = MADE_WORK if passphrase.startswith(MADE) else DEFAULT_WORK
    write_durably(folder / "keys.age", keys.to_bytes(passphrase, random, work=work))


def make_passphrase(random: Random) -> str:
    """A passphrase of 160 random bits, marked as made by a machine."""
    return MADE + ids.crockford(random(20)).lower()


def raise_serial(folder: Path) -> int:
    """The new serial number of the node's card, one more than before; raises `NoSerial`."""
    path = folder / "node.toml"
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^serial = (\d+)$", text, re.MULTILINE)
    if found is None:
        raise NoSerial(where=path.name)
    serial = int(found[1]) + 1
    write_durably(path, f"{text[: found.start()]}serial = {serial}{text[found.end() :]}".encode())
    return serial


def node_toml(new: NewNode, random: Random) -> str:
    """The text of `node.toml`."""
    log = f"rogatory/{new.state.lower()}/{ids.crockford(random(7)).lower()}"
    lines = [
        "# A node of Rogatory. Change the address here; keys and authorities change by command only.",
        f'state = "{new.state}"',
        f"name = {_quoted(new.name)}",
        f"address = {_quoted(new.address)}",
        f"exercise = {'true' if new.exercise else 'false'}",
        f"clock_ahead_seconds = {new.clock_ahead}",
        "serial = 1",
        f'log_origin = "{log}"',
    ]
    for name, english, french, functions in AUTHORITIES:
        lines += [
            "",
            "[[authorities]]",
            f'id = "{new.state}/{name}"',
            f"name_en = {_quoted(f'{english} of {new.name}')}",
            f"name_fr = {_quoted(f'{french} ({new.name})')}",
            f"functions = [{', '.join(_quoted(one) for one in functions)}]",
            f"languages = [{', '.join(_quoted(one) for one in new.languages)}]",
        ]
    return "\n".join(lines) + "\n"


def write_durably(path: Path, data: bytes) -> None:
    """Write *data* to a file that only its owner reads: write, fsync, rename."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in the folder *path* durable."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _quoted(text: str) -> str:
    if any(ord(sign) < 0x20 for sign in text):
        raise BadInput("a name has no control characters")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
