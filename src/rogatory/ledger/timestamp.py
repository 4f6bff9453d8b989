"""Time-stamps of checkpoints (RFC 3161): what shows, by somebody else's clock, that the log stood like this by then.

Rules in words. What is stamped is the checkpoint with the log's own signature and no other: so the stamp proves when
the log had signed it at the latest, and cosignatures may come and go. A token is the whole response of the authority
in DER, as stock tools read it (`openssl ts -verify -in`). It is believed when its signature leads to a root that the
reader chose, the signer's certificate is for time-stamping and nothing else, and the digest in it is that of the bytes.
The certificates need to have been valid at the time that the token states, not today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from rfc3161_client import TimeStampResponse, VerificationError, VerifierBuilder, decode_timestamp_response

from rogatory.errors import BadInput, Untrusted
from rogatory.ledger import notes

MAX_TOKEN_BYTES = 64 * 1024
MAX_CERTIFICATES_BYTES = 256 * 1024
_PEM = b"-----BEGIN CERTIFICATE-----"
#: What reading a certificate that is none raises, its extensions and names too; not all of them are a `ValueError`.
_NO_CERTIFICATE = (
    ValueError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
)


class BadTimestamp(BadInput):
    """The bytes are not the response of a time-stamp authority (RFC 3161)."""

    code = "bad-timestamp"


class BadTimestampRoot(BadInput):
    """The certificate of the time-stamp authority cannot be read."""

    code = "bad-timestamp-root"
    remedy = "Give certificates in PEM or DER, as the authority publishes them."


class WrongTimestamp(Untrusted):
    """The time-stamp does not prove that these bytes were there at its time."""

    code = "wrong-timestamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """When the bytes were there at the latest (aware, UTC), and the subject of the certificate that says so."""

    at: datetime
    authority: str


def stamped_bytes(note: str | bytes, key: notes.VerifierKey) -> bytes:
    """What is time-stamped of the checkpoint *note*: its text and the signature of the log of *key*, no other.

    Raises `BadNote`, and `NoteNotSigned` when the log did not sign it; the signature itself is not verified.
    """
    read = notes.read_note(note)
    own = [one for one in read.signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not own:
        raise notes.NoteNotSigned(f"{key.name} did not sign this checkpoint")
    return str(notes.UnverifiedNote(text=read.text, signatures=(own[0],))).encode()


def verify_token(token: bytes, data: bytes, roots: Sequence[bytes], *, nonce: int | None = None) -> Stamped:
    """What the DER response *token* proves of *data*, when the certificates *roots* (PEM or DER) are believed.

    With *nonce*, the token must answer that request. Raises `BadTimestamp`, `BadTimestampRoot` and `WrongTimestamp`.
    """
    response = _read(token)
    believed = read_certificates(roots)
    verifier = VerifierBuilder(roots=believed, nonce=nonce).build()
    try:
        verifier.verify_message(response, data)
    except (VerificationError, *_NO_CERTIFICATE) as error:
        raise WrongTimestamp(f"the time-stamp does not hold: {error}") from error
    at = response.tst_info.gen_time
    return Stamped(at=at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC), authority=_signer(response))


def read_certificates(roots: Sequence[bytes]) -> list[x509.Certificate]:
    """The certificates in *roots*, each PEM (one or many) or DER; raises `BadTimestampRoot`."""
    found: list[x509.Certificate] = []
    for data in roots:
        if len(data) > MAX_CERTIFICATES_BYTES:
            raise BadTimestampRoot(f"{len(data)} bytes are more than the limit of {MAX_CERTIFICATES_BYTES}")
        try:
            if _PEM in data:
                found += x509.load_pem_x509_certificates(data)
            else:
                found.append(x509.load_der_x509_certificate(data))
        except _NO_CERTIFICATE as error:
            raise BadTimestampRoot(f"this is no certificate in PEM or DER: {error}") from error
    if not found:
        raise BadTimestampRoot("no certificate is given")
    return found


def _read(token: bytes) -> TimeStampResponse:
    if len(token) > MAX_TOKEN_BYTES:
        raise BadTimestamp(f"{len(token)} bytes are more than the limit of {MAX_TOKEN_BYTES}")
    try:
        response = decode_timestamp_response(token)
        _ = response.tst_info  # a refusal has none
    except ValueError as error:
        raise BadTimestamp(f"these are not the bytes of a time-stamp: {error}") from error
    return response


def _signer(response: TimeStampResponse) -> str:
    signed = response.signed_data
    (info,) = signed.signer_infos
    for der in signed.certificates:
        held = x509.load_der_x509_certificate(der)
        if held.issuer == info.issuer and held.serial_number == info.serial_number:
            return held.subject.rfc4514_string()
    raise WrongTimestamp("the time-stamp does not carry the certificate of its signer")
