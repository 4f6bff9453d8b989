"""The access record and the counters."""

from collections.abc import Sequence

from rogatory.ports.record import AuditRow
from rogatory.stores import rows
from rogatory.stores.models import AuditEvent, Counter


class AuditTable:
    """`ports.record.Audit`."""

    def add(self, row: AuditRow) -> None:
        """One more line."""
        rows.insert(AuditEvent, row)

    def recent(self, limit: int) -> Sequence[AuditRow]:
        """The newest lines first."""
        return rows.many(AuditRow, AuditEvent.objects.order_by("-id")[:limit])

    def of_subject(self, subject: str, limit: int) -> Sequence[AuditRow]:
        """The newest lines about *subject* first."""
        return rows.many(AuditRow, AuditEvent.objects.filter(subject=subject).order_by("-id")[:limit])


class CounterTable:
    """`ports.record.Counters`."""

    def next(self, name: str) -> int:
        """One more than was ever given for *name*."""
        table = Counter._meta.db_table
        grown = rows.ask(
            f"INSERT INTO {table} (name, value) VALUES (%s, 1) "  # noqa: S608 (the name of our own table)
            f"ON CONFLICT (name) DO UPDATE SET value = {table}.value + 1 RETURNING value",
            name,
        )
        value: int = grown[0][0]
        return value
