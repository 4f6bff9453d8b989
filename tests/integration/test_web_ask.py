"""What can I ask of that State? The guided page, from a choice of State to a draft."""

import re

import pytest
from tests.support.desk import at_the_desk, page
from tests.support.partner import Partner

from rogatory.node import drafting
from rogatory.node.context import Node
from rogatory.node.people import Actor

pytestmark = pytest.mark.any_database


def test_without_a_state_the_page_says_what_to_do(desk: Node) -> None:
    said = page(at_the_desk("drafter"), "/ask/")
    assert "Choose a State to see what is open." in said
    assert 'value="VNM"' not in said


def test_a_convention_offence_opens_preservation_and_a_trifle_does_not(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    asked = "/ask/?requested=FRA&in_territory=yes&offence="
    open_now = section(page(client, asked + "7"), "yes")
    assert "42(3)" in open_now
    assert "44(1)" in open_now
    trifle = page(client, asked + "other&max_penalty_years=3.99")
    assert "42(3)" not in section(trifle, "yes")
    assert "46(3)(i)" in section(trifle, "unknown")  # it might still be an offence of another treaty that binds both
    assert "42(3)" in section(page(client, asked + "other&max_penalty_years=4"), "yes")
    assert "42(3)" in section(page(client, asked + "other"), "unknown")


def test_a_state_we_hold_no_card_of_can_be_looked_at_but_not_asked(desk: Node, france: Partner) -> None:
    said = page(at_the_desk("drafter"), "/ask/?requested=JPN&offence=7&in_territory=yes")
    assert "holds no contact card of that State" in said
    assert 'action="/ask/draft/"' not in said


def test_what_was_said_stands_in_the_draft(desk: Node, france: Partner, people: dict[str, Actor]) -> None:
    sent = {
        "measure": "preservation",
        "instrument": "uncc",
        "receiver": "FRA/contact-point",
        "offence": "7",
        "in_territory": "yes",
    }
    response = at_the_desk("drafter").post("/ask/draft/", sent)
    assert response.status_code == 302
    draft = drafting.get(desk, people["drafter"], response.headers["Location"].split("/")[2])
    assert draft.measure == "preservation"
    assert draft.body["contents"] == {"offence": "7", "in_territory": "yes"}


def test_only_a_drafter_starts_a_draft(desk: Node, france: Partner) -> None:
    sent = {"measure": "preservation", "receiver": "FRA/contact-point"}
    assert at_the_desk("auditor").post("/ask/draft/", sent).status_code == 403


def test_an_unknown_state_or_measure_is_refused_by_name(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    assert client.get("/ask/?requested=XXX").status_code == 404
    assert client.post("/ask/draft/", {"measure": "wiretap", "receiver": "FRA/contact-point"}).status_code == 404


def section(said: str, answer: str) -> str:
    """The part of the page that lists what is open, perhaps open or not open."""
    found = re.search(rf'<section aria-labelledby="g-{answer}">(.*?)</section>', said, re.DOTALL)
    return found[1] if found else ""
