"""The first page: cases, what waits for somebody, what did not arrive."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rogatory.kernel import digests
from rogatory.node import desk
from rogatory.node.people import READERS
from rogatory.web.doors import DeskRequest, signed_in


@signed_in
def home(request: DeskRequest) -> HttpResponse:
    """The desk; somebody who keeps the machine and reads no cases is shown the administration."""
    if not request.actor.roles & READERS:
        return render(request, "web/keeper.html")
    return render(request, "web/desk.html", _lists(request))


@signed_in
def lists(request: DeskRequest) -> HttpResponse:
    """The lists of the desk again; nothing (204) when they are what the page shows already."""
    found = _lists(request)
    if found["seen"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "web/parts/desk_frame.html", found)


def _lists(request: DeskRequest) -> dict[str, str]:
    shown = render_to_string(
        "web/parts/desk_lists.html", {"overview": desk.overview(request.node, request.actor)}, request
    )
    return {"lists": shown, "seen": digests.sha256(shown.encode())[:16]}
