"""`rogatory ready letters`: the papers to sign, listed with what they lack, or written as PDF and Word."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import files, printing
from rogatory.cli.session import Session, session_of
from rogatory.documents import treatyletters
from rogatory.errors import BadInput
from rogatory.node.readiness.reading import Kit, cover_sheet, kit
from rogatory.readiness.papers.drafts import paper, require_ready
from rogatory.readiness.papers.model import Paper

ALL = "all"


def letters(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[PAPER]...", help="Only these; else all.")] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write them there; else they are only listed.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help="pdf, docx or all.")] = ALL,
) -> None:
    """List the papers and what they lack, or write those that are complete, with a cover sheet, in --lang."""
    session = session_of(context)
    _ = session.actor
    if format not in (ALL, *treatyletters.FORMATS):
        raise BadInput(f"letters are written as {', '.join(treatyletters.FORMATS)} or {ALL}, not {format[:40]!r}")
    found = kit(session.node)
    chosen = [require_ready(paper(found.papers, name)) for name in names] if names and out else _named(found, names)
    written = _write(session, found, chosen, out, format) if out else []
    value = {
        "state": found.state,
        "lang": session.lang,
        "papers": chosen,
        "files": [str(one) for one in written],
    }
    session.answer(value, *_view(chosen, session.lang), *_told(written, chosen, session.lang))


def _named(found: Kit, names: Sequence[str] | None) -> list[Paper]:
    return [paper(found.papers, name) for name in names] if names else list(found.papers)


def _write(session: Session, found: Kit, chosen: Sequence[Paper], out: Path, format: str) -> list[Path]:
    """Write the complete ones of *chosen* and a cover sheet for all of them; nothing is overwritten."""
    formats = treatyletters.FORMATS if format == ALL else (format,)
    sheets = [cover_sheet(session.node, chosen), *(one for one in chosen if one.ready)]
    made = treatyletters.made(sheets, formats, session.lang, at=session.node.clock.now(), practice=found.practice)
    out.mkdir(parents=True, exist_ok=True)
    for name in made:
        if (out / name).exists():
            raise files.FileExists(f"{out / name} exists")
    for name, data in made.items():
        with files.new_file(out / name) as file:
            file.write(data)
    return [out / name for name in made]


def _view(chosen: Sequence[Paper], lang: str) -> list[RenderableType | str]:
    rows = [
        (one.id, one.title.get(lang), one.when.get(lang), "\n".join(lack.what.get(lang) for lack in one.missing))
        for one in chosen
    ]
    return [printing.table(("paper", "title", "due", "lacks"), rows, title="papers")]


def _told(written: Sequence[Path], chosen: Sequence[Paper], lang: str) -> list[RenderableType | str]:
    if not written:
        return []
    left = [one.id for one in chosen if not one.ready]
    lines = [f"{len(written)} files written to {written[0].parent}, in {'French' if lang == 'fr' else 'English'}."]
    return [*lines, *([f"Not written, because something is missing: {', '.join(left)}."] if left else [])]


COMMANDS: dict[str, Callable[..., None]] = {"letters": letters}
