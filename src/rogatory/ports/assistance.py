"""What the core asks of the world: entries about help, their versions, what was sent, who is interested, trainees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One version of an entry, ours or a partner's (*owner* is a State's code).

    *visibility* and *partners* say to whom ours may be shown; of a partner's they say nothing. *restores* is the
    version that undoing brought back, or 0. *letter* and *thread* are those that brought a partner's version.
    """

    owner: str
    entry: str
    version: int
    kind: str
    body: Mapping[str, Any]
    visibility: str
    partners: Sequence[str]
    withdrawn: bool
    act: str
    restores: int
    letter: str
    thread: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingRow:
    """A letter that took a version of an entry of ours to the partner *state*, or (*withdrawal*) took it back."""

    letter: str
    entry: str
    version: int
    withdrawal: bool
    state: str
    receiver: str
    thread: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRow:
    """A letter that says whether *state* is interested in the entry of *owner*; *own* is an entry of *state*."""

    letter: str
    owner: str
    entry: str
    version: int
    state: str
    interested: bool
    says: str
    own: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeRow:
    """One named trainee of a training (counted from 1) of a project of ours; never shown to others, and removable."""

    id: str
    project: str
    training: int
    name: str
    role: str
    note: str
    at: datetime
    by: str


class Assistance(Protocol):
    """Entries and what belongs to them; versions, sendings and interests only grow."""

    def add(self, row: EntryRow) -> None:
        """Keep *row*; raises `ChangedMeanwhile` where its version is taken."""

    def newest(self, *, kind: str = "", owner: str = "", limit: int = 5000) -> Sequence[EntryRow]:
        """Each entry at its newest version, of *kind* and *owner* where given, changed last first."""

    def entry(self, owner: str, entry: str) -> EntryRow | None:
        """The entry at its newest version."""

    def versions(self, owner: str, entry: str) -> Sequence[EntryRow]:
        """Every version of the entry, the first one first."""

    def held_of(self, owner: str) -> int:
        """How many entries of *owner* are here."""

    def add_sending(self, row: SendingRow) -> None: ...

    def sendings(self, entry: str = "") -> Sequence[SendingRow]:
        """What was sent of *entry*, or of all, in the order in which it was."""

    def add_interest(self, row: InterestRow) -> None: ...

    def interests(self, owner: str = "", entry: str = "") -> Sequence[InterestRow]:
        """What was said of interest in the entry, or in all, in the order in which it was kept."""

    def add_trainee(self, row: TraineeRow) -> None: ...

    def trainees(self, project: str) -> Sequence[TraineeRow]:
        """The named trainees of *project*, by training and name."""

    def remove_trainee(self, id: str) -> bool:
        """Whether there was such a trainee, who is gone now."""
