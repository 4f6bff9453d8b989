"""The page of an exhibit and what is done from it, the list of exhibits, and the certificate of their end."""

import hashlib
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.evidence.custody_words import LANGUAGES
from rogatory.node import pulse, steps
from rogatory.node.evidence import acts, certificates, comparing, disclosing, exhibits, handover, looking, retention
from rogatory.node.evidence.looking import ExhibitPage, Wanted
from rogatory.web import exhibitforms
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.exhibitforms import Tried
from rogatory.web.middleware import status_of
from rogatory.web.words import EXHIBIT_GROUPS

#: What a person is told on the page of the exhibit itself, with the form as it was.
TOLD_THERE = (BadInput, NotFound, NotPermitted, Untrusted, Unavailable)


@require_GET
@signed_in
def every(request: DeskRequest) -> HttpResponse:
    """The exhibits of this node, or those that fit what was asked."""
    group, case = request.GET.get("state", ""), request.GET.get("case", "").strip()[:40]
    states = EXHIBIT_GROUPS[group].states if group in EXHIBIT_GROUPS else ()
    wanted = Wanted(states=states, case=case, ending=request.GET.get("ending") == "soon")
    found = looking.exhibit_list(request.node, request.actor, wanted)
    context = {"found": found, "wanted": wanted, "group": group, "groups": EXHIBIT_GROUPS, "soon": looking.ENDS_SOON}
    return render(request, "web/exhibits.html", context)


@signed_in
def show(request: DeskRequest, id: str) -> HttpResponse:
    """The page of an exhibit; htmx asks for its changing part alone."""
    return shown(request, id)


def shown(request: DeskRequest, id: str, tried: Tried | None = None, **more: object) -> HttpResponse:
    """The page of exhibit *id*, with what was *tried* and why it was not done."""
    page = looking.exhibit_page(request.node, request.actor, id)
    context = {
        "page": page,
        "row": page.row,
        "manifest": page.manifest,
        "forms": exhibitforms.forms(page, tried),
        "refusals": exhibitforms.refusals(page),
        "may_pass_on": any(one.act == "pass-on" and one.refused is None for one in page.acts),
        "may_compare": page.row.state != "sealed",
        "pulse": pulse.pulse(request.node, request.actor, page.row.case),
        "counts": _counts(page),
        "tried": tried,
        **more,
    }
    whole = request.headers.get("HX-Request") != "true"
    status = status_of(tried.error) if tried and isinstance(tried.error, RogatoryError) else 200
    return render(request, "web/exhibit.html" if whole else "web/parts/exhibit_now.html", context, status=status)


@require_POST
@signed_in
def step(request: DeskRequest, id: str) -> HttpResponseBase:
    """One act on an exhibit; when it is not done, the page again with what was written and the reason."""
    name = request.POST.get("step", "")
    try:
        told = _STEPS.get(name, _nothing)(request, id)
    except TOLD_THERE as error:
        exhibits.get(request.node, id)  # what is not here has no page to tell it on
        return shown(request, id, Tried(step=name, sent=request.POST, error=error))
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, told)
    return redirect("exhibit", id)


@require_POST
@signed_in
def compare(request: DeskRequest, id: str) -> HttpResponse:
    """The page, with how our chain of custody compares with the partner's now."""
    try:
        found = comparing.compare_with_partner(request.node, request.actor, id)
    except TOLD_THERE as error:
        return shown(request, id, Tried(step="compare", sent=request.POST, error=error))
    return shown(request, id, compared=found, compared_in_words=found.sentences(_lang()))


@require_GET
@signed_in
def certificate(request: DeskRequest, id: str) -> HttpResponse:
    """The certificate that an exhibit was destroyed or given back, to be printed, in English and French."""
    found = certificates.certificate(request.node, request.actor, id)
    said = [(lang, found.sentences(lang)) for lang in LANGUAGES]
    context = {"certificate": found, "manifest": found.manifest, "said": said}
    return render(request, "web/certificate.html", context)


def _counts(page: ExhibitPage) -> dict[str, int]:
    ours = [line for line in page.lines if line.index is not None]
    return {"ours": len(ours), "witnessed": sum(line.witnessed for line in ours), "all": len(page.lines)}


