"""Proofs: what shows, years later and without the node, that its log holds an entry for one subject.

Rules in words. A proof carries the place of the entry, the hashes up to the root, the signed checkpoint that states
this root, and the opening that ties the blinded entry to the subject's SHA-256. It verifies with the log's key and
nothing else; cosignatures in the checkpoint stay in it.
"""

import re
from dataclasses import dataclass
from typing import Any

from rogatory.errors import BadInput, Untrusted
from rogatory.kernel.canonical import JSONObject
from rogatory.ledger import checkpoint, entries, merkle, notes

MAX_STEPS = 64
_HEX32 = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"v", "index", "size", "inclusion", "checkpoint", "opening"}


class BadProofForm(BadInput):
    """The JSON is not a ledger proof."""

    code = "bad-proof-form"


class ProofOfAnother(Untrusted):
    """The proof is about another subject."""

    code = "proof-of-another"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Entry *index* of the tree of *size* entries: its opening, its inclusion hashes, the signed checkpoint's text."""

    index: int
    size: int
    inclusion: tuple[bytes, ...]
    checkpoint: str
    opening: entries.Opening

    def to_json(self) -> JSONObject:
        """The proof as a JSON object, hashes in hexadecimal."""
        return {
            "v": 1,
            "index": self.index,
            "size": self.size,
            "inclusion": [step.hex() for step in self.inclusion],
            "checkpoint": self.checkpoint,
            "opening": {"blinding": self.opening.blinding.hex(), "digest": self.opening.digest.hex()},
        }


def make_proof(index: int, *, opening: entries.Opening, signed: str, nodes: merkle.Nodes) -> Proof:
    """The proof that entry *index* stands in the tree of the checkpoint *signed*; raises `OutsideTree`."""
    size = checkpoint.read_checkpoint(signed).checkpoint.size
    steps = tuple(merkle.inclusion_proof(index, size, nodes))
    return Proof(index=index, size=size, inclusion=steps, checkpoint=signed, opening=opening)


def read_proof(value: Any) -> Proof:
    """The proof that the JSON object *value* writes, not yet verified; raises `BadProofForm`."""
    if not isinstance(value, dict) or value.get("v") != 1 or not value.keys() >= _FIELDS:
        raise BadProofForm("a ledger proof is a JSON object of version 1 with " + ", ".join(sorted(_FIELDS)))
    opening, steps = value["opening"], value["inclusion"]
    if not isinstance(opening, dict) or not isinstance(steps, list) or len(steps) > MAX_STEPS:
        raise BadProofForm(f"the opening is an object, the inclusion proof a list of at most {MAX_STEPS} hashes")
    if not isinstance(value["checkpoint"], str):
        raise BadProofForm("the checkpoint is a text")
    return Proof(
        index=_number(value["index"]),
        size=_number(value["size"]),
        inclusion=tuple(map(_hash, steps)),
        checkpoint=value["checkpoint"],
        opening=entries.Opening(blinding=_hash(opening.get("blinding")), digest=_hash(opening.get("digest"))),
    )


def verify_proof(proof: Proof, digest: str, key: notes.VerifierKey) -> checkpoint.Checkpoint:
    """The checkpoint under which the log of *key* holds the subject with the SHA-256 *digest* (hexadecimal).

    Raises `ProofOfAnother`, what `verify_checkpoint` raises, or `NotIncluded`.
    """
    # 1. the opening names this subject   2. the log signed the checkpoint
    # 3. the proof is for the tree of that size   4. the hashes lead from the entry to the signed root
    _require_about(proof, digest)
    head = checkpoint.verify_checkpoint(proof.checkpoint, key)
    verify_under(proof, digest, head)
    return head


def verify_under(proof: Proof, digest: str, head: checkpoint.Checkpoint) -> None:
    """Raise `ProofOfAnother` or `NotIncluded` unless *proof* shows *digest* under *head*, verified before.

    The caller has seen that the checkpoint in the proof is the one that was verified.
    """
    _require_about(proof, digest)
    if head.size != proof.size:
        raise merkle.NotIncluded(f"the proof is for {proof.size} entries, the checkpoint for {head.size}")
    merkle.verify_inclusion(proof.opening.leaf_hash, proof.index, head.size, proof.inclusion, head.root)


def _require_about(proof: Proof, digest: str) -> None:
    if proof.opening.digest.hex() != digest:
        raise ProofOfAnother(f"the proof is about {proof.opening.digest.hex()}, not about {digest}")


def _hash(text: object) -> bytes:
    if not isinstance(text, str) or not _HEX32.fullmatch(text):
        raise BadProofForm(f"{str(text)[:80]!r} is not 64 lower-case hexadecimal digits")
    return bytes.fromhex(text)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= merkle.MAX_SIZE:
        raise BadProofForm(f"{str(value)[:40]!r} is not a count of entries")
    return value
