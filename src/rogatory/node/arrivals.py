"""Parts that are on disk here and not yet counted in the database: several are counted in one transaction.

What is lost with a process that dies are only numbers: the sender asks what is missing, and sends those parts again.
"""

import threading


class Arrivals:
    """The uncounted parts of each exhibit, for all threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, set[int]] = {}

    def holds(self, exhibit: str, number: int) -> bool:
        """Whether part *number* is here and uncounted."""
        with self._lock:
            return number in self._waiting.get(exhibit, ())

    def add(self, exhibit: str, number: int) -> int:
        """How many parts of *exhibit* wait to be counted, with this one."""
        with self._lock:
            waiting = self._waiting.setdefault(exhibit, set())
            waiting.add(number)
            return len(waiting)

    def waiting(self, exhibit: str) -> frozenset[int]:
        """The numbers that wait to be counted."""
        with self._lock:
            return frozenset(self._waiting.get(exhibit, ()))

    def counted(self, exhibit: str, numbers: frozenset[int]) -> None:
        """*numbers* stand in the database now."""
        with self._lock:
            left = self._waiting.get(exhibit, set()) - numbers
            if left:
                self._waiting[exhibit] = left
            else:
                self._waiting.pop(exhibit, None)
