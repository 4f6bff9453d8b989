"""The phone, the screen, the tellers' sheet and the public page of a meeting, as devices with passes see them."""

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.support import meetings as played
from tests.support.meeting_on_node import made, play, set_clock, voting
from tests.support.meetings import NGO, SIGNATORY, Table, choices

from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.possible import possible
from rogatory.conference.record.verify import verify
from rogatory.conference.report import summary
from rogatory.conference.report.values import SessionReport
from rogatory.kernel import times
from rogatory.node.conference import meetings, passes
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.site import wiring
from rogatory.web.conference import access, live, offers, reports
from rogatory.web.conference.offers import Delegation

MEETING = "COP-1"


@pytest.fixture(autouse=True)
def fresh_watch() -> Iterator[None]:
    """Meetings of the same name in other tests are not these."""
    live.watch.cache_clear()
    yield
    live.watch.cache_clear()


@pytest.fixture
def secretary(people: dict[str, Person]) -> Person:
    return people["secretary"]


@pytest.fixture
def vote(node: Node, secretary: Person, monkeypatch: pytest.MonkeyPatch) -> tuple[Node, Table]:
    """Vote V1 on P1 is open, on the node behind the pages."""
    here, _meeting, table = voting(node, secretary)
    monkeypatch.setattr(wiring, "node", lambda: here)
    return here, table


@pytest.fixture
def ballot(node: Node, secretary: Person, monkeypatch: pytest.MonkeyPatch) -> tuple[Node, Table]:
    """Three stand for one office, two tellers are appointed, the first ballot is open."""
    table = played.sitting()
    table.do("chair", "credentials-approved", accepted=sorted(f"S{one:02}" for one in range(9)))
    for one in ("S01", "S02", "S03"):
        table.do("office", "candidature-submitted", seat=one, post="president", person=f"Person of {one}")
    table.do("chair", "tellers-appointed", tellers=["S07", "S08"])
    table.do("chair", "election-opened", contest="E1", post="president", seats=1)
    table.do("chair", "ballot-opened", contest="E1")
    here, _meeting = made(node, secretary)
    play(here, MEETING, table.events)
    monkeypatch.setattr(wiring, "node", lambda: here)
    return here, table


def device(here: Node, secretary: Person, role: str, of: str) -> Client:
    """A device that has opened the link of its badge."""
    secret = passes.issue(here, secretary, MEETING, role=role, of=of, name=of or "Hall")
    client = Client()
    answer = client.get(f"/conference/{MEETING}/in/{secret}/")
    assert answer.status_code == 302
    assert secret not in answer["Location"]
    return client


def text(client: Client, face: str, status: int = 200, **how: Any) -> str:
    """What the page of *face* says, without its tags."""
    answer = client.get(f"/conference/{MEETING}/{face}/", **how)
    assert answer.status_code == status, answer.content.decode()
    return said(answer)


