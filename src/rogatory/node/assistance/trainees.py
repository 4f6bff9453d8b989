"""Named trainees of a project of ours: kept apart from the entry, read by liaisons alone, and removed at will.

No letter, export or page for others is made from them; what others read are the numbers in the project.
"""

from rogatory.assistance import choices, kinds
from rogatory.errors import BadInput, NotFound
from rogatory.kernel import ids
from rogatory.node import people
from rogatory.node.assistance import entries
from rogatory.node.assistance.entries import LIAISON
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.assistance import TraineeRow

MOST_TRAINEES = 2000
MAX_NAME, MAX_NOTE = 200, 300


class BadTrainee(BadInput):
    """The trainee cannot be kept like this."""

    code = "bad-trainee"
    remedy = "Give a name of at most 200 characters, the number of a training of the project, and a role of the list."


class NoSuchTrainee(NotFound):
    """There is no such trainee here."""

    code = "no-such-trainee"


def add(
    node: Node, actor: Actor, project: str, *, training: int, name: str, role: str = "", note: str = ""
) -> TraineeRow:
    """A named trainee of a training, counted from 1; raises `RoleMissing`, `BadTrainee` and as `entries.ours`."""
    people.require(actor, LIAISON)
    name, note = name.strip(), note.strip()
    with node.stores.atomic():
        held = entries.require_open(entries.ours(node, project))
        trainings = len(held.body.get("trainings", ()))
        fits = 0 < len(name) <= MAX_NAME and len(note) <= MAX_NOTE and 1 <= training <= trainings
        if held.kind != kinds.PROJECT or not fits or (role and role not in choices.AUDIENCES):
            raise BadTrainee
        if len(node.stores.assistance.trainees(held.entry)) >= MOST_TRAINEES:
            raise BadTrainee(f"the project has {MOST_TRAINEES} named trainees already")
        row = TraineeRow(
            id=ids.new_id(node.random(17)),
            project=held.entry,
            training=training,
            name=name,
            role=role,
            note=note,
            at=node.clock.now(),
            by=actor.id,
        )
        node.stores.assistance.add_trainee(row)
        people.note(node, actor, "assist:trainee:add", row.id, held.entry)
    return row


def of_project(node: Node, actor: Actor, project: str) -> tuple[TraineeRow, ...]:
    """The named trainees, by training and name; the reading is recorded. Raises as `add`."""
    people.require(actor, LIAISON)
    held = entries.ours(node, project)
    with node.stores.atomic():
        people.note(node, actor, "assist:trainee:read", held.entry)
    return tuple(node.stores.assistance.trainees(held.entry))


def remove(node: Node, actor: Actor, trainee: str) -> None:
    """Forget a named trainee; raises `RoleMissing` and `NoSuchTrainee`."""
    people.require(actor, LIAISON)
    with node.stores.atomic():
        if not node.stores.assistance.remove_trainee(trainee):
            raise NoSuchTrainee
        people.note(node, actor, "assist:trainee:remove", trainee[:26])
