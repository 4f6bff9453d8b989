"""A case's exhibits written out for a court: as a page, as tables, in CASE/UCO, or as a bag with everything.

Rules in words. An export is recorded when it begins and again when it is written. A sealed file is read once, part
by part, and must be the one of its manifest; what the export then states of it (its own SHA-256) was so when it was
read. A bag holds what is needed to verify each exhibit without this node: the signed manifest, every entry as it was
signed, the proofs and their checkpoint, the cards with the keys, and the record in each of its forms. It holds no
other message of the case: who needs the whole case takes the bundle.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rogatory.bundle import index as names
from rogatory.errors import BadInput
from rogatory.evidence.court import case_uco, copying, html, tables
from rogatory.evidence.court.bag import Bag, Folder
from rogatory.evidence.court.paper import paper
from rogatory.evidence.court.readme import readme
from rogatory.evidence.court.record import CourtRecord, ExhibitRecord
from rogatory.evidence.custody_compare import Comparison
from rogatory.kernel import canonical
from rogatory.kernel.digests import sha256
from rogatory.law.words import LANGUAGES
from rogatory.ledger.checkpoint import read_checkpoint
from rogatory.node import partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.court import records
from rogatory.node.evidence.storage import stored
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import cards
from rogatory.sealing.cards import Card

ACTION = "case:custody:export"
CASE_UCO = "case-uco.jsonld"
README = "README.txt"
#: Forms that are one file, or two in the case of tables; a bag is written by `write_bag`.
FORMS = ("html", "csv", "case-uco")
Progress = Callable[[int], None]
Compared = Mapping[str, Comparison] | None


class NoSuchForm(BadInput):
    """A record for a court is not written in that form."""

    code = "no-such-form"
    remedy = "Give --format html, csv, case-uco or bagit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: how many exhibits, how many with their sealed files, how many files and bytes."""

    case: str
    exhibits: int
    sealed: int
    files: int
    size: int


