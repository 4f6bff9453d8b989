"""The pages on the way to becoming a Party: checklist, choices, papers, filings, institutions, the day."""

import html
import re
import tomllib
from typing import Any

import pytest
from django.test import Client
from tests.support.desk import at_the_desk, page
from tests.support.examplia import CHOICES

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.readiness import deciding, reading

pytestmark = pytest.mark.any_database


@pytest.fixture
def chosen(desk: Node, people: dict[str, Actor]) -> Node:
    """The desk of a State that has made its choices."""
    given: dict[str, Any] = {**tomllib.loads(CHOICES), "manner": "ratification"}
    deciding.save_choices(desk, people["assessor"], given)
    return desk


def said(response: Any, status: int = 200) -> str:
    text = html.unescape(re.sub(r"\s+", " ", response.content.decode()))
    assert response.status_code == status, text
    return text


def test_every_page_says_what_is_empty_and_what_comes_next(desk: Node) -> None:
    client = at_the_desk("assessor")
    assert "From signature to Party" in page(client, "/ready/")
    assert "Nothing has been decided yet." in page(client, "/ready/choices/")
    assert "No choices have been saved yet" in page(client, "/ready/papers/")
    assert "Nothing has been entered as filed yet." in page(client, "/ready/filed/")
    assert "No authority has been named yet." in page(client, "/ready/institutions/")
    assert "What changes on the day" in page(client, "/ready/day/")
    assert "No drill has been held yet." in page(client, "/drills/")
    assert "No drill has been held yet." in page(client, "/drills/report/")


def test_every_page_of_a_state_that_has_chosen_is_there_in_both_languages(chosen: Node) -> None:
    papers = reading.kit(chosen).papers
    for language in ("en", "fr"):
        client = at_the_desk("assessor", language)
        for path in (
            *("/ready/", "/ready/?open=yes", "/ready/choices/", "/ready/choices/consent/", "/ready/choices/signing/"),
            *("/ready/choices/cooperation/", "/ready/choices/authorities/4/", "/ready/choices/laws/1/"),
            *("/ready/choices/statements/", "/ready/choices/statements/1/", "/ready/papers/", "/ready/papers/cover/"),
            *("/ready/institutions/", "/ready/day/", f"/ready/papers/{papers[-1].slug}/"),
        ):
            page(client, path)
    assert page(client, "/ready/choices/authorities/9/", 404)
    assert page(client, "/ready/choices/nothing/", 404)


def test_a_section_is_saved_and_what_was_said_elsewhere_stays(chosen: Node) -> None:
    client = at_the_desk("assessor")
    sent = {
        "version": "1",
        "manner": "acceptance",
        "name.en": "the Kingdom of Examplia",
        "name.fr": "le Royaume d’Examplie",
    }
    assert client.post("/ready/choices/consent/", sent).status_code == 302
    found = reading.kit(chosen)
    assert (found.version, found.choices.manner, found.choices.name.fr) == (2, "acceptance", "le Royaume d’Examplie")
    assert found.choices.ministry.en == ""
    assert (found.choices.signer.name, len(found.choices.authorities)) == ("Ada Sample", 4)


def test_what_is_refused_comes_back_at_its_field_with_what_was_written(chosen: Node) -> None:
    client = at_the_desk("assessor")
    sent = {"version": "1", "signer.name": "A" * 301, "signer.office": "other"}
    told = said(client.post("/ready/choices/signing/", sent), 400)
    assert "A" * 301 in told
    assert 'aria-invalid="true" aria-describedby="f-signer-name-problem"' in told
    late = {"version": "1", "manner": "accession", "name.en": "kept as written"}
    told = said(client.post("/ready/choices/consent/", late), 403)
    assert "kept as written" in told
    assert 'id="f-manner-problem"' in told
    assert reading.kit(chosen).version == 1


def test_two_people_who_save_the_same_are_told_and_nothing_is_lost(chosen: Node) -> None:
    client = at_the_desk("assessor")
    assert client.post("/ready/choices/cooperation/", {"version": "1", "languages": ["en"]}).status_code == 302
    stale = {"version": "1", "languages": ["fr"], "competence.en": "written meanwhile"}
    told = said(client.post("/ready/choices/cooperation/", stale), 403)
    assert "written meanwhile" in told
    assert 'name="version" value="2"' in told
    assert reading.kit(chosen).choices.languages == ("en",)


def test_hours_of_a_desk_are_entered_and_their_gaps_are_shown(chosen: Node) -> None:
    client = at_the_desk("assessor")
    sent = {
        "version": "1", "provision": "41(2)", "name.en": "24/7 contact point",
        "staffed.0.from": "08:00", "staffed.0.to": "20:30", "staffed.0.people": "2", "staffed.0.languages": ["en"],
    }  # fmt: skip
    assert client.post("/ready/choices/authorities/4/", sent).status_code == 302
    shown = re.sub(r"\s+", " ", page(client, "/ready/institutions/"))
    assert "87.5 of 168 hours are covered" in shown
    assert "from Saturday 20:30 to Sunday 08:00" in shown
    assert shown.count('class="part">½') == 7
    assert shown.count('class="gap">0') == 7 * 11
    assert (
        client.post("/ready/choices/authorities/4/", {**sent, "version": "2", "staffed.0.people": ""}).status_code
        == 400
    )
    gone = {"version": "2", "step": "remove", "confirm": "yes"}
    assert client.post("/ready/choices/authorities/4/", gone).status_code == 302
    assert [one.provision for one in reading.kit(chosen).choices.authorities] == ["40(12)", "37(19)", "53(7)"]


