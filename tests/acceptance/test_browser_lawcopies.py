"""An official copy in a real browser: loaded in Arabic, read beside our words, compared and removed.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.support import official_texts as texts
from tests.support import practice_pair
from tests.support.practice_pair import PASSWORD, RunningNode

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
#: What the frame of every page is asked about, not these pages: its banner stands outside the landmarks.
ELSEWHERE = ("region",)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("lawcopies"))
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def at_the_desk(browser: Browser, node: RunningNode, name: str, language: str) -> Page:
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{node.address}/")
    page.locator("#id_login").fill(name)
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


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_copy_is_loaded_read_compared_and_removed(
    browser: Browser, node: RunningNode, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "official.html"
    parts = texts.without(texts.parts("uncc", "ar"), "42(9)")
    thirty = f"{texts.SENTENCES['ar']} {texts.WORDS['ar'][30]} {texts.UNITS['ar']['days']}"
    file.write_text(texts.html(texts.with_text(parts, "42(8)", thirty), "ar"), encoding="utf-8")
    page = at_the_desk(browser, node, "administrator", language)

    page.goto(f"{node.address}/law/copies/")
    expect(page.locator(".empty")).to_be_visible()
    looked_at(page, f"copies-empty-{language}")
    page.locator("#copy-file").set_input_files(file)
    page.locator("main form.stack button").click()
    expect(page.locator("table.fold tbody tr")).to_have_count(2)
    looked_at(page, f"copies-check-{language}")
    page.locator("main form.row button").click()
    expect(page.locator("div.notice.good")).to_be_visible()
    looked_at(page, f"copies-one-{language}")

    page.goto(f"{node.address}/law/uncc/42(8)/")
    text = page.locator('.official div[dir="rtl"]')
    expect(text).to_contain_text("ثلاثين يوما")
    page.locator(".official details.record summary").click()
    looked_at(page, f"copies-beside-{language}")
    page.locator('.official input[value="differs"]').check()
    page.locator(".official textarea").fill("30, not 60.")
    page.locator(".official details.record button").click()
    expect(page.locator(".official")).to_contain_text("30, not 60.")
    page.goto(f"{node.address}/law/uncc/42/")
    expect(page.locator(".official")).to_contain_text("30, not 60.")
    looked_at(page, f"copies-article-{language}")

    page.goto(f"{node.address}/law/copies/uncc/ar/")
    page.locator("main details summary").click()
    page.locator('main input[name="confirm"]').check()
    page.locator("main details button").click()
    expect(page.locator(".empty")).to_be_visible()
