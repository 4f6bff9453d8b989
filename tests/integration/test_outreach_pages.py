"""Outreach at the desk: steps with their history, what joining would open, the calendar, and what is public."""

import csv
import io
import json

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings
from tests.support.desk import PASSWORD, at_the_desk, page

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.office.models import Member
from rogatory.office.outreach import recording
from rogatory.office.outreach.models import (
    OutreachContact,
    OutreachDesk,
    OutreachMeeting,
    OutreachObstacle,
    OutreachOccasion,
    OutreachPromise,
    OutreachStep,
)

pytestmark = pytest.mark.any_database

#: In the practice list Kenya has signed and Albania has not; Algeria has deposited.
SIGNED, UNSIGNED, DEPOSITED = "KEN", "ALB", "DZA"
STEP = {"kind": "before-parliament", "taken_on": "2028-02-10", "source": "Gazette 12", "certainty": "high"}
SECRETS = ("Zebulon Quist", "Attaché of the mission", "+254 700 555", "likes early calls", "Amb. Yarrow", "HUSH-HUSH")


@pytest.fixture
def liaison(desk: Node) -> Client:
    return at_the_desk("liaison")


@pytest.fixture
def colleague(desk: Node) -> Client:
    """The browser of a second liaison."""
    accounts.make_account("second", PASSWORD, name="Second Liaison", authority="VNM/contact-point", roles=["liaison"])
    return at_the_desk("second")


def send(client: Client, path: str, given: dict[str, object], status: int = 302) -> str:
    """What the page at *path* answers when *given* is sent."""
    response = client.post(f"/outreach/{path}", given)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def stage_of(client: Client, iso3: str) -> str:
    rows = json.loads(page(client, "/outreach/states.json?stage=all"))["states"]
    return str(next(one["stage"] for one in rows if one["state"] == iso3))


def test_strangers_log_in_and_only_a_liaison_writes(liaison: Client) -> None:
    auditor, drafter = at_the_desk("auditor"), at_the_desk("drafter")
    for path in (
        "",
        "regions/",
        "calendar/",
        "promises/",
        f"states/{SIGNED}/",
        f"states/{SIGNED}/brief/",
        "states.csv",
    ):
        assert Client().get(f"/outreach/{path}").status_code == 302, path
        assert drafter.get(f"/outreach/{path}").status_code == 403, path
        assert '<form class="stack"' not in page(auditor, f"/outreach/{path}"), path
    for path in (f"states/{SIGNED}/steps/new/", f"states/{SIGNED}/obstacle/new/", "occasion/new/", "contacts/"):
        assert auditor.get(f"/outreach/{path}").status_code == 403, path
        assert auditor.post(f"/outreach/{path}", STEP).status_code == 403, path
    assert not OutreachStep.objects.exists()


def test_signature_and_deposit_come_from_the_status_and_steps_lie_between(liaison: Client) -> None:
    assert (stage_of(liaison, SIGNED), stage_of(liaison, UNSIGNED)) == ("signed", "not-signed")
    send(liaison, f"states/{SIGNED}/steps/new/", STEP)
    send(liaison, f"states/{DEPOSITED}/steps/new/", STEP)
    assert (stage_of(liaison, SIGNED), stage_of(liaison, DEPOSITED)) == ("before-parliament", "deposited")
    send(liaison, f"states/{SIGNED}/steps/new/", {**STEP, "kind": "approved", "taken_on": "2028-02-20"})
    assert stage_of(liaison, SIGNED) == "approved"
    send(liaison, f"states/{SIGNED}/steps/new/", {**STEP, "kind": "returned", "taken_on": "2028-02-21"})
    assert stage_of(liaison, SIGNED) == "signed"
    shown = page(liaison, f"/outreach/states/{SIGNED}/")
    assert "Gazette 12" in shown
    assert "Phan Văn Khoa" in shown


def test_a_correction_is_a_new_row_and_undoing_it_another(liaison: Client) -> None:
    send(liaison, f"states/{SIGNED}/steps/new/", STEP)
    first = OutreachStep.objects.get()
    send(liaison, f"steps/{first.pk}/correct/", {**STEP, "kind": "approved", "source": "Gazette 13"})
    second = OutreachStep.objects.latest("pk")
    assert (second.corrects_id, stage_of(liaison, SIGNED)) == (first.pk, "approved")
    late = send(liaison, f"steps/{first.pk}/correct/", STEP, status=400)
    assert "Somebody else has corrected this step" in late
    send(liaison, f"steps/{second.pk}/undo/", {})
    assert stage_of(liaison, SIGNED) == "before-parliament"
    third = OutreachStep.objects.latest("pk")
    send(liaison, f"steps/{third.pk}/undo/", {})
    assert stage_of(liaison, SIGNED) == "approved"
    assert OutreachStep.objects.count() == 4
    shown = page(liaison, f"/outreach/states/{SIGNED}/")
    assert "Every change</summary>" not in shown
    assert "Every change" in shown
    assert shown.count("in the place of an earlier entry") == 3


