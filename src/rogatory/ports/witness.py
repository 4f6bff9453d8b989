"""What the core asks of the world: who witnesses our log, whose logs we watch, and the alarms that people must see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessRow:
    """A partner State that is asked to cosign our checkpoints, what it saw last, and why it did not answer, if so."""

    state: str
    added_at: datetime
    added_by: str
    known_size: int = 0
    cosigned_size: int = 0
    cosigned_at: datetime | None = None
    next_at: datetime
    attempts: int = 0
    failing_since: datetime | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CosignedRow:
    """A checkpoint of ours that was put before the witnesses, with every cosignature gathered so far."""

    size: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRow:
    """A partner's log: the largest head that was verified to continue all before, and how following it goes.

    *key* is the log's verifier key when the head was verified; *text* the signed checkpoint, empty before the first.
    *claimed* is a checkpoint that the log's key signed and that nobody has yet compared with the log itself.
    """

    state: str
    origin: str
    key: str
    size: int = 0
    text: str = ""
    verified_at: datetime | None = None
    cosigned_at: datetime | None = None
    read_at: datetime | None = None
    claimed: str = ""
    next_at: datetime
    attempts: int = 0
    failing_since: datetime | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """Something about a log that people must know; *values* are the parameters of its sentence.

    *first* and *second* are the evidence: signed notes that contradict each other, or as much as there is.
    """

    number: int
    at: datetime
    state: str
    origin: str
    kind: str
    values: Mapping[str, str]
    first: str = field(default="", repr=False)
    second: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementRow:
    """Who looked into the alarm *number*, when, and what they say of it."""

    number: int
    at: datetime
    by: str
    name: str
    remark: str


class Witnesses(Protocol):
    """Everything about witnesses in rows; alarms and their acknowledgements only grow."""

    def witnesses(self) -> Sequence[WitnessRow]:
        """The States that are asked, by State."""

    def witness(self, state: str) -> WitnessRow | None: ...

    def put_witness(self, row: WitnessRow) -> None:
        """Add the witness, or replace what is known of it."""

    def remove_witness(self, state: str) -> None: ...

    def policy(self) -> int:
        """How many cosignatures a checkpoint needs to count as witnessed; 1 before anybody said."""

    def set_policy(self, needed: int) -> None: ...

    def cosigned(self, limit: int) -> Sequence[CosignedRow]:
        """The newest *limit* checkpoints that were put before the witnesses, the largest first."""

    def cosigned_at(self, size: int) -> CosignedRow | None:
        """The checkpoint of exactly *size*, held until the transaction ends."""

    def put_cosigned(self, row: CosignedRow) -> None:
        """Keep *row*, and let go of those that are far older."""

    def watched(self) -> Sequence[WatchedRow]:
        """Every partner's log that is or was followed, by State and origin."""

    def hold_watched(self, row: WatchedRow) -> WatchedRow:
        """The row of that State and origin, held until the transaction ends; *row* itself where there was none."""

    def put_watched(self, row: WatchedRow) -> None: ...

    def newest_receipts(self, state: str, since: datetime | None, limit: int) -> Sequence[str]:
        """Receipts that *state* gave us after *since*, the newest first."""

    def alarms(self, limit: int) -> Sequence[AlarmRow]:
        """The newest alarms first."""

    def alarm(self, number: int) -> AlarmRow | None: ...

    def newest_alarm(self, state: str, kind: str) -> AlarmRow | None: ...

    def standing(self) -> Sequence[AlarmRow]:
        """The alarms that nobody has acknowledged, the oldest first."""

    def add_alarm(self, row: AlarmRow) -> None: ...

    def acknowledgements(self, numbers: Sequence[int]) -> Sequence[AcknowledgementRow]: ...

    def acknowledge(self, row: AcknowledgementRow) -> None:
        """Keep *row*; raises `AlreadyHeld` when the alarm was acknowledged before."""
