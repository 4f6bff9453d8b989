"""The outbox: retries with growing waits, reasons in words, and one effect however often it is tried."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.support.partner import Partner, preservation_contents
from tests.support.world import Road, Stopwatch

from rogatory.casefile.messages import Message
from rogatory.kernel import canonical
from rogatory.node import delivery, drafting, steps
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.exchange import DeliveryRow
from rogatory.ports.world import Answer
from rogatory.sealing import envelope, receipts

People = dict[str, Actor]


@pytest.fixture
def sent(node: Node, people: People, france: Partner) -> Message:
    draft = drafting.start_request(
        node, people["drafter"], measure="preservation", receiver="FRA/contact-point", contents=preservation_contents()
    )
    drafting.submit(node, people["drafter"], draft.id)
    return drafting.approve(node, people["approver"], draft.id)


@pytest.fixture
def receipt_for(node: Node, france: Partner) -> Callable[..., Answer]:
    def answer(data: bytes, **changes: str) -> Answer:
        read = envelope.read_envelope(data)
        at = node.clock.now()
        row = node.stores.outbox.get(read.envelope)
        assert row is not None
        receipt = receipts.Receipt(
            envelope=read.envelope,
            sealed_sha256=read.sealed_sha256,
            message=row.message,
            result="stored",
            at=at,
            sender=read.receiver,
            receiver=read.sender,
        )
        key = france.keys.signing_key(france.authority, at)
        return Answer(status=200, code="", body=receipts.make_receipt(replace(receipt, **changes), key=key))

    return answer


def row_of(node: Node, message: Message) -> DeliveryRow:
    return node.stores.outbox.of_case(message.case)[0]


def road(node: Node) -> Road:
    assert isinstance(node.transport, Road)
    return node.transport


def later(node: Node, **span: float) -> None:
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(**span)


def test_a_verified_receipt_ends_the_delivery(node: Node, sent: Message, receipt_for: Callable[..., Answer]) -> None:
    road(node).receive = receipt_for
    assert delivery.drain(node, "FRA") == 1
    assert row_of(node, sent).state == "delivered"
    assert delivery.drain(node, "FRA") == 0
    assert len(road(node).posted) == 1


def test_a_partner_that_is_down_is_tried_again_after_growing_waits(node: Node, sent: Message) -> None:
    road(node).down = "the partner's node cannot be reached: connection refused"
    waits = []
    for _ in range(6):
        before = node.clock.now()
        delivery.drain(node, "FRA")
        row = row_of(node, sent)
        waits.append((row.next_at - before).total_seconds())
        later(node, hours=2)
    row = row_of(node, sent)
    assert (row.state, row.attempts, row.code) == ("queued", 6, "partner-unreachable")
    assert row.failing_since is not None
    assert "connection refused" in row.reason
    assert row.remedy
    assert all(1 <= wait <= 2**place * 2 + 1 for place, wait in enumerate(waits))
    assert waits[5] > waits[0] * 8


def test_nothing_is_tried_before_its_wait_is_over(node: Node, sent: Message) -> None:
    road(node).down = "no answer"
    delivery.drain(node, "FRA")
    delivery.drain(node, "FRA")
    assert len(road(node).posted) == 1


def test_a_person_can_try_again_at_once(
    node: Node, people: People, sent: Message, receipt_for: Callable[..., Answer]
) -> None:
    road(node).down = "no answer"
    delivery.drain(node, "FRA")
    road(node).down = ""
    road(node).receive = receipt_for
    delivery.retry(node, people["drafter"], row_of(node, sent).id)
    assert delivery.drain(node, "FRA") == 1


def test_a_person_can_withdraw_what_was_never_delivered(node: Node, people: People, sent: Message) -> None:
    road(node).down = "no answer"
    delivery.drain(node, "FRA")
    delivery.withdraw(node, people["approver"], row_of(node, sent).id)
    later(node, hours=3)
    road(node).down = ""
    assert delivery.drain(node, "FRA") == 0
    assert row_of(node, sent).state == "withdrawn"


def test_a_coded_refusal_of_the_partner_is_kept_with_its_remedy(node: Node, sent: Message) -> None:
    road(node).answers = [
        Answer(status=409, code="does-not-fit", body=b"", message="The case is closed.", remedy="Open a new case.")
    ]
    delivery.drain(node, "FRA")
    row = row_of(node, sent)
    assert (row.state, row.code, row.reason, row.remedy) == (
        "refused",
        "does-not-fit",
        "The case is closed.",
        "Open a new case.",
    )


def test_a_full_disk_on_the_other_side_is_waited_for(node: Node, sent: Message) -> None:
    road(node).answers = [Answer(status=507, code="storage-full", body=b"", message="The disk is full.")]
    delivery.drain(node, "FRA")
    assert row_of(node, sent).state == "queued"


def test_a_receipt_that_was_lost_is_given_again(node: Node, sent: Message, receipt_for: Callable[..., Answer]) -> None:
    def replayed(data: bytes) -> Answer:
        body = canonical.dumps({"code": "envelope-replayed", "receipt": receipt_for(data).body.decode()})
        return Answer(status=409, code="envelope-replayed", body=body, message="taken in before")

    road(node).receive = replayed
    assert delivery.drain(node, "FRA") == 1
    assert row_of(node, sent).state == "delivered"


@pytest.mark.parametrize("changes", [{"message": "0" * 64}, {"sealed_sha256": "0" * 64}])
def test_a_receipt_for_something_else_does_not_end_the_delivery(
    node: Node, sent: Message, receipt_for: Callable[..., Answer], changes: dict[str, str]
) -> None:
    road(node).receive = lambda data: receipt_for(data, **changes)
    assert delivery.drain(node, "FRA") == 0
    assert row_of(node, sent).code == "receipt-differs"


def test_a_delivery_that_a_worker_holds_is_not_taken_by_another(node: Node, sent: Message) -> None:
    now = node.clock.now()
    with node.stores.atomic():
        held = node.stores.outbox.claim("FRA", now=now, until=now + delivery.LEASE, limit=10)
    assert len(held) == 1
    with node.stores.atomic():
        assert node.stores.outbox.claim("FRA", now=now, until=now + delivery.LEASE, limit=10) == []
    later(node, seconds=delivery.LEASE.total_seconds() + 1)
    now = node.clock.now()
    with node.stores.atomic():
        assert len(node.stores.outbox.claim("FRA", now=now, until=now + delivery.LEASE, limit=10)) == 1


def test_a_message_never_overtakes_an_earlier_one_of_its_case(
    node: Node, people: People, sent: Message, receipt_for: Callable[..., Answer]
) -> None:
    road(node).down = "no answer"
    delivery.drain(node, "FRA")
    steps.take(
        node,
        people["drafter"],
        case=sent.case,
        regarding=sent.digest,
        kind="withdrawal",
        body={"reason": "The data were found at home."},
    )
    road(node).down = ""
    road(node).receive = receipt_for
    assert delivery.drain(node, "FRA") == 0
    later(node, minutes=5)
    assert delivery.drain(node, "FRA") == 2
    order = [envelope.read_envelope(data).envelope for data in road(node).posted[1:]]
    assert order == [row.id for row in node.stores.outbox.of_case(sent.case)]


def test_a_worker_that_died_leaves_nothing_undone(
    node: Node, sent: Message, receipt_for: Callable[..., Answer]
) -> None:
    def dies(data: bytes) -> Answer:
        receipt_for(data)
        raise KeyboardInterrupt

    road(node).receive = dies
    with pytest.raises(KeyboardInterrupt):
        delivery.drain(node, "FRA")
    road(node).receive = receipt_for
    later(node, minutes=5)
    assert node.stores.outbox.partners_due(node.clock.now()) == ["FRA"]
    assert delivery.drain(node, "FRA") == 1
