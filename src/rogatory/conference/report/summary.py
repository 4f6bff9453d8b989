"""From the record of a meeting to its report: each part of it made from the folded meeting and its minutes."""

from collections.abc import Iterable

from rogatory.conference.counting import votes as counting
from rogatory.conference.counting.rounds import Round
from rogatory.conference.meeting.asking import weight
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.state import Contest, Decision, Place, State, Vote
from rogatory.conference.report import minutes as taking
from rogatory.conference.report import ways, words
from rogatory.conference.report.minutes import Minutes, participants
from rogatory.conference.report.values import (
    AgendaItem,
    Answered,
    Applied,
    Attendance,
    BallotHeld,
    Cited,
    Election,
    Explained,
    Holder,
    Made,
    Moved,
    Objected,
    Paper,
    Papers,
    Polled,
    Roll,
    Ruled,
    Rules,
    SessionReport,
    Sitting,
    Spoke,
    Who,
)
from rogatory.conference.rulebook.model import Sure
from rogatory.law.words import NO_WORDS, Words


def report(events: Iterable[Event], *, head: str = "") -> SessionReport:
    """The report of the meeting that *events* make; *head* is the digest of the record's last entry.

    That the meeting was an exercise stands at its beginning. Raises as `meeting.engine.replay` does.
    """
    state, minutes = taking.take(events)
    facts = state.facts
    return SessionReport(
        **{name: getattr(facts, name) for name in ("id", "title", "body", "kind", "venue", "opens", "closes")},
        closed=state.phase == "closed",
        until=state.at,
        entries=state.number,
        head=head,
        notice=words.EXERCISE if facts.exercise else NO_WORDS,
        rules=rules(state),
        sittings=sittings(state, minutes),
        attendance=attendance(state, minutes),
        credentials=credentials(state),
        observers=observers(state),
        officers=officers(state),
        agenda=tuple(
            AgendaItem(id=one.id, title=one.title, status=one.status, proposed_by=one.proposed_by)
            for one in state.items
        ),
        documents=documents(state),
        decisions=decisions(state, minutes),
        proposals=ways.ways(state, minutes),
        votes=votes(state, minutes),
        elections=elections(state, minutes),
        explanations=explanations(state, minutes),
        rulings=rulings(state, minutes),
        motions=motions(state, minutes),
        speeches=tuple(
            Spoke(
                at=one.speaker.since or one.ended,
                who=who(state, one.speaker.code),
                purpose=one.speaker.purpose,
                item=one.item,
                seconds=int((one.ended - (one.speaker.since or one.ended)).total_seconds()),
            )
            for one in minutes.turns
        ),
    )


def who(state: State, code: str) -> Who:
    """The participant *code* by its name; a code that is none, such as the secretariat's, as it stands."""
    seat = state.seats.get(code)
    return Who(code=code, name=seat.name if seat else Words(code, code), weight=weight(state, code) if seat else 1)


def cited(state: State, id: str) -> Cited:
    """The rule *id* as the report names it."""
    rule = state.book.rule(id)
    return Cited(id=rule.id, name=rule.name, sure=rule.sure, says=rule.says, source=rule.source)


def rules(state: State) -> Rules:
    """The rulebook, the answers to its open questions, and the rules under which was decided that are not sure."""
    book = state.book
    used = dict.fromkeys([book.quorum.rule, *(one.rule for one in state.decisions)])
    return Rules(
        id=book.id,
        name=book.name,
        standing=book.standing,
        as_of=book.as_of,
        answers=tuple(
            Answered(
                question=option.question,
                answer=next(one.name for one in option.choices if one.id == book.chosen[option.id]),
            )
            for option in book.options
        ),
        unsure=tuple(cited(state, one) for one in used if book.rule(one).sure is not Sure.READ),
    )


def sittings(state: State, minutes: Minutes) -> tuple[Sitting, ...]:
    """The meetings of the session."""
    return tuple(
        Sitting(
            number=number,
            opened=one.opened,
            rose=one.rose,
            presided=tuple(who(state, code) for code in one.presided if code),
            quorum=one.quorum,
        )
        for number, one in enumerate(minutes.sessions, 1)
    )


