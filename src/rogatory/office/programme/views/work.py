"""The tasks of a meeting, and those of which the steering committee is told."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.node import people
from rogatory.office.programme import duties
from rogatory.office.programme.access import SECRETARY, OfficeRequest, by_secretary, of_occasion
from rogatory.office.programme.duties import Urgency
from rogatory.office.programme.forms import TaskForm, TellingForm
from rogatory.office.programme.models import Occasion, Task
from rogatory.office.programme.pages import go, show


@of_occasion
def tasks(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every task by how urgent it is, and the form that adds one."""
    return _form(request, Task(occasion=occasion))


@of_occasion
@by_secretary
def task(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """Change one task."""
    return _form(request, _find(occasion, number))


def _form(request: OfficeRequest, task: Task) -> HttpResponse:
    occasion = task.occasion
    form = TaskForm(request.POST or None, instance=task)
    if request.method == "POST":
        people.require(request.actor, SECRETARY)
        if form.is_valid():
            with request.node.stores.atomic():
                form.save()
            messages.success(request, _("Saved."))
            return go("programme-tasks", occasion)
    every = duties.duties(request.node, occasion)
    groups = [(urgency, [one for one in every if one.urgency is urgency]) for urgency in Urgency]
    shown = {"form": form, "task": task, "groups": [one for one in groups if one[1]], "every": every}
    return show(request, "tasks", occasion, status=400 if form.errors else 200, **shown)


@of_occasion
@by_secretary
@require_POST
def done(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """The task is done, or not after all."""
    duties.mark_done(request.node, request.actor, _find(occasion, number), done=request.POST.get("done") == "yes")
    return go("programme-tasks", occasion)


@of_occasion
def steering(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """The tasks that are so late that the steering committee is told, and who was told when."""
    return _steering(request, occasion, TellingForm())


@of_occasion
@by_secretary
@require_POST
def tell(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """Note that somebody was told."""
    task, form = _find(occasion, number), TellingForm(request.POST)
    if form.is_valid():
        duties.tell(request.node, request.actor, task, form.cleaned_data["told"])
        messages.success(request, _("Noted."))
        return go("programme-steering", occasion)
    messages.error(request, _("Write who was told."))
    return _steering(request, occasion, form)


def _steering(request: OfficeRequest, occasion: Occasion, form: TellingForm) -> HttpResponse:
    late = duties.escalated(duties.duties(request.node, occasion))
    members = [line.strip() for line in occasion.steering.splitlines() if line.strip()]
    return show(request, "steering", occasion, status=400 if form.errors else 200, late=late, members=members)


def _find(occasion: Occasion, number: int) -> Task:
    found: Task | None = duties.standing_tasks(occasion).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
