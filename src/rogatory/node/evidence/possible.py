"""What may be done with an exhibit next, by whom and under which provision, and why the rest may not be done.

Rules in words. The use cases decide: each act is tried here with the same checks that it begins with, and what they
say against it is kept to be shown. An act that this side of the case can never take on such an exhibit (giving back
what is ours) is not named at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rogatory.casefile import table
from rogatory.casefile.fold import CaseFile
from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.evidence.custody_rules import RULES, Act, Standing
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, opening, retention
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

_ASKED = "As the page asks"

Check = Callable[[Node, Actor, ExhibitRow], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One act on an exhibit, the provision it rests on, and what stands against it now, or None."""

    act: str
    cite: str
    refused: RogatoryError | None


def possible(node: Node, actor: Actor, row: ExhibitRow) -> tuple[Possible, ...]:
    """Every act that our side could ever take on the exhibit, in the order in which they come."""
    checks = _OURS if row.ours else _THEIRS
    found = {act: _tried(node, actor, row, check) for act, (_, check) in checks.items()}
    return tuple(Possible(act=act, cite=checks[act][0], refused=refused) for act, refused in found.items())


def _tried(node: Node, actor: Actor, row: ExhibitRow, check: Check) -> RogatoryError | None:
    try:
        check(node, actor, row)
    except RogatoryError as error:
        return error
    return None


def _hand_over(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "custodian")
    if row.state != "sealed":
        raise exhibits.NotInThatState(f"the exhibit is {row.state}; it was handed over, or is being")
    conditions.require_open(node, row)


def _open(node: Node, actor: Actor, row: ExhibitRow) -> None:
    opening.openable(node, actor, row.id, purpose=_ASKED)


def _use(node: Node, actor: Actor, row: ExhibitRow) -> None:
    _open(node, actor, row)
    chain = [entry.encode() for entry in row.custody]
    standing = custody.unverified_custody(chain, manifest=exhibits.manifest_of(row)).standing
    if standing.get(actor.authority) is not Standing.OPEN:
        raise exhibits.NotInThatState("nobody here has opened the exhibit; what is viewed or copied was opened before")


def _ask_leave(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "drafter")
    conditions.require_open(node, row)
    found = exhibits.manifest_of(row)
    if found.conditions.onward == conditions.NOT_AT_ALL:
        raise _forbidden(row)
    _require_step(node, row, "onward-request")


def _pass_on(node: Node, actor: Actor, row: ExhibitRow) -> None:
    _open(node, actor, row)
    found = exhibits.manifest_of(row)
    if len(found.receivers) > 1 or found.conditions.onward == conditions.FREE:
        return
    if found.conditions.onward == conditions.NOT_AT_ALL:
        raise _forbidden(row)
    known = record.case_file(node, row.case).exhibits.get(row.id)
    if not any(conditions.fitting_leave(node, row, to=one.to) for one in (known.leaves if known else ())):
        raise conditions.LeaveNeeded(
            f"{found.sealed_by} gave exhibit {row.id} under the condition that it goes on only with its leave",
            cite="36(3), 40(19)",
        )


def _disclose(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "custodian")
    conditions.require_open(node, row)
    if row.state != "received":
        raise exhibits.NotInThatState(f"the exhibit is {row.state}; what is not here yet cannot be disclosed")
    _require_step(node, row, "disclosure-notice")


def _give_back(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "custodian")
    retention.require_returnable(node, row)


def _give_leave(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "duty-officer")
    if row.state in ("sealed", "destroying", "destroyed"):
        raise exhibits.NotInThatState(f"the exhibit is {row.state}; leave is given for what the other side holds")
    _require_step(node, row, "onward-leave")


def _destroy(node: Node, actor: Actor, row: ExhibitRow) -> None:
    people.require(actor, "custodian")
    retention.require_here(row)
    known = node.stores.exhibits.destruction(row.id)
    if known is not None and known.state != "refused":
        raise retention.DestructionUnderWay(f"the destruction of exhibit {row.id} is {known.state}")


def _require_step(node: Node, row: ExhibitRow, step: str) -> None:
    file: CaseFile = record.case_file(node, row.case)
    request = file.requests[row.request]
    if table.row(request.measure, request.state, step, file.side(node.state)) is None:
        raise exhibits.NotInThatState(f"a {request.state} {request.measure} request does not allow that step to us")


def _forbidden(row: ExhibitRow) -> conditions.OnwardForbidden:
    sealed_by = exhibits.manifest_of(row).sealed_by
    told = f"{sealed_by} gave exhibit {row.id} under the condition that it is not passed on"
    return conditions.OnwardForbidden(told, cite="36(3), 40(19)")


_OURS: dict[str, tuple[str, Check]] = {
    "hand-over": (RULES[Act.SENT].provision, _hand_over),
    "give-leave": (RULES[Act.FORWARDED].provision, _give_leave),
    "destroy": (RULES[Act.DESTROYED].provision, _destroy),
}
_THEIRS: dict[str, tuple[str, Check]] = {
    "open": (RULES[Act.OPENED].provision, _open),
    "record": (RULES[Act.VIEWED].provision, _use),
    "ask-leave": (RULES[Act.FORWARDED].provision, _ask_leave),
    "pass-on": (RULES[Act.FORWARDED].provision, _pass_on),
    "disclose": ("40(5), 40(19)", _disclose),
    "return": (RULES[Act.RETURNED].provision, _give_back),
    "destroy": (RULES[Act.DESTROYED].provision, _destroy),
}
