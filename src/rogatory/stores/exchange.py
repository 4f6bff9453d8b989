"""Envelopes in, deliveries out, partners' cards, in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, connection

from rogatory.ports.exchange import DeliveryRow, InboxRow, PartnerRow
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores import rows
from rogatory.stores.models import Delivery, Envelope, Partner

_TABLE = Delivery._meta.db_table
_FIXED = frozenset({"id", "message", "case", "partner", "envelope", "queued_at"})
_LEASE = f"UPDATE {_TABLE} SET lease_until = %s"  # noqa: S608 (the name of our own table)
_DUE = f"""
    SELECT state FROM {Partner._meta.db_table} AS partner
    WHERE EXISTS (
        SELECT 1 FROM {_TABLE} AS waiting
        WHERE waiting.partner = partner.state AND waiting.state = 'queued' AND waiting.next_at <= %s
        AND (waiting.lease_until IS NULL OR waiting.lease_until <= %s)
    )
    ORDER BY state
"""  # noqa: S608 (as above)
#: Due, held by nobody, and with no earlier one of the same case that waits or is held.
_CLAIM = f"""
    WHERE partner = %s AND state = 'queued' AND next_at <= %s AND (lease_until IS NULL OR lease_until <= %s)
    AND NOT EXISTS (
        SELECT 1 FROM {_TABLE} AS earlier
        WHERE earlier."case" = {_TABLE}."case" AND earlier.state = 'queued'
        AND earlier.sequence < {_TABLE}.sequence AND (earlier.next_at > %s OR earlier.lease_until > %s)
    )
    ORDER BY sequence LIMIT %s
"""  # noqa: S608 (as above)


class EnvelopeTable:
    """`ports.exchange.Inbox`."""

    def get(self, envelope: str) -> InboxRow | None:
        """What is known of that envelope."""
        return rows.first(Envelope, InboxRow, "WHERE envelope = %s", envelope)

    def for_messages(self, digests: Sequence[str]) -> Sequence[InboxRow]:
        """The envelopes that brought the messages *digests*, in the order in which they arrived."""
        return rows.many(InboxRow, Envelope.objects.filter(message__in=digests).order_by("arrived_at", "envelope"))

    def add(self, row: InboxRow) -> None:
        """Keep *row*; raises `AlreadyHeld`."""
        try:
            rows.insert(Envelope, row)
        except IntegrityError as error:
            raise AlreadyHeld("the envelope was taken in already") from error


class DeliveryTable:
    """`ports.exchange.Outbox`."""

    def add(self, row: DeliveryRow) -> None:
        """Lay a new delivery in the outbox."""
        rows.insert(Delivery, row)

    def get(self, id: str) -> DeliveryRow | None:
        """The delivery of that id."""
        return rows.first(Delivery, DeliveryRow, "WHERE id = %s", id)

    def of_case(self, case: str) -> Sequence[DeliveryRow]:
        """All deliveries of *case*, in the order queued."""
        return rows.many(DeliveryRow, Delivery.objects.filter(case=case).order_by("sequence"))

    def claim(self, partner: str, *, now: datetime, until: datetime, limit: int) -> Sequence[DeliveryRow]:
        """Due deliveries to *partner*, held until *until*; none that an earlier one of its case keeps waiting."""
        hold = " FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update else ""
        chosen = rows.select(Delivery, DeliveryRow, f"{_CLAIM}{hold}", partner, now, now, now, now, limit)
        if chosen:
            listed = rows.places(len(chosen))
            rows.run(f"{_LEASE} WHERE id IN ({listed})", until, *(row.id for row in chosen))
        return chosen

    def partners_due(self, now: datetime) -> Sequence[str]:
        """The States to which something is due."""
        return [partner for (partner,) in rows.ask(_DUE, now, now)]

    def put(self, row: DeliveryRow) -> None:
        """Replace the row of that id and let it go."""
        changing = [name for name in rows.names(DeliveryRow) if name not in _FIXED]
        settings = ", ".join(f"{name} = %s" for name in changing)
        rows.run(
            f"UPDATE {_TABLE} SET {settings}, lease_until = NULL WHERE id = %s",  # noqa: S608 (our own columns)
            *(getattr(row, name) for name in changing),
            row.id,
        )

    def undelivered(self) -> Sequence[DeliveryRow]:
        """Deliveries that have not ended well, the oldest first."""
        waiting = Delivery.objects.filter(state__in=("queued", "refused"))
        return rows.many(DeliveryRow, waiting.order_by("sequence"))


class PartnerTable:
    """`ports.exchange.Partners`."""

    def all(self) -> Sequence[PartnerRow]:
        """The newest card of each State, by State."""
        return list({row.state: row for row in self.history()}.values())

    def history(self) -> Sequence[PartnerRow]:
        """Every card that was ever accepted, by State and serial."""
        return rows.select(Partner, PartnerRow, "ORDER BY state, serial")

    def get(self, state: str) -> PartnerRow | None:
        """The newest card of *state*."""
        return rows.first(Partner, PartnerRow, "WHERE state = %s ORDER BY serial DESC", state)

    def add(self, row: PartnerRow) -> None:
        """Keep *row*; raises `AlreadyHeld`."""
        try:
            rows.insert(Partner, row)
        except IntegrityError as error:
            raise AlreadyHeld(f"card {row.serial} of {row.state} is held already") from error
