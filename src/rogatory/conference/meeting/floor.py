"""The list of speakers: in the order in which they asked, replies last, with the time that the body allows.

Nobody speaks unless called by the presiding officer. A closed list takes nobody more, but a right of reply stays.
Debate needs the quorum that opens a meeting.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import NoRight, OutOfOrder
from rogatory.conference.meeting.state import Speaker, State
from rogatory.conference.rulebook.model import Speaks
from rogatory.law.words import Words


def _asked(state: State, event: Event) -> State:
    asking.require_sitting(state)
    book, code = state.book, event.by.of
    purpose = event.body.get("purpose", "statement")
    asking.require_speaker(state, code)
    if any(one.code == code and one.purpose == purpose for one in state.floor.waiting):
        raise OutOfOrder(f"{code} is on the list already", cite=book.cite(book.speaking.list_rule))
    if purpose == "reply":
        _check_reply(state, code)
    elif state.floor.list_closed or state.floor.debate_closed:
        raise OutOfOrder("the list of speakers is closed", cite=book.cite(book.speaking.list_rule))
    return asking.with_floor(
        state, waiting=(*state.floor.waiting, Speaker(code=code, purpose=purpose, asked_at=event.at))
    )


def _check_reply(state: State, code: str) -> None:
    book = state.book
    cite = book.cite(book.speaking.reply_rule)
    if not state.kind(code).replies:
        raise NoRight(f"{state.kind(code).name.en}: no right of reply", cite=cite)
    most = book.speaking.replies
    if most and state.floor.replies.get(code, 0) >= most:
        raise OutOfOrder(f"{code} has replied {most} times on this item", cite=cite)


def _left(state: State, event: Event) -> State:
    code = event.by.of
    kept = tuple(one for one in state.floor.waiting if one.code != code)
    if len(kept) == len(state.floor.waiting):
        raise OutOfOrder(f"{code} is not on the list", cite=state.book.cite(state.book.speaking.list_rule))
    return asking.with_floor(state, waiting=kept)


def order(state: State) -> tuple[Speaker, ...]:
    """The list as it is called: statements as they asked, then replies."""
    return tuple(sorted(state.floor.waiting, key=lambda one: one.purpose == "reply"))


def _given(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_any_quorum(state)
    cite = state.book.cite(state.book.speaking.rule)
    if state.floor.speaking is not None:
        raise OutOfOrder(f"{state.floor.speaking.code} has the floor", cite=cite)
    if state.floor.motions:
        raise OutOfOrder("a motion is before the meeting and comes first", cite=cite)
    if not state.floor.waiting:
        raise OutOfOrder("nobody has asked for the floor", cite=cite)
    first = order(state)[0]
    if event.body["seat"] != first.code:
        raise OutOfOrder(f"{first.code} asked first", cite=cite)
    if state.kind(first.code).speaks is Speaks.INVITED and not event.body.get("invited", False):
        raise NoRight(
            f"{first.code} speaks by invitation only, with the approval of the body",
            cite=state.book.cite(state.kind(first.code).rule),
            remedy="Say that the body approves the invitation.",
        )
    waiting = tuple(one for one in state.floor.waiting if one is not first)
    replies = dict(state.floor.replies)
    if first.purpose == "reply":
        replies[first.code] = replies.get(first.code, 0) + 1
    speaking = replace(first, since=event.at, seconds=_seconds(state, first.purpose))
    return asking.with_floor(state, speaking=speaking, waiting=waiting, replies=replies)


def _seconds(state: State, purpose: str) -> int:
    if purpose == "reply":
        return state.book.speaking.reply_seconds
    return state.floor.seconds or state.book.speaking.statement_seconds


def _ended(state: State, event: Event) -> State:
    asking.require_sitting(state)
    asking.require_presiding(state, event)
    speaking = state.floor.speaking
    cite = state.book.cite(state.book.speaking.rule)
    if speaking is None:
        raise OutOfOrder("nobody has the floor", cite=cite)
    if event.by.role == "delegation" and event.by.of != speaking.code:
        raise NoRight(f"{speaking.code} has the floor", cite=cite)
    return asking.with_floor(state, speaking=None)


def _called_to_order(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    speaking = state.floor.speaking
    if speaking is None:
        raise OutOfOrder("nobody has the floor", cite=state.book.cite(state.book.speaking.rule))
    return asking.with_floor(state, speaking=replace(speaking, called_to_order=speaking.called_to_order + 1))


def _list_closed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    if state.floor.list_closed:
        raise OutOfOrder("the list is closed already", cite=state.book.cite(state.book.speaking.list_rule))
    return asking.with_floor(state, list_closed=True)


def _list_reopened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    if not state.floor.list_closed or state.floor.debate_closed:
        raise OutOfOrder(
            "the list is open, or the debate is closed", cite=state.book.cite(state.book.speaking.list_rule)
        )
    return asking.with_floor(state, list_closed=False)


KINDS = (
    Kind(
        id="floor-asked",
        name=Words("Request for the floor", "Demande de parole"),
        by=("delegation",),
        apply=_asked,
        rule=lambda book: book.speaking.list_rule,
        form={"purpose": "statement|reply?"},
    ),
    Kind(
        id="floor-declined",
        name=Words("Leaves the list of speakers", "Renonce à la parole"),
        by=("delegation",),
        apply=_left,
        rule=lambda book: book.speaking.list_rule,
    ),
    Kind(
        id="floor-given",
        name=Words("Has the floor", "A la parole"),
        by=("presiding",),
        apply=_given,
        rule=lambda book: book.speaking.rule,
        form={"seat": "seat", "invited": "flag?"},
    ),
    Kind(
        id="floor-ended",
        name=Words("End of the statement", "Fin de l'intervention"),
        by=("presiding", "secretariat", "delegation"),
        apply=_ended,
        rule=lambda book: book.speaking.rule,
    ),
    Kind(
        id="called-to-order",
        name=Words("Call to order", "Rappel à l'ordre"),
        by=("presiding",),
        apply=_called_to_order,
        rule=lambda book: book.speaking.rule,
    ),
    Kind(
        id="list-closed",
        name=Words("List of speakers closed", "Liste des orateurs close"),
        by=("presiding",),
        apply=_list_closed,
        rule=lambda book: book.speaking.list_rule,
    ),
    Kind(
        id="list-reopened",
        name=Words("List of speakers reopened", "Liste des orateurs rouverte"),
        by=("presiding",),
        apply=_list_reopened,
        rule=lambda book: book.speaking.list_rule,
    ),
)