def attendance(state: State, minutes: Minutes) -> tuple[Attendance, ...]:
    """Everybody on the list, and where they were."""
    return tuple(
        Attendance(
            who=who(state, one.code),
            kind=state.kind(one.code).name,
            group=words.group(one.group),
            standing=one.place,
            delegates=one.delegates,
            meetings=tuple(number for number, held in enumerate(minutes.sessions, 1) if one.code in held.seen),
        )
        for one in participants(state)
    )


def credentials(state: State) -> tuple[Papers, ...]:
    """The credentials of everybody who must have some."""
    return tuple(
        Papers(
            who=who(state, one.code),
            standing=one.credentials,
            signed_by=one.signed_by,
            at=one.credentials_at,
            objections=tuple(Objected(by=who(state, each.by), reasons=each.reasons) for each in one.objections),
        )
        for one in participants(state)
        if state.kind(one.code).credentials
    )


def observers(state: State) -> tuple[Applied, ...]:
    """Those who had to apply."""
    return tuple(
        Applied(
            who=who(state, one.code),
            kind=state.kind(one.code).name,
            place=one.place,
            objections=tuple(Objected(by=who(state, each.by), reasons=each.reasons) for each in one.objections),
        )
        for one in participants(state)
        if "application" in state.kind(one.code).admission.how or one.place is not Place.SEATED
    )


def officers(state: State) -> tuple[Holder, ...]:
    """The bureau, in the order of the rulebook's posts."""
    posts = {one.id: one.name for one in state.book.officers.posts}
    found = [
        Holder(
            post=posts.get(one.post, Words(one.post, one.post)),
            who=who(state, one.state),
            group=words.group(state.seats[one.state].group),
            person=one.person,
        )
        for one in sorted(state.officers, key=lambda one: list(posts).index(one.post))
    ]
    return tuple(found)


def documents(state: State) -> tuple[Paper, ...]:
    """The documents in their last versions."""
    return tuple(
        Paper(**{name: getattr(one, name) for name in Paper.__dataclass_fields__}) for one in state.documents.values()
    )


def decisions(state: State, minutes: Minutes) -> tuple[Made, ...]:
    """What was decided, in its order."""
    return tuple(_made(state, minutes, one) for one in state.decisions)


def _made(state: State, minutes: Minutes, one: Decision) -> Made:
    return Made(
        number=one.number,
        symbol=one.symbol,
        what=one.what,
        about=one.about,
        target=one.target,
        how=one.how,
        at=one.at,
        rule=cited(state, one.rule),
        quorum=minutes.quorums[one.number],
        vote=minutes.voted.get(one.number, ""),
        contest=minutes.elected.get(one.number, ""),
    )


def votes(state: State, minutes: Minutes) -> tuple[Roll, ...]:
    """The votes, with who voted how."""
    asked = {vote: state.decisions[number - 1].what for number, vote in reversed(minutes.voted.items())}
    # What was decided of a ruling is not what was asked: a majority is needed to overrule it.
    asked |= {one.id: words.OVERRULE for one in state.votes if one.question.about == "ruling"}
    return tuple(_roll(state, minutes, one, asked.get(one.id, _target(one))) for one in state.votes)


def _target(vote: Vote) -> Words:
    """What a vote was on that decided nothing."""
    name = vote.question.target or vote.question.about
    return Words(name, name)


def _roll(state: State, minutes: Minutes, vote: Vote, question: Words) -> Roll:
    majority = state.book.majority(vote.question.subject)
    sides = {
        choice: sorted((code for code, said in vote.votes.items() if said == choice), key=lambda one: _name(state, one))
        for choice in ("yes", "no", "abstain")
    }
    sides["not-voting"] = sorted(minutes.silent.get(vote.id, ()), key=lambda one: _name(state, one))
    by = {
        choice: tuple(
            Who(code=code, name=state.seats[code].name, weight=vote.weights.get(code) or weight(state, code))
            for code in codes
        )
        for choice, codes in sides.items()
    }
    # An annulled vote has no outcome: what was cast is told all the same.
    count = vote.outcome.count if vote.outcome else counting.count((one, 1) for one in vote.votes.values())
    return Roll(
        id=vote.id,
        question=question,
        about=vote.question.about,
        target=vote.question.target,
        part=vote.question.part,
        method=vote.method,
        opened_at=vote.opened_at,
        closed_at=vote.closed_at or vote.opened_at,
        majority=majority.threshold.words(),
        rule=cited(state, majority.rule),
        quorum=minutes.vote_quorums[vote.id],
        adopted=bool(vote.outcome and vote.outcome.adopted),
        annulled=vote.outcome is None,
        tie=bool(vote.outcome and vote.outcome.tie),
        counts={"yes": count.yes, "no": count.no, "abstain": count.abstain, "not-voting": count.not_voting},
        needed=vote.outcome.needed if vote.outcome else 0,
        base=vote.outcome.base if vote.outcome else 0,
        arithmetic=vote.outcome.arithmetic if vote.outcome else _annulled(minutes.flaws[vote.id]),
        by={} if vote.hands is not None else by,
    )


