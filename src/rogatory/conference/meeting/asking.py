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


def require_free(state: State) -> None:
    """Nothing, unless a motion is pending or somebody has the floor; raises `OutOfOrder`."""
    if state.motion is not None:
        raise OutOfOrder(f"the motion {state.motion.motion} comes first", cite=cite_precedence(state))
    if state.floor.speaking is not None:
        raise OutOfOrder(f"{state.floor.speaking.code} has the floor", cite=state.book.cite(state.book.speaking.rule))


def require_heard(state: State) -> None:
    """Nothing, unless somebody here still waits to speak while the debate is not closed; raises `OutOfOrder`."""
    for one in state.floor.waiting:
        if state.seats[one.code].present and (one.purpose == "reply" or not state.floor.debate_closed):
            raise OutOfOrder(
                f"{one.code} is on the list of speakers",
                cite=state.book.cite(state.book.speaking.list_rule),
                remedy="Give it the floor; a delegation may also move to close the debate.",
            )


def cite_precedence(state: State) -> str:
    """The rule on the order of motions."""
    return state.book.cite(state.book.precedence_rule or state.book.proposals.rule)


def require_unopposed(state: State, target: str) -> None:
    """Nothing, unless a delegation asks that *target* be put to the vote; raises `OutOfOrder`."""
    for one in state.floor.requests:
        if one.target == target:
            raise OutOfOrder(
                f"{one.by} asks for a vote on {target}",
                cite=state.book.cite(state.book.voting.consensus_rule),
                remedy="Open a vote on it, or seek agreement; whoever asked may withdraw the request.",
            )


def suspended(state: State, rule: str) -> bool:
    """Whether the body has suspended *rule*."""
    return rule in state.suspended_rules


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
    found = require_admitted(state, code)
    if not found.present:
        raise NotPresent(f"{code} is not recorded as present", cite=state.book.cite(state.book.quorum.rule))
    return found


def require_admitted(state: State, code: str) -> Seat:
    """The participant *code*, seated and not turned away; raises `NoRight` or `CredentialsMissing`."""
    found, book = seat(state, code), state.book
    if found.place is not Place.SEATED:
        raise NoRight(f"{code} is not admitted to the session", cite=book.cite(state.kind(code).rule))
    if found.credentials is Standing.REFUSED:
        raise CredentialsMissing(f"the credentials of {code} were refused", cite=book.cite(book.credentials.seat_rule))
    return found


def require_speaker(state: State, code: str) -> Seat:
    """The participant *code*, which may ask for the floor; raises `NoRight`."""
    found = require_place(state, code)
    kind = state.kind(code)
    if kind.speaks is Speaks.NEVER:
        raise NoRight(f"{kind.name.en}: no right to speak", cite=state.book.cite(kind.rule))
    return found


def require_proposer(state: State, code: str, *, present: bool = True) -> Seat:
    """The participant *code*, which may propose, move and raise points of order; raises `NoRight`."""
    found = require_place(state, code) if present else require_admitted(state, code)
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
        raise NotPresent(f"{code} is not recorded as present", cite=book.cite(book.voting.rights_rule))
    return found


def accredited(state: State, found: Seat) -> bool:
    """Whether its credentials let a delegation take part in decisions.

    New credentials after a refusal give no provisional seat: the body has decided, and decides again.
    """
    rules = state.book.credentials
    if not state.kind(found.code).credentials or not rules.vote_needs_acceptance:
        return found.credentials is not Standing.REFUSED
    if found.credentials is Standing.SUBMITTED:
        return rules.provisional_seat and not found.judged
    if found.credentials is Standing.CHALLENGED:
        return rules.challenged_keeps_rights and not found.judged
    return found.credentials is Standing.ACCEPTED


def organisation(state: State, code: str) -> bool:
    """Whether *code* is a regional organisation, which votes for its members and is no State."""
    covers = state.kind(code).covers
    return bool(state.seats[code].members) or ("regional-organisation-party" in covers and "party" not in covers)


def weight(state: State, code: str) -> int:
    """How many votes a participant casts: one, or as many as a regional organisation has members that are Parties."""
    if not organisation(state, code):
        return 1
    return sum(1 for one in state.seats[code].members if state.kind(one).votes)


def voters(state: State) -> tuple[Seat, ...]:
    """Who is entitled to vote now, present or not, by code: an organisation that casts, or its members, never both."""
    cast_for = represented(state)
    return tuple(
        one
        for code, one in sorted(state.seats.items())
        if state.kind(code).votes
        and accredited(state, one)
        and code not in cast_for
        and (not organisation(state, code) or (one.casts and weight(state, code)))
    )


def represented(state: State) -> dict[str, str]:
    """The States for which a regional organisation has declared that it votes: State to organisation."""
    casting = [one for one in state.seats.values() if one.casts and one.present and accredited(state, one)]
    return {member: one.code for one in casting for member in one.members}


def entered(state: State, code: str) -> State:
    """*state* after *code* came in: whoever comes while a vote or ballot is taken may still take part in it."""
    if state.vote is not None:
        state = replace(state, vote=replace(state.vote, here=state.vote.here | {code}))
    if state.interrupted is not None:
        state = replace(state, interrupted=replace(state.interrupted, here=state.interrupted.here | {code}))
    for one in state.contests.values():
        if one.ballot_open:
            made = replace(one, here=one.here | {code})
            state = replace(state, contests=with_one(state.contests, one.id, made))
    return state


def capacity(state: State, here: frozenset[str]) -> int:
    """The most votes that those *here* can have cast: never more than there are States Parties."""
    votes = sum(weight(state, one.code) for one in voters(state) if one.present or one.code in here)
    return min(votes, base(state, Base.PARTIES))


def base(state: State, of: Base) -> int:
    """How many States the share of a quorum or majority is taken of.

    A regional organisation is not counted beside its members: it adds no State to the room. Those present count with
    credentials that were handed in and not refused: the body must be able to decide on them.
    """
    parties = [one for one in state.seats.values() if state.kind(one.code).votes and not organisation(state, one.code)]
    if of is Base.PARTIES:
        return len(parties)
    if of is Base.PARTICIPATING:
        return sum(1 for one in parties if one.registered)
    return sum(1 for one in parties if one.present and _counted(state, one))


def _counted(state: State, found: Seat) -> bool:
    if state.kind(found.code).credentials and state.book.credentials.vote_needs_acceptance:
        handed_in = found.credentials in (Standing.SUBMITTED, Standing.CHALLENGED) and not found.judged
        return handed_in or found.credentials is Standing.ACCEPTED
    return found.credentials is not Standing.REFUSED


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
        vote=state.votes[-1].id if how in ("vote", "vote-rejected") and state.votes else "",
    )
    return replace(state, decisions=(*state.decisions, made))
