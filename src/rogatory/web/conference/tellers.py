"""The tellers' sheet: papers, invalid ones, abstentions, votes by candidate; entered twice, by two tellers, alike.

Each teller counts and enters alone: what the other has entered is not shown, only that it is there. Sums are checked as
they are typed, and by the server; only what two tellers entered alike is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.state import Contest, State
from rogatory.law.words import Words
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import chair, matters
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face

NUMBERS = ("papers", "invalid", "abstentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the sheet: the name of its field, what it counts, and what was typed."""

    field: str
    label: Words
    value: str


def _sheet(state: State, found: Contest, sent: Mapping[str, str]) -> dict[str, Any]:
    """The sheet of one ballot. *sent* is what was typed, when the server did not take it."""
    typed = sent if sent.get("contest") == found.id else {}
    eligible = found.balloting.due.eligible if found.balloting.due else ()
    names = sorted(eligible or found.balloting.candidates, key=lambda code: matters.name(state, code).en)
    return {
        **chair.election(state, found),
        "due": found.balloting.due,
        "typed": {name: typed.get(name, "") for name in NUMBERS},
        "lines": [
            Line(field=f"votes.{code}", label=matters.name(state, code), value=typed.get(f"votes.{code}", ""))
            for code in names
        ],
        "most": asking.capacity(state, found.here),
    }


def _context(request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state, of = sitting.state, request.holder.of
    secret = state.vote if state.vote and state.vote.method == "secret" else None
    sent = {name: str(value) for name, value in request.POST.items()} if request.method == "POST" else {}
    sheets = [_sheet(state, one, sent) for one in state.contests.values() if one.ballot_open]
    return {
        "name": matters.name(state, of),
        "appointed": of in state.tellers,
        "tellers": [(code, matters.name(state, code)) for code in state.tellers],
        "sheets": [{**one, "mine": _by(one["contest"], of), "other": _other(one["contest"], of)} for one in sheets],
        "secret": chair.under_vote(state, secret) if secret else None,
        "done": [chair.election(state, one) for one in state.contests.values() if one.balloting.rounds],
        "rule": state.book.rule(state.book.elections.rule),
        "says": chair.says(state),
    }


def _by(found: Contest, of: str) -> bool:
    return found.sheet is not None and found.sheet.teller == of


def _other(found: Contest, of: str) -> str:
    return found.sheet.teller if found.sheet is not None and found.sheet.teller != of else ""


TELLERS = Face(
    name="tellers",
    role="teller",
    aspects=("session", "bureau", "question", "contests", "results"),
    context=_context,
)
