"""Disclosing what clears an accused: a path of its own, recorded, which needs nobody's leave.

Rules in words. The State that gave the evidence cannot forbid that what clears an accused is disclosed, whatever its
conditions say; it is owed notice. In advance is the rule: first the notice, then the disclosure, which names it. Where
there is no time for that, the disclosure and its notice, which then says why, are put on record together.
"""

from rogatory.casefile import bodies
from rogatory.casefile.exhibits import Notice
from rogatory.casefile.messages import Message
from rogatory.errors import BadInput, NotPermitted
from rogatory.evidence.custody_rules import Act
from rogatory.node import people, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, hands
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

KIND = "disclosure-notice"


class NoticeMissing(NotPermitted):
    """Notice of this disclosure has not been given."""

    code = "notice-missing"
    remedy = (
        "Give notice first: rogatory exhibit disclose ID --to WHOM --clears TEXT. Without time for it: --no-time WHY."
    )


def give_notice(node: Node, actor: Actor, id: str, *, to: str, clears: str) -> Message:
    """The notice, in advance, that exhibit *id* will be disclosed *to* somebody because of what *clears* an accused."""
    row = exhibits.get(node, id)
    return _notify(node, actor, row, {"exhibit": id, "to": to, "clears": clears, "in_advance": True})


def disclose(node: Node, actor: Actor, id: str, *, notice: str) -> Message:
    """The message that tells the other side that exhibit *id* was disclosed as the *notice* (its SHA-256) said.

    Raises `NoticeMissing` when no such notice of ours names the exhibit.
    """
    people.require(actor, "custodian")
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        known = record.case_file(node, row.case).exhibits.get(id)
        given = next((one for one in (known.notices if known else ()) if one.message == notice), None)
        if given is None or given.by[:3] != node.state:
            raise NoticeMissing(f"no notice {notice[:16]}… of ours names the exhibit {id}", cite="40(19)")
        return _record(node, actor, row, given)


def disclose_at_once(node: Node, actor: Actor, id: str, *, to: str, clears: str, no_time: str) -> Message:
    """As `give_notice` and `disclose` together, where there was no time for notice in advance, for the reason given."""
    bodies.text({"no_time": no_time}, "no_time", cite="40(19)")
    with node.stores.atomic():
        node.stores.ledger.lock()
        body = {"exhibit": id, "to": to, "clears": clears, "in_advance": False, "no_time": no_time}
        notice = _notify(node, actor, exhibits.get(node, id), body)
        return disclose(node, actor, id, notice=notice.digest)


def _notify(node: Node, actor: Actor, row: ExhibitRow, body: dict[str, object]) -> Message:
    conditions.require_open(node, row)
    if row.ours:
        raise exhibits.NotInThatState("the exhibit is ours to disclose; notice is owed for what another State gave")
    taken = steps.take(node, actor, case=row.case, regarding=row.request, kind=KIND, body=body)
    if not isinstance(taken, Message):
        raise BadInput("a notice of disclosure takes one person only")
    return taken


def _record(node: Node, actor: Actor, row: ExhibitRow, given: Notice) -> Message:
    conditions.require_open(node, row)
    details = {"purpose": f"{given.to}: {given.clears}"[:4_000], "under": given.message}
    deed = hands.deed(node, Act.DISCLOSED, actor.authority, actor.as_person("custodian"), **details)
    message = hands.hand(node, row, "custody-entry", deed)
    people.note(node, actor, "exhibit:content:disclose", row.case, f"{row.id}: {given.to}")
    return message
