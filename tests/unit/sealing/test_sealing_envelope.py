"""The ladder of an envelope: what climbs it, what is refused, at which step."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_states import NOW, START, PracticeState, fixed_random, practice_state, seed

from rogatory.kernel import canonical
from rogatory.kernel.digests import sha256
from rogatory.sealing import age, envelope, jws
from rogatory.sealing.encoding import from_base64url, to_base64url
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import HybridIdentity, X25519Identity

NAME = "0" * 25 + "1"
MESSAGE = b"message " * 40


def _sealed(sender: PracticeState, receiver: PracticeState, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "id": NAME,
        "sender": sender.authority,
        "receiver": receiver.authority,
        "key": sender.key,
        "recipients": [str(receiver.opener.recipient)],
        "at": NOW,
        "random": fixed_random("envelope"),
    }
    return envelope.seal_envelope(MESSAGE, **(given | changes))


def _climb(data: bytes, ring: KeyRing, receiver: PracticeState) -> bytes:
    verified = envelope.verify_envelope(envelope.read_envelope(data), ring, now=NOW)
    envelope.refuse_replay(verified, lambda sender, name: None)
    return envelope.open_envelope(verified, {receiver.authority: [receiver.opener]})


def _resigned(data: bytes, key: SigningKey, change: dict[str, Any], *, raw: bytes | None = None) -> bytes:
    first, line, sealed = data.split(b"\n", 2)
    payload = canonical.loads_object(from_base64url(line.split(b".")[1])) | change
    signed = jws.sign(payload, key=key, typ=envelope.TYPE)
    if raw is not None:
        signing_input = signed.split(b".")[0] + b"." + to_base64url(raw)
        signed = signing_input + b"." + to_base64url(key.sign(signing_input))
    return b"\n".join((first, signed, sealed))


@pytest.fixture(scope="module")
def sealed(vnm: PracticeState, fra: PracticeState) -> bytes:
    return _sealed(vnm, fra)


def test_an_envelope_climbs_the_ladder_and_gives_the_message(
    sealed: bytes, vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    verified = envelope.verify_envelope(envelope.read_envelope(sealed), ring, now=NOW)
    assert (verified.sender, verified.receiver, verified.at) == (vnm.authority, fra.authority, NOW)
    assert verified.suite == "Ed25519+age-mlkem768x25519"
    assert verified.digest == sha256(sealed)
    assert verified.signer.state == "VNM"
    assert envelope.open_envelope(verified, {fra.authority: [fra.opener]}) == MESSAGE


def test_a_receiver_may_choose_plain_x25519(vnm: PracticeState) -> None:
    receiver = practice_state("KEN", X25519Identity(seed("KEN opener")))
    data = _sealed(vnm, receiver)
    assert envelope.read_envelope(data).suite == "Ed25519+age-x25519"
    assert _climb(data, KeyRing([vnm.card, receiver.card]), receiver) == MESSAGE


def test_step_1_an_envelope_over_the_limit_is_refused(sealed: bytes) -> None:
    with pytest.raises(envelope.EnvelopeTooLarge) as refused:
        envelope.read_envelope(sealed, limit=len(sealed) - 1)
    assert refused.value.step == 1


def test_step_1_no_envelope_over_the_limit_is_made(vnm: PracticeState, fra: PracticeState) -> None:
    with pytest.raises(envelope.EnvelopeTooLarge):
        envelope.seal_envelope(
            bytes(envelope.MAX_ENVELOPE),
            id=NAME,
            sender=vnm.authority,
            receiver=fra.authority,
            key=vnm.key,
            recipients=[str(fra.opener.recipient)],
            at=NOW,
            random=fixed_random("large"),
        )


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"envelope": "short"},
        {"from": "VNM"},
        {"to": 7},
        {"at": "yesterday"},
        {"sealed": []},
        {"suite": None},
    ],
    ids=str,
)
def test_step_2_members_that_cannot_be_are_refused(sealed: bytes, vnm: PracticeState, change: dict[str, Any]) -> None:
    with pytest.raises(envelope.EnvelopeMalformed) as refused:
        envelope.read_envelope(_resigned(sealed, vnm.key, change))
    assert refused.value.step == 2


def test_step_2_a_key_that_stands_twice_is_refused(sealed: bytes, vnm: PracticeState) -> None:
    with pytest.raises(envelope.EnvelopeDuplicateKey) as refused:
        envelope.read_envelope(_resigned(sealed, vnm.key, {}, raw=b'{"a":1,"a":2}'))
    assert (refused.value.step, refused.value.code) == (2, "envelope-duplicate-key")


def test_step_2_payload_that_is_not_canonical_is_refused(sealed: bytes, vnm: PracticeState) -> None:
    with pytest.raises(envelope.EnvelopeMalformed):
        envelope.read_envelope(_resigned(sealed, vnm.key, {}, raw=b'{"b":1, "a":2}'))


def test_unknown_members_are_kept_and_do_no_harm(
    sealed: bytes, vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    data = _resigned(sealed, vnm.key, {"later": {"x": 1}})
    assert envelope.read_envelope(data).signed.payload["later"] == {"x": 1}
    assert _climb(data, ring, fra) == MESSAGE


def test_step_3_an_unknown_suite_is_refused(sealed: bytes, vnm: PracticeState) -> None:
    with pytest.raises(envelope.EnvelopeUnknownSuite) as refused:
        envelope.read_envelope(_resigned(sealed, vnm.key, {"suite": "Ed448+rot13"}))
    assert refused.value.step == 3


def test_step_3_another_signature_algorithm_is_refused(sealed: bytes) -> None:
    first, line, rest = sealed.split(b"\n", 2)
    header = to_base64url(canonical.dumps({"alg": "none", "kid": "x", "typ": envelope.TYPE}))
    line = b".".join((header, *line.split(b".")[1:]))
    with pytest.raises(envelope.EnvelopeUnknownSuite):
        envelope.read_envelope(b"\n".join((first, line, rest)))


def test_step_4_a_key_no_card_names_is_refused(sealed: bytes, ring: KeyRing) -> None:
    stranger = SigningKey.from_seed(seed("stranger"))
    with pytest.raises(envelope.EnvelopeUnknownKey) as refused:
        envelope.verify_envelope(envelope.read_envelope(_resigned(sealed, stranger, {})), ring, now=NOW)
    assert refused.value.step == 4


def test_step_4_sealed_bytes_changed_behind_the_signature_are_refused(sealed: bytes, ring: KeyRing) -> None:
    data = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(envelope.EnvelopeContentsDiffer) as refused:
        envelope.verify_envelope(envelope.read_envelope(data), ring, now=NOW)
    assert refused.value.step == 4


def test_step_5_a_key_cannot_speak_for_another_authority(
    sealed: bytes, vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    data = _resigned(sealed, vnm.key, {"from": fra.authority})
    with pytest.raises(envelope.EnvelopeWrongSender) as refused:
        envelope.verify_envelope(envelope.read_envelope(data), ring, now=NOW)
    assert refused.value.step == 5


def test_step_5_an_envelope_signed_before_the_key_was_valid_is_refused(
    vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    data = _sealed(vnm, fra, at=START - timedelta(seconds=1))
    with pytest.raises(envelope.EnvelopeKeyNotValid):
        envelope.verify_envelope(envelope.read_envelope(data), ring, now=NOW)


def test_step_5_a_revoked_key_is_refused_whatever_date_it_writes(vnm: PracticeState, fra: PracticeState) -> None:
    period = dataclasses.replace(vnm.card.authorities[0].signing[0], revoked=NOW - timedelta(days=1))
    authority = dataclasses.replace(vnm.card.authorities[0], signing=(period,))
    card = dataclasses.replace(vnm.card, authorities=(authority,))
    for at in (NOW, NOW - timedelta(days=30)):
        unverified = envelope.read_envelope(_sealed(vnm, fra, at=at))
        with pytest.raises(envelope.EnvelopeKeyRevoked) as refused:
            envelope.verify_envelope(unverified, KeyRing([card, fra.card]), now=NOW)
        assert refused.value.step == 5


def test_step_5_a_clock_may_be_five_minutes_ahead_and_no_more(
    vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    soon = envelope.read_envelope(_sealed(vnm, fra, at=NOW + timedelta(minutes=5)))
    assert envelope.verify_envelope(soon, ring, now=NOW).at > NOW
    later = envelope.read_envelope(_sealed(vnm, fra, at=NOW + timedelta(minutes=5, seconds=1)))
    with pytest.raises(envelope.EnvelopeFromTheFuture):
        envelope.verify_envelope(later, ring, now=NOW)


def test_step_6_a_replay_and_a_reused_name_are_told_apart(sealed: bytes, ring: KeyRing) -> None:
    verified = envelope.verify_envelope(envelope.read_envelope(sealed), ring, now=NOW)
    known = {(verified.sender, verified.envelope): verified.digest}
    with pytest.raises(envelope.EnvelopeReplayed) as refused:
        envelope.refuse_replay(verified, lambda sender, name: known.get((sender, name)))
    assert refused.value.step == 6
    with pytest.raises(envelope.EnvelopeNameReused):
        envelope.refuse_replay(verified, lambda sender, name: "0" * 64)


def test_step_7_an_envelope_for_another_node_is_refused(sealed: bytes, vnm: PracticeState, ring: KeyRing) -> None:
    verified = envelope.verify_envelope(envelope.read_envelope(sealed), ring, now=NOW)
    with pytest.raises(envelope.EnvelopeNotForUs) as refused:
        envelope.open_envelope(verified, {vnm.authority: [vnm.opener]})
    assert refused.value.step == 7


def test_step_8_an_envelope_sealed_to_another_key_is_refused(
    vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    other = HybridIdentity(seed("other"))
    verified = envelope.verify_envelope(
        envelope.read_envelope(_sealed(vnm, fra, recipients=[str(other.recipient)])), ring, now=NOW
    )
    with pytest.raises(envelope.EnvelopeNotOpened) as refused:
        envelope.open_envelope(verified, {fra.authority: [fra.opener]})
    assert refused.value.step == 8


def test_step_8_an_envelope_sealed_more_weakly_than_its_suite_says_is_refused(
    sealed: bytes, vnm: PracticeState, fra: PracticeState, ring: KeyRing
) -> None:
    weak = X25519Identity(seed("weak"))
    inside = age.seal(MESSAGE, [str(weak.recipient)], fixed_random("weak"))
    described = {"sealed": {"sha256": sha256(inside), "size": len(inside)}}
    first, line, _ = _resigned(sealed, vnm.key, described).split(b"\n", 2)
    data = b"\n".join((first, line, inside))
    verified = envelope.verify_envelope(envelope.read_envelope(data), ring, now=NOW)
    with pytest.raises(envelope.EnvelopeNotOpened, match="not sealed as its suite"):
        envelope.open_envelope(verified, {fra.authority: [fra.opener, weak]})


@settings(max_examples=300, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_an_envelope_changed_in_any_one_byte_is_refused_with_its_step(
    sealed: bytes, fra: PracticeState, ring: KeyRing, place: int, bit: int
) -> None:
    place %= len(sealed)
    changed = sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :]
    with pytest.raises(envelope.EnvelopeRefused) as refused:
        _climb(changed, ring, fra)
    assert refused.value.step in range(1, 9)


@settings(max_examples=200, deadline=None)
@given(length=st.integers(min_value=0))
def test_an_envelope_cut_at_any_length_is_refused_with_its_step(
    sealed: bytes, fra: PracticeState, ring: KeyRing, length: int
) -> None:
    with pytest.raises(envelope.EnvelopeRefused) as refused:
        _climb(sealed[: length % len(sealed)], ring, fra)
    assert refused.value.step in range(1, 9)


@settings(max_examples=100, deadline=None)
@given(extra=st.binary(min_size=1, max_size=100))
def test_an_envelope_with_anything_put_behind_it_is_refused(
    sealed: bytes, fra: PracticeState, ring: KeyRing, extra: bytes
) -> None:
    with pytest.raises(envelope.EnvelopeRefused):
        _climb(sealed + extra, ring, fra)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: envelope.FIRST_LINE + tail))
def test_no_bytes_whatever_raise_anything_but_a_coded_error(fra: PracticeState, ring: KeyRing, data: bytes) -> None:
    with pytest.raises(envelope.EnvelopeRefused):
        _climb(data, ring, fra)
