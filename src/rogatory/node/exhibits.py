"""Exhibits: sealed by a custodian, handed over, received, opened; every hand signs an entry in the custody.

An exhibit of ours is `sealed`, then `sending` once its delivery message has left, then `sent`, then `received` when
the other side's custody receipt arrives. One of theirs is `receiving`, then `complete` when every part is here, then
`received` once we have verified the whole and receipted it. The parts themselves travel in `transfer`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import BinaryIO

from rogatory.casefile import bodies, cites, measures, table
from rogatory.casefile.fold import DoesNotFit, Request
from rogatory.casefile.messages import Message, Person
from rogatory.errors import NotFound, NotPermitted, Untrusted
from rogatory.evidence import custody, manifest, opener, sealer
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import ids
from rogatory.node import issuing, partners, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

Progress = Callable[[int], None]
UNANNOUNCED_WAIT = timedelta(minutes=1)


class NoSuchExhibit(NotFound):
    """There is no such exhibit here."""

    code = "no-such-exhibit"


class NotInThatState(NotPermitted):
    """The exhibit is not in a state that allows this."""

    code = "exhibit-not-in-state"


class NotAddressed(NotPermitted):
    """The exhibit was sealed to another authority."""

    code = "exhibit-not-addressed"


class WrongManifest(Untrusted):
    """The manifest speaks of another exhibit, case, request or receiver than the delivery that carries it."""

    code = "wrong-manifest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSeal:
    """What a custodian says of a file that is to be sealed."""

    name: str
    media_type: str
    description: str
    use: str
    confidential: bool = True
    retention_until: date | None = None


def seal(
    node: Node,
    actor: Actor,
    *,
    case: str,
    regarding: str,
    source: BinaryIO,
    about: ToSeal,
    progress: Progress | None = None,
) -> ExhibitRow:
    """The exhibit that *source* becomes: sealed to the other side of *case*, kept here, not sent yet."""
    people.require(actor, "custodian")
    file = record.case_file(node, case)
    request = file.requests.get(regarding)
    if request is None or not table.row(request.measure, request.state, "delivery", file.side(node.state)):
        raise DoesNotFit("evidence is sealed for a request of this case that has been accepted", cite="44(2)")
    receiver = file.partner(node.state)
    recipients = partners.ring_of(node, receiver[:3]).recipients(receiver, node.clock.now())
    exhibit = ids.new_id(node.random(17))
    writer = node.blobs.create(_blob(exhibit))
    try:
        sealed = sealer.seal(source, writer.file, recipients=recipients, random=node.random, progress=progress)
        writer.commit()
    finally:
        writer.abort()
    made = Manifest(
        exhibit=exhibit,
        case=case,
        answers=request.digest,
        provision=_answered_provision(node, request),
        name=about.name,
        media_type=about.media_type,
        description=about.description,
        sha256=sealed.sha256,
        size=sealed.size,
        parts=sealed.parts,
        sealed_by=actor.authority,
        person=actor.name,
        receivers=(receiver,),
        recipients=recipients,
        at=node.clock.now(),
        conditions=Conditions(use=about.use, confidential=about.confidential, retention_until=about.retention_until),
    )
    return _keep_sealed(node, actor, made, sealed.part_digests)


def propose_delivery(node: Node, actor: Actor, id: str) -> tuple[ExhibitRow, dict[str, object]]:
    """The exhibit *id*, and the body of the delivery message that would hand it over (for `steps.take`)."""
    people.require(actor, "custodian")
    row = get(node, id)
    if not row.ours or row.state != "sealed":
        raise NotInThatState(f"the exhibit is {row.state}")
    found = manifest_of(row)
    with node.blobs.open(row.sealed_blob) as sealed:
        opener.verify_sealed(sealed, found.parts)
    to = found.receivers[0]
    entry = _entry(
        node, row, _deed(node, Act.SENT, actor.authority, actor.as_person("custodian"), to=to, root=found.parts.root)
    )
    return row, {"exhibit": id, "manifest": row.manifest, "custody": [*row.custody, entry]}


def follow(node: Node, message: Message) -> None:
    """What a kept *message* starts on exhibits: ours begins to be sent, theirs is awaited. Inside a transaction."""
    if message.kind == "delivery":
        (_start_sending if message.state == node.state else _await)(node, message)
    elif message.kind in ("custody-receipt", "custody-entry"):
        row = get(node, message.body["exhibit"])
        chain = tuple(dict.fromkeys((*row.custody, *message.body["custody"])))
        _verify(node, row, chain)
        state = "received" if message.kind == "custody-receipt" else row.state
        node.stores.exhibits.put(replace(row, state=state, custody=chain, changed_at=node.clock.now(), reason=""))


def announced(node: Node, digest: str) -> None:
    """Begin to send the exhibits that the message *digest*, which has just arrived there, announces."""
    message = node.stores.messages.get(digest)
    if message is not None and message.kind == "delivery":
        row = get(node, record.from_row(message).body["exhibit"])
        node.stores.exhibits.put(replace(row, next_at=None))
        node.tasks.transfer(row.id)


def finish(node: Node, id: str) -> Message | None:
    """The custody receipt for exhibit *id*, once its sealed bytes are whole; `None` when it was given before."""
    row = get(node, id)
    if row.ours or row.state != "complete":
        return None
    found = manifest_of(row)
    if not node.blobs.exists(row.sealed_blob):
        with node.blobs.open_unfinished(row.sealed_blob) as sealed:
            opener.verify_sealed(sealed, found.parts)
        node.blobs.finish(row.sealed_blob)
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = get(node, id)
        if row.state != "complete":
            return None
        ours = record.case_file(node, row.case).authority_of(node.state)
        # The machine counts and compares; nobody has looked at the contents yet.
        person = Person(name="Rogatory", role="custodian")
        return _hand(node, row, "custody-receipt", _deed(node, Act.RECEIVED, ours, person, root=found.parts.root))


def open_exhibit(
    node: Node, actor: Actor, id: str, sink: BinaryIO, *, purpose: str, progress: Progress | None = None
) -> Manifest:
    """The manifest of exhibit *id*, whose plaintext is now in *sink*, verified; the opening is recorded in custody."""
    people.require(actor, "custodian")
    bodies.text({"purpose": purpose}, "purpose", longest=1_000, cite="40(19)")
    row = get(node, id)
    if row.ours or row.state != "received":
        raise NotInThatState(f"the exhibit is {row.state}; it is opened once it has been received")
    found = manifest_of(row)
    if actor.authority not in found.receivers:
        raise NotAddressed(f"exhibit {id} was sealed to {', '.join(found.receivers)}, not to {actor.authority}")
    identities = node.unlock().identities()[actor.authority]
    with node.blobs.open(row.sealed_blob) as sealed:
        opener.open_exhibit(sealed, sink, manifest=found, identities=identities, progress=progress)
    person = actor.as_person("custodian")
    with node.stores.atomic():
        node.stores.ledger.lock()
        deed = _deed(node, Act.OPENED, actor.authority, person, sha256=found.sha256, purpose=purpose)
        _hand(node, get(node, id), "custody-entry", deed)
        people.note(node, actor, "exhibit:content:open", row.case, f"{id}: {purpose}")
    return found


def get(node: Node, id: str) -> ExhibitRow:
    """The exhibit *id*; raises `NoSuchExhibit`."""
    row = node.stores.exhibits.get(id)
    if row is None:
        raise NoSuchExhibit(f"there is no exhibit {id} here")
    return row


def manifest_of(row: ExhibitRow) -> Manifest:
    """The manifest of an exhibit that is kept here; it was verified before it was kept."""
    return manifest.read_manifest(row.manifest.encode()).unverified_manifest


def _answered_provision(node: Node, request: Request) -> str:
    """The provision that an exhibit for *request* answers; the instrument itself where it names no such provision."""
    cite = measures.BASES[request.measure].delivery
    return cites.under(node.law, request.instrument, cite) or request.instrument


def keep_part_list(node: Node, id: str, part_digests: bytes) -> str:
    """The name of the blob that now holds the digests of the parts of exhibit *id*; raises `StorageFull`."""
    name = _blob(id, "parts")
    if not node.blobs.exists(name):
        writer = node.blobs.create(name)
        try:
            writer.file.write(part_digests)
            writer.commit()
        finally:
            writer.abort()
    return name


def due(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exhibits whose transfer is due now, and those that are complete and not yet receipted."""
    now = node.clock.now()
    sending = node.stores.exhibits.in_state("sending")
    return (
        tuple(row.id for row in sending if row.next_at is None or row.next_at <= now),
        tuple(row.id for row in node.stores.exhibits.in_state("complete")),
    )


