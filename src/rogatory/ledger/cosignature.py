"""Cosignatures (C2SP tlog-cosignature, cosignature/v1): a witness says when it saw a log's head.

Rules in words. A witness signs, with an Ed25519 key used for nothing else, two lines (`cosignature/v1`, the time in
seconds) and the text of the checkpoint. Its line is added under the checkpoint and travels with it. A witness only
cosigns what continues the largest head it saw of that log (`checkpoint.verify_growth`); that is its whole worth.
"""

from datetime import UTC, datetime

from rogatory.kernel.times import require_utc
from rogatory.ledger import checkpoint, notes

_TIME_BYTES = 8
_LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


def cosign(text: str | bytes, *, key: notes.VerifierKey, sign: notes.Sign, at: datetime) -> str:
    """The checkpoint in *text* with one more line: that the witness *key* saw it at *at* (whole seconds, UTC).

    The caller has verified the log's own signature and the consistency with what the witness saw before.
    Raises `BadVerifierKey` unless *key* is of type `COSIGNATURE_V1`.
    """
    note = checkpoint.read_checkpoint(text).note
    line = cosignature_line(note.text, key=key, sign=sign, at=at)
    return str(notes.UnverifiedNote(text=note.text, signatures=(*note.signatures, line)))


def cosignature_line(signed: str, *, key: notes.VerifierKey, sign: notes.Sign, at: datetime) -> notes.Signature:
    """The line of the witness *key* alone, under *signed*: the lines of a checkpoint that its log signs.

    Raises `BadVerifierKey` unless *key* is of type `COSIGNATURE_V1`.
    """
    _require_witness(key)
    seconds = int(require_utc(at).timestamp())
    value = seconds.to_bytes(_TIME_BYTES) + sign(_signed_bytes(signed, seconds))
    return notes.Signature(name=key.name, key_id=key.key_id, value=value)


def verify_cosignature(text: str | bytes, key: notes.VerifierKey) -> datetime:
    """When the witness *key* cosigned the checkpoint in *text* (the latest time, if it did so twice).

    Raises `NoteNotSigned` when it did not, `WrongNoteSignature` when a line of its own is wrong.
    """
    _require_witness(key)
    note = checkpoint.read_checkpoint(text).note
    times: list[int] = []
    for signature in note.signatures:
        if (signature.name, signature.key_id) != (key.name, key.key_id):
            continue
        seconds = int.from_bytes(signature.value[:_TIME_BYTES])
        notes.verify_bytes(key, signature.value[_TIME_BYTES:], _signed_bytes(note.text, seconds))
        times.append(seconds)
    if not times:
        raise notes.NoteNotSigned(f"the witness {key.name} did not cosign this checkpoint")
    if max(times) > _LAST_SECOND:
        raise notes.WrongNoteSignature(f"the witness {key.name} gives a time after the year 9999")
    return datetime.fromtimestamp(max(times), tz=UTC)


def _signed_bytes(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _require_witness(key: notes.VerifierKey) -> None:
    if key.algorithm != notes.COSIGNATURE_V1:
        raise notes.BadVerifierKey("a witness's key has the signature type 0x04")
