"""`rogatory export` and `rogatory demo`; `rogatory verify` is a program of its own that needs none of this."""

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import files, printing, reading
from rogatory.cli.choices import CaseName, OutFile
from rogatory.cli.progress import progress_of
from rogatory.cli.session import session_of
from rogatory.node import export as exporting
from rogatory.node import people


def export(
    context: typer.Context,
    case: CaseName,
    *,
    out: OutFile,
    exhibits: Annotated[
        bool, typer.Option("--exhibits/--no-exhibits", help="With the sealed exhibits, or only their papers.")
    ] = True,
) -> None:
    """Write a case into one bundle that `rogatory verify` checks anywhere, offline."""
    session = session_of(context)
    people.require_reader(session.actor)
    known = reading.case_of(session.node, case)
    with files.new_file(out) as sink, progress_of(session, "writing", None) as progress:
        written = exporting.write_bundle(
            session.node, session.actor, known, sink, with_exhibits=exhibits, progress=progress
        )
    value = {**printing.plain(written), "file": str(out)}
    session.answer(value, printing.pairs(value), f"Check it anywhere with: rogatory verify {out}")


def demo(
    *,
    leave: Annotated[
        bool, typer.Option("--exit", help="End when the case has ended; status 0 only if all held.")
    ] = False,
    evidence: Annotated[Path | None, typer.Option(metavar="FILE", help="Evidence of your own to hand over.")] = None,
    keep: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Keep both nodes in this folder.")] = None,
) -> None:
    """Play a whole case between two practice States on this machine."""
    # Only this command sets up nodes, lines and processes.
    from rogatory.exercise import demo as exercise

    raise typer.Exit(exercise.run(leave=leave, evidence=evidence, keep=keep))
