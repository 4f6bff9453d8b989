"""A meeting on a served node with a device for everybody, and a vote taken in it: what the benchmark measures.

The node is a process made by `rogatory init` and served by `rogatory serve` as it is set; the devices are tasks of the
process that imports this. Who has voted how is read back from the database, and the record verified, by a process of
its own beside the one that serves. The tests of survival use the same hall.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.conference_devices import Device
from bench.measure import ROOT
from rogatory.exercise.cast import Country, Player
from rogatory.exercise.node import ExerciseNode, free_port

HOST = Country("VNM", "Viet Nam", ("en", "fr"), Player("giang", "Đỗ Giang", ("administrator",)), ())
PRACTICE_DATE = "2028-03-01"
SCREENS = 4
ASK_SECONDS, SCREEN_SECONDS = 1.0, 0.3
_VOTE = re.compile(r'name="vote" value="([^"]+)"')
_VOTED = re.compile(r"<strong>(\d+)</strong>\s*(?:has|have) voted")
_RESULT = 'data-scene="result"'
CHOICES = ("yes", "no", "abstain")


@dataclass(slots=True)
class Hall:
    """A meeting on a node that is served, and the devices of all who take part."""

    node: ExerciseNode
    folder: Path
    meeting: str
    delegations: dict[str, Device]
    chair: Device
    screens: list[Device]
    process: int = 0
    dice: Random = field(default_factory=lambda: Random(20280306))

    @property
    def everybody(self) -> list[Device]:
        """All devices."""
        return [*self.delegations.values(), self.chair, *self.screens]

    def driver(self, *words: str) -> Any:
        """What `bench.conference_driver` says of the node's data folder, as a process of its own."""
        return driver(self.node, self.folder, *words)

    def once(self) -> str:
        """A name for one press, as the page's script makes it."""
        return self.dice.randbytes(16).hex()


def environment(node: ExerciseNode, folder: Path) -> dict[str, str]:
    """The environment of a process that works on the data folder of *node*."""
    return {
        **os.environ,
        "ROGATORY_DATA": str(node.data),
        "ROGATORY_PASSPHRASE_FILE": str(folder / f"{node.state}-secrets" / "passphrase"),
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
    }


def driver(node: ExerciseNode, folder: Path, *words: str) -> Any:
    """The JSON that `bench.conference_driver` prints when it does *words*."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.conference_driver", *words],
        env=environment(node, folder),
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return json.loads(done.stdout)


@contextmanager
def hall(folder: Path, count: int, proposals: int) -> Iterator[Hall]:
    """A meeting of *count* delegations at which *proposals* may be put to the vote, served; ended afterwards."""
    port = free_port()
    node = ExerciseNode(HOST, folder, port=port, address=f"http://127.0.0.1:{port}")
    node.set_up(PRACTICE_DATE)
    made = driver(node, folder, "make", str(count), str(proposals))
    found = Hall(
        node=node,
        folder=folder,
        meeting=made["meeting"],
        delegations={
            code: Device(port, made["meeting"], "phone", secret) for code, secret in made["delegations"].items()
        },
        chair=Device(port, made["meeting"], "chair", made["chair"]),
        screens=[Device(port, made["meeting"], "screen", made["screen"]) for _ in range(SCREENS)],
    )
    try:
        node.start()
        yield found
    finally:
        node.stop()


async def enter(devices: Iterable[Device], at_once: int = 8) -> None:
    """Let every device open its badge's link and its page, a few at a time."""
    places = asyncio.Semaphore(at_once)

    async def one(device: Device) -> None:
        async with places:
            await device.enter()

    await asyncio.gather(*(one(device) for device in devices))


@asynccontextmanager
async def watching(found: Hall, every: float = ASK_SECONDS) -> AsyncIterator[None]:
    """While this lasts every device asks as its page does: each after *every* so many seconds."""
    over = asyncio.Event()
    tasks = [
        asyncio.create_task(device.watch(over, min(every, SCREEN_SECONDS) if device.face == "screen" else every))
        for device in found.everybody
    ]
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*tasks)


async def until(true: Callable[[], bool], patience: float = 120.0) -> float:
    """The moment at which something is *true*; raises `TimeoutError`."""
    end = time.perf_counter() + patience
    while not true():
        if time.perf_counter() > end:
            raise TimeoutError
        await asyncio.sleep(0.002)
    return time.perf_counter()


async def open_vote(found: Hall, proposal: str) -> str:
    """The chair opens a recorded vote on *proposal*; its identifier, once every delegation's page shows it."""
    before = {_vote(device) for device in found.delegations.values()}
    body = {"about": "proposal", "target": proposal, "method": "recorded"}
    await found.chair.press("vote-opened", body, found.once())
    await until(lambda: all(_vote(device) not in {"", *before} for device in found.delegations.values()))
    return _vote(next(iter(found.delegations.values())))


def _vote(device: Device) -> str:
    """The vote that a delegation's page offers to vote in."""
    shown = _VOTE.search(device.shown)
    return shown[1] if shown else ""


