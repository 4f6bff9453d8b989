"""A vote at thirty devices while the server is killed, served twice, and cut off: each vote that was answered counts once.

Real processes over HTTP, as in `make bench ARGS=conference`, which does the same with three hundred.
"""

import asyncio
import re
import sqlite3
from collections.abc import Coroutine, Iterator
from contextlib import closing
from typing import Any, TypeVar

import pytest
from bench import conference_hall
from bench.conference_devices import Device, Refused
from bench.conference_hall import HOST, Hall, enter, hall, open_vote, until, watching
from tests.support.forked_stage import commands_are_forks

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.state import State
from rogatory.conference.record import chain
from rogatory.exercise.node import ExerciseNode, free_port

DELEGATIONS, PROPOSALS = 30, 4
Result = TypeVar("Result")


class Room:
    """The hall, one loop for all its devices, and its record as it stands in the database."""

    def __init__(self, found: Hall, runner: asyncio.Runner) -> None:
        self.hall = found
        self._runner = runner
        self._proposal = 0

    def do(self, what: Coroutine[Any, Any, Result]) -> Result:
        """What *what* returns."""
        return self._runner.run(what)

    def vote(self) -> str:
        """A vote that is opened now, shown at every device."""
        self._proposal += 1
        return self.do(self._shown(f"L.{self._proposal}"))

    async def _shown(self, proposal: str) -> str:
        async with watching(self.hall, 0.1):
            return await open_vote(self.hall, proposal)

    def state(self) -> State:
        """The meeting as its whole record makes it, every entry verified; read beside whoever serves it."""
        path = f"file:{self.hall.node.data}/db.sqlite3?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            lines = [
                bytes(line)
                for (line,) in database.execute(
                    "SELECT line FROM stores_meetingentry WHERE meeting = ? ORDER BY number", (self.hall.meeting,)
                )
            ]
        entry, link = chain.begin(lines[0])
        state = engine.begin(entry.event)
        for line in lines[1:]:
            entry, link = chain.follow(link, line)
            state = engine.step(state, entry.event)
        return state

    def votes(self, vote: str) -> dict[str, str]:
        """Who has voted how in *vote*; the engine refuses a second vote, so the record holds none."""
        state = self.state()
        taken = state.vote if state.vote is not None else state.votes[-1]
        assert taken.id == vote
        return {code: choice.value for code, choice in taken.votes.items()}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("hall")
    with commands_are_forks(conference_hall), hall(folder, DELEGATIONS, PROPOSALS) as found, asyncio.Runner() as runner:
        runner.run(enter(found.everybody))
        yield Room(found, runner)
        for device in found.everybody:
            device.hang_up()
        runner.run(asyncio.sleep(0))


def choice_of(code: str) -> str:
    return ("yes", "no", "abstain")[ord(code[-1]) % 3]


def cast(vote: str, code: str) -> dict[str, str]:
    return {"vote": vote, "choice": choice_of(code)}


def desk(device: Device) -> tuple[int, int, set[str], set[str]]:
    """What the chair's desk says: how many have voted and have not, and who."""
    told = re.search(
        r"<strong>(\d+)</strong>\s*ha(?:s|ve) voted,\s*<strong>(\d+)</strong>\s*ha(?:s|ve) not", device.shown
    )
    assert told is not None
    voted = {
        code for found in re.findall(r'<span class="codes">([A-Z ]*)</span>', device.shown) for code in found.split()
    }
    missing = set(re.findall(r"<abbr title=\"[^\"]*\">([A-Z]+)</abbr>", device.shown))
    return int(told[1]), int(told[2]), voted, missing


def test_killed_in_mid_vote_the_server_has_every_vote_that_was_answered_and_says_who_is_missing(room: Room) -> None:
    vote, found = room.vote(), room.hall
    first = dict(list(found.delegations.items())[:20])
    names = {code: found.once() for code in found.delegations}
    answered: list[str] = []

    async def press(code: str, device: Device) -> None:
        await device.press("vote-cast", cast(vote, code), names[code])
        answered.append(code)

    async def killed() -> tuple[list[str], dict[str, str]]:
        voting = [asyncio.create_task(press(code, device)) for code, device in first.items()]
        await until(lambda: len(answered) >= 5)
        found.node.kill()
        before, kept = list(answered), room.votes(vote)
        await asyncio.to_thread(found.node.start)
        await asyncio.gather(*voting)
        for device in found.everybody:
            device.hang_up()  # every connection is dead
        await found.chair.ask()
        return before, kept

    before, kept = room.do(killed())
    assert 5 <= len(before) < len(first)
    assert all(kept[code] == choice_of(code) for code in before)
    assert room.votes(vote) == {code: choice_of(code) for code in first}
    assert desk(found.chair) == (20, 10, set(first), set(found.delegations) - set(first))

    async def the_others() -> None:
        # Those who have voted send the same once more.
        await asyncio.gather(
            *(one.press("vote-cast", cast(vote, code), names[code]) for code, one in found.delegations.items())
        )
        await found.chair.press("vote-closed", {"vote": vote}, found.once())

    room.do(the_others())
    outcome = room.state().votes[-1].outcome
    assert outcome is not None
    assert outcome.count.yes + outcome.count.no + outcome.count.abstain == DELEGATIONS
    assert room.votes(vote) == {code: choice_of(code) for code in found.delegations}


def test_two_servers_on_one_folder_take_one_vote_of_everybody(room: Room) -> None:
    vote, found = room.vote(), room.hall
    other = ExerciseNode(HOST, found.folder, port=free_port(), address=found.node.address)
    there = {code: Device(other.port, found.meeting, "phone", one.secret) for code, one in found.delegations.items()}
    names = {code: found.once() for code in there}

    async def twice(code: str) -> None:
        """The same press at both servers, as of a device whose first answer was lost."""
        pair = [found.delegations[code], there[code]]
        await asyncio.gather(*(one.press("vote-cast", cast(vote, code), names[code]) for one in pair))

    async def everybody() -> None:
        await enter(there.values())
        await asyncio.gather(*(twice(code) for code in there))
        await found.chair.ask()

    other.start()
    try:
        before = room.state().number
        room.do(everybody())
        assert room.votes(vote) == {code: choice_of(code) for code in there}
        assert room.state().number == before + DELEGATIONS
        assert desk(found.chair)[:2] == (DELEGATIONS, 0)
        room.do(found.chair.press("vote-closed", {"vote": vote}, found.once()))
    finally:
        for device in there.values():
            device.hang_up()
        room.do(asyncio.sleep(0))
        other.stop()


def test_a_vote_whose_answer_was_lost_counts_once_and_one_after_the_closing_not_at_all(room: Room) -> None:
    vote, found = room.vote(), room.hall
    (lost, device), (late, slow) = list(found.delegations.items())[:2]
    name = found.once()

    async def cut_off() -> None:
        for _ in range(3):
            await device.send_and_hang_up("vote-cast", cast(vote, lost), name)
        await device.press("vote-cast", cast(vote, lost), name)
        await found.chair.press("vote-closed", {"vote": vote}, found.once())
        # The same press again, after the closing: it was counted, and is answered.
        await device.press("vote-cast", cast(vote, lost), name)
        with pytest.raises(Refused, match="V3"):
            await slow.press("vote-cast", cast(vote, late), found.once())

    before = room.state().number
    room.do(cut_off())
    assert room.votes(vote) == {lost: choice_of(lost)}
    assert room.state().number == before + 2
