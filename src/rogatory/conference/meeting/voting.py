"""Voting: a question is put, delegations vote, the presiding officer closes, and the rulebook says what carried.

One State, one vote. A regional organisation casts as many votes as it has members that are Parties here, and never
beside one of them. A vote counts once: a second is refused, or replaces the first while the rules allow it; a late one
is refused. The order in which votes come does not matter, except that a roll-call is called in its order.
"""

from dataclasses import replace

from rogatory.conference.counting import votes as counting
from rogatory.conference.counting.votes import Choice, Count
from rogatory.conference.meeting import asking, motions, proposals, seating
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import (
    BadEvent,
    NoRight,
    OrganisationAndMembers,
    OutOfOrder,
    VoteClosed,
    VotedAlready,
)
from rogatory.conference.meeting.state import Place, Question, Standing, State, Vote
from rogatory.conference.rulebook.model import Majority
from rogatory.law.words import Words


def _opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_sitting(state)
    asking.require_no_vote(state)
    body, voting = event.body, state.book.voting
    question = _question(state, event)
    method = body.get("method", voting.default)
    if method not in voting.methods:
        raise OutOfOrder(f"votes are taken by: {', '.join(voting.methods)}", cite=state.book.cite(voting.rule))
    made = Vote(
        id=f"V{len(state.votes) + 1}",
        question=question,
        method=method,
        opened_at=event.at,
        order=roll_call(state, body.get("start", "")) if method == "roll-call" else (),
    )
    return replace(state, vote=made)


def _question(state: State, event: Event) -> Question:
    about, target = event.body["about"], event.body.get("target", "")
    if about == "ruling":
        return _on_ruling(state)
    asking.require_settled(state)
    if about == "motion":
        return _on_motion(state, target, event)
    if state.floor.motions or state.floor.speaking is not None:
        raise OutOfOrder("a motion is pending, or somebody has the floor", cite=asking.cite_presiding(state))
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    if about == "observer":
        return _on_observer(state, target)
    if about == "credentials":
        if asking.seat(state, target).credentials is not Standing.CHALLENGED:
            raise OutOfOrder(
                f"the credentials of {target} are not challenged",
                cite=state.book.cite(state.book.credentials.seat_rule),
            )
        return Question(about="credentials", target=target, subject="credentials")
    return _on_proposal(state, event, about, target)


def _on_ruling(state: State) -> Question:
    point = state.floor.point
    if point is None or not point.appealed_by:
        raise OutOfOrder("no appeal is before the meeting", cite=state.book.cite(state.book.speaking.point_rule))
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    return Question(about="ruling", target=point.by, subject="ruling")


def _on_motion(state: State, target: str, event: Event) -> Question:
    found = motions.first(state, target)
    rule = motions.rule_of(state, found.motion)
    motions.needs_decision_quorum(state, rule)
    motions.notice_passed(state, found, event)
    return Question(about="motion", target=found.id, subject=rule.subject)


def _on_observer(state: State, target: str) -> Question:
    if asking.seat(state, target).place is not Place.OBJECTED:
        raise OutOfOrder(f"nobody objects to {target}", cite=state.book.cite(state.kind(target).rule))
    return Question(about="observer", target=target, subject="observers")


def _on_proposal(state: State, event: Event, about: str, target: str) -> Question:
    found = asking.open_proposal(state, target)
    proposals.require_ready(state, found, event)
    proposals.require_effort(state, found)
    cite = state.book.cite(state.book.proposals.division_rule)
    left = [one.id for one in found.parts if one.status == "open"]
    if about == "proposal":
        if left:
            raise OutOfOrder(f"part {left[0]} is voted first", cite=cite)
        return Question(about="proposal", target=found.id, subject=found.subject)
    part = event.body.get("part", "")
    if part not in left:
        raise OutOfOrder(f"{found.id} has no part {part!r} to be voted: {', '.join(left) or 'none'}", cite=cite)
    return Question(about="part", target=found.id, subject=found.subject, part=part)


def roll_call(state: State, start: str) -> tuple[str, ...]:
    """Those entitled to vote in English alphabetical order, from the State or letter *start* that was drawn."""
    voting = state.book.voting
    order = [one.code for one in sorted(asking.voters(state), key=lambda one: one.name.en)]
    if not start:
        if voting.roll_call_start == "lot":
            raise BadEvent(
                "a roll-call begins with the State or letter drawn by lot (start)", cite=state.book.cite(voting.rule)
            )
        return tuple(order)
    if start in order:
        place = order.index(start)
    else:
        place = next((at for at, code in enumerate(order) if state.seats[code].name.en.upper() >= start.upper()), 0)
    return tuple(order[place:] + order[:place])


def weight(state: State, code: str) -> int:
    """How many votes a participant casts: one, or as many as a regional organisation has members that are Parties."""
    members = state.seats[code].members
    return sum(1 for one in members if state.kind(one).votes) if members else 1


def _cast(state: State, event: Event) -> State:
    vote, code, book = _running(state, event), event.by.of, state.book
    choice = Choice(event.body["choice"])
    asking.require_voter(state, code)
    if vote.method in ("show-of-hands", "secret"):
        raise OutOfOrder(f"this vote is taken by {vote.method} and counted", cite=book.cite(book.voting.rule))
    before = vote.votes.get(code)
    if before is not None and (not book.voting.change_until_close or before is choice or vote.method == "roll-call"):
        raise VotedAlready(f"{code} has voted {before}: it counts once", cite=book.cite(book.voting.rights_rule))
    _check_organisation(state, code)
    if vote.method == "roll-call":
        vote = _called(state, vote, code)
    made = replace(
        vote,
        votes=asking.with_one(vote.votes, code, choice),
        weights=asking.with_one(vote.weights, code, weight(state, code)),
    )
    return replace(state, vote=made)


