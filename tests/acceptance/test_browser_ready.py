"""From signature to Party in a real browser: choices, papers, a filing, the hours of a desk, the day, and a drill.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, SHOTS, at_the_desk, looked_at
from tests.support.examplia import CHOICES
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

PAGES = {
    "checklist": "ready/",
    "choices": "ready/choices/",
    "authority": "ready/choices/authorities/4/",
    "statements": "ready/choices/statements/",
    "papers": "ready/papers/",
    "paper": "ready/papers/instrument/",
    "institutions": "ready/institutions/",
    "day": "ready/day/",
    "drills": "drills/",
    "drill-report": "drills/report/",
    "letters": "letters/",
}
PREPARE = f"""
import django

django.setup()
import tomllib
from datetime import timedelta
from rogatory.node.correspondence import drills
from rogatory.node.people import Actor
from rogatory.node.readiness import deciding
from rogatory.office import accounts
from rogatory.site import wiring

node = wiring.node()
desk = node.state + "/contact-point"
accounts.make_account(
    "assessor", {practice_pair.PASSWORD!r}, name="Mai Quỳnh Hoa", authority=desk, roles=["assessor", "duty-officer"]
)
actor = Actor(id="assessor", name="Mai Quỳnh Hoa", authority=desk, roles=frozenset(["assessor"]))
deciding.save_choices(node, actor, tomllib.loads({CHOICES!r}))
planned = drills.plan(node, actor, drills.Plan(to=node.state))
assert drills.carry_out(node, planned.id)
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    """Viet Nam, running, with its choices made and a drill that waits."""
    made, _other = practice_pair.make_pair(tmp_path_factory.mktemp("ready"))
    practice_pair.run_in(made, PREPARE)
    practice_pair.start(made)
    yield made
    practice_pair.stop(made)


def test_the_way_is_walked_by_hand(browser: Browser, node: RunningNode) -> None:
    page = at_the_desk(browser, node, "assessor")
    page.goto(f"{node.address}/ready/")
    expect(page.locator("main [role=alert]")).to_contain_text("A drill waits for an answer.")
    seen(page, node, "en")

    page.goto(f"{node.address}/ready/choices/signing/")
    page.locator("#f-signer-name").fill("Bui Sample")
    page.locator("form.stack button[type=submit]").first.click()
    expect(page.locator("[role=status]")).to_contain_text("Saved.")

    page.goto(f"{node.address}/ready/papers/notice-41-2/")
    expect(page.locator("article.letter")).to_have_count(2)
    expect(page.locator("article.letter").first).to_contain_text("Bui Sample")
    with page.expect_download() as file:
        page.locator("a[href$='fr.pdf']").click()
    assert file.value.path().read_bytes().startswith(b"%PDF")
    page.locator("#file-reference").fill("Note 7")
    page.locator("#file-confirm").check()
    page.locator("section[aria-labelledby=h-file] button").click()
    expect(page.locator("table tbody tr")).to_have_count(1)
    looked_at(page, "ready-filed-en")

    page.get_by_role("link", name="Open it and answer").click()
    page.get_by_role("button", name="I am here: answer the drill").click()
    expect(page.locator("[role=status]")).to_contain_text("answered, in your name")
    looked_at(page, "drill-en")
    page.goto(f"{node.address}/drills/report/")
    expect(page.locator("svg.plot circle")).to_have_count(1)
    looked_at(page, "drill-report-en")


def test_the_pages_are_there_in_french(browser: Browser, node: RunningNode) -> None:
    seen(at_the_desk(browser, node, "assessor", "fr"), node, "fr")


def seen(page: Page, node: RunningNode, language: str) -> None:
    """The pages of readiness have been looked at; in French those that say most, and all where pictures are wanted."""
    for name, path in PAGES.items():
        if language == "en" or SHOTS or name in ("checklist", "papers"):
            page.goto(f"{node.address}/{path}")
            looked_at(page, f"ready-{name}-{language}")
