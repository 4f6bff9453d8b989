"""Taking the depositary's list: an administrator does it, and the record says so before the file changes."""

from rogatory.errors import NotPermitted
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.status.engine import Status


class PracticeHere(NotPermitted):
    """An exercise and the real world never mix."""

    code = "practice-here"
    remedy = "Take the depositary's list on a node that is not an exercise."


def require_real(status: Status) -> None:
    """Nothing, where deposits are true ones; raises `PracticeHere` in an exercise."""
    if status.practice:
        raise PracticeHere("this node runs an exercise: its deposits are invented")


def note_taking(node: Node, actor: Actor, instrument: str, detail: str) -> None:
    """The access record, with one more line: *actor* takes a list for *instrument*; raises `RoleMissing`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        people.note(node, actor, "status:deposits:take", instrument, detail)
