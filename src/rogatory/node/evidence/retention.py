"""Destroying exhibits: when their day is over, when two people order it, and what was given back.

Rules in words.
1. What is to go is recorded first; from then on nothing opens it, sends it or takes parts of it.
2. Then its blobs are shredded, the sealed file first: its header holds the only copy of the key to its contents, and
   what is left without it cannot be opened by anybody. Headers made anew, the list of parts and unfinished bytes go
   too, in every store that held them. The manifest, the custody, the receipts and the proofs stay.
3. Only then is the entry `destroyed` signed: it is the certificate of destruction. It is told to the other side, if
   the exhibit was ever handed over.
A node that dies in between goes on where it stopped: shredding twice is shredding once.

A person's order takes two people, because it cannot be taken back; a custodian asks and an approver agrees. At the end
of its day an exhibit goes without being asked for, since both States agreed on that day when it was handed over; that
is so for the copy of the State that gave it too, or it could be sent once more. Days are those of UTC.
"""

from dataclasses import replace
from functools import partial

from rogatory.casefile import bodies
from rogatory.casefile.messages import Person
from rogatory.errors import NotPermitted
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.rehash import rehash
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, hands
from rogatory.node.people import Actor
from rogatory.ports.evidence import Destruction, ExhibitRow

RETENTION, ORDERED, RETURNED = "retention", "ordered", "returned"


class DestructionNotProposed(NotPermitted):
    """Nobody has asked that this exhibit be destroyed."""

    code = "destruction-not-proposed"
    remedy = "A custodian asks first: rogatory exhibit destroy ID --purpose TEXT."


class DestructionUnderWay(NotPermitted):
    """The destruction of this exhibit has been asked for or ordered already."""

    code = "destruction-under-way"
    remedy = "Look at it: rogatory exhibit custody ID. An approver agrees to it, or refuses it."


def propose(node: Node, actor: Actor, id: str, *, purpose: str) -> Destruction:
    """That exhibit *id* be destroyed, and why: it waits for a second person. Raises `DestructionUnderWay`."""
    people.require(actor, "custodian")
    bodies.text({"purpose": purpose}, "purpose", longest=1_000, cite="36(2)")
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        require_here(row)
        known = node.stores.exhibits.destruction(id)
        if known is not None and known.state != "refused":
            raise DestructionUnderWay(f"the destruction of exhibit {id} is {known.state}")
        now = node.clock.now()
        asked = Destruction(
            exhibit=id,
            why=ORDERED,
            purpose=purpose.strip(),
            state="proposed",
            asked_by=actor.id,
            asker_name=actor.name,
            asked_at=now,
            changed_at=now,
        )
        node.stores.exhibits.put_destruction(asked)
        people.note(node, actor, "exhibit:destruction:propose", row.case, f"{id}: {purpose.strip()}")
    return asked


def approve(node: Node, actor: Actor, id: str) -> ExhibitRow:
    """Exhibit *id*, destroyed because a second person agrees; raises `DestructionNotProposed` and `SamePerson`."""
    with node.stores.atomic():
        node.stores.ledger.lock()
        asked = _proposed(node, actor, id)
        _order(node, replace(asked, approved_by=actor.id, approver_name=actor.name))
        people.note(node, actor, "exhibit:destruction:approve", exhibits.get(node, id).case, id)
    return _carry_out(node, id)


def refuse(node: Node, actor: Actor, id: str) -> None:
    """The exhibit stays: a second person does not agree. It may be asked again."""
    with node.stores.atomic():
        node.stores.ledger.lock()
        asked = _proposed(node, actor, id)
        node.stores.exhibits.put_destruction(
            replace(asked, state="refused", approved_by=actor.id, approver_name=actor.name, changed_at=node.clock.now())
        )
        people.note(node, actor, "exhibit:destruction:refuse", exhibits.get(node, id).case, id)


def give_back(node: Node, actor: Actor, id: str, *, purpose: str = "") -> ExhibitRow:
    """Exhibit *id*, given back to the State it came from: the entry `returned` is signed, and our bytes are shredded.

    The other side needs no bytes for that, because it has the same sealed file. Raises `ExhibitNotInState`, and what
    `rehash` raises when the bytes are not those of the manifest any more.
    """
    people.require(actor, "custodian")
    row = exhibits.get(node, id)
    require_returnable(node, row)
    found = exhibits.manifest_of(row)
    rehash(partial(node.blobs.open, row.sealed_blob), found.parts)
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        require_returnable(node, row)
        person, root = actor.as_person("custodian"), found.parts.root
        details = {"to": found.sealed_by, "root": root, "purpose": purpose.strip()}
        hands.hand(node, row, "custody-entry", hands.deed(node, Act.RETURNED, actor.authority, person, **details))
        now = node.clock.now()
        gone = replace(exhibits.get(node, id), state="returned", next_at=None, changed_at=now, reason="")
        node.stores.exhibits.put(gone)
        node.stores.exhibits.put_destruction(
            Destruction(
                exhibit=id,
                why=RETURNED,
                purpose=purpose.strip(),
                state="ordered",
                asked_by=actor.id,
                asker_name=actor.name,
                asked_at=now,
                changed_at=now,
            )
        )
        people.note(node, actor, "exhibit:content:return", row.case, id)
    return _carry_out(node, id)


