"""What may come, and who can ask whom for what: the pages of the forecast and of the matrix."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rogatory.status.forecast import BadAssumption, NoForecast, Outlook, fixed_days, outlook, read_assumptions
from rogatory.status.model import State
from rogatory.status.names import UnknownName
from rogatory.web import charts, matrixpage
from rogatory.web.doors import DeskRequest
from rogatory.web.middleware import status_of
from rogatory.web.publicpages import readable_by_public
from rogatory.web.stateorder import in_order
from rogatory.web.statusquery import Asked, asked, assumptions_with, state_asked
from rogatory.web.views.status import common


@readable_by_public
def forecast(request: DeskRequest) -> HttpResponse:
    """What is certain of an instrument not yet in force, what would follow from assumptions, and the pace of others."""
    about = asked(request)
    text, problem = request.GET.get("assume", ""), None
    found: Outlook | None = None
    try:
        if names := request.GET.get("add", "").strip():
            text = assumptions_with(about.status, text, names, request.GET.get("by", ""))
            return redirect(reverse("status-forecast") + about.with_(assume=text))
        found = _outlook(about, text)
    except (BadAssumption, UnknownName) as error:
        problem, found = error, _outlook(about, "")
    except NoForecast:
        pass
    shown = {
        **common(about),
        **_forecast_shown(about, found),
        "json_address": reverse("api-v1:show_forecast", args=[about.instrument.id])
        + about.with_(assume=",".join(found.assumed) if found else ""),
        "problem": problem,
        "adding": {name: request.GET.get(name, "") for name in ("add", "by")},
        "days": fixed_days(about.status, about.instrument.id),
        "progress": about.status.progress(about.instrument.id, about.on),
        "states": in_order(about.status.states.values()),
    }
    return render(request, "web/forecast.html", shown, status=status_of(problem) if problem else 200)


def _outlook(about: Asked, text: str) -> Outlook:
    assumed = read_assumptions(text, instrument=about.instrument.id, status=about.status, on=about.on)
    return outlook(about.status, about.instrument.id, about.on, assumed=assumed)


def _forecast_shown(about: Asked, found: Outlook | None) -> dict[str, object]:
    if found is None:
        return {"outlook": None}
    return {
        "outlook": found,
        "chart": charts.fan(about.status, found),
        "comparables": [
            (number, about.status.law.instrument(one.instrument), one)
            for number, one in enumerate(found.comparables, start=1)
        ],
        "assumed": [
            (
                about.status.state(one[:3]),
                one[4:],
                about.with_(assume=",".join(other for other in found.assumed if other != one)),
            )
            for one in found.assumed
        ],
        "assume": ",".join(found.assumed),
        "settled": found.entry is not None or found.latest is not None,
    }


@readable_by_public
def matrix(request: DeskRequest) -> HttpResponse:
    """Who can ask whom for one measure on a day, and which further ratification would open most."""
    about = asked(request, of_instrument=False)
    status, matrix = about.status, matrixpage.matrix_of(about.status, about.on)
    page = matrixpage.measure_page(status, about.on, request.GET.get("measure", ""))
    state, problem = None, None
    try:
        state = state_asked(status, request.GET.get("state", ""))
    except UnknownName as error:
        problem = error
    shown = {
        **common(about),
        **_one_state(page, state),
        "matrix": matrix,
        "page": page,
        "measure": matrixpage.measure_name(status, page.grid.measure),
        "measures": [(one, matrixpage.measure_name(status, one.measure)) for one in matrix.grids],
        "picture": page.picture(),
        "shares": page.shares(),
        "gains": [
            (one, status.state(one.state), status.law.instrument(one.instrument))
            for one in matrixpage.gains_of(status, about.on)
        ],
        "states": in_order(status.state(code) for code in matrix.states),
        "problem": problem,
        "json_address": reverse("api-v1:show_matrix") + about.with_(measure=page.grid.measure),
        "measure_query": about.with_(measure=request.GET.get("measure", "")),
    }
    return render(request, "web/matrix.html", shown, status=status_of(problem) if problem else 200)


def _one_state(page: matrixpage.MeasurePage, state: State | None) -> dict[str, object]:
    if state is None or not page.knows(state):
        return {"state": None}
    return {
        "state": state,
        "asked_by": page.asked_by(state),
        "asking": () if page.both_ways(state) else page.asking(state),
    }


@readable_by_public
def matrix_file(request: DeskRequest) -> HttpResponse:
    """Every pair that has a basis, or may have one, for one measure, as CSV."""
    about = asked(request, of_instrument=False)
    page = matrixpage.measure_page(about.status, about.on, request.GET.get("measure", ""))
    states = matrixpage.matrix_of(about.status, about.on).states
    name = f"matrix-{page.grid.measure}-{about.on}.csv"
    return HttpResponse(
        matrixpage.as_csv(page, states).encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
