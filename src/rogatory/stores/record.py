"""The access record and the counters."""

from collections.abc import Sequence

from rogatory.ports import AuditRow
from rogatory.stores import rows
from rogatory.stores.models import AuditEvent, Counter


class AuditTable:
    """`ports.Audit`."""

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
    """`ports.Counters`."""

    def next(self, name: str) -> int:
        """One more than was ever given for *name*."""
        counter, _ = Counter.objects.select_for_update().get_or_create(name=name, defaults={"value": 0})
        counter.value += 1
        counter.save(update_fields=["value"])
        return counter.value