def _annulled(reasons: str) -> tuple[Words, ...]:
    return words.ANNULLED_VOTE, Words(f"Reasons: {reasons}", f"Motifs : {reasons}")


def _name(state: State, code: str) -> str:
    return state.seats[code].name.en


def elections(state: State, minutes: Minutes) -> tuple[Election, ...]:
    """The elections, ballot by ballot."""
    how = {one.target: one.how for one in state.decisions if one.about == "election"}
    posts = {one.id: one.name for one in state.book.officers.posts}
    return tuple(
        Election(
            id=one.id,
            post=posts[one.post],
            group=words.group(one.group),
            seats=one.seats,
            stood=tuple(who(state, code) for code in _stood(one)),
            elected=tuple(who(state, code) for code in _elected(one, how.get(one.id, ""))),
            how=how.get(one.id, ""),
            annulled=minutes.annulled.get(one.id, 0),
            ballots=tuple(
                _ballot(state, held, tellers)
                for held, tellers in zip(one.balloting.rounds, minutes.tellers.get(one.id, []), strict=False)
            ),
        )
        for one in state.contests.values()
    )


def _stood(contest: Contest) -> tuple[str, ...]:
    standing = contest.balloting
    return tuple(sorted({*standing.candidates, *standing.elected, *standing.withdrawn}))


def _elected(contest: Contest, how: str) -> tuple[str, ...]:
    return contest.balloting.candidates if how == "acclamation" else contest.balloting.elected


def _ballot(state: State, held: Round, tellers: tuple[str, ...]) -> BallotHeld:
    ballot = held.ballot
    return BallotHeld(
        number=held.number,
        heading=held.heading(),
        papers=ballot.papers,
        invalid=ballot.invalid,
        abstentions=ballot.abstentions,
        valid=ballot.valid,
        needed=held.needed,
        base=held.base,
        majority=held.majority.words(),
        votes=tuple(
            Polled(who=who(state, code), votes=number, elected=code in held.elected) for code, number in held.ranked
        ),
        tellers=tuple(who(state, code) for code in tellers),
        lot=tuple(who(state, code) for code in held.lot.among) if held.lot else (),
        drawn=tuple(who(state, code) for code in held.drawn),
    )


def explanations(state: State, minutes: Minutes) -> tuple[Explained, ...]:
    """The explanations of vote, as they were given."""
    return tuple(
        Explained(
            at=one.at, by=who(state, one.by.of), proposal=str(one.body["proposal"]), text=str(one.body.get("text", ""))
        )
        for one in minutes.events
        if one.kind == "vote-explained"
    )


def rulings(state: State, minutes: Minutes) -> tuple[Ruled, ...]:
    """The points of order."""
    return tuple(
        Ruled(
            at=one.at,
            by=who(state, one.point.by),
            text=one.point.text,
            ruling=one.point.ruling,
            reasons=one.point.reasons,
            appealed_by=who(state, one.point.appealed_by) if one.point.appealed_by else None,
            vote=one.vote,
            stands=one.stands,
        )
        for one in minutes.rulings
    )


def motions(state: State, minutes: Minutes) -> tuple[Moved, ...]:
    """The procedural motions."""
    return tuple(
        Moved(
            at=one.pending.at,
            by=who(state, one.pending.by),
            motion=state.book.motions[one.pending.motion].name,
            target=one.pending.target,
            spoke_for=tuple(who(state, code) for code in one.pending.spoken_for),
            spoke_against=tuple(who(state, code) for code in one.pending.spoken_against),
            outcome=one.outcome,
            vote=one.vote,
        )
        for one in minutes.motions
    )
