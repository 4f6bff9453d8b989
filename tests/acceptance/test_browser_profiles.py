"""A national profile in a real browser: looked at, confirmed, read on the page of its State, taken back.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

EXAMPLE = Path(__file__).parents[2] / "docs" / "reference" / "profile-data.md"

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("profiles"))
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.mark.parametrize(("language", "effective", "rows"), [("en", "2028-02-01", 1), ("fr", "2028-02-15", 2)])
def test_a_profile_is_looked_at_added_read_and_taken_back(
    browser: Browser, node: RunningNode, tmp_path: Path, language: str, effective: str, rows: int
) -> None:
    text = re.findall(r"```toml\n(.*?)```", EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)[0]
    file = tmp_path / f"egypt-{language}.toml"
    file.write_text(text.replace("2028-02-01", effective), encoding="utf-8")
    page = at_the_desk(browser, node, "administrator", language)

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
