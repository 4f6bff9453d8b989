"""Two real nodes over HTTP exchange a need, an offer, an interest and a withdrawal; then the pages in a browser.

Set ROGATORY_SHOTS to a folder to keep a picture of every page, in both languages and at the width of a telephone.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.support import practice_pair
from tests.support.browsing import IN_CHROMIUM, at_the_desk, looked_at
from tests.support.practice_pair import RunningNode

BEGIN = """
import time
import django; django.setup()
from rogatory.node.assistance import entries, exchange, finding
from rogatory.node.assistance.entries import Wanted
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.site import wiring
node = wiring.node()
me = Actor(id="liaison", name="NAME", authority=f"{node.state}/contact-point", roles=frozenset({"liaison"}))
def until(look):
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.3)
    raise SystemExit("nothing came")
def theirs(kind):
    return entries.listed(node, me, Wanted(kind=kind, ours=False))
"""
ASK = """
accounts.make_account("liaison", "PASSWORD", name=me.name, authority=me.authority, roles=["liaison"])
need = entries.make(node, me, "need", {"title": "Training of prosecutors", "what": "A week for forty prosecutors.",
    "help": ["training"], "provisions": ["25", "29(1)"], "languages": ["vi", "en"], "persons": 40, "note": "SECRET"})
exchange.send(node, me, need.id, to=["FRA"])
"""
OFFER = """
[need] = until(lambda: theirs("need"))
assert (need.owner, need.body["persons"], "note" in need.body) == ("VNM", 40, False), need
offer = entries.make(node, me, "offer", {"title": "A course on electronic evidence", "what": "Five days, on site.",
    "by": "École nationale", "help": ["training", "expert"], "provisions": ["25"], "regions": ["asia-pacific"],
    "languages": ["en", "fr"], "places": 30, "funded": "partly", "note": "SECRET"})
exchange.send(node, me, offer.id, to=["VNM"])
exchange.interested(node, me, need.name, says="Nous pouvons aider.", own=offer.id)
"""
TAKE = """
[offer] = until(lambda: theirs("offer"))
[said] = until(lambda: exchange.interests(node, me))
assert (said.state, said.says, said.own) == ("FRA", "Nous pouvons aider.", offer.name), said
[match] = finding.matches(node, me, name=offer.name).matches
assert match.score > 50 and not match.blocked, match
own = match.need
exchange.withdraw(node, me, entries.make(node, me, "need", {"title": "x", "what": "y", "help": ["funds"]}).id)
second = entries.make(node, me, "need", {"title": "Equipment", "what": "Ten servers.", "help": ["equipment"]})
exchange.send(node, me, second.id, to=["FRA"])
exchange.withdraw(node, me, second.id, says="Found elsewhere.")
entries.make(node, me, "project", {"title": "Evidence for prosecutors", "status": "running", "starts": "2028-01-01",
    "ends": "2028-12-31", "for_entries": [own.name], "from_entries": [offer.name],
    "activities": [{"title": "Course", "status": "done", "ends": "2028-02-01"},
        {"title": "Manual", "status": "running", "done": 40, "ends": "2028-02-20"}],
    "trainings": [{"title": "Week one", "starts": "2028-01-10", "ends": "2028-01-14", "place": "Ha Noi"}],
    "trainees": [{"training": 1, "role": "prosecutors", "sex": "women", "count": 12},
        {"training": 1, "role": "police", "sex": "men", "count": 8}],
    "indicators": [{"title": "Requests answered in time", "unit": "%", "baseline": "20", "value": "45", "target": "80"}]})
entries.make(node, me, "funding", {"title": "To the account", "by": "France", "account": "voluntary-account",
    "amount": "250000.50", "currency": "EUR", "due": "2028-02-01",
    "payments": [{"paid_on": "2028-01-15", "amount": "100000"}]})
entries.make(node, me, "pledge", {"title": "Two courses a year", "text": "We shall hold two courses a year.",
    "by": "Viet Nam", "made_at": "Signing ceremony, Ha Noi", "made_on": "2025-10-25", "due": "2028-02-15",
    "follow_ups": [{"day": "2027-06-01", "what": "The first was held."}]})
entries.make(node, me, "practice", {"title": "One form for all measures", "provisions": ["41", "42(1)"],
    "what": "Every unit uses the same form.", "where": "Da Nang", "licence": "cc-by", "languages": ["vi"]})
"""
GONE = """
until(lambda: any(one.withdrawn and one.title == "Equipment" for one in entries.listed(node, me,
    Wanted(kind="need", withdrawn=True))))
[need] = theirs("need")
assert need.title == "Training of prosecutors"
assert {one.kind for one in entries.listed(node, me, Wanted(withdrawn=True))} == {"need", "offer"}
"""


def run(node: RunningNode, program: str) -> None:
    name = {"VNM": "Phan Văn Khoa", "FRA": "Jeanne Moreau"}[node.state]
    text = (BEGIN + program).replace("NAME", name).replace("PASSWORD", practice_pair.PASSWORD)
    practice_pair.run_in(node, text)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningNode, RunningNode]]:
    ours, theirs = practice_pair.make_pair(tmp_path_factory.mktemp("help"))
    practice_pair.start(ours, ROGATORY_PUBLIC="assist")
    practice_pair.start(theirs)
    run(ours, ASK)
    run(theirs, OFFER)
    run(ours, TAKE)
    yield ours, theirs
    practice_pair.stop(ours)
    practice_pair.stop(theirs)


def test_a_need_an_offer_an_interest_and_a_withdrawal_go_between_two_nodes(
    pair: tuple[RunningNode, RunningNode],
) -> None:
    """What each side must find stands in the programs, which fail where it does not."""
    run(pair[1], GONE)


PAGES = ("", "need/", "offer/", "matches/", "project/", "funding/", "pledge/", "practice/", "project/new/")


@IN_CHROMIUM[0]
@IN_CHROMIUM[1]
@IN_CHROMIUM[2]
@pytest.mark.parametrize("language", ["en", "fr"] if "ROGATORY_SHOTS" in os.environ else ["fr"])
def test_the_pages_are_accessible_and_fit_a_telephone(
    browser: Browser, pair: tuple[RunningNode, RunningNode], language: str
) -> None:
    node, _other = pair
    page = at_the_desk(browser, node, "liaison", language)
    for path in PAGES if language == "fr" else PAGES[:5]:
        page.goto(f"{node.address}/assist/{path}")
        looked_at(page, f"assist-{path.replace('/', '-')}{language}")
    for kind in ("need", "project"):
        page.goto(f"{node.address}/assist/{kind}/")
        page.locator("main a[href*='/assist/entries/']").first.click()
        looked_at(page, f"assist-one-{kind}-{language}")
    if language == "en":
        page.goto(f"{node.address}/assist/practice/")
        page.locator("main a[href*='/assist/entries/']").first.click()
        page.locator("summary", has_text="Let everybody read it").click()
        page.locator("#p-confirm").check()
        page.get_by_role("button", name="Publish").click()
        expect(page.locator("[role=status] .notice")).to_be_visible()
        page.context.clear_cookies()
        page.goto(f"{node.address}/public/assist/")
        expect(page.locator("main article")).to_have_count(1)
        looked_at(page, "assist-public-en")