def test_taking_back_the_only_entry_leaves_the_stage_to_the_status_and_can_be_undone(liaison: Client) -> None:
    send(liaison, f"states/{SIGNED}/steps/new/", STEP)
    send(liaison, f"steps/{OutreachStep.objects.get().pk}/undo/", {})
    assert stage_of(liaison, SIGNED) == "signed"
    send(liaison, f"steps/{OutreachStep.objects.latest('pk').pk}/undo/", {})
    assert stage_of(liaison, SIGNED) == "before-parliament"


def test_what_a_step_cannot_be_is_said_beside_the_field(liaison: Client) -> None:
    changes: list[tuple[dict[str, object], str]] = [
        ({"taken_on": "2028-03-02"}, "This day is still to come."),
        ({"taken_on": "2020-01-01"}, "no step is earlier"),
        ({"kind": "signed"}, "not one of the available choices"),
        ({"source": ""}, "This field is required."),
        ({"public": "on"}, "needs a source that everybody can look up"),
        ({"source_address": "javascript:alert(1)"}, "valid URL"),
        ({"note": "a\x1bb"}, "a sign that cannot be shown"),
    ]
    for change, said in changes:
        assert said in send(liaison, f"states/{SIGNED}/steps/new/", {**STEP, **change}, status=400), change
    assert not OutreachStep.objects.exists()


def test_obstacles_help_and_promises_are_filtered_changed_removed_and_brought_back(liaison: Client) -> None:
    obstacle = {"kind": "cost", "says": "No budget line", "source": "Statement", "certainty": "medium"}
    send(liaison, f"states/{SIGNED}/obstacle/new/", obstacle)
    wanted = {
        "what": "Drafting help",
        "asked_on": "2028-02-01",
        "source": "Note",
        "certainty": "high",
        "need": "KEN/n1",
    }
    send(liaison, f"states/{SIGNED}/help/new/", wanted)
    send(
        liaison,
        f"states/{SIGNED}/promise/new/",
        {"what": "Send the guide", "by_whom": "Treaty desk", "due": "2028-02-20"},
    )
    for wish in ("obstacle=cost", "need=yes", "late=yes", "text=kenya", "group=african&stage=signed"):
        assert f"/outreach/states/{SIGNED}/" in page(liaison, f"/outreach/?{wish}"), wish
        assert f"/outreach/states/{UNSIGNED}/" not in page(liaison, f"/outreach/?{wish}"), wish
    shown = page(liaison, f"/outreach/states/{SIGNED}/")
    for words in ("No budget line", "Drafting help", "is not known to this node", "10 days late"):
        assert words in shown
    promise = OutreachPromise.objects.get()
    send(liaison, f"promise/{promise.pk}/done/", {"done": "yes"})
    assert f"/outreach/states/{SIGNED}/" not in page(liaison, "/outreach/?late=yes")
    row = OutreachObstacle.objects.get()
    stale = {**obstacle, "says": "Overwritten", "read_version": 0}
    assert "Somebody else has changed this entry" in send(liaison, f"obstacle/{row.pk}/change/", stale, status=400)
    send(liaison, f"obstacle/{row.pk}/change/", {**obstacle, "says": "Budget in June", "read_version": 1})
    send(liaison, f"obstacle/{row.pk}/remove/", {})
    assert "Budget in June" not in page(liaison, f"/outreach/states/{SIGNED}/")
    assert "Undo" in page(liaison, f"/outreach/states/{SIGNED}/?removed=obstacle-{row.pk}")
    send(liaison, f"restore/obstacle/{row.pk}/", {})
    assert "Budget in June" in page(liaison, f"/outreach/states/{SIGNED}/")


