"""What may be put to the vote now: a ruling under appeal, the motion to be taken first, or a matter that is ready.

While a vote is being taken only an appeal against a ruling on its conduct is put: it interrupts that vote.
"""

from rogatory.conference.meeting import asking, convening, motions, readiness
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.refusals import OutOfOrder
from rogatory.conference.meeting.state import Place, Question, Standing, State


def question(state: State, event: Event) -> Question:
    """What is put to the vote, when it may be put now; raises the refusal that says why not."""
    about, target = event.body["about"], event.body.get("target", "")
    if about == "ruling":
        return _on_ruling(state)
    asking.require_settled(state)
    if about == "motion":
        return _on_motion(state, target, event)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    if about == "item":
        return Question(about="item", target=convening.proposed_item(state, target).id, subject="agenda")
    if about == "observer":
        return _on_observer(state, target)
    if about == "credentials":
        return _on_credentials(state, target)
    return _on_proposal(state, event, about, target)


def _on_ruling(state: State) -> Question:
    point = state.floor.point
    if point is None or not point.appealed_by:
        raise OutOfOrder("no appeal is before the meeting", cite=state.book.cite(state.book.speaking.point_rule))
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    return Question(about="ruling", target=point.by, subject="ruling")


def _on_motion(state: State, target: str, event: Event) -> Question:
    found = motions.taken(state, target, event)
    return Question(about="motion", target=found.id, subject=motions.rule_of(state, found.motion).subject)


def _on_observer(state: State, target: str) -> Question:
    if asking.seat(state, target).place is not Place.OBJECTED:
        raise OutOfOrder(f"nobody objects to {target}", cite=state.book.cite(state.kind(target).rule))
    return Question(about="observer", target=target, subject="observers")


def _on_credentials(state: State, target: str) -> Question:
    """That they be accepted: no majority for that, and they are refused."""
    if asking.seat(state, target).credentials is not Standing.CHALLENGED:
        raise OutOfOrder(
            f"the credentials of {target} are not challenged", cite=state.book.cite(state.book.credentials.seat_rule)
        )
    return Question(about="credentials", target=target, subject="credentials")


def _on_proposal(state: State, event: Event, about: str, target: str) -> Question:
    found = asking.open_proposal(state, target)
    readiness.require_ready(state, found, event)
    readiness.require_effort(state, found)
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
