"""The main job in two real browsers' windows: a preservation, the stored data that follow it, the evidence received.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import practice_pair
from tests.support.browsing import violations
from tests.support.practice_pair import PASSWORD, RunningNode

CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("ROGATORY_SHOTS", "")
SERIOUS = ("serious", "critical")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"there is no {CHROMIUM}; apt-get install chromium"),
]

PRESERVATION = {
    "authority": "Investigation Agency, Ministry of Public Security",
    "offence_name": "Penal Code, article 289: unlawful intrusion into a computer network",
    "facts": "On 12 February 2028 the mail accounts of a hospital were opened without right and its data were copied.",
    "data": "Contents and connection logs of one mailbox, 1 January to 1 March 2028.",
    "accounts": "ward7@example.fr",
    "data_link": "The copied data were sent to this mailbox.",
    "custodian": "Example Mail SAS, Paris",
    "necessity": "The provider deletes connection logs after thirty days.",
}
PRESERVATION_CHOICES = {"offence": "7", "in_territory": "yes", "urgency": None, "language": "en"}
STORED_DATA = {
    "subject": "Unlawful access to the accounts of a hospital",
    "conducting_authority": "Investigation Agency, Ministry of Public Security",
    "assistance": "Disclosure of the preserved mailbox and its logs.",
    "purpose": "Evidence in the criminal proceedings.",
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, RunningNode]]:
    """Viet Nam and France, running."""
    nodes = practice_pair.make_pair(tmp_path_factory.mktemp("pair"))
    try:
        for node in nodes:
            practice_pair.start(node)
        yield nodes
    finally:
        for node in nodes:
            practice_pair.stop(node)


class Desk:
    """One person at one desk."""

    def __init__(self, browser: Browser, node: RunningNode, role: str, language: str = "en") -> None:
        self.node = node
        context = browser.new_context(accept_downloads=True, locale=language, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.go("/")
        self.page.locator("#id_login").fill(role)
        self.page.locator("#id_password").fill(PASSWORD)
        self.page.get_by_role("button", name=re.compile("^(Log in|Se connecter)$")).click()
        self.page.wait_for_selector("nav.places")

    def go(self, path: str) -> None:
        self.page.goto(self.node.address + path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def unfold(self, name: str) -> None:
        self.page.locator("details > summary", has_text=name).first.click()

    def take(self, step: str, **values: str) -> None:
        """Unfold a step on the page of a case, fill it in, confirm where asked, and take it."""
        details = self.page.locator("details", has=self.page.locator(f'input[name="step"][value="{step}"]')).last
        details.locator("summary").first.click()
        for name, value in values.items():
            details.locator(f'[name="{name}"]').first.fill(value)
        if details.locator('input[name="confirm"]').count():
            details.locator('input[name="confirm"]').check()
        details.locator('button[type="submit"]').last.click()
        self.page.wait_for_load_state()

    def fill_form(self, texts: dict[str, str], choices: dict[str, str | None]) -> None:
        for key, value in texts.items():
            self.page.locator(f'[name="c.{key}"]').fill(value)
        for key, choice in choices.items():
            field = self.page.locator(f'select[name="c.{key}"]')
            if choice is None:
                field.select_option(index=1)
            else:
                field.select_option(choice)
        for radio in self.page.locator('input[type="radio"][value="no"]').all():
            radio.check()

    def shoot(self, name: str, *, examine: bool = True) -> None:
        """Keep a picture of the page, and refuse serious faults of accessibility and any fault in the console."""
        found = violations(self.page) if examine else []
        bad = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one.get("impact") in SERIOUS]
        assert not bad, bad
        assert not self.faults, self.faults
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)

    def shoot_all(self, name: str) -> None:
        """The page in both languages, and at the width of a telephone, where nothing may stick out."""
        self.shoot(f"{name}-en")
        self.page.locator('button[name="language"][value="fr"]').click()
        self.page.wait_for_selector('html[lang="fr"]')
        self.shoot(f"{name}-fr")
        self.page.set_viewport_size({"width": 360, "height": 740})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.shoot(f"{name}-phone", examine=False)
        assert width <= 360, f"{name} is {width} pixels wide"
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.locator('button[name="language"][value="en"]').click()
        self.page.wait_for_selector('html[lang="en"]')


def draft_request(drafter: Desk) -> None:
    drafter.page.get_by_role("link", name="New request").first.click()
    drafter.shoot_all("02-new-request")
    drafter.page.locator('input[name="receiver"][value="FRA/contact-point"]').check()
    drafter.press("Go on to the form")
    expect(drafter.page.locator("#live-opinion .answer")).to_be_visible()
    drafter.shoot_all("03-form-empty")
    drafter.fill_form(PRESERVATION, PRESERVATION_CHOICES)
    drafter.page.locator('input[name="c.intends_mla"][value="yes"]').check()
    expect(drafter.page.locator("#live-opinion .answer")).to_have_class(re.compile("yes|unknown|no"))
    drafter.press("Save and review")
    drafter.shoot_all("04-draft")
    drafter.press("Submit for approval")
    expect(drafter.page.get_by_text("You drafted this, so you cannot approve it")).to_be_visible()
    drafter.shoot_all("05-draft-submitted")


def approve_first(approver: Desk, name: str) -> None:
    approver.go("/")
    approver.page.locator('a[id^="d-approve-"]').first.click()
    approver.shoot_all(name)
    approver.page.locator("#confirm").check()
    approver.press("Approve, sign and send")
    approver.page.wait_for_url(re.compile("/cases/"))


def test_a_case_from_the_first_draft_to_the_opened_evidence(
    pair: tuple[RunningNode, RunningNode], browser: Browser, tmp_path: Path
) -> None:
    vnm, fra = pair
    drafter, approver, keeper = (Desk(browser, vnm, role) for role in ("drafter", "approver", "custodian"))
    drafter.shoot_all("01-desk-empty")
    draft_request(drafter)
    approver.shoot_all("06-desk-approver")
    approve_first(approver, "07-approve")
    expect(approver.page.get_by_text("delivered, receipt verified").first).to_be_visible(timeout=30_000)
    approver.shoot_all("08-case-sent")
    case = approver.page.url.rstrip("/").rpartition("/")[2]

    officer = Desk(browser, fra, "duty-officer")
    officer.page.locator(f'a[href="/cases/{case}/"]').click()
    officer.shoot_all("09-case-received")
    officer.page.locator('input[type="radio"][value="no"]').first.check()
    officer.page.wait_for_load_state("networkidle")
    officer.go(f"/cases/{case}/")
    officer.take("acknowledgement")
    officer.take("decision:accepted")
    officer.take("preserved", custodian="Example Mail SAS, Paris")
    expect(officer.page.locator(".clock .ends")).to_contain_text("Preserved until")
    officer.shoot_all("10-preserved")

    drafter.go(f"/cases/{case}/")
    expect(drafter.page.locator(".clock .ends")).to_contain_text("Preserved until", timeout=30_000)
    drafter.shoot_all("11-clock-at-home")
    drafter.press("Request the stored data")
    drafter.shoot_all("12-follow-up-form")
    drafter.fill_form(STORED_DATA, {})
    drafter.press("Save and review")
    drafter.press("Submit for approval")
    approve_first(approver, "13-approve-stored-data")

    officer.go(f"/cases/{case}/")
    expect(officer.page.get_by_text("Access to stored electronic data").first).to_be_visible(timeout=30_000)
    officer.take("decision:accepted")
    french = Desk(browser, fra, "approver", "fr")
    french.go("/")
    french.page.locator('a[id^="d-approve-"]').first.click()
    french.page.locator("#confirm").check()
    french.page.locator('form[action$="/approve/"] button').click()
    french.page.wait_for_url(re.compile("/cases/"))

    evidence = tmp_path / "mailbox.mbox"
    evidence.write_bytes(os.urandom(3_000_000))
    custodian = Desk(browser, fra, "custodian")
    custodian.go(f"/cases/{case}/")
    custodian.page.locator('details[id^="seal-"] > summary').click()
    custodian.page.locator('input[name="file"]').set_input_files(evidence)
    custodian.page.locator('input[name="description"]').fill("The preserved mailbox and its logs.")
    custodian.shoot_all("14-seal")
    custodian.go(f"/cases/{case}/")
    custodian.page.locator('details[id^="seal-"] > summary').click()
    custodian.page.locator('input[name="file"]').set_input_files(evidence)
    custodian.page.locator('input[name="description"]').fill("The preserved mailbox and its logs.")
    custodian.press("Seal the file")
    custodian.page.wait_for_url(re.compile("/drafts/"))
    custodian.shoot_all("15-hand-over")
    french.go("/")
    french.page.locator('a[id^="d-approve-"]').first.click()
    french.page.locator("#confirm").check()
    french.page.locator('form[action$="/approve/"] button').click()
    french.page.wait_for_url(re.compile("/cases/"))

    keeper.go(f"/cases/{case}/")
    expect(keeper.page.get_by_text("received and verified", exact=True).first).to_be_visible(timeout=60_000)
    keeper.shoot_all("16-received")
    keeper.page.get_by_role("link", name="Open it, and its chain of custody").click()
    keeper.page.locator("#do-open > summary").click()
    keeper.page.locator('#do-open textarea[name="purpose"]').fill("Evidence in the proceedings.")
    with keeper.page.expect_download() as download:
        keeper.press("Verify, open and download")
    opened = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(opened).hexdigest() == hashlib.sha256(evidence.read_bytes()).hexdigest()
    keeper.go("/")
    keeper.shoot_all("17-desk-full")


def test_the_desk_is_used_with_the_keyboard_alone(pair: tuple[RunningNode, RunningNode], browser: Browser) -> None:
    desk = Desk(browser, pair[0], "drafter")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.className") == "skip"
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("document.activeElement.id") == "main"
    desk.page.get_by_role("link", name="New request").first.focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/requests/new/"))
    desk.page.locator('input[name="measure"]').first.focus()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Space")
    assert desk.page.locator('input[name="receiver"]:checked').count() == 1
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/drafts/"))


def test_the_polling_desk_keeps_the_focus(pair: tuple[RunningNode, RunningNode], browser: Browser) -> None:
    desk = Desk(browser, pair[0], "approver")
    link = desk.page.locator("#desk-lists a").first
    link.focus()
    before = desk.page.evaluate("document.activeElement.id")
    desk.page.wait_for_timeout(6_500)
    assert desk.page.evaluate("document.activeElement.id") == before != ""


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("administrator", "/"),
        ("administrator", "/people/"),
        ("administrator", "/partners/"),
        ("auditor", "/record/"),
        ("auditor", "/node/"),
        ("auditor", "/law/uncc/42(8)/"),
        ("auditor", "/nowhere/"),
        ("drafter", "/accounts/2fa/"),
        ("drafter", "/accounts/2fa/totp/activate/"),
        ("drafter", "/cases/VNM-FRA-2028-0009-7Q4K2M9XAB/"),
    ],
)
def test_the_other_pages_read_well(
    pair: tuple[RunningNode, RunningNode], browser: Browser, role: str, path: str
) -> None:
    desk = Desk(browser, pair[0], role)
    desk.go(path)
    if desk.page.locator("#id_password").count():
        desk.page.locator("#id_password").fill(PASSWORD)
        desk.page.locator('main button[type="submit"]').first.click()
    desk.faults.clear()  # the console names a page that is not there; that is meant
    name = re.sub(r"\W+", "-", path).strip("-") or "keeper"
    desk.shoot(f"20-{name}-en")
    if "nowhere" not in path and "0009" not in path:
        desk.shoot_all(f"20-{name}")


def test_the_log_in_page_reads_well(pair: tuple[RunningNode, RunningNode], browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(pair[1].address + "/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not [one["id"] for one in violations(page) if one.get("impact") in SERIOUS]
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "00-log-in-phone.png", full_page=True)


def test_the_desk_reads_in_the_dark_and_from_right_to_left(
    pair: tuple[RunningNode, RunningNode], browser: Browser
) -> None:
    desk = Desk(browser, pair[0], "approver")
    desk.page.emulate_media(color_scheme="dark")
    desk.shoot("30-dark")
    desk.page.emulate_media(color_scheme="light")
    desk.page.evaluate("document.documentElement.dir = 'rtl'")
    desk.page.set_viewport_size({"width": 360, "height": 740})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    desk.shoot("31-right-to-left", examine=False)


def test_a_case_on_paper_shows_what_was_asked_and_no_buttons(
    pair: tuple[RunningNode, RunningNode], browser: Browser
) -> None:
    desk = Desk(browser, pair[0], "approver")
    desk.page.locator('a[id^="c-"]').first.click()
    desk.page.emulate_media(media="print")
    expect(desk.page.get_by_text("The copied data were sent to this mailbox.").first).to_be_visible()
    expect(desk.page.locator("main form").first).to_be_hidden()
    expect(desk.page.locator("nav.places")).to_be_hidden()
    if SHOTS:
        desk.page.screenshot(path=Path(SHOTS) / "32-print.png", full_page=True)


def test_an_open_case_page_shows_by_itself_what_arrives_and_spares_what_is_being_written(
    pair: tuple[RunningNode, RunningNode], browser: Browser
) -> None:
    drafter, officer = Desk(browser, pair[0], "drafter"), Desk(browser, pair[1], "duty-officer")
    case = officer.page.locator('a[id^="c-"]').first.inner_text()
    officer.go(f"/cases/{case}/")
    drafter.go(f"/cases/{case}/")
    drafter.take("status-question", text="How does the request stand?")
    expect(officer.page.get_by_text("How does the request stand?")).to_be_visible(timeout=30_000)
    note = officer.page.locator("details", has=officer.page.locator('input[value="note"]')).last
    note.locator("summary").click()
    note.locator("textarea").fill("We are writing")
    drafter.go(f"/cases/{case}/")
    drafter.take("status-question", text="And now?")
    expect(officer.page.locator("#changed-meanwhile")).to_be_visible(timeout=30_000)
    assert note.locator("textarea").input_value() == "We are writing"
