"""The day: what would change with the State's instrument; with whom, for which measures, in which regions."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from rogatory.errors import BadInput
from rogatory.node.readiness import reading
from rogatory.readiness.day import Day, Partner
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.middleware import status_of
from rogatory.web.readiness.checklist import day_given
from rogatory.web.statuswords import GROUPS
from rogatory.web.words import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A regional group: its partners, and with how many of them each measure becomes possible."""

    name: Label
    partners: tuple[Partner, ...]
    new: tuple[tuple[str, int], ...]


@signed_in
def show(request: DeskRequest) -> HttpResponse:
    """The day, for an instrument deposited on a day that can be chosen."""
    problem = None
    try:
        found = reading.day(request.node, day_given(request.GET.get("on", "")))
    except BadInput as error:
        problem, found = error, reading.day(request.node)
    context = {
        "day_of_entry": found,
        "on": request.GET.get("on", "") if problem is None else "",
        "today": request.node.clock.now().date().isoformat(),
        "regions": _regions(request, found),
        "problem": problem,
    }
    return render(request, "web/ready/day.html", context, status=status_of(problem) if problem else 200)


def _regions(request: DeskRequest, found: Day) -> list[Region]:
    groups: dict[str, list[Partner]] = {name: [] for name in GROUPS}
    for one in found.partners:
        group = request.node.status.state(one.state).group
        groups[group if group in GROUPS else "none"].append(one)
    return [
        Region(name=GROUPS[name], partners=tuple(held), new=_counted(found, held))
        for name, held in groups.items()
        if held
    ]


def _counted(found: Day, partners: list[Partner]) -> tuple[tuple[str, int], ...]:
    numbers = Counter(measure for one in partners for measure in one.new)
    return tuple((one.measure, numbers[one.measure]) for one in found.measures)
