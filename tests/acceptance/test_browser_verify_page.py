"""`verify.html` in Chromium, opened from a folder without a network: good bundles hold, altered ones fail where they must.

Set ROGATORY_SHOTS to a folder to keep pictures, wide and as on a telephone.
"""

import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support.browsing import IN_CHROMIUM, looked_at

sys.path.insert(0, str(Path(__file__).parents[2] / "vectors"))

from practice_case import MAILBOX, PracticeCase, bundle_of, contained, repacked
from practice_keys import VNM, signing

from rogatory.bundle import verify_page
from rogatory.bundle.container import Container
from rogatory.sealing import cards

pytestmark = IN_CHROMIUM
STEPS = ("whole", "cards", "signatures", "chain", "receipts", "exhibits", "ledger", "world")
Files = dict[str, bytes]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def played() -> PracticeCase:
    """The whole practice case."""
    return PracticeCase().play()


@pytest.fixture(scope="module")
def bundle(played: PracticeCase) -> bytes:
    """Its bundle, with the page in it."""
    return bundle_of(played.contents(), played.exporter(), page=verify_page.template())[0]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file, with the network cut; nothing may be asked for and nothing may go wrong in it."""
    contexts, wrong = [], []

    def open_page(page: bytes, language: str = "en") -> Page:
        path = tmp_path / "verify.html"
        path.write_bytes(page)
        context = browser.new_context(locale=language, offline=True, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        shown = context.new_page()
        shown.on("request", lambda asked: wrong.append(asked.url) if asked.url != path.as_uri() else None)
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        shown.goto(path.as_uri())
        return ready(shown)

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def ready(page: Page) -> Page:
    expect(page.locator("body")).to_have_attribute("data-state", "ready", timeout=30_000)
    return page


def members(bundle: bytes) -> Files:
    container = Container(__import__("io").BytesIO(bundle))
    return {name: container.read(name, limit=1 << 24) for name in container.members}


def page_of(bundle: bytes, edit: Callable[[Files], None] | None = None) -> bytes:
    """The page that whoever changed the papers of *bundle* by *edit* could have made."""
    files = members(bundle)
    files.pop("verify.html", None)
    if edit:
        edit(files)
    papers = [(name, data) for name, data in files.items() if verify_page.is_paper(name)]
    return verify_page.filled(verify_page.template(), papers)


def outcomes(page: Page) -> dict[str, str]:
    found = page.locator("#steps > li")
    return {one.get_attribute("data-step") or "": one.get_attribute("data-outcome") or "" for one in found.all()}


def failed(page: Page) -> dict[str, str]:
    """The sentence with the code of every failed step."""
    wrong = page.locator("#steps > li[data-outcome=fail]")
    return {one.get_attribute("data-step") or "": one.locator(".wrong").inner_text() for one in wrong.all()}


def choose(page: Page, name: str, data: bytes) -> Page:
    page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    expect(page.locator("#files > li").first).to_be_visible(timeout=30_000)
    return ready(page)


def first(files: Files, start: str, part: str = "") -> str:
    return next(name for name in files if name.startswith(start) and part in name)


def flip(start: str, part: str = "") -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        name = first(files, start, part)
        place = len(files[name]) // 2
        files[name] = files[name][:place] + bytes([files[name][place] ^ 1]) + files[name][place + 1 :]

    return edit


def swap(start: str, part: str = "") -> Callable[[Files], None]:
    def edit(files: Files) -> None:
        one, other, *_ = (name for name in files if name.startswith(start) and part in name)
        files[one], files[other] = files[other], files[one]

    return edit


def test_the_page_of_a_good_bundle_holds_and_is_accessible_in_both_languages(opened: Open, bundle: bytes) -> None:
    page = opened(members(bundle)["verify.html"])
    assert outcomes(page) == dict.fromkeys(STEPS, "pass")
    assert "HOLDS, if the fingerprints" in page.locator("#verdict").inner_text()
    assert page.locator("#messages tbody tr").count() == 10
    looked_at(page, "verify-good")
    page.get_by_role("button", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert "TIENT, si les empreintes" in page.locator("#verdict").inner_text()
    assert "scellée par FRA/contact-point" in page.locator("#steps").inner_text()
    page.locator("summary").click()
    assert "demande" in page.locator("#messages").inner_text()
    looked_at(page, "verify-good-fr")


def test_a_french_browser_is_answered_in_french(opened: Open, bundle: bytes) -> None:
    assert opened(members(bundle)["verify.html"], "fr-CA").locator("html").get_attribute("lang") == "fr"


def test_fingerprints_that_were_told_make_the_verdict_whole_or_break_it(opened: Open, bundle: bytes) -> None:
    page = opened(members(bundle)["verify.html"])
    for state in ("VNM", "FRA"):
        page.locator(f"#trust-{state}").fill(cards.fingerprint(signing(state).public).lower())
        page.locator(f"#trust-{state}").press("Tab")
    expect(page.locator("#verdict")).to_contain_text("by keys whose fingerprints you gave")
    page.locator("#trust-FRA").fill("AAAAA-AAAAA-AAAAA-AAAAA")
    page.locator("#trust-FRA").press("Tab")
    expect(page.locator("#verdict")).to_contain_text("DOES NOT HOLD: step 2 failed")
    assert "you were told AAAAA" in failed(page)["cards"]


@pytest.mark.parametrize(
    ("edit", "step", "code"),
    [
        (flip("messages/0003"), "signatures", "bad-"),
        (swap("exhibits/", "/custody/"), "exhibits", "custody-broken"),
        (swap("receipts/"), "receipts", "bundle-misplaced"),
        (swap("proofs/"), "ledger", "proof-of-another"),
        (flip("cards/FRA"), "cards", "bad-"),
        (lambda files: files.pop(first(files, "messages/0004")), "chain", "missing-message"),
        (lambda files: files.pop(first(files, "exhibits/", "/custody/0004")), "exhibits", "bundle-incomplete"),
    ],
    ids=("message byte", "custody swapped", "receipt of another", "proof of another", "card", "no message", "no entry"),
)
def test_papers_altered_by_one_who_can_sign_the_list_fail_at_their_step(
    opened: Open, bundle: bytes, edit: Callable[[Files], None], step: str, code: str
) -> None:
    page = opened(page_of(repacked(bundle_without_page(bundle), edit)))
    assert f"[{code}" in failed(page)[step]
    assert "DOES NOT HOLD" in page.locator("#verdict").inner_text()
    assert "whole" not in failed(page) or step == "cards"


def bundle_without_page(bundle: bytes) -> bytes:
    files = members(bundle)
    files.pop("verify.html")
    return contained(files)


def test_a_message_altered_by_anybody_fails_the_signed_list_too(opened: Open, bundle: bytes) -> None:
    page = opened(page_of(bundle, flip("messages/0003")))
    assert "[bundle-member-changed]" in failed(page)["whole"]
    looked_at(page, "verify-altered")


def test_a_checkpoint_of_another_ledger_and_one_signed_by_another_key_fail(
    opened: Open, played: PracticeCase, bundle: bytes
) -> None:
    def other(files: Files) -> None:
        files["checkpoint.txt"] = played.logs["FRA"].signed.encode()

    def other_key(files: Files) -> None:
        head, _, line = files["checkpoint.txt"].rpartition(b" ")
        files["checkpoint.txt"] = head + b" " + b64encode(bytes(68)) + b"\n"
        assert line

    for edit, code in ((other, "other-log"), (other_key, "note-not-signed")):
        page = opened(page_of(repacked(bundle_without_page(bundle), edit)))
        assert f"[{code}]" in failed(page)["ledger"]


def test_a_sealed_file_and_what_came_out_of_it_are_judged_to_the_byte(opened: Open, bundle: bytes) -> None:
    page = opened(members(bundle)["verify.html"])
    sealed = next(data for name, data in members(bundle).items() if name.endswith("sealed.age"))
    altered = sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:]
    for name, data, outcome, said in (
        ("sealed.age", sealed, "pass", "every byte of it"),
        ("altered.age", altered, "fail", "NOT its bytes"),
        ("mailbox.mbox", MAILBOX, "pass", "as sealed"),
        ("other.mbox", b"X" + MAILBOX[1:], "fail", "NOT its contents"),
        ("photo.jpg", b"something else", "fail", "no exhibit of this case has"),
    ):
        choose(page, name, data)
        shown = page.locator("#files > li")
        assert shown.get_attribute("data-outcome") == outcome, name
        assert said in shown.inner_text(), name
    looked_at(page, "verify-file")


def test_the_empty_page_checks_any_bundle_that_is_chosen(opened: Open, bundle: bytes) -> None:
    page = opened(verify_page.template())
    assert "This page holds no case" in page.locator("#verdict").inner_text()
    looked_at(page, "verify-empty")
    choose(page, "mailbox.mbox", MAILBOX)
    assert "choose the bundle first" in page.locator("#files").inner_text()
    choose(page, "case.zip", bundle)
    assert outcomes(page) == dict.fromkeys(STEPS, "pass")
    assert "The sealed file is the one of the manifest" in page.locator("#steps").inner_text()
    assert verify_page.template_digest() in page.locator("#steps").inner_text()


def test_a_chosen_bundle_that_was_altered_fails_and_a_page_swapped_in_it_is_seen(opened: Open, bundle: bytes) -> None:
    page = opened(verify_page.template())
    place = bundle.index(b"age-encryption.org") + 5000
    choose(page, "case.zip", bundle[:place] + bytes([bundle[place] ^ 1]) + bundle[place + 1 :])
    assert "[bundle-container]" in failed(page)["whole"]
    choose(page, "case.zip", bundle[:-1])
    assert "[bundle-container]" in failed(page)["whole"]
    files = members(bundle)
    files["verify.html"] = files["verify.html"].replace(b"verifySignature(key", b"verifyNothing(key")
    choose(page, "case.zip", contained(files))
    assert "[bundle-page]" in failed(page)["whole"]


def test_a_file_is_taken_by_dropping_it(opened: Open, bundle: bytes) -> None:
    page = opened(verify_page.template())
    page.evaluate(
        """(data) => {
          const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
          const carried = new DataTransfer();
          carried.items.add(new File([bytes], "case.zip"));
          const drop = document.getElementById("drop");
          for (const type of ["dragover", "drop"]) {
            drop.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
          }
        }""",
        b64encode(bundle).decode(),
    )
    expect(page.locator("#files > li")).to_contain_text("is a bundle", timeout=30_000)
    assert outcomes(page) == dict.fromkeys(STEPS, "pass")


def test_names_in_a_bundle_show_no_letter_that_hides_and_run_nothing(opened: Open) -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(VNM, "<img src=x>\u202e", {}, regarding=request.digest)
    page = opened(page_of(case.bundle()))
    page.locator("summary").click()
    shown = page.locator("#messages").inner_text()
    assert "<img src=x>" in shown
    assert "\u202e" not in shown
    assert page.locator("#messages img").count() == 0