def documents(
    node: Node,
    actor: Actor,
    case: str,
    form: str,
    *,
    lang: str = "en",
    compared: Compared = None,
    read_sealed: bool = False,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """The files of the record of *case* in *form*, one of `FORMS`, by name; the page is in *lang*.

    With *read_sealed* the sealed files that are kept here are read, and their SHA-256 is stated; *progress* hears how
    many bytes were read. Raises `NoSuchForm`, `NoSuchCase`, `RoleMissing`, `WrongSealedBytes`.
    """
    if form not in FORMS:
        raise NoSuchForm(f"{form[:40]!r} is not one of {', '.join(FORMS)}")
    _begin(node, actor, case, form)
    digests = {}
    if read_sealed:
        pace = _Pace(progress)
        for row in kept(node, case):
            with node.blobs.open(row.sealed_blob) as sealed:
                cut = exhibits.manifest_of(row).parts
                digests[row.id] = copying.copy(sealed, None, parts=cut, progress=pace)[0]
    made = records.gather(node, actor, case, compared=compared, sealed=digests)
    files = dict(_papers(made, form, lang))
    _note(node, actor, case, f"{form}, " + ", ".join(f"{name} SHA-256 {sha256(data)}" for name, data in files.items()))
    return files


def write_bag(
    node: Node,
    actor: Actor,
    case: str,
    folder: Folder,
    *,
    compared: Compared = None,
    with_sealed: bool = True,
    progress: Progress | None = None,
) -> Exported:
    """Write the bag of *case* into *folder*, with the sealed files kept here unless *with_sealed* is false.

    *progress* hears how many bytes of sealed files were copied. Raises `NoSuchCase`, `RoleMissing` and
    `WrongSealedBytes`; what the folder then holds is no bag.
    """
    _begin(node, actor, case, "bagit")
    bag, digests, pace = Bag(folder), {}, _Pace(progress)
    for row in kept(node, case) if with_sealed else ():
        digests[row.id] = _seal_into(node, bag, row, pace)
    made = records.gather(node, actor, case, compared=compared, sealed=digests)
    for one in made.exhibits:
        _exhibit_into(node, bag, one)
    _papers_into(node, bag, made)
    files = bag.finish(_info(made))
    summary = Exported(case=case, exhibits=len(made.exhibits), sealed=len(digests), files=files, size=bag.total)
    _note(node, actor, case, f"bagit, {files} files, {bag.total} bytes")
    return summary


def kept(node: Node, case: str) -> Sequence[ExhibitRow]:
    """The exhibits of *case* whose whole sealed file is kept here."""
    rows = [row for row in node.stores.exhibits.of_case(case) if stored.keeps(row)]
    return [row for row in rows if node.blobs.exists(row.sealed_blob)]


class _Pace:
    """Adds up the pieces of several files for one *progress*."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0

    def __call__(self, count: int) -> None:
        self._done += count
        if self._progress:
            self._progress(self._done)


def _papers(made: CourtRecord, form: str, lang: str) -> Iterator[tuple[str, bytes]]:
    match form:
        case "html":
            yield f"record.{lang}.html", html.document(paper(made, lang))
        case "csv":
            yield tables.EXHIBITS, tables.exhibits(made)
            yield tables.CUSTODY, tables.custody(made)
        case "case-uco":
            yield CASE_UCO, case_uco.document(made)


def _seal_into(node: Node, bag: Bag, row: ExhibitRow, pace: _Pace) -> str:
    cut = exhibits.manifest_of(row).parts
    with node.blobs.open(row.sealed_blob) as sealed:
        digest = bag.copy(names.exhibit_name(row.id, "sealed.age"), sealed, parts=cut, progress=pace)
    if row.header_blob and node.blobs.exists(row.header_blob):
        with node.blobs.open(row.header_blob) as header:
            bag.copy(names.exhibit_name(row.id, row.header_blob.rpartition("/")[2]), header)
    return digest


def _exhibit_into(node: Node, bag: Bag, one: ExhibitRecord) -> None:
    exhibit = one.manifest.exhibit
    bag.hold(names.exhibit_name(exhibit, "manifest.jws"), one.signed.encode())
    for place, signed in enumerate(one.entries, start=1):
        bag.hold(names.custody_name(exhibit, place), signed.signed.encode())
        if signed.proof:
            proof = canonical.dumps(signed.proof.to_json())
            bag.hold(names.proof_name(signed.entry.digest), proof)
    listing = exhibits.get(node, exhibit).parts_list
    if listing and node.blobs.exists(listing):
        with node.blobs.open(listing) as digests:
            bag.copy(names.exhibit_name(exhibit, "parts.bin"), digests)


def _papers_into(node: Node, bag: Bag, made: CourtRecord) -> None:
    bag.hold(README, readme(made))
    for lang in LANGUAGES:
        for name, data in _papers(made, "html", lang):
            bag.hold(name, data)
    for form in ("csv", "case-uco"):
        for name, data in _papers(made, form, "en"):
            bag.hold(name, data)
    bag.hold(names.CHECKPOINT, made.ledger.text.encode())
    if made.ledger.stamped:
        bag.hold(names.TIME_STAMP, made.ledger.stamped.token)
    for card in _cards(node, made):
        bag.hold(names.card_name(card.state, card.serial), card.jws)


def _cards(node: Node, made: CourtRecord) -> list[Card]:
    """Our own card, and all of every State that signed in a custody or cosigned the checkpoint."""
    known = [*partners.card_history(node), cards.read_card(partners.own_card(node))]
    cosigners = {signature.name for signature in read_checkpoint(made.ledger.text).note.signatures}
    return [
        card
        for card in known
        if card.state in made.fingerprints
        or (card.ledger.witness is not None and card.ledger.witness.split("+")[0] in cosigners)
    ]


def _info(made: CourtRecord) -> list[tuple[str, str]]:
    world = "EXERCISE between practice States, without legal effect. " if made.exercise else ""
    return [
        ("Source-Organization", made.name(made.authority, "en")),
        ("Contact-Name", made.person),
        ("External-Identifier", made.case),
        ("External-Description", f"{world}Exhibits and custody record of the case {made.case}"),
        ("Bagging-Date", made.at.date().isoformat()),
        ("Bag-Software-Agent", made.program),
    ]


def _begin(node: Node, actor: Actor, case: str, form: str) -> None:
    """Record that *actor* begins to export *case*, which is here; raises `RoleMissing` and `NoSuchCase`."""
    people.require_reader(actor)
    record.case_file(node, case)
    _note(node, actor, case, f"{form}, begun")


def _note(node: Node, actor: Actor, case: str, told: str) -> None:
    with node.stores.atomic():
        people.note(node, actor, ACTION, case, told)
