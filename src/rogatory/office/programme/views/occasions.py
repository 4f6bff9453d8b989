"""The meetings whose programme is prepared here, and what is set for each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rogatory.node import people
from rogatory.office.programme import scheduling
from rogatory.office.programme.access import SECRETARY, OfficeRequest, by_secretary, may_prepare, of_occasion, placed
from rogatory.office.programme.forms import OccasionForm
from rogatory.office.programme.models import Occasion
from rogatory.office.programme.pages import go, show
from rogatory.office.programme.zones import zone_names


@placed
def home(request: OfficeRequest) -> HttpResponse:
    """Every meeting, and for a secretary the form that begins another."""
    form = OccasionForm(request.POST or None) if may_prepare(request.actor) else None
    if request.method == "POST":
        people.require(request.actor, SECRETARY)
        if form is not None and form.is_valid():
            occasion: Occasion = form.save(commit=False)
            scheduling.make_occasion(request.node, request.actor, occasion)
            messages.success(request, _("The programme has been begun. Add the rooms and the bodies next."))
            return go("programme-rooms", occasion)
    rows = Occasion.objects.filter(removed_at=None)
    gone = [("occasion", one) for one in Occasion.objects.exclude(removed_at=None)]
    status = 400 if form is not None and form.errors else 200
    return show(request, "home", None, status=status, occasions=rows, form=form, zones=zone_names(), gone=gone)


@of_occasion
@by_secretary
def change(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """What is set for the meeting."""
    form = OccasionForm(request.POST or None, instance=occasion)
    if request.method == "POST" and form.is_valid():
        scheduling.change_occasion(request.node, request.actor, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("programme-day", id=occasion.pk)
    kept = Occasion.objects.get(pk=occasion.pk)  # a form that is not valid leaves its values on the row
    shown = {"form": form, "zones": zone_names(), "gone": scheduling.removed_from(kept)}
    return show(request, "settings", kept, status=400 if form.errors else 200, **shown)
