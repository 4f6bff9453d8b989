"""Witnessing a log (C2SP tlog-witness): what a log sends, what a witness answers, and when a proof counts as witnessed.

Rules in words. A log submits a checkpoint with the size that the witness saw last and the consistency proof from
there. The witness checks, in this order: the log is one it knows, the log's key signed, the old size is not above the
new one, the old size is the one it holds (else it says which it holds), at one size there is one root, and the proof
leads from the one to the other. Only then it cosigns. A checkpoint counts as witnessed when as many different
witnesses cosigned it as the reader's policy asks for; a witness that signed twice counts once.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rogatory.errors import BadInput, NotPermitted, Untrusted
from rogatory.ledger import checkpoint, cosignature, merkle, notes
from rogatory.ledger.checkpoint import Checkpoint

MAX_PROOF = 63
#: The old size, 63 hashes of 44 letters, and a note: a line each.
MAX_SUBMISSION = 32 + MAX_PROOF * 45 + 1 + notes.MAX_NOTE_BYTES
MAX_ANSWER = notes.MAX_NOTE_BYTES
SIZE_TYPE = "text/x.tlog.size"
#: The name of a witness is that of its State's log, with this after it.
NAME_END = "/witness"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n?")


class BadSubmission(BadInput):
    """This is not a checkpoint as a log submits it to a witness."""

    code = "bad-submission"


class OtherSizeHeld(NotPermitted):
    """The witness holds a checkpoint of another size than the one that the proof begins at."""

    code = "other-size-held"
    remedy = "Submit the checkpoint again, with a proof from the size that the witness names."

    def __init__(self, message: str | None = None, *, held: int) -> None:
        super().__init__(message or f"the witness holds a checkpoint of {held} entries")
        self.held = held


class TwoRoots(OtherSizeHeld):
    """The witness holds another root at the same size: the log was forked."""

    code = "two-roots"
    remedy = "A log has one past only. The witness keeps both checkpoints; find out which of them is wrong."


class NotContinued(Untrusted):
    """The proof does not show that the checkpoint continues the one that the witness holds."""

    code = "not-continued"
    remedy = "Submit it with the right proof. If there is none, the log was rewritten."


class NotWitnessed(Untrusted):
    """Fewer witnesses cosigned the checkpoint than the policy asks for."""

    code = "not-witnessed"
    remedy = "Ask for a checkpoint that more witnesses cosigned."


class NoSuchSize(BadInput):
    """The answer of the witness does not say which size it holds."""

    code = "bad-witness-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a log sends: the size it believes the witness to hold, the proof from there, and the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    text: str

    def to_bytes(self) -> bytes:
        """The body of the request, as `read_submission` reads it."""
        lines = [f"old {self.old}", *(base64.b64encode(step).decode() for step in self.proof), ""]
        return ("\n".join(lines) + "\n" + self.text).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigner:
    """A witness that cosigned a checkpoint, by the name of its key, and when it did so last (UTC, whole seconds)."""

    name: str
    at: datetime


def read_submission(data: bytes) -> Submission:
    """The submission in *data*, nothing of it verified; raises `BadSubmission`, `BadNote` or `BadCheckpoint`."""
    if len(data) > MAX_SUBMISSION:
        raise BadSubmission(f"{len(data)} bytes are more than a submission can have ({MAX_SUBMISSION})")
    head, blank, text = data.partition(b"\n\n")
    lines = head.split(b"\n", MAX_PROOF + 1)
    old = _OLD.fullmatch(lines[0].decode("ascii", "replace"))
    if old is None or not blank:
        raise BadSubmission("a submission is `old` and a size, the lines of a proof, an empty line, and a checkpoint")
    if len(lines) > MAX_PROOF + 1:
        raise BadSubmission(f"a consistency proof has at most {MAX_PROOF} lines")
    proof = tuple(_read_hash(line) for line in lines[1:])
    return Submission(old=int(old[1]), proof=proof, text=str(checkpoint.read_checkpoint(text).note))


def judge(submission: Submission, *, keys: Sequence[notes.VerifierKey], held: Checkpoint | None) -> Checkpoint:
    """The checkpoint that a witness who holds *held* may cosign; *keys* are those of the log, at least one.

    Raises `OtherLog`, `NoteNotSigned`, `WrongNoteSignature`, `BadSubmission` (old above new), `OtherSizeHeld`,
    `TwoRoots` or `NotContinued`, in this order.
    """
    new = verify_any(submission.text, keys)
    if submission.old > new.size:
        raise BadSubmission(f"the old size {submission.old} is above that of the checkpoint, {new.size}")
    before = held or Checkpoint(origin=new.origin, size=0, root=merkle.EMPTY_ROOT)
    if submission.old != before.size:
        raise OtherSizeHeld(held=before.size)
    if new.size == before.size and new.root != before.root:
        raise TwoRoots(f"there are two roots of {new.origin} at {new.size} entries", held=before.size)
    try:
        checkpoint.verify_growth(before, new, submission.proof)
    except merkle.NotConsistent as error:
        raise NotContinued(error.message) from error
    return new


def verify_any(text: str | bytes, keys: Sequence[notes.VerifierKey]) -> Checkpoint:
    """The checkpoint in *text*, when one of *keys* (all of one log) signed it; raises as `verify_checkpoint`."""
    head = checkpoint.read_checkpoint(text)
    if all(head.checkpoint.origin != key.name for key in keys):
        raise checkpoint.OtherLog(f"it is the checkpoint of {head.checkpoint.origin[:200]}, which is not known here")
    notes.verify_note(head.note, keys)
    return head.checkpoint


def add_cosignatures(text: str, answer: bytes, keys: Sequence[notes.VerifierKey]) -> str:
    """The checkpoint in *text* with those lines of a witness's *answer* that one of *keys* made.

    Lines of other keys are left out, as are those that stand there already. Raises `BadNote`, `NoteNotSigned` when no
    line is of *keys*, `WrongNoteSignature`.
    """
    note = checkpoint.read_checkpoint(text).note
    if len(answer) > MAX_ANSWER:
        raise notes.BadNote(f"{len(answer)} bytes are more than a witness answers")
    given = notes.read_note(note.text.encode() + b"\n" + answer)
    known = {(key.name, key.key_id) for key in keys}
    ours = tuple(line for line in given.signatures if (line.name, line.key_id) in known)
    told = str(notes.UnverifiedNote(text=note.text, signatures=ours)) if ours else str(note)
    if not ours or not cosigners(told, keys):
        raise notes.NoteNotSigned("the witness answered without a cosignature of its own")
    new = tuple(dict.fromkeys(line for line in ours if line not in note.signatures))
    return str(notes.UnverifiedNote(text=note.text, signatures=(*note.signatures, *new)))


def cosigners(text: str | bytes, keys: Iterable[notes.VerifierKey]) -> tuple[Cosigner, ...]:
    """Who of the witnesses *keys* cosigned the checkpoint in *text*, by name: each once, with its latest time.

    Keys of another type than `COSIGNATURE_V1` are passed over. Raises `WrongNoteSignature` when a line of one of
    *keys* is wrong. The log's own signature is not looked at.
    """
    found: dict[str, datetime] = {}
    for key in keys:
        if key.algorithm != notes.COSIGNATURE_V1:
            continue
        try:
            at = cosignature.verify_cosignature(text, key)
        except notes.NoteNotSigned:
            continue
        found[key.name] = max(at, found.get(key.name, at))
    return tuple(Cosigner(name=name, at=at) for name, at in sorted(found.items()))


def require_witnessed(text: str | bytes, keys: Sequence[notes.VerifierKey], *, needed: int) -> tuple[Cosigner, ...]:
    """Who cosigned the checkpoint in *text*, at least *needed* of the witnesses *keys*; raises `NotWitnessed`."""
    found = cosigners(text, keys)
    if len(found) < needed:
        names = ", ".join(one.name for one in found) or "nobody"
        raise NotWitnessed(f"{len(found)} of the {needed} witnesses that are needed cosigned it: {names}")
    return found


def read_size(answer: bytes) -> int:
    """The size in the body of a witness's 409 answer; raises `NoSuchSize`."""
    found = _SIZE.fullmatch(answer[:32])
    if found is None:
        raise NoSuchSize
    return int(found[1])


def _read_hash(line: bytes) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSubmission("a line of the proof is not base64") from error
    if len(found) != merkle.HASH_BYTES or base64.b64encode(found) != line:
        raise BadSubmission(f"a line of the proof is the base64 of {merkle.HASH_BYTES} bytes")
    return found
