"""Registers that people ask for outside a case: the outbox and the access record. Who may read each is said here."""

from collections.abc import Sequence

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.exchange import DeliveryRow
from rogatory.ports.record import AuditRow

MOST = 10_000


def outbox(node: Node, actor: Actor) -> Sequence[DeliveryRow]:
    """Every message that has not reached its partner, for a reader of case files."""
    people.require_reader(actor)
    return node.stores.outbox.undelivered()


def access_record(node: Node, actor: Actor, *, subject: str = "", limit: int = 100) -> Sequence[AuditRow]:
    """The newest lines of the access record first, all or those about *subject*, for an auditor; itself recorded."""
    people.require(actor, "auditor")
    with node.stores.atomic():
        people.note(node, actor, "audit:record:read", subject)
    most = min(max(limit, 1), MOST)
    return node.stores.audit.of_subject(subject, most) if subject else node.stores.audit.recent(most)
