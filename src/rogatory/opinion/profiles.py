"""National profiles: what a State has notified of its own law and practice, and from which day it counts.

A profile may add: languages and channels, a least penalty, papers, conditions, grounds, who decides. Every entry names
the provision that leaves this to domestic law. Nothing in a profile takes away what the treaty asks of a State: the
reader refuses an entry that would (`profile_files`), and the rules only ever add to what the treaty's own rules find.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rogatory.law.words import NO_WORDS, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The languages, or the channels, that a State accepts under *provision*."""

    provision: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastPenalty:
    """The heaviest penalty that the offence must at least carry, in years."""

    provision: str
    measures: tuple[str, ...]
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DualCriminality:
    """Whether the State insists on dual criminality where the treaty lets it."""

    provision: str
    measures: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something to know or to send along: a paper that is asked for (`form`), or `who-decides`."""

    kind: str
    provision: str
    measures: tuple[str, ...]
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A condition or a ground of domestic law, as a question; *effect* is empty for a condition, which yes meets."""

    key: str
    provision: str
    measures: tuple[str, ...]
    question: Words
    effect: str = ""
    remedy: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What *state* notified under *instrument*: by which document, on which day, and from when to when it counts."""

    state: str
    instrument: str
    source: str
    notified: date
    effective: date
    until: date | None = None
    practice: bool = False
    languages: Accepted | None = None
    channels: Accepted | None = None
    penalties: tuple[LeastPenalty, ...] = ()
    dual_criminality: tuple[DualCriminality, ...] = ()
    told: tuple[Told, ...] = ()
    conditions: tuple[Asked, ...] = ()
    grounds: tuple[Asked, ...] = ()

    def counts_on(self, day: date) -> bool:
        """Whether it is in effect on that day."""
        return self.effective <= day and (self.until is None or day < self.until)


def in_effect(profiles: Iterable[Profile], state: str, instrument: str, on: date) -> Profile | None:
    """The profile of *state* under *instrument* that counts on that day: the latest, if there are several."""
    found = [one for one in profiles if one.state == state and one.instrument == instrument and one.counts_on(on)]
    return max(found, key=lambda one: (one.effective, one.notified), default=None)
