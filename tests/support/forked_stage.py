"""The nodes of an exercise, whose commands are forks of a process that has loaded the program, with quick passwords.

They are served as ever.
"""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from tests.support import forked

from rogatory.exercise import node


@contextmanager
def commands_are_forks(*others: ModuleType) -> Iterator[None]:
    """As long as this lasts, every `ExerciseNode`, and every module of *others*, calls `rogatory` in a fork."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (node, *others):
            patch.setattr(module, "subprocess", SimpleNamespace(Popen=subprocess.Popen, run=_run))
        yield


def _run(
    words: Sequence[str], *, timeout: float, env: Mapping[str, str] | None = None, **_: Any
) -> "subprocess.CompletedProcess[bytes]":
    """As `subprocess.run`, of `python -m MODULE ...`."""
    _python, _m, module, *arguments = words
    environment = {**(env or forked.inherited()), "DJANGO_SETTINGS_MODULE": "tests.support.quick_passwords"}
    done = forked.run(module, *arguments, environment=environment, timeout=timeout)
    return subprocess.CompletedProcess(list(words), done.returncode, done.stdout.encode(), done.stderr.encode())
