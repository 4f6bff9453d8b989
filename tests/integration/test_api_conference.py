"""The conference over HTTP: what a meeting's record makes is answered as described, and a pass acts under the rules."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.integration.test_api_answers import call, closed
from tests.support.conference_api import MEETING, held, played, until
from tests.support.desk import PASSWORD

from rogatory.api import description, pages
from rogatory.conference.meeting import engine
from rogatory.conference.record.summary import summary
from rogatory.conference.rulebook import answers, loader
from rogatory.conference.rulebook.lint import UnsoundRulebook
from rogatory.law.plain import plain
from rogatory.node.conference import meetings, passes
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts, tokens
from rogatory.site import wiring

pytestmark = pytest.mark.any_database

EXAMPLES = [one for one in pages.examples() if "/conference/" in one.address]
DRAFT = loader.delivered_text("hanoi-draft")


@pytest.fixture
def at_api(node: Node, monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node behind the API, with a secretary and somebody who is none."""
    monkeypatch.setattr(wiring, "node", lambda: node)
    for role in ("secretary", "drafter"):
        accounts.make_account(role, PASSWORD, name=role.title(), authority="VNM/contact-point", roles=[role])
    return node


def program(node: Node, of: str = "drafter") -> Client:
    _, text = tokens.make(of, "tests", days=1, now=node.clock.now(), random=node.random)
    return Client(headers={"authorization": f"Bearer {text}"})


def badge(node: Node, secretary: Actor, role: str, of: str) -> Client:
    secret = passes.issue(node, secretary, MEETING, role=role, of=of, name=of or "screen")
    return Client(headers={"authorization": f"Bearer {secret}"})


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/conference/{address}")
    assert response.status_code == status, response.content.decode()[:500]
    return response.json()


