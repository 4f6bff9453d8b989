"""The papers: listed with what they lack, read in both languages, downloaded, and entered as filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rogatory.documents import treatyletters
from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.node.readiness import filing
from rogatory.node.readiness.reading import Kit, cover_sheet, kit
from rogatory.readiness.filing import SIGNATURE, Filed, standing
from rogatory.readiness.papers.drafts import paper, require_ready
from rogatory.readiness.papers.model import Paper
from rogatory.readiness.steps import OPEN
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.middleware import status_of
from rogatory.web.readiness.access import may_write
from rogatory.web.readiness.checklist import day_given

COVER = "cover"
LANGUAGES = ("en", "fr")
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class NoSuchPaperFile(NotFound):
    """The paper is not written in that language or form."""

    code = "no-such-paper-file"
    remedy = "Papers are written in English and French, as PDF and as Word files."


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper in the list: how it stands, and its filings that stand."""

    paper: Paper
    state: str
    filed: tuple[Filed, ...]


@signed_in
def every(request: DeskRequest) -> HttpResponse:
    """All papers, and the form by which several are entered as filed."""
    if request.method != "POST":
        return _list(request)
    try:
        return _filed(request, request.POST.getlist("paper"))
    except RogatoryError as error:
        return _list(request, problem=error)


@signed_in
def show(request: DeskRequest, name: str) -> HttpResponse:
    """One paper in both languages; what it lacks; the form by which it is entered as filed."""
    if name == SIGNATURE:
        return redirect("ready-papers")
    found = kit(request.node)
    one = paper(found.papers, name)
    if request.method != "POST":
        return _page(request, found, one)
    try:
        return _filed(request, [one.id])
    except RogatoryError as error:
        return _page(request, found, one, problem=error)


@signed_in
def cover(request: DeskRequest) -> HttpResponse:
    """The cover sheet: what of all papers is not sure, due or missing."""
    found = kit(request.node)
    return _page(request, found, cover_sheet(request.node, found.papers))


@signed_in
def file(request: DeskRequest, name: str, lang: str, form: str) -> HttpResponse:
    """One paper as a file; raises `ChoicesMissing` while something lacks."""
    if lang not in LANGUAGES or form not in TYPES:
        raise NoSuchPaperFile
    found = kit(request.node)
    one = cover_sheet(request.node, found.papers) if name == COVER else require_ready(paper(found.papers, name))
    made = treatyletters.made([one], [form], lang, at=request.node.clock.now(), practice=found.practice)
    title, data = next(iter(made.items()))
    headers = {"Content-Disposition": f'attachment; filename="{title}"'}
    return HttpResponse(data, content_type=TYPES[form], headers=headers)


@signed_in
def record(request: DeskRequest) -> HttpResponse:
    """What was entered as filed, with what was taken back."""
    return _record(request)


@require_POST
@signed_in
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """A filing that was entered wrongly is taken back by a correcting entry."""
    try:
        require_confirmation(request)
        filing.correct(request.node, request.actor, number, because=request.POST.get("because", ""))
    except (BadInput, NotFound) as error:
        return _record(request, problem=error, about=number)
    messages.success(request, _("The entry is taken back; status no longer has it."))
    return redirect("ready-filed")


def _filed(request: DeskRequest, names: Sequence[str]) -> HttpResponse:
    require_confirmation(request)
    day = day_given(request.POST.get("on", "")) or request.node.clock.now().date()
    found = filing.file(request.node, request.actor, names, on=day, reference=request.POST.get("reference", ""))
    told = ngettext(
        "%(number)s paper is entered as filed. Status answers from it at once.",
        "%(number)s papers are entered as filed. Status answers from them at once.",
        len(found),
    )
    messages.success(request, told % {"number": len(found)})
    return redirect("ready-filed")


def _list(request: DeskRequest, *, problem: RogatoryError | None = None) -> HttpResponse:
    found = kit(request.node)
    lines = [_line(one, found) for one in found.papers]
    signature = next((one for one in found.steps if one.id == SIGNATURE), None)
    context = {
        **_common(request, found, problem),
        "lines": lines,
        "signature": signature if signature is not None and signature.state == OPEN else None,
        "signature_name": SIGNATURE,
        "picked": request.POST.getlist("paper"),
        "fileable": any(one.paper.ready for one in lines),
    }
    return render(request, "web/ready/papers.html", context, status=status_of(problem) if problem else 200)


def _page(request: DeskRequest, found: Kit, one: Paper, *, problem: RogatoryError | None = None) -> HttpResponse:
    sheets = [treatyletters.sheet_of(one, lang, practice=found.practice) for lang in LANGUAGES]
    context = {
        **_common(request, found, problem),
        "paper": one,
        "line": _line(one, found),
        "sheets": sheets,
        "name": one.slug if any(each.id == one.id for each in found.papers) else COVER,
        "is_cover": all(each.id != one.id for each in found.papers),
    }
    return render(request, "web/ready/paper.html", context, status=status_of(problem) if problem else 200)


def _record(request: DeskRequest, *, problem: RogatoryError | None = None, about: int = 0) -> HttpResponse:
    found = kit(request.node)
    titles = {one.id: one.title for one in found.papers}
    context = {
        **_common(request, found, problem),
        "rows": [(one, titles.get(one.paper, "")) for one in reversed(found.filed)],
        "signature_name": SIGNATURE,
        "about": about,
    }
    return render(request, "web/ready/filed.html", context, status=status_of(problem) if problem else 200)


def _line(one: Paper, found: Kit) -> PaperLine:
    held = tuple(each for each in standing(found.filed) if each.paper == one.id)
    return PaperLine(paper=one, state="filed" if held else "ready" if one.ready else "lacking", filed=held)


def _common(request: DeskRequest, found: Kit, problem: RogatoryError | None) -> dict[str, Any]:
    return {
        "kit": found,
        "problem": problem,
        "today": _day_written(request, found.on),
        "given": request.POST,
        "may_write": may_write(request),
    }


def _day_written(request: DeskRequest, today: date) -> str:
    return request.POST.get("on") or today.isoformat()
