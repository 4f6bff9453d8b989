"""The life of a request, as a table: who may take which step when, and under which provision.

One row: (measure, state of the request, step) -> (next state, side that may take it, provision). What is not in the
table is not permitted. A step listed in `TWO_PEOPLE` needs a second person before it leaves the node; `ROLE` says
which role may draft it. Steps under `any_state` may be taken in every live state and leave the state as it is.

Most measures live one of two lives: they are answered, carried out and closed, and what carries them out is a
delivery of exhibits, a reported outcome, or either. `measures.BASES` says for each which provisions its steps rest on.
Preservation has a life of its own. Spontaneous information is no request: the State that opens it gives, and the other
receives it under the limits that come with it.

What was handed over stays bound by the conditions it came under. The State that got an exhibit asks leave to pass it on
and gives notice of what it discloses because it clears an accused; the State that gave it answers. Such steps remain
possible once the request has ended, as long as somebody may hold the exhibit.
"""

from dataclasses import dataclass
from enum import StrEnum

from rogatory.casefile import measures
from rogatory.casefile.measures import BASES, MEASURES, PRESERVATION, SPONTANEOUS_INFORMATION, Basis


class State(StrEnum):
    """Where one request of a case stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    PRESERVED = "preserved"
    DELIVERED = "delivered"
    RECEIVED = "received"
    REPORTED = "reported"
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


_ASKED, _ASKING = Side.REQUESTED, Side.REQUESTING
_Rows = dict[tuple[str, State, str], Row]

#: Measure -> what opens it and the provision it rests on.
OPENING: dict[str, Row] = {measure: Row(State.SENT, _ASKING, BASES[measure].opening) for measure in MEASURES}


def _answered(measure: str, basis: Basis) -> _Rows:
    """From sent to a decision."""
    undecided = [State.SENT, State.ACKNOWLEDGED, *([State.POSTPONED] if basis.postponed else ())]
    rows: _Rows = {(measure, State.SENT, "acknowledgement"): Row(State.ACKNOWLEDGED, _ASKED, basis.acknowledgement)}
    for state in undecided:
        rows[measure, state, "decision:accepted"] = Row(State.ACCEPTED, _ASKED, basis.accepted)
        rows[measure, state, "decision:declined"] = Row(State.DECLINED, _ASKED, basis.declined)
        if basis.postponed and state is not State.POSTPONED:
            rows[measure, state, "decision:postponed"] = Row(State.POSTPONED, _ASKED, basis.postponed)
    return rows


def _handed_over(measure: str, basis: Basis, *, giver: Side, ready: tuple[State, ...]) -> _Rows:
    """From *ready* through deliveries of exhibits and their receipts."""
    taker = _ASKING if giver is _ASKED else _ASKED
    rows: _Rows = {
        (measure, state, "delivery"): Row(State.DELIVERED, giver, basis.delivery)
        for state in (*ready, State.DELIVERED, State.RECEIVED)
    }
    for state in (State.DELIVERED, State.RECEIVED):
        rows[measure, state, "custody-receipt"] = Row(State.RECEIVED, taker, basis.receipt)
    rows[measure, State.RECEIVED, "closure"] = Row(State.CLOSED, taker, basis.closure)
    return rows


def _reported(measure: str, basis: Basis) -> _Rows:
    """From accepted to outcomes that are told; what awaits a receipt, or has it, stays where it stands."""
    rows: _Rows = {
        (measure, state, "outcome"): Row(State.REPORTED, _ASKED, basis.outcome)
        for state in (State.ACCEPTED, State.REPORTED)
    }
    if basis.delivery:
        for state in (State.DELIVERED, State.RECEIVED):
            rows[measure, state, "outcome"] = Row(state, _ASKED, basis.outcome)
    rows[measure, State.REPORTED, "closure"] = Row(State.CLOSED, _ASKING, basis.closure)
    return rows


def _carried_out(measure: str, basis: Basis) -> _Rows:
    """The life of a measure that is answered, carried out and closed."""
    rows = _answered(measure, basis)
    if basis.delivery:
        ready = (State.ACCEPTED, State.REPORTED) if basis.outcome else (State.ACCEPTED,)
        rows |= _handed_over(measure, basis, giver=_ASKED, ready=ready)
    if basis.outcome:
        rows |= _reported(measure, basis)
    return rows


def _preserved(basis: Basis) -> _Rows:
    """The life of a preservation: accepted, kept for a period that can be extended, released."""
    return _answered(PRESERVATION, basis) | {
        (PRESERVATION, State.ACCEPTED, "preserved"): Row(State.PRESERVED, _ASKED, "42(8)"),
        (PRESERVATION, State.PRESERVED, "extension-request"): Row(State.PRESERVED, _ASKING, "42(9)"),
        (PRESERVATION, State.PRESERVED, "extension"): Row(State.PRESERVED, _ASKED, "42(9)"),
        (PRESERVATION, State.PRESERVED, "release"): Row(State.RELEASED, _ASKED, "42(8)"),
    }


def _given_unasked(measure: str, basis: Basis) -> _Rows:
    """The life of spontaneous information: the State that opens it gives; the one that receives it closes it."""
    given = _handed_over(measure, basis, giver=_ASKING, ready=(State.SENT, State.ACKNOWLEDGED))
    return given | {
        (measure, State.SENT, "acknowledgement"): Row(State.ACKNOWLEDGED, _ASKED, basis.acknowledgement),
        (measure, State.ACKNOWLEDGED, "closure"): Row(State.CLOSED, _ASKED, basis.closure),
    }


def _all_rows() -> _Rows:
    rows = _preserved(BASES[PRESERVATION])
    for measure, basis in BASES.items():
        if measure not in (PRESERVATION, SPONTANEOUS_INFORMATION):
            rows |= _carried_out(measure, basis)
    return rows | _given_unasked(SPONTANEOUS_INFORMATION, BASES[SPONTANEOUS_INFORMATION])


TABLE = _all_rows()


def any_state(measure: str) -> dict[str, tuple[Side | None, str]]:
    """Steps of every live state of *measure* that leave it as it is: step -> (side or either, provision)."""
    basis = BASES[measure]
    receipt = basis.receipt or "40(19)"
    taker = _taker(measure)
    steps: dict[str, tuple[Side | None, str]] = {
        "question": (_ASKED, basis.talk),
        "supplement": (_ASKING, basis.talk),
        "status-question": (_ASKING, basis.progress),
        "note": (None, basis.progress),
        "warning": (_ASKED, "42(7)"),
        "custody-entry": (None, receipt),
    }
    if basis.delivery:
        steps["onward-request"] = (taker, measures.ONWARD)
        steps["onward-leave"] = (_other(taker), measures.ONWARD)
        steps["disclosure-notice"] = (taker, receipt)
    return steps if measure in measures.WARNED else {step: found for step, found in steps.items() if step != "warning"}


def after_the_end(measure: str) -> dict[str, tuple[Side | None, str]]:
    """Steps that stay possible once a request for *measure* has ended, because an exhibit may still be held."""
    steps = {step: found for step, found in any_state(measure).items() if step in AFTER_THE_END}
    if BASES[measure].delivery:
        steps["custody-receipt"] = (_taker(measure), BASES[measure].receipt)
    return steps


def _taker(measure: str) -> Side:
    """The side that exhibits of *measure* are handed over to."""
    return _ASKED if measure == SPONTANEOUS_INFORMATION else _ASKING


def _other(side: Side) -> Side:
    return _ASKED if side is _ASKING else _ASKING


#: Steps about what was handed over, taken by people: to pass it on, and to disclose what clears an accused.
ON_EXHIBITS = frozenset({"onward-request", "onward-leave", "disclosure-notice"})

#: Steps that stay possible once a request has ended, because an exhibit may still be opened, passed on or returned.
AFTER_THE_END = frozenset({"custody-entry", "custody-receipt", "note"}) | ON_EXHIBITS

_ANY_STATE = {measure: any_state(measure) for measure in MEASURES}
_AFTER = {measure: after_the_end(measure) for measure in MEASURES}

#: Steps that a node takes by itself when it has counted, compared or opened an exhibit; nobody writes them by hand.
BY_THE_NODE = frozenset({"custody-receipt", "custody-entry"})

#: Every step of every measure, in the order in which they are offered.
STEPS = tuple(
    dict.fromkeys(
        [*(step for _, _, step in TABLE), "withdrawal", *any_state(PRESERVATION), *any_state(SPONTANEOUS_INFORMATION)]
    )
)
KINDS = frozenset({"request"} | {step.partition(":")[0] for step in STEPS})


def _needs_two(measure: str, kind: str) -> bool:
    return kind in ("request", "delivery", "release", "onward-leave") or (
        measure in measures.COERCIVE and kind in ("decision", "outcome")
    )


#: (measure, kind) that a second person must approve before it leaves the node.
TWO_PEOPLE = frozenset(
    (measure, kind)
    for measure, kind in {(one, step.partition(":")[0]) for one, _, step in TABLE}
    | {(one, "request") for one in MEASURES}
    | {(one, step) for one in MEASURES for step in any_state(one)}
    if _needs_two(measure, kind)
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
    "outcome": "duty-officer",
    "question": "duty-officer",
    "warning": "duty-officer",
    "release": "duty-officer",
    "note": "duty-officer",
    "onward-request": "drafter",
    "onward-leave": "duty-officer",
    "disclosure-notice": "custodian",
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
        found = Row(State.WITHDRAWN, _ASKING, BASES[measure].progress)
    elif step in (standing := (_ANY_STATE if state in LIVE else _AFTER)[measure]):
        allowed, cite = standing[step]
        found = Row(state, allowed or side, cite)
    elif (measure, state, step) in TABLE:
        found = TABLE[measure, state, step]
    else:
        return None
    return found if found.side is side else None


def permitted(measure: str, state: State, side: Side) -> tuple[str, ...]:
    """The steps that *side* may take on a request of *measure* in *state*, in the order of the table."""
    return tuple(step for step in STEPS if row(measure, state, step, side))
