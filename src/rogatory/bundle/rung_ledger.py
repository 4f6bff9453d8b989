"""Step 7 of the ladder: messages and custody entries under one signed checkpoint; who cosigned and stamped it."""

import re
from collections.abc import Iterator

from rogatory.bundle import index as names
from rogatory.bundle.climb import Climb, Misplaced
from rogatory.bundle.report import Note, Outcome
from rogatory.evidence import custody
from rogatory.kernel import canonical
from rogatory.kernel.digests import sha256
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, cosignature, notes, proofs
from rogatory.ledger.notes import NoteNotSigned

MAX_PROOF = 128 * 1024
_CUSTODY = re.compile(r"exhibits/[^/]+/custody/")


def logged(climb: Climb) -> Iterator[Note]:
    """Step 7."""
    held, index = climb.need_messages(), climb.need_index()
    key = climb.ledger_key(index.exported_by[:3])
    text = climb.read(names.CHECKPOINT, limit=notes.MAX_NOTE_BYTES)
    head = checkpoint.verify_checkpoint(text, key)
    for digest in held:
        _prove(climb, digest, text, head)
    entries = _custody_entries(climb)
    proved = 0
    for name in climb.members_under("proofs"):
        digest = name.removeprefix("proofs/").removesuffix(".json")
        if digest in entries:
            _prove(climb, digest, text, head)
            proved += 1
        elif digest not in held:
            raise Misplaced("the proof is about no message and no custody entry of this case")
    climb.member = ""
    yield Note(key="logged", values={"count": len(held), "origin": head.origin, "size": head.size})
    if entries:
        yield Note(key="custody-logged", values={"count": proved, "all": len(entries)})
    yield from _witnesses(climb, text)
    if climb.has(names.TIME_STAMP):
        yield _stamped(climb, text, key)


def _stamped(climb: Climb, text: bytes, key: notes.VerifierKey) -> Note:
    """Since when, by the clock of an authority that the reader trusts, the log had signed the checkpoint *text*."""
    if not climb.roots:
        return Note(key="stamp-unchecked", outcome=Outcome.NOT_CHECKED)
    # Reading certificates takes long to load, and few bundles are checked with any.
    from rogatory.ledger import timestamp

    token = climb.read(names.TIME_STAMP, limit=timestamp.MAX_TOKEN_BYTES)
    found = timestamp.verify_token(token, timestamp.stamped_bytes(text, key), climb.roots)
    climb.member = ""
    return Note(key="stamped", values={"authority": found.authority, "at": stamp(found.at)})


def _prove(climb: Climb, digest: str, text: bytes, head: checkpoint.Checkpoint) -> None:
    """Raise unless the bundle has a proof of *digest* under the checkpoint *text*, which was verified to be *head*."""
    data = climb.read(names.proof_name(digest), limit=MAX_PROOF)
    proof = proofs.read_proof(canonical.loads_canonical(data))
    if proof.checkpoint.encode() != text:
        raise Misplaced(f"the proof is under another checkpoint than {names.CHECKPOINT}")
    proofs.verify_under(proof, digest, head)


def _custody_entries(climb: Climb) -> set[str]:
    """The SHA-256 of every custody entry here, by its bytes: whether step 6 held or not."""
    found = [name for name in climb.members_under("exhibits") if _CUSTODY.match(name)]
    return {sha256(climb.read(name, limit=custody.MAX_ENTRY_BYTES)) for name in found}


def _witnesses(climb: Climb, text: bytes) -> Iterator[Note]:
    """Who cosigned, of the States whose cards are here; the exporter's own State is no witness of itself."""
    climb.member = names.CHECKPOINT
    exporter, count = climb.need_index().exported_by[:3], 0
    for state, card in sorted(climb.need_ring().cards.items()):
        if state == exporter or card.ledger.witness is None:
            continue
        witness = notes.parse_vkey(card.ledger.witness)
        try:
            at = cosignature.verify_cosignature(text, witness)
        except NoteNotSigned:
            continue
        count += 1
        yield Note(key="cosigned", values={"state": state, "name": witness.name, "at": stamp(at)})
    climb.member = ""
    if not count:
        yield Note(key="not-witnessed", outcome=Outcome.NOT_CHECKED)