def post(client: Client, address: str, body: Any, status: int = 200) -> Any:
    response = client.post(f"/api/v1/conference/{address}", json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content.decode()[:500]
    return response.json()


def act(client: Client, kind: str, status: int = 200, once: str = "", **body: Any) -> Any:
    return post(client, f"meetings/{MEETING}/events", {"kind": kind, "body": body, "once": once}, status)


def described(operation: str) -> dict[str, Any]:
    found = next(
        one
        for methods in description.document()["paths"].values()
        for one in methods.values()
        if one["operationId"] == operation
    )
    schema: dict[str, Any] = found["responses"][200]["content"]["application/json"]["schema"]
    return schema


def not_as_described(operation: str, value: Any) -> list[str]:
    return list(closed(described(operation), description.document()["components"]["schemas"], value))


def test_every_example_about_a_whole_session_answers_exactly_what_is_described(at_api: Node) -> None:
    held(at_api, at=at_api.clock.now())
    client, found = program(at_api), {}
    for one in EXAMPLES:
        if one.operation != "act_in_meeting":
            response = call(client, one)
            assert response.status_code == 200, (one.operation, response.content.decode()[:500])
            found[one.operation] = response.json()
            assert not_as_described(one.operation, response.json()) == [], one.operation
            joint = "&" if "?" in one.address else "?"
            body = json.dumps(one.body) if one.body else ""
            french = client.generic(one.method, f"{one.address}{joint}lang=fr", body, content_type="application/json")
            assert '{"en":' not in french.content.decode(), one.operation
    told = summary(engine.replay(played()))
    assert {name: found[f"list_{name}"] for name in ("decisions", "votes", "elections")} == {
        name: told[name] for name in ("decisions", "votes", "elections")
    }
    assert len(told["votes"]) == 12
    assert found["list_meetings"][0]["id"] == MEETING
    assert (found["show_meeting"]["phase"], found["show_meeting"]["events"]) == ("closed", len(played()))
    assert found["show_rulebook"] == plain(answers.rulebook(loader.delivered("hanoi-draft")))
    assert "number" not in found["show_rulebook"]["rules"][0]


def test_the_record_over_http_is_the_record_and_verifies_there_too(at_api: Node) -> None:
    held(at_api, at=at_api.clock.now())
    client = program(at_api)
    lines: list[str] = []
    address = f"/api/v1/conference/meetings/{MEETING}/record?limit=400"
    while address:
        response = client.get(address)
        lines += [one["line"] for one in response.json()]
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert [line.encode() + b"\n" for line in lines] == list(meetings.record(at_api, MEETING))
    head = get(client, f"meetings/{MEETING}")["head"]
    sent = {"record": "\n".join(lines), "head": head}
    good = post(client, "verify", sent)
    assert (good["verified"], good["closed"], good["head"]) == (True, True, head)
    assert not_as_described("verify_record", good) == []
    bad = post(client, "verify", {"record": "\n".join([*lines[:9], *lines[10:]])})
    assert (bad["verified"], bad["summary"]) == (False, None)
    assert [one["code"] for one in bad["rungs"] if one["outcome"] == "fail"] == ["record-chain-broken"]
    sides = {"a": {"rulebook": "untoc"}, "b": {"rulebook": DRAFT, "choices": {"substance": "consensus-only"}}}
    compared = post(client, "compare", {**sides, "record": sent["record"]})
    assert not_as_described("compare_rulebooks", compared) == []
    assert {one["b"]["verdict"] for one in compared["votes"] if one["differs"]} == {"no-vote"}


def test_a_vote_by_http_counts_once_and_nobody_learns_how_others_vote_before_it_is_closed(
    at_api: Node, people: dict[str, Actor]
) -> None:
    opened = until("vote-opened")
    held(at_api, at=at_api.clock.now(), events=opened)
    chair, one, other = (
        badge(at_api, people["secretary"], role, of)
        for role, of in (("presiding", "XCE"), ("delegation", "XAC"), ("delegation", "XAL"))
    )
    vote = get(one, f"meetings/{MEETING}")["vote"]["id"]
    (offered,) = [each for each in get(one, f"meetings/{MEETING}/possible") if each["kind"] == "vote-cast"][:1]
    assert offered["cite"]["en"]
    asked = f"meetings/{MEETING}/possible?role=delegation&of=XAC"
    assert get(other, asked, 400)["code"] == "bad-query"
    assert get(program(at_api), asked, 403)["code"] == "role-missing"
    assert get(program(at_api, "secretary"), asked) == get(one, asked)
    first = act(one, "vote-cast", once="a-1", vote=vote, choice="yes")
    assert first["events"] == opened + 1
    assert act(one, "vote-cast", once="a-1", vote=vote, choice="yes") == first
    again = act(one, "vote-cast", 403, once="a-2", vote=vote, choice="yes")
    assert (again["code"], bool(again["cite"]), bool(again["remedy"])) == ("voted-already", True, True)
    now = get(other, f"meetings/{MEETING}")
    assert now["vote"]["voted"] == 1
    assert not_as_described("show_meeting", now) == []
    record = other.get(f"/api/v1/conference/meetings/{MEETING}/record?offset={opened - 3}")
    assert [row["number"] for row in record.json()] == [opened - 2, opened - 1]
    assert record.headers["X-Total-Count"] == str(opened - 1)
    assert get(other, f"meetings/{MEETING}/votes") == []
    assert act(other, "vote-closed", 403, vote=vote)["code"] == "not-their-act"
    act(other, "vote-cast", once="a-1", vote=vote, choice="no")  # a name is its sender's own
    act(chair, "vote-closed", vote=vote)
    (closed_vote,) = get(other, f"meetings/{MEETING}/votes")
    assert closed_vote["by_state"] == {"XAC": "yes", "XAL": "no"}
    assert act(one, "vote-cast", 403, vote=vote, choice="yes")["code"] == "vote-closed"
    assert len(get(other, f"meetings/{MEETING}/record?offset={opened - 1}")) == 4


def test_a_ballot_that_is_being_taken_is_not_told_before_two_tellers_agree(
    at_api: Node, people: dict[str, Actor]
) -> None:
    counted = until("ballot-counted")
    held(at_api, at=at_api.clock.now(), events=counted)
    screen = badge(at_api, people["secretary"], "screen", "")
    rows = get(screen, f"meetings/{MEETING}/record?limit=500")
    assert rows[-1]["number"] == until("ballot-opened") - 1
    assert all(not one["ballots"] for one in get(screen, f"meetings/{MEETING}/elections"))
    assert act(screen, "vote-cast", 403, vote="V1", choice="yes")["code"] == "not-their-act"


def test_a_pass_opens_its_meeting_and_nothing_else_and_ends_when_it_is_revoked(
    at_api: Node, people: dict[str, Actor], settings: Settings
) -> None:
    held(at_api, at=at_api.clock.now(), events=until("meeting-opened"))
    one = badge(at_api, people["secretary"], "delegation", "XAC")
    for address in ("rulebooks", "meetings", "meetings/OTHER"):
        assert get(one, address, 401)["code"] in ("bad-token", "no-such-pass"), address
    assert post(one, "tally", {"votes": {"FRA": "yes"}}, 401)["code"] == "bad-token"
    assert get(one, f"meetings/{MEETING}")["phase"] == "sitting"
    (held_pass,) = passes.listed(at_api, people["secretary"], MEETING)
    passes.revoke(at_api, people["secretary"], MEETING, held_pass.id)
    assert act(one, "floor-asked", 401)["code"] == "pass-revoked"
    person = program(at_api, "secretary")
    assert act(person, "floor-asked", 401)["code"] == "log-in-needed"
    stranger = Client()
    for address in ("rulebooks", "meetings", f"meetings/{MEETING}", f"meetings/{MEETING}/record"):
        assert get(stranger, address, 401)["code"] == "log-in-needed", address
    settings.PUBLIC_PARTS = frozenset({"conference"})
    for address in ("rulebooks", "meetings", f"meetings/{MEETING}", f"meetings/{MEETING}/record"):
        assert get(stranger, address), address
    assert get(stranger, f"meetings/{MEETING}/possible?role=presiding", 401)["code"] == "log-in-needed"
    assert post(stranger, "lint", {"rulebook": "untoc"}, 401)["code"] == "log-in-needed"


def test_a_private_meeting_is_for_those_who_may_attend_it(
    at_api: Node, people: dict[str, Actor], settings: Settings
) -> None:
    held(at_api, at=at_api.clock.now(), events=until("meeting-opened"))
    party, chair = (
        badge(at_api, people["secretary"], role, of) for role, of in (("delegation", "XAC"), ("presiding", "XOA"))
    )
    state = meetings.sitting(at_api, MEETING).state
    shut = next(code for code, one in state.seats.items() if not state.kind(code).private_meetings)
    observer = badge(at_api, people["secretary"], "delegation", shut)
    assert get(observer, f"meetings/{MEETING}")["private"] is False
    act(party, "motion-moved", motion="private-meeting")
    pending = get(party, f"meetings/{MEETING}")["floor"]["motions"][0]["id"]
    act(chair, "motion-agreed", pending=pending)
    settings.PUBLIC_PARTS = frozenset({"conference"})
    for client in (observer, Client(), program(at_api)):
        assert get(client, f"meetings/{MEETING}", 403)["code"] == "meeting-private"
        assert get(client, f"meetings/{MEETING}/record", 403)["code"] == "meeting-private"
    for client in (party, chair, program(at_api, "secretary")):
        assert get(client, f"meetings/{MEETING}")["private"] is True


REFUSED: list[tuple[str, Any, int, str]] = [
    ("tally", {"votes": {"FRA": "yes"}, "colour": "red"}, 400, "bad-request-body"),
    ("tally", {"votes": {"FRA": "maybe"}}, 400, "bad-vote-sheet"),
    ("tally", {"votes": {"FRA": "yes", "Frankreich?": "no"}}, 400, "bad-vote-sheet"),
    ("tally", {"votes": {"FRA": "yes"}, "majority": "3/2"}, 400, "bad-share"),
    ("tally", {"votes": {"FRA": "yes"}, "rulebook": "untoc", "subject": "weather"}, 400, "bad-input"),
    ("tally", {"votes": {"FRA": "yes"}, "rulebook": "nowhere"}, 404, "no-such-rulebook"),
    ("tally", {"votes": {"\ud800": "yes"}}, 400, "bad-request-body"),
    ("elect", {"election": {"ballot": []}}, 400, "bad-vote-sheet"),
    ("elect", {"election": {"places": 1, "ballot": [{"papers": -1}]}}, 400, "bad-vote-sheet"),
    ("lint", {"rulebook": "format = 1\nid = 3\n"}, 400, "bad-rulebook"),
    ("compare", {"a": {"rulebook": "untoc"}, "b": {"rulebook": "x = 1"}}, 400, "bad-rulebook"),
    ("compare", {"a": {"rulebook": "untoc", "choices": {"x": "y"}}, "b": {"rulebook": "uncac"}}, 400, "unknown-option"),
    ("verify", {"record": "x", "head": "short"}, 400, "bad-digest"),
    ("verify", {"record": 5}, 400, "bad-request-body"),
]


def test_what_cannot_be_counted_is_refused_with_a_code(at_api: Node) -> None:
    client = program(at_api)
    for address, body, status, code in REFUSED:
        problem = post(client, address, body, status)
        assert (problem["code"], bool(problem["remedy"])) == (code, True), body


def test_what_is_counted_by_http_is_what_the_command_counts(at_api: Node) -> None:
    client = program(at_api)
    by_table = post(client, "tally", {"votes": "State;Vote\nFrance;pour\nKenya;contre\n", "rulebook": "untoc"})
    by_name = post(client, "tally", {"votes": {"FRA": "yes", "KEN": "no"}, "rulebook": "untoc"})
    assert by_table == by_name
    assert (by_table["adopted"], by_table["needed"], by_table["rule"]["sure"] != "") == (False, 2, True)
    unsound = DRAFT.replace("precedence = 2", "precedence = 1")
    assert post(client, "lint", {"rulebook": unsound})["sound"] is False
    asked = {"votes": {"FRA": "yes"}, "rulebook": unsound}
    assert post(client, "tally", asked, 400)["code"] == "unsound-rulebook"
    csv = "ballot,name,votes,papers\n1,FRA,50,90\n1,KEN,40,90\n"
    assert post(client, "elect", {"election": csv, "places": 1})["elected"] == ["FRA"]
    large = client.post("/api/v1/conference/tally", b" " * 600_000, content_type="application/json")
    assert (large.status_code, large.json()["code"]) == (413, "too-large")


def test_no_meeting_is_made_under_a_rulebook_that_contradicts_itself(node: Node, people: dict[str, Actor]) -> None:
    facts = {key: value for key, value in played()[0].body.items() if key not in ("rulebook", "signer")}
    unsound = DRAFT.replace("precedence = 2", "precedence = 1")
    with pytest.raises(UnsoundRulebook):
        meetings.create(node, people["secretary"], facts, rulebook=unsound, choices={})
    assert not meetings.listed(node)
