"""Operations about readiness: checklist, choices, papers, filings, desks and the day; an assessor writes.

Whoever has a place at the node reads, as at the command line: what is drafted is nobody else's yet.
"""

from datetime import date
from typing import Any

from ninja import Router

from rogatory.api import bodies, parameters
from rogatory.api.alignmentbodies import described
from rogatory.api.answering import Page, answered, page
from rogatory.api.problems import LogInNeeded
from rogatory.api.readers import ApiRequest
from rogatory.api.readybodies import ChoicesBody, CorrectionBody, FilingBody, MarkBody
from rogatory.api.readyshapes import (
    ChecklistNow,
    ChoicesNow,
    DayOfEntry,
    DeskHours,
    PaperDraft,
    ReservationOffer,
    StepMarked,
)
from rogatory.kernel import times
from rogatory.node.people import Actor
from rogatory.node.readiness import deciding, entries, filing, reading
from rogatory.node.readiness.reading import Kit
from rogatory.readiness.filing import Filed
from rogatory.readiness.papers.drafts import paper

router = Router(tags=["readiness"])
CHOICES_EXAMPLE = {"choices": {"manner": "ratification", "languages": ["en", "fr"], "settled": True}}
MARK_EXAMPLE = {"step": "training", "state": "done", "note": "two courses were held"}
FILING_EXAMPLE = {"papers": ["notice-40(13)"], "on": "2028-02-01", "reference": "Note 7"}


def person(request: ApiRequest) -> Actor:
    """Who asks; raises `LogInNeeded`."""
    if request.actor is None:
        raise LogInNeeded
    return request.actor


def _day(text: str) -> date | None:
    return times.parse_day(text) if text else None


@router.get(
    "/checklist", response=ChecklistNow, summary="Show the checklist from signature to Party", operation_id="checklist"
)
@answered
def checklist(request: ApiRequest, on: parameters.Day = "") -> Any:
    """Every step with its provision, who, why, until when, its state and by what fact."""
    person(request)
    found = reading.kit(request.node, on=_day(on))
    return {
        "state": found.state,
        "on": found.on,
        "practice": found.practice,
        "stages": [{"stage": stage, "done": done, "of": of} for stage, done, of in found.stages],
        "steps": found.steps,
    }


@router.post(
    "/marks",
    response=StepMarked,
    summary="Mark a step",
    operation_id="mark_step",
    openapi_extra=described(MarkBody, MARK_EXAMPLE),
)
@answered
def mark(request: ApiRequest) -> Any:
    """Say that a step of national procedure is done, open again or not needed (assessor)."""
    actor = person(request)
    sent = bodies.read(request, MarkBody)
    return deciding.mark(request.node, actor, sent.step, sent.state, on=_day(sent.on), note=sent.note)


@router.get("/choices", response=ChoicesNow, summary="Show the choices", operation_id="show_choices")
@answered
def choices(request: ApiRequest) -> Any:
    """What was decided so far, under which number, and what the papers still lack."""
    person(request)
    return _choices(reading.kit(request.node))


@router.post(
    "/choices",
    response=ChoicesNow,
    summary="Save choices",
    operation_id="save_choices",
    openapi_extra=described(ChoicesBody, CHOICES_EXAMPLE),
)
@answered
def save(request: ApiRequest) -> Any:
    """Save all choices as one more version; another version meanwhile is told (assessor)."""
    actor = person(request)
    sent = bodies.read(request, ChoicesBody)
    deciding.save_choices(request.node, actor, sent.choices, version=sent.version)
    return _choices(reading.kit(request.node))


def _choices(found: Kit) -> dict[str, Any]:
    lacking = dict.fromkeys((one.place, one.what) for each in found.papers for one in each.missing)
    return {
        "state": found.state,
        "version": found.version,
        "saved_at": found.saved_at,
        "saved_by": found.saved_by,
        "choices": found.given,
        "one_language": found.choices.one_language,
        "missing": [{"place": place, "what": what} for place, what in lacking],
    }


@router.get(
    "/reservations",
    response=list[ReservationOffer],
    summary="List the reservations that are allowed by name",
    operation_id="list_reservations",
)
@answered
def reservations(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """What the Convention allows to reserve, with its limits; another reservation needs a justification."""
    person(request)
    return page(reading.kit(request.node).offers, limit=limit, offset=offset)


@router.get("/papers", response=list[PaperDraft], summary="List the papers", operation_id="list_papers")
@answered
def papers(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """Every paper to sign with what it says in both languages, what it lacks and what is not sure."""
    person(request)
    return page(reading.kit(request.node).papers, limit=limit, offset=offset)


@router.get("/papers/{paper_id}", response=PaperDraft, summary="Show a paper", operation_id="show_paper")
@answered
def show_paper(request: ApiRequest, paper_id: parameters.PaperPath) -> Any:
    """One paper, by its id with or without brackets."""
    person(request)
    return paper(reading.kit(request.node).papers, paper_id)


@router.get("/filed", response=list[Filed], summary="List what was filed", operation_id="list_filed")
@answered
def filed(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """What was entered as filed with the depositary, with what was taken back and why."""
    person(request)
    return page(entries.filed(request.node), limit=limit, offset=offset)


@router.post(
    "/filed",
    response=list[Filed],
    summary="Enter papers as filed",
    operation_id="file_papers",
    openapi_extra=described(FilingBody, FILING_EXAMPLE),
)
@answered
def file_papers(request: ApiRequest) -> Any:
    """Enter papers that the depositary received, all or none: they stand in status from then on (assessor)."""
    actor = person(request)
    sent = bodies.read(request, FilingBody)
    on = times.parse_day(sent.on)
    found = filing.file(request.node, actor, sent.papers, on=on, reference=sent.reference)
    return Page(found, 0, len(found), len(found))


@router.post(
    "/filed/{number}/correction",
    response=Filed,
    summary="Correct a filing",
    operation_id="correct_filing",
    openapi_extra=described(CorrectionBody, {"because": "the letter was another State's"}),
)
@answered
def correct(request: ApiRequest, number: parameters.FilingPath) -> Any:
    """Take back an entry that was wrong by a correcting entry; it leaves status (assessor)."""
    actor = person(request)
    sent = bodies.read(request, CorrectionBody)
    return filing.correct(request.node, actor, number, because=sent.because)


@router.get("/desks", response=list[DeskHours], summary="List how desks are staffed", operation_id="list_desks")
@answered
def desks(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """The hours of the week at which somebody is at each desk that was chosen, and its gaps."""
    person(request)
    return page(reading.kit(request.node).desks, limit=limit, offset=offset)


@router.get("/day", response=DayOfEntry, summary="Show what changes on the day", operation_id="show_day")
@answered
def day(request: ApiRequest, on: parameters.Day = "") -> Any:
    """With which States and for which measures requests become possible, with an instrument deposited on that day."""
    person(request)
    return reading.day(request.node, _day(on))
