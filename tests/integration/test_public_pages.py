"""What a stranger may read when the operator opened the law and the status, and what stays shut."""

import pytest
from django.test import Client
from pytest_django import Settings
from tests.support.partner import Partner

from rogatory.node.context import Node
from rogatory.site import publicparts, wiring

PROVISION = "/law/uncc/42(3)/"


@pytest.fixture
def desk(node: Node, france: Partner, monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node behind the pages, with France as its partner."""
    monkeypatch.setattr(wiring, "node", lambda: node)
    return node


def test_the_law_is_for_people_who_are_logged_in_unless_the_operator_opens_it(desk: Node, settings: Settings) -> None:
    shut = Client().get(PROVISION)
    assert (shut.status_code, shut.headers["Location"].split("?")[0]) == (302, "/accounts/login/")
    settings.PUBLIC_PARTS = frozenset({"status"})
    assert Client().get(PROVISION).status_code == 302
    settings.PUBLIC_PARTS = frozenset({"law"})
    assert Client().get(PROVISION).status_code == 200


def test_only_reading_is_opened_to_strangers(desk: Node, settings: Settings) -> None:
    settings.PUBLIC_PARTS = frozenset({"law", "status"})
    assert Client().post(PROVISION).status_code == 302


@pytest.mark.parametrize("path", ["/", "/partners/", "/node/", "/record/", "/requests/new/", "/lists/"])
def test_an_open_node_still_shows_no_stranger_its_work(desk: Node, settings: Settings, path: str) -> None:
    settings.PUBLIC_PARTS = frozenset({"law", "status"})
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_an_open_page_names_no_partner_no_person_and_no_case(desk: Node, settings: Settings) -> None:
    settings.PUBLIC_PARTS = frozenset({"law", "status"})
    page = Client().get(PROVISION).content.decode()
    for address in ("/partners/", "/people/", "/record/", "/node/", "/requests/", "/cases/", "/drafts/"):
        assert f'href="{address}' not in page
    for name in ("contact-point", "FRA", "France", "Giang"):
        assert name not in page


def test_only_law_and_status_can_be_opened() -> None:
    assert publicparts.public_parts("") == frozenset()
    assert publicparts.public_parts("law, status") == frozenset({"law", "status"})
    with pytest.raises(publicparts.BadPublicPart, match="cases"):
        publicparts.public_parts("law,cases")
