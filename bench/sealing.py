"""Sealing and opening a large file, durably, beside `cp`, `age -r` and `sha256sum` of the same file.

Every writer ends with an fsync of what it wrote; the page cache is warmed before each round, for all alike. Rogatory
seals as a node does: into its blob store, with the whole file's SHA-256, the age file and the digests of its parts in
one pass; it opens into a new file, with every part, every chunk and the whole verified. Each runs as a process of its
own, whose largest memory the kernel tells.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from bench import pair
from bench.measure import ROOT, Table, median, spread
from rogatory.evidence import opener, sealer
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.evidence.parts import Parts
from rogatory.sealing import age
from rogatory.sealing.recipients import HybridIdentity
from rogatory.stores.direct import DirectFile
from rogatory.stores.files import LocalBlobs

MEBIBYTE = 1024 * 1024
SEED = bytes(range(32))
SEAL, OPEN = "Rogatory: seal", "Rogatory: open and verify"
Act = Callable[[], list[str]]


@dataclass(slots=True)
class Measured:
    """Wall seconds, processor seconds and the largest memory (MiB) of each round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def run(*, rounds: int, size: int) -> Table:
    """The table for a random file of *size* bytes."""
    with pair.scratch() as folder:
        source = folder / "evidence"
        _make(source, size)
        commands = _commands(folder, source)
        found = {name: Measured() for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                _clean(folder, name)
                _time(command, found[name])
    return _table(found, size, rounds)


def _commands(folder: Path, source: Path) -> dict[str, list[str]]:
    key = folder / "key"
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    public = key.read_text(encoding="ascii").split("public key: ")[1].split()[0]
    python = [sys.executable, "-m", "bench.sealing"]
    return {
        "cp": _durably(folder / "copy", "cp", str(source), f"{folder}/copy"),
        "sha256sum": ["sha256sum", str(source)],
        "age -r": _durably(folder / "a.age", "age", "-r", public, "-o", f"{folder}/a.age", str(source)),
        "age -d": _durably(folder / "a", "age", "-d", "-i", str(key), "-o", f"{folder}/a", f"{folder}/a.age"),
        SEAL: [*python, "seal", str(folder)],
        OPEN: [*python, "open", str(folder)],
    }


def _durably(out: Path, *command: str) -> list[str]:
    """*command*, and then the fsync of what it wrote to *out*."""
    return ["env", f"OUT={out}", "sh", "-c", '"$@" && sync "$OUT"', "sh", *command]


def _clean(folder: Path, name: str) -> None:
    made = {"cp": ["copy"], "age -r": ["a.age"], "age -d": ["a"], SEAL: ["blobs/sealed"], OPEN: ["opened"]}
    for old in made.get(name, []):
        (folder / old).unlink(missing_ok=True)
    for warm in ("evidence", "a.age" if name == "age -d" else "", "blobs/sealed" if name == OPEN else ""):
        if warm and (folder / warm).exists():
            with (folder / warm).open("rb", buffering=0) as file:
                while file.read(4 * MEBIBYTE):
                    pass


def _time(command: list[str], into: Measured) -> None:
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    said = process.stdout.read() if process.stdout and command[0] == sys.executable else b""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed")
    into.wall.append(float(said) if said else time.perf_counter() - begin)
    into.cpu.append(used.ru_utime + used.ru_stime)
    into.memory.append(used.ru_maxrss / 1024)


def _table(found: dict[str, Measured], size: int, rounds: int) -> Table:
    seal, age = found[SEAL].wall, found["age -r"].wall
    rows = tuple(
        (
            name,
            f"{median(one.wall):.2f}",
            spread(one.wall),
            f"{size / MEBIBYTE / median(one.wall):.0f}",
            f"{median(one.cpu):.2f}",
            f"{max(one.memory):.0f}",
            f"{median([mine / other for mine, other in zip(one.wall, age, strict=True)]):.2f}",
        )
        for name, one in found.items()
    )
    ratio = [theirs / ours for theirs, ours in zip(age, seal, strict=True)]
    return Table(
        name=f"Sealing and opening a file of {size // MEBIBYTE} MiB, durably",
        command="python -m bench sealing",
        headings=("what", "seconds", "of the rounds", "MiB/s", "cpu s", "peak MiB", "of age -r"),
        rows=rows,
        notes=(
            f"{rounds} rounds in turns; sealing is {median(ratio):.2f} times as fast as age -r ({spread(ratio)})",
            "Rogatory's seconds are those of the act, as in a running node; its cpu s include starting Python",
            "aimed at: faster than age -r, under 200 MiB",
        ),
    )


def _make(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))
        file.flush()
        os.fsync(file.fileno())


def _seal(folder: Path) -> None:
    begin = time.perf_counter()
    writer = LocalBlobs(folder / "blobs").create("sealed")
    try:
        with (folder / "evidence").open("rb") as source:
            recipient = HybridIdentity(SEED).recipient
            made = sealer.seal(source, writer.file, begun=age.new_header([recipient], os.urandom))
        writer.commit()
    finally:
        writer.abort()
    print(time.perf_counter() - begin)
    parts = {"total": made.parts.total, "size": made.parts.size, "count": made.parts.count, "root": made.parts.root}
    told = {"sha256": made.sha256, "size": made.size, "parts": parts}
    (folder / "sealed.json").write_text(json.dumps(told), encoding="utf-8")


def _open(folder: Path) -> None:
    told = json.loads((folder / "sealed.json").read_text(encoding="utf-8"))
    manifest = _manifest(told["sha256"], told["size"], Parts(**told["parts"]))
    begin = time.perf_counter()
    sink = DirectFile(folder / "opened")
    with LocalBlobs(folder / "blobs").open("sealed") as source:
        opener.open_exhibit(source, cast("BinaryIO", sink), manifest=manifest, identities=[HybridIdentity(SEED)])
    sink.sync()
    print(time.perf_counter() - begin)
    sink.close()


def _manifest(sha256: str, size: int, parts: Parts) -> Manifest:
    return Manifest(
        exhibit="0" * 26,
        case="VNM-FRA-2028-0001-7Q4K2M9XAB",
        answers="0" * 64,
        provision="44(1)",
        name="evidence",
        media_type="application/octet-stream",
        description="A random file.",
        sha256=sha256,
        size=size,
        parts=parts,
        sealed_by="FRA/contact-point",
        person="Inès Moreau",
        receivers=("VNM/contact-point",),
        recipients=(str(HybridIdentity(SEED).recipient),),
        at=datetime(2028, 3, 1, tzinfo=UTC),
        conditions=Conditions(use="The case named above.", confidential=True, onward="not-at-all"),
    )


if __name__ == "__main__":
    {"seal": _seal, "open": _open}[sys.argv[1]](Path(sys.argv[2]))