def test_a_reservation_without_a_name_in_the_convention_asks_to_be_justified(chosen: Node) -> None:
    client = at_the_desk("assessor")
    assert "Make it" in page(client, "/ready/choices/statements/")
    new = {"version": "1", "kind": "reservation", "provision": "42(3)", "text.en": "Not under Article 42(3)."}
    assert client.post("/ready/choices/statements/new/", new).status_code == 302
    shown = page(client, "/ready/papers/reservation-42-3/")
    assert "/ready/choices/statements/2/" in shown
    assert client.get("/ready/papers/reservation-42-3/en.pdf").status_code == 400
    settled = {"version": "2", "settled": "yes"}
    assert client.post("/ready/choices/statements/", settled).status_code == 302
    assert reading.kit(chosen).choices.settled


def test_a_paper_is_read_in_both_languages_and_downloaded(chosen: Node) -> None:
    client = at_the_desk("drafter")
    shown = page(client, "/ready/papers/notice-41-2/")
    assert 'lang="en"' in shown
    assert 'lang="fr"' in shown
    assert "Enter as filed" not in shown
    for form, magic in {"pdf": b"%PDF", "docx": b"PK"}.items():
        response = client.get(f"/ready/papers/notice-41-2/fr.{form}")
        assert response.content.startswith(magic)
        assert response.headers["Content-Disposition"] == f'attachment; filename="notice-41-2-fr.{form}"'
    assert client.get("/ready/papers/notice-41-2/fr.exe").status_code == 404
    assert client.get("/ready/papers/notice-99/").status_code == 404


def test_what_is_filed_is_confirmed_first_and_corrected_by_another_entry(chosen: Node) -> None:
    client = at_the_desk("assessor")
    sent = {"paper": ["notice-40(12)", "notice-41(2)"], "on": "2028-02-28", "reference": "Note 7"}
    told = said(client.post("/ready/papers/", sent), 400)
    assert 'value="Note 7"' in told
    assert client.post("/ready/papers/", {**sent, "confirm": "yes"}).status_code == 302
    assert [one.paper for one in reading.kit(chosen).filed] == ["notice-40(12)", "notice-41(2)"]
    twice = said(client.post("/ready/papers/notice-40-12/", {"on": "2028-02-28", "confirm": "yes"}), 403)
    assert "already" in twice
    assert "Note 7" in page(client, "/ready/filed/")
    assert client.post("/ready/filed/2/correct/", {"because": "the wrong desk"}).status_code == 400
    taken = {"because": "the wrong desk", "confirm": "yes"}
    assert client.post("/ready/filed/2/correct/", taken).status_code == 302
    assert "the wrong desk" in page(client, "/ready/filed/")
    assert [one.paper for one in reading.kit(chosen).filed if one.stands] == ["notice-40(12)"]


def test_steps_are_marked_and_trainings_stay_on_record(chosen: Node) -> None:
    client = at_the_desk("assessor")
    sent = {"state": "done", "on": "2028-02-01", "note": "two courses", "back": "institutions"}
    response = client.post("/ready/steps/training/mark/", sent)
    assert response.headers["Location"] == "/ready/institutions/#step-training"
    assert "two courses" in page(client, "/ready/institutions/")
    refused = said(client.post("/ready/steps/deposit/mark/", {"state": "done"}), 403)
    assert "done by a fact, not by a mark" in refused or "cannot be marked" in refused
    assert client.post("/ready/steps/training/mark/", {"state": "done", "on": "2099-01-01"}).status_code == 400


def test_only_an_assessor_changes_anything(chosen: Node) -> None:
    client = at_the_desk("drafter")
    for path in ("/ready/", "/ready/choices/", "/ready/papers/", "/ready/filed/", "/ready/institutions/"):
        shown = page(client, path)
        assert re.findall(r'<form[^>]*method="post"[^>]*action="/ready', shown) == []
    assert client.get("/ready/choices/consent/").status_code == 403
    assert (
        client.post("/ready/papers/", {"paper": "instrument", "confirm": "yes", "on": "2028-02-01"}).status_code == 403
    )
    assert client.post("/ready/steps/training/mark/", {"state": "done"}).status_code == 403
    assert client.post("/ready/choices/statements/", {"version": "1", "settled": "yes"}).status_code == 403
    assert reading.kit(chosen).version == 1
    assert Client().get("/ready/").status_code == 302


def test_the_day_names_partners_by_region(chosen: Node) -> None:
    client = at_the_desk("assessor")
    shown = page(client, "/ready/day/?on=2028-06-01")
    assert "African States" in shown
    assert client.get("/ready/day/?on=soon").status_code == 400
