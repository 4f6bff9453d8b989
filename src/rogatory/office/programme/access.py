"""Who may: whoever is logged in with a place reads a programme, and a secretary prepares it.

Every page of a meeting shows and takes its times in the time zone of the place, which stands on the page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.programme.models import Occasion

SECRETARY = "secretary"


class OfficeRequest(HttpRequest):
    """A request to which the wiring has added the node and the person who acts."""

    node: Node
    actor: Actor


PageView = Callable[Concatenate[OfficeRequest, ...], HttpResponse]
Guarded = Callable[..., HttpResponseBase]


def placed(view: PageView) -> Guarded:
    """*view* for people with a place at an authority; others are shown the log-in first."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def of_occasion(view: PageView) -> Guarded:
    """*view*, given the occasion that the address names, for whoever has a place."""

    @wraps(view)
    def within(request: OfficeRequest, id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        occasion = find_occasion(id)
        with timezone.override(occasion.zone):
            return view(request, occasion, *args, **kwargs)

    return placed(within)


def by_secretary(view: PageView) -> PageView:
    """*view* for secretaries alone; raises `RoleMissing` for others."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people.require(request.actor, SECRETARY)
        return view(request, *args, **kwargs)

    return guarded


def find_occasion(id: int) -> Occasion:
    """The occasion *id*; raises `Http404` when there is none, or it was removed."""
    found: Occasion | None = Occasion.objects.filter(pk=id, removed_at=None).first()
    if found is None:
        raise Http404
    return found


def may_prepare(actor: Actor | None) -> bool:
    """Whether the page offers *actor* what only a secretary may do."""
    return actor is not None and SECRETARY in actor.roles
