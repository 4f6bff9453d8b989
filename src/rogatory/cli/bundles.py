"""`rogatory export` and `rogatory demo`; `rogatory verify` is a program of its own that needs none of this."""

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import files, printing, reading
from rogatory.cli.choices import CaseName, OutFile
from rogatory.cli.progress import progress_of
from rogatory.cli.session import session_of
from rogatory.errors import BadInput
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
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A `case`, a session of the `conference`, or a State's `readiness`.")
    ] = "case",
    *,
    leave: Annotated[bool, typer.Option("--exit", help="End when it has ended; status 0 only if all held.")] = False,
    evidence: Annotated[Path | None, typer.Option(metavar="FILE", help="Evidence of your own to hand over.")] = None,
    pace: Annotated[
        float, typer.Option(min=0, max=60, metavar="SECONDS", help="A pause after what the conference does.")
    ] = 0.0,
    keep: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Keep the nodes in this folder.")] = None,
) -> None:
    """Play a case between two practice States, a session of sixty delegations, or one State's way to ratification."""
    if what not in ("case", "conference", "readiness"):
        raise BadInput(f"there is a demo of a case, of a conference and of readiness, not of {what[:40]!r}")
    # Only this command sets up nodes, lines and processes.
    if what == "conference":
        from rogatory.exercise.conference import demo as session

        told = session_of(context)
        wanted = session.Wanted(leave=leave, pace=pace, keep=keep, lang=told.lang)
        raise typer.Exit(session.run(told.services, wanted))
    if what == "readiness":
        from rogatory.exercise.readying import demo as way

        raise typer.Exit(way.run(leave=leave, keep=keep))
    from rogatory.exercise import demo as exercise

    raise typer.Exit(exercise.run(leave=leave, evidence=evidence, keep=keep))
