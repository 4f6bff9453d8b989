"""What came out of a meeting, as plain JSON: the same on every machine that replays the record.

Decisions with their rule and how sure it is, votes by State, elections ballot by ballot, officers, and the numbers of
the quorum. It is what a reader compares with the published report; the report itself tells more.
"""

from typing import Any

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.meeting import asking
from rogatory.conference.meeting.state import Contest, Decision, State, Vote
from rogatory.law.plain import plain


def summary(state: State) -> dict[str, Any]:
    """The decisions, votes, elections, officers and quorum of the meeting as it stands."""
    facts = state.facts
    value = {
        "meeting": facts.id,
        "title": facts.title,
        "exercise": facts.exercise,
        "body": facts.body,
        "opens": facts.opens,
        "closes": facts.closes,
        "phase": state.phase,
        "events": state.number,
        "rulebook": {"id": state.book.id, "standing": state.book.standing, "choices": state.book.chosen},
        "participants": len(state.seats),
        "presiding": state.presiding,
        "officers": state.officers,
        "quorum": quorum(state),
        "decisions": [_decision(state, one) for one in state.decisions],
        "votes": [_vote(one) for one in state.votes],
        "elections": [_election(one) for one in state.contests.values()],
    }
    found: dict[str, Any] = plain(value)
    return found


def quorum(state: State) -> dict[str, Any]:
    """Who is counted, how many are needed to open and to decide, and whether so many are here."""
    return {
        "parties": asking.base(state, Base.PARTIES),
        "participating": asking.base(state, Base.PARTICIPATING),
        "present": asking.base(state, Base.PRESENT),
        "to_open": _needed(state, state.book.quorum.open),
        "to_decide": _needed(state, state.book.quorum.decide),
    }


def _needed(state: State, threshold: Threshold) -> dict[str, Any]:
    of = asking.base(state, threshold.of)
    return {
        "of": threshold.of,
        "number": of,
        "needed": threshold.needed(of),
        "reached": asking.quorate(state, threshold),
        "words": threshold.words(),
    }


def _decision(state: State, one: Decision) -> dict[str, Any]:
    rule = state.book.rule(one.rule)
    return {
        "number": one.number,
        "symbol": one.symbol,
        "what": one.what,
        "about": one.about,
        "target": one.target,
        "how": one.how,
        "vote": one.vote,
        "at": one.at,
        "rule": {"id": rule.id, "name": rule.name, "sure": rule.sure},
    }


def _vote(one: Vote) -> dict[str, Any]:
    outcome = one.outcome
    return {
        "id": one.id,
        "about": one.question.about,
        "target": one.question.target,
        "part": one.question.part,
        "subject": one.question.subject,
        "method": one.method,
        "opened_at": one.opened_at,
        "closed_at": one.closed_at,
        "adopted": outcome.adopted if outcome else None,
        "count": outcome.count if outcome else one.hands,
        "base": outcome.base if outcome else None,
        "needed": outcome.needed if outcome else None,
        "arithmetic": outcome.arithmetic if outcome else (),
        "by_state": dict(sorted(one.votes.items())),
        "weights": {code: weight for code, weight in sorted(one.weights.items()) if weight != 1},
    }


def _election(one: Contest) -> dict[str, Any]:
    return {
        "id": one.id,
        "post": one.post,
        "group": one.group,
        "seats": one.seats,
        "concluded": one.concluded,
        "elected": one.balloting.elected,
        "withdrawn": one.balloting.withdrawn,
        "ballots": [
            {
                "number": held.number,
                "kind": held.kind,
                "papers": held.ballot.papers,
                "invalid": held.ballot.invalid,
                "abstentions": held.ballot.abstentions,
                "votes": dict(held.ranked),
                "needed": held.needed,
                "elected": held.elected,
                "lot": held.drawn,
            }
            for held in one.balloting.rounds
        ],
    }
