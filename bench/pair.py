"""Two real nodes as two processes on loopback: made by `rogatory init`, acquainted by cards, served by granian."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rogatory.exercise.cast import FRANCE, VIET_NAM
from rogatory.exercise.node import ExerciseNode, free_port

PRACTICE_DATE = "2028-03-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The sender and the receiver, and the folder that holds both."""

    folder: Path
    sender: ExerciseNode
    receiver: ExerciseNode

    def environment(self, node: ExerciseNode) -> dict[str, str]:
        """The environment of a process that works on the data folder of *node*."""
        return {
            **os.environ,
            "ROGATORY_DATA": str(node.data),
            "ROGATORY_PASSPHRASE_FILE": str(self.folder / f"{node.state}-secrets" / "passphrase"),
            "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
        }


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk that `TMPDIR` names, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rogatory-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(addresses: Mapping[str, str] | None = None) -> Iterator[Pair]:
    """Viet Nam and France, made anew and serving; both are ended and their data are gone afterwards.

    *addresses* are those on the cards, by State, where they are not that of the node's own port.
    """
    with scratch() as folder:
        nodes = []
        for country in (VIET_NAM, FRANCE):
            port = free_port()
            address = (addresses or {}).get(country.state, f"http://127.0.0.1:{port}")
            node = ExerciseNode(country, folder, port=port, address=address)
            node.set_up(PRACTICE_DATE)
            nodes.append(node)
        acquaint(folder, nodes)
        try:
            for node in nodes:
                node.start()
            yield Pair(folder=folder, sender=nodes[0], receiver=nodes[1])
        finally:
            for node in nodes:
                node.stop()


def acquaint(folder: Path, nodes: list[ExerciseNode]) -> None:
    """Let each node accept the other's contact card by its fingerprint."""
    for node, other in (nodes, nodes[::-1]):
        card = folder / f"{other.state}.card"
        boss = node.country.holder("administrator")
        shown = other.run("card", "show", "--out", str(card), who=other.country.holder("administrator"))
        node.run("partner", "add", str(card), "--fingerprint", shown["fingerprint"], who=boss)
