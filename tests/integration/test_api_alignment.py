"""National law over HTTP: every operation answers as described, and only a person with the role for it judges."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.integration.test_api_answers import closed
from tests.support.desk import PASSWORD

from rogatory.api import description, pages, parameters
from rogatory.node.context import Node
from rogatory.office import accounts, tokens
from rogatory.site import wiring

pytestmark = pytest.mark.any_database

EXAMPLES = {one.operation: one for one in pages.examples() if "/align/" in one.address}
LAW = b"1. Access\nWhoever accesses a computer system without authority commits an offence.\n\n2. Parking\nNobody.\n"
Program = Callable[[str], Client]


@pytest.fixture
def program(node: Node, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program of whoever has a role at the node behind the API."""
    monkeypatch.setattr(wiring, "node", lambda: node)

    def made(role: str) -> Client:
        accounts.make_account(role, PASSWORD, name=role.title(), authority="VNM/contact-point", roles=[role])
        _, text = tokens.make(role, "tests", days=1, now=node.clock.now(), random=node.random)
        return Client(headers={"authorization": f"Bearer {text}"})

    return made


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/align/{address}")
    assert response.status_code == status, response.content.decode()[:500]
    return response.json()


def post(client: Client, address: str, body: Any, status: int = 200) -> Any:
    response = client.post(f"/api/v1/align/{address}", json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content.decode()[:500]
    return response.json()


def not_as_described(operation: str, value: Any) -> list[str]:
    document = description.document()
    found = next(
        one for methods in document["paths"].values() for one in methods.values() if one["operationId"] == operation
    )
    schema = found["responses"][200]["content"]["application/json"]["schema"]
    return list(closed(schema, document["components"]["schemas"], value))


def test_every_example_answers_exactly_what_is_described_and_in_one_language_when_asked(program: Program) -> None:
    client, named = program("assessor"), {parameters.TEXT: "", parameters.ASSESSMENT: ""}
    order = ("import_text", "begin_assessment", "judge_obligation", "undo_judgement")
    for operation in (*order, *sorted(set(EXAMPLES) - set(order))):
        one = EXAMPLES[operation]
        address, body = one.address, json.dumps(one.body) if one.body else ""
        for example, real in named.items():
            address, body = address.replace(example, real), body.replace(example, real)
        response = client.generic(one.method, address, body, content_type="application/json")
        assert response.status_code == 200, (operation, response.content.decode()[:500])
        told = response.json()
        assert not_as_described(operation, told) == [], operation
        if operation == "import_text":
            named[parameters.TEXT] = told["text"]["id"]
        if operation == "begin_assessment":
            named[parameters.ASSESSMENT] = told["id"]
        if one.method == "GET":
            joint = "&" if "?" in address else "?"
            assert '{"en":' not in client.get(f"{address}{joint}lang=fr").content.decode(), operation


def test_a_judgement_names_the_one_before_it_and_the_slower_is_told(program: Program) -> None:
    first, second = program("assessor"), program("liaison")
    sent = {"law": "crimes", "file_name": "act.txt", "content": base64.b64encode(LAW).decode()}
    assert post(second, "texts", sent, 403)["code"] == "role-missing"
    text = post(first, "texts", sent)["text"]["id"]
    assert post(first, "texts", sent, 409)["code"] == "already-held"
    assert [one["key"] for one in get(second, f"texts/{text}/provisions?limit=1")] == ["1"]
    best = get(second, f"texts/{text}/proposals?number=7(1)")
    assert (best["found"], best["proposals"][0]["key"]) == (True, "1")

    made = post(first, "assessments", {"title": "First look", "texts": [text]})["id"]
    answer = {"number": "7(1)", "answer": "implemented", "after": "", "evidence": [{"text": text, "key": "1"}]}
    assert post(second, f"assessments/{made}/judgements", answer, 403)["code"] == "role-missing"
    assert post(first, f"assessments/{made}/judgements", {**answer, "evidence": []}, 400)["code"] == "evidence-needed"
    saved = post(first, f"assessments/{made}/judgements", answer)
    assert (saved["standing"]["state"], saved["judgement"]["reader_name"]) == ("implemented", "Assessor")
    late = post(first, f"assessments/{made}/judgements", {**answer, "answer": "partly", "remark": "Not all."}, 409)
    assert (late["code"], late["cite"]) == ("judged-meanwhile", "uncc:7(1)")
    shown = get(second, f"assessments/{made}/obligations/7(1)")
    assert shown["standing"]["last"] == saved["judgement"]["id"]
    assert get(second, f"assessments/{made}")["progress"]["count"]["states"]["implemented"] == 1
    assert post(first, f"assessments/{made}/undo", {"number": "7(1)"})["standing"]["state"] == "unseen"
    assert post(first, f"assessments/{made}/undo", {"number": "7(1)"}, 403)["code"] == "nothing-to-undo"


def test_national_law_is_for_those_who_work_on_it(program: Program) -> None:
    assert get(Client(), "obligations", 401)["code"] == "log-in-needed"
    drafter = program("drafter")
    assert get(drafter, "obligations?article=7")[0]["number"] == "7(1)"
    for address in ("laws", "assessments", "texts/X", "assessments/X", "assessments/X/report"):
        assert get(drafter, address, 403)["code"] == "role-missing"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("obligations?article=99", 404, "unknown-obligation"),
        ("obligations?force=must", 400, "bad-query"),
        ("texts/NONE", 404, "no-such-national-text"),
        ("texts/NONE/proposals?number=99", 404, "unknown-obligation"),
        ("assessments/NONE", 404, "no-such-assessment"),
        ("assessments/NONE/report?at=yesterday", 400, "bad-time"),
    ],
)
def test_what_cannot_be_answered_about_national_law_is_refused_with_a_code(
    program: Program, address: str, status: int, code: str
) -> None:
    assert get(program("assessor"), address, status)["code"] == code


def test_a_file_that_is_no_law_is_refused_and_nothing_is_kept(program: Program) -> None:
    client = program("assessor")
    for content, code in (("no base64!", "bad-request-body"), ("UEsDBA==", "document-format"), ("", "document-empty")):
        sent = {"law": "crimes", "file_name": "act.txt", "content": content}
        assert post(client, "texts", sent, 400)["code"] == code
    assert get(client, "laws") == []