@dataclass(slots=True)
class Voted:
    """One vote taken: the seconds of each answer, when the screens showed it, and what the chair's closing took."""

    answers: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    opened: float = 0.0
    all_in: float = 0.0
    closing: float = 0.0
    results: list[float] = field(default_factory=list)
    redrawn: float = 0.0
    cpu: float = 0.0
    lost: int = 0
    doubled: int = 0


async def take_vote(found: Hall, proposal: str, window: float) -> Voted:
    """Open a vote, let all delegations vote within *window* seconds, close it; what it took, what the record has."""
    told = Voted()
    begun = time.perf_counter()
    vote = await open_vote(found, proposal)
    told.opened = time.perf_counter() - begun
    await asyncio.sleep(1.0)
    choices = {code: found.dice.choice(CHOICES) for code in found.delegations}
    answered: list[float] = []
    used, begun = cpu(found.process), time.perf_counter()
    watch = [asyncio.create_task(_counts(screen, len(choices))) for screen in found.screens]

    async def one(code: str, device: Device) -> None:
        await asyncio.sleep(window * found.dice.random())
        body = {"vote": vote, "choice": choices[code]}
        told.answers.append(await device.press("vote-cast", body, found.once()))
        answered.append(time.perf_counter())

    await asyncio.gather(*(one(code, device) for code, device in found.delegations.items()))
    told.all_in = time.perf_counter() - begun
    for seen in await asyncio.gather(*watch):
        told.shown += [_first(seen, number) - at for number, at in enumerate(sorted(answered), 1)]
    told.cpu = cpu(found.process) - used
    await _close(found, vote, told)
    _compare(found, choices, told)
    return told


async def _counts(screen: Device, most: int) -> list[tuple[float, int]]:
    """When the screen showed how many had voted, until it showed *most*."""
    seen: list[tuple[float, int]] = []
    end = time.perf_counter() + 120.0
    while not seen or seen[-1][1] < most:
        shown = _VOTED.search(screen.shown)
        if shown and (not seen or seen[-1][1] != int(shown[1])):
            seen.append((time.perf_counter(), int(shown[1])))
        if time.perf_counter() > end:
            raise TimeoutError(f"the screen shows {seen[-1:]}")
        await asyncio.sleep(0.002)
    return seen


def _first(seen: Sequence[tuple[float, int]], number: int) -> float:
    """When at least *number* votes were shown."""
    return next(at for at, shown in seen if shown >= number)


async def _close(found: Hall, vote: str, told: Voted) -> None:
    before = {code: device.drawn for code, device in found.delegations.items()}
    told.closing = await found.chair.press("vote-closed", {"vote": vote}, found.once())
    closed = time.perf_counter()
    waiting = [until(lambda screen=screen: _RESULT in screen.shown) for screen in found.screens]  # type: ignore[misc]
    told.results = [at - closed for at in await asyncio.gather(*waiting)]
    redrawn = await until(lambda: all(device.drawn > before[code] for code, device in found.delegations.items()))
    told.redrawn = redrawn - closed


def _compare(found: Hall, choices: dict[str, str], told: Voted) -> None:
    stands = found.driver("stands", found.meeting)
    told.lost = sum(1 for code, choice in choices.items() if stands["votes"].get(code) != choice)
    told.doubled = stands["entered"] - len(stands["votes"])


def cpu(group: int) -> float:
    """The seconds of processor time that the processes of a process group have used."""
    ticks = 0
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                if os.getpgid(int(place.name)) == group:
                    parts = (place / "stat").read_text().rpartition(")")[2].split()
                    ticks += int(parts[11]) + int(parts[12])
            except OSError:
                continue
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Killed:
    """A vote in which the node was killed: how many were answered before, how long it was away, what the record has."""

    answered: int
    away: float
    all_in: float
    lost: int
    doubled: int


async def killed_in_mid_vote(found: Hall, proposal: str) -> Killed:
    """Let everybody vote within two seconds, kill the node when a third has been answered, start it again at once."""
    vote = await open_vote(found, proposal)
    choices = {code: found.dice.choice(CHOICES) for code in found.delegations}
    answered: list[str] = []
    begun = time.perf_counter()

    async def one(code: str, device: Device) -> None:
        await asyncio.sleep(2.0 * found.dice.random())
        await device.press("vote-cast", {"vote": vote, "choice": choices[code]}, found.once())
        answered.append(code)

    voting = [asyncio.create_task(one(code, device)) for code, device in found.delegations.items()]
    await until(lambda: len(answered) * 3 > len(choices))
    found.node.kill()
    away, before = time.perf_counter(), list(answered)
    held = found.driver("stands", found.meeting)
    kept = sum(1 for code in before if held["votes"].get(code) == choices[code])
    await asyncio.to_thread(found.node.start)
    away = time.perf_counter() - away
    await asyncio.gather(*voting)
    all_in, told = time.perf_counter() - begun, Voted()
    await _close(found, vote, told)
    _compare(found, choices, told)
    return Killed(len(before), away, all_in, told.lost + len(before) - kept, told.doubled)
