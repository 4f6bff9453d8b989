"""The phone, the screen, the tellers' sheet and the public page of a meeting in a real browser.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import browsing, practice_pair
from tests.support.browsing import ELSEWHERE, IN_CHROMIUM, looked_at, violations
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

AT_THE_NODE = """
import django; django.setup()
import json, pathlib
from datetime import timedelta
from tests.support import meetings as played
from tests.support.meeting_on_node import facts
from rogatory.conference.meeting.events import Actor
from rogatory.node.conference import meetings, passes
from rogatory.node.people import Actor as Person
from rogatory.site import wiring
node = wiring.node()
secretary = Person(id="secretary", name="Hoàng Lan", authority="VNM/contact-point", roles=frozenset({"secretary"}))
def chair(kind, **body):
    return meetings.act(node, "COP-1", Actor("presiding", "S00"), kind, body)
"""
#: A meeting under way, in which a motion is put to a recorded vote; the secrets of four passes.
PREPARE = """
today = node.clock.now().date()
days = {"opens": today.isoformat(), "closes": (today + timedelta(days=4)).isoformat()}
meetings.create(node, secretary, {**facts(), **days}, rulebook="hanoi-draft", choices={})
for event in played.debating().events:
    meetings.act(node, "COP-1", event.by, event.kind, event.body)
moved = meetings.act(node, "COP-1", Actor("delegation", "S02"), "motion-moved", {"motion": "suspend-meeting"})
chair("vote-opened", about="motion", target=moved.state.motion.id, method="recorded")
wanted = (("first", "delegation", "S03"), ("second", "delegation", "S04"), ("screen", "screen", ""), ("teller", "teller", "S07"))
links = {name: passes.issue(node, secretary, "COP-1", role=role, of=of, name=name) for name, role, of in wanted}
"""
CLOSE = 'chair("vote-closed", vote="V1")\n'


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Time enough also where several tests share a processor."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, dict[str, str]]]:
    """A node with a meeting in which a vote is open, and where its passes lead in."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("faces"))
    links = made.folder / "links.json"
    keep = f"pathlib.Path({str(links)!r}).write_text(json.dumps(links))\n"
    practice_pair.run_in(made, AT_THE_NODE + PREPARE + keep)
    practice_pair.start(made, ROGATORY_PUBLIC="conference")
    found = json.loads(links.read_text(encoding="utf-8"))
    yield made, {name: f"{made.address}/conference/COP-1/in/{secret}/" for name, secret in found.items()}
    practice_pair.stop(made)


def opened(browser: Browser, address: str, language: str = "en", *, width: int = 390, height: int = 800) -> Page:
    """A device that has opened *address*."""
    context = browser.new_context(locale=language, viewport={"width": width, "height": height})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(address)
    return page


def test_every_face_is_accessible_and_fits_its_device(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    node, links = meeting
    for language in ("en", "fr"):
        for name, address in (
            ("phone", links["first"]),
            ("tellers", links["teller"]),
            ("public", f"{node.address}/conference/COP-1/public/"),
        ):
            if language == "fr" and name != "phone" and not browsing.SHOTS:
                continue
            page = opened(browser, address, language, width=1280)
            looked_at(page, f"face-{name}-{language}")
            page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_the_screen_shows_all_without_scrolling(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]], width: int, height: int
) -> None:
    _node, links = meeting
    page = opened(browser, links["screen"], width=width, height=height)
    for shown in ("en", "fr", "both"):
        page.goto(f"{page.url.partition('?')[0]}?show={shown}")
        if (shown, height) == ("both", 720):
            assert [one["id"] for one in violations(page) if one["id"] not in ELSEWHERE] == []
        hidden = page.evaluate(
            "[...document.querySelectorAll('.scene')].filter(one => one.offsetParent)"
            ".map(one => Math.max(one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth))"
        )
        assert len(hidden) == (2 if shown == "both" else 1)
        assert max(hidden) <= 1
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        if browsing.SHOTS:
            page.screenshot(path=Path(browsing.SHOTS) / f"face-screen-{shown}-{height}.png")
    page.context.close()


def test_a_vote_pressed_without_a_connection_is_sent_later_and_counts_once(
    browser: Browser, meeting: tuple[RunningNode, dict[str, str]]
) -> None:
    node, links = meeting
    hall = opened(browser, links["screen"], width=1280, height=720)
    english = hall.locator(".side:lang(en)")
    expect(english).to_contain_text("0 have voted")
    phone = opened(browser, links["first"])
    phone.context.set_offline(True)
    phone.get_by_role("button", name="No", exact=True).press("Enter")
    expect(phone.locator("#lost")).to_contain_text("Connection lost")
    assert "Your vote was counted" not in phone.locator("#live").inner_text()
    phone.context.set_offline(False)
    expect(phone.locator(".counted")).to_contain_text("No")
    expect(phone.locator("#lost")).to_be_hidden()
    expect(english).to_contain_text("1 has voted")
    expect(english).not_to_contain_text("Rejected")
    other = opened(browser, links["second"])
    practice_pair.run_in(node, AT_THE_NODE + CLOSE)
    expect(english.locator(".verdict")).to_contain_text("Rejected")
    expect(english.locator(".column.no")).to_contain_text("1")
    expect(other.locator("#live")).to_contain_text("No vote of yours was counted.")
    for page in (hall, phone, other):
        page.context.close()
