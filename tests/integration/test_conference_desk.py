"""The desks of chair and secretariat: who comes in and how, what is offered, what is taken, what is refused."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.support import meetings as played
from tests.support.desk import at_the_desk, page
from tests.support.meeting_on_node import facts, made, play, voting
from tests.support.meetings import CHAIR, code

from rogatory.conference.meeting import engine
from rogatory.conference.record import entries
from rogatory.node.conference import meetings, passes
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.site import logfilter, wiring
from rogatory.web.conference import access, live, refusals
from rogatory.web.conference.faces import FACES

PHONE, DESK, CHAIRS = "/conference/COP-1/phone/", "/conference/COP-1/", "/conference/COP-1/chair/"


@pytest.fixture
def secretary(people: dict[str, Person]) -> Person:
    return people["secretary"]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """What a process has read of a meeting of the same name in another test is not of this one."""
    live.watch.cache_clear()
    yield
    live.watch.cache_clear()


def shown(node: Node, monkeypatch: pytest.MonkeyPatch) -> Node:
    """*node* behind the pages."""
    monkeypatch.setattr(wiring, "node", lambda: node)
    return node


@pytest.fixture
def before(desk: Node, secretary: Person, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A meeting that is announced; S00 presides; only two of nine Parties are here."""
    here, meeting = made(desk, secretary)
    play(here, meeting, played.arrived(played.convened(), absent=tuple(code(one) for one in range(2, 9))).events)
    return shown(here, monkeypatch)


@pytest.fixture
def vote(desk: Node, secretary: Person, monkeypatch: pytest.MonkeyPatch) -> Node:
    """A meeting in which a recorded vote is open."""
    here, _meeting, _table = voting(desk, secretary)
    return shown(here, monkeypatch)


def holder(node: Node, secretary: Person, role: str, of: str, *, csrf: bool = False) -> Client:
    """A device that has opened the link of a badge."""
    secret = passes.issue(node, secretary, "COP-1", role=role, of=of, name=f"{role} {of}")
    client = Client(enforce_csrf_checks=csrf)
    assert client.get(f"/conference/COP-1/in/{secret}/").status_code == 302
    return client


def act(client: Client, face: str, kind: str, *, script: bool = True, **sent: Any) -> Any:
    """What is answered to an act."""
    headers = {"X-Live": "1"} if script else {}
    return client.post(f"/conference/COP-1/act/{face}/", {"kind": kind, **sent}, headers=headers)


def version(node: Node, face: str, of: str) -> str:
    return live.watch().version(FACES[face], "COP-1", meetings.sitting(node, "COP-1").state, of)


def test_only_secretaries_come_to_the_desk_of_a_meeting(before: Node) -> None:
    assert Client().get(DESK).headers["Location"].startswith("/accounts/login/")
    assert at_the_desk("drafter").get(DESK).status_code == 403
    assert "First session" in page(at_the_desk("drafter"), "/conference/")
    assert "Attendance" in page(at_the_desk("secretary"), DESK)


def test_a_badge_opens_its_face_and_its_secret_stays_nowhere(
    before: Node, secretary: Person, caplog: pytest.LogCaptureFixture
) -> None:
    secret = passes.issue(before, secretary, "COP-1", role="presiding", of=CHAIR, name="The chair")
    client = Client()
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/conference/COP-1/in/{secret}/")
        assert client.post(f"/conference/COP-1/in/{secret}/").status_code == 405
    assert answer.headers["Location"] == CHAIRS
    cookie = answer.cookies["rogatory-pass-presiding"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/conference/COP-1/", True, "Lax")
    assert secret not in caplog.text
    assert "sessionid" not in "".join(client.cookies)
    assert "The chair's desk" in page(client, CHAIRS)


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("/conference/COP-1/in/ABCDEF/", "/conference/COP-1/in/…/"),
        ("/Conference//COP-1//IN/ABCDEF/more", "/Conference//COP-1//IN/…/more"),
        ("/conf/COP-1/7GV5DDJG2K7BSAE5BPK8V1NNWJWPE9B2", "/conf/COP-1/…"),
        ("/office/programme/3/feeds/room-2/0f3a9c.ics", "/office/programme/3/feeds/room-2/…"),
    ],
)
def test_no_line_of_the_log_tells_the_secret_of_a_pass_or_a_feed(address: str, logged: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "Bad: %s", (address,), None)
    assert logfilter.WithoutSecrets().filter(record)
    assert record.getMessage() == f"Bad: {logged}"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["without-secrets"]