def _keep_sealed(node: Node, actor: Actor, made: Manifest, part_digests: bytes) -> ExhibitRow:
    key = node.unlock().signing_key(actor.authority, node.clock.now())
    row = ExhibitRow(
        id=made.exhibit,
        case=made.case,
        request=made.answers,
        ours=True,
        partner=made.receivers[0][:3],
        state="sealed",
        manifest=manifest.make_manifest(made, key=key).decode(),
        parts_list=keep_part_list(node, made.exhibit, part_digests),
        custody=(),
        sealed_blob=_blob(made.exhibit),
        changed_at=node.clock.now(),
    )
    person = actor.as_person("custodian")
    deed = _deed(node, Act.SEALED, actor.authority, person, sha256=made.sha256, root=made.parts.root)
    row = replace(row, custody=(_entry(node, row, deed),))
    with node.stores.atomic():
        node.stores.exhibits.add(row)
        people.note(node, actor, "exhibit:content:seal", made.case, f"{made.exhibit}: {made.sha256}")
    return row


def _start_sending(node: Node, message: Message) -> None:
    row, now = get(node, message.body["exhibit"]), node.clock.now()
    # The parts follow the message that announces them; the wait is for the case that its receipt is lost.
    later = now + UNANNOUNCED_WAIT
    custody_now = tuple(message.body["custody"])
    node.stores.exhibits.put(replace(row, state="sending", custody=custody_now, next_at=later, changed_at=now))


