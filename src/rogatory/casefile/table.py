"""The life of a request, as a table: who may take which step when, and under which provision.

One row: (measure, state of the request, step) -> (next state, side that may take it, provision). What is not in the
table is not permitted. A step listed in `TWO_PEOPLE` needs a second person before it leaves the node; `ROLE` says
which role may draft it. Steps under `ANY_STATE` may be taken in every live state and leave the state as it is.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where one request of a case stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    PRESERVED = "preserved"
    DELIVERED = "delivered"
    RECEIVED = "received"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    CLOSED = "closed"


class Side(StrEnum):
    """The two chairs of a case."""

    REQUESTING = "requesting"
    REQUESTED = "requested"


#: States in which nothing more can happen to a request.
ENDED = frozenset({State.DECLINED, State.WITHDRAWN, State.RELEASED, State.CLOSED})
LIVE = tuple(state for state in State if state not in ENDED)


@dataclass(frozen=True, slots=True)
class Row:
    """What a permitted step leads to."""

    next: State
    side: Side
    cite: str


PRESERVATION = "preservation"
STORED_DATA = "stored-data"
MEASURES = (PRESERVATION, STORED_DATA)

_ASKED, _ASKING = Side.REQUESTED, Side.REQUESTING

#: (measure, step) that opens a request -> the provision it rests on.
OPENING: dict[str, Row] = {
    PRESERVATION: Row(State.SENT, _ASKING, "42(1)"),
    STORED_DATA: Row(State.SENT, _ASKING, "44(1)"),
}

TABLE: dict[tuple[str, State, str], Row] = {
    (PRESERVATION, State.SENT, "acknowledgement"): Row(State.ACKNOWLEDGED, _ASKED, "41(1)"),
    (PRESERVATION, State.SENT, "decision:accepted"): Row(State.ACCEPTED, _ASKED, "42(4)"),
    (PRESERVATION, State.SENT, "decision:declined"): Row(State.DECLINED, _ASKED, "42(6)"),
    (PRESERVATION, State.ACKNOWLEDGED, "decision:accepted"): Row(State.ACCEPTED, _ASKED, "42(4)"),
    (PRESERVATION, State.ACKNOWLEDGED, "decision:declined"): Row(State.DECLINED, _ASKED, "42(6)"),
    (PRESERVATION, State.ACCEPTED, "preserved"): Row(State.PRESERVED, _ASKED, "42(8)"),
    (PRESERVATION, State.PRESERVED, "extension-request"): Row(State.PRESERVED, _ASKING, "42(9)"),
    (PRESERVATION, State.PRESERVED, "extension"): Row(State.PRESERVED, _ASKED, "42(9)"),
    (PRESERVATION, State.PRESERVED, "release"): Row(State.RELEASED, _ASKED, "42(8)"),
    (STORED_DATA, State.SENT, "acknowledgement"): Row(State.ACKNOWLEDGED, _ASKED, "40(26)"),
    (STORED_DATA, State.SENT, "decision:accepted"): Row(State.ACCEPTED, _ASKED, "44(2)"),
    (STORED_DATA, State.SENT, "decision:declined"): Row(State.DECLINED, _ASKED, "40(25)"),
    (STORED_DATA, State.SENT, "decision:postponed"): Row(State.POSTPONED, _ASKED, "40(27)"),
    (STORED_DATA, State.ACKNOWLEDGED, "decision:accepted"): Row(State.ACCEPTED, _ASKED, "44(2)"),
    (STORED_DATA, State.ACKNOWLEDGED, "decision:declined"): Row(State.DECLINED, _ASKED, "40(25)"),
    (STORED_DATA, State.ACKNOWLEDGED, "decision:postponed"): Row(State.POSTPONED, _ASKED, "40(27)"),
    (STORED_DATA, State.POSTPONED, "decision:accepted"): Row(State.ACCEPTED, _ASKED, "44(2)"),
    (STORED_DATA, State.POSTPONED, "decision:declined"): Row(State.DECLINED, _ASKED, "40(25)"),
    (STORED_DATA, State.ACCEPTED, "delivery"): Row(State.DELIVERED, _ASKED, "44(1)"),
    (STORED_DATA, State.DELIVERED, "delivery"): Row(State.DELIVERED, _ASKED, "44(1)"),
    (STORED_DATA, State.RECEIVED, "delivery"): Row(State.DELIVERED, _ASKED, "44(1)"),
    (STORED_DATA, State.DELIVERED, "custody-receipt"): Row(State.RECEIVED, _ASKING, "40(19)"),
    (STORED_DATA, State.RECEIVED, "closure"): Row(State.CLOSED, _ASKING, "40(26)"),
}

#: Steps of every live state that leave it as it is: step -> (side or either, provision).
ANY_STATE: dict[str, tuple[Side | None, str]] = {
    "question": (_ASKED, "40(16)"),
    "supplement": (_ASKING, "40(16)"),
    "status-question": (_ASKING, "40(26)"),
    "note": (None, "40(26)"),
    "warning": (_ASKED, "42(7)"),
    "custody-entry": (None, "40(19)"),
}
WITHDRAWAL = Row(State.WITHDRAWN, _ASKING, "40(26)")

#: Steps that stay possible once a request has ended, because an exhibit may still be opened or returned.
AFTER_THE_END = frozenset({"custody-entry", "note"})

#: Steps that a node takes by itself when it has counted, compared or opened an exhibit; nobody writes them by hand.
BY_THE_NODE = frozenset({"custody-receipt", "custody-entry"})

KINDS = frozenset(
    {"request", "decision", "withdrawal"} | {step.partition(":")[0] for _, _, step in TABLE} | set(ANY_STATE)
)

#: (measure, kind) that a second person must approve before it leaves the node.
TWO_PEOPLE = frozenset(
    {
        (PRESERVATION, "request"),
        (STORED_DATA, "request"),
        (STORED_DATA, "decision"),
        (STORED_DATA, "delivery"),
        (PRESERVATION, "release"),
    }
)

#: Which role drafts a step.
ROLE: dict[str, str] = {
    "request": "drafter",
    "supplement": "drafter",
    "status-question": "drafter",
    "extension-request": "drafter",
    "withdrawal": "drafter",
    "closure": "drafter",
    "acknowledgement": "duty-officer",
    "decision": "duty-officer",
    "preserved": "duty-officer",
    "extension": "duty-officer",
    "question": "duty-officer",
    "warning": "duty-officer",
    "release": "duty-officer",
    "note": "duty-officer",
    "delivery": "custodian",
    "custody-receipt": "custodian",
    "custody-entry": "custodian",
}


def step_of(kind: str, outcome: object) -> str:
    """The step's name in the table: the kind, and for a decision its outcome."""
    return f"decision:{outcome}" if kind == "decision" else kind


def row(measure: str, state: State, step: str, side: Side) -> Row | None:
    """What *step*, taken by *side* on a request in *state*, leads to, or `None` when it is not permitted."""
    if step == "withdrawal" and state in LIVE:
        found = WITHDRAWAL
    elif step in ANY_STATE and (state in LIVE or step in AFTER_THE_END):
        allowed, cite = ANY_STATE[step]
        found = Row(state, allowed or side, cite)
    elif (measure, state, step) in TABLE:
        found = TABLE[measure, state, step]
    else:
        return None
    return found if found.side is side else None


def permitted(measure: str, state: State, side: Side) -> tuple[str, ...]:
    """The steps that *side* may take on a request of *measure* in *state*, in the order of the table."""
    steps = [step for (_, _, step) in TABLE] + ["withdrawal", *ANY_STATE]
    return tuple(step for step in dict.fromkeys(steps) if row(measure, state, step, side))
