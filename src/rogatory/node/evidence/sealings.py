"""Sealing evidence: a custodian makes an exhibit of a file; it stays here until its delivery was approved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from rogatory.casefile import cites, measures, table
from rogatory.casefile.fold import DoesNotFit, Request
from rogatory.evidence import manifest, sealer
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import ids
from rogatory.node import partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import age

Progress = Callable[[int], None]


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
    writer = node.blobs.create(exhibits.blob_name(exhibit))
    try:
        sealed = sealer.seal(source, writer.file, begun=age.new_header(recipients, node.random), progress=progress)
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


def _answered_provision(node: Node, request: Request) -> str:
    """The provision that an exhibit for *request* answers; the instrument itself where it names no such provision."""
    cite = measures.BASES[request.measure].delivery
    return cites.under(node.law, request.instrument, cite) or request.instrument


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
        parts_list=exhibits.keep_part_list(node, made.exhibit, part_digests),
        custody=(),
        sealed_blob=exhibits.blob_name(made.exhibit),
        retention_until=made.conditions.retention_until,
        changed_at=node.clock.now(),
    )
    person = actor.as_person("custodian")
    deed = hands.deed(node, Act.SEALED, actor.authority, person, sha256=made.sha256, root=made.parts.root)
    row = replace(row, custody=(hands.entry(node, row, deed),))
    with node.stores.atomic():
        node.stores.exhibits.add(row)
        hands.log_entries(node, row)
        people.note(node, actor, "exhibit:content:seal", made.case, f"{made.exhibit}: {made.sha256}")
    return row