def test_the_brief_holds_what_the_state_declared_and_nothing_else_that_was_noted(liaison: Client) -> None:
    source = {"source": "Statement", "certainty": "medium"}
    send(
        liaison, f"states/{SIGNED}/obstacle/new/", {"kind": "institutions", "says": "SAID", "declared": "on", **source}
    )
    send(liaison, f"states/{SIGNED}/obstacle/new/", {"kind": "politics", "says": "GUESSED", **source})
    wrong = {"kind": "law", "provisions": "28 999", **source}
    assert "no provision 999" in send(liaison, f"states/{SIGNED}/obstacle/new/", wrong, status=400)
    send(liaison, f"states/{SIGNED}/steps/new/", {**STEP, "kind": "instrument-ready"})
    assert stage_of(liaison, SIGNED) == "instrument-ready"
    shown = page(liaison, f"/outreach/states/{SIGNED}/brief/")
    assert "instrument ready" not in shown
    assert "SAID" in shown
    assert "GUESSED" not in shown
    assert "24/7 network" in shown
    assert "ways to ask" in shown
    assert "Pourquoi devenir partie" in page(at_the_desk("liaison", "fr"), f"/outreach/states/{SIGNED}/brief/")


def test_the_list_opens_as_the_person_left_it(liaison: Client, colleague: Client) -> None:
    send(liaison, "keep/", {"stage": "signed", "sort": "pairs", "group": "nowhere"})
    assert OutreachDesk.objects.get(member__user__username="liaison").wish == {"stage": "signed", "sort": "pairs"}
    assert f"/outreach/states/{UNSIGNED}/" not in page(liaison, "/outreach/")
    assert f"/outreach/states/{UNSIGNED}/" in page(liaison, "/outreach/?stage=")
    assert f"/outreach/states/{UNSIGNED}/" in page(colleague, "/outreach/")


OCCASION = {
    "kind": "treaty-event",
    "title": "Treaty event",
    "place": "New York",
    "starts_on": "2028-09-20",
    "ends_on": "2028-09-24",
    "for_states": "ken alb",
    "prepare": "Bring the model instrument",
}


def test_the_calendar_has_a_private_address_that_ends_with_the_role_or_a_new_one(liaison: Client) -> None:
    send(liaison, "occasion/new/", OCCASION)
    send(liaison, f"states/{SIGNED}/promise/new/", {"what": "Send the guide", "by_whom": "Desk", "due": "2028-04-01"})
    assert "not the code of a State" in send(liaison, "occasion/new/", {**OCCASION, "for_states": "XXX"}, status=400)
    shown = page(liaison, "/outreach/calendar/")
    for words in ("Treaty event", "in 203 days", "Kenya, Albania", "Bring the model instrument"):
        assert words in shown
    key = OutreachDesk.objects.get().feed_key
    address = f"/outreach/calendar/{key}.ics"
    events = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert {str(one["summary"]) for one in events} >= {"Treaty event", "Due: Send the guide (KEN)"}
    row = OutreachOccasion.objects.get()
    send(liaison, f"occasion/{row.pk}/remove/", {})
    again = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    gone = next(one for one in again if str(one["uid"]) == row.uid)
    assert (str(gone["status"]), int(gone["sequence"])) == ("CANCELLED", 2)
    send(liaison, "calendar/renew/", {"confirm": "yes"})
    assert Client().get(address).status_code == 404
    fresh = f"/outreach/calendar/{OutreachDesk.objects.get().feed_key}.ics"
    assert Client().get(fresh).status_code == 200
    Member.objects.filter(user__username="liaison").update(roles=["drafter"])
    assert Client().get(fresh).status_code == 404
    assert Client().get("/outreach/calendar/" + "0" * 64 + ".ics").status_code == 404


def test_the_report_counts_every_state_once_and_files_say_the_same(liaison: Client, desk: Node) -> None:
    rows = list(csv.DictReader(io.StringIO(page(liaison, "/outreach/states.csv?stage=all").lstrip("\ufeff"))))
    assert {one["state"] for one in rows} == set(desk.status.states)
    shown = page(liaison, "/outreach/regions/?group=african")
    deposited = sum(one["stage"] == "deposited" for one in rows)
    assert f'<td class="number">{deposited}</td>' in shown
    assert shown.count('class="tile ') == len(rows)


@pytest.fixture
def secrets(liaison: Client) -> None:
    """A contact and a meeting in Kenya whose private parts are `SECRETS`."""
    name, post, channel, notes, people, words = SECRETS
    send(liaison, f"states/{SIGNED}/contact/new/", {"name": name, "post": post, "channel": channel, "notes": notes})
    meeting = {"kind": "call", "held_on": "2028-02-28", "subject": "Timetable", "people": people, "notes": words}
    send(liaison, f"states/{SIGNED}/meeting/new/", meeting)


