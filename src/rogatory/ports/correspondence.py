"""What the core asks of the world: letters, which belong to no case, and the drills of a contact point."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter as this node holds it: the signed bytes, and the opening of its ledger entry.

    *understood* says whether its kind was known when it came; *ledger_index* grows with every letter that is kept.
    """

    digest: str
    thread: str
    kind: str
    number: int
    ours: bool
    understood: bool
    sender: str
    receiver: str
    jws: bytes = field(repr=False)
    stored_at: datetime
    ledger_index: int
    blinding: bytes = field(repr=False)


class Letters(Protocol):
    """The one table of immutable signed letters."""

    def add(self, row: LetterRow) -> None:
        """Keep *row*; raises `AlreadyHeld` for a digest that is there."""

    def get(self, digest: str) -> LetterRow | None: ...

    def several(self, digests: Sequence[str]) -> Sequence[LetterRow]:
        """Those of *digests* that are held, in no order."""

    def of_thread(self, thread: str, *, limit: int) -> Sequence[LetterRow]:
        """The letters of *thread* that were kept last, at most *limit*, the newest first."""

    def newest(
        self, *, limit: int, before: int | None = None, kind: str | None = None, ours: bool | None = None
    ) -> Sequence[LetterRow]:
        """At most *limit* letters, the newest first: of *kind*, written by us or not, from before a ledger index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRow:
    """A drill: one that we asked (`out`), that a partner asked of us (`in`), or of our own contact point (`own`).

    *id* is also its thread. *due_at* is when the worker sends it; people are not told before. *received_at*,
    *opened_at* and *answered_at* are by the clock of the State that is asked, all else by ours.
    """

    id: str
    way: str
    state: str
    asking: str
    asked: str
    planned_by: str
    planner: str
    planner_role: str
    planned_at: datetime
    until: datetime
    due_at: datetime
    answer_minutes: int
    note: str
    sent_at: datetime | None = None
    received_at: datetime | None = None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    answered_by: str = ""
    answered_role: str = ""
    answer_note: str = ""
    trouble: str = ""


class Drills(Protocol):
    """The drills that were planned or have arrived here."""

    def add(self, row: DrillRow) -> None: ...

    def get(self, id: str) -> DrillRow | None: ...

    def put(self, row: DrillRow) -> None:
        """Replace the row of that id."""

    def due(self, now: datetime) -> Sequence[str]:
        """The drills that are planned and whose time has come."""

    def waiting(self) -> Sequence[DrillRow]:
        """Those sent to us, by a partner or by ourselves, that nobody has answered, the oldest first."""

    def newest(self, limit: int) -> Sequence[DrillRow]:
        """At most *limit* drills, the one planned or received last first."""
