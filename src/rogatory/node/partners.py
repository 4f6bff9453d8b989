"""Partners: whose contact card was compared and accepted, and the keys that follow from it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rogatory.errors import BadInput, NotFound
from rogatory.ledger.notes import COSIGNATURE_V1, VerifierKey
from rogatory.ledger.witness import NAME_END
from rogatory.node import people
from rogatory.node.context import AuthorityConfig, Node
from rogatory.node.people import Actor
from rogatory.ports.exchange import PartnerRow
from rogatory.sealing import cards
from rogatory.sealing.cards import Card, CardAuthority, CardLedger
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keystore import Keystore


class FingerprintDiffers(BadInput):
    """The fingerprint given is not that of the card."""

    code = "fingerprint-differs"
    remedy = "Read the fingerprint again with the partner, by telephone or in person. Do not accept the card before."


class NoSuchPartner(NotFound):
    """No card of that State has been accepted here."""

    code = "no-such-partner"
    remedy = "Exchange contact cards first: rogatory partner add CARD."


class WrongWorld(BadInput):
    """An exercise and the real world never mix."""

    code = "wrong-world"
    remedy = "Practice States talk to practice States only."


def own_card(node: Node) -> bytes:
    """This node's own contact card, freshly signed."""
    keystore, config = node.unlock(), node.config
    return cards.make_card(
        identity=keystore.identity,
        state=config.state,
        serial=config.serial,
        issued=node.clock.now(),
        exercise=config.exercise,
        address=config.address,
        authorities=[_authority(keystore, authority) for authority in config.authorities],
        ledger=CardLedger(
            origin=config.log_origin,
            key=str(VerifierKey(name=config.log_origin, public=keystore.ledger.public.raw)),
            witness=str(own_witness_key(node)),
        ),
    )


def own_witness_key(node: Node) -> VerifierKey:
    """The key with which this node cosigns other States' checkpoints."""
    name, public = node.config.log_origin + NAME_END, node.unlock().witness.public.raw
    return VerifierKey(name=name, public=public, algorithm=COSIGNATURE_V1)


def _authority(keystore: Keystore, authority: AuthorityConfig) -> CardAuthority:
    keys = keystore.authority(authority.id)
    return CardAuthority(
        id=authority.id,
        name={"en": authority.name_en, "fr": authority.name_fr},
        functions=authority.functions,
        languages=authority.languages,
        signing=keys.card_signing(),
        encryption=keys.card_encryption(),
    )


def add_partner(node: Node, actor: Actor, card_jws: bytes, *, fingerprint: str) -> Card:
    """The partner's card, accepted because its fingerprint is the one that *actor* was told.

    Raises `FingerprintDiffers`, `WrongWorld` and what `cards.read_card` and `cards.accept_update` raise.
    """
    people.require(actor, "administrator")
    card = cards.read_card(card_jws)
    if _plain(fingerprint) != _plain(cards.fingerprint(card.identity)):
        raise FingerprintDiffers(f"the card of {card.state} has another fingerprint than the one given")
    if card.exercise is not node.config.exercise:
        raise WrongWorld(f"the card of {card.state} is {'for an exercise' if card.exercise else 'no practice card'}")
    if card.state == node.state:
        raise BadInput(f"this is a card of {card.state} itself")
    with node.stores.atomic():
        held = node.stores.partners.get(card.state)
        if held is not None:
            cards.accept_update(cards.read_card(held.card.encode()), card)
        node.stores.partners.add(
            PartnerRow(
                state=card.state,
                serial=card.serial,
                card=card_jws.decode(),
                accepted_at=node.clock.now(),
                accepted_by=actor.id,
            )
        )
        people.note(node, actor, "partner:card:accept", card.state, f"serial {card.serial}")
    return card


def card_of(node: Node, state: str) -> Card:
    """The accepted card of *state*; raises `NoSuchPartner`."""
    row = node.stores.partners.get(state)
    if row is None:
        raise NoSuchPartner(f"no contact card of {state} has been accepted")
    return _read(row.card)


def all_cards(node: Node) -> Mapping[str, Card]:
    """The accepted card of every partner, by State."""
    return {row.state: _read(row.card) for row in node.stores.partners.all()}


def card_history(node: Node) -> Sequence[Card]:
    """Every card that was ever accepted here, by State and serial."""
    return [_read(row.card) for row in node.stores.partners.history()]


def ring(node: Node) -> KeyRing:
    """The keys of all partners, old ones included."""
    return _ring_of(tuple(row.card for row in node.stores.partners.history()))


def ring_of(node: Node, state: str) -> KeyRing:
    """The keys of the partner *state*; raises `NoSuchPartner`."""
    return _ring_of((card_of(node, state).jws.decode(),))


def ring_with_us(node: Node) -> KeyRing:
    """The keys of all partners and our own."""
    return KeyRing([*card_history(node), cards.read_card(own_card(node))])


# Reading a card costs more than everything else about a message: what was read of the same text is kept.


@lru_cache(maxsize=512)
def _read(card: str) -> Card:
    return cards.read_card(card.encode())


@lru_cache(maxsize=64)
def _ring_of(held: tuple[str, ...]) -> KeyRing:
    return KeyRing(_read(card) for card in held)


def _plain(fingerprint: str) -> str:
    return "".join(character for character in fingerprint.upper() if character.isalnum())
