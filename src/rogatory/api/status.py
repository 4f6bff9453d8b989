"""Operations about status: who is bound by what and since when, what may come, and who can ask whom for what."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ninja import Router

from rogatory.api import parameters
from rogatory.api.answering import answered, page
from rogatory.api.readers import ApiRequest
from rogatory.law.words import Words
from rogatory.status import answers
from rogatory.status.answers import Cell, Overview, StatePage, WhoCanAsk
from rogatory.status.asking import day_asked
from rogatory.status.forecast import Outlook, outlook, read_assumptions
from rogatory.status.model import Deposit, State

router = Router(tags=["status"])


@router.get("/states", response=list[State], summary="List the States", operation_id="list_states")
@answered
def list_states(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """Every State and regional organisation that we know, by ISO 3166 code, with its regional group."""
    return page(tuple(request.node.status.states.values()), limit=limit, offset=offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class InCommon:
    """The instruments that certainly bind both States on that day."""

    on: date
    states: tuple[str, str]
    instruments: tuple[str, ...]
    names: tuple[Words, ...]


@router.get("/common", response=InCommon, summary="Show common instruments", operation_id="show_common_instruments")
@answered
def show_common_instruments(
    request: ApiRequest, one: parameters.OneState, other: parameters.OtherState, on: parameters.Day = ""
) -> Any:
    """Which treaties certainly bind both States on that day."""
    status, day = request.node.status, _day(request, on)
    found = status.common(status.state(one).iso3, status.state(other).iso3, day)
    names = tuple(status.law.instrument(name).short for name in found)
    return InCommon(on=day, states=(one, other), instruments=found, names=names)


@router.get("/matrix", response=WhoCanAsk, summary="Show the matrix", operation_id="show_matrix")
@answered
def show_matrix(request: ApiRequest, on: parameters.Day = "", measure: parameters.Measure = "") -> Any:
    """Every pair of States and every measure, or one: a letter for each pair, and what each letter means."""
    return answers.who_can_ask(request.node.status, _day(request, on), measure=measure)


@router.get("/matrix/cell", response=Cell, summary="Show one pair", operation_id="show_matrix_cell")
@answered
def show_matrix_cell(
    request: ApiRequest,
    requesting: parameters.Requesting,
    requested: parameters.Requested,
    measure: parameters.OneMeasure,
    on: parameters.Day = "",
) -> Any:
    """What could carry one measure between two States on that day."""
    return answers.one_pair(request.node.status, requesting, requested, measure, _day(request, on))


@router.get("/{instrument}", response=Overview, summary="Show an instrument's progress", operation_id="show_progress")
@answered
def show_progress(request: ApiRequest, instrument: parameters.InstrumentPath, on: parameters.Day = "") -> Any:
    """How many instruments of consent count and are needed, and every State that signed or consented."""
    return answers.overview(request.node.status, instrument, _day(request, on, instrument))


@router.get(
    "/{instrument}/states/{state}", response=StatePage, summary="Show a State's standing", operation_id="show_standing"
)
@answered
def show_standing(
    request: ApiRequest, instrument: parameters.InstrumentPath, state: parameters.StatePath, on: parameters.Day = ""
) -> Any:
    """Whether a State is bound and since when, what it declared and notified, and what it still owes the depositary."""
    return answers.state_page(request.node.status, state, instrument, _day(request, on, instrument))


@router.get("/{instrument}/deposits", response=list[Deposit], summary="List deposits", operation_id="list_deposits")
@answered
def list_deposits(
    request: ApiRequest,
    instrument: parameters.InstrumentPath,
    state: parameters.State = "",
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """The acts towards the depositary that are known, all of them or those of one State, with where each is from."""
    status = request.node.status
    if state:
        status.state(state)
    return page(status.deposits(instrument, state=state), limit=limit, offset=offset)


@router.get("/{instrument}/forecast", response=Outlook, summary="Show the forecast", operation_id="show_forecast")
@answered
def show_forecast(
    request: ApiRequest,
    instrument: parameters.InstrumentPath,
    on: parameters.Day = "",
    assume: parameters.Assumed = "",
) -> Any:
    """What is still needed for entry into force, what follows from assumptions, and the pace of other treaties."""
    status, day = request.node.status, _day(request, on, instrument)
    assumed = read_assumptions(assume, instrument=instrument, status=status, on=day)
    return outlook(status, instrument, day, assumed=assumed)


def _day(request: ApiRequest, given: str, instrument: str = "") -> date:
    named = request.node.law.instrument(instrument) if instrument else None
    return day_asked(given, today=request.node.clock.now().date(), instrument=named)
