"""Putting back what was lost of an exhibit: from the other store, or from the State on the other side of the case.

Whatever comes is verified against the signed manifest before it is written, and read again afterwards. Where the whole
file is gone it is put together as an unfinished blob, so that being stopped costs nothing. Bytes that somebody ordered
destroyed meanwhile are not brought back: that is looked up after writing, when the order cannot miss them any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rogatory.errors import NotFound, NotPermitted, RogatoryError, Unavailable
from rogatory.evidence import parts
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import stored
from rogatory.node.evidence.transfer import NotYourExhibit
from rogatory.ports.blobs import BlobDamaged, Blobs
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.world import PartnerUnreachable


class NotKept(NotPermitted):
    """The sealed bytes of the exhibit are not kept here."""

    code = "exhibit-not-kept"


class RottenHere(Unavailable):
    """This part of the exhibit is rotten here too."""

    code = "part-rotten-here"
    remedy = "Look at the other copies; the node on the other side may have one."


@dataclass(slots=True, kw_only=True)
class Sources:
    """Where good bytes of one exhibit may be: *others* are the node's other stores by name, and its partner."""

    node: Node
    row: ExhibitRow
    others: Mapping[str, Blobs]
    partner_answers: bool = field(default=True)

    def part(self, number: int, digests: bytes) -> tuple[bytes, str] | None:
        """Part *number*, verified, and where it is from; None when nobody has it."""
        cut = exhibits.manifest_of(self.row).parts
        for name, store in self.others.items():
            try:
                with store.open_afresh(self.row.sealed_blob) as sealed:
                    data, wrong = stored.read_part(sealed, cut, digests, number)
            except (NotFound, Unavailable):
                continue
            if not wrong:
                return data, name
        data = self._ask(number)
        try:
            parts.verify_part(cut, digests, number, data)
        except RogatoryError:
            return None
        return data, "partner"

    def part_list(self) -> tuple[bytes, str] | None:
        """The part list, verified, and where it is from; None when nobody has it."""
        for name, store in self.others.items():
            try:
                digests, _ = stored.part_list(store, self.row)
            except Unavailable:
                continue
            if digests is not None:
                return digests, name
        data = self._ask(None)
        try:
            parts.verify_part_list(exhibits.manifest_of(self.row).parts, data)
        except RogatoryError:
            return None
        return data, "partner"

    def header(self) -> tuple[bytes, str] | None:
        """The header beside the sealed file, from another store; the partner never had it."""
        for name, store in self.others.items():
            try:
                with store.open_afresh(self.row.header_blob) as file:
                    return file.read(), name
            except (NotFound, Unavailable):
                continue
        return None

    def _ask(self, number: int | None) -> bytes:
        """What the partner gives for part *number*, or for the part list; nothing when it does not answer so."""
        if not self.partner_answers:
            return b""
        road = self.node.transport
        try:
            address = partners.card_of(self.node, self.row.partner).address
            if number is None:
                answer = road.get_parts_list(address, self.row.id)
            else:
                answer = road.get_part(address, self.row.id, number)
        except (PartnerUnreachable, NotFound):
            self.partner_answers = False
            return b""
        return answer.body if answer.status == 200 else b""


def mend_part(store: Blobs, sources: Sources, digests: bytes, number: int) -> str:
    """Where part *number* was got from and put back into *store*, or nothing when nobody has it."""
    row = sources.row
    cut = exhibits.manifest_of(row).parts
    with store.open(row.sealed_blob) as sealed:
        data, wrong = stored.read_part(sealed, cut, digests, number)
    # A part that is right after all ends a file that is too long.
    found = sources.part(number, digests) if wrong else (data, "itself")
    if found is None:
        return ""
    store.repair(row.sealed_blob, cut.total, number * cut.size, found[0])
    with store.open_afresh(row.sealed_blob) as sealed:
        _, still_wrong = stored.read_part(sealed, cut, digests, number)
    return "" if still_wrong else found[1]


def mend_file(store: Blobs, sources: Sources, digests: bytes) -> Iterator[tuple[int, str]]:
    """Put the whole sealed file together again in *store*: for each part, its number and where it was got from.

    A part that nobody has is told with an empty source; then the file stays unfinished, and the rest of it is kept.
    """
    row = sources.row
    cut = exhibits.manifest_of(row).parts
    lacking = False
    for number in range(cut.count):
        if _is_there(store, row, digests, number):
            yield number, "itself"
            continue
        found = sources.part(number, digests)
        if found is None or not stored.is_kept(sources.node, row.id):
            lacking = True
            yield number, ""
            continue
        store.write_at(row.sealed_blob, cut.total, number * cut.size, found[0])
        yield number, found[1]
    if not lacking:
        store.finish(row.sealed_blob)
    drop_if_ordered(sources.node, store, row)


def mend_blob(store: Blobs, sources: Sources, name: str, data: bytes) -> None:
    """Put the small blob *name* in the place of what is left of it."""
    store.replace(name, data)
    drop_if_ordered(sources.node, store, sources.row)


def drop_if_ordered(node: Node, store: Blobs, row: ExhibitRow) -> None:
    """Destroy in *store* what was written of an exhibit whose bytes were ordered away while it was written."""
    if not stored.is_kept(node, row.id):
        for name in stored.blob_names(row):
            store.shred(name)


def part_for(node: Node, sender: str, id: str, number: int) -> bytes:
    """Part *number* of exhibit *id*, verified, for the State *sender* on the other side of its case.

    Raises `NoSuchExhibit`, `NotYourExhibit`, `NotKept`, `PartOutOfRange` and `RottenHere`.
    """
    row = _shared(node, sender, id)
    cut = exhibits.manifest_of(row).parts
    cut.length(number)
    digests, _ = stored.part_list(node.blobs, row)
    if digests is None:
        raise RottenHere
    try:
        with node.blobs.open(row.sealed_blob) as sealed:
            data, wrong = stored.read_part(sealed, cut, digests, number)
    except NotFound as error:
        raise RottenHere from error
    if wrong:
        raise RottenHere
    return data


def part_list_for(node: Node, sender: str, id: str) -> bytes:
    """The part list of exhibit *id*, verified, for the other side; raises as `part_for`."""
    digests, _ = stored.part_list(node.blobs, _shared(node, sender, id))
    if digests is None:
        raise RottenHere
    return digests


def _shared(node: Node, sender: str, id: str) -> ExhibitRow:
    row = exhibits.get(node, id)
    if row.partner != sender:
        raise NotYourExhibit(f"exhibit {id} is not shared with {sender}")
    # Before its delivery an exhibit is nobody's business but ours.
    if not stored.keeps(row) or row.state == "sealed":
        raise NotKept(f"exhibit {id} is {row.state}")
    return row


def _is_there(store: Blobs, row: ExhibitRow, digests: bytes, number: int) -> bool:
    try:
        with store.open_unfinished(row.sealed_blob) as sealed:
            _, wrong = stored.read_part(sealed, exhibits.manifest_of(row).parts, digests, number)
    except (NotFound, BlobDamaged):
        return False
    return not wrong
