"""The HTTP API by Django's client: every example runs, every answer is what the command line gives, nothing else opens."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings
from tests.support.partner import Partner

from rogatory.api import description, pages
from rogatory.api.pages import Example
from rogatory.law import answers as law_answers
from rogatory.law.plain import plain
from rogatory.node.context import Node
from rogatory.office import accounts, tokens
from rogatory.site import wiring
from rogatory.status import answers
from rogatory.status.engine import Status

pytestmark = pytest.mark.any_database

PASSWORD = "a long practice password"
#: These have tests of their own: their examples need a meeting, a law, choices or a drill.
ELSEWHERE = re.compile("/(conference|align|ready|drills)")
EXAMPLES = {one.operation: one for one in pages.examples() if not ELSEWHERE.search(one.address)}


@pytest.fixture
def start() -> datetime:
    """Before the Convention is in force, so that there is something to forecast."""
    return datetime.fromisoformat("2026-06-01T09:00:00+00:00")


@pytest.fixture
def desk(node: Node, france: Partner, monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node behind the API with the true deposits, one partner and one person."""
    node = replace(node, status=Status.load())
    monkeypatch.setattr(wiring, "node", lambda: node)
    accounts.make_account("ana", PASSWORD, name="Ana", authority="VNM/contact-point", roles=["drafter"])
    return node


@pytest.fixture
def ana(desk: Node) -> Client:
    """Ana's program."""
    _, text = tokens.make("ana", "tests", days=1, now=desk.clock.now(), random=desk.random)
    return Client(headers={"authorization": f"Bearer {text}"})


def call(client: Client, one: Example) -> Any:
    body = None if one.body is None else json.dumps(one.body)
    return client.generic(one.method, one.address, body or "", content_type="application/json")


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.content.decode()[:500]
    assert response.headers["Content-Type"].startswith("application/json")
    return response.json()


def refused(client: Client, address: str, status: int) -> str:
    problem = get(client, address, status)
    assert set(problem) >= {"code", "message", "cite", "remedy"}
    code: str = problem["code"]
    return code


KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}


def closed(schema: dict[str, Any], defined: dict[str, Any], value: Any, path: str = "") -> Iterator[str]:
    """What *value* has and *schema* does not tell of, or the other way round."""
    if "$ref" in schema:
        yield from closed(defined[schema["$ref"].rpartition("/")[2]], defined, value, path)
    elif "anyOf" in schema:
        yield from min((list(closed(one, defined, value, path)) for one in schema["anyOf"]), key=len)
    elif "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        yield f"{path}: not {schema['type']}"
    elif isinstance(value, list):
        for place, one in enumerate(value):
            fixed = schema.get("prefixItems", [])
            inner = fixed[place] if place < len(fixed) else schema.get("items") or {}
            yield from closed(inner, defined, one, f"{path}[]")
    elif isinstance(value, dict) and "properties" in schema:
        yield from (f"{path}.{name}: not described" for name in value.keys() - schema["properties"].keys())
        yield from (f"{path}.{name}: missing" for name in set(schema.get("required", [])) - value.keys())
        for name in value.keys() & schema["properties"].keys():
            yield from closed(schema["properties"][name], defined, value[name], f"{path}.{name}")


@pytest.mark.parametrize("operation", EXAMPLES)
def test_every_example_runs_and_answers_exactly_what_is_described(ana: Client, operation: str) -> None:
    one = EXAMPLES[operation]
    response = call(ana, one)
    assert response.status_code == 200, response.content.decode()
    document = description.document()
    described = next(
        found
        for methods in document["paths"].values()
        for found in methods.values()
        if found["operationId"] == operation
    )
    schema = described["responses"][200]["content"]["application/json; charset=utf-8".partition(";")[0]]["schema"]
    assert list(closed(schema, document["components"]["schemas"], response.json())) == []


