"""What an opinion is asked about: who asks whom for what, on which day, and everything known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rogatory.errors import BadInput


class BadFacts(BadInput):
    """The facts contradict each other, or are not facts that an opinion can use."""

    code = "bad-facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A reservation or notification that the depositary's list does not carry yet, and its provision."""

    state: str
    provision: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one request.

    `contents` are the fields of the form; `answers` what an officer answered to the opinion's questions (`yes`, `no`
    or `unknown`, by the key of the question); `events` the days on which something happened that starts a deadline
    (`preservation-began`, `stored-data-request-received`).
    """

    measure: str
    requesting: str
    requested: str
    on: date
    instrument: str = "uncc"
    exercise: bool = False
    contents: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, date] = field(default_factory=dict)
    declarations: tuple[Declared, ...] = ()
