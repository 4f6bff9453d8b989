"""Who may open an age file: recipients (public) wrap its key, identities (secret) unwrap it.

Three types of C2SP age.md: the hybrid of ML-KEM-768 and X25519, which stays closed to a quantum computer, plain
X25519, and a passphrase (scrypt). One file never mixes them: the weakest would decide for all.

The hybrid encapsulation draws its randomness inside the cryptographic library, whose HPKE takes none from outside.
It is the one place in the core where a random number does not come from the caller.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NoReturn, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from rogatory.errors import BadInput
from rogatory.sealing import bech32, hkdf
from rogatory.sealing.age_header import FILE_KEY_SIZE, HeaderFailure, Stanza
from rogatory.sealing.encoding import BadBase64, from_base64, to_base64
from rogatory.sealing.keys import Random

HYBRID = "mlkem768x25519"
X25519 = "X25519"
SCRYPT = "scrypt"
NATIVE_KINDS = frozenset({HYBRID, X25519, SCRYPT, "p256tag", "mlkem768p256tag"})
"""All types that age itself defines; other stanzas (such as grease) mean nothing here and are passed over."""

DEFAULT_WORK = 18
MAX_WORK = 20  # 2**20 asks for one GiB of memory; more would let a file exhaust the machine that opens it

_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_X25519_INFO = b"age-encryption.org/v1/X25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_MLKEM_PUBLIC_SIZE = 1184
_ENCAPSULATED_SIZE = 1120
_SHARE_SIZE = 32
_SALT_SIZE = 16
_BODY_SIZE = FILE_KEY_SIZE + 16
_ZERO_NONCE = bytes(12)
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class BadRecipient(BadInput):
    """This is not an age recipient (age1… or age1pq1…) that can be used here."""

    code = "bad-recipient"


class BadIdentity(BadInput):
    """This is not an age identity (AGE-SECRET-KEY-1… or AGE-SECRET-KEY-PQ-1…)."""

    code = "bad-identity"


class MixedRecipients(BadInput):
    """One file cannot be sealed to receivers of different types: the weakest would decide for all."""

    code = "mixed-recipients"


class Recipient(Protocol):
    """One who can be given the key of a file."""

    @property
    def kind(self) -> str:
        """`mlkem768x25519`, `X25519` or `scrypt`."""

    def wrap(self, file_key: bytes, random: Random) -> Stanza:
        """The stanza that carries *file_key* (16 bytes) to this receiver."""


class Identity(Protocol):
    """The secret that takes the key of a file out of a stanza."""

    @property
    def kind(self) -> str:
        """`mlkem768x25519`, `X25519` or `scrypt`."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key, or None when *stanza*, of this identity's own kind, is for somebody else.

        Raises `HeaderFailure` when the stanza is malformed.
        """


class _Secret:
    """A value that is neither printed nor pickled."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(secret)"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} is not pickled")


class X25519Recipient:
    """A receiver whose key is plain X25519."""

    kind = X25519

    def __init__(self, raw: bytes) -> None:
        if len(raw) != _SHARE_SIZE:
            raise BadRecipient
        self.raw = raw
        self._key = X25519PublicKey.from_public_bytes(raw)
        _refuse_low_order(self._key)

    def wrap(self, file_key: bytes, random: Random) -> Stanza:
        """As `Recipient.wrap`; draws 32 bytes from *random*."""
        ephemeral = X25519PrivateKey.from_private_bytes(random(32))
        share = ephemeral.public_key().public_bytes_raw()
        key = hkdf.derive(ephemeral.exchange(self._key), salt=share + self.raw, info=_X25519_INFO)
        body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
        return Stanza(arguments=(X25519, to_base64(share).decode()), body=body)

    def __str__(self) -> str:
        return bech32.encode("age", self.raw)


