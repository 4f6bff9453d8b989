"""The desk of the custodian in a real browser: two running nodes, an exhibit from France that is used, and destroyed.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, wide and as on a telephone.
"""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import NAMES, RunningNode

pytestmark = IN_CHROMIUM

BEGIN = """
import io, os, datetime
import django; django.setup()
from rogatory.exercise.contents import STORED_DATA
from rogatory.node import drafting, steps
from rogatory.node.evidence import handover, sealings
from rogatory.node.people import ROLES, Actor
from rogatory.site import wiring
node = wiring.node()
us = f"{node.state}/contact-point"
who = {role: Actor(id=role, name=name, authority=us, roles=frozenset({role})) for role, name in zip(ROLES, NAMES)}
case = next((one.case for one in node.stores.views.cases()), "")
asked = next((row.digest for row in node.stores.messages.of_case(case) if row.kind == "request"), "")
def agree(draft):
    drafting.approve(node, who["approver"], draft.id)
"""
ASK = """
draft = drafting.start_request(node, who["drafter"], measure="stored-data", receiver="FRA/contact-point",
    contents=STORED_DATA)
drafting.submit(node, who["drafter"], draft.id)
agree(draft)
"""
GIVE = """
agree(steps.take(node, who["duty-officer"], case=case, regarding=asked, kind="decision", body={"outcome": "accepted"}))
last = (node.clock.now() + datetime.timedelta(days=21)).date()
for number, name in enumerate(("mailbox-of-the-ward.mbox", "connection-logs-2028-02.csv")):
    about = sealings.ToSeal(name=name, media_type="application/mbox", description="The preserved mailbox of ward 7.",
        use="Only in the proceedings on the intrusion of 12 February 2028.", retention_until=None if number else last,
        digests=("md5", "sha1"), block=1024 * 1024)
    row = sealings.seal(node, who["custodian"], case=case, regarding=asked, source=io.BytesIO(os.urandom(3_000_000)),
        about=about)
    if not number:
        row, body = handover.propose_delivery(node, who["custodian"], row.id)
        agree(steps.take(node, who["custodian"], case=case, regarding=asked, kind="delivery", body=body))
"""
HERE = """
if not node.stores.exhibits.in_state("received"):
    raise SystemExit("not here yet")
"""
KNOWN = """
if not case:
    raise SystemExit("not here yet")
"""


def run(node: RunningNode, program: str) -> None:
    practice_pair.run_in(node, BEGIN.replace("zip(ROLES, NAMES)", f"zip(ROLES, {NAMES[node.state]!r})") + program)


def wait_until(node: RunningNode, program: str) -> None:
    """Run *program* until it does not fail."""
    end = time.monotonic() + 60
    while True:
        try:
            return run(node, program)
        except RuntimeError:
            if time.monotonic() > end:
                raise
            time.sleep(1)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, RunningNode]]:
    """Viet Nam, which has received an exhibit, and France, which gave it and holds another that is only sealed."""
    vnm, fra = practice_pair.make_pair(tmp_path_factory.mktemp("evidence"))
    try:
        practice_pair.start(vnm)
        practice_pair.start(fra)
        run(vnm, ASK)
        wait_until(fra, KNOWN)
        run(fra, GIVE)
        wait_until(vnm, HERE)
        yield vnm, fra
    finally:
        practice_pair.stop(vnm)
        practice_pair.stop(fra)


def unfold(page: Page, step: str) -> None:
    page.locator(f"#do-{step} > summary").click()


