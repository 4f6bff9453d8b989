"""Calendar feeds: their addresses, and what stands behind them. A calendar program has no log-in, so none is asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rogatory.node.context import Node
from rogatory.office.programme import feeds, names, scheduling
from rogatory.office.programme.access import OfficeRequest, by_secretary, find_occasion, of_occasion
from rogatory.office.programme.feeds import Feed
from rogatory.office.programme.models import Occasion
from rogatory.office.programme.pages import go, show

#: Programs ask again every hour or so; nobody between may keep the answer.
CACHING = "private, max-age=300"


@of_occasion
def feeds_page(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """The addresses of the feeds, to be copied into a calendar program."""
    called = names.by_key(request.node, occasion.bodies.filter(removed_at=None))
    standing = occasion.rooms.filter(removed_at=None)
    rooms = [(one.name, _address(request, occasion, f"room-{one.pk}")) for one in standing]
    organisers = [
        (name, _address(request, occasion, f"organiser-{key}"))
        for key, name in sorted(called.items(), key=lambda one: one[1].casefold())
    ]
    shown: dict[str, Any] = {
        "whole": _address(request, occasion, feeds.EVERYTHING),
        "rooms": rooms,
        "organisers": organisers,
        "public_address": request.build_absolute_uri(reverse("programme-public-feed", args=[occasion.pk])),
        "public_page": request.build_absolute_uri(reverse("programme-public", args=[occasion.pk])),
    }
    return show(request, "feeds", occasion, **shown)


@of_occasion
@by_secretary
@require_POST
def renew(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """New addresses for the feeds that are not public."""
    if request.POST.get("confirm") != "yes":
        messages.error(request, _("Nothing was changed: set the mark first."))
        return go("programme-feeds", occasion)
    scheduling.renew_feeds(request.node, request.actor, occasion)
    messages.success(request, _("The feeds have new addresses; the old ones open nothing more."))
    return go("programme-feeds", occasion)


@require_safe
def feed(request: HttpRequest, id: int, scope: str, code: str) -> HttpResponse:
    """The feed *scope*, for whoever has its secret address."""
    occasion = find_occasion(id)
    if not feeds.opens(occasion, scope, code):
        raise Http404
    found = feeds.find(occasion, scope)
    if found is None:
        raise Http404
    return _answer(request, occasion, found)


@require_safe
def public_feed(request: HttpRequest, id: int) -> HttpResponse:
    """The public programme, for everybody, when the secretary has opened it."""
    occasion = find_occasion(id)
    if not occasion.public:
        raise Http404
    return _answer(request, occasion, feeds.public(occasion))


def _answer(request: HttpRequest, occasion: Occasion, found: Feed) -> HttpResponse:
    node: Node = request.node  # type: ignore[attr-defined]
    wanted = request.GET.get("lang", "")
    with translation.override(wanted if wanted in ("en", "fr") else "en"):
        data = feeds.as_ical(found, occasion, names.naming(node))
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'inline; filename="programme-{occasion.pk}.ics"',
            "Cache-Control": CACHING,
            "X-Robots-Tag": "noindex",
        },
    )


def _address(request: OfficeRequest, occasion: Occasion, scope: str) -> str:
    lang = (translation.get_language() or "en")[:2]
    path = reverse("programme-feed", args=[occasion.pk, scope, feeds.code(occasion, scope)])
    return request.build_absolute_uri(f"{path}?lang={lang}")
