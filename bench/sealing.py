"""Sealing and opening a large file, durably, beside copying, hashing, encrypting and backing up the same file.

Every writer ends with an fsync of what it wrote (restic and borg do so themselves); the page cache is warmed before
each round, for all alike. Rogatory seals as a node does: into its blob store, with the whole file's SHA-256, the age
file and the digests of its parts in one pass; it opens with every part, every chunk and the whole verified, into a
new file or into nothing. Each runs as a process of its own, whose largest memory the kernel tells.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from bench import pair, plot
from bench.measure import OUT, ROOT, Table, median, spread
from bench.processes import BORG, RESTIC, Measured, keeping, measure, new_repository
from rogatory.evidence import opener, sealer
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.evidence.parts import Parts
from rogatory.sealing import age
from rogatory.sealing.recipients import HybridIdentity
from rogatory.stores.direct import DirectFile
from rogatory.stores.files import LocalBlobs

MEBIBYTE = 1024 * 1024
SEED = bytes(range(32))
SEAL, OPEN, CHECK = "Rogatory: seal", "Rogatory: open into a file", "Rogatory: open, verify, write nothing"
COPY, HASH, SUM, AGE = "dd, O_DIRECT", "hashlib.sha256 alone", "sha256sum", "age -r"
UNAGE, BACKUP, CREATE = "age -d", "restic backup", "borg create"
MADE = {
    COPY: ["copy"],
    AGE: ["a.age"],
    UNAGE: ["a"],
    SEAL: ["blobs/sealed"],
    OPEN: ["opened"],
    BACKUP: [*RESTIC],
    CREATE: [*BORG],
}
IMAGE = ROOT / "docs" / "images" / "sealing-growth.svg"
DRAWN = (SEAL, CHECK, AGE, SUM, BACKUP)


def run(*, rounds: int, sizes: Sequence[int], draw: bool) -> Table:
    """The table for random files of *sizes* bytes, the largest last; *draw* writes the plot of how they grow."""
    grown: dict[int, dict[str, Measured]] = {}
    for size in sizes:
        with pair.scratch() as folder:
            _make(folder / "evidence", size)
            commands = _commands(folder)
            grown[size] = {name: Measured() for name in commands}
            for _ in range(rounds):
                for name, command in commands.items():
                    _prepare(folder, name)
                    measure(command, grown[size][name], keeping(folder))
    if draw:
        IMAGE.write_text(_picture(grown), encoding="utf-8")
    OUT.mkdir(parents=True, exist_ok=True)
    kept = {str(size): {name: one.wall for name, one in found.items()} for size, found in grown.items()}
    (OUT / "sealing-growth.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return _table(grown[sizes[-1]], sizes[-1], rounds)


def _commands(folder: Path) -> dict[str, list[str]]:
    source, key = str(folder / "evidence"), folder / "key"
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    public = key.read_text(encoding="ascii").split("public key: ")[1].split()[0]
    python = [sys.executable, "-m", "bench.sealing"]
    copy = ["dd", f"if={source}", f"of={folder}/copy", "bs=4M", "oflag=direct", "conv=fsync", "status=none"]
    found = {
        COPY: copy,
        HASH: [*python, "hash", str(folder)],
        SUM: ["sha256sum", source],
        AGE: _durably(folder / "a.age", "age", "-r", public, "-o", f"{folder}/a.age", source),
        SEAL: [*python, "seal", str(folder)],
        CHECK: [*python, "check", str(folder)],
        UNAGE: _durably(folder / "a", "age", "-d", "-i", str(key), "-o", f"{folder}/a", f"{folder}/a.age"),
        OPEN: [*python, "open", str(folder)],
    }
    if shutil.which("restic"):
        found[BACKUP] = ["restic", "backup", "-q", source]
    if shutil.which("borg"):
        found[CREATE] = ["borg", "create", "--compression", "none", f"{folder}/borg::a", source]
    return found


def _durably(out: Path, *command: str) -> list[str]:
    """*command*, and then the fsync of what it wrote to *out*."""
    return ["env", f"OUT={out}", "sh", "-c", '"$@" && sync "$OUT"', "sh", *command]


def _prepare(folder: Path, name: str) -> None:
    """Take away what the last round made, make what must be there, and warm the page cache."""
    for old in MADE.get(name, []):
        path = folder / old
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    if name in (BACKUP, CREATE):
        new_repository(folder, name.split()[0])
    read = {UNAGE: "a.age", OPEN: "blobs/sealed", CHECK: "blobs/sealed"}.get(name, "evidence")
    with (folder / read).open("rb", buffering=0) as file:
        while file.read(4 * MEBIBYTE):
            pass
    os.sync()


def _table(found: dict[str, Measured], size: int, rounds: int) -> Table:
    ours, hashing, gibibytes = found[SEAL].wall, found[HASH].wall, size / MEBIBYTE / 1024
    rows = tuple(
        (
            name,
            f"{median(one.wall):.2f}",
            spread(one.wall),
            f"{size / MEBIBYTE / median(one.wall):.0f}",
            f"{median(one.cpu) / gibibytes:.2f}",
            f"{max(one.memory):.0f}",
            f"{median([theirs / mine for mine, theirs in zip(ours, one.wall, strict=True)]):.2f}",
        )
        for name, one in found.items()
    )
    share = [alone / mine for alone, mine in zip(hashing, found[CHECK].wall, strict=True)]
    return Table(
        name=f"Sealing and opening a file of {size // MEBIBYTE} MiB, durably",
        command="python -m bench sealing",
        headings=("what", "seconds", "of the rounds", "MiB/s", "cpu s/GiB", "peak MiB", "times our seal"),
        rows=rows,
        notes=(
            f"{rounds} rounds in turns",
            f"opening without writing runs at {median(share):.2f} ({spread(share)}) of hashlib.sha256's speed",
            "Rogatory's seconds are those of the act, as in a running node; its cpu s include starting Python",
            "aimed at: sha256sum 3 times our seconds, age -r 2, restic and borg 5, dd at least 0.71",
            "aimed at: 1.9 cpu s/GiB to seal, 0.75 of hashlib.sha256 to open, under 200 MiB",
        ),
    )


def _picture(grown: dict[int, dict[str, Measured]]) -> str:
    series = {
        name: [(size / MEBIBYTE, median(found[name].wall)) for size, found in grown.items()]
        for name in DRAWN
        if all(name in found for found in grown.values())
    }
    return plot.growth(series, title="Sealing a file, durably", across="size of the file, MiB", up="seconds")


def _make(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))
        file.flush()
        os.fsync(file.fileno())


def _hash(folder: Path) -> None:
    begin, whole = time.perf_counter(), hashlib.sha256()
    buffer = memoryview(bytearray(4 * MEBIBYTE))
    with (folder / "evidence").open("rb", buffering=0) as source:
        while count := source.readinto(buffer):
            whole.update(buffer[:count])
    print(time.perf_counter() - begin)


def _check(folder: Path) -> None:
    manifest = _told(folder)
    begin = time.perf_counter()
    with LocalBlobs(folder / "blobs").open("sealed") as source:
        opener.open_exhibit(source, None, manifest=manifest, identities=[HybridIdentity(SEED)])
    print(time.perf_counter() - begin)


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
    manifest = _told(folder)
    begin = time.perf_counter()
    sink = DirectFile(folder / "opened")
    with LocalBlobs(folder / "blobs").open("sealed") as source:
        opener.open_exhibit(source, cast("BinaryIO", sink), manifest=manifest, identities=[HybridIdentity(SEED)])
    sink.sync()
    print(time.perf_counter() - begin)
    sink.close()


def _told(folder: Path) -> Manifest:
    told = json.loads((folder / "sealed.json").read_text(encoding="utf-8"))
    return _manifest(told["sha256"], told["size"], Parts(**told["parts"]))


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
    {"hash": _hash, "seal": _seal, "check": _check, "open": _open}[sys.argv[1]](Path(sys.argv[2]))
