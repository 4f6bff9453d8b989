"""The key store of a State's node: every secret it has, as one value and as one file under a passphrase.

The file is canonical JSON inside an age file opened by a passphrase, so stock `age -d` opens it and nothing more is
needed to move a node or to keep its keys on paper. Keys are closed and not thrown away, for what was sealed to an old
key must stay readable; `forget` alone drops old encryption keys, once everything was sealed anew. What an old key
signed is checked with the card. The same contents, sealed to a key that custodians hold in shares, are the recovery
file. Source: spec/keystore.md.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.kernel import canonical
from rogatory.kernel.canonical import JSONObject
from rogatory.kernel.ids import crockford, require_authority, require_state
from rogatory.kernel.times import parse_stamp, require_utc, stamp
from rogatory.sealing import age, fields, hkdf
from rogatory.sealing.age_header import AgeFailure
from rogatory.sealing.cards import EncryptionPeriod, SigningPeriod
from rogatory.sealing.encoding import from_base64url, to_base64url
from rogatory.sealing.keys import SEED_SIZE, Random, SigningKey
from rogatory.sealing.recipients import (
    DEFAULT_WORK,
    HYBRID,
    X25519,
    HybridIdentity,
    Passphrase,
    X25519Identity,
    parse_identity,
    parse_recipient,
)

MAX_AUTHORITIES = 100
MAX_KEYS = 200
#: What the witness key is derived for (HKDF, RFC 5869); spec/keystore.md.
WITNESS_INFO = b"rogatory-witness/v1"


class WrongPassphrase(BadInput):
    """The passphrase does not open the key store."""

    code = "wrong-passphrase"


class BadKeystore(BadInput):
    """This is not a key store, or it was changed."""

    code = "bad-keystore"


class RecoveryClosed(BadInput):
    """The shares do not open the recovery file of this node."""

    code = "recovery-closed"
    remedy = "Use shares of the newest set: compare its name on the pages with `rogatory keys custodians`."


class NoSuchAuthority(NotFound):
    """The key store holds no keys for this authority."""

    code = "no-such-authority"


class NoSigningKey(NotFound):
    """The authority has no signing key that is valid at this time; rotate its keys."""

    code = "no-signing-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSecret:
    """A signing key and when it may be used: from `since` (included) to `until` (not included)."""

    key: SigningKey
    since: datetime
    until: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptionSecret:
    """An age identity and when others may seal to it; it opens what they sealed for ever."""

    identity: HybridIdentity | X25519Identity
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityKeys:
    """All keys of one authority, oldest first."""

    signing: tuple[SigningSecret, ...]
    encryption: tuple[EncryptionSecret, ...]

    def card_signing(self) -> tuple[SigningPeriod, ...]:
        """The public halves of the signing keys, as a contact card lists them."""
        return tuple(
            SigningPeriod(key=secret.key.public, since=secret.since, until=secret.until, revoked=secret.revoked)
            for secret in self.signing
        )

    def card_encryption(self) -> tuple[EncryptionPeriod, ...]:
        """The age recipients, as a contact card lists them."""
        return tuple(
            EncryptionPeriod(recipient=str(secret.identity.recipient), since=secret.since, until=secret.until)
            for secret in self.encryption
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """To whom the keys are also sealed: the key that *custodians* hold in shares, *threshold* of which give it back.

    A custodian's place in the list, from 1, is the number of the share.
    """

    recipient: str
    threshold: int
    custodians: tuple[str, ...]
    at: datetime

    @property
    def set(self) -> str:
        """The name of the set of shares, for people to compare: 80 bits of the SHA-256 of the recipient."""
        digits = crockford(hashlib.sha256(self.recipient.encode()).digest())[:16]
        return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keystore:
    """The secrets of the node of `state`: its identity key, its ledger key, and the keys of its authorities.

    *recovery* says among whom they are split, if they are.
    """

    state: str
    identity: SigningKey
    ledger: SigningKey
    authorities: Mapping[str, AuthorityKeys]
    recovery: Recovery | None = None

    @property
    def witness(self) -> SigningKey:
        """The key that cosigns the checkpoints of other States' logs, derived from the seed of the ledger key."""
        seed = hkdf.derive(self.ledger.reveal_seed(), salt=b"", info=WITNESS_INFO)
        return SigningKey.from_seed(seed)

    def authority(self, id: str) -> AuthorityKeys:
        """The keys of the authority *id*; raises `NoSuchAuthority`."""
        try:
            return self.authorities[id]
        except KeyError:
            raise NoSuchAuthority(f"the key store of {self.state} holds no keys for {id}") from None

    def signing_key(self, id: str, at: datetime) -> SigningKey:
        """The key with which the authority *id* signs at the time *at*; raises `NoSigningKey`, `NoSuchAuthority`."""
        require_utc(at)
        for secret in reversed(self.authority(id).signing):
            closed = secret.until is not None and at >= secret.until
            if secret.since <= at and not closed and secret.revoked is None:
                return secret.key
        raise NoSigningKey(f"{id} has no signing key that is valid at {stamp(at)}; rotate its keys")

    def identities(self) -> dict[str, tuple[HybridIdentity | X25519Identity, ...]]:
        """What opens envelopes and exhibits sealed to each authority, newest key first, closed keys included."""
        return {
            authority: tuple(secret.identity for secret in reversed(keys.encryption))
            for authority, keys in self.authorities.items()
        }

    def same_as(self, other: "Keystore") -> bool:
        """Whether *other* holds the very same secrets and custodians."""
        return _store_object(self) == _store_object(other)

    def to_bytes(self, passphrase: str, random: Random, *, work: int = DEFAULT_WORK) -> bytes:
        """The store as an age file under *passphrase*; *work* is the base-two logarithm of scrypt's N."""
        return age.seal(canonical.dumps(_store_object(self)), [Passphrase(passphrase, work=work)], random)

    @classmethod
    def from_bytes(cls, data: bytes, passphrase: str) -> "Keystore":
        """The store in the age file *data*; raises `WrongPassphrase` or `BadKeystore`."""
        try:
            plain = age.open_sealed(data, [Passphrase(passphrase)])
        except age.NoMatch as error:
            raise WrongPassphrase from error
        except AgeFailure as error:
            raise BadKeystore(f"this is not a key store, or it was changed: {error.message}") from error
        return _parsed(plain)

    def to_recovery(self, random: Random) -> bytes | None:
        """The store as an age file for the custodians' key together, or None when the keys are not split."""
        if self.recovery is None:
            return None
        return age.seal(canonical.dumps(_store_object(self)), [self.recovery.recipient], random)

    @classmethod
    def from_recovery(cls, data: bytes, identity: HybridIdentity) -> "Keystore":
        """The store in the recovery file *data*; raises `RecoveryClosed` or `BadKeystore`."""
        try:
            plain = age.open_sealed(data, [identity])
        except age.NoMatch as error:
            raise RecoveryClosed from error
        except AgeFailure as error:
            raise BadKeystore(f"the recovery file was changed, or is none: {error.message}") from error
        return _parsed(plain)


