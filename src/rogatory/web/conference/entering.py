"""The secretariat enters for a delegation or a teller whose device fails: the record says who entered it."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Actor
from rogatory.errors import NotFound, RogatoryError
from rogatory.node.conference import meetings
from rogatory.web.conference import acts, live, matters, steps
from rogatory.web.conference.access import FaceRequest, for_secretaries
from rogatory.web.conference.faceviews import done
from rogatory.web.middleware import status_of

ROLES = ("delegation", "teller")


class NoSuchRole(NotFound):
    """The secretariat does not enter for this role."""

    code = "no-such-role"
    remedy = "Choose a delegation or a teller at the secretariat's desk."


@for_secretaries
def choose(request: FaceRequest, meeting: str) -> HttpResponse:
    """Lead on from the choice at the desk to the page of that delegation; raises `UnknownParticipant`."""
    state = live.watch().sitting(request.node, meeting).state
    code = str(acts.code_of(request.GET.get("of", "").strip(), state.seats))
    role = "teller" if request.GET.get("role") == "teller" else "delegation"
    return redirect("conference-enter-for", meeting, role, asking.seat(state, code).code)


@for_secretaries
@require_http_methods(["GET", "HEAD", "POST"])
def enter_for(request: FaceRequest, meeting: str, role: str, of: str) -> HttpResponse:
    """What a delegation, or a teller, may do now; and what the secretariat enters for it."""
    if role not in ROLES:
        raise NoSuchRole
    request.holder = replace(request.holder, role=role, of=of)
    refusal: RogatoryError | None = None
    if request.method == "POST":
        try:
            _enter(request, meeting)
            return redirect("conference-enter-for", meeting, role, of)
        except RogatoryError as error:
            refusal = error
    sitting = meetings.sitting(request.node, meeting)
    state = sitting.state
    asking.seat(state, of)
    context = {
        "meeting": meeting,
        "state": state,
        "role": role,
        "of": of,
        "of_name": matters.name(state, of),
        "steps": steps.steps(state, meetings.possible(request.node, meeting, Actor(role, of))),
        "refusal": refusal,
        "refusal_rule": acts.rule_of(state.book, refusal) if refusal else None,
        "whole": True,
        "part": "desk",
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "web/conference/enter_for.html", context, status=status)


def _enter(request: FaceRequest, meeting: str) -> None:
    kind = request.POST.get("kind", "")
    state = meetings.sitting(request.node, meeting).state
    live.watch().told(meeting, done(request, kind, acts.body(kind, request.POST, state.seats)))
