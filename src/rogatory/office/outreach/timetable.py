"""The calendar of outreach: occasions that people entered, the day on which signature closes, and what is promised.

1. The close of signature comes from the law data and is in every calendar until it has passed.
2. A person's calendar has an address with a key of its own; it opens nothing once the person's log-in is closed or the
   role is gone, and a new key ends the old address.
3. Contacts, meetings and notes are in no calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from rogatory.office.outreach.access import READERS
from rogatory.office.outreach.models import OutreachDesk, OutreachOccasion, OutreachPromise
from rogatory.office.outreach.standing import INSTRUMENT
from rogatory.status.engine import Status
from rogatory.status.forecast import fixed_days

KEY_SIGNS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One day or several of the calendar: `occasion` is None for a day that the law fixes, which has `cite`."""

    title: str
    starts_on: date
    ends_on: date
    days_left: int
    cite: str
    occasion: OutreachOccasion | None

    @property
    def is_now(self) -> bool:
        """Whether it has begun and is not over."""
        return self.days_left <= 0


def coming(status: Status, on: date, *, iso3: str = "", public: bool = False) -> list[Coming]:
    """What is still to come or not over on that day, for all States or for one; with *public*, what is public."""
    rows = OutreachOccasion.objects.filter(removed_at=None, ends_on__gte=on).select_related("owner__user")
    chosen = [one for one in rows if (one.public or not public) and (not iso3 or not one.codes or iso3 in one.codes)]
    found = [
        Coming(
            title=one.title,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            days_left=(one.starts_on - on).days,
            cite="",
            occasion=one,
        )
        for one in chosen
    ]
    return sorted([*found, *_fixed(status, on)], key=lambda one: (one.starts_on, one.title))


def past(on: date) -> list[OutreachOccasion]:
    """The occasions that are over, the newest first."""
    return list(OutreachOccasion.objects.filter(removed_at=None, ends_on__lt=on).order_by("-starts_on", "-pk"))


def _fixed(status: Status, on: date) -> list[Coming]:
    days = fixed_days(status, INSTRUMENT)
    if days is None:
        return []
    named = (
        (days.signature_closes, _("Signature closes"), days.signature),
        (days.conference_by, _("Last day for the first Conference"), days.conference),
    )
    return [
        Coming(title=title, starts_on=day, ends_on=day, days_left=(day - on).days, cite=cite, occasion=None)
        for day, title, cite in named
        if day and day >= on
    ]


def desk_of_key(key: str) -> OutreachDesk | None:
    """Whose calendar the address with this key is, as long as that person may read."""
    if len(key) != KEY_SIGNS:
        return None
    found = OutreachDesk.objects.filter(feed_key=key).select_related("member__user").first()
    if found is None or not found.member.user.is_active or not READERS & set(found.member.roles):
        return None
    return found


def as_ical(status: Status, now: datetime) -> bytes:
    """All occasions, days that the law fixes and promises that are open, as iCalendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rogatory//Outreach//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Outreach"))
    calendar.add("x-wr-calname", _("Outreach"))
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    for occasion in OutreachOccasion.objects.all():
        calendar.add_component(_occasion(occasion))
    for one in _fixed(status, now.date()):
        calendar.add_component(_whole_days(f"{one.cite}@uncc", one.title, (one.starts_on, one.ends_on), now))
    for promise in OutreachPromise.objects.filter(removed_at=None, done_on=None):
        calendar.add_component(_promise(status, promise))
    return bytes(calendar.to_ical())


def _occasion(row: OutreachOccasion) -> Event:
    title = row.title if row.removed_at is None else _("Cancelled: %(title)s") % {"title": row.title}
    event = _whole_days(row.uid, title, (row.starts_on, row.ends_on), row.changed_at)
    event.add("sequence", row.version)
    event.add("status", "CONFIRMED" if row.removed_at is None else "CANCELLED")
    if row.removed_at is None:
        event.add("location", row.place)
        lines: Sequence[str] = (", ".join(row.codes), row.prepare, row.address)
        event.add("description", "\n".join(line for line in lines if line))
    return event


def _promise(status: Status, row: OutreachPromise) -> Event:
    known = status.states.get(row.iso3)
    title = _("Due: %(what)s (%(state)s)") % {"what": row.what, "state": row.iso3 if known else "–"}
    event = _whole_days(f"promise-{row.pk}", title, (row.due, row.due), row.changed_at)
    event.add("sequence", row.version)
    event.add("description", row.by_whom)
    return event


def _whole_days(uid: str, title: str, days: tuple[date, date], changed: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed.replace(microsecond=0))
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", title)
    return event
