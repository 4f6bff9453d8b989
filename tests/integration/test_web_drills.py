"""Drills at the desk: planned, told by a banner on every page, opened, answered, reported; never shown before their hour."""

import re
from datetime import timedelta

import pytest
from tests.support.desk import at_the_desk, page
from tests.support.partner import Partner
from tests.support.world import Stopwatch

from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.people import Actor
from rogatory.web.readiness.drills import picture

pytestmark = pytest.mark.any_database

BANNER = "A drill waits for an answer."


def planned(desk: Node, people: dict[str, Actor], *, window: str = "now") -> str:
    """The drill of our own contact point that an assessor plans at the desk."""
    response = at_the_desk("assessor").post("/drills/", {"to": desk.state, "window": window, "minutes": "30"})
    assert response.status_code == 302
    return drills.listed(desk, people["assessor"])[0].id


def test_a_drill_is_planned_announced_answered_and_reported(desk: Node, people: dict[str, Actor]) -> None:
    officer = at_the_desk("duty-officer")
    assert BANNER not in page(officer, "/")
    drill = planned(desk, people)
    assert BANNER not in page(officer, "/")
    assert drills.carry_out(desk, drill)
    shown = page(officer, "/ready/")
    assert BANNER in shown
    assert f"/drills/{drill}/" in shown
    assert BANNER not in page(at_the_desk("drafter"), "/")

    assert "I am here: answer the drill" in page(officer, f"/drills/{drill}/")
    assert isinstance(desk.clock, Stopwatch)
    desk.clock.time += timedelta(minutes=4)
    assert at_the_desk("assessor").post(f"/drills/{drill}/answer/").status_code == 403
    assert officer.post(f"/drills/{drill}/answer/", {"note": "Here."}).status_code == 302
    assert BANNER not in page(officer, "/")
    told = re.sub(r"\s+", " ", page(officer, f"/drills/{drill}/"))
    assert "answered in time" in told
    assert "4 min" in told
    assert officer.post(f"/drills/{drill}/answer/").status_code == 403

    report = page(officer, "/drills/report/")
    assert report.count('<circle class="passed"') == 1
    assert 'class="late"' not in report
    assert officer.get("/drills/report.csv").content.decode().count(drill) == 1
    found = picture(drills.report(desk, people["auditor"]))
    assert found.top < found.dots[0].y < found.bottom
    assert found.left < found.dots[0].x < found.width


def test_nobody_at_the_desk_learns_of_a_drill_before_its_hour(desk: Node, people: dict[str, Actor]) -> None:
    drill = planned(desk, people, window="7d")
    officer = at_the_desk("duty-officer")
    assert drill not in page(officer, "/drills/")
    assert officer.get(f"/drills/{drill}/").status_code == 404
    shown = page(at_the_desk("assessor"), f"/drills/{drill}/")
    assert "before" in shown
    assert officer.post(f"/drills/{drill}/cancel/").status_code == 404
    assert at_the_desk("assessor").post(f"/drills/{drill}/cancel/").status_code == 302
    assert "cancelled" in page(at_the_desk("assessor"), "/drills/")
    assert at_the_desk("assessor").post(f"/drills/{drill}/cancel/").status_code == 403


def test_a_partner_is_chosen_from_those_whose_card_was_accepted(desk: Node, france: Partner) -> None:
    client = at_the_desk("approver")
    assert '<option value="FRA"' in page(client, "/drills/")
    assert client.post("/drills/", {"to": "BRA", "window": "now", "minutes": "5"}).status_code == 404
    assert client.post("/drills/", {"to": "FRA", "window": "12h", "minutes": "5"}).status_code == 302


def test_the_banner_comes_to_a_page_that_is_open_and_is_not_said_twice(desk: Node, people: dict[str, Actor]) -> None:
    officer = at_the_desk("duty-officer")
    assert officer.get("/drills/banner/?told=").status_code == 204
    drill = planned(desk, people)
    assert drills.carry_out(desk, drill)
    assert BANNER in page(officer, "/drills/banner/?told=")
    assert officer.get(f"/drills/banner/?told={drill}").status_code == 204
    assert officer.post(f"/drills/{drill}/answer/").status_code == 302
    gone = officer.get(f"/drills/banner/?told={drill}")
    assert (gone.status_code, BANNER in gone.content.decode()) == (200, False)


def test_letters_between_nodes_are_listed_and_read_by_those_who_may(
    desk: Node, people: dict[str, Actor], france: Partner
) -> None:
    reader = at_the_desk("assessor", "fr")
    assert "Aucune lettre" in page(reader, "/letters/")
    drill = drills.plan(desk, people["approver"], drills.Plan(to="FRA", note="<b>Who</b> is there?")).id
    assert drills.carry_out(desk, drill)
    assert f"/letters/{drill}/" in page(reader, "/letters/")
    shown = page(reader, f"/letters/{drill}/")
    assert "&lt;b&gt;Who&lt;/b&gt; is there?" in shown
    assert reader.get("/letters/nothing/").status_code == 404
    assert at_the_desk("secretary").get("/letters/").status_code == 403


def test_who_has_nothing_to_do_with_drills_is_not_led_to_them(desk: Node) -> None:
    client = at_the_desk("drafter")
    assert 'href="/drills/"' not in page(client, "/ready/choices/")
    assert client.get("/drills/").status_code == 403
    assert client.get("/drills/report/?since=soon").status_code == 403
    assert at_the_desk("auditor").get("/drills/report/?since=soon").status_code == 400
