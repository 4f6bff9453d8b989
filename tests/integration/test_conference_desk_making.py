"""A meeting is prepared on a page, its passes are issued and withdrawn, its rules and record are read."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support import meetings as played
from tests.support.desk import at_the_desk, page
from tests.support.meeting_on_node import facts, made, play
from tests.support.meetings import CHAIR, code

from rogatory.conference.record.verify import verify
from rogatory.node.conference import meetings, passes
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.site import wiring
from rogatory.web.conference import live

FACTS = {
    "rulebook": "hanoi-draft",
    "title_en": "First session",
    "title_fr": "Première session",
    "body": "conference",
    "kind": "regular",
    "venue": "Hanoi",
    "opens": "2029-03-05",
    "closes": "2029-03-09",
    "id": "COP-NEW",
    "presiding": "VNM",
}
TABLE = "code,kind\nVNM,party\nFRA,party\nBRA,signatory\n"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    live.watch.cache_clear()
    yield
    live.watch.cache_clear()


@pytest.fixture
def convened(desk: Node, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Node:
    """A meeting that has been announced."""
    here, meeting = made(desk, people["secretary"])
    play(here, meeting, played.arrived(played.convened()).events)
    monkeypatch.setattr(wiring, "node", lambda: here)
    return here


def test_a_meeting_is_looked_at_and_then_made_with_the_answers_chosen(desk: Node) -> None:
    office = at_the_desk("secretary")
    assert "hanoi-draft" in page(office, "/conference/new/")
    asked = page(office, "/conference/new/?rulebook=hanoi-draft")
    assert "How do non-governmental organisations come in?" in asked
    given = {**FACTS, "option.reasons": "owed"}
    looked = office.post(
        "/conference/new/", {**given, "step": "look", "file": SimpleUploadedFile("who.csv", TABLE.encode())}
    )
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "3 participants" in text
    assert [row.id for row in meetings.listed(desk)] == []
    kept = re.search(r'<textarea name="table"[^>]*>([^<]*)<', text)
    assert kept
    answer = office.post("/conference/new/", {**given, "step": "make", "table": html.unescape(kept[1])})
    assert answer.headers["Location"] == "/conference/COP-NEW/"
    state = meetings.sitting(desk, "COP-NEW").state
    assert (sorted(state.seats), state.presiding, state.book.chosen["reasons"]) == (
        ["BRA", "FRA", "VNM"],
        "VNM",
        "owed",
    )
    assert state.seats["BRA"].kind == "signatory"


def test_without_a_table_every_state_takes_part_by_its_standing_and_doubts_are_named(desk: Node) -> None:
    looked = at_the_desk("secretary").post("/conference/new/", {**FACTS, "step": "look"})
    number = re.search(r"(\d+) participants", looked.content.decode())
    assert number
    assert int(number[1]) > 150


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"venue": ""}, "missing"),
        ({"opens": "soon"}, "soon"),
        ({"closes": "2029-03-01"}, "closes before it opens"),
        ({"table": "code,kind\nVNM,guest\n"}, "guest"),
        ({"option.reasons": "perhaps"}, "perhaps"),
        ({"id": "a/b"}, "a/b"),
    ],
)
def test_what_cannot_be_made_is_refused_and_the_form_keeps_what_was_written(
    desk: Node, change: dict[str, str], says: str
) -> None:
    sent = {**FACTS, "table": TABLE, "step": "make", **change}
    answer = at_the_desk("secretary").post("/conference/new/", sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert says in text
    assert 'value="First session"' in text
    assert meetings.listed(desk) == ()


def test_badges_are_printed_once_and_each_link_opens_its_face(convened: Node) -> None:
    office = at_the_desk("secretary")
    sheet = office.post("/conference/COP-1/passes/issue-all/").content.decode()
    links = re.findall(r'<code class="pass-link">([^<]+)</code>', sheet)
    seated = [one for one in meetings.sitting(convened, "COP-1").state.seats.values() if one.place == "seated"]
    assert len(links) == len(seated) == sheet.count('<article class="badge')
    device = Client()
    assert device.get(links[0].removeprefix("http://testserver")).headers["Location"] == "/conference/COP-1/phone/"
    later = page(office, "/conference/COP-1/passes/")
    assert "Every delegation has a pass." in later
    assert links[0].rsplit("/", 2)[1] not in later
    assert "/in/" not in later


def test_one_pass_is_issued_by_name_and_withdrawn_only_when_confirmed(
    convened: Node, people: dict[str, Person]
) -> None:
    office = at_the_desk("secretary")
    sent = {"role": "presiding", "of": "aland 00", "name": "The President"}
    assert "The President" in office.post("/conference/COP-1/passes/issue/", sent).content.decode()
    wrong = office.post("/conference/COP-1/passes/issue/", {"role": "presiding", "of": "Narnia"})
    assert wrong.status_code == 404
    assert b"data-refusal" in wrong.content
    held = passes.listed(convened, people["secretary"], "COP-1")
    assert [(one.role, one.of, one.name) for one in held] == [("presiding", CHAIR, "The President")]
    address = f"/conference/COP-1/passes/{held[0].id}/revoke/"
    assert office.post(address).status_code == 400
    assert office.post(address, {"confirm": "yes"}).status_code == 302
    assert passes.listed(convened, people["secretary"], "COP-1")[0].revoked_at is not None


def test_papers_and_participants_are_entered_on_their_pages(convened: Node) -> None:
    office = at_the_desk("secretary")

    def act(face: str, kind: str, **sent: object) -> int:
        answer = office.post(f"/conference/COP-1/act/{face}/", {"kind": kind, **sent}, headers={"X-Live": "1"})
        return int(answer.status_code)

    words = {"title.en": "Report", "title.fr": "Rapport"}
    assert act("papers", "document-issued", symbol="CONF/1", languages=["en", "fr"], item="1", **words) == 200
    assert act("papers", "item-proposed", item="9", **{"title.en": "Other matters"}) == 200
    row = {"seat.code": "FORUM", "seat.name.en": "Forum", "seat.kind": "ngo-other"}
    assert act("participants", "observer-applied", **row) == 200
    assert act("participants", "observers-listed") == 200
    assert act("participants", "observer-admitted", seat="forum") == 403, "objections may still come"
    stand = {"seat": code(3), "post": "president", "person": "A. Person", "endorsed": "yes"}
    assert act("participants", "candidature-submitted", **stand) == 200
    state = meetings.sitting(convened, "COP-1").state
    assert state.documents["CONF/1"].languages == ("en", "fr")
    assert state.items[-1].title.fr == "Other matters"
    assert (state.seats["FORUM"].place, state.candidatures[0].endorsed) == ("applied", True)
    for face, says in (("papers", "CONF/1"), ("participants", "A. Person")):
        assert says in page(office, f"/conference/COP-1/{face}/")


def test_rules_are_told_with_their_sureness_and_the_record_is_given_whole(convened: Node) -> None:
    office = at_the_desk("secretary")
    book = meetings.sitting(convened, "COP-1").state.book
    rules = html.unescape(page(office, "/conference/COP-1/rules/"))
    assert all(rule.says.en in rules for rule in book.rules.values())
    file = b"".join(office.get("/conference/COP-1/record/file/").streaming_content)  # type: ignore[attr-defined]
    checked = verify(file.splitlines(keepends=True))
    assert checked.state == meetings.sitting(convened, "COP-1").state
    assert meetings.sitting(convened, "COP-1").head in page(office, "/conference/COP-1/record/")


def test_the_report_is_downloaded_in_each_form(convened: Node) -> None:
    office = at_the_desk("secretary")
    assert 'href="/conference/COP-1/report/fr/html/"' in page(office, "/conference/COP-1/record/")
    head = meetings.sitting(convened, "COP-1").head
    for form in ("html", "json"):
        answer = office.get(f"/conference/COP-1/report/fr/{form}/")
        assert answer.status_code == 200
        assert head in answer.content.decode()
    assert "attachment" in answer.headers["Content-Disposition"]
    tables = office.get("/conference/COP-1/report/en/csv/").content
    assert len(zipfile.ZipFile(io.BytesIO(tables)).namelist()) > 2
    assert office.get("/conference/COP-1/report/en/exe/").status_code == 404


def test_a_number_that_was_only_reconstructed_is_never_shown(desk: Node, people: dict[str, Person]) -> None:
    seats = [one for one in facts()["seats"] if one["kind"] == "party"]
    made_under = {**facts(), "seats": seats}
    meetings.create(desk, people["secretary"], made_under, rulebook="untoc", choices={})
    book = meetings.sitting(desk, "COP-1").state.book
    hidden = [rule for rule in book.rules.values() if rule.number and not rule.number_sure]
    assert len(hidden) > 10
    rules = html.unescape(page(at_the_desk("secretary"), "/conference/COP-1/rules/"))
    for rule in hidden:
        assert rule.title.en[1:] in rules
        assert f"Rule {rule.number}" not in rules
