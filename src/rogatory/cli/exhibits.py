"""`rogatory exhibit`: sealing evidence, handing it over, opening what was received."""

import mimetypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Group

from rogatory.cli import files, papers, printing, reading
from rogatory.cli.choices import CaseName, ExhibitId, OutFile, Regarding
from rogatory.cli.progress import progress_of
from rogatory.cli.session import session_of
from rogatory.cli.steps import answer_taken, regarding_of
from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.node import people, record, steps
from rogatory.node.evidence import exhibits, handover, opening, sealings

exhibit_app = typer.Typer(no_args_is_help=True, help="Electronic evidence: sealed, handed over, opened.")


@exhibit_app.command("seal")
def seal(
    context: typer.Context,
    case: CaseName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What is sealed; - reads it from input.")],
    *,
    description: Annotated[str, typer.Option(metavar="TEXT", help="What it is and where it comes from.")],
    use: Annotated[str, typer.Option(metavar="TEXT", help="For which proceedings it may be used, 40(19).")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="The file's name; needed with -.")] = "",
    media_type: Annotated[
        str, typer.Option(metavar="TYPE", help="The media type; guessed from the name by default.")
    ] = "",
    retention: Annotated[str, typer.Option(metavar="DAY", help="Until when it may be kept: 2030-12-31.")] = "",
    regarding: Regarding = "",
) -> None:
    """Seal a file to the other side of a case (custodian).

    It stays here until its delivery was approved.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "custodian")
    known = reading.case_of(node, case)
    digest = regarding_of(session, record.case_file(node, known), regarding, "delivery")
    if file == "-" and not name:
        raise BadInput("what comes from input has no name: give --name")
    called = name or Path(file).name
    about = sealings.ToSeal(
        name=called,
        media_type=media_type or mimetypes.guess_type(called)[0] or "application/octet-stream",
        description=description,
        use=use,
        retention_until=_day(retention),
    )
    with _source(file) as (source, size), progress_of(session, "sealing", size) as progress:
        row = sealings.seal(node, actor, case=known, regarding=digest, source=source, about=about, progress=progress)
    told = f"It stays here until its delivery is proposed (rogatory exhibit deliver {row.id}) and approved."
    session.answer(papers.exhibit_json(row), papers.view(row), told)


@exhibit_app.command("deliver")
def deliver(context: typer.Context, id: ExhibitId) -> None:
    """Propose to hand a sealed exhibit over (custodian).

    A second person approves with `rogatory draft approve`.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    row, body = handover.propose_delivery(node, actor, id)
    answer_taken(session, steps.take(node, actor, case=row.case, regarding=row.request, kind="delivery", body=body))


@exhibit_app.command("list")
def list_(context: typer.Context, case: CaseName) -> None:
    """List the exhibits of a case with their custody."""
    session = session_of(context)
    people.require_reader(session.actor)
    found = session.node.stores.exhibits.of_case(reading.case_of(session.node, case))
    shown = Group(*(Group(papers.view(row), "") for row in found)) if found else "exhibits: none"
    session.answer([papers.exhibit_json(row) for row in found], shown)


@exhibit_app.command("open")
def open_(
    context: typer.Context,
    id: ExhibitId,
    *,
    purpose: Annotated[
        str, typer.Option(metavar="TEXT", help="What it is opened for; it goes into the custody record.")
    ],
    out: OutFile,
) -> None:
    """Open a received exhibit into a new file (custodian).

    The opening is recorded in its custody, which both States hold.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    with files.new_file(out) as sink:
        size = exhibits.manifest_of(exhibits.get(node, id)).parts.total
        with progress_of(session, "opening", size) as progress:
            found = opening.open_exhibit(node, actor, id, sink, purpose=purpose, progress=progress)
    session.answer(
        {"exhibit": id, "file": str(out), "sha256": found.sha256, "size": found.size, "name": found.name},
        f"{out}: {found.size} bytes, as they were sealed.",
        printing.pairs({"SHA-256": found.sha256}),
    )


@contextmanager
def _source(file: str) -> Iterator[tuple[BinaryIO, int | None]]:
    if file == "-":
        yield sys.stdin.buffer, None
        return
    with Path(file).open("rb") as source:
        yield source, os.fstat(source.fileno()).st_size


def _day(text: str) -> date | None:
    return times.parse_day(text) if text else None
