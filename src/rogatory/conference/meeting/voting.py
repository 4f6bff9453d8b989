"""Voting: a question is put, delegations vote, the presiding officer closes, and the rulebook says what carried.

One State, one vote. A regional organisation casts as many votes as it has members that are Parties here, and never
beside one of them: who votes for whom is settled when the vote is opened, and whoever of the two has voted bars the
other. A vote counts once: a second is refused, or replaces the first while the rules allow it; a late one is refused.
The order in which votes come does not matter, except that a roll-call is called in its order. The quorum is looked at
when a vote is opened: leaving the room does not undo it.
"""

from dataclasses import replace
from unicodedata import combining, normalize

from rogatory.conference.counting import votes as counting
from rogatory.conference.counting.votes import Choice, Count
from rogatory.conference.meeting import asking, questions, settling
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import (
    BadEvent,
    NoRight,
    OrganisationAndMembers,
    OutOfOrder,
    VoteClosed,
    VotedAlready,
)
from rogatory.conference.meeting.state import State, Vote
from rogatory.law.words import Words


def _opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_sitting(state)
    body, voting = event.body, state.book.voting
    if body["about"] != "ruling" or (state.vote is not None and state.vote.question.about == "ruling"):
        asking.require_no_vote(state)
    question = questions.question(state, event)
    method = body.get("method", voting.default)
    _check_method(state, question.target, method)
    made = Vote(
        id=f"V{len(state.votes) + (1 if state.vote is None else 2)}",
        question=question,
        method=method,
        opened_at=event.at,
        order=roll_call(state, body.get("start", "")) if method == "roll-call" else (),
        here=frozenset(one.code for one in asking.voters(state) if one.present),
        cast_for=asking.represented(state),
    )
    return replace(state, vote=made, interrupted=state.vote)


def _check_method(state: State, target: str, method: str) -> None:
    voting = state.book.voting
    cite = state.book.cite(voting.rule)
    if method not in voting.methods:
        raise OutOfOrder(f"votes are taken by: {', '.join(voting.methods)}", cite=cite)
    if method == "secret" and not state.tellers:
        raise OutOfOrder("appoint tellers first, who count a secret ballot", cite=cite)
    for one in state.floor.requests:
        # A recorded vote takes the place of a roll-call: both say by name how each State voted.
        same = one.method == method or (one.method, method) == ("roll-call", "recorded")
        if one.target == target and one.method and not same:
            raise OutOfOrder(f"{one.by} asks for a vote by {one.method}", cite=cite)


def roll_call(state: State, start: str) -> tuple[str, ...]:
    """Those entitled to vote in English alphabetical order, from the State or letter *start* that was drawn."""
    voting = state.book.voting
    order = [one.code for one in sorted(asking.voters(state), key=lambda one: _letters(one.name.en))]
    if not start:
        if voting.roll_call_start == "lot":
            raise BadEvent(
                "a roll-call begins with the State or letter drawn by lot (start)", cite=state.book.cite(voting.rule)
            )
        return tuple(order)
    drawn = _letters(state.seats[start].name.en if start in state.seats else start)
    place = next((at for at, code in enumerate(order) if _letters(state.seats[code].name.en) >= drawn), 0)
    return tuple(order[place:] + order[:place])


def _letters(name: str) -> str:
    """*name* as the alphabet orders it: without accents, capitals like small letters."""
    return "".join(one for one in normalize("NFKD", name) if not combining(one)).casefold()


def weight(state: State, code: str) -> int:
    """How many votes a participant casts: one, or as many as a regional organisation has members that are Parties."""
    return asking.weight(state, code)


def _cast(state: State, event: Event) -> State:
    vote, code, book = _running(state, event), event.by.of, state.book
    choice = Choice(event.body["choice"])
    asking.require_voter(state, code)
    if vote.method in ("show-of-hands", "secret"):
        raise OutOfOrder(f"this vote is taken by {vote.method} and counted", cite=book.cite(book.voting.rule))
    before = vote.votes.get(code)
    if before is not None and (not book.voting.change_until_close or before is choice or vote.method == "roll-call"):
        raise VotedAlready(f"{code} has voted {before}: it counts once", cite=book.cite(book.voting.rights_rule))
    _check_organisation(state, vote, code)
    if vote.method == "roll-call":
        vote = _called(state, vote, code)
    made = replace(
        vote,
        votes=asking.with_one(vote.votes, code, choice),
        weights=asking.with_one(vote.weights, code, weight(state, code)),
    )
    return replace(state, vote=made)


