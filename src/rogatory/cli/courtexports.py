"""`rogatory exhibit export`: what a court is given of the exhibits of a case."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from rogatory.cli import files, printing, reading
from rogatory.cli.choices import CaseName
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.kernel.digests import sha256
from rogatory.node import people
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.court import exports, records
from rogatory.stores.freshfolder import FreshFolder

BAGIT = "bagit"


def export(
    context: typer.Context,
    case: CaseName,
    *,
    format: Annotated[
        str, typer.Option(metavar="FORM", help="html (to read and print), csv, case-uco or bagit.")
    ] = "html",
    out: Annotated[
        Path, typer.Option(metavar="PATH", help="A new file; for csv and bagit a new folder. Nothing is overwritten.")
    ],
    sealed: Annotated[
        bool | None,
        typer.Option(
            "--sealed/--no-sealed",
            help="Read the sealed files: a bag gets them (as always), the others state their SHA-256 too.",
        ),
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare each chain of custody with the other side's first.")
    ] = False,
) -> None:
    """Write the exhibit list and custody record of a case for a court, in English, or French with --lang fr."""
    session = session_of(context)
    people.require_reader(session.actor)
    known = reading.case_of(session.node, case)
    if format not in (BAGIT, *exports.FORMS):
        raise exports.NoSuchForm(f"{format[:40]!r} is not one of {', '.join((*exports.FORMS, BAGIT))}")
    compared = records.compare_all(session.node, session.actor, known) if compare else None
    if format == BAGIT:
        value = _bag(session, known, out, with_sealed=sealed is not False, compared=compared)
    else:
        value = _documents(session, known, out, form=format, read_sealed=sealed is True, compared=compared)
    session.answer({"case": known, "format": format, **value, "out": str(out)}, f"{out}:", printing.pairs(value))


def _bag(session: Session, case: str, out: Path, *, with_sealed: bool, compared: exports.Compared) -> dict[str, Any]:
    with FreshFolder(out) as folder, _progress(session, case, wanted=with_sealed) as progress:
        written = exports.write_bag(
            session.node,
            session.actor,
            case,
            folder,
            compared=compared,
            with_sealed=with_sealed,
            progress=progress,
        )
        folder.commit()
    return {name: value for name, value in printing.plain(written).items() if name != "case"}


def _documents(
    session: Session, case: str, out: Path, *, form: str, read_sealed: bool, compared: exports.Compared
) -> dict[str, Any]:
    with _progress(session, case, wanted=read_sealed) as progress:
        made = exports.documents(
            session.node,
            session.actor,
            case,
            form,
            lang=session.lang,
            compared=compared,
            read_sealed=read_sealed,
            progress=progress,
        )
    if len(made) == 1:
        (data,) = made.values()
        with files.new_file(out) as sink:
            sink.write(data)
        return {"size": len(data), "sha256": sha256(data)}
    with FreshFolder(out) as folder:
        for name, data in made.items():
            with folder.new(name) as sink:
                sink.write(data)
        folder.commit()
    return {name: sha256(data) for name, data in made.items()}


def _progress(session: Session, case: str, *, wanted: bool) -> Any:
    rows = exports.kept(session.node, case) if wanted else ()
    return progress_of(session, "reading", sum(exhibits.manifest_of(row).parts.total for row in rows))


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"export": export}
