"""The salted tree over the pieces of an exhibit: a piece can be proved, and nothing is told of the others.

Rules in words (spec/contents.md). The plaintext is divided into pieces: the members of an archive, or blocks of one
size. Each piece is described by a small JSON object that holds its number `n`, from zero. A salt is derived for every
piece from the payload key of the sealed file, so whoever can open the exhibit knows all salts and nobody else knows
any. The leaf of a piece hides the description behind its salt; the tree over the leaves is that of RFC 9162, and the
manifest signs its root. To prove a piece is to show its description, its salt and the hashes that lead to the root:
the neighbours' hashes are hashes of salted leaves, and a guess at a neighbour cannot be tried.

The tree is made while the pieces pass. Memory grows with the pieces that are to be proved, not with those that pass.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from rogatory.errors import BadInput, Untrusted
from rogatory.evidence.manifest import MAX_PIECES, Contents
from rogatory.kernel import canonical
from rogatory.kernel.canonical import JSONObject
from rogatory.ledger import merkle
from rogatory.sealing import hkdf

SALT_BYTES = 32
MAX_PIECE_BYTES = 200_000
_INFO = b"rogatory-contents/v1"
_CONTEXT = b"rogatory-piece/v1\n"


class BadPiece(BadInput):
    """The description of a piece is not well formed, or stands out of its order."""

    code = "bad-piece"


class PieceNotProved(Untrusted):
    """The piece is not one of those that the manifest's contents describe."""

    code = "piece-not-proved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceProof:
    """That *piece* stands in the contents of an exhibit: its *salt* (32 bytes) and the *path* of hashes to the root."""

    piece: JSONObject
    salt: bytes = field(repr=False)
    path: tuple[bytes, ...] = field(repr=False)

    def to_json(self) -> JSONObject:
        """The proof as spec/contents.md writes it, hashes in hexadecimal."""
        return {"piece": self.piece, "salt": self.salt.hex(), "path": [step.hex() for step in self.path]}


class ContentTree:
    """The tree as it grows: `add` every piece in its order, then `finish`; `proofs` of those that were asked for."""

    def __init__(self, payload_key: bytes) -> None:
        """*payload_key* is that of the sealed file (32 bytes)."""
        self._salt_key = salt_key(payload_key)
        #: The complete subtrees of the right edge, largest first: hash, and whose proofs lead through it.
        self._edge: list[tuple[bytes, list[_Wanted]]] = []
        self._wanted: list[_Wanted] = []
        self.count = 0

    def add(self, piece: JSONObject, *, prove: bool = False) -> None:
        """Take the next *piece*, whose `n` is the number of pieces before it; raises `BadPiece`.

        With *prove*, `proofs` will hold its proof.
        """
        if piece.get("n") != self.count:
            raise BadPiece(f"piece {self.count} comes next, not {str(piece.get('n'))[:40]}")
        self.add_line(canonical.dumps(piece), prove=prove)

    def add_line(self, line: bytes, *, prove: bool = False) -> None:
        """As `add`, for a piece that is canonical JSON already and is known to have the right number."""
        if self.count >= MAX_PIECES or len(line) > MAX_PIECE_BYTES:
            raise BadPiece(f"an exhibit has at most {MAX_PIECES} pieces, each of at most {MAX_PIECE_BYTES} bytes")
        count, edge, wanted = self.count, self._edge, []
        salt = hmac.digest(self._salt_key, count.to_bytes(8), "sha256")
        current = _leaf_hash(salt, line)
        if prove:
            wanted = [_Wanted(line=line, salt=salt)]
            self._wanted += wanted
        self.count = count + 1
        # A tree of this size ends in as many subtrees to be joined as its number has ones at its end.
        while count & 1:
            left, lefts = edge.pop()
            wanted = _led_on(lefts, current, wanted, left)
            current = merkle.hash_pair(left, current)
            count >>= 1
        edge.append((current, wanted))

    def finish(self, kind: str, block: int = 0) -> Contents:
        """What the manifest states of the pieces, of *kind* `files` or `blocks` (of *block* bytes).

        Call it once, at the end; raises `BadManifest` when there was no piece.
        """
        root, wanted = self._edge.pop() if self._edge else (merkle.EMPTY_ROOT, [])
        while self._edge:
            left, lefts = self._edge.pop()
            wanted = _led_on(lefts, root, wanted, left)
            root = merkle.hash_pair(left, root)
        return Contents(kind=kind, count=self.count, root=root.hex(), block=block)

    def proofs(self) -> tuple[PieceProof, ...]:
        """The proofs of the pieces that were added with *prove*, in their order; ask for them after `finish`."""
        return tuple(
            PieceProof(
                piece=canonical.loads_object(one.line, limit=MAX_PIECE_BYTES), salt=one.salt, path=tuple(one.path)
            )
            for one in self._wanted
        )


