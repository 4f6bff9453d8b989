"""The review: one obligation beside what the national law says, and a person's answer.

Every act is one form sent to the page itself, so that all of it works without a script; a script adds keys, and keeps
what is begun. Nothing is an answer before somebody saves it.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rogatory.alignment.assessment.model import ANSWERS, ELEMENT_ANSWERS
from rogatory.alignment.obligations import HOME, obligations
from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.node.alignment import assessments
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.web import officialtext
from rogatory.web.alignment import words, writing
from rogatory.web.alignment.access import for_readers, may_write
from rogatory.web.alignment.choosing import choice, chosen
from rogatory.web.alignment.finding import MAX_QUERY, find
from rogatory.web.alignment.reviewpage import next_unseen, review_page, shown_hit
from rogatory.web.alignment.writing import Written
from rogatory.web.doors import DeskRequest
from rogatory.web.middleware import status_of

TOLD_HERE = (BadInput, NotFound, NotPermitted, ChangedMeanwhile)


@for_readers
def show(request: DeskRequest, id: str, number: str) -> HttpResponse:
    """The review page of an obligation; what was sent is saved, taken back, or searched for."""
    if request.method != "POST":
        return _page(request, id, number, query=request.GET.get("find", "")[:MAX_QUERY])
    written = writing.sent(request.POST)
    match request.POST.get("act", ""):
        case "undo":
            return _undo(request, id, number, written)
        case "find":
            return _page(request, id, number, tried=written, query=request.POST.get("find", "")[:MAX_QUERY])
        case "forget":
            assessments.keep_unsaved(request.node, request.actor, id, number, {})
            return redirect(_address(request, id, number))
        case act:
            return _save(request, id, number, written, go_on=act == "next")


@require_POST
@for_readers
def keep(request: DeskRequest, id: str, number: str) -> HttpResponse:
    """What is begun is kept, so that it is there when the reader comes back; it is no answer."""
    assessments.keep_unsaved(request.node, request.actor, id, number, writing.as_body(writing.sent(request.POST)))
    return HttpResponse(status=204)


@require_GET
@for_readers
def search(request: DeskRequest, id: str) -> HttpResponse:
    """The provisions in which every word that is asked for stands: a part of the review page."""
    query = request.GET.get("find", "")[:MAX_QUERY]
    held = assessments.held(request.node, id)
    found, more = find(request.node, held.texts, query)
    nothing = Written()
    context = {
        "hits": [shown_hit(one, nothing) for one in found],
        "more_hits": more,
        "query": query,
        "may_write": may_write(request),
    }
    return render(request, "web/align/parts/found.html", context)


def _save(request: DeskRequest, id: str, number: str, written: Written, *, go_on: bool) -> HttpResponse:
    node, actor = request.node, request.actor
    standing = assessments.held(node, id).assessment.standing(number)
    try:
        made = assessments.judge(node, actor, id, writing.as_answer(node, number, written, standing))
    except TOLD_HERE as error:
        if may_write(request):
            assessments.keep_unsaved(node, actor, id, number, writing.as_body(written))
        return _page(request, id, number, tried=written, problem=error)
    said = words.STATES[made.answer].word
    messages.success(request, _("%(number)s: saved as “%(answer)s”.") % {"number": number, "answer": said})
    return redirect(_address(request, id, _onward(request, id, number) if go_on else number))


def _undo(request: DeskRequest, id: str, number: str, written: Written) -> HttpResponse:
    try:
        assessments.undo(request.node, request.actor, id, number)
    except TOLD_HERE as error:
        return _page(request, id, number, tried=written, problem=error)
    messages.success(request, _("%(number)s: your last answer has been taken back.") % {"number": number})
    return redirect(_address(request, id, number))


def _onward(request: DeskRequest, id: str, number: str) -> str:
    """Where a reader goes after an answer: what nobody has looked at yet; the obligation itself when all is done."""
    held, law = assessments.held(request.node, id), request.node.law
    asked = choice(request.GET)
    near = dict(request.node.stores.alignment.outlook(list(held.row.texts))) if asked.found else {}
    return next_unseen(held, obligations(law), chosen(law, held, asked, near), number) or number


def _address(request: DeskRequest, id: str, number: str) -> str:
    return reverse("align-review", args=[id, number]) + choice(request.GET).query


def _page(
    request: DeskRequest,
    id: str,
    number: str,
    *,
    tried: Written | None = None,
    query: str = "",
    problem: RogatoryError | None = None,
) -> HttpResponse:
    asked = choice(request.GET)
    page = review_page(request, id, number, asked, tried=tried, query=query)
    context = {
        "page": page,
        "one": page.asked,
        "written": page.written,
        "choice": asked,
        "query": query,
        "problem": problem,
        "meanwhile": isinstance(problem, ChangedMeanwhile) or (page.begun is not None and page.is_outdated),
        "official": officialtext.beside(request.node, HOME, number),
        "answers": [(place, one, words.STATES[one].word) for place, one in enumerate(ANSWERS, 1)],
        "element_answers": [(one, words.ELEMENTS[one].word) for one in ELEMENT_ANSWERS],
        "may_write": may_write(request),
    }
    return render(request, "web/align/review.html", context, status=status_of(problem) if problem else 200)
