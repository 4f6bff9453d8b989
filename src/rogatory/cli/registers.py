"""`rogatory outbox` and `rogatory audit`: what has not arrived, who did what."""

from typing import Annotated, Any

import typer

from rogatory.cli import printing
from rogatory.cli.session import session_of
from rogatory.node import delivery, registers
from rogatory.ports.exchange import DeliveryRow

outbox_app = typer.Typer(no_args_is_help=True, help="Messages that have not reached their partner.")
DeliveryId = Annotated[str, typer.Argument(metavar="ID", help="The delivery.")]


@outbox_app.command("list")
def list_(context: typer.Context) -> None:
    """List what has not arrived, why, since when, and what to do."""
    session = session_of(context)
    found = registers.outbox(session.node, session.actor)
    rows = [
        (one.id, one.partner, one.case, one.state, one.attempts, one.failing_since, _why(one), one.remedy)
        for one in found
    ]
    headings = ("delivery", "to", "case", "state", "tried", "failing since", "why", "what to do")
    session.answer([_json(one) for one in found], printing.table(headings, rows, title="outbox"))


@outbox_app.command("retry")
def retry(context: typer.Context, id: DeliveryId) -> None:
    """Try a delivery again now."""
    session = session_of(context)
    delivery.retry(session.node, session.actor, id)
    session.answer({"id": id, "state": "queued"}, "It is being sent again.")


@outbox_app.command("withdraw")
def withdraw(context: typer.Context, id: DeliveryId) -> None:
    """Take a message out of the outbox (approver).

    It stays in our case file, marked as never delivered.
    """
    session = session_of(context)
    delivery.withdraw(session.node, session.actor, id)
    session.answer({"id": id, "state": "withdrawn"}, "It will not be sent any more.")


def audit(
    context: typer.Context,
    *,
    subject: Annotated[
        str, typer.Option(metavar="TEXT", help="Only lines about this case, draft, delivery, account or State.")
    ] = "",
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=registers.MOST, help="At most this many lines.")] = 100,
) -> None:
    """Show who did what to what, the newest first (auditor)."""
    session = session_of(context)
    found = registers.access_record(session.node, session.actor, subject=subject, limit=limit)
    rows = [(one.at, one.who, one.action, one.subject, one.detail) for one in found]
    headings = ("at", "who", "action", "subject", "detail")
    session.answer(list(found), printing.table(headings, rows, title="access record"))


def _why(row: DeliveryRow) -> str:
    return f"{row.reason} ({row.code})" if row.code else ""


def _json(row: DeliveryRow) -> dict[str, Any]:
    found: dict[str, Any] = printing.plain(row, without=frozenset({"receipt"}))
    return found
