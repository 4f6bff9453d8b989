"""Exhibits between two nodes: sealed by a custodian, sent in parts, verified part by part, received, opened.

An exhibit of ours is `sealed`, then `sending` once its delivery message has left, then `sent`, then `received` when
the other side's custody receipt arrives. One of theirs is `receiving`, then `complete` when every part is here, then
`received` once we have verified and receipted it. A transfer that is cut goes on where it stopped, because the
receiver says which parts it still lacks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from rogatory.casefile import bodies, table
from rogatory.casefile.fold import DoesNotFit
from rogatory.casefile.messages import Message, Person
from rogatory.errors import NotFound, NotPermitted
from rogatory.evidence import manifest, opener, parts, sealer
from rogatory.evidence.manifest import Manifest
from rogatory.kernel import ids
from rogatory.node import delivery, issuing, partners, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports import ExhibitRow, StorageFull

Progress = Callable[[int], None]

#: The provision that an exhibit answers, by the measure of the request.
PROVISION = {table.STORED_DATA: "44(1)", table.PRESERVATION: "42(4)"}

class NoSuchExhibit(NotFound):
    """There is no such exhibit here."""

    code = "no-such-exhibit"


class NotInThatState(NotPermitted):
    """The exhibit is not in a state that allows this."""

    code = "exhibit-not-in-state"


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
    if request is None:
        raise DoesNotFit("the step names no request of this case")
    receiver = file.partner(node.state)
    recipients = KeyRing([partners.card_of(node, receiver[:3])]).recipients(receiver, node.clock.now())
    exhibit = ids.new_id(node.random(17))
    writer = node.blobs.create(_sealed_name(exhibit))
    try:
        sealed = sealer.seal(source, writer.file, recipients=recipients, random=node.random, progress=progress)
        writer.commit()
    except BaseException:
        writer.abort()
        raise
    made = Manifest(
        exhibit=exhibit,
        case=case,
        answers=request.digest,
        provision=PROVISION[request.measure],
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
        conditions=Conditions(
            use=about.use, confidential=about.confidential, retention_until=about.retention_until
        ),
    )
    return _keep_sealed(node, actor, made, sealed.part_digests, partner=receiver[:3])


def propose_delivery(node: Node, actor: Actor, id: str) -> tuple[str, dict[str, object]]:
    """The request that exhibit *id* answers, and the body of the delivery message that hands it over."""
    people.require(actor, "custodian")
    row = get(node, id)
    if not row.ours or row.state != "sealed":
        raise NotInThatState(f"the exhibit is {row.state}")
    return row.request, {"exhibit": id, "manifest": row.manifest, "custody": list(row.custody)}


def follow(node: Node, message: Message) -> None:
    """What a kept *message* starts on exhibits: ours begins to be sent, theirs is awaited. Inside a transaction."""
    ours = message.state == node.state
    if message.kind == "delivery":
        (_start_sending if ours else _await)(node, message)
    elif message.kind in ("custody-receipt", "custody-entry"):
        row = get(node, message.body["exhibit"])
        state = "received" if message.kind == "custody-receipt" else row.state
        chain = tuple(dict.fromkeys((*row.custody, *message.body["custody"])))
        _verify_chain(node, row, chain)
        node.stores.exhibits.put(replace(row, state=state, custody=chain, changed_at=node.clock.now(), reason=""))


def finish(node: Node, id: str) -> Message | None:
    """The custody receipt for exhibit *id*, once its sealed bytes are whole; `None` when it was given before."""
    row = get(node, id)
    if row.ours or row.state != "complete":
        return None
    found = manifest.read_manifest(row.manifest.encode()).unverified_manifest
    if not node.blobs.exists(row.sealed_blob):
        with node.blobs.open_unfinished(row.sealed_blob) as sealed:
            opener.verify_sealed(sealed, found.parts)
        node.blobs.finish(row.sealed_blob)
    with node.stores.atomic():
        row = get(node, id)
        if row.state != "complete":
            return None
        file = record.case_file(node, row.case)
        ours = file.requesting if file.requesting[:3] == node.state else file.requested
        person = Person(name="Rogatory", role="custodian")
        entry = _record(node, row, found, "received", ours, person.name)
        message = issuing.issue(
            node,
            issuing.Step(
                kind="custody-receipt",
                case=row.case,
                regarding=row.request,
                sender=ours,
                receiver=file.partner(node.state),
                body={"exhibit": id, "custody": [entry]},
                drafted_by=person,
            ),
        )
        follow(node, message)
    return message


def open_exhibit(
    node: Node, actor: Actor, id: str, sink: BinaryIO, *, purpose: str, progress: Progress | None = None
) -> Manifest:
    """The manifest of exhibit *id*, whose plaintext is now in *sink*, verified; the opening is recorded in custody."""
    people.require(actor, "custodian")
    bodies.text({"purpose": purpose}, "purpose", longest=1_000, cite="40(19)")
    row = get(node, id)
    if row.ours or row.state != "received":
        raise NotInThatState(f"the exhibit is {row.state}; it is opened once it has been received")
    found = manifest.read_manifest(row.manifest.encode()).unverified_manifest
    identities = node.unlock().identities()[actor.authority]
    with node.blobs.open(row.sealed_blob) as sealed:
        opener.open_exhibit(sealed, sink, manifest=found, identities=identities, progress=progress)
    with node.stores.atomic():
        row = get(node, id)
        entry = _record(node, row, found, "opened", actor.authority, actor.name, purpose=purpose)
        file = record.case_file(node, row.case)
        message = issuing.issue(
            node,
            issuing.Step(
                kind="custody-entry",
                case=row.case,
                regarding=row.request,
                sender=actor.authority,
                receiver=file.partner(node.state),
                body={"exhibit": id, "custody": [entry]},
                drafted_by=actor.as_person("custodian"),
            ),
        )
        follow(node, message)
        people.note(node, actor, "exhibit:content:open", row.case, f"{id}: {purpose}")
    return found


def get(node: Node, id: str) -> ExhibitRow:
    """The exhibit *id*; raises `NoSuchExhibit`."""
    row = node.stores.exhibits.get(id)
    if row is None:
        raise NoSuchExhibit(f"there is no exhibit {id} here")
    return row


def due(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The exhibits whose transfer is due now, and those that are complete and not yet receipted."""
    now = node.clock.now()
    sending = node.stores.exhibits.in_state("sending")
    return (
        tuple(row.id for row in sending if row.next_at is None or row.next_at <= now),
        tuple(row.id for row in node.stores.exhibits.in_state("complete")),
    )