def test_a_pass_is_for_one_role_of_one_meeting_and_ends_when_it_is_revoked(before: Node, secretary: Person) -> None:
    client = holder(before, secretary, "presiding", CHAIR)
    meetings.create(before, secretary, {**facts(), "id": "COP-2"}, rulebook="hanoi-draft", choices={})
    value = client.cookies["rogatory-pass-presiding"].value
    other = Client()
    other.cookies["rogatory-pass-presiding"] = value
    other.cookies["rogatory-pass-delegation"] = value
    assert other.get("/conference/COP-2/chair/").status_code == 403
    assert other.get(PHONE).status_code == 403
    other.cookies["rogatory-pass-presiding"] = value[:-2] + ("AA" if value[-2:] != "AA" else "BB")
    assert other.get(CHAIRS).status_code == 403
    assert client.get(CHAIRS).status_code == 200
    passes.revoke(before, secretary, "COP-1", passes.listed(before, secretary, "COP-1")[0].id)
    assert client.get(CHAIRS).status_code == 403
    assert act(client, "chair", "meeting-opened").status_code == 403


def test_guessing_links_is_stopped_after_a_few_tries_and_shuts_nobody_out_of_the_room(
    before: Node, secretary: Person
) -> None:
    secret = passes.issue(before, secretary, "COP-1", role="presiding", of=CHAIR, name="The chair")
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(access.TRIES_A_MINUTE):
        assert client.get("/conference/COP-1/in/WRONG/").status_code == 403
    stopped = client.get("/conference/COP-1/in/WRONG/")
    assert stopped.status_code == 403
    assert b"Too many links" in stopped.content
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/conference/COP-1/in/{secret}/").status_code == 302


def test_the_chair_is_told_why_the_meeting_cannot_open_and_then_opens_it(before: Node, secretary: Person) -> None:
    client = holder(before, secretary, "presiding", CHAIR)
    text = page(client, CHAIRS)
    assert "cannot be opened yet" in text
    assert 'value="meeting-opened"' not in text
    late = act(client, "chair", "meeting-opened")
    assert late.status_code == 403
    assert "There is no quorum" in page_text(late) or "are needed" in page_text(late)
    assert before_state(before).book.cite("quorum") in page_text(late)
    office = at_the_desk("secretary")
    for name in ("eland 04", code(5).lower(), code(6)):  # by name, in small letters, by code
        assert act(office, "desk", "attendance", seat=name, present="yes").status_code == 200
    assert 'value="meeting-opened"' in page(client, CHAIRS)
    assert act(client, "chair", "meeting-opened", script=False).headers["Location"] == CHAIRS
    assert before_state(before).phase == "sitting"


def before_state(node: Node) -> Any:
    return meetings.sitting(node, "COP-1").state


def page_text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_refusal_is_said_in_french_with_the_rule_in_our_words(before: Node, secretary: Person) -> None:
    client = holder(before, secretary, "presiding", CHAIR)
    client.post("/i18n/setlang/", {"language": "fr", "next": "/"})
    answer = act(client, "chair", "meeting-opened", script=False)
    assert answer.status_code == 403
    text = page_text(answer)
    quorum = before_state(before).book.rule("quorum")
    assert "Le quorum n’est pas atteint." in text
    assert quorum.name.fr in text.replace("&#x27;", "'")
    assert "Ce qui peut suivre" in text, "the whole page is there, with the refusal"


def test_a_face_is_drawn_only_when_what_it_shows_has_changed(vote: Node, secretary: Person) -> None:
    chair, phone = holder(vote, secretary, "presiding", CHAIR), holder(vote, secretary, "delegation", code(1))
    seen = {"chair": version(vote, "chair", CHAIR), "phone": version(vote, "phone", code(1))}
    for client, face in ((chair, "chair"), (phone, "phone")):
        answer = client.get(f"/conference/COP-1/live/{face}/", {"seen": seen[face]})
        assert (answer.status_code, answer.content) == (204, b"")
    for number in (2, 3):
        meetings.act(
            vote, "COP-1", passes.Actor("delegation", code(number)), "vote-cast", {"vote": "V1", "choice": "yes"}
        )
    assert phone.get("/conference/COP-1/live/phone/", {"seen": seen["phone"]}).status_code == 204
    answer = chair.get("/conference/COP-1/live/chair/", {"seen": seen["chair"]})
    assert answer.status_code == 200
    assert answer.headers["X-Version"] == version(vote, "chair", CHAIR) != seen["chair"]
    assert f">{code(4)}</abbr>" in page_text(answer), "who has not voted is named"
    assert f">{code(2)}</abbr>" not in page_text(answer)
    assert "csrfmiddlewaretoken" not in page_text(answer), "a fragment is the same for the same state"


def test_what_has_not_changed_is_said_before_django_and_without_the_database(
    vote: Node, secretary: Person, django_assert_num_queries: Any
) -> None:
    client = holder(vote, secretary, "delegation", code(1))
    cookie = client.cookies["rogatory-pass-delegation"].value
    asked = {
        "PATH_INFO": "/conference/COP-1/live/phone/",
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": f"seen={version(vote, 'phone', code(1))}",
        "HTTP_COOKIE": f"other=1; rogatory-pass-delegation={cookie}",
    }
    assert live.unchanged(vote, asked, FACES)
    with django_assert_num_queries(0):
        assert live.unchanged(vote, asked, FACES)
    assert not live.unchanged(vote, {**asked, "QUERY_STRING": "seen=other"}, FACES)
    assert not live.unchanged(vote, {**asked, "HTTP_COOKIE": "rogatory-pass-delegation=forged"}, FACES)
    assert not live.unchanged(vote, {**asked, "PATH_INFO": "/conference/COP-1/phone/"}, FACES)
    meetings.act(vote, "COP-1", passes.Actor("delegation", code(1)), "vote-cast", {"vote": "V1", "choice": "no"})
    assert not live.unchanged(vote, asked, FACES), "one's own vote is shown at once"


