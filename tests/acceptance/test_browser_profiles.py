"""A national profile in a real browser: looked at, confirmed, read on the page of its State, taken back.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.support import practice_pair
from tests.support.practice_pair import PASSWORD, RunningNode

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
#: What the frame of every page is asked about, not these pages: its banner stands outside the landmarks.
ELSEWHERE = ("region",)
EXAMPLE = Path(__file__).parents[2] / "docs" / "reference" / "profile-data.md"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("profiles"))
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def at_the_desk(browser: Browser, node: RunningNode, language: str) -> Page:
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{node.address}/")
    page.locator("#id_login").fill("administrator")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^(Log in|Se connecter)$")).click()
    page.wait_for_selector("nav.places")
    return page


def looked_at(page: Page, name: str) -> None:
    """The page is accessible, and fits a telephone."""
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["id"] not in ELSEWHERE] == [], name
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-phone.png", full_page=True)
    assert width <= 390, f"{name} is {width} pixels wide"
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(("language", "effective", "rows"), [("en", "2028-02-01", 1), ("fr", "2028-02-15", 2)])
def test_a_profile_is_looked_at_added_read_and_taken_back(
    browser: Browser, node: RunningNode, tmp_path: Path, language: str, effective: str, rows: int
) -> None:
    text = re.findall(r"```toml\n(.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)[0]
    file = tmp_path / f"egypt-{language}.toml"
    file.write_text(text.replace("2028-02-01", effective), encoding="utf-8")
    page = at_the_desk(browser, node, language)

    page.goto(f"{node.address}/status/profiles/")
    looked_at(page, f"profiles-before-{language}")
    page.locator("#profile-file").set_input_files(file)
    page.locator("form[enctype] button").click()
    expect(page.locator("#h-seen")).to_be_visible()
    looked_at(page, f"profiles-seen-{language}")
    page.locator("#confirm").check()
    page.locator("section[aria-labelledby=h-seen] button").click()

    expect(page.locator("#h-own-law")).to_be_visible()
    looked_at(page, f"profiles-state-{language}")
    page.goto(f"{node.address}/status/profiles/")
    expect(page.locator("table.fold tbody tr")).to_have_count(rows)
    looked_at(page, f"profiles-{language}")
    page.goto(f"{node.address}/ask/?requested=EGY")
    expect(page.locator("a[href$='#h-own-law']")).to_be_visible()

    page.goto(f"{node.address}/status/profiles/")
    page.locator("#w-since").fill("2028-02-20")
    page.locator("#w-confirm").check()
    page.locator("section[aria-labelledby=h-withdraw] button").click()
    expect(page.locator("[role=status] .notice")).to_be_visible()
    page.goto(f"{node.address}/status/states/EGY/")
    expect(page.locator("#h-own-law")).to_have_count(0)
