"""Practice States for the tests of this room: keys and cards made from fixed seeds."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from rogatory.sealing.cards import (
    Card,
    CardAuthority,
    CardLedger,
    EncryptionPeriod,
    SigningPeriod,
    make_card,
    read_card,
)
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import HybridIdentity, X25519Identity

START = datetime(2028, 1, 1, tzinfo=UTC)
NOW = datetime(2028, 3, 1, 9, 30, tzinfo=UTC)


def seed(name: str) -> bytes:
    """32 bytes that belong to *name*."""
    return hashlib.sha256(name.encode()).digest()


def fixed_random(name: str) -> Callable[[int], bytes]:
    """A source of bytes that gives the same ones in every run."""
    state = seed(name)

    def draw(size: int) -> bytes:
        nonlocal state
        out = hashlib.shake_256(state).digest(size + 32)
        state = out[size:]
        return out[:size]

    return draw


@dataclass(frozen=True, kw_only=True)
class PracticeState:
    """The keys of a practice State with one contact point, and its card."""

    state: str
    authority: str
    identity: SigningKey
    key: SigningKey
    opener: HybridIdentity | X25519Identity
    card: Card


def practice_state(state: str, opener: HybridIdentity | X25519Identity | None = None) -> PracticeState:
    """A practice State whose contact point opens with *opener* (default hybrid)."""
    identity, key = SigningKey.from_seed(seed(state + " identity")), SigningKey.from_seed(seed(state + " key"))
    opener = opener or HybridIdentity(seed(state + " opener"))
    authority = CardAuthority(
        id=f"{state}/contact-point",
        name={"en": f"Contact point of {state}", "fr": f"Point de contact de {state}"},
        functions=("41",),
        languages=("en", "fr"),
        signing=(SigningPeriod(key=key.public, since=START),),
        encryption=(EncryptionPeriod(recipient=str(opener.recipient), since=START),),
    )
    card = make_card(
        identity=identity,
        state=state,
        serial=1,
        issued=START,
        exercise=True,
        address=f"http://{state.lower()}.example:8000",
        authorities=[authority],
        ledger=CardLedger(
            origin=f"{state.lower()}.example/ledger", key=f"{state.lower()}.example/ledger+00000000+AAAA"
        ),
    )
    return PracticeState(
        state=state, authority=authority.id, identity=identity, key=key, opener=opener, card=read_card(card)
    )
