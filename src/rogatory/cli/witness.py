"""`rogatory witness`: who witnesses our log, whose logs we follow, and the alarms about logs."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType

from rogatory.cli import printing
from rogatory.cli.session import Session, session_of
from rogatory.node.ledger import alarms, witnessing
from rogatory.node.ledger.alarms import Shown
from rogatory.node.ledger.witnessing import StateOfWitnessing
from rogatory.ports.witness import WatchedRow

witness_app = typer.Typer(
    no_args_is_help=True, help="States that cosign our log, logs that we follow, and alarms about logs."
)
StateName = Annotated[str, typer.Argument(metavar="STATE", help="A partner, by ISO 3166 alpha-3: FRA.")]


@witness_app.command("add")
def add(context: typer.Context, state: StateName) -> None:
    """Ask a partner State to cosign our checkpoints from now on (administrator)."""
    session = session_of(context)
    row = witnessing.add(session.node, session.actor, state.upper())
    _answer(session, f"{row.state} is asked to cosign our checkpoints from now on.")


@witness_app.command("remove")
def remove(context: typer.Context, state: StateName) -> None:
    """Ask a State no more (administrator).

    What it cosigned stays as it is.
    """
    session = session_of(context)
    witnessing.remove(session.node, session.actor, state.upper())
    _answer(session, f"{state.upper()} is asked no more.")


@witness_app.command("policy")
def policy(
    context: typer.Context,
    needed: Annotated[int, typer.Argument(metavar="N", help="So many witnesses must cosign.")],
) -> None:
    """Say how many cosignatures make a checkpoint witnessed (administrator)."""
    session = session_of(context)
    witnessing.set_policy(session.node, session.actor, needed)
    _answer(session, f"A checkpoint counts as witnessed with {needed} cosignatures.")


@witness_app.command("list")
def list_(context: typer.Context) -> None:
    """List our witnesses and the partners' logs that we follow."""
    _answer(session_of(context))


@witness_app.command("alarms")
def list_alarms(
    context: typer.Context,
    *,
    standing: Annotated[bool, typer.Option("--standing", help="Only those that nobody has acknowledged.")] = False,
) -> None:
    """List the alarms about logs, the newest first, with what to do."""
    session = session_of(context)
    found = alarms.standing(session.node) if standing else alarms.newest(session.node)
    shown = [_alarm_view(session, one) for one in found]
    session.answer([_alarm_json(one) for one in found], *(shown or ["alarms: none"]))


@witness_app.command("acknowledge")
def acknowledge(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the alarm.")],
    *,
    remark: Annotated[str, typer.Option(metavar="TEXT", help="What was asked, of whom, and what the answer was.")],
) -> None:
    """Say that an alarm was looked into, and what was found.

    It stays in the list; the banner of the desk goes.
    """
    session = session_of(context)
    found = alarms.acknowledge(session.node, session.actor, number, remark=remark)
    session.answer(_alarm_json(found), f"Alarm {number} is acknowledged.")


def _answer(session: Session, *told: str) -> None:
    found = witnessing.state_of_witnessing(session.node)
    watched = session.node.stores.witnesses.watched()
    value = {**printing.plain(found), "watched": [_watched_json(row) for row in watched]}
    session.answer(value, *told, *_views(session, found, watched))


def _views(session: Session, found: StateOfWitnessing, watched: Sequence[WatchedRow]) -> list[RenderableType | str]:
    signed = {one.name for one in found.cosigners}
    ours = [
        (row.state, row.cosigned_size or "", row.cosigned_at, row.failing_since, row.reason) for row in found.witnesses
    ]
    logs = [(row.state, row.origin, row.size, row.read_at, row.cosigned_at, row.reason) for row in watched]
    headings = ("State", "cosigned entries", "at", "failing since", "why")
    return [
        found.words.get(session.lang),
        f"policy: {found.needed} of {len(found.witnesses)}; under the newest: {', '.join(sorted(signed)) or 'nobody'}",
        printing.table(headings, ours, title="our witnesses"),
        printing.table(
            ("State", "log", "entries", "read", "we cosigned", "why not read"), logs, title="logs that we follow"
        ),
    ]


def _watched_json(row: WatchedRow) -> dict[str, Any]:
    found: dict[str, Any] = printing.plain(row, without=frozenset({"claimed"}))
    return found


def _alarm_json(shown: Shown) -> dict[str, Any]:
    row = shown.row
    return {
        "number": row.number,
        "at": row.at,
        "state": row.state,
        "log": row.origin,
        "kind": row.kind,
        "words": shown.sentence.to_json(),
        "remedy": shown.remedy.to_json(),
        "evidence": [text for text in (row.first, row.second) if text],
        "acknowledged": shown.seen,
    }


def _alarm_view(session: Session, shown: Shown) -> RenderableType:
    row, seen = shown.row, shown.seen
    said = f"{seen.name}, {seen.at:%Y-%m-%d %H:%M} UTC: {seen.remark}" if seen else "nobody yet"
    values = {
        "alarm": row.number,
        "at": row.at,
        "State": row.state,
        "log": row.origin,
        "what": shown.sentence.get(session.lang),
        "what to do": "" if seen else shown.remedy.get(session.lang),
        "acknowledged": said,
    }
    return Group(printing.pairs(values), "")
