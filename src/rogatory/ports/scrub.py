"""What the core asks of the world: what was found rotten, how far a scrub has come, and what the second store holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: States in which the whole sealed file is kept; of an exhibit of ours also once the other side has given it back.
KEPT = frozenset({"sealed", "sending", "sent", "received"})
KEPT_OURS = KEPT | {"returned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rot:
    """Stored bytes of an exhibit that are not what was sealed.

    *store* is `first` or `second`; *what* is `part` (of that number, from 0), `file` (the whole sealed file),
    `part-list` or `header`; *kind* is `missing`, `changed` or `short`.
    """

    exhibit: str
    store: str
    what: str
    part: int = 0
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rot as it was found; *mended_from* is `first`, `second`, `partner` or `itself`, empty while it is open."""

    id: int
    rot: Rot
    found_at: datetime
    mended_at: datetime | None
    mended_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrubPass:
    """How far the present pass over all exhibits has come, or the last one came.

    The next part to be read is *part* of the first exhibit after *exhibit*, or of *exhibit* itself when *part* is not
    0. *done* and *total* count sealed bytes; *leased_until* says how long somebody is at work on it.
    """

    number: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    exhibit: str = ""
    part: int = 0
    exhibits: int = 0
    done: int = 0
    total: int = 0
    leased_until: datetime | None = None


class Scrubs(Protocol):
    """Rows of scrubbing and of the second store."""

    def current(self) -> ScrubPass:
        """The present or last pass, held until the transaction ends."""

    def look(self) -> ScrubPass:
        """The same, not held."""

    def put(self, row: ScrubPass) -> None: ...

    def next_exhibits(self, after: str, limit: int) -> Sequence[str]:
        """The ids of exhibits whose bytes are kept that come after the id *after*, in order."""

    def find(self, rot: Rot, at: datetime) -> bool:
        """Whether *rot* is new; it is an open finding from now on."""

    def mend(self, rot: Rot, at: datetime, source: str) -> None:
        """Close the open finding of *rot*, whatever its kind."""

    def open_findings(self, exhibit: str = "") -> Sequence[Finding]:
        """What is rotten still, by exhibit and part; of one exhibit, or of all."""

    def findings(self, limit: int) -> Sequence[Finding]:
        """The newest findings first."""

    def drop(self, exhibit: str, at: datetime) -> None:
        """Close the findings of an exhibit whose bytes have been destroyed."""

    def add_copy(self, name: str, exhibit: str, at: datetime) -> None: ...

    def forget_copy(self, name: str) -> None: ...

    def uncopied(self, after: str, limit: int) -> Sequence[str]:
        """The ids of exhibits that are kept and of which a blob is not in the second store, after the id *after*."""

    def copies_beyond(self, limit: int) -> Sequence[str]:
        """The names of copies whose exhibit is not kept any more, or names another blob now."""

    def uncopied_count(self) -> int: ...
