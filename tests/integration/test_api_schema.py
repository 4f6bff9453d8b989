"""The OpenAPI document held against the API by schemathesis: whatever is asked is answered as described."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests.support import conference_api

from rogatory.api import description
from rogatory.node.context import Node
from rogatory.office import accounts, tokens
from rogatory.site import wiring
from rogatory.status.engine import Status

pytestmark = pytest.mark.any_database

WANTED = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
#: As a program reads it: through JSON.
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description.document())))
schema.app = WSGIHandler()
#: So many examples of each operation: an election or a rulebook that is made up costs more than a question about the law.
MANY, FEW = 8, 2


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The connection of the test, kept open between requests as Django's own test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(node: Node, one_connection: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """What opens the API of a node with the true deposits."""
    cache.clear()  # what others asked within the same minute of the node's clock is not asked by this test
    node = replace(node, status=Status.load())
    monkeypatch.setattr(wiring, "node", lambda: node)
    accounts.make_account("ana", "a long password", name="Ana", authority="VNM/contact-point", roles=["drafter"])
    return tokens.make("ana", "tests", days=1, now=node.clock.now(), random=node.random)[1]


@pytest.fixture
def conference_token(node: Node, token: str) -> str:
    """The same, where a meeting is being prepared."""
    conference_api.held(node, at=node.clock.now(), events=conference_api.until("agenda-circulated"))
    return token


@pytest.fixture
def assessor_token(node: Node, token: str) -> str:
    """What opens national law too."""
    accounts.make_account("noor", "a long password", name="Noor", authority="VNM/contact-point", roles=["assessor"])
    return tokens.make("noor", "tests", days=1, now=node.clock.now(), random=node.random)[1]


@schema.exclude(path_regex="/(conference|align|ready|drills)").parametrize()
@settings(max_examples=MANY, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
def test_whatever_is_asked_is_answered_as_the_openapi_document_says(case: Case, token: str) -> None:
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(response, checks=WANTED)


@schema.include(path_regex="/(align|ready|drills)").parametrize()
@settings(
    max_examples=FEW,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)
def test_whatever_is_asked_about_national_law_and_readiness_is_answered_as_the_openapi_document_says(
    case: Case, assessor_token: str
) -> None:
    response = case.call(headers={"Authorization": f"Bearer {assessor_token}"})
    case.validate_response(response, checks=WANTED)


@schema.include(path_regex="/conference/").parametrize()
@settings(
    max_examples=FEW,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)
def test_whatever_is_asked_of_the_conference_is_answered_as_the_openapi_document_says(
    case: Case, conference_token: str
) -> None:
    if "{meeting}" in case.path:
        case.path_parameters["meeting"] = conference_api.MEETING
    response = case.call(headers={"Authorization": f"Bearer {conference_token}"})
    case.validate_response(response, checks=WANTED)
