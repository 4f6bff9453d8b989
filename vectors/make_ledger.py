"""Makes the vectors of the ledger (spec/ledger.md); `make_evidence.py` writes them."""

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any

from practice_keys import CLOCK, Made, seed, signing, witness_vkey

from rogatory.kernel import canonical
from rogatory.ledger import checkpoint, cosignature, entries, merkle, notes, proofs
from rogatory.ledger.witness import Submission
from rogatory.sealing.keys import SigningKey

ORIGIN = "fra.example/ledger"
SIZE = 7
LOG = signing("FRA ledger")
WITNESS = signing("VNM witness")


class Stored(dict[tuple[int, int], bytes]):
    """The nodes of the practice log."""

    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        """The hash of one complete subtree."""
        return self[level, index]


def ledger_vectors() -> Made:
    """Every vector of the ledger."""
    for maker in (_entries, _checkpoints, _growth, _cosignatures, _witness_keys, _submissions, _proofs):
        for name, header, data in maker():
            yield f"ledger/{name}", header, data


def opening(number: int) -> entries.Opening:
    """The opening of entry *number* of the practice log."""
    digest = hashlib.sha256(f"message {number}".encode()).hexdigest()
    return entries.open_entry(digest, seed(f"blinding {number}"))


def log(size: int = SIZE) -> tuple[Stored, checkpoint.Checkpoint]:
    """The practice log of *size* entries: its nodes and its head."""
    stored = Stored()
    growth = merkle.append(merkle.EMPTY, [opening(number).leaf_hash for number in range(size)])
    stored.update({(level, index): found for level, index, found in growth.nodes()})
    return stored, checkpoint.Checkpoint(origin=ORIGIN, size=size, root=growth.edge.root)


def log_key(key: SigningKey = LOG, name: str = ORIGIN) -> notes.VerifierKey:
    """The verifier key of the practice log."""
    return notes.VerifierKey(name=name, public=key.public.raw)


def witness_key() -> notes.VerifierKey:
    """The verifier key of the practice witness."""
    return notes.VerifierKey(name="vnm.example/ledger", public=WITNESS.public.raw, algorithm=notes.COSIGNATURE_V1)


def signed(head: checkpoint.Checkpoint) -> str:
    """*head*, signed by the practice log."""
    return checkpoint.sign_checkpoint(head, key=log_key(), sign=LOG.sign)


def _note(text: str, key: SigningKey = LOG) -> str:
    line = notes.sign_note(text, key=log_key(key), sign=key.sign)
    return str(notes.UnverifiedNote(text=text, signatures=(line,)))


def _entries() -> Made:
    right = opening(0)
    for name, expect, comment, other in (
        ("entry", "success", "the entry that blinding and digest make, and its leaf hash", right),
        ("entry-other-blinding", "wrong-opening", "the blinding is that of another entry", opening(1)),
    ):
        value = {
            "blinding": other.blinding.hex(),
            "digest": right.digest.hex(),
            "entry": right.entry.hex(),
            "leaf": right.leaf_hash.hex(),
        }
        yield name, {"expect": expect, "comment": comment, "kind": "entry"}, canonical.dumps(value)


def _checkpoints() -> Made:
    head = log()[1]
    good = signed(head)
    root = b64encode(head.root).decode()
    strange = "— stranger.example AAAAAWFueQ==\n"
    cases = {
        "checkpoint": ("success", "the head of a log of seven entries", good),
        "checkpoint-empty": ("success", "the head of an empty log", signed(log(0)[1])),
        "checkpoint-extension": ("success", "a further line is kept", signed(replace(head, extensions=("more",)))),
        "checkpoint-unknown-signature": ("success", "a signature by a key that is not known here", good + strange),
        "checkpoint-other-root": ("wrong-note-signature", "one letter of the root changed", _other(good, root)),
        "checkpoint-other-key": ("note-not-signed", "signed by another key", _note(head.text, signing("other"))),
        "checkpoint-other-log": ("other-log", "the head of another log", _note(head.text.replace("fra", "ken", 1))),
        "checkpoint-leading-zero": ("bad-checkpoint", "the size is 07", _note(head.text.replace("\n7\n", "\n07\n"))),
        "checkpoint-short-root": ("bad-checkpoint", "a root of 3 bytes", _note(head.text.replace(root, "AAAA"))),
        "checkpoint-empty-line": ("bad-checkpoint", "an empty further line", _note(head.text + "\n")),
        "checkpoint-no-signature": ("bad-note", "the text alone", head.text),
        "checkpoint-hyphen": ("bad-note", "a hyphen instead of the dash", good.replace("—", "-")),
        "checkpoint-not-base64": ("bad-note", "a signature with stray bits", good[:-3] + "B=\n"),
        "checkpoint-tab": ("bad-note", "a control character", good.replace(ORIGIN, "fra\texample", 1)),
    }
    for name, (expect, comment, text) in cases.items():
        yield name, {"expect": expect, "comment": comment, "kind": "checkpoint", "vkey": str(log_key())}, text.encode()


