"""States, deposits with the depositary, and what follows from them."""

from dataclasses import dataclass
from datetime import date

from rogatory.errors import NotFound
from rogatory.law.words import Answer, Words

CONSENTS = (
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "formal-confirmation",
    "definitive-signature",
)
ACTIONS = (
    *CONSENTS,
    "signature",
    "reservation",
    "declaration",
    "notification",
    "objection",
    "withdrawal",
    "denunciation",
)


class UnknownState(NotFound):
    """No State has this code."""

    code = "unknown-state"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A State, or a regional organisation, by ISO 3166 alpha-3 code; `formal` carries the article."""

    iso3: str
    iso2: str
    name: Words
    formal: Words
    kind: str
    group: str
    groups: tuple[str, ...]

    @property
    def inside(self) -> Words:
        """Its name within a sentence, with its article."""
        return self.formal

    @property
    def opening(self) -> Words:
        """Its name at the beginning of a sentence; our French sentences then go on with a colon."""
        return Words(self.formal.en[0].upper() + self.formal.en[1:], self.name.fr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """One act towards the depositary.

    Its day lies between `earliest` and `latest`; both are the same when the day is known, and both are None when it
    is not. `provision` names what a reservation, declaration or notification is about, `value` what it says.
    """

    state: str
    instrument: str
    action: str
    earliest: date | None = None
    latest: date | None = None
    provision: str = ""
    value: str = ""
    certainty: str = "high"
    source: str = ""
    practice: bool = False

    @property
    def on(self) -> date | None:
        """The day, when it is known."""
        return self.earliest if self.earliest == self.latest else None

    def done_by(self, day: date) -> Answer:
        """Whether this had been done on *day*."""
        if self.latest is not None and self.latest <= day:
            return Answer.YES
        if self.earliest is not None and self.earliest > day:
            return Answer.NO
        return Answer.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The deposits of one instrument that a node took from the depositary's list, and how far they reach."""

    deposits: tuple[Deposit, ...]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a State stands to an instrument on a day, and why."""

    state: str
    instrument: str
    on: date
    bound: Answer
    signatory: Answer
    since: date | None
    deposit: Deposit | None
    because: tuple[Words, ...]
    certainty: str
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How near an instrument is to entering into force: instruments that count, and how many it needs.

    `entered` is the day of entry into force when it is certain; `earliest` is the first day it can have been.
    """

    instrument: str
    count: int
    of_unknown_day: int
    threshold: int
    entered: date | None
    earliest: date | None
    cite: tuple[str, ...]
    as_of: date
    practice: bool
