"""Contact cards and the ring of their keys."""

import contextlib
import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_states import NOW, START, PracticeState, practice_state, seed

from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.sealing import cards, jws
from rogatory.sealing.cards import Card, CardAuthority, EncryptionPeriod, SigningPeriod
from rogatory.sealing.fields import BadField
from rogatory.sealing.keyring import (
    KeyNotValidThen,
    KeyRevoked,
    KeyRing,
    NoEncryptionKey,
    UnknownAuthority,
    UnknownKey,
)
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import HybridIdentity, X25519Identity


def _reissued(state: PracticeState, *, identity: SigningKey | None = None, **changes: Any) -> Card:
    card = state.card
    given: dict[str, Any] = {
        "state": card.state,
        "serial": card.serial + 1,
        "issued": card.issued + timedelta(days=1),
        "exercise": card.exercise,
        "address": card.address,
        "authorities": card.authorities,
        "ledger": card.ledger,
    }
    return cards.read_card(cards.make_card(identity=identity or state.identity, **(given | changes)))


def _authority(state: PracticeState, **changes: Any) -> CardAuthority:
    return dataclasses.replace(state.card.authorities[0], **changes)


def _signed(state: PracticeState, change: dict[str, Any]) -> bytes:
    return jws.sign(state.card.payload | change, key=state.identity, typ=cards.TYPE)


def test_a_card_says_what_was_put_into_it(vnm: PracticeState) -> None:
    card = cards.read_card(vnm.card.jws)
    assert card == vnm.card
    assert (card.state, card.serial, card.exercise, card.issued) == ("VNM", 1, True, START)
    assert card.authorities[0].name["fr"] == "Point de contact de VNM"
    assert card.authorities[0].encryption[0].recipient == str(vnm.opener.recipient)


def test_a_card_may_end_in_a_line_break_as_text_files_do(vnm: PracticeState) -> None:
    assert cards.read_card(vnm.card.jws + b"\r\n").jws == vnm.card.jws


def test_unknown_members_of_a_card_are_kept(vnm: PracticeState) -> None:
    data = _signed(vnm, {"telephone": {"night": "+84"}})
    card = cards.read_card(data)
    assert card.payload["telephone"] == {"night": "+84"}
    assert card.jws == data


def test_a_fingerprint_is_four_groups_of_five_that_belong_to_the_key(vnm: PracticeState, fra: PracticeState) -> None:
    shown = cards.fingerprint(vnm.card.identity)
    assert [len(group) for group in shown.split("-")] == [5, 5, 5, 5]
    assert shown != cards.fingerprint(fra.card.identity)
    assert cards.fingerprint(_reissued(vnm).identity) == shown


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"state": "Vietnam"},
        {"serial": 0},
        {"serial": True},
        {"serial": "1"},
        {"issued": "today"},
        {"issued": None},
        {"exercise": "yes"},
        {"address": "ftp://x"},
        {"address": "https://a b"},
        {"address": "http://node.example", "exercise": False},
        {"authorities": {}},
        {"authorities": [1]},
        {"ledger": None},
        {"ledger": {"origin": "", "key": "k"}},
        {"identity": {"kty": "RSA"}},
        {"identity": None},
    ],
    ids=str,
)
def test_a_card_with_members_that_cannot_be_is_refused(vnm: PracticeState, change: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        cards.read_card(_signed(vnm, change))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "FRA/contact-point"},
        {"id": "VNM"},
        {"name": {"en": ""}},
        {"name": []},
        {"functions": "41"},
        {"functions": [""]},
        {"languages": [1]},
        {"signing": [{}]},
        {"encryption": [{"recipient": "age1x", "from": "2028-01-01T00:00:00Z", "until": None}]},
    ],
    ids=str,
)
def test_an_authority_that_cannot_be_is_refused(vnm: PracticeState, change: dict[str, Any]) -> None:
    authority = vnm.card.payload["authorities"][0] | change
    with pytest.raises(BadField):
        cards.read_card(_signed(vnm, {"authorities": [authority]}))


@pytest.mark.parametrize(
    "change",
    [{"kid": "x"}, {"x": "y"}, {"from": None}, {"until": "2027-01-01T00:00:00Z"}, {"revoked": 1}],
    ids=str,
)
def test_a_signing_key_that_cannot_be_is_refused(vnm: PracticeState, change: dict[str, Any]) -> None:
    authority = vnm.card.payload["authorities"][0]
    key = authority["signing"][0] | change
    with pytest.raises(BadField):
        cards.read_card(_signed(vnm, {"authorities": [authority | {"signing": [key]}]}))


