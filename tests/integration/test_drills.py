"""Drills of a contact point: planned by one, answered by another, timed to the second, and never mistaken for a case."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.integration.test_cli_witness import Commands
from tests.support import killing
from tests.support.desk import PASSWORD
from tests.support.letterwriting import US, Correspondent
from tests.support.partner import Partner
from tests.support.world import Road, Stopwatch

from rogatory.correspondence.drills import Drill, Standing
from rogatory.correspondence.letters import Place
from rogatory.errors import RogatoryError
from rogatory.node import delivery
from rogatory.node.context import Node
from rogatory.node.correspondence import drillkinds, drills, letters
from rogatory.node.correspondence.drills import Plan
from rogatory.node.people import Actor
from rogatory.site import drillplan
from rogatory.worker import runner, tasks

People = dict[str, Actor]
BODY = {"practice": True, "answer_minutes": 60}


@pytest.fixture
def them(node: Node, france: Partner) -> Correspondent:
    found = Correspondent(node, france)
    road(node).receive = found.receipt
    return found


def road(node: Node) -> Road:
    assert isinstance(node.transport, Road)
    return node.transport


def later(node: Node, **span: float) -> None:
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(**span)


def sent(node: Node, people: People, wanted: Plan) -> Drill:
    """A drill that was planned and that the worker has sent."""
    planned = drills.plan(node, people["approver"], wanted)
    later(node, seconds=1)
    assert list(drills.due(node)) == [planned.id]
    assert drills.carry_out(node, planned.id)
    return drills.look(node, people["approver"], planned.id)


@contextmanager
def refusal(code: str) -> Iterator[None]:
    with pytest.raises(RogatoryError) as caught:
        yield
    assert caught.value.code == code


def test_a_drill_of_a_partner_is_timed_from_sending_to_the_answer_of_a_person(
    node: Node, them: Correspondent, people: People
) -> None:
    drill = sent(node, people, Plan(to="FRA", note="A practice request: who is on duty?"))
    later(node, minutes=3)
    assert delivery.drain(node, "FRA") == 1
    opened = them.opened(road(node).posted[0])
    assert (opened.kind, opened.thread, opened.receiver) == ("drill", drill.id, "FRA/contact-point")
    assert opened.body == {"practice": True, "answer_minutes": 120, "note": "A practice request: who is on duty?"}
    later(node, minutes=7)
    body = {"opened": "2028-03-01T09:05:00.000Z", "note": "I am."}
    them.write("drill-answer", body, place=Place(thread=drill.id, number=2, follows=(opened.digest,)))
    found = drills.look(node, people["auditor"], drill.id)
    assert found.standing(node.clock.now()) is Standing.PASSED
    assert (found.answered_by, found.answer_note) == (drillkinds_person(), "I am.")
    seconds = {name: round(value or 0) for name, value in found.seconds().items()}
    assert seconds["road"] == 180
    assert seconds["whole"] == 600
    assert node.stores.views.cases() == []


def drillkinds_person() -> object:
    from tests.support.letterwriting import OFFICER

    return OFFICER


def test_nobody_is_told_the_hour_before_it_has_come(node: Node, them: Correspondent, people: People) -> None:
    planned = drills.plan(node, people["approver"], Plan(to="FRA", window=timedelta(days=7)))
    due_at = node.stores.drills.newest(1)[0].due_at
    assert planned.planned_at <= due_at < planned.until
    hour = due_at.isoformat()[:13]
    told = f"{planned} {drills.listed(node, people['approver'])} {node.stores.audit.recent(99)}"
    told += str(drills.look(node, people["administrator"], planned.id))
    assert hour not in told.replace("datetime.datetime", "")
    assert "due" not in told
    assert drills.listed(node, people["duty-officer"]) == ()
    with refusal("no-such-drill"):
        drills.look(node, people["duty-officer"], planned.id)
    assert drills.due(node) == []
    later(node, days=7)
    assert list(drills.due(node)) == [planned.id]


def test_the_hour_is_drawn_evenly_over_the_window(node: Node, them: Correspondent, people: People) -> None:
    window = timedelta(days=1)
    for _ in range(96):
        drills.plan(node, people["approver"], Plan(to="FRA", window=window))
    parts = [0] * 4
    for row in node.stores.drills.newest(96):
        parts[int((row.due_at - row.planned_at) / window * 4)] += 1
    assert min(parts) >= 6, "96 hours in four quarters of a day: fewer than 6 in one happens once in a million"


def test_a_drill_of_our_own_contact_point_waits_at_our_desk_and_needs_no_letter(node: Node, people: People) -> None:
    drill = sent(node, people, Plan(to="VNM", answer_within=timedelta(minutes=30)))
    assert drills.passed(node) is None
    [waits] = drills.waiting(node, people["duty-officer"])
    assert waits.id == drill.id
    assert drills.waiting(node, people["approver"]) == ()
    later(node, minutes=5)
    assert drills.look(node, people["approver"], drill.id).opened_at is None
    assert drills.look(node, people["duty-officer"], drill.id).opened_at is not None
    later(node, minutes=1)
    found = drills.answer(node, people["duty-officer"], drill.id)
    assert found.standing(node.clock.now()) is Standing.PASSED
    assert round(found.seconds()["opening"] or 0) == 300
    assert round(found.seconds()["answering"] or 0) == 60
    assert drills.waiting(node, people["duty-officer"]) == ()
    newest = drills.passed(node)
    assert newest is not None
    assert newest.id == drill.id
    assert (node.stores.letters.newest(limit=9), node.stores.outbox.undelivered()) == ([], [])


def test_a_drill_that_a_partner_sends_waits_and_our_answer_goes_back(
    node: Node, them: Correspondent, people: People
) -> None:
    letter = them.write("drill", BODY)
    [waits] = drills.waiting(node, people["duty-officer"])
    later(node, minutes=2)
    found = drills.answer(node, people["duty-officer"], waits.id, note="Đang trực.")
    assert found.standing(node.clock.now()) is Standing.PASSED
    assert delivery.drain(node, "FRA") == 1
    opened = them.opened(road(node).posted[0])
    assert (opened.kind, opened.thread, opened.follows) == ("drill-answer", letter.thread, (letter.digest,))
    assert (opened.person.name, opened.person.role) == ("Lê Minh Châu", "duty-officer")
    assert opened.body["note"] == "Đang trực."
    with refusal("drill-ended"):
        drills.answer(node, people["duty-officer"], waits.id)
    with refusal("role-missing"):
        drills.answer(node, people["approver"], waits.id)
    newest = drills.passed(node)
    assert newest is not None
    assert newest.id == waits.id


def test_a_drill_that_nobody_answers_is_missed_and_one_that_does_not_arrive_is_told_apart(
    node: Node, them: Correspondent, people: People
) -> None:
    road(node).down = "the partner's node cannot be reached"
    drill = sent(node, people, Plan(to="FRA"))
    delivery.drain(node, "FRA")
    later(node, hours=3)
    assert drills.look(node, people["auditor"], drill.id).standing(node.clock.now()) is Standing.UNDELIVERED
    road(node).down = ""
    assert delivery.drain(node, "FRA") == 1
    assert drills.look(node, people["auditor"], drill.id).standing(node.clock.now()) is Standing.MISSED
    found = drills.report(node, people["auditor"])
    assert [(one.state, one.standings[Standing.MISSED]) for one in found.scores] == [("FRA", 1)]


def test_an_answer_is_taken_once_from_the_state_that_was_asked(node: Node, them: Correspondent, people: People) -> None:
    drill = sent(node, people, Plan(to="FRA"))
    delivery.drain(node, "FRA")
    first = them.opened(road(node).posted[0])
    place = Place(thread=drill.id, number=2, follows=(first.digest,))
    with refusal("bad-letter-body"):
        them.write("drill-answer", {"opened": "2029-01-01T00:00:00.000Z"}, place=place)
    with refusal("letter-does-not-fit"):
        them.write("drill-answer", {"opened": None})
    answer = them.write("drill-answer", {"opened": None}, place=place)
    for again in (place, Place(thread=drill.id, number=3, follows=(answer.digest,))):
        with refusal("letter-does-not-fit"):
            them.write("drill-answer", {"opened": None}, place=again)
    assert len(letters.of_thread(node, drill.id)) == 2


def test_a_partner_cannot_fill_our_desk_with_drills(node: Node, them: Correspondent, people: People) -> None:
    for _ in range(drillkinds.MOST_WAITING):
        them.write("drill", BODY)
    with refusal("too-many-drills"):
        them.write("drill", BODY)
    drills.answer(node, people["duty-officer"], drills.waiting(node, people["duty-officer"])[0].id)
    them.write("drill", BODY)


def test_a_drill_can_be_cancelled_until_it_was_sent(node: Node, them: Correspondent, people: People) -> None:
    planned = drills.plan(node, people["approver"], Plan(to="FRA", window=timedelta(days=1)))
    with refusal("role-missing"):
        drills.cancel(node, people["duty-officer"], planned.id)
    cancelled = drills.cancel(node, people["administrator"], planned.id)
    later(node, days=2)
    assert cancelled.standing(node.clock.now()) is Standing.CANCELLED
    assert drills.due(node) == []
    assert not drills.carry_out(node, planned.id)
    with refusal("drill-ended"):
        drills.cancel(node, people["administrator"], planned.id)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Plan(to="KEN"), "no-such-partner"),
        (Plan(to="FRA/nobody"), "no-contact-point"),
        (Plan(to="France"), "bad-identifier"),
        (Plan(to="FRA", window=timedelta(days=91)), "bad-drill-plan"),
        (Plan(to="FRA", window=timedelta(days=-1)), "bad-drill-plan"),
        (Plan(to="FRA", answer_within=timedelta(days=8)), "bad-drill-plan"),
        (Plan(to="FRA", answer_within=timedelta(0)), "bad-drill-plan"),
        (Plan(to="FRA", note="x" * 2001), "bad-drill-plan"),
    ],
)
def test_a_drill_that_cannot_be_is_not_planned(
    node: Node, them: Correspondent, people: People, wanted: Plan, code: str
) -> None:
    with refusal(code):
        drills.plan(node, people["approver"], wanted)
    assert node.stores.drills.newest(9) == []


def test_what_hinders_a_drill_is_kept_with_it_and_it_is_tried_again(
    node: Node, them: Correspondent, people: People
) -> None:
    def locked() -> Any:
        raise RogatoryError("the keys are locked")

    drill = drills.plan(node, people["approver"], Plan(to="FRA"))
    later(node, seconds=1)
    assert not drills.carry_out(replace(node, unlock=locked), drill.id)
    assert drills.look(node, people["approver"], drill.id).trouble == "the keys are locked"
    assert drills.due(node) == []
    later(node, minutes=2)
    assert list(drills.due(node)) == [drill.id]
    assert drills.carry_out(node, drill.id)
    assert drills.look(node, people["approver"], drill.id).trouble == ""
    assert not drills.carry_out(node, drill.id), "a second worker sends nothing"
    assert len(node.stores.letters.newest(limit=9)) == 1


def test_the_sweep_of_the_worker_sends_what_is_due(node: Node, them: Correspondent, people: People) -> None:
    drill = drills.plan(node, people["approver"], Plan(to="FRA"))
    later(node, seconds=1)
    tasks.bind(lambda: node)
    runner.sweep(node)
    assert tasks.waiting()
    assert tasks.send_drill.func(drill.id)
    runner.sweep(node)
    assert drills.look(node, people["approver"], drill.id).sent_at is not None


def test_workers_at_once_send_a_drill_once(shared: Node, partner: Partner, people: People) -> None:
    planned = drills.plan(shared, people["approver"], Plan(to="FRA"))
    later(shared, seconds=1)
    done: list[bool] = []
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        try:
            done.append(drills.carry_out(shared, planned.id))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == [False, False, False, True]
    assert len(shared.stores.letters.newest(limit=9)) == 1


@pytest.mark.any_database
def test_a_node_that_is_killed_at_any_step_of_sending_sends_once(
    shared: Node, partner: Partner, people: People, tmp_path: Path
) -> None:
    planned = drills.plan(shared, people["approver"], Plan(to="FRA"))
    later(shared, seconds=1)
    connections.close_all()
    for at in range(1, 40):

        def act(at: int = at) -> None:
            killing.Kills(at).arm()
            drills.carry_out(shared, planned.id)

        if killing.in_a_child(act, tmp_path / "told") == 0:
            break
    else:
        raise AssertionError((tmp_path / "told").read_text(encoding="utf-8"))
    assert at > 2
    [row] = shared.stores.letters.newest(limit=9)
    assert len(shared.stores.outbox.of_case(planned.id)) == 1
    assert shared.stores.ledger.size() == 1
    assert drills.look(shared, people["approver"], planned.id).sent_at == letters.from_row(row).at


@pytest.fixture
def call(desk: Node, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("ROGATORY_PASSWORD", PASSWORD)
    return Commands(capsys)


def test_a_drill_is_planned_answered_and_reported_by_command(
    call: Commands, node: Node, them: Correspondent, people: People, tmp_path: Path
) -> None:
    asked = call.json("approver", "drill", "send", "--to", "vnm", "--now", "--answer-within", "30m", "--note", "trực")
    assert (asked["standing"], asked["answer_within_minutes"], asked["asked"]) == ("planned", 30, US)
    later(node, seconds=1)
    drills.carry_out(node, asked["id"])
    assert [one["id"] for one in call.json("duty-officer", "drill", "list", "--waiting")] == [asked["id"]]
    shown = call.text("duty-officer", "--lang", "fr", "drill", "show", asked["id"][:8])
    assert "Ceci est un exercice d’alerte" in shown
    assert "is answered" in call.text("duty-officer", "drill", "answer", asked["id"])
    assert call.json("duty-officer", "drill", "answer", asked["id"], status=4)["error"]["code"] == "drill-ended"
    later_one = call.json("assessor-of-none", "drill", "send", "--to", "FRA", status=4)
    assert later_one["error"]["code"] == "wrong-log-in"
    planned = call.json("administrator", "drill", "send", "--to", "FRA", "--at-random-within", "3d")
    assert "due_at" not in planned
    assert call.json("administrator", "drill", "cancel", planned["id"])["standing"] == "cancelled"
    assert call.json("approver", "drill", "send", "--to", "FRA", "--at-random-within", "soon", status=2)
    found = call.json("auditor", "drill", "report", "--csv", str(tmp_path / "drills.csv"))
    assert [(one["state"], one["ended"], one["standings"].get("passed")) for one in found["scores"]] == [
        ("FRA", 0, None),
        ("VNM", 1, 1),
    ]
    assert (tmp_path / "drills.csv").read_text(encoding="utf-8").count("\n") == 3
    assert "answered in time" in call.text("auditor", "drill", "report", "--since", "2028-01-01")
    assert call.json("auditor", "drill", "report", "--since", "2029-01-01")["drills"] == []


def test_letters_are_listed_and_shown_by_command(call: Commands, node: Node, them: Correspondent) -> None:
    strange = them.write("proposal-of-2040", {"text": "\x1b[31mred"})
    [told] = call.json("auditor", "letter", "list")
    assert (told["kind"], told["understood"], told["thread"]) == ("proposal-of-2040", False, strange.thread)
    assert "not known here" in call.text("auditor", "letter", "list")
    shown = call.text("auditor", "letter", "show", strange.thread)
    assert "Camille Martin" in shown
    assert "\x1b" not in shown
    assert call.json("auditor", "letter", "show", strange.thread)[0]["body"] == {"text": "\x1b[31mred"}
    assert json.dumps(call.json("administrator", "letter", "list", status=4))
    assert call.json("auditor", "letter", "show", "0" * 26, status=3)["error"]["code"] == "no-such-thread"


def test_the_time_to_answer_is_a_setting_of_the_node() -> None:
    assert drillplan.minutes({}) == 120
    assert drillplan.minutes({"drill": {"answer_within_minutes": 30}}) == 30
    for wrong in ({"drill": []}, {"drill": {"hours": 1}}, {"drill": {"answer_within_minutes": 0}}):
        with refusal("bad-node-file"):
            drillplan.minutes(wrong)


def test_ten_thousand_letters_are_read_page_by_page_as_fast_as_ten(
    node: Node, them: Correspondent, people: People, start: datetime
) -> None:
    from rogatory.ports.correspondence import LetterRow
    from rogatory.stores import rows
    from rogatory.stores.models import Letter as LetterModel

    one = them.write("essay", {"text": "true"})
    row = node.stores.letters.get(one.digest)
    assert isinstance(row, LetterRow)
    LetterModel.objects.bulk_create(
        LetterModel(**{**rows.values(row), "digest": f"{n:064x}", "thread": f"{n % 500:026d}", "ledger_index": n})
        for n in range(1, 10_001)
    )
    seen, before = 0, None
    while page := node.stores.letters.newest(limit=500, before=before, kind="essay"):
        seen, before = seen + len(page), page[-1].ledger_index
    assert seen == 10_001
    assert [one.ledger_index for one in node.stores.letters.of_thread(f"{7:026d}", limit=3)] == [9507, 9007, 8507]
    plan = str(rows.ask(f"{EXPLAIN[rows.connection.vendor]} {THREAD_QUERY}", f"{7:026d}", 3)).lower()
    assert "letter_thread" in plan
    assert people


THREAD_QUERY = "SELECT digest FROM stores_letter WHERE thread = %s ORDER BY ledger_index DESC LIMIT %s"
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
