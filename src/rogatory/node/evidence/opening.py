"""Opening a received exhibit: verified, for a stated purpose, and recorded in its custody."""

from collections.abc import Callable
from typing import BinaryIO

from rogatory.casefile import bodies
from rogatory.evidence import opener
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Manifest
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, hands, headers
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

Progress = Callable[[int], None]


def open_exhibit(
    node: Node, actor: Actor, id: str, sink: BinaryIO | None, *, purpose: str, progress: Progress | None = None
) -> Manifest:
    """The manifest of exhibit *id*, whose plaintext is now in *sink*, verified; the opening is recorded in custody.

    Without a *sink* all is verified and nothing kept, and the record says so.
    """
    if sink is None:
        purpose = f"{purpose} (verified; nothing was written)"
    row = openable(node, actor, id, purpose=purpose)
    found = decrypt(node, actor, row, sink, progress=progress)
    record_opening(node, actor, id, purpose=purpose)
    return found


def open_range(
    node: Node,
    actor: Actor,
    id: str,
    sink: BinaryIO,
    *,
    place: tuple[int, int],
    purpose: str,
    progress: Progress | None = None,
) -> Manifest:
    """The manifest of exhibit *id*, of whose plaintext the bytes from the first of *place* to before the second are now
    in *sink*, from verified parts; recorded in custody as opened, with the range in the purpose.

    Raises as `openable` does, and `RangeOutside`.
    """
    start, end = place
    purpose = f"{purpose} (bytes {start} to {end} only)"
    row = openable(node, actor, id, purpose=purpose)
    found = exhibits.manifest_of(row)
    identities, header = node.unlock().identities()[actor.authority], headers.header_of(node, row)
    with node.blobs.open(row.sealed_blob) as sealed, node.blobs.open(row.parts_list) as listing:
        wanted = opener.RangeReader(
            sealed, manifest=found, part_digests=listing.read(), identities=identities, header=header
        )
        for done in wanted.copy(start, end - start, sink):
            if progress:
                progress(done)
    record_opening(node, actor, id, purpose=purpose)
    return found


def openable(node: Node, actor: Actor, id: str, *, purpose: str) -> ExhibitRow:
    """Exhibit *id*, which *actor* may open now for *purpose*.

    Raises `RoleMissing`, `BadBody` (no purpose), `ExhibitGone`, `RetentionOver`, `NotInThatState`, `NotAddressed`.
    """
    people.require(actor, "custodian")
    bodies.text({"purpose": purpose}, "purpose", longest=1_000, cite="40(19)")
    row = exhibits.get(node, id)
    conditions.require_open(node, row)
    if row.ours or row.state != "received":
        raise exhibits.NotInThatState(f"the exhibit is {row.state}; it is opened once it has been received")
    found = exhibits.manifest_of(row)
    if actor.authority not in found.receivers:
        raise exhibits.NotAddressed(
            f"exhibit {id} was sealed to {', '.join(found.receivers)}, not to {actor.authority}"
        )
    return row


def decrypt(
    node: Node, actor: Actor, row: ExhibitRow, sink: BinaryIO | None, *, progress: Progress | None = None
) -> Manifest:
    """The manifest of the exhibit, whose plaintext is now in *sink*, verified; touches no rows. Not recorded yet."""
    found = exhibits.manifest_of(row)
    identities, header = node.unlock().identities()[actor.authority], headers.header_of(node, row)
    with node.blobs.open(row.sealed_blob) as sealed:
        opener.open_exhibit(sealed, sink, manifest=found, identities=identities, header=header, progress=progress)
    return found


def record_opening(node: Node, actor: Actor, id: str, *, purpose: str) -> None:
    """Put on record that exhibit *id* was opened and found to be what was sealed, and tell the other side."""
    row = exhibits.get(node, id)
    found, person = exhibits.manifest_of(row), actor.as_person("custodian")
    with node.stores.atomic():
        node.stores.ledger.lock()
        deed = hands.deed(node, Act.OPENED, actor.authority, person, sha256=found.sha256, purpose=purpose)
        hands.hand(node, exhibits.get(node, id), "custody-entry", deed)
        people.note(node, actor, "exhibit:content:open", row.case, f"{id}: {purpose}")
