"""The database of a backup: a consistent copy of one that is in use, and a fresh database from such a copy.

SQLite copies itself (its online backup), in one step and therefore as of one moment; PostgreSQL's own `pg_dump` and
`pg_restore` do the same for it.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from rogatory.errors import NotPermitted, Unavailable, Untrusted
from rogatory.ports.blobs import StorageFull

SQLITE, POSTGRESQL = "sqlite", "postgresql"
#: What SQLite says when it could not write; reading fails with other words.
_FULL = ("is full", "disk I/O error")


class NoDumpProgram(Unavailable):
    """The programs pg_dump and pg_restore are not installed here."""

    code = "no-dump-program"
    remedy = "Install the client programs of PostgreSQL (in Debian: postgresql-client), of the server's version."


class DumpFailed(Unavailable):
    """PostgreSQL's own program could not copy the database."""

    code = "dump-failed"


class DatabaseNotEmpty(NotPermitted):
    """The database that DATABASE_URL names holds tables already."""

    code = "database-not-empty"
    remedy = "Make a fresh database, and name it in DATABASE_URL; a backup is never restored over another node."


class CopyRotten(Untrusted):
    """The copy of the database is not a sound database."""

    code = "database-rotten"


def kind_of(database: Mapping[str, Any]) -> str:
    """Which kind of database Django's entry *database* names."""
    return SQLITE if "sqlite3" in database["ENGINE"] else POSTGRESQL


def copy(database: Mapping[str, Any], target: Path) -> None:
    """Write a consistent copy of *database*, which may be in use, to the new file *target*, durably."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind_of(database) == SQLITE:
        _copy_sqlite(Path(database["NAME"]), target)
    else:
        _run("pg_dump", database, "--format=custom", "--no-owner", "--file", str(target))
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def require_empty(database: Mapping[str, Any]) -> None:
    """Nothing, when *database* holds no tables; raises `DatabaseNotEmpty`."""
    if kind_of(database) == SQLITE:
        if Path(database["NAME"]).exists():
            raise DatabaseNotEmpty(f"there is a database {Path(database['NAME']).name} already")
        return
    _program("pg_restore")
    import psycopg

    try:
        with psycopg.connect(**_reach(database), dbname=database["NAME"], connect_timeout=10) as connection:
            found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    except psycopg.Error as error:
        raise DumpFailed(f"the database cannot be reached: {error}") from error
    if found and found[0]:
        raise DatabaseNotEmpty(f"the database {database['NAME']} holds {found[0]} tables already")


def restore(database: Mapping[str, Any], copy: Path) -> None:
    """Fill the empty *database* from the *copy*, wholly or not at all; raises `CopyRotten` and `DumpFailed`."""
    if kind_of(database) == SQLITE:
        shutil.copyfile(copy, database["NAME"])
        require_sound(Path(database["NAME"]))
        return
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    _run("pg_restore", database, *options, "--dbname", database["NAME"], str(copy), names=False)


def require_sound(path: Path) -> None:
    """Nothing, when the SQLite database at *path* is one; raises `CopyRotten`."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute("PRAGMA quick_check(1)").fetchone()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        raise CopyRotten(f"the copy of the database cannot be read: {error}") from error
    if told is None or told[0] != "ok":
        raise CopyRotten(f"the copy of the database is not sound: {told[0] if told else 'empty'}")


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            # All pages at once: one moment, however many write meanwhile.
            old.backup(new, pages=-1)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if any(word in str(error) for word in _FULL):
            raise StorageFull("there is no room for the backup; the one before is whole") from error
        raise DumpFailed(f"the database could not be copied: {error}") from error
    require_sound(target)


def _run(program: str, database: Mapping[str, Any], *arguments: str, names: bool = True) -> None:
    named = ("--dbname", database["NAME"]) if names else ()
    reach = _reach(database)
    environ = {**os.environ, "PGPASSWORD": str(reach.pop("password", ""))}
    variables = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER"}
    environ |= {variables[name]: str(value) for name, value in reach.items()}
    done = subprocess.run(
        [_program(program), "--no-password", *named, *arguments], env=environ, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise DumpFailed(f"{program} failed: {said[-1][:300] if said else done.returncode}")


def _reach(database: Mapping[str, Any]) -> dict[str, Any]:
    given = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database["PASSWORD"],
    }
    return {name: value for name, value in given.items() if value}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoDumpProgram(f"the program {name} is not installed here")
    return found
