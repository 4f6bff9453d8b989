"""The law in a real browser: searching as one types, by keyboard alone, side by side, on paper, in both languages.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.support import practice_pair
from tests.support.browsing import ELSEWHERE, IN_CHROMIUM, SHOTS, at_the_desk, violations
from tests.support.practice_pair import RunningNode

PAGES = {
    "law": "/law/",
    "law-search": "/law/?q=sixty+days",
    "law-nothing": "/law/?q=qwxyz",
    "law-notices": "/law/?kind=notice",
    "law-instrument": "/law/uncc/",
    "law-neighbour": "/law/untoc/",
    "law-article": "/law/uncc/42/",
    "law-beside": "/law/uncc/42/?beside=budapest",
    "law-offence": "/law/uncc/11/",
    "law-provision": "/law/uncc/42(8)/",
    "law-undescribed": "/law/untoc/5/",
}

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("law"))
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_law_is_accessible_and_fits_a_telephone(
    browser: Browser, node: RunningNode, language: str
) -> None:
    page, faults = at_the_desk(browser, node, "auditor", language), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for name, path in PAGES.items():
        page.goto(node.address + path)
        found = [one for one in violations(page) if one["id"] not in ELSEWHERE]
        bad = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        assert bad == [], (name, bad)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{language}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    for name, path in PAGES.items():
        page.goto(node.address + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{name} is {width} pixels wide"
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{language}-phone.png", full_page=True)
    assert faults == []


def test_answers_come_as_one_types_and_the_address_keeps_them(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "auditor")
    page.goto(f"{node.address}/law/")
    page.locator("#q").press_sequentially("sixty days", delay=20)
    expect(page.locator("#found .hits .where").first).to_contain_text("42(8)")
    expect(page.locator("#found mark").first).to_have_text(re.compile("sixty"))
    page.wait_for_url(re.compile(r"/law/\?q=sixty\+days$"))
    page.locator("#f-instrument").select_option("budapest")
    expect(page.locator("#found .hits .where").first).to_contain_text("29(7)")
    page.wait_for_url(re.compile(r"/law/\?q=sixty\+days&instrument=budapest$"))
    assert page.locator("#q").input_value() == "sixty days"
    page.reload()
    expect(page.locator("#found .hits .where").first).to_contain_text("29(7)")
    assert page.locator("#f-instrument").input_value() == "budapest"


def test_the_law_is_read_by_keyboard_alone(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "auditor")
    page.goto(f"{node.address}/law/")
    page.locator("#q").focus()
    page.keyboard.type("42(3)(b)")
    page.keyboard.press("Enter")
    expect(page.locator("#found .where").first).to_contain_text("42(3)(b)")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.where') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/law/uncc/42\(3\)\(b\)/$"))


def test_a_place_in_an_article_has_its_own_address(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "auditor")
    page.goto(f"{node.address}/law/uncc/42/#p-42-8")
    assert page.locator("#p-42-8").evaluate("one => one.matches(':target')")
    assert page.evaluate("window.scrollY") > 200


def test_without_javascript_the_search_works_all_the_same(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "auditor")
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{node.address}/law/")
    plain.locator("#q").fill("extradition")
    plain.locator("#search button").click()
    expect(plain.locator(".hits .where").first).to_contain_text("37")


def test_on_paper_an_article_is_all_there_and_the_search_is_not(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "auditor")
    page.goto(f"{node.address}/law/uncc/42/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_text("Data are kept at least sixty days")).to_be_visible()
    expect(page.locator("nav.places")).to_be_hidden()
    page.goto(f"{node.address}/law/?kind=notice")
    expect(page.locator("#search")).to_be_hidden()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "law-print.png", full_page=True)
