"""National profiles at the desk: looked at, confirmed, shown on the page of the State, taken back."""

import base64
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.support.desk import at_the_desk, page

from rogatory.node import profiles
from rogatory.node.context import Node
from rogatory.node.people import Actor

PROFILE = """\
state = "FRA"
instrument = "uncc"
notified = 2028-01-10
effective = 2028-01-20
source = "Note to the depositary <1>"
practice = true
[languages]
provision = "40(13)"
accepted = ["fr", "en"]
[[ground]]
provision = "37(8)"
key = "amnesty"
effect = "may-refuse"
question = { en = "Does an amnesty cover the offence?", fr = "Une amnistie couvre-t-elle l’infraction ?" }
"""


def look(client: Client, text: str = PROFILE, *, status: int = 200) -> str:
    response = client.post("/status/profiles/", {"profile": SimpleUploadedFile("fra.toml", text.encode())})
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode())


def confirm(client: Client, text: str = PROFILE, **more: str) -> int:
    data = base64.b64encode(text.encode()).decode()
    sent = {"step": "add", "file_name": "fra.toml", "file_data": data, "confirm": "yes", **more}
    return client.post("/status/profiles/", sent).status_code


def test_a_profile_is_looked_at_confirmed_and_shown(desk: Node) -> None:
    client = at_the_desk("administrator")
    assert "No profile has been added yet." in page(client, "/status/profiles/")
    seen = look(client)
    assert "Note to the depositary &lt;1&gt;" in seen
    assert "Does an amnesty cover the offence?" in seen
    assert "assistance may be refused" in seen
    assert profiles.notified(desk) == ()
    data = html.unescape(re.findall(r'name="file_data" value="([^"]*)"', seen)[0])
    assert base64.b64decode(data) == PROFILE.encode()

    assert confirm(client, confirm="") == 400
    assert profiles.notified(desk) == ()
    assert confirm(client) == 302
    (kept,) = profiles.notified(desk)
    assert (kept.row.file_name, kept.row.text) == ("fra.toml", PROFILE)

    shown = page(client, "/status/states/FRA/")
    assert "What it notified of its own law" in shown
    assert "French; English" in shown
    assert 'href="/law/uncc/37(8)/"' in html.unescape(shown)
    assert "own law" not in page(client, "/status/states/FRA/?on=2028-01-19")
    assert "own law" not in page(client, "/status/states/BRA/")
    client.post("/i18n/setlang/", {"language": "fr"})
    french = page(client, "/status/states/FRA/")
    assert "Ce qu’il a notifié de son propre droit" in french
    assert "Une amnistie couvre-t-elle l’infraction ?" in french


def test_the_guided_page_leads_to_what_the_state_notified(desk: Node) -> None:
    client = at_the_desk("drafter")
    assert "#h-own-law" not in page(client, "/ask/?requested=FRA")
    confirm(at_the_desk("administrator"))
    assert "/status/states/FRA/#h-own-law" in page(client, "/ask/?requested=FRA")


def test_everybody_at_the_desk_reads_and_only_an_administrator_changes(desk: Node, people: dict[str, Actor]) -> None:
    client = at_the_desk("drafter")
    assert confirm(client) == 403
    look(client, status=403)
    confirm(at_the_desk("administrator"))
    said = page(client, "/status/profiles/")
    assert people["administrator"].name in said
    assert "An administrator adds profiles." in said
    assert 'type="file"' not in said
    taken = {"step": "withdraw", "state": "FRA", "instrument": "uncc", "since": "2028-03-01", "confirm": "yes"}
    assert client.post("/status/profiles/", taken).status_code == 403
    assert profiles.notified(desk)[0].until is None


def test_a_stranger_reads_what_was_notified_and_nothing_of_the_node(
    desk: Node, people: dict[str, Actor], settings: Settings
) -> None:
    confirm(at_the_desk("administrator"))
    settings.PUBLIC_PARTS = frozenset({"status"})
    said = page(Client(), "/status/states/FRA/")
    assert "What it notified of its own law" in said
    assert people["administrator"].name not in said
    assert "/status/profiles/" not in said
    assert Client().get("/status/profiles/").status_code == 302


def test_a_profile_is_taken_back_from_a_day_on(desk: Node) -> None:
    client = at_the_desk("administrator")
    confirm(client)
    taken = {"step": "withdraw", "state": "FRA", "instrument": "uncc", "since": "2028-03-01", "confirm": "yes"}
    assert client.post("/status/profiles/", {**taken, "confirm": ""}).status_code == 400
    assert client.post("/status/profiles/", {**taken, "since": "soon"}).status_code == 400
    assert client.post("/status/profiles/", taken).status_code == 302
    assert "taken back" in page(client, "/status/profiles/")
    assert "own law" not in page(client, "/status/states/FRA/")
    assert "own law" in page(client, "/status/states/FRA/?on=2028-02-29")
    assert client.post("/status/profiles/", taken).status_code == 404


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (PROFILE.replace('"40(13)"', '"42(8)"'), 400, "profile-lowers-a-duty"),
        (PROFILE + "colour = 1\n", 400, "bad-profile"),
        (PROFILE.replace('"FRA"', '"XXX"'), 400, "bad-profile"),
        ("#" * (256 * 1024 + 1), 400, "bad-profile"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(desk: Node, text: str, status: int, code: str) -> None:
    client = at_the_desk("administrator")
    assert code in look(client, text, status=status)
    assert confirm(client, text) == status
    assert profiles.notified(desk) == ()


def test_what_did_not_come_back_whole_or_overlaps_is_refused(desk: Node) -> None:
    client = at_the_desk("administrator")
    assert confirm(client, file_data="%%%") == 403
    assert client.post("/status/profiles/", {}).status_code == 400
    assert confirm(client) == 302
    assert "profiles-overlap" in look(client, status=403)
    later = PROFILE.replace("2028-01-20", "2028-02-20")
    assert "fra.toml then ends on 20 February 2028" in look(client, later)
    assert confirm(client, later) == 302
    assert [one.standing for one in client.get("/status/profiles/").context["kept"]] == ["counts", "ended"]