def everything(client: Client) -> str:
    """All that *client* can read of outreach, and of the access record, in one text."""
    paths = [
        *("/outreach/", "/outreach/regions/", "/outreach/calendar/", "/outreach/promises/", "/outreach/contacts/"),
        *(f"/outreach/states/{SIGNED}/", f"/outreach/states/{SIGNED}/brief/", "/outreach/states.csv?stage=all"),
        *("/outreach/states.json?stage=all", "/record/", "/public/outreach/", "/public/outreach/states.json"),
        *("/public/outreach/states.csv", "/"),
    ]
    contact, meeting = OutreachContact.objects.get().pk, OutreachMeeting.objects.get().pk
    for word, number in (("contact", contact), ("meeting", meeting)):
        paths += [f"/outreach/{word}/{number}/{act}/" for act in ("change", "remove", "share")]
        paths.append(f"/outreach/states/{SIGNED}/?removed={word}-{number}")
    found = [client.get(path, follow=True).content.decode() for path in paths]
    feeds = [f"/outreach/calendar/{one.feed_key}.ics" for one in OutreachDesk.objects.all()]
    return "\n".join([*found, *(client.get(path).content.decode() for path in feeds)])


def of_the_state(client: Client) -> str:
    """What *client* reads of Kenya and under its contacts."""
    paths = (f"/outreach/states/{SIGNED}/", "/outreach/contacts/")
    return "\n".join(client.get(path).content.decode() for path in paths)


def test_nobody_else_sees_a_contact_or_a_private_note_anywhere(
    liaison: Client, colleague: Client, secrets: None, settings: Settings
) -> None:
    settings.PUBLIC_PARTS = frozenset({"outreach"})
    page(liaison, "/outreach/calendar/")
    own = everything(liaison)
    assert all(secret in own for secret in SECRETS)
    for client in (colleague, at_the_desk("auditor"), at_the_desk("administrator"), Client()):
        seen = everything(client)
        assert not [secret for secret in SECRETS if secret in seen]
    assert "Timetable" in everything(colleague)
    assert "contact:" not in page(at_the_desk("auditor"), "/record/").replace("contact:point", "")


def test_nobody_else_changes_removes_shares_or_forgets_what_is_private(
    liaison: Client, colleague: Client, secrets: None
) -> None:
    contact, meeting = OutreachContact.objects.get(), OutreachMeeting.objects.get()
    for act in ("change", "remove", "share"):
        assert colleague.post(f"/outreach/contact/{contact.pk}/{act}/", {"name": "Taken"}).status_code == 404, act
        answer = colleague.post(f"/outreach/meeting/{meeting.pk}/{act}/", {"subject": "Taken", "with": "second"})
        assert answer.status_code in (403, 404), act
    send(liaison, f"contact/{contact.pk}/remove/", {})
    assert colleague.post(f"/outreach/restore/contact/{contact.pk}/").status_code == 404
    assert colleague.post(f"/outreach/contact/{contact.pk}/forget/", {"confirm": "yes"}).status_code == 404
    send(liaison, f"contact/{contact.pk}/forget/", {})
    assert OutreachContact.objects.exists()
    send(liaison, f"contact/{contact.pk}/forget/", {"confirm": "yes"})
    assert not OutreachContact.objects.exists()
    assert OutreachMeeting.objects.get().subject == "Timetable"


def test_the_owner_shares_with_named_colleagues_and_takes_it_back(
    liaison: Client, colleague: Client, secrets: None
) -> None:
    contact, meeting = OutreachContact.objects.get(), OutreachMeeting.objects.get()
    for row, word in ((contact, "contact"), (meeting, "meeting")):
        assert "no other liaison" in page_of_refusal(liaison, f"{word}/{row.pk}/share/", {"with": "auditor"})
        send(liaison, f"{word}/{row.pk}/share/", {"with": "second"})
    seen = of_the_state(colleague)
    assert all(secret in seen for secret in SECRETS)
    assert colleague.post(f"/outreach/contact/{contact.pk}/change/", {"name": "Taken"}).status_code == 403
    assert SECRETS[0] not in of_the_state(at_the_desk("auditor"))
    Member.objects.filter(user__username="second").update(roles=["auditor"])
    assert not [secret for secret in SECRETS if secret in of_the_state(colleague)]
    Member.objects.filter(user__username="second").update(roles=["liaison"])
    send(liaison, f"contact/{contact.pk}/share/", {})
    send(liaison, f"meeting/{meeting.pk}/share/", {})
    assert not [secret for secret in SECRETS if secret in of_the_state(colleague)]


