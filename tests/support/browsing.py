"""A real browser for the tests of pages: where it is, who logs in, and whether a page is accessible and fits a phone.

Set ROGATORY_SHOTS to a folder to keep a picture of every page that is looked at, wide and as on a telephone.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.support.practice_pair import PASSWORD, RunningNode

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
#: What the frame of every page is asked about, not these pages: its banner stands outside the landmarks.
ELSEWHERE = ("region",)
IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]


def at_the_desk(browser: Browser, node: RunningNode, name: str, language: str = "en", *, width: int = 1280) -> Page:
    """A page of the desk of *node* where *name* has logged in."""
    context = browser.new_context(locale=language, viewport={"width": width, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{node.address}/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^(Log in|Se connecter)$")).click()
    page.wait_for_selector("nav.places")
    return page


def violations(page: Page) -> list[dict[str, Any]]:
    """What of the page hinders whom; the elements that are as they must be are not listed, which takes as long again."""
    found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return found


def looked_at(page: Page, name: str) -> None:
    """The page is accessible, and fits a telephone."""
    assert [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations(page) if one["id"] not in ELSEWHERE
    ] == [], name
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-phone.png", full_page=True)
    assert width <= 390, f"{name} is {width} pixels wide"
    page.set_viewport_size({"width": 1280, "height": 900})
