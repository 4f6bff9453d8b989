"""Processes that act in one meeting on one data folder, and that end by SIGKILL where they are told to.

    python -m tests.support.meeting_at_work FOLDER

makes a node in FOLDER with a meeting, and prints what became of it; every other process is a fork of this one.
"""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support import meetings as played
from tests.support.killing import Kills, in_a_child, places
from tests.support.node_made import make_node

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
RACERS, ACTS, MOST_KILLS = 3, 3, 6
MEETING = "COP-1"


def main() -> None:
    make()
    print(json.dumps({"kill": kill(), "race": race()}))


def make() -> None:
    make_node(FOLDER, datetime(2026, 1, 1, tzinfo=UTC))
    from django.db import connections

    fresh().unlock()  # what every fork needs is read once
    meet()
    connections.close_all()


def fresh() -> Any:
    """The node as a process finds it that has read no meeting yet."""
    from tests.support.meeting_on_node import At

    from rogatory.node.sittings import Sittings
    from rogatory.site import wiring

    return replace(wiring.node(), sittings=Sittings(), clock=At(played.OPENS.replace(day=9)))


def meet() -> None:
    """A meeting in debate."""
    from tests.support.meeting_on_node import made, play

    from rogatory.node.people import Actor

    secretary = Actor(id="ha", name="Hà", authority="VNM/contact-point", roles=frozenset({"secretary"}))
    node, _ = made(fresh(), secretary)
    play(node, MEETING, played.debating().events)


def press(node: Any, number: int, *, turn: str) -> None:
    """A document is issued, in a submission of its own name."""
    from rogatory.node.conference import meetings

    body = {"symbol": f"CONF/{number}", "title": played.words("Paper"), "languages": ["en"]}
    meetings.act(node, MEETING, played.OFFICE, "document-issued", body, once=f"{turn}-{number}")


def kill() -> list[dict[str, Any]]:
    """One process for each place where it may die between the judgement of an act and its answer."""

    def counted() -> None:
        kills = Kills(0)
        kills.arm()
        node = fresh()
        for number in range(ACTS):
            press(node, number, turn="count")
        (FOLDER / "count").write_text(str(kills.count))

    assert in_a_child(counted, FOLDER / "told") == 0, (FOLDER / "told").read_text()
    found = []
    for place in places(int((FOLDER / "count").read_text()), MOST_KILLS):
        answered = FOLDER / f"answered-{place}"

        def dying(place: int = place, answered: Path = answered) -> None:
            node = fresh()
            Kills(place).arm()
            for number in range(ACTS):
                press(node, number, turn=f"kill{place}")
                with answered.open("a") as file:
                    file.write(f"{number}\n")

        signal = in_a_child(dying, FOLDER / "told")
        before = answered.read_text().split() if answered.exists() else []
        found.append({"place": place, "signal": signal, "answered": len(before), **after(f"kill{place}", before)})
    return found


def after(turn: str, answered: list[str]) -> dict[str, Any]:
    """What a process that starts anew finds, and what is there once every act was sent again under its name."""
    told = FOLDER / "after.json"

    def look() -> None:
        from rogatory.conference.record.verify import verify
        from rogatory.node.conference import meetings

        node = fresh()
        names = once_names(node)
        lost = [number for number in answered if f"{turn}-{number}" not in names]
        for number in range(ACTS):
            press(node, number, turn=turn)
        again = once_names(node)
        check = verify(meetings.record(node, MEETING))
        told.write_text(
            json.dumps(
                {
                    "lost": lost,
                    "doubled": len(again) - len(set(again)),
                    "missing": sum(f"{turn}-{number}" not in again for number in range(ACTS)),
                    "verified": not check.failures and check.state == meetings.sitting(node, MEETING).state,
                }
            )
        )

    assert in_a_child(look, FOLDER / "told") == 0, (FOLDER / "told").read_text()
    found: dict[str, Any] = json.loads(told.read_text())
    return found


def once_names(node: Any) -> list[str]:
    """The names of all submissions in the record, in order."""
    from rogatory.conference.record import entries
    from rogatory.node.conference import meetings

    lines = enumerate(meetings.record(node, MEETING), 1)
    read = [entries.read(line.rstrip(b"\n"), number=number)[0] for number, line in lines]
    return [one.once for one in read if one.once]


def race() -> dict[str, Any]:
    """Several processes that act at once; each act is sent by two of them."""

    def racer(own: int) -> None:
        node = fresh()
        for number in range(10):
            for turn in (own, (own + 1) % RACERS):
                press(node, number, turn=f"race{turn}")

    children = []
    for own in range(RACERS):
        process = os.fork()
        if not process:
            status = 1
            try:
                racer(own)
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(status)
        children.append(process)
    ended = [os.waitpid(process, 0)[1] for process in children]
    return {"ended": ended, **after("race0", [str(number) for number in range(10)])}


if __name__ == "__main__":
    main()
