"""What every page of outreach shows: whether the person may write, and what was removed just now."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.outreach import access, listing, recording
from rogatory.office.outreach.access import LIAISON
from rogatory.office.outreach.listing import Line
from rogatory.office.outreach.models import OutreachContact, OutreachMeeting
from rogatory.office.outreach.recording import KINDS, Row
from rogatory.office.outreach.standing import INSTRUMENT
from rogatory.office.programme.access import OfficeRequest
from rogatory.status.model import State
from rogatory.web.matrixpage import matrix_of
from rogatory.web.stateorder import in_order
from rogatory.web.statuswords import GROUPS


def show(request: OfficeRequest, page: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page *page*."""
    shown = {
        "may_write": LIAISON in request.actor.roles,
        "removed": just_removed(request),
        "removed_word": request.GET.get("removed", "").partition("-")[0],
        "on": today(request.node),
        "group_names": GROUPS,
        "practice": request.node.status.practice,
        "known_until": request.node.status.progress(INSTRUMENT).as_of,
        **more,
    }
    return render(request, f"web/outreach/{page}.html", shown, status=status)


def today(node: Node) -> date:
    """The day of the node."""
    return node.clock.now().date()


def lines_of(node: Node, *, public: bool = False) -> tuple[Line, ...]:
    """The lines of every State today, with what would open."""
    on = today(node)
    return listing.lines(node.status, on, matrix=matrix_of(node.status, on), public=public)


def state_of(request: OfficeRequest, iso3: str) -> State:
    """The State that the address names; raises `UnknownState`."""
    return request.node.status.state(iso3.upper())


def state_names(node: Node) -> dict[str, str]:
    """Every State's name by its code, in the order of the language of the page."""
    lang = get_language() or "en"
    return {one.iso3: one.name.get(lang) for one in in_order(node.status.states.values())}


def find(actor: Actor, word: str, number: int, *, removed: bool = False) -> Row:
    """The row of the kind *word* with this key; raises `Http404`, also for what is private and not *actor*'s."""
    kind = KINDS.get(word)
    found: Row | None = None
    if kind is not None:
        found = kind._default_manager.filter(pk=number, removed_at__isnull=not removed).first()
    if found is None or not may_see(actor, found):
        raise Http404
    return found


def may_see(actor: Actor, row: Row) -> bool:
    """Whether *actor* may know of *row*: of a contact the owner and whom the owner named, of others every reader."""
    if not isinstance(row, OutreachContact):
        return True
    if row.removed_at is not None and not recording.is_owner(actor, row):
        return False
    return access.contacts(actor).filter(pk=row.pk).exists()


def may_open(actor: Actor, row: Row) -> bool:
    """Whether *actor* may read all of *row*, the private parts of a meeting included."""
    return not isinstance(row, OutreachMeeting) or row.pk in access.opened_meetings(actor)


def just_removed(request: OfficeRequest) -> Row | None:
    """What the address says was removed a moment ago, to offer it back."""
    word, _dash, number = request.GET.get("removed", "").partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return find(request.actor, word, int(number), removed=True)
    except Http404:
        return None
