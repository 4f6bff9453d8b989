"""The outbox: every message reaches its partner once, or a person sees why not and what to do.

A delivery is `queued` until a verified receipt makes it `delivered` (or `not-understood`), the partner's coded
refusal makes it `refused`, or a person makes it `withdrawn`. Failures of the road are tried again after waits that
double, with jitter. A worker holds a delivery only for a time: if it dies, another takes it up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from rogatory.errors import NotFound, NotPermitted, RogatoryError
from rogatory.kernel import canonical
from rogatory.node import partners, people, waits
from rogatory.node.context import Node
from rogatory.node.evidence import handover
from rogatory.node.people import Actor
from rogatory.ports.exchange import DeliveryRow
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.sealing import envelope, receipts
from rogatory.sealing.keyring import KeyRing

#: Longer than one delivery takes. A delivery that a dead worker held is sent again; the receiver counts it once.
LEASE = timedelta(seconds=20)
BATCH = 32
WRITTEN_AT_ONCE = 8

#: Answers of a partner after which the same envelope may still be taken.
PASSING = frozenset(
    {"missing-message", "missing-letter", "storage-full", "busy", "unavailable", "envelope-from-the-future"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a delivery: its row from now on, and whether the message arrived."""

    row: DeliveryRow
    arrived: bool


#: Sends the deliveries of one case; and what maps it over several cases, one after the other or at once.
Send = Callable[[Sequence[DeliveryRow]], Sequence[Outcome]]
Spread = Callable[[Send, Iterable[Sequence[DeliveryRow]]], Iterable[Sequence[Outcome]]]


class NoSuchDelivery(NotFound):
    """There is no such delivery in the outbox."""

    code = "no-such-delivery"


class DeliveryEnded(NotPermitted):
    """The delivery has ended already."""

    code = "delivery-ended"


def drain(node: Node, partner: str, *, spread: Spread = map) -> int:
    """Send what is due to *partner*, each case in its own order; how many messages were delivered.

    *spread* maps a function over the cases: `map` itself does them one after the other, a pool's several at once.
    """
    delivered = 0
    while True:
        now = node.clock.now()
        with node.stores.atomic():
            rows = node.stores.outbox.claim(partner, now=now, until=now + LEASE, limit=BATCH)
        if not rows:
            return delivered
        cases: dict[str, list[DeliveryRow]] = {}
        for row in rows:
            cases.setdefault(row.case, []).append(row)
        made: list[Outcome] = []
        road = _road(node, partner)
        for outcomes in spread(partial(_send_in_order, node, road), cases.values()):
            made += outcomes
            if len(made) >= WRITTEN_AT_ONCE:
                delivered += _write(node, made)
                made = []
        delivered += _write(node, made)


@dataclass(frozen=True, slots=True)
class _Road:
    """Where a partner's node is, and whose receipts are believed."""

    address: str
    ring: KeyRing


def _road(node: Node, partner: str) -> _Road:
    return _Road(address=partners.card_of(node, partner).address, ring=partners.ring_of(node, partner))


def _send_in_order(node: Node, road: _Road, rows: Sequence[DeliveryRow]) -> Sequence[Outcome]:
    """What became of *rows*, all of one case: when one is not delivered, those behind it wait."""
    outcomes: list[Outcome] = []
    for row in rows:
        if outcomes and not outcomes[-1].arrived:
            outcomes.append(Outcome(row=row, arrived=False))
        else:
            outcomes.append(_send(node, road, row))
    return outcomes


def _write(node: Node, outcomes: Sequence[Outcome]) -> int:
    """Keep what became of some deliveries, in one transaction; how many were delivered.

    A node that dies before this sends them again, and gets the receipts that were given before. What a person has
    withdrawn meanwhile stays so, unless it has arrived.
    """
    if outcomes:
        with node.stores.atomic():
            for outcome in outcomes:
                if outcome.arrived or _get(node, outcome.row.id).state == "queued":
                    node.stores.outbox.put(outcome.row)
                if outcome.arrived:
                    handover.announced(node, outcome.row.message)
    return sum(outcome.arrived for outcome in outcomes)


def retry(node: Node, actor: Actor, id: str) -> None:
    """Try the delivery *id* again now; raises `DeliveryEnded` for one that has arrived."""
    people.require_reader(actor)
    with node.stores.atomic():
        row = _get(node, id)
        if row.state not in ("queued", "refused"):
            raise DeliveryEnded(f"the delivery is {row.state}")
        node.stores.outbox.put(replace(row, state="queued", next_at=node.clock.now()))
        people.note(node, actor, "outbox:delivery:retry", row.case, row.id)
        node.tasks.deliver(row.partner)


def withdraw(node: Node, actor: Actor, id: str) -> None:
    """Take the delivery *id* out of the outbox; the message stays in our case file, marked as never delivered."""
    people.require(actor, "approver")
    with node.stores.atomic():
        row = _get(node, id)
        if row.state not in ("queued", "refused"):
            raise DeliveryEnded(f"the delivery is {row.state}")
        node.stores.outbox.put(replace(row, state="withdrawn"))
        people.note(node, actor, "outbox:delivery:withdraw", row.case, row.id)


def _get(node: Node, id: str) -> DeliveryRow:
    row = node.stores.outbox.get(id)
    if row is None:
        raise NoSuchDelivery
    return row


def _send(node: Node, road: _Road, row: DeliveryRow) -> Outcome:
    try:
        answer = node.transport.post_envelope(road.address, row.envelope)
    except PartnerUnreachable as error:
        return _failed(node, row, error.code, error.message, error.advice, passing=True)
    except RogatoryError as error:
        return _failed(node, row, error.code, error.message, error.advice, passing=False)
    if answer.status == 200 or answer.code == "envelope-replayed":
        return _delivered(node, road, row, answer)
    passing = answer.status >= 500 or answer.status == 429 or answer.code in PASSING
    return _failed(node, row, answer.code or f"http-{answer.status}", answer.message, answer.remedy, passing=passing)


def _delivered(node: Node, road: _Road, row: DeliveryRow, answer: Answer) -> Outcome:
    text = answer.body
    try:
        if answer.code == "envelope-replayed":
            text = str(canonical.loads_object(text).get("receipt", "")).encode(errors="replace")
        receipt = receipts.verify_receipt(text, road.ring, now=node.clock.now())
        sent = envelope.read_envelope(row.envelope)
        receipts.match_receipt(
            receipt, envelope=row.id, sealed_sha256=sent.sealed_sha256, message=row.message, by=sent.receiver
        )
    except RogatoryError as error:
        return _failed(node, row, error.code, f"the receipt does not hold: {error.message}", error.advice, passing=True)
    state = "delivered" if receipt.result == receipts.STORED else "not-understood"
    now = node.clock.now()
    return Outcome(
        row=replace(row, state=state, receipt=text.decode(), delivered_at=now, code="", reason=""), arrived=True
    )


def _failed(node: Node, row: DeliveryRow, code: str, reason: str, remedy: str, *, passing: bool) -> Outcome:
    now = node.clock.now()
    return Outcome(
        row=replace(
            row,
            state="queued" if passing else "refused",
            attempts=row.attempts + 1,
            next_at=now + waits.wait(row.attempts, node.random(2)),
            failing_since=row.failing_since or now,
            code=code,
            reason=reason,
            remedy=remedy,
        ),
        arrived=False,
    )


def overdue(row: DeliveryRow, now: datetime) -> bool:
    """Whether people should be told that *row* has not arrived."""
    return row.state == "refused" or (row.state == "queued" and row.failing_since is not None and row.next_at > now)