def _lang() -> str:
    lang = (get_language() or "en")[:2]
    return lang if lang in LANGUAGES else "en"


def _hand_over(request: DeskRequest, id: str) -> HttpResponse:
    row, body = handover.propose_delivery(request.node, request.actor, id)
    draft = steps.take(request.node, request.actor, case=row.case, regarding=row.request, kind="delivery", body=body)
    messages.success(request, _("A second person must approve the hand-over before it leaves."))
    return redirect("draft", draft.id)


def _record(request: DeskRequest, id: str) -> str:
    upload = request.FILES.get("file")
    digest = hashlib.file_digest(upload.file, "sha256").hexdigest() if upload and upload.file else None  # type: ignore[arg-type]
    purpose = _text(request, "purpose")
    acts.record_act(request.node, request.actor, id, request.POST.get("act", ""), purpose=purpose, copy_sha256=digest)
    return _("Recorded in the chain of custody; the other side is told.")


def _ask_leave(request: DeskRequest, id: str) -> str:
    _take(request, id, "onward-request", ("to", "purpose", "part"))
    return _("Done. The message is signed, in the ledger, and on its way.")


def _give_leave(request: DeskRequest, id: str) -> str:
    granted = {"yes": True, "no": False}.get(request.POST.get("granted", ""))
    _take(request, id, "onward-leave", ("to", "conditions", "until", "reasons"), granted=granted)
    return _("Noted. A second person must approve this before it leaves.")


def _notice(request: DeskRequest, id: str) -> str:
    to, clears, no_time = (_text(request, key) for key in ("to", "clears", "no_time"))
    if no_time:
        disclosing.disclose_at_once(request.node, request.actor, id, to=to, clears=clears, no_time=no_time)
        return _("Notice and disclosure are on record, and the other side is told.")
    disclosing.give_notice(request.node, request.actor, id, to=to, clears=clears)
    return _("Notice is given. Record the disclosure here once it has been made.")


def _disclosed(request: DeskRequest, id: str) -> str:
    disclosing.disclose(request.node, request.actor, id, notice=request.POST.get("notice", ""))
    return _("Recorded in the chain of custody; the other side is told.")


def _return(request: DeskRequest, id: str) -> str:
    require_confirmation(request)
    retention.give_back(request.node, request.actor, id, purpose=_text(request, "purpose"))
    return _("The exhibit was given back. No bytes of it are left here; the other side is told.")


def _destroy(request: DeskRequest, id: str) -> str:
    require_confirmation(request)
    retention.propose(request.node, request.actor, id, purpose=_text(request, "purpose"))
    return _("A second person with the role of approver must agree, on this page.")


def _agree(request: DeskRequest, id: str) -> str:
    require_confirmation(request)
    retention.approve(request.node, request.actor, id)
    return _("The exhibit is destroyed. The certificate is on this page.")


def _keep(request: DeskRequest, id: str) -> str:
    retention.refuse(request.node, request.actor, id)
    return _("The exhibit stays. It may be asked for again.")


def _nothing(_request: DeskRequest, _id: str) -> str:
    raise BadInput("no such step")


_STEPS: Mapping[str, Callable[[DeskRequest, str], str | HttpResponse]] = {
    "hand-over": _hand_over,
    "record": _record,
    "ask-leave": _ask_leave,
    "give-leave": _give_leave,
    "notice": _notice,
    "disclosed": _disclosed,
    "return": _return,
    "destroy": _destroy,
    "agree": _agree,
    "keep": _keep,
}


def _take(request: DeskRequest, id: str, kind: str, keys: tuple[str, ...], **more: object) -> None:
    row = exhibits.get(request.node, id)
    said = {key: _text(request, key) for key in keys}
    body = {"exhibit": id, **{key: text for key, text in said.items() if text}, **more}
    steps.take(request.node, request.actor, case=row.case, regarding=row.request, kind=kind, body=body)


def _text(request: DeskRequest, key: str) -> str:
    return request.POST.get(key, "").replace("\r\n", "\n").strip()
