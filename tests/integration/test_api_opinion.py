"""Opinions over HTTP: the same as by command, for every measure, and a coded refusal for whatever cannot be assessed."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from rogatory.law.loader import load_law
from rogatory.node import profiles
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts, tokens
from rogatory.opinion import engine
from rogatory.opinion.reading import MAX_BYTES, read_facts
from rogatory.site import wiring
from rogatory.status.engine import Status

pytestmark = pytest.mark.any_database

FACTS = {
    "measure": "preservation",
    "requesting": "VNM",
    "requested": "FRA",
    "on": "2026-06-01",
    "contents": {"offence": "7", "in_territory": "yes"},
}


@pytest.fixture
def start() -> datetime:
    """Before the Convention is in force."""
    return datetime.fromisoformat("2026-06-01T09:00:00+00:00")


@pytest.fixture
def desk(node: Node, monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node behind the API with the true deposits and one person."""
    node = replace(node, status=Status.load())
    monkeypatch.setattr(wiring, "node", lambda: node)
    accounts.make_account("ana", "a long password", name="Ana", authority="VNM/contact-point", roles=["drafter"])
    return node


@pytest.fixture
def ana(desk: Node) -> Client:
    """Ana's program."""
    _, text = tokens.make("ana", "tests", days=1, now=desk.clock.now(), random=desk.random)
    return Client(headers={"authorization": f"Bearer {text}"})


def ask(client: Client, facts: Any, *, chair: str = "requesting", status: int = 200) -> Any:
    body = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    response = client.generic("POST", f"/api/v1/opinion?chair={chair}", body, content_type="application/json")
    assert response.status_code == status, response.content.decode()[:500]
    return response.json()


@pytest.mark.parametrize("chair", ["requesting", "requested"])
def test_the_opinion_over_http_is_that_of_the_engine(desk: Node, ana: Client, chair: str) -> None:
    facts = read_facts(FACTS, name="facts", today=desk.clock.now().date())
    expected = engine.assess(facts, law=desk.law, status=desk.status, chair=chair).to_json()
    assert ask(ana, FACTS, chair=chair) == expected


@pytest.mark.parametrize(("instrument", "measure"), list(load_law().forms))
def test_the_example_facts_of_every_measure_are_assessed(ana: Client, instrument: str, measure: str) -> None:
    facts = ana.get(f"/api/v1/opinion/example/{measure}?instrument={instrument}").json()
    opinion = ask(ana, facts)
    assert (opinion["measure"], opinion["instrument"]) == (measure, instrument)
    assert not [one for one in opinion["findings"] if one["topic"] == "contents" and one["verdict"] == "not-met"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"requesting": "ZZZ"}, 404, "unknown-state"),
        ({"measure": "wiretap"}, 404, "unknown-measure"),
        ({"instrument": "nato"}, 404, "unknown-instrument"),
        ({"requested": "VNM"}, 400, "bad-facts"),
        ({"on": "2026-02-30"}, 400, "bad-facts"),
        ({"on": "1999-01-01"}, 400, "bad-facts"),
        ({"colour": "green"}, 400, "bad-facts"),
        ({"contents": []}, 400, "bad-facts"),
        ({"contents": {"offence": None}}, 400, "bad-facts"),
        ({"answers": {"no such question": "yes"}}, 400, "bad-facts"),
        ({"exercise": "yes"}, 400, "bad-facts"),
        ({"events": {"preservation-began": "soon"}}, 400, "bad-facts"),
        ({"declarations": [{"state": "FRA"}]}, 400, "bad-facts"),
        ({"measure": 5}, 400, "bad-facts"),
    ],
)
def test_facts_that_cannot_be_assessed_are_refused(ana: Client, change: dict[str, Any], status: int, code: str) -> None:
    problem = ask(ana, {**FACTS, **change}, status=status)
    assert problem["code"] == code
    assert problem["remedy"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "length-required"),
        (b"not json", "bad-json"),
        (b"\xff", "bad-facts"),
        (b"[]", "bad-facts"),
        (b'{"measure": "mla", "measure": "mla"}', "duplicate-key"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "bad-json"),
        (b'{"measure": NaN}', "bad-json"),
    ],
)
def test_a_body_that_is_no_list_of_facts_is_refused(ana: Client, body: bytes, code: str) -> None:
    assert ask(ana, body, status=411 if code == "length-required" else 400)["code"] == code


def test_the_profiles_of_the_node_count_in_an_opinion_over_http(
    desk: Node, ana: Client, people: dict[str, Actor]
) -> None:
    text = (
        'state = "FRA"\ninstrument = "untoc"\nnotified = 2026-01-20\nsource = "A note"\n'
        '[[who_decides]]\nprovision = "16(7)"\nwhat = { en = "The court.", fr = "Le tribunal." }\n'
    )
    facts = {**FACTS, "measure": "extradition", "instrument": "untoc", "contents": {}}
    before = ask(ana, facts)
    profiles.add(desk, people["administrator"], text.encode(), name="fra.toml")
    after = ask(ana, facts)
    assert [one["topic"] for one in after["findings"] if one not in before["findings"]] == ["profile"]
    assert ask(ana, {**facts, "on": "2026-01-19"}) == {**before, "on": "2026-01-19"}


def test_a_body_that_is_too_large_is_not_read(ana: Client) -> None:
    assert ask(ana, b" " * (MAX_BYTES + 1), status=413)["code"] == "too-large"


def test_an_unknown_chair_is_refused(ana: Client) -> None:
    assert ask(ana, FACTS, chair="judge", status=400)["code"] == "bad-facts"


def test_no_opinion_and_no_fact_is_kept_by_a_cache(ana: Client) -> None:
    response = ana.post("/api/v1/opinion", json.dumps(FACTS), content_type="application/json")
    assert response.headers["Cache-Control"] == "no-store"
