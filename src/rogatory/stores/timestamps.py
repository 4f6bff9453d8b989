"""The tokens of time-stamp authorities, and how asking for them goes."""

from datetime import datetime

from rogatory.ports.timestamps import AskedRow, TimestampRow
from rogatory.stores import rows
from rogatory.stores.models import TimeStamp, TimeStampAsked


class TimestampTables:
    """`ports.timestamps.Timestamps`."""

    def add(self, row: TimestampRow) -> None:
        """One more token."""
        rows.insert(TimeStamp, row)

    def newest(self) -> TimestampRow | None:
        """The token of the largest log, the newest of several."""
        return rows.first(TimeStamp, TimestampRow, "ORDER BY size DESC, id DESC LIMIT 1")

    def smallest_covering(self, size: int) -> TimestampRow | None:
        """The first token of the smallest log of *size* entries or more."""
        return rows.first(TimeStamp, TimestampRow, "WHERE size >= %s ORDER BY size, id LIMIT 1", size)

    def of_size(self, size: int) -> TimestampRow | None:
        """The first token of the log of *size* entries."""
        return rows.first(TimeStamp, TimestampRow, "WHERE size = %s ORDER BY id LIMIT 1", size)

    def asked(self) -> AskedRow | None:
        """How asking goes; `None` before the first time."""
        return rows.one(AskedRow, TimeStampAsked.objects.filter(one=1))

    def begin(self, now: datetime, busy_until: datetime) -> bool:
        """Whether the caller may ask now."""
        made = TimeStampAsked.objects.get_or_create(one=1, defaults={"asked_at": now, "busy_until": busy_until})[1]
        free = TimeStampAsked.objects.filter(one=1, busy_until__lte=now)
        return made or free.update(asked_at=now, busy_until=busy_until) == 1

    def end(self, *, failing_since: datetime | None, code: str, reason: str) -> None:
        """Asking has ended."""
        asked = TimeStampAsked.objects.get(one=1)
        asked.busy_until = asked.asked_at
        asked.failing_since, asked.code, asked.reason = failing_since, code, reason
        asked.save()
