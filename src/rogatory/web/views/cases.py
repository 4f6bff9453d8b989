"""The page of a case, its steps, its opinion, and what is still on its way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.casefile.fold import DoesNotFit
from rogatory.errors import BadInput, NotPermitted
from rogatory.node import delivery, desk, opinions, pulse, steps
from rogatory.ports.exchange import DraftRow
from rogatory.web import casepages, stepforms
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.middleware import status_of


@signed_in
def show(request: DeskRequest, case: str) -> HttpResponse:
    """The page of a case; htmx asks for its changing part alone."""
    template = "web/parts/case_now.html" if request.headers.get("HX-Request") == "true" else "web/case.html"
    return render(request, template, casepages.context(request, case))


@signed_in
def beat(request: DeskRequest, case: str) -> HttpResponse:
    """Whether the page is still fresh: 204 when nothing has changed, else the transfers and an event for the page."""
    found = pulse.pulse(request.node, request.actor, case)
    changed = found.token != request.GET.get("seen")
    if not changed and not found.transfers:
        return HttpResponse(status=204)
    response = render(request, "web/parts/pulse.html", {"pulse": found, "case_id": case})
    if changed:
        response["HX-Trigger"] = "case-changed"
    return response


@require_POST
@signed_in
def answer(request: DeskRequest, case: str) -> HttpResponse:
    """The opinion again, with what the officer has just answered; the answers never leave this node."""
    page = desk.case_page(request.node, request.actor, case)
    one = page.case.requests.get(request.POST.get("request", ""))
    if one is None:
        raise DoesNotFit("the answers name no request of this case")
    answers = casepages.answers_in(request.POST)
    found = opinions.on_request(request.node, page.case, one, answers=answers, chair=page.side)
    casepages.keep_answers(request, one.digest, answers)
    if request.headers.get("HX-Request") != "true":
        return redirect("case", case)
    return render(
        request,
        "web/parts/case_opinion.html",
        {"opinion": found, "answers": answers, "case": page.case, "digest": one.digest},
    )


@require_POST
@signed_in
def step(request: DeskRequest, case: str) -> HttpResponse:
    """One step; when it is not taken, the page again with what was written and the reason."""
    name, regarding = request.POST.get("step", ""), request.POST.get("regarding", "")
    try:
        done = _take(request, case, name, regarding)
    except (BadInput, NotPermitted) as error:
        refused = stepforms.Refused(step=name, regarding=regarding, sent=request.POST, error=error)
        return render(request, "web/case.html", casepages.context(request, case, refused), status=status_of(error))
    if isinstance(done, DraftRow):
        messages.success(request, _("Noted. A second person must approve this before it leaves."))
    else:
        messages.success(request, _("Done. The message is signed, in the ledger, and on its way."))
    return redirect("case", case)


@require_POST
@signed_in
def retry(request: DeskRequest, id: str) -> HttpResponse:
    """A message that has not arrived is tried again now."""
    delivery.retry(request.node, request.actor, id)
    messages.success(request, _("The message is being sent again."))
    return redirect((request.POST.get("case") and "case") or "desk", *filter(None, [request.POST.get("case")]))


@require_POST
@signed_in
def withdraw(request: DeskRequest, id: str) -> HttpResponse:
    """A message that has not arrived is taken out of the outbox."""
    require_confirmation(request)
    delivery.withdraw(request.node, request.actor, id)
    messages.success(request, _("The message will not be sent any more. It stays in the case file, marked so."))
    return redirect("desk")


def _take(request: DeskRequest, case: str, name: str, regarding: str) -> object:
    if name in stepforms.GRAVE:
        require_confirmation(request)
    answers = casepages.answers_of(request, regarding)
    return steps.take(
        request.node,
        request.actor,
        case=case,
        regarding=regarding,
        kind=name.partition(":")[0],
        body=stepforms.body(name, request.POST),
        internal={"answers": answers} if answers else {},
    )
