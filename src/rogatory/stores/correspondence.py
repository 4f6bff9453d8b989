"""Letters and drills, in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from rogatory.ports.correspondence import DrillRow, LetterRow
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores import rows
from rogatory.stores.models import Drill, Letter


class LetterTable:
    """`ports.correspondence.Letters`."""

    def add(self, row: LetterRow) -> None:
        """Keep *row*; raises `AlreadyHeld`."""
        if not rows.insert_new(Letter, row, key="digest"):
            raise AlreadyHeld(f"the letter {row.digest[:16]}… is held already")

    def get(self, digest: str) -> LetterRow | None:
        """The letter of that digest."""
        return rows.first(Letter, LetterRow, "WHERE digest = %s", digest)

    def several(self, digests: Sequence[str]) -> Sequence[LetterRow]:
        """Those of *digests* that are held."""
        if not digests:
            return []
        return rows.select(Letter, LetterRow, f"WHERE digest IN ({rows.places(len(digests))})", *digests)

    def of_thread(self, thread: str, *, limit: int) -> Sequence[LetterRow]:
        """The letters of *thread* that were kept last, the newest first."""
        return rows.select(Letter, LetterRow, "WHERE thread = %s ORDER BY ledger_index DESC LIMIT %s", thread, limit)

    def newest(
        self, *, limit: int, before: int | None = None, kind: str | None = None, ours: bool | None = None
    ) -> Sequence[LetterRow]:
        """At most *limit* letters, the newest first."""
        asked = {"kind = %s": kind, "ours = %s": ours, "ledger_index < %s": before}
        given = {condition: value for condition, value in asked.items() if value is not None}
        where = f"WHERE {' AND '.join(given)} " if given else ""
        return rows.select(Letter, LetterRow, f"{where}ORDER BY ledger_index DESC LIMIT %s", *given.values(), limit)


class DrillTable:
    """`ports.correspondence.Drills`."""

    def add(self, row: DrillRow) -> None:
        """Keep a new drill."""
        rows.insert(Drill, row)

    def get(self, id: str) -> DrillRow | None:
        """The drill of that id."""
        return rows.first(Drill, DrillRow, "WHERE id = %s", id)

    def put(self, row: DrillRow) -> None:
        """Replace the row of that id."""
        rows.upsert(Drill, row, key="id")

    def due(self, now: datetime) -> Sequence[str]:
        """The drills whose time has come."""
        found = rows.select(Drill, DrillRow, "WHERE state = 'planned' AND due_at <= %s ORDER BY due_at", now)
        return [row.id for row in found]

    def waiting(self) -> Sequence[DrillRow]:
        """Those sent to us that nobody has answered, the oldest first."""
        which = "WHERE state = 'sent' AND way IN ('in', 'own') ORDER BY received_at, id"
        return rows.select(Drill, DrillRow, which)

    def newest(self, limit: int) -> Sequence[DrillRow]:
        """At most *limit* drills, the newest first."""
        return rows.select(Drill, DrillRow, "ORDER BY planned_at DESC, id LIMIT %s", limit)
