"""An exhibit that another State sends: announced, taken part by part, receipted once, opened for a purpose."""

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.support.handed_exhibits import Given
from tests.support.handover import PART, Handover, People
from tests.support.partner import Partner
from tests.support.world import Road, Stopwatch

from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.node import record, steps
from rogatory.node.arrivals import Arrivals
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, opening, transfer
from rogatory.node.evidence import handover as handing_over
from rogatory.ports.world import Answer


@pytest.fixture
def handover(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Handover:
    return Handover(node, people, france, our_recipients, os.urandom(300_000))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RogatoryError) as caught:
        act()
    return caught.value.code


def test_parts_in_any_order_and_twice_make_the_exhibit_once(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_list()
    count = handover.sealed.parts.count
    assert count > 3
    assert [handover.give(number) for number in reversed(range(1, count))] == [True] * (count - 1)
    assert handover.give(2) is False
    assert transfer.missing(node, "FRA", handover.id)["missing"] == [0]
    assert handover.give(0) is True
    assert exhibits.get(node, handover.id).state == "complete"


def test_the_custody_receipt_is_given_once(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_all()
    receipt = handing_over.finish(node, handover.id)
    assert receipt is not None
    assert receipt.kind == "custody-receipt"
    assert handing_over.finish(node, handover.id) is None
    case = record.case_file(node, handover.request.case)
    assert case.requests[handover.request.digest].state == "received"
    assert [event.message.kind for event in case.events].count("custody-receipt") == 1


def test_what_is_opened_is_what_was_sealed_and_the_purpose_is_recorded(
    handover: Handover, node: Node, people: People
) -> None:
    handover.announce()
    handover.give_all()
    handing_over.finish(node, handover.id)
    sink = io.BytesIO()
    opening.open_exhibit(node, people["custodian"], handover.id, sink, purpose="To examine the log-ins")
    assert sink.getvalue() == handover.content
    chain = record.case_file(node, handover.request.case).exhibits[handover.id].custody
    last = custody.read_entry(chain[-1].encode()).unverified_entry
    assert (last.act, last.purpose, last.person) == ("opened", "To examine the log-ins", people["custodian"].name)


def test_opening_without_a_purpose_is_refused(handover: Handover, node: Node, people: People) -> None:
    handover.announce()
    handover.give_all()
    handing_over.finish(node, handover.id)
    attempt = lambda: opening.open_exhibit(node, people["custodian"], handover.id, io.BytesIO(), purpose=" ")  # noqa: E731
    assert code_of(attempt) == "bad-body"


def test_a_part_with_a_wrong_digest_is_refused_and_can_be_sent_again(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_list()
    wrong = bytearray(handover.part(1))
    wrong[5] ^= 1
    assert code_of(lambda: handover.offer(1, bytes(wrong))) == "wrong-part-digest"
    assert 1 in transfer.missing(node, "FRA", handover.id)["missing"]  # type: ignore[operator]
    assert handover.give(1) is True


@pytest.mark.parametrize(
    ("number", "length", "code"),
    [(1, 10, "wrong-part-size"), (999, PART, "part-out-of-range"), (0, PART + 1, "wrong-part-size")],
)
def test_an_impossible_part_is_refused(handover: Handover, node: Node, number: int, length: int, code: str) -> None:
    handover.announce()
    handover.give_list()
    assert code_of(lambda: handover.offer(number, bytes(length))) == code


def test_a_list_of_parts_that_is_not_the_signed_one_is_refused(handover: Handover, node: Node) -> None:
    handover.announce()
    wrong = bytes(len(handover.sealed.part_digests))
    assert code_of(lambda: transfer.take_parts_list(node, "FRA", handover.id, wrong)) == "wrong-part-list"


def test_parts_before_their_list_are_refused(handover: Handover) -> None:
    handover.announce()
    assert code_of(lambda: handover.give(0)) == "not-receiving"


def test_parts_from_another_state_are_refused(handover: Handover, node: Node) -> None:
    handover.announce()
    assert code_of(lambda: transfer.missing(node, "BRA", handover.id)) == "not-your-exhibit"


def test_an_exhibit_that_was_never_announced_takes_nothing(handover: Handover) -> None:
    assert code_of(handover.give_list) == "no-such-exhibit"


def test_a_transfer_that_is_never_finished_gives_no_receipt(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_list()
    handover.give(0)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(days=30)
    assert handing_over.finish(node, handover.id) is None
    assert exhibits.get(node, handover.id).state == "receiving"


@pytest.mark.parametrize(
    "changes",
    [
        {"receivers": ("KEN/contact-point",)},
        {"case": "VNM-FRA-2028-0009-7Q4K2M9XAB"},
        {"answers": "0" * 64},
    ],
)
def test_a_manifest_that_speaks_of_something_else_is_refused(
    handover: Handover, node: Node, changes: dict[str, Any]
) -> None:
    before = node.stores.ledger.size()
    assert code_of(lambda: handover.announce(handover.make_manifest(**changes))) == "wrong-manifest"
    assert node.stores.ledger.size() == before


def test_a_full_disk_refuses_a_part_and_loses_nothing(
    handover: Handover, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    handover.announce()
    handover.give_list()
    handover.give(0)
    with monkeypatch.context() as patch:
        patch.setattr(type(node.blobs), "free", lambda _: 1000)
        assert code_of(lambda: handover.give(1)) == "storage-full"
    assert handover.give(1) is True


def test_an_opening_before_the_receipt_is_refused(handover: Handover, node: Node, people: People) -> None:
    handover.announce()
    attempt = lambda: opening.open_exhibit(node, people["custodian"], handover.id, io.BytesIO(), purpose="x")  # noqa: E731
    assert code_of(attempt) == "exhibit-not-in-state"


def test_the_time_of_a_case_is_the_practice_time(handover: Handover, start: datetime) -> None:
    assert handover.request.at - start < timedelta(minutes=1)


def test_nobody_writes_a_custody_receipt_by_hand(handover: Handover, node: Node, people: People) -> None:
    handover.announce()
    chain = record.case_file(node, handover.request.case).exhibits[handover.id].custody
    before = node.stores.ledger.size()

    def by_hand() -> object:
        return steps.take(
            node,
            people["custodian"],
            case=handover.request.case,
            regarding=handover.request.digest,
            kind="custody-receipt",
            body={"exhibit": handover.id, "custody": list(chain[:1])},
        )

    assert code_of(by_hand) == "does-not-fit"
    assert node.stores.ledger.size() == before


def test_parts_that_a_dead_process_had_not_counted_are_asked_for_again(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_list()
    count = handover.sealed.parts.count
    for number in range(3):
        assert handover.give(number) is True
    reborn = replace(node, arrivals=Arrivals())
    assert transfer.missing(reborn, "FRA", handover.id)["missing"] == list(range(count))
    assert transfer.missing(node, "FRA", handover.id)["missing"] == list(range(3, count))
    assert transfer.missing(reborn, "FRA", handover.id)["missing"] == list(range(3, count))


def test_a_part_that_came_twice_before_it_was_counted_is_taken_once(handover: Handover, node: Node) -> None:
    handover.announce()
    handover.give_list()
    assert [handover.give(0), handover.give(0)] == [True, False]
    missing = transfer.missing(node, "FRA", handover.id)["missing"]
    assert missing == list(range(1, handover.sealed.parts.count))


def test_a_part_that_rotted_at_the_sender_is_named_there_and_not_sent_for_ever(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, os.urandom(100_000))
    given.deliver()
    row = exhibits.get(node, given.id)
    node.blobs.repair(row.sealed_blob, exhibits.manifest_of(row).parts.total, 5000, b"rotten")
    sent: list[tuple[int, bytes, bytes]] = []

    class Receiver(Road):
        """Answers as a node does that checks what was signed against what came."""

        def missing_parts(self, address: str, exhibit: str) -> Answer:
            return Answer(status=200, code="", body=b'{"missing":[0],"parts_list":true}')

        def put_part(self, address: str, exhibit: str, number: int, data: bytes, *, sha256: bytes) -> Answer:
            sent.append((number, data, sha256))
            wrong = hashlib.sha256(data).digest() != sha256
            return (
                Answer(status=401, code="request-signature", body=b"")
                if wrong
                else Answer(status=200, code="", body=b"{}")
            )

    assert transfer.send(replace(node, transport=Receiver()), given.id) == 0
    assert len(sent) == 1
    assert exhibits.get(node, given.id).reason.endswith("(wrong-part-digest)")
