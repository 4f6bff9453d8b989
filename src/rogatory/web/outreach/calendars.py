"""The calendar of outreach and its feed. A calendar program has no log-in: whoever has the address reads it."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rogatory.node.context import Node
from rogatory.office.outreach import recording, timetable
from rogatory.office.outreach.access import by_reader
from rogatory.office.programme.access import OfficeRequest
from rogatory.web.outreach.pages import show, state_names, today

#: Programs ask again every hour or so; nobody between may keep the answer.
CACHING = "private, max-age=300"


@by_reader
def calendar(request: OfficeRequest) -> HttpResponse:
    """What comes, with how many days are left and what to prepare; what is over; the address of the feed."""
    node, on = request.node, today(request.node)
    desk = recording.desk_of(node, request.actor)
    lang = (translation.get_language() or "en")[:2]
    address = request.build_absolute_uri(f"{reverse('outreach-feed', args=[desk.feed_key])}?lang={lang}")
    names = state_names(node)
    coming = [
        (one, _named(names, one.occasion.codes if one.occasion else ())) for one in timetable.coming(node.status, on)
    ]
    return show(request, "calendar", coming=coming, past=timetable.past(on), address=address)


@by_reader
@require_POST
def renew(request: OfficeRequest) -> HttpResponse:
    """A new address for the person's calendar."""
    if request.POST.get("confirm") != "yes":
        messages.error(request, _("Nothing was changed: set the mark first."))
    else:
        recording.renew_feed(request.node, request.actor)
        messages.success(request, _("Your calendar has a new address; the old one opens nothing more."))
    return redirect("outreach-calendar")


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar, for whoever has somebody's address, as long as that person may read."""
    if timetable.desk_of_key(key) is None:
        raise Http404
    node: Node = request.node  # type: ignore[attr-defined]
    wanted = request.GET.get("lang", "")
    with translation.override(wanted if wanted in ("en", "fr") else "en"):
        data = timetable.as_ical(node.status, node.clock.now())
    headers = {
        "Content-Disposition": 'inline; filename="outreach.ics"',
        "Cache-Control": CACHING,
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def _named(names: dict[str, str], codes: Iterable[str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)
