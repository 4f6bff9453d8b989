"""Who acts: a person with roles in one authority. What a role may do is asked here and nowhere else."""

from dataclasses import dataclass

from rogatory.casefile.messages import Person
from rogatory.errors import NotPermitted
from rogatory.node.context import Node
from rogatory.ports.record import AuditRow

ROLES = (
    "drafter",
    "approver",
    "duty-officer",
    "custodian",
    "auditor",
    "administrator",
    "secretary",
    "assessor",
    "liaison",
)

#: Roles that may read case files. An administrator keeps the machine, a secretary runs meetings, an assessor holds
#: national law against the Convention, a liaison speaks with States and donors about help: they read none.
READERS = frozenset({"drafter", "approver", "duty-officer", "custodian", "auditor"})


#: What anybody may type as a log-in name is cut to what the record holds.
MAX_LOGGED_NAME = 64


class RoleMissing(NotPermitted):
    """This step belongs to another role."""

    code = "role-missing"
    remedy = "Ask somebody who holds the role, or have the administrator give it to you."


class SamePerson(NotPermitted):
    """The one who drafted a step cannot approve it."""

    code = "same-person"
    remedy = "A second person with the role of approver must look at it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who takes a step: log-in name, full name, authority and roles."""

    id: str
    name: str
    authority: str
    roles: frozenset[str]

    def as_person(self, role: str) -> Person:
        """How a message names this person in *role*."""
        return Person(name=self.name, role=role)


def require(actor: Actor, role: str) -> None:
    """Nothing, when *actor* holds *role*; raises `RoleMissing`."""
    if role not in actor.roles:
        raise RoleMissing(f"{actor.name} does not hold the role of {role}")


def require_reader(actor: Actor) -> None:
    """Nothing, when *actor* may read case files; raises `RoleMissing`."""
    if not actor.roles & READERS:
        raise RoleMissing(f"{actor.name} holds no role that reads case files")


def note(node: Node, actor: Actor | None, action: str, subject: str, detail: str = "") -> None:
    """One more line of the access record."""
    who = actor.id if actor else "node"
    node.stores.audit.add(AuditRow(at=node.clock.now(), who=who, action=action, subject=subject, detail=detail))


def note_log_in(node: Node, name: str, *, succeeded: bool) -> None:
    """The access record, with one more line: somebody logged in as *name*, or tried to."""
    action = "account:person:log-in" if succeeded else "account:person:log-in-refused"
    shown = name[:MAX_LOGGED_NAME]
    with node.stores.atomic():
        row = AuditRow(at=node.clock.now(), who=shown if succeeded else "nobody", action=action, subject=shown)
        node.stores.audit.add(row)
