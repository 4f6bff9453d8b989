"""The three addresses of every face: its page, the question whether it has changed, and an act.

An act is a form. With the script it is answered by the fragment as it then stands, or by the refusal; without it by a
redirection to the page, or by the page with the refusal. What is shown is always what the server has taken.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rogatory.errors import RogatoryError
from rogatory.kernel import times
from rogatory.node.conference import documents, meetings
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import access, acts, filing, live
from rogatory.web.conference.access import FaceRequest, View, at_face, cookie_path, for_secretaries
from rogatory.web.conference.live import Face
from rogatory.web.middleware import status_of


def page(face: Face) -> View:
    """The view of the whole page of *face*."""

    @require_safe
    def show(request: FaceRequest, meeting: str) -> HttpResponse:
        return _page(request, face, live.present(request, face, meeting))

    return _guarded(face, show)


def poll(face: Face) -> View:
    """The view that answers 204, or the fragment of *face* as it stands now."""

    @require_safe
    def answer(request: FaceRequest, meeting: str) -> HttpResponse:
        sitting = live.present(request, face, meeting)
        version = live.watch().version(face, meeting, sitting.state, request.holder.of)
        if request.GET.get("seen") == version:
            return HttpResponse(status=204)
        return fragment(request, face, sitting)

    return _guarded(face, answer)


def act(face: Face) -> View:
    """The view that takes an act at *face*."""

    @require_POST
    def take(request: FaceRequest, meeting: str) -> HttpResponse:
        sitting = live.present(request, face, meeting)
        try:
            access.require_few_acts(request)
            taken = _taken(request, sitting)
        except RogatoryError as error:
            return refused(request, face, sitting, error)
        live.watch().told(meeting, taken)
        if with_script(request):
            return fragment(request, face, taken)
        return redirect(f"{cookie_path(meeting)}{face.name}/" if face.name != "desk" else cookie_path(meeting))

    return _guarded(face, take)


def _taken(request: FaceRequest, sitting: Sitting) -> Sitting:
    kind = request.POST.get("kind", "")
    body = acts.body(kind, request.POST, sitting.state.seats)
    return done(request, kind, body)


def done(request: FaceRequest, kind: str, body: Mapping[str, Any]) -> Sitting:
    """The meeting after the holder has done this; a secretary who acts for another is named in the record."""
    holder = request.holder
    files = filing.sent(request) if kind == documents.KIND and holder.role == "secretariat" else {}
    if holder.account is not None and files:
        named = {language: documents.digest_of(file, language) for language, file in files.items()}
        press = once(request, kind, {**body, "files": named})
        return documents.issue(request.node, holder.account, holder.meeting, body, files, once=press)
    press = once(request, kind, body)
    if holder.account is not None:
        return meetings.enter(request.node, holder.account, holder.meeting, kind, body, by=holder.actor, once=press)
    return meetings.act(request.node, holder.meeting, holder.actor, kind, body, once=press)


def once(request: FaceRequest, kind: str, body: Mapping[str, Any]) -> str:
    """The name of one press: chosen by the script; else the same for the same form of the same page."""
    given = request.POST.get("once", "")
    if given.isalnum() and 16 <= len(given) <= 40:
        return meetings.submission(request.holder.actor, given)
    whole = [
        request.holder.role,
        request.holder.of,
        request.POST.get("csrfmiddlewaretoken", ""),
        kind,
        json.dumps(body, sort_keys=True, default=str),
    ]
    return hashlib.sha256("\n".join(whole).encode()).hexdigest()[:32]


def with_script(request: FaceRequest) -> bool:
    """Whether the page's script asks, and not a form by itself."""
    return request.headers.get("X-Live") == "1"


def fragment(request: FaceRequest, face: Face, sitting: Sitting) -> HttpResponse:
    """What changes of *face*, as it stands, with the version that it is and the time of the node."""
    response = render(request, face.fragment, {**_context(request, face, sitting), "whole": False})
    response["X-Version"] = live.watch().version(face, request.holder.meeting, sitting.state, request.holder.of)
    response["X-Now"] = times.stamp(request.node.clock.now())
    return response


def refused(request: FaceRequest, face: Face, sitting: Sitting, error: RogatoryError) -> HttpResponse:
    """Why the act was not taken: for the script the reason alone, else the page with it."""
    refusal = {"refusal": error, "refusal_rule": acts.rule_of(sitting.state.book, error)}
    if with_script(request):
        return render(request, "web/conference/parts/refusal.html", refusal, status=status_of(error))
    return _page(request, face, sitting, status=status_of(error), **refusal)


def _page(request: FaceRequest, face: Face, sitting: Sitting, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, face.page, {**_context(request, face, sitting), "whole": True, **more}, status=status)


def _context(request: FaceRequest, face: Face, sitting: Sitting) -> dict[str, Any]:
    holder = request.holder
    return {
        "face": face,
        "holder": holder,
        "sitting": sitting,
        "state": sitting.state,
        "meeting": sitting.meeting,
        "now": request.node.clock.now(),
        "version": live.watch().version(face, holder.meeting, sitting.state, holder.of),
        **face.context(request, sitting),
    }


def _guarded(face: Face, view: View) -> View:
    if face.role == "secretariat":
        return for_secretaries(view)
    return at_face(face.role, secretary=face.secretary, anybody=face.anybody)(view)
