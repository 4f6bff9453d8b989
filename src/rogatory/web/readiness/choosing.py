"""The forms of the choices: each section and each item of a list is saved by itself, as one more version of all.

What a person wrote is never lost: what is refused comes back with the place marked, and what somebody else saved
meanwhile is told before it is saved over.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.readiness import deciding
from rogatory.node.readiness.reading import Kit, kit
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.readiness import catalogue
from rogatory.readiness.catalogue import HOME
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.forms import whole_number
from rogatory.web.middleware import status_of
from rogatory.web.readiness import questions
from rogatory.web.readiness.access import may_write
from rogatory.web.readiness.questions import AUTHORITY, LAW, SECTIONS, STATEMENT, Question

NEW = "new"
#: The lists of the choices: what one item is asked, and the page to which its saving leads.
LISTS: Mapping[str, tuple[tuple[Question, ...], str]] = {
    "authorities": (AUTHORITY, "ready-institutions"),
    "laws": (LAW, "ready-choices"),
    "statements": (STATEMENT, "ready-statements"),
}


class NoSuchChoice(NotFound):
    """There is no such place in the choices."""

    code = "no-such-choice"
    remedy = "Go back to the choices: somebody may have removed it meanwhile."


@signed_in
def overview(request: DeskRequest) -> HttpResponse:
    """What has been decided so far, section by section, with links to change it."""
    found = kit(request.node)
    sections = [(one, questions.rows(request.node, one.questions, found.given)) for one in SECTIONS]
    context = {**_common(request, found), "sections": sections, "missing": _missing(found)}
    return render(request, "web/ready/choices.html", context)


@signed_in
def section(request: DeskRequest, id: str) -> HttpResponse:
    """The form of one section."""
    people.require(request.actor, deciding.ROLE)
    asked = next((one for one in SECTIONS if one.id == id), None)
    if asked is None:
        raise NoSuchChoice
    found = kit(request.node)

    def merged(sent: Mapping[str, Any]) -> dict[str, Any]:
        given = dict(found.given)
        for key, value in sent.items():
            questions.put(given, key, value)
        return given

    about = {"title": asked.title, "lead": asked.lead, "back": reverse("ready-choices"), "section": asked.id}
    nested: dict[str, Any] = dict(found.given)
    return _form(request, found, asked.questions, about, values=nested, merged=merged, prefix="")


@signed_in
def authority(request: DeskRequest, place: str) -> HttpResponse:
    """The form of one authority that is notified, with its hours."""
    return _item(request, "authorities", place, _("Authority that is notified"))


@signed_in
def law(request: DeskRequest, place: str) -> HttpResponse:
    """The form of one law that is handed over."""
    return _item(request, "laws", place, _("Law that is handed over"))


@signed_in
def statement(request: DeskRequest, place: str) -> HttpResponse:
    """The form of one reservation or declaration, with the law beside."""
    return _item(request, "statements", place, _("Reservation or declaration"))


@signed_in
def statements(request: DeskRequest) -> HttpResponse:
    """Reservations that the Convention allows by name, those chosen, and whether it is settled."""
    problem: RogatoryError | None = None
    found = kit(request.node)
    if request.method == "POST":
        try:
            given = {**found.given, "settled": request.POST.get("settled") == "yes"}
            deciding.save_choices(request.node, request.actor, given, version=_version(request))
        except (BadInput, NotPermitted, ChangedMeanwhile) as error:
            problem = error
        else:
            messages.success(request, _("Saved."))
            return redirect("ready-statements")
    made = {(one.kind, one.provision): place for place, one in enumerate(found.choices.statements, start=1)}
    context = {
        **_common(request, found),
        "offers": [(one, made.get(("reservation", one.provision))) for one in found.offers],
        "others": [
            (place, one) for place, one in enumerate(found.choices.statements, start=1)
            if one.kind != "reservation" or all(each.provision != one.provision for each in found.offers)
        ],
        "problem": problem,
    }  # fmt: skip
    return render(request, "web/ready/statements.html", context, status=status_of(problem) if problem else 200)


def _item(request: DeskRequest, name: str, place: str, title: str) -> HttpResponse:
    people.require(request.actor, deciding.ROLE)
    asked, back = LISTS[name]
    found = kit(request.node)
    held = [dict(one) for one in found.given.get(name) or []]
    number = whole_number(place) if place != NEW else len(held) + 1
    if place != NEW and not 0 < number <= len(held):
        raise NoSuchChoice

    def merged(sent: Mapping[str, Any]) -> dict[str, Any]:
        item = dict(sent)
        return {**found.given, name: [*held[: number - 1], item, *held[number:]]}

    if request.POST.get("step") == "remove":
        require_confirmation(request)
        rest = {**found.given, name: [*held[: number - 1], *held[number:]]}
        deciding.save_choices(request.node, request.actor, rest, version=_version(request))
        messages.success(request, _("Removed. What was saved before stays in the record."))
        return redirect(back)
    known = {"provision": request.GET.get("provision", ""), "kind": request.GET.get("kind", "")}
    values = held[number - 1] if place != NEW else {key: value for key, value in known.items() if value}
    about = {"title": title, "lead": "", "back": reverse(back), "removable": place != NEW, "name": name}
    return _form(request, found, asked, about, values=values, merged=merged, prefix=f"{name}[{number}].")


def _form(
    request: DeskRequest,
    found: Kit,
    asked: Sequence[Question],
    about: Mapping[str, Any],
    *,
    values: Mapping[str, Any],
    merged: Callable[[Mapping[str, Any]], dict[str, Any]],
    prefix: str,
) -> HttpResponse:
    """The form of *asked*, or the saving of what was sent; a place in a message of the core begins with *prefix*."""
    problem: RogatoryError | None = None
    if request.method == "POST":
        sent = questions.read(asked, request.POST)
        try:
            deciding.save_choices(request.node, request.actor, merged(sent), version=_version(request))
        except (BadInput, NotPermitted, ChangedMeanwhile) as error:
            problem = error
            values = _nested(sent)
        else:
            messages.success(request, _("Saved. The papers and the checklist follow from it."))
            return redirect(about["back"])
    wrong = _wrong(problem, prefix)
    context = {
        **_common(request, found),
        **about,
        "rows": questions.rows(request.node, asked, values, wrong),
        "law_beside": _beside(request, asked, values),
        "problem": problem,
        "conflict": isinstance(problem, ChangedMeanwhile),
    }
    return render(request, "web/ready/form.html", context, status=status_of(problem) if problem else 200)


def _wrong(problem: RogatoryError | None, prefix: str) -> str:
    """The key of the question that was refused; nothing where the message names no place of this form."""
    if problem is None:
        return ""
    if problem.code == "wrong-manner":
        return "manner"
    place = problem.message.split(" ", 1)[0]
    return place.removeprefix(prefix) if place.startswith(prefix) else ""


def _nested(sent: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in sent.items():
        questions.put(found, key, value)
    return found


def _beside(request: DeskRequest, asked: Sequence[Question], values: Mapping[str, Any]) -> list[tuple[str, Words]]:
    """The provisions that stand beside the form: those its questions cite, and the one that an item is about."""
    law = request.node.law
    number = values.get("provision")
    cites = [one.cite for one in asked if one.cite] + ([str(number)] if number else [])
    return list(dict(pair for one in cites for pair in questions.law_of(law, one)).items())


def _missing(found: Kit) -> list[tuple[str, Words]]:
    return list(dict.fromkeys((lack.place, lack.what) for one in found.papers for lack in one.missing))


def _version(request: DeskRequest) -> int:
    return whole_number(request.POST.get("version"))


def _common(request: DeskRequest, found: Kit) -> dict[str, Any]:
    kinds = {one.number: one.provision.title for one in catalogue.notices(request.node.law)}
    return {"kit": found, "may_write": may_write(request), "titles": kinds, "home": HOME}
