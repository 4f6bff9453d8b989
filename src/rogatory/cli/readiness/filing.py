"""`rogatory ready file`, `filed`, `correct` and `card`: what the depositary received, and what the card then says."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.session import session_of
from rogatory.cli.statusdata import day_of
from rogatory.node.readiness import cards, entries, filing
from rogatory.readiness.filing import Filed
from rogatory.stores import nodefile


def file(
    context: typer.Context,
    papers: Annotated[
        list[str], typer.Argument(metavar="PAPER...", help="As `ready letters` names them; or signature.")
    ],
    *,
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="The day the depositary received them; else today.")
    ] = "",
    reference: Annotated[str, typer.Option("--reference", metavar="TEXT", help="Under which reference.")] = "",
) -> None:
    """Enter papers as filed with the depositary: they stand in status from then on (assessor)."""
    session = session_of(context)
    day = day_of(session, on)
    found = filing.file(session.node, session.actor, papers, on=day, reference=reference)
    session.answer({"filed": found}, _view(found), "Entered. Status answers from it at once.")


def filed(context: typer.Context) -> None:
    """List what was filed, with its numbers, and what was corrected."""
    session = session_of(context)
    _ = session.actor
    found = entries.filed(session.node)
    session.answer({"filed": found}, _view(found))


def correct(
    context: typer.Context,
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", help="The number of the filing, as `ready filed` lists it.")
    ],
    *,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why it is wrong.")],
) -> None:
    """Take back an entry that was wrong by a correcting entry; it leaves status (assessor)."""
    session = session_of(context)
    found = filing.correct(session.node, session.actor, number, because=because)
    session.answer(found, _view([found]), "Corrected. Status no longer has it.")


def _view(found: Sequence[Filed]) -> RenderableType:
    rows = [
        (one.number, one.paper, one.action, one.provision, one.on, one.reference, one.by, one.corrected)
        for one in found
    ]
    headings = ("number", "paper", "act", "provision", "day", "reference", "entered by", "corrected because")
    return printing.table(headings, rows, title="filed")


def card(
    context: typer.Context,
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Change node.toml and raise the card's serial (administrator).")
    ] = False,
) -> None:
    """Show what the contact card should say after the notices that were filed, or let it say so."""
    session = session_of(context)
    _ = session.actor
    found = cards.proposal(session.node)
    applied = apply and bool(found.changes)
    if applied:
        cards.note_change(session.node, session.actor, found)
        changes: dict[str, nodefile.Values] = {
            one.id: {
                "name_en": one.after.name_en,
                "name_fr": one.after.name_fr,
                "functions": one.after.functions,
                "languages": one.after.languages,
            }
            for one in found.changes
        }
        nodefile.change_authorities(session.services.data / "node.toml", changes, serial=found.serial)
    rows = [
        (one.id, one.before.name_en, one.after.name_en, one.after.functions, one.after.languages)
        for one in found.changes
    ]
    headings = ("authority", "name now", "name notified", "functions", "languages")
    said = f"The card has serial {found.serial} now: give it to your partners." if applied else "Nothing was changed."
    value = {"serial": found.serial, "changes": found.changes, "elsewhere": found.elsewhere, "applied": applied}
    rest = [f"No authority of this node: {', '.join(found.elsewhere)}."] if found.elsewhere else []
    session.answer(value, printing.table(headings, rows, title="changes to the card"), *rest, said)


COMMANDS: dict[str, Callable[..., None]] = {"file": file, "filed": filed, "correct": correct, "card": card}