def test_a_custodian_does_all_that_is_to_be_done_with_an_exhibit(
    browser: Browser, pair: tuple[RunningNode, RunningNode]
) -> None:
    vnm, fra = pair
    custodian = at_the_desk(browser, vnm, "custodian")
    faults: list[str] = []
    custodian.on("pageerror", lambda error: faults.append(str(error)))
    custodian.get_by_role("link", name="Evidence", exact=True).click()
    expect(custodian.get_by_text("1 exhibit has its last day within 30 days")).to_be_visible()
    looked_at(custodian, "evidence-list")
    custodian.get_by_role("link", name="mailbox-of-the-ward.mbox").click()
    looked_at(custodian, "evidence-received")

    custodian.context.grant_permissions(["clipboard-read", "clipboard-write"])
    custodian.get_by_role("button", name="Copy it: SHA-256").click()
    expect(custodian.get_by_text("Copied", exact=True)).to_be_visible()
    assert len(custodian.evaluate("navigator.clipboard.readText()")) == 64

    unfold(custodian, "open")
    custodian.locator("#open-purpose").fill("To read the mails of 12 February.")
    with custodian.expect_download() as download:
        custodian.get_by_role("button", name="Verify, open and download").click()
    assert download.value.suggested_filename == "mailbox-of-the-ward.mbox"
    expect(custodian.get_by_text("To read the mails of 12 February.")).to_be_visible(timeout=20_000)
    unfold(custodian, "record")
    custodian.get_by_label("It was viewed").check()
    custodian.locator("#record-purpose").fill("Read with the investigating officer.")
    custodian.get_by_role("button", name="Record it").click()
    expect(custodian.get_by_role("heading", name="Viewed")).to_be_visible()

    drafter = at_the_desk(browser, vnm, "drafter", "fr")
    drafter.goto(custodian.url)
    unfold(drafter, "ask-leave")
    drafter.locator("#ask-leave-to").fill("KEN/contact-point")
    drafter.locator("#ask-leave-purpose").fill("Procès à Nairobi.")
    drafter.get_by_role("button", name="Envoyer la demande d’autorisation").click()
    expect(drafter.get_by_text("Sans réponse à ce jour.")).to_be_visible()
    looked_at(drafter, "evidence-drafter-fr")

    custodian.get_by_role("button", name="Compare with the partner").click()
    expect(custodian.locator("#h-custody")).to_be_visible()
    custodian.wait_for_timeout(3_000)
    custodian.get_by_role("button", name="Compare with the partner").click()
    expect(custodian.get_by_text("Both sides hold the same")).to_be_visible(timeout=20_000)
    looked_at(custodian, "evidence-compared")
    custodian.goto(custodian.url.replace("compare/", "pass-on/"))
    looked_at(custodian, "evidence-pass-on")

    for role, name in (("custodian", "evidence-ours"), ("duty-officer", "evidence-ours-officer")):
        ours = at_the_desk(browser, fra, role, "fr" if role == "custodian" else "en")
        ours.goto(f"{fra.address}/exhibits/")
        looked_at(ours, f"{name}-list")
        wanted = "connection-logs-2028-02.csv" if role == "custodian" else "mailbox-of-the-ward.mbox"
        ours.get_by_role("link", name=wanted).click()
        looked_at(ours, name)
    assert faults == []


def test_an_exhibit_is_destroyed_by_two_people(browser: Browser, pair: tuple[RunningNode, RunningNode]) -> None:
    node = pair[0]
    custodian = at_the_desk(browser, node, "custodian")
    custodian.goto(f"{node.address}/exhibits/")
    custodian.get_by_role("link", name="mailbox-of-the-ward.mbox").click()
    unfold(custodian, "destroy")
    custodian.locator("#destroy-purpose").fill("The court has ordered it.")
    custodian.locator("#destroy-confirm").check()
    looked_at(custodian, "evidence-destroy")
    custodian.get_by_role("button", name="Put the destruction before a second person").click()
    expect(custodian.get_by_text("It waits for a second person with the role of approver.")).to_be_visible()
    approver = at_the_desk(browser, node, "approver")
    approver.goto(f"{node.address}/exhibits/")
    looked_at(approver, "evidence-list-approver")
    approver.goto(custodian.url)
    looked_at(approver, "evidence-agree")
    approver.locator("#agree-confirm").check()
    approver.get_by_role("button", name="Agree: destroy it now").click()
    expect(approver.get_by_text("The exhibit is destroyed.")).to_be_visible()
    looked_at(approver, "evidence-destroyed")
    approver.get_by_role("link", name="Certificate of destruction").click()
    looked_at(approver, "evidence-certificate")
    keeper = at_the_desk(browser, node, "administrator")
    keeper.goto(f"{node.address}/node/")
    keeper.get_by_role("link", name="Storage, backup and keys").click()
    looked_at(keeper, "evidence-upkeep")
    empty = at_the_desk(browser, node, "custodian", "fr")
    empty.goto(f"{node.address}/exhibits/?state=sealed")
    looked_at(empty, "evidence-none-fits-fr")
