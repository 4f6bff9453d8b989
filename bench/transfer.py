"""Evidence from node to node over loopback, every part verified and durable, beside rsync, scp and a plain copy.

Two real nodes: the sender's side is a process that seals and sends (`transfer_driver`), the receiver is served by
granian. Everybody's file is fsynced. A transfer that is cut at half is resumed; the rest is compared with half of the
whole. Behind nginx with TLS 1.3 the same is measured again.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import pair, servers
from bench.measure import ROOT, Table, median, spread
from bench.pair import Pair
from rogatory.exercise.node import free_port

MEBIBYTE = 1024 * 1024
COPY, RSYNC, SCP = "cp", "rsync daemon, whole file", "scp"
PARTS, WHOLE, REST = "Rogatory: all parts", "Rogatory: and read again", "Rogatory: resumed at half"
BEHIND = "Rogatory: all parts, behind nginx with TLS 1.3"


def run(*, rounds: int, size: int) -> Table:
    """The table for a random file of *size* bytes."""
    found: dict[str, list[float]] = {name: [] for name in (COPY, RSYNC, SCP, PARTS, WHOLE, REST, BEHIND)}
    memory: list[float] = []
    port = free_port()
    with pair.scratch() as folder:
        file = folder / "evidence"
        _make(file, size)
        trusted = servers.certificate(folder)
        for address in (None, {"FRA": f"https://localhost:{port}"}):
            with pair.running(address) as nodes, _front(folder, port, nodes, wanted=address is not None):
                nodes.sender.stop()
                for _ in range(rounds):
                    if address is None:
                        _peers(folder, file, found)
                    _send(nodes, file, trusted if address else None, found, memory)
    return _table(found, memory, size, rounds)


@contextmanager
def _front(folder: Path, port: int, nodes: Pair, *, wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    with servers.nginx_front(folder, port=port, to=nodes.receiver.port):
        yield


def _peers(folder: Path, file: Path, found: dict[str, list[float]]) -> None:
    into = folder / "in"
    for name, program in ((COPY, "cp"), (RSYNC, "rsync"), (SCP, "scp")):
        if shutil.which(program) is None:
            continue
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        _warm(file)
        if name == COPY:
            found[name].append(_timed(["cp", str(file), f"{into}/evidence"], into))
        elif name == RSYNC:
            with servers.rsync_daemon(into) as address:
                found[name].append(_timed(["rsync", "-W", str(file), address], into))
        else:
            shutil.rmtree(folder / "ssh", ignore_errors=True)
            with servers.ssh_server(folder) as options:
                found[name].append(_timed(["scp", *options, str(file), f"localhost:{into}/"], into))


def _send(nodes: Pair, file: Path, trusted: Path | None, found: dict[str, list[float]], memory: list[float]) -> None:
    _warm(file)
    whole = _drive(nodes, file, "1", trusted)
    memory.append(whole["memory"])
    if trusted:
        found[BEHIND].append(whole["arrived"])
        return
    found[PARTS].append(whole["arrived"])
    found[WHOLE].append(whole["received"])
    found[REST].append(_drive(nodes, file, "0.5", trusted)["rest"])


def _drive(nodes: Pair, file: Path, cut: str, trusted: Path | None) -> dict[str, float]:
    environment = nodes.environment(nodes.sender)
    if trusted:
        environment["ROGATORY_CA_FILE"] = str(trusted)
    done = subprocess.run(
        [sys.executable, "-m", "bench.transfer_driver", str(file), cut],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=1800,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _timed(command: list[str], into: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run(["sync", str(into / "evidence")], check=True)
    return time.perf_counter() - begin


def _warm(file: Path) -> None:
    with file.open("rb", buffering=0) as source:
        while source.read(4 * MEBIBYTE):
            pass


def _make(path: Path, size: int) -> None:
    with path.open("wb") as file:
        for _ in range(size // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))
        file.flush()
        os.fsync(file.fileno())


def _table(found: dict[str, list[float]], memory: list[float], size: int, rounds: int) -> Table:
    ours = found[PARTS]
    rows = tuple(
        (
            name,
            f"{median(one):.2f}" if one else "not installed",
            spread(one) if one else "",
            f"{size / MEBIBYTE / (2 if name == REST else 1) / median(one):.0f}" if one else "",
            f"{median([theirs / mine for theirs, mine in zip(one, ours, strict=True)]):.2f}" if one else "",
        )
        for name, one in found.items()
    )
    rest = [part / (whole / 2) for part, whole in zip(found[REST], ours, strict=True)]
    return Table(
        name=f"A sealed file of {size // MEBIBYTE} MiB from node to node, durable",
        command="python -m bench transfer",
        headings=("way", "seconds", "of the rounds", "MiB/s", "times Rogatory's seconds"),
        rows=rows,
        notes=(
            f"{rounds} rounds in turns; TLS in rounds of its own",
            f"resuming at half costs {median(rest):.2f} ({spread(rest)}) of the missing half",
            f"the sender's process had at most {max(memory):.0f} MiB",
            "aimed at: rsync and scp take twice as long; resuming costs at most 1.2 of the missing half; under 200 MiB",
        ),
    )