def new_keystore(
    state: str, authorities: Sequence[str], *, at: datetime, random: Random, kind: str = HYBRID
) -> Keystore:
    """A store of fresh keys for *state* and each of *authorities* (such as `VNM/contact-point`), good from *at*.

    Draws 32 bytes from *random* for each key. *kind* is `mlkem768x25519` or `X25519`.
    """
    identity, ledger = SigningKey.from_seed(random(SEED_SIZE)), SigningKey.from_seed(random(SEED_SIZE))
    store = Keystore(state=require_state(state), identity=identity, ledger=ledger, authorities={})
    for authority in authorities:
        store = rotate(store, authority, at=at, random=random, kind=kind)
    return store


def rotate(store: Keystore, id: str, *, at: datetime, random: Random, kind: str = HYBRID) -> Keystore:
    """*store* with fresh keys for the authority *id* from the time *at*, at which its open keys are closed.

    An authority that the store does not know yet is added. Draws 64 bytes from *random*. Raises `BadKeystore`.
    """
    at = _to_the_millisecond(at)
    if not require_authority(id).startswith(f"{store.state}/"):
        raise BadKeystore(f"the key store of {store.state} cannot hold keys of {id}")
    old = store.authorities.get(id, AuthorityKeys(signing=(), encryption=()))
    if any(secret.since >= at for secret in old.signing):
        raise BadKeystore(f"{id} already has a key from {stamp(at)} or later")
    keys = AuthorityKeys(
        signing=(
            *(secret if secret.until else replace(secret, until=at) for secret in old.signing),
            SigningSecret(key=SigningKey.from_seed(random(SEED_SIZE)), since=at),
        ),
        encryption=(
            *(secret if secret.until else replace(secret, until=at) for secret in old.encryption),
            EncryptionSecret(identity=_new_identity(kind, random), since=at),
        ),
    )
    return replace(store, authorities={**store.authorities, id: keys})


def revoke(store: Keystore, id: str, kid: str, *, at: datetime) -> Keystore:
    """*store* with the signing key *kid* of the authority *id* revoked at the time *at*.

    Raises `NoSuchAuthority` or `NoSigningKey`. Issue a new card at once.
    """
    at = _to_the_millisecond(at)
    keys = store.authority(id)
    if kid not in {secret.key.kid for secret in keys.signing}:
        raise NoSigningKey(f"{id} has no signing key {kid}")
    signing = tuple(
        replace(secret, revoked=at) if secret.key.kid == kid and secret.revoked is None else secret
        for secret in keys.signing
    )
    return replace(store, authorities={**store.authorities, id: replace(keys, signing=signing)})


