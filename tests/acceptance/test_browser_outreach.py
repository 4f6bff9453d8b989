"""The pages of outreach in a real browser: every State on one page, usable by keyboard and screen reader, in print.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import browsing, practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

PREPARE = """
import django; django.setup()
from datetime import date
from rogatory.office import accounts
from rogatory.office.outreach import recording
from rogatory.office.outreach.models import *
from rogatory.node.people import Actor
from rogatory.site import wiring
node = wiring.node()
for login, name in (("khoa", "Phan Văn Khoa"), ("lan", "Hoàng Lan")):
    accounts.make_account(login, "a long practice password", name=name, authority="VNM/contact-point", roles=["liaison"])
actor = Actor(id="khoa", name="Phan Văn Khoa", authority="VNM/contact-point", roles=frozenset({"liaison"}))
sure = {"certainty": "high"}
for iso3, kind, day, source, more in (
    ("KEN", "before-parliament", date(2028, 1, 20), "National Assembly, order paper", {"public": True, "source_address": "https://parliament.example/12"}),
    ("CHL", "approved", date(2028, 2, 3), "Senate record", {}),
    ("NPL", "instrument-ready", date(2028, 2, 20), "Note verbale 88", {}),
    ("PHL", "before-parliament", date(2027, 11, 2), "House of Representatives", {})):
    recording.enter_step(node, actor, OutreachStep(iso3=iso3, kind=kind, taken_on=day, source=source, **{**sure, **more}))
old = OutreachStep.objects.get(iso3="KEN")
recording.correct_step(node, actor, old, OutreachStep(kind="approved", taken_on=date(2028, 2, 14), source="Gazette 31", source_address="https://gazette.example/31", certainty="medium", public=True))
def put(row):
    recording.save(node, actor, row, version=0)
    return row
put(OutreachObstacle(iso3="KEN", kind="institutions", says="No contact point that answers by night has been named.", declared=True, source="Statement at the regional seminar", certainty="high"))
put(OutreachObstacle(iso3="KEN", kind="human-rights", says="Civil society asks for stronger safeguards first.", source="Press", certainty="low"))
put(OutreachObstacle(iso3="CHL", kind="election", source="Press", certainty="medium"))
put(OutreachHelp(iso3="KEN", what="Drafting help for the bill on electronic evidence", asked_on=date(2028, 1, 12), need="KEN/0a1b", source="Letter of the Attorney General", certainty="high"))
put(OutreachPromise(iso3="KEN", what="Send the commentary on safeguards", by_whom="Treaty desk", due=date(2028, 2, 21)))
put(OutreachPromise(iso3="CHL", what="Call after the election", by_whom="Embassy", due=date(2028, 5, 2)))
put(OutreachMeeting(iso3="KEN", kind="visit", held_on=date(2028, 2, 26), subject="Timetable of the bill", people="Amb. Yarrow", notes="Second reading in April."))
put(OutreachContact(iso3="KEN", name="Zebulon Quist", post="Legal adviser of the mission", channel="+254 700 555"))
put(OutreachOccasion(kind="treaty-event", title="Treaty event", place="New York", starts_on=date(2028, 9, 20), ends_on=date(2028, 9, 24), prepare="A model instrument and the brief for each capital.", public=True))
put(OutreachOccasion(kind="visit", title="Visit of the delegation", place="Nairobi", starts_on=date(2028, 3, 20), ends_on=date(2028, 3, 20), for_states="KEN", prepare="Slides on the network of contact points."))
"""
PAGES = ("", "states/KEN/", "regions/", "calendar/", "promises/")
#: Made of the same parts; looked at when pictures are wanted.
ALIKE = (
    *("contacts/", "states/KEN/steps/new/", "states/KEN/obstacle/new/", "occasion/new/", "contact/1/share/"),
    *("?stage=all", "contact/1/remove/", "states/FRA/"),
)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running, with two liaisons and what the first knows."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("outreach"))
    practice_pair.run_in(made, PREPARE)
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.fixture(scope="module")
def desk(browser: Browser, node: RunningNode) -> Page:
    """The liaison's window."""
    return at_the_desk(browser, node, "khoa")


def test_every_page_of_outreach_is_accessible_and_fits_a_telephone(desk: Page, node: RunningNode) -> None:
    for path in (*PAGES, *(ALIKE if browsing.SHOTS else ())):
        answer = desk.goto(f"{node.address}/outreach/{path}")
        assert answer is not None
        assert answer.status == 200, path
        looked_at(desk, f"outreach-{path.strip('/').replace('/', '-').replace('?', '')}-en")


def test_a_step_is_entered_and_taken_back_by_keyboard_alone(desk: Page, node: RunningNode) -> None:
    desk.goto(f"{node.address}/outreach/states/FJI/")
    desk.get_by_role("link", name="Enter a step").press("Enter")
    desk.get_by_label("Step", exact=True).and_(desk.locator("select")).select_option("approved")
    desk.get_by_label("Day", exact=True).fill("2028-02-01")
    desk.get_by_label("Source", exact=True).fill("Gazette 5")
    desk.get_by_role("button", name="Save").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Saved.")
    desk.get_by_role("button", name="Undo").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Undone.")
    expect(desk.get_by_text("No step between signature and deposit has been entered.")).to_be_visible()


def test_the_brief_is_printed_in_both_languages_without_what_is_private(
    browser: Browser, desk: Page, node: RunningNode
) -> None:
    french = at_the_desk(browser, node, "lan", "fr")
    for page, lang, words in ((desk, "en", "Why join"), (french, "fr", "Pourquoi devenir partie")):
        page.goto(f"{node.address}/outreach/states/KEN/brief/")
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", level=1)).to_contain_text(words)
        expect(page.get_by_role("navigation").first).to_be_hidden()
        text = page.locator("main").inner_text()
        assert not [secret for secret in ("Quist", "Yarrow", "Second reading", "Civil society") if secret in text]
        page.emulate_media(media="screen")
        looked_at(page, f"outreach-brief-{lang}")
    french.goto(f"{node.address}/outreach/states/KEN/")
    assert "Quist" not in french.content()
    looked_at(french, "outreach-state-fr")
    if browsing.SHOTS:
        for path in ("", "regions/", "calendar/"):
            french.goto(f"{node.address}/outreach/{path}")
            looked_at(french, f"outreach-{path.strip('/')}-fr")
    french.context.close()
