"""What a procedural motion does once it is carried.

A proposal that the body is not competent to decide on, or takes no action on, is not put. One that is reconsidered is
as open as it was before it was decided, and its item may be taken up again.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rogatory.conference.meeting import asking, proposals, seating, sitting
from rogatory.conference.meeting.state import Item, Part, Pending, Proposal, State
from rogatory.conference.rulebook.model import Effect
from rogatory.law.words import Words


def carry(state: State, found: Pending) -> State:
    """*state* with what the motion *found* wants."""
    return _EFFECTS[state.effect(found.motion)](state, found)


def _suspend(state: State, _found: Pending) -> State:
    return sitting.suspend(state)


def _adjourn(state: State, _found: Pending) -> State:
    return sitting.adjourn(asking.with_floor(state, motions=()))


def _adjourn_debate(state: State, _found: Pending) -> State:
    changed = asking.with_item(state, replace(asking.item(state, state.item), status="adjourned"))
    return replace(asking.with_floor(changed, speaking=None, waiting=(), motions=()), item="")


def _close_debate(state: State, _found: Pending) -> State:
    replies = tuple(one for one in state.floor.waiting if one.purpose == "reply")
    return asking.with_floor(state, debate_closed=True, list_closed=True, speaking=None, waiting=replies)


def _close_list(state: State, _found: Pending) -> State:
    return asking.with_floor(state, list_closed=True)


def _limit(state: State, found: Pending) -> State:
    usual = state.floor.usual_seconds if state.item else found.seconds
    return asking.with_floor(state, seconds=found.seconds, usual_seconds=usual)


def _private(state: State, _found: Pending) -> State:
    return seating.exclude(state)


def _suspend_rule(state: State, found: Pending) -> State:
    return replace(state, suspended_rules=(*state.suspended_rules, found.target))


def _amend_agenda(state: State, found: Pending) -> State:
    made = Item(id=found.target, title=Words(found.text, found.text), proposed_by=found.by, status="adopted")
    return replace(state, items=(*state.items, made))


def _divide(state: State, found: Pending) -> State:
    parts = tuple(Part(id=name, operative=name not in found.preambular) for name in found.parts)
    return asking.with_proposal(state, replace(asking.proposal(state, found.target), parts=parts))


def _challenge(state: State, found: Pending) -> State:
    proposal = asking.proposal(state, found.target)
    refused = (*proposal.refused_orders, proposal.order)
    return asking.with_proposal(state, replace(proposal, order=(), order_reasons="", refused_orders=refused))


def _not_put(state: State, found: Pending) -> State:
    return proposals.settle(state, replace(asking.proposal(state, found.target), status="not-put"))


def _reconsider(state: State, found: Pending) -> State:
    proposal = asking.proposal(state, found.target)
    reopened = replace(
        proposal,
        status="open",
        parts=tuple(replace(one, status="open") for one in proposal.parts),
        order=(),
        order_reasons="",
        votes_before=len(state.votes),
    )
    state = proposals.settle(state, reopened)  # another motion to reconsider it has nothing to do any more
    if proposal.amends:
        state = _amended_anew(state, asking.proposal(state, proposal.amends))
    if asking.item(state, proposal.item).status == "closed":
        state = asking.with_item(state, replace(asking.item(state, proposal.item), status="adopted"))
    return state


def _amended_anew(state: State, changed: Proposal) -> State:
    adopted = any(one.amends == changed.id and one.status == "adopted" for one in state.proposals.values())
    return asking.with_proposal(state, replace(changed, amended=adopted, votes_before=len(state.votes)))


_EFFECTS: Mapping[Effect, Callable[[State, Pending], State]] = {
    Effect.SUSPEND_MEETING: _suspend,
    Effect.ADJOURN_MEETING: _adjourn,
    Effect.ADJOURN_DEBATE: _adjourn_debate,
    Effect.CLOSE_DEBATE: _close_debate,
    Effect.CLOSE_LIST: _close_list,
    Effect.LIMIT_SPEECHES: _limit,
    Effect.COMPETENCE: _not_put,
    Effect.DIVISION: _divide,
    Effect.RECONSIDER: _reconsider,
    Effect.CHALLENGE_ORDER: _challenge,
    Effect.PRIVATE_MEETING: _private,
    Effect.SUSPEND_RULE: _suspend_rule,
    Effect.AMEND_AGENDA: _amend_agenda,
    Effect.NO_ACTION: _not_put,
}
