"""The programme of a meeting as its secretary and a reader see it, by Django's client."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.desk import at_the_desk, page

from rogatory.node.context import Node
from rogatory.office.programme.models import Body, BudgetLine, Entry, Occasion, Room, Task, Telling

OCCASION = {
    "meeting": "cosp-1",
    "title": "First session",
    "place": "Conference Centre, Hanoi",
    "time_zone": "Asia/Ho_Chi_Minh",
    "starts_on": "2028-03-06",
    "ends_on": "2028-03-08",
    "late_days": "3",
    "steering": "Ms Lan\nMr Roy",
}


@pytest.fixture
def secretary(desk: Node) -> Client:
    """The secretary's browser."""
    return at_the_desk("secretary")


@pytest.fixture
def reader(desk: Node) -> Client:
    return at_the_desk("auditor")


@pytest.fixture
def occasion(secretary: Client) -> Occasion:
    """The first session, with a hall, an exhibition hall, France and a company."""
    assert secretary.post("/programme/", OCCASION).status_code == 302
    found = Occasion.objects.get()
    for room in ({"name": "Hall A", "capacity": "200"}, {"name": "Foyer", "shared": "on"}):
        assert secretary.post(f"/programme/{found.pk}/rooms/", room).status_code == 302
    for body in ({"iso3": "FRA"}, {"name": "A company"}):
        assert secretary.post(f"/programme/{found.pk}/bodies/", body).status_code == 302
    return found


@pytest.fixture(autouse=True)
def zone_of_the_process() -> Iterator[None]:
    yield
    timezone.deactivate()


def entry(occasion: Occasion, title: str, hours: tuple[str, str], **more: object) -> dict[str, object]:
    """What the form of an entry sends, for the first day."""
    starts, ends = hours
    return {
        "kind": "side-event",
        "title": title,
        "status": "accepted",
        "starts": f"2028-03-06T{starts}",
        "ends": f"2028-03-06T{ends}",
        "room": occasion.rooms.get(name="Hall A").pk,
        "read_version": 0,
        **more,
    }


def add(client: Client, occasion: Occasion, title: str, hours: tuple[str, str], **more: object) -> Entry:
    """The entry, once the form has been sent."""
    response = client.post(f"/programme/{occasion.pk}/entries/new/", entry(occasion, title, hours, **more))
    assert response.status_code == 302, response.content.decode()
    return Entry.objects.get(title=title)


def test_a_stranger_is_asked_to_log_in_and_a_reader_may_not_write(
    secretary: Client, reader: Client, occasion: Occasion
) -> None:
    home = f"/programme/{occasion.pk}/"
    for path in ("", "rooms/", "bodies/", "budget/", "tasks/", "steering/", "feeds/"):
        assert Client().get(home + path).status_code == 302, path
        assert '<form class="stack"' not in page(reader, home + path), path
    for path in ("rooms/", "bodies/", "budget/", "tasks/", "entries/new/", "badges/", "settings/", "feeds/renew/"):
        assert reader.post(home + path, {"name": "Hall Z", "title": "x"}).status_code == 403, path
    assert reader.post("/programme/", OCCASION).status_code == 403
    room = occasion.rooms.get(name="Hall A")
    assert reader.post(f"{home}remove/room/{room.pk}/").status_code == 403
    assert occasion.rooms.filter(removed_at=None).count() == 2


def test_times_are_taken_and_shown_in_the_time_zone_of_the_place(secretary: Client, occasion: Occasion) -> None:
    made = add(secretary, occasion, "Opening", ("10:00", "13:00"))
    assert made.starts is not None
    assert made.starts.isoformat() == "2028-03-06T03:00:00+00:00"
    shown = page(secretary, f"/programme/{occasion.pk}/")
    assert "10:00–13:00" in shown
    assert "Asia/Ho_Chi_Minh" in shown
    assert "All times are in UTC" not in shown
    assert timezone.get_current_timezone_name() == "UTC"


