"""The rooms of a meeting, and the States and bodies that take part in its preparation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from rogatory.node import people
from rogatory.office.programme import names
from rogatory.office.programme.access import SECRETARY, OfficeRequest, by_secretary, of_occasion
from rogatory.office.programme.forms import BodyForm, RoomForm
from rogatory.office.programme.models import Body, Occasion, Room
from rogatory.office.programme.pages import go, show


@of_occasion
def rooms(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every room, and the form that adds one."""
    return _room_form(request, Room(occasion=occasion))


@of_occasion
@by_secretary
def room(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """Change one room."""
    found = occasion.rooms.filter(pk=number, removed_at=None).first()
    if found is None:
        raise Http404
    return _room_form(request, found)


def _room_form(request: OfficeRequest, room: Room) -> HttpResponse:
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST":
        people.require(request.actor, SECRETARY)
        if form.is_valid():
            with request.node.stores.atomic():
                form.save()
            messages.success(request, _("Saved."))
            return go("programme-rooms", room.occasion)
    rows = room.occasion.rooms.filter(removed_at=None)
    status = 400 if form.errors else 200
    return show(request, "rooms", room.occasion, status=status, form=form, rows=rows, room=room)


@of_occasion
def bodies(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every State and body, and the form that adds one."""
    return _body_form(request, Body(occasion=occasion))


@of_occasion
@by_secretary
def body(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """Change one body."""
    found = occasion.bodies.filter(pk=number, removed_at=None).first()
    if found is None:
        raise Http404
    return _body_form(request, found)


def _body_form(request: OfficeRequest, body: Body) -> HttpResponse:
    form = BodyForm(request.POST or None, instance=body, states=names.state_names(request.node))
    if request.method == "POST":
        people.require(request.actor, SECRETARY)
        if form.is_valid():
            with request.node.stores.atomic():
                form.save()
            messages.success(request, _("Saved."))
            return go("programme-bodies", body.occasion)
    every = body.occasion.bodies.filter(removed_at=None).prefetch_related("entries", "budget")
    called = names.by_key(request.node, every)
    rows = sorted(every, key=lambda one: called[one.pk].casefold())
    status = 400 if form.errors else 200
    return show(request, "bodies", body.occasion, status=status, form=form, rows=rows, body=body, body_names=called)
