"""The pages of a programme in a real browser: usable by keyboard and screen reader, on a telephone and on paper.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import browsing, practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

PREPARE = """
import django; django.setup()
from datetime import date, datetime
from zoneinfo import ZoneInfo
from rogatory.office import accounts
from rogatory.office.programme import scheduling
from rogatory.office.programme.models import *
from rogatory.node.people import Actor
from rogatory.site import wiring
node = wiring.node()
accounts.make_account("lan", "a long practice password", name="Hoàng Lan", authority="VNM/contact-point", roles=["secretary"])
actor = Actor(id="secretary", name="Hoàng Lan", authority="VNM/contact-point", roles=frozenset({"secretary"}))
one = Occasion(meeting="cosp-1", title="Conference of the States Parties, first session", place="National Convention Centre, Hanoi",
    time_zone="Asia/Ho_Chi_Minh", starts_on=date(2028, 3, 6), ends_on=date(2028, 3, 8), steering="Ms Lan\\nMr Roy", public=True)
scheduling.make_occasion(node, actor, one)
rooms = [Room.objects.create(occasion=one, name=name, capacity=seats, equipment=what, shared=shared) for name, seats, what, shared in (
    ("Plenary Hall", 900, "Six booths, voting screens, step-free access", False), ("Room 2", 60, "Two booths", False),
    ("Room 3", 40, "", False), ("Foyer", None, "24 tables", True))]
bodies = [Body.objects.create(occasion=one, name=name, iso3=code) for name, code in (
    ("Viet Nam", "VNM"), ("France", "FRA"), ("Secretariat", ""), ("Regional Centre for Digital Evidence", ""))]