class X25519Identity(_Secret):
    """The secret half of a plain X25519 key, made from 32 random bytes."""

    __slots__ = ("_key", "_seed", "recipient")
    kind = X25519

    def __init__(self, seed: bytes) -> None:
        if len(seed) != 32:
            raise BadIdentity
        self._seed = seed
        self._key = X25519PrivateKey.from_private_bytes(seed)
        self.recipient = X25519Recipient(self._key.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """As `Identity.unwrap`."""
        share = _argument(stanza, _SHARE_SIZE)
        try:
            secret = self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise HeaderFailure("a stanza of the age header carries a point of low order") from error
        key = hkdf.derive(secret, salt=share + self.recipient.raw, info=_X25519_INFO)
        return _open_body(key, stanza.body)

    def reveal(self) -> str:
        """The secret itself, as `AGE-SECRET-KEY-1…`."""
        return bech32.encode("age-secret-key-", self._seed).upper()


class HybridRecipient:
    """A receiver whose key is the hybrid of ML-KEM-768 and X25519."""

    kind = HYBRID

    def __init__(self, raw: bytes) -> None:
        if len(raw) != _MLKEM_PUBLIC_SIZE + _SHARE_SIZE:
            raise BadRecipient
        self.raw = raw
        try:
            lattice = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC_SIZE])
        except ValueError as error:
            raise BadRecipient("the recipient does not hold an ML-KEM-768 key") from error
        curve = X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC_SIZE:])
        _refuse_low_order(curve)
        self._key = MLKEM768X25519PublicKey(lattice, curve)

    def wrap(self, file_key: bytes, random: Random) -> Stanza:  # noqa: ARG002 (the library draws its own: see above)
        """As `Recipient.wrap`; *random* stays unused, because the library's HPKE takes none."""
        sealed = _SUITE.encrypt(file_key, self._key, _HYBRID_INFO)
        encapsulated, body = sealed[:_ENCAPSULATED_SIZE], sealed[_ENCAPSULATED_SIZE:]
        return Stanza(arguments=(HYBRID, to_base64(encapsulated).decode()), body=body)

    def __str__(self) -> str:
        return bech32.encode("age1pq", self.raw)


class HybridIdentity(_Secret):
    """The secret half of a hybrid key, made from 32 random bytes."""

    __slots__ = ("_key", "_seed", "recipient")
    kind = HYBRID

    def __init__(self, seed: bytes) -> None:
        if len(seed) != 32:
            raise BadIdentity
        expanded = hashlib.shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._seed = seed
        self._key = MLKEM768X25519PrivateKey(lattice, curve)
        public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        self.recipient = HybridRecipient(public)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """As `Identity.unwrap`."""
        encapsulated = _argument(stanza, _ENCAPSULATED_SIZE)
        try:
            return _SUITE.decrypt(encapsulated + stanza.body, self._key, _HYBRID_INFO)
        except (InvalidTag, ValueError) as error:
            if _low_order(X25519PublicKey.from_public_bytes(encapsulated[-_SHARE_SIZE:])):
                raise HeaderFailure("a stanza of the age header carries a point of low order") from error
            return None

    def reveal(self) -> str:
        """The secret itself, as `AGE-SECRET-KEY-PQ-1…`."""
        return bech32.encode("age-secret-key-pq-", self._seed).upper()


