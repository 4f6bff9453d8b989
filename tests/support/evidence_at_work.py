"""Processes that work on evidence and are killed where they are told to; what they leave is examined and gone on with.

    python -m tests.support.evidence_at_work FOLDER ACT=MOST …

makes a node in FOLDER and, for each ACT, one state in which that act is due. From this state the act is done again and
again, killed at another call each time (at most MOST of them). After each kill a process looks at what is there, does
the act to its end as the program would, and looks again. Prints for each act where it was killed and what went wrong.
"""

import json
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.support.killing import Kills, in_a_child, places
from tests.support.node_made import make_node

from rogatory.node.people import ROLES, Actor

US = "VNM/contact-point"
PEOPLE = {role: Actor(id=role, name=role.title(), authority=US, roles=frozenset({role})) for role in ROLES}


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    make(folder)
    from tests.support.evidence_act import prepared
    from tests.support.evidence_acts import ACTS

    partners = prepared()
    found = {}
    for name, _, most in (word.partition("=") for word in arguments[1:]):
        found[name] = survive(ACTS[name](folder, *partners), folder, int(most))
    print(json.dumps(found))


def make(folder: Path) -> None:
    """A node of Viet Nam in *folder*/VNM, and what every fork of this process needs, read once."""
    make_node(folder, datetime.now(UTC) - timedelta(days=60))
    from rogatory.site import wiring

    wiring.node().unlock()


def survive(act: Any, folder: Path, most: int) -> dict[str, Any]:
    """How *act* went when it was killed at *most* of its calls, one after the other."""
    before, told = folder / "before", folder / "told.txt"
    restore(folder / "empty", folder) if (folder / "empty").exists() else keep(folder, folder / "empty")
    act.prepare()
    keep(folder, before)
    counted = folder / "count"

    def count() -> None:
        kills = Kills(0)
        kills.arm()
        act.run()
        counted.write_text(json.dumps(kills.names), encoding="ascii")

    if in_a_child(count, told):
        return {"calls": 0, "killed": 0, "wrong": [f"never killed: {told.read_text()}"]}
    names = json.loads(counted.read_text(encoding="ascii"))
    wrong, killed = [], 0
    for place in [0, *places(len(names), most)]:
        restore(before, folder)
        killed += bool(in_a_child(lambda place=place: dying(act, place), told))  # type: ignore[misc]
        if in_a_child(lambda: go_on(act), told):
            where = f"{place}: {names[place - 1]}" if place else "not killed"
            wrong.append(f"{where}: {told.read_text()[-3000:]}")
    return {"calls": len(names), "killed": killed, "wrong": wrong}


def dying(act: Any, place: int) -> None:
    Kills(place).arm()
    act.run()


def go_on(act: Any) -> None:
    act.look()
    act.run()
    act.look()
    act.require_done()


def keep(folder: Path, copy: Path) -> None:
    """Put what stands in *folder* aside in *copy*; no connection to its database may be open."""
    from django.db import connections

    connections.close_all()
    shutil.rmtree(copy, ignore_errors=True)
    for name in ("VNM", "world"):
        (folder / name).mkdir(exist_ok=True)
        shutil.copytree(folder / name, copy / name)


def restore(copy: Path, folder: Path) -> None:
    """Put back what `keep` put aside."""
    from django.db import connections

    connections.close_all()
    for name in ("VNM", "world"):
        shutil.rmtree(folder / name)
        shutil.copytree(copy / name, folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