def said(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def press(client: Client, face: str, kind: str, once: str = "", **fields: str) -> Any:
    """The answer to one press with the page's script."""
    sent = {"kind": kind, **({"once": once} if once else {}), **fields}
    return client.post(f"/conference/{MEETING}/act/{face}/", sent, headers={"X-Live": "1"})


def cast(here: Node, table: Table, votes: dict[str, str]) -> None:
    """The vote that is open, to its close."""
    for one, choice in votes.items():
        table.do(one, "vote-cast", vote="V1", choice=choice)
    table.do("chair", "vote-closed", vote="V1")
    play(here, MEETING, table.events[-len(votes) - 1 :])


def test_the_vote_that_was_counted_comes_back_and_counts_once(vote: tuple[Node, Table], secretary: Person) -> None:
    here, _table = vote
    phone = device(here, secretary, "delegation", "S03")
    page = phone.get(f"/conference/{MEETING}/phone/").content.decode()
    assert re.findall(r'name="choice" value="(\w+)"', page) == ["yes", "no", "abstain"]
    assert "Your vote was counted" not in page
    name = "a" * 32
    number = meetings.sitting(here, MEETING).number
    for _again in range(3):
        answer = press(phone, "phone", "vote-cast", name, vote="V1", choice="yes")
        assert answer.status_code == 200
        assert "Your vote was counted: Yes" in said(answer)
    assert meetings.sitting(here, MEETING).number == number + 1
    twice = press(phone, "phone", "vote-cast", "b" * 32, vote="V1", choice="yes")
    assert twice.status_code == 403
    assert "its vote counts once" in said(twice)
    assert meetings.sitting(here, MEETING).state.vote.votes == {"S03": "yes"}  # type: ignore[union-attr]


def test_a_late_vote_is_not_counted_and_is_told_so(vote: tuple[Node, Table], secretary: Person) -> None:
    here, table = vote
    phone = device(here, secretary, "delegation", "S05")
    cast(here, table, choices(4, 1))
    late = press(phone, "phone", "vote-cast", vote="V1", choice="no")
    assert late.status_code == 403
    assert "The vote is closed: a late vote does not count." in said(late)
    page = text(phone, "phone")
    assert "No vote of yours was counted." in page
    assert "4 ≥" in page


def test_without_a_script_the_page_says_the_same(vote: tuple[Node, Table], secretary: Person) -> None:
    here, table = vote
    phone = device(here, secretary, "delegation", "S02")
    sent = {"kind": "vote-cast", "vote": "V1", "choice": "abstain"}
    answer = phone.post(f"/conference/{MEETING}/act/phone/", sent, follow=True)
    assert answer.redirect_chain
    assert "Your vote was counted: Abstention" in said(answer)
    cast(here, table, {"S01": "yes"})
    refused = phone.post(f"/conference/{MEETING}/act/phone/", {**sent, "choice": "yes"})
    assert refused.status_code == 403
    assert "a late vote does not count" in said(refused)
    assert "My delegation" in said(refused)


@pytest.mark.parametrize(("of", "reason"), [(SIGNATORY, "no vote"), (NGO, "no vote")])
def test_whoever_may_not_vote_is_told_why_under_which_rule(
    vote: tuple[Node, Table], secretary: Person, of: str, reason: str
) -> None:
    here, table = vote
    page = text(device(here, secretary, "delegation", of), "phone")
    assert "You cannot vote in this vote." in page
    assert reason in page
    assert table.state.book.rule(table.state.kind(of).rule).name.en in page
    assert 'name="choice"' not in page


def test_a_phone_is_drawn_anew_for_its_own_vote_and_not_for_others(vote: tuple[Node, Table], secretary: Person) -> None:
    here, _table = vote
    phone = device(here, secretary, "delegation", "S03")
    page = phone.get(f"/conference/{MEETING}/phone/").content.decode()
    seen = re.search(r'data-seen="(\w+)"', page)
    assert seen
    poll = f"/conference/{MEETING}/live/phone/?seen={seen[1]}"
    assert phone.get(poll).status_code == 204
    meetings.act(here, MEETING, Actor("delegation", "S04"), "vote-cast", {"vote": "V1", "choice": "no"})
    assert phone.get(poll).status_code == 204
    meetings.act(here, MEETING, Actor("delegation", "S03"), "vote-cast", {"vote": "V1", "choice": "no"})
    again = phone.get(poll)
    assert again.status_code == 200
    assert again["X-Version"] != seen[1]
    assert "Your vote was counted: No" in said(again)


def test_the_screen_says_how_many_have_voted_and_how_only_once_it_is_closed(
    vote: tuple[Node, Table], secretary: Person
) -> None:
    here, table = vote
    hall = device(here, secretary, "screen", "")
    running = device(here, secretary, "screen", passes.AS_IT_STANDS)
    table.do("S06", "vote-cast", vote="V1", choice="no")
    play(here, MEETING, table.events[-1:])
    name = table.state.seats["S06"].name
    before = text(hall, "screen")
    assert "1 has voted · 8 have not" in before
    assert "1 a voté" in before
    assert name.en not in before
    assert name.en in text(running, "screen")
    cast(here, table, {"S01": "yes", "S02": "yes", "S03": "abstain"})
    after = text(hall, "screen")
    assert "✓ Adopted" in after
    assert "✓ Adoption" in after
    assert name.en in after
    assert name.fr in after


def test_a_screen_and_the_public_do_nothing(vote: tuple[Node, Table], secretary: Person) -> None:
    here, _table = vote
    hall = device(here, secretary, "screen", "")
    for face in ("screen", "public"):
        answer = press(hall, face, "vote-closed", vote="V1")
        assert answer.status_code == 404
    assert meetings.sitting(here, MEETING).state.vote


def test_two_tellers_count_alike_or_nothing_is_counted(ballot: tuple[Node, Table], secretary: Person) -> None:
    here, _table = ballot
    first, second = (device(here, secretary, "teller", one) for one in ("S07", "S08"))
    assert "Ballot 1" in text(first, "tellers")
    sheet = {"contest": "E1", "papers": "9", "invalid": "1", "abstentions": "0"}
    votes = {"votes.S01": "5", "votes.S02": "3", "votes.S03": "0"}
    wrong = press(first, "tellers", "ballot-counted", **sheet, **{**votes, "votes.S01": "9"})
    assert wrong.status_code == 400
    assert "S01 has 9 votes on 8 valid papers" in said(wrong)
    assert "Your sheet is in" in said(press(first, "tellers", "ballot-counted", **sheet, **votes))
    waiting = text(second, "tellers")
    assert "S07 has handed in a sheet" in waiting
    assert "5" not in re.findall(
        r'name="votes\.S01" value="(\d*)"', second.get(f"/conference/{MEETING}/tellers/").content.decode()
    )
    differs = press(second, "tellers", "ballot-counted", **sheet, **{**votes, "votes.S01": "4", "votes.S02": "4"})
    assert differs.status_code == 403
    assert "S07 counted otherwise" in said(differs)
    alike = press(second, "tellers", "ballot-counted", **sheet, **votes)
    assert "Elected: S01" in said(alike)


def test_a_sheet_that_is_refused_keeps_what_was_typed_without_a_script(
    ballot: tuple[Node, Table], secretary: Person
) -> None:
    here, _table = ballot
    teller = device(here, secretary, "teller", "S07")
    sent = {"kind": "ballot-counted", "contest": "E1", "papers": "9", "invalid": "0", "abstentions": "0"}
    sent |= {"votes.S01": "1", "votes.S02": "1", "votes.S03": "1"}
    answer = teller.post(f"/conference/{MEETING}/act/tellers/", sent)
    assert answer.status_code == 400
    assert 'name="papers" value="9"' in answer.content.decode()
    assert "3 votes on 9 valid papers" in said(answer)


def test_the_public_reads_only_what_the_operator_opened(
    vote: tuple[Node, Table], secretary: Person, settings: Any
) -> None:
    here, table = vote
    anybody = Client()
    assert "no page for the public" in text(anybody, "public", 403)
    settings.PUBLIC_PARTS = frozenset({"conference"})
    page = text(anybody, "public")
    assert "A vote is being taken:" in page
    assert anybody.get(f"/conference/{MEETING}/public/record/").status_code == 403
    cast(here, table, choices(6, 2))
    page = text(anybody, "public")
    assert "✓ Adopted" in page
    assert "did not vote" in page
    answer = anybody.get(f"/conference/{MEETING}/public/record/")
    lines = b"".join(answer.streaming_content).splitlines(keepends=True)  # type: ignore[attr-defined]
    found = verify(lines, head=meetings.sitting(here, MEETING).head)
    assert not found.failures
    assert anybody.get(f"/conference/{MEETING}/phone/").status_code == 403


def test_the_public_is_not_given_the_record_while_tellers_count(
    ballot: tuple[Node, Table], secretary: Person, settings: Any
) -> None:
    settings.PUBLIC_PARTS = frozenset({"conference"})
    sheet = {"contest": "E1", "papers": "9", "invalid": "0", "abstentions": "0"}
    counted = {"votes.S01": "6", "votes.S02": "2", "votes.S03": "1"}
    teller = device(ballot[0], secretary, "teller", "S07")
    assert press(teller, "tellers", "ballot-counted", **sheet, **counted).status_code == 200
    assert Client().get(f"/conference/{MEETING}/public/record/").status_code == 403
    assert "/public/record/" not in Client().get(f"/conference/{MEETING}/public/").content.decode()
    second = device(ballot[0], secretary, "teller", "S08")
    assert press(second, "tellers", "ballot-counted", **sheet, **counted).status_code == 200
    assert Client().get(f"/conference/{MEETING}/public/record/").status_code == 200


def test_the_public_is_given_the_report_where_it_is_given_the_record_and_it_is_made_once(
    vote: tuple[Node, Table], secretary: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, table = vote
    address = f"/conference/{MEETING}/public/report/fr/html/"
    settings.PUBLIC_PARTS = frozenset()
    assert Client().get(address).status_code == 403
    settings.PUBLIC_PARTS = frozenset({"conference"})
    assert Client().get(address).status_code == 403, "a vote is being taken"
    assert "/public/report/" not in Client().get(f"/conference/{MEETING}/public/").content.decode()
    cast(here, table, choices(6, 2))
    assert f'href="{address}"' in Client().get(f"/conference/{MEETING}/public/").content.decode()
    taken: list[str] = []
    really = summary.report

    def report(events: Any, *, head: str) -> SessionReport:
        taken.append(head)
        return really(events, head=head)

    monkeypatch.setattr(summary, "report", report)
    first, second = Client().get(address), Client().get(address)
    assert (first.status_code, first.content) == (200, second.content)
    (head,) = taken
    assert head == meetings.sitting(here, MEETING).head
    assert head in first.content.decode()
    meetings.act(here, MEETING, Actor("delegation", "S03"), "floor-asked", {"purpose": "statement"})
    assert head not in Client().get(address).content.decode()
    assert len(taken) == 2
    assert Client().get(address.replace("/fr/", "/ru/")).status_code == 404
    monkeypatch.setattr(reports, "WAIT_SECONDS", 0.01)
    with reports._one_at_a_time:
        assert Client().get(address).status_code == 503


def test_the_public_is_given_no_more_of_the_record_than_was_there_when_it_asked(
    vote: tuple[Node, Table], secretary: Person, settings: Any
) -> None:
    here, table = vote
    settings.PUBLIC_PARTS = frozenset({"conference"})
    cast(here, table, choices(6, 2))
    number = meetings.sitting(here, MEETING).number
    answer = Client().get(f"/conference/{MEETING}/public/record/")
    meetings.act(here, MEETING, Actor("delegation", "S03"), "floor-asked", {"purpose": "statement"})
    lines = b"".join(answer.streaming_content).splitlines()  # type: ignore[attr-defined]
    assert len(lines) == number


def test_a_device_that_presses_faster_than_a_person_is_stopped_and_nobody_else(
    vote: tuple[Node, Table], secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _table = vote
    monkeypatch.setattr(access, "ACTS_A_MINUTE", 3)
    one, other = (device(here, secretary, "delegation", of) for of in ("S03", "S04"))
    for _ in range(3):
        assert press(one, "phone", "vote-closed", vote="V1").status_code == 403
    stopped = press(one, "phone", "vote-cast", vote="V1", choice="yes")
    assert stopped.status_code == 403
    assert "more acts within a minute" in said(stopped)
    assert press(other, "phone", "vote-cast", vote="V1", choice="yes").status_code == 200


def test_no_delegation_can_take_away_the_name_of_anothers_submission(
    vote: tuple[Node, Table], secretary: Person
) -> None:
    here, _table = vote
    one, other = (device(here, secretary, "delegation", of) for of in ("S03", "S04"))
    for phone, choice in ((one, "yes"), (other, "no")):
        assert press(phone, "phone", "vote-cast", "a" * 32, vote="V1", choice=choice).status_code == 200
    assert meetings.sitting(here, MEETING).state.vote.votes == {"S03": "yes", "S04": "no"}  # type: ignore[union-attr]


def test_a_private_meeting_has_no_public_page_and_its_record_stays(
    vote: tuple[Node, Table], secretary: Person, settings: Any
) -> None:
    here, table = vote
    settings.PUBLIC_PARTS = frozenset({"conference"})
    cast(here, table, choices(6, 2))
    done = len(table.events)
    table.carry("private-meeting")
    play(here, MEETING, table.events[done:])
    assert "no page for the public" in text(Client(), "public", 403)
    assert Client().get(f"/conference/{MEETING}/public/record/").status_code == 403


def test_the_phone_of_an_observer_tells_nothing_of_a_private_meeting(
    vote: tuple[Node, Table], secretary: Person
) -> None:
    here, table = vote
    cast(here, table, choices(6, 2))
    observer = device(here, secretary, "delegation", NGO)
    assert "Last vote" in text(observer, "phone")
    done = len(table.events)
    table.carry("private-meeting")
    table.do("S04", "point-raised", text="What is said in private.")
    play(here, MEETING, table.events[done:])
    assert "What is said in private." in text(device(here, secretary, "delegation", "S03"), "phone")
    shut = text(observer, "phone")
    assert "Your delegation does not attend" in shut
    live_part = said(observer.get(f"/conference/{MEETING}/live/phone/"))
    for told in ("What is said in private.", "Last vote", "The floor", "In the chair"):
        assert told not in shut
        assert told not in live_part


def test_the_floor_is_asked_for_and_left_and_the_place_is_said(vote: tuple[Node, Table], secretary: Person) -> None:
    here, table = vote
    cast(here, table, choices(6, 2))
    phone = device(here, secretary, "delegation", "S04")
    for one in ("S01", "S02"):
        meetings.act(here, MEETING, Actor("delegation", one), "floor-asked", {"purpose": "statement"})
    answer = press(phone, "phone", "floor-asked", purpose="statement")
    assert "On the list, statement: number 3." in said(answer)
    assert "Ask for the floor" not in said(answer)
    meetings.act(here, MEETING, Actor("presiding", "S00"), "floor-given", {"seat": "S01"})
    assert "On the list, statement: number 2." in text(phone, "phone")
    assert "Ask for the floor" in said(press(phone, "phone", "floor-declined"))


def test_a_point_of_order_and_a_motion_are_raised_from_a_phone(vote: tuple[Node, Table], secretary: Person) -> None:
    here, table = vote
    cast(here, table, choices(6, 2))
    phone = device(here, secretary, "delegation", "S04")
    moved = press(phone, "phone", "motion-moved", body='{"motion":"limit-speeches"}', seconds="120")
    assert moved.status_code == 200
    state = meetings.sitting(here, MEETING).state
    assert (state.motion.motion, state.motion.seconds) == ("limit-speeches", 120)  # type: ignore[union-attr]
    other = device(here, secretary, "delegation", "S05")
    assert "Speak in favour" in text(other, "phone")
    raised = press(phone, "phone", "point-raised", body="{}", text="The interpretation has stopped.")
    assert "The interpretation has stopped." in said(raised)


def test_a_pass_of_a_delegation_acts_for_nobody_else(vote: tuple[Node, Table], secretary: Person) -> None:
    here, _table = vote
    phone = device(here, secretary, "delegation", "S03")
    for face in ("chair", "tellers"):
        assert press(phone, face, "vote-closed", vote="V1").status_code == 403
    assert press(phone, "phone", "vote-closed", vote="V1").status_code == 403
    assert press(phone, "phone", "no-such-kind").status_code == 400
    assert press(phone, "phone", "vote-cast", body="[" * 30_000).status_code == 400
    assert meetings.sitting(here, MEETING).state.vote.votes == {}  # type: ignore[union-attr]


def test_every_face_is_in_french_too(vote: tuple[Node, Table], secretary: Person, settings: Any) -> None:
    here, _table = vote
    settings.PUBLIC_PARTS = frozenset({"conference"})
    french: Any = {"headers": {"Accept-Language": "fr"}}
    phone = device(here, secretary, "delegation", "S03")
    assert "Ma délégation" in text(phone, "phone", **french)
    assert "Feuille de dépouillement" in text(device(here, secretary, "teller", "S07"), "tellers", **french)
    assert "Vérifiez vous-même" in text(Client(), "public", **french)
    assert (
        "show-fr"
        in device(here, secretary, "screen", "").get(f"/conference/{MEETING}/screen/", **french).content.decode()
    )


@pytest.mark.parametrize("stage", ["sitting", "debating", "ready"])
def test_the_motions_of_a_phone_are_those_that_the_engine_takes(stage: str) -> None:
    table = {"sitting": played.sitting, "debating": played.debating, "ready": played.ready}[stage]()
    of = Delegation(state=table.state, code="S02", at=table.at)
    offered = {json.loads(way.value)["motion"] for one in offers.motions(of) for way in one.options}
    taken = {
        one.body["motion"]
        for one in possible(table.state, Actor("delegation", "S02"), table.at)
        if one.kind == "motion-moved"
    }
    assert offered == taken
    assert offered


def test_a_clock_of_the_screen_runs_on_the_time_of_the_node(vote: tuple[Node, Table], secretary: Person) -> None:
    here, table = vote
    cast(here, table, choices(6, 2))
    meetings.act(here, MEETING, Actor("delegation", "S01"), "floor-asked", {"purpose": "statement"})
    meetings.act(here, MEETING, Actor("presiding", "S00"), "floor-given", {"seat": "S01"})
    set_clock(here, table.at + timedelta(seconds=90))
    page = device(here, secretary, "screen", "").get(f"/conference/{MEETING}/screen/").content.decode()
    since = re.search(r'data-since="([^"]+)"', page)
    now = re.search(r'data-now="([^"]+)"', page)
    assert since
    assert now
    gone = times.parse_stamp(now[1]) - times.parse_stamp(since[1])
    assert timedelta(seconds=90) <= gone < timedelta(seconds=95)
