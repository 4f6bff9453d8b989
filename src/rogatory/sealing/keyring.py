"""Whose key is this, and was it good at that time: the keys of all known cards as one value.

A ring is built from cards, old ones included, and keeps every key that ever stood in one: a key that a later card of
the same State no longer lists counts as closed when that card was issued. The same key may be claimed by two
authorities; then only the name that the signed document gives decides, and a State cannot take over the signatures
of another by listing its key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rogatory.errors import Untrusted
from rogatory.kernel.times import require_utc, stamp
from rogatory.sealing.cards import Card, CardAuthority, CardIdentityChanged, EncryptionPeriod, SigningPeriod
from rogatory.sealing.keys import VerifyKey
from rogatory.sealing.recipients import HYBRID, parse_recipient


class UnknownKey(Untrusted):
    """No card that is known here names this key."""

    code = "unknown-key"


class KeyNotValidThen(Untrusted):
    """The key was not valid at that time."""

    code = "key-not-valid-then"


class KeyRevoked(Untrusted):
    """The key was revoked."""

    code = "key-revoked"


class UnknownAuthority(Untrusted):
    """No card that is known here names this authority."""

    code = "unknown-authority"


class NoEncryptionKey(Untrusted):
    """The authority has no key to seal to at this time; ask for a newer card."""

    code = "no-encryption-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The authority that a key speaks for, and until when."""

    state: str
    authority: str
    key: VerifyKey
    since: datetime
    until: datetime | None
    revoked: datetime | None
    exercise: bool


class KeyRing:
    """All keys of all cards given; a value that never changes."""

    def __init__(self, cards: Iterable[Card]) -> None:
        """The ring of *cards*; raises `CardIdentityChanged` when two cards of one State have different identities."""
        self._signers: dict[str, dict[str, Signer]] = {}
        self._cards: dict[str, Card] = {}
        self._authorities: dict[str, CardAuthority] = {}
        for card in sorted(cards, key=lambda card: (card.state, card.serial)):
            self._add(card)

    @property
    def cards(self) -> Mapping[str, Card]:
        """The newest card of each State."""
        return self._cards

    def key(self, kid: str) -> VerifyKey:
        """The key that *kid* names, for checking a signature before asking whose it is; raises `UnknownKey`."""
        found = self._signers.get(kid)
        if not found:
            raise UnknownKey(f"no card that is known here names the key {kid}; ask its State for a newer card")
        return next(iter(found.values())).key

    def signer(self, kid: str, *, at: datetime, authority: str | None = None) -> Signer:
        """Who signed with the key *kid* at the time *at*, speaking for *authority* when that is given.

        Raises `UnknownKey`, `KeyNotValidThen` or `KeyRevoked`.
        """
        require_utc(at)
        claims = self._signers.get(kid, {})
        if authority is None and len(claims) == 1:
            signer = next(iter(claims.values()))
        elif authority is not None and authority in claims:
            signer = claims[authority]
        else:
            speaks = f" for {authority}" if authority and claims else ""
            raise UnknownKey(f"no card that is known here lets the key {kid} speak{speaks}; ask for a newer card")
        if at < signer.since or (signer.until is not None and at >= signer.until):
            raise KeyNotValidThen(f"the key {kid} of {signer.authority} was not valid at {stamp(at)}")
        if signer.revoked is not None and at >= signer.revoked:
            raise KeyRevoked(f"the key {kid} of {signer.authority} was revoked at {stamp(signer.revoked)}")
        return signer

    def fresh_signer(self, kid: str, *, at: datetime, now: datetime, authority: str | None = None) -> Signer:
        """As `signer`, for a document that arrives only now: also raises `KeyRevoked` when the key is revoked by *now*.

        Whoever stole a key can write any date, so what a revoked key signs is refused whatever date it bears.
        """
        signer = self.signer(kid, at=at, authority=authority)
        if signer.revoked is not None and require_utc(now) >= signer.revoked:
            raise KeyRevoked(f"the key {kid} of {signer.authority} was revoked at {stamp(signer.revoked)}")
        return signer

    def authority(self, id: str) -> CardAuthority:
        """What the newest card says of the authority *id*; raises `UnknownAuthority`."""
        try:
            return self._authorities[id]
        except KeyError:
            raise UnknownAuthority(f"no card that is known here names {id}") from None

    def recipients(self, id: str, at: datetime) -> tuple[str, ...]:
        """The age recipients of the authority *id* at the time *at*; raises `UnknownAuthority`, `NoEncryptionKey`.

        While an authority has hybrid and plain keys at once, only the hybrid ones are given: the two cannot be mixed
        in one file, and the stronger is the one to use.
        """
        require_utc(at)
        valid = [period.recipient for period in self.authority(id).encryption if _covers(period, at)]
        if not valid:
            raise NoEncryptionKey(f"{id} has no key to seal to at {stamp(at)}; ask for a newer card")
        hybrid = [recipient for recipient in valid if parse_recipient(recipient).kind == HYBRID]
        return tuple(hybrid or valid)

    def _add(self, card: Card) -> None:
        known = self._cards.get(card.state)
        if known is not None and known.identity != card.identity:
            raise CardIdentityChanged
        self._cards[card.state] = card
        listed = {
            (period.key.kid, authority.id): _signer(card, authority, period)
            for authority in card.authorities
            for period in authority.signing
        }
        for kid, claims in self._signers.items():
            for named, signer in claims.items():
                if signer.state == card.state and (kid, named) not in listed:
                    claims[named] = _closed(signer, card.issued)
        for (kid, named), signer in listed.items():
            self._signers.setdefault(kid, {})[named] = signer
        others = {named: found for named, found in self._authorities.items() if not named.startswith(f"{card.state}/")}
        self._authorities = others | {authority.id: authority for authority in card.authorities}


def _covers(period: EncryptionPeriod, at: datetime) -> bool:
    return period.since <= at and (period.until is None or at < period.until)


def _signer(card: Card, authority: CardAuthority, period: SigningPeriod) -> Signer:
    return Signer(
        state=card.state,
        authority=authority.id,
        key=period.key,
        since=period.since,
        until=period.until,
        revoked=period.revoked,
        exercise=card.exercise,
    )


def _closed(signer: Signer, at: datetime) -> Signer:
    until = at if signer.until is None else min(at, signer.until)
    return Signer(
        state=signer.state,
        authority=signer.authority,
        key=signer.key,
        since=signer.since,
        until=until,
        revoked=signer.revoked,
        exercise=signer.exercise,
    )
