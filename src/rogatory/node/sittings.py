"""What this process has read of each meeting, so that an act costs the same at the end of a session as at its start.

The database is the truth: what is here was committed, and is brought up to date from there before anything is judged.
Those who act in one meeting at the same moment wait in one line, and whoever is in front takes all who wait along into
one transaction: a disk is waited for once, not three hundred times.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.state import State
from rogatory.conference.record.chain import Link

MOST_MEETINGS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting as its whole record makes it, and where that record stands."""

    state: State
    link: Link

    @property
    def meeting(self) -> str:
        """The identifier."""
        return self.link.meeting

    @property
    def number(self) -> int:
        """How many events the record has."""
        return self.link.number

    @property
    def head(self) -> str:
        """The SHA-256 of its newest entry, in hexadecimal."""
        return self.link.digest

    @property
    def awaited(self) -> tuple[str, ...]:
        """Who may vote now, is here and has not voted; empty when no vote is taken by name."""
        vote = self.state.vote
        if vote is None or vote.method in ("show-of-hands", "secret"):
            return ()
        done = {*vote.votes, *vote.cast_for}
        return tuple(one.code for one in asking.voters(self.state) if one.present and one.code not in done)


@dataclass(slots=True, kw_only=True)
class Job:
    """One act that waits: who does what; then `done`, with what became of it."""

    by: Actor
    kind: str
    body: Mapping[str, Any]
    entered_by: str = ""
    once: str = ""
    done: bool = False
    sitting: Sitting | None = None
    error: Exception | None = None


@dataclass(slots=True)
class _Line:
    waiting: list[Job] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)
    turn: threading.Lock = field(default_factory=threading.Lock)


class Sittings:
    """The meetings that this process works on, for all its threads; the ones used last, at most 64."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: OrderedDict[str, Sitting] = OrderedDict()
        self._lines: dict[str, _Line] = {}
        #: Held while a whole record is read: after a restart hundreds ask at once, and one reading does for all.
        self.first_reading = threading.Lock()

    def get(self, meeting: str) -> Sitting | None:
        """The newest committed state of *meeting* that this process has seen."""
        with self._guard:
            found = self._held.get(meeting)
            if found is not None:
                self._held.move_to_end(meeting)
            return found

    def put(self, sitting: Sitting) -> None:
        """*sitting* is committed."""
        with self._guard:
            known = self._held.get(sitting.meeting)
            if known is None or known.number < sitting.number:
                self._held[sitting.meeting] = sitting
                self._held.move_to_end(sitting.meeting)
            while len(self._held) > MOST_MEETINGS:
                self._held.popitem(last=False)

    def take_turn(self, meeting: str, job: Job, work: Callable[[list[Job]], Sitting]) -> None:
        """*job*, done: by this thread with all that wait, or by another that took it along.

        *work* answers the sitting after the transaction, or raises; an error that it raises is every job's.
        """
        line = self._line(meeting)
        with line.guard:
            line.waiting.append(job)
        with line.turn:
            if job.done:
                return
            with line.guard:
                jobs, line.waiting = line.waiting, []
            try:
                sitting = work(jobs)
                for one in jobs:
                    one.sitting = sitting
            except Exception as error:
                for one in jobs:
                    one.error = error
            finally:
                for one in jobs:
                    one.done = True

    def _line(self, meeting: str) -> _Line:
        with self._guard:
            return self._lines.setdefault(meeting, _Line())