def due(node: Node) -> tuple[str, ...]:
    """The exhibits whose day is over, and those whose destruction was ordered and not carried out to its end."""
    outlived = node.stores.exhibits.outlived(node.clock.now().date())
    ordered = (one.exhibit for one in node.stores.exhibits.destructions("ordered"))
    return tuple(dict.fromkeys((*outlived, *ordered)))


def look(node: Node, id: str) -> bool:
    """Whether exhibit *id* was due and is now gone: for the worker, who may be the second one or begin anew."""
    row = exhibits.get(node, id)
    with node.stores.atomic():
        node.stores.ledger.lock()
        known = node.stores.exhibits.destruction(id)
        if known is None or known.state != "ordered":
            row = exhibits.get(node, id)
            until, today = exhibits.manifest_of(row).conditions.retention_until, node.clock.now().date()
            if row.state in ("destroying", "destroyed") or not conditions.is_over(until, today):
                return False
            now = node.clock.now()
            purpose = f"It might be kept until {until}"
            _order(
                node,
                Destruction(exhibit=id, why=RETENTION, purpose=purpose, state="proposed", asked_at=now, changed_at=now),
            )
            people.note(node, None, "exhibit:retention:end", row.case, f"{id}: {until}")
    return _carry_out(node, id).state in exhibits.GONE


def _carry_out(node: Node, id: str) -> ExhibitRow:
    """Exhibit *id* after what was ordered for it: bytes gone, entry signed. Doing it again changes nothing."""
    order = node.stores.exhibits.destruction(id)
    if order is None or order.state != "ordered":
        return exhibits.get(node, id)
    exhibits.shred(node, exhibits.get(node, id))
    with node.stores.atomic():
        node.stores.ledger.lock()
        row, order = exhibits.get(node, id), node.stores.exhibits.destruction(id)
        if order is None or order.state != "ordered":
            return row
        if order.why != RETURNED:
            _certify(node, row, order)
        node.stores.exhibits.put_destruction(replace(order, state="done", changed_at=node.clock.now()))
        people.note(node, None, "exhibit:content:destroy", row.case, f"{id}: {order.why}")
    return exhibits.get(node, id)


def _certify(node: Node, row: ExhibitRow, order: Destruction) -> None:
    """Sign the entry `destroyed` on *row* and tell the other side of it, if it knows of the exhibit."""
    file = record.case_file(node, row.case)
    ours = file.authority_of(node.state)
    person = Person(name=order.asker_name, role="custodian") if order.asker_name else exhibits.MACHINE
    second = Person(name=order.approver_name, role="approver") if order.approver_name else None
    deed = hands.deed(node, Act.DESTROYED, ours, person, purpose=order.purpose)
    if row.id in file.exhibits:
        hands.hand(node, row, "custody-entry", deed, approved_by=second)
        row = exhibits.get(node, row.id)
    else:
        row = replace(row, custody=(*row.custody, hands.entry(node, row, deed)))
    hands.keep(node, replace(row, state="destroyed", next_at=None, reason="", changed_at=node.clock.now()))


def _order(node: Node, asked: Destruction) -> None:
    now = node.clock.now()
    row = exhibits.get(node, asked.exhibit)
    node.stores.exhibits.put_destruction(replace(asked, state="ordered", changed_at=now))
    node.stores.exhibits.put(replace(row, state="destroying", next_at=None, reason="", changed_at=now))


def _proposed(node: Node, actor: Actor, id: str) -> Destruction:
    people.require(actor, "approver")
    require_here(exhibits.get(node, id))
    asked = node.stores.exhibits.destruction(id)
    if asked is None or asked.state != "proposed":
        raise DestructionNotProposed(f"nobody has asked that exhibit {id} be destroyed")
    if asked.asked_by == actor.id:
        raise people.SamePerson(f"{actor.name} asked for this and cannot approve it")
    return asked


def require_here(row: ExhibitRow) -> None:
    """Nothing, when bytes of the exhibit are here to be destroyed; raises `ExhibitGone`."""
    if row.state in exhibits.GONE and not (row.ours and row.state == "returned"):
        raise conditions.ExhibitGone(f"exhibit {row.id} is {row.state}", cite="36(2)")


def require_returnable(node: Node, row: ExhibitRow) -> None:
    """Nothing, when the exhibit may be given back; raises `ExhibitGone`, `RetentionOver` and `NotInThatState`."""
    conditions.require_open(node, row)
    if row.ours or row.state != "received":
        raise exhibits.NotInThatState(f"the exhibit is {row.state}; what was received from another State is given back")
