"""What the outcome of a vote does, and the decision that it leaves in the record, carried or not.

Nobody is turned away by nobody: a vote on credentials or on an observer in which none voted yes or no decides nothing.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking, carrying, convening, motions, observers, points, proposals, seating
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.state import Question, State
from rogatory.conference.rulebook.model import Majority
from rogatory.law.words import Words


def settle(state: State, question: Question, event: Event, *, majority: Majority, carried: bool) -> State:
    """*state* with what the vote just closed does to its *question*."""
    about, target = question.about, question.target
    if about in ("credentials", "observer") and not _anybody_voted(state):
        return state
    if about in ("proposal", "part"):
        return _settle_proposal(state, question, event, majority=majority, carried=carried)
    if about == "ruling":
        what = (
            Words("The ruling was overruled", "La décision du président a été annulée")
            if carried
            else Words("The ruling stands", "La décision du président est maintenue")
        )
        changed = points.settle(state, overruled=carried)
    elif about == "motion":
        found = motions.pending(state, target)
        changed = motions.without(state, found)
        what = motions.named(state, found)
        if carried:
            changed = carrying.carry(changed, found)
    elif about == "item":
        what = convening.item_words(asking.item(state, target))
        changed = convening.decide_item(state, target, adopted=carried)
    elif about == "observer":
        what = _of(Words("Participation of", "Participation de"), state.seats[target].name)
        changed = observers.decide_admission(state, target, admitted=carried)
    else:
        what = _of(Words("Credentials of", "Pouvoirs de"), state.seats[target].name)
        changed = seating.decide_credentials(state, target, accepted=carried)
    return _recorded(changed, question, event, what, majority=majority, carried=carried)


def _anybody_voted(state: State) -> bool:
    outcome = state.votes[-1].outcome
    return outcome is not None and outcome.count.yes + outcome.count.no > 0


def _of(before: Words, name: Words) -> Words:
    return Words(f"{before.en} {name.en}", f"{before.fr} {name.fr}")


def _recorded(
    state: State, question: Question, event: Event, what: Words, *, majority: Majority, carried: bool
) -> State:
    how = "vote" if carried else "vote-rejected"
    return asking.decided(state, event, what, about=question.about, target=question.target, how=how, rule=majority.rule)


def _settle_proposal(state: State, question: Question, event: Event, *, majority: Majority, carried: bool) -> State:
    found = asking.proposal(state, question.target)
    if question.about == "proposal":
        if carried:
            return proposals.adopt(state, found, event, how="vote", rule=majority.rule)
        changed = proposals.settle(state, replace(found, status="rejected"))
        return _recorded(changed, question, event, found.title, majority=majority, carried=False)
    status = "adopted" if carried else "rejected"
    parts = tuple(replace(one, status=status) if one.id == question.part else one for one in found.parts)
    whole = found.status
    operative = [one for one in parts if one.operative]
    lost = bool(operative) and all(one.status == "rejected" for one in operative)
    if lost and state.book.proposals.operative_rejected_rejects_whole:
        whole = "rejected"
    made = replace(found, parts=parts, status=whole)
    changed = asking.with_proposal(state, made) if whole == "open" else proposals.settle(state, made)
    what = Words(f"{found.title.en}: {question.part}", f"{found.title.fr} : {question.part}")
    changed = _recorded(changed, question, event, what, majority=majority, carried=carried)
    if whole == "rejected":
        rule = state.book.proposals.division_rule
        return asking.decided(
            changed, event, found.title, about="proposal", target=found.id, how="vote-rejected", rule=rule
        )
    return changed