def _check_organisation(state: State, vote: Vote, code: str) -> None:
    cite = state.book.cite(state.book.voting.organisation_rule)
    organisation = vote.cast_for.get(code)
    if organisation:
        among = [one for one, other in vote.cast_for.items() if other == organisation]
        waits = state.seats[organisation].present and not any(one in vote.votes for one in among)
        if organisation in vote.votes or waits:
            raise OrganisationAndMembers(f"{organisation} votes for its members, and {code} is one", cite=cite)
    if not asking.organisation(state, code):
        return
    if code not in vote.cast_for.values():
        raise OrganisationAndMembers(
            f"the members of {code} vote themselves",
            cite=cite,
            remedy="The organisation declares before a vote is opened that it votes for its members.",
        )
    voted = [one for one in state.seats[code].members if one in vote.votes]
    if voted:
        raise OrganisationAndMembers(f"{voted[0]}, a member of {code}, has voted", cite=cite)


def _declared(state: State, event: Event) -> State:
    """A regional organisation says whether it votes for its members from the next vote on."""
    found, cite = asking.require_voter(state, event.by.of), state.book.cite(state.book.voting.organisation_rule)
    asking.require_no_vote(state)
    if not asking.organisation(state, found.code):
        raise NoRight(f"{found.code} is no regional organisation", cite=cite)
    if found.casts == event.body["casts"]:
        raise OutOfOrder("this was declared already", cite=cite)
    for one in state.seats.values():
        shared = set(one.members) & set(found.members) if one.casts and event.body["casts"] else set()
        if shared:
            raise OrganisationAndMembers(f"{one.code} votes for {min(shared)} already", cite=cite)
    return asking.with_seat(state, replace(found, casts=event.body["casts"]))


def _called(state: State, vote: Vote, code: str) -> Vote:
    if vote.asked >= len(vote.order) or vote.order[vote.asked] != code:
        if code in vote.missed:  # whoever did not answer may answer until the vote is closed
            return replace(vote, missed=tuple(one for one in vote.missed if one != code))
        called = vote.order[vote.asked] if vote.asked < len(vote.order) else "nobody"
        raise OutOfOrder(f"{called} is called, not {code}", cite=state.book.cite(state.book.voting.rule))
    return replace(vote, asked=vote.asked + 1)


def _running(state: State, event: Event) -> Vote:
    wanted = event.body["vote"]
    if state.vote is None or state.vote.id != wanted:
        closed = any(one.id == wanted for one in state.votes)
        cite = state.book.cite(state.book.voting.rule)
        if closed:
            raise VoteClosed(f"vote {wanted} is closed", cite=cite)
        raise OutOfOrder(f"no vote {wanted} is being taken", cite=cite)
    return state.vote


def _missed(state: State, event: Event) -> State:
    vote = _running(state, event)
    if vote.method != "roll-call" or vote.asked >= len(vote.order):
        raise OutOfOrder("nobody is being called", cite=state.book.cite(state.book.voting.rule))
    code = vote.order[vote.asked]
    return replace(state, vote=replace(vote, asked=vote.asked + 1, missed=(*vote.missed, code)))


def _counted(state: State, event: Event) -> State:
    vote, cite = _running(state, event), state.book.cite(state.book.voting.rule)
    if vote.method not in ("show-of-hands", "secret"):
        raise OutOfOrder(f"this vote is taken by {vote.method}", cite=cite)
    if vote.method == "secret" and event.by.role != "teller":
        raise NoRight("a secret ballot is counted by the tellers", cite=cite)
    if event.by.role == "teller" and event.by.of not in state.tellers:
        raise NoRight(f"{event.by.of} is no teller", cite=cite)
    body = event.body
    total = body["yes"] + body["no"] + body["abstain"]
    most = asking.capacity(state, vote.here)
    if total > most:
        raise BadEvent(f"{total} votes, and {most} may vote here", cite=cite)
    hands = Count(yes=body["yes"], no=body["no"], abstain=body["abstain"], not_voting=most - total)
    if vote.hands is not None and vote.method == "secret" and vote.counted_by != event.by.of:
        _require_alike(vote, hands, cite)
        return state  # as the first teller counted
    return replace(state, vote=replace(vote, hands=hands, counted_by=event.by.of))


def _require_alike(vote: Vote, hands: Count, cite: str) -> None:
    """Nothing, when the second teller counted as the first; else `OutOfOrder` names the lines, not the numbers."""
    differs = [name for name in ("yes", "no", "abstain") if getattr(vote.hands, name) != getattr(hands, name)]
    if differs:
        raise OutOfOrder(
            f"{vote.counted_by} counted otherwise: {', '.join(differs)}",
            cite=cite,
            remedy="Count again together; the first teller may hand in a new sheet.",
        )


def entitled(state: State) -> int:
    """The votes of those who are here and entitled."""
    return sum(weight(state, one.code) for one in asking.voters(state) if one.present)


