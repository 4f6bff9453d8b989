"""Every hand on an exhibit: entries of custody as this node signs them, hands them on, and takes them in.

Rules in words. Nothing that a partner says of an exhibit is believed without a signed entry that fits the chain. A
custody receipt brings the entry by which its sender received the very bytes of the manifest; one that comes before
this node has put every part on the road is kept, and people are told. An entry that this node signs has an entry of
its own in the ledger at once, in the same transaction, so that it can be proved before anybody else has it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from rogatory.casefile.messages import Message, Person
from rogatory.errors import Untrusted
from rogatory.evidence import custody, manifest
from rogatory.evidence.custody import Deed, Entry
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Manifest
from rogatory.ledger import entries as ledger_entries
from rogatory.node import issuing, partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits
from rogatory.ports.evidence import ExhibitRow, LoggedEntry

UNANNOUNCED_WAIT = timedelta(minutes=1)


class ReceiptWithoutEntry(Untrusted):
    """The custody receipt lacks the entry by which its sender received the exhibit."""

    code = "receipt-without-entry"


def follow(node: Node, message: Message) -> None:
    """What a kept *message* starts on exhibits: ours begins to be sent, theirs is awaited. Inside a transaction."""
    if message.kind == "delivery":
        (_start_sending if message.state == node.state else _await)(node, message)
    elif message.kind in ("custody-receipt", "custody-entry"):
        row = exhibits.get(node, message.body["exhibit"])
        chain = tuple(dict.fromkeys((*row.custody, *message.body["custody"])))
        verify(node, row, chain)
        row = _received(node, row, message) if message.kind == "custody-receipt" else _told(node, row, message)
        keep(node, replace(row, custody=chain, changed_at=node.clock.now()))
    elif message.kind == "onward-leave" and message.state == node.state and message.body["granted"]:
        conditions.require_may_allow(node, exhibits.get(node, message.body["exhibit"]), to=message.body["to"])


def keep(node: Node, row: ExhibitRow) -> None:
    """Keep *row*, and give each entry of its custody that this node signed its own entry in the ledger."""
    node.stores.exhibits.put(row)
    log_entries(node, row)


def log_entries(node: Node, row: ExhibitRow) -> None:
    """Give each custody entry of *row* that this node signed an entry in the ledger, once. Inside a transaction."""
    logged = {one.digest for one in node.stores.exhibits.logged_of(row.id)}
    new = [one for one in read(row.custody) if one.holder in node.authorities and one.digest not in logged]
    if not new:
        return
    openings = [ledger_entries.open_entry(one.digest, node.random(ledger_entries.BLINDING_BYTES)) for one in new]
    first, _ = record.append_entries(node, openings)
    for place, (one, opening) in enumerate(zip(new, openings, strict=True), start=first):
        node.stores.exhibits.add_logged(
            LoggedEntry(digest=one.digest, exhibit=row.id, ledger_index=place, blinding=opening.blinding)
        )


def read(chain: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of a *chain* that is kept here; each was verified before it was kept."""
    return tuple(custody.read_entry(signed.encode()).unverified_entry for signed in chain)


def hand(
    node: Node, row: ExhibitRow, kind: str, done: Deed, *, role: str = "custodian", approved_by: Person | None = None
) -> Message:
    """The message of *kind* that tells the other side of one more *done* in the custody of an exhibit."""
    message = issuing.issue(
        node,
        issuing.Step(
            kind=kind,
            case=row.case,
            regarding=row.request,
            sender=done.holder,
            receiver=record.case_file(node, row.case).partner(node.state),
            body={"exhibit": row.id, "custody": [entry(node, row, done)]},
            drafted_by=Person(name=done.person, role=role),
            approved_by=approved_by,
        ),
    )
    follow(node, message)
    return message


def deed(node: Node, act: Act, holder: str, person: Person, **details: str) -> Deed:
    """*act* done now by *person* for the authority *holder*."""
    return Deed(act=act, holder=holder, person=person.name, at=node.clock.now(), **details)


