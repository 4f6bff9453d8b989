"""Which database a node keeps its rows in: SQLite in the data folder, or PostgreSQL when `DATABASE_URL` says so."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rogatory.errors import BadInput

#: A writer waits this many seconds for another before it gives up.
BUSY_SECONDS = 30

_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16000;"
)


class BadDatabaseUrl(BadInput):
    """DATABASE_URL is not of the form postgresql://user:password@host:port/name."""

    code = "bad-database-url"


def configuration(url: str, folder: Path) -> dict[str, Any]:
    """Django's entry for the database that *url* names; SQLite in *folder* for an empty one."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "db.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": _PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadDatabaseUrl
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