def _closed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_settled_or_ruling(state)
    vote, voting = _running(state, event), state.book.voting
    if vote.method in ("show-of-hands", "secret"):
        if vote.hands is None:
            raise OutOfOrder("the count has not been entered", cite=state.book.cite(voting.rule))
        found = vote.hands
    else:
        if vote.method == "roll-call" and vote.asked < len(vote.order):
            raise OutOfOrder(f"{vote.order[vote.asked]} is still to be called", cite=state.book.cite(voting.rule))
        found = counting.count(
            ((choice, vote.weights[code]) for code, choice in sorted(vote.votes.items())),
            entitled=asking.capacity(state, frozenset(vote.votes)),
        )
    majority = state.book.majority(vote.question.subject)
    result = counting.outcome(found, majority.threshold, counted=voting.counted, bases=asking.bases(state))
    closed = replace(vote, closed_at=event.at, outcome=result)
    changed = _over(state, closed)
    changed = settling.settle(changed, closed.question, event, majority=majority, carried=result.adopted)
    # What was asked for on this matter is done; the whole is still to be voted when a part was.
    kept = tuple(one for one in changed.floor.requests if one.target != closed.question.target or closed.question.part)
    return asking.with_floor(changed, requests=kept)


def _over(state: State, closed: Vote) -> State:
    return replace(state, vote=state.interrupted, interrupted=None, votes=(*state.votes, closed))


def _annulled(state: State, event: Event) -> State:
    """A vote whose conduct was found at fault, on a point of order, counts for nothing: the question is put again."""
    asking.require_presiding(state, event)
    asking.require_settled(state)
    vote = _running(state, event)
    if not vote.flawed:
        raise OutOfOrder(
            "no point of order on the conduct of this vote was upheld",
            cite=state.book.cite(state.book.voting.conduct_rule),
        )
    return _over(state, replace(vote, closed_at=event.at))


def _explained(state: State, event: Event) -> State:
    asking.require_quiet(state)
    found, voting = asking.proposal(state, event.body["proposal"]), state.book.voting
    asking.require_voter(state, event.by.of)
    cite = state.book.cite(voting.explanation_rule or voting.conduct_rule)
    if found.status in ("withdrawn", "not-put"):
        raise OutOfOrder(f"{found.id} is not voted on: {found.status}", cite=cite)
    if event.by.of in found.sponsors and not voting.sponsor_explains:
        raise NoRight("the sponsor of a proposal does not explain its vote on it", cite=cite)
    if event.by.of in found.explained:
        raise OutOfOrder(f"{event.by.of} has explained its vote on {found.id}", cite=cite)
    return asking.with_proposal(state, replace(found, explained=(*found.explained, event.by.of)))


KINDS = (
    Kind(
        id="organisation-declares",
        name=Words("Declaration on who votes", "Déclaration sur l'exercice du vote"),
        by=("delegation",),
        apply=_declared,
        rule=lambda book: book.voting.organisation_rule,
        form={"casts": "flag"},
    ),
    Kind(
        id="vote-opened",
        name=Words("Vote opened", "Ouverture du vote"),
        by=("presiding",),
        apply=_opened,
        rule=lambda book: book.voting.rule,
        form={
            "about": "proposal|part|motion|ruling|observer|credentials|item",
            "target": "name?",
            "part": "text?",
            "method": "name?",
            "start": "text?",
        },
    ),
    Kind(
        id="vote-cast",
        name=Words("Vote", "Vote"),
        by=("delegation",),
        apply=_cast,
        rule=lambda book: book.voting.rights_rule,
        form={"vote": "vote", "choice": "yes|no|abstain"},
    ),
    Kind(
        id="roll-call-missed",
        name=Words("No answer to the roll-call", "Pas de réponse à l'appel"),
        by=("secretariat",),
        apply=_missed,
        rule=lambda book: book.voting.rule,
        form={"vote": "vote"},
    ),
    Kind(
        id="votes-counted",
        name=Words("Votes counted", "Décompte des voix"),
        by=("secretariat", "teller"),
        apply=_counted,
        rule=lambda book: book.voting.rule,
        form={"vote": "vote", "yes": "number", "no": "number", "abstain": "number"},
    ),
    Kind(
        id="vote-closed",
        name=Words("Vote closed", "Clôture du vote"),
        by=("presiding",),
        apply=_closed,
        rule=lambda book: book.voting.rule,
        form={"vote": "vote"},
    ),
    Kind(
        id="vote-annulled",
        name=Words("Vote annulled", "Vote annulé"),
        by=("presiding",),
        apply=_annulled,
        rule=lambda book: book.voting.conduct_rule,
        form={"vote": "vote", "reasons": "text"},
    ),
    Kind(
        id="vote-explained",
        name=Words("Explanation of vote", "Explication de vote"),
        by=("delegation",),
        apply=_explained,
        rule=lambda book: book.voting.explanation_rule or book.voting.conduct_rule,
        form={"proposal": "proposal", "text": "text?"},
    ),
)
