"""Who is bound, by what, since when: the page of an instrument and the page of a State."""

from collections.abc import Collection, Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rogatory.node import profiles
from rogatory.status import pace
from rogatory.status.engine import Status
from rogatory.status.forecast import fixed_days
from rogatory.status.model import Deposit, State
from rogatory.web import charts, profilepage, statepage, statusrows
from rogatory.web.doors import DeskRequest
from rogatory.web.publicpages import readable_by_public
from rogatory.web.stateorder import in_order
from rogatory.web.statusquery import Asked, asked, state_asked
from rogatory.web.statusrows import Wanted
from rogatory.web.statuswords import GROUPS, SORTS, WAYS


@readable_by_public
def overview(request: DeskRequest) -> HttpResponse:
    """How far an instrument is on a day, and how every State stands to it."""
    about = asked(request)
    status, instrument, on = about.status, about.instrument, about.on
    every = statusrows.rows(status, instrument.id, on)
    wanted = _wanted(request)
    progress = status.progress(instrument.id, on)
    counted = status.counted(instrument.id, on)
    acts = charts.happened(status.deposits(instrument.id), counted, on)
    days = fixed_days(status, instrument.id)
    shown = {
        **common(about),
        "progress": progress,
        "missing": max(0, progress.threshold - progress.count),
        "counted": _named(status, counted),
        "days": days,
        "days_left": (days.signature_closes - on).days if days and days.signature_closes else None,
        "bound": sum(row.way == "party" for row in every),
        "ways": statusrows.counted(every),
        "groups": statusrows.by_group(every),
        "rows": statusrows.select(every, wanted),
        "all_rows": len(every),
        "wanted": wanted,
        "group_names": GROUPS.items(),
        "sorts": SORTS.items(),
        "json_address": reverse("api-v1:show_progress", args=[instrument.id]) + about.on_query,
        "file_query": about.with_(q=wanted.text, group=wanted.group, way=wanted.way, sort=wanted.sort),
        "way_names": [(way, look.word) for way, look in WAYS.items()],
        "acts": acts,
        "chart": charts.timeline(
            acts, start=min(pace.opening(status, instrument.id), on), on=on, threshold=progress.threshold
        ),
        "undated": sum(item.latest is None for item in counted),
    }
    return render(request, "web/status.html", shown)


@readable_by_public
def states_file(request: DeskRequest) -> HttpResponse:
    """The rows of the status page as CSV."""
    about = asked(request)
    rows = statusrows.select(statusrows.rows(about.status, about.instrument.id, about.on), _wanted(request))
    name = f"{about.instrument.id}-{about.on}.csv"
    return HttpResponse(
        statusrows.as_csv(rows).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@readable_by_public
def state(request: DeskRequest, iso3: str) -> HttpResponse:
    """One State: how it stands to every instrument, what it said and owes, and what it shares with another."""
    about = asked(request, of_instrument=False)
    one = about.status.state(iso3.upper())
    other = state_asked(about.status, request.GET.get("with", ""))
    return render(
        request,
        "web/state.html",
        {
            **common(about),
            "ask_address": f"{reverse('ask')}?requested={one.iso3}" if getattr(request, "actor", None) else "",
            "state": one,
            "papers": statepage.papers(about.status, one, about.on),
            "course": statepage.course(about.status, one, about.on),
            "own_law": profilepage.own_law(profiles.notified(request.node, one.iso3), about.status.law, about.on),
            "other": other,
            "common": statepage.shared(about.status, one, other, about.on) if other else (),
            "states": in_order(about.status.states.values()),
        },
    )


def common(about: Asked) -> dict[str, object]:
    """What every status page shows: the question, the instruments it can be about, whether deposits are invented."""
    return {
        "asked": about,
        "on": about.on,
        "instrument": about.instrument,
        "instruments": about.status.law.instruments.values(),
        "practice": about.status.practice,
        "known_until": about.status.progress(about.instrument.id).as_of,
    }


def _wanted(request: DeskRequest) -> Wanted:
    given = request.GET
    return Wanted(
        text=given.get("q", "")[:100],
        group=_one_of(GROUPS, given.get("group", "")),
        way=_one_of((*WAYS, statusrows.ACTED), given.get("way", statusrows.ACTED)),
        sort=_one_of(SORTS, given.get("sort", "")),
    )


def _one_of(known: Collection[str], given: str) -> str:
    """What was *given* where it is known, else nothing: a filter that nobody offers filters nothing."""
    return given if given in known else ""


def _named(status: Status, deposits: Iterable[Deposit]) -> list[tuple[State, Deposit]]:
    return [(status.state(item.state), item) for item in deposits]
