"""Signed bytes: JWS compact (RFC 7515), Ed25519 (RFC 9864), over canonical JSON (RFC 8785).

    base64url({"alg":"Ed25519","kid":…,"typ":…}) . base64url(canonical JSON) . base64url(signature)

The header has exactly these three members in this order. Nothing in it chooses how to verify: the algorithm is fixed
and the key is found by its name, so there is nothing to negotiate and nothing to confuse. Header and payload are
refused unless they are, byte for byte, what this module would have written; unknown payload members are kept.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rogatory.errors import BadInput, Untrusted
from rogatory.kernel import canonical
from rogatory.kernel.canonical import BadJSON, JSONObject
from rogatory.sealing.encoding import BadBase64, from_base64url, to_base64url
from rogatory.sealing.keys import SigningKey, VerifyKey

MAX_BYTES = 4 * 1024 * 1024
ALGORITHM = "Ed25519"
_MAX_HEADER = 512
_SIGNATURE_SIZE = 64
_TYPE = re.compile(r"[a-z][a-z0-9-]{0,60}\+jws")
_HEADER = re.compile(rb'\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","typ":"([a-z][a-z0-9-]{0,60}\+jws)"\}')


class BadJWS(Untrusted):
    """This is not a signed document as spec/signatures.md describes it."""

    code = "bad-jws"


class UnknownAlgorithm(BadJWS):
    """The document is signed in a way this program does not accept."""

    code = "unknown-suite"


class WrongType(BadJWS):
    """The document is signed, but as something else than what is wanted here."""

    code = "wrong-type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unverified:
    """A signed document whose form is right and whose signature nobody has checked yet."""

    kid: str
    typ: str
    payload: JSONObject
    signing_input: bytes
    signature: bytes


def sign(payload: JSONObject, *, key: SigningKey, typ: str) -> bytes:
    """*payload* signed by *key* as the type *typ* (such as `rogatory-card+jws`): JWS compact bytes."""
    signing_input = _header(key.kid, typ) + b"." + to_base64url(canonical.dumps(payload))
    return signing_input + b"." + to_base64url(key.sign(signing_input))


def read(jws: bytes, *, typ: str, limit: int = MAX_BYTES) -> Unverified:
    """The parts of *jws*, its form checked and its signature not.

    Raises `BadJWS`, `UnknownAlgorithm`, `WrongType`, and `BadJSON` or `DuplicateKey` for the payload. *limit* is in
    bytes of the whole.
    """
    if len(jws) > limit:
        raise BadJWS(f"{len(jws)} bytes are more than the limit of {limit}")
    parts = jws.split(b".", 3)
    if len(parts) != 3:
        raise BadJWS("a signed document has three parts, with a dot between them")
    kid, found = _read_header(parts[0])
    if found != typ:
        raise WrongType(f"the document is signed as {found}; {typ} is wanted here")
    signature = _decode(parts[2], "signature")
    if len(signature) != _SIGNATURE_SIZE:
        raise BadJWS(f"the signature has {len(signature)} bytes; an Ed25519 signature has {_SIGNATURE_SIZE}")
    payload = canonical.loads_canonical(_decode(parts[1], "payload"), limit=limit)
    signing_input = jws[: len(parts[0]) + 1 + len(parts[1])]
    return Unverified(kid=kid, typ=typ, payload=payload, signing_input=signing_input, signature=signature)


def type_of(jws: bytes) -> str:
    """What *jws* is signed as, by its header; the rest is not looked at. Raises `BadJWS` and `UnknownAlgorithm`."""
    return _read_header(jws.partition(b".")[0])[1]


def verify_read(unverified: Unverified, *, key: VerifyKey) -> JSONObject:
    """The payload of *unverified*, now that *key* is seen to have signed it; raises `BadSignature`."""
    key.verify(unverified.signature, unverified.signing_input)
    return unverified.payload


def verify(jws: bytes, *, key: VerifyKey, typ: str, limit: int = MAX_BYTES) -> JSONObject:
    """The payload of *jws*, signed by *key* as *typ*; raises as `read`, and `BadSignature`."""
    unverified = read(jws, typ=typ, limit=limit)
    if unverified.kid != key.kid:
        raise BadJWS(f"the document names the key {unverified.kid}, not {key.kid}")
    return verify_read(unverified, key=key)


@lru_cache(maxsize=256)
def _header(kid: str, typ: str) -> bytes:
    if not _TYPE.fullmatch(typ):
        raise BadInput(f"{typ!r} is not a document type such as rogatory-card+jws")
    return to_base64url(canonical.dumps({"alg": ALGORITHM, "kid": kid, "typ": typ}))


def _read_header(part: bytes) -> tuple[str, str]:
    if len(part) > _MAX_HEADER:
        raise BadJWS(f"the header has {len(part)} bytes; the limit is {_MAX_HEADER}")
    header = _decode(part, "header")
    match = _HEADER.fullmatch(header)
    if match is None:
        _explain(header)
        raise BadJWS('the header is not exactly {"alg","kid","typ"} in canonical form')
    return match[1].decode(), match[2].decode()


def _explain(header: bytes) -> None:
    try:
        found = canonical.loads_object(header, limit=_MAX_HEADER)
    except BadJSON as error:
        raise BadJWS(f"the header cannot be read: {error.message}") from error
    if found.get("alg") != ALGORITHM:
        raise UnknownAlgorithm(f"the document is signed with {found.get('alg')!r}; only {ALGORITHM} is accepted")
    extra = sorted(set(found) - {"alg", "kid", "typ"})
    if extra:
        raise BadJWS(f"the header has members that are not accepted: {', '.join(extra)}")


def _decode(part: bytes, name: str) -> bytes:
    try:
        return from_base64url(part)
    except BadBase64 as error:
        raise BadJWS(f"the {name} is not canonical base64url") from error
