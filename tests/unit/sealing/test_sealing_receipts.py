"""Receipts: signed words of the receiver that hold for one envelope only."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_states import NOW, START, PracticeState

from rogatory.errors import RogatoryError
from rogatory.sealing import jws, receipts
from rogatory.sealing.fields import BadField
from rogatory.sealing.keyring import KeyNotValidThen, KeyRevoked, KeyRing, UnknownKey
from rogatory.sealing.receipts import LedgerPlace, Receipt


@pytest.fixture(scope="module")
def receipt(vnm: PracticeState, fra: PracticeState) -> Receipt:
    return Receipt(
        envelope="0" * 25 + "1",
        sealed_sha256="a" * 64,
        message="b" * 64,
        result=receipts.STORED,
        at=NOW,
        sender=fra.authority,
        receiver=vnm.authority,
        ledger=LedgerPlace(index=7, checkpoint="fra.example/ledger\n8\nroot\n"),
    )


def test_a_receipt_says_what_was_put_into_it(receipt: Receipt, fra: PracticeState, ring: KeyRing) -> None:
    data = receipts.make_receipt(receipt, key=fra.key)
    assert receipts.verify_receipt(data, ring, now=NOW) == receipt
    bare = dataclasses.replace(receipt, ledger=None, result=receipts.NOT_UNDERSTOOD, reason="unknown-kind")
    assert receipts.verify_receipt(receipts.make_receipt(bare, key=fra.key), ring, now=NOW) == bare


def test_a_receipt_of_another_signer_is_refused(receipt: Receipt, vnm: PracticeState, ring: KeyRing) -> None:
    with pytest.raises(UnknownKey):
        receipts.verify_receipt(receipts.make_receipt(receipt, key=vnm.key), ring, now=NOW)
    with pytest.raises(UnknownKey):
        receipts.verify_receipt(receipts.make_receipt(receipt, key=vnm.identity), ring, now=NOW)


def test_a_receipt_signed_when_the_key_was_not_valid_is_refused(
    receipt: Receipt, fra: PracticeState, ring: KeyRing
) -> None:
    early = dataclasses.replace(receipt, at=START - timedelta(days=1))
    for now in (NOW, None):
        with pytest.raises(KeyNotValidThen):
            receipts.verify_receipt(receipts.make_receipt(early, key=fra.key), ring, now=now)


def test_an_old_receipt_outlives_its_key_but_a_new_one_does_not(
    receipt: Receipt, vnm: PracticeState, fra: PracticeState
) -> None:
    period = dataclasses.replace(fra.card.authorities[0].signing[0], revoked=NOW + timedelta(days=1))
    authority = dataclasses.replace(fra.card.authorities[0], signing=(period,))
    ring = KeyRing([vnm.card, dataclasses.replace(fra.card, authorities=(authority,))])
    data = receipts.make_receipt(receipt, key=fra.key)
    assert receipts.verify_receipt(data, ring, now=None) == receipt
    with pytest.raises(KeyRevoked):
        receipts.verify_receipt(data, ring, now=NOW + timedelta(days=2))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"envelope": "x"},
        {"message": None},
        {"result": "Stored!"},
        {"from": "x"},
        {"ledger": 3},
        {"ledger": {"index": -1, "checkpoint": "x"}},
        {"reason": ""},
    ],
    ids=str,
)
def test_a_receipt_with_members_that_cannot_be_is_refused(
    receipt: Receipt, fra: PracticeState, change: dict[str, Any]
) -> None:
    signed = jws.read(receipts.make_receipt(receipt, key=fra.key), typ=receipts.TYPE)
    with pytest.raises(BadField):
        receipts.read_receipt(jws.sign(signed.payload | change, key=fra.key, typ=receipts.TYPE))


def test_a_receipt_for_something_else_does_not_match(receipt: Receipt, fra: PracticeState) -> None:
    right = {"envelope": receipt.envelope, "sealed_sha256": "a" * 64, "message": "b" * 64, "by": fra.authority}
    receipts.match_receipt(receipt, **right)
    for name, value in (("envelope", "2"), ("sealed_sha256", "c"), ("message", "c"), ("by", "KEN/contact-point")):
        with pytest.raises(receipts.ReceiptDiffers):
            receipts.match_receipt(receipt, **(right | {name: value}))


@settings(max_examples=200, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_a_receipt_changed_in_any_byte_is_refused(
    receipt: Receipt, fra: PracticeState, ring: KeyRing, place: int, bit: int
) -> None:
    data = receipts.make_receipt(receipt, key=fra.key)
    place %= len(data)
    with pytest.raises(RogatoryError):
        receipts.verify_receipt(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :], ring, now=NOW)
