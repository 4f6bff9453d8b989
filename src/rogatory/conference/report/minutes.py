"""What a meeting's state forgets and its report must tell: who was there, the quorum at each decision, what was said.

The record is folded once more, and each event is looked at together with the meeting before and after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.meeting import asking, engine
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.refusals import BadEvent
from rogatory.conference.meeting.state import Pending, Phase, Point, Seat, Speaker, State
from rogatory.conference.report.values import Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of the session as it went: who presided, who was ever there."""

    opened: datetime
    quorum: Present
    rose: datetime | None = None
    presided: tuple[str, ...] = ()
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingMade:
    """A point of order as it ended."""

    at: datetime
    point: Point
    vote: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionTaken:
    """A motion as it ended: `carried`, `rejected`, `agreed`, `withdrawn`, or `lapsed` with the meeting."""

    pending: Pending
    outcome: str
    vote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn on the floor and the item that it was on."""

    speaker: Speaker
    item: str
    ended: datetime


@dataclass(kw_only=True)
class Minutes:
    """What the fold has seen so far."""

    events: list[Event] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    quorums: dict[int, Present] = field(default_factory=dict)  # by number of the decision
    voted: dict[int, str] = field(default_factory=dict)  # decision to vote
    elected: dict[int, str] = field(default_factory=dict)  # decision to election
    vote_quorums: dict[str, Present] = field(default_factory=dict)
    silent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # vote to those entitled who did not vote
    tellers: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # election to tellers by ballot
    flaws: dict[str, str] = field(default_factory=dict)  # vote to the reasons for which it was annulled
    annulled: dict[str, int] = field(default_factory=dict)  # election to ballots that were annulled
    rulings: list[RulingMade] = field(default_factory=list)
    motions: list[MotionTaken] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)


def take(events: Iterable[Event]) -> tuple[State, Minutes]:
    """The meeting that *events* make, and its minutes; raises as `engine.replay` does."""
    state: State | None = None
    minutes = Minutes()
    for event in events:
        minutes.events.append(event)
        if state is None:
            state = engine.begin(event)
            continue
        after = engine.step(state, event)
        _note(minutes, state, event, after)
        state = after
    if state is None:
        raise BadEvent("a record without events is no meeting")
    return state, minutes


def quorum(state: State, threshold: Threshold) -> Present:
    """The quorum that *threshold* asks for, in numbers."""
    base = asking.base(state, threshold.of)
    return Present(
        present=asking.base(state, Base.PRESENT), needed=threshold.needed(base), base=base, share=threshold.words()
    )


def _note(minutes: Minutes, before: State, event: Event, after: State) -> None:
    _note_sitting(minutes, event, after)
    _note_decisions(minutes, before, event, after)
    _note_floor(minutes, before, event, after)
    if event.kind == "vote-opened" and after.vote:
        minutes.vote_quorums[after.vote.id] = quorum(after, after.book.quorum.decide)
    if event.kind in ("vote-closed", "vote-annulled") and before.vote and before.vote.hands is None:
        might = [one.code for one in asking.voters(before) if one.present or one.code in before.vote.here]
        minutes.silent[before.vote.id] = tuple(code for code in might if code not in before.vote.votes)
    if event.kind == "vote-annulled":
        minutes.flaws[event.body["vote"]] = event.body["reasons"]
    if event.kind == "ballot-annulled":
        minutes.annulled[event.body["contest"]] = minutes.annulled.get(event.body["contest"], 0) + 1
    for name, contest in after.contests.items():
        held = before.contests.get(name)
        if held is not None and len(contest.sheets) > len(held.sheets) and held.sheet is not None:
            minutes.tellers.setdefault(name, []).append((held.sheet.teller, contest.sheets[-1].teller))


def _note_sitting(minutes: Minutes, event: Event, after: State) -> None:
    if event.kind == "meeting-opened":
        minutes.sessions.append(Session(opened=event.at, quorum=quorum(after, after.book.quorum.open)))
    if not minutes.sessions:
        return
    now = minutes.sessions[-1]
    if now.rose is None and after.phase in (Phase.SITTING, Phase.SUSPENDED):
        here = now.seen
        if event.kind in ("meeting-opened", "attendance"):
            here |= {code for code, one in after.seats.items() if one.present}
        presided = now.presided if after.presiding in now.presided else (*now.presided, after.presiding)
        minutes.sessions[-1] = replace(now, presided=presided, seen=here)
    elif now.rose is None:
        minutes.sessions[-1] = replace(now, rose=event.at)


def _note_decisions(minutes: Minutes, before: State, event: Event, after: State) -> None:
    for made in after.decisions[len(before.decisions) :]:
        minutes.quorums[made.number] = quorum(before, before.book.quorum.decide)
        if event.kind == "vote-closed":
            minutes.voted[made.number] = after.votes[-1].id
        if made.about == "election":
            minutes.elected[made.number] = made.target


def _note_floor(minutes: Minutes, before: State, event: Event, after: State) -> None:
    was, now = before.floor, after.floor
    if was.speaking is not None and (now.speaking is None or now.speaking.since != was.speaking.since):
        minutes.turns.append(Turn(speaker=was.speaking, item=before.item, ended=event.at))
    if was.point is not None and now.point is None:
        closed = event.kind == "vote-closed"
        outcome = after.votes[-1].outcome if closed else None
        minutes.rulings.append(
            RulingMade(
                at=event.at,
                point=was.point,
                vote=after.votes[-1].id if closed else "",
                stands=not (outcome and outcome.adopted),
            )
        )
    left = {one.id for one in (*now.motions, *now.notices)}
    for one in (*was.motions, *was.notices):
        if one.id not in left:
            minutes.motions.append(_motion(one, event, after))


def _motion(one: Pending, event: Event, after: State) -> MotionTaken:
    vote = after.votes[-1] if event.kind == "vote-closed" else None
    if vote is not None and vote.question.target == one.id and vote.outcome is not None:
        return MotionTaken(pending=one, outcome="carried" if vote.outcome.adopted else "rejected", vote=vote.id)
    words = {"motion-agreed": "agreed", "motion-withdrawn": "withdrawn"}
    named = event.body.get("pending") == one.id
    return MotionTaken(pending=one, outcome=words.get(event.kind, "lapsed") if named else "lapsed")


def participants(state: State) -> tuple[Seat, ...]:
    """All participants: those who vote first, then the others; in English alphabetical order."""
    return tuple(sorted(state.seats.values(), key=lambda one: (not state.kind(one.code).votes, one.name.en)))
