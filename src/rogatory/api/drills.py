"""Operations about drills of contact points: planned, answered, reported; the hour of one is told to nobody before."""

from datetime import timedelta
from typing import Any

from ninja import Router

from rogatory.api import bodies, parameters
from rogatory.api.alignmentbodies import described
from rogatory.api.answering import Page, answered, page
from rogatory.api.readers import ApiRequest
from rogatory.api.readiness import person
from rogatory.api.readybodies import DrillAnswerBody, DrillBody
from rogatory.api.readyshapes import DrillNow, DrillReport
from rogatory.correspondence.drills import Drill
from rogatory.kernel import times
from rogatory.law.plain import plain
from rogatory.node.context import Node
from rogatory.node.correspondence import drills

router = Router(tags=["drills"])
DRILL_EXAMPLE = {"to": "VNM", "window_minutes": 0, "answer_minutes": 30}
#: What `answer_within_minutes` and `standing` say.
SAID_ELSE = frozenset({"answer_within", "cancelled"})


@router.get("", response=list[DrillNow], summary="List drills", operation_id="list_drills")
@answered
def listed(request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0) -> Any:
    """Drills, the newest first; those that were not sent only for who plans them, and never their hour."""
    found = page(drills.listed(request.node, person(request)), limit=limit, offset=offset)
    return Page([told(one, request.node) for one in found.items], offset, limit, found.total)


@router.post(
    "",
    response=DrillNow,
    summary="Plan a drill",
    operation_id="plan_drill",
    openapi_extra=described(DrillBody, DRILL_EXAMPLE),
)
@answered
def plan(request: ApiRequest) -> Any:
    """Plan a drill; the worker sends it when its hour has come (assessor, approver, administrator)."""
    actor = person(request)
    sent = bodies.read(request, DrillBody)
    wanted = drills.Plan(
        to=sent.to,
        window=timedelta(minutes=sent.window_minutes),
        answer_within=timedelta(minutes=sent.answer_minutes) if sent.answer_minutes else None,
        note=sent.note,
    )
    return told(drills.plan(request.node, actor, wanted), request.node)


@router.get("/report", response=DrillReport, summary="Report on drills", operation_id="report_drills")
@answered
def report(request: ApiRequest, since: parameters.SinceDay = "") -> Any:
    """How many were answered in time, medians of the times, and the hours of the day; reading it is recorded."""
    start = times.parse_stamp(f"{times.parse_day(since).isoformat()}T00:00:00.000Z") if since else None
    found = drills.report(request.node, person(request), since=start)
    scores = [{**plain(one), "ended": one.ended} for one in found.scores]
    return {"at": found.at, "scores": scores, "hours": found.hours}


@router.get("/{drill}", response=DrillNow, summary="Show a drill", operation_id="show_drill")
@answered
def show(request: ApiRequest, drill: parameters.DrillPath) -> Any:
    """One drill; a duty officer who looks at one that waits has opened it."""
    return told(drills.look(request.node, person(request), drill), request.node)


@router.post(
    "/{drill}/answer",
    response=DrillNow,
    summary="Answer a drill",
    operation_id="answer_drill",
    openapi_extra=described(DrillAnswerBody, {"note": "Here."}),
)
@answered
def answer(request: ApiRequest, drill: parameters.DrillPath) -> Any:
    """Answer a drill that waits, in the name of who asks (duty officer)."""
    actor = person(request)
    sent = bodies.read(request, DrillAnswerBody)
    return told(drills.answer(request.node, actor, drill, note=sent.note), request.node)


@router.post("/{drill}/cancel", response=DrillNow, summary="Cancel a drill", operation_id="cancel_drill")
@answered
def cancel(request: ApiRequest, drill: parameters.DrillPath) -> Any:
    """Cancel a drill that was not sent yet (who plans them)."""
    return told(drills.cancel(request.node, person(request), drill), request.node)


def told(drill: Drill, node: Node) -> dict[str, Any]:
    """The drill as plain values, with how it stands now."""
    found: dict[str, Any] = plain(drill, without=SAID_ELSE)
    return {
        **found,
        "answer_within_minutes": int(drill.answer_within.total_seconds() // 60),
        "standing": drill.standing(node.clock.now()).value,
        "deadline": plain(drill.deadline),
        "seconds": dict(drill.seconds()),
    }
