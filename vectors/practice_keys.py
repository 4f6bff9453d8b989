"""Practice keys and cards of the vectors: all from fixed seeds, the same in every run, protecting nothing."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from rogatory.kernel import canonical
from rogatory.ledger.notes import COSIGNATURE_V1, VerifierKey
from rogatory.ledger.witness import NAME_END
from rogatory.sealing import cards, hkdf, jws
from rogatory.sealing.cards import CardAuthority, CardLedger, EncryptionPeriod, SigningPeriod
from rogatory.sealing.encoding import to_base64url
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.keystore import WITNESS_INFO
from rogatory.sealing.recipients import HybridIdentity, X25519Identity

START = datetime(2030, 1, 1, tzinfo=UTC)
CLOCK = datetime(2030, 6, 1, 12, tzinfo=UTC)
RETIRED = datetime(2030, 2, 1, tzinfo=UTC)
REVOKED = datetime(2030, 5, 1, tzinfo=UTC)
NAME = "00000000000000000000000001"
VNM, FRA, KEN = "VNM/contact-point", "FRA/contact-point", "KEN/contact-point"

Made = Iterator[tuple[str, dict[str, str], bytes]]
"""The name of a vector, the lines of its header, and its bytes."""


def seed(name: str) -> bytes:
    """32 bytes that belong to *name*."""
    return hashlib.sha256(b"rogatory vector " + name.encode()).digest()


def fixed_random(name: str) -> Callable[[int], bytes]:
    """A source that gives the same bytes in every run."""
    state = seed(name)

    def draw(size: int) -> bytes:
        nonlocal state
        out = hashlib.shake_256(state).digest(size + 32)
        state = out[size:]
        return out[:size]

    return draw


def signing(name: str) -> SigningKey:
    """The signing key that belongs to *name*."""
    return SigningKey.from_seed(seed(name))


def witness_vkey(state: str) -> str:
    """The verifier key with which *state* cosigns, derived from the seed of its ledger key (spec/keystore.md)."""
    secret = SigningKey.from_seed(hkdf.derive(seed(f"{state} ledger"), salt=b"", info=WITNESS_INFO))
    name = f"{state.lower()}.example/ledger{NAME_END}"
    return str(VerifierKey(name=name, public=secret.public.raw, algorithm=COSIGNATURE_V1))


PLAIN = {name: X25519Identity(seed(name + " age")) for name in (VNM, FRA, KEN)}
HYBRID = HybridIdentity(seed("FRA hybrid"))
MESSAGE = jws.sign({"v": 1, "text": "Xin chào"}, key=signing(VNM), typ="rogatory-message+jws")


def card(
    state: str, authority: str, *, signers: tuple[SigningPeriod, ...], hybrid: bool = False, **changes: Any
) -> bytes:
    """The card of *state* with one authority."""
    opener = HYBRID if hybrid else PLAIN[authority]
    described = CardAuthority(
        id=authority,
        name={"en": f"Contact point of {state}", "fr": f"Point de contact de {state}"},
        functions=("41",),
        languages=("en", "fr"),
        signing=signers,
        encryption=(EncryptionPeriod(recipient=str(opener.recipient), since=START),),
    )
    given: dict[str, Any] = {
        "identity": signing(state),
        "state": state,
        "serial": 1,
        "issued": START,
        "exercise": True,
        "address": f"https://{state.lower()}.example",
        "authorities": [described],
        "ledger": CardLedger(origin=f"{state.lower()}.example/ledger", key=f"{state.lower()}.example/ledger+0+key"),
    }
    return cards.make_card(**(given | changes))


def known_cards() -> dict[str, bytes]:
    """The cards of the ring against which envelopes and receipts are judged."""
    since = {"since": START}
    ken = (
        SigningPeriod(key=signing("KEN retired").public, since=START, until=RETIRED),
        SigningPeriod(key=signing("KEN revoked").public, since=START, revoked=REVOKED),
    )
    return {
        "vnm": card("VNM", VNM, signers=(SigningPeriod(key=signing(VNM).public, **since),)),
        "fra": card("FRA", FRA, signers=(SigningPeriod(key=signing(FRA).public, **since),), hybrid=True),
        "ken": card("KEN", KEN, signers=ken),
    }


def handmade(key: SigningKey, header: bytes, payload: bytes) -> bytes:
    """A signed document with any *header* and *payload*, well formed or not."""
    signing_input = to_base64url(header) + b"." + to_base64url(payload)
    return signing_input + b"." + to_base64url(key.sign(signing_input))


def header_of(key: SigningKey, typ: str, **changes: Any) -> bytes:
    """The canonical header of a document, with *changes*."""
    return canonical.dumps({"alg": "Ed25519", "kid": key.kid, "typ": typ} | changes)


def flipped(data: bytes, place: int) -> bytes:
    """*data* with one bit of the byte at *place* changed."""
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def other_letter(signed: bytes, place: int) -> bytes:
    """The base64 text *signed* with another letter at *place*."""
    place %= len(signed)
    return signed[:place] + (b"A" if signed[place : place + 1] != b"A" else b"B") + signed[place + 1 :]
