"""The record for a court at the desk: one page in the reader's language, and its files; both are recorded."""

import csv
import io
import json
import os

import pytest
from tests.support.desk import at_the_desk, page
from tests.support.handed_exhibits import Received
from tests.support.handover import People
from tests.support.partner import Partner

from rogatory.node.context import Node
from rogatory.node.evidence import opening


@pytest.fixture
def case(desk: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A case with an exhibit of France that was opened here."""
    found = Received(desk, people, france, our_recipients, os.urandom(70_000))
    found.arrive()
    opening.open_exhibit(desk, people["custodian"], found.id, io.BytesIO(), purpose="<b>To read it</b>")
    return found.request.case


def test_the_record_is_one_page_in_both_languages_and_its_reading_is_recorded(desk: Node, case: str) -> None:
    auditor = at_the_desk("auditor")
    assert f'href="/cases/{case}/custody/"' in page(auditor, f"/cases/{case}/")
    english = page(auditor, f"/cases/{case}/custody/")
    assert "Exhibits and custody record" in english
    assert "France, " in english
    assert "Manifest and chain hold: 4 entries" in english
    assert "&lt;b&gt;To read it&lt;/b&gt;" in english
    french = page(at_the_desk("auditor", "fr"), f"/cases/{case}/custody/")
    assert "Pièces et relevé de possession" in french
    assert "Le bordereau et la chaîne sont valides" in french
    assert [row.action for row in desk.stores.audit.of_subject(case, 50)].count("case:custody:read") == 2


def test_the_files_are_given_and_recorded(desk: Node, case: str) -> None:
    auditor = at_the_desk("auditor", "fr")
    answers = {}
    for name in ("record.html", "exhibits.csv", "custody.csv", "case-uco.jsonld"):
        response = auditor.get(f"/cases/{case}/custody/{name}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == f'attachment; filename="{case}-{name}"'
        answers[name] = response.content.decode()
    assert 'lang="fr"' in answers["record.html"]
    assert "<script" not in answers["record.html"]
    assert len(list(csv.DictReader(io.StringIO(answers["custody.csv"], newline="")))) == 4
    assert len(list(csv.DictReader(io.StringIO(answers["exhibits.csv"], newline="")))) == 1
    assert json.loads(answers["case-uco.jsonld"])["@graph"]
    details = [row.detail for row in desk.stores.audit.of_subject(case, 50) if row.action == "case:custody:export"]
    assert len(details) == 8


def test_other_files_other_people_and_other_cases_get_none(desk: Node, case: str) -> None:
    assert at_the_desk("auditor").get(f"/cases/{case}/custody/keys.txt").status_code == 400
    assert at_the_desk("administrator").get(f"/cases/{case}/custody/").status_code == 403
    assert at_the_desk("administrator").get(f"/cases/{case}/custody/record.html").status_code == 403
    assert at_the_desk("auditor").get("/cases/VNM-FRA-2028-0009-7Q4K2M9XAB/custody/").status_code == 404
