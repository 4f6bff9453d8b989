"""Whether a proposal may be decided now: circulated, its amendments decided, its turn come, the debate over.

An amendment holds up what it amends once it was circulated, or the presiding officer takes it without, or the time for
circulating it has passed; one handed in at the last moment and not taken does not. A proposal that was never circulated
does not hold up those submitted after it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rogatory.conference.counting.thresholds import Base
from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.refusals import ConsensusFirst, OutOfOrder, TooSoon
from rogatory.conference.meeting.state import Proposal, State
from rogatory.conference.rulebook.model import Rulebook

#: Majorities of questions that are no proposals.
_OF_QUESTIONS = {
    "agenda",
    "competence",
    "credentials",
    "division",
    "observers",
    "reconsideration",
    "rules-suspension",
    "ruling",
}


def subjects(book: Rulebook) -> tuple[str, ...]:
    """What a proposal can be on, as far as its majority goes."""
    return tuple(one for one in book.majorities if one not in _OF_QUESTIONS)


def descendants(state: State, id: str) -> Iterator[Proposal]:
    """The amendments to *id*, those to them, and so on."""
    for one in state.proposals.values():
        if one.amends == id:
            yield one
            yield from descendants(state, one.id)


def voting_begun(state: State, found: Proposal) -> bool:
    """Whether a vote on it, on a part of it or on an amendment to it is being or was taken since it was last open."""
    if any(one.status != "open" for one in found.parts):
        return True
    running = [one for one in (state.vote, state.interrupted) if one is not None]
    votes = (*state.votes[found.votes_before :], *running)
    voted = {one.question.target for one in votes if one.question.about in ("proposal", "part")}
    return bool(voted) and (found.id in voted or any(one.id in voted for one in descendants(state, found.id)))


def voting_stage(state: State) -> bool:
    """Whether voting on a proposal under the item discussed has begun and is not over."""
    here = [one for one in state.proposals.values() if one.status == "open" and one.item == state.item]
    return bool(state.item) and any(voting_begun(state, one) for one in here)


def pending_amendments(state: State, id: str) -> tuple[Proposal, ...]:
    """The amendments to *id* that are still to be decided, in the order of voting, else as they were submitted."""
    found = [one for one in state.proposals.values() if one.amends == id and one.status == "open"]
    order = asking.proposal(state, id).order
    return tuple(sorted(found, key=lambda one: (order.index(one.id) if one.id in order else len(order), one.place)))


def blocking(state: State, id: str, at: datetime) -> tuple[Proposal, ...]:
    """Those of them that must be decided before *id* is."""
    hours = timedelta(hours=state.book.proposals.hours_before)
    return tuple(
        one
        for one in pending_amendments(state, id)
        if one.waived or one.circulated_at is not None or one.submitted_at + hours <= at
    )


def require_ready(state: State, found: Proposal, event: Event) -> None:
    """Nothing, when *found* may be decided now; raises the refusal that says what comes first."""
    asking.require_quiet(state)
    book, rules = state.book, state.book.proposals
    if state.item != found.item:
        raise OutOfOrder(f"item {found.item} is not under discussion", cite=book.cite(rules.rule))
    asking.require_free(state)
    asking.require_heard(state)
    asking.require_quorum(state, book.quorum.decide, "take a decision")
    _require_parties(state, found)
    _require_circulated(state, found, event)
    waiting = blocking(state, found.id, event.at)
    if waiting:
        raise OutOfOrder(f"amendment {waiting[0].id} is decided first", cite=book.cite(rules.amendments_rule))
    if found.amends:
        _require_turn(state, found, event.at)
    else:
        _require_order(state, found)


def _require_parties(state: State, found: Proposal) -> None:
    majority = state.book.majority(found.subject)
    number = asking.base(state, Base.PARTIES)
    if number < majority.parties_needed:
        raise OutOfOrder(
            f"{majority.name.en}: only with {majority.parties_needed} Parties, and there are {number}",
            cite=state.book.cite(majority.rule),
        )


def _require_circulated(state: State, found: Proposal, event: Event) -> None:
    rules = state.book.proposals
    if found.waived or asking.suspended(state, rules.rule):
        return
    cite = state.book.cite(rules.rule)
    if found.circulated_at is None:
        raise TooSoon(
            f"{found.id} was not circulated", cite=cite, remedy="Circulate it in the languages of the session."
        )
    if event.at < found.circulated_at + timedelta(hours=rules.hours_before):
        raise TooSoon(f"{found.id} was circulated less than {rules.hours_before} hours ago", cite=cite)


def _require_turn(state: State, found: Proposal, at: datetime) -> None:
    cite = state.book.cite(state.book.proposals.amendments_rule)
    waiting = blocking(state, found.amends, at)
    if len(waiting) > 1 and not {one.id for one in waiting} <= set(asking.proposal(state, found.amends).order):
        raise OutOfOrder("the order of voting on the amendments is not set", cite=cite)
    if waiting and waiting[0].id != found.id:
        raise OutOfOrder(f"{waiting[0].id} is furthest removed and is voted first", cite=cite)


def _require_order(state: State, found: Proposal) -> None:
    rule = state.book.proposals.order_rule
    if asking.suspended(state, rule):
        return
    for one in state.proposals.values():
        before = one.item == found.item and not one.amends and one.status == "open" and one.place < found.place
        if before and (one.waived or one.circulated_at is not None):
            raise OutOfOrder(f"{one.id} was submitted before", cite=state.book.cite(rule))


def require_effort(state: State, found: Proposal) -> None:
    """Nothing, when the majority of its subject may be asked for; raises `ConsensusFirst`."""
    majority = state.book.majority(found.subject)
    cite = state.book.cite(majority.rule)
    if majority.consensus_only:
        raise ConsensusFirst(f"{majority.name.en}: by consensus only", cite=cite)
    efforts = found.efforts
    while not efforts and found.amends:
        found = asking.proposal(state, found.amends)
        efforts = found.efforts
    if majority.after_consensus and not efforts:
        raise ConsensusFirst("no effort at consensus is on record", cite=cite)