def test_two_accepted_entries_never_share_a_room_or_interpreters(secretary: Client, occasion: Occasion) -> None:
    add(secretary, occasion, "First", ("10:00", "11:00"), team="Team 1", wanted=["fr"])
    address = f"/programme/{occasion.pk}/entries/new/"
    refused = secretary.post(address, entry(occasion, "Second", ("10:30", "11:30")))
    assert refused.status_code == 400
    assert "Room “Hall A” holds “First” at that time (2028-03-06 10:00–11:00)." in refused.content.decode()
    elsewhere = entry(occasion, "Second", ("10:30", "11:30"), room=occasion.rooms.get(name="Foyer").pk, team="team  1")
    answer = secretary.post(address, elsewhere)
    assert answer.status_code == 400
    assert "The interpreters “team 1” work at “First”" in answer.content.decode()
    assert not Entry.objects.filter(title="Second").exists()
    add(secretary, occasion, "Second", ("11:00", "11:30"), team="Team 1")


def test_a_proposal_that_clashes_is_kept_and_the_clash_is_shown(secretary: Client, occasion: Occasion) -> None:
    france = occasion.bodies.get(iso3="FRA").pk
    add(secretary, occasion, "First", ("10:00", "11:00"), organisers=[france])
    add(secretary, occasion, "Idea", ("10:30", "11:30"), status="proposed")
    shown = page(secretary, f"/programme/{occasion.pk}/")
    assert "“First”: Room “Hall A” holds “Idea” at that time" in shown
    add(secretary, occasion, "Stand", ("09:00", "18:00"), kind="stand", organisers=[france], room="")
    assert "also organises" not in page(secretary, f"/programme/{occasion.pk}/")
    add(secretary, occasion, "Talk", ("09:00", "18:00"), organisers=[france], room="")
    assert "“Talk”: France also organises “First” at that time" in page(secretary, f"/programme/{occasion.pk}/")


def test_a_shared_hall_holds_several_stands(secretary: Client, occasion: Occasion) -> None:
    foyer = occasion.rooms.get(name="Foyer").pk
    add(secretary, occasion, "Stand 1", ("09:00", "18:00"), room=foyer, kind="stand")
    add(secretary, occasion, "Stand 2", ("09:00", "18:00"), room=foyer, kind="stand")
    assert "At the same time" not in page(secretary, f"/programme/{occasion.pk}/")


def test_what_two_people_change_at_once_is_not_overwritten(secretary: Client, occasion: Occasion) -> None:
    made = add(secretary, occasion, "First", ("10:00", "11:00"))
    address = f"/programme/{occasion.pk}/entries/{made.pk}/"
    assert secretary.post(address, entry(occasion, "Renamed", ("10:00", "11:00"), read_version=1)).status_code == 302
    late = secretary.post(address, entry(occasion, "Overwritten", ("10:00", "11:00"), read_version=1))
    assert late.status_code == 400
    assert "Somebody else has changed this entry" in late.content.decode()
    made.refresh_from_db()
    assert (made.title, made.version) == ("Renamed", 2)


def test_what_an_entry_cannot_be_is_said_beside_the_field(secretary: Client, occasion: Occasion) -> None:
    changes: list[tuple[dict[str, object], str]] = [
        ({"starts": "", "ends": ""}, "accepted only once it has a beginning"),
        ({"ends": ""}, "Give both the beginning and the end"),
        ({"ends": "2028-03-06T09:00"}, "The end is not after the beginning."),
        ({"starts": "2028-13-06T09:00"}, "Enter a valid date/time."),
        ({"room": "999999"}, "valid choice"),
        ({"organisers": ["999999"]}, "not one of the available choices"),
        ({"wanted": ["xx"]}, "not one of the available choices"),
        ({"title": ""}, "This field is required."),
        ({"expected": "99999999"}, "at most 100000 people"),
    ]
    for change, words in changes:
        sent = {**entry(occasion, "Odd", ("10:00", "11:00")), **change}
        response = secretary.post(f"/programme/{occasion.pk}/entries/new/", sent)
        assert response.status_code == 400, change
        assert words in response.content.decode(), change
    assert not Entry.objects.exists()


