"""The desk for every measure: choosing one, reporting what was done, and reading what our law data do not know."""

import re

import pytest
from django.test import Client
from tests.support.desk import at_the_desk, page
from tests.support.filled_forms import filled
from tests.support.partner import Partner

from rogatory.casefile.measures import BASES, COERCIVE, FAMILIES, MEASURES
from rogatory.law.loader import load_law
from rogatory.node import intake, record
from rogatory.node.context import Node
from rogatory.web import words

pytestmark = pytest.mark.any_database

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"
UNDER_UNCC = [measure for measure in MEASURES if ("uncc", measure) in load_law().forms]


def incoming(node: Node, france: Partner, recipients: tuple[str, ...], measure: str, instrument: str = "uncc") -> str:
    """A request from France; the digest of its message."""
    at = node.clock.now()
    body = {"measure": measure, "instrument": instrument, "contents": {"whatever": "what France said"}}
    message = france.message("request", body, case=CASE, to=US, at=at)
    intake.receive(node, france.seal(message.jws, to=US, recipients=recipients, at=at))
    return message.digest


def take(client: Client, digest: str, step: str, **said: str) -> str:
    sent = {"step": step, "regarding": digest, "confirm": "yes", **said}
    response = client.post(f"/cases/{CASE}/step/", sent, follow=True)
    return response.content.decode()


def approve_the_draft(node: Node) -> None:
    [draft] = node.stores.drafts.open()
    response = at_the_desk("approver").post(f"/drafts/{draft.id}/approve/", {"confirm": "yes"})
    assert response.status_code == 302


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_request_begins_with_every_measure_that_has_a_form_and_what_it_is_for(
    desk: Node, france: Partner, language: str
) -> None:
    text = page(at_the_desk("drafter", language), "/requests/new/")
    assert UNDER_UNCC
    for measure in UNDER_UNCC:
        assert f'value="{measure}"' in text
        assert desk.law.measure(measure).serves.get(language).split("’")[0][:40] in text
    assert text.count('name="measure"') == len(UNDER_UNCC)


def test_every_family_and_every_state_of_a_request_has_a_word(desk: Node) -> None:
    assert FAMILIES.keys() == words.FAMILIES.keys()


def test_a_choice_in_the_address_is_kept(desk: Node, france: Partner) -> None:
    text = page(at_the_desk("drafter"), "/requests/new/?measure=stored-data&receiver=FRA/contact-point&instrument=uncc")
    assert 'value="stored-data" required checked' in text
    assert 'value="FRA/contact-point" required checked' in text
    text = page(at_the_desk("drafter"), "/requests/new/?measure=unheard-of&instrument=unheard-of")
    assert 'name="instrument" value="uncc"' in text
    assert 'value="preservation" required checked' in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("measure", UNDER_UNCC)
def test_the_form_of_every_measure_is_written_read_and_approved(
    desk: Node, france: Partner, measure: str, language: str
) -> None:
    client = at_the_desk("drafter", language)
    response = client.post("/requests/new/", {"measure": measure, "receiver": "FRA/contact-point"})
    draft = response.headers["Location"].split("/")[2]
    form = desk.law.form(measure)
    assert all(f'name="c.{field.key}"' in page(client, f"/drafts/{draft}/write/") for field in form.fields)
    given = {f"c.{key}": "\n".join(value) if isinstance(value, list) else value for key, value in filled(form).items()}
    client.post(f"/drafts/{draft}/write/", {"version": "1", "review": "", **given})
    assert client.post(f"/drafts/{draft}/submit/").status_code == 302
    approve_the_draft(desk)
    [case] = desk.stores.messages.cases()
    assert desk.law.measure(measure).name.get(language).split("’")[0] in page(client, f"/cases/{case}/")
    assert [one.measure for one in record.case_file(desk, case).requests.values()] == [measure]


def test_an_unknown_instrument_is_told_on_the_page_and_starts_nothing(desk: Node, france: Partner) -> None:
    sent = {"measure": "preservation", "receiver": "FRA/contact-point", "instrument": "unheard-of"}
    response = at_the_desk("drafter").post("/requests/new/", sent)
    assert response.status_code == 404
    assert desk.stores.drafts.open() == []


@pytest.mark.parametrize("measure", ["mla", "preservation"])
def test_what_our_law_data_do_not_know_is_shown_as_it_came_and_can_be_answered(
    desk: Node, france: Partner, our_recipients: tuple[str, ...], measure: str
) -> None:
    digest = incoming(desk, france, our_recipients, measure, "unheard-of")
    client = at_the_desk("duty-officer")
    text = page(client, f"/cases/{CASE}/")
    assert "what France said" in text
    assert "there is no opinion and no form" in text
    take(client, digest, "acknowledgement")
    assert record.case_file(desk, CASE).requests[digest].state == "acknowledged"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_outcome_is_reported_by_two_people_and_shown(
    desk: Node, france: Partner, our_recipients: tuple[str, ...], language: str
) -> None:
    digest = incoming(desk, france, our_recipients, "extradition")
    client = at_the_desk("duty-officer", language)
    take(client, digest, "decision:accepted")
    approve_the_draft(desk)
    text = page(client, f"/cases/{CASE}/")
    assert 'name="result"' in text
    assert 'name="on" type="date"' in text
    text = take(client, digest, "outcome", result="perhaps", on="2028-03-01", text="Surrendered at the airport.")
    assert "Surrendered at the airport." in text
    assert desk.stores.drafts.open() == []
    take(client, digest, "outcome", result="carried-out", on="2028-03-01", text="Surrendered at the airport.")
    assert record.case_file(desk, CASE).requests[digest].state == "accepted"
    approve_the_draft(desk)
    assert record.case_file(desk, CASE).requests[digest].state == "reported"
    text = page(client, f"/cases/{CASE}/")
    assert {"en": "carried out", "fr": "exécutée"}[language] in text
    assert {"en": "Outcome reported", "fr": "Résultat communiqué"}[language] in text


@pytest.mark.parametrize("measure", [one for one in UNDER_UNCC if BASES[one].declined])
def test_every_request_can_be_declined_on_a_ground_that_the_page_offers(
    desk: Node, france: Partner, our_recipients: tuple[str, ...], measure: str
) -> None:
    digest = incoming(desk, france, our_recipients, measure)
    client = at_the_desk("duty-officer")
    offered = re.findall(r'name="grounds" value="([^"]+)"', page(client, f"/cases/{CASE}/"))
    known = desk.law.grounds_for(measure) or (desk.law.measure(measure).provision,)
    assert tuple(dict.fromkeys(offered)) == known
    take(client, digest, "decision:declined", grounds=offered[0], reasons="Our law does not allow it.")
    if measure in COERCIVE:
        approve_the_draft(desk)
    assert record.case_file(desk, CASE).requests[digest].state == "declined"


def test_information_given_unasked_is_not_called_a_request(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients, "spontaneous-information")
    text = page(at_the_desk("duty-officer"), f"/cases/{CASE}/")
    assert "<h3>Request:" not in text
    assert "Accept the request" not in text
    take(at_the_desk("duty-officer"), digest, "acknowledgement")
    take(at_the_desk("drafter"), digest, "closure")
    assert record.case_file(desk, CASE).requests[digest].state == "closed"
