"""National law in a real browser: a law is imported, reviewed by keys alone, disputed by a second reader, and reported.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import PASSWORD, RunningNode

pytestmark = IN_CHROMIUM

LAWS = {
    "en": """# Computer Crimes Act of Freedonia

Section 1. Short title

This Act may be cited as the Computer Crimes Act.

Section 2. Unauthorised access

(1) Whoever intentionally gains access to a computer system without authority commits an offence.

Section 3. Bridges

Nobody leaves a vehicle on a bridge.
""",
    "fr": """# قانون مكافحة الجرائم المعلوماتية في فريدونيا

المادة 1

يسمى هذا القانون قانون مكافحة الجرائم المعلوماتية.

المادة 2

يعاقب بالحبس كل من دخل عمدا إلى نظام معلوماتي بدون تصريح.

المادة 3

لا يترك أحد مركبة على جسر.
""",
}
READERS = f"""
import django
django.setup()
from rogatory.office import accounts
for name, shown in (("assessor", "Mai Quỳnh Hoa"), ("second", "Second Reader")):
    accounts.make_account(name, {PASSWORD!r}, name=shown, authority="VNM/contact-point", roles=["assessor"])
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running, with two assessors."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("alignment"))
    practice_pair.run_in(made, READERS)
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


@pytest.mark.parametrize("language", ["en", "fr"] if "ROGATORY_SHOTS" in os.environ else ["en"])
def test_a_law_is_imported_reviewed_by_keys_disputed_and_reported(
    browser: Browser, node: RunningNode, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "act.md"
    file.write_text(LAWS[language], encoding="utf-8")
    page = at_the_desk(browser, node, "assessor", language)
    page.goto(f"{node.address}/align/import/")
    page.locator("#law-file").set_input_files(file)
    page.locator("#law-name").fill(f"act-{language}")
    page.locator("main form.stack button").click()
    expect(page.locator("dl.facts dd").first).to_have_text("3")
    looked_at(page, f"align-check-{language}")
    page.locator("form[action$='take/'] button").click()
    # The page looks for provisions by itself, and shows the text then.
    page.wait_for_url(re.compile(r"/align/texts/[^/]+/$"))
    expect(page.locator("article.provision")).to_have_count(3)
    looked_at(page, f"align-text-{language}")

    page.goto(f"{node.address}/align/begin/")
    page.locator("#a-title").fill("First look")
    page.locator(f"label:has-text('act-{language}') input").check()
    page.locator("main form.stack button").click()
    looked_at(page, f"align-overview-{language}")
    assessment = page.url
    page.goto(f"{assessment}review/7(1)/")
    if language == "fr":
        assert page.locator("#p-1 .national").evaluate("one => getComputedStyle(one).direction") == "rtl"
    for key in ("j", "a", "e", "1", "1", "1", "1", "1"):
        page.keyboard.press(key)
    expect(page.locator("#kept")).not_to_be_empty()
    page.reload()
    expect(page.locator("#p-1 [data-accept]")).to_be_checked()
    expect(page.locator('input[name="answer"][value="implemented"]')).to_be_checked()
    looked_at(page, f"align-review-{language}")

    other = at_the_desk(browser, node, "second", language)
    other.goto(f"{assessment}review/7(1)/")
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"review/7(\(2\)|%282%29)/"))
    other.keyboard.press("2")
    other.locator("#remark").fill("Only the half of it.")
    other.locator("#save").click()
    expect(other.locator("[role=alert]")).to_contain_text("judged-meanwhile")
    expect(other.locator("#remark")).to_have_value("Only the half of it.")
    other.locator("#save").click()
    expect(other.locator(".said.disputed li")).to_have_count(2)
    other.locator("#find").fill("3")
    other.keyboard.press("Enter")
    expect(other.locator("#found article")).to_have_count(1)
    looked_at(other, f"align-disputed-{language}")
    page.goto(f"{assessment}report/")
    looked_at(page, f"align-report-{language}")
