"""Small things that happen often: an opinion, appends to the ledger's tree, proofs, signing and sealing a message."""

import os
import time
from collections.abc import Callable
from datetime import date

from bench.exchange import TEXT
from bench.measure import Table, median, spread
from rogatory.exercise.contents import PRESERVATION
from rogatory.kernel import ids
from rogatory.law.loader import load_law
from rogatory.ledger import merkle
from rogatory.opinion import engine
from rogatory.opinion.facts import Facts
from rogatory.sealing import age, jws
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import HybridIdentity
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise

Act = Callable[[], object]
TREE = 100_000


class Tree:
    """The nodes of a ledger's tree, in memory."""

    def __init__(self) -> None:
        self._edge = merkle.EMPTY
        self._held: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree."""
        return self._held[level, index]

    def append(self, leaves: list[bytes]) -> bytes:
        """The root after *leaves* were added."""
        growth = merkle.append(self._edge, leaves)
        self._held.update({(level, index): value for level, index, value in growth.nodes()})
        self._edge = growth.edge
        return growth.edge.root


def run(*, rounds: int) -> Table:
    """The table, each figure the median of *rounds*."""
    rows = []
    for name, (repeat, act) in _acts().items():
        act()
        times = [_time(act, repeat) for _ in range(rounds)]
        rows.append((name, f"{median(times):.1f}", spread(times, 1), f"{1e6 / median(times):,.0f}"))
    return Table(
        name="Small things that happen often",
        command="python -m bench micro",
        headings=("what", "us", "of the rounds", "a second"),
        rows=tuple(rows),
        notes=(f"{rounds} rounds, one thread; the tree has {TREE:,} entries and is in memory, nothing is fsynced",),
    )


def _acts() -> dict[str, tuple[int, Act]]:
    tree = Tree()
    tree.append([os.urandom(32) for _ in range(TREE)])
    leaf, batch = os.urandom(32), [os.urandom(32) for _ in range(100)]
    proof = merkle.inclusion_proof(77, TREE, tree)
    root, first = merkle.root(TREE, tree), tree.get(0, 77)
    key, identity = SigningKey.from_seed(bytes(range(32))), HybridIdentity(bytes(range(32)))
    payload = {"v": 1, "body": {"text": TEXT}, "id": ids.new_id(os.urandom(17))}
    signed = jws.sign(payload, key=key, typ="rogatory-message+jws")
    sealed = age.seal(signed, [identity.recipient], os.urandom)
    return {
        "opinion on a preservation request, with every reason": (20, _opinion()),
        "append one entry to the tree": (200, lambda: tree.append([leaf])),
        "append 100 entries at once": (20, lambda: tree.append(batch)),
        "inclusion proof": (200, lambda: merkle.inclusion_proof(77, TREE, tree)),
        "verify an inclusion proof": (200, lambda: merkle.verify_inclusion(first, 77, TREE, proof, root)),
        "sign a message of 10 KB": (100, lambda: jws.sign(payload, key=key, typ="rogatory-message+jws")),
        "read and verify it": (100, lambda: jws.verify(signed, key=key.public, typ="rogatory-message+jws")),
        "seal it (hybrid, post-quantum)": (100, lambda: age.seal(signed, [identity.recipient], os.urandom)),
        "open it": (100, lambda: age.open_sealed(sealed, [identity])),
    }


def _opinion() -> Act:
    law, status = load_law(), Status.load(hanoi_exercise())
    facts = Facts(
        measure="preservation",
        requesting="VNM",
        requested="FRA",
        on=date(2028, 3, 1),
        exercise=True,
        contents=PRESERVATION,
    )
    return lambda: engine.assess(facts, law=law, status=status, chair="requested")


def _time(act: Act, repeat: int) -> float:
    begin = time.perf_counter()
    for _ in range(repeat):
        act()
    return (time.perf_counter() - begin) / repeat * 1e6
