"""The checklist from signature to Party: how far it is, each step with why, who, until when and by what fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.errors import RogatoryError
from rogatory.kernel.times import parse_day
from rogatory.law.words import Words
from rogatory.node.readiness import deciding
from rogatory.node.readiness.reading import Kit, kit
from rogatory.readiness.steps import OPEN, Step
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.middleware import status_of
from rogatory.web.readiness.access import may_write
from rogatory.web.readiness.leading import act_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step, and the link by which it is gone on with."""

    step: Step
    address: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLines:
    """A stage with its steps, and how many of them need nobody any more."""

    id: str
    name: Words
    done: int
    of: int
    lines: tuple[StepLine, ...]


@signed_in
def show(request: DeskRequest) -> HttpResponse:
    """The whole checklist as it stands, or only what is open."""
    return shown(request)


@require_POST
@signed_in
def mark(request: DeskRequest, step: str) -> HttpResponse:
    """Somebody says how a step of national procedure stands."""
    try:
        day = day_given(request.POST.get("on", ""))
        state = request.POST.get("state", "")
        deciding.mark(request.node, request.actor, step, state, on=day, note=request.POST.get("note", ""))
    except RogatoryError as error:
        return shown(request, problem=error, about=step)
    messages.success(request, _("The step is marked. The mark says who made it and can be changed."))
    back = "ready-institutions" if request.POST.get("back") == "institutions" else "ready"
    return redirect(f"{reverse(back)}#step-{step}")


def shown(request: DeskRequest, *, problem: RogatoryError | None = None, about: str = "") -> HttpResponse:
    """The checklist, with what was not done and why."""
    found = kit(request.node)
    only_open = request.GET.get("open") == "yes"
    every = staged(found.steps, found)
    done, of = sum(one.done for one in every), sum(one.of for one in every)
    context = {
        "kit": found,
        "glance": every,
        "stages": staged([one for one in found.steps if one.state == OPEN], found) if only_open else every,
        "done": done,
        "of": of,
        "percent": round(100 * done / of),
        "next": next((one for stage in every for one in stage.lines if one.step.state == OPEN), None),
        "only_open": only_open,
        "problem": problem,
        "about": about,
        "given": request.POST,
        "may_write": may_write(request),
    }
    return render(request, "web/ready/checklist.html", context, status=status_of(problem) if problem else 200)


def staged(steps: Sequence[Step], found: Kit) -> list[StageLines]:
    """*steps* by stage, in their order; a stage of which none is among them is left out."""
    counted = {stage: (done, of) for stage, done, of in found.stages}
    names = {one.stage: one.stage_name for one in steps}
    return [
        StageLines(
            id=stage,
            name=names[stage],
            done=counted[stage][0],
            of=counted[stage][1],
            lines=tuple(line_of(one) for one in steps if one.stage == stage),
        )
        for stage in counted
        if stage in names
    ]


def line_of(step: Step) -> StepLine:
    """The step with its link."""
    address, act = act_of(step)
    return StepLine(step=step, address=address, act=act)


def day_given(text: str) -> date | None:
    """The day of a form; `None` where it was left blank; raises `BadTime`."""
    return parse_day(text) if text else None
