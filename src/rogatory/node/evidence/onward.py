"""Passing on what another State gave us: opened, and sealed anew as a whole for the receiver of another case.

Rules in words. The conditions of the exhibit decide whether it may go, and with whose leave (`conditions`). The new
exhibit names the old one, the manifest it came under and the leave, and is bound by the same conditions and by what
the leave adds. The plaintext goes from opening to sealing through memory. The custody of the old exhibit says `opened`
now, and `forwarded` when the delivery of the new one leaves, which takes two people as every delivery does; what was
allowed when it was sealed is asked again then, for leave can end and an exhibit can be destroyed meanwhile.
"""

from functools import partial
from typing import BinaryIO

from rogatory.casefile.exhibits import Leave
from rogatory.evidence.manifest import Derived, Manifest
from rogatory.evidence.rehash import rehash
from rogatory.evidence.relay import relay
from rogatory.kernel import digests
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, opening, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow


def forward(
    node: Node,
    actor: Actor,
    id: str,
    *,
    case: str,
    regarding: str,
    purpose: str,
    leave: str | None = None,
    progress: opening.Progress | None = None,
) -> ExhibitRow:
    """The new exhibit, for the other side of *case*, that exhibit *id* becomes; it waits here for its delivery.

    *regarding* is the request of that case that it answers, *leave* the SHA-256 of the message that gave leave.
    Raises as `opening.openable`, `conditions.require_onward`, `opener.open_exhibit` and `sealings.seal` do.
    """
    row = opening.openable(node, actor, id, purpose=purpose)
    found = exhibits.manifest_of(row)
    to = record.case_file(node, case).partner(node.state)
    given = conditions.require_onward(node, row, to=to, leave=leave)
    about = _about(row, found, given)

    def open_into(sink: BinaryIO) -> None:
        opening.decrypt(node, actor, row, sink)

    def seal_from(source: BinaryIO) -> ExhibitRow:
        return sealings.seal(
            node, actor, case=case, regarding=regarding, source=source, about=about, kept=record_it, progress=progress
        )

    # The source ends only when all of it was opened and verified, so what is recorded with the new exhibit is true.
    def record_it(made: ExhibitRow) -> None:
        opening.record_opening(node, actor, id, purpose=f"{purpose.strip()} (for {to}: {case}, {made.id})")

    return relay(open_into, seal_from)


def require_still(node: Node, row: ExhibitRow) -> None:
    """Nothing, when an exhibit of ours may still leave as far as what it was made from allows.

    An exhibit that was made of another as a whole is one more hand on that one, whose bytes are hashed again for it.
    Raises as `conditions.require_onward` and `rehash` do.
    """
    made = exhibits.manifest_of(row)
    if made.derived is None:
        return
    parent = exhibits.get(node, made.derived.exhibit)
    conditions.require_onward(node, parent, to=made.receivers[0], leave=made.derived.leave)
    if made.derived.act == "forwarded":
        rehash(partial(node.blobs.open, parent.sealed_blob), exhibits.manifest_of(parent).parts)


def _about(row: ExhibitRow, found: Manifest, given: Leave | None) -> ToSeal:
    bound = conditions.inherited(found.conditions, leave=given)
    return ToSeal(
        name=found.name,
        media_type=found.media_type,
        description=found.description,
        use=bound.use,
        confidential=bound.confidential,
        onward=bound.onward,
        retention_until=bound.retention_until,
        data_protection=bound.data_protection,
        digests=tuple(found.digests),
        block=found.contents.block if found.contents else 0,
        derived=Derived(
            exhibit=row.id,
            manifest=digests.sha256(row.manifest.encode()),
            act="forwarded",
            leave=given.message if given else None,
            left_out="",
        ),
    )
