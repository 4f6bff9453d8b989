"""Who takes part: delegations and their credentials, observers and objections to them, candidatures."""

from typing import Any

from rogatory.conference.meeting.state import Place, State
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import matters
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face


def rows(state: State) -> list[dict[str, Any]]:
    """Every participant, by name, with what its kind may do."""
    found = []
    for one in sorted(state.seats.values(), key=lambda seat: seat.name.en):
        kind = state.kind(one.code)
        found.append(
            {
                "seat": one,
                "kind": kind,
                "needs_credentials": kind.credentials,
                "may_submit": kind.credentials and one.credentials.value in ("none", "refused"),
                "waits": one.place in (Place.APPLIED, Place.OBJECTED),
            }
        )
    return found


def _context(_request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    every = rows(state)
    return {
        "rows": every,
        "waiting": [row for row in every if row["waits"]],
        "to_list": [row for row in every if row["seat"].place is Place.APPLIED and row["seat"].listed_at is None],
        "observer_kinds": [kind for kind in state.book.participants.values() if not kind.votes],
        "signers": state.book.credentials.signed_by,
        "posts": state.book.officers.posts,
        "candidatures": [(one, matters.name(state, one.state)) for one in state.candidatures],
        "officers": [(one, matters.name(state, one.state)) for one in state.officers],
        "candidates": [one for one in state.seats.values() if state.kind(one.code).votes and not one.members],
        "groups": state.book.officers.groups,
    }


PARTICIPANTS = Face(
    name="participants",
    role="secretariat",
    aspects=("session", "seats", "bureau"),
    context=_context,
    seconds=2.0,
)
