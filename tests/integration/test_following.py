"""Following partners' logs: what a good one looks like, and what raises an alarm that people see."""

import os
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from tests.support.partner import Partner
from tests.support.partner_log import PartnerLog, Roads
from tests.support.world import Stopwatch

from rogatory.kernel import ids
from rogatory.ledger import witness
from rogatory.node.context import Node
from rogatory.node.ledger import alarms, following
from rogatory.node.ledger.alarms import Shown
from rogatory.node.people import Actor
from rogatory.ports.exchange import DeliveryRow
from rogatory.ports.stores import AlreadyHeld
from rogatory.ports.witness import WatchedRow
from rogatory.ports.world import Transport
from rogatory.sealing import receipts
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.receipts import LedgerPlace, Receipt

ADDRESS = "http://127.0.0.1:9"


class Watch:
    """Our node, which follows the log of France."""

    def __init__(self, node: Node, france: Partner) -> None:
        self.clock = Stopwatch(node.clock.now())
        self.roads = Roads()
        self.node = replace(node, transport=cast("Transport", self.roads), clock=self.clock)
        self.france = france
        self.log = self.roads.logs[ADDRESS] = PartnerLog(france, 5)

    def look(self, after: timedelta = timedelta(minutes=6)) -> WatchedRow:
        self.clock.time += after
        for state in following.due(self.node):
            following.follow(self.node, state)
        return self.node.stores.witnesses.watched()[-1]

    def alarms(self) -> list[Shown]:
        return list(alarms.standing(self.node))

    def kinds(self) -> list[str]:
        return [shown.row.kind for shown in self.alarms()]

    def receive(self, index: int, signed: str) -> None:
        """A receipt of France that names the entry *index* under the checkpoint *signed*."""
        at, name = self.clock.now(), ids.new_id(os.urandom(17))
        receipt = Receipt(
            envelope=name,
            sealed_sha256="a" * 64,
            message=f"{index:064x}",
            result=receipts.STORED,
            at=at,
            sender=self.france.authority,
            receiver="VNM/contact-point",
            ledger=LedgerPlace(index=index, checkpoint=signed),
        )
        text = receipts.make_receipt(receipt, key=self.france.keys.signing_key(self.france.authority, at)).decode()
        row = DeliveryRow(
            id=name,
            message=receipt.message,
            case="VNM-FRA-2028-0001-7Q4K2M9XAB",
            partner="FRA",
            envelope=b"",
            state="queued",
            queued_at=at,
            next_at=at,
        )
        with self.node.stores.atomic():
            self.node.stores.outbox.add(row)
            self.node.stores.outbox.put(replace(row, state="delivered", receipt=text, delivered_at=at))


@pytest.fixture
def watch(node: Node, france: Partner) -> Watch:
    return Watch(node, france)


def test_a_log_that_grows_is_followed_by_its_tiles(watch: Watch) -> None:
    for count in (0, 1, 250, 1, 700):
        watch.log.grow(count)
        row = watch.look()
        assert (row.size, row.text) == (len(watch.log.leaves), watch.log.signed())
        assert row.failing_since is None
    assert watch.kinds() == []


def test_a_log_is_not_asked_again_before_its_time(watch: Watch) -> None:
    watch.look()
    asked = len(watch.roads.asked)
    watch.look(timedelta(minutes=1))
    assert len(watch.roads.asked) == asked


def test_a_clock_that_was_set_back_does_not_stop_the_following(watch: Watch) -> None:
    watch.look()
    watch.log.grow(1)
    assert watch.look(timedelta(days=-400)).size == 6


def test_a_log_that_is_still_empty_raises_no_alarm(watch: Watch) -> None:
    watch.log.cut(0)
    assert watch.look().size == 0
    assert watch.kinds() == []


def test_a_log_that_was_rolled_back_is_told_with_both_checkpoints(watch: Watch) -> None:
    before = watch.look().text
    watch.log.cut(3)
    assert watch.look().size == 5, "the head that is held stays"
    (alarm,) = watch.alarms()
    assert (alarm.row.kind, alarm.row.first, alarm.row.second) == ("shrank", before, watch.log.signed())
    assert alarm.sentence.en == "The log had 5 entries and now shows 3: its end was cut off."
    assert "5 entrées" in alarm.sentence.fr


def test_a_log_that_was_emptied_is_told(watch: Watch) -> None:
    watch.look()
    watch.log.cut(0)
    watch.look()
    assert watch.kinds() == ["shrank"]


def test_two_trees_of_one_size_are_told(watch: Watch) -> None:
    before = watch.look().text
    watch.log.cut(4)
    watch.log.grow(1, b"other")
    assert watch.look().text == before
    (alarm,) = watch.alarms()
    assert alarm.row.kind == "forked"
    heads = [witness.verify_any(text, [watch.log.key]) for text in (alarm.row.first, alarm.row.second)]
    assert heads[0].size == heads[1].size
    assert heads[0].root != heads[1].root


@pytest.mark.parametrize("more", [1, 3, 300])
def test_a_log_whose_past_was_changed_is_told(watch: Watch, more: int) -> None:
    watch.look()
    watch.log.cut(2)
    watch.log.grow(3 + more, b"other")
    assert watch.look().size == 5
    assert watch.kinds() == ["rewritten"]


def test_a_checkpoint_signed_by_another_key_is_told(watch: Watch) -> None:
    watch.look()
    watch.log.grow(1)
    watch.log.signer = SigningKey.from_seed(b"o" * 32)
    assert watch.look().size == 5
    assert watch.kinds() == ["other-key"]


