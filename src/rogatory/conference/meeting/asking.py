"""What every handler asks of a meeting: who may act, who is there, whether there is a quorum, where a matter stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.refusals import (
    CredentialsMissing,
    NoQuorum,
    NoRight,
    NotPresent,
    NotPresiding,
    NoVote,
    OutOfOrder,
    UnknownMatter,
    UnknownParticipant,
    Withdrawn,
)
from rogatory.conference.meeting.state import (
    Decision,
    Floor,
    Item,
    Phase,
    Place,
    Proposal,
    Seat,
    Standing,
    State,
)
from rogatory.conference.rulebook.model import Speaks
from rogatory.law.words import Words

Value = TypeVar("Value")


def seat(state: State, code: str) -> Seat:
    """The participant called *code*; raises `UnknownParticipant`."""
    found = state.seats.get(code)
    if found is None:
        raise UnknownParticipant(f"no participant of this session is called {code}")
    return found


def with_seat(state: State, changed: Seat) -> State:
    """*state* with that participant as it is now."""
    return replace(state, seats=with_one(state.seats, changed.code, changed))


def with_one(values: Mapping[str, Value], key: str, value: Value) -> dict[str, Value]:
    """*values* with one of them set."""
    return {**values, key: value}


def item(state: State, id: str) -> Item:
    """The agenda item *id*; raises `UnknownMatter`."""
    for one in state.items:
        if one.id == id:
            return one
    raise UnknownMatter(f"the agenda has no item {id}")


def with_item(state: State, changed: Item) -> State:
    """*state* with that item as it is now."""
    return replace(state, items=tuple(changed if one.id == changed.id else one for one in state.items))


def proposal(state: State, id: str) -> Proposal:
    """The proposal or amendment *id*; raises `UnknownMatter`."""
    found = state.proposals.get(id)
    if found is None:
        raise UnknownMatter(f"there is no proposal {id}")
    return found


def open_proposal(state: State, id: str) -> Proposal:
    """The same, still to be decided; raises `Withdrawn` or `OutOfOrder` when it is not."""
    found = proposal(state, id)
    if found.status == "withdrawn":
        raise Withdrawn(f"{id} was withdrawn", cite=state.book.cite(state.book.proposals.withdrawal_rule))
    if found.status != "open":
        raise OutOfOrder(
            f"{id} was decided already: {found.status}",
            cite=state.book.cite(state.book.proposals.reconsideration_rule),
            remedy="A motion to reconsider may be moved.",
        )
    return found


def with_proposal(state: State, changed: Proposal) -> State:
    """*state* with that proposal as it is now."""
    return replace(state, proposals=with_one(state.proposals, changed.id, changed))


def with_floor(state: State, **changes: object) -> State:
    """*state* with these changes of the floor."""
    floor: Floor = replace(state.floor, **changes)  # type: ignore[arg-type]
    return replace(state, floor=floor)


def require_presiding(state: State, event: Event) -> None:
    """Nothing, when the one who acts is in the chair; raises `NotPresiding`."""
    if event.by.role == "presiding" and event.by.of != state.presiding:
        who = state.presiding or "nobody"
        raise NotPresiding(f"{event.by.of} does not preside; {who} does", cite=cite_presiding(state))


def cite_presiding(state: State) -> str:
    """The rule on the powers of the presiding officer."""
    return state.book.cite(state.book.officers.presiding_rule)


def require_sitting(state: State) -> None:
    """Nothing, while a meeting is sitting; raises `OutOfOrder`."""
    if state.phase is not Phase.SITTING:
        raise OutOfOrder(f"no meeting is sitting: the session is {state.phase}", cite=cite_presiding(state))


def require_no_vote(state: State) -> None:
    """Nothing, unless a vote is being taken, which nothing interrupts; raises `OutOfOrder`."""
    if state.vote is not None:
        raise OutOfOrder(
            f"vote {state.vote.id} is being taken, and nothing interrupts it but a point of order on its conduct",
            cite=state.book.cite(state.book.voting.conduct_rule),
        )
    for contest in state.contests.values():
        if contest.ballot_open:
            raise OutOfOrder(
                f"a ballot of election {contest.id} is being taken",
                cite=state.book.cite(state.book.voting.conduct_rule),
            )


def require_settled(state: State) -> None:
    """Nothing, unless a point of order waits for its ruling or an appeal for its vote; raises `OutOfOrder`."""
    if state.floor.point is not None:
        raise OutOfOrder(
            "a point of order is before the meeting and is decided at once",
            cite=state.book.cite(state.book.speaking.point_rule),
        )


def require_settled_or_ruling(state: State) -> None:
    """The same, except while the vote being taken is the one on that very ruling."""
    if state.vote is None or state.vote.question.about != "ruling":
        require_settled(state)


def require_quiet(state: State) -> None:
    """A meeting is sitting, no vote is being taken, no point of order waits."""
    require_sitting(state)
    require_no_vote(state)
    require_settled(state)


def require_place(state: State, code: str) -> Seat:
    """The participant *code*, seated and in the room; raises `NoRight` or `NotPresent`."""
    found = seat(state, code)
    if found.place is not Place.SEATED:
        raise NoRight(f"{code} is not admitted to the session", cite=state.book.cite(state.kind(code).rule))
    if not found.present:
        raise NotPresent(f"{code} is not recorded as present")
    return found


def require_speaker(state: State, code: str) -> Seat:
    """The participant *code*, which may ask for the floor; raises `NoRight`."""
    found = require_place(state, code)
    kind = state.kind(code)
    if kind.speaks is Speaks.NEVER:
        raise NoRight(f"{kind.name.en}: no right to speak", cite=state.book.cite(kind.rule))
    return found


def require_proposer(state: State, code: str) -> Seat:
    """The participant *code*, which may propose, move and raise points of order; raises `NoRight`."""
    found = require_place(state, code)
    kind = state.kind(code)
    if not kind.proposes:
        raise NoRight(f"{kind.name.en}: may not propose or move anything", cite=state.book.cite(kind.rule))
    return found


def require_voter(state: State, code: str, *, present: bool = True) -> Seat:
    """The participant *code*, entitled to vote now; raises `NoVote`, `CredentialsMissing` or `NotPresent`."""
    found = seat(state, code)
    kind, book = state.kind(code), state.book
    if not kind.votes:
        raise NoVote(f"{kind.name.en}: no vote", cite=book.cite(kind.rule))
    if not accredited(state, found):
        raise CredentialsMissing(
            f"the credentials of {code}: {found.credentials}", cite=book.cite(book.credentials.seat_rule)
        )
    if present and not found.present:
        raise NotPresent(f"{code} is not recorded as present")
    return found


def accredited(state: State, found: Seat) -> bool:
    """Whether its credentials let a delegation take part in decisions."""
    rules = state.book.credentials
    if not state.kind(found.code).credentials or not rules.vote_needs_acceptance:
        return found.credentials is not Standing.REFUSED
    if found.credentials is Standing.SUBMITTED:
        return rules.provisional_seat
    if found.credentials is Standing.CHALLENGED:
        return rules.challenged_keeps_rights
    return found.credentials is Standing.ACCEPTED


def voters(state: State) -> tuple[Seat, ...]:
    """Who is entitled to vote now, present or not, by code: an organisation that casts, or its members, never both."""
    cast_for = represented(state)
    return tuple(
        one
        for code, one in sorted(state.seats.items())
        if state.kind(code).votes and accredited(state, one) and code not in cast_for and (one.casts or not one.members)
    )


def represented(state: State) -> dict[str, str]:
    """The States for which a regional organisation has declared that it votes: State to organisation."""
    casting = [one for one in state.seats.values() if one.casts and one.present]
    return {member: one.code for one in casting for member in one.members}


def base(state: State, of: Base) -> int:
    """How many States the share of a quorum or majority is taken of.

    A regional organisation is not counted beside its members: it adds no State to the room.
    """
    parties = [one for one in state.seats.values() if state.kind(one.code).votes and not one.members]
    if of is Base.PARTIES:
        return len(parties)
    if of is Base.PARTICIPATING:
        return sum(1 for one in parties if one.registered)
    return sum(1 for one in parties if one.present and accredited(state, one))


def bases(state: State) -> dict[Base, int]:
    """The numbers of all bases that a vote's majority may be taken of."""
    return {of: base(state, of) for of in (Base.PARTIES, Base.PARTICIPATING, Base.PRESENT)}