def at(day, hour, minute=0):
    return datetime(2028, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
def put(kind, title, starts, ends, room, who, status="accepted", **more):
    entry = Entry(occasion=one, kind=kind, title=title, starts=starts, ends=ends, room=room, status=status, **more)
    scheduling.save_entry(node, entry, who, version=0)
SIX = ["ar", "zh", "en", "fr", "ru", "es"]
for day in (6, 7, 8):
    put("plenary", f"Plenary, morning of {day} March", at(day, 10), at(day, 13), rooms[0], [bodies[2]], wanted=SIX, confirmed=SIX, team="Plenary A", public=True, expected=700)
    put("plenary", f"Plenary, afternoon of {day} March", at(day, 15), at(day, 18), rooms[0], [bodies[2]], wanted=SIX, confirmed=SIX[:4], team="Plenary A", public=True)
put("side-event", "Preserving stored data in sixty minutes", at(6, 13, 15), at(6, 14, 30), rooms[1], bodies[:2], wanted=["en", "fr"], confirmed=["en"], expected=80, public=True, contact="Camille Martin, camille@justice.example", description="A duty officer's practice.")
put("side-event", "Safeguards at work", at(6, 14), at(6, 15), rooms[1], [bodies[3]], status="proposed")
put("workshop", "Sealing evidence: a workshop", at(7, 9), at(7, 12), rooms[2], [bodies[3]], public=True)
put("stand", "Stand of Viet Nam", at(6, 9), at(8, 17), rooms[3], [bodies[0]], public=True)
put("stand", "Stand of the Regional Centre", at(6, 9), at(8, 17), rooms[3], [bodies[3]])
put("side-event", "Statistics both sides agree on", None, None, None, [bodies[1]], status="proposed")
put("side-event", "Cancelled talk", at(7, 13), at(7, 14), rooms[1], [bodies[1]], status="cancelled")
for body, category, title, currency, amounts in (
    (bodies[0], "venue", "Plenary Hall, three days", "VND", (2_400_000_000, 2_400_000_000, 1_200_000_000)),
    (bodies[0], "security", "Guards", "VND", (300_000_000, 350_000_000, 0)),
    (bodies[2], "interpretation", "Two teams of twelve", "USD", (96_000_00, 88_500_50, 0)),
    (bodies[1], "hospitality", "Reception", "EUR", (18_000_00, 0, 0))):
    BudgetLine.objects.create(occasion=one, body=body, category=category, title=title, currency=currency, estimated=amounts[0], committed=amounts[1], paid=amounts[2])
for title, owner, due in (("Contract with the interpreters", "Mr Roy", date(2028, 2, 20)), ("Badges ordered", "Ms Chi", date(2028, 2, 28)),
    ("Voting devices tried", "Mr An", date(2028, 3, 4)), ("Report to the printers", "Ms Lan", date(2028, 4, 1))):
    Task.objects.create(occasion=one, title=title, owner=owner, due=due)
Task.objects.create(occasion=one, title="Hall reserved", owner="Ms Lan", due=date(2028, 1, 10), done_at=at(1, 9), done_by="Hoàng Lan")
Telling.objects.create(task=Task.objects.get(owner="Mr Roy"), told="Ms Lan", told_at=at(1, 9), noted_by="Hoàng Lan")
"""
PEOPLE = "name,delegation,function,category,pass\n" + "".join(
    f"{name},{country},{function},{category},{link}\n"
    for name, country, function, category, link in (
        (
            "Nguyễn Văn An",
            "Viet Nam",
            "Head of delegation",
            "delegate",
            "https://desk.example/pass/0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ),
        (
            "Marie-Françoise de la Rochefoucauld-Montmorency",
            "France",
            "Alternate representative",
            "delegate",
            "https://desk.example/pass/1",
        ),
        ("Wanjiru Kamau", "Kenya", "Adviser", "delegate", ""),
        ("Dr Elif Yıldız", "International Federation of Computer Emergency Teams", "Observer", "observer", ""),
        ("Hoàng Lan", "Secretariat", "Secretary of the Conference", "secretariat", "https://desk.example/pass/2"),
        ("Jo Bloggs", "Practice Gazette", "Correspondent", "press", ""),
        ("Phạm Quốc Dũng", "Host country", "", "security", ""),
        ("Aline Faure", "Belgium", "Legal adviser", "delegate", ""),
        ("Marc Leroy", "Luxembourg", "Delegate", "delegate", ""),
    )
)
PAGES = ("", "entries/7/", "budget/", "tasks/", "badges/", "public/")
#: Made of the same parts; looked at when pictures are wanted.
ALIKE = ("entries/new/", "rooms/", "bodies/", "steering/", "feeds/", "settings/", "remove/room/1/")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running, with a programme of three days."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("programme"))
    practice_pair.run_in(made, PREPARE)
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.fixture(scope="module")
def desk(browser: Browser, node: RunningNode) -> Page:
    """The secretary's window."""
    return at_the_desk(browser, node, "lan")


def test_every_page_is_accessible_and_fits_a_telephone(desk: Page, node: RunningNode) -> None:
    for path in ("/programme/", *(f"/programme/1/{one}" for one in (*PAGES, *(ALIKE if browsing.SHOTS else ())))):
        answer = desk.goto(node.address + path)
        assert answer is not None
        assert answer.status == 200, path
        looked_at(desk, f"programme-{path.strip('/').replace('/', '-')}-en")


def test_the_day_is_a_table_where_there_is_room_and_a_list_on_a_telephone(browser: Browser, node: RunningNode) -> None:
    french = at_the_desk(browser, node, "lan", "fr")
    french.goto(f"{node.address}/programme/1/")
    day = french.get_by_role("region", name="Lundi 6 mars 2028").first
    expect(day.get_by_role("columnheader", name=re.compile("Plenary Hall"))).to_be_visible()
    looked_at(french, "programme-day-fr")
    french.set_viewport_size({"width": 390, "height": 800})
    expect(french.get_by_role("columnheader", name=re.compile("Plenary Hall")).first).to_be_hidden()
    expect(french.get_by_role("link", name="Stand of Viet Nam").first).to_be_visible()
    french.context.close()


def test_badges_are_printed_eight_on_an_a4_page(desk: Page, node: RunningNode, tmp_path: Path) -> None:
    desk.goto(f"{node.address}/programme/1/badges/")
    desk.get_by_label("CSV file").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    )
    desk.get_by_role("button", name="Make the badges").click()
    expect(desk.get_by_role("article")).to_have_count(9)
    looked_at(desk, "programme-badge-sheet-en")
    printed = tmp_path / "badges.pdf"
    desk.pdf(path=printed, prefer_css_page_size=True, print_background=True)
    if browsing.SHOTS:
        (Path(browsing.SHOTS) / "programme-badges.pdf").write_bytes(printed.read_bytes())
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 2
