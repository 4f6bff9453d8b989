"""The watchman: has our checkpoints cosigned and time-stamped, and looks at partners' logs.

The rows say what is due, and a watchman who takes one holds it for a time; so there may be several, and one that dies
leaves nothing undone. A partner whose node does not answer holds up nobody else.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections

from rogatory.node.context import Node
from rogatory.node.ledger import following, timestamps, witnessing

LOOK_SECONDS = 1.0
AT_ONCE = 4
log = logging.getLogger("rogatory.worker")

Task = Callable[[Node, str], None]


def start(node: Node) -> None:
    """Watch over the log of *node* and those of its partners in threads of this process, as long as it lives."""
    threading.Thread(target=Watchman(node).run, name="rogatory-watchman", daemon=True).start()


class Watchman:
    """Looks every second for what is due, and does it with a few hands."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._hands = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="rogatory-watch")
        self._running: dict[tuple[str, str], Future[None]] = {}

    def run(self) -> None:
        """Look for ever."""
        pause = threading.Event()
        while True:
            pause.wait(LOOK_SECONDS)
            try:
                close_old_connections()
                self.look()
            except Exception:
                log.exception("the watchman could not look; he goes on")

    def look(self) -> None:
        """Begin everything that is due and not being done."""
        witnessing.watch_own(self._node)
        for name, found, act in (
            ("ask", witnessing.due(self._node), witnessing.ask),
            ("follow", following.due(self._node), following.follow),
            ("stamp", timestamps.due(self._node), timestamps.ask),
        ):
            for state in found:
                running = self._running.get((name, state))
                if running is None or running.done():
                    self._running[name, state] = self._hands.submit(self._do, act, state)

    def wait(self) -> None:
        """Wait until nothing that was begun is going on any more."""
        for running in list(self._running.values()):
            running.result()

    def _do(self, act: Task, state: str) -> None:
        close_old_connections()
        try:
            act(self._node, state)
        except Exception:
            log.exception("the log of %s could not be looked after; it is tried again", state)
        finally:
            close_old_connections()