def salt_key(payload_key: bytes) -> bytes:
    """The key from which the salts of an exhibit are derived; 32 bytes."""
    return hkdf.derive(payload_key, salt=b"", info=_INFO)


def piece_salt(key: bytes, number: int) -> bytes:
    """The salt of piece *number*, from the *key* that `salt_key` gives; 32 bytes."""
    return hmac.digest(key, number.to_bytes(8), "sha256")


def verify_piece(contents: Contents, proof: PieceProof) -> None:
    """Raise `PieceNotProved` unless *proof* leads to the root of *contents*; `BadPiece` when it has no number."""
    number = proof.piece.get("n")
    if not isinstance(number, int) or isinstance(number, bool):
        raise BadPiece("a piece has a number, n")
    if len(proof.salt) != SALT_BYTES:
        raise PieceNotProved(f"a salt has {SALT_BYTES} bytes, that of piece {number} has {len(proof.salt)}")
    leaf = _leaf_hash(proof.salt, canonical.dumps(proof.piece))
    try:
        merkle.verify_inclusion(leaf, number, contents.count, proof.path, bytes.fromhex(contents.root))
    except merkle.NotIncluded as error:
        raise PieceNotProved(f"piece {number} is not one that the manifest describes: {error.message}") from error


def read_proof(value: Any) -> PieceProof:
    """The proof in *value*, JSON that has been read; raises `BadPiece`."""
    try:
        piece, salt, path = value["piece"], bytes.fromhex(value["salt"]), [bytes.fromhex(one) for one in value["path"]]
    except (KeyError, TypeError, ValueError) as error:
        raise BadPiece("the proof of a piece has the members piece, salt and path, in hexadecimal") from error
    if not isinstance(piece, dict) or not isinstance(value["path"], list):
        raise BadPiece("the proof of a piece has an object as its piece, and a list as its path")
    return PieceProof(piece=piece, salt=salt, path=tuple(path))


def verify_contents(found: Contents, stated: Contents | None) -> None:
    """Raise `PieceNotProved` unless the contents that were *found* are those that the manifest *stated*."""
    if found != stated:
        raise PieceNotProved("the pieces found in the exhibit are not those that its manifest describes")


@dataclass(slots=True, kw_only=True, eq=False)
class _Wanted:
    line: bytes
    salt: bytes
    path: list[bytes] = field(default_factory=list)


def _leaf_hash(salt: bytes, line: bytes) -> bytes:
    return merkle.hash_leaf(hashlib.sha256(_CONTEXT + salt + line).digest())


def _led_on(lefts: list[_Wanted], right: bytes, rights: list[_Wanted], left: bytes) -> list[_Wanted]:
    """Those whose proofs lead through a pair: each goes on with the hash of the other side."""
    if not lefts and not rights:
        return lefts
    for one in lefts:
        one.path.append(right)
    for one in rights:
        one.path.append(left)
    return lefts + rights
