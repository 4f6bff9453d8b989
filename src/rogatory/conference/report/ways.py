"""The way of each proposal and amendment: submitted, circulated, amended, voted or adopted, read from the events."""

from collections.abc import Iterator

from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.state import Proposal, State, Vote
from rogatory.conference.report import words
from rogatory.conference.report.minutes import Minutes
from rogatory.conference.report.values import Step, Way, Who
from rogatory.law.words import Words


def ways(state: State, minutes: Minutes) -> tuple[Way, ...]:
    """Every proposal with its steps; an amendment stands after what it amends."""
    heads = [one for one in state.proposals.values() if not one.amends]
    ordered = [each for head in heads for each in _family(state, head)]
    return tuple(_way(state, minutes, one) for one in ordered)


def _family(state: State, head: Proposal) -> Iterator[Proposal]:
    yield head
    for one in state.proposals.values():
        if one.amends == head.id:
            yield from _family(state, one)


def _way(state: State, minutes: Minutes, one: Proposal) -> Way:
    steps = [Step(at=event.at, what=what) for event in minutes.events if (what := _step(state, event, one.id))]
    return Way(
        id=one.id,
        title=one.title,
        item=one.item,
        amends=one.amends,
        sponsors=tuple(Who(code=code, name=state.seats[code].name) for code in one.sponsors),
        subject=state.book.majority(one.subject).name,
        status=one.status,
        steps=tuple(steps),
    )


def _step(state: State, event: Event, id: str) -> Words | None:
    """What *event* did to the proposal *id*; None when nothing."""
    body = event.body
    if event.kind in ("vote-closed", "vote-annulled"):
        vote = next(one for one in state.votes if one.id == body["vote"])
        about = vote.question.about in ("proposal", "part") and vote.question.target == id
        return _voted(vote) if about else None
    if body.get("proposal") != id:
        return None
    if event.kind == "amendments-ordered":
        order = ", ".join(body["order"])
        return Words(
            f"order of voting on the amendments: {order} ({body['reasons']})",
            f"ordre du vote sur les amendements : {order} ({body['reasons']})",
        )
    if event.kind == "consensus-sought":
        return Words(f"effort at consensus: {body['text']}", f"effort de consensus : {body['text']}")
    if event.kind == "majority-ruled":
        return Words("the chair ruled which majority it needs", "le président a statué sur la majorité requise")
    if event.kind == "vote-explained":
        name = state.seats[event.by.of].name
        return Words(f"{name.en} explained its vote", f"{name.fr} a expliqué son vote")
    return words.STEPS.get(event.kind)


def _voted(vote: Vote) -> Words:
    part = f" ({vote.question.part})" if vote.question.part else ""
    method = words.method(vote.method)
    if vote.outcome is None:
        gone = words.ANNULLED
        return Words(f"vote {vote.id}{part}, {method.en}: {gone.en}", f"vote {vote.id}{part}, {method.fr} : {gone.fr}")
    count, carried = vote.outcome.count, words.CARRIED if vote.outcome.adopted else words.LOST
    english = f"{count.yes} to {count.no}, {count.abstain} abstaining: {carried.en}"
    french = f"{count.yes} contre {count.no}, {count.abstain} abstentions : {carried.fr}"
    return Words(f"vote {vote.id}{part}, {method.en}: {english}", f"vote {vote.id}{part}, {method.fr} : {french}")
