"""Entries out to files, offers in from a table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from rogatory.assistance import tables
from rogatory.cli import files, reading
from rogatory.cli.assistance import showing
from rogatory.cli.assistance.making import WORDS
from rogatory.cli.choices import OutFile
from rogatory.cli.session import session_of
from rogatory.node.assistance import files as node_files


def export(
    context: typer.Context,
    *,
    out: OutFile,
    kind: Annotated[str, typer.Option(metavar="KIND", help=f"One of {', '.join(WORDS.values())}; all as JSON.")] = "",
    for_: Annotated[
        str, typer.Option("--for", metavar="WHOM", help="everybody, partners, or us (with our own notes).")
    ] = tables.EVERYBODY,
) -> None:
    """Export entries: CSV for a file named .csv, else JSON. For everybody only what is public (who reads them)."""
    session = session_of(context)
    wanted = next((name for name, word in WORDS.items() if word == kind), kind)
    as_csv = Path(out).suffix.lower() == ".csv"
    data = node_files.export(session.node, session.actor, kind=wanted, audience=for_, as_csv=as_csv)
    with files.new_file(out) as file:
        file.write(data)
    session.answer({"file": str(out), "bytes": len(data)}, f"Wrote {out}: {len(data)} bytes, for {for_}.")


def import_offers(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV file (`-`: standard input).")],
) -> None:
    """Take offers from a CSV file: field names on its first line, one offer a line; all or none (liaison)."""
    session = session_of(context)
    data = reading.bytes_of(file, limit=tables.MAX_IMPORT)
    found = node_files.import_offers(session.node, session.actor, data)
    session.answer([showing.entry_json(one) for one in found], f"{len(found)} offers are here, which only we see.")


COMMANDS: Mapping[str, Callable[..., None]] = {"export": export, "import-offers": import_offers}
