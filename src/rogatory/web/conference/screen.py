"""The big screen of the room: one thing at a time, to be read from the last row; it shows and never acts.

What stands before the meeting is shown in this order: a vote being taken, a point of order, a motion, a ballot, who
speaks, the last result. While a vote is open the screen says how many have voted; how they have voted it says only
where the pass of the screen was issued so (`AS_IT_STANDS`). English and French are both in the page, so that one room
may show the one, the other, or both side by side.
"""

from typing import Any

from rogatory.conference.meeting import floor
from rogatory.conference.meeting.state import Contest, Phase, State, Vote
from rogatory.node.conference.meetings import Sitting
from rogatory.node.conference.passes import AS_IT_STANDS
from rogatory.web.conference import chair, matters
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face

NEXT = 6
#: With more than so many in one column, codes stand for names.
NAMED = 20
SHOWN = {"en": "en", "fr": "fr", "both": "both"}


def scene(state: State) -> str:
    """What stands in the middle of the screen."""
    if state.phase is not Phase.SITTING:
        return "rest"
    if state.vote is not None:
        return "vote"
    if state.floor.point is not None:
        return "point"
    if state.motion is not None:
        return "motion"
    if any(one.ballot_open for one in state.contests.values()):
        return "ballot"
    if state.floor.speaking is not None:
        return "speaker"
    return _result(state)


def _result(state: State) -> str:
    """The result that was declared last, until another item is taken up."""
    last = state.decisions[-1] if state.decisions else None
    election = next((one for one in state.contests.values() if not one.concluded and one.balloting.rounds), None)
    if election is not None or (last is not None and last.about == "election"):
        return "election"
    if last is not None and last.vote:
        about = state.proposals.get(last.target)
        return "result" if about is None or not state.item or about.item == state.item else "item"
    if last is not None and last.how in ("consensus", "no-objection", "acclamation"):
        return "decision"
    return "item"


def by_column(state: State, vote: Vote) -> list[dict[str, Any]]:
    """Who voted how, a column for each choice, in the order of a roll-call."""
    found = chair.under_vote(state, vote)
    columns = []
    for choice, votes, codes in found["by_choice"]:
        names = sorted((matters.name(state, code) for code in codes), key=lambda one: one.en)
        columns.append({"choice": choice, "votes": votes, "names": names, "codes": sorted(codes)})
    return columns


def crowd(columns: list[dict[str, Any]]) -> str:
    """How small the names must stand so that all of them fit, and which column is wide because most stand in it."""
    longest = _longest(columns)
    everybody = sum(len(one["codes"]) for one in columns)
    size = "few" if longest <= 12 else "some" if longest <= 36 else "many" if longest <= 70 else "all"
    wide = [one["choice"] for one in columns if longest > NAMED and 2 * len(one["codes"]) > everybody]
    return " ".join([size, *(f"wide-{choice}" for choice in wide)])


def _longest(columns: list[dict[str, Any]]) -> int:
    return max((len(one["codes"]) for one in columns), default=0)


def _vote(state: State, vote: Vote, *, shown: bool) -> dict[str, Any]:
    found = chair.under_vote(state, vote)
    columns = by_column(state, vote) if shown and found["by_name"] else []
    coming = [matters.name(state, code) for code in vote.order[vote.asked + 1 : vote.asked + 4]]
    return {
        **found,
        "columns": columns,
        "crowd": crowd(columns),
        "by_code": _longest(columns) > NAMED,
        "shown": shown,
        "coming": coming,
    }


def _contest(state: State) -> Contest | None:
    """The election that is before the meeting: being balloted, going on, or the one that ended last."""
    contests = list(state.contests.values())
    order = [one for one in contests if one.ballot_open] + [one for one in contests if not one.concluded]
    return next(iter(order), contests[-1] if contests else None)


def _election(state: State) -> dict[str, Any] | None:
    found = _contest(state)
    if found is None:
        return None
    rounds = found.balloting.rounds
    last = rounds[-1] if rounds else None
    ranked = [(matters.name(state, code), votes, code in last.elected) for code, votes in last.ranked] if last else []
    lot = found.balloting.lot
    return {
        **chair.election(state, found),
        "due": found.balloting.due,
        "last": last,
        "ranked": ranked,
        "among": [matters.name(state, code) for code in lot.among] if lot else [],
        "winners": [matters.name(state, code) for code in found.balloting.elected or _acclaimed(found)],
        "waiting": found.ballot_open,
    }


def _acclaimed(found: Contest) -> tuple[str, ...]:
    return found.balloting.candidates if found.concluded and not found.balloting.rounds else ()


def _context(request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    shown = request.GET.get("show", "")
    spoken = state.floor.speaking
    which = scene(state)
    running = request.holder.of == AS_IT_STANDS
    return {
        "show": shown if shown in SHOWN else (request.LANGUAGE_CODE if request.LANGUAGE_CODE in SHOWN else "en"),
        "scene": which,
        "quorum": chair.quorum(state),
        "presiding": matters.name(state, state.presiding) if state.presiding else None,
        "item": next((one for one in state.items if one.id == state.item), None),
        "vote": _vote(state, state.vote, shown=running) if state.vote else None,
        "result": _vote(state, state.votes[-1], shown=True) if which == "result" else None,
        "decision": state.decisions[-1] if state.decisions else None,
        "point": state.floor.point,
        "point_by": matters.name(state, state.floor.point.by) if state.floor.point else None,
        "motion": _motion(state),
        "election": _election(state),
        "speaking": spoken,
        "speaking_name": matters.name(state, spoken.code) if spoken else None,
        "waiting": [(matters.name(state, one.code), one.purpose) for one in floor.order(state)][:NEXT],
        "more": max(0, len(state.floor.waiting) - NEXT),
        "says": chair.says(state),
    }


def _motion(state: State) -> dict[str, Any] | None:
    found = chair.motion(state)
    if found is None:
        return None
    pending = found["pending"]
    return {
        **found,
        "in_favour": [matters.name(state, code) for code in pending.spoken_for],
        "against": [matters.name(state, code) for code in pending.spoken_against],
    }


def _own(state: State, of: str) -> object:
    return state.vote.votes if of == AS_IT_STANDS and state.vote else None


SCREEN = Face(
    name="screen",
    role="screen",
    aspects=("session", "seats", "agenda", "floor", "question", "how-many-voted", "results", "contests", "decisions"),
    context=_context,
    own=_own,
    seconds=0.3,
)
