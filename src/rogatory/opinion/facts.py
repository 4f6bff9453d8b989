"""What an opinion is asked about: who asks whom for what, on which day, and everything known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rogatory.errors import BadInput
from rogatory.opinion.profiles import Profile

#: In place of an instrument: find the one that carries the request.
FIND = "find"


class BadFacts(BadInput):
    """The facts contradict each other, or are not facts that an opinion can use."""

    code = "bad-facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A reservation or notification that the depositary's list does not carry yet, its provision and its day.

    Without a day it is taken to be in effect on the day of the request.
    """

    state: str
    provision: str
    value: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one request.

    `instrument` names a treaty, or is `find`: the one that carries the request best among those that bind both States.
    `contents` are the fields of the form; `answers` what an officer answered to the opinion's questions, by their
    keys (`yes`, `no`, an option, a number; `unknown` is always an answer); `events` the days on which something
    happened that starts a deadline (`preservation-began`, `stored-data-request-received`);
    `profiles` what States notified of their own law, of which the one that counts on the day is applied.
    """

    measure: str
    requesting: str
    requested: str
    on: date
    instrument: str = "uncc"
    exercise: bool = False
    contents: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    events: Mapping[str, date] = field(default_factory=dict)
    declarations: tuple[Declared, ...] = ()
    profiles: tuple[Profile, ...] = ()


def in_effect(declared: Declared, facts: Facts) -> bool:
    """Whether *declared* was in effect on the day of the request."""
    return declared.on is None or declared.on <= facts.on
