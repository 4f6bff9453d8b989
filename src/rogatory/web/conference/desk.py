"""The secretariat's desk: where the meeting stands, attendance by keyboard, what only the secretariat may do now."""

from datetime import timedelta
from typing import Any

from rogatory.conference.meeting.state import Place, State
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import chair, matters
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face


def attendance(state: State) -> dict[str, Any]:
    """Who is here and who is not: those with a vote by name, the others counted."""
    seated = sorted((one for one in state.seats.values() if one.place is Place.SEATED), key=lambda one: one.code)
    voting = [one for one in seated if state.kind(one.code).votes]
    others = [one for one in seated if not state.kind(one.code).votes]
    return {
        "present": [one for one in voting if one.present],
        "absent": [one for one in voting if not one.present],
        "others_present": [one for one in others if one.present],
        "others_absent": len([one for one in others if not one.present]),
        "everybody": seated,
    }


def deadlines(state: State) -> list[dict[str, Any]]:
    """What the rules date from the opening: the day it is due, and when it was done."""
    sessions, opens = state.book.sessions, state.facts.opens
    special = state.facts.kind == "special"
    agenda_days = sessions.agenda_days_special if special else sessions.agenda_days_regular
    rows = [
        ("notice", opens - timedelta(days=sessions.notice_days), state.notified_at, sessions.notice_rule),
        ("agenda", opens - timedelta(days=agenda_days), state.agenda_circulated_at, sessions.agenda_rule),
        (
            "credentials",
            opens - timedelta(hours=state.book.credentials.hours_before),
            None,
            state.book.credentials.rule,
        ),
    ]
    return [
        {"what": what, "due": due, "done": done, "late": bool(done and done.date() > due), "rule": rule}
        for what, due, done, rule in rows
    ]


def _context(_request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    return {
        **chair.before_the_meeting(state),
        "says": chair.says(state),
        "attendance": attendance(state),
        "deadlines": deadlines(state),
        "unnumbered": [one for one in state.decisions if not one.symbol],
        "to_circulate": [one for one in state.proposals.values() if one.status == "open" and not one.circulated_at],
        "to_list": [one for one in state.seats.values() if one.place is Place.APPLIED and one.listed_at is None],
        "may_preside": [one for one in state.seats.values() if state.kind(one.code).votes and not one.members],
        "delegations": [(code, matters.name(state, code)) for code in sorted(state.seats)],
    }


DESK = Face(
    name="desk",
    role="secretariat",
    aspects=(
        "session", "seats", "agenda", "documents", "bureau", "floor", "proposals", "question", "votes-cast", "results",
        "contests", "decisions",
    ),
    context=_context,
)  # fmt: skip
