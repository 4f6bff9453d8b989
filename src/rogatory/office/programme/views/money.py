"""The budget of a meeting, its sums, and both as files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rogatory.node import people
from rogatory.office.programme import budgeting, currencies, names
from rogatory.office.programme.access import SECRETARY, OfficeRequest, by_secretary, of_occasion
from rogatory.office.programme.forms import BudgetForm
from rogatory.office.programme.models import BudgetLine, Occasion
from rogatory.office.programme.pages import go, show


@of_occasion
def budget(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every line, the sums by body and by category, and the form that adds a line."""
    return _form(request, BudgetLine(occasion=occasion))


@of_occasion
@by_secretary
def line(request: OfficeRequest, occasion: Occasion, number: int) -> HttpResponse:
    """Change one line."""
    found = occasion.budget.filter(pk=number, removed_at=None).select_related("body").first()
    if found is None:
        raise Http404
    return _form(request, found)


def _form(request: OfficeRequest, line: BudgetLine) -> HttpResponse:
    occasion = line.occasion
    body_names = names.by_key(request.node, occasion.bodies.filter(removed_at=None))
    form = BudgetForm(request.POST or None, instance=line, body_names=body_names)
    if request.method == "POST":
        people.require(request.actor, SECRETARY)
        if form.is_valid():
            with request.node.stores.atomic():
                form.save()
            messages.success(request, _("Saved."))
            return go("programme-budget", occasion)
    rows = _lines(occasion)
    shown = {
        "form": form,
        "line": line,
        "rows": rows,
        "sheets": budgeting.sheets(rows),
        "body_names": body_names,
        "currencies": sorted(currencies.DIGITS),
    }
    return show(request, "budget", occasion, status=400 if form.errors else 200, **shown)


@of_occasion
@require_safe
def lines_file(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """Every line as CSV."""
    return _file(f"budget-{occasion.pk}.csv", budgeting.lines_as_csv(_lines(occasion), names.naming(request.node)))


@of_occasion
@require_safe
def totals_file(request: OfficeRequest, occasion: Occasion) -> HttpResponse:
    """The sums as CSV."""
    found = budgeting.sheets(_lines(occasion))
    return _file(f"budget-totals-{occasion.pk}.csv", budgeting.totals_as_csv(found, names.naming(request.node)))


def _lines(occasion: Occasion) -> list[BudgetLine]:
    return list(occasion.budget.filter(removed_at=None).select_related("body"))


def _file(name: str, text: str) -> HttpResponse:
    return HttpResponse(
        text.encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