def _other(text: str, root: str) -> str:
    return text.replace(root, ("B" if root[0] == "A" else "A") + root[1:])


def _growth() -> Made:
    stored, new = log()
    old = log(4)[1]
    proof = merkle.consistency_proof(4, SIZE, stored)
    rewritten = replace(old, root=hashlib.sha256(b"another past").digest())
    cases: dict[str, tuple[str, str, checkpoint.Checkpoint, checkpoint.Checkpoint, list[bytes]]] = {
        "growth": ("success", "from four entries to seven", old, new, proof),
        "growth-same": ("success", "nothing was added", new, new, []),
        "growth-shrank": ("log-shrank", "from seven entries to four", new, old, proof),
        "growth-rewritten": ("not-consistent", "another past under the same size", rewritten, new, proof),
        "growth-forked": ("not-consistent", "two roots of one size", old, rewritten, []),
        "growth-no-proof": ("not-consistent", "the proof is empty", old, new, []),
        "growth-long-proof": ("not-consistent", "one hash too many", old, new, [*proof, proof[0]]),
    }
    for name, (expect, comment, before, after, steps) in cases.items():
        value = {"old": signed(before), "new": signed(after), "proof": [step.hex() for step in steps]}
        header = {"expect": expect, "comment": comment, "kind": "growth", "vkey": str(log_key())}
        yield name, header, canonical.dumps(value)


def _cosignatures() -> Made:
    key, sign = witness_key(), WITNESS.sign
    good = cosignature.cosign(signed(log()[1]), key=key, sign=sign, at=CLOCK)
    other = cosignature.cosign(signed(log(4)[1]), key=key, sign=sign, at=CLOCK)
    again = cosignature.cosign(good, key=key, sign=sign, at=CLOCK + timedelta(hours=1))
    moved = signed(log()[1]) + other.splitlines(keepends=True)[-1]
    cases = {
        "cosignature": ("success", "a witness saw the head at the clock's time", good, "2030-06-01T12:00:00.000Z"),
        "cosignature-twice": ("success", "and again an hour later", again, "2030-06-01T13:00:00.000Z"),
        "cosignature-none": ("note-not-signed", "no witness signed", signed(log()[1]), ""),
        "cosignature-moved": ("wrong-note-signature", "the line stood under another head", moved, ""),
    }
    for name, (expect, comment, text, at) in cases.items():
        header = {"expect": expect, "comment": comment, "kind": "cosignature", "vkey": str(key)}
        yield name, header | ({"at": at} if at else {}), text.encode()


def _witness_keys() -> Made:
    value = {"ledger": seed("VNM ledger").hex(), "origin": "vnm.example/ledger"}
    header = {"expect": "success", "comment": "the key to cosign with, from the ledger's seed", "kind": "witness-key"}
    yield "witness-key", header | {"vkey": witness_vkey("VNM")}, canonical.dumps(value)


