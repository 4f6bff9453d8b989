"""What a stranger sees of a node that its operator opened: law, status and the description of the API, in Chromium.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.support.browsing import violations
from tests.support.rogatory_process import Program
from tests.support.served_api import serve

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
SERIOUS = ("serious", "critical")
PAGES = {"api": "/api/v1/", "law": "/law/uncc/42/", "status": "/status/"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an open practice node."""
    program = Program(tmp_path_factory.mktemp("open"))
    program.init()
    for address in serve(program, ROGATORY_PUBLIC="law,status"):
        yield address.removesuffix("/api/v1/")


@pytest.fixture(scope="module", params=[("en", 1280), ("fr", 1280), ("fr", 390)], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A stranger's window, in a language and of a width."""
    lang, width = request.param
    context = browser.new_context(locale=lang, viewport={"width": width, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_reads_an_open_page_whole_and_without_hindrance(site: str, page: Page, name: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url))
    answer = page.goto(f"{site}{PAGES[name]}")
    assert answer is not None
    assert answer.status == 200
    assert [url for url in loaded if not url.startswith((site, "data:"))] == []
    if SHOTS:
        width = (page.viewport_size or {"width": 0})["width"]
        lang = page.locator("html").get_attribute("lang")
        page.screenshot(path=Path(SHOTS) / f"public-{name}-{lang}-{width}.png", full_page=False)
    assert [one["id"] for one in violations(page) if one["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
