"""Commands as processes of their own: wall seconds, processor seconds, and the largest memory the kernel tells."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import ROOT

#: Where restic and borg of a benchmark keep their things, below its folder.
RESTIC, BORG = ("restic", "restic-cache"), ("borg", "borg-home")


@dataclass(slots=True)
class Measured:
    """Wall seconds, processor seconds and the largest memory (MiB) of each round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure(command: Sequence[str], into: Measured, environment: Mapping[str, str] | None = None) -> None:
    """Run *command*; what it took is added to *into*. A command of ours that prints a number gives its own seconds."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = out.read(100)
        if process.returncode:
            raise RuntimeError(f"{command[0]} failed: {err.read()[-2000:]}")
    into.wall.append(float(said) if _is_number(said) else taken)
    into.cpu.append(used.ru_utime + used.ru_stime)
    into.memory.append(used.ru_maxrss / 1024)


def keeping(folder: Path) -> dict[str, str]:
    """The environment in which restic and borg work below *folder*."""
    return {
        **os.environ,
        "RESTIC_REPOSITORY": str(folder / RESTIC[0]),
        "RESTIC_PASSWORD": "practice",
        "RESTIC_CACHE_DIR": str(folder / RESTIC[1]),
        "BORG_PASSPHRASE": "practice",
        "BORG_BASE_DIR": str(folder / BORG[1]),
    }


def new_repository(folder: Path, program: str) -> None:
    """Make the empty repository below *folder* that *program*, `restic` or `borg`, writes to."""
    how = {"restic": ["restic", "init", "-q"], "borg": ["borg", "init", "-e", "repokey", str(folder / BORG[0])]}
    subprocess.run(how[program], env=keeping(folder), check=True, capture_output=True)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