class Passphrase(_Secret):
    """A passphrase, which both seals and opens; *work* and *max_work* are base-two logarithms of scrypt's N."""

    __slots__ = ("_max_work", "_secret", "_work")
    kind = SCRYPT

    def __init__(self, passphrase: str, *, work: int = DEFAULT_WORK, max_work: int = MAX_WORK) -> None:
        if not passphrase:
            raise BadIdentity("the passphrase is empty")
        if not 1 <= work <= max_work:
            raise BadIdentity(f"a scrypt work factor of {work} is outside 1 to {max_work}")
        self._secret = passphrase.encode()
        self._work = work
        self._max_work = max_work

    def wrap(self, file_key: bytes, random: Random) -> Stanza:
        """As `Recipient.wrap`; draws 16 bytes from *random*."""
        salt = random(_SALT_SIZE)
        body = ChaCha20Poly1305(self._key(salt, self._work)).encrypt(_ZERO_NONCE, file_key, None)
        return Stanza(arguments=(SCRYPT, to_base64(salt).decode(), str(self._work)), body=body)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """As `Identity.unwrap`."""
        salt = _argument(stanza, _SALT_SIZE, count=3)
        if not re.fullmatch(r"[1-9][0-9]{0,2}", stanza.arguments[2]):
            raise HeaderFailure("the scrypt work factor of the age header is not a number")
        work = int(stanza.arguments[2])
        if work > self._max_work:
            raise HeaderFailure(
                f"the age header asks for a scrypt work factor of {work}; the limit is {self._max_work}"
            )
        return _open_body(self._key(salt, work), stanza.body)

    def _key(self, salt: bytes, work: int) -> bytes:
        return Scrypt(salt=_SCRYPT_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(self._secret)


@lru_cache(maxsize=1024)
def parse_recipient(text: str) -> X25519Recipient | HybridRecipient:
    """The recipient that *text* (`age1…` or `age1pq1…`) names; raises `BadRecipient`."""
    try:
        prefix, raw = bech32.decode(text)
    except bech32.BadBech32 as error:
        raise BadRecipient(f"{text[:24]}… is not an age recipient: {error.message}") from error
    if prefix == "age" and text.islower():
        return X25519Recipient(raw)
    if prefix == "age1pq" and text.islower():
        return HybridRecipient(raw)
    raise BadRecipient(f"{text[:24]}… is not a recipient of a type known here")


def parse_identity(text: str) -> X25519Identity | HybridIdentity:
    """The identity that *text* (`AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`) holds; raises `BadIdentity`."""
    try:
        prefix, seed = bech32.decode(text)
    except bech32.BadBech32:
        raise BadIdentity from None
    if prefix == "age-secret-key-" and text.isupper():
        return X25519Identity(seed)
    if prefix == "age-secret-key-pq-" and text.isupper():
        return HybridIdentity(seed)
    raise BadIdentity


def kind_of(recipients: Sequence[Recipient]) -> str:
    """The one type that all *recipients* share; raises `MixedRecipients`, or `BadRecipient` when there is none."""
    kinds = {recipient.kind for recipient in recipients}
    if not kinds:
        raise BadRecipient("a file is sealed to at least one receiver")
    if len(kinds) > 1 or (kinds == {SCRYPT} and len(recipients) > 1):
        raise MixedRecipients(f"one file cannot be sealed to receivers of different types: {', '.join(sorted(kinds))}")
    return kinds.pop()


def _argument(stanza: Stanza, size: int, *, count: int = 2) -> bytes:
    if len(stanza.arguments) != count:
        raise HeaderFailure(f"a {stanza.kind} stanza has {count} arguments, not {len(stanza.arguments)}")
    try:
        value = from_base64(stanza.arguments[1].encode())
    except BadBase64 as error:
        raise HeaderFailure(f"the argument of a {stanza.kind} stanza is not canonical base64") from error
    if len(value) != size:
        raise HeaderFailure(f"the argument of a {stanza.kind} stanza has {len(value)} bytes, not {size}")
    # A body of another size could be opened by more than one key (a partitioning oracle).
    if len(stanza.body) != _BODY_SIZE:
        raise HeaderFailure(f"the body of a {stanza.kind} stanza has {len(stanza.body)} bytes, not {_BODY_SIZE}")
    return value


def _open_body(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None


def _low_order(point: X25519PublicKey) -> bool:
    try:
        X25519PrivateKey.from_private_bytes(bytes(32)).exchange(point)
    except ValueError:
        return True
    return False


def _refuse_low_order(point: X25519PublicKey) -> None:
    if _low_order(point):
        raise BadRecipient("the recipient is a point of low order: anybody could open what is sealed to it")
