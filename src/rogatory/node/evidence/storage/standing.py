"""How the storage of evidence stands: room, the second store, the last scrub, and what is rotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rogatory.node.context import Node
from rogatory.node.evidence.storage import copies, scrub
from rogatory.ports.scrub import Finding, ScrubPass


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """*free* bytes; *waiting* exhibits that the *second* store lacks; the *scrub* pass under way or the last one;
    *rotten* findings that stand."""

    free: int
    exhibits: int
    size: int
    second: bool
    waiting: int
    scrub: ScrubPass
    rotten: tuple[Finding, ...]


def state(node: Node) -> Storage:
    """How the storage of *node* stands now."""
    count, size = scrub.total(node)
    return Storage(
        free=node.blobs.free(),
        exhibits=count,
        size=size,
        second=node.second is not None,
        waiting=copies.waiting(node),
        scrub=node.stores.scrubs.look(),
        rotten=tuple(node.stores.scrubs.open_findings()),
    )


def scrub_due(node: Node, now: datetime) -> bool:
    """Whether the worker should scrub: the plan says how often, and nobody is at work on it."""
    place = node.stores.scrubs.look()
    if not node.config.scrub_days or (place.leased_until is not None and place.leased_until > now):
        return False
    if place.started_at is None or place.ended_at is None:
        return True
    return now - place.started_at >= timedelta(days=node.config.scrub_days)
