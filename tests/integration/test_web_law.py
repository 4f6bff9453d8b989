"""The pages of the law by Django's client: browser, search, instrument, article, provision; for people and the public."""

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.test import Client

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.ports.lawdata import OfficialCopyRow
from rogatory.site import wiring

pytestmark = pytest.mark.any_database

PASSWORD = "a long practice password"


@pytest.fixture
def desk(node: Node, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> Node:
    monkeypatch.setattr(wiring, "node", lambda: node)
    person = people["auditor"]
    accounts.make_account("auditor", PASSWORD, name=person.name, authority=person.authority, roles=["auditor"])
    return node


@pytest.fixture
def reader(desk: Node) -> Client:
    client = Client()
    assert client.login(username="auditor", password=PASSWORD)
    return client


def page(client: Client, path: str, status: int = 200, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def hits(html: str) -> list[str]:
    return re.findall(r'<p class="where"><a href="/law/([^"]+)/"', html)


def test_the_first_page_of_the_law_lists_instruments_and_ready_lists(reader: Client, desk: Node) -> None:
    html = page(reader, "/law/")
    for instrument in desk.law.instruments:
        assert f'href="/law/{instrument}/"' in html
    assert 'href="/law/?kind=notice"' in html
    assert 'href="/law/?reservations=true"' in html


def test_a_search_answers_without_javascript_and_marks_what_it_found(reader: Client) -> None:
    html = page(reader, "/law/?q=sixty+days&instrument=uncc")
    assert hits(html) == ["uncc/42(8)"]
    assert "<mark>sixty</mark>" in html
    assert 'value="sixty days"' in html
    assert '<option value="uncc" selected>' in html


def test_a_search_as_one_types_gets_only_the_answer_and_a_clean_address(reader: Client) -> None:
    response = reader.get("/law/?q=data&instrument=&kind=period&who=", headers={"HX-Request": "true"})
    assert response.headers["HX-Replace-Url"] == "/law/?q=data&kind=period"
    assert b"<html" not in response.content
    assert reader.get("/law/?q=", headers={"HX-Request": "true"}).headers["HX-Replace-Url"] == "/law/"


def test_an_answer_of_many_pages_is_walked_through_by_links(reader: Client, desk: Node) -> None:
    path, seen = "/law/?kind=duty", []
    while path:
        html = page(reader, path)
        seen += hits(html)
        further = re.search(r'<a rel="next" href="([^"]+)"', html)
        path = further[1].replace("&amp;", "&") if further else ""
    duties = [one for known in desk.law.by_number.values() for one in known.values() if one.kind == "duty"]
    assert seen == [f"{one.instrument}/{one.number}" for one in duties]


def test_a_search_without_a_hit_says_what_to_try(reader: Client) -> None:
    assert "Nothing was found. Try fewer" in page(reader, "/law/?q=qwxyz")


def test_what_a_person_types_is_shown_as_text(reader: Client) -> None:
    html = page(reader, f"/law/?q={quote('<script>alert(1)</script>')}")
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/law/nato/", 404, "unknown-instrument"),
        ("/law/uncc/71/", 404, "unknown-provision"),
        ("/law/uncc/42(99)/", 404, "unknown-provision"),
        ("/law/?kind=whim", 400, "unknown-sort"),
        ("/law/?measure=hacking", 404, "unknown-measure"),
        ("/law/?text_lang=de", 400, "unknown-text-language"),
        (f"/law/?q={'x' * 301}", 400, "query-too-long"),
    ],
)
def test_what_is_not_there_is_a_page_with_its_code(reader: Client, path: str, status: int, code: str) -> None:
    assert code in page(reader, path, status)


def test_an_odd_page_number_is_the_first_page(reader: Client) -> None:
    first = hits(page(reader, "/law/?kind=duty"))
    assert hits(page(reader, "/law/?kind=duty&offset=-3")) == first
    assert hits(page(reader, "/law/?kind=duty&offset=٤")) == first


