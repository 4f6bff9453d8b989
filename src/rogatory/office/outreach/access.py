"""Who may: a liaison writes, a liaison or an auditor reads; what is private is for its owner and whom the owner names.

Every list of contacts, and every field of a meeting that is private, is read through this module.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from rogatory.node import people
from rogatory.node.people import Actor, RoleMissing
from rogatory.office.outreach.models import OutreachContact, OutreachMeeting
from rogatory.office.programme.access import OfficeRequest, placed

LIAISON = "liaison"
READERS = frozenset({LIAISON, "auditor"})


View = Callable[Concatenate[OfficeRequest, ...], HttpResponse]


def by_reader(view: View) -> Callable[..., HttpResponseBase]:
    """*view* for liaisons and auditors; strangers log in first, others are refused with `RoleMissing`."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_reader(request.actor)
        return view(request, *args, **kwargs)

    return placed(guarded)


def by_liaison(view: View) -> Callable[..., HttpResponseBase]:
    """*view* for liaisons alone; strangers log in first, others are refused with `RoleMissing`."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people.require(request.actor, LIAISON)
        return view(request, *args, **kwargs)

    return placed(guarded)


def require_reader(actor: Actor) -> None:
    """Nothing, when *actor* may read about outreach; raises `RoleMissing`."""
    if not actor.roles & READERS:
        raise RoleMissing(f"{actor.name} holds neither the role of liaison nor that of auditor")


def member_of(actor: Actor) -> Any:
    """The place of *actor*, an `office.Member`; refuses an account that has none any more."""
    found = _members().filter(user__username=actor.id).first()
    if found is None:
        raise PermissionDenied
    return found


def colleagues(actor: Actor) -> list[Any]:
    """The other liaisons with whom *actor* may share, each an `office.Member`, by name."""
    every = _members().filter(user__is_active=True).exclude(user__username=actor.id).select_related("user")
    return [one for one in every if LIAISON in one.roles]


def contacts(actor: Actor, iso3: str = "") -> QuerySet[OutreachContact]:
    """The contacts that *actor* may see: his or her own, and those that were shared with this very person."""
    every = OutreachContact.objects.filter(_seen_by(actor)).distinct().select_related("owner__user")
    return every.filter(iso3=iso3) if iso3 else every


def opened_meetings(actor: Actor) -> frozenset[int]:
    """The meetings whose people and notes *actor* may see."""
    return frozenset(OutreachMeeting.objects.filter(_seen_by(actor)).values_list("pk", flat=True))


def _members() -> Any:
    """Everybody's places; `office.models` itself loads the tables of outreach, so it cannot be imported here."""
    return apps.get_model("office", "Member")._default_manager


def _seen_by(actor: Actor) -> Q:
    if LIAISON not in actor.roles:
        return Q(pk__in=())
    return Q(owner__user__username=actor.id) | Q(shared_with__user__username=actor.id)
