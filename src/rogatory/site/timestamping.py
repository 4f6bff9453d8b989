"""Who stamps the node's checkpoints, and how often: `[timestamp]` in `node.toml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rogatory.site.datafolder import BadNodeFile
from rogatory.transports.timestamps import HttpTimestamps

KEYS = {"url", "certificate", "every_minutes"}
MINUTES = 60


def read(facts: Mapping[str, Any], folder: Path) -> HttpTimestamps | None:
    """The authority that `[timestamp]` names; `None` without one. The certificate's path is from *folder*.

    Raises `BadNodeFile`.
    """
    table = facts.get("timestamp")
    if table is None:
        return None
    if not isinstance(table, Mapping) or not table.keys() <= KEYS:
        raise BadNodeFile("[timestamp] in node.toml knows url, certificate and every_minutes")
    url, certificate = table.get("url"), table.get("certificate")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")) or not isinstance(certificate, str):
        raise BadNodeFile("[timestamp] in node.toml needs url (https://…) and certificate (a file)")
    path = folder / certificate
    return HttpTimestamps(url, lambda: _certificates(path))


def minutes(facts: Mapping[str, Any]) -> int:
    """How many minutes pass between two time-stamps; raises `BadNodeFile`."""
    table = facts.get("timestamp", {})
    found = table.get("every_minutes", MINUTES) if isinstance(table, Mapping) else MINUTES
    if not isinstance(found, int) or isinstance(found, bool) or not 1 <= found <= 100_000:
        raise BadNodeFile("every_minutes of [timestamp] in node.toml is a whole number of minutes, 1 or more")
    return found


def _certificates(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadNodeFile(f"the certificate of the time-stamp authority, {path.name}: {error.strerror}") from error
