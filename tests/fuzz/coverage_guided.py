"""Coverage-guided fuzzing of every target with atheris, in processes of their own, as many as there are cores.

    python -m tests.fuzz.coverage_guided --minutes 2 [--only NAME …] [--keep FOLDER]

The time is shared among the targets. Each begins with its samples, and with what once broke it. An input that breaks a
parser is written to tests/fuzz/found/TARGET/, from where the test suite tries it for ever, and the exit status is 1.
With --keep, what was learnt (the corpus) stays in FOLDER for the next run.
"""

import argparse
import contextlib
import hashlib
import io
import os
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz import seeds

ROOT = Path(__file__).parents[2]
#: Seconds for one input, and MiB of memory for a whole process.
ONE_INPUT, MEMORY = 10, 700
#: Seconds after which a process that does not end by itself is ended.
PATIENCE = 90


@dataclass(frozen=True)
class Ran:
    """How fuzzing one target ended: inputs tried, what was found, if anything, and what was said of it."""

    name: str
    inputs: int
    status: int
    found: tuple[Path, ...]
    said: str

    @property
    def broken(self) -> bool:
        return bool(self.found or self.status)


def main() -> int:
    options = _options()
    try:
        import atheris
    except ImportError:
        print(
            "atheris is not installed here (it is made for Linux on x86-64 and Python up to 3.13): nothing was fuzzed"
        )
        return 0
    begun = time.monotonic()
    print("reading the program, to see which lines each input reaches …", flush=True)
    with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["rogatory"]):
        from tests.fuzz.targets import TARGETS
    names = options.only or list(TARGETS)
    jobs = os.cpu_count() or 1
    seconds = max(0.5, options.minutes * 60 * jobs / len(names))
    with tempfile.TemporaryDirectory() as scratch:
        done = _run_all({name: TARGETS[name] for name in names}, seconds, Path(scratch), options.keep)
    for one in done:
        print(f"{one.name:20} {one.inputs:>9} inputs{'  FAILED' if one.broken else ''}")
    for one in done:
        if one.broken:
            print(f"\n{one.name}: {', '.join(str(path.relative_to(ROOT)) for path in one.found)}\n{one.said}")
    total, broken = sum(one.inputs for one in done), sum(one.broken for one in done)
    print(f"{len(done)} targets, {total} inputs in {time.monotonic() - begun:.0f} s, {broken} broken")
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2.0, help="for all targets together (default: 2)")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these targets alone")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="keep what was learnt here")
    return parser.parse_args()


def _run_all(targets: dict[str, Any], seconds: float, scratch: Path, keep: Path | None) -> list[Ran]:
    """Every target in a fork of this process, which has read the program once for all of them."""
    waiting, running, done = list(targets), {}, []
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            name = waiting.pop(0)
            corpus = (keep or scratch / "corpus") / name
            running[_start(name, targets[name], seconds, corpus, scratch)] = name
        process, status = os.wait()
        done.append(_ended(running.pop(process), status, scratch))
    return sorted(done, key=lambda one: one.name)


def _start(name: str, target: Any, seconds: float, corpus: Path, scratch: Path) -> int:
    corpus.mkdir(parents=True, exist_ok=True)
    (scratch / "found" / name).mkdir(parents=True)
    for data in (*target.samples(), *seeds.kept(name)):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data[: target.largest])
    process = os.fork()
    if process:
        return process
    try:
        told = os.open(scratch / f"{name}.txt", os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(told, 1)
        os.dup2(told, 2)
        signal.alarm(int(seconds) + PATIENCE)
        _fuzz(target, seconds, corpus, scratch / "found" / name)
    finally:
        os._exit(3)


def _fuzz(target: Any, seconds: float, corpus: Path, found: Path) -> None:
    """Fuzz in this process, which libFuzzer ends."""
    import atheris

    def one(data: bytes) -> None:
        try:
            target.judge(data[: target.largest])
        except BaseException:
            (found / "crash").write_bytes(data[: target.largest])
            raise

    limits = [f"-timeout={ONE_INPUT}", f"-rss_limit_mb={MEMORY}", f"-max_total_time={int(seconds) + 2}"]
    words = [sys.argv[0], str(corpus), *limits, f"-max_len={target.largest}", "-print_final_stats=1"]
    atheris.Setup([*words, f"-artifact_prefix={found}/"], one)
    # libFuzzer counts whole seconds, and ends by itself at this signal.
    clock = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGUSR1))
    clock.daemon = True
    clock.start()
    atheris.Fuzz()


def _ended(name: str, status: int, scratch: Path) -> Ran:
    said = (scratch / f"{name}.txt").read_text(encoding="utf-8", errors="replace")
    tried = [line.split()[-1] for line in said.splitlines() if line.startswith("stat::number_of_executed_units")]
    found = tuple(_keep(name, path) for path in sorted((scratch / "found" / name).iterdir()))
    return Ran(name, int(tried[0]) if tried else 0, status, found, _trouble(said))


def _keep(name: str, path: Path) -> Path:
    data = path.read_bytes()
    place = seeds.FOUND / name / f"{path.name.partition('-')[0]}-{hashlib.sha256(data).hexdigest()[:16]}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def _trouble(said: str) -> str:
    lines = said.splitlines()
    first = next((place for place, line in enumerate(lines) if "exception" in line or "ERROR" in line), 0)
    return "\n".join(lines[first : first + 60])


if __name__ == "__main__":
    sys.exit(main())
