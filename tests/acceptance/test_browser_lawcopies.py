"""An official copy in a real browser: loaded in Arabic, read beside our words, compared and removed.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.support import official_texts as texts
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("lawcopies"))
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


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
