"""Badges to print. The people on them are shown once and never kept: the page is the answer to the form."""

from django.forms import formset_factory
from django.http import HttpResponse

from rogatory.node import people
from rogatory.office.programme import badges as sheet
from rogatory.office.programme.access import OfficeRequest, by_secretary, of_occasion
from rogatory.office.programme.badges import BadBadgeList, Badge
from rogatory.office.programme.forms import BadgeForm
from rogatory.office.programme.models import Occasion
from rogatory.office.programme.pages import show

TYPED = 8
BadgeForms = formset_factory(BadgeForm, extra=TYPED, max_num=TYPED, absolute_max=TYPED)


@of_occasion
@by_secretary
def badges(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """The form for a list or a few people; sent back, the sheet to print."""
    typed = BadgeForms(request.POST or None)
    problem = None
    if request.method == "POST":
        try:
            found = _asked(request, typed)
        except BadBadgeList as error:
            problem = error
        else:
            with request.node.stores.atomic():
                people.note(request.node, request.actor, "programme:badge:print", occasion.meeting, str(len(found)))
            return show(request, "badge_sheet", occasion, sheets=sheet.sheets(found), number=len(found))
    shown = {"typed": typed, "problem": problem, "most": sheet.MOST_BADGES, "on_a_sheet": sheet.ON_A_SHEET}
    return show(request, "badges", occasion, status=400 if problem else 200, **shown)


def _asked(request: OfficeRequest, typed: BadgeForms) -> list[Badge]:  # type: ignore[valid-type]
    """The people of the file, else those who were typed in; raises `BadBadgeList`."""
    file = request.FILES.get("list")
    if file is not None:
        return sheet.read_list(file.read(sheet.MOST_BYTES + 1))
    rows = enumerate(typed.cleaned_data if typed.is_valid() else (), start=1)  # type: ignore[attr-defined]
    found = [
        sheet.badge({**row, "pass": row.get("link", "")}, line=number) for number, row in rows if row.get("name", "")
    ]
    if not found:
        raise BadBadgeList
    return found
