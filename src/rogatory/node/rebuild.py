"""Making the projections again from nothing but the messages, and saying whether that changed any line."""

from dataclasses import dataclass

from rogatory.node import people, projection, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.readiness import filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many cases were folded from how many messages, and the cases whose line was not what it should be."""

    cases: int
    messages: int
    differing: tuple[str, ...]


def rebuild(node: Node, actor: Actor) -> Rebuilt:
    """What was made again; nobody sees the lists in between. Raises `RoleMissing` for all but an administrator."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        node.stores.ledger.lock()
        before = {row.case: row for row in node.stores.views.cases()}
        node.stores.views.clear()
        count = 0
        for case in node.stores.messages.cases():
            file = record.case_file(node, case)
            count += len(file.events)
            projection.refresh(node, file)
        after = {row.case: row for row in node.stores.views.cases()}
        people.note(node, actor, "node:views:rebuild", node.state)
    filing.publish(node)
    differing = sorted(case for case in before.keys() | after.keys() if before.get(case) != after.get(case))
    return Rebuilt(cases=len(after), messages=count, differing=tuple(differing))
