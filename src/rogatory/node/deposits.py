"""Taking the depositary's list: an administrator does it, and the record says so before the file changes."""

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor


def note_taking(node: Node, actor: Actor, instrument: str, detail: str) -> None:
    """The access record, with one more line: *actor* takes a list for *instrument*; raises `RoleMissing`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        people.note(node, actor, "status:deposits:take", instrument, detail)
