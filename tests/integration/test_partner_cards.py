"""Contact cards: accepted after a comparison, replaced only by newer ones of the same identity, never forgotten."""

from datetime import datetime, timedelta

import pytest
from tests.support.partner import Partner, preservation_contents
from tests.support.world import Stopwatch

from rogatory.errors import RogatoryError
from rogatory.node import intake, partners
from rogatory.node.context import Node
from rogatory.node.people import Actor, RoleMissing
from rogatory.sealing import cards
from rogatory.sealing.keystore import revoke, rotate

US = "VNM/contact-point"
People = dict[str, Actor]


def add(node: Node, people: People, partner: Partner, at: datetime, fingerprint: str = "") -> None:
    told = fingerprint or cards.fingerprint(partner.keys.identity.public)
    partners.add_partner(node, people["administrator"], partner.card(at=at), fingerprint=told)


def code_of(node: Node, people: People, partner: Partner, at: datetime, fingerprint: str = "") -> str:
    with pytest.raises(RogatoryError) as caught:
        add(node, people, partner, at, fingerprint)
    return caught.value.code


def test_a_card_whose_fingerprint_differs_is_not_accepted(node: Node, people: People, start: datetime) -> None:
    stranger = Partner("FRA", since=start)
    assert code_of(node, people, stranger, start, "00000-00000-00000-00000") == "fingerprint-differs"
    assert list(node.stores.partners.all()) == []


def test_a_fingerprint_may_be_typed_in_small_letters_and_without_dashes(
    node: Node, people: People, start: datetime
) -> None:
    france = Partner("FRA", since=start)
    told = cards.fingerprint(france.keys.identity.public).replace("-", " ").lower()
    add(node, people, france, start, told)
    assert [row.state for row in node.stores.partners.all()] == ["FRA"]


def test_only_an_administrator_accepts_cards(node: Node, people: People, start: datetime) -> None:
    france = Partner("FRA", since=start)
    told = cards.fingerprint(france.keys.identity.public)
    with pytest.raises(RoleMissing):
        partners.add_partner(node, people["drafter"], france.card(at=start), fingerprint=told)


def test_another_identity_of_the_same_state_is_refused(
    node: Node, people: People, france: Partner, start: datetime
) -> None:
    impostor = Partner("FRA", since=start)
    impostor.serial = 9
    assert code_of(node, people, impostor, start) == "card-identity-changed"


def test_an_older_card_does_not_come_back(node: Node, people: People, france: Partner, start: datetime) -> None:
    assert code_of(node, people, france, start) == "card-not-newer"


def test_a_card_from_the_real_world_is_refused_in_an_exercise(node: Node, people: People, start: datetime) -> None:
    real = Partner("BRA", since=start, exercise=False)
    real.address = "https://node.example"
    assert code_of(node, people, real, start) == "wrong-world"


def test_what_was_signed_with_a_key_that_a_newer_card_closed_is_still_taken_in(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = france.message("request", body, case="FRA-VNM-2028-0001-7Q4K2M9XAB", to=US, at=start)
    sealed = france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    later = start + timedelta(minutes=1)
    france.keys = rotate(france.keys, france.authority, at=later, random=lambda count: bytes(range(count)))
    france.serial = 2
    add(node, people, france, later)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time = later + timedelta(minutes=1)
    assert intake.receive(node, sealed)
    assert [row.serial for row in node.stores.partners.history()] == [1, 2]
    assert [row.serial for row in node.stores.partners.all()] == [2]


def test_nothing_signed_with_a_revoked_key_is_taken_in_whatever_its_date(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = france.message("request", body, case="FRA-VNM-2028-0001-7Q4K2M9XAB", to=US, at=start)
    sealed = france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    stolen = france.keys.signing_key(france.authority, start).kid
    later = start + timedelta(minutes=1)
    france.keys = revoke(france.keys, france.authority, stolen, at=later)
    france.serial = 2
    add(node, people, france, later)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time = later + timedelta(minutes=1)
    with pytest.raises(RogatoryError) as caught:
        intake.receive(node, sealed)
    assert caught.value.code == "envelope-key-revoked"
    assert node.stores.ledger.size() == 0
