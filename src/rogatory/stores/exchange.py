"""Envelopes in, deliveries out, partners' cards, in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q, QuerySet

from rogatory.ports import AlreadyHeld, DeliveryRow, InboxRow, PartnerRow
from rogatory.stores import rows
from rogatory.stores.models import Delivery, Envelope, Partner


class EnvelopeTable:
    """`ports.Inbox`."""

    def get(self, envelope: str) -> InboxRow | None:
        """What is known of that envelope."""
        return rows.one(InboxRow, Envelope.objects.filter(envelope=envelope))

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
    """`ports.Outbox`."""

    def add(self, row: DeliveryRow) -> None:
        """Lay a new delivery in the outbox."""
        rows.insert(Delivery, row)

    def get(self, id: str) -> DeliveryRow | None:
        """The delivery of that id."""
        return rows.one(DeliveryRow, Delivery.objects.filter(id=id))

    def of_case(self, case: str) -> Sequence[DeliveryRow]:
        """All deliveries of *case*, in the order queued."""
        return rows.many(DeliveryRow, Delivery.objects.filter(case=case).order_by("sequence"))

    def claim(self, partner: str, *, now: datetime, until: datetime, limit: int) -> Sequence[DeliveryRow]:
        """Due deliveries to *partner*, held until *until*; none that an earlier one of its case keeps waiting."""
        waiting = Delivery.objects.filter(state="queued", case=OuterRef("case"), sequence__lt=OuterRef("sequence"))
        stuck = waiting.filter(Q(next_at__gt=now) | Q(lease_until__gt=now))
        due = _due(now).filter(partner=partner).exclude(Exists(stuck)).order_by("sequence")
        chosen = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
        Delivery.objects.filter(sequence__in=[one.sequence for one in chosen]).update(lease_until=until)
        return [rows.from_model(DeliveryRow, one) for one in chosen]

    def partners_due(self, now: datetime) -> Sequence[str]:
        """The States to which something is due."""
        return list(_due(now).values_list("partner", flat=True).distinct())

    def put(self, row: DeliveryRow) -> None:
        """Replace the row of that id and let it go."""
        Delivery.objects.filter(id=row.id).update(**rows.values(row), lease_until=None)

    def undelivered(self) -> Sequence[DeliveryRow]:
        """Deliveries that have not ended well, the oldest first."""
        waiting = Delivery.objects.filter(state__in=("queued", "refused"))
        return rows.many(DeliveryRow, waiting.order_by("sequence"))


class PartnerTable:
    """`ports.Partners`."""

    def all(self) -> Sequence[PartnerRow]:
        """Every partner, by State."""
        return rows.many(PartnerRow, Partner.objects.order_by("state"))

    def get(self, state: str) -> PartnerRow | None:
        """The partner *state*."""
        return rows.one(PartnerRow, Partner.objects.filter(state=state))

    def put(self, row: PartnerRow) -> None:
        """Make the card of that State the one in *row*."""
        rows.upsert(Partner, row, key="state")


def _due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state="queued", next_at__lte=now).filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    )
