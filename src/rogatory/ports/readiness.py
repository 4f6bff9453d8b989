"""What the core asks of the world: what was decided, marked and filed on the way to becoming a Party."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRow:
    """One entry; *kind*: `choices` (*body* all of them), `mark`, `filing` or `correction`.

    *subject* is what it is about: the step, the paper, or the number of the filing that is corrected. *place* counts
    the entries of one kind from 1 on. *on* is the day that the entry speaks of, *reference* what it was filed under.
    """

    kind: str
    place: int
    subject: str
    on: date | None
    reference: str
    body: Mapping[str, Any]
    at: datetime
    by: str
    name: str


class Readiness(Protocol):
    """Entries that only grow, and the State's own deposits as a file that every door reads."""

    def add(self, row: ReadinessRow) -> None:
        """Keep *row*; raises `ChangedMeanwhile` where its place is taken: somebody was quicker."""

    def of_kind(self, kind: str) -> Sequence[ReadinessRow]:
        """The entries of *kind*, the oldest first."""

    def latest(self, kind: str) -> ReadinessRow | None:
        """The newest entry of *kind*."""

    def publish(self, make: Callable[[], bytes]) -> None:
        """Put what *make* gives in the place of the State's own deposits, one writer after the other, durably."""
