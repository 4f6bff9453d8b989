"""Exhibits between two nodes: sealed by a custodian, sent in parts, verified part by part, received, opened.

An exhibit of ours is `sealed`, then `sending` once its delivery message has left, then `sent`, then `received` when
the other side's custody receipt arrives. One of theirs is `receiving`, then `complete` when every part is here, then
`received` once we have verified and receipted it. A transfer that is cut goes on where it stopped, because the
receiver says which parts it still lacks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from rogatory.casefile import bodies
from rogatory.casefile.fold import DoesNotFit
from rogatory.casefile.messages import Message, Person
from rogatory.errors import NotFound, NotPermitted, RogatoryError, Unavailable
from rogatory.evidence import manifest, opener, parts, sealer
from rogatory.evidence.manifest import Manifest
from rogatory.kernel import ids
from rogatory.node import delivery, issuing, partners, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports import ExhibitRow, StorageFull

Progress = Callable[[int], None]

#: Free space that a transfer must leave on the disk, in bytes.
HEADROOM = 64 * 1024 * 1024


class NoSuchExhibit(NotFound):
    """There is no such exhibit here."""

    code = "no-such-exhibit"


class NotInThatState(NotPermitted):
    """The exhibit is not in a state that allows this."""

    code = "exhibit-not-in-state"


class TransferFailed(Unavailable):
    """The partner did not take a part of the exhibit."""

    code = "transfer-failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSeal:
    """What a custodian says of a file that is to be sealed."""

    name: str
    media_type: str
    description: str
    use: str
    confidential: bool = True
    retention_until: str | None = None


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
    now = node.clock.now()
    receiver = file.partner(node.state)
    recipients = partners.card_of(node, receiver[:3]).recipients(receiver, at=now)
    id = ids.new_id(node.random(17))
    name = f"exhibits/{id}/sealed.age"
    writer = node.blobs.create(name)
    try:
        sealed = sealer.seal(source, writer.file, recipients, random=node.random, progress=progress)
        writer.commit()
    except BaseException:
        writer.abort()
        raise
    return _keep_sealed(node, actor, request, sealed, about, id=id, case=case, receiver=receiver)


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


def transfer(node: Node, id: str) -> int:
    """Send the parts of exhibit *id* that the partner lacks; how many were sent."""
    row = get(node, id)
    if row.state != "sending":
        return 0
    try:
        sent = _send_missing(node, row)
    except RogatoryError as error:
        now = node.clock.now()
        later = now + delivery.wait(row.attempts, node.random(2))
        with node.stores.atomic():
            node.stores.exhibits.put(
                replace(row, attempts=row.attempts + 1, next_at=later, reason=f"{error.code}: {error.message}")
            )
        return 0
    with node.stores.atomic():
        if get(node, id).state == "sending":
            node.stores.exhibits.put(
                replace(row, state="sent", attempts=0, next_at=None, reason="", changed_at=node.clock.now())
            )
    return sent


def missing(node: Node, sender: str, id: str) -> dict[str, object]:
    """Which parts of exhibit *id* this node still lacks, for the State *sender* that sends it."""
    row = _theirs(node, sender, id)
    if row.state != "receiving":
        return {"exhibit": id, "state": row.state, "parts_list": True, "missing": []}
    found = manifest.read_manifest(row.manifest.encode())
    lacking = parts.missing(found.parts.count, node.stores.exhibits.parts(id))
    return {"exhibit": id, "state": row.state, "parts_list": bool(row.parts_list), "missing": lacking[:100_000]}


def take_parts_list(node: Node, sender: str, id: str, data: bytes) -> None:
    """Keep the list of part digests of exhibit *id*; raises what `parts.verify_list` raises."""
    row = _theirs(node, sender, id)
    parts.verify_list(data, manifest.read_manifest(row.manifest.encode()))
    if row.parts_list:
        return
    name = f"exhibits/{id}/parts"
    if not node.blobs.exists(name):
        writer = node.blobs.create(name)
        writer.file.write(data)
        writer.commit()
    with node.stores.atomic():
        node.stores.exhibits.put(replace(get(node, id), parts_list=name))


def take_part(node: Node, sender: str, id: str, number: int, data: bytes) -> bool:
    """Whether part *number* is new here; it is verified, durable and counted. Raises the errors of `parts`."""
    row = _theirs(node, sender, id)
    if row.state != "receiving" or not row.parts_list:
        raise NotInThatState(f"exhibit {id} takes no parts: it is {row.state}")
    found = manifest.read_manifest(row.manifest.encode())
    with node.blobs.open(row.parts_list) as listing:
        parts.verify_part(found, number, data, listing)
    if node.blobs.free() < len(data) + HEADROOM:
        raise StorageFull
    node.blobs.write_at(row.sealed_blob, found.sealed.size, number * found.parts.size, data)
    with node.stores.atomic():
        new = node.stores.exhibits.add_part(id, number)
        if new and len(node.stores.exhibits.parts(id)) == found.parts.count:
            node.stores.exhibits.put(replace(get(node, id), state="complete", changed_at=node.clock.now()))
            node.tasks.finish_exhibit(id)
    return new


def finish(node: Node, id: str) -> Message | None:
    """The custody receipt for exhibit *id*, once its sealed bytes are whole; `None` when it was given before."""
    row = get(node, id)
    if row.ours or row.state != "complete":
        return None
    found = manifest.read_manifest(row.manifest.encode())
    if not node.blobs.exists(row.sealed_blob):
        with node.blobs.open_unfinished(row.sealed_blob) as sealed:
            opener.verify_sealed(sealed, found)
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
    found = manifest.read_manifest(row.manifest.encode())
    identities = node.unlock().identities(actor.authority)
    with node.blobs.open(row.sealed_blob) as sealed:
        opener.open_exhibit(sealed, sink, identities, found, progress=progress)
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
