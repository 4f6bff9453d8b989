"""`rogatory letter`: what was written between nodes that belongs to no case, whether its kind is known here or not."""

import json
from typing import Annotated, Any

import typer
from rich.console import Group

from rogatory.cli import printing
from rogatory.cli.session import session_of
from rogatory.correspondence.letters import Letter
from rogatory.node.correspondence import letters

letter_app = typer.Typer(no_args_is_help=True, help="Letters between nodes that belong to no case.")


@letter_app.command("list")
def list_(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=letters.MOST, help="At most this many.")] = 100,
) -> None:
    """List the letters, the newest first; those of a kind that this version does not know too."""
    session = session_of(context)
    found = letters.newest(session.node, session.actor, limit=limit)
    rows = [
        (one.at, one.sender, one.receiver, one.kind, "" if row.understood else "not known here", one.thread)
        for row, one in found
    ]
    told = [{**_json(one), "ours": row.ours, "understood": row.understood} for row, one in found]
    session.answer(told, printing.table(("at", "from", "to", "kind", "", "thread"), rows, title="letters"))


@letter_app.command("show")
def show(
    context: typer.Context,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help="The thread, by its whole name.")],
) -> None:
    """Show the letters of one thread in their order."""
    session = session_of(context)
    found = letters.thread_page(session.node, session.actor, thread)
    views = [
        Group(
            printing.pairs(
                {
                    "letter": one.digest,
                    "kind": one.kind,
                    "from": f"{one.sender} ({one.person.name}, {one.person.role})",
                    "to": one.receiver,
                    "at": one.at,
                }
            ),
            printing.text(json.dumps(one.body, ensure_ascii=False, indent=2)),
            "",
        )
        for one in found
    ]
    session.answer([_json(one) for one in found], *views)


def _json(letter: Letter) -> dict[str, Any]:
    found: dict[str, Any] = printing.plain(letter, without=frozenset({"jws"}))
    return found
