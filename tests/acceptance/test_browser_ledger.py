"""Two nodes that witness each other, over real HTTP, and the page of the ledger in a real browser.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

pytestmark = IN_CHROMIUM

GROW = """
import django; django.setup()
from rogatory.node import record
from rogatory.site import wiring
node = wiring.node()
for number in range(5):
    with node.stores.atomic():
        record.append_entry(node, node.random(32), f"{number:064x}")
"""
ALARM = """
import django; django.setup()
from rogatory.node.ledger import alarms
from rogatory.site import wiring
node = wiring.node()
head = node.stores.ledger.checkpoint()
values = {"old": 5, "new": 3}
with node.stores.atomic():
    alarms.raise_alarm(node, alarms.Alarm(
        kind=alarms.SHRANK, state="FRA", origin="rogatory/fra", values=values, first=head, second=head))
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, RunningNode]]:
    """Viet Nam and France, running, each with five entries in its log."""
    made = practice_pair.make_pair(tmp_path_factory.mktemp("ledger"))
    for node in made:
        practice_pair.run_in(node, GROW)
        practice_pair.start(node)
    yield made
    for node in made:
        practice_pair.stop(node)


def reload_until(page: Page, selector: str) -> None:
    """Load the page again until what *selector* names is there."""
    for _ in range(60):
        page.reload()
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{selector} did not appear")


def test_nodes_witness_each_other_and_people_see_it(browser: Browser, pair: tuple[RunningNode, RunningNode]) -> None:
    node, _ = pair
    page = at_the_desk(browser, node, "administrator")
    page.goto(f"{node.address}/ledger/")
    expect(page.get_by_text("No witness is configured")).to_be_visible()
    page.get_by_role("button", name="Ask it").click()
    expect(page.get_by_text("The State is asked to cosign from now on.")).to_be_visible()
    reload_until(page, ".notice.good")
    expect(page.get_by_text("The whole log is witnessed: 5 entries.")).to_be_visible()
    looked_at(page, "ledger-witnessed")
    text = page.request.get(f"{node.address}/node/v1/ledger/witnessed").text()
    assert text.count("\n— ") == 2
    reload_until(page, "section[aria-labelledby=h-logs] tbody details")

    practice_pair.run_in(node, ALARM)
    page.goto(f"{node.address}/")
    expect(page.get_by_text("1 alarm about a log stands.")).to_be_visible()
    french = at_the_desk(browser, node, "auditor", "fr")
    french.goto(f"{node.address}/ledger/")
    looked_at(french, "ledger-alarm-fr")
    page.get_by_role("link", name="Look into it").click()
    page.get_by_label("What you asked").fill("Telephoned Paris: restored from a backup; a new card comes.")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Telephoned Paris")).to_be_visible()
    looked_at(page, "ledger-acknowledged")
