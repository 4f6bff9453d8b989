"""How the node is kept: room for evidence, the last scrub and backup, who holds the keys, and what stands still.

Nothing here is of the contents of a case, so that an administrator may read it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rogatory.errors import RogatoryError
from rogatory.node import keyholding
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import standing
from rogatory.node.evidence.storage.standing import Storage
from rogatory.node.keyholding import Holding
from rogatory.ports.evidence import ExhibitRow

#: A backup that is older than this is said to be old.
BACKUP_EVERY = timedelta(days=7)
#: What has begun to move and has not come further for so long stands still.
STILL = timedelta(hours=1)
#: Less room than this is said to be little, in bytes.
LITTLE_ROOM = 20 * 1000**3
_BACKUP = "node:data:backup"
_LINES_READ = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """An exhibit whose transfer stands still: parts held of all, since when, how often it was tried, when next."""

    row: ExhibitRow
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """How the node stands; *locked* is why its keys could not be opened, *backup* when an administrator last made one.

    *scrub_late* and *backup_late* are true when it is time for the next.
    """

    storage: Storage
    little_room: bool
    scrub_late: bool
    backup: datetime | None
    backup_late: bool
    holding: Holding | None
    locked: RogatoryError | None
    still: tuple[Moving, ...]


def upkeep(node: Node) -> Upkeep:
    """How *node* is kept now."""
    now, stored = node.clock.now(), standing.state(node)
    backup = _last_backup(node)
    holding, locked = _holding(node)
    return Upkeep(
        storage=stored,
        little_room=stored.free < LITTLE_ROOM,
        scrub_late=standing.scrub_due(node, now),
        backup=backup,
        backup_late=backup is None or now - backup > BACKUP_EVERY,
        holding=holding,
        locked=locked,
        still=_still(node, now),
    )


def _last_backup(node: Node) -> datetime | None:
    lines = node.stores.audit.of_subject(node.state, _LINES_READ)
    return next((line.at for line in lines if line.action == _BACKUP), None)


def _holding(node: Node) -> tuple[Holding | None, RogatoryError | None]:
    try:
        return keyholding.holding(node), None
    except RogatoryError as error:
        return None, error


def _still(node: Node, now: datetime) -> tuple[Moving, ...]:
    sending = [row for row in node.stores.exhibits.in_state("sending") if row.reason]
    arriving = (*node.stores.exhibits.in_state("receiving"), *node.stores.exhibits.in_state("complete"))
    slow = [row for row in arriving if now - row.changed_at > STILL]
    return tuple(Moving(row=row, total=exhibits.manifest_of(row).parts.count) for row in (*sending, *slow))