def quorate(state: State, threshold: Threshold) -> bool:
    """Whether as many States are present as *threshold* wants."""
    return threshold.reached(base(state, Base.PRESENT), base(state, threshold.of))


def require_quorum(state: State, threshold: Threshold, what: str) -> None:
    """Nothing, when there is the quorum for *what*; raises `NoQuorum` with the numbers."""
    if quorate(state, threshold):
        return
    here, number = base(state, Base.PRESENT), base(state, threshold.of)
    raise NoQuorum(
        f"{here} present; to {what}, {threshold.needed(number)} are needed ({threshold.words().en}: {number})",
        cite=state.book.cite(state.book.quorum.rule),
    )


def require_any_quorum(state: State) -> None:
    """Nothing, when the debate may proceed; raises `NoQuorum`."""
    require_quorum(state, state.book.quorum.open, "open the meeting and let the debate proceed")


def decided(state: State, event: Event, what: Words, *, about: str, target: str, how: str, rule: str) -> State:
    """*state* with one decision more."""
    made = Decision(
        number=len(state.decisions) + 1,
        what=what,
        about=about,
        target=target,
        how=how,
        at=event.at,
        rule=rule,
        vote=state.votes[-1].id if how == "vote" and state.votes else "",
    )
    return replace(state, decisions=(*state.decisions, made))