def entry(node: Node, row: ExhibitRow, done: Deed) -> str:
    """*done* as a signed entry that follows the custody of *row*."""
    chain = [signed.encode() for signed in row.custody]
    key = node.unlock().signing_key(done.holder, done.at)
    return custody.record(chain, done, manifest=exhibits.manifest_of(row), key=key)[-1].decode()


def verify(node: Node, row: ExhibitRow, chain: Sequence[str]) -> None:
    """Raise as `custody.verify_custody` does unless *chain* is a custody of the exhibit *row*."""
    signed = [one.encode() for one in chain]
    custody.verify_custody(signed, manifest=exhibits.manifest_of(row), signers=partners.ring_with_us(node))


def _received(node: Node, row: ExhibitRow, message: Message) -> ExhibitRow:
    """*row* after the custody receipt *message*; raises `ReceiptWithoutEntry`."""
    said = read(message.body["custody"])
    if not any(one.act is Act.RECEIVED and one.holder == message.sender for one in said):
        raise ReceiptWithoutEntry(f"{message.sender} gives a receipt for {row.id} without its entry: received")
    state = row.state if row.state in exhibits.GONE else "received"
    count, sent = exhibits.manifest_of(row).parts.count, len(node.stores.exhibits.parts(row.id))
    if not row.ours or sent == count:
        return replace(row, state=state, reason="")
    reason = f"{message.sender} says that it has all {count} parts, and only {sent} were ever sent to it"
    people.note(node, None, "exhibit:receipt:too-early", row.case, f"{row.id}: {reason}")
    return replace(row, state=state, reason=reason)


def _told(node: Node, row: ExhibitRow, message: Message) -> ExhibitRow:
    """*row* after the other side, or we, told of further acts: an exhibit of ours may have been given back to us."""
    acts = {one.act for one in read(message.body["custody"]) if one.holder == message.sender}
    given_back = row.ours and Act.RETURNED in acts and message.state != node.state and row.state not in exhibits.GONE
    return replace(row, state="returned") if given_back else row


def _start_sending(node: Node, message: Message) -> None:
    row, now = exhibits.get(node, message.body["exhibit"]), node.clock.now()
    # The parts follow the message that announces them; the wait is for the case that its receipt is lost.
    later = now + UNANNOUNCED_WAIT
    custody_now = tuple(message.body["custody"])
    _require_onward(node, message, exhibits.manifest_of(row))
    keep(node, replace(row, state="sending", custody=custody_now, next_at=later, changed_at=now))


def _require_onward(node: Node, message: Message, made: Manifest) -> None:
    """Ask again whether what *made* was made from allows that it leaves; put its forwarding in the custody of that."""
    if made.derived is None:
        return
    parent, leave = exhibits.get(node, made.derived.exhibit), made.derived.leave
    conditions.require_onward(node, parent, to=message.receiver, leave=leave)
    if made.derived.act != "forwarded" or parent.ours:
        return
    details = {"to": message.receiver, "root": exhibits.manifest_of(parent).parts.root}
    details |= {"purpose": f"{message.case}: {made.exhibit}", **({"under": leave} if leave else {})}
    hand(node, parent, "custody-entry", deed(node, Act.FORWARDED, message.sender, message.drafted_by, **details))
    people.note(node, None, "exhibit:content:forward", parent.case, f"{parent.id}: {message.receiver} {made.exhibit}")


def _await(node: Node, message: Message) -> None:
    body = message.body
    found = manifest.verify_manifest(body["manifest"].encode(), partners.ring(node))
    said = (found.exhibit, found.case, found.answers, found.sealed_by[:3], found.receivers[0])
    if said != (body["exhibit"], message.case, message.regarding, message.state, message.receiver):
        raise exhibits.WrongManifest
    row = ExhibitRow(
        id=found.exhibit,
        case=message.case,
        request=found.answers,
        ours=False,
        partner=message.state,
        state="receiving",
        manifest=body["manifest"],
        parts_list="",
        custody=tuple(body["custody"]),
        sealed_blob=exhibits.blob_name(found.exhibit),
        retention_until=found.conditions.retention_until,
        changed_at=node.clock.now(),
    )
    verify(node, row, row.custody)
    node.stores.exhibits.add(row)
