"""Issuing a message: signed, put in the ledger, sealed to the other side, laid in the outbox. One transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from rogatory.casefile import fold, messages
from rogatory.casefile.messages import Message, Person
from rogatory.errors import BadInput
from rogatory.kernel import ids
from rogatory.node import partners, record
from rogatory.node.context import Node
from rogatory.ports.exchange import DeliveryRow
from rogatory.sealing import envelope, jws


class NotOurAuthority(BadInput):
    """That authority is not hosted here."""

    code = "not-our-authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that a person has decided to take, before it is signed; *case* is `None` for a new case."""

    kind: str
    case: str | None
    regarding: str | None
    sender: str
    receiver: str
    body: Mapping[str, Any]
    drafted_by: Person
    approved_by: Person | None = None


def issue(node: Node, step: Step) -> Message:
    """The message that *step* becomes, kept and on its way.

    Call inside `stores.atomic()`. Raises `DoesNotFit` when the case no longer permits it, `NoSuchPartner` when
    nobody has accepted the receiver's card.
    """
    if step.sender not in node.authorities:
        raise NotOurAuthority(f"{step.sender} is not an authority of this node")
    node.stores.ledger.lock()
    now = node.clock.now()
    held = record.messages_of(node, step.case) if step.case else {}
    file = fold.fold(held.values()) if held else None
    case = step.case or _new_case(node, step, now)
    key = node.unlock().signing_key(step.sender, now)
    signed = messages.payload(
        kind=step.kind,
        case=case,
        id=ids.new_id(node.random(17)),
        number=file.next_number if file else 1,
        follows=file.heads if file else (),
        sender=step.sender,
        receiver=step.receiver,
        at=now,
        exercise=node.config.exercise,
        drafted_by=step.drafted_by,
        approved_by=step.approved_by,
        regarding=step.regarding,
        body=step.body,
    )
    message = messages.parse(signed, jws.sign(signed, key=key, typ=messages.TYP))
    fold.check_next(file, message)
    record.keep(node, message, fold.extend(file, message) if file else fold.fold([message]), ours=True)
    dispatch(node, message, order=message.case)
    return message


class Signed(Protocol):
    """What goes into an envelope: signed bytes of one authority for another."""

    @property
    def digest(self) -> str: ...

    @property
    def jws(self) -> bytes: ...

    @property
    def sender(self) -> str: ...

    @property
    def receiver(self) -> str: ...


def dispatch(node: Node, signed: Signed, *, order: str) -> DeliveryRow:
    """A new delivery of *signed*, sealed to its receiver, in the outbox, behind all others of the same *order*."""
    now = node.clock.now()
    state = signed.receiver[:3]
    ring = partners.ring_of(node, state)
    envelope_id = ids.new_id(node.random(17))
    sealed = envelope.seal_envelope(
        signed.jws,
        id=envelope_id,
        sender=signed.sender,
        receiver=signed.receiver,
        key=node.unlock().signing_key(signed.sender, now),
        recipients=ring.recipients(signed.receiver, now),
        at=now,
        random=node.random,
    )
    row = DeliveryRow(
        id=envelope_id,
        message=signed.digest,
        case=order,
        partner=state,
        envelope=sealed,
        state="queued",
        queued_at=now,
        next_at=now,
    )
    node.stores.outbox.add(row)
    node.tasks.deliver(state)
    return row


def _new_case(node: Node, step: Step, now: datetime) -> str:
    number = node.stores.counters.next(f"case-{now.year}")
    return ids.case_id(step.sender[:3], step.receiver[:3], year=now.year, number=number, random=node.random(7))
