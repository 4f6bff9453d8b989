"""Contact cards: what a State says of itself, its authorities and their keys, signed by its identity key.

A card is exchanged by hand. Its signature proves only that the card is whole; trust begins when a person compares
the fingerprint of the identity key by another road. After that the card may be replaced only by one of the same
State and identity key with a greater serial number (`accept_update`).

A key is never taken out of a card: it is closed (`until`) or revoked (`revoked`), because signatures made while it
was valid must stay checkable. Unknown members are kept, since the signed bytes themselves are what is stored.
Source: spec/contact-card.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.errors import Untrusted
from rogatory.kernel.canonical import JSONObject
from rogatory.kernel.ids import crockford, require_authority, require_state
from rogatory.kernel.times import stamp
from rogatory.sealing import fields, jws
from rogatory.sealing.fields import BadField
from rogatory.sealing.keys import SigningKey, VerifyKey
from rogatory.sealing.recipients import BadRecipient, parse_recipient

TYPE = "rogatory-card+jws"
MAX_CARD = 1024 * 1024
MAX_AUTHORITIES = 100
MAX_KEYS = 200
_ADDRESS = re.compile(r"(https?)://[!-~]{1,2000}")


class BadCard(Untrusted):
    """This is not a contact card that can be used."""

    code = "bad-card"


class CardIdentityChanged(Untrusted):
    """The new card is signed with another identity key; compare the fingerprint by another road first."""

    code = "card-identity-changed"


class CardNotNewer(Untrusted):
    """The card is not newer than the one that is known."""

    code = "card-not-newer"


class CardOtherState(Untrusted):
    """The card speaks for another State, or for practice instead of earnest, than the one it would replace."""

    code = "card-other-state"


class RevocationUndone(Untrusted):
    """The new card takes a revocation back; a revoked key stays revoked."""

    code = "card-revocation-undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPeriod:
    """A public signing key and when it is good: from `since` (included) to `until` (not included)."""

    key: VerifyKey
    since: datetime
    until: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptionPeriod:
    """An age recipient and when to seal to it: from `since` (included) to `until` (not included)."""

    recipient: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAuthority:
    """One authority of a State as its card describes it; `functions` are provisions such as `40(12)`."""

    id: str
    name: Mapping[str, str]
    functions: tuple[str, ...]
    languages: tuple[str, ...]
    signing: tuple[SigningPeriod, ...]
    encryption: tuple[EncryptionPeriod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLedger:
    """The name of the State's ledger and the key that signs its checkpoints, as C2SP signed notes write it.

    `witness` is the key with which the State cosigns other States' checkpoints (type 0x04, named after its own log),
    or None on a card of a State that witnesses nobody.
    """

    origin: str
    key: str
    witness: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A contact card whose own signature is right; `jws` are the signed bytes, `payload` all that they say."""

    state: str
    serial: int
    issued: datetime
    exercise: bool
    address: str
    identity: VerifyKey
    authorities: tuple[CardAuthority, ...]
    ledger: CardLedger
    jws: bytes = field(repr=False)
    payload: JSONObject = field(repr=False)


def make_card(
    *,
    identity: SigningKey,
    state: str,
    serial: int,
    issued: datetime,
    exercise: bool,
    address: str,
    authorities: Sequence[CardAuthority],
    ledger: CardLedger,
) -> bytes:
    """The signed card of *state*; raises `BadCard` or `BadField` when `read_card` would not accept it."""
    payload: JSONObject = {
        "v": 1,
        "state": state,
        "serial": serial,
        "issued": stamp(issued),
        "exercise": exercise,
        "address": address,
        "identity": identity.public.jwk(),
        "authorities": [_authority_object(authority) for authority in authorities],
        "ledger": _ledger_object(ledger),
    }
    signed = jws.sign(payload, key=identity, typ=TYPE)
    read_card(signed)
    return signed


def read_card(data: bytes) -> Card:
    """The card in *data*, at most 1 MiB, its signature checked against the identity key inside it.

    The signature proves that the card is whole, not whose it is: compare the `fingerprint`. Raises `BadJWS`,
    `BadJSON`, `BadSignature`, `BadField` or `BadCard`.
    """
    data = data.strip()
    unverified = jws.read(data, typ=TYPE, limit=MAX_CARD)
    identity = _identity(unverified.payload)
    if unverified.kid != identity.kid:
        raise BadCard("the card is signed with another key than the identity key it carries")
    payload = jws.verify_read(unverified, key=identity)
    fields.version(payload, "card")
    state = fields.checked(payload, "state", "card", require_state)
    exercise = fields.flag(payload, "exercise", "card")
    return Card(
        state=state,
        serial=fields.number(payload, "serial", "card", least=1),
        issued=fields.time(payload, "issued", "card"),
        exercise=exercise,
        address=_address(payload, exercise=exercise),
        identity=identity,
        authorities=_authorities(payload, state),
        ledger=_ledger(payload),
        jws=data,
        payload=payload,
    )


def fingerprint(key: VerifyKey) -> str:
    """The name of an identity *key* for people to compare: 100 bits of its SHA-256, `7Q4K2-M9XAB-…`, four groups."""
    digits = crockford(key.digest())[:20]
    return "-".join(digits[start : start + 5] for start in range(0, 20, 5))


