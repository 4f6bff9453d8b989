"""How long a person waits: for the verifier command, and for a node."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import pair
from bench.measure import Table, median, spread
from rogatory.exercise.cast import VIET_NAM
from rogatory.exercise.node import ExerciseNode, free_port

VERIFIER_SECONDS, NODE_SECONDS = 0.4, 4.0


def run(*, rounds: int) -> Table:
    """The table of *rounds* starts each."""
    python = _times(rounds, [sys.executable, "-c", "pass"])
    verifier = _times(rounds, [str(Path(sys.executable).with_name("rogatory")), "verify", "--help"])
    node = _node_starts(rounds)
    rows = (
        ("python -c pass", f"{median(python):.3f}", spread(python, 3), ""),
        ("rogatory verify --help", f"{median(verifier):.3f}", spread(verifier, 3), f"{VERIFIER_SECONDS}"),
        ("rogatory serve, until /node/v1/card answers", f"{median(node):.2f}", spread(node), f"{NODE_SECONDS}"),
    )
    return Table(
        name="Start-up",
        command="python -m bench startup",
        headings=("what", "seconds", "of the rounds", "aimed below"),
        rows=rows,
        notes=(f"{rounds} starts each, the files in the page cache",),
    )


def _times(rounds: int, command: Sequence[str]) -> list[float]:
    def once() -> float:
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
        return time.perf_counter() - begin

    once()
    return [once() for _ in range(rounds)]


def _node_starts(rounds: int) -> list[float]:
    with pair.scratch() as folder:
        port = free_port()
        node = ExerciseNode(VIET_NAM, folder, port=port, address=f"http://127.0.0.1:{port}")
        node.set_up(pair.PRACTICE_DATE)
        found = []
        for _ in range(rounds + 1):
            begin = time.perf_counter()
            try:
                node.start()
                found.append(time.perf_counter() - begin)
            finally:
                node.stop()
        return found[1:]
