"""`rogatory drill`: whether a person answers at a contact point, at whatever hour.

The hour of a drill is drawn when it is planned and shown to nobody before it has come.
"""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import files, printing, reading
from rogatory.cli.session import Session, session_of
from rogatory.correspondence import drilltable
from rogatory.correspondence.drills import BANNER, ENDED, STANDINGS, WAYS, Drill, Report
from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.node.correspondence import drills

drill_app = typer.Typer(
    no_args_is_help=True, help="Drills: whether a person answers at a contact point, at whatever hour."
)
DrillId = Annotated[str, typer.Argument(metavar="ID", help="The drill; the beginning of its name will do.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note for the other side.")]
_SPAN = re.compile(r"(\d{1,4})(m|h|d)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class BadSpan(BadInput):
    """That is not a length of time such as 7d, 12h or 30m."""

    code = "bad-span"


@drill_app.command("send")
def send(
    context: typer.Context,
    *,
    to: Annotated[
        str, typer.Option(metavar="STATE", help="Whose contact point: a partner, or our own State; or an authority.")
    ],
    at_random_within: Annotated[
        str, typer.Option(metavar="TIME", help="At an hour that nobody is told, within 7d, 12h or 30m.")
    ] = "7d",
    now: Annotated[bool, typer.Option("--now", help="At once.")] = False,
    answer_within: Annotated[
        str, typer.Option(metavar="TIME", help="How long there is to answer; as the node is set by default.")
    ] = "",
    note: Note = "",
) -> None:
    """Plan a drill of a contact point (assessor, approver or administrator).

    The worker sends it when its hour has come. `rogatory drill list` then shows how long the answer took.
    """
    session = session_of(context)
    wanted = drills.Plan(
        to=to if "/" in to else to.upper(),
        window=timedelta(0) if now else _span(at_random_within),
        answer_within=_span(answer_within) if answer_within else None,
        note=reading.text_of(note),
    )
    found = drills.plan(session.node, session.actor, wanted)
    told = "now" if now else f"at an hour that nobody is told, before {found.until:%Y-%m-%d %H:%M} UTC"
    session.answer(_json(session, found), f"Drill {found.id} of {found.asked} is sent {told}.")


@drill_app.command("cancel")
def cancel(context: typer.Context, id: DrillId) -> None:
    """Cancel a drill that was not sent yet (who plans them)."""
    session = session_of(context)
    found = drills.cancel(session.node, session.actor, _named(session, id))
    session.answer(_json(session, found), f"Drill {found.id} will not be sent.")


@drill_app.command("list")
def list_(
    context: typer.Context,
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that wait for an answer of ours.")] = False,
) -> None:
    """List the drills, the newest first; not the hour of one that was not sent."""
    session = session_of(context)
    found = drills.waiting(session.node, session.actor) if waiting else drills.listed(session.node, session.actor)
    session.answer([_json(session, one) for one in found], _table(session, found))


@drill_app.command("show")
def show(context: typer.Context, id: DrillId) -> None:
    """Show one drill; a duty officer who looks at one that waits has opened it."""
    session = session_of(context)
    found = drills.look(session.node, session.actor, _named(session, id))
    session.answer(_json(session, found), BANNER.get(session.lang), _view(session, found))


@drill_app.command("answer")
def answer(context: typer.Context, id: DrillId, *, note: Note = "") -> None:
    """Answer a drill that waits, in your name (duty officer)."""
    session = session_of(context)
    found = drills.answer(session.node, session.actor, _named(session, id), note=reading.text_of(note))
    took = _length(found.seconds()["whole"])
    session.answer(_json(session, found), f"Drill {found.id} of {found.asking} is answered, {took} after it came.")


@drill_app.command("report")
def report(
    context: typer.Context,
    *,
    since: Annotated[str, typer.Option(metavar="DAY", help="Only drills from this day on: 2028-01-01.")] = "",
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Every drill as a line of a new CSV file.")
    ] = None,
) -> None:
    """Show what the drills came to: medians, hours of the day, and those that nobody answered in time."""
    session = session_of(context)
    start = times.parse_stamp(f"{times.parse_day(since).isoformat()}T00:00:00.000Z") if since else None
    found = drills.report(session.node, session.actor, since=start)
    if table is not None:
        with files.new_file(table) as file:
            file.write(drilltable.to_csv(found))
    session.answer(_report_json(session, found), *_report_view(session, found))


