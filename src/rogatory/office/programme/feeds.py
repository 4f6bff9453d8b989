"""Calendar feeds (iCalendar, RFC 5545) of a programme: the whole, one room, one organiser, and what is public.

1. An entry keeps its UID for ever; each change raises its SEQUENCE.
2. What was declined, cancelled or removed is said to be cancelled; in the public feed only when the public saw it.
3. Times are local ones with the time zone of the place, whose rules are in the file.
4. The address of a feed that is not public carries a code that is derived from the occasion's key and the feed's
   scope: whoever has the address of one room cannot make up that of another. A new key ends all addresses.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from rogatory.office.programme.models import Body, Entry, Occasion, Standing

CODE_SIGNS = 32
EVERYTHING = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed shows: its name, its entries, and whether everybody may read it."""

    name: str
    entries: tuple[Entry, ...]
    public: bool


def code(occasion: Occasion, scope: str) -> str:
    """The code in the secret address of the feed *scope* (`all`, `room-3`, `organiser-5`)."""
    text = f"{occasion.pk}:{scope}".encode()
    return hmac.new(bytes.fromhex(occasion.feed_key), text, hashlib.sha256).hexdigest()[:CODE_SIGNS]


def opens(occasion: Occasion, scope: str, given: str) -> bool:
    """Whether *given* is the code of *scope*."""
    return hmac.compare_digest(code(occasion, scope).encode(), given.encode("utf-8", "surrogateescape"))


def find(occasion: Occasion, scope: str) -> Feed | None:
    """The feed *scope* for people who were given its address; `None` when there is no such room or organiser."""
    kind, _dash, number = scope.partition("-")
    entries = occasion.entries.select_related("room").prefetch_related("organisers").filter(starts__isnull=False)
    if scope == EVERYTHING:
        return Feed(name=occasion.title, entries=tuple(entries), public=False)
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if kind == "room" and (room := occasion.rooms.filter(pk=number).first()):
        return Feed(name=f"{occasion.title}: {room.name}", entries=tuple(entries.filter(room=room)), public=False)
    if kind == "organiser" and (body := occasion.bodies.filter(pk=number).first()):
        own = tuple(entries.filter(organisers=body))
        return Feed(name=f"{occasion.title}: {body.name}", entries=own, public=False)
    return None


def public(occasion: Occasion) -> Feed:
    """What everybody may read: accepted and marked public, or seen by the public once and cancelled since."""
    rows = occasion.entries.select_related("room").prefetch_related("organisers")
    seen = [one for one in rows.filter(public=True, starts__isnull=False) if is_open(one) or one.published]
    return Feed(name=occasion.title, entries=tuple(seen), public=True)


def is_open(entry: Entry) -> bool:
    """Whether everybody may see *entry*, in a programme that is public."""
    return entry.public and entry.removed_at is None and entry.status == Standing.ACCEPTED


def as_ical(feed: Feed, occasion: Occasion, body_name: Callable[[Body], str]) -> bytes:
    """The feed as bytes, with the words in the active language."""
    calendar = Calendar()
    calendar.add("prodid", "-//Rogatory//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", feed.name)
    calendar.add("x-wr-calname", feed.name)
    calendar.add("x-wr-timezone", occasion.time_zone)
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    for entry in feed.entries:
        calendar.add_component(_event(entry, feed, occasion, body_name))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, feed: Feed, occasion: Occasion, body_name: Callable[[Body], str]) -> Event:
    standing = _standing(entry, feed)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.version)
    if entry.starts and entry.ends:
        event.add("dtstart", entry.starts.astimezone(occasion.zone))
        event.add("dtend", entry.ends.astimezone(occasion.zone))
    event.add("status", standing)
    event.add("categories", [str(entry.get_kind_display())])
    title = entry.published if feed.public else entry.title
    if standing == "CANCELLED":
        event.add("summary", _("Cancelled: %(title)s") % {"title": title})
        return event
    event.add("summary", entry.title)
    event.add("location", ", ".join(part for part in (entry.room.name if entry.room else "", occasion.place) if part))
    event.add("description", "\n".join(_lines(entry, body_name, public=feed.public)))
    return event


def _standing(entry: Entry, feed: Feed) -> str:
    if not entry.takes_place:
        return "CANCELLED"
    if entry.status == Standing.ACCEPTED:
        return "CONFIRMED"
    # The public saw it accepted; that it is being talked about again is not for the public.
    return "CANCELLED" if feed.public else "TENTATIVE"


def _lines(entry: Entry, body_name: Callable[[Body], str], *, public: bool) -> Iterable[str]:
    if entry.description:
        yield entry.description
    organisers = ", ".join(body_name(one) for one in entry.organisers.all())
    if organisers:
        yield _("Organised by: %(names)s") % {"names": organisers}
    confirmed = ", ".join(name for name, sure in entry.languages if sure)
    if confirmed:
        yield _("Interpretation: %(languages)s") % {"languages": confirmed}
    if public:
        return
    waiting = ", ".join(name for name, sure in entry.languages if not sure)
    if waiting:
        yield _("Interpretation wanted, not confirmed: %(languages)s") % {"languages": waiting}
    if entry.contact:
        yield _("Contact: %(contact)s") % {"contact": entry.contact}