def _await(node: Node, message: Message) -> None:
    body = message.body
    found = manifest.verify_manifest(body["manifest"].encode(), partners.ring(node))
    said = (found.exhibit, found.case, found.answers, found.sealed_by[:3], found.receivers)
    if said != (body["exhibit"], message.case, message.regarding, message.state, (message.receiver,)):
        raise WrongManifest
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
        sealed_blob=_blob(found.exhibit),
        changed_at=node.clock.now(),
    )
    _verify(node, row, row.custody)
    node.stores.exhibits.add(row)


def _hand(node: Node, row: ExhibitRow, kind: str, deed: Deed) -> Message:
    """The message of *kind* that tells the other side of one more *deed* in the custody of an exhibit."""
    message = issuing.issue(
        node,
        issuing.Step(
            kind=kind,
            case=row.case,
            regarding=row.request,
            sender=deed.holder,
            receiver=record.case_file(node, row.case).partner(node.state),
            body={"exhibit": row.id, "custody": [_entry(node, row, deed)]},
            drafted_by=Person(name=deed.person, role="custodian"),
        ),
    )
    follow(node, message)
    return message


def _deed(node: Node, act: Act, holder: str, person: Person, **details: str) -> Deed:
    return Deed(act=act, holder=holder, person=person.name, at=node.clock.now(), **details)


def _entry(node: Node, row: ExhibitRow, deed: Deed) -> str:
    """*deed* as a signed entry that follows the custody of *row*."""
    chain = [entry.encode() for entry in row.custody]
    key = node.unlock().signing_key(deed.holder, deed.at)
    return custody.record(chain, deed, manifest=manifest_of(row), key=key)[-1].decode()


def _verify(node: Node, row: ExhibitRow, chain: Sequence[str]) -> None:
    signed = [entry.encode() for entry in chain]
    custody.verify_custody(signed, manifest=manifest_of(row), signers=partners.ring_with_us(node))


def _blob(exhibit: str, name: str = "sealed.age") -> str:
    return f"exhibits/{exhibit}/{name}"
