"""One act of the practice session, and the small scripts of which the scenes are made.

A script is a generator: it yields acts and is sent the meeting as it is after each of them. It knows no clock and no
node; whoever plays it says when it happens. An act that the rules forbid carries the code of the refusal expected.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.state import State
from rogatory.law.words import NO_WORDS, Words

SECRETARIAT = Actor("secretariat", "secretariat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does what; *days_before* the opening, or on the day when 0.

    *scene* begins a new part of the session, *says* is told of this act, *refused* is the code of the refusal that it
    must meet.
    """

    kind: str
    by: Actor
    body: Mapping[str, Any] = field(default_factory=dict)
    days_before: int = 0
    scene: Words = NO_WORDS
    says: Words = NO_WORDS
    refused: str = ""


Script = Generator[Act, State, State]


def chair(state: State) -> Actor:
    """Whoever presides."""
    return Actor("presiding", state.presiding)


def delegation(code: str) -> Actor:
    """The delegation *code* at its device."""
    return Actor("delegation", code)


def said(english: str, french: str) -> Words:
    """Words, written shortly."""
    return Words(english, french)


def arrive(state: State, codes: tuple[str, ...], *, days_before: int = 0) -> Script:
    """Those of *codes* who are not here yet take their seats."""
    for code in codes:
        if not state.seats[code].present:
            state = yield Act(kind="attendance", by=delegation(code), body={"present": True}, days_before=days_before)
    return state


def speak(state: State, code: str, *, invited: bool = False, says: Words = NO_WORDS) -> Script:
    """The next on the list, *code*, has the floor and ends its statement."""
    body: dict[str, Any] = {"seat": code, **({"invited": True} if invited else {})}
    state = yield Act(kind="floor-given", by=chair(state), body=body, says=says)
    return (yield Act(kind="floor-ended", by=delegation(code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How many votes of each kind a question is to get; the others do not vote."""

    yes: int
    no: int
    abstain: int = 0

    def shares(self, voters: list[str], chance: Random, fixed: Mapping[str, str]) -> dict[str, str]:
        """Who votes how: those of *fixed* as it says, the others by chance, to these numbers of delegations."""
        words = ["yes"] * self.yes + ["no"] * self.no + ["abstain"] * self.abstain
        for choice in fixed.values():
            words.remove(choice)
        free = [code for code in voters if code not in fixed]
        if len(words) > len(free):
            raise ValueError(f"{len(words)} votes are wanted of {len(free)} who may vote")
        words += [""] * (len(free) - len(words))
        chance.shuffle(words)
        return {**dict(zip(free, words, strict=True)), **fixed}


def voters(state: State) -> list[str]:
    """Who is here and may vote now, by code."""
    return [one.code for one in asking.voters(state) if one.present]


def open_vote(
    state: State, about: str, target: str = "", *, method: str = "recorded", says: Words = NO_WORDS, **more: str
) -> Script:
    """A vote is opened by the chair."""
    body = {"about": about, "method": method, **({"target": target} if target else {}), **more}
    return (yield Act(kind="vote-opened", by=chair(state), body=body, says=says))


def cast(state: State, chance: Random, wanted: Wanted, **fixed: str) -> Script:
    """Everybody votes at their devices, in no order."""
    vote = running(state)
    shares = wanted.shares(voters(state), chance, fixed)
    codes = sorted(shares)
    chance.shuffle(codes)
    for code in codes:
        if shares[code]:
            state = yield Act(kind="vote-cast", by=delegation(code), body={"vote": vote, "choice": shares[code]})
    return state


def close_vote(state: State, *, says: Words = NO_WORDS) -> Script:
    """The chair closes the vote, and its outcome stands."""
    return (yield Act(kind="vote-closed", by=chair(state), body={"vote": running(state)}, says=says))


def running(state: State) -> str:
    """The vote that is being taken; a `ValueError` when there is none, which is the script's own mistake."""
    if state.vote is None:
        raise ValueError("the script takes a vote to be open that is not")
    return state.vote.id
