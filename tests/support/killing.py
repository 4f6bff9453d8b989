"""Ends a process by SIGKILL at one of the calls that change the disk or commit a transaction.

Such a call is counted before it is made, and a commit once more when it has been made: so every state that the power
can leave behind is one at which a process was killed. Calls of SQLite itself are not seen, but its commits are.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

CALLS = ("pwrite", "pwritev", "fsync", "fdatasync", "ftruncate", "rename", "replace", "link", "unlink", "rmdir")


class Kills:
    """Counts the calls of this process, and kills it at the call *at* (from 1; 0: never)."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0
        self.names: list[str] = []

    def step(self, name: str) -> None:
        """One call is about to be made, or a commit has been."""
        self.count += 1
        self.names.append(name)
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        """Count from now on, in this process and for ever."""
        from django.db.backends.base.base import BaseDatabaseWrapper

        for name in CALLS:
            if hasattr(os, name):
                setattr(os, name, self._counted(name, getattr(os, name)))
        real = BaseDatabaseWrapper._commit

        def commit(wrapper: Any) -> None:
            self.step("commit")
            real(wrapper)
            self.step("committed")

        BaseDatabaseWrapper._commit = commit  # type: ignore[method-assign]

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            self.step(name)
            return real(*arguments, **more)

        return call


def in_a_child(act: Callable[[], None], told: Path) -> int:
    """The signal (or 0, or a negative exit status) that ended a fork of this process that did *act*.

    What the fork writes on standard error goes to the file *told*.
    """
    process = os.fork()
    if not process:
        descriptor = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        try:
            act()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def places(count: int, most: int) -> list[int]:
    """At most *most* of the calls 1 to *count*: the first, the last, and those between at equal distances."""
    if count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(step * (count - 1) / (most - 1)) for step in range(most)})
