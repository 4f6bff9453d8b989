"""The data folder of a node: `node.toml`, `secret-key`, `keys.age`, `db.sqlite3`, `blobs/`."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rogatory.errors import BadInput


class NoNodeHere(BadInput):
    """There is no node in this data folder."""

    code = "no-node-here"
    remedy = "Make one with: rogatory init --state XXX --data FOLDER"


class BadNodeFile(BadInput):
    """The file node.toml cannot be read."""

    code = "bad-node-file"


def data_folder(environ: Mapping[str, str]) -> Path:
    """The folder that `ROGATORY_DATA` names, or `rogatory-data` in the current one."""
    return Path(environ.get("ROGATORY_DATA", "rogatory-data")).absolute()


def node_facts(folder: Path) -> dict[str, Any]:
    """What `node.toml` says, or nothing when there is no node yet; raises `BadNodeFile`."""
    path = folder / "node.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadNodeFile(f"{path.name} cannot be read: {error}") from error


def secret_key(folder: Path) -> str:
    """Django's own secret of this node, made at first use and readable by its owner alone."""
    path = folder / "secret-key"
    if not folder.is_dir():
        return secrets.token_urlsafe(50)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(50)
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    return made
