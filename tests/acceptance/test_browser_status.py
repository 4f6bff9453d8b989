"""The status pages in a real browser: readable by machines and on a telephone, in both languages, and by keyboard.

Set ROGATORY_SHOTS to a folder to keep a picture of every page.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import violations
from tests.support.practice_pair import RunningNode

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
PAGES = {
    "status": "/status/",
    "status-untoc": "/status/?instrument=untoc&on=2003-09-01&way=",
    "state": "/status/states/VNM/?with=FRA",
    "forecast": "/status/forecast/?on=2026-11-22&assume=KEN%3D2027-06-01",
    "forecast-in-force": "/status/forecast/",
    "matrix": "/status/matrix/?state=FRA",
}
#: The band that says EXERCISE stands above every landmark, on purpose.
KNOWN = {"region"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam's practice node, whose status anybody may read."""
    found = practice_pair.make_pair(tmp_path_factory.mktemp("status"))[0]
    practice_pair.start(found, ROGATORY_PUBLIC="status")
    yield found
    practice_pair.stop(found)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("lang", "dark"), [("en", False), ("fr", False), ("fr", True)])
def test_every_status_page_is_readable_by_machines_and_fits_a_telephone(
    node: RunningNode, browser: Browser, lang: str, dark: bool
) -> None:
    context = browser.new_context(
        locale=lang, viewport={"width": 1280, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for name, path in PAGES.items():
        page.goto(node.address + path)
        assert page.url == node.address + path
        assert page.locator("html").get_attribute("lang") == lang
        found = [one for one in violations(page) if one["id"] not in KNOWN]
        assert found == [], (name, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
        _keep(page, f"{name}-{lang}{'-dark' if dark else ''}")
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        _keep(page, f"{name}-{lang}{'-dark' if dark else ''}-phone")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert faults == []
    context.close()


def test_a_tile_is_reached_and_opened_by_the_keyboard(node: RunningNode, open_page: Page) -> None:
    open_page.goto(node.address + "/status/")
    tile = open_page.locator(".tile", has_text="FRA").first
    tile.focus()
    assert tile.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    open_page.keyboard.press("Enter")
    expect(open_page.locator("h1")).to_contain_text("France")


def test_what_if_is_asked_by_filling_in_the_form(node: RunningNode, open_page: Page) -> None:
    open_page.goto(node.address + "/status/forecast/?on=2026-11-22")
    open_page.locator("#add").fill("Kenya, MEX")
    open_page.locator("#by").fill("2027-06-01")
    open_page.get_by_role("button", name="Suppose this").click()
    expect(open_page.get_by_text("Mexico: 1 June 2027")).to_be_visible()
    open_page.get_by_role("link", name="leave out Kenya").click()
    expect(open_page.get_by_text("Mexico: 1 June 2027")).to_be_visible()
    expect(open_page.get_by_text("Kenya: 1 June 2027")).not_to_be_visible()


def test_nobody_waits_for_the_matrix_page(node: RunningNode, open_page: Page) -> None:
    times = []
    for day in ("2028-03-01", "2028-04-01", "2028-05-01"):
        open_page.goto(f"{node.address}/status/matrix/?state=VNM&on={day}")
        times.append(open_page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd"))
    assert min(times) < 5000, times  # a quarter of a second where nothing else runs


def _keep(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
