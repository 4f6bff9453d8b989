"""Needs and offers at the desk: every page, the form with its rows, every act, and what the public may read."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.integration.test_assistance_node import NEED, OFFER, begun, offered
from tests.support.desk import at_the_desk, page
from tests.support.letterwriting import Correspondent
from tests.support.partner import Partner
from tests.support.world import Road

from rogatory.assistance import kinds
from rogatory.node.assistance import entries, exchange
from rogatory.node.assistance.entries import Wanted
from rogatory.node.context import Node
from rogatory.node.people import Actor

pytestmark = pytest.mark.any_database

#: One entry of each kind, with a note that must never leave.
FILLED: dict[str, dict[str, object]] = {
    "need": NEED,
    "offer": OFFER | {"note": "SECRET"},
    "project": {
        "title": "Evidence for prosecutors",
        "status": "running",
        "activities": [
            {"title": "Course", "status": "done", "ends": "2028-01-01"},
            {"title": "Manual", "status": "running", "done": "50", "ends": "2028-02-01"},
        ],
        "trainings": [{"title": "Week one", "starts": "2028-01-01"}],
        "trainees": [{"training": 1, "role": "judges", "sex": "women", "count": 7}],
        "indicators": [{"title": "Requests answered", "baseline": "0", "value": "30.5", "target": "61"}],
        "note": "SECRET",
    },
    "funding": {
        "title": "For the account",
        "by": "France",
        "account": "voluntary-account",
        "amount": "250000.50",
        "currency": "EUR",
        "due": "2028-01-01",
        "payments": [{"paid_on": "2028-01-01", "amount": "125000.25", "reference": "SECRET"}],
    },
    "pledge": {
        "title": "Two courses a year",
        "text": "We shall hold two courses.",
        "by": "Viet Nam",
        "made_at": "Ha Noi",
        "due": "2028-02-01",
        "note": "SECRET",
    },
    "practice": {"title": "One form for all", "provisions": ["41"], "what": "One form.", "note": "SECRET"},
}


@pytest.fixture
def filled(desk: Node, people: dict[str, Actor]) -> dict[str, str]:
    """The address of one entry of each kind."""
    made = {kind: entries.make(desk, people["liaison"], kind, body) for kind, body in FILLED.items()}
    return {kind: f"/assist/entries/{one.name}/" for kind, one in made.items()}


def act(client: Client, address: str, step: str, status: int = 302, **more: object) -> str:
    """A button is pressed on the page of an entry, as it is shown now."""
    seen = re.search(r'name="after" value="(\d+)"', page(client, address))
    response = client.post(f"{address}act/", {"step": step, "after": seen[1] if seen else "", **more})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_shows_what_is_there_and_what_to_do_where_nothing_is(
    desk: Node, people: dict[str, Actor], language: str
) -> None:
    client = at_the_desk("liaison", language)
    for kind in kinds.SHAPES:
        assert f"/assist/{kind}/new/" in page(client, f"/assist/{kind}/")
        assert f'name="{kinds.SHAPES[kind].names[0]}"' in page(client, f"/assist/{kind}/new/")
    made = {kind: entries.make(desk, people["liaison"], kind, body) for kind, body in FILLED.items()}
    for kind, one in made.items():
        assert one.title in page(client, f"/assist/{kind}/")
        told = page(client, f"/assist/entries/{one.name}/")
        assert one.title in told
        assert one.title in page(client, f"/assist/entries/{one.name}/change/")
    assert made["pledge"].title in page(client, "/assist/")
    assert made["offer"].title in page(client, "/assist/matches/")
    assert made["need"].title not in page(client, "/assist/need/?q=nothing-like-this")
    assert made["need"].title in page(client, "/assist/need/?article=29&whose=ours&withdrawn=yes")
    page(client, "/assist/wishes/", status=404)


def test_numbers_stand_beside_every_bar(filled: dict[str, str]) -> None:
    client = at_the_desk("auditor")
    project = page(client, filled["project"])
    for told in ("Activities done: 75 %", "7 people trained", "Requests answered: 30.5 / 61", "7 women"):
        assert told in re.sub(r"\s+", " ", project)
    money = page(client, "/assist/funding/")
    assert "250,000.50" in money
    assert "125,000.25" in money
    assert "50 %" in money
    assert "29 days late" in page(client, "/assist/pledge/")


def test_a_form_keeps_what_was_written_when_something_is_wrong_and_gives_more_rows(desk: Node) -> None:
    client = at_the_desk("liaison")
    given = {
        "title": "Evidence",
        "activities.1.title": "Course",
        "activities.1.starts": "2028-05-01",
        "activities.1.ends": "2028-04-01",
        "activities.3.title": "Manual",
        "for_entries": f"VNM/{'0' * 26}",
    }
    more = client.post("/assist/project/new/", {**given, "more": "activities"}).content.decode()
    assert 'name="activities.8.title"' in more
    wrong = client.post("/assist/project/new/", given)
    assert wrong.status_code == 400
    told = wrong.content.decode()
    assert 'value="Manual"' in told
    assert 'id="f-activities-1-ends-problem"' in told
    good = client.post("/assist/project/new/", {**given, "activities.1.ends": "2028-06-01", "for_entries": ""})
    assert good.status_code == 302
    [kept] = entries.listed(desk, actor(), Wanted(kind="project"))
    assert [row["title"] for row in kept.body["activities"]] == ["Course", "Manual"]


def actor() -> Actor:
    return Actor(id="liaison", name="Phan Văn Khoa", authority="VNM/contact-point", roles=frozenset({"liaison"}))


def test_a_change_upon_an_older_version_is_told_and_loses_nothing(desk: Node, filled: dict[str, str]) -> None:
    client = at_the_desk("liaison")
    said = {"title": "Mine", "text": "t", "by": "b", "made_at": "m"}
    assert client.post(f"{filled['pledge']}change/", {**said, "after": "1"}).status_code == 302
    late = client.post(f"{filled['pledge']}change/", {**said, "title": "Yours", "after": "1"})
    assert late.status_code == 403
    assert 'value="Yours"' in late.content.decode()
    assert 'name="after" value="2"' in late.content.decode()


def test_every_act_of_an_entry_works_by_its_button(
    desk: Node, france: Partner, filled: dict[str, str], people: dict[str, Actor]
) -> None:
    client, need = at_the_desk("liaison"), filled["need"]
    act(client, need, "send", 302, partner=["FRA"])
    assert "France" in page(client, need)
    act(client, need, "show", 302, visibility="partners")
    act(client, need, "publish", 400)
    act(client, need, "show", 400, visibility="public")
    assert entries.public(desk) == ()
    act(client, need, "publish", 302, confirm="yes")
    assert len(entries.public(desk)) == 1
    act(client, need, "show", 302, visibility="private")
    act(client, need, "undo", 403)
    act(client, need, "withdraw", 400)
    act(client, need, "withdraw", 302, confirm="yes", says="Done.")
    assert "stands on no list" in page(client, need)
    act(client, need, "undo", 302)
    act(client, need, "fly", 400)
    act(at_the_desk("auditor"), need, "withdraw", 403, confirm="yes")


def test_a_button_of_a_page_that_is_out_of_date_shows_nothing_new_to_anybody(
    desk: Node, filled: dict[str, str]
) -> None:
    client, need = at_the_desk("liaison"), filled["need"]
    name = "/".join(need.strip("/").split("/")[-2:])
    held = entries.get(desk, actor(), name)
    entries.change(desk, actor(), name, {**held.body, "title": "Not for others yet"}, after=held.version)
    told = act(client, need, "publish", 403, confirm="yes", after=str(held.version))
    assert "Not for others yet" in told
    assert f'name="after" value="{held.version + 1}"' in told
    act(client, need, "undo", 403, after="")
    assert entries.public(desk) == ()


def test_a_partners_offer_is_answered_from_its_page(desk: Node, france: Partner, filled: dict[str, str]) -> None:
    them, client = Correspondent(desk, france), at_the_desk("liaison")
    assert isinstance(desk.transport, Road)
    offered(them, what="<script>alert(1)</script>")
    [offer] = entries.listed(desk, actor(), Wanted(kind="offer", ours=False))
    told = page(client, f"/assist/entries/{offer.name}/")
    assert "<script>alert" not in told
    assert "We are interested" in told
    act(client, f"/assist/entries/{offer.name}/", "interest", 302, says="When?")
    [said] = exchange.interests(desk, actor(), offer.name)
    assert (said.says, said.interested) == ("When?", True)
    act(client, f"/assist/entries/{offer.name}/", "withdraw", 403, confirm="yes")


def test_the_public_reads_only_what_was_published_and_only_where_the_operator_opened_the_page(
    desk: Node, filled: dict[str, str], people: dict[str, Actor], settings: Settings, france: Partner
) -> None:
    anybody = Client()
    assert anybody.get("/public/assist/").status_code == 404
    settings.PUBLIC_PARTS = frozenset({"assist"})
    assert "published nothing" in page(anybody, "/public/assist/")
    offered(Correspondent(desk, france), title="A foreign title")
    for address in filled.values():
        exchange.show(desk, people["liaison"], address.removeprefix("/assist/entries/")[:-1], visibility="public")
    told = page(anybody, "/public/assist/")
    for body in FILLED.values():
        assert str(body["title"]) in told
    for secret in ("SECRET", "Phan Văn Khoa", "A foreign title"):
        assert secret not in told
    for path in ("/assist/", "/assist/need/", filled["need"], "/assist/export/"):
        assert anybody.get(path).status_code == 302


def test_files_go_out_and_offers_come_in(desk: Node, filled: dict[str, str]) -> None:
    client = at_the_desk("liaison")
    for audience, has in (("everybody", False), ("partners", False), ("us", True)):
        for kind in ("csv", "json"):
            told = client.get(f"/assist/export/?kind=need&for={audience}&as={kind}").content.decode()
            assert ("SECRET" in told) is has
    assert client.get("/assist/export/?for=nobody").status_code == 400
    table = SimpleUploadedFile("offers.csv", b"title,what,by,help\nA,b,UNODC,training\n")
    assert client.post("/assist/import-offers/", {"file": table}).status_code == 302
    bad = SimpleUploadedFile("offers.csv", b"title,what,by,help\nA,b,UNODC,flying\n")
    answer = client.post("/assist/import-offers/", {"file": bad})
    assert answer.status_code == 400
    assert "line 2, help" in answer.content.decode()
    assert client.post("/assist/import-offers/").status_code == 400


def test_one_click_on_a_gap_asks_for_help_with_it(desk: Node, people: dict[str, Actor]) -> None:
    assessment, client = begun(desk, people["assessor"]), at_the_desk("liaison")
    assert 'action="/assist/from-gap/"' in page(client, f"/align/assessments/{assessment}/review/7(1)/")
    made = client.post("/assist/from-gap/", {"assessment": assessment, "number": "7(1)"}, follow=True)
    told = made.content.decode()
    assert "Help with 7(1)" in told
    assert "CONFIDENTIAL" not in told
    assert client.post("/assist/from-gap/", {"assessment": assessment, "number": "25(1)"}).status_code == 403
    assert client.post("/assist/from-gap/", {"assessment": "none", "number": "7(1)"}).status_code == 404


def test_trainees_are_named_and_forgotten_on_a_page_of_their_own(desk: Node, filled: dict[str, str]) -> None:
    client, address = at_the_desk("liaison"), f"{filled['project']}trainees/"
    assert client.post(address, {"name": "Lý Thị Riêng", "training": "1", "role": "judges"}).status_code == 302
    told = page(client, address)
    assert "Lý Thị Riêng" in told
    assert client.post(address, {"name": "", "training": "9"}).status_code == 400
    [kept] = re.findall(r'name="forget" value="(\w+)"', told)
    assert client.post(address, {"forget": kept}).status_code == 302
    assert "Riêng" not in page(client, address)
    assert at_the_desk("auditor").get(address).status_code == 403
    assert "Riêng" not in page(client, filled["project"])
    assert at_the_desk("drafter").get("/assist/").status_code == 403
