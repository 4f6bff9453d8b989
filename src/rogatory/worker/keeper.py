"""The keeper of the storage: copies to the second store, and scrubs slowly when `[scrub]` in `node.toml` says so."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections

from rogatory.errors import RogatoryError
from rogatory.node.context import Node
from rogatory.node.evidence.storage import copies, pacing, scrub, standing

LOOK_SECONDS = 10.0
#: What could not be copied, because it is rotten for instance, is tried again after so long.
FAILED_SECONDS = 3600
#: One stretch of a scrub; then the second store is looked after again.
STRETCH_SECONDS = 60
#: What nobody has written to for so long was left by a process that died.
DEAD_AFTER = timedelta(days=1)
log = logging.getLogger("rogatory.worker")


def start(node: Node) -> None:
    """Keep the storage of *node* in a thread of this process, as long as it lives."""
    threading.Thread(target=Keeper(node).run, name="rogatory-keeper", daemon=True).start()


class Keeper:
    """Looks after the storage now and then; what could not be copied is tried again after a while."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._failed: dict[str, str] = {}
        self._again = 0.0

    def run(self) -> None:
        """Look for ever."""
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                close_old_connections()
                self.look()
            except RogatoryError as error:
                log.warning("the storage could not be looked after: %s (%s)", error, error.code)
                time.sleep(10 * LOOK_SECONDS)
            except Exception:
                log.exception("the storage could not be looked after; it is tried again")
                time.sleep(10 * LOOK_SECONDS)

    def look(self) -> None:
        """Copy what is due, and scrub for a while when that is due."""
        node = self._node
        if node.second is not None:
            if time.monotonic() >= self._again:
                self._failed.clear()
            self._copy(node)
        if standing.scrub_due(node, node.clock.now()):
            _scrub(node)

    def _copy(self, node: Node) -> None:
        done = copies.copy_due(node, skip=self._failed.keys())
        if done.failed:
            self._failed.update(done.failed)
            self._again = time.monotonic() + FAILED_SECONDS
        for exhibit, why in done.failed.items():
            log.warning("exhibit %s is not in the second store: %s", exhibit, why)


def _scrub(node: Node) -> None:
    node.blobs.clear_dead(datetime.now(UTC) - DEAD_AFTER)
    pace = pacing.Pace(rate=node.config.scrub_rate, seconds=STRETCH_SECONDS, monotonic=time.monotonic, sleep=time.sleep)
    try:
        done = scrub.run(node, None, pace=pace)
    except scrub.ScrubbedAlready:
        return
    for one in done.open:
        where = f"part {one.rot.part}" if one.rot.what == "part" else one.rot.what
        log.error("exhibit %s: %s is %s in the %s store", one.rot.exhibit, where, one.rot.kind, one.rot.store)
