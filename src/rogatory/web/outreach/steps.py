"""Entering a step, correcting it, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.office.outreach import recording
from rogatory.office.outreach.access import by_liaison
from rogatory.office.outreach.forms import StepForm
from rogatory.office.outreach.models import OutreachStep
from rogatory.office.programme.access import OfficeRequest
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.status.model import State
from rogatory.web.outreach.pages import show, state_of, today


@by_liaison
def enter(request: OfficeRequest, iso3: str) -> HttpResponse:
    """A step that a State took; raises `UnknownState`."""
    return _form(request, state_of(request, iso3), None)


@by_liaison
def correct(request: OfficeRequest, number: int) -> HttpResponse:
    """Another step in the place of one that was entered; what stood before stays to be read."""
    old = _find(number)
    return _form(request, state_of(request, old.iso3), old)


@by_liaison
@require_POST
def undo(request: OfficeRequest, number: int) -> HttpResponse:
    """What stood before: the step that was corrected, or none."""
    last = _find(number)
    try:
        recording.undo_step(request.node, request.actor, last)
        messages.success(request, _("Undone. The list of changes shows what was there."))
    except ChangedMeanwhile as error:
        messages.error(request, error.message)
    return redirect("outreach-state", last.iso3)


def _form(request: OfficeRequest, state: State, old: OutreachStep | None) -> HttpResponse:
    node = request.node
    known: dict[str, Any] = {"on": today(node), "law": node.law, "codes": frozenset(node.status.states)}
    row = OutreachStep(iso3=state.iso3)
    before = {name: getattr(old, name) for name in StepForm.Meta.fields} if old else {}
    form = StepForm(request.POST or None, instance=row, initial=before, **known)
    problem = None
    if request.method == "POST" and form.is_valid():
        step = form.save(commit=False)
        try:
            if old:
                recording.correct_step(node, request.actor, old, step)
            else:
                recording.enter_step(node, request.actor, step)
        except ChangedMeanwhile as error:
            problem = error
        else:
            messages.success(request, _("Saved."))
            return redirect("outreach-state", state.iso3)
    status = 400 if form.errors or problem else 200
    return show(request, "step", status=status, form=form, state=state, old=old, problem=problem)


def _find(number: int) -> OutreachStep:
    found: OutreachStep | None = OutreachStep.objects.filter(pk=number).select_related("corrects").first()
    if found is None:
        raise Http404
    return found
