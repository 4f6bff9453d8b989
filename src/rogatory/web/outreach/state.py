"""One State on its way: what is known, what is private to the reader, and the brief for its capital."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from rogatory.errors import RogatoryError
from rogatory.node.assistance import entries as assistance
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.outreach import access, briefing, recording, timetable
from rogatory.office.outreach.access import by_reader
from rogatory.office.outreach.listing import Line
from rogatory.office.outreach.models import (
    OutreachHelp,
    OutreachMeeting,
    OutreachObstacle,
    OutreachPromise,
    OutreachRow,
    OutreachStep,
)
from rogatory.office.programme.access import OfficeRequest
from rogatory.web.outreach.pages import lines_of, show, state_of, today

RowType = TypeVar("RowType", bound=OutreachRow)


@by_reader
def show_state(request: OfficeRequest, iso3: str) -> HttpResponse:
    """All that the reader may know of one State's way to joining; raises `UnknownState`."""
    state, node, actor = state_of(request, iso3), request.node, request.actor
    on = today(node)
    line = next(one for one in lines_of(node) if one.place.state.iso3 == state.iso3)
    mine = access.contacts(actor, state.iso3).filter(removed_at=None).prefetch_related("shared_with")
    shown: dict[str, Any] = {
        "state": state,
        "line": line,
        "place": line.place,
        "history": _history(state.iso3),
        "obstacles": [briefing.concern(node.status.law, one) for one in _standing(OutreachObstacle, state.iso3)],
        "help": [(one, need_entry(node, one.need)) for one in _standing(OutreachHelp, state.iso3)],
        "promises": [(one, (on - one.due).days) for one in _standing(OutreachPromise, state.iso3)],
        "meetings": _meetings(actor, state.iso3),
        "contacts": [(one, recording.is_owner(actor, one)) for one in mine],
        "coming": timetable.coming(node.status, on, iso3=state.iso3),
        "openings": opened(line),
    }
    return show(request, "state", **shown)


@by_reader
def brief(request: OfficeRequest, iso3: str) -> HttpResponse:
    """Why join: a page to print for the capital; raises `UnknownState`."""
    state, node = state_of(request, iso3), request.node
    found = briefing.brief(node.status, lines_of(node), state.iso3, today(node))
    shown = {"brief": found, "state": state, "place": found.place, "openings": opened(found.line)}
    return render(request, "web/outreach/brief.html", {**shown, "on": today(node), "practice": node.status.practice})


def opened(line: Line) -> list[tuple[str, int, int]]:
    """Each measure that would open: with how many States now, and with how many if the signatories came too."""
    opening = line.opening
    if opening is None:
        return []
    found = []
    for measure in opening.measures:
        now = sum(measure in one.measures for one in opening.now)
        later = now + sum(measure in one.measures for one in opening.next)
        if later:
            found.append((measure, now, later))
    return found


def need_entry(node: Node, need: str) -> tuple[str, str, str] | None:
    """Owner, id and title of the entry of a need, where this node has it."""
    if not need:
        return None
    try:
        row = assistance.find(node, need)
    except RogatoryError:
        return None
    return row.owner, row.entry, str(row.body.get("title", "")) or need


def _standing(model: type[RowType], iso3: str) -> QuerySet[RowType]:
    return model._default_manager.filter(iso3=iso3, removed_at=None).select_related("owner__user")


def _meetings(actor: Actor, iso3: str) -> list[tuple[OutreachMeeting, bool, bool]]:
    """Each meeting, whether *actor* may read its private parts, and whether it is his or hers."""
    opened = access.opened_meetings(actor)
    rows = OutreachMeeting.objects.filter(iso3=iso3, removed_at=None).select_related("owner__user")
    return [(one, one.pk in opened, recording.is_owner(actor, one)) for one in rows.prefetch_related("shared_with")]


def _history(iso3: str) -> list[tuple[OutreachStep, bool]]:
    """Every row of every step, the newest first, and whether it is the last word on its step."""
    rows = list(OutreachStep.objects.filter(iso3=iso3).select_related("entered_by", "corrects"))
    corrected = {one.corrects_id for one in rows}
    return [(one, one.pk not in corrected) for one in sorted(rows, key=lambda row: -row.pk)]
