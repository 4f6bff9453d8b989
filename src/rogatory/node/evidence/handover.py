"""Handing an exhibit over: the delivery that is proposed, its parts on the road, and the receipt for the whole.

The parts themselves travel in `transfer`. What takes longer than a moment to arrive is told to the sender as received
in part, once and then once an hour, so that both sides know that it is on its way.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from rogatory.casefile.messages import Message
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.rehash import rehash
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, hands, onward
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

#: How long an exhibit may be arriving before its sender is told so, and how often then.
ARRIVAL_WAIT = timedelta(seconds=10)
ARRIVAL_AGAIN = timedelta(hours=1)


def propose_delivery(node: Node, actor: Actor, id: str) -> tuple[ExhibitRow, dict[str, object]]:
    """The exhibit *id*, and the body of the delivery message that would hand it over (for `steps.take`)."""
    people.require(actor, "custodian")
    row = exhibits.get(node, id)
    if not row.ours or row.state != "sealed":
        raise exhibits.NotInThatState(f"the exhibit is {row.state}")
    conditions.require_open(node, row)
    onward.require_still(node, row)
    found = exhibits.manifest_of(row)
    rehash(partial(node.blobs.open, row.sealed_blob), found.parts)
    to = found.receivers[0]
    entry = hands.entry(
        node,
        row,
        hands.deed(node, Act.SENT, actor.authority, actor.as_person("custodian"), to=to, root=found.parts.root),
    )
    return row, {"exhibit": id, "manifest": row.manifest, "custody": [*row.custody, entry]}


def announced(node: Node, digest: str) -> None:
    """Begin to send the exhibits that the message *digest*, which has just arrived there, announces."""
    message = node.stores.messages.get(digest)
    if message is not None and message.kind == "delivery":
        row = exhibits.get(node, record.from_row(message).body["exhibit"])
        node.stores.exhibits.put(replace(row, next_at=None))
        node.tasks.transfer(row.id)


def finish(node: Node, id: str) -> Message | None:
    """The custody receipt for exhibit *id*, once its sealed bytes are whole; `None` when it was given before."""
    row = exhibits.get(node, id)
    if row.ours or row.state != "complete":
        return None
    found = exhibits.manifest_of(row)
    if not node.blobs.exists(row.sealed_blob):
        rehash(partial(node.blobs.open_unfinished, row.sealed_blob), found.parts)
        node.blobs.finish(row.sealed_blob)
        if exhibits.get(node, id).state in exhibits.GONE:
            exhibits.shred(node, row)
            return None
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        if row.state != "complete":
            return None
        ours = record.case_file(node, row.case).authority_of(node.state)
        # The machine counts and compares; nobody has looked at the contents yet.
        deed = hands.deed(node, Act.RECEIVED, ours, exhibits.MACHINE, root=found.parts.root)
        return hands.hand(node, row, "custody-receipt", deed)


def arriving(node: Node) -> tuple[str, ...]:
    """The exhibits that have begun to arrive and are not here yet, whose senders are to be told so now."""
    now = node.clock.now()
    return tuple(row.id for row in node.stores.exhibits.in_state("receiving") if _is_to_be_told(row, now))


def tell_arrival(node: Node, id: str) -> Message | None:
    """The message that tells the sender of exhibit *id* that it is here in part; `None` when that is not due."""
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        if row.state != "receiving" or not _is_to_be_told(row, node.clock.now()):
            return None
        ours = record.case_file(node, row.case).authority_of(node.state)
        return hands.hand(node, row, "custody-entry", hands.deed(node, Act.PART_RECEIVED, ours, exhibits.MACHINE))


def _is_to_be_told(row: ExhibitRow, now: datetime) -> bool:
    if not row.received_parts:
        return False
    told = [one.at for one in hands.read(row.custody) if one.act is Act.PART_RECEIVED]
    return now >= (max(told) + ARRIVAL_AGAIN if told else row.changed_at + ARRIVAL_WAIT)


def due(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exhibits whose transfer is due now, and those that are complete and not yet receipted."""
    now = node.clock.now()
    sending = node.stores.exhibits.in_state("sending")
    return (
        tuple(row.id for row in sending if row.next_at is None or row.next_at <= now),
        tuple(row.id for row in node.stores.exhibits.in_state("complete")),
    )
