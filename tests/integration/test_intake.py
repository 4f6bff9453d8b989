"""What an envelope from outside can do to a node: be kept once and receipted, or be refused with a code."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.support.partner import Partner, preservation_contents

from rogatory.errors import RogatoryError
from rogatory.kernel import digests, ids
from rogatory.node import intake, record
from rogatory.node.context import Node
from rogatory.sealing import jws, receipts

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"


def request_body(**contents: str) -> dict[str, object]:
    return {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": {**preservation_contents(), **contents},
        "follows_request": None,
    }


@pytest.fixture
def request_envelope(france: Partner, our_recipients: tuple[str, ...], start: datetime) -> bytes:
    message = france.message("request", request_body(), case=CASE, to=US, at=start)
    return france.seal(message.jws, to=US, recipients=our_recipients, at=start)


def test_a_request_is_kept_in_the_ledger_and_answered_with_a_signed_receipt(
    node: Node, request_envelope: bytes, start: datetime
) -> None:
    receipt = intake.receive(node, request_envelope)
    key = node.unlock().signing_key(US, start).public
    told = jws.verify(receipt.encode(), key=key, typ=receipts.TYPE)
    case = record.case_file(node, CASE)
    assert told["result"] == "stored"
    assert told["message"] == case.events[0].message.digest
    assert told["ledger"]["index"] == 0
    assert node.stores.ledger.size() == 1
    assert [line.case for line in node.stores.views.cases()] == [CASE]


def test_the_same_envelope_again_changes_nothing_and_gets_the_same_receipt(node: Node, request_envelope: bytes) -> None:
    first = intake.receive(node, request_envelope)
    with pytest.raises(intake.Replayed) as caught:
        intake.receive(node, request_envelope)
    assert caught.value.receipt == first
    assert node.stores.ledger.size() == 1


def refused(node: Node, envelope: bytes) -> str:
    before = node.stores.ledger.size(), len(node.stores.messages.cases())
    with pytest.raises(RogatoryError) as caught:
        intake.receive(node, envelope)
    assert (node.stores.ledger.size(), len(node.stores.messages.cases())) == before
    return caught.value.code


@pytest.mark.parametrize("place", [0, 30, 200, 1000, -1])
def test_an_envelope_changed_in_one_byte_is_refused(node: Node, request_envelope: bytes, place: int) -> None:
    changed = bytearray(request_envelope)
    changed[place] ^= 1
    assert refused(node, bytes(changed)).startswith("envelope-")


@pytest.mark.parametrize("length", [0, 10, 400, -1])
def test_an_envelope_cut_short_is_refused(node: Node, request_envelope: bytes, length: int) -> None:
    assert refused(node, request_envelope[:length]).startswith("envelope-")


def test_an_envelope_that_is_too_large_is_refused(node: Node, request_envelope: bytes) -> None:
    assert refused(node, request_envelope + bytes(4 * 1024 * 1024)) == "envelope-too-large"


def test_an_envelope_for_another_node_is_refused(
    node: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    message = france.message(
        "request", request_body(), case=CASE.replace("VNM", "KEN"), to="KEN/contact-point", at=start
    )
    envelope = france.seal(message.jws, to="KEN/contact-point", recipients=our_recipients, at=start)
    assert refused(node, envelope) == "envelope-not-for-us"


def test_an_unknown_sender_is_refused(node: Node, our_recipients: tuple[str, ...], start: datetime) -> None:
    stranger = Partner("BRA", since=start - timedelta(days=1))
    message = stranger.message("request", request_body(), case=CASE.replace("FRA", "BRA"), to=US, at=start)
    envelope = stranger.seal(message.jws, to=US, recipients=our_recipients, at=start)
    assert refused(node, envelope) == "envelope-unknown-key"


def test_a_signature_from_before_the_key_was_valid_is_refused(
    node: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    key = france.keys.signing_key(france.authority, start)
    early = start - timedelta(days=60)
    authority = france.keys.authority(france.authority)
    periods = tuple(replace(one, since=early) for one in authority.signing)
    france.keys = replace(france.keys, authorities={france.authority: replace(authority, signing=periods)})
    message = france.message("request", request_body(), case=CASE, to=US, at=early)
    envelope = france.seal(message.jws, to=US, recipients=our_recipients, at=early)
    assert france.keys.signing_key(france.authority, early) is key
    assert refused(node, envelope) == "envelope-key-not-valid-then"


def test_a_message_inside_from_somebody_else_is_refused(
    node: Node, france: Partner, people: dict[str, object], our_recipients: tuple[str, ...], start: datetime
) -> None:
    stranger = Partner("BRA", since=start - timedelta(days=1))
    message = stranger.message("request", request_body(), case=CASE.replace("FRA", "BRA"), to=US, at=start)
    envelope = france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    assert refused(node, envelope) == "unknown-key"


def test_a_step_that_does_not_fit_the_case_is_refused(
    node: Node, france: Partner, request_envelope: bytes, our_recipients: tuple[str, ...], start: datetime
) -> None:
    intake.receive(node, request_envelope)
    opening = record.case_file(node, CASE).events[0].message
    decision = france.message(
        "decision",
        {"outcome": "accepted"},
        case=CASE,
        to=US,
        at=start + timedelta(minutes=1),
        follows=(opening.digest,),
        number=2,
        regarding=opening.digest,
    )
    envelope = france.seal(decision.jws, to=US, recipients=our_recipients, at=start + timedelta(minutes=1))
    assert refused(node, envelope) == "does-not-fit"


def test_a_message_whose_predecessor_is_missing_is_refused_for_now(
    node: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    message = france.message(
        "withdrawal",
        {"reason": "no longer needed"},
        case=CASE,
        to=US,
        at=start,
        follows=(digests.sha256(b"not here"),),
        number=2,
        regarding=digests.sha256(b"not here"),
    )
    envelope = france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    assert refused(node, envelope) == "missing-message"


def test_an_unknown_kind_is_kept_and_answered_with_a_signed_not_understood(
    node: Node, france: Partner, request_envelope: bytes, our_recipients: tuple[str, ...], start: datetime
) -> None:
    intake.receive(node, request_envelope)
    opening = record.case_file(node, CASE).events[0].message
    message = france.message(
        "hologram",
        {"anything": "new"},
        case=CASE,
        to=US,
        at=start,
        follows=(opening.digest,),
        number=2,
        regarding=opening.digest,
    )
    receipt = intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=start))
    key = node.unlock().signing_key(US, start).public
    assert jws.verify(receipt.encode(), key=key, typ=receipts.TYPE)["result"] == "not-understood"
    last = record.case_file(node, CASE).events[-1]
    assert last.message.kind == "hologram"
    assert "not known here" in last.ineffective


def test_another_envelope_under_a_used_identifier_is_refused(
    node: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    name = ids.new_id(bytes(17))
    first = france.message("request", request_body(), case=CASE, to=US, at=start)
    other = france.message("request", request_body(data="Other data"), case=CASE[:-1] + "C", to=US, at=start)
    intake.receive(node, france.seal(first.jws, to=US, recipients=our_recipients, at=start, id=name))
    again = france.seal(other.jws, to=US, recipients=our_recipients, at=start, id=name)
    assert refused(node, again) == "envelope-id-reused"


def test_a_message_from_the_real_world_does_not_enter_an_exercise(
    node: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime
) -> None:
    message = france.message("request", request_body(), case=CASE, to=US, at=start, exercise=False)
    envelope = france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    assert refused(node, envelope) == "wrong-world-message"
