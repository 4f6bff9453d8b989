"""The opinion on a request, from either chair, out of what the node knows."""

from collections.abc import Mapping
from datetime import date

from rogatory.casefile import cites
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.measures import HOLDING
from rogatory.node import profiles
from rogatory.node.context import Node
from rogatory.opinion import engine
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import Opinion
from rogatory.ports.exchange import DraftRow

Answers = Mapping[str, object]


def on_draft(node: Node, draft: DraftRow) -> Opinion:
    """The opinion from the requesting chair on a request that is being drafted, as of today.

    What the drafter answered to its questions counts; it stays on this node.
    """
    return engine.assess(
        _facts(
            node,
            measure=draft.measure,
            instrument=str(draft.body.get("instrument", cites.HOME)),
            requesting=draft.sender[:3],
            requested=draft.receiver[:3],
            on=node.clock.now().date(),
            contents=draft.body.get("contents", {}),
            answers=draft.internal.get("answers", {}),
            events={},
        ),
        law=node.law,
        status=node.status,
        chair="requesting",
    )


def on_request(node: Node, case: CaseFile, request: Request, *, answers: Answers, chair: str) -> Opinion:
    """The opinion on a request that was sent, as of the day it was sent, from *chair*.

    *answers* are what the requested State's officer knows, by the key of the question.
    """
    return engine.assess(
        _facts(
            node,
            measure=request.measure,
            instrument=request.instrument,
            requesting=case.requesting[:3],
            requested=case.requested[:3],
            on=request.sent_at.date(),
            contents=request.contents,
            answers=answers,
            events=_events(case, request),
        ),
        law=node.law,
        status=node.status,
        chair=chair,
    )


def _facts(
    node: Node,
    *,
    measure: str,
    instrument: str,
    requesting: str,
    requested: str,
    on: date,
    contents: Mapping[str, object],
    answers: Answers,
    events: Mapping[str, date],
) -> Facts:
    return Facts(
        measure=measure,
        instrument=instrument,
        requesting=requesting,
        requested=requested,
        on=on,
        exercise=node.config.exercise,
        contents=contents,
        answers=answers,
        events=events,
        profiles=profiles.in_force(node, requested),
    )


def _events(case: CaseFile, request: Request) -> dict[str, date]:
    """The days of the case that start a deadline on *request*."""
    arrived = min((one.sent_at for one in case.followers(request) if one.measure in HOLDING), default=None)
    days = {"preservation-began": request.began, "stored-data-request-received": arrived}
    return {event: day.date() for event, day in days.items() if day}
