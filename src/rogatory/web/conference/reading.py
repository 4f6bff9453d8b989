"""What is read of a meeting and never changed there: the list of meetings, the rules, the record and its downloads."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rogatory.conference.rulebook.model import Rulebook
from rogatory.documents import sessionreport
from rogatory.law.words import LANGUAGES
from rogatory.node.conference import meetings
from rogatory.web.conference.access import FaceRequest, for_secretaries
from rogatory.web.doors import DeskRequest, signed_in


@signed_in
@require_safe
def every(request: DeskRequest) -> HttpResponse:
    """The meetings of this node."""
    shown = {"rows": meetings.listed(request.node), "secretary": "secretary" in request.actor.roles}
    return render(request, "web/conference/list.html", shown)


@for_secretaries
@require_safe
def rules(request: FaceRequest, meeting: str) -> HttpResponse:
    """The rulebook of the meeting: the answers chosen, and every rule in our words with its source and sureness."""
    state = meetings.sitting(request.node, meeting).state
    return render(
        request,
        "web/conference/rules.html",
        {"meeting": meeting, "state": state, "chosen": chosen(state.book), "rules": state.book.rules.values()},
    )


def chosen(book: Rulebook) -> list[dict[str, object]]:
    """The open questions of *book* with the answer it was read with."""
    return [
        {"option": option, "choice": next(one for one in option.choices if one.id == book.chosen[option.id])}
        for option in book.options
    ]


@for_secretaries
@require_safe
def downloads(request: FaceRequest, meeting: str) -> HttpResponse:
    """The record of the meeting: how long it is, its head, where the head stands in the ledger, the file."""
    sitting = meetings.sitting(request.node, meeting)
    return render(
        request,
        "web/conference/record.html",
        {
            "meeting": meeting,
            "state": sitting.state,
            "sitting": sitting,
            "heads": reversed(meetings.heads(request.node, meeting)),
            "formats": sessionreport.FORMATS,
            "languages": LANGUAGES,
        },
    )


@for_secretaries
@require_safe
def record_file(request: FaceRequest, meeting: str) -> StreamingHttpResponse:
    """The record as a file: one signed entry a line."""
    return StreamingHttpResponse(
        meetings.record(request.node, meeting),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{meeting}.record"'},
    )