def _submissions() -> Made:
    """What a log sends to a witness who holds its head of four entries (or of none: `held` is 0)."""
    stored, head = log()
    proof = tuple(merkle.consistency_proof(4, SIZE, stored))
    text = signed(head)
    forked = signed(replace(log(4)[1], root=hashlib.sha256(b"another past").digest()))
    good = Submission(old=4, proof=proof, text=text)
    body = good.to_bytes()
    cases = {
        "submission": ("success", "from four entries to seven", body),
        "submission-first": ("success", "the first that the witness sees", replace(good, old=0, proof=()).to_bytes()),
        "submission-same": (
            "success",
            "nothing was added",
            Submission(old=4, proof=(), text=signed(log(4)[1])).to_bytes(),
        ),
        "submission-other-size": ("other-size-held", "the old size is 5", replace(good, old=5).to_bytes()),
        "submission-two-roots": (
            "two-roots",
            "another root at four entries",
            Submission(old=4, proof=(), text=forked).to_bytes(),
        ),
        "submission-no-proof": ("not-continued", "the proof is empty", replace(good, proof=()).to_bytes()),
        "submission-wrong-proof": (
            "not-continued",
            "another hash",
            replace(good, proof=(seed("wrong"),)).to_bytes(),
        ),
        "submission-old-above-new": ("bad-submission", "the old size is 8", replace(good, old=8).to_bytes()),
        "submission-leading-zero": ("bad-submission", "the old size is 04", body.replace(b"old 4", b"old 04")),
        "submission-short-hash": ("bad-submission", "a hash of 3 bytes", body.replace(b"\n", b"\nAAAA\n", 1)),
        "submission-no-empty-line": ("bad-submission", "the checkpoint is missing", body.partition(b"\n\n")[0] + b"\n"),
        "submission-64-lines": (
            "bad-submission",
            "64 lines of proof",
            replace(good, proof=(proof[0],) * 64).to_bytes(),
        ),
        "submission-other-key": (
            "note-not-signed",
            "another key signed",
            replace(good, text=_note(head.text, signing("other"))).to_bytes(),
        ),
        "submission-other-log": (
            "other-log",
            "the head of another log",
            replace(good, text=_note(head.text.replace("fra", "ken", 1))).to_bytes(),
        ),
    }
    for name, (expect, comment, data) in cases.items():
        held = "0" if name == "submission-first" else "4"
        header = {"expect": expect, "comment": comment, "kind": "submission", "vkey": str(log_key()), "held": held}
        yield name, header | {"root": log(int(held))[1].root.hex()}, data


def _proofs() -> Made:
    stored, head = log()
    good = proofs.make_proof(2, opening=opening(2), signed=signed(head), nodes=stored).to_json()
    steps: list[str] = good["inclusion"]
    cases: dict[str, tuple[str, str, dict[str, Any]]] = {
        "proof": ("success", "entry 2 of a log of seven", {}),
        "proof-unknown-member": ("success", "a member that a reader does not know", {"later": 1}),
        "proof-other-subject": ("proof-of-another", "the opening is of another subject", _opening(3)),
        "proof-other-blinding": ("not-included", "another blinding", {"opening": _mixed()}),
        "proof-other-place": ("not-included", "the index is 3", {"index": 3}),
        "proof-other-hash": ("not-included", "the first hash is the second", {"inclusion": [steps[1], *steps[1:]]}),
        "proof-short": ("not-included", "one hash is missing", {"inclusion": steps[:-1]}),
        "proof-other-size": ("not-included", "the size is not the checkpoint's", {"size": 8}),
        "proof-unsigned": ("note-not-signed", "another key signed", {"checkpoint": _note(head.text, signing("other"))}),
        "proof-too-long": ("bad-proof-form", "65 hashes", {"inclusion": [steps[0]] * 65}),
        "proof-version-2": ("bad-proof-form", "another version", {"v": 2}),
    }
    for name, (expect, comment, changes) in cases.items():
        header = {"expect": expect, "comment": comment, "kind": "proof", "vkey": str(log_key())}
        yield name, header | {"digest": opening(2).digest.hex()}, canonical.dumps(good | changes)


def _opening(number: int) -> dict[str, Any]:
    other = opening(number)
    return {"opening": {"blinding": other.blinding.hex(), "digest": other.digest.hex()}}


def _mixed() -> dict[str, str]:
    return {"blinding": opening(3).blinding.hex(), "digest": opening(2).digest.hex()}
