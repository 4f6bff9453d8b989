"""Opening the review page of every obligation over texts with tens of thousands of provisions, on SQLite.

A node is made for it, with invented codes; `alignment_pages_driver` fills it and opens the pages in a process of its
own.
"""

import json
import subprocess
import sys
from typing import Any

from bench import pair
from bench.measure import ROOT, Table, median, percentile
from rogatory.exercise.cast import VIET_NAM
from rogatory.exercise.node import ExerciseNode, free_port

AIM = 200


def run(*, codes: int, provisions: int, rounds: int) -> Table:
    """The table over *codes* codes of *provisions* provisions each, every page opened *rounds* times."""
    found = _opened(codes, provisions, rounds)
    rows = []
    for what, pairs in found["milliseconds"].items():
        times, worked = [one for one, _ in pairs], [one for _, one in pairs]
        row = (median(times), percentile(times, 0.99), max(times), median(worked), percentile(worked, 0.99))
        rows.append((what, *(f"{one:.0f}" for one in row)))
    return Table(
        name="Opening a review page",
        command="python -m bench alignment-pages",
        headings=("page", "median ms", "p99 ms", "worst ms", "processor, median", "processor, p99"),
        rows=tuple(rows),
        notes=(
            f"{found['obligations']} obligations, each opened {rounds} times; p99 aimed at: under {AIM} ms",
            f"{codes} codes of {provisions:,} provisions, {found['judged']} obligations judged by two readers, SQLite",
            f"proposals for one code and everything that the Convention asks: {found['proposing']:.1f} s",
            f"at most {found['queries']} queries a page",
            "through log-in, template and compression of a request, without a socket",
        ),
    )


def _opened(codes: int, provisions: int, rounds: int) -> dict[str, Any]:
    with pair.scratch() as folder:
        node = ExerciseNode(VIET_NAM, folder, port=(port := free_port()), address=f"http://127.0.0.1:{port}")
        node.set_up(pair.PRACTICE_DATE)
        environment = pair.Pair(folder=folder, sender=node, receiver=node).environment(node)
        done = subprocess.run(
            [sys.executable, "-m", "bench.alignment_pages_driver", str(codes), str(provisions), str(rounds)],
            env={**environment, "ROGATORY_WORKER": "outside"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=3600,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told
