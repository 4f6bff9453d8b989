"""Drafts: written, looked at with their opinion, shown to a second person, approved, sent back, discarded."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.casefile.cites import HOME
from rogatory.casefile.measures import FAMILIES, MEASURES, STORED_DATA
from rogatory.evidence.manifest import Manifest
from rogatory.node import desk, drafting, opinions, partners, people
from rogatory.node.evidence import exhibits
from rogatory.opinion.findings import Opinion, Question
from rogatory.ports.exchange import DraftRow
from rogatory.web import casepages, forms
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in


@signed_in
def start(request: DeskRequest) -> HttpResponse:
    """Which measure, and which authority is asked; then a new draft."""
    people.require(request.actor, "drafter")
    if request.method == "POST":
        draft = drafting.start_request(
            request.node,
            request.actor,
            measure=request.POST.get("measure", ""),
            receiver=request.POST.get("receiver", ""),
            instrument=request.POST.get("instrument", HOME),
        )
        return redirect("draft-write", draft.id)
    law = request.node.law
    chosen = {key: request.GET.get(key, "") for key in ("measure", "receiver", "instrument")}
    instrument = chosen["instrument"] if chosen["instrument"] in law.instruments else HOME
    carried = {measure for name, measure in law.forms if name == instrument}
    if (instrument, chosen["measure"]) not in law.forms:
        chosen["measure"] = next((one for one in MEASURES if one in carried), "")
    families = {
        family: [law.measure(one, instrument=instrument) for one in measures if one in carried]
        for family, measures in FAMILIES.items()
    }
    with_forms = dict.fromkeys(name for name, _ in law.forms)
    return render(
        request,
        "web/start.html",
        {
            "cards": partners.all_cards(request.node).values(),
            "families": {family: found for family, found in families.items() if found},
            "instruments": [law.instrument(name) for name in with_forms],
            "instrument": instrument,
            "chosen": chosen,
        },
    )


@require_POST
@signed_in
def follow_up(request: DeskRequest, case: str) -> HttpResponse:
    """A new draft of a request that follows a preservation of *case*, filled in with what the preservation said."""
    page = desk.case_page(request.node, request.actor, case)
    kept = page.case.requests.get(request.POST.get("request", ""))
    measure = request.POST.get("measure", STORED_DATA)
    instrument = kept.instrument if kept else HOME
    known = request.node.law.form(measure, instrument=instrument).fields_by_key
    contents = {key: value for key, value in kept.contents.items() if key in known} if kept else {}
    draft = drafting.start_request(
        request.node,
        request.actor,
        measure=measure,
        receiver=page.case.requested,
        instrument=instrument,
        contents=contents | ({"follows_preservation": case} if "follows_preservation" in known else {}),
        case=case,
        follows_request=kept.digest if kept else None,
    )
    return redirect("draft-write", draft.id)


@signed_in
def write(request: DeskRequest, id: str) -> HttpResponse:
    """The form of a draft; what was sent is kept, and the next page is the form again or the draft as it will be."""
    draft = drafting.get(request.node, request.actor, id)
    form = drafting.form_of(request.node, draft)
    if request.method == "POST":
        found = forms.contents(form, request.POST)
        drafting.save(request.node, request.actor, id, found, version=forms.whole_number(request.POST.get("version")))
        messages.success(request, _("The draft has been saved."))
        return redirect("draft" if "review" in request.POST else "draft-write", id)
    contents = draft.body.get("contents", {})
    problems = drafting.problems(request.node, draft) if draft.version > 1 else ()
    rows = forms.rows(form, contents, problems, request.node.law)
    return render(request, "web/write.html", {"draft": draft, "rows": rows, "problems": problems})


@require_POST
@signed_in
def opinion(request: DeskRequest, id: str) -> HttpResponse:
    """The opinion on what stands in the form now, saved or not."""
    draft = drafting.get(request.node, request.actor, id)
    contents = forms.contents(drafting.form_of(request.node, draft), request.POST)
    as_written = replace(draft, body={**draft.body, "contents": contents})
    found = opinions.on_draft(request.node, as_written)
    return render(request, "web/parts/opinion.html", {"opinion": found, "brief": True})


@require_POST
@signed_in
def answer(request: DeskRequest, id: str) -> HttpResponse:
    """What the drafter knows about the opinion's questions; it stays on this node."""
    drafting.answer(request.node, request.actor, id, casepages.answers_in(request.POST))
    messages.success(request, _("Your answers are kept beside the draft. They are never sent."))
    return redirect("draft", id)


