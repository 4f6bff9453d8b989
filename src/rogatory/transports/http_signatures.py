"""Signatures on HTTP requests (RFC 9421) between nodes: made by one authority's key, checked against the key ring.

Covered are the method, the path and the digest of the body (RFC 9530), under the tag `rogatory-node`. The time of
creation is the node's own clock, so that an exercise with a practice date works; it may differ by five minutes.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, InvalidSignature
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException
from http_message_signatures.resolvers import HTTPSignatureKeyResolver

from rogatory.errors import Untrusted
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keys import SigningKey

TAG = "rogatory-node"
COVERED = ("@method", "@path", "content-digest")
TOLERANCE = timedelta(minutes=5)


class BadRequestSignature(Untrusted):
    """The request is not signed as an authority of a partner State must sign it."""

    code = "request-signature"
    remedy = "Sign the request with a key of your contact card, and check both clocks."


@dataclass(frozen=True, slots=True)
class Signer:
    """A signing key of one of our authorities, and the time it signs at."""

    key: SigningKey
    now: Callable[[], datetime]


@dataclass(slots=True)
class _Message:
    method: str
    url: str
    headers: dict[str, str]


def sign(method: str, url: str, body_sha256: bytes, signer: Signer) -> dict[str, str]:
    """The headers that sign a request with *method*, *url* and a body of the SHA-256 *body_sha256* (32 bytes)."""
    message = _Message(method, url, {"Content-Digest": content_digest(body_sha256)})
    maker = HTTPMessageSigner(signature_algorithm=ED25519)
    prepared = maker.prepare(
        message,
        key_id=signer.key.kid,
        created=signer.now(),
        label="rogatory",
        tag=TAG,
        covered_component_ids=COVERED,
        use_existing_digest=True,
    )
    maker.apply(message, prepared, signer.key.sign(prepared.signature_base))
    return message.headers


def content_digest(sha256: bytes) -> str:
    """The field `Content-Digest` (RFC 9530) of a body whose SHA-256 is *sha256*; no other form is used here."""
    return f"sha-256=:{base64.b64encode(sha256).decode()}:"


@dataclass(frozen=True, slots=True)
class Signed:
    """The State that signed a request, and the `Content-Digest` that it signed for a body nobody has read yet."""

    state: str
    digest: str

    def sent(self, body_sha256: bytes) -> str:
        """The State, once the body has come, with the SHA-256 *body_sha256*; raises `BadRequestSignature`."""
        if self.digest != content_digest(body_sha256):
            raise BadRequestSignature("the field Content-Digest is not the SHA-256 of the body that came")
        return self.state


def verify(method: str, url: str, headers: Mapping[str, str], *, ring: KeyRing, now: datetime) -> Signed:
    """Who signed the request, its body not yet read; raises `BadRequestSignature` and the errors of the ring."""
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_Keys(ring))
    verifier.at = now
    try:
        results = verifier.verify(
            _Message(method, url, dict(headers)),
            max_age=TOLERANCE,
            expect_tag=TAG,
            require_components=COVERED,
        )
    except (InvalidSignature, HTTPMessageSignaturesException) as error:
        raise BadRequestSignature(f"the request is not signed rightly: {error}") from error
    if len(results) != 1:
        raise BadRequestSignature("the request must carry one signature")
    parameters = results[0].parameters
    created = datetime.fromtimestamp(int(parameters["created"]), tz=UTC)
    state = ring.signer(str(parameters["keyid"]), at=created).state
    return Signed(state, headers["content-digest"].strip())


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self._ring.key(key_id).raw)


class _Verifier(HTTPMessageVerifier):
    at: datetime

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        """As the parent, at the node's own time."""
        created = sig_input.params.get("created")
        if not isinstance(created, int) or "expires" in sig_input.params:
            raise InvalidSignature("the signature must say when it was created")
        # Compared as numbers: a whole number of seconds may lie beyond every date.
        if abs(self.at.timestamp() - created) > (max_age or TOLERANCE).total_seconds():
            raise InvalidSignature("the signature was created at another time; one of the two clocks is wrong")