def accept_update(old: Card, new: Card) -> Card:
    """*new*, when it may replace *old*.

    Raises `CardIdentityChanged`, `CardOtherState`, `CardNotNewer` or `RevocationUndone`.
    """
    if old.state != new.state or old.exercise != new.exercise:
        raise CardOtherState
    if old.identity != new.identity:
        raise CardIdentityChanged(
            f"the new card of {new.state} is signed with the identity key {fingerprint(new.identity)}, "
            f"not {fingerprint(old.identity)}; compare the fingerprint by another road before trusting it"
        )
    if new.serial <= old.serial:
        raise CardNotNewer(f"the card of {new.state} has serial number {new.serial}; {old.serial} is already known")
    revoked = {(authority.id, period.key.kid): period.revoked for authority, period in _signing(new)}
    for authority, period in _signing(old):
        kept = revoked.get((authority.id, period.key.kid), period.revoked)
        if period.revoked is not None and (kept is None or kept > period.revoked):
            raise RevocationUndone(f"the key {period.key.kid} of {authority.id} was revoked and stays so")
    return new


def _signing(card: Card) -> list[tuple[CardAuthority, SigningPeriod]]:
    return [(authority, period) for authority in card.authorities for period in authority.signing]


def _identity(payload: JSONObject) -> VerifyKey:
    found = fields.mapping(payload, "identity", "card")
    if found.get("kty") != "OKP" or found.get("crv") != "Ed25519":
        raise BadField("'identity' is not an Ed25519 key", where="card")
    return fields.checked(found, "x", "card, identity", VerifyKey.from_x)


def _address(payload: JSONObject, *, exercise: bool) -> str:
    address = fields.text(payload, "address", "card", limit=2048)
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise BadField("'address' is not an address such as https://node.example", where="card")
    if match[1] == "http" and not exercise:
        raise BadField("'address' begins with http: only a practice State may do without TLS", where="card")
    return address.rstrip("/")


def _ledger(payload: JSONObject) -> CardLedger:
    source, where = fields.mapping(payload, "ledger", "card"), "card, ledger"
    origin = fields.text(source, "origin", where, limit=255)
    witness = None if source.get("witness") is None else fields.text(source, "witness", where, limit=512)
    if witness is not None and not witness.startswith(f"{origin}/witness+"):
        raise BadField("'witness' is not a key of the name that the ledger has, with /witness after it", where=where)
    return CardLedger(origin=origin, key=fields.text(source, "key", where, limit=512), witness=witness)


def _ledger_object(ledger: CardLedger) -> JSONObject:
    told: JSONObject = {"origin": ledger.origin, "key": ledger.key}
    return told if ledger.witness is None else told | {"witness": ledger.witness}


def _authorities(payload: JSONObject, state: str) -> tuple[CardAuthority, ...]:
    found = tuple(
        _authority(item, state) for item in fields.objects(payload, "authorities", "card", limit=MAX_AUTHORITIES)
    )
    if len({authority.id for authority in found}) < len(found):
        raise BadField("an authority stands twice", where="card")
    return found


def _authority(source: Mapping[str, Any], state: str) -> CardAuthority:
    named = fields.checked(source, "id", "card, authority", require_authority)
    where = f"card, {named}"
    if not named.startswith(f"{state}/"):
        raise BadField(f"the card of {state} cannot speak for {named}", where="card")
    names = fields.mapping(source, "name", where)
    signing = fields.objects(source, "signing", where, limit=MAX_KEYS)
    encryption = fields.objects(source, "encryption", where, limit=MAX_KEYS)
    periods = tuple(_signing_period(item, where) for item in signing)
    if len({period.key for period in periods}) < len(periods):
        raise BadField("a signing key stands twice", where=where)
    return CardAuthority(
        id=named,
        name={language: fields.text(names, language, f"{where}, name", limit=300) for language in names},
        functions=fields.texts(source, "functions", where),
        languages=fields.texts(source, "languages", where),
        signing=periods,
        encryption=tuple(_encryption_period(item, where) for item in encryption),
    )


def _signing_period(source: Mapping[str, Any], where: str) -> SigningPeriod:
    key = fields.checked(source, "x", where, VerifyKey.from_x)
    if source.get("kid") != key.kid:
        raise BadField(f"'kid' is not the thumbprint of the key, {key.kid}", where=where)
    since, until = _span(source, where)
    return SigningPeriod(key=key, since=since, until=until, revoked=fields.time_or_none(source, "revoked", where))


def _encryption_period(source: Mapping[str, Any], where: str) -> EncryptionPeriod:
    recipient = fields.text(source, "recipient", where)
    try:
        parse_recipient(recipient)
    except BadRecipient as error:
        raise BadField(f"'recipient': {error.message}", where=where) from error
    since, until = _span(source, where)
    return EncryptionPeriod(recipient=recipient, since=since, until=until)


def _span(source: Mapping[str, Any], where: str) -> tuple[datetime, datetime | None]:
    since, until = fields.time(source, "from", where), fields.time_or_none(source, "until", where)
    if until is not None and until < since:
        raise BadField("a key ends before it begins", where=where)
    return since, until


def _authority_object(authority: CardAuthority) -> JSONObject:
    return {
        "id": authority.id,
        "name": dict(authority.name),
        "functions": list(authority.functions),
        "languages": list(authority.languages),
        "signing": [
            {
                "kid": period.key.kid,
                "x": period.key.x,
                "from": stamp(period.since),
                "until": _stamp_or_none(period.until),
                "revoked": _stamp_or_none(period.revoked),
            }
            for period in authority.signing
        ],
        "encryption": [
            {"recipient": period.recipient, "from": stamp(period.since), "until": _stamp_or_none(period.until)}
            for period in authority.encryption
        ],
    }


def _stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
