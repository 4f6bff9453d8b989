"""The list of every State on its way to joining, what was promised, and a person's own contacts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.office.outreach import access, listing, recording, reporting, timetable
from rogatory.office.outreach.access import by_liaison, by_reader
from rogatory.office.outreach.listing import EVERY, SORTS, Wish
from rogatory.office.outreach.models import ObstacleKind, OutreachPromise
from rogatory.office.outreach.standing import INSTRUMENT, STAGES
from rogatory.office.programme.access import OfficeRequest
from rogatory.status.forecast import fixed_days
from rogatory.web.outreach.pages import lines_of, show, state_names, today
from rogatory.web.statuswords import GROUPS


@by_reader
def every(request: OfficeRequest) -> HttpResponse:
    """Every State that is wanted, with its stage, what holds it back, and what is due."""
    node, on = request.node, today(request.node)
    kept = Wish.read(recording.desk_of(node, request.actor).wish, GROUPS)
    wish = Wish.read(request.GET, GROUPS) if asked(request) else kept
    lines = lines_of(node)
    days = fixed_days(node.status, INSTRUMENT)
    shown: dict[str, Any] = {
        "lines": listing.select(lines, wish),
        "all_lines": len(lines),
        "counts": [(stage, *STAGES[stage], number) for stage, number in reporting.counted(lines)],
        "late": sum(line.late for line in lines),
        "wish": wish,
        "is_kept": wish == kept,
        "query": urlencode(wish.as_dict),
        "stages": [(stage, word) for stage, (_letter, word) in STAGES.items()],
        "every": EVERY,
        "obstacle_kinds": ObstacleKind.choices,
        "sorts": SORTS.items(),
        "closes": days.signature_closes if days else None,
        "closes_by": days.signature if days else "",
        "days_left": (days.signature_closes - on).days if days and days.signature_closes else None,
        "coming": timetable.coming(node.status, on)[:3],
    }
    return show(request, "every", **shown)


def asked(request: OfficeRequest) -> bool:
    """Whether the address asks for anything, if only for all."""
    return any(name in request.GET for name in ("text", "group", "stage", "obstacle", "need", "late", "sort"))


@by_reader
@require_POST
def keep(request: OfficeRequest) -> HttpResponse:
    """The list opens with these filters and in this order from now on."""
    recording.keep_wish(request.node, request.actor, Wish.read(request.POST, GROUPS).as_dict)
    messages.success(request, _("The list will open like this."))
    return redirect(reverse("outreach"))


@by_reader
def promises(request: OfficeRequest) -> HttpResponse:
    """What was promised, the most overdue first, and what was done."""
    on = today(request.node)
    rows = OutreachPromise.objects.filter(removed_at=None)
    names = state_names(request.node)
    still = [(one, names.get(one.iso3, one.iso3), (on - one.due).days) for one in rows.filter(done_on=None)]
    done = [(one, names.get(one.iso3, one.iso3)) for one in rows.exclude(done_on=None).order_by("-done_on", "-pk")]
    return show(request, "promises", open=still, done=done[:100])


@by_liaison
def contacts(request: OfficeRequest) -> HttpResponse:
    """The person's own contacts and those that were shared with the person, by State; and the removed ones."""
    names = state_names(request.node)
    mine = access.contacts(request.actor).prefetch_related("shared_with")
    standing = [one for one in mine if one.removed_at is None]
    by_state = [(code, name, [one for one in standing if one.iso3 == code]) for code, name in names.items()]
    gone = [one for one in mine if one.removed_at is not None and recording.is_owner(request.actor, one)]
    return show(request, "contacts", by_state=[one for one in by_state if one[2]], gone=gone)
