"""Signing keys: Ed25519 (RFC 8032), named by the RFC 7638 thumbprint of their public half.

Keys are built from 32 random bytes that the caller supplies. A signing key never shows its secret when it is
printed, and cannot be pickled. A public key of small order is refused: it would accept signatures nobody made.
"""

import hashlib
from collections.abc import Callable
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from rogatory.errors import BadInput, Untrusted
from rogatory.sealing.encoding import BadBase64, from_base64url, to_base64url

Random = Callable[[int], bytes]
"""Draws the given number of bytes; only adapters have one, so it is always passed in."""

SEED_SIZE = 32
_FIELD = 2**255 - 19
_SMALL_ORDER_Y = frozenset(
    {
        0,
        1,
        _FIELD - 1,
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    }
)


class BadKey(BadInput):
    """This is not a key that can be used here."""

    code = "bad-key"


class BadSignature(Untrusted):
    """The signature was not made by this key over these bytes."""

    code = "bad-signature"


class VerifyKey:
    """The public half of a signing key: 32 bytes, its name `kid`, and the check of a signature."""

    __slots__ = ("_key", "kid", "raw")

    raw: bytes
    kid: str

    def __init__(self, raw: bytes) -> None:
        """The key with the 32 bytes *raw* (RFC 8032 section 5.1.5); raises `BadKey`."""
        _refuse_weak(raw)
        self.raw = bytes(raw)
        self._key = Ed25519PublicKey.from_public_bytes(self.raw)
        self.kid = _thumbprint(self.x)

    @classmethod
    def from_x(cls, x: object) -> "VerifyKey":
        """The key whose JWK member `x` is *x* (base64url, 43 signs); raises `BadKey`."""
        if not isinstance(x, str) or len(x) != 43:
            raise BadKey("the public key is not 43 signs of base64url")
        try:
            return cls(from_base64url(x.encode()))
        except (BadBase64, UnicodeEncodeError) as error:
            raise BadKey("the public key is not base64url") from error

    @property
    def x(self) -> str:
        """The 32 bytes in base64url, as in a JWK."""
        return to_base64url(self.raw).decode()

    def digest(self) -> bytes:
        """The SHA-256 of the 32 bytes."""
        return hashlib.sha256(self.raw).digest()

    def jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key (RFC 8037)."""
        return {"crv": "Ed25519", "kty": "OKP", "x": self.x}

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return in silence when *signature* (64 bytes) over *data* was made by this key; raises `BadSignature`."""
        try:
            self._key.verify(signature, data)
        except InvalidSignature as error:
            raise BadSignature(f"the signature was not made by the key {self.kid} over these bytes") from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyKey) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"VerifyKey({self.kid})"


class SigningKey:
    """The secret half of an Ed25519 key."""

    __slots__ = ("_key", "public")

    public: VerifyKey

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = VerifyKey(key.public_key().public_bytes_raw())

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key that the 32 random bytes *seed* stand for; raises `BadKey`."""
        if len(seed) != SEED_SIZE:
            raise BadKey(f"a signing key is made from {SEED_SIZE} random bytes, not {len(seed)}")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def kid(self) -> str:
        """The name of the public half."""
        return self.public.kid

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature over *data* (RFC 8032)."""
        return self._key.sign(data)

    def reveal_seed(self) -> bytes:
        """The secret itself, 32 bytes, for a key store that encrypts it."""
        return self._key.private_bytes_raw()

    def __repr__(self) -> str:
        return f"SigningKey(secret of {self.kid})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a signing key is not pickled")


def _thumbprint(x: str) -> str:
    # RFC 7638: the required members in order of their names, without white space.
    digest = hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest()
    return to_base64url(digest).decode()


def _refuse_weak(raw: bytes) -> None:
    if len(raw) != SEED_SIZE:
        raise BadKey(f"an Ed25519 public key has 32 bytes, not {len(raw)}")
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y >= _FIELD or y in _SMALL_ORDER_Y:
        raise BadKey("this public key would accept signatures that nobody made")
