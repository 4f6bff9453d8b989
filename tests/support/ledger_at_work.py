"""Processes that append to one log and read its tree, and that end by SIGKILL where they are told to.

    python -m tests.support.ledger_at_work FOLDER kill|race

makes a node in FOLDER and prints what became of its log; every other process is a fork of this one.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.node_made import make_node

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
BATCH, RACERS, TURNS = 30, 3, 25
SEED = b"seed"


def main() -> None:
    make()
    told = {"kill": kill, "race": race}[sys.argv[2]]()
    print(json.dumps(told))


def make() -> None:
    make_node(FOLDER, datetime(2026, 1, 1, tzinfo=UTC))
    from django.db import connections

    from rogatory.site import wiring

    wiring.node().unlock()  # what every fork needs is read once
    connections.close_all()


def in_a_child(act: Callable[[], None]) -> int:
    """The signal (or 0) that ended a fork of this process that did *act*."""
    process = os.fork()
    if not process:
        try:
            act()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def append(count: int) -> None:
    from rogatory.ledger.entries import Opening
    from rogatory.node import record
    from rogatory.site import wiring

    node = wiring.node()
    # An opening that anybody can make again: both halves are the digest of the entry's number.
    with node.stores.atomic():
        first = node.stores.ledger.lock().edge.size
        record.append_entries(node, [Opening(blinding=half(n), digest=half(n)) for n in range(first, first + count)])


def half(number: int) -> bytes:
    import hashlib

    return hashlib.sha256(b"%d" % number).digest()


def check() -> None:
    """Every entry is proved, and the checkpoint stands over all of them."""
    from rogatory.ledger import proofs
    from rogatory.ledger.entries import Opening
    from rogatory.ledger.notes import VerifierKey
    from rogatory.node.ledger import proving
    from rogatory.site import wiring

    node = wiring.node()
    key = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
    for index in range(node.stores.ledger.size()):
        opening = Opening(blinding=half(index), digest=half(index))
        proofs.verify_proof(proving.prove(node, index, opening), opening.digest.hex(), key)


def die_at(name: str, number: int) -> Callable[..., Any]:
    """The function *name* of `os`, which at its call number *number* ends this process instead."""
    real, calls = getattr(os, name), iter(range(10_000))

    def dying(*given: Any) -> Any:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)

    return dying


def kill() -> list[dict[str, Any]]:
    """One process for each place where it may die between the commit and the last byte of the files."""
    found = []
    for name, numbers in (("pwrite", (0, 1, 3, 6)), ("ftruncate", (0, 2)), ("fdatasync", (0, 2))):
        for number in numbers:
            killed = in_a_child(lambda name=name, number=number: dying_child(name, number))  # type: ignore[misc]
            found.append({"at": f"{name} {number}", "killed": killed, "check": in_a_child(check)})
    return found


def dying_child(name: str, number: int) -> None:
    from rogatory.stores import treefiles

    append(BATCH)
    setattr(treefiles.os, name, die_at(name, number))
    for path in (FOLDER / "VNM" / "ledger").glob("durable"):
        path.unlink()  # so that the files are made durable this time
    check()


def race() -> dict[str, Any]:
    """Several processes that append and read at once."""

    def racer() -> None:
        for turn in range(TURNS):
            append(turn % 5 + 1)
            check() if turn % 8 == 0 else None

    children = []
    for _ in range(RACERS):
        process = os.fork()
        if not process:
            status = 1
            try:
                racer()
                status = 0
            finally:
                os._exit(status)
        children.append(process)
    ended = [os.waitpid(process, 0)[1] for process in children]
    return {"ended": ended, "check": in_a_child(check), "size": size()}


def size() -> int:
    from rogatory.site import wiring

    return wiring.node().stores.ledger.size()


if __name__ == "__main__":
    main()
