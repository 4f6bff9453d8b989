"""The files of a session's documents, and what a delegation submits from its phone."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support import meetings as played
from tests.support.desk import at_the_desk
from tests.support.meeting_on_node import made, play
from tests.support.meetings import NGO, code

from rogatory.cli.conference import documenting
from rogatory.conference.meeting.events import Actor
from rogatory.conference.record.verify import verify
from rogatory.errors import RogatoryError
from rogatory.node.conference import documents, meetings, passes
from rogatory.node.conference.publishing import Reader
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.ports.blobs import BlobDamaged
from rogatory.site import wiring
from rogatory.web.conference import live

MEETING = "COP-1"
PDF = b"%PDF-1.7\n1 0 obj\n"
TEXT = "Projet de décision\n".encode()
TITLE = {"title.en": "Draft decision", "title.fr": "Projet de décision"}
ADDRESS = f"/conference/{MEETING}/document"


@pytest.fixture
def here(desk: Node, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
    """A meeting is sitting on the node behind the pages."""
    live.watch.cache_clear()
    found, _meeting = made(desk, people["secretary"])
    play(found, MEETING, played.sitting().events)
    monkeypatch.setattr(wiring, "node", lambda: found)
    yield found
    live.watch.cache_clear()


def docx(*more: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return whole.getvalue()


def issue(client: Client, symbol: str = "CONF/1", **files: bytes) -> Any:
    sent: dict[str, Any] = {f"file.{lang}": SimpleUploadedFile("any.exe", data) for lang, data in files.items()}
    form = {"kind": "document-issued", "symbol": symbol, **TITLE, **sent}
    return client.post(f"/conference/{MEETING}/act/papers/", form, headers={"X-Live": "1"})


def device(here: Node, secretary: Person, of: str) -> Client:
    secret = passes.issue(here, secretary, MEETING, role="delegation", of=of, name=of)
    client = Client()
    assert client.get(f"/conference/{MEETING}/in/{secret}/").status_code == 302
    return client


def test_a_document_is_issued_with_its_files_and_given_away_as_it_was_issued(
    here: Node, people: dict[str, Person]
) -> None:
    office = at_the_desk("secretary")
    answer = issue(office, en=PDF, fr=TEXT)
    assert f"{ADDRESS}/en/1/CONF/1" in answer.content.decode()
    assert issue(office, en=docx()).status_code == 200
    state = meetings.sitting(here, MEETING).state
    assert state.documents["CONF/1"].earlier[0].files == (
        ("en", hashlib.sha256(PDF).hexdigest()),
        ("fr", hashlib.sha256(TEXT).hexdigest()),
    )
    assert not verify(meetings.record(here, MEETING)).failures
    phone = device(here, people["secretary"], code(3))
    page = phone.get(f"/conference/{MEETING}/phone/").content.decode()
    assert f'href="{ADDRESS}/en/2/CONF/1"' in page
    assert f'href="{ADDRESS}/fr/1/CONF/1"' in page
    for language, version, data, mime, ending in (
        ("en", 1, PDF, "application/pdf", "pdf"),
        ("fr", 1, TEXT, "text/plain; charset=utf-8", "txt"),
        ("en", 2, docx(), documents.TYPES["docx"], "docx"),
    ):
        got = phone.get(f"{ADDRESS}/{language}/{version}/CONF/1")
        assert (got.content, got["Content-Type"]) == (data, mime)
        assert got["Content-Disposition"] == f'attachment; filename="COP-1-CONF-1-v{version}-{language}.{ending}"'
        assert got["X-Content-Type-Options"] == "nosniff"
        assert got["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
        again = phone.get(f"{ADDRESS}/{language}/{version}/CONF/1", headers={"If-None-Match": got["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert phone.get(f"{ADDRESS}/fr/2/CONF/1").status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01", b"", b"bell\x07", b"PK\x03\x04 and no more", docx("word/vbaProject.bin"), docx()[:-30]],
)
def test_what_is_no_document_is_not_issued_and_nothing_of_it_is_kept(here: Node, data: bytes) -> None:
    refused = issue(at_the_desk("secretary"), en=PDF, fr=data)
    assert refused.status_code == 400
    assert not meetings.sitting(here, MEETING).state.documents
    assert not list(here.blobs.names("meetings"))


def test_a_file_too_large_or_refused_by_the_rules_leaves_nothing_behind(
    here: Node, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert issue(at_the_desk("secretary"), de=PDF).status_code == 400, "no language of the session"
    monkeypatch.setattr(documents, "MAX_FILE", 10)
    assert issue(at_the_desk("secretary"), en=PDF).status_code == 400
    assert not list(here.blobs.names("meetings"))
    body = {"symbol": "CONF/1", "title": {"en": "x"}}
    for person in (people["drafter"], people["approver"]):
        with pytest.raises(RogatoryError) as caught:
            documents.issue(here, person, MEETING, body, {"en": io.BytesIO(b"text")})
        assert caught.value.code == "role-missing"


def test_a_file_that_rotted_is_not_given_away_and_is_mended_by_issuing_it_again(
    here: Node, people: dict[str, Person]
) -> None:
    office = at_the_desk("secretary")
    assert issue(office, en=PDF).status_code == 200
    (name,) = here.blobs.names("meetings")
    here.blobs.replace(name, b"rotten")
    assert office.get(f"{ADDRESS}/en/1/CONF/1").status_code == 503
    found = documents.file_of(
        meetings.sitting(here, MEETING), "CONF/1", "en", 1, reader=Reader(person=people["secretary"])
    )
    with pytest.raises(BlobDamaged):
        documents.read(here, found)
    assert issue(office, en=PDF).status_code == 200
    assert office.get(f"{ADDRESS}/en/1/CONF/1").content == PDF


def test_the_public_gets_files_of_public_meetings_and_nothing_that_was_issued_in_private(
    here: Node, people: dict[str, Person], settings: LazySettings
) -> None:
    office, anybody = at_the_desk("secretary"), Client()
    assert issue(office, en=PDF).status_code == 200
    assert anybody.get(f"{ADDRESS}/en/1/CONF/1").status_code == 403
    settings.PUBLIC_PARTS = ("conference",)
    assert anybody.get(f"{ADDRESS}/en/1/CONF/1").content == PDF
    assert f"{ADDRESS}/en/1/CONF/1" in anybody.get(f"/conference/{MEETING}/public/").content.decode()
    meetings.act(here, MEETING, Actor("delegation", code(3)), "motion-moved", {"motion": "private-meeting"})
    moved = meetings.sitting(here, MEETING).state.floor.motions[0].id
    chair = Actor("presiding", meetings.sitting(here, MEETING).state.presiding)
    meetings.act(here, MEETING, chair, "motion-agreed", {"pending": moved})
    assert meetings.sitting(here, MEETING).state.private
    assert issue(office, "CONF/9", en=TEXT).status_code == 200
    observer = device(here, people["secretary"], NGO)
    for client in (anybody, observer):
        assert client.get(f"{ADDRESS}/en/1/CONF/1").status_code == 403
    assert device(here, people["secretary"], code(3)).get(f"{ADDRESS}/en/1/CONF/9").content == TEXT
    meetings.act(here, MEETING, chair, "meeting-made-public", {})
    for client, face in ((anybody, "public"), (observer, "phone")):
        assert client.get(f"{ADDRESS}/en/1/CONF/9").status_code == 404
        assert client.get(f"{ADDRESS}/en/1/CONF/1").content == PDF
        assert "CONF/9" not in client.get(f"/conference/{MEETING}/{face}/").content.decode()


def test_a_delegation_submits_amends_sponsors_and_withdraws_from_its_phone(
    here: Node, people: dict[str, Person]
) -> None:
    mine, other = code(3), code(4)
    phone, second = (device(here, people["secretary"], one) for one in (mine, other))

    def press(client: Client, kind: str, **fields: str) -> int:
        sent = {"kind": kind, **fields}
        answer = client.post(f"/conference/{MEETING}/act/phone/", sent, headers={"X-Live": "1"})
        return int(answer.status_code)

    page = phone.get(f"/conference/{MEETING}/phone/").content.decode()
    assert "Submit a proposal" in page
    assert f'value="{mine}/1"' in page
    item = meetings.sitting(here, MEETING).state.items[0].id
    way = f'{{"item":"{item}"}}'
    assert press(phone, "proposal-submitted", body=way, proposal=f"{mine}/1", sponsors="s05", **TITLE) == 200
    state = meetings.sitting(here, MEETING).state
    assert state.proposals[f"{mine}/1"].sponsors == (mine, "S05")
    amend = second.get(f"/conference/{MEETING}/phone/").content.decode()
    assert "Submit an amendment" in amend
    way = f'{{"amends":"{mine}/1"}}'
    assert press(second, "proposal-submitted", body=way, proposal=f"{other}/1", **TITLE) == 200
    way = f'{{"joins":true,"proposal":"{mine}/1"}}'
    assert press(second, "sponsorship", body=way) == 200
    assert "Sponsor no longer" in second.get(f"/conference/{MEETING}/phone/").content.decode()
    assert press(second, "sponsorship", body=way.replace("true", "false")) == 200
    assert press(second, "proposal-withdrawn", body=f'{{"proposal":"{mine}/1"}}') == 403
    assert press(phone, "proposal-withdrawn", body=f'{{"proposal":"{mine}/1"}}') == 200
    state = meetings.sitting(here, MEETING).state
    assert [one.status for one in state.proposals.values()][-2:] == ["withdrawn", "not-put"]


def test_a_delegation_proposes_an_item_until_the_agenda_is_adopted(
    desk: Node, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    live.watch.cache_clear()
    found, _meeting = made(desk, people["secretary"])
    monkeypatch.setattr(wiring, "node", lambda: found)
    phone = device(found, people["secretary"], code(3))
    assert "Propose an item" in phone.get(f"/conference/{MEETING}/phone/").content.decode()
    sent = {"kind": "item-proposed", "item": "1", "title.en": "Regional centres", "title.fr": ""}
    assert phone.post(f"/conference/{MEETING}/act/phone/", sent, headers={"X-Live": "1"}).status_code == 200
    item = meetings.sitting(found, MEETING).state.items[-1]
    assert (item.id, item.proposed_by, item.title.en) == ("1", code(3), "Regional centres")
    live.watch.cache_clear()


def test_the_command_takes_the_files_that_it_is_given(tmp_path: Path) -> None:
    assert documenting._paths([f"en={tmp_path}/a=b.pdf"]) == {"en": Path(f"{tmp_path}/a=b.pdf")}
    for given in ([], ["en"], ["en=a", "en=b"]):
        with pytest.raises(RogatoryError):
            documenting._paths(given)
