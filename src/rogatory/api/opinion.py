"""Operations about opinions: from the facts of a request to findings, grounds, duties and what is still missing.

Nothing is kept: neither the facts nor the opinion. Opinions are for people of the node and their programs, always.
"""

from dataclasses import replace
from typing import Any

from ninja import Router

from rogatory.api import bodies, parameters
from rogatory.api.answering import answered
from rogatory.api.opinionschemas import FactsBody, OpinionBody
from rogatory.api.readers import ApiRequest
from rogatory.node import profiles
from rogatory.opinion import engine
from rogatory.opinion.example import example_facts
from rogatory.opinion.reading import MAX_BYTES, read_facts_text

router = Router(tags=["opinion"])
#: How this page calls what was sent, in an error.
BODY = "body"

EXAMPLE = {
    "measure": "preservation",
    "requesting": "VNM",
    "requested": "FRA",
    "instrument": "find",
    "contents": {"offence": "7", "in_territory": "yes"},
    "answers": {},
}


@router.post(
    "",
    response=OpinionBody,
    summary="Ask for an opinion",
    operation_id="ask_for_opinion",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": FactsBody.model_json_schema(), "example": EXAMPLE}},
        }
    },
)
@answered
def ask_for_opinion(
    request: ApiRequest,
    chair: parameters.Chair = "requesting",
) -> Any:
    """What the instrument says about a request: it advises and cites, and never decides."""
    node = request.node
    facts = read_facts_text(bodies.data(request, limit=MAX_BYTES), name=BODY, today=node.clock.now().date(), json=True)
    facts = replace(facts, profiles=profiles.in_force(node, facts.requested))
    return engine.assess(facts, law=node.law, status=node.status, chair=chair).to_json()


@router.get("/example/{measure}", response=FactsBody, summary="Show example facts", operation_id="show_example_facts")
@answered
def show_example_facts(
    request: ApiRequest, measure: parameters.MeasurePath, instrument: parameters.Instrument = "uncc"
) -> Any:
    """Facts to begin with: everything that the form of the measure must have, with invented values."""
    return example_facts(request.node.law, measure, instrument=instrument, on=request.node.clock.now().date())
