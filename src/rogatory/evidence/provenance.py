"""The paper on the origin of an extract: what of another exhibit this one holds, provable without the rest.

Rules in words (spec/contents.md). An extract is an archive whose first member is this paper: the parent's signed
manifest, the parent's custody up to the entry by which it was extracted from, and for each chosen piece its proof in
the parent's contents. What a folder is extracted from are the members of the archive, in the parent's order, each
described as the piece is but for its number. What a divisible file is extracted from is one member: blocks that
follow one another. The extract's manifest names the parent and says in words what was left out.

Whoever opens an extract goes up a ladder; a step that fails is an error. Only signatures by a State whose card is not
known here are told instead: the pieces are then proved to be those of a manifest that somebody has to vouch for.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rogatory.errors import Untrusted
from rogatory.evidence import contents, custody, manifest
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.layout import Member
from rogatory.evidence.archive.reader import MAX_PROVENANCE, Taker
from rogatory.evidence.contents import PieceProof
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Manifest
from rogatory.evidence.signers import Signers, verify_signer
from rogatory.kernel import canonical, digests
from rogatory.kernel.canonical import JSONObject
from rogatory.law.words import Words, listed
from rogatory.sealing.keyring import UnknownAuthority, UnknownKey

MAX_CHOSEN = 20_000
_MEMBERS = frozenset({"v", "manifest", "custody", "pieces"})

PROVED = Words(
    "This is an extract: {count} pieces of the exhibit {parent}, which {sealer} sealed. Each is proved to be in it.",
    "Ceci est un extrait : {count} éléments de la pièce {parent}, scellée par {sealer}. "
    "Il est prouvé que chacun s’y trouve.",
)
LEFT_OUT = Words("Left out: {what}", "Laissé de côté : {what}")
NOT_CHECKED = Words(
    "The signatures of {states} on the papers of the parent are not checked: their contact card is not known here.",
    "Les signatures de {states} sur les documents de la pièce d’origine ne sont pas vérifiées : "
    "leur carte de contact n’est pas connue ici.",
)
CHECKED = Words(
    "The parent's manifest and its custody of {count} entries are signed by those they name.",
    "Le manifeste de la pièce d’origine et sa chaîne de conservation de {count} mentions sont signés "
    "par ceux qu’ils nomment.",
)


class BadProvenance(Untrusted):
    """The paper on the origin of the extract does not show what the extract says of itself."""

    code = "bad-provenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The parent's signed manifest and custody, and the proofs of the pieces that were chosen, in their order."""

    manifest: bytes
    custody: tuple[bytes, ...]
    pieces: tuple[PieceProof, ...]

    def to_json(self) -> JSONObject:
        """The paper as the archive carries it."""
        return {
            "v": 1,
            "manifest": self.manifest.decode(),
            "custody": [entry.decode() for entry in self.custody],
            "pieces": [piece.to_json() for piece in self.pieces],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the paper shows: the *parent*, how many *pieces* of it, and the States whose signatures nobody checked."""

    parent: Manifest
    pieces: int
    entries: int
    left_out: str
    unchecked: tuple[str, ...]

    def sentences(self) -> tuple[Words, ...]:
        """The origin in words."""
        first = PROVED.fill(count=self.pieces, parent=self.parent.exhibit, sealer=self.parent.sealed_by)
        checked = CHECKED.fill(count=self.entries)
        signed = NOT_CHECKED.fill(states=listed(self.unchecked)) if self.unchecked else checked
        return first, LEFT_OUT.fill(what=self.left_out), signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One member of an extract as it was seen: itself, its SHA-256, and for blocks (size, SHA-256) of each."""

    member: Member
    sha256: str = ""
    blocks: tuple[tuple[int, str], ...] = ()


class Witnessing:
    """A taker that notes what an extract holds while another takes it; *held* and *paper* are what was seen."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._block = 0
        self._hasher = hashlib.sha256()
        self._taken = 0
        self._blocks: list[tuple[int, str]] = []
        self.paper: Provenance | None = None
        self.held: list[Held] = []

    def origin(self, provenance: bytes) -> None:
        """Read the paper, and give it on."""
        self.paper = read(provenance)
        parent = manifest.read_manifest(self.paper.manifest).unverified_manifest
        self._block = parent.contents.block if parent.contents else 0
        self._taker.origin(provenance)

    def begin(self, member: Member, place: int) -> None:
        """Note *member*, and give it on; raises `BadProvenance` when there are too many."""
        if member.kind != layout.FILE:
            self._note(Held(member=member))
        self._taker.begin(member, place)

    def data(self, offset: int, data: bytes) -> None:
        """Take the digests of the blocks in *data*, where the parent has blocks, and give it on."""
        left = memoryview(data)
        while self._block and left:
            piece = left[: self._block - self._taken]
            self._hasher.update(piece)
            self._taken += len(piece)
            left = left[len(piece) :]
            if self._taken == self._block:
                self._close_block()
        self._taker.data(offset, data)

    def end(self, member: Member, sha256: str) -> None:
        """Note what the file is, and give it on."""
        if self._taken:
            self._close_block()
        self._note(Held(member=member, sha256=sha256, blocks=tuple(self._blocks)))
        self._blocks = []
        self._taker.end(member, sha256)

    def _note(self, one: Held) -> None:
        if self.paper is None:
            return
        if len(self.held) >= MAX_CHOSEN:
            raise BadProvenance(f"an extract has at most {MAX_CHOSEN} members")
        self.held.append(one)

    def _close_block(self) -> None:
        self._blocks.append((self._taken, self._hasher.hexdigest()))
        self._hasher, self._taken = hashlib.sha256(), 0


def write(paper: Provenance) -> bytes:
    """The bytes of *paper*; raises `BadProvenance` when it is too long."""
    if len(paper.pieces) > MAX_CHOSEN:
        raise BadProvenance(f"an extract has at most {MAX_CHOSEN} pieces, this one {len(paper.pieces)}")
    data = canonical.dumps(paper.to_json())
    if len(data) > MAX_PROVENANCE:
        raise BadProvenance(f"the paper on the origin has more than {MAX_PROVENANCE} bytes; choose fewer pieces")
    return data


def read(data: bytes) -> Provenance:
    """The paper in *data*, nothing of it verified; raises `BadProvenance`, `BadPiece` and `BadJSON`."""
    said = canonical.loads_object(data, limit=MAX_PROVENANCE)
    if not said.keys() >= _MEMBERS or said["v"] != 1 or said["v"] is True:
        raise BadProvenance("the paper on the origin is not of version 1, or has not all its members")
    signed, entries, pieces = said["manifest"], said["custody"], said["pieces"]
    if not isinstance(signed, str) or not isinstance(entries, list) or not isinstance(pieces, list):
        raise BadProvenance("the paper on the origin has a text, a list of texts and a list of proofs")
    if not all(isinstance(entry, str) for entry in entries) or not 1 <= len(pieces) <= MAX_CHOSEN:
        raise BadProvenance(f"the paper on the origin has custody entries, and 1 to {MAX_CHOSEN} pieces")
    proofs = tuple(contents.read_proof(piece) for piece in pieces)
    return Provenance(
        manifest=signed.encode(errors="replace"),
        custody=tuple(entry.encode(errors="replace") for entry in entries),
        pieces=proofs,
    )


def verify(seen: Witnessing, made: Manifest, signers: Signers) -> Origin:
    """The origin of the extract *made* (its manifest, verified), whose members were *seen*.

    Raises `BadProvenance`, `PieceNotProved`, `BadPiece`, what reading a manifest or custody raises, and
    `BadSignature`.
    """
    # 1. there is a paper, and the manifest says of what   2. the parent's manifest is the one it names
    # 3. every piece stands in the parent's contents   4. the members are those pieces   5. the parent's custody holds,
    # and says that it was extracted from   6. signatures, where the card is known
    derived, paper = made.derived, seen.paper
    if derived is None or paper is None:
        raise BadProvenance("an extract has a paper on its origin, and its manifest names its parent")
    parent = manifest.read_manifest(paper.manifest).unverified_manifest
    if (digests.sha256(paper.manifest), parent.exhibit) != (derived.manifest, derived.exhibit):
        raise BadProvenance("the paper brings the manifest of another exhibit than the one the extract names")
    if parent.contents is None:
        raise BadProvenance("the parent was not sealed in pieces, so nothing of it can be proved alone")
    for proof in paper.pieces:
        contents.verify_piece(parent.contents, proof)
    _verify_members(parent, paper.pieces, seen.held)
    chain = custody.unverified_custody(paper.custody, manifest=parent)
    if not any(entry.act is Act.EXTRACTED and entry.holder == made.sealed_by for entry in chain.entries):
        raise BadProvenance(f"the custody of the parent does not say that {made.sealed_by} extracted from it")
    return Origin(
        parent=parent,
        pieces=len(paper.pieces),
        entries=len(chain.entries),
        left_out=derived.left_out,
        unchecked=_verify_signatures(paper, parent, signers),
    )


def _verify_members(parent: Manifest, pieces: Sequence[PieceProof], held: Sequence[Held]) -> None:
    if parent.contents and parent.contents.kind == "blocks":
        _verify_blocks(pieces, held)
        return
    if len(pieces) != len(held):
        raise BadProvenance(f"the extract has {len(held)} members, and its paper proves {len(pieces)} pieces")
    for proof, one in zip(pieces, held, strict=True):
        number = proof.piece["n"]
        described = layout.line(replace(one.member, n=number), one.sha256)
        if canonical.dumps(proof.piece) != described:
            raise BadProvenance(f"{layout.shown(one.member.path)} is not what piece {number} of the parent is")


def _verify_blocks(pieces: Sequence[PieceProof], held: Sequence[Held]) -> None:
    if len(held) != 1 or len(held[0].blocks) != len(pieces):
        raise BadProvenance("an extract of a file has one member, and in it the blocks that its paper proves")
    first = pieces[0].piece
    number, offset = first["n"], int(first.get("offset") or 0)
    for proof, (size, sha256) in zip(pieces, held[0].blocks, strict=True):
        if proof.piece != {"n": number, "offset": offset, "size": size, "sha256": sha256}:
            raise BadProvenance(f"what stands in the extract is not block {number} of the parent, or not its next")
        number, offset = number + 1, offset + size


def _verify_signatures(paper: Provenance, parent: Manifest, signers: Signers) -> tuple[str, ...]:
    """The States whose signatures could not be checked, because no card of theirs is known."""
    unchecked: set[str] = set()
    signed = [(manifest.read_manifest(paper.manifest).jws, parent.sealed_by, parent.at)]
    for data in paper.custody:
        read_ = custody.read_entry(data)
        signed.append((read_.jws, read_.unverified_entry.holder, read_.unverified_entry.at))
    for unverified, authority, at in signed:
        try:
            verify_signer(unverified, authority=authority, at=at, signers=signers)
        except (UnknownKey, UnknownAuthority):
            unchecked.add(authority[:3])
    return tuple(sorted(unchecked))
