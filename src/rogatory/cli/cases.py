"""`rogatory case`: the cases of the node, one whole case, and the opinion on its requests."""

from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType

from rogatory.casefile.cites import HOME
from rogatory.cli import opinionview, papers, printing, reading
from rogatory.cli.choices import CaseName, Regarding
from rogatory.cli.drafts import as_json as draft_json
from rogatory.cli.session import session_of
from rogatory.node import desk, opinions, people
from rogatory.node.desk import CasePage, RequestView
from rogatory.ports.exchange import DeliveryRow

case_app = typer.Typer(no_args_is_help=True, help="Cases: requests, clocks, messages, exhibits.")
_HIDDEN = frozenset({"receipt"})


@case_app.command("list")
def list_(context: typer.Context) -> None:
    """List the cases, the one that changed last first."""
    session = session_of(context)
    found = desk.overview(session.node, session.actor).cases
    rows = [
        (line.row.case, line.row.measure, line.row.state, line.side, line.light, line.row.clock_until, line.row.title)
        for line in found
    ]
    headings = ("case", "measure", "state", "we are", "clock", "until", "about")
    value = [{**printing.plain(line.row), "side": line.side, "light": line.light} for line in found]
    session.answer(value, printing.table(headings, rows, title="cases"))


@case_app.command("show")
def show(context: typer.Context, case: CaseName) -> None:
    """Show a case: requests with their clocks, messages and how they travel, exhibits, custody."""
    session = session_of(context)
    people.require_reader(session.actor)
    page = desk.case_page(session.node, session.actor, reading.case_of(session.node, case))
    session.answer(_json(page), *_views(page))


@case_app.command("opinion")
def opinion(
    context: typer.Context,
    case: CaseName,
    *,
    regarding: Regarding = "",
    answers: Annotated[
        str, typer.Option(metavar="FILE", help="What the officer knows, TOML or JSON: key of a question = answer.")
    ] = "",
) -> None:
    """Show the opinion on a request, by default the latest, from our own chair.

    It is given as of the day on which the request was sent.
    """
    session = session_of(context)
    people.require_reader(session.actor)
    known = reading.object_of(answers) if answers else {}
    page = desk.case_page(session.node, session.actor, reading.case_of(session.node, case))
    request = page.case.requests[reading.request_of(page.case, regarding)]
    found = opinions.on_request(session.node, page.case, request, answers=known, chair=page.side)
    session.answer({**found.to_json(), "regarding": request.digest}, opinionview.view(found, session.lang))


def _json(page: CasePage) -> dict[str, Any]:
    case = page.case
    return {
        "case": case.id,
        "side": page.side,
        "requesting": case.requesting,
        "requested": case.requested,
        "exercise": case.exercise,
        "now": page.now,
        "requests": [_request_json(view) for view in page.requests],
        "timeline": [_event_json(page, place) for place in range(len(case.events))],
        "exhibits": [papers.exhibit_json(row) for row in page.exhibits],
        "drafts": [draft_json(draft) for draft in page.drafts],
        "accesses": page.accesses,
    }


def _request_json(view: RequestView) -> dict[str, Any]:
    found: dict[str, Any] = printing.plain(view.request)
    clock = {**printing.plain(view.clock), "light": view.light} if view.clock else None
    return {**found, "clock": clock, "steps": view.steps, "follow_ups": view.follow_ups}


def _event_json(page: CasePage, place: int) -> dict[str, Any]:
    event = page.case.events[place]
    message = event.message
    delivery = page.deliveries.get(message.digest)
    found: dict[str, Any] = printing.plain(message, without=frozenset({"sender", "receiver"}))
    return {
        **found,
        "from": message.sender,
        "to": message.receiver,
        "cite": page.cites[message.digest],
        "ineffective": event.ineffective,
        "ledger_index": page.ledger_indices.get(message.digest),
        "delivery": printing.plain(delivery, without=_HIDDEN) if delivery else None,
    }


def _views(page: CasePage) -> list[RenderableType]:
    case = page.case
    head = {
        "case": case.id,
        "requesting": case.requesting,
        "requested": case.requested,
        "we are": page.side,
        "now": page.now,
        "exercise": "yes: practice States, nothing here is real" if case.exercise else "",
    }
    events = [
        (
            event.message.at,
            event.message.kind + (f" ({event.message.body['outcome']})" if "outcome" in event.message.body else ""),
            event.message.sender,
            event.message.drafted_by.name
            + (f" + {event.message.approved_by.name}" if event.message.approved_by else ""),
            page.cites[event.message.digest],
            f"no effect: {event.ineffective}"
            if event.ineffective
            else _arrival(page.deliveries.get(event.message.digest)),
            event.message.digest[:16],
        )
        for event in case.events
    ]
    headings = ("at", "message", "from", "signed by", "provision", "delivery", "digest")
    drafts = [(draft.id, draft.kind, draft.state, draft.drafter_name) for draft in page.drafts]
    return [
        printing.pairs(head),
        *(_request_view(view) for view in page.requests),
        Group("", printing.table(headings, events, title="messages")),
        *(Group("", papers.view(row)) for row in page.exhibits),
        *([Group("", printing.table(("draft", "kind", "state", "by"), drafts, title="drafts"))] if drafts else ()),
    ]


def _request_view(view: RequestView) -> RenderableType:
    request, clock = view.request, view.clock
    return Group(
        "",
        printing.pairs(
            {
                "request": f"{request.measure}, {request.state} since {printing.text(request.since)}",
                "digest": request.digest,
                "decision": f"{', '.join(request.grounds)} {request.reasons}".strip(),
                "under": request.instrument if request.instrument != HOME else "",
                "outcome": "\n".join(f"{one.result} on {one.on}: {one.text}" for one in request.outcomes),
                "preserved": f"from {printing.text(clock.began)} by {request.custodian}" if clock else "",
                "clock": _clock(view),
                "extension": f"asked until {printing.text(request.extension_asked)}" if request.extension_asked else "",
                "you can": view.steps,
            }
        ),
    )


def _clock(view: RequestView) -> str:
    if view.clock is None:
        return ""
    return "ended" if view.clock.ended else f"{view.light}: until {printing.text(view.clock.until)}"


def _arrival(delivery: DeliveryRow | None) -> str:
    if delivery is None:
        return "received"
    if delivery.state == "queued" and delivery.failing_since:
        since = printing.text(delivery.failing_since)
        return f"not delivered since {since}: {delivery.reason} ({delivery.code}); tried {delivery.attempts} times"
    return f"{delivery.state}: {delivery.reason} ({delivery.code})" if delivery.code else delivery.state
