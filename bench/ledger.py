"""The ledger: durable appends beside rows and a flat file, proofs, and how both grow with the log.

One node, made as `rogatory init` makes it; its real store on SQLite with `synchronous=FULL`. Every append is signed,
treed and committed; what it is measured beside takes turns with it. Each measurement is a process of its own, and
those that prove are asked for their largest memory. Growth is written to `docs/images/ledger-growth.svg` as well.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import pair, plot
from bench.measure import OUT, ROOT, Table, median, percentile, spread
from rogatory.exercise.cast import VIET_NAM
from rogatory.exercise.node import ExerciseNode, free_port

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
IMAGE = ROOT / "docs" / "images" / "ledger-growth.svg"
NAMES = {"rows": "rows of SQLite, no tree", "flat": "flat file + fdatasync", "fdatasync": "one fdatasync of 300 bytes"}


def run(*, rounds: int, proofs: int, sizes: Sequence[int], draw: bool) -> Table:
    """The table for logs of *sizes* entries: *rounds* appends at each, *proofs* proofs; *draw* writes the plot."""
    with pair.scratch() as folder:
        port = free_port()
        node = ExerciseNode(VIET_NAM, folder, port=port, address=f"http://127.0.0.1:{port}")
        node.set_up(pair.PRACTICE_DATE)
        grown = [_at(folder, node, size, rounds, proofs) for size in sizes]
        beside = _drive(folder, node, "append", rounds)
    (OUT / "ledger-growth.json").parent.mkdir(parents=True, exist_ok=True)
    (OUT / "ledger-growth.json").write_text(json.dumps([_figures(one) for one in grown], indent=1) + "\n")
    if draw:
        IMAGE.write_text(picture([_figures(one) for one in grown]), encoding="utf-8")
    last = grown[-1]
    return Table(
        name=f"The ledger: durable appends and proofs, up to {last['size']:,} entries",
        command="python -m bench ledger",
        headings=("what", "entries/s", "one, us", "of the rounds", "p99 us", "x of flat / fdatasync"),
        rows=(*_appends(beside), *(row for one in grown for row in _growth(one))),
        notes=(
            "entries are made (blinding, digest, hash) within the time; Rogatory's are treed, signed and committed",
            f"the process that proves at {last['size']:,} entries holds at most {last['prove']['memory']:.0f} MiB",
            f"before its first proof it holds {last['prove']['before']:.0f} MiB: Python, Django, the law",
            "aimed at: 50,000 entries/s in batches of 100; one append at most 2 x one fdatasync",
            "aimed at: proof and verification under 100 us each at ten million entries, under 100 MiB",
        ),
    )


def picture(figures: Sequence[dict[str, float]]) -> str:
    """The plot of growth: microseconds by entries."""
    names = {
        "append_1": "one durable append",
        "append_100": "an entry of a batch of 100",
        "proof": "inclusion proof",
        "verify": "its verification",
        "files": "an entry into the files",
    }
    series = {name: [(one["size"], one[key]) for one in figures] for key, name in names.items()}
    return plot.growth(series, title="The ledger as it grows", across="entries in the log", up="microseconds")


def _at(folder: Path, node: ExerciseNode, size: int, rounds: int, proofs: int) -> dict[str, Any]:
    """Everything measured at a log of *size* entries."""
    filled = _drive(folder, node, "fill", size)
    proved = _drive(folder, node, "prove", proofs)
    # What is appended here counts for the next size; a small log stays one.
    appended = _drive(folder, node, "grow", max(20, min(rounds, size // 1000)))
    return {"size": size, "fill": filled, "prove": proved, "append": appended}


def _drive(folder: Path, node: ExerciseNode, what: str, number: int) -> Any:
    environment = {
        **os.environ,
        "ROGATORY_DATA": str(node.data),
        "ROGATORY_PASSPHRASE_FILE": str(folder / f"{node.state}-secrets" / "passphrase"),
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.ledger_driver", what, str(number)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


def _appends(found: dict[str, dict[str, list[float]]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for batch, ways in found.items():
        count, beside = int(batch), ways["fdatasync"] if batch == "1" else ways["flat"]
        for way, times in ways.items():
            if way == "fdatasync" and count > 1:
                continue
            name = "Rogatory: signed, treed, durable" if way == "Rogatory" else NAMES[way]
            ratio = f"{median(times) / median(beside):.2f}" if times is not beside else ""
            us = [1e6 * one for one in times]
            rate = f"{count / median(times):,.0f}"
            rows.append((f"{count:>4} at once: {name}", rate, f"{median(us):,.0f}", _middle(us), _p99(us), ratio))
    return rows


def _growth(one: dict[str, Any]) -> list[tuple[str, ...]]:
    size, proved = one["size"], one["prove"]
    rows: list[tuple[str, ...]] = []
    for key, name in (
        ("proof", "inclusion proof"),
        ("verify", "its verification"),
        ("whole", "both, from the database, as it is handed out"),
    ):
        us = [1e6 * value for value in proved[key]]
        rows.append((f"at {size:,}: {name}", "", f"{median(us):.1f}", _middle(us, 1), _p99(us), ""))
    for count in ("1", "100"):
        times = one["append"][count]["Rogatory"]
        us = [1e6 * value for value in times]
        rate = f"{int(count) / median(times):,.0f}"
        rows.append((f"at {size:,}: append {count}", rate, f"{median(us):,.0f}", _middle(us), _p99(us), ""))
    filled = one["fill"]
    if filled["entries"] > 0:
        rows.append(
            (f"at {size:,}: append 5,000 at once", f"{filled['entries'] / filled['append']:,.0f}", "", "", "", "")
        )
        rows.append(
            (f"at {size:,}: entries into the files", f"{filled['entries'] / filled['files']:,.0f}", "", "", "", "")
        )
    return rows


def _figures(one: dict[str, Any]) -> dict[str, float]:
    """What the plot shows of a log of one size, in microseconds."""
    filled, proved = one["fill"], one["prove"]
    return {
        "size": one["size"],
        "append_1": round(1e6 * median(one["append"]["1"]["Rogatory"]), 1),
        "append_100": round(1e4 * median(one["append"]["100"]["Rogatory"]), 2),
        "fdatasync": round(1e6 * median(one["append"]["1"]["fdatasync"]), 1),
        "proof": round(1e6 * median(proved["proof"]), 1),
        "verify": round(1e6 * median(proved["verify"]), 1),
        "files": round(1e6 * filled["files"] / max(1, filled["entries"]), 2),
        "memory_mib": round(proved["memory"], 1),
    }


def _middle(us: Sequence[float], digits: int = 0) -> str:
    """From the tenth to the ninetieth of a hundred."""
    return spread([percentile(us, 0.1), percentile(us, 0.9)], digits)


def _p99(us: Sequence[float]) -> str:
    return f"{percentile(us, 0.99):,.0f}"
