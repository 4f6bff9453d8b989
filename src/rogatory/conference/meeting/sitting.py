"""A meeting opens with its quorum, is suspended or adjourned, and the session closes.

The presiding officer opens and resumes; suspending and adjourning a sitting meeting is a motion of a delegation, or the
presiding officer's own proposal when nobody objects. Without the quorum for decisions nothing that is before the
meeting can be decided: the presiding officer may then suspend or adjourn it whatever is pending, and on the last day
close the session.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import OutOfOrder, TooSoon
from rogatory.conference.meeting.state import Phase, State
from rogatory.law.words import Words


def _opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    cite = state.book.cite(state.book.quorum.rule)
    if state.phase not in (Phase.CONVENED, Phase.ADJOURNED):
        raise OutOfOrder(f"the session is {state.phase}", cite=cite)
    if not state.opened and event.at.date() < state.facts.opens:
        raise TooSoon(f"the session opens on {state.facts.opens.isoformat()}", cite=cite)
    if state.notified_at is None:
        raise OutOfOrder("the session was not announced", cite=state.book.cite(state.book.sessions.notice_rule))
    asking.require_any_quorum(state)
    return replace(state, phase=Phase.SITTING, opened=True)


def _suspended(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    _require_pause(state)
    return suspend(state)


def _require_pause(state: State) -> None:
    asking.require_sitting(state)
    asking.require_no_vote(state)
    if asking.quorate(state, state.book.quorum.decide):
        asking.require_settled(state)


def suspend(state: State) -> State:
    """The meeting pauses; the floor is kept as it is, but nobody speaks."""
    return replace(asking.with_floor(state, speaking=None), phase=Phase.SUSPENDED)


def _resumed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    if state.phase is not Phase.SUSPENDED:
        raise OutOfOrder(f"the meeting is not suspended: {state.phase}", cite=asking.cite_presiding(state))
    asking.require_any_quorum(state)
    return replace(state, phase=Phase.SITTING)


def _adjourned(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    _require_pause(state)
    if state.motion is not None and asking.quorate(state, state.book.quorum.decide):
        raise OutOfOrder(f"the motion {state.motion.motion} is pending", cite=asking.cite_precedence(state))
    return adjourn(asking.with_floor(state, motions=()))


def adjourn(state: State) -> State:
    """The meeting ends; another may be opened within the session."""
    seats = {code: replace(one, present=False) for code, one in state.seats.items()}
    return replace(asking.with_floor(state, speaking=None), phase=Phase.ADJOURNED, private=False, seats=seats)


def _closed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_sitting(state)
    asking.require_no_vote(state)
    if event.at.date() >= state.facts.closes and not asking.quorate(state, state.book.quorum.decide):
        return replace(_put_off(state), phase=Phase.CLOSED)
    asking.require_settled(state)
    asking.require_free(state)
    cite = asking.cite_presiding(state)
    if state.item:
        raise OutOfOrder(f"item {state.item} is still under discussion", cite=cite)
    running = [one.id for one in state.contests.values() if not one.concluded]
    if running:
        raise OutOfOrder(f"election {running[0]} is not concluded", cite=cite)
    return replace(state, phase=Phase.CLOSED)


def _put_off(state: State) -> State:
    """The last day has come, and nobody is left to decide: what is under way stays undecided."""
    items = tuple(replace(one, status="adjourned") if one.id == state.item else one for one in state.items)
    floor = replace(state.floor, speaking=None, point=None, motions=())
    return replace(state, items=items, item="", floor=floor)


KINDS = (
    Kind(
        id="meeting-opened",
        name=Words("Opening of the meeting", "Ouverture de la séance"),
        by=("presiding",),
        apply=_opened,
        rule=lambda book: book.quorum.rule,
    ),
    Kind(
        id="meeting-suspended",
        name=Words("Suspension of the meeting", "Suspension de la séance"),
        by=("presiding",),
        apply=_suspended,
        rule=lambda book: book.officers.presiding_rule,
    ),
    Kind(
        id="meeting-resumed",
        name=Words("The meeting resumes", "Reprise de la séance"),
        by=("presiding",),
        apply=_resumed,
        rule=lambda book: book.quorum.rule,
    ),
    Kind(
        id="meeting-adjourned",
        name=Words("The meeting rises", "Levée de la séance"),
        by=("presiding",),
        apply=_adjourned,
        rule=lambda book: book.officers.presiding_rule,
    ),
    Kind(
        id="session-closed",
        name=Words("Closing of the session", "Clôture de la session"),
        by=("presiding",),
        apply=_closed,
        rule=lambda book: book.officers.presiding_rule,
    ),
)
