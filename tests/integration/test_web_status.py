"""The status pages by Django's client: what they say, whom they let in, what they refuse."""

import csv
import html
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.support.world import Stopwatch

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.site import wiring
from rogatory.site.heldstatus import HeldStatus
from rogatory.status.deposits import BadDeposits
from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.status.taking import write_held
from rogatory.stores.deposits import held_deposits, hold

pytestmark = pytest.mark.any_database

PASSWORD = "a long practice password"
TODAY = datetime(2026, 11, 22, 9, tzinfo=UTC)
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<MTDSG><Treaty><Participants><Table><TGroup><Thead><Row><Entry>Participant</Entry><Entry>Signature</Entry>
<Entry>Ratification, Accession(a)</Entry></Row></Thead><Tbody><Rows>
<Row><Entry>Viet Nam</Entry><Entry>25 Oct 2025</Entry><Entry>9 Apr 2026</Entry></Row>
<Row><Entry>France</Entry><Entry>25 Oct 2025</Entry><Entry></Entry></Row>
</Rows></Tbody></TGroup></Table></Participants></Treaty></MTDSG>"""
PAGES = ("/status/", "/status/states/FRA/", "/status/forecast/", "/status/matrix/")
FILES = ("/status/states.csv", "/status/matrix.csv")


@pytest.fixture
def real(
    node: Node, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> Node:
    """A node outside any exercise on 22 November 2026, with one account a role and a data folder of its own."""
    settings.DATA = tmp_path
    found = replace(node, status=Status.load(), clock=Stopwatch(TODAY))
    monkeypatch.setattr(wiring, "node", lambda: found)
    _accounts(people)
    return found


@pytest.fixture
def exercise(node: Node, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> Node:
    """The practice node of 2028."""
    monkeypatch.setattr(wiring, "node", lambda: node)
    _accounts(people)
    return node


def _accounts(people: dict[str, Actor]) -> None:
    for role, person in people.items():
        accounts.make_account(role, PASSWORD, name=person.name, authority=person.authority, roles=[role])


def at_the_desk(name: str, lang: str = "en") -> Client:
    client = Client(headers={"accept-language": lang})
    assert client.login(username=name, password=PASSWORD)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()
    return re.sub(r"\s+", " ", response.content.decode())


def test_progress_says_what_counts_and_what_is_missing(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/")
    assert '<progress max="40" value="3"' in text
    assert "37 instruments" in text
    assert "not settled by the deposits known" in text
    assert "31 December 2026" in text
    assert "in 39 days" in text
    assert "Viet Nam" in text
    assert "low certainty" in text
    assert "The deposits known to this node end on 2 August 2026" in text
    assert "Invented deposits" not in text


def test_progress_on_a_day_in_the_past_counts_what_was_there_by_then(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/?instrument=untoc&on=2001-12-31")
    assert '<progress max="40" value="6"' in text
    text = page(at_the_desk("drafter"), "/status/?instrument=untoc&on=2003-09-29")
    assert '<h2 id="h-progress">In force</h2>' in text


def test_every_state_has_one_tile_with_a_letter_and_a_link(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/")
    tiles = re.findall(r'<a class="tile (\w+)( unsure)?" href="/status/states/(\w{3})/"', text)
    assert len(tiles) == len({code for _, _, code in tiles}) == len(real.status.states) == 198
    looks = {code: (way, bool(unsure)) for way, unsure, code in tiles}
    assert looks["VNM"] == ("consented", True)
    assert looks["FRA"] == ("signatory", False)
    assert looks["KEN"] == ("neither", False)
    assert re.search(r'title="France: signatory"', text)


def test_a_state_whose_day_is_not_known_is_unknown_before_the_list_reaches(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/?on=2026-01-01")
    assert re.search(r'class="tile unknown unsure" href="/status/states/VNM/\?on=2026-01-01"', text)


def test_the_table_is_filtered_and_sorted_by_the_address(real: Node) -> None:
    client = at_the_desk("drafter", "fr")
    text = page(client, "/status/?q=cote d'ivoire&way=")
    assert "1 sur 198" in text
    assert "Aucun État ne correspond" in page(client, "/status/?q=atlantide")
    rows = list(
        csv.reader(io.StringIO(client.get("/status/states.csv?way=acted&sort=deposited").content.decode("utf-8-sig")))
    )
    assert rows[0][:4] == ["state", "name", "group", "standing"]
    assert rows[1][:2] == ["QAT", "Qatar"]
    assert rows[1][6] == "2026-02"
    assert {row[0] for row in rows[2:4]} == {"AZE", "VNM"}
    assert "KEN" not in {row[0] for row in rows}


def test_a_state_page_tells_reservations_with_their_question_and_what_is_owed(real: Node) -> None:
    client = at_the_desk("drafter")
    text = page(client, "/status/states/QAT/?with=FRA")
    assert "No clause we know names a reservation to 14" in text
    assert "notices it still owes" in text
    assert "Qatar and France" in text
    assert 'href="/ask/?requested=QAT"' in text
    assert "2003-09-29" not in text
    assert "29 September 2003" in page(client, "/status/states/FRA/")
    assert "QAT" in page(client, "/status/states/qat/")


def test_a_state_page_speaks_french(real: Node) -> None:
    text = page(at_the_desk("drafter", "fr"), "/status/states/FRA/?on=2007-03-01")
    assert "1er mars 2007" in text
    assert "Partie" in text


def test_a_forecast_is_a_comparison_and_takes_assumptions(real: Node) -> None:
    client = at_the_desk("drafter")
    text = page(client, "/status/forecast/")
    assert "A comparison, never a promise." in text
    assert "No government has promised anything" in text
    assert "January 2029" in text
    added = client.get("/status/forecast/?assume=FRA%3D2027-06-01&add=Brazil,+KEN&by=2027-06-02")
    assert (
        added.headers["Location"] == "/status/forecast/?assume=FRA%3D2027-06-01%2CBRA%3D2027-06-02%2CKEN%3D2027-06-02"
    )
    text = page(client, added.headers["Location"])
    assert "34 more would be needed" in text
    assert "2 June 2027" in text
    forty = ",".join(
        f"{code}=2027-06-01" for code in sorted(set(real.status.states) - {"QAT", "VNM", "AZE", "EUE"})[:37]
    )
    text = page(client, f"/status/forecast/?assume={forty}")
    assert "it would enter into force on 30 August 2027" in text
    assert "by 30 August 2028" in text


def test_a_forecast_for_what_is_in_force_says_so(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/forecast/?instrument=untoc")
    assert "There is nothing to forecast" in text
    assert "29 September 2003" in text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("assume=FRA", "bad-assumption"),
        ("assume=VNM%3D2027-01-01", "bad-assumption"),
        ("assume=FRA%3D2020-01-01", "bad-assumption"),
        ("add=Atlantis&by=2027-01-01", "unknown-name"),
        ("add=France", "bad-assumption"),
    ],
)
def test_an_impossible_assumption_is_refused_on_the_page(real: Node, query: str, code: str) -> None:
    text = page(at_the_desk("drafter"), f"/status/forecast/?{query}", status=400)
    assert code in text
    assert "A comparison, never a promise." in text


def test_the_matrix_says_who_can_ask_whom_and_why(real: Node) -> None:
    client = at_the_desk("drafter")
    text = page(client, "/status/matrix/?measure=preservation&state=FRA")
    assert re.search(r'title="Brazil: Budapest Convention, UNTOC, UNCAC"', text)
    assert re.search(r'title="Eritrea: perhaps UNTOC, UNCAC"', text)
    assert "Eritrea</a>" in text
    assert text.count("<rect ") > 100
    rows = list(
        csv.reader(io.StringIO(client.get("/status/matrix.csv?measure=preservation").content.decode("utf-8-sig")))
    )
    assert ["FRA", "BRA", "budapest untoc uncac", ""] in rows
    assert len(rows) == 1 + 197 * 196


def test_the_links_to_json_answer_about_the_same_day(real: Node) -> None:
    client = at_the_desk("drafter")
    for path, key, value in (
        ("/status/?instrument=untoc&on=2001-12-31", ("progress", "count"), 6),
        ("/status/forecast/?assume=FRA%3D2027-06", ("assumed", 0), "FRA=2027-06"),
        ("/status/matrix/?on=2001-12-31", ("on",), "2001-12-31"),
        ("/status/states/FRA/?on=2026-12-01", ("standing", "on"), "2026-12-01"),
    ):
        link = re.search(r'href="(/api/v1/[^"]+)"', page(client, path))
        assert link, path
        found = client.get(html.unescape(link[1])).json()
        for step in key:
            found = found[step]
        assert found == value, path


def test_every_measure_of_the_law_data_can_be_chosen(real: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/matrix/")
    known = {measure for one in real.law.instruments.values() for measure in one.measures}
    assert set(re.findall(r'<option value="([a-z-]+)"', text)) >= known


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/status/states/XXX/", 404, "unknown-state"),
        ("/status/?instrument=versailles", 404, "unknown-instrument"),
        ("/status/?on=2026-02-30", 400, "bad-time"),
        ("/status/?on=2019-01-01", 400, "bad-day"),
        ("/status/states/FRA/?on=9999-12-31", 400, "bad-day"),
        ("/status/states/FRA/?with=Atlantis", 400, "unknown-name"),
        ("/status/matrix/?measure=wishing", 404, "unknown-measure"),
        ("/status/matrix/?state=Atlantis", 400, "unknown-name"),
        ("/status/states.csv?on=yesterday", 400, "bad-time"),
        ("/status/matrix.csv?measure=wishing", 404, "unknown-measure"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_code(real: Node, path: str, status: int, code: str) -> None:
    assert code in page(at_the_desk("drafter"), path, status=status)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("path", [*PAGES, "/status/states/VNM/?with=FRA", "/status/matrix/?state=EUE"])
def test_an_exercise_says_on_every_page_that_its_deposits_are_invented(exercise: Node, path: str, lang: str) -> None:
    text = page(at_the_desk("drafter", lang), path)
    assert ("Invented deposits." if lang == "en" else "Dépôts inventés.") in text


def test_the_first_conference_follows_once_in_force(exercise: Node) -> None:
    text = page(at_the_desk("drafter"), "/status/")
    entered = exercise.status.entry_into_force("uncc")
    assert entered is not None
    assert f"{entered.day} {entered:%B} {entered.year + 1}" in text
    assert 'class="tile party"' in text


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_status_is_read_without_a_log_in_only_where_the_operator_opened_it(
    real: Node, settings: Settings, path: str
) -> None:
    assert Client().get(path).headers["Location"].startswith("/accounts/login/")
    settings.PUBLIC_PARTS = frozenset({"status"})
    answer = Client().get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    for address in ("/partners/", "/people/", "/record/", "/node/", "/cases/", "/ask/", "/status/import/"):
        assert f'href="{address}' not in text
    assert Client().post(path).status_code == 302


def test_a_list_is_taken_only_after_its_differences_were_seen(real: Node, tmp_path: Path) -> None:
    client = at_the_desk("administrator")
    given = {"list": SimpleUploadedFile("list.xml", LIST.encode()), "instrument": "uncc", "as_of": "2026-11-01"}
    shown = client.post("/status/import/", given)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "9 April 2026" in text or "2026-04-09" in text
    assert "not in the list: will be dropped" in text
    assert held_deposits(tmp_path) == {}
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    fields.pop("csrfmiddlewaretoken", None)
    assert client.post("/status/import/", fields).status_code == 400
    taken = client.post("/status/import/", {**fields, "confirm": "yes"})
    assert taken.headers["Location"] == "/status/?instrument=uncc"
    held = held_deposits(tmp_path)["uncc"]
    assert {item.state for item in held.deposits if item.action == "ratification"} == {"VNM"}
    assert str(held.as_of) == "2026-11-01"
    assert [row.action for row in real.stores.audit.recent(1)] == ["status:deposits:take"]
    again = client.post("/status/import/", {**fields, "confirm": "yes"})
    assert "changed-meanwhile" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("l.xml", LIST.replace("9 Apr 2026", "39 Apr 2026"), "bad-depositary-file"),
        ("l.xml", LIST.replace("Viet Nam", "Atlantis"), "bad-depositary-file"),
        ("l.xml", "<html><body>Under maintenance</body></html>", "not-a-depositary-file"),
        ("l.csv", "state,action,date\nFRA,ratification,2026-02-30\n", "bad-depositary-file"),
        ("l.csv", "", "no-list"),
    ],
)
def test_a_list_that_cannot_be_used_names_the_line(real: Node, name: str, data: str, code: str) -> None:
    given = {"instrument": "uncc", "as_of": "2026-11-01"}
    upload = {"list": SimpleUploadedFile(name, data.encode())} if data else {}
    answer = at_the_desk("administrator").post("/status/import/", {**given, **upload})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert code in text
    if code == "bad-depositary-file":
        assert re.search(rf"<code>{name}:\d+</code>", text)


def test_only_an_administrator_of_a_node_in_earnest_takes_a_list(real: Node) -> None:
    assert "role-missing" in page(at_the_desk("drafter"), "/status/import/", status=403)
    assert page(at_the_desk("administrator"), "/status/import/")
    assert not (Path(django_settings.DATA) / "deposits").exists()


def test_an_exercise_takes_no_list(exercise: Node) -> None:
    given = {"list": SimpleUploadedFile("list.xml", LIST.encode()), "instrument": "uncc", "as_of": "2026-11-01"}
    answer = at_the_desk("administrator").post("/status/import/", given)
    assert answer.status_code == 403
    assert "practice-here" in answer.content.decode()


def test_what_was_taken_is_answered_from_at_once_and_a_broken_file_changes_nothing(
    real: Node, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    here = HeldStatus(tmp_path, exercise=False)
    before = here.now()
    assert here.now() is before
    texts = write_held(
        (Deposit(state="FRA", instrument="uncc", action="ratification", source="s"),), as_of=date(2026, 11, 1)
    )
    hold(tmp_path, "uncc", texts)
    taken = here.now()
    assert taken is not before
    assert [item.state for item in taken.deposits("uncc")] == ["FRA"]
    assert taken.progress("uncc").as_of == date(2026, 11, 1)
    (tmp_path / "deposits" / "uncc.csv").write_text("no,such,columns\n", encoding="utf-8")
    assert here.now() is taken
    assert "bad-deposits" in caplog.text
    with pytest.raises(BadDeposits):
        HeldStatus(tmp_path, exercise=False)