def test_what_is_removed_can_be_brought_back_and_never_onto_a_taken_place(
    secretary: Client, occasion: Occasion
) -> None:
    made = add(secretary, occasion, "First", ("10:00", "11:00"))
    address = f"/programme/{occasion.pk}/remove/entry/{made.pk}/"
    assert "Remove “First”?" in page(secretary, address)
    made.refresh_from_db()
    assert made.removed_at is None
    answer = secretary.post(address, follow=True)
    assert "“First” has been removed." in answer.content.decode()
    assert "Bring back" in page(secretary, f"/programme/{occasion.pk}/settings/")
    add(secretary, occasion, "Second", ("10:30", "11:30"))
    back = secretary.post(f"/programme/restore/entry/{made.pk}/", follow=True)
    assert "its place has been taken meanwhile" in back.content.decode()
    made.refresh_from_db()
    assert (made.removed_at, made.status) == (None, "proposed")


def test_a_room_or_body_that_is_needed_stays(secretary: Client, occasion: Occasion) -> None:
    france = occasion.bodies.get(iso3="FRA")
    add(secretary, occasion, "First", ("10:00", "11:00"), organisers=[france.pk])
    for word, thing in (("room", occasion.rooms.get(name="Hall A")), ("body", france)):
        answer = secretary.post(f"/programme/{occasion.pk}/remove/{word}/{thing.pk}/")
        assert answer.status_code == 400
        assert "is still named by: First." in answer.content.decode()
    assert Room.objects.filter(removed_at=None).count() == 2
    assert Body.objects.filter(removed_at=None).count() == 2


def test_things_of_another_meeting_are_out_of_reach(secretary: Client, occasion: Occasion) -> None:
    secretary.post("/programme/", {**OCCASION, "meeting": "cosp-2"})
    other = Occasion.objects.get(meeting="cosp-2")
    room = occasion.rooms.get(name="Hall A")
    made = add(secretary, occasion, "First", ("10:00", "11:00"))
    for path in (f"rooms/{room.pk}/", f"entries/{made.pk}/", f"remove/room/{room.pk}/", "tasks/7/", "budget/7/"):
        assert secretary.get(f"/programme/{other.pk}/{path}").status_code == 404, path
    assert secretary.post("/programme/", OCCASION).status_code == 400, "the identifier is taken"


def test_an_occasion_that_cannot_be_is_refused(secretary: Client) -> None:
    for change, words in (
        ({"time_zone": "Asia/Hanoi"}, "no time zone of this name"),
        ({"time_zone": "../../etc/passwd"}, "no time zone of this name"),
        ({"ends_on": "2028-03-01"}, "before the first one"),
        ({"ends_on": "2030-03-01"}, "at most 60 days"),
    ):
        answer = secretary.post("/programme/", {**OCCASION, **change})
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert not Occasion.objects.exists()


def test_a_whole_programme_can_be_removed_and_brought_back(secretary: Client, occasion: Occasion) -> None:
    gone = secretary.post(f"/programme/{occasion.pk}/remove/occasion/{occasion.pk}/", follow=True)
    assert "“First session” has been removed." in gone.content.decode()
    assert secretary.get(f"/programme/{occasion.pk}/").status_code == 404
    assert secretary.post(f"/programme/restore/occasion/{occasion.pk}/").status_code == 302
    assert secretary.get(f"/programme/{occasion.pk}/").status_code == 200


def line(body: Body, currency: str, estimated: str, **more: str) -> dict[str, object]:
    return {
        "title": "Booths",
        "body": body.pk,
        "category": "interpretation",
        "currency": currency,
        "estimated": estimated,
        **more,
    }


