"""Points of order: raised at any time, ruled at once by the presiding officer, and open to appeal.

The ruling stands unless the majority of the rulebook overrules it: the question put is "that the ruling be overruled",
so a tie leaves it standing. While a vote is being taken, only its conduct is a point of order.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import OutOfOrder
from rogatory.conference.meeting.state import Point, State
from rogatory.law.words import Words


def _raised(state: State, event: Event) -> State:
    asking.require_sitting(state)
    asking.require_settled(state)
    asking.require_proposer(state, event.by.of)
    cite = state.book.cite(state.book.voting.conduct_rule)
    conduct = event.body.get("conduct_of_voting", False)
    voting = state.vote is not None or any(one.ballot_open for one in state.contests.values())
    if voting and not conduct:
        raise OutOfOrder("while a vote is taken, a point of order is on its conduct only", cite=cite)
    if conduct and not voting:
        raise OutOfOrder("no vote is being taken", cite=cite)
    return asking.with_floor(state, point=Point(by=event.by.of, text=event.body["text"]))


def _ruled(state: State, event: Event) -> State:
    asking.require_sitting(state)
    asking.require_presiding(state, event)
    point = _point(state)
    if point.ruling:
        raise OutOfOrder("the point was ruled on already", cite=_cite(state))
    ruled = replace(point, ruling=event.body["ruling"], reasons=event.body.get("reasons", ""))
    return asking.with_floor(state, point=ruled)


def _accepted(state: State, event: Event) -> State:
    """Nobody appeals: the ruling stands, and the meeting goes on."""
    asking.require_presiding(state, event)
    point = _point(state)
    if not point.ruling:
        raise OutOfOrder("the point is not ruled on yet", cite=_cite(state))
    if point.appealed_by:
        raise OutOfOrder("the ruling was appealed: the appeal is put to the vote", cite=_cite(state))
    return asking.with_floor(state, point=None)


def _appealed(state: State, event: Event) -> State:
    asking.require_sitting(state)
    asking.require_proposer(state, event.by.of)
    point = _point(state)
    if not point.ruling:
        raise OutOfOrder("the point is not ruled on yet", cite=_cite(state))
    if point.appealed_by:
        raise OutOfOrder("the ruling was appealed already", cite=_cite(state))
    return asking.with_floor(state, point=replace(point, appealed_by=event.by.of))


def _appeal_withdrawn(state: State, event: Event) -> State:
    point = _point(state)
    if point.appealed_by != event.by.of:
        raise OutOfOrder(f"{event.by.of} has made no appeal", cite=_cite(state))
    if state.vote is not None and state.vote.question.about == "ruling":
        raise OutOfOrder("the vote on the appeal has begun", cite=_cite(state))
    return asking.with_floor(state, point=replace(point, appealed_by=""))


def _point(state: State) -> Point:
    if state.floor.point is None:
        raise OutOfOrder("no point of order is before the meeting", cite=_cite(state))
    return state.floor.point


def _cite(state: State) -> str:
    return state.book.cite(state.book.speaking.point_rule)


KINDS = (
    Kind(
        id="point-raised",
        name=Words("Point of order", "Motion d'ordre"),
        by=("delegation",),
        apply=_raised,
        rule=lambda book: book.speaking.point_rule,
        form={"text": "text", "conduct_of_voting": "flag?"},
    ),
    Kind(
        id="point-ruled",
        name=Words("Ruling on the point of order", "Décision sur la motion d'ordre"),
        by=("presiding",),
        apply=_ruled,
        rule=lambda book: book.speaking.point_rule,
        form={"ruling": "upheld|not-upheld", "reasons": "text?"},
    ),
    Kind(
        id="ruling-stands",
        name=Words("The ruling stands", "La décision est maintenue"),
        by=("presiding",),
        apply=_accepted,
        rule=lambda book: book.speaking.point_rule,
    ),
    Kind(
        id="ruling-appealed",
        name=Words("Appeal against the ruling", "Appel de la décision"),
        by=("delegation",),
        apply=_appealed,
        rule=lambda book: book.speaking.point_rule,
    ),
    Kind(
        id="appeal-withdrawn",
        name=Words("Appeal withdrawn", "Appel retiré"),
        by=("delegation",),
        apply=_appeal_withdrawn,
        rule=lambda book: book.speaking.point_rule,
    ),
)