def forget(store: Keystore, id: str) -> Keystore:
    """*store* without the closed encryption keys of the authority *id*; what only they open is lost.

    Raises `NoSuchAuthority`.
    """
    keys = store.authority(id)
    kept = tuple(secret for secret in keys.encryption if secret.until is None)
    return replace(store, authorities={**store.authorities, id: replace(keys, encryption=kept)})


def _parsed(plain: bytes) -> Keystore:
    try:
        return _read_store(canonical.loads_object(plain))
    except BadKeystore:
        raise
    except RogatoryError as error:
        raise BadKeystore(f"the key store cannot be read: {error}") from error


def _to_the_millisecond(at: datetime) -> datetime:
    # As cards and envelopes write times, so that a key never ends at one time here and at another there.
    return parse_stamp(stamp(at))


def _new_identity(kind: str, random: Random) -> HybridIdentity | X25519Identity:
    if kind not in (HYBRID, X25519):
        raise BadKeystore(f"an encryption key is of type {HYBRID} or {X25519}, not {kind!r}")
    return HybridIdentity(random(SEED_SIZE)) if kind == HYBRID else X25519Identity(random(SEED_SIZE))


def _store_object(store: Keystore) -> JSONObject:
    split = {"recovery": _recovery_object(store.recovery)} if store.recovery else {}
    return {
        **split,
        "v": 1,
        "state": store.state,
        "identity": _seed_text(store.identity),
        "ledger": _seed_text(store.ledger),
        "authorities": [
            {
                "id": authority,
                "signing": [
                    {
                        "seed": _seed_text(secret.key),
                        "from": stamp(secret.since),
                        "until": _stamp_or_none(secret.until),
                        "revoked": _stamp_or_none(secret.revoked),
                    }
                    for secret in keys.signing
                ],
                "encryption": [
                    {
                        "identity": secret.identity.reveal(),
                        "from": stamp(secret.since),
                        "until": _stamp_or_none(secret.until),
                    }
                    for secret in keys.encryption
                ],
            }
            for authority, keys in store.authorities.items()
        ],
    }


def _recovery_object(recovery: Recovery) -> JSONObject:
    return {
        "recipient": recovery.recipient,
        "threshold": recovery.threshold,
        "custodians": list(recovery.custodians),
        "at": stamp(recovery.at),
    }


def _read_store(source: JSONObject) -> Keystore:
    fields.version(source, "key store")
    found = fields.objects(source, "authorities", "key store", limit=MAX_AUTHORITIES)
    return Keystore(
        state=fields.checked(source, "state", "key store", require_state),
        identity=_key(source, "identity", "key store"),
        ledger=_key(source, "ledger", "key store"),
        authorities={fields.checked(item, "id", "key store", require_authority): _read_keys(item) for item in found},
        recovery=_read_recovery(source) if source.get("recovery") is not None else None,
    )


def _read_recovery(source: Mapping[str, Any]) -> Recovery:
    where = "key store, recovery"
    found = fields.mapping(source, "recovery", "key store")
    recipient = fields.text(found, "recipient", where)
    parse_recipient(recipient)
    return Recovery(
        recipient=recipient,
        threshold=fields.number(found, "threshold", where, least=1),
        custodians=fields.texts(found, "custodians", where),
        at=fields.time(found, "at", where),
    )


def _read_keys(source: Mapping[str, Any]) -> AuthorityKeys:
    where = f"key store, {source['id']}"
    return AuthorityKeys(
        signing=tuple(
            SigningSecret(
                key=_key(item, "seed", where),
                since=fields.time(item, "from", where),
                until=fields.time_or_none(item, "until", where),
                revoked=fields.time_or_none(item, "revoked", where),
            )
            for item in fields.objects(source, "signing", where, limit=MAX_KEYS)
        ),
        encryption=tuple(
            EncryptionSecret(
                identity=parse_identity(fields.text(item, "identity", where, limit=200)),
                since=fields.time(item, "from", where),
                until=fields.time_or_none(item, "until", where),
            )
            for item in fields.objects(source, "encryption", where, limit=MAX_KEYS)
        ),
    )


def _key(source: Mapping[str, Any], name: str, where: str) -> SigningKey:
    return SigningKey.from_seed(from_base64url(fields.text(source, name, where, limit=100).encode()))


def _seed_text(key: SigningKey) -> str:
    return to_base64url(key.reveal_seed()).decode()


def _stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
