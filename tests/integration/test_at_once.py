"""Two at once: two approvals, two deliveries, two workers, two copies of one envelope; always one effect."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connections
from tests.support.partner import Partner, preservation_contents
from tests.support.world import Road

from rogatory.errors import RogatoryError
from rogatory.node import delivery, drafting, intake
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.world import Answer
from rogatory.sealing import envelope, receipts

US = "VNM/contact-point"
AT_ONCE = 6


def at_once(act: Callable[[], Any], count: int = AT_ONCE) -> list[Any]:
    """What *act* gives, or the code of its error, in *count* threads that start together."""
    found: list[Any] = []
    gate = threading.Barrier(count)

    def run() -> None:
        gate.wait()
        try:
            found.append(act())
        except RogatoryError as error:
            found.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == count
    return found


def drafted(node: Node, people: dict[str, Actor]) -> str:
    draft = drafting.start_request(
        node, people["drafter"], measure="preservation", receiver="FRA/contact-point", contents=preservation_contents()
    )
    return drafting.submit(node, people["drafter"], draft.id).id


def test_approvals_at_once_send_one_message(shared: Node, partner: Partner, people: dict[str, Actor]) -> None:
    draft = drafted(shared, people)
    found = at_once(lambda: drafting.approve(shared, people["approver"], draft).digest)
    issued = [one for one in found if len(one) == 64]
    assert len(issued) == 1
    assert set(found) - set(issued) <= {"draft-not-in-state", "changed-meanwhile"}
    assert shared.stores.ledger.size() == 1
    assert len(shared.stores.outbox.undelivered()) == 1


def test_one_envelope_arriving_many_times_at_once_is_kept_once(shared: Node, partner: Partner, start: datetime) -> None:
    recipients = tuple(one.recipient for one in shared.unlock().authority(US).card_encryption())
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = partner.message("request", body, case="FRA-VNM-2028-0001-7Q4K2M9XAB", to=US, at=start)
    sealed = partner.seal(message.jws, to=US, recipients=recipients, at=start)
    found = at_once(lambda: intake.receive(shared, sealed))
    assert sorted(code for code in found if code == "envelope-replayed") == ["envelope-replayed"] * (AT_ONCE - 1)
    assert shared.stores.ledger.size() == 1


def test_different_cases_arriving_at_once_all_stand_in_the_ledger(
    shared: Node, partner: Partner, start: datetime
) -> None:
    recipients = tuple(one.recipient for one in shared.unlock().authority(US).card_encryption())
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    waiting = [
        partner.seal(
            partner.message("request", body, case=f"FRA-VNM-2028-000{place}-7Q4K2M9XAB", to=US, at=start).jws,
            to=US,
            recipients=recipients,
            at=start,
        )
        for place in range(AT_ONCE)
    ]
    found = at_once(lambda: intake.receive(shared, waiting.pop()))
    assert all(len(receipt) > 200 for receipt in found)
    assert shared.stores.ledger.size() == AT_ONCE
    assert (
        len(
            {
                row.ledger_index
                for case in shared.stores.messages.cases()
                for row in shared.stores.messages.of_case(case)
            }
        )
        == AT_ONCE
    )


def test_workers_at_once_deliver_each_message_once(
    shared: Node, partner: Partner, people: dict[str, Actor], start: datetime
) -> None:
    for _ in range(4):
        drafting.approve(shared, people["approver"], drafted(shared, people))
    taken: list[str] = []

    def take(data: bytes) -> Answer:
        read = envelope.read_envelope(data)
        taken.append(read.envelope)
        row = shared.stores.outbox.get(read.envelope)
        assert row is not None
        at = shared.clock.now()
        receipt = receipts.Receipt(
            envelope=read.envelope,
            sealed_sha256=read.sealed_sha256,
            message=row.message,
            result="stored",
            at=at,
            sender=read.receiver,
            receiver=read.sender,
        )
        key = partner.keys.signing_key(partner.authority, at)
        return Answer(status=200, code="", body=receipts.make_receipt(receipt, key=key))

    assert isinstance(shared.transport, Road)
    shared.transport.receive = take
    assert sum(at_once(lambda: delivery.drain(shared, "FRA"), count=3)) == 4
    assert len(taken) == len(set(taken)) == 4
