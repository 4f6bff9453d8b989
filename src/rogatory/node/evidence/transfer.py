"""Sending the parts of an exhibit, and taking them in.

The sender asks which parts the receiver still lacks and sends those; a transfer that was cut therefore goes on where
it stopped, and a part sent twice is counted once. The receiver keeps a part only after its digest was found right;
each part is hashed once on its whole road, by the receiver.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from rogatory.errors import NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.evidence import parts
from rogatory.evidence.parts import Parts
from rogatory.kernel import canonical
from rogatory.node import partners, people, waits
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.blobs import StorageFull
from rogatory.ports.evidence import ExhibitRow, Passage
from rogatory.ports.world import Answer

#: Free space that a transfer must leave on the receiver's disk, in bytes.
HEADROOM = 64 * 1024 * 1024
MAX_LISTED = 100_000
#: Parts on the road at once, and how many of them are counted in one transaction, on either side.
CARRIERS = 3
COUNTED_AT_ONCE = 16
#: So often a part is sent that the partner has taken and lacks again, before this waits as after a failure.
TAKEN_AND_ASKED_AGAIN = 3


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
    _count(node, id)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part as it came: its number from 0, its bytes, and their SHA-256 (32 bytes), taken once."""

    number: int
    data: bytes | memoryview = field(repr=False)
    sha256: bytes


def take_part(node: Node, sender: str, id: str, part: Part) -> bool:
    """Whether *part* is new here; it is verified and durable. It is counted at once or with those that follow.

    Raises `NotReceiving`, `PartOutOfRange`, `WrongPartSize`, `WrongPartDigest`, `StorageFull`.
    """
    row = _passage(node, sender, id)
    if row.state != "receiving" or not row.parts_list:
        raise NotReceiving(f"exhibit {id} takes no parts: it is {row.state}, its list of parts must come first")
    cut, digests = _listed(node, id, row.parts_list)
    parts.verify_part_size(cut, part.number, len(part.data))
    parts.verify_part_digest(digests, part.number, part.sha256)
    if node.arrivals.holds(id, part.number) or node.stores.exhibits.has_part(id, part.number):
        return False
    if node.blobs.free() < len(part.data) + HEADROOM:
        raise StorageFull
    node.blobs.write_at(row.sealed_blob, cut.total, part.number * cut.size, part.data)
    if _passage(node, sender, id).state in exhibits.GONE:
        exhibits.shred(node, exhibits.get(node, id))
        raise NotReceiving(f"exhibit {id} was destroyed meanwhile")
    waiting = node.arrivals.add(id, part.number)
    if waiting >= COUNTED_AT_ONCE or node.stores.exhibits.count_parts(id) + waiting >= cut.count:
        _count(node, id)
    return True


def _count(node: Node, id: str) -> None:
    """Count the parts of exhibit *id* that have arrived; when they are all, the whole is due to be verified."""
    numbers = node.arrivals.waiting(id)
    if not numbers:
        return
    with node.stores.atomic():
        held = node.stores.exhibits.add_parts(id, numbers)
        row = exhibits.get(node, id)
        if row.state == "receiving" and held == exhibits.manifest_of(row).parts.count:
            node.stores.exhibits.put(replace(row, state="complete", changed_at=node.clock.now()))
            node.tasks.finish_exhibit(id)
            people.note(node, None, "exhibit:parts:complete", row.case, id)
    node.arrivals.counted(id, numbers)


