"""The page of the ledger: how the log is witnessed, whose logs are followed, and alarms until somebody looks at them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.support.desk import at_the_desk, page
from tests.support.partner import Partner

from rogatory.ledger.notes import COSIGNATURE_V1, VerifierKey
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.ledger import alarms
from rogatory.node.ledger.alarms import Alarm
from rogatory.node.people import Actor
from rogatory.ports.witness import WatchedRow
from rogatory.sealing import cards, jws
from rogatory.site import wiring
from rogatory.transports.timestamps import HttpTimestamps

ROLES = ("drafter", "approver", "duty-officer", "custodian", "auditor", "administrator")


@pytest.fixture
def witness(desk: Node, people: dict[str, Actor], france: Partner) -> Partner:
    """France, whose newer card names a key to cosign with."""
    card = cards.read_card(france.card(at=desk.clock.now()))
    name = f"{card.ledger.origin}/witness"
    key = VerifierKey(name=name, public=france.keys.witness.public.raw, algorithm=COSIGNATURE_V1)
    payload = card.payload | {"serial": 2, "ledger": {**card.payload["ledger"], "witness": str(key)}}
    signed = jws.sign(payload, key=france.keys.identity, typ=cards.TYPE)
    fingerprint = cards.fingerprint(card.identity)
    partners.add_partner(desk, people["administrator"], signed, fingerprint=fingerprint)
    return france


def raise_one(node: Node) -> int:
    with node.stores.atomic():
        alarms.raise_alarm(
            node,
            Alarm(
                kind=alarms.SHRANK,
                state="FRA",
                origin="rogatory/fra/test",
                values={"old": 12, "new": 9},
                first="first note",
                second="second <b>note</b>",
            ),
        )
    return alarms.standing(node)[0].row.number


def test_without_witnesses_the_page_says_so_and_what_to_do(desk: Node) -> None:
    shown = page(at_the_desk("auditor"), "/ledger/")
    assert "No witness is configured: nobody outside this State can vouch" in shown
    assert "The administrator can choose a partner." in shown
    assert "No alarm has been raised." in shown
    assert "Accept the contact card of a partner" in page(at_the_desk("administrator"), "/ledger/")
    assert "Aucun témoin n’est configuré" in page(at_the_desk("auditor", "fr"), "/ledger/")


def test_an_administrator_chooses_a_witness_and_the_policy(desk: Node, witness: Partner) -> None:
    client = at_the_desk("administrator")
    assert "Ask one more State to cosign" in page(client, "/ledger/")
    client.post("/ledger/", {"step": "add", "state": "FRA"})
    assert [row.state for row in desk.stores.witnesses.witnesses()] == ["FRA"]
    client.post("/ledger/", {"step": "policy", "needed": "1"})
    refused = client.post("/ledger/", {"step": "policy", "needed": "7"})
    assert refused.status_code == 400
    assert "7 cosignatures cannot be asked of 1 witnesses" in refused.content.decode()
    client.post("/ledger/", {"step": "remove", "state": "FRA"})
    assert desk.stores.witnesses.witnesses() == []


@pytest.mark.parametrize("form", [{}, {"step": "x"}, {"step": "policy"}, {"step": "policy", "needed": "²"}])
def test_a_step_that_is_none_is_refused(desk: Node, witness: Partner, form: dict[str, str]) -> None:
    assert at_the_desk("administrator").post("/ledger/", form).status_code == 400


def test_nobody_else_chooses_witnesses(desk: Node, witness: Partner) -> None:
    for step in ({"step": "add", "state": "FRA"}, {"step": "policy", "needed": "1"}):
        assert at_the_desk("auditor").post("/ledger/", step).status_code == 403
    assert desk.stores.witnesses.witnesses() == []


def test_an_alarm_stands_on_every_page_of_everybody_until_it_is_acknowledged(desk: Node, witness: Partner) -> None:
    number = raise_one(desk)
    for role in ROLES:
        for path in ("/", "/partners/", "/law/"):
            shown = page(at_the_desk(role), path)
            assert "1 alarm about a log stands." in shown
            assert "The log had 12 entries and now shows 9" in shown
    assert "1 alarme sur un registre est en cours." in page(at_the_desk("drafter", "fr"), "/")
    client = at_the_desk("drafter")
    shown = page(client, "/ledger/")
    assert "Ask the State by telephone what happened" in shown
    assert "second &lt;b&gt;note&lt;/b&gt;" in shown
    empty = client.post("/ledger/", {"step": "acknowledge", "number": str(number), "remark": " "})
    assert empty.status_code == 400
    client.post("/ledger/", {"step": "acknowledge", "number": str(number), "remark": "Restored; a new card comes."})
    assert "alarm about a log stands" not in page(client, "/")
    assert "Restored; a new card comes." in page(client, "/ledger/")


def test_the_logs_of_partners_are_shown_with_what_hinders_their_reading(desk: Node, witness: Partner) -> None:
    now = desk.clock.now()
    row = WatchedRow(state="FRA", origin="rogatory/fra/test", key="k", size=31, read_at=now, next_at=now)
    with desk.stores.atomic():
        desk.stores.witnesses.hold_watched(row)
        failing = replace(row, failing_since=now - timedelta(hours=3), reason="the road is cut")
        desk.stores.witnesses.put_watched(failing)
    shown = page(at_the_desk("auditor"), "/ledger/")
    assert "rogatory/fra/test" in shown
    assert "the road is cut" in shown


def test_the_page_is_for_those_who_are_logged_in(desk: Node) -> None:
    assert Client().get("/ledger/").status_code == 302


def test_the_page_says_whether_somebody_elses_clock_vouches_for_the_log(
    desk: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_the_desk("auditor")
    assert "own clock" in page(client, "/ledger/")
    reason = "the time-stamp authority cannot be reached: no road"
    with desk.stores.atomic():
        now = desk.clock.now()
        desk.stores.timestamps.begin(now, now + timedelta(minutes=2))
        desk.stores.timestamps.end(failing_since=now, code="timestamps-unreachable", reason=reason)
    dead = HttpTimestamps("http://127.0.0.1:9/", lambda: b"")
    monkeypatch.setattr(wiring, "node", lambda: replace(desk, timestamps=dead))
    assert reason in page(client, "/ledger/")
