"""The outbox: every message reaches its partner once, or a person sees why not and what to do.

A delivery is `queued` until a verified receipt makes it `delivered` (or `not-understood`), the partner's coded
refusal makes it `refused`, or a person makes it `withdrawn`. Failures of the road are tried again after waits that
double, with jitter. A worker holds a delivery only for a time: if it dies, another takes it up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from rogatory.errors import NotFound, NotPermitted, RogatoryError
from rogatory.kernel import canonical
from rogatory.node import exhibits, partners, people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports import Answer, DeliveryRow, PartnerUnreachable
from rogatory.sealing import envelope, receipts

#: Longer than one delivery takes. A delivery that a dead worker held is sent again; the receiver counts it once.
LEASE = timedelta(seconds=20)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 32

#: Answers of a partner after which the same envelope may still be taken.
PASSING = frozenset({"missing-message", "storage-full", "busy", "unavailable", "envelope-from-the-future"})


Spread = Callable[[Callable[[Sequence[DeliveryRow]], int], Iterable[Sequence[DeliveryRow]]], Iterable[int]]


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
        delivered += sum(spread(partial(_send_in_order, node), cases.values()))


def _send_in_order(node: Node, rows: Sequence[DeliveryRow]) -> int:
    """How many of *rows*, all of one case, were delivered: when one is not, those behind it wait."""
    for place, row in enumerate(rows):
        if not _send(node, row):
            for waiting in rows[place + 1 :]:
                _release(node, waiting)
            return place
    return len(rows)


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


def _send(node: Node, row: DeliveryRow) -> bool:
    try:
        address = partners.card_of(node, row.partner).address
        answer = node.transport.post_envelope(address, row.envelope)
    except PartnerUnreachable as error:
        return _failed(node, row, error.code, error.message, error.advice, passing=True)
    except RogatoryError as error:
        return _failed(node, row, error.code, error.message, error.advice, passing=False)
    if answer.status == 200 or answer.code == "envelope-replayed":
        return _delivered(node, row, answer)
    passing = answer.status >= 500 or answer.status == 429 or answer.code in PASSING
    return _failed(node, row, answer.code or f"http-{answer.status}", answer.message, answer.remedy, passing=passing)


def _delivered(node: Node, row: DeliveryRow, answer: Answer) -> bool:
    text = answer.body
    try:
        if answer.code == "envelope-replayed":
            text = str(canonical.loads_object(text).get("receipt", "")).encode()
        receipt = receipts.verify_receipt(text, partners.ring(node), now=node.clock.now())
        sent = envelope.read_envelope(row.envelope)
        receipts.match_receipt(
            receipt, envelope=row.id, sealed_sha256=sent.sealed_sha256, message=row.message, by=sent.receiver
        )
    except RogatoryError as error:
        return _failed(node, row, error.code, f"the receipt does not hold: {error.message}", error.advice, passing=True)
    with node.stores.atomic():
        state = "delivered" if receipt.result == receipts.STORED else "not-understood"
        node.stores.outbox.put(
            replace(row, state=state, receipt=text.decode(), delivered_at=node.clock.now(), code="", reason="")
        )
        exhibits.announced(node, row.message)
    return True


def _failed(node: Node, row: DeliveryRow, code: str, reason: str, remedy: str, *, passing: bool) -> bool:
    now = node.clock.now()
    with node.stores.atomic():
        node.stores.outbox.put(
            replace(
                row,
                state="queued" if passing else "refused",
                attempts=row.attempts + 1,
                next_at=now + wait(row.attempts, node.random(2)),
                failing_since=row.failing_since or now,
                code=code,
                reason=reason,
                remedy=remedy,
            )
        )
    return False


def _release(node: Node, row: DeliveryRow) -> None:
    with node.stores.atomic():
        node.stores.outbox.put(row)


def wait(attempts: int, random: bytes) -> timedelta:
    """How long to wait after the failure numbered *attempts* (from 0): doubling, between half and whole."""
    full = min(FIRST_WAIT * (1 << min(attempts, 12)), LONGEST_WAIT)
    return full * (0.5 + int.from_bytes(random[:2]) / 131072)


def overdue(row: DeliveryRow, now: datetime) -> bool:
    """Whether people should be told that *row* has not arrived."""
    return row.state == "refused" or (row.state == "queued" and row.failing_since is not None and row.next_at > now)
