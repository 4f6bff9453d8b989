"""Who came in, and who was turned away, stands in the access record."""

import pytest
from django.test import Client

from rogatory.node.context import Node
from rogatory.office import accounts
from rogatory.site import wiring

PASSWORD = "a-long-practice-password"


@pytest.fixture
def account(node: Node) -> str:
    accounts.make_account("an", PASSWORD, name="An", authority="VNM/contact-point", roles=["drafter"])
    return "an"


def actions(name: str) -> list[tuple[str, str]]:
    return [(line.action, line.who) for line in wiring.node().stores.audit.of_subject(name, 10)]


def test_a_log_in_at_the_desk_is_recorded(client: Client, account: str) -> None:
    client.post("/accounts/login/", {"login": account, "password": PASSWORD})
    assert actions(account) == [("account:person:log-in", account)]


def test_a_refused_log_in_is_recorded_under_nobody(client: Client, account: str) -> None:
    client.post("/accounts/login/", {"login": account, "password": "wrong-password-here"})
    assert actions(account) == [("account:person:log-in-refused", "nobody")]


def test_a_password_is_never_recorded(client: Client, account: str) -> None:
    client.post("/accounts/login/", {"login": account, "password": "wrong-password-here"})
    told = [str(line) for line in wiring.node().stores.audit.recent(10)]
    assert told
    assert not [line for line in told if "wrong-password-here" in line]