def test_sums_are_exact_and_never_mix_currencies(secretary: Client, occasion: Occasion) -> None:
    france, company = occasion.bodies.get(iso3="FRA"), occasion.bodies.get(iso3="")
    address = f"/programme/{occasion.pk}/budget/"
    for _ in range(3):
        assert secretary.post(address, line(france, "EUR", "0,10")).status_code == 302
    secretary.post(address, line(company, "eur", "1 234 567.05", committed="1 234 567.06"))
    secretary.post(address, line(company, "VND", "2000000000"))
    totals = secretary.get(f"{address}totals.csv").content.decode("utf-8-sig").splitlines()
    assert "body,France,EUR,0.30,0.00,0.00" in totals
    assert "all,,EUR,1234567.35,1234567.06,0.00" in totals
    assert "all,,VND,2000000000,0,0" in totals
    assert len(totals) == 1 + 4 + 3
    shown = page(secretary, address)
    assert "1,234,567.35" in shown
    assert shown.count(">over</span>") == 1
    lines = secretary.get(f"{address}lines.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "body,iso3,category,title,currency,estimated,committed,paid"
    assert len(lines) == 6


def test_an_amount_that_could_be_misread_is_refused(secretary: Client, occasion: Occasion) -> None:
    france, address = occasion.bodies.get(iso3="FRA"), f"/programme/{occasion.pk}/budget/"
    odd = ("1.234,50", "1,234", "0.001", "-1", "1e3", "٣", "9" * 17)
    for currency, amount in (*(("EUR", one) for one in odd), ("VND", "1.5"), ("XXX", "1"), ("", "1")):
        assert secretary.post(address, line(france, currency, amount)).status_code == 400, (currency, amount)
    assert not BudgetLine.objects.exists()


def test_a_cell_of_the_file_is_never_a_formula(secretary: Client, occasion: Occasion) -> None:
    france = occasion.bodies.get(iso3="FRA")
    secretary.post(f"/programme/{occasion.pk}/budget/", {**line(france, "EUR", "1"), "title": "=HYPERLINK(1)"})
    assert ",'=HYPERLINK(1)," in secretary.get(f"/programme/{occasion.pk}/budget/lines.csv").content.decode()


def test_a_late_task_goes_to_the_steering_committee_by_itself(secretary: Client, occasion: Occasion) -> None:
    home = f"/programme/{occasion.pk}/"
    # It is 1 March 2028, 16:00 in Hanoi; three days late is not yet more than three days late.
    for title, due in (("Booths", "2028-02-26"), ("Water", "2028-02-27"), ("Flags", "2028-03-01")):
        assert secretary.post(f"{home}tasks/", {"title": title, "owner": "Mr Roy", "due": due}).status_code == 302
    steering = page(secretary, f"{home}steering/")
    assert "Booths" in steering
    assert "4 days late" in steering
    assert "Water" not in steering
    assert "3 days late" in page(secretary, f"{home}tasks/")
    task = Task.objects.get(title="Booths")
    assert secretary.post(f"{home}steering/{task.pk}/", {"told": ""}).status_code == 400
    secretary.post(f"{home}steering/{task.pk}/", {"told": "Ms Lan"})
    told = Telling.objects.get()
    assert (told.told, told.noted_by) == ("Ms Lan", "Hoàng Thu Hà")
    assert "Ms Lan was told on 2028-03-01 16:00 (noted by Hoàng Thu Hà)" in page(secretary, f"{home}steering/")
    secretary.post(f"{home}tasks/{task.pk}/done/", {"done": "yes"})
    assert "Booths" not in page(secretary, f"{home}steering/")
    secretary.post(f"{home}tasks/{task.pk}/done/", {"done": "no"})
    assert "Ms Lan was told" in page(secretary, f"{home}steering/")


def test_every_page_is_there_in_french(secretary: Client, occasion: Occasion) -> None:
    made = add(secretary, occasion, "Opening", ("10:00", "11:00"), wanted=["fr", "en"], confirmed=["fr"])
    french = at_the_desk("secretary", "fr")
    home = f"/programme/{occasion.pk}/"
    for path, words in (
        ("", "Interprétation"),
        (f"entries/{made.pk}/", "Équipe d’interprètes"),
        ("rooms/", "Ajouter une salle"),
        ("bodies/", "Ajouter un État ou un organisme"),
        ("budget/", "Le budget n’a pas encore de ligne."),
        ("tasks/", "Aucune tâche n’a encore été notée."),
        ("steering/", "Aucune tâche n’a autant de retard."),
        ("feeds/", "Tout le programme"),
        ("badges/", "Faire les badges"),
        ("settings/", "Fuseau horaire"),
    ):
        assert words in page(french, home + path), path


def test_changes_that_matter_stand_in_the_access_record(secretary: Client, occasion: Occasion) -> None:
    made = add(secretary, occasion, "Opening", ("10:00", "11:00"))
    secretary.post(f"/programme/{occasion.pk}/remove/entry/{made.pk}/")
    secretary.post(f"/programme/{occasion.pk}/feeds/renew/", {"confirm": "yes"})
    record = page(at_the_desk("auditor"), "/record/")
    for event in ("programme:occasion:make", "programme:entry:remove", "programme:feed:renew"):
        assert event in record
