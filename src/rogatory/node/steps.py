"""Steps on a case: acknowledge, decide, record a preservation, extend, ask, answer, withdraw, close.

A step that one person may take is issued at once; a step that needs two becomes a submitted draft, which
`drafting.approve` issues. The transition table says which is which, who may take it and under which provision.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from rogatory.casefile import bodies, cites, clocks, fold, table
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.messages import Message
from rogatory.kernel import ids, times
from rogatory.node import issuing, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.exchange import DraftRow


class TooShort(bodies.BadBody):
    """The preservation is shorter than the Convention allows."""

    code = "preservation-too-short"


class ClosedList(bodies.BadBody):
    """This may be refused only on the grounds that the instrument lists."""

    code = "ground-not-listed"


def take(
    node: Node,
    actor: Actor,
    *,
    case: str,
    regarding: str,
    kind: str,
    body: Mapping[str, Any],
    internal: Mapping[str, Any] | None = None,
) -> Message | DraftRow:
    """What the step becomes: a message when one person suffices, else a draft that awaits a second one.

    Raises `RoleMissing`, `NoSuchCase`, `DoesNotFit` (not in the table for this state and side), `BadBody` and, for
    the numbers and lists of the Convention, `TooShort` and `ClosedList`.
    """
    if kind not in table.ROLE or kind == "request" or kind in table.BY_THE_NODE:
        raise fold.DoesNotFit(f"{kind!r} is not a step that people take on a request")
    people.require(actor, table.ROLE[kind])
    file = record.case_file(node, case)
    request = file.requests.get(regarding)
    if request is None:
        raise fold.DoesNotFit("the step names no request of this case")
    bodies.check(kind, body)
    check_against_law(node, request, kind, body)
    side = file.side(node.state)
    step = table.step_of(kind, body.get("outcome"))
    if table.row(request.measure, request.state, step, side) is None:
        raise fold.DoesNotFit(f"a {request.state} {request.measure} request does not allow the step {step} to us")
    if (request.measure, kind) in table.TWO_PEOPLE:
        return _propose(node, actor, file, request, kind=kind, body=body, internal=internal or {})
    with node.stores.atomic():
        message = issuing.issue(
            node,
            issuing.Step(
                kind=kind,
                case=case,
                regarding=regarding,
                sender=actor.authority,
                receiver=file.partner(node.state),
                body=body,
                drafted_by=actor.as_person(table.ROLE[kind]),
            ),
        )
        people.note(node, actor, f"case:{kind}:issue", case, message.digest[:16])
    return message


def earliest_end(node: Node, began: datetime, instrument: str = cites.HOME) -> datetime:
    """The earliest end that *instrument* (the Convention: 42(8)) allows for a preservation that began then."""
    return began + timedelta(days=clocks.minimum_days(node.law, began, instrument))


def check_against_law(node: Node, request: Request, kind: str, body: Mapping[str, Any]) -> None:
    """Raise `TooShort` or `ClosedList` for what the law data does not allow in the body of a step."""
    if kind == "preserved":
        _check_period(node, request, body)
    if kind == "decision" and body["outcome"] == "declined":
        _check_grounds(node, request, body["grounds"])


def _check_period(node: Node, request: Request, body: Mapping[str, Any]) -> None:
    cite = cites.under(node.law, request.instrument, clocks.CITE)
    began, until = times.parse_stamp(body["began"]), times.parse_stamp(body["until"])
    if cite and until < earliest_end(node, began, request.instrument):
        days = clocks.minimum_days(node.law, began, request.instrument)
        raise TooShort(f"data are preserved for at least {days} days", cite=cite)


def _check_grounds(node: Node, request: Request, grounds: Sequence[str]) -> None:
    """What a provision bars as a reason is no ground; and where one closes the list, nothing outside it is."""
    if request.instrument not in node.law.instruments:
        return
    bearing = node.law.provisions(request.instrument, measure=request.measure)
    closing = next((provision.number for provision in bearing if provision.only_grounds), "")
    allowed = node.law.grounds_for(request.measure, instrument=request.instrument)
    listed = {provision.number for provision in node.law.grounds(request.instrument, request.measure)}
    for ground in grounds:
        if ground not in allowed and (closing or ground in listed):
            raise ClosedList(f"{ground} is no ground for refusing {request.measure}", cite=closing or ground)


def _propose(
    node: Node,
    actor: Actor,
    file: CaseFile,
    request: Request,
    *,
    kind: str,
    body: Mapping[str, Any],
    internal: Mapping[str, Any],
) -> DraftRow:
    now = node.clock.now()
    draft = DraftRow(
        id=ids.new_id(node.random(17)),
        case=file.id,
        kind=kind,
        measure=request.measure,
        regarding=request.digest,
        sender=actor.authority,
        receiver=file.partner(node.state),
        body=dict(body),
        state="submitted",
        drafted_by=actor.id,
        drafter_name=actor.name,
        internal=dict(internal),
        created_at=now,
        changed_at=now,
    )
    with node.stores.atomic():
        node.stores.drafts.add(draft)
        people.note(node, actor, f"draft:{kind}:submit", file.id, draft.id)
    return draft
