"""The chair's desk: where the meeting stands, and always what may happen next and under which rule."""

from datetime import datetime
from typing import Any

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice
from rogatory.conference.meeting import asking, engine, floor, voting
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.possible import possible
from rogatory.conference.meeting.state import Contest, State, Vote
from rogatory.errors import RogatoryError
from rogatory.law.words import Words
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import acts, matters, steps
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face

RECENT = 5


def quorum(state: State) -> dict[str, Any]:
    """How many are here, and how many are needed to open a meeting and to take a decision."""
    rules = state.book.quorum
    here = asking.base(state, Base.PRESENT)
    return {
        "present": here,
        "parties": asking.base(state, Base.PARTIES),
        "participating": asking.base(state, Base.PARTICIPATING),
        "open": _needed(state, rules.open, here),
        "decide": _needed(state, rules.decide, here),
        "rule": rules.rule,
    }


def _needed(state: State, threshold: Threshold, here: int) -> dict[str, Any]:
    of = asking.base(state, threshold.of)
    needed = threshold.needed(of)
    return {
        "needed": needed,
        "of": of,
        "words": threshold.words(),
        "reached": threshold.reached(here, of),
        "missing": max(0, needed - here),
    }


def under_vote(state: State, vote: Vote) -> dict[str, Any]:
    """A vote being taken or closed: the question, what has come in, who voted and who has not."""
    called = vote.order[vote.asked] if vote.asked < len(vote.order) else ""
    names = {one.code: one.name for one in state.seats.values()}
    awaited = [one.code for one in asking.voters(state) if one.present and one.code not in vote.votes]
    sums = dict.fromkeys(Choice, 0)
    for code, choice in vote.votes.items():
        sums[choice] += vote.weights.get(code, 1)
    return {
        "vote": vote,
        "question": matters.question(state, vote.question),
        "majority": state.book.majority(vote.question.subject),
        "needs": state.book.majority(vote.question.subject).threshold.words(),
        "by_choice": [
            (choice.value, sums[choice], sorted(code for code, said in vote.votes.items() if said is choice))
            for choice in Choice
        ],
        "voted": len(vote.votes),
        "entitled": voting.entitled(state),
        "awaited": [(code, names[code]) for code in sorted(awaited)],
        "called": (called, names[called]) if called else None,
        "by_name": vote.method in ("recorded", "roll-call"),
    }


def election(state: State, found: Contest) -> dict[str, Any]:
    """An election as it stands."""
    due = found.balloting.due
    return {
        "contest": found,
        "name": matters.contest(state, found),
        "stands": found.balloting.words(),
        "eligible": [(code, matters.name(state, code)) for code in (due.eligible if due else ())],
        "lot": found.balloting.lot,
        "rounds": found.balloting.rounds,
        "elected": [(code, matters.name(state, code)) for code in found.balloting.elected],
    }


def motion(state: State) -> dict[str, Any] | None:
    """The motion that is taken first, and who may still speak to it."""
    found = state.motion
    if found is None:
        return None
    rule = state.book.motions[found.motion]
    return {
        "pending": found,
        "name": matters.pending(state, found),
        "rule": rule.rule,
        "majority": state.book.majority(rule.subject),
        "needs": state.book.majority(rule.subject).threshold.words(),
        "for_left": max(0, rule.speakers_for - len(found.spoken_for)),
        "against_left": max(0, rule.speakers_against - len(found.spoken_against)),
        "for_most": rule.speakers_for,
        "against_most": rule.speakers_against,
        "others": [matters.pending(state, one) for one in state.floor.motions if one.id != found.id],
    }


def before_the_meeting(state: State) -> dict[str, Any]:
    """Everything that stands on the chair's desk but what may happen next; other faces show parts of it."""
    return {
        "quorum": quorum(state),
        "presiding": matters.name(state, state.presiding) if state.presiding else None,
        "item": next((one for one in state.items if one.id == state.item), None),
        "speaking": state.floor.speaking,
        "speaking_name": matters.name(state, state.floor.speaking.code) if state.floor.speaking else "",
        "waiting": [(one, matters.name(state, one.code)) for one in floor.order(state)],
        "point": state.floor.point,
        "point_by": matters.name(state, state.floor.point.by) if state.floor.point else "",
        "ruled_subject": _ruled_subject(state),
        "interrupted": matters.question(state, state.interrupted.question) if state.interrupted else None,
        "requests": [(one, matters.name(state, one.by)) for one in state.floor.requests],
        "notices": [(matters.pending(state, one), one.due) for one in state.floor.notices],
        "motion": motion(state),
        "vote": under_vote(state, state.vote) if state.vote else None,
        "last": under_vote(state, state.votes[-1]) if state.votes else None,
        "contests": [election(state, one) for one in state.contests.values() if not one.concluded],
        "proposals": [one for one in state.proposals.values() if one.status == "open" and one.item == state.item],
        "decisions": tuple(reversed(state.decisions))[:RECENT],
    }


def _ruled_subject(state: State) -> Words | str:
    """The majority that a ruling of the chair's own says a proposal needs."""
    point = state.floor.point
    return state.book.majority(state.proposals[point.proposal].subject).name if point and point.proposal else ""


def says(state: State) -> Words:
    """Where the meeting stands, in one sentence for those who listen to the page."""
    if state.vote:
        return _of(Words("A vote is being taken", "Un vote est en cours"), matters.question(state, state.vote.question))
    if state.floor.point:
        return _of(Words("Point of order by", "Motion d'ordre de"), matters.name(state, state.floor.point.by))
    if state.motion:
        return _of(Words("Motion before the meeting", "Motion à l'examen"), matters.pending(state, state.motion))
    if state.floor.speaking:
        return _of(Words("Has the floor", "A la parole"), matters.name(state, state.floor.speaking.code))
    if state.votes and state.decisions and state.decisions[-1].vote == state.votes[-1].id:
        outcome = state.votes[-1].outcome
        return _of(state.decisions[-1].what, outcome.arithmetic[-1]) if outcome else state.decisions[-1].what
    return Words("", "")


def _of(before: Words, after: Words) -> Words:
    return Words(f"{before.en}: {after.en}", f"{before.fr} : {after.fr}")


#: What a chair waits for in each phase: when it is refused, the desk says why.
WAITED_FOR = {"convened": "meeting-opened", "adjourned": "meeting-opened", "suspended": "meeting-resumed"}


def why_not(state: State, actor: Actor, at: datetime) -> RogatoryError | None:
    """Why the meeting cannot be opened or resumed now; nothing when it can, or when it sits."""
    kind = WAITED_FOR.get(state.phase)
    if kind is None:
        return None
    try:
        engine.step(state, Event(kind=kind, by=actor, at=at))
    except RogatoryError as error:
        return error
    return None


def _context(request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state, actor = sitting.state, request.holder.actor
    at = max(request.node.clock.now(), state.at)
    found = steps.steps(state, possible(state, actor, at))
    waits = None if state.presiding != actor.of else why_not(state, actor, at)
    first = steps.primary(found)
    return {
        **before_the_meeting(state),
        "says": says(state),
        "first": first,
        "groups": steps.groups(found, without=first),
        "not_presiding": state.presiding != actor.of,
        "waits": waits,
        "waits_rule": acts.rule_of(state.book, waits) if waits else None,
    }


CHAIR = Face(
    name="chair",
    role="presiding",
    aspects=(
        "session", "seats", "agenda", "bureau", "floor", "proposals", "question", "votes-cast", "results", "contests",
        "decisions",
    ),
    context=_context,
    secretary=True,
)  # fmt: skip
