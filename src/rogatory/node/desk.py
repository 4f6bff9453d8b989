"""What the desks show: plain values read from the projections and the case file; reading is recorded too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rogatory.casefile import cites, clocks, measures, table
from rogatory.casefile.clocks import Clock, Light
from rogatory.casefile.fold import CaseFile, Event, Request
from rogatory.casefile.table import Side
from rogatory.node import delivery, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.exchange import CaseRow, DeliveryRow, DraftRow
from rogatory.ports.record import AuditRow


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
    """One request with its clock, and the steps and following requests that this person may take up now."""

    request: Request
    clock: Clock | None
    light: Light
    steps: tuple[str, ...]
    follow_ups: tuple[str, ...]


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
    cites: Mapping[str, str]


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
        cites={event.message.digest: _cite(node, file, event) for event in file.events},
    )


def steps_open_to(file: CaseFile, request: Request, actor: Actor) -> tuple[str, ...]:
    """The steps on *request* that the table permits to our side and that *actor*'s roles allow."""
    side = file.side(actor.authority[:3])
    elsewhere = {"delivery", *table.BY_THE_NODE} | (frozenset() if request.exhibits else table.ON_EXHIBITS)
    return tuple(
        step
        for step in table.permitted(request.measure, request.state, side)
        if table.ROLE[step.partition(":")[0]] in actor.roles and step not in elsewhere
    )


def _cite(node: Node, file: CaseFile, event: Event) -> str:
    """The provision that *event* rests on, of the instrument that carries its request."""
    request = file.requests.get(event.message.regarding or event.message.digest)
    return cites.under(node.law, request.instrument, event.cite) if request else event.cite


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
        follow_ups=_follow_ups(node, actor, file, request),
    )


def _follow_ups(node: Node, actor: Actor, file: CaseFile, request: Request) -> tuple[str, ...]:
    """The measures whose request *actor* may let follow *request*, a preservation of ours that has not ended."""
    ours = "drafter" in actor.roles and file.side(node.state) is Side.REQUESTING
    if not ours or request.measure != measures.PRESERVATION or request.state in table.ENDED:
        return ()
    live = {one.measure for one in file.followers(request) if one.state not in table.ENDED}
    taken = live | (measures.HOLDING if live & measures.HOLDING else frozenset())
    carried = {measure for instrument, measure in node.law.forms if instrument == request.instrument}
    return tuple(measure for measure in measures.FOLLOWING if measure in carried and measure not in taken)