def test_an_instrument_shows_its_chapters_and_why_it_has_68_articles(reader: Client, desk: Node) -> None:
    html = page(reader, "/law/uncc/")
    assert "71" in text_of(html)
    assert [int(number) for number in re.findall(r'<li><a href="/law/uncc/(\d+)/"', html)] == list(range(1, 69))
    assert html.count('id="chapter-') == 9
    neighbour = page(reader, "/law/untoc/")
    assert 'href="/law/untoc/18/"' in neighbour
    assert "Not described here" in neighbour


@pytest.mark.parametrize("instrument", ["uncc", "budapest", "untoc", "uncac"])
def test_every_article_and_every_provision_has_its_page(reader: Client, desk: Node, instrument: str) -> None:
    known = desk.law.by_number[instrument]
    for article in sorted({one.article for one in known.values()}, key=int):
        html = page(reader, f"/law/{instrument}/{article}/")
        shown = re.findall(r'<section class="provision depth-\d" id="([^"]+)"', html)
        expected = [one.number for one in known.values() if one.article == article]
        assert shown == [f"p-{number.replace('(', '-').replace(')', '')}" for number in expected]
    for number in list(known)[::7]:
        assert number in page(reader, f"/law/{instrument}/{number}/")


def test_an_article_that_is_not_described_says_so(reader: Client) -> None:
    assert "does not describe this article" in page(reader, "/law/untoc/5/")


def test_articles_lead_to_their_neighbours(reader: Client) -> None:
    html = page(reader, "/law/uncc/42/")
    assert 'rel="prev" href="/law/uncc/41/"' in html
    assert 'rel="next" href="/law/uncc/43/"' in html
    assert "rel=" not in page(reader, "/law/uncc/1/").split('rel="next"')[0].rpartition("<nav")[2]


def test_parallels_stand_side_by_side_from_either_end(reader: Client) -> None:
    html = page(reader, "/law/uncc/42/?beside=budapest")
    assert 'class="card provisions two"' in html
    assert 'href="/law/budapest/29(7)/"' in html
    assert 'href="/law/uncc/42(8)/"' in page(reader, "/law/budapest/29/?beside=uncc")


def test_a_provision_says_what_refers_to_it(reader: Client) -> None:
    assert "Referred to in" in page(reader, "/law/uncc/11(1)/")


def test_the_pages_speak_french(reader: Client) -> None:
    html = page(reader, "/law/?q=60&kind=", **{"Accept-Language": "fr"})
    assert "Droit" in html
    found = text_of(page(reader, "/law/uncc/42/", **{"Accept-Language": "fr"}))
    assert "Conservation" in found or "conservation" in found
    assert "obligation" in found


def test_a_loaded_official_text_is_searched_and_stands_beside_ours(reader: Client, desk: Node) -> None:
    said = "On tient le registre du phare."
    desk.stores.official.put(
        OfficialCopyRow(
            instrument="uncc",
            lang="fr",
            sha256="0" * 64,
            file_name="registre.txt",
            format="text",
            title="Un traité",
            articles=[{"number": "42", "title": "Du phare", "provisions": [["42(8)", said, "line 1"]]}],
            loaded_at=datetime(2028, 3, 1, tzinfo=UTC),
            loaded_by="administrator",
            loader_name="Đỗ Giang",
        )
    )
    html = page(reader, "/law/?q=phares")
    assert hits(html) == ["uncc/42(8)"]
    assert 'lang="fr" dir="ltr"' in html
    assert said in page(reader, "/law/uncc/42(8)/")
    assert said in page(reader, "/law/uncc/42/")
    desk.stores.official.remove("uncc", "fr")
    assert hits(page(reader, "/law/?q=phares")) == []


def test_strangers_read_the_law_only_where_the_operator_opened_it(desk: Node, settings: LazySettings) -> None:
    stranger = Client()
    for path in ("/law/", "/law/?q=data", "/law/uncc/", "/law/uncc/42/", "/law/uncc/42(8)/"):
        settings.PUBLIC_PARTS = frozenset()
        assert stranger.get(path).status_code == 302
        settings.PUBLIC_PARTS = frozenset({"law"})
        assert stranger.get(path).status_code == 200
