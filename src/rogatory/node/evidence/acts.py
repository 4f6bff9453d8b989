"""What people do with an exhibit once it is open: viewing and copying, each with its purpose, put on record."""

from rogatory.casefile import bodies
from rogatory.casefile.messages import Message
from rogatory.errors import BadInput
from rogatory.evidence.custody_rules import Act
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, hands
from rogatory.node.people import Actor

#: What a custodian records by hand; every other act is recorded where it happens.
BY_HAND = (Act.VIEWED, Act.COPIED)


class NotByHand(BadInput):
    """This act is not recorded by hand."""

    code = "act-not-by-hand"
    remedy = "Record viewing or copying; the program itself records every other act when it happens."


class NoCopyGiven(BadInput):
    """A copy is recorded with the digest of the copy."""

    code = "no-copy-given"
    remedy = "Give the copy that was made: --file COPY. Its SHA-256 must be that of the exhibit's contents."


def record_act(node: Node, actor: Actor, id: str, act: str, *, purpose: str, copy_sha256: str | None = None) -> Message:
    """The message that tells the other side that exhibit *id* was viewed or copied, for *purpose*.

    *copy_sha256* is the SHA-256 of the copy that was made. Raises `NotByHand`, `NoCopyGiven`, `WrongRehash` when the
    copy is another, and `ActNotPermitted` when the exhibit was not opened before.
    """
    people.require(actor, "custodian")
    bodies.text({"purpose": purpose}, "purpose", longest=1_000, cite="40(19)")
    if act not in BY_HAND:
        raise NotByHand(f"{act[:40]!r} is not one of {', '.join(BY_HAND)}")
    if act == Act.COPIED and not copy_sha256:
        raise NoCopyGiven
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        conditions.require_open(node, row)
        digest = {"sha256": copy_sha256} if act == Act.COPIED and copy_sha256 else {}
        person = actor.as_person("custodian")
        deed = hands.deed(node, Act(act), actor.authority, person, purpose=purpose.strip(), **digest)
        message = hands.hand(node, row, "custody-entry", deed)
        people.note(node, actor, f"exhibit:content:{_NOTED[Act(act)]}", row.case, f"{id}: {purpose.strip()}")
    return message


_NOTED = {Act.VIEWED: "view", Act.COPIED: "copy"}
