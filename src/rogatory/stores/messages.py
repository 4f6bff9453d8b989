"""Messages, the list of cases and the drafts, in Django's models."""

from collections.abc import Sequence

from rogatory.ports.exchange import CaseRow, DraftRow, MessageRow
from rogatory.ports.stores import AlreadyHeld, ChangedMeanwhile
from rogatory.stores import rows
from rogatory.stores.models import Case, Draft, Message

_DIGESTS = f'SELECT digest FROM {Message._meta.db_table} WHERE "case" = %s ORDER BY number, digest'  # noqa: S608 (ours)


class MessageTable:
    """`ports.exchange.Messages`."""

    def add(self, row: MessageRow) -> None:
        """Keep *row*; raises `AlreadyHeld`."""
        if not rows.insert_new(Message, row, key="digest"):
            raise AlreadyHeld(f"the message {row.digest[:16]}… is held already")

    def get(self, digest: str) -> MessageRow | None:
        """The message of that digest."""
        return rows.first(Message, MessageRow, "WHERE digest = %s", digest)

    def of_case(self, case: str) -> Sequence[MessageRow]:
        """The messages of *case*, by number and digest."""
        return rows.select(Message, MessageRow, 'WHERE "case" = %s ORDER BY number, digest', case)

    def digests_of_case(self, case: str) -> Sequence[str]:
        """The digests of the messages of *case*, by number and digest, from the index alone."""
        return [digest for (digest,) in rows.ask(_DIGESTS, case)]

    def cases(self) -> Sequence[str]:
        """Every case, in the order in which its first message was stored."""
        seen = Message.objects.order_by("sequence").values_list("case", flat=True)
        return list(dict.fromkeys(seen.iterator()))


class CaseTable:
    """`ports.exchange.Views`."""

    def put_case(self, row: CaseRow) -> None:
        """Make the line of that case say *row*."""
        rows.upsert(Case, row, key="case")

    def clear(self) -> None:
        """Forget all lines."""
        Case.objects.all().delete()

    def cases(self) -> Sequence[CaseRow]:
        """All lines, the one that changed last first."""
        return rows.many(CaseRow, Case.objects.order_by("-changed_at", "case"))


class DraftTable:
    """`ports.exchange.Drafts`."""

    def add(self, row: DraftRow) -> None:
        """Keep a new draft."""
        rows.insert(Draft, row)

    def get(self, id: str) -> DraftRow | None:
        """The draft of that id."""
        return rows.one(DraftRow, Draft.objects.filter(id=id))

    def put(self, row: DraftRow) -> DraftRow:
        """Keep *row* as the next version; raises `ChangedMeanwhile`."""
        values = {**rows.values(row), "version": row.version + 1}
        if not Draft.objects.filter(id=row.id, version=row.version).update(**values):
            raise ChangedMeanwhile("somebody else changed this draft meanwhile")
        return rows.one(DraftRow, Draft.objects.filter(id=row.id)) or row

    def open(self) -> Sequence[DraftRow]:
        """Drafts that have not ended, the oldest first."""
        live = Draft.objects.filter(state__in=("open", "submitted", "returned"))
        return rows.many(DraftRow, live.order_by("created_at", "id"))

    def of_case(self, case: str) -> Sequence[DraftRow]:
        """All drafts of *case*, the oldest first."""
        return rows.many(DraftRow, Draft.objects.filter(case=case).order_by("created_at", "id"))
