"""`rogatory conference report`: the report of a session from its signed record, as page, PDF and open data."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import files, printing
from rogatory.cli.session import session_of
from rogatory.conference.record.entries import MAX_FIRST
from rogatory.conference.report import source, summary, tables
from rogatory.conference.report.values import SessionReport
from rogatory.documents import sessionreport
from rogatory.documents.sessionreport import FORMATS
from rogatory.errors import BadInput


def report(
    context: typer.Context,
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="The file of a meeting's signed record.")],
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="A new file, or a new folder for csv; nothing is overwritten.")
    ],
    format: Annotated[str, typer.Option("--format", metavar="NAME", help=f"One of {', '.join(FORMATS)}.")] = "html",
) -> None:
    """Write the report of a meeting from its record: decisions, votes by State, elections, attendance, rules."""
    session = session_of(context)
    if format not in FORMATS:
        raise BadInput(f"a report is written as {', '.join(FORMATS)}, not {format[:40]!r}")
    found = of_file(record)
    written = write(found, out, format=format, lang=session.lang)
    value = {
        "meeting": found.id,
        "entries": found.entries,
        "head": found.head,
        "closed": found.closed,
        "decisions": len(found.decisions),
        "votes": len(found.votes),
        "files": [str(one) for one in written],
    }
    session.answer(value, printing.pairs({**value, "files": "\n".join(str(one) for one in written)}))


def of_file(path: Path) -> SessionReport:
    """The report of the record in the file *path*, each entry checked; raises what the record is refused for."""
    with path.open("rb") as file:
        recorded = source.read(_lines(lambda: file.readline(MAX_FIRST + 2)))
    return summary.report(recorded.events, head=recorded.head)


def write(found: SessionReport, out: Path, *, format: str, lang: str) -> tuple[Path, ...]:
    """Write *found* as *format* in *lang* under *out*, and say what was written; raises `FileExists`."""
    made = sessionreport.made(found, format, lang)
    if format == "csv":
        _make_free(out)
        return tuple(_one(out / name, data) for name, data in made.items())
    return tuple(_one(out, data) for data in made.values())


def _make_free(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir()
    if not folder.is_dir() or any((folder / name).exists() for name in tables.NAMES):
        raise files.FileExists(f"{folder} is a file, or holds a report already")


def _one(path: Path, data: bytes) -> Path:
    with files.new_file(path) as file:
        file.write(data)
    return path


def _lines(read: Callable[[], bytes]) -> Iterator[bytes]:
    while line := read():
        yield line.removesuffix(b"\n")


COMMANDS = {"report": report}
