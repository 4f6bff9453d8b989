"""One entry of the programme: the form that makes or changes it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from rogatory.errors import RogatoryError
from rogatory.office.programme import names, scheduling
from rogatory.office.programme.access import OfficeRequest, by_secretary, may_prepare, of_occasion
from rogatory.office.programme.forms import EntryForm
from rogatory.office.programme.models import Entry, Occasion
from rogatory.office.programme.pages import go, show
from rogatory.office.programme.scheduling import EntryWithoutTime, ProgrammeClash
from rogatory.ports.stores import ChangedMeanwhile


@of_occasion
@by_secretary
def new(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Another entry."""
    return _form(request, Entry(occasion=occasion))


@of_occasion
def edit(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """One entry: for a secretary its form, for others what it says."""
    entry = occasion.entries.filter(pk=number, removed_at=None).select_related("room").first()
    if entry is None:
        raise Http404
    if may_prepare(request.actor):
        return _form(request, entry)
    body_names = names.by_key(request.node, entry.organisers.all())
    return show(request, "entry_read", occasion, entry=entry, body_names=body_names)


def _form(request: OfficeRequest, entry: Entry) -> HttpResponse:
    occasion, problem = entry.occasion, None
    body_names = names.by_key(request.node, occasion.bodies.filter(removed_at=None))
    form = EntryForm(request.POST or None, instance=entry, body_names=body_names)
    if request.method == "POST" and form.is_valid():
        problem = _save(request, form)
        if problem is None:
            return go("programme-day", occasion)
    teams = {one.team for one in occasion.entries.filter(removed_at=None).exclude(team="")}
    shown = {
        "form": form,
        "entry": entry,
        "problem": problem,
        "teams": sorted(teams),
        "title": form.initial.get("title", ""),
    }
    return show(request, "entry", occasion, status=400 if form.errors or problem else 200, **shown)


def _save(request: OfficeRequest, form: EntryForm) -> RogatoryError | None:
    """What stands in the way of saving, if anything does."""
    entry: Entry = form.save(commit=False)
    try:
        found = scheduling.save_entry(
            request.node,
            entry,
            form.cleaned_data["organisers"],
            version=form.cleaned_data["read_version"] or 0,
        )
    except (ProgrammeClash, EntryWithoutTime, ChangedMeanwhile) as error:
        return error
    messages.success(request, _("Saved."))
    name = names.naming(request.node)
    for clash in found:
        messages.warning(request, scheduling.sentence(clash, name))
    return None
