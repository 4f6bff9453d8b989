"""The programme by day: for those who prepare it, and for everybody once it is public."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory.node.context import Node
from rogatory.office.programme import feeds, names, scheduling
from rogatory.office.programme.access import OfficeRequest, find_occasion, of_occasion
from rogatory.office.programme.models import Body, Entry, Occasion
from rogatory.office.programme.pages import show
from rogatory.office.programme.timetable import Day, clashes, day_of


@of_occasion
def days(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every day of the meeting, what has no time yet, what does not take place, and what clashes."""
    every = scheduling.others_of(occasion)
    standing = [one for one in every if one.takes_place]
    shown: dict[str, Any] = {
        "days": _days(occasion, standing),
        "body_names": names.by_key(request.node, occasion.bodies.all()),
        "untimed": [one for one in standing if one.starts is None],
        "declined": [one for one in every if not one.takes_place],
        "clashes": _clashes(standing, names.naming(request.node)),
        "remarks": _remarks(standing),
        "entries": every,
        "has_rooms": occasion.rooms.filter(removed_at=None).exists(),
    }
    return show(request, "days", occasion, **shown)


def _days(occasion: Occasion, entries: Iterable[Entry]) -> list[Day]:
    """The days of the meeting, and others on which an entry takes place, such as that of setting up."""
    timed = [one for one in entries if one.starts and one.ends]
    other = {day for one in timed for day in _days_of(one, occasion)}
    return [day_of(on, timed, occasion.zone) for on in sorted({*occasion.days, *other})]


def _days_of(entry: Entry, occasion: Occasion) -> set[date]:
    """The first and last day of *entry*, there."""
    return {at.astimezone(occasion.zone).date() for at in (entry.starts, entry.ends) if at}


def _clashes(entries: list[Entry], name: Callable[[Body], str]) -> list[str]:
    """One sentence for each pair that needs the same thing at the same time."""
    return [
        _("“%(title)s”: %(clash)s") % {"title": entry.title, "clash": scheduling.sentence(clash, name)}
        for number, entry in enumerate(entries)
        for clash in clashes(entry, entry.organisers.all(), entries[number + 1 :])
    ]


def _remarks(entries: list[Entry]) -> dict[str, list[Entry]]:
    """What a secretary has to look at still."""
    return {
        "too_many": [
            one for one in entries if one.expected and one.room and (one.room.capacity or one.expected) < one.expected
        ],
        "unconfirmed": [one for one in entries if set(one.wanted) - set(one.confirmed)],
        "no_room": [one for one in entries if one.starts and one.room is None],
    }


@require_safe
def public(request: HttpRequest, id: int) -> HttpResponse:
    """What is accepted and marked public, for everybody, when the secretary has opened the programme."""
    occasion = find_occasion(id)
    if not occasion.public:
        raise Http404
    node: Node = request.node  # type: ignore[attr-defined]
    entries = [one for one in scheduling.others_of(occasion) if feeds.is_open(one)]
    shown: dict[str, Any] = {
        "occasion": occasion,
        "days": [day for day in _days(occasion, entries) if day.entries or day.lasting],
        "body_names": names.by_key(node, occasion.bodies.all()),
        "public": True,
    }
    with timezone.override(occasion.zone):
        return render(request, "office/programme/public.html", shown)
