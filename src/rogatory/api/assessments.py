"""Operations about assessments: what people judged of a State's law, judging, taking back, what is lacking.

A judgement is saved in the name of the person whose token or log-in it comes with, and that person answers for it. It
names the judgement that was seen last: whoever was slower is told, and nothing is overwritten.
"""

import json
from datetime import datetime
from typing import Any

from ninja import Router

from rogatory.alignment.assessment.progress import progress
from rogatory.alignment.obligations import obligation
from rogatory.alignment.report import tables
from rogatory.alignment.report.telling import judgement_value, obligation_value, offers_value, standing_value
from rogatory.api import alignmentbodies, bodies, parameters
from rogatory.api.alignment import assessor, proposed_value, reader
from rogatory.api.alignmentbodies import AssessmentBody, JudgementBody, UndoBody, described
from rogatory.api.alignmentshapes import AssessmentNow, ItemNow, JudgementSaved
from rogatory.api.answering import answered, page
from rogatory.api.gapshapes import AssessmentExported, ComparisonNow, GapReportNow
from rogatory.api.readers import ApiRequest
from rogatory.kernel import times
from rogatory.node.alignment import assessments, earlier, proposals, reports
from rogatory.node.alignment.assessments import Answer
from rogatory.ports.alignment import AssessmentRow

router = Router(tags=["alignment"])
BEGIN_EXAMPLE = {"title": "First look", "texts": [parameters.TEXT]}
JUDGE_EXAMPLE = {
    "number": parameters.OBLIGATION_CITE,
    "answer": "partly",
    "after": "",
    "elements": {"e1": "present"},
    "evidence": [{"text": parameters.TEXT, "key": "1", "passage": 0}],
    "remark": "Only some systems are covered.",
}


@router.get("", response=list[AssessmentRow], summary="List assessments", operation_id="list_assessments")
@answered
def list_assessments(
    request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0
) -> Any:
    """The assessments of this node, the newest first (assessor, liaison, auditor, administrator)."""
    reader(request)
    return page(assessments.every(request.node), limit=limit, offset=offset)


@router.post(
    "",
    response=AssessmentRow,
    summary="Begin an assessment",
    operation_id="begin_assessment",
    openapi_extra=described(AssessmentBody, BEGIN_EXAMPLE),
)
@answered
def begin_assessment(request: ApiRequest) -> Any:
    """Begin an assessment of one or several texts (assessor)."""
    actor = assessor(request)
    sent = bodies.read(request, AssessmentBody, limit=alignmentbodies.MAX_ANSWER)
    return assessments.begin(request.node, actor, title=sent.title, texts_=sent.texts, state=sent.state)


@router.get("/{assessment}", response=AssessmentNow, summary="Show an assessment", operation_id="show_assessment")
@answered
def show_assessment(request: ApiRequest, assessment: parameters.AssessmentPath) -> Any:
    """How far an assessment is: by chapter, force and article."""
    reader(request)
    held = assessments.held(request.node, assessment)
    return {
        "assessment": held.row,
        "texts": held.texts,
        "progress": progress(request.node.law, held.assessment),
    }


@router.get(
    "/{assessment}/obligations/{number}",
    response=ItemNow,
    summary="Show an obligation under review",
    operation_id="show_review",
)
@answered
def show_review(request: ApiRequest, assessment: parameters.AssessmentPath, number: parameters.ObligationPath) -> Any:
    """What is asked, how it stands and who said what, what is proposed, and what earlier answers offer."""
    reader(request)
    node = request.node
    held = assessments.held(node, assessment)
    found = proposed_value(proposals.proposed_for(node, held.texts, number))
    return {
        "obligation": obligation_value(obligation(node.law, number)),
        "standing": standing_value(held.assessment.standing(number)),
        "found": found["found"],
        "how": found["how"],
        "proposals": found["proposals"],
        "offered": offers_value(earlier.offered_at(node, assessment, number)),
    }


@router.post(
    "/{assessment}/judgements",
    response=JudgementSaved,
    summary="Judge an obligation",
    operation_id="judge_obligation",
    openapi_extra=described(JudgementBody, JUDGE_EXAMPLE),
)
@answered
def judge_obligation(request: ApiRequest, assessment: parameters.AssessmentPath) -> Any:
    """Save an answer in the name of whoever sends it; 409 when somebody judged the same meanwhile (assessor)."""
    actor = assessor(request)
    sent = bodies.read(request, JudgementBody, limit=alignmentbodies.MAX_ANSWER)
    answer = Answer(
        number=sent.number,
        answer=sent.answer,
        after=sent.after,
        elements=sent.elements,
        options=tuple(sent.options),
        evidence=[assessments.evidence(request.node, one.text, one.key, one.passage) for one in sent.evidence],
        rejected=tuple(sent.rejected),
        remark=sent.remark,
        settles=sent.settles,
        reused_from=sent.reused_from,
    )
    made = assessments.judge(request.node, actor, assessment, answer)
    now = assessments.held(request.node, assessment).assessment.standing(sent.number)
    return judgement_value(made, now)


@router.post(
    "/{assessment}/undo",
    response=JudgementSaved,
    summary="Take an answer back",
    operation_id="undo_judgement",
    openapi_extra=described(UndoBody, {"number": parameters.OBLIGATION_CITE}),
)
@answered
def undo_judgement(request: ApiRequest, assessment: parameters.AssessmentPath) -> Any:
    """Take back one's own latest answer on an obligation (assessor)."""
    actor = assessor(request)
    sent = bodies.read(request, UndoBody, limit=alignmentbodies.MAX_ANSWER)
    gone = assessments.undo(request.node, actor, assessment, sent.number)
    now = assessments.held(request.node, assessment).assessment.standing(sent.number)
    return judgement_value(gone, now)


@router.get("/{assessment}/report", response=GapReportNow, summary="Report the gaps", operation_id="report_gaps")
@answered
def report_gaps(request: ApiRequest, assessment: parameters.AssessmentPath, at: parameters.Moment = "") -> Any:
    """What the law lacks, by chapter and force, with a drafting checklist for each gap."""
    found = reports.report(request.node, reader(request), assessment, until=_moment(at))
    return json.loads(tables.gaps_json(found))


@router.get(
    "/{assessment}/export",
    response=AssessmentExported,
    summary="Export an assessment",
    operation_id="export_assessment",
)
@answered
def export_assessment(request: ApiRequest, assessment: parameters.AssessmentPath, at: parameters.Moment = "") -> Any:
    """Every obligation with what was judged, as open data."""
    found, about = reports.exported(request.node, reader(request), assessment, until=_moment(at))
    return json.loads(tables.assessment_json(request.node.law, found, about))


@router.get(
    "/{assessment}/comparison",
    response=ComparisonNow,
    summary="Compare assessments",
    operation_id="compare_assessments",
)
@answered
def compare_assessments(
    request: ApiRequest,
    assessment: parameters.AssessmentPath,
    *,
    before: parameters.BeforeAssessment = "",
    at: parameters.Moment = "",
    before_at: parameters.BeforeMoment = "",
) -> Any:
    """What changed since another assessment, or since an earlier moment of this one."""
    earlier_ = (before or assessment, _moment(before_at))
    found = reports.comparison(request.node, reader(request), earlier_, (assessment, _moment(at)))
    return json.loads(tables.comparison_json(found))


def _moment(given: str) -> datetime | None:
    return times.parse_stamp(given) if given else None