def _check_organisation(state: State, code: str) -> None:
    cite = state.book.cite(state.book.voting.organisation_rule)
    organisation = asking.represented(state).get(code)
    if organisation:
        raise OrganisationAndMembers(f"{organisation} votes for its members, and {code} is one", cite=cite)
    found = state.seats[code]
    if found.members and not found.casts:
        raise OrganisationAndMembers(
            f"the members of {code} vote themselves",
            cite=cite,
            remedy="The organisation declares before a vote is opened that it votes for its members.",
        )


def _declared(state: State, event: Event) -> State:
    """A regional organisation says whether it votes for its members from the next vote on."""
    found, cite = asking.require_voter(state, event.by.of), state.book.cite(state.book.voting.organisation_rule)
    asking.require_no_vote(state)
    if not found.members:
        raise NoRight(f"{found.code} is no regional organisation", cite=cite)
    if found.casts == event.body["casts"]:
        raise OutOfOrder("this was declared already", cite=cite)
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
    if vote.method == "secret" and event.by.of not in state.tellers:
        raise NoRight("a secret ballot is counted by the tellers", cite=cite)
    body = event.body
    total = body["yes"] + body["no"] + body["abstain"]
    most = entitled(state)
    if total > most:
        raise BadEvent(f"{total} votes, and {most} may vote here", cite=cite)
    hands = Count(yes=body["yes"], no=body["no"], abstain=body["abstain"], not_voting=most - total)
    return replace(state, vote=replace(vote, hands=hands))


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
            ((choice, vote.weights[code]) for code, choice in sorted(vote.votes.items())), entitled=entitled(state)
        )
    majority = state.book.majority(vote.question.subject)
    result = counting.outcome(found, majority.threshold, counted=voting.counted, bases=asking.bases(state))
    closed = replace(vote, closed_at=event.at, outcome=result)
    changed = replace(state, vote=None, votes=(*state.votes, closed))
    return _settle(changed, closed.question, event, majority=majority, carried=result.adopted)


def _settle(state: State, question: Question, event: Event, *, majority: Majority, carried: bool) -> State:
    """What the outcome does."""
    about, target = question.about, question.target
    if about in ("proposal", "part"):
        return _settle_proposal(state, question, event, majority=majority, carried=carried)
    if about == "ruling":
        what = (
            Words("The ruling was overruled", "La décision du président a été annulée")
            if carried
            else Words("The ruling stands", "La décision du président est maintenue")
        )
        changed = asking.with_floor(state, point=None)
    elif about == "motion":
        found = motions.pending(state, target)
        changed = motions.without(state, found)
        what = motions.rule_of(state, found.motion).name
        if carried:
            changed = motions.carry(changed, found)
    elif about == "observer":
        what = _of(Words("Participation of", "Participation de"), state.seats[target].name)
        changed = seating.decide_admission(state, target, admitted=carried)
    else:
        what = _of(Words("Credentials of", "Pouvoirs de"), state.seats[target].name)
        changed = seating.decide_credentials(state, target, accepted=carried)
    return _recorded(changed, question, event, what, majority=majority, carried=carried)


def _of(before: Words, name: Words) -> Words:
    return Words(f"{before.en} {name.en}", f"{before.fr} {name.fr}")


def _recorded(
    state: State, question: Question, event: Event, what: Words, *, majority: Majority, carried: bool
) -> State:
    how = "vote" if carried else "vote-rejected"
    return asking.decided(state, event, what, about=question.about, target=question.target, how=how, rule=majority.rule)


def _settle_proposal(state: State, question: Question, event: Event, *, majority: Majority, carried: bool) -> State:
    found = asking.proposal(state, question.target)
    if question.about == "proposal":
        if carried:
            return proposals.adopt(state, found, event, how="vote", rule=majority.rule)
        changed = asking.with_proposal(state, replace(found, status="rejected"))
        return _recorded(changed, question, event, found.title, majority=majority, carried=False)
    status = "adopted" if carried else "rejected"
    parts = tuple(replace(one, status=status) if one.id == question.part else one for one in found.parts)
    whole = found.status
    operative = [one for one in parts if one.operative]
    lost = bool(operative) and all(one.status == "rejected" for one in operative)
    if lost and state.book.proposals.operative_rejected_rejects_whole:
        whole = "rejected"
    changed = asking.with_proposal(state, replace(found, parts=parts, status=whole))
    what = Words(f"{found.title.en}: {question.part}", f"{found.title.fr} : {question.part}")
    changed = _recorded(changed, question, event, what, majority=majority, carried=carried)
    if whole == "rejected":
        rule = state.book.proposals.division_rule
        return asking.decided(
            changed, event, found.title, about="proposal", target=found.id, how="vote-rejected", rule=rule
        )
    return changed


def _explained(state: State, event: Event) -> State:
    asking.require_quiet(state)
    found, voting = asking.proposal(state, event.body["proposal"]), state.book.voting
    asking.require_voter(state, event.by.of)
    cite = state.book.cite(voting.conduct_rule)
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
            "about": "proposal|part|motion|ruling|observer|credentials",
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
        id="vote-explained",
        name=Words("Explanation of vote", "Explication de vote"),
        by=("delegation",),
        apply=_explained,
        rule=lambda book: book.voting.conduct_rule,
        form={"proposal": "proposal", "text": "text?"},
    ),
)
