"""Reports by regional group, and the lines as files; for everybody, what is public, where the operator opens it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rogatory.errors import NotFound
from rogatory.node.context import Node
from rogatory.office.outreach import listing, recording, reporting, timetable
from rogatory.office.outreach.access import by_reader
from rogatory.office.outreach.listing import Line, Wish
from rogatory.office.outreach.standing import INSTRUMENT, STAGES
from rogatory.office.programme.access import OfficeRequest
from rogatory.status import pace
from rogatory.status.engine import Status
from rogatory.web import charts
from rogatory.web.outreach.pages import lines_of, show, today
from rogatory.web.statuswords import GROUPS

PART = "outreach"


class OutreachNotPublic(NotFound):
    """This node has no public page of States on their way to joining."""

    code = "outreach-not-public"
    remedy = "Log in, or ask the operator of this node; it is opened by ROGATORY_PUBLIC."


class NodeRequest(HttpRequest):
    """A request to which the wiring has added the node."""

    node: Node


@by_reader
def report(request: OfficeRequest) -> HttpResponse:
    """Every group with its stages as numbers, a bar and tiles, and how it grew."""
    lines = lines_of(request.node)
    return show(request, "regions", **_report(request.node, lines, request.GET.get("group", ""), public=False))


@by_reader
def as_csv(request: OfficeRequest) -> HttpResponse:
    """The lines that are wanted, as CSV."""
    lines = listing.select(lines_of(request.node), _wish(request))
    recording.note_export(request.node, request.actor, "states.csv")
    return _csv(lines, f"outreach-{today(request.node)}.csv")


@by_reader
def as_json(request: OfficeRequest) -> HttpResponse:
    """The lines that are wanted, as JSON."""
    lines = listing.select(lines_of(request.node), _wish(request))
    recording.note_export(request.node, request.actor, "states.json")
    return _json(request.node, lines)


@require_safe
def public(request: NodeRequest) -> HttpResponse:
    """What is public, for everybody."""
    _require_open()
    node = request.node
    lines = lines_of(node, public=True)
    shown = {
        **_report(node, lines, request.GET.get("group", ""), public=True),
        "on": today(node),
        "practice": node.status.practice,
        "known_until": node.status.progress(INSTRUMENT).as_of,
        "lines": [line for line in lines if line.place.steps or line.obstacles or line.help],
        "coming": timetable.coming(node.status, today(node), public=True),
    }
    return render(request, "web/outreach/public.html", shown)


@require_safe
def public_csv(request: NodeRequest) -> HttpResponse:
    """What is public, as CSV."""
    _require_open()
    return _csv(lines_of(request.node, public=True), f"outreach-{today(request.node)}.csv")


@require_safe
def public_json(request: NodeRequest) -> HttpResponse:
    """What is public, as JSON."""
    _require_open()
    return _json(request.node, lines_of(request.node, public=True))


def _require_open() -> None:
    if PART not in settings.PUBLIC_PARTS:
        raise OutreachNotPublic


def _report(node: Node, lines: Sequence[Line], group: str, *, public: bool) -> dict[str, Any]:
    status, on = node.status, today(node)
    group = group if group in GROUPS else ""
    acts = _acts(status, group, on)
    progress = status.progress(INSTRUMENT, on)
    start = min(pace.opening(status, INSTRUMENT), on)
    return {
        "regions": reporting.regions(lines),
        "total": reporting.counted(lines),
        "all_lines": len(lines),
        "stages": [(stage, *STAGES[stage]) for stage in STAGES],
        "group": group,
        "group_names": GROUPS,
        "quarters": reporting.over_time(status, on, group, public=public),
        "acts": acts,
        "chart": charts.timeline(acts, start=start, on=on, threshold=progress.threshold),
        "progress": progress,
    }


def _acts(status: Status, group: str, on: date) -> tuple[charts.Happened, ...]:
    inside = {code for code, one in status.states.items() if not group or (one.group or "none") == group}
    deposits = [one for one in status.deposits(INSTRUMENT) if one.state in inside]
    counted = [one for one in status.counted(INSTRUMENT, on) if one.state in inside]
    return charts.happened(deposits, counted, on)


def _wish(request: OfficeRequest) -> Wish:
    return Wish.read(request.GET, GROUPS)


def _csv(lines: Sequence[Line], name: str) -> HttpResponse:
    return HttpResponse(
        reporting.as_csv(lines).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _json(node: Node, lines: Sequence[Line]) -> HttpResponse:
    value = {"on": today(node).isoformat(), "lang": get_language() or "en", "states": reporting.as_rows(lines)}
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json")
