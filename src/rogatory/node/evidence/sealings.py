"""Sealing evidence: a custodian makes an exhibit of a file; it stays here until its delivery was approved.

A sealing is begun, and ends as an exhibit or is abandoned. In between it can stop at any time, be it by a person, the
power or a full disk, and be resumed from what it has noted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rogatory.casefile import cites, measures, table
from rogatory.casefile.fold import DoesNotFit, Request
from rogatory.errors import BadInput
from rogatory.evidence import labels, manifest
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import FURTHER_DIGESTS, Conditions, Derived, Manifest
from rogatory.evidence.milestones import MILESTONE_BYTES
from rogatory.evidence.plaintext import WrongAcquisition, require_block_size, require_digests
from rogatory.evidence.sealer import Progress
from rogatory.kernel import ids, times
from rogatory.node import partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands, sealing_passes
from rogatory.node.evidence.sealing_passes import Source, Wanted
from rogatory.node.people import Actor
from rogatory.ports.blobs import StorageFull
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.sealings import SealingRow

#: Free space that a sealing must leave on the disk, in bytes.
HEADROOM = 64 * 1024 * 1024


class SourceMissing(BadInput):
    """What is being sealed must be read again, and was not given."""

    code = "source-missing"
    remedy = "Name the file: rogatory exhibit resume ID FILE; what came through a pipe is piped again, with - as FILE."


class NotOneState(BadInput):
    """An exhibit is sealed to authorities of one State."""

    code = "not-one-state"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSeal:
    """What a custodian says of a file that is to be sealed.

    *also* names further authorities of the receiving State that can open it. *digests* names further digests to take,
    *acquired* are those that an acquisition tool printed, by name (hexadecimal); *block* (bytes, 0: none) makes the
    exhibit divisible into blocks; *derived* says what other exhibit it was made from.
    """

    name: str
    media_type: str
    description: str
    use: str
    confidential: bool = True
    onward: str = "only-with-leave"
    retention_until: date | None = None
    data_protection: str = ""
    also: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    acquired: Mapping[str, str] = field(default_factory=dict)
    block: int = 0
    derived: Derived | None = None

    def __post_init__(self) -> None:
        labels.require_file_name(self.name)
        labels.require_media_type(self.media_type)
        labels.require_text(self.description, name="the description", limit=4_000)
        require_digests((*self.digests, *self.acquired))
        if self.block:
            require_block_size(self.block)
        self.conditions()

    def conditions(self) -> Conditions:
        """The conditions that the manifest states; raises as they do."""
        return Conditions(
            use=self.use,
            confidential=self.confidential,
            onward=self.onward,
            retention_until=self.retention_until,
            data_protection=self.data_protection,
        )


def seal(
    node: Node,
    actor: Actor,
    *,
    case: str,
    regarding: str,
    source: Source,
    about: ToSeal,
    kept: Callable[[ExhibitRow], object] | None = None,
    progress: Progress | None = None,
) -> ExhibitRow:
    """The exhibit that *source* becomes: sealed to the other side of *case*, kept here, not sent yet.

    *kept* is done with it in the transaction that keeps it. When it fails, nothing of it stays. Raises as `begin` and
    `resume` do.
    """
    row = begin(node, actor, case=case, regarding=regarding, about=about, origin=about.name)
    try:
        return resume(node, actor, row.id, source, kept=kept, progress=progress)
    except BaseException:
        _forget(node, actor, row)
        raise


def begin(
    node: Node, actor: Actor, *, case: str, regarding: str, about: ToSeal, origin: str, size: int | None = None
) -> SealingRow:
    """A sealing to the other side of *case*, of which nothing has been read yet; `resume` reads it.

    *origin* says where it is read from, *size* how many bytes it has, where that is known. Raises `RoleMissing`,
    `DoesNotFit`, and `StorageFull` when there is no room for it.
    """
    people.require(actor, "custodian")
    file = record.case_file(node, case)
    request = file.requests.get(regarding)
    if request is None or not table.row(request.measure, request.state, "delivery", file.side(node.state)):
        raise DoesNotFit("evidence is sealed for a request of this case that has been accepted", cite="44(2)")
    _require_room(node, size, 0)
    receiver, now = file.partner(node.state), node.clock.now()
    row = SealingRow(
        id=ids.new_id(node.random(17)),
        case=case,
        request=request.digest,
        authority=actor.authority,
        receiver=receiver,
        recipients=_recipients(node, receiver, about.also),
        about=_said(about),
        source=origin,
        size=size,
        begun_by=actor.id,
        person=actor.name,
        begun_at=now,
        changed_at=now,
    )
    with node.stores.atomic():
        node.stores.sealings.put(row)
        people.note(node, actor, "exhibit:sealing:begin", case, f"{row.id}: {about.name}")
    return row


def resume(
    node: Node,
    actor: Actor,
    id: str,
    source: Source | None,
    *,
    every: int = MILESTONE_BYTES,
    kept: Callable[[ExhibitRow], object] | None = None,
    progress: Progress | None = None,
) -> ExhibitRow:
    """The exhibit that the sealing *id* becomes; *source* is read from its beginning, whatever was read before.

    Up to the last milestone it is only digested and compared. A sealing that had only to be written down needs no
    *source*. Raises `NoSuchSealing`, `SourceMissing`, `SourceChanged`, `TakenOver`, `StorageFull`; after
    `WrongAcquisition` the sealing is gone.
    """
    row = _ours(node, actor, id)
    if row.outcome is None:
        if source is None:
            raise SourceMissing(f"{row.source} was not read to its end")
        _require_room(node, row.size, (row.milestone or {}).get("written", 0))
        about = _about(row)
        wanted = Wanted(digests=about.digests, expected=about.acquired, block=about.block)
        try:
            row = sealing_passes.run(node, row, source, wanted, every=every, progress=progress)
        except WrongAcquisition:
            _forget(node, actor, row)
            raise
    return _keep_sealed(node, actor, row, kept)


def abandon(node: Node, actor: Actor, id: str) -> SealingRow:
    """The sealing *id* as it was: what it had written is destroyed, and it is gone."""
    row = _ours(node, actor, id)
    _forget(node, actor, row)
    return row


def under_way(node: Node, actor: Actor, case: str) -> Sequence[SealingRow]:
    """The sealings of *case* that have begun and have not ended."""
    people.require_reader(actor)
    return node.stores.sealings.of_case(case)


def _ours(node: Node, actor: Actor, id: str) -> SealingRow:
    people.require(actor, "custodian")
    row = sealing_passes.get(node, id)
    if row.authority != actor.authority:
        raise exhibits.NotAddressed(f"sealing {id} is one of {row.authority}, not of {actor.authority}")
    return row


def _require_room(node: Node, size: int | None, written: int) -> None:
    if size is not None and node.blobs.free() < size - written + HEADROOM:
        raise StorageFull(f"{size - written} bytes are still to be sealed, the disk has {node.blobs.free()} left")


def _forget(node: Node, actor: Actor, row: SealingRow) -> None:
    if node.stores.sealings.get(row.id) is None:
        return
    with node.stores.atomic():
        node.stores.sealings.remove(row.id)
        people.note(node, actor, "exhibit:sealing:abandon", row.case, row.id)
    sealing_passes.shred(node, row.id)


def _recipients(node: Node, receiver: str, also: Sequence[str]) -> tuple[str, ...]:
    """The age recipients of *receiver* and of the authorities *also*, all of one State; raises `NotOneState`."""
    if any(one[:3] != receiver[:3] or one == receiver for one in also) or len(set(also)) < len(also):
        raise NotOneState(f"besides {receiver} it can be sealed to other authorities of {receiver[:3]}, each once")
    ring, now = partners.ring_of(node, receiver[:3]), node.clock.now()
    return tuple(dict.fromkeys(key for one in (receiver, *also) for key in ring.recipients(one, now)))


def _said(about: ToSeal) -> dict[str, Any]:
    until, derived = about.retention_until, about.derived
    return {
        "name": about.name,
        "media_type": about.media_type,
        "description": about.description,
        "use": about.use,
        "confidential": about.confidential,
        "onward": about.onward,
        "retention_until": until.isoformat() if until else None,
        "data_protection": about.data_protection,
        "also": list(about.also),
        "digests": list(about.digests),
        "acquired": dict(about.acquired),
        "block": about.block,
        "derived": manifest.derived_object(derived) if derived else None,
    }


def _about(row: SealingRow) -> ToSeal:
    said = dict(row.about)
    until, derived = said.pop("retention_until"), said.pop("derived")
    return ToSeal(
        **{**said, "digests": tuple(said["digests"]), "also": tuple(said["also"])},
        retention_until=times.parse_day(until) if until else None,
        derived=Derived(**derived) if derived else None,
    )


def _answered_provision(node: Node, request: Request) -> str:
    """The provision that an exhibit for *request* answers; the instrument itself where it names no such provision."""
    cite = measures.BASES[request.measure].delivery
    return cites.under(node.law, request.instrument, cite) or request.instrument


def _manifest(node: Node, actor: Actor, row: SealingRow) -> Manifest:
    about, found = _about(row), sealing_passes.found_by(row)
    request = record.case_file(node, row.case).requests[row.request]
    return Manifest(
        exhibit=row.id,
        case=row.case,
        answers=row.request,
        provision=_answered_provision(node, request),
        name=about.name,
        media_type=about.media_type,
        description=about.description,
        sha256=found.sha256,
        size=found.size,
        parts=found.parts,
        sealed_by=actor.authority,
        person=actor.name,
        receivers=(row.receiver, *about.also),
        recipients=tuple(row.recipients),
        at=node.clock.now(),
        conditions=about.conditions(),
        digests={name: value for name, value in found.digests.items() if name in FURTHER_DIGESTS},
        contents=found.contents,
        derived=about.derived,
    )


def _keep_sealed(
    node: Node, actor: Actor, sealing: SealingRow, kept: Callable[[ExhibitRow], object] | None
) -> ExhibitRow:
    made = _manifest(node, actor, sealing)
    row = ExhibitRow(
        id=made.exhibit,
        case=made.case,
        request=made.answers,
        ours=True,
        partner=made.receivers[0][:3],
        state="sealed",
        manifest=manifest.make_manifest(made, key=node.unlock().signing_key(actor.authority, made.at)).decode(),
        parts_list=sealing_passes.finish_blobs(node, made.exhibit),
        custody=(),
        sealed_blob=exhibits.blob_name(made.exhibit),
        retention_until=made.conditions.retention_until,
        changed_at=node.clock.now(),
    )
    person = actor.as_person("custodian")
    deed = hands.deed(node, Act.SEALED, actor.authority, person, sha256=made.sha256, root=made.parts.root)
    row = replace(row, custody=(hands.entry(node, row, deed),))
    with node.stores.atomic():
        sealing_passes.require_ours(node, sealing)
        node.stores.sealings.remove(sealing.id)
        node.stores.exhibits.add(row)
        hands.log_entries(node, row)
        people.note(node, actor, "exhibit:content:seal", made.case, f"{made.exhibit}: {made.sha256}")
        if kept:
            kept(row)
    return row
