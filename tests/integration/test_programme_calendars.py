"""Calendar feeds of a programme, as a calendar program reads them, and badges as a browser prints them."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from tests.support.desk import at_the_desk, page

from rogatory.node.context import Node
from rogatory.office.programme import badges, currencies, feeds
from rogatory.office.programme.models import Entry, Occasion, Room
from rogatory.office.programme.timetable import day_of, overlap

VIENNA = "Europe/Vienna"


@pytest.fixture
def secretary(desk: Node) -> Client:
    return at_the_desk("secretary")


@pytest.fixture
def occasion(secretary: Client) -> Occasion:
    """Three days in Vienna over the change to summer time, with a hall, France, and an open programme."""
    sent = {
        "meeting": "cosp-1",
        "title": "First session",
        "place": "Vienna",
        "time_zone": VIENNA,
        "starts_on": "2028-03-25",
        "ends_on": "2028-03-27",
        "late_days": "3",
        "public": "on",
    }
    secretary.post("/programme/", sent)
    found = Occasion.objects.get()
    secretary.post(f"/programme/{found.pk}/rooms/", {"name": "Hall A"})
    secretary.post(f"/programme/{found.pk}/bodies/", {"iso3": "FRA"})
    return found


def add(client: Client, occasion: Occasion, title: str, day: str, **more: object) -> Entry:
    """An accepted side event from ten to twelve, there."""
    sent = {
        "kind": "side-event",
        "title": title,
        "status": "accepted",
        "starts": f"{day}T10:00",
        "ends": f"{day}T12:00",
        "room": occasion.rooms.get().pk,
        "organisers": [occasion.bodies.get().pk],
        "contact": "Jean Dupont, +33 1 00 00",
        "notes": "INTERNAL",
        "wanted": ["fr", "vi"],
        "confirmed": ["fr"],
        "read_version": 0,
        **more,
    }
    known = Entry.objects.filter(title=title).first()
    path = f"entries/{known.pk}/" if known else "entries/new/"
    response = client.post(f"/programme/{occasion.pk}/{path}", {**sent, "read_version": known.version if known else 0})
    assert response.status_code == 302, response.content.decode()
    return Entry.objects.get(title=title)


def secret_feed(client: Client, occasion: Occasion, scope: str) -> str:
    """The address of a feed as its page shows it."""
    found = re.search(
        rf"/programme/{occasion.pk}/feeds/{scope}/\w+\.ics", page(client, f"/programme/{occasion.pk}/feeds/")
    )
    assert found
    return found[0]


def read(address: str) -> dict[str, Event]:
    """The events behind *address*, asked for without a log-in, by their titles; what RFC 5545 asks is looked at."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    zones = {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")}
    for one in events.values():
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS"} <= set(one)
        assert one["DTSTART"].params["TZID"] in zones
    assert len({one["UID"] for one in events.values()}) == len(events)
    return events


def test_local_times_hold_over_the_change_of_the_clocks(secretary: Client, occasion: Occasion) -> None:
    for title, day in (("Before", "2028-03-25"), ("After", "2028-03-27")):
        add(secretary, occasion, title, day)
    events = read(secret_feed(secretary, occasion, "all"))
    before, after = events["Before"].start, events["After"].start
    assert isinstance(before, datetime)
    assert isinstance(after, datetime)
    assert (before.hour, after.hour) == (10, 10)
    assert before.astimezone(UTC).hour == 9
    assert after.astimezone(UTC).hour == 8
    text = str(events["Before"]["DESCRIPTION"])
    assert "Organised by: France" in text
    assert "Jean Dupont" in text
    assert "INTERNAL" not in text


def test_an_entry_keeps_its_uid_and_says_when_it_is_cancelled(secretary: Client, occasion: Occasion) -> None:
    made = add(secretary, occasion, "Talk", "2028-03-25")
    address = secret_feed(secretary, occasion, "all")
    first = read(address)["Talk"]
    add(secretary, occasion, "Talk", "2028-03-26")
    moved = read(address)["Talk"]
    assert (moved["UID"], moved["STATUS"]) == (first["UID"], "CONFIRMED")
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    secretary.post(f"/programme/{occasion.pk}/remove/entry/{made.pk}/")
    gone = read(address)["Cancelled: Talk"]
    assert (gone["UID"], gone["STATUS"]) == (first["UID"], "CANCELLED")
    assert gone["SEQUENCE"] > moved["SEQUENCE"]
    public = read(f"/programme/{occasion.pk}/public.ics")
    assert public == {}, "the public never saw it"


