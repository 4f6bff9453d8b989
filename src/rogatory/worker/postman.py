"""The postman: carries the outbox, to all partners at once, several cases of each at a time.

The rows of the outbox are the only truth: they say what is due, and a delivery that a postman takes is his for a time.
So there may be several postmen, in one process or in many, and one that dies leaves nothing undone. A partner whose
node does not answer holds up nobody else.
"""

import logging
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections

from rogatory.node import delivery
from rogatory.node.context import Node
from rogatory.node.delivery import Outcome, Send
from rogatory.ports.exchange import DeliveryRow
from rogatory.worker.tasks import outbox_changed

LOOK_SECONDS = 0.03
CASES_AT_ONCE = 4
log = logging.getLogger("rogatory.worker")


def start(node: Node) -> None:
    """Carry the outbox of *node* in threads of this process, as long as it lives."""
    threading.Thread(target=Postman(node).run, name="rogatory-postman", daemon=True).start()


class Postman:
    """Looks at the outbox, and keeps a carrier for each partner that ever had post."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._carriers: dict[str, Carrier] = {}

    def run(self) -> None:
        """Look for ever: at once when this process lays something in the outbox, else every `LOOK_SECONDS`."""
        while True:
            outbox_changed.wait(LOOK_SECONDS)
            outbox_changed.clear()
            try:
                self.look()
            except Exception:
                log.exception("the postman could not look at the outbox; he goes on")
                threading.Event().wait(1)

    def look(self) -> None:
        """Send every carrier off that has something to carry and is not on his way."""
        close_old_connections()
        for partner in self._node.stores.outbox.partners_due(self._node.clock.now()):
            if partner not in self._carriers:
                self._carriers[partner] = Carrier(self._node, partner)
            self._carriers[partner].go()


class Carrier:
    """Carries to one *partner*, over connections that stay open."""

    def __init__(self, node: Node, partner: str) -> None:
        self._node, self._partner = node, partner
        self._road = ThreadPoolExecutor(1, thread_name_prefix=f"rogatory-{partner}")
        self._hands = ThreadPoolExecutor(CASES_AT_ONCE, thread_name_prefix=f"rogatory-{partner}-case")
        self._trip: Future[None] | None = None

    def go(self) -> None:
        """Set off, unless on the way already."""
        if self._trip is None or self._trip.done():
            self._trip = self._road.submit(self._carry)

    def _carry(self) -> None:
        close_old_connections()
        try:
            delivery.drain(self._node, self._partner, spread=self._spread)
        except Exception:
            log.exception("the post for %s could not be carried; it is tried again", self._partner)

    def _spread(self, send: Send, cases: Iterable[Sequence[DeliveryRow]]) -> Iterable[Sequence[Outcome]]:
        def carry(rows: Sequence[DeliveryRow]) -> Sequence[Outcome]:
            close_old_connections()
            return send(rows)

        return self._hands.map(carry, cases)
