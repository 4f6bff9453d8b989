"""`rogatory exhibit seal`, `resume` and `abandon`: evidence is sealed, in one go or in several."""

import mimetypes
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer
from rich.console import RenderableType

from rogatory.cli import papers, printing, reading
from rogatory.cli.choices import CaseName, Regarding
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.cli.steps import regarding_of
from rogatory.errors import BadInput
from rogatory.evidence.archive.writer import FolderArchive
from rogatory.evidence.plaintext import read_acquired
from rogatory.kernel import times
from rogatory.node import people, record
from rogatory.node.evidence import sealing_passes, sealings
from rogatory.node.evidence.sealing_passes import Source
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.sealings import SealingRow
from rogatory.stores.folders import DiskFolder

#: What `--divisible` makes of a file: blocks of so many bytes.
BLOCK_BYTES = 1024 * 1024
FROM_INPUT = "-"

SealingId = Annotated[str, typer.Argument(metavar="ID", help="The sealing; it has the exhibit's id.")]
SkipSpecial = Annotated[
    bool,
    typer.Option(
        "--skip-special", help="In a folder, leave out devices, pipes and sockets, and list them as left out."
    ),
]


def seal(
    context: typer.Context,
    case: CaseName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or a folder; - reads a file from input.")],
    *,
    description: Annotated[str, typer.Option(metavar="TEXT", help="What it is and where it comes from.")],
    use: Annotated[str, typer.Option(metavar="TEXT", help="For which proceedings it may be used, 40(19).")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="The file's name; needed with -.")] = "",
    media_type: Annotated[
        str, typer.Option(metavar="TYPE", help="The media type; guessed from the name by default.")
    ] = "",
    retention: Annotated[str, typer.Option(metavar="DAY", help="Until when it may be kept: 2030-12-31.")] = "",
    onward: Annotated[
        str, typer.Option(metavar="WORD", help="Whether it may be passed on: only-with-leave, not-at-all or free.")
    ] = "only-with-leave",
    data_protection: Annotated[
        str, typer.Option(metavar="TEXT", help="On what terms personal data are handed over, 36(1).")
    ] = "",
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="AUTHORITY", help="A further authority of that State; may be repeated."),
    ] = None,
    digest: Annotated[
        list[str] | None,
        typer.Option(
            "--digest", metavar="NAME", help="A further digest to take: md5, sha1 or sha512; may be repeated."
        ),
    ] = None,
    acquired: Annotated[
        list[str] | None,
        typer.Option(
            "--acquired",
            metavar="NAME=HEX",
            help="What the acquisition tool printed; another file is not sealed. May be repeated.",
        ),
    ] = None,
    divisible: Annotated[
        bool, typer.Option("--divisible", help="Let a part be extracted later: describe each mebibyte of it.")
    ] = False,
    skip_special: SkipSpecial = False,
    regarding: Regarding = "",
) -> None:
    """Seal a file or a folder to the other side of a case (custodian).

    It stays here until its delivery was approved. When it is stopped, `rogatory exhibit resume` goes on with it.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "custodian")
    known = reading.case_of(node, case)
    request = regarding_of(session, record.case_file(node, known), regarding, "delivery")
    called, is_folder = _name(file, name), file != FROM_INPUT and Path(file).is_dir()
    about = sealings.ToSeal(
        name=called,
        media_type=media_type or mimetypes.guess_type(called)[0] or "application/octet-stream",
        description=description,
        use=use,
        onward=onward,
        retention_until=_day(retention),
        data_protection=data_protection,
        also=tuple(also or ()),
        digests=tuple(digest or ()),
        acquired=dict(map(read_acquired, acquired or ())),
        block=BLOCK_BYTES if divisible and not is_folder else 0,
    )
    origin = file if file == FROM_INPUT else str(Path(file).absolute())
    with _source(file, skip_special=skip_special) as (source, size):
        # A folder with holes needs less room than its files have bytes.
        room = None if is_folder else size
        row = sealings.begin(node, actor, case=known, regarding=request, about=about, origin=origin, size=room)
        _run(session, row, source, size)


def resume(
    context: typer.Context,
    id: SealingId,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="The same file or folder; by default where it was.")
    ] = None,
    *,
    skip_special: SkipSpecial = False,
) -> None:
    """Go on with a sealing that was stopped (custodian).

    The file is read again from its beginning, - from input; what was sealed already is only compared.
    """
    session = session_of(context)
    people.require(session.actor, "custodian")
    row = sealing_passes.get(session.node, id)
    if row.outcome is not None or (file is None and row.source == FROM_INPUT):
        _run(session, row, None, row.size)
        return
    with _source(file or row.source, skip_special=skip_special) as (source, size):
        _run(session, row, source, size)


def abandon(context: typer.Context, id: SealingId) -> None:
    """Give up a sealing that was stopped, and destroy what it has written (custodian)."""
    session = session_of(context)
    row = sealings.abandon(session.node, session.actor, id)
    session.answer({"id": row.id, "abandoned": True}, f"Sealing {row.id} is abandoned; what it had written is gone.")


def sealing_json(row: SealingRow) -> dict[str, object]:
    """A sealing under way as JSON: the row, without its key."""
    found: dict[str, object] = printing.plain(row, without=frozenset({"secret", "run", "milestone", "outcome"}))
    return {**found, "state": "sealing", "done": _done(row)}


def sealing_view(row: SealingRow) -> RenderableType:
    """A sealing under way for a person."""
    size = f" of {row.size}" if row.size is not None else ""
    return printing.pairs(
        {
            "sealing": row.id,
            "file": f"{row.about['name']} ({row.source})",
            "state": "under way since its last milestone, or stopped",
            "done": f"{_done(row)}{size} bytes, {times.stamp(row.changed_at)}",
            "begun by": row.person,
            "go on": f"rogatory exhibit resume {row.id}",
        }
    )


def _run(session: Session, row: SealingRow, source: Source | None, size: int | None) -> None:
    looked_on = not session.as_json and sys.stderr.isatty()
    if looked_on:
        _tell(f"Sealing {row.id}; Ctrl-C stops it, and it can be resumed.")
    try:
        with progress_of(session, "sealing", size) as progress:
            done = sealings.resume(session.node, session.actor, row.id, source, progress=progress)
    except BaseException:
        if not session.as_json and session.node.stores.sealings.get(row.id) is not None:
            given = " - (from input, again)" if row.source == FROM_INPUT else ""
            _tell(f"Stopped. To go on: rogatory exhibit resume {row.id}{given}")
            _tell(f"To give it up: rogatory exhibit abandon {row.id}")
        raise
    _answer(session, done)


def _answer(session: Session, row: ExhibitRow) -> None:
    told = f"It stays here until its delivery is proposed (rogatory exhibit deliver {row.id}) and approved."
    session.answer(papers.exhibit_json(row), papers.view(row), told)


def _tell(line: str) -> None:
    printing.console(errors=True).print(printing.text(line), soft_wrap=True)


def _done(row: SealingRow) -> int:
    if row.outcome is not None:
        return int(row.outcome["size"])
    return int(row.milestone["plain"]) if row.milestone else 0


def _name(file: str, name: str) -> str:
    if name:
        return name
    if file == FROM_INPUT:
        raise BadInput("what comes from input has no name: give --name")
    path = Path(file).absolute()
    return f"{path.name}.tar" if path.is_dir() else path.name


@contextmanager
def _source(file: str, *, skip_special: bool) -> Iterator[tuple[Source, int | None]]:
    """What is sealed, and how many bytes it has, where that is known."""
    if file == FROM_INPUT:
        yield cast("BinaryIO", sys.stdin.buffer.raw if hasattr(sys.stdin.buffer, "raw") else sys.stdin.buffer), None
    elif Path(file).is_dir():
        folder = DiskFolder(Path(file), skip_special=skip_special)
        with tempfile.TemporaryFile() as spool:
            yield FolderArchive(folder, cast("BinaryIO", spool)), folder.survey().size
    else:
        with Path(file).open("rb", buffering=0) as source:
            yield cast("BinaryIO", source), os.fstat(source.fileno()).st_size


def _day(text: str) -> date | None:
    return times.parse_day(text) if text else None
