"""What the desks show: plain values read from the projections and the case file; reading is recorded too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rogatory.casefile import clocks, table
from rogatory.casefile.clocks import Clock, Light
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.table import Side
from rogatory.node import delivery, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports import AuditRow, CaseRow, DeliveryRow, DraftRow, ExhibitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One line of the list of cases, with the colour of its clock at the time of reading."""

    row: CaseRow
    side: Side
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The first page of a desk: cases, drafts that wait for somebody, messages that did not arrive."""

    cases: tuple[CaseLine, ...]
    to_approve: tuple[DraftRow, ...]
    own_drafts: tuple[DraftRow, ...]
    undelivered: tuple[DeliveryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One request with its clock and the steps that this person may take on it now."""

    request: Request
    clock: Clock | None
    light: Light
    steps: tuple[str, ...]
    can_follow_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything that the page of one case shows."""

    case: CaseFile
    side: Side
    now: datetime
    requests: tuple[RequestView, ...]
    deliveries: Mapping[str, DeliveryRow]
    drafts: tuple[DraftRow, ...]
    exhibits: tuple[ExhibitRow, ...]
    ledger_indices: Mapping[str, int]
    accesses: tuple[AuditRow, ...]


def overview(node: Node, actor: Actor) -> Overview:
    """The first page of *actor*'s desk."""
    people.require_reader(actor)
    now = node.clock.now()
    drafts = [draft for draft in node.stores.drafts.open() if draft.sender == actor.authority]
    may_approve = "approver" in actor.roles
    return Overview(
        cases=tuple(_line(node, row, now) for row in node.stores.views.cases()),
        to_approve=tuple(
            draft for draft in drafts if may_approve and draft.state == "submitted" and draft.drafted_by != actor.id
        ),
        own_drafts=tuple(draft for draft in drafts if draft.drafted_by == actor.id),
        undelivered=tuple(row for row in node.stores.outbox.undelivered() if delivery.overdue(row, now)),
    )


def case_page(node: Node, actor: Actor, case: str) -> CasePage:
    """The page of *case*; the access is recorded. Raises `NoSuchCase`, `RoleMissing`."""
    people.require_reader(actor)
    file = record.case_file(node, case)
    now = node.clock.now()
    side = file.side(node.state)
    with node.stores.atomic():
        people.note(node, actor, "case:file:read", case)
    return CasePage(
        case=file,
        side=side,
        now=now,
        requests=tuple(_request(node, actor, file, request, now) for request in file.requests.values()),
        deliveries={row.message: row for row in node.stores.outbox.of_case(case)},
        drafts=tuple(row for row in node.stores.drafts.of_case(case) if row.state in ("open", "submitted", "returned")),
        exhibits=tuple(node.stores.exhibits.of_case(case)),
        ledger_indices={row.digest: row.ledger_index for row in node.stores.messages.of_case(case)},
        accesses=tuple(node.stores.audit.of_subject(case, 50)),
    )


def steps_open_to(file: CaseFile, request: Request, actor: Actor) -> tuple[str, ...]:
    """The steps on *request* that the table permits to our side and that *actor*'s roles allow."""
    side = file.side(actor.authority[:3])
    elsewhere = {"delivery", *table.BY_THE_NODE}
    return tuple(
        step
        for step in table.permitted(request.measure, request.state, side)
        if table.ROLE[step.partition(":")[0]] in actor.roles and step not in elsewhere
    )


def _line(node: Node, row: CaseRow, now: datetime) -> CaseLine:
    side = Side.REQUESTING if row.case[:3] == node.state else Side.REQUESTED
    if row.clock_until is None:
        light = Light.NONE
    else:
        days = clocks.minimum_days(node.law, row.opened_at)
        light = clocks.light(row.clock_until, now, minimum_days=days, held=row.held)
    return CaseLine(row=row, side=side, light=light)


def _request(node: Node, actor: Actor, file: CaseFile, request: Request, now: datetime) -> RequestView:
    clock = clocks.clock(request, file.requests, node.law)
    return RequestView(
        request=request,
        clock=clock,
        light=clock.light(now) if clock else Light.NONE,
        steps=steps_open_to(file, request, actor),
        can_follow_up=(
            "drafter" in actor.roles
            and file.side(node.state) is Side.REQUESTING
            and request.measure == table.PRESERVATION
            and request.state not in table.ENDED
            and all(one.state in table.ENDED for one in file.followers(request))
        ),
    )
