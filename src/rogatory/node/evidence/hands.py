"""Every hand on an exhibit: entries of custody as this node signs them, hands them on, and takes them in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rogatory.casefile.messages import Message, Person
from rogatory.evidence import custody, manifest
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.node import issuing, partners, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.evidence import ExhibitRow

UNANNOUNCED_WAIT = timedelta(minutes=1)


def follow(node: Node, message: Message) -> None:
    """What a kept *message* starts on exhibits: ours begins to be sent, theirs is awaited. Inside a transaction."""
    if message.kind == "delivery":
        (_start_sending if message.state == node.state else _await)(node, message)
    elif message.kind in ("custody-receipt", "custody-entry"):
        row = exhibits.get(node, message.body["exhibit"])
        chain = tuple(dict.fromkeys((*row.custody, *message.body["custody"])))
        verify(node, row, chain)
        state = "received" if message.kind == "custody-receipt" else row.state
        node.stores.exhibits.put(replace(row, state=state, custody=chain, changed_at=node.clock.now(), reason=""))


def hand(node: Node, row: ExhibitRow, kind: str, done: Deed) -> Message:
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
            drafted_by=Person(name=done.person, role="custodian"),
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


def _start_sending(node: Node, message: Message) -> None:
    row, now = exhibits.get(node, message.body["exhibit"]), node.clock.now()
    # The parts follow the message that announces them; the wait is for the case that its receipt is lost.
    later = now + UNANNOUNCED_WAIT
    custody_now = tuple(message.body["custody"])
    node.stores.exhibits.put(replace(row, state="sending", custody=custody_now, next_at=later, changed_at=now))


def _await(node: Node, message: Message) -> None:
    body = message.body
    found = manifest.verify_manifest(body["manifest"].encode(), partners.ring(node))
    said = (found.exhibit, found.case, found.answers, found.sealed_by[:3], found.receivers)
    if said != (body["exhibit"], message.case, message.regarding, message.state, (message.receiver,)):
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
        changed_at=node.clock.now(),
    )
    verify(node, row, row.custody)
    node.stores.exhibits.add(row)