def _span(given: str) -> timedelta:
    match = _SPAN.fullmatch(given)
    if match is None:
        raise BadSpan(f"{given!r} is not a length of time such as 7d, 12h or 30m")
    return int(match[1]) * _UNITS[match[2]]


def _named(session: Session, given: str) -> str:
    known = [one.id for one in drills.listed(session.node, session.actor)]
    return reading.name_of(given, known, what="drill")


def _json(session: Session, drill: Drill) -> dict[str, Any]:
    found: dict[str, Any] = printing.plain(drill, without=frozenset({"answer_within"}))
    return {
        **found,
        "answer_within_minutes": int(drill.answer_within.total_seconds() // 60),
        "standing": drill.standing(session.node.clock.now()).value,
        "deadline": printing.plain(drill.deadline),
        "seconds": dict(drill.seconds()),
    }


def _table(session: Session, found: tuple[Drill, ...]) -> RenderableType:
    now = session.node.clock.now()
    rows = [
        (
            one.id,
            one.asking,
            one.asked,
            STANDINGS[one.standing(now)].get(session.lang),
            one.sent_at or f"before {one.until:%Y-%m-%d %H:%M} UTC",
            one.deadline,
            _length(one.seconds()["whole"]),
            one.answered_by.name if one.answered_by else "",
            one.trouble,
        )
        for one in found
    ]
    headings = ("drill", "from", "to", "standing", "sent", "to be answered by", "took", "answered by", "what hinders")
    return printing.table(headings, rows, title="drills")


def _view(session: Session, drill: Drill) -> RenderableType:
    answered = drill.answered_by
    values = {
        "drill": drill.id,
        "which": WAYS[drill.way].get(session.lang),
        "from": f"{drill.asking} ({drill.planned_by.name}, {drill.planned_by.role})",
        "to": drill.asked,
        "note": drill.note,
        "standing": STANDINGS[drill.standing(session.node.clock.now())].get(session.lang),
        "sent": drill.sent_at,
        "delivered": drill.delivered_at,
        "received there": drill.received_at,
        "opened there": drill.opened_at,
        "answered there": drill.answered_at,
        "answer came": drill.arrived_at,
        "to be answered by": drill.deadline,
        "answered by": f"{answered.name} ({answered.role})" if answered else "",
        "their note": drill.answer_note,
        "took": _length(drill.seconds()["whole"]),
        "what hinders": drill.trouble,
    }
    return printing.pairs(values)


def _report_json(session: Session, found: Report) -> dict[str, Any]:
    return {
        "at": printing.plain(found.at),
        "scores": [{**printing.plain(score), "ended": score.ended} for score in found.scores],
        "hours": printing.plain(found.hours),
        "drills": [_json(session, one) for one in found.drills],
    }


def _report_view(session: Session, found: Report) -> list[RenderableType | str]:
    scores = [
        (
            score.state,
            score.ended,
            *(score.standings.get(one, 0) for one in ENDED),
            *(_length(score.medians[name]) for name in ("road", "opening", "answering", "whole")),
        )
        for score in found.scores
    ]
    headings = (
        *("State", "ended", *(STANDINGS[one].get(session.lang) for one in ENDED)),
        *("median on the road", "until opened", "until answered", "in all"),
    )
    hours = [(f"{one.hour:02d}:00", one.sent, one.passed) for one in found.hours if one.sent]
    return [
        printing.table(headings, scores, title="drills by State that was asked"),
        printing.table(("hour (UTC)", "sent", "answered in time"), hours, title="by hour of the day"),
    ]


def _length(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, hours = divmod(int(seconds) // 60, 60)[1], int(seconds) // 3600
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {int(seconds) % 60:02d} s"
