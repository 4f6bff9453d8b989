"""The acts of a liaison: making, changing, showing, sending, withdrawing, undoing, interest, naming trainees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.assistance import choices, kinds, tables
from rogatory.assistance.entries import Visibility
from rogatory.assistance.shape import BadEntry, Fault
from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.node import people
from rogatory.node.assistance import entries, exchange, files, gaps, trainees
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.web.assistance import forms, pages
from rogatory.web.assistance.access import for_readers
from rogatory.web.doors import DeskRequest, require_confirmation
from rogatory.web.forms import whole_number
from rogatory.web.middleware import status_of


class NoOfferFile(BadInput):
    """Choose the file of offers first."""

    code = "no-offer-file"
    remedy = "Choose a CSV file with the names of the fields on its first line and one offer on each line."


class UnknownAct(BadInput):
    """There is no such step for an entry."""

    code = "unknown-assistance-act"
    remedy = "Use the buttons on the page of the entry."


@for_readers
def make(request: DeskRequest, kind: str) -> HttpResponse:
    """The form of a new entry."""
    people.require(request.actor, entries.LIAISON)
    shape = kinds.shape_of(kind)
    if request.method != "POST":
        given = {"by": request.actor.authority[:3]} if "by" in shape.names else {}
        return _form(request, kind, forms.shown(shape, given))
    given = forms.sent(shape, request.POST)
    if "more" in request.POST:
        return _form(request, kind, forms.shown(shape, given, more=request.POST["more"]))
    try:
        made = entries.make(request.node, request.actor, kind, given)
    except BadEntry as error:
        return _form(request, kind, forms.shown(shape, given, error.faults), problem=error)
    messages.success(request, _("It is kept. Only we see it until you show or send it to somebody."))
    return to_entry(made.name)


@for_readers
def change(request: DeskRequest, owner: str, id: str) -> HttpResponse:
    """The form of an entry of ours; somebody else's change in between is told, and nothing is lost."""
    people.require(request.actor, entries.LIAISON)
    held = entries.entry_of(entries.ours(request.node, f"{owner}/{id}"))
    shape, after = kinds.shape_of(held.kind), held.version
    if request.method != "POST":
        return _form(request, held.kind, forms.shown(shape, held.body), name=held.name, after=after)
    given, after = forms.sent(shape, request.POST), whole_number(request.POST.get("after"))
    problem: RogatoryError | None = None
    faults: tuple[Fault, ...] = ()
    try:
        if "more" not in request.POST:
            entries.change(request.node, request.actor, held.name, given, after=after)
            messages.success(request, _("The change is kept. Partners get it when you send it again."))
            return to_entry(held.name)
    except BadEntry as error:
        problem, faults = error, error.faults
    except ChangedMeanwhile as error:
        problem, after = error, held.version
    shown = forms.shown(shape, given, faults, more=request.POST.get("more", ""))
    return _form(request, held.kind, shown, name=held.name, after=after, problem=problem)


@require_POST
@for_readers
def act(request: DeskRequest, owner: str, id: str) -> HttpResponse:
    """One step with an entry, by the button that was pressed."""
    name = f"{owner}/{id}"
    steps = {
        "show": _show,
        "publish": _publish,
        "send": _send,
        "withdraw": _withdraw,
        "undo": _undo,
        "interest": _interest,
    }
    step = steps.get(request.POST.get("step", ""))
    try:
        if step is None:
            raise UnknownAct
        said = step(request, name)
    except (BadInput, NotPermitted, NotFound) as error:
        return pages.entry_page(request, name, problem=error)
    messages.success(request, said)
    return to_entry(name)


def _seen(request: DeskRequest) -> int:
    """The version that the person saw beside the button."""
    return whole_number(request.POST.get("after"))


def _show(request: DeskRequest, name: str) -> str:
    to = request.POST.get("visibility", "")
    if to == Visibility.PUBLIC:
        raise UnknownAct
    named = request.POST.getlist("partner") if to == Visibility.NAMED else []
    exchange.show(request.node, request.actor, name, visibility=to, partners_=named, after=_seen(request))
    return _("Kept. Who had it and may have it no longer is sent a withdrawal.")


