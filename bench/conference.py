"""A hall of delegations that vote at once: one process, SQLite, real HTTP, and the server killed in mid-vote.

Every delegation has a device of its own with a pass of its own, which asks once a second whether what it shows has
changed; the chair has one, and the room's screens ask three times a second. The chair opens recorded votes; all
delegations vote, within some seconds or in the same moment; the chair closes. All devices are tasks of this process,
the node is `rogatory serve` as it is set. What stands in the record is read and verified by a process of its own.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.conference_devices import Device
from bench.conference_hall import (
    SCREEN_SECONDS,
    SCREENS,
    Hall,
    Killed,
    Voted,
    cpu,
    enter,
    hall,
    killed_in_mid_vote,
    take_vote,
    watching,
)
from bench.measure import ROOT, Table, median, percentile, spread
from bench.pair import scratch
from rogatory.exercise.node import free_port

WINDOW_SECONDS = 5.0


def _group(port: int) -> int:
    """The process group of the node that serves *port*."""
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                words = (place / "cmdline").read_bytes().split(b"\0")
                if b"serve" in words and str(port).encode() in words:
                    return os.getpgid(int(place.name))
            except OSError:
                continue
    raise RuntimeError(f"nobody serves {port}")


def run(*, rounds: int, count: int) -> Table:
    """The table of *rounds* votes of each kind by *count* delegations."""
    with scratch() as folder, hall(folder, count, 2 * rounds + 1) as found:
        return asyncio.run(_measured(found, rounds))


async def _idle(found: Hall, seconds: float) -> tuple[float, list[float]]:
    """The share of a core that the node uses while nothing happens, and the seconds of every question asked."""
    await asyncio.sleep(2.0)
    for device in found.everybody:
        device.polls.clear()
    used, begun = cpu(found.process), time.perf_counter()
    await asyncio.sleep(seconds)
    share = (cpu(found.process) - used) / (time.perf_counter() - begun)
    return share, [one for device in found.everybody for one in device.polls]


async def _rates(found: Hall) -> dict[str, float]:
    """Answers a second to as many devices as are in the hall, each asking again at once: unchanged, and two hellos."""
    port = free_port()
    rates = {}
    devices = list(found.delegations.values())
    rates["unchanged"] = await _rate(devices, lambda one: f"{one.place}live/phone/?seen={one.seen}")
    process = subprocess.Popen([sys.executable, "-m", "bench.hello", str(port)], cwd=ROOT, start_new_session=True)
    try:
        await asyncio.to_thread(_wait_for, port)
        plain = [Device(port, "", "", "") for _ in devices]
        for name in ("wsgi", "django"):
            rates[name] = await _rate(plain, lambda _one, name=name: f"/{name}")  # type: ignore[misc]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
    return rates


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20.0
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


async def _rate(devices: Sequence[Device], path: Callable[[Device], str], seconds: float = 4.0) -> float:
    end, count = time.perf_counter() + seconds, 0

    async def ask(device: Device) -> None:
        nonlocal count
        while time.perf_counter() < end:
            await device.request("GET", path(device))
            count += 1

    begun = time.perf_counter()
    await asyncio.gather(*(ask(device) for device in devices))
    return count / (time.perf_counter() - begun)


async def _measured(found: Hall, rounds: int) -> Table:
    found.process = _group(found.node.port)
    await enter(found.everybody)
    spread_out, at_once = [], []
    async with watching(found):
        share, polls = await _idle(found, 10.0)
        for number in range(rounds):
            spread_out.append(await take_vote(found, f"L.{2 * number + 1}", WINDOW_SECONDS))
            at_once.append(await take_vote(found, f"L.{2 * number + 2}", 0.0))
        killed = await killed_in_mid_vote(found, f"L.{2 * rounds + 1}")
    commits = [found.driver("commits", str(len(found.delegations)))["seconds"] for _ in range(rounds)]
    rates = await _rates(found)
    kinds = {f"within {WINDOW_SECONDS:.0f} s": spread_out, "at once": at_once}
    rows = [row for name, votes in kinds.items() for row in _rows(name, votes)]
    rows += [_row("nothing happens: question to answer", polls)]
    return _table(found, rows, (kinds, commits, share, killed, rates))


def _rows(name: str, votes: Sequence[Voted]) -> list[tuple[str, ...]]:
    return [
        _row(f"{name}: vote to its answer", [one for vote in votes for one in vote.answers]),
        _row(f"{name}: vote answered to the screens' count", [one for vote in votes for one in vote.shown]),
        _row(f"{name}: vote closed to the screens' result", [one for vote in votes for one in vote.results]),
        _row(f"{name}: vote opened to the last phone", [vote.opened for vote in votes]),
        _row(f"{name}: vote closed to the last phone", [vote.redrawn for vote in votes]),
        _row(f"{name}: first vote to the last answer", [vote.all_in for vote in votes]),
    ]


def _row(name: str, seconds: Sequence[float]) -> tuple[str, ...]:
    found = (percentile(seconds, 0.5), percentile(seconds, 0.99), max(seconds))
    return (name, str(len(seconds)), *(f"{one * 1000:,.0f}" for one in found))


Found = tuple[dict[str, list[Voted]], list[float], float, Killed, dict[str, float]]


def _table(found: Hall, rows: list[tuple[str, ...]], measured: Found) -> Table:
    kinds, commits, share, killed, rates = measured
    count, (spread_out, at_once) = len(found.delegations), kinds.values()
    votes = [*spread_out, *at_once]
    ratios = [vote.all_in / one for vote, one in zip(at_once, commits, strict=True)]
    used = [vote.cpu / count * 1000 for vote in at_once]
    asked = rates["unchanged"]
    return Table(
        name=f"A recorded vote of {count} delegations at their devices, one process, SQLite",
        command="python -m bench conference",
        headings=("what", "of", "p50 ms", "p99 ms", "longest ms"),
        rows=tuple(rows),
        notes=(
            f"{len(spread_out)} votes of each kind, in turns; {SCREENS} screens ask every {SCREEN_SECONDS} s",
            f"votes lost: {sum(one.lost for one in votes)}; counted twice: {sum(one.doubled for one in votes)}",
            (
                f"{count} durable commits of a row of that size, one by one: {median(commits):.2f} s "
                f"({spread(commits)}); all votes at once take {median(ratios):.2f} times that ({spread(ratios)})"
            ),
            (
                f"processor time of the node: {share * 100:.0f} % of a core while nothing happens, "
                f"{median(used):.1f} ms a vote at once ({spread(used, 1)}), questions and pages included"
            ),
            (
                f"unchanged: {asked:.0f} answers a second; granian's hello {rates['wsgi']:.0f}, Django's "
                f"{rates['django']:.0f}: {asked / rates['wsgi']:.2f} and {asked / rates['django']:.2f} times as many"
            ),
            (
                f"killed when {killed.answered} votes were answered, away for {killed.away:.1f} s, all in after "
                f"{killed.all_in:.1f} s: lost {killed.lost}, counted twice {killed.doubled}"
            ),
            "aimed at: what the screens show within 1 s (p99), nothing lost, nothing twice",
        ),
    )
