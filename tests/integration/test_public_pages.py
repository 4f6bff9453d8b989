"""What a stranger may read when the operator opened the law and the status, and what stays shut."""

import re

import pytest
from django.test import Client
from pytest_django import Settings
from tests.support.partner import Partner

from rogatory.law.copies.official import OfficialArticle, OfficialCopy, OfficialProvision
from rogatory.node import officialcopies
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.site import publicparts, wiring

pytestmark = pytest.mark.any_database

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


OPEN = (
    "/law/",
    "/law/?q=delay",
    "/law/uncc/",
    "/law/uncc/42/",
    "/law/uncc/42(3)/",
    "/status/",
    "/status/states/FRA/",
    "/status/forecast/?instrument=uncc",
    "/status/matrix/",
)


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_open_page_leads_nowhere_that_is_shut_and_names_no_partner_person_or_case(
    desk: Node, settings: Settings, path: str, lang: str
) -> None:
    settings.PUBLIC_PARTS = frozenset({"law", "status"})
    stranger = Client(headers={"accept-language": lang})
    answer = stranger.get(path)
    assert answer.status_code in (200, 400), path  # an exercise leaves nothing to forecast
    page = answer.content.decode()
    for address in set(re.findall(r'(?:href|action|hx-get)="(/[^"?#]*)', page)):
        assert address.startswith(
            ("/law/", "/status/", "/static/", "/accounts/login/", "/i18n/", "/api/v1/", "/verify/")
        ), address
        assert "import" not in address
    for name in ("VNM/contact-point", "FRA/contact-point", "Giang", "Nguyễn", "administrator", "/ask/"):
        assert name not in page


def test_who_loaded_and_compared_an_official_copy_is_not_told_to_strangers(
    desk: Node, people: dict[str, Actor], settings: Settings
) -> None:
    said = OfficialProvision(number="42(1)", text="Invented words of a paragraph.")
    copy = OfficialCopy(
        instrument="uncc",
        lang="en",
        title="Invented title",
        file_name="secret-folder-name.pdf",
        format="text",
        sha256="0" * 64,
        articles={"42": OfficialArticle(number="42", title="Invented heading", provisions=(said,))},
    )
    officialcopies.keep_copy(desk, people["administrator"], copy)
    officialcopies.mark_compared(
        desk, people["drafter"], desk.law.provision("uncc", "42(1)"), "en", verdict="differs", note="an internal remark"
    )
    settings.PUBLIC_PARTS = frozenset({"law"})
    told = (people["administrator"].name, people["drafter"].name, "secret-folder-name", "an internal remark")
    for address in ("/law/uncc/42/", "/law/uncc/42(1)/", "/api/v1/law/uncc/provisions/42/copies"):
        page = Client().get(address).content.decode()
        assert "Invented words of a paragraph." in page
        assert not [name for name in told if name in page]


def test_a_stranger_finds_the_open_parts_and_the_log_in(desk: Node, settings: Settings) -> None:
    settings.PUBLIC_PARTS = frozenset({"law"})
    page = Client().get("/law/uncc/42/").content.decode()
    assert 'href="/law/"' in page
    assert 'href="/status/"' not in page
    assert 'href="/accounts/login/' in page


def test_only_law_and_status_can_be_opened() -> None:
    assert publicparts.public_parts("") == frozenset()
    assert publicparts.public_parts("law, status") == frozenset({"law", "status"})
    with pytest.raises(publicparts.BadPublicPart, match="cases"):
        publicparts.public_parts("law,cases")
