"""Figures: percentiles, spread, tables for people and JSON for machines, and what the machine is."""

import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "bench" / "out"
PACKAGES = ("cryptography", "Django", "granian", "httpx2", "rfc8785")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of results: its *name*, the *command* that makes it, headings, rows and notes below it."""

    name: str
    command: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def median(values: Sequence[float]) -> float:
    """The median of *values*."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which *share* (0 to 1) of *values* lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The smallest and largest of *values*, as text."""
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def machine() -> dict[str, str]:
    """What the figures were taken on."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in PACKAGES},
        "openssl (command)": _first_line("openssl", "version"),
        "age (command)": _first_line("age", "--version"),
        "load at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def show(table: Table) -> None:
    """Print *table* and keep it as JSON in `bench/out/`."""
    widths = [max(len(row[place]) for row in (table.headings, *table.rows)) for place in range(len(table.headings))]
    print(f"\n{table.name}   ({table.command})")
    for row in (table.headings, tuple("-" * width for width in widths), *table.rows):
        cells = [cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in _cells(row, widths)]
        print("  " + "  ".join(cells).rstrip())
    for note in table.notes:
        print(f"  {note}")
    sys.stdout.flush()
    OUT.mkdir(parents=True, exist_ok=True)
    told = {
        "name": table.name,
        "command": table.command,
        "machine": machine(),
        "headings": table.headings,
        "rows": table.rows,
        "notes": table.notes,
    }
    path = OUT / f"{table.command.rpartition(' ')[2]}.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _cells(row: tuple[str, ...], widths: list[int]) -> list[tuple[int, tuple[str, int]]]:
    return list(enumerate(zip(row, widths, strict=True)))


def _first_line(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return "not installed"
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    return (done.stdout or done.stderr).splitlines()[0] if done.stdout or done.stderr else "?"