def test_the_same_press_counts_once_however_often_it_is_sent(vote: Node, secretary: Person) -> None:
    client = holder(vote, secretary, "delegation", code(1))
    sent = {"vote": "V1", "choice": "yes", "once": "0123456789abcdef0123456789abcdef"}
    first = act(client, "phone", "vote-cast", **sent)
    number = meetings.sitting(vote, "COP-1").number
    again = act(client, "phone", "vote-cast", **sent)
    assert (first.status_code, again.status_code) == (200, 200)
    assert meetings.sitting(vote, "COP-1").number == number
    other = act(client, "phone", "vote-cast", vote="V1", choice="yes", once="f" * 32)
    assert other.status_code == 403
    assert "counts once" in page_text(other)


def test_an_act_from_another_site_is_refused(vote: Node, secretary: Person) -> None:
    client = holder(vote, secretary, "delegation", code(1), csrf=True)
    assert act(client, "phone", "vote-cast", vote="V1", choice="yes").status_code == 403
    assert before_state(vote).vote.votes == {}
    token = re.search(r'data-csrf="([^"]+)"', page(client, PHONE))
    assert token
    answer = client.post(
        "/conference/COP-1/act/phone/",
        {"kind": "vote-cast", "vote": "V1", "choice": "yes"},
        headers={"X-Live": "1", "X-CSRFToken": token[1]},
    )
    assert answer.status_code == 200
    assert before_state(vote).vote.votes == {code(1): "yes"}


def test_what_a_secretary_enters_for_others_says_so_in_the_record(vote: Node) -> None:
    office = at_the_desk("secretary")
    choice = office.get("/conference/COP-1/for/", {"of": code(3).lower(), "role": "delegation"})
    assert choice.headers["Location"] == f"/conference/COP-1/for/delegation/{code(3)}/"
    text = page(office, choice.headers["Location"])
    assert "as entered by you" in text
    sent = {"kind": "vote-cast", "body": '{"vote":"V1","choice":"abstain"}'}
    assert office.post(choice.headers["Location"], sent).status_code == 302
    assert office.post(choice.headers["Location"], {**sent, "once": "9" * 32}).status_code == 403
    assert act(office, "chair", "vote-closed", vote="V1").status_code == 200
    last = list(meetings.record(vote, "COP-1"))[-2:]
    read = [
        entries.read(line.rstrip(b"\n"), number=number)[0]
        for number, line in enumerate(last, meetings.sitting(vote, "COP-1").number - 1)
    ]
    assert [(one.event.by.role, one.event.by.of, one.entered_by) for one in read] == [
        ("delegation", code(3), "secretary"),
        ("presiding", CHAIR, "secretary"),
    ]
    assert office.get("/conference/COP-1/for/presiding/S00/").status_code == 404


def test_a_desk_of_another_state_says_who_presides(vote: Node, secretary: Person) -> None:
    client = holder(vote, secretary, "presiding", code(5))
    text = page(client, CHAIRS)
    assert "presides now; this desk is for another State" in text
    assert 'value="vote-closed"' not in text
    assert act(client, "chair", "vote-closed", vote="V1").status_code == 403


def test_malformed_forms_are_refused_and_change_nothing(vote: Node, secretary: Person) -> None:
    client = holder(vote, secretary, "presiding", CHAIR)
    number = meetings.sitting(vote, "COP-1").number
    for sent in (
        {"kind": "no-such-kind"},
        {"kind": "vote-closed", "body": "[1]"},
        {"kind": "vote-closed", "body": "{" * 30_000},
        {"kind": "vote-closed", "vote": "V" * 100},
        {"kind": "attendance", "seat": CHAIR, "present": "yes"},
    ):
        answer = client.post("/conference/COP-1/act/chair/", sent, headers={"X-Live": "1"})
        assert answer.status_code in (400, 403), sent
        assert b"data-refusal" in answer.content
    assert meetings.sitting(vote, "COP-1").number == number


def test_every_refusal_of_the_engine_has_its_sentence_word_for_word() -> None:
    waiting, found = list(engine.OutOfOrder.__mro__[1].__subclasses__()), {}
    while waiting:
        one = waiting.pop()
        waiting.extend(one.__subclasses__())
        found[one.code] = (one.__doc__ or "").splitlines()[0]
    assert len(found) > 10
    assert {name: str(refusals.SENTENCES[name]) for name in found} == found
