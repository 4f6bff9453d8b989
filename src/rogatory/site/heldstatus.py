"""The node's status: read when the node starts, and again when a list of the depositary was taken meanwhile.

A list that cannot be read refuses the start of a node; put in the way of one that runs, it is logged, and the status
stays what it was.
"""

import logging
import threading
from pathlib import Path

from rogatory.errors import RogatoryError
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise
from rogatory.stores.deposits import held_deposits, held_mark, own_deposits

log = logging.getLogger(__name__)


class HeldStatus:
    """What the deposits in the data folder *folder* give, its State's own ones included; practice in an *exercise*."""

    def __init__(self, folder: Path, *, exercise: bool) -> None:
        self._folder = folder
        self._exercise = exercise
        self._practice = hanoi_exercise() if exercise else ()
        self._lock = threading.Lock()
        self._mark = held_mark(folder)
        self._status = self._read()

    def now(self) -> Status:
        """The status as of now; the very same object as long as nothing was taken."""
        mark = held_mark(self._folder)
        if mark != self._mark:
            with self._lock:
                if mark != self._mark:
                    self._again()
                    self._mark = mark
        return self._status

    def _again(self) -> None:
        try:
            self._status = self._read()
        except RogatoryError as error:
            log.exception("%s: the deposits held changed and cannot be read; the status stays what it was", error.code)

    def _read(self) -> Status:
        own = own_deposits(self._folder, practice=self._exercise)
        return Status.load(self._practice, held=held_deposits(self._folder), own=own)
