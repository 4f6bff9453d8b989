"""The Merkle log: its entries in a table, its head in a row that is also its lock, all other hashes in files.

An append is one insert and one update in the transaction of what it records. The files are caught up when somebody
reads the tree (`treefiles`), and only with what is committed.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from rogatory.ledger import merkle
from rogatory.ports.record import Head
from rogatory.stores import rows
from rogatory.stores.models import Checkpoint, LedgerEntry
from rogatory.stores.treefiles import TreeFiles, Unwritten

_ENTRIES, _HEAD = LedgerEntry._meta.db_table, Checkpoint._meta.db_table
_SELECT = f"SELECT size, edge, text FROM {_HEAD} WHERE one = 1"  # noqa: S608 (the name of our own table)
_SELECT_LOCKED = f"{_SELECT} FOR UPDATE"  # SQLite locks the whole database when a transaction begins
_BEGIN = f"INSERT INTO {_HEAD} (one, size, edge, text) VALUES (1, 0, %s, '') ON CONFLICT DO NOTHING"  # noqa: S608
_UPDATE = f"UPDATE {_HEAD} SET size = %s, edge = %s, text = %s WHERE one = 1"  # noqa: S608
_INSERT = f'INSERT INTO {_ENTRIES} ("index", entry) VALUES (%s, %s)'  # noqa: S608
_INSERT_ALL = (
    f'INSERT INTO {_ENTRIES} ("index", entry) '  # noqa: S608
    "SELECT %s + place - 1, entry FROM unnest(%s::bytea[]) WITH ORDINALITY AS given (entry, place)"
)
_READ = f'SELECT entry FROM {_ENTRIES} WHERE "index" >= %s AND "index" < %s ORDER BY "index"'  # noqa: S608


class LedgerTables:
    """`ports.record.LedgerStore`, with the files of its tree in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._files = TreeFiles(folder)
        self._local = threading.local()

    def lock(self) -> Head:
        """Hold the log until the transaction ends; its head."""
        found = rows.ask(_SELECT if connection.vendor == "sqlite" else _SELECT_LOCKED)
        if not found:
            rows.run(_BEGIN, b"")
            return self.lock()
        head = self._local.locked = _head(*found[0])
        return head

    def head(self) -> Head:
        """The head of the log."""
        found = rows.ask(_SELECT)
        return _head(*found[0]) if found else Head()

    def size(self) -> int:
        """The number of entries."""
        return self.head().edge.size

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint."""
        return self.head().checkpoint or None

    def append(self, entries: Sequence[bytes], head: Head) -> None:
        """Add *entries* to the locked log, whose head is now *head*."""
        first = head.edge.size - len(entries)
        if self._before() is None:
            locked: Head | None = getattr(self._local, "locked", None)
            self._local.before = locked if locked and locked.edge.size == first else self.head()
        if connection.vendor == "sqlite":
            rows.run_each(_INSERT, enumerate(entries, first))
        else:
            rows.run(_INSERT_ALL, first, list(entries))
        rows.run(_UPDATE, head.edge.size, b"".join(head.edge.hashes), head.checkpoint)

    def entries(self, start: int, end: int) -> Sequence[bytes]:
        """The entries from *start* up to, and without, *end*."""
        return [bytes(entry) for (entry,) in rows.ask(_READ, start, end)]

    def nodes(self) -> merkle.NodeRows:
        """The hashes of the tree as far as its head, not to be believed."""
        return self._nodes(anew=False)

    def rebuild(self) -> merkle.NodeRows:
        """The same, after all were derived anew."""
        return self._nodes(anew=True)

    def lost_checkpoints(self) -> Sequence[str]:
        """Checkpoints of ours that the log does not continue."""
        return self._files.lost()

    def ended(self) -> None:
        """The transaction of this thread has ended, one way or the other."""
        self._local.before = self._local.locked = None

    def _before(self) -> Head | None:
        """The head before this thread's transaction added to the log, if it did."""
        found: Head | None = getattr(self._local, "before", None)
        return found

    def _nodes(self, *, anew: bool) -> merkle.NodeRows:
        before = self._before()
        committed = before or self.head()
        if anew or self._files.size != committed.edge.size:
            self._files.catch_up(lambda: before or self.head(), self.entries, anew=anew)
        if before is None:
            return self._files
        return Unwritten(self._files, before.edge, self.entries(before.edge.size, self.size()))


def _head(size: int, edge: bytes, text: str) -> Head:
    return Head(edge=merkle.read_edge(size, bytes(edge)), checkpoint=text)
