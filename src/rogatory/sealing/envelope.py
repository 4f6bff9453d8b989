"""The envelope: the signed and encrypted form in which a message travels between two authorities.

    rogatory-envelope/v1
    <JWS: who sends what to whom, when, in which suite, and the digest and size of what follows>
    <age file whose contents are the message, itself a JWS of its sender>

The receiver climbs a ladder; every failure names its step and leaves nothing changed:

1. size           within the limit
2. form           the first line, a well-formed signed line, canonical JSON without duplicate keys, known members
3. suite          known and still accepted
4. signature      by a key that some card names, over exactly the sealed bytes that came
5. sender         that key spoke for the named sender at that time, is not revoked, and the time has come
6. replay         not received before
7. addressee      an authority of ours
8. decryption     opens with that authority's keys, sealed as the suite says

Steps 9 (kind known) and 10 (fits the case) belong to the rooms above. Steps 1 to 6 use nothing secret.
age has no associated data: the signature over the digest of the sealed bytes binds them to this sender and receiver,
and the rooms above check that the message inside names the same two. Source: spec/envelope.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import ClassVar

from rogatory.errors import RogatoryError, Untrusted
from rogatory.kernel.canonical import DuplicateKey, JSONObject
from rogatory.kernel.digests import require_digest, sha256
from rogatory.kernel.ids import require_authority, require_id
from rogatory.kernel.times import require_utc, stamp
from rogatory.sealing import age, fields, jws
from rogatory.sealing.age_header import AgeFailure, read_header
from rogatory.sealing.age_stream import open_chunks
from rogatory.sealing.keyring import KeyNotValidThen, KeyRevoked, KeyRing, Signer, UnknownKey
from rogatory.sealing.keys import BadSignature, Random, SigningKey
from rogatory.sealing.recipients import HYBRID, NATIVE_KINDS, X25519, Identity, kind_of, parse_recipient

TYPE = "rogatory-envelope+jws"
FIRST_LINE = b"rogatory-envelope/v1\n"
MAX_ENVELOPE = 4 * 1024 * 1024
MAX_SIGNED_LINE = 16 * 1024
MAX_AHEAD = timedelta(minutes=5)
SUITES = {"Ed25519+age-mlkem768x25519": HYBRID, "Ed25519+age-x25519": X25519}
"""The accepted ways to sign and seal, with the type of age stanza that each uses."""


class EnvelopeRefused(Untrusted):
    """The envelope was refused."""

    code = "envelope-refused"
    step: ClassVar[int] = 0


class EnvelopeTooLarge(EnvelopeRefused):
    """The envelope is larger than the limit."""

    code = "envelope-too-large"
    step = 1


class EnvelopeMalformed(EnvelopeRefused):
    """The envelope does not have the form that spec/envelope.md describes."""

    code = "envelope-form"
    step = 2


class EnvelopeDuplicateKey(EnvelopeMalformed):
    """A key stands twice in the signed line of the envelope, so two readers could read two things."""

    code = "envelope-duplicate-key"


class EnvelopeUnknownSuite(EnvelopeRefused):
    """The envelope is signed or sealed in a way that is not accepted here."""

    code = "envelope-suite"
    step = 3


class EnvelopeUnknownKey(EnvelopeRefused):
    """The envelope is signed with a key that no known card names."""

    code = "envelope-unknown-key"
    step = 4


class EnvelopeBadSignature(EnvelopeRefused):
    """The signature of the envelope is wrong: it was changed on its way, or never signed by this key."""

    code = "envelope-signature"
    step = 4


class EnvelopeContentsDiffer(EnvelopeRefused):
    """The sealed bytes are not those that were signed; ask the sender to send the envelope again."""

    code = "envelope-contents-differ"
    step = 4


class EnvelopeWrongSender(EnvelopeRefused):
    """The key that signed the envelope does not speak for the authority it names as sender."""

    code = "envelope-sender"
    step = 5


class EnvelopeKeyNotValid(EnvelopeRefused):
    """The envelope was signed at a time when the key was not valid."""

    code = "envelope-key-not-valid-then"
    step = 5


class EnvelopeKeyRevoked(EnvelopeRefused):
    """The envelope is signed with a key that has been revoked."""

    code = "envelope-key-revoked"
    step = 5


class EnvelopeFromTheFuture(EnvelopeRefused):
    """The envelope says it was signed at a time that has not come; one of the two clocks is wrong."""

    code = "envelope-from-the-future"
    step = 5


class EnvelopeReplayed(EnvelopeRefused):
    """This very envelope was received before; the receipt given then still stands."""

    code = "envelope-replayed"
    step = 6


class EnvelopeNameReused(EnvelopeRefused):
    """Another envelope of this sender had the same name."""

    code = "envelope-name-reused"
    step = 6


class EnvelopeNotForUs(EnvelopeRefused):
    """The envelope is for an authority that this node does not host."""

    code = "envelope-not-for-us"
    step = 7


class EnvelopeNotOpened(EnvelopeRefused):
    """The envelope does not open with the keys of the authority it is for."""

    code = "envelope-not-opened"
    step = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedEnvelope:
    """An envelope past steps 1 to 3: well formed, and nothing in it believed yet."""

    envelope: str
    sender: str
    receiver: str
    at: datetime
    suite: str
    kid: str
    sealed_sha256: str
    digest: str
    signed: jws.Unverified = field(repr=False)
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedEnvelope:
    """An envelope past steps 1 to 5: `sender` signed it for `receiver` at `at`.

    `envelope` is its name, `digest` the SHA-256 of all its bytes, `sealed` the age file.
    """

    envelope: str
    sender: str
    receiver: str
    at: datetime
    suite: str
    sealed_sha256: str
    digest: str
    signer: Signer
    sealed: bytes = field(repr=False)


def seal_envelope(
    message: bytes,
    *,
    id: str,
    sender: str,
    receiver: str,
    key: SigningKey,
    recipients: Sequence[str],
    at: datetime,
    random: Random,
) -> bytes:
    """The bytes of an envelope that carries *message* (a JWS) from *sender* to *receiver*.

    *recipients* are the receiver's age recipients, all of one type, which decides the suite. Raises `BadRecipient`,
    `MixedRecipients`, `BadIdentifier`, `BadTime` or `EnvelopeTooLarge`.
    """
    kind = kind_of([parse_recipient(recipient) for recipient in recipients])
    suite = next(name for name, used in SUITES.items() if used == kind)
    sealed = age.seal(message, recipients, random)
    payload: JSONObject = {
        "v": 1,
        "envelope": require_id(id),
        "from": require_authority(sender),
        "to": require_authority(receiver),
        "at": stamp(at),
        "suite": suite,
        "sealed": {"sha256": sha256(sealed), "size": len(sealed)},
    }
    data = FIRST_LINE + jws.sign(payload, key=key, typ=TYPE) + b"\n" + sealed
    if len(data) > MAX_ENVELOPE:
        raise EnvelopeTooLarge(f"the envelope would have {len(data)} bytes; the limit is {MAX_ENVELOPE}")
    return data


def read_envelope(data: bytes, *, limit: int = MAX_ENVELOPE) -> UnverifiedEnvelope:
    """Climb steps 1 to 3; raises `EnvelopeTooLarge`, `EnvelopeMalformed` or `EnvelopeUnknownSuite`."""
    # 1. Size: nothing larger than the limit is looked at.
    if len(data) > limit:
        raise EnvelopeTooLarge(f"the envelope has {len(data)} bytes; the limit is {limit}")
    # 2. Form: first line, signed line, its members.
    if not data.startswith(FIRST_LINE):
        raise EnvelopeMalformed("the first line is not 'rogatory-envelope/v1'")
    end = data.find(b"\n", len(FIRST_LINE), len(FIRST_LINE) + MAX_SIGNED_LINE + 1)
    if end < 0:
        raise EnvelopeMalformed("the signed line is cut short or too long")
    signed = _signed_line(data[len(FIRST_LINE) : end])
    try:
        envelope = _envelope(signed, data, sealed=data[end + 1 :])
    except fields.BadField as error:
        raise EnvelopeMalformed(str(error)) from error
    # 3. Suite: known and still accepted. (The signature algorithm is already known to be the only one accepted.)
    if envelope.suite not in SUITES:
        raise EnvelopeUnknownSuite(f"the suite {envelope.suite!r} is not accepted; known are {', '.join(SUITES)}")
    return envelope


def verify_envelope(unverified: UnverifiedEnvelope, ring: KeyRing, *, now: datetime) -> VerifiedEnvelope:
    """Climb steps 4 and 5 against the keys of *ring*, at the time *now* of the receiver.

    Raises `EnvelopeUnknownKey`, `EnvelopeBadSignature`, `EnvelopeContentsDiffer`, `EnvelopeWrongSender`,
    `EnvelopeKeyNotValid`, `EnvelopeKeyRevoked` or `EnvelopeFromTheFuture`.
    """
    # 4. Signature, by a key that some card names, and over the sealed bytes that came.
    try:
        jws.verify_read(unverified.signed, key=ring.key(unverified.kid))
    except UnknownKey as error:
        raise EnvelopeUnknownKey(error.message) from error
    except BadSignature as error:
        raise EnvelopeBadSignature from error
    if sha256(unverified.sealed) != unverified.sealed_sha256:
        raise EnvelopeContentsDiffer
    # 5. Sender: the key spoke for that authority at that time, and the time has come.
    signer = _sender(unverified, ring, now=require_utc(now))
    if unverified.at > now + MAX_AHEAD:
        raise EnvelopeFromTheFuture(
            f"the envelope says it was signed at {stamp(unverified.at)}, and it is {stamp(now)}; "
            "one of the two clocks is wrong"
        )
    return VerifiedEnvelope(
        envelope=unverified.envelope,
        sender=unverified.sender,
        receiver=unverified.receiver,
        at=unverified.at,
        suite=unverified.suite,
        sealed_sha256=unverified.sealed_sha256,
        digest=unverified.digest,
        signer=signer,
        sealed=unverified.sealed,
    )


def refuse_replay(verified: VerifiedEnvelope, seen: Callable[[str, str], str | None]) -> None:
    """Climb step 6; *seen* gives, for a sender and an envelope's name, the digest it was received with, or None.

    Raises `EnvelopeReplayed` (answer with the receipt given then) or `EnvelopeNameReused`.
    """
    # 6. Replay: names are the sender's own, so one State cannot use up the names of another.
    earlier = seen(verified.sender, verified.envelope)
    if earlier is None:
        return
    if earlier == verified.digest:
        raise EnvelopeReplayed(f"the envelope {verified.envelope} was received before; its receipt still stands")
    raise EnvelopeNameReused(f"{verified.sender} sent another envelope named {verified.envelope} before")


def open_envelope(verified: VerifiedEnvelope, identities: Mapping[str, Sequence[Identity]]) -> bytes:
    """Climb steps 7 and 8: the message (a JWS) inside, with the *identities* of each authority of ours.

    Raises `EnvelopeNotForUs` or `EnvelopeNotOpened`.
    """
    # 7. Addressee.
    ours = identities.get(verified.receiver)
    if ours is None:
        raise EnvelopeNotForUs(f"the envelope is for {verified.receiver}, which this node does not host")
    # 8. Decryption, by stanzas of the type that the suite names and no other.
    source = BytesIO(verified.sealed)
    try:
        header = read_header(source)
        kinds = NATIVE_KINDS & {stanza.kind for stanza in header.stanzas}
        if kinds != {SUITES[verified.suite]}:
            raise EnvelopeNotOpened(f"the envelope is not sealed as its suite {verified.suite} says")
        opened = age.unwrap_header(header, source, ours)
        return b"".join(open_chunks(source, opened.payload_key))
    except AgeFailure as error:
        raise EnvelopeNotOpened(f"the envelope does not open for {verified.receiver}: {error.message}") from error


def _signed_line(line: bytes) -> jws.Unverified:
    try:
        return jws.read(line, typ=TYPE, limit=MAX_SIGNED_LINE)
    except jws.UnknownAlgorithm as error:
        raise EnvelopeUnknownSuite(error.message) from error
    except DuplicateKey as error:
        raise EnvelopeDuplicateKey(error.message) from error
    except RogatoryError as error:
        raise EnvelopeMalformed(error.message) from error


def _envelope(signed: jws.Unverified, data: bytes, *, sealed: bytes) -> UnverifiedEnvelope:
    payload = signed.payload
    fields.version(payload, "envelope")
    described = fields.mapping(payload, "sealed", "envelope")
    size = fields.number(described, "size", "envelope, sealed", least=1)
    if size != len(sealed):
        raise EnvelopeMalformed(f"{len(sealed)} sealed bytes came, {size} were signed; the envelope was cut or joined")
    return UnverifiedEnvelope(
        envelope=fields.checked(payload, "envelope", "envelope", require_id),
        sender=fields.checked(payload, "from", "envelope", require_authority),
        receiver=fields.checked(payload, "to", "envelope", require_authority),
        at=fields.time(payload, "at", "envelope"),
        suite=fields.text(payload, "suite", "envelope", limit=100),
        kid=signed.kid,
        sealed_sha256=fields.checked(described, "sha256", "envelope, sealed", require_digest),
        digest=sha256(data),
        signed=signed,
        sealed=sealed,
    )


def _sender(unverified: UnverifiedEnvelope, ring: KeyRing, *, now: datetime) -> Signer:
    try:
        return ring.fresh_signer(unverified.kid, at=unverified.at, now=now, authority=unverified.sender)
    except UnknownKey as error:
        raise EnvelopeWrongSender(error.message) from error
    except KeyNotValidThen as error:
        raise EnvelopeKeyNotValid(error.message) from error
    except KeyRevoked as error:
        raise EnvelopeKeyRevoked(error.message) from error
