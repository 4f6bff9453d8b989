"""Meetings, their records and their passes, in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from rogatory.ports.conference import EntryRow, HeadRow, MeetingRow, PassRow
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores import rows
from rogatory.stores.models import Meeting, MeetingEntry, MeetingHead, MeetingPass

_HELD = f"SELECT id FROM {Meeting._meta.db_table} WHERE id = %s"  # noqa: S608 (the name of our own table)
_ADD = (
    f"INSERT INTO {MeetingEntry._meta.db_table} (meeting, number, line, once) "  # noqa: S608 (as above)
    "VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_FROM = "WHERE meeting = %s AND number >= %s ORDER BY number LIMIT %s"


class ConferenceTables:
    """`ports.conference.Conference`."""

    def add_meeting(self, row: MeetingRow) -> None:
        """Keep a new meeting; raises `AlreadyHeld`."""
        if not rows.insert_new(Meeting, row, key="id"):
            raise AlreadyHeld(f"there is a meeting {row.id} already")

    def meetings(self) -> Sequence[MeetingRow]:
        """All meetings, the one that opens last first."""
        return rows.many(MeetingRow, Meeting.objects.order_by("-opens", "id"))

    def hold(self, meeting: str) -> bool:
        """Whether there is such a meeting, whose record is ours alone until the transaction ends."""
        # SQLite locks the whole database when a transaction begins.
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        return bool(rows.ask(f"{_HELD}{lock}", meeting))

    def add_entry(self, row: EntryRow) -> None:
        """Keep the next entry of a record; raises `AlreadyHeld`."""
        if not rows.run(_ADD, row.meeting, row.number, row.line, row.once):
            raise AlreadyHeld(f"the record of {row.meeting} has an entry {row.number}, or {row.once!r}, already")

    def entries(self, meeting: str, start: int, limit: int) -> Sequence[EntryRow]:
        """At most *limit* entries from number *start* on, in order."""
        return rows.select(MeetingEntry, EntryRow, _FROM, meeting, start, limit)

    def entry_once(self, meeting: str, once: str) -> EntryRow | None:
        """The entry that the submission *once* became."""
        which = "WHERE meeting = %s AND once = %s AND NOT once = ''"  # the last so that SQLite takes the index
        return rows.first(MeetingEntry, EntryRow, which, meeting, once)

    def add_head(self, row: HeadRow) -> None:
        """Keep where a head stands in the ledger."""
        rows.insert(MeetingHead, row)

    def heads(self, meeting: str) -> Sequence[HeadRow]:
        """The heads of *meeting* that stand in the ledger, in order."""
        return rows.select(MeetingHead, HeadRow, "WHERE meeting = %s ORDER BY number", meeting)

    def head(self, digest: str) -> HeadRow | None:
        """The head of that digest."""
        return rows.first(MeetingHead, HeadRow, "WHERE digest = %s", digest)

    def add_pass(self, row: PassRow) -> None:
        """Keep a new pass."""
        rows.insert(MeetingPass, row)

    def pass_of_secret(self, meeting: str, digest: str) -> PassRow | None:
        """The pass of *meeting* whose secret has that digest."""
        return rows.first(MeetingPass, PassRow, "WHERE digest = %s AND meeting = %s", digest, meeting)

    def passes(self, meeting: str) -> Sequence[PassRow]:
        """The passes of *meeting*, the oldest first."""
        return rows.select(MeetingPass, PassRow, "WHERE meeting = %s ORDER BY issued_at, id", meeting)

    def revoke_pass(self, meeting: str, id: str, *, at: datetime, by: str) -> PassRow | None:
        """The pass of that id, which opens nothing from now on; None when there is none that still opens."""
        open_ones = MeetingPass.objects.filter(meeting=meeting, id=id, revoked_at__isnull=True)
        if not open_ones.update(revoked_at=at, revoked_by=by):
            return None
        return rows.one(PassRow, MeetingPass.objects.filter(id=id))
