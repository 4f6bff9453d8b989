"""Checkpoints (C2SP tlog-checkpoint v1): the signed head of a log.

Rules in words. A checkpoint is a signed note whose text has three lines or more: the origin that names the log, its
size in decimal, its root in base64; further lines are kept as they are. The log's key bears the name of its origin.
Two checkpoints of one log belong together only when a consistency proof leads from the smaller to the larger; a
smaller size after a larger one, or two roots at one size, is a log that rewrote its past.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rogatory.errors import BadInput, Untrusted
from rogatory.ledger import merkle, notes

_CONTROL = re.compile(r"[\x00-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadCheckpoint(BadInput):
    """The text is not a checkpoint: origin, size and root, a line each."""

    code = "bad-checkpoint"


class OtherLog(Untrusted):
    """The checkpoint is that of another log."""

    code = "other-log"


class LogShrank(Untrusted):
    """The log is shorter than a checkpoint it signed before."""

    code = "log-shrank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head of a log: its origin, how many entries it has, its 32-byte root, and extension lines if any."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(lines) or any(_CONTROL.search(line) for line in lines):
            raise BadCheckpoint("the lines of a checkpoint are not empty and have no control characters")
        if not 0 <= self.size <= merkle.MAX_SIZE:
            raise BadCheckpoint(f"no log has {self.size} entries")
        if len(self.root) != merkle.HASH_BYTES:
            raise BadCheckpoint(f"a root has {merkle.HASH_BYTES} bytes, this one {len(self.root)}")
        if self.size == 0 and self.root != merkle.EMPTY_ROOT:
            raise BadCheckpoint("the root of an empty log is the SHA-256 of nothing")

    @property
    def text(self) -> str:
        """The lines that are signed, the last one ended by a newline too."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedCheckpoint:
    """A checkpoint as it was read, with every signature line; not to be believed before `verify_checkpoint`."""

    checkpoint: Checkpoint
    note: notes.UnverifiedNote


def sign_checkpoint(checkpoint: Checkpoint, *, key: notes.VerifierKey, sign: notes.Sign) -> str:
    """The text of *checkpoint* signed by the log's *key*; *sign* makes an Ed25519 signature of 64 bytes.

    Raises `OtherLog` when the key does not bear the name of the log.
    """
    if key.name != checkpoint.origin:
        raise OtherLog(f"the key of {key.name} does not sign for the log {checkpoint.origin}")
    signature = notes.sign_note(checkpoint.text, key=key, sign=sign)
    return str(notes.UnverifiedNote(text=checkpoint.text, signatures=(signature,)))


def read_checkpoint(data: str | bytes) -> UnverifiedCheckpoint:
    """The checkpoint in *data*, its signatures not yet verified; raises `BadNote` or `BadCheckpoint`."""
    note = notes.read_note(data)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3:
        raise BadCheckpoint(f"a checkpoint has three lines or more, this one {len(lines)}")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size):
        raise BadCheckpoint(f"{size[:40]!r} is not a size in decimal without leading zeros")
    checkpoint = Checkpoint(origin=origin, size=int(size), root=_read_root(root), extensions=tuple(extensions))
    return UnverifiedCheckpoint(checkpoint=checkpoint, note=note)


def verify_checkpoint(data: str | bytes, key: notes.VerifierKey) -> Checkpoint:
    """The checkpoint in *data* when the log that *key* names signed it.

    Raises `BadNote` or `BadCheckpoint` for its form, `OtherLog`, `NoteNotSigned` or `WrongNoteSignature`.
    """
    # 1. form and limits   2. the origin is the log we ask about   3. that log's key signed it, and rightly
    unverified = read_checkpoint(data)
    if unverified.checkpoint.origin != key.name:
        raise OtherLog(f"it is the checkpoint of {unverified.checkpoint.origin}, not of {key.name}")
    notes.verify_note(unverified.note, [key])
    return unverified.checkpoint


def verify_growth(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Raise unless *proof* shows the log at *new* to continue the log at *old* (both verified before).

    Raises `OtherLog`, `LogShrank`, or `NotConsistent` for a log that was forked or rewritten.
    """
    if old.origin != new.origin:
        raise OtherLog(f"{new.origin} does not continue {old.origin}")
    if new.size < old.size:
        raise LogShrank(f"{new.origin} had {old.size} entries and now shows {new.size}")
    merkle.verify_consistency(old.size, new.size, old.root, new.root, proof)


def _read_root(text: str) -> bytes:
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint(f"{text[:80]!r} is not a root in base64") from error
    if base64.b64encode(root).decode() != text:
        raise BadCheckpoint(f"{text[:80]!r} is not the canonical base64 of a root")
    return root
