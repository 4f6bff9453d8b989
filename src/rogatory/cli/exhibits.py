"""`rogatory exhibit`: handing evidence over, opening what was received."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Group

from rogatory.cli import files, folders, papers, printing, reading, sealings
from rogatory.cli.choices import CaseName, ExhibitId
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.cli.steps import answer_taken
from rogatory.errors import BadInput
from rogatory.node import people, steps
from rogatory.node.evidence import exhibits, handover, opening
from rogatory.node.evidence import sealings as under_way

_RANGE = re.compile(r"([0-9]{0,16}):([0-9]{0,16})")

exhibit_app = typer.Typer(no_args_is_help=True, help="Electronic evidence: sealed, handed over, opened.")
exhibit_app.command("seal")(sealings.seal)
exhibit_app.command("resume")(sealings.resume)
exhibit_app.command("abandon")(sealings.abandon)


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
    """List the exhibits of a case with their custody, and the sealings under way."""
    session = session_of(context)
    people.require_reader(session.actor)
    known = reading.case_of(session.node, case)
    begun = under_way.under_way(session.node, session.actor, known)
    found = session.node.stores.exhibits.of_case(known)
    views = [*map(papers.view, found), *map(sealings.sealing_view, begun)]
    shown = Group(*(Group(view, "") for view in views)) if views else "exhibits: none"
    session.answer([*map(papers.exhibit_json, found), *map(sealings.sealing_json, begun)], shown)


@exhibit_app.command("open")
def open_(
    context: typer.Context,
    id: ExhibitId,
    *,
    purpose: Annotated[
        str, typer.Option(metavar="TEXT", help="What it is opened for; it goes into the custody record.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="A new file; nothing is ever overwritten.")
    ] = None,
    range_: Annotated[
        str, typer.Option("--range", metavar="START:END", help="Only these bytes, counted from 0, without END.")
    ] = "",
    verify_only: Annotated[
        bool, typer.Option("--verify-only", help="Open and verify all of it, and write nothing.")
    ] = False,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FOLDER", help="Unpack a folder into a new one, verified.")
    ] = None,
    at_most: Annotated[
        int | None,
        typer.Option(metavar="BYTES", min=0, help="With --into: how large all files together may be, holes included."),
    ] = None,
) -> None:
    """Open a received exhibit into a new file or folder (custodian).

    The opening is recorded in its custody, which both States hold.
    """
    session = session_of(context)
    if [out is not None, into is not None, verify_only].count(True) != 1 or (range_ and out is None):
        raise BadInput("give --out FILE, or --into FOLDER, or --verify-only; a range goes into a file")
    if into is not None:
        folders.open_into(session, id, into, purpose=purpose, at_most=at_most)
        return
    node, actor = session.node, session.actor
    row = exhibits.get(node, id)
    if range_:
        answer = _open_range(session, id, purpose, range_, out or Path())
    else:
        with _sink(out) as sink, progress_of(session, "opening", exhibits.manifest_of(row).parts.total) as progress:
            found = opening.open_exhibit(node, actor, id, sink, purpose=purpose, progress=progress)
        answer = f"{out or id}: {found.size} bytes, as they were sealed."
    found = exhibits.manifest_of(row)
    file = str(out) if out else None
    session.answer(
        {"exhibit": id, "file": file, "sha256": found.sha256, "size": found.size, "name": found.name, "range": range_},
        answer,
        printing.pairs({"SHA-256": found.sha256}),
    )


def _open_range(session: Session, id: str, purpose: str, text: str, out: Path) -> str:
    size = exhibits.manifest_of(exhibits.get(session.node, id)).size
    start, end = _range(text, size)
    with files.new_file(out) as sink, progress_of(session, "opening", end - start) as progress:
        opening.open_range(
            session.node, session.actor, id, sink, place=(start, end), purpose=purpose, progress=progress
        )
    return f"{out}: bytes {start} to {end} of {size}, from parts that are as they were sealed. All of it has:"


def _range(text: str, size: int) -> tuple[int, int]:
    found = _RANGE.fullmatch(text)
    if found is None:
        raise BadInput(f"a range is START:END, such as 1000:2000, not {text[:40]!r}")
    return int(found[1] or 0), int(found[2] or size)


@contextmanager
def _sink(out: Path | None) -> Iterator[BinaryIO | None]:
    if out is None:
        yield None
        return
    with files.new_large_file(out) as sink:
        yield sink
