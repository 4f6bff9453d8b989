"""Readiness, in Django's models; the State's own deposits beside the depositary's lists in the data folder."""

import fcntl
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rogatory.ports.readiness import ReadinessRow
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.stores import deposits, rows
from rogatory.stores.models import ReadinessEntry


class ReadinessTables:
    """`ports.readiness.Readiness`; without a data folder, nothing is published."""

    def __init__(self, data: Path | None) -> None:
        self._data = data

    def add(self, row: ReadinessRow) -> None:
        """Keep an entry; raises `ChangedMeanwhile`."""
        if not rows.insert_new(ReadinessEntry, row):
            raise ChangedMeanwhile("somebody else wrote here meanwhile")

    def of_kind(self, kind: str) -> Sequence[ReadinessRow]:
        """The entries of *kind*."""
        return rows.many(ReadinessRow, ReadinessEntry.objects.filter(kind=kind).order_by("place"))

    def latest(self, kind: str) -> ReadinessRow | None:
        """The newest entry of *kind*."""
        return rows.one(ReadinessRow, ReadinessEntry.objects.filter(kind=kind).order_by("-place"))

    def publish(self, make: Callable[[], bytes]) -> None:
        """Write the State's own deposits; what *make* gives is read while no other writer can."""
        if self._data is None:
            return
        lock = os.open(self._data / deposits.OWN_LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            deposits.hold_own(self._data, make())
        finally:
            os.close(lock)
