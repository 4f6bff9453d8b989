"""What a node logs: blinded digests, so that the log says nothing about a case.

Rules in words. The subject (a signed message, a manifest, a custody entry) is digested with SHA-256. The entry that
enters the public tree is SHA-256(`rogatory-entry/v1\n` || blinding || digest), 32 bytes; the blinding is 32 random
bytes, drawn anew for each entry, so nobody who guesses a subject can test the guess against the log. Whoever holds
the opening (blinding and digest) can show that the entry stands for that subject, and for no other.
"""

import hashlib
from dataclasses import dataclass

from rogatory.errors import BadInput, Untrusted
from rogatory.ledger import merkle

ENTRY_BYTES = 32
BLINDING_BYTES = 32
_DIGEST_BYTES = 32
_PREFIX = b"rogatory-entry/v1\n"


class BadEntry(BadInput):
    """A ledger entry, a blinding and a digest have 32 bytes each."""

    code = "bad-ledger-entry"


class WrongOpening(Untrusted):
    """The opening is not that of this ledger entry."""

    code = "wrong-opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What proves for which subject an entry stands: 32 bytes of blinding, and the subject's 32-byte SHA-256."""

    blinding: bytes
    digest: bytes

    def __post_init__(self) -> None:
        if len(self.blinding) != BLINDING_BYTES or len(self.digest) != _DIGEST_BYTES:
            raise BadEntry(f"an opening has 32 and 32 bytes, not {len(self.blinding)} and {len(self.digest)}")

    @property
    def entry(self) -> bytes:
        """The 32 bytes that the log holds."""
        return hashlib.sha256(_PREFIX + self.blinding + self.digest).digest()

    @property
    def leaf_hash(self) -> bytes:
        """The 32-byte hash of the entry as a leaf of the tree."""
        return merkle.hash_leaf(self.entry)


def open_entry(digest: str, blinding: bytes) -> Opening:
    """The opening of the subject whose SHA-256 is *digest* (hexadecimal), with *blinding* (32 random bytes)."""
    try:
        raw = bytes.fromhex(digest)
    except ValueError as error:
        raise BadEntry(f"{digest[:80]!r} is not a SHA-256 in hexadecimal") from error
    return Opening(blinding=blinding, digest=raw)


def verify_opening(entry: bytes, opening: Opening) -> None:
    """Raise `WrongOpening` unless *entry* (32 bytes) is what *opening* opens."""
    if entry != opening.entry:
        raise WrongOpening
