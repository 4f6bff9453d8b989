"""Extracts: a part of an exhibit that another State gave us, released to somebody else as an exhibit of its own.

Rules in words. The conditions of the exhibit decide whether a part of it may go on, and with whose leave, as for the
whole; the extract is bound at least as strictly. The exhibit is opened and verified to its end. Its custody says
`opened`, unless it is open already, and then `extracted`, for the purpose and for whom; this is told to the State that
gave it before anything is sealed, so the paper on the origin can bring that entry along. The extract is an archive of
what was chosen with that paper, sealed for the other side of a case, and waits there for its delivery by two people.
"""

from dataclasses import dataclass
from typing import BinaryIO, cast

from rogatory.casefile import bodies
from rogatory.casefile.exhibits import Leave
from rogatory.evidence import custody, labels, opener, provenance
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.writer import FolderArchive
from rogatory.evidence.contents import PieceProof, verify_contents
from rogatory.evidence.custody_rules import Act, Standing
from rogatory.evidence.extraction import BlockChoice, Chosen, ChosenFolder, NotDivisible, PathChoice
from rogatory.evidence.manifest import Derived, Manifest
from rogatory.evidence.provenance import Provenance
from rogatory.kernel import digests
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, folders, hands, headers, opening, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExtract:
    """What a custodian chooses of an exhibit, and says of the extract.

    *paths* are patterns for members of a folder; *stretch* is the first byte of a divisible file and the one behind
    the last; one of them is given. *case* and *regarding* (a request's digest) say for whom; *leave* is the digest of
    the message that gave leave, if leave is needed; *left_out* says in words what is not in the extract.
    """

    case: str
    regarding: str
    purpose: str
    left_out: str
    description: str
    name: str
    paths: tuple[str, ...] = ()
    stretch: tuple[int, int] | None = None
    leave: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen of an exhibit that was verified to its end, with the proofs."""

    chosen: tuple[Chosen, ...]
    proofs: tuple[PieceProof, ...]


def extract(
    node: Node,
    actor: Actor,
    id: str,
    wanted: ToExtract,
    *,
    spools: tuple[BinaryIO, BinaryIO],
    progress: opening.Progress | None = None,
) -> ExhibitRow:
    """The new exhibit, for the other side of *wanted.case*, that a part of exhibit *id* becomes.

    *spools* are two empty files to write and read, for lines of listings. Raises as `opening.openable`,
    `conditions.require_onward`, `folders.read_archive` and `sealings.seal` do, `NotDivisible`, `NothingChosen` and
    `TooMuchChosen`.
    """
    row = opening.openable(node, actor, id, purpose=wanted.purpose)
    bodies.text({"left_out": wanted.left_out}, "left_out", longest=4_000, cite="40(19)")
    to = record.case_file(node, wanted.case).partner(node.state)
    given = conditions.require_onward(node, row, to=to, leave=wanted.leave)
    found = exhibits.manifest_of(row)
    if wanted.stretch is not None:
        choice = _choose_blocks(node, actor, row, wanted.stretch)
    else:
        choice = _choose_paths(node, actor, row, wanted.paths, spools[0])
    about = _about(row, wanted, given)
    row = _record(node, actor, row, f"{wanted.purpose.strip()} (for {to}: {wanted.case})")
    chain = tuple(entry.encode() for entry in row.custody)
    paper = provenance.write(Provenance(manifest=row.manifest.encode(), custody=chain, pieces=choice.proofs))
    with node.blobs.open(row.sealed_blob) as sealed:
        reader = opener.RangeReader(
            sealed,
            manifest=found,
            part_digests=_part_list(node, row),
            identities=node.unlock().identities()[actor.authority],
            header=headers.header_of(node, row),
        )
        folder = ChosenFolder(choice.chosen, reader.read)
        source = FolderArchive(folder, spools[1], provenance=paper)
        return sealings.seal(
            node, actor, case=wanted.case, regarding=wanted.regarding, source=source, about=about, progress=progress
        )


def _choose_paths(node: Node, actor: Actor, row: ExhibitRow, paths: tuple[str, ...], spool: BinaryIO) -> Choice:
    found = exhibits.manifest_of(row)
    if found.contents is None or found.contents.kind != "files":
        raise NotDivisible(f"exhibit {row.id} was not sealed as a folder")
    choice = PathChoice(paths, spool)
    folders.read_archive(node, actor, row, choice)
    proofs = choice.proofs(folders.payload_key(node, actor, row))
    return Choice(chosen=tuple(choice.chosen), proofs=proofs)


def _choose_blocks(node: Node, actor: Actor, row: ExhibitRow, stretch: tuple[int, int]) -> Choice:
    found = exhibits.manifest_of(row)
    choice = BlockChoice(found, *stretch, payload_key=folders.payload_key(node, actor, row))
    opening.decrypt(node, actor, row, cast("BinaryIO", choice))
    verify_contents(choice.finish(), found.contents)
    mtime = int(found.at.timestamp()) * _NANOSECONDS
    return Choice(chosen=(choice.chosen(mtime),), proofs=choice.proofs())


def _record(node: Node, actor: Actor, row: ExhibitRow, purpose: str) -> ExhibitRow:
    """The exhibit after its custody was told of the extract; the other side is told too."""
    found, person = exhibits.manifest_of(row), actor.as_person("custodian")
    chain = [entry.encode() for entry in row.custody]
    if custody.unverified_custody(chain, manifest=found).standing.get(actor.authority) is not Standing.OPEN:
        opening.record_opening(node, actor, row.id, purpose=purpose)
    with node.stores.atomic():
        node.stores.ledger.lock()
        deed = hands.deed(node, Act.EXTRACTED, actor.authority, person, sha256=found.sha256, purpose=purpose)
        hands.hand(node, exhibits.get(node, row.id), "custody-entry", deed)
        people.note(node, actor, "exhibit:content:extract", row.case, f"{row.id}: {purpose}")
    return exhibits.get(node, row.id)


def _about(row: ExhibitRow, wanted: ToExtract, given: Leave | None) -> ToSeal:
    found: Manifest = exhibits.manifest_of(row)
    bound = conditions.inherited(found.conditions, leave=given)
    return ToSeal(
        name=labels.require_file_name(wanted.name),
        media_type=layout.MEDIA_TYPE,
        description=wanted.description,
        use=bound.use,
        confidential=bound.confidential,
        onward=bound.onward,
        retention_until=bound.retention_until,
        data_protection=bound.data_protection,
        derived=Derived(
            exhibit=row.id,
            manifest=digests.sha256(row.manifest.encode()),
            act="extracted",
            leave=given.message if given else None,
            left_out=wanted.left_out,
        ),
    )


def _part_list(node: Node, row: ExhibitRow) -> bytes:
    with node.blobs.open(row.parts_list) as listing:
        return listing.read()
