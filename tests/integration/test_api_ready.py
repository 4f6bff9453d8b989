"""Readiness and drills over HTTP: every operation answers as described, and each changes what its person may change."""

import json
import tomllib
from typing import Any

import pytest
from django.test import Client
from tests.integration.test_api_alignment import Program, not_as_described, program
from tests.support.examplia import CHOICES

from rogatory.api import pages, parameters
from rogatory.node.context import Node
from rogatory.node.correspondence import drills

__all__ = ["program"]
pytestmark = pytest.mark.any_database

EXAMPLES = {one.operation: one for one in pages.examples() if "/ready/" in one.address or "/drills" in one.address}
ORDER = ("save_choices", "mark_step", "plan_drill", "file_papers")
LAST = ("correct_filing", "cancel_drill")


def call(client: Client, method: str, address: str, body: Any = None, status: int = 200) -> Any:
    sent = json.dumps(body) if body is not None else ""
    response = client.generic(method, f"/api/v1{address}", sent, content_type="application/json")
    assert response.status_code == status, (address, response.content.decode()[:800])
    return response.json()


@pytest.fixture
def assessor(program: Program) -> Client:
    """The program of an assessor whose State has made its choices."""
    client = program("assessor")
    call(client, "POST", "/ready/choices", {"choices": json.loads(json.dumps(tomllib.loads(CHOICES), default=str))})
    return client


def test_every_example_answers_exactly_what_is_described_and_in_one_language_when_asked(
    assessor: Client, program: Program, node: Node
) -> None:
    drill, officer = "", program("duty-officer")
    middle = sorted(set(EXAMPLES) - {*ORDER, *LAST})
    assert len(middle) > 8
    for operation in (*[one for one in ORDER if one != "save_choices"], *middle, *LAST):
        one = EXAMPLES[operation]
        if operation == "cancel_drill":
            drill = call(assessor, "POST", "/drills", {"to": "VNM"})["id"]
        client = officer if operation == "answer_drill" else assessor
        address = one.address.replace(parameters.DRILL, drill)
        body = json.dumps(one.body) if one.body else ""
        response = client.generic(one.method, address, body, content_type="application/json")
        assert response.status_code == 200, (operation, response.content.decode()[:500])
        told = response.json()
        assert not_as_described(operation, told) == [], operation
        if operation == "plan_drill":
            drill = told["id"]
            assert drills.carry_out(node, drill)
        if one.method == "GET":
            joint = "&" if "?" in address else "?"
            assert '{"en":' not in client.get(f"{address}{joint}lang=fr").content.decode(), operation
    assert (
        not_as_described("save_choices", call(assessor, "POST", "/ready/choices", EXAMPLES["save_choices"].body)) == []
    )


def test_choices_are_saved_on_top_of_what_was_looked_at_or_not_at_all(assessor: Client) -> None:
    stands = call(assessor, "GET", "/ready/choices")
    assert (stands["version"], stands["missing"]) == (1, [])
    changed = {"choices": {**stands["choices"], "languages": ["fr"]}, "version": 1}
    assert call(assessor, "POST", "/ready/choices", changed)["version"] == 2
    assert call(assessor, "POST", "/ready/choices", changed, 409)["code"] == "changed-meanwhile"
    wrong = {"choices": {"manner": "conquest"}}
    assert call(assessor, "POST", "/ready/choices", wrong, 400)["code"] == "bad-choices"


def test_only_who_may_changes_anything_and_nobody_asks_without_a_place(assessor: Client, program: Program) -> None:
    drafter = program("drafter")
    assert call(drafter, "GET", "/ready/checklist")["state"] == "VNM"
    for address, body in {
        "/ready/choices": {"choices": {}},
        "/ready/marks": {"step": "training", "state": "done"},
        "/ready/filed": {"papers": ["notice-40(13)"], "on": "2028-02-01"},
        "/ready/filed/1/correction": {"because": "wrong"},
        "/drills": {"to": "VNM"},
    }.items():
        assert call(drafter, "POST", address, body, 403)["code"] == "role-missing"
    assert call(drafter, "GET", "/drills", status=403)["code"] == "role-missing"
    assert call(Client(), "GET", "/ready/checklist", status=401)
    assert call(Client(), "GET", "/drills", status=401)
    assert call(assessor, "GET", "/ready/papers/notice-99", status=404)["code"] == "unknown-paper"
    assert call(assessor, "GET", "/ready/filed") == []
