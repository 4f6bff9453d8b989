"""What of a case has changed between two looks at its page: cheap, and not recorded again.

Opening the page is recorded as a reading; a page that stays open and asks every few seconds whether it is still
fresh learns nothing new by that, so this leaves no line in the access record.
"""

from dataclasses import dataclass

from rogatory.kernel import canonical, digests
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence.exhibits import manifest_of
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

MOVING = frozenset({"sending", "receiving", "complete"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """An exhibit on its way: parts that have arrived of all parts, how large a part is, and why it stands still."""

    exhibit: str
    name: str
    state: str
    done: int
    total: int
    part_size: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A token that differs once the case has changed, and the exhibits that are on their way."""

    token: str
    transfers: tuple[Transfer, ...]


def pulse(node: Node, actor: Actor, case: str) -> Pulse:
    """The pulse of *case* now; raises `RoleMissing`."""
    people.require_reader(actor)
    exhibits = node.stores.exhibits.of_case(case)
    told = {
        "messages": list(node.stores.messages.digests_of_case(case)),
        "deliveries": [[row.id, row.state, row.code] for row in node.stores.outbox.of_case(case)],
        "exhibits": [[row.id, row.state, row.reason] for row in exhibits],
        "drafts": [[row.id, row.state] for row in node.stores.drafts.of_case(case)],
    }
    return Pulse(
        token=digests.sha256(canonical.dumps(told))[:16],
        transfers=tuple(_transfer(row) for row in exhibits if row.state in MOVING),
    )


def _transfer(row: ExhibitRow) -> Transfer:
    found = manifest_of(row)
    return Transfer(
        exhibit=row.id,
        name=found.name,
        state=row.state,
        done=row.received_parts,
        total=found.parts.count,
        part_size=found.parts.size,
        reason=row.reason,
    )
