"""Sending the parts of an exhibit, and taking them in.

The sender asks which parts the receiver still lacks and sends those; a transfer that was cut therefore goes on where
it stopped, and a part sent twice is counted once. The receiver keeps a part only after its digest was found right.
"""

from dataclasses import replace

from rogatory.errors import NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.evidence import parts
from rogatory.kernel import canonical
from rogatory.node import partners, people, waits
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.blobs import StorageFull
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.world import Answer

#: Free space that a transfer must leave on the receiver's disk, in bytes.
HEADROOM = 64 * 1024 * 1024
MAX_LISTED = 100_000


class TransferFailed(Unavailable):
    """The partner did not take a part of the exhibit."""

    code = "transfer-failed"


class NotReceiving(NotPermitted):
    """The exhibit takes no parts now."""

    code = "not-receiving"


class NotYourExhibit(Untrusted):
    """The exhibit is sent by another State."""

    code = "not-your-exhibit"


def send(node: Node, id: str) -> int:
    """Send the parts of exhibit *id* that the partner lacks; how many were sent now."""
    row = exhibits.get(node, id)
    if row.state != "sending":
        return 0
    try:
        sent = _send_missing(node, row)
    except RogatoryError as error:
        now = node.clock.now()
        with node.stores.atomic():
            latest = exhibits.get(node, id)
            node.stores.exhibits.put(
                replace(
                    latest,
                    attempts=latest.attempts + 1,
                    next_at=now + waits.wait(latest.attempts, node.random(2)),
                    reason=f"{error.message} ({error.code})",
                )
            )
        return 0
    with node.stores.atomic():
        latest = exhibits.get(node, id)
        if latest.state == "sending":
            node.stores.exhibits.put(
                replace(latest, state="sent", attempts=0, next_at=None, reason="", changed_at=node.clock.now())
            )
    return sent


def missing(node: Node, sender: str, id: str) -> dict[str, object]:
    """Which parts of exhibit *id* this node still lacks, for the State *sender* that sends it."""
    row = _theirs(node, sender, id)
    if row.state != "receiving":
        return {"exhibit": id, "state": row.state, "parts_list": True, "missing": []}
    cut = exhibits.manifest_of(row).parts
    held = node.stores.exhibits.parts(id)
    lacking = list(parts.missing_parts(cut, held))[:MAX_LISTED]
    return {"exhibit": id, "state": row.state, "parts_list": bool(row.parts_list), "missing": lacking}


def take_parts_list(node: Node, sender: str, id: str, data: bytes) -> None:
    """Keep the list of part digests of exhibit *id*; raises `WrongPartList`."""
    row = _theirs(node, sender, id)
    parts.verify_part_list(exhibits.manifest_of(row).parts, data)
    name = exhibits.keep_part_list(node, id, data)
    with node.stores.atomic():
        latest = exhibits.get(node, id)
        if not latest.parts_list:
            node.stores.exhibits.put(replace(latest, parts_list=name))


def take_part(node: Node, sender: str, id: str, number: int, data: bytes) -> bool:
    """Whether part *number* is new here; it is verified, durable and counted.

    Raises `NotReceiving`, `PartOutOfRange`, `WrongPartSize`, `WrongPartDigest`, `StorageFull`.
    """
    row = _theirs(node, sender, id)
    if row.state != "receiving" or not row.parts_list:
        raise NotReceiving(f"exhibit {id} takes no parts: it is {row.state}, its list of parts must come first")
    cut = exhibits.manifest_of(row).parts
    parts.verify_part(cut, _part_list(node, row), number, data)
    if node.blobs.free() < len(data) + HEADROOM:
        raise StorageFull
    node.blobs.write_at(row.sealed_blob, cut.total, number * cut.size, data)
    if exhibits.get(node, id).state in exhibits.GONE:
        exhibits.shred(node, row)
        raise NotReceiving(f"exhibit {id} was destroyed meanwhile")
    with node.stores.atomic():
        new = node.stores.exhibits.add_part(id, number)
        if new and len(node.stores.exhibits.parts(id)) == cut.count:
            node.stores.exhibits.put(replace(exhibits.get(node, id), state="complete", changed_at=node.clock.now()))
            node.tasks.finish_exhibit(id)
            people.note(node, None, "exhibit:parts:complete", row.case, id)
    return new


def _send_missing(node: Node, row: ExhibitRow) -> int:
    address = partners.card_of(node, row.partner).address
    cut = exhibits.manifest_of(row).parts
    sent = 0
    while True:
        state = canonical.loads_object(_ok(node.transport.missing_parts(address, row.id)))
        if not state.get("parts_list"):
            _ok(node.transport.put_parts_list(address, row.id, _part_list(node, row)))
        lacking = [number for number in state.get("missing", []) if isinstance(number, int)]
        if not lacking:
            return sent
        with node.blobs.open(row.sealed_blob) as sealed:
            for number in lacking:
                length = cut.length(number)
                sealed.seek(number * cut.size)
                # Counted before it leaves: a receipt that comes before all are counted claims what was never sent.
                with node.stores.atomic():
                    node.stores.exhibits.add_part(row.id, number)
                _ok(node.transport.put_part(address, row.id, number, sealed.read(length)))
                sent += 1


def _ok(answer: Answer) -> bytes:
    if answer.status != 200:
        raise TransferFailed(f"{answer.message} ({answer.code or answer.status})", remedy=answer.remedy)
    return answer.body


def _part_list(node: Node, row: ExhibitRow) -> bytes:
    with node.blobs.open(row.parts_list) as listing:
        return listing.read()


def _theirs(node: Node, sender: str, id: str) -> ExhibitRow:
    row = exhibits.get(node, id)
    if row.ours or row.partner != sender:
        raise NotYourExhibit(f"exhibit {id} is not sent by {sender}")
    return row