@pytest.mark.parametrize("operation", EXAMPLES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_operation_answers_in_one_language_when_asked(ana: Client, operation: str, lang: str) -> None:
    one = EXAMPLES[operation]
    joint = "&" if "?" in one.address else "?"
    response = ana.generic(
        one.method, f"{one.address}{joint}lang={lang}", json.dumps(one.body), content_type="application/json"
    )
    assert response.status_code == 200, response.content.decode()
    assert '{"en":' not in response.content.decode()


def test_the_answers_are_those_of_the_command_line(desk: Node, ana: Client) -> None:
    law, status, today = desk.law, desk.status, desk.clock.now().date()
    assert get(ana, "law") == plain(law_answers.instruments(law))
    assert get(ana, "law/uncc/provisions/42(3)(b)") == plain(law.provision("uncc", "42(3)(b)"))
    assert get(ana, "law/uncc/provisions?article=42&limit=500") == [
        plain(one) for one in law.provisions("uncc") if one.article == "42"
    ]
    assert get(ana, "status/uncc") == plain(answers.overview(status, "uncc", today))
    assert get(ana, "status/uncc/states/FRA?on=2026-05-01") == plain(
        answers.state_page(status, "FRA", "uncc", date(2026, 5, 1))
    )
    assert get(ana, "status/matrix?measure=preservation") == plain(
        answers.who_can_ask(status, today, measure="preservation")
    )


def test_a_list_is_answered_a_page_at_a_time_and_nothing_is_lost(desk: Node, ana: Client) -> None:
    address, numbers = "/api/v1/law/budapest/provisions?limit=40", []
    while address:
        response = ana.get(address)
        page = response.json()
        assert 0 < len(page) <= 40
        numbers += [one["number"] for one in page]
        assert response.headers["X-Total-Count"] == str(len(desk.law.by_number["budapest"]))
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert numbers == list(desk.law.by_number["budapest"])


def test_an_answer_that_is_known_already_is_not_sent_again(ana: Client) -> None:
    first = ana.get("/api/v1/law/uncc/provisions/42(3)")
    again = ana.get("/api/v1/law/uncc/provisions/42(3)", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in first.headers["Cache-Control"]
    assert "private" in first.headers["Cache-Control"]
    other = ana.get("/api/v1/law/uncc/provisions/42(4)", headers={"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("law/nato", 404, "unknown-instrument"),
        ("law/uncc/provisions/99", 404, "unknown-provision"),
        ("law/uncc/articles/69", 404, "unknown-provision"),
        ("law/uncc/forms/wiretap", 404, "unknown-measure"),
        ("law/uncc/provisions?measure=wiretap", 404, "unknown-measure"),
        ("law/uncc/provisions?kind=rumour", 400, "unknown-sort"),
        ("law/uncc/provisions?limit=501", 400, "bad-query"),
        ("law/uncc/provisions?limit=many", 400, "bad-query"),
        ("law/uncc/provisions?offset=-1", 400, "bad-query"),
        ("law/uncc/provisions?sort=number", 400, "bad-query"),
        ("law/uncc?lang=xx", 400, "bad-query"),
        ("law/uncc?lang=en&lang=fr", 400, "bad-query"),
        (f"law/search?q={'a' * 301}", 400, "bad-query"),
        ("status/uncc/states/ZZZ", 404, "unknown-state"),
        ("status/nato", 404, "unknown-instrument"),
        ("status/uncc?on=2026-02-30", 400, "bad-time"),
        ("status/uncc?on=1990-01-01", 400, "bad-day"),
        ("status/uncc?on=9999-01-01", 400, "bad-day"),
        ("status/matrix?measure=wiretap", 404, "unknown-measure"),
        ("status/matrix/cell?requesting=ZZZ&requested=FRA&measure=preservation", 404, "unknown-state"),
        ("status/common?one=FRA", 400, "bad-query"),
        ("status/common?one=FRA&other=ZZZ", 404, "unknown-state"),
        ("status/budapest/forecast", 400, "no-forecast"),
        ("status/uncc/forecast?assume=nonsense", 400, "bad-assumption"),
        ("opinion/example/wiretap", 404, "unknown-measure"),
        ("cases", 404, "no-such-address"),
        ("law/uncc/", 404, "no-such-address"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_code(ana: Client, address: str, status: int, code: str) -> None:
    assert refused(ana, address, status) == code


def test_no_regional_organisation_breaks_the_matrix(desk: Node, ana: Client) -> None:
    for state in (one for one in desk.status.states.values() if one.kind == "organisation"):
        query = f"requesting={state.iso3}&requested=FRA&measure=preservation"
        assert refused(ana, f"status/matrix/cell?{query}", 404) == "unknown-state"


def test_nothing_is_answered_without_a_log_in_unless_the_operator_opened_it(desk: Node, settings: Settings) -> None:
    stranger = Client()
    for one in EXAMPLES.values():
        response = call(stranger, one)
        assert (response.status_code, response.json()["code"]) == (401, "log-in-needed"), one.operation
    settings.PUBLIC_PARTS = frozenset({"law"})
    assert {one.operation for one in EXAMPLES.values() if call(stranger, one).status_code == 200} == {
        one.operation for one in EXAMPLES.values() if one.address.startswith("/api/v1/law")
    }
    assert stranger.get("/api/v1/law").headers["Cache-Control"] == "public, max-age=300"
    settings.PUBLIC_PARTS = frozenset({"law", "status"})
    shut = [one.operation for one in EXAMPLES.values() if call(stranger, one).status_code != 200]
    assert sorted(shut) == ["ask_for_opinion", "show_example_facts"]


def test_a_token_that_opens_nothing_is_refused_even_where_everybody_may_read(desk: Node, settings: Settings) -> None:
    settings.PUBLIC_PARTS = frozenset({"law"})
    response = Client(headers={"authorization": "Bearer rogatory_" + "0" * 64}).get("/api/v1/law")
    assert (response.status_code, response.json()["code"]) == (401, "bad-token")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_person_at_the_desk_asks_without_a_token_but_posts_only_from_the_desk(desk: Node) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="ana", password=PASSWORD)
    assert get(client, "law")
    ask = EXAMPLES["ask_for_opinion"]
    elsewhere = call(client, ask)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "from-elsewhere")
    client.get("/")
    csrf = {"x-csrftoken": client.cookies[next(name for name in client.cookies if "csrf" in name)].value}
    here = client.post(ask.address, json.dumps(ask.body), content_type="application/json", headers=csrf)
    assert here.status_code == 200, here.content.decode()


def test_a_token_is_not_a_way_into_the_desk(ana: Client) -> None:
    assert ana.get("/").status_code == 302
    assert ana.get("/partners/").status_code == 302


def test_who_asks_too_often_is_told_how_long_to_wait(ana: Client, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    answered = [ana.get("/api/v1/law").status_code for _ in range(8)]
    assert 429 in answered
    late = next(one for one in (ana.get("/api/v1/law") for _ in range(4)) if one.status_code == 429)
    assert late.json()["code"] == "too-many-requests"
    assert 0 < int(late.headers["Retry-After"]) <= 60


def test_nothing_of_the_node_is_in_the_description(desk: Node) -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    text = response.content.decode()
    for name in ("VNM-", "rogatory-vnm", "127.0.0.1", "VNM/contact-point", "Ana"):
        assert name not in text


def test_the_page_of_the_api_shows_every_operation_and_loads_nothing_from_outside(
    desk: Node, settings: Settings
) -> None:
    client = Client()
    assert client.get("/api/v1/").status_code == 302
    assert client.login(username="ana", password=PASSWORD)
    for lang in ("en", "fr"):
        page = client.get("/api/v1/", headers={"accept-language": lang}).content.decode()
        assert all(f'id="{operation}"' in page for operation in EXAMPLES)
        assert 'src="http' not in page
        assert 'href="http' not in page
    settings.PUBLIC_PARTS = frozenset({"law"})
    assert Client().get("/api/v1/").status_code == 200


def test_errors_are_told_in_the_language_that_is_asked_for(desk: Node) -> None:
    french = Client(headers={"accept-language": "fr"}).get("/api/v1/law").json()
    assert french["code"] == "log-in-needed"
    assert french["message"].startswith("Cette réponse")


def test_whatever_the_page_of_the_api_says_it_says_in_french_too(desk: Node) -> None:
    said = dict(description.PROBLEMS)
    for methods in description.document()["paths"].values():
        for operation in methods.values():
            said[operation["operationId"]] = operation["description"]
            said |= {one["name"]: one["description"] for one in operation["parameters"] if one["name"] != "lang"}
    with translation.override("fr"):
        for text in said.values():
            assert gettext(text) != text or gettext(text.partition(": `")[0]) != text.partition(": `")[0], text