def test_an_authority_or_key_that_stands_twice_is_refused(vnm: PracticeState) -> None:
    authority = vnm.card.payload["authorities"][0]
    with pytest.raises(BadField, match="twice"):
        cards.read_card(_signed(vnm, {"authorities": [authority, authority]}))
    with pytest.raises(BadField, match="twice"):
        cards.read_card(_signed(vnm, {"authorities": [authority | {"signing": authority["signing"] * 2}]}))


def test_a_card_signed_by_another_key_than_its_identity_is_refused(vnm: PracticeState, fra: PracticeState) -> None:
    with pytest.raises(cards.BadCard):
        cards.read_card(jws.sign(vnm.card.payload, key=fra.identity, typ=cards.TYPE))


@settings(max_examples=300, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_a_card_changed_in_any_one_byte_is_refused(vnm: PracticeState, place: int, bit: int) -> None:
    data = vnm.card.jws
    place %= len(data)
    changed = data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]
    with pytest.raises(RogatoryError):
        cards.read_card(changed)


JUNK = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([{}])


@settings(max_examples=200, deadline=None)
@given(data=st.data(), junk=JUNK)
def test_a_card_with_anything_anywhere_raises_only_coded_errors(
    vnm: PracticeState, data: st.DataObject, junk: Any
) -> None:
    payload = canonical.loads_object(canonical.dumps(vnm.card.payload))
    target: Any = payload
    while True:
        keys = list(target) if isinstance(target, dict) else list(range(len(target)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(target[key], dict | list) and target[key] and data.draw(st.booleans()):
            target = target[key]
        else:
            break
    target[key] = junk
    # Junk may happen to be acceptable; an uncoded exception would pass through and fail the test.
    with contextlib.suppress(RogatoryError):
        cards.read_card(jws.sign(payload, key=vnm.identity, typ=cards.TYPE))


def test_an_update_must_be_newer_of_the_same_state_and_identity(vnm: PracticeState, fra: PracticeState) -> None:
    newer = _reissued(vnm)
    assert cards.accept_update(vnm.card, newer) is newer
    for older in (vnm.card, newer):
        with pytest.raises(cards.CardNotNewer):
            cards.accept_update(newer, older)
    with pytest.raises(cards.CardOtherState):
        cards.accept_update(vnm.card, fra.card)
    earnest = _reissued(vnm, exercise=False, address="https://node.example")
    with pytest.raises(cards.CardOtherState):
        cards.accept_update(vnm.card, earnest)
    with pytest.raises(cards.CardIdentityChanged, match=cards.fingerprint(fra.identity.public)):
        cards.accept_update(vnm.card, _reissued(vnm, identity=fra.identity))


def test_a_revocation_is_never_taken_back(vnm: PracticeState) -> None:
    period = vnm.card.authorities[0].signing[0]
    revoked = _reissued(vnm, authorities=[_authority(vnm, signing=(dataclasses.replace(period, revoked=NOW),))])
    later = dataclasses.replace(period, revoked=NOW + timedelta(days=1))
    for signing in ((period,), (later,)):
        undone = _reissued(vnm, serial=3, authorities=[_authority(vnm, signing=signing)])
        with pytest.raises(cards.RevocationUndone):
            cards.accept_update(revoked, undone)
    kept = _reissued(vnm, serial=3, authorities=revoked.authorities)
    assert cards.accept_update(revoked, kept) is kept


def test_the_ring_says_whose_key_it_is_and_since_when(vnm: PracticeState, ring: KeyRing) -> None:
    signer = ring.signer(vnm.key.kid, at=NOW)
    assert (signer.state, signer.authority, signer.key, signer.exercise) == ("VNM", vnm.authority, vnm.key.public, True)
    assert ring.signer(vnm.key.kid, at=START).since == START
    with pytest.raises(KeyNotValidThen):
        ring.signer(vnm.key.kid, at=START - timedelta(milliseconds=1))
    with pytest.raises(UnknownKey):
        ring.signer(vnm.identity.kid, at=NOW)
    with pytest.raises(UnknownKey):
        ring.key(vnm.identity.kid)


def test_a_key_is_not_valid_at_the_end_of_its_time_nor_from_its_revocation_on(vnm: PracticeState) -> None:
    key = vnm.key.public
    closed = _reissued(vnm, authorities=[_authority(vnm, signing=(SigningPeriod(key=key, since=START, until=NOW),))])
    ring = KeyRing([closed])
    assert ring.signer(key.kid, at=NOW - timedelta(milliseconds=1))
    with pytest.raises(KeyNotValidThen):
        ring.signer(key.kid, at=NOW)
    revoked = _reissued(vnm, authorities=[_authority(vnm, signing=(SigningPeriod(key=key, since=START, revoked=NOW),))])
    ring = KeyRing([revoked])
    before = NOW - timedelta(milliseconds=1)
    assert ring.signer(key.kid, at=before)
    assert ring.fresh_signer(key.kid, at=before, now=before)
    for at in (NOW, NOW + timedelta(days=1)):
        with pytest.raises(KeyRevoked):
            ring.signer(key.kid, at=at)
    with pytest.raises(KeyRevoked):
        ring.fresh_signer(key.kid, at=before, now=NOW)


def test_a_key_left_out_of_a_newer_card_counts_as_closed_when_that_was_issued(vnm: PracticeState) -> None:
    fresh = SigningKey.from_seed(seed("fresh")).public
    newer = _reissued(vnm, authorities=[_authority(vnm, signing=(SigningPeriod(key=fresh, since=NOW),))])
    for ring in (KeyRing([vnm.card, newer]), KeyRing([newer, vnm.card])):
        assert ring.signer(vnm.key.kid, at=newer.issued - timedelta(seconds=1)).until == newer.issued
        with pytest.raises(KeyNotValidThen):
            ring.signer(vnm.key.kid, at=newer.issued)
        assert ring.signer(fresh.kid, at=NOW).authority == vnm.authority
        assert ring.cards["VNM"] == newer


def test_a_state_cannot_take_over_the_signatures_of_another_by_listing_its_key(
    vnm: PracticeState, fra: PracticeState
) -> None:
    stolen = SigningPeriod(key=vnm.key.public, since=START)
    thief = _reissued(fra, authorities=[_authority(fra, signing=(stolen,))])
    ring = KeyRing([vnm.card, thief])
    assert ring.signer(vnm.key.kid, at=NOW, authority=vnm.authority).state == "VNM"
    with pytest.raises(UnknownKey):
        ring.signer(vnm.key.kid, at=NOW)


def test_two_cards_of_one_state_with_different_identities_make_no_ring(vnm: PracticeState, fra: PracticeState) -> None:
    with pytest.raises(cards.CardIdentityChanged):
        KeyRing([vnm.card, _reissued(vnm, identity=fra.identity)])


def test_the_ring_gives_the_recipients_that_are_valid_and_the_strongest_only(vnm: PracticeState) -> None:
    plain, hybrid = X25519Identity(seed("p")).recipient, HybridIdentity(seed("h")).recipient
    encryption = (
        EncryptionPeriod(recipient=str(plain), since=START),
        EncryptionPeriod(recipient=str(hybrid), since=NOW, until=NOW + timedelta(days=1)),
    )
    ring = KeyRing([_reissued(vnm, authorities=[_authority(vnm, encryption=encryption)])])
    assert ring.recipients(vnm.authority, START) == (str(plain),)
    assert ring.recipients(vnm.authority, NOW) == (str(hybrid),)
    assert ring.recipients(vnm.authority, NOW + timedelta(days=1)) == (str(plain),)
    with pytest.raises(NoEncryptionKey):
        ring.recipients(vnm.authority, START - timedelta(days=1))
    with pytest.raises(UnknownAuthority):
        ring.recipients("VNM/central-authority", NOW)


def test_an_authority_that_a_newer_card_leaves_out_is_no_longer_sent_to(vnm: PracticeState, fra: PracticeState) -> None:
    ring = KeyRing([vnm.card, _reissued(vnm, authorities=[]), fra.card])
    with pytest.raises(UnknownAuthority):
        ring.recipients(vnm.authority, NOW)
    assert ring.recipients(fra.authority, NOW)


def test_a_state_without_card_is_unknown() -> None:
    assert practice_state("KEN").card.state == "KEN"
    with pytest.raises(UnknownAuthority):
        KeyRing([]).authority("KEN/contact-point")
