"""Points of order: raised at any time, ruled at once by the presiding officer, and open to appeal.

The ruling stands unless the majority of the rulebook overrules it: the question put is "that the ruling be overruled",
so a tie leaves it standing. While a vote is being taken, only its conduct is a point of order; an appeal then
interrupts that vote, which goes on afterwards, and a vote whose conduct was found at fault may be annulled.

Which majority a proposal needs is ruled by the presiding officer of his own motion; that ruling is appealed in the same
way, and falls back to what it was when it is overruled.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking, readiness
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
    return asking.with_floor(state, point=Point(by=event.by.of, text=event.body["text"], conduct=conduct))


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
    asking.require_sitting(state)
    asking.require_presiding(state, event)
    point = _point(state)
    if not point.ruling:
        raise OutOfOrder("the point is not ruled on yet", cite=_cite(state))
    if point.appealed_by:
        raise OutOfOrder("the ruling was appealed: the appeal is put to the vote", cite=_cite(state))
    return settle(state, overruled=False)


def settle(state: State, *, overruled: bool) -> State:
    """*state* once the ruling stands, or was overruled by a vote."""
    point = _point(state)
    changed = asking.with_floor(state, point=None)
    if point.proposal and overruled:
        return _with_subject(changed, point.proposal, point.before)
    upheld = (point.ruling == "upheld") is not overruled
    if point.conduct and upheld and changed.vote is not None:
        return replace(changed, vote=replace(changed.vote, flawed=True))
    return changed


def _majority_ruled(state: State, event: Event) -> State:
    """The presiding officer rules what a proposal is about, and so which majority it needs."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    found, subject = asking.open_proposal(state, event.body["proposal"]), event.body["subject"]
    cite = state.book.cite(state.book.voting.which_majority_rule)
    if found.amends:
        raise OutOfOrder(f"{found.id} needs the majority of what it amends", cite=cite)
    if subject not in readiness.subjects(state.book):
        raise OutOfOrder(f"a proposal is on: {', '.join(readiness.subjects(state.book))}", cite=cite)
    if subject == found.subject:
        raise OutOfOrder(f"{found.id} is on {subject} already", cite=cite)
    if readiness.voting_begun(state, found):
        raise OutOfOrder(f"voting on {found.id} has begun", cite=cite)
    point = Point(
        by=event.by.of,
        text="",
        ruling="upheld",
        reasons=event.body.get("reasons", ""),
        proposal=found.id,
        before=found.subject,
    )
    return asking.with_floor(_with_subject(state, found.id, subject), point=point)


def _with_subject(state: State, id: str, subject: str) -> State:
    for one in (asking.proposal(state, id), *readiness.descendants(state, id)):
        state = asking.with_proposal(state, replace(one, subject=subject))
    return state


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
        id="majority-ruled",
        name=Words("Ruling on the majority needed", "Décision sur la majorité requise"),
        by=("presiding",),
        apply=_majority_ruled,
        rule=lambda book: book.voting.which_majority_rule,
        form={"proposal": "proposal", "subject": "name", "reasons": "text?"},
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
