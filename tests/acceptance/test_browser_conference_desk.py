"""The desks of chair and secretariat in a real browser: live, by keyboard, through a lost connection.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

#: A meeting under way, and a proposal on which a recorded vote is open; the pass of the chair.
PREPARE = """
import django; django.setup()
import json, pathlib, sys
from datetime import timedelta
from tests.support import meetings as played
from tests.support.meeting_on_node import facts
from tests.support.practice_pair import PASSWORD
from rogatory.conference.meeting.events import Actor
from rogatory.node.conference import meetings, passes
from rogatory.node.people import Actor as Person
from rogatory.office import accounts
from rogatory.site import wiring
node = wiring.node()
accounts.make_account("secretary", PASSWORD, name="Hoàng Thu Hà", authority="VNM/contact-point", roles=["secretary"])
secretary = Person(id="secretary", name="Hoàng Thu Hà", authority="VNM/contact-point", roles=frozenset({"secretary"}))
today = node.clock.now().date()
days = {"opens": today.isoformat(), "closes": (today + timedelta(days=4)).isoformat()}
meetings.create(node, secretary, {**facts(), **days}, rulebook="hanoi-draft", choices={})
for event in played.debating().events:
    meetings.act(node, "COP-1", event.by, event.kind, event.body)
moved = meetings.act(node, "COP-1", Actor("delegation", "S02"), "motion-moved", {"motion": "suspend-meeting"})
about = {"about": "motion", "target": moved.state.motion.id, "method": "recorded"}
meetings.act(node, "COP-1", Actor("presiding", "S00"), "vote-opened", about)
secret = passes.issue(node, secretary, "COP-1", role="presiding", of="S00", name="The President")
delegate = passes.issue(node, secretary, "COP-1", role="delegation", of="S01", name="Beland")
"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, dict[str, str]]]:
    """A node with a meeting in which a vote is open, and where the badges of the chair and of a delegation lead."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("desks"))
    kept = made.folder / "links.json"
    write = f"pathlib.Path({str(kept)!r}).write_text(json.dumps({{'chair': secret, 'delegate': delegate}}))\n"
    practice_pair.run_in(made, PREPARE + write)
    practice_pair.start(made)
    secrets = json.loads(kept.read_text(encoding="utf-8"))
    yield made, {name: f"{made.address}/conference/COP-1/in/{secret}/" for name, secret in secrets.items()}
    practice_pair.stop(made)


def opened(browser: Browser, address: str, language: str = "en") -> Page:
    """A device that has opened *address*."""
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page's script: {error}"))
    page.goto(address)
    return page


#: In English every page, in French those whose words are longest.
PAGES = {"en": ("", "participants/", "papers/", "passes/", "rules/", "for/delegation/S01/"), "fr": ("", "rules/")}


@pytest.mark.parametrize("language", PAGES)
def test_the_desks_are_accessible_and_fit_every_width(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]], language: str
) -> None:
    node, links = meeting
    chair = opened(browser, links["chair"], language)
    assert "/in/" not in chair.url
    looked_at(chair, f"conference-chair-{language}")
    office = at_the_desk(browser, node, "secretary", language)
    for name in PAGES[language]:
        office.goto(f"{node.address}/conference/COP-1/{name}")
        looked_at(office, f"conference-{name.replace('/', '-') or 'desk'}-{language}")
    office.goto(f"{node.address}/conference/new/?rulebook=hanoi-draft")
    looked_at(office, f"conference-new-{language}")


def test_a_vote_is_seen_coming_in_while_something_is_being_written(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    node, links = meeting
    office = at_the_desk(browser, node, "secretary")
    office.goto(f"{node.address}/conference/COP-1/")
    field = office.locator("#attendance-seat")
    field.fill("half a na")
    office.locator("#who-present summary").click()
    field.focus()
    chair = opened(browser, links["chair"])
    expect(chair.locator("#awaited")).to_contain_text("S01")
    delegate = opened(browser, links["delegate"])
    delegate.get_by_role("button", name="Yes", exact=True).click()
    expect(chair.locator("#awaited")).not_to_contain_text("S01", timeout=5_000)
    expect(office.locator("[data-panel=now]")).to_contain_text("1 has voted", timeout=5_000)
    assert (field.input_value(), office.evaluate("document.activeElement.id")) == ("half a na", "attendance-seat")
    assert office.locator("#who-present").get_attribute("open") is not None


def test_attendance_is_entered_by_keyboard_and_a_refusal_is_shown_where_it_is_read(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    node, _links = meeting
    office = at_the_desk(browser, node, "secretary")
    office.goto(f"{node.address}/conference/COP-1/")
    office.locator("#attendance-seat").fill("sign")
    absent = office.locator("button[name=present][value=no]")
    absent.focus()
    absent.press("Enter")
    expect(office.locator("[data-panel=attendance]")).not_to_contain_text("SIGN")
    field = office.locator("#attendance-seat")
    expect(field).to_have_value("")
    field.fill("sign")
    field.press("Enter")
    expect(office.locator("[data-panel=attendance]")).to_contain_text("SIGN")
    field.fill("Narnia")
    field.press("Enter")
    expect(office.locator("#refusal")).to_contain_text("no participant of this session is called")
    assert office.evaluate("document.activeElement.id") == "refusal"


def test_a_document_is_issued_with_its_file_and_comes_back_as_it_was(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    node, _links = meeting
    office = at_the_desk(browser, node, "secretary")
    office.goto(f"{node.address}/conference/COP-1/papers/")
    office.locator("#new-document summary").click()
    office.locator("#doc-symbol").fill("CONF/7")
    office.locator("#doc-en").fill("Draft decision")
    paper = {"name": "draft.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 draft"}
    office.locator("#doc-file-en").set_input_files(paper)  # type: ignore[arg-type]
    office.get_by_role("button", name="Issue", exact=True).click()
    with office.expect_download() as caught:
        office.get_by_role("link", name="Download CONF/7").click()
    assert caught.value.suggested_filename == "COP-1-CONF-7-v1-en.pdf"
    assert caught.value.path().read_bytes() == b"%PDF-1.7 draft"
    assert office.locator("#doc-file-en").input_value() == ""


def test_a_lost_connection_is_said_with_the_last_known_time_and_mends_itself(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    _node, links = meeting
    chair = opened(browser, links["chair"])
    expect(chair.locator("#lost")).to_be_hidden()
    chair.context.set_offline(True)
    expect(chair.locator("#lost")).to_have_text(re.compile(r"Connection lost.*\d\d:\d\d:\d\d"), timeout=20_000)
    chair.context.set_offline(False)
    expect(chair.locator("#lost")).to_be_hidden(timeout=20_000)


def test_the_chair_closes_the_vote_by_keyboard_after_confirming(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    _node, links = meeting
    chair = opened(browser, links["chair"])
    close = chair.locator("[data-panel=next] details.sure summary")
    expect(close).to_contain_text("Close the vote")
    close.focus()
    close.press("Enter")
    expect(chair.get_by_text("Votes that come afterwards do not count.")).to_be_visible()
    chair.keyboard.press("Tab")
    chair.keyboard.press("Enter")
    expect(chair.locator("[data-panel=result]")).to_contain_text("Yes 1, no 0")
    expect(chair.locator("#announcement")).not_to_be_empty()
    expect(chair.locator("[data-panel=next]")).to_contain_text("Resume the meeting")