@signed_in
def show(request: DeskRequest, id: str) -> HttpResponse:
    """A draft as it will be sent, with its opinion and what this person may do with it."""
    draft = drafting.get(request.node, request.actor, id)
    if draft.state == "issued" and draft.case:
        return redirect("case", draft.case)
    return render(request, "web/draft.html", _page(request, draft))


@require_POST
@signed_in
def submit(request: DeskRequest, id: str) -> HttpResponse:
    """The draft waits for a second person; when it is not complete, the form shows what is missing."""
    try:
        drafting.submit(request.node, request.actor, id)
    except drafting.FormIncomplete as error:
        messages.error(request, _("The draft was not submitted: something is still missing. See the marked fields."))
        draft = drafting.get(request.node, request.actor, id)
        rows = forms.rows(
            drafting.form_of(request.node, draft), draft.body.get("contents", {}), error.problems, request.node.law
        )
        return render(request, "web/write.html", {"draft": draft, "rows": rows, "problems": error.problems}, status=400)
    messages.success(request, _("The draft now waits for a second person to approve it."))
    return redirect("draft", id)


@require_POST
@signed_in
def approve(request: DeskRequest, id: str) -> HttpResponse:
    """The draft becomes a signed message."""
    require_confirmation(request)
    message = drafting.approve(request.node, request.actor, id)
    messages.success(request, _("Approved. The message is signed, in the ledger, and on its way."))
    return redirect("case", message.case)


@require_POST
@signed_in
def send_back(request: DeskRequest, id: str) -> HttpResponse:
    """The draft goes back to its drafter with a remark."""
    drafting.send_back(request.node, request.actor, id, request.POST.get("remark", ""))
    messages.success(request, _("The draft is back with its drafter, with your remark."))
    return redirect("desk")


@require_POST
@signed_in
def discard(request: DeskRequest, id: str) -> HttpResponse:
    """The draft will never be sent."""
    require_confirmation(request)
    drafting.discard(request.node, request.actor, id)
    messages.success(request, _("The draft has been discarded. It stays in the record."))
    return redirect("desk")


def _page(request: DeskRequest, draft: DraftRow) -> dict[str, object]:
    own = draft.drafted_by == request.actor.id
    may_approve = "approver" in request.actor.roles
    is_request = draft.kind == "request"
    found = opinions.on_draft(request.node, draft) if is_request else _on_what_it_answers(request, draft)
    return {
        "draft": draft,
        "form": drafting.form_of(request.node, draft) if is_request else None,
        "opinion": found,
        "manifest": _manifest(request, draft) if draft.kind == "delivery" else None,
        "own": own,
        "can_write": own and is_request and draft.state in ("open", "returned"),
        "can_approve": may_approve and not own and draft.state == "submitted",
        "why_not": draft.state == "submitted" and (own or not may_approve),
        "problems": drafting.problems(request.node, draft) if is_request else (),
        "asked": _asked(found) if is_request and found else (),
    }


def _asked(opinion: Opinion) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """The opinion's questions beside the form: those that bear on the answer or were answered, then the others."""
    missing = {gap.key for gap in opinion.missing}
    every = opinion.beside_grounds
    first = tuple(one for one in every if one.key in missing or one.known)
    return ("first", first), ("more", tuple(one for one in every if one not in first))


def _on_what_it_answers(request: DeskRequest, draft: DraftRow) -> Opinion | None:
    """The opinion on the request that a step is about, with the answers that its drafter gave."""
    page = desk.case_page(request.node, request.actor, draft.case or "")
    about = page.case.requests.get(draft.regarding or "")
    if about is None or (about.instrument, about.measure) not in request.node.law.forms:
        return None
    answers = draft.internal.get("answers", {})
    return opinions.on_request(request.node, page.case, about, answers=answers, chair=page.side)


def _manifest(request: DeskRequest, draft: DraftRow) -> Manifest:
    """What the exhibit is that a hand-over speaks of."""
    return exhibits.manifest_of(exhibits.get(request.node, str(draft.body.get("exhibit", ""))))