def test_the_public_sees_only_what_is_accepted_and_public(secretary: Client, occasion: Occasion) -> None:
    address, home = f"/programme/{occasion.pk}/public.ics", f"/programme/{occasion.pk}/public/"
    add(secretary, occasion, "Open", "2028-03-25", public="on")
    add(secretary, occasion, "Closed", "2028-03-26")
    add(secretary, occasion, "Idea", "2028-03-27", public="on", status="proposed")
    seen = read(address)
    assert set(seen) == {"Open"}
    text, shown = str(seen["Open"]["DESCRIPTION"]), page(Client(), home)
    for word in ("Jean Dupont", "INTERNAL", "Vietnamese"):
        assert word not in text
        assert word not in shown
    assert "Open" in shown
    assert "Idea" not in shown
    assert "Closed" not in shown
    add(secretary, occasion, "Open", "2028-03-25", public="on", status="cancelled")
    assert {title: str(one["STATUS"]) for title, one in read(address).items()} == {"Cancelled: Open": "CANCELLED"}
    assert "Open" not in page(Client(), home).partition("<main")[2]
    add(secretary, occasion, "Open", "2028-03-25", status="cancelled")
    assert read(address) == {}
    Occasion.objects.update(public=False)
    assert Client().get(address).status_code == Client().get(home).status_code == 404


def test_the_address_of_one_room_opens_no_other_feed_and_dies_with_the_key(
    secretary: Client, occasion: Occasion
) -> None:
    room, body = occasion.rooms.get(), occasion.bodies.get()
    add(secretary, occasion, "Here", "2028-03-25")
    add(secretary, occasion, "Elsewhere", "2028-03-25", room="", organisers=[])
    one = secret_feed(secretary, occasion, f"room-{room.pk}")
    assert set(read(one)) == {"Here"}
    assert set(read(secret_feed(secretary, occasion, f"organiser-{body.pk}"))) == {"Here"}
    code = one.rpartition("/")[2]
    for scope in ("all", f"organiser-{body.pk}", "room-99", "room-x", "everything"):
        assert Client().get(f"/programme/{occasion.pk}/feeds/{scope}/{code}").status_code == 404
    right = feeds.code(occasion, "room-99")
    assert Client().get(f"/programme/{occasion.pk}/feeds/room-99/{right}.ics").status_code == 404
    assert Client().get(one.replace(".ics", "é.ics")).status_code == 404
    secretary.post(f"/programme/{occasion.pk}/feeds/renew/")
    assert Client().get(one).status_code == 200, "nobody confirmed it"
    secretary.post(f"/programme/{occasion.pk}/feeds/renew/", {"confirm": "yes"})
    assert Client().get(one).status_code == 404
    assert secret_feed(secretary, occasion, f"room-{room.pk}") != one


def test_a_feed_speaks_the_language_that_its_address_asks_for(secretary: Client, occasion: Occasion) -> None:
    add(secretary, occasion, "Atelier", "2028-03-25")
    address = secret_feed(secretary, occasion, "all")
    text = str(read(f"{address}?lang=fr")["Atelier"]["DESCRIPTION"])
    assert "Organisé par\u00a0: France" in text
    assert "Organised by" in str(read(f"{address}?lang=xx")["Atelier"]["DESCRIPTION"])


LIST = "Nom;Délégation;Fonction;Catégorie;Laissez-passer\nÉloïse <b>Roy</b>;France;Représentante;delegate;https://desk.example/pass/abc\nAn;Viet Nam;;security;\n"


def test_badges_come_eight_a_page_with_the_pass_as_a_code_and_are_not_kept(
    secretary: Client, occasion: Occasion
) -> None:
    address = f"/programme/{occasion.pk}/badges/"
    many = LIST + "".join(f"Person {n};France;;observer;\n" for n in range(8))
    answer = secretary.post(address, {"list": SimpleUploadedFile("b.csv", many.encode("utf-8-sig")), **blank_forms()})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.count('class="badge-page"') == 2
    assert shown.count('<article class="badge ') == 10
    assert shown.count('class="code"') == 1
    assert "Éloïse &lt;b&gt;Roy" in shown
    assert "Person 3" not in page(secretary, address)


