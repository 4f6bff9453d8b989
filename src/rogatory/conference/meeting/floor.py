"""The list of speakers: in the order in which they asked, replies last, with the time that the body allows.

Nobody speaks unless called by the presiding officer. A closed list takes nobody more, but a right of reply stays.
Debate needs the quorum that opens a meeting. Whoever has left the room is passed over and keeps the place on the list.
Going over the time is for the screen to show and for the presiding officer to stop: nothing here measures it.

A delegation may ask that a matter be put to the vote, and by which method: then it is not decided without one.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import NoRight, OutOfOrder, UnknownMatter
from rogatory.conference.meeting.state import Place, Request, Speaker, Standing, State
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
    elif state.floor.debate_closed or (
        state.floor.list_closed and not asking.suspended(state, book.speaking.list_rule)
    ):
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
    lifted = asking.suspended(state, book.speaking.reply_rule)
    if most and state.floor.replies.get(code, 0) >= most and not lifted:
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


def called(state: State) -> Speaker | None:
    """Who is called next: the first on the list who is in the room."""
    return next((one for one in order(state) if state.seats[one.code].present), None)


def _given(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_any_quorum(state)
    cite = state.book.cite(state.book.speaking.rule)
    if state.floor.speaking is not None:
        raise OutOfOrder(f"{state.floor.speaking.code} has the floor", cite=cite)
    if state.floor.motions:
        raise OutOfOrder("a motion is before the meeting and comes first", cite=cite)
    first = called(state)
    if first is None:
        raise OutOfOrder("nobody here has asked for the floor", cite=cite)
    if event.body["seat"] != first.code:
        raise OutOfOrder(f"{first.code} asked first", cite=cite)
    asking.require_speaker(state, first.code)
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


def _vote_requested(state: State, event: Event) -> State:
    asking.require_sitting(state)
    asking.require_no_vote(state)
    asking.require_voter(state, event.by.of)
    target, method, voting = event.body["target"], event.body.get("method", ""), state.book.voting
    if target not in matters(state):
        raise UnknownMatter(f"nothing called {target} waits for a decision")
    if method and method != voting.on_request:
        raise OutOfOrder(f"a delegation may ask for: {voting.on_request}", cite=state.book.cite(voting.rule))
    if any((one.by, one.target) == (event.by.of, target) for one in state.floor.requests):
        raise OutOfOrder(f"{event.by.of} has asked for it already", cite=state.book.cite(voting.rule))
    made = Request(by=event.by.of, target=target, method=method)
    return asking.with_floor(state, requests=(*state.floor.requests, made))


def matters(state: State) -> set[str]:
    """What a vote may be asked for on: proposals, motions, elections, items, the agenda, observers, credentials."""
    found = {one.id for one in state.proposals.values() if one.status == "open"}
    found |= {one.id for one in (*state.floor.motions, *state.floor.notices)}
    found |= {one.id for one in state.contests.values() if not one.concluded}
    found |= {
        one.code
        for one in state.seats.values()
        if one.place is Place.OBJECTED or one.credentials is Standing.CHALLENGED
    }
    if not state.agenda_adopted:
        found |= {"agenda", *(one.id for one in state.items if one.status == "proposed")}
    return found


def _request_withdrawn(state: State, event: Event) -> State:
    target = event.body["target"]
    kept = tuple(one for one in state.floor.requests if (one.by, one.target) != (event.by.of, target))
    if len(kept) == len(state.floor.requests):
        raise OutOfOrder(
            f"{event.by.of} has asked for no vote on {target}", cite=state.book.cite(state.book.voting.rule)
        )
    return asking.with_floor(state, requests=kept)


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
        id="vote-requested",
        name=Words("Request for a vote", "Demande de vote"),
        by=("delegation",),
        apply=_vote_requested,
        rule=lambda book: book.voting.rule,
        form={"target": "name", "method": "name?"},
    ),
    Kind(
        id="vote-request-withdrawn",
        name=Words("Request for a vote withdrawn", "Demande de vote retirée"),
        by=("delegation",),
        apply=_request_withdrawn,
        rule=lambda book: book.voting.rule,
        form={"target": "name"},
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
