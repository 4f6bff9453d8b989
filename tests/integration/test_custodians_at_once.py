"""Two custodians at once: one exhibit opened, given back and destroyed at the same moment; one wins, the other is told."""

import io
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from tests.integration.conftest import accept
from tests.support.given_folders import World
from tests.support.handed_exhibits import Received
from tests.support.handover import US, People
from tests.support.partner import Partner

from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.node import partners, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, onward, opening, retention
from rogatory.node.ledger import checking

CONTENT = bytes(range(256)) * 1500


@pytest.fixture
def held(shared: Node, people: People, partner: Partner) -> Received:
    """An exhibit of France that is here."""
    periods = shared.unlock().authority(US).card_encryption()
    found = Received(shared, people, partner, tuple(period.recipient for period in periods), CONTENT)
    found.arrive()
    return found


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """How each of *acts* ended, done in threads that start together: nothing, or the code of its error."""
    ended = [""] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        gate.wait()
        try:
            acts[place]()
        except RogatoryError as error:
            ended[place] = error.code
        except BaseException as error:
            ended[place] = f"BUG {error!r}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ended


def opener(node: Node, people: People, id: str, sinks: list[io.BytesIO]) -> Callable[[], Any]:
    def act() -> None:
        sink = io.BytesIO()
        opening.open_exhibit(node, people["custodian"], id, sink, purpose="To read it")
        sinks.append(sink)

    return act


def require_sound(node: Node, id: str) -> list[str]:
    """The acts in the custody of the exhibit, whose chain holds; the log is sound, and both sides were told once."""
    row = exhibits.get(node, id)
    chain = [one.encode() for one in row.custody]
    found = custody.verify_custody(chain, manifest=exhibits.manifest_of(row), signers=partners.ring_with_us(node))
    assert checking.check(node).findings == ()
    messages = [event.message.digest for event in record.case_file(node, row.case).events]
    assert len(messages) == len(set(messages))
    return [str(entry.act) for entry in found.entries]


def test_openings_at_once_all_stand_in_one_chain(shared: Node, people: People, held: Received) -> None:
    sinks: list[io.BytesIO] = []
    ended = at_once(*[opener(shared, people, held.id, sinks)] * 4)
    assert ended == [""] * 4
    assert [sink.getvalue() for sink in sinks] == [CONTENT] * 4
    assert require_sound(shared, held.id) == ["sealed", "sent", "received", *["opened"] * 4]


def test_an_exhibit_that_is_destroyed_while_it_is_opened_is_destroyed_once_and_the_openers_are_told(
    shared: Node, people: People, held: Received
) -> None:
    retention.propose(shared, people["custodian"], held.id, purpose="The case is over")
    sinks: list[io.BytesIO] = []
    opening_ = opener(shared, people, held.id, sinks)
    ended = at_once(lambda: retention.approve(shared, people["approver"], held.id), opening_, opening_, opening_)
    assert ended[0] == ""
    assert [code for code in ended if code.startswith("BUG")] == []
    done = require_sound(shared, held.id)
    assert done[-1] == "destroyed"
    assert done.count("destroyed") == 1
    assert done.count("opened") == len(sinks) == ended[1:].count("")
    assert list(shared.blobs.names(f"exhibits/{held.id}")) == []


def test_two_who_agree_at_once_to_a_destruction_destroy_once(shared: Node, people: People, held: Received) -> None:
    retention.propose(shared, people["custodian"], held.id, purpose="The case is over")
    ended = at_once(*[lambda: retention.approve(shared, people["approver"], held.id)] * 3)
    assert ended.count("") == 1
    assert set(ended) <= {"", "destruction-not-proposed", "exhibit-gone"}
    assert require_sound(shared, held.id)[3:] == ["destroyed"]


def test_what_is_given_back_and_destroyed_at_once_ends_in_one_way(shared: Node, people: People, held: Received) -> None:
    retention.propose(shared, people["custodian"], held.id, purpose="The case is over")
    ended = at_once(
        lambda: retention.approve(shared, people["approver"], held.id),
        lambda: retention.give_back(shared, people["custodian"], held.id),
    )
    assert [code for code in ended if code.startswith("BUG")] == []
    assert "" in ended
    assert require_sound(shared, held.id)[3:] in (["destroyed"], ["returned"])
    assert list(shared.blobs.names(f"exhibits/{held.id}")) == []


def test_what_is_passed_on_and_destroyed_at_once_never_leaves(
    shared: Node, people: People, partner: Partner, start: datetime
) -> None:
    kenya = accept(shared, people, Partner("KEN", since=start - timedelta(days=30)), start)
    recipients = tuple(period.recipient for period in shared.unlock().authority(US).card_encryption())
    world = World(shared, people, partner, recipients, kenya)
    held, asked = world.file(), world.asked.request
    retention.propose(shared, people["custodian"], held.id, purpose="The case is over")
    where = {"case": asked.case, "regarding": asked.digest}
    ended = at_once(
        lambda: onward.forward(shared, people["custodian"], held.id, **where, purpose="For the trial"),
        lambda: retention.approve(shared, people["approver"], held.id),
    )
    assert [code for code in ended if code.startswith("BUG")] == []
    assert ended[1] == ""
    assert require_sound(shared, held.id)[-1] == "destroyed"
    derived = [row for row in shared.stores.exhibits.of_case(asked.case) if exhibits.manifest_of(row).derived]
    # What is made of an exhibit is kept with the entry that says so, or not at all.
    assert len(derived) == (1 if ended[0] == "" else 0)
    for row in derived:
        with pytest.raises(RogatoryError) as refused:
            handover.propose_delivery(shared, people["custodian"], row.id)
        assert refused.value.code == "exhibit-gone"
