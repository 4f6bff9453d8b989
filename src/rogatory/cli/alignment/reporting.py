"""`rogatory align report` and `compare`: what the law lacks, and what changed, on the screen and as files."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.alignment.report import tables
from rogatory.alignment.report.comparison import CHANGES, Comparison
from rogatory.alignment.report.values import GapReport
from rogatory.cli import files, printing, reading
from rogatory.cli.alignment.named import AssessmentName, assessment_of, force_named, said, state_named
from rogatory.cli.session import Session, session_of
from rogatory.documents import gapreport
from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.law.words import Words
from rogatory.node.alignment import reports

FORMATS = ("pdf", "docx", "csv", "json")
FormatOption = Annotated[
    str, typer.Option("--format", metavar="NAME", help=f"One of {', '.join(FORMATS)}; else as the name of FILE ends.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="A new file; without it, the answer stands on the screen.")
]
_WRITTEN = Words("{file} is written ({bytes} bytes).", "{file} est écrit ({bytes} octets).")
_COUNTED = Words(
    "{gaps} gaps; {judged} of {all} obligations are judged.", "{gaps} lacunes ; {judged} obligations sur {all} jugées."
)
_SAME = Words("Nothing changed.", "Rien n’a changé.")


class UnknownFormat(BadInput):
    """The report has no such form."""

    code = "unknown-report-format"
    remedy = "Name one with --format, or let the name of the file end in it."


def report(
    context: typer.Context,
    assessment: AssessmentName,
    *,
    out: OutOption = None,
    format: FormatOption = "",
    date: Annotated[
        str, typer.Option("--date", metavar="TIME", help="As it stood then: 2027-05-31, or 2027-05-31T09:30Z.")
    ] = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Every obligation as it stands, not the gaps alone; csv and json.")
    ] = False,
) -> None:
    """Report what the law lacks, by chapter and force, with a drafting checklist per gap; in --lang."""
    session = session_of(context)
    row, until = assessment_of(session, assessment), moment(date)
    form = form_of(format, out, whole=whole)
    if whole and form in ("csv", "json"):
        standings, about = reports.exported(session.node, session.actor, row.id, until=until)
        if form == "csv":
            write(session, tables.assessment_csv(session.node.law, standings, session.lang), out)
        else:
            write(session, tables.assessment_json(session.node.law, standings, about), out)
        return
    found = reports.report(session.node, session.actor, row.id, until=until)
    if form:
        write(session, _REPORTS[form](found, session.lang), out)
        return
    session.answer(json.loads(tables.gaps_json(found)), *_gaps_view(found, session))


def compare(
    context: typer.Context,
    assessment: AssessmentName,
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="A later assessment; else the same one, later.")] = "",
    *,
    from_: Annotated[str, typer.Option("--from", metavar="TIME", help="As the first one stood then.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="TIME", help="As the second one stood then; else now.")] = "",
    out: OutOption = None,
    format: FormatOption = "",
) -> None:
    """Compare two assessments, or one at two dates: what got better, what worse, what is new; in --lang."""
    session = session_of(context)
    before = assessment_of(session, assessment)
    after = assessment_of(session, other) if other else before
    if before.id == after.id and not from_:
        raise BadInput("say from which date on: --from TIME, or name another assessment")
    form = form_of(format, out)
    found = reports.comparison(session.node, session.actor, (before.id, moment(from_)), (after.id, moment(to)))
    if form:
        write(session, _COMPARISONS[form](found, session.lang), out)
        return
    session.answer(json.loads(tables.comparison_json(found)), *_changes_view(found, session))


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"report": report, "compare": compare}
#: Format -> the bytes of a report in a language.
_REPORTS: Mapping[str, Callable[[GapReport, str], bytes]] = {
    "pdf": gapreport.gap_report_pdf,
    "docx": gapreport.gap_report_docx,
    "csv": tables.gaps_csv,
    "json": lambda found, _: tables.gaps_json(found),
}
_COMPARISONS: Mapping[str, Callable[[Comparison, str], bytes]] = {
    "pdf": gapreport.comparison_pdf,
    "docx": gapreport.comparison_docx,
    "csv": tables.comparison_csv,
    "json": lambda found, _: tables.comparison_json(found),
}


def moment(given: str) -> datetime | None:
    """The moment that *given* names, a day standing for its end; `None` for now."""
    return times.parse_stamp(reading.time_of(given)) if given else None


def form_of(format: str, out: Path | None, *, whole: bool = False) -> str:
    """In which format to write; empty for the screen. Raises `UnknownFormat`."""
    found = format.lower() or (out.suffix.lower().removeprefix(".") if out else "json" if whole else "")
    if found not in ("", *FORMATS) or (out is not None and not found):
        raise UnknownFormat(f"{found[:20]!r} is none of {', '.join(FORMATS)}")
    if whole and found not in ("csv", "json"):
        raise UnknownFormat(f"--whole is written as csv or json, not {found}")
    if out is None and found in ("pdf", "docx"):
        raise UnknownFormat(f"{found} needs a file: --out FILE", remedy="Give --out with a new file's name.")
    return found


def write(session: Session, data: bytes, out: Path | None) -> None:
    """Put *data* into the new file *out* and say so, or on standard output; raises `FileExists`."""
    if out is None:
        sys.stdout.write(data.decode())
        return
    with files.new_file(out) as file:
        file.write(data)
    session.answer({"file": str(out), "bytes": len(data)}, said(_WRITTEN, session, file=out, bytes=len(data)))


def _gaps_view(found: GapReport, session: Session) -> list[RenderableType | str]:
    lang, count = session.lang, found.progress.count
    views: list[RenderableType | str] = [
        f"{found.about.title} — {found.about.state.get(lang)}",
        said(_COUNTED, session, gaps=len(found.gaps), judged=count.judged, all=count.of),
    ]
    for chapter in found.chapters:
        for force, several in chapter.forces.items():
            rows = [
                (
                    one.number,
                    state_named(one.state, lang),
                    one.title.get(lang),
                    [item.what.get(lang) for item in one.missing],
                )
                for one in several
            ]
            if rows:
                views += ["", f"{chapter.number} {chapter.name.get(lang)} — {force_named(force, lang)}"]
                views.append(printing.table(("provision", "state", "title", "missing"), rows))
    return views


def _changes_view(found: Comparison, session: Session) -> list[RenderableType | str]:
    lang = session.lang
    if not found.changed:
        return [said(_SAME, session)]
    rows = [
        (one.number, one.change, state_named(one.before, lang), state_named(one.after, lang), one.title.get(lang))
        for kind in CHANGES
        for one in found.changed
        if one.change == kind
    ]
    return [printing.table(("provision", "change", "before", "after", "title"), rows)]
