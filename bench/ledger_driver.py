"""Works on the ledger of one node, as a process of its own: `python -m bench.ledger_driver WHAT N`.

WHAT is `fill` (append until the log has N entries), `append` (N batches of each size in turns with what they are
measured beside), `grow` (the same for few batches only), or `prove` (N proofs of entries anywhere in the log). Prints
one JSON object; times are seconds.
"""

import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

django.setup()

from django.conf import settings

from rogatory.ledger import checkpoint, merkle
from rogatory.ledger.entries import Opening
from rogatory.ledger.notes import VerifierKey
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.ledger import proving
from rogatory.site import wiring

BATCHES, FEW = (1, 10, 100, 1000), (1, 100)
FILL, SYNC_BYTES = 5000, 300
#: A write-ahead log that has been written through once costs what it costs in a node that has run for a while.
WARM_PAGES = 6000
SEED = b"an opening that can be made again"


def opening(number: int) -> Opening:
    """The opening of entry *number*, the same in every process."""
    blinding = number.to_bytes(16) + SEED[:16]
    return Opening(blinding=blinding, digest=blinding[::-1])


def fill(node: Node, size: int) -> dict[str, float]:
    """Append until the log has *size* entries, then catch its files up; the seconds of both."""
    begin, first = time.perf_counter(), node.stores.ledger.size()
    for start in range(first, size, FILL):
        with node.stores.atomic():
            record.append_entries(node, [opening(number) for number in range(start, min(size, start + FILL))])
    filled = time.perf_counter()
    node.stores.ledger.nodes()
    return {"entries": size - first, "append": filled - begin, "files": time.perf_counter() - filled}


class Beside:
    """What an append is measured beside, in the same folder: rows without a tree, a flat file, one fdatasync."""

    def __init__(self, folder: Path) -> None:
        self._rows = sqlite3.connect(folder / "beside.sqlite3", isolation_level=None)
        self._rows.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, entry BLOB); CREATE TABLE warm (page BLOB); BEGIN"
        )
        self._rows.executemany("INSERT INTO warm VALUES (randomblob(?))", [(4000,)] * WARM_PAGES)
        self._rows.execute("COMMIT")
        self._rows.execute("PRAGMA wal_checkpoint(RESTART)")
        self._flat = os.open(folder / "beside.flat", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._number = 0

    def rows(self, batch: list[Opening]) -> None:
        """The entries as rows of one table, in one durable transaction."""
        start, self._number = self._number, self._number + len(batch)
        self._rows.execute("BEGIN IMMEDIATE")
        self._rows.executemany(
            "INSERT INTO entry VALUES (?, ?)", [(start + n, one.entry) for n, one in enumerate(batch)]
        )
        self._rows.execute("COMMIT")

    def flat(self, batch: list[Opening]) -> None:
        """The entries at the end of a file, and one fdatasync."""
        os.write(self._flat, b"".join(one.entry for one in batch))
        os.fdatasync(self._flat)

    def sync(self, _: list[Opening]) -> None:
        """One write of a few hundred bytes, and one fdatasync."""
        os.write(self._flat, b"x" * SYNC_BYTES)
        os.fdatasync(self._flat)


def append(node: Node, rounds: int, batches: Sequence[int] = BATCHES) -> dict[str, dict[str, list[float]]]:
    """The seconds of each durable append, by batch size and way; the ways take turns."""

    def ours(batch: list[Opening]) -> None:
        with node.stores.atomic():
            record.append_entries(node, batch)

    _warm(node)
    size = node.stores.ledger.size()
    beside = Beside(Path(tempfile.mkdtemp(dir=settings.DATA)))
    ways: dict[str, Callable[[list[Opening]], None]] = {
        "Rogatory": ours,
        "rows": beside.rows,
        "flat": beside.flat,
        "fdatasync": beside.sync,
    }
    found: dict[str, dict[str, list[float]]] = {}
    for count in batches:
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(max(10, rounds // max(1, count // 100))):
            for way, act in ways.items():
                # Every way makes its entries within the time that is taken: blinding, digest, and their hash.
                begin = time.perf_counter()
                act([opening(number) for number in range(size, size + count)])
                times[way].append(time.perf_counter() - begin)
                size += count if way == "Rogatory" else 0
        found[str(count)] = times
    return found


def _warm(node: Node) -> None:
    """Write the write-ahead log through once, as a node does that has been running for a while."""
    from django.db import connection

    with node.stores.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_warm (page BLOB)")
        cursor.executemany("INSERT INTO bench_warm VALUES (randomblob(%s))", [(4000,)] * WARM_PAGES)
        cursor.execute("DROP TABLE bench_warm")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(RESTART)")


def prove(node: Node, count: int) -> dict[str, object]:
    """The seconds of each proof, of its verification and of the whole use case; the largest memory in MiB."""
    store = node.stores.ledger
    size, text = store.size(), proving.checkpoint_text(node)
    key = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
    before = _memory()
    nodes = store.nodes()
    root = checkpoint.verify_checkpoint(text, key).root
    chosen = [random.Random(number).randrange(size) for number in range(count)]
    proofs, verified, whole = [], [], []
    for index in chosen:
        leaf = opening(index).leaf_hash
        begin = time.perf_counter()
        steps = merkle.inclusion_proof(index, size, nodes)
        made = time.perf_counter()
        merkle.verify_inclusion(leaf, index, size, steps, root)
        proofs.append(made - begin)
        verified.append(time.perf_counter() - made)
    memory = _memory()
    for index in chosen:
        begin = time.perf_counter()
        proving.prove(node, index, opening(index))
        whole.append(time.perf_counter() - begin)
    return {
        "size": size,
        "proof": proofs,
        "verify": verified,
        "whole": whole,
        "memory": memory,
        "before": before,
    }


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    acts: dict[str, Callable[[Node, int], object]] = {
        "fill": fill,
        "append": append,
        "grow": lambda node, rounds: append(node, rounds, FEW),
        "prove": prove,
    }
    print(json.dumps(acts[what](wiring.node(), number)))