def _publish(request: DeskRequest, name: str) -> str:
    require_confirmation(request)
    exchange.show(request.node, request.actor, name, visibility=Visibility.PUBLIC, after=_seen(request))
    return _("Everybody may read it now, without your own notes. You can take this back.")


def _send(request: DeskRequest, name: str) -> str:
    found = exchange.send(request.node, request.actor, name, to=request.POST.getlist("partner"), after=_seen(request))
    if not found:
        return _("They have this version already.")
    told = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", len(found))
    return told % {"number": len(found)}


def _withdraw(request: DeskRequest, name: str) -> str:
    require_confirmation(request)
    exchange.withdraw(request.node, request.actor, name, says=request.POST.get("says", "")[:2000])
    return _("It is withdrawn; whoever has it is told.")


def _undo(request: DeskRequest, name: str) -> str:
    entries.undo(request.node, request.actor, name, after=_seen(request))
    return _("It says again what it said before.")


def _interest(request: DeskRequest, name: str) -> str:
    exchange.interested(
        request.node,
        request.actor,
        name,
        is_=request.POST.get("interested") != "no",
        says=request.POST.get("says", "")[:2000],
        own=request.POST.get("own", ""),
    )
    return _("Your letter is on its way.")


@require_POST
@for_readers
def from_gap(request: DeskRequest) -> HttpResponse:
    """A need out of a gap: `assessment` and `number`."""
    made = gaps.need_from_gap(
        request.node,
        request.actor,
        request.POST.get("assessment", ""),
        request.POST.get("number", ""),
        lang="fr" if (get_language() or "").startswith("fr") else "en",
    )
    messages.success(request, _("A need was made from the gap. Look it over; only we see it until you send it."))
    return redirect("assist-change", made.owner, made.id)


@require_POST
@for_readers
def take(request: DeskRequest) -> HttpResponse:
    """Offers out of a CSV file, all or none."""
    try:
        upload = request.FILES.get("file")
        if upload is None:
            raise NoOfferFile
        found = files.import_offers(request.node, request.actor, upload.read(tables.MAX_IMPORT + 1))
    except BadInput as error:
        return pages.list_page(request, kinds.OFFER, problem=error)
    told = ngettext("%(number)s offer was taken in.", "%(number)s offers were taken in.", len(found))
    messages.success(request, told % {"number": len(found)})
    return redirect("assist-list", kinds.OFFER)


@for_readers
def named(request: DeskRequest, owner: str, id: str) -> HttpResponse:
    """The named trainees of a project, which liaisons alone read; naming one, forgetting one."""
    name = f"{owner}/{id}"
    problem: RogatoryError | None = None
    if request.method == "POST":
        try:
            if forget := request.POST.get("forget"):
                trainees.remove(request.node, request.actor, forget)
            else:
                trainees.add(
                    request.node,
                    request.actor,
                    name,
                    training=whole_number(request.POST.get("training")),
                    name=request.POST.get("name", ""),
                    role=request.POST.get("role", ""),
                    note=request.POST.get("note", ""),
                )
            return redirect("assist-trainees", owner, id)
        except BadInput as error:
            problem = error
    context = {
        "entry": entries.get(request.node, request.actor, name),
        "trainees": trainees.of_project(request.node, request.actor, name),
        "roles": choices.AUDIENCES,
        "problem": problem,
        "here_kind": kinds.PROJECT,
        **pages.common(request),
    }
    return render(request, "web/assist/trainees.html", context, status=status_of(problem) if problem else 200)


def to_entry(name: str) -> HttpResponse:
    """The way to the page of an entry."""
    return redirect(reverse("assist-entry", args=name.split("/")))


def _form(
    request: HttpRequest,
    kind: str,
    shown: tuple[forms.Shown, ...],
    *,
    name: str = "",
    after: int = 0,
    problem: RogatoryError | None = None,
) -> HttpResponse:
    context = {
        "shape": kinds.shape_of(kind),
        "here_kind": kind,
        "fields": shown,
        "name": name,
        "back": reverse("assist-entry", args=name.split("/")) if name else reverse("assist-list", args=[kind]),
        "after": after,
        "problem": problem,
        "may_write": True,
        "all_kinds": list(kinds.SHAPES.values()),
    }
    return render(request, "web/assist/edit.html", context, status=status_of(problem) if problem else 200)