def _send_missing(node: Node, row: ExhibitRow) -> int:
    address = partners.card_of(node, row.partner).address
    sent: Counter[int] = Counter()
    with ThreadPoolExecutor(CARRIERS, thread_name_prefix="rogatory-parts") as carriers:
        while True:
            state = canonical.loads_object(_ok(node.transport.missing_parts(address, row.id)))
            cut, digests = _listed(node, row.id, row.parts_list)
            if not state.get("parts_list"):
                _ok(node.transport.put_parts_list(address, row.id, digests))
            lacking = _lacking(state, cut)
            if not lacking:
                return sent.total()
            sent.update(lacking)
            if max(sent.values()) > TAKEN_AND_ASKED_AGAIN:
                raise TransferFailed("the partner takes a part and asks for it again and again")
            for start in range(0, len(lacking), COUNTED_AT_ONCE):
                _carry(node, row, address, carriers, lacking[start : start + COUNTED_AT_ONCE])


def _lacking(state: Mapping[str, object], cut: Parts) -> list[int]:
    """The parts that the partner says it lacks; raises `TransferFailed` when the exhibit has no such parts."""
    said = state.get("missing")
    if not isinstance(said, list) or len(said) > MAX_LISTED:
        raise TransferFailed("the partner does not say which parts it lacks")
    numbers = [one for one in said if isinstance(one, int) and not isinstance(one, bool) and 0 <= one < cut.count]
    if len(numbers) != len(said) or len(set(numbers)) != len(numbers):
        raise TransferFailed(f"the partner lacks parts that an exhibit of {cut.count} parts does not have")
    return numbers


def _carry(node: Node, row: ExhibitRow, address: str, carriers: ThreadPoolExecutor, numbers: Sequence[int]) -> None:
    """Send the parts *numbers*, several at once; raises what the first failure raises."""
    cut, digests = _listed(node, row.id, row.parts_list)
    # Counted before they leave: a receipt that comes before all are counted claims what was never sent.
    with node.stores.atomic():
        node.stores.exhibits.add_parts(row.id, numbers)

    def carry(number: int) -> Answer:
        with node.blobs.open(row.sealed_blob) as sealed:
            sealed.seek(number * cut.size)
            data = sealed.read(cut.length(number))
        sha256 = digests[number * parts.DIGEST_BYTES : (number + 1) * parts.DIGEST_BYTES]
        answer = node.transport.put_part(address, row.id, number, data, sha256=sha256)
        if answer.code == "request-signature":
            # The digest that was signed is that of the list: if the bytes are not, they have rotted here.
            parts.verify_part(cut, digests, number, data)
        return answer

    under_way = [carriers.submit(carry, number) for number in numbers]
    try:
        for answer in under_way:
            _ok(answer.result())
    finally:
        for answer in under_way:
            answer.cancel()


def _ok(answer: Answer) -> bytes:
    if answer.status != 200:
        raise TransferFailed(f"{answer.message} ({answer.code or answer.status})", remedy=answer.remedy)
    return answer.body


def _listed(node: Node, id: str, parts_list: str) -> tuple[Parts, bytes]:
    """How the sealed file of exhibit *id* is cut, and its verified part list, read once for all parts."""
    found = _lists.get((id, parts_list))
    if found is None:
        with node.blobs.open(parts_list) as listing:
            found = exhibits.manifest_of(exhibits.get(node, id)).parts, listing.read()
        parts.verify_part_list(*found)
        if len(_lists) >= _LISTS_KEPT:
            _lists.clear()
        _lists[id, parts_list] = found
    return found


# A part list never changes: it has the root that the manifest signs.
_lists: dict[tuple[str, str], tuple[Parts, bytes]] = {}
_LISTS_KEPT = 4


def _passage(node: Node, sender: str, id: str) -> Passage:
    row = node.stores.exhibits.passage(id)
    if row is None:
        raise exhibits.NoSuchExhibit(f"there is no exhibit {id} here")
    _require_sender(row, id, sender)
    return row


def _theirs(node: Node, sender: str, id: str) -> ExhibitRow:
    row = exhibits.get(node, id)
    _require_sender(row, id, sender)
    return row


def _require_sender(row: ExhibitRow | Passage, id: str, sender: str) -> None:
    if row.ours or row.partner != sender:
        raise NotYourExhibit(f"exhibit {id} is not sent by {sender}")