def test_damaged_tiles_convict_nobody(watch: Watch) -> None:
    watch.look()
    watch.log.grow(3)
    watch.log.spoilt["tile/0/000.p/8"] = b"x" * 32 * 8
    row = watch.look()
    assert (row.code, watch.kinds()) == ("log-unreadable", [])
    watch.log.spoilt.clear()
    row = watch.look(timedelta(hours=1))
    assert (row.code, row.size) == ("", 8)


@pytest.mark.parametrize("body", [b"", b"\n", b"<html>we are down</html>", b"\xff\xfe", b"a\nb\nc\n\nx" * 50])
def test_an_answer_that_is_no_checkpoint_counts_as_a_log_that_cannot_be_read(watch: Watch, body: bytes) -> None:
    watch.log.spoilt["checkpoint"] = body
    assert watch.look().code == "log-unreadable"


def test_a_log_that_cannot_be_read_for_a_day_is_told_once_a_day_at_most(watch: Watch, people: dict[str, Actor]) -> None:
    watch.look()
    watch.roads.down.add(ADDRESS)
    first = watch.look()
    assert (first.code, watch.kinds()) == ("partner-unreachable", [])
    watch.look(timedelta(hours=23))
    assert watch.kinds() == []
    watch.look(timedelta(hours=2))
    (alarm,) = watch.alarms()
    assert alarm.row.kind == "stalled"
    assert "the road is cut" in alarm.sentence.en
    watch.look(timedelta(hours=2))
    alarms.acknowledge(watch.node, people["auditor"], alarm.row.number, remark="Telephoned; the line is down.")
    watch.look(timedelta(hours=2))
    assert watch.kinds() == []
    watch.look(timedelta(hours=25))
    assert watch.kinds() == ["stalled"]
    watch.roads.down.clear()
    assert watch.look(timedelta(hours=2)).failing_since is None
    assert watch.kinds() == ["stalled"], "an alarm never closes by itself"


def test_a_log_that_does_not_show_what_its_receipt_named_is_told(watch: Watch) -> None:
    watch.look()
    watch.log.grow(3)
    watch.receive(7, watch.log.signed())
    watch.log.cut(6)
    assert watch.look().size == 5
    assert watch.kinds() == ["shrank"]


def test_a_receipt_for_an_entry_that_the_log_does_not_have_is_told(watch: Watch) -> None:
    watch.receive(9, watch.log.signed())
    watch.look()
    assert watch.kinds() == ["uncovered"]


def test_a_receipt_that_shows_another_log_than_everybody_sees_is_told(watch: Watch) -> None:
    watch.look()
    other = PartnerLog(watch.france, 4)
    other.grow(2, b"for this one only")
    watch.log.grow(4)
    watch.receive(5, other.signed())
    watch.look()
    assert watch.kinds() == ["rewritten"]


def test_a_receipt_whose_checkpoint_another_key_signed_is_told(watch: Watch) -> None:
    other = PartnerLog(watch.france, 5)
    other.signer = SigningKey.from_seed(b"o" * 32)
    watch.receive(4, other.signed())
    watch.look()
    assert watch.kinds() == ["other-key"]


def test_receipts_that_fit_the_log_raise_no_alarm(watch: Watch) -> None:
    for _ in range(3):
        watch.log.grow(2)
        watch.receive(len(watch.log.leaves) - 1, watch.log.signed())
        watch.log.grow(1)
        watch.look()
    assert watch.kinds() == []


def test_an_alarm_is_acknowledged_once_with_a_remark_and_recorded(watch: Watch, people: dict[str, Actor]) -> None:
    watch.look()
    watch.log.cut(3)
    watch.look()
    number = watch.alarms()[0].row.number
    with pytest.raises(alarms.NoRemark):
        alarms.acknowledge(watch.node, people["drafter"], number, remark="  ")
    with pytest.raises(alarms.NoSuchAlarm):
        alarms.acknowledge(watch.node, people["drafter"], number + 1, remark="What?")
    alarms.acknowledge(watch.node, people["drafter"], number, remark="Restored from a backup; new log to come.")
    with pytest.raises(AlreadyHeld):
        alarms.acknowledge(watch.node, people["auditor"], number, remark="Again.")
    assert watch.alarms() == []
    (shown,) = alarms.newest(watch.node)
    assert shown.seen is not None
    assert (shown.seen.by, shown.seen.remark) == ("drafter", "Restored from a backup; new log to come.")
    actions = [line.action for line in watch.node.stores.audit.recent(10)]
    assert actions[:2] == ["witness:alarm:acknowledge", "witness:alarm:raise"]


def test_a_card_that_names_another_log_is_told_and_the_new_log_followed(watch: Watch) -> None:
    watch.look()
    rows = {row.origin for row in watch.node.stores.witnesses.watched()}
    held = watch.node.stores.witnesses.hold_watched(watch.node.stores.witnesses.watched()[0])
    with watch.node.stores.atomic():
        old = replace(held, origin="fra.example/before")
        watch.node.stores.witnesses.hold_watched(old)
        watch.node.stores.witnesses.put_watched(replace(held, read_at=None, text="", size=0))
    watch.look()
    assert watch.kinds() == ["replaced"]
    assert watch.alarms()[0].row.values == {"old": "fra.example/before", "new": rows.pop()}


def test_what_a_submission_showed_is_compared_with_the_log_itself(watch: Watch) -> None:
    row = watch.look()
    other = PartnerLog(watch.france, 4)
    other.grow(2, b"for this one only")
    watch.log.grow(4)
    with watch.node.stores.atomic():
        watch.node.stores.witnesses.put_watched(replace(row, claimed=other.signed()))
    row = watch.look()
    assert watch.kinds() == ["rewritten"]
    assert row.claimed == ""
