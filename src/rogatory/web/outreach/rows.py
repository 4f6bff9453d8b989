"""Adding, changing, removing, bringing back and sharing what a liaison keeps about a State."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.office.outreach import access, recording
from rogatory.office.outreach.access import by_liaison
from rogatory.office.outreach.forms import FORMS, OutreachForm
from rogatory.office.outreach.models import OutreachContact, OutreachMeeting, OutreachOccasion, OutreachPromise
from rogatory.office.outreach.recording import KINDS, NotYours, Row
from rogatory.office.programme.access import OfficeRequest
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.web.outreach.pages import find, may_open, show, state_of, today


@by_liaison
def new(request: OfficeRequest, iso3: str, word: str) -> HttpResponse:
    """A new row about a State; raises `UnknownState`."""
    kind = KINDS.get(word)
    if kind is None or kind is OutreachOccasion:
        raise Http404
    return _form(request, word, kind(iso3=state_of(request, iso3).iso3))


@by_liaison
def new_occasion(request: OfficeRequest) -> HttpResponse:
    """A new occasion of the calendar."""
    return _form(request, "occasion", OutreachOccasion())


@by_liaison
def change(request: OfficeRequest, word: str, number: int) -> HttpResponse:
    """Change one row; raises `NotYours` for what only its owner changes."""
    row = find(request.actor, word, number)
    recording.require_change(request.actor, row)
    return _form(request, word, row)


def _form(request: OfficeRequest, word: str, row: Row) -> HttpResponse:
    node = request.node
    known: dict[str, Any] = {"on": today(node), "law": node.law, "codes": frozenset(node.status.states)}
    read = row.version
    form: OutreachForm = FORMS[word](request.POST or None, instance=row, **known)
    if not recording.is_owner(request.actor, row):
        form.fields.pop("public", None)
    problem = None
    if request.method == "POST" and form.is_valid():
        given = request.POST.get("read_version", "")
        version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
        try:
            recording.save(node, request.actor, row, version=version if row.pk else 0)
        except ChangedMeanwhile as error:
            problem = error
        else:
            messages.success(request, _("Saved."))
            return redirect(home_of(word, row))
    status = 400 if form.errors or problem else 200
    more = {"word": word, "row": row, "home": home_of(word, row), "read_version": read, "problem": problem}
    state = node.status.states.get(row.iso3)
    return show(request, "row", status=status, form=form, state=state, **more)


@by_liaison
def remove(request: OfficeRequest, word: str, number: int) -> HttpResponse:
    """Ask first; then remove, and offer it back on the page that listed it."""
    row = find(request.actor, word, number)
    recording.require_change(request.actor, row)
    if request.method == "POST":
        recording.remove(request.node, request.actor, row)
        return redirect(f"{home_of(word, row)}?removed={word}-{number}")
    return show(request, "remove", row=row, word=word, home=home_of(word, row))


@by_liaison
@require_POST
def restore(request: OfficeRequest, word: str, number: int) -> HttpResponse:
    """Bring it back."""
    row = find(request.actor, word, number, removed=True)
    recording.bring_back(request.node, request.actor, row)
    messages.success(request, _("It is back."))
    return redirect(home_of(word, row))


@by_liaison
@require_POST
def forget(request: OfficeRequest, number: int) -> HttpResponse:
    """Delete a removed contact for good."""
    row = find(request.actor, "contact", number, removed=True)
    if not isinstance(row, OutreachContact):
        raise Http404
    if request.POST.get("confirm") != "yes":
        messages.error(request, _("Nothing was changed: set the mark first."))
    else:
        recording.forget(request.actor, row)
        messages.success(request, _("The contact is gone for good."))
    return redirect("outreach-contacts")


@by_liaison
def share(request: OfficeRequest, word: str, number: int) -> HttpResponse:
    """Choose the colleagues who see a contact, or the private parts of a meeting."""
    row = find(request.actor, word, number)
    if not isinstance(row, OutreachContact | OutreachMeeting) or not may_open(request.actor, row):
        raise Http404
    if not recording.is_owner(request.actor, row):
        raise NotYours
    if request.method == "POST":
        chosen = recording.share(request.actor, row, request.POST.getlist("with"))
        names = ", ".join(one.name for one in chosen)
        messages.success(
            request, _("Shared with %(names)s.") % {"names": names} if chosen else _("Only you see it now.")
        )
        return redirect(home_of(word, row))
    seen = set(row.shared_with.values_list("pk", flat=True))
    others = [(one, one.pk in seen) for one in access.colleagues(request.actor)]
    return show(request, "share", row=row, word=word, home=home_of(word, row), others=others)


@by_liaison
@require_POST
def done(request: OfficeRequest, number: int) -> HttpResponse:
    """What was promised is done, or is not after all."""
    row = find(request.actor, "promise", number)
    if not isinstance(row, OutreachPromise):
        raise Http404
    recording.mark_done(request.node, request.actor, row, done=request.POST.get("done") == "yes")
    return redirect("outreach-promises" if request.POST.get("back") == "promises" else home_of("promise", row))


def home_of(word: str, row: Row) -> str:
    """The address of the page that lists rows like this one."""
    if word == "occasion":
        return reverse("outreach-calendar")
    return reverse("outreach-state", args=[row.iso3])
