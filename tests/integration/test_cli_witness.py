"""Witnesses and alarms by command, on the tests' own node."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.support.desk import PASSWORD
from tests.support.partner import Partner

from rogatory.cli import app
from rogatory.ledger.notes import COSIGNATURE_V1, VerifierKey
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.ledger import alarms
from rogatory.node.ledger.alarms import Alarm
from rogatory.node.people import Actor
from rogatory.ports.witness import WatchedRow
from rogatory.sealing import cards, jws
from rogatory.site.commands import Site


class Commands:
    """Calls of the program in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def text(self, who: str, *words: str, status: int = 0) -> str:
        found = app.run(["--as", who, *words], Site())
        out, err = self._capsys.readouterr()
        assert found == status, out + err
        return out + err

    def json(self, who: str, *words: str, status: int = 0) -> Any:
        return json.loads(self.text(who, "--json", *words, status=status))


@pytest.fixture
def call(desk: Node, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("ROGATORY_PASSWORD", PASSWORD)
    return Commands(capsys)


@pytest.fixture
def kenya(desk: Node, people: dict[str, Actor], start: datetime) -> Partner:
    """Kenya, whose card names a key to cosign with."""
    kenya = Partner("KEN", since=start)
    card = cards.read_card(kenya.card(at=start))
    name = f"{card.ledger.origin}/witness"
    key = VerifierKey(name=name, public=kenya.keys.witness.public.raw, algorithm=COSIGNATURE_V1)
    payload = card.payload | {"ledger": {**card.payload["ledger"], "witness": str(key)}}
    signed = jws.sign(payload, key=kenya.keys.identity, typ=cards.TYPE)
    partners.add_partner(desk, people["administrator"], signed, fingerprint=cards.fingerprint(card.identity))
    return kenya


def test_witnesses_are_chosen_listed_and_removed_by_command(call: Commands, kenya: Partner, france: Partner) -> None:
    assert "No witness is configured" in call.text("administrator", "witness", "list")
    assert "Aucun témoin" in call.text("administrator", "witness", "list", "--lang", "fr")
    assert call.json("auditor", "witness", "add", "KEN", status=4)["error"]["code"] == "role-missing"
    assert call.json("administrator", "witness", "add", "FRA", status=2)["error"]["code"] == "witness-without-key"
    added = call.json("administrator", "witness", "add", "ken")
    assert [one["state"] for one in added["witnesses"]] == ["KEN"]
    assert call.json("administrator", "witness", "policy", "2", status=2)["error"]["code"] == "bad-witness-policy"
    assert call.json("administrator", "witness", "policy", "1")["needed"] == 1
    assert call.json("administrator", "witness", "remove", "KEN")["witnesses"] == []


def test_logs_that_are_followed_are_listed_with_what_hinders(call: Commands, desk: Node) -> None:
    now = desk.clock.now()
    row = WatchedRow(state="KEN", origin="ken.example/log", key="k", size=31, read_at=now, next_at=now)
    with desk.stores.atomic():
        desk.stores.witnesses.hold_watched(row)
        desk.stores.witnesses.put_watched(replace(row, reason="the road is cut", failing_since=now))
    shown = call.text("auditor", "witness", "list")
    assert "ken.example/log" in shown
    assert "the road is cut" in shown
    assert call.json("auditor", "witness", "list")["watched"][0]["size"] == 31


def test_an_alarm_is_listed_with_its_evidence_and_acknowledged(call: Commands, desk: Node) -> None:
    assert "alarms: none" in call.text("auditor", "witness", "alarms")
    alarm = Alarm(
        kind=alarms.FORKED, state="KEN", origin="ken.example/log", values={"size": 9}, first="one\n", second="two\n"
    )
    with desk.stores.atomic():
        alarms.raise_alarm(desk, alarm)
    (told,) = call.json("auditor", "witness", "alarms", "--standing")
    assert (told["kind"], told["evidence"], told["acknowledged"]) == ("forked", ["one\n", "two\n"], None)
    assert "two different roots at 9 entries" in call.text("auditor", "witness", "alarms")
    number = str(told["number"])
    assert call.json("auditor", "witness", "acknowledge", "999", "--remark", "x", status=3)["error"]["code"]
    call.text("auditor", "witness", "acknowledge", number, "--remark", "Telephoned Nairobi.")
    assert call.json("auditor", "witness", "alarms", "--standing") == []
    (told,) = call.json("auditor", "witness", "alarms")
    assert told["acknowledged"]["remark"] == "Telephoned Nairobi."
    again = call.json("auditor", "witness", "acknowledge", number, "--remark", "Again.", status=4)
    assert again["error"]["code"] == "already-held"