def page_of_refusal(client: Client, path: str, given: dict[str, object]) -> str:
    return send(client, path, given, status=400)


def test_the_public_sees_public_steps_with_their_sources_and_stages_that_rest_on_them(
    liaison: Client, settings: Settings
) -> None:
    assert Client().get("/public/outreach/").status_code == 404
    settings.PUBLIC_PARTS = frozenset({"outreach"})
    send(liaison, f"states/{SIGNED}/steps/new/", {**STEP, "source": "INSIDE", "note": "REMARK"})
    stranger = Client()
    shown = page(stranger, "/public/outreach/")
    assert "INSIDE" not in shown
    rows = json.loads(page(stranger, "/public/outreach/states.json"))["states"]
    assert next(one["stage"] for one in rows if one["state"] == SIGNED) == "signed"
    open_step = {**STEP, "kind": "approved", "source": "Record 7", "public": "on", "note": "REMARK"}
    address = {"source_address": "https://parliament.example/7"}
    send(liaison, f"states/{SIGNED}/steps/new/", {**open_step, **address})
    held = {"kind": "cost", "source": "Statement", "certainty": "high"}
    send(liaison, f"states/{SIGNED}/obstacle/new/", {**held, "says": "HIDDEN"})
    send(liaison, f"states/{SIGNED}/obstacle/new/", {**held, "says": "SHOWN", "public": "on", **address})
    send(liaison, f"states/{SIGNED}/promise/new/", {"what": "PROMISED", "by_whom": "Desk", "due": "2028-04-01"})
    send(liaison, "occasion/new/", {**OCCASION, "title": "CLOSED VISIT"})
    shown = page(stranger, "/public/outreach/")
    for words in ("Record 7", "parliament.example/7", "approved", "SHOWN"):
        assert words in shown
    every = shown + page(stranger, "/public/outreach/states.csv") + page(stranger, "/public/outreach/states.json")
    for words in ("INSIDE", "REMARK", "HIDDEN", "PROMISED", "CLOSED VISIT", "Phan Văn Khoa", "before parliament, "):
        assert words not in every


def test_what_is_public_is_changed_by_its_owner_alone(liaison: Client, colleague: Client) -> None:
    held = {"kind": "cost", "says": "ONE", "source": "S", "certainty": "high", "source_address": "https://s.example/"}
    send(liaison, f"states/{SIGNED}/obstacle/new/", {**held, "public": "on"})
    send(liaison, f"states/{SIGNED}/obstacle/new/", held)
    public, inside = OutreachObstacle.objects.order_by("pk")
    change = {**held, "says": "TWO", "public": "on", "read_version": 1}
    assert colleague.post(f"/outreach/obstacle/{public.pk}/change/", change).status_code == 403
    send(colleague, f"obstacle/{inside.pk}/change/", change)
    inside.refresh_from_db()
    assert (inside.says, inside.public) == ("TWO", False)
    occasion = {"kind": "visit", "title": "ONE", "starts_on": "2028-05-01", "ends_on": "2028-05-02", "public": "on"}
    send(liaison, "occasion/new/", occasion)
    visit = OutreachOccasion.objects.get()
    change = {**occasion, "title": "TWO", "read_version": 1}
    assert colleague.post(f"/outreach/occasion/{visit.pk}/change/", change).status_code == 403
    assert colleague.post(f"/outreach/occasion/{visit.pk}/remove/", {}).status_code == 403
    visit.refresh_from_db()
    assert (visit.title, visit.removed_at) == ("ONE", None)


def test_removing_what_somebody_changed_a_moment_ago_keeps_the_change(liaison: Client, desk: Node) -> None:
    held = {"kind": "cost", "says": "ONE", "source": "S", "certainty": "high"}
    send(liaison, f"states/{SIGNED}/obstacle/new/", held)
    stale = OutreachObstacle.objects.get()
    send(liaison, f"obstacle/{stale.pk}/change/", {**held, "says": "TWO", "read_version": 1})
    who = Actor(id="liaison", name="", authority="VNM/contact-point", roles=frozenset({"liaison"}))
    recording.remove(desk, who, stale)
    now = OutreachObstacle.objects.get()
    assert (now.says, now.version, now.removed_at is None) == ("TWO", 3, False)
