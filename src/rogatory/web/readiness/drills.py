"""Drills at the desk: planned, waiting for an answer, answered, and what they came to by hour of the day.

Nobody is shown the hour of a drill before it has come. Opening one that waits, as a duty officer, is kept with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log10
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.correspondence import drilltable
from rogatory.correspondence.drills import BANNER, ENDED, STANDINGS, WAYS, Drill, Report, Standing, Way
from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.kernel import times
from rogatory.law.words import Words
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.correspondence.drillkinds import PLANNERS
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.forms import whole_number
from rogatory.web.middleware import status_of

WINDOWS = {
    "now": timedelta(0),
    "12h": timedelta(hours=12),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
#: The picture: its size, and the seconds that its lowest and highest lines stand for.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 300, 64, 16, 28
FASTEST, SLOWEST = 1.0, 86_400.0
TICKS = ((1.0, "1 s"), (10.0, "10 s"), (60.0, "1 min"), (600.0, "10 min"), (3600.0, "1 h"), (36_000.0, "10 h"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLine:
    """A drill with how it stands now."""

    drill: Drill
    standing: Standing
    whole: float | None
    way: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One answered drill in the picture."""

    x: float
    y: float
    passed: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Response times by hour of the day: dots, and the lines of both scales."""

    width: int
    height: int
    left: int
    top: int
    bottom: int
    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, str], ...]
    hours: tuple[tuple[float, str], ...]


@signed_in
def every(request: DeskRequest) -> HttpResponse:
    """All drills, the newest first, and the form that plans one."""
    problem: RogatoryError | None = None
    if request.method == "POST":
        try:
            planned = drills.plan(request.node, request.actor, _wanted(request))
        except (BadInput, NotFound, NotPermitted) as error:
            problem = error
        else:
            at_once = planned.until == planned.planned_at
            told = _("The drill is sent now.") if at_once else _("The drill is sent at an hour that nobody is told.")
            messages.success(request, told)
            return redirect("drills")
    context = {
        "lines": [line_of(one, request.node) for one in drills.listed(request.node, request.actor)],
        "may_plan": bool(request.actor.roles & frozenset(PLANNERS)),
        "may_answer": "duty-officer" in request.actor.roles,
        "receivers": _receivers(request.node),
        "minutes": request.node.config.drill_minutes,
        "given": request.POST,
        "problem": problem,
    }
    return render(request, "web/ready/drills.html", context, status=status_of(problem) if problem else 200)


@signed_in
def banner(request: DeskRequest) -> HttpResponse:
    """What tells a duty officer of a drill that waits; nothing (204) where the page tells of it already."""
    drill = next(iter(drills.waiting(request.node, request.actor)), None)
    if request.GET.get("told", "") == (drill.id if drill else ""):
        return HttpResponse(status=204)
    return render(request, "web/ready/parts/banner.html", {"drill": drill})


@signed_in
def show(request: DeskRequest, id: str) -> HttpResponse:
    """One drill; a duty officer who looks at one that waits has opened it."""
    return _page(request, id)


@require_POST
@signed_in
def answer(request: DeskRequest, id: str) -> HttpResponse:
    """A duty officer answers a drill that waits."""
    try:
        drills.answer(request.node, request.actor, id, note=request.POST.get("note", "").strip())
    except (BadInput, NotPermitted) as error:
        return _page(request, id, problem=error)
    messages.success(request, _("The drill is answered, in your name."))
    return redirect("drill", id)


@require_POST
@signed_in
def cancel(request: DeskRequest, id: str) -> HttpResponse:
    """A drill that was not sent is cancelled."""
    try:
        drills.cancel(request.node, request.actor, id)
    except NotPermitted as error:
        return _page(request, id, problem=error)
    messages.success(request, _("The drill will not be sent."))
    return redirect("drills")


@signed_in
def report(request: DeskRequest) -> HttpResponse:
    """What the drills came to: by State, by hour of the day, each by itself."""
    problem, since = None, None
    try:
        since = _since(request)
    except BadInput as error:
        problem = error
    found = drills.report(request.node, request.actor, since=since)
    context = {
        "report": found,
        "scores": [(one, [(name, one.standings.get(name, 0)) for name in ENDED]) for one in found.scores],
        "ended": [(name, STANDINGS[name]) for name in ENDED],
        "hours": [one for one in found.hours if one.sent],
        "picture": picture(found),
        "since": request.GET.get("since", "") if problem is None else "",
        "problem": problem,
    }
    return render(request, "web/ready/drill_report.html", context, status=status_of(problem) if problem else 200)


@signed_in
def report_file(request: DeskRequest) -> HttpResponse:
    """Every drill as a line of a CSV file."""
    found = drills.report(request.node, request.actor, since=_since(request))
    headers = {"Content-Disposition": 'attachment; filename="drills.csv"'}
    return HttpResponse(drilltable.to_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def line_of(drill: Drill, node: Node) -> DrillLine:
    """The drill as it stands now."""
    now = node.clock.now()
    return DrillLine(drill=drill, standing=drill.standing(now), whole=drill.seconds()["whole"], way=WAYS[drill.way])


def picture(found: Report) -> Picture:
    """The response times of *found* by hour of the day (UTC), the time on a scale of powers of ten."""
    floor = HEIGHT - BOTTOM
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        top=TOP,
        bottom=floor,
        dots=tuple(_dots(found)),
        lines=tuple((_height(seconds), label) for seconds, label in TICKS),
        hours=tuple((_across(float(hour)), f"{hour:02d}") for hour in range(0, 25, 3)),
    )


def _dots(found: Report) -> list[Dot]:
    dots = []
    for one in found.drills:
        begun = one.received_at if one.way is Way.IN else one.sent_at
        whole = one.seconds()["whole"]
        if begun is None or whole is None:
            continue
        standing = one.standing(found.at)
        dots.append(
            Dot(
                x=_across(begun.hour + begun.minute / 60),
                y=_height(whole),
                passed=standing is Standing.PASSED,
                told=f"{one.asked[:3]} {begun:%Y-%m-%d %H:%M}",
            )
        )
    return dots


def _across(hour: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 12) * hour / 24, 1)


def _height(seconds: float) -> float:
    share = (log10(min(max(seconds, FASTEST), SLOWEST)) - log10(FASTEST)) / (log10(SLOWEST) - log10(FASTEST))
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)


def _page(request: DeskRequest, id: str, *, problem: RogatoryError | None = None) -> HttpResponse:
    line = line_of(drills.look(request.node, request.actor, id), request.node)
    drill = line.drill
    waits = drill.sent_at is not None and drill.answered_at is None and drill.way is not Way.OUT
    context = {
        "line": line,
        "drill": drill,
        "banner": BANNER,
        "seconds": drill.seconds(),
        "may_answer": waits and "duty-officer" in request.actor.roles,
        "may_cancel": line.standing is Standing.PLANNED and bool(request.actor.roles & frozenset(PLANNERS)),
        "given": request.POST,
        "problem": problem,
    }
    return render(request, "web/ready/drill.html", context, status=status_of(problem) if problem else 200)


def _wanted(request: DeskRequest) -> drills.Plan:
    minutes = whole_number(request.POST.get("minutes"))
    return drills.Plan(
        to=request.POST.get("to", ""),
        window=WINDOWS.get(request.POST.get("window", ""), WINDOWS["7d"]),
        answer_within=timedelta(minutes=minutes) if minutes else None,
        note=request.POST.get("note", "").strip(),
    )


def _receivers(node: Node) -> Sequence[tuple[str, Words]]:
    """Our own State first, then the partners whose cards were accepted."""
    codes = [node.state, *sorted(one for one in partners.all_cards(node) if one != node.state)]
    return [(code, node.status.state(code).name) for code in codes]


def _since(request: DeskRequest) -> datetime | None:
    given: Any = request.GET.get("since", "")
    return times.parse_stamp(f"{times.parse_day(given).isoformat()}T00:00:00.000Z") if given else None