def test_badges_can_be_typed_in(secretary: Client, occasion: Occasion) -> None:
    address = f"/programme/{occasion.pk}/badges/"
    typed = {"form-0-name": "An", "form-0-delegation": "Viet Nam", "form-0-category": "press"}
    answer = secretary.post(address, {**blank_forms(), **typed})
    assert answer.content.decode().count('<article class="badge press"') == 1
    assert secretary.post(address, blank_forms()).status_code == 400
    assert secretary.post(address, {}).status_code == 400
    assert (
        secretary.post(address, {**blank_forms(), "form-0-name": "An", "form-0-link": "javascript:1"}).status_code
        == 400
    )


def blank_forms() -> dict[str, str]:
    return {"form-TOTAL_FORMS": "8", "form-INITIAL_FORMS": "0"}


@pytest.mark.any_database
def test_a_list_that_cannot_be_used_is_refused_with_its_line() -> None:
    head = b"name,delegation,function,category,pass\n"
    for data, words in (
        (b"", "does not name the columns"),
        (b"name,category\nA,press\n", "delegation, function"),
        (head + b"A,F,f,king,\n", "Line 2: “king” is not one of the categories"),
        (head + b",F,f,press,\n", "Line 2 gives no name"),
        (head + b"A,F,f,press,javascript:alert(1)\n", "The pass on line 2"),
        (head + b"A" * 200 + b",F,f,press,\n", "more than 120 signs"),
        (head + b'"A,F\n', "not CSV"),
        (b"\xff\xfe", "UTF-8"),
        (head + b"A,F,f,press,\n" * 801, "more than 800"),
        (b"x" * (badges.MOST_BYTES + 1), "longer than 512"),
    ):
        with pytest.raises(badges.BadBadgeList) as refused:
            badges.read_list(data)
        assert words in refused.value.message


@pytest.mark.any_database
@given(units=st.integers(0, currencies.MOST), currency=st.sampled_from(sorted(currencies.DIGITS)))
def test_an_amount_that_is_written_is_read_again(units: int, currency: str) -> None:
    text = f"{currencies.exact(units, currency):f}"
    assert currencies.read(text, currency) == units
    assert currencies.read(text.replace(".", ","), currency) == units


TIMES = st.tuples(st.integers(0, 3 * 48), st.integers(1, 60), st.integers(0, 2))


@pytest.mark.any_database
@given(st.lists(TIMES, max_size=12), st.sampled_from([VIENNA, "UTC", "Pacific/Kiritimati"]))
def test_each_entry_stands_in_one_cell_of_a_day_that_spans_its_time(
    given: list[tuple[int, int, int]], name: str
) -> None:
    """The table of a day over the change of the clocks: nothing is lost, doubled, or beside its hours."""
    zone = ZoneInfo(name)
    opening = datetime(2028, 3, 25, 0, 0, tzinfo=zone).astimezone(UTC)
    halls = [Room(pk=number, name=f"Room {number}") for number in range(3)]
    entries = [
        Entry(
            pk=n,
            room=halls[room],
            starts=opening + timedelta(minutes=30 * at),
            ends=opening + timedelta(minutes=30 * (at + long)),
        )
        for n, (at, long, room) in enumerate(given)
    ]
    for on in (opening.astimezone(zone).date() + timedelta(days=n) for n in range(3)):
        day = day_of(on, entries, zone)
        placed = [(row, cell, entry) for row in day.rows for cell in row.cells for entry in cell.entries]
        assert sorted(entry.pk for _, _, entry in placed) == sorted(entry.pk for entry in day.entries)
        opens, ends = (datetime(on.year, on.month, on.day, tzinfo=zone) + timedelta(days=n) for n in range(2))
        whole = [one.pk for one in entries if overlap(one, Entry(starts=opens, ends=ends))]
        assert sorted(one.pk for one in (*day.entries, *day.lasting)) == sorted(whole)
        widths = [0] * len(day.rows)
        for number, row in enumerate(day.rows):
            for cell in row.cells:
                for below in range(number, number + cell.span):
                    widths[below] += 1
        assert set(widths) <= {len(day.columns)}
        for row, cell, entry in placed:
            last = day.rows[day.rows.index(row) + cell.span - 1]
            assert overlap(entry, Entry(starts=row.starts, ends=last.ends))
