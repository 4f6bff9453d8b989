"""The institutions: authorities, who is there at which hour of the week, procedures, training, the drill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rogatory.node.readiness import cards, entries
from rogatory.node.readiness.reading import Kit, kit
from rogatory.readiness.choices import Authority, Shift
from rogatory.readiness.staffing import DAY, DAYS, WEEK, Coverage, coverage
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.readiness import words
from rogatory.web.readiness.access import may_write
from rogatory.web.readiness.checklist import line_of
from rogatory.web.words import Label

HOUR = 60
STAGE = "institutions"
#: Steps whose marks together are a record: trainings held, procedures written.
RECORDS = ("procedures", "training")


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCell:
    """One hour of the week: the fewest people that are there in it; `part` where nobody is for a part of it."""

    hour: int
    fewest: int
    part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """An authority that is notified, with its place in the choices, its week where it is staffed, and its hours."""

    place: int
    body: Authority
    coverage: Coverage
    week: tuple[tuple[Label, tuple[HourCell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry of a record: the day, who said it, and what."""

    step: str
    on: date
    state: str
    note: str
    by: str


@signed_in
def show(request: DeskRequest) -> HttpResponse:
    """The institutions as they stand."""
    found = kit(request.node)
    context = {
        "kit": found,
        "lines": [line_of(one) for one in found.steps if one.stage == STAGE],
        "desks": list(_desks(found)),
        "hours": range(24),
        "records": _records(request),
        "card": cards.proposal(request.node),
        "may_write": may_write(request),
        "back": STAGE,
    }
    return render(request, "web/ready/institutions.html", context)


def _desks(found: Kit) -> list[DeskRow]:
    return [
        DeskRow(place=place, body=one, coverage=coverage(one.staffed), week=week_of(one.staffed))
        for place, one in enumerate(found.choices.authorities, start=1)
    ]


def week_of(shifts: Sequence[Shift]) -> tuple[tuple[Label, tuple[HourCell, ...]], ...]:
    """Seven days of twenty-four hours; none for a desk without a plan."""
    if not shifts:
        return ()
    return tuple(
        (words.DAYS[day], tuple(_cell(shifts, number * DAY + hour * HOUR) for hour in range(24)))
        for number, day in enumerate(DAYS)
    )


def _cell(shifts: Sequence[Shift], begin: int) -> HourCell:
    """The hour that begins at that minute of the week; people change only at the edges of shifts."""
    edges = {edge % WEEK for one in shifts for edge in (one.start, one.end)}
    looked_at = [begin, *(edge for edge in edges if begin < edge < begin + HOUR)]
    there = [
        sum(one.people for one in shifts if (minute - one.start) % WEEK < one.end - one.start) for minute in looked_at
    ]
    return HourCell(hour=begin % DAY // HOUR, fewest=min(there), part=min(there) == 0 < max(there))


def _records(request: DeskRequest) -> list[Record]:
    rows = [row for row in request.node.stores.readiness.of_kind(entries.MARK) if row.subject in RECORDS]
    return [
        Record(
            step=row.subject, on=row.on or row.at.date(), state=row.body["state"], note=row.body["note"], by=row.name
        )
        for row in reversed(rows)
    ]


def record_names() -> dict[str, str]:
    """What the records are called."""
    return {"procedures": _("Procedures"), "training": _("Training")}
