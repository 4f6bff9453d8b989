"""Signed notes (C2SP signed-note v1): a text, and the lines of those who signed it.

Rules in words. The text ends in a newline; a blank line parts it from the signature lines; each of those is an em
dash, a key name and base64 of four bytes of key id and the signature. A reader ignores signatures of keys it does
not know, keeps them when it passes the note on, refuses the whole note when a key it knows signed wrongly, and
refuses it when no key it knows signed. A verifier key (*vkey*) is written `name+keyid+base64(algorithm || key)`.

The private half never comes here: whoever signs passes a function from bytes to a signature.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from rogatory.errors import BadInput, Untrusted

#: Signature types of C2SP signed-note.
ED25519 = 0x01
COSIGNATURE_V1 = 0x04

MAX_NOTE_BYTES = 64 * 1024
MAX_SIGNATURES = 64
_DASH = "\N{EM DASH} "
_KEY_BYTES = 32
_SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE_V1: 72}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_VKEY = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")

Sign = Callable[[bytes], bytes]


class BadNote(BadInput):
    """The text is not a signed note."""

    code = "bad-note"


class BadVerifierKey(BadInput):
    """The text is not a verifier key such as `example.org/log+1f2e3d4c+AQ...`."""

    code = "bad-verifier-key"


class NoteNotSigned(Untrusted):
    """No key that is known here signed the note."""

    code = "note-not-signed"


class WrongNoteSignature(Untrusted):
    """A known key's signature on the note is wrong."""

    code = "wrong-note-signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A name, a signature type (`ED25519` or `COSIGNATURE_V1`) and 32 bytes of Ed25519 public key."""

    name: str
    public: bytes
    algorithm: int = ED25519

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(map(_is_foreign_to_a_name, self.name)):
            raise BadVerifierKey(f"a key name is not empty and has neither spaces nor a plus sign: {self.name[:80]!r}")
        if self.algorithm not in _SIGNATURE_BYTES:
            raise BadVerifierKey(f"signature type {self.algorithm:#04x} is not known here, only 0x01 and 0x04")
        if len(self.public) != _KEY_BYTES:
            raise BadVerifierKey(f"an Ed25519 public key has {_KEY_BYTES} bytes, this one {len(self.public)}")

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || newline || type || public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"


def _is_foreign_to_a_name(sign: str) -> bool:
    surrogate = "\ud800" <= sign <= "\udfff"  # no UTF-8 is made of it
    return sign.isspace() or ord(sign) < 0x20 or surrogate


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line: who says to have signed, the four bytes of key id, the bytes that follow."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedNote:
    """A note as it was read: nothing in it may be believed before a signature was verified."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


def parse_vkey(text: str) -> VerifierKey:
    """The key that *text* writes as `name+keyid+base64`; raises `BadVerifierKey`."""
    match = _VKEY.fullmatch(text)
    if not match:
        raise BadVerifierKey
    material = _base64(match[3], BadVerifierKey)
    if not material:
        raise BadVerifierKey
    key = VerifierKey(name=match[1], algorithm=material[0], public=material[1:])
    if key.key_id.hex() != match[2]:
        raise BadVerifierKey(f"the key id {match[2]} is not that of the key beside it ({key.key_id.hex()})")
    return key


def read_note(data: str | bytes, *, limit: int = MAX_NOTE_BYTES) -> UnverifiedNote:
    """The note in *data* (UTF-8); raises `BadNote` for a wrong form, a control character or too much of anything."""
    text = _decode(data, limit)
    body, blank, lines = text.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or not body:
        raise BadNote("a signed note is a text, a blank line and signature lines, each ended by a newline")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise BadNote(f"{len(rows)} signatures are more than the limit of {MAX_SIGNATURES}")
    return UnverifiedNote(text=body + "\n", signatures=tuple(map(_read_signature, rows)))


def sign_note(text: str, *, key: VerifierKey, sign: Sign) -> Signature:
    """The Ed25519 line of *key* under *text* (which ends in a newline); *sign* makes the 64 bytes."""
    return Signature(name=key.name, key_id=key.key_id, value=sign(text.encode()))


def verify_note(note: UnverifiedNote, keys: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Those of *keys* (of type `ED25519`) that signed *note*, at least one.

    Raises `WrongNoteSignature` when a known key signed wrongly, `NoteNotSigned` when none signed.
    """
    known = {(key.name, key.key_id): key for key in keys if key.algorithm == ED25519}
    signers: dict[VerifierKey, None] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        verify_bytes(key, signature.value, note.text.encode())
        signers[key] = None
    if not signers:
        raise NoteNotSigned(f"none of the {len(keys)} keys known here signed it; signed by: {_names(note)}")
    return tuple(signers)


def verify_bytes(key: VerifierKey, signature: bytes, signed: bytes) -> None:
    """Raise `WrongNoteSignature` unless *signature* (64 bytes of Ed25519) is that of *key* on *signed*."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, signed)
    except (InvalidSignature, ValueError) as error:
        raise WrongNoteSignature(f"the signature of {key.name} does not fit the text") from error


def _names(note: UnverifiedNote) -> str:
    return ", ".join(signature.name[:80] for signature in note.signatures) or "nobody"


def _read_signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise BadNote("a signature line begins with an em dash and a space")
    name, blank, encoded = line[len(_DASH) :].partition(" ")
    if not blank or not name or "+" in name or any(sign.isspace() for sign in name):
        raise BadNote("a signature line is an em dash, a key name without spaces or plus signs, and base64")
    value = _base64(encoded, BadNote)
    if len(value) < 5:
        raise BadNote("a signature has four bytes of key id and at least one more")
    return Signature(name=name, key_id=value[:4], value=value[4:])


def _decode(data: str | bytes, limit: int) -> str:
    if len(data) > limit:
        raise BadNote(f"{len(data)} bytes of note are more than the limit of {limit}")
    try:
        text = (data if isinstance(data, bytes) else data.encode()).decode()
    except UnicodeError as error:
        raise BadNote(f"the note is not UTF-8: {error}") from error
    if _CONTROL.search(text):
        raise BadNote("a note has no control characters but newlines")
    return text


def _base64(text: str, error: type[BadInput]) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as cause:
        raise error(f"{text[:80]!r} is not base64") from cause
    if base64.b64encode(value).decode() != text:
        raise error(f"{text[:80]!r} is not the canonical base64 of its bytes")
    return value
