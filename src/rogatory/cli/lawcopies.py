"""`rogatory law load` and its like: official copies beside our words, and every difference between the two.

`--lang` names the language of the copy here; without it the language is told from the text. Loading and removing is for
the administrator; reading and comparing needs no log-in, because what instruments say is no secret of the node.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.documents import reading
from rogatory.errors import BadInput
from rogatory.law.copies import recognising
from rogatory.law.copies.comparing import Difference, Differences, compare
from rogatory.law.copies.official import OfficialCopy
from rogatory.law.loader import load_law
from rogatory.node import officialcopies, people
from rogatory.node.officialcopies import Beside, Comparison, NoSuchCopy

InstrumentOption = Annotated[
    str, typer.Option("--instrument", metavar="INSTRUMENT", help="What it is: uncc, budapest, untoc or uncac.")
]
#: What a kind of difference is called where people read it.
SAID = {
    "missing": "in our data, not in the copy",
    "extra": "in the copy, not in our data",
    "renumbered": "stands under another number",
    "undivided": "described as a whole, divided in the copy",
    "value": "a number of ours is not in the text",
    "period": "a period that our data do not carry",
}


class NotKept(BadInput):
    """The copy was not kept."""

    code = "not-kept"
    remedy = "Nothing was changed. Load it again and say yes, to keep it."


class NoVerdict(BadInput):
    """Say whether our words agree with the official text."""

    code = "no-verdict"
    remedy = "Give exactly one of --agrees and --differs."


def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, .docx, HTML, Markdown or text, at most 20 MB.")],
    *,
    instrument: InstrumentOption = "uncc",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what differs and keep nothing.")] = False,
) -> None:
    """Take an official copy, in --lang, into the node's data: every difference from our data is shown first."""
    session = session_of(context)
    if not dry_run:
        people.require(session.actor, "administrator")
    copy = _read(session, file, instrument)
    found = compare(load_law(), copy)
    value: dict[str, Any] = {"copy": _about(copy), **_as_value(found), "kept": not dry_run, "replaced": False}
    if dry_run:
        session.answer(value, *_shown(copy, found, session.lang), "Nothing was kept.")
        return
    if session.may_ask:
        session.answer(None, *_shown(copy, found, session.lang))
        if not typer.confirm("Keep this copy?"):
            raise NotKept
    value["replaced"] = officialcopies.keep_copy(session.node, session.actor, copy)
    kept = "Kept in place of the former copy." if value["replaced"] else "Kept."
    session.answer(value, *([] if session.may_ask else _shown(copy, found, session.lang)), kept)


def copies(context: typer.Context) -> None:
    """List the official copies of this node: file, language, who loaded them and when."""
    session = session_of(context)
    rows = officialcopies.all_copies(session.node)
    value = [
        {
            "instrument": row.instrument,
            "lang": row.lang,
            "file_name": row.file_name,
            "format": row.format,
            "sha256": row.sha256,
            "articles": len(row.articles),
            "loaded_at": row.loaded_at,
            "loaded_by": row.loaded_by,
        }
        for row in rows
    ]
    shown = [(one["instrument"], one["lang"], one["articles"], one["file_name"], one["loaded_at"]) for one in value]
    headings = ("instrument", "language", "articles", "file", "loaded")
    session.answer(value, printing.table(headings, shown, title="official copies"))


def compare_(
    context: typer.Context,
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="uncc, budapest, untoc or uncac.")] = "uncc",
    number: Annotated[str, typer.Argument(metavar="[NUMBER]", help="Only this article or provision: 42(3).")] = "",
) -> None:
    """Hold our data against the copies loaded here, or the one in --lang: what differs, and who compared what."""
    session = session_of(context)
    values, shown = [], []
    for copy in _loaded(session, instrument):
        found = compare(load_law(), copy)
        differing = found.of(number) if number else found.found
        made = [
            one for one in officialcopies.comparisons(session.node, instrument, number) if one.row.lang == copy.lang
        ]
        values.append({"copy": _about(copy), **_as_value(found, differing), "comparisons": made})
        shown += [
            f"{instrument} in {copy.lang}, {copy.file_name}:",
            _table(differing, session.lang),
            _comparisons(made),
        ]
    session.answer(values, *shown)


def compared(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The provision that you compared: 42(8).")],
    *,
    instrument: InstrumentOption = "uncc",
    agrees: Annotated[bool, typer.Option("--agrees", help="Our words agree with the official text.")] = False,
    differs: Annotated[bool, typer.Option("--differs", help="They do not; say in --note how.")] = False,
    note: Annotated[str, typer.Option(metavar="TEXT", help="What you saw.")] = "",
) -> None:
    """Record that you held our words on a provision against the official text in --lang."""
    session = session_of(context)
    if agrees == differs:
        raise NoVerdict
    provision = load_law().provision(instrument, number)
    lang = _one_language(session, instrument)
    verdict = "agrees" if agrees else "differs"
    row = officialcopies.mark_compared(session.node, session.actor, provision, lang, verdict=verdict, note=note)
    session.answer(row, f"{provision.cite} {verdict} ({lang}), recorded for {row.name}.")


def unload(
    context: typer.Context,
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="uncc, budapest, untoc or uncac.")],
) -> None:
    """Remove the official copy in --lang; comparisons that were made with it stay on record."""
    session = session_of(context)
    actor, lang = session.actor, _one_language(session, instrument)
    officialcopies.remove_copy(session.node, actor, instrument, lang)
    session.answer(
        {"instrument": instrument, "lang": lang, "removed": True}, f"The copy of {instrument} in {lang} is gone."
    )


COMMANDS: dict[str, Callable[..., None]] = {
    "load": load,
    "copies": copies,
    "compare": compare_,
    "compared": compared,
    "unload": unload,
}


def beside(session: Session, instrument: str, number: str) -> Sequence[Beside]:
    """What the copies of the data folder's node say at *number*: that in --lang, or all; nothing without a node."""
    if not (session.services.data / "node.toml").exists():
        return ()
    found = officialcopies.beside(session.node, instrument, number)
    return [one for one in found if session.text_lang == one.copy.lang] or found


def beside_value(found: Sequence[Beside]) -> list[dict[str, Any]]:
    """Official texts as JSON carries them."""
    return [
        {
            "lang": one.copy.lang,
            "number": one.number,
            "title": one.title,
            "file_name": one.copy.file_name,
            "sha256": one.copy.sha256,
            "provisions": one.provisions,
            "differences": one.differences,
            "comparisons": one.comparisons,
        }
        for one in found
    ]


def beside_view(found: Sequence[Beside], lang: str) -> list[RenderableType | str]:
    """Official texts as a person reads them."""
    shown: list[RenderableType | str] = []
    for one in found:
        shown.append(f"\nOfficial text ({one.copy.lang}), from {one.copy.file_name}, {one.title}:")
        shown.append(printing.pairs({part.number: part.text for part in one.provisions}))
        shown += [_table(one.differences, lang)] if one.differences else []
        shown.append(_comparisons(one.comparisons))
    return shown


def _read(session: Session, file: Path, instrument: str) -> OfficialCopy:
    law = load_law()
    law.instrument(instrument)
    with progress_of(session, "reading", file.stat().st_size) as tell:
        document = reading.read_file(file, progress=_by_bytes(tell, file.stat().st_size) if tell else None)
    return recognising.read_copy(
        document, law, instrument=instrument, lang=session.text_lang or recognising.language(document)
    )


def _by_bytes(tell: Any, size: int) -> reading.Progress:
    """Pages told as their share of the file's bytes, which is what the bar counts."""
    return lambda done, of: tell(size * done // max(of, 1))


def _loaded(session: Session, instrument: str) -> list[OfficialCopy]:
    load_law().instrument(instrument)
    if session.text_lang:
        return [officialcopies.copy_of(session.node, instrument, session.text_lang)]
    found = [row.lang for row in officialcopies.all_copies(session.node) if row.instrument == instrument]
    if not found:
        raise NoSuchCopy(f"no copy of {instrument} is loaded here")
    return [officialcopies.copy_of(session.node, instrument, lang) for lang in found]


def _one_language(session: Session, instrument: str) -> str:
    """The language given, or that of the only copy of *instrument*."""
    if session.text_lang:
        return session.text_lang
    found = _loaded(session, instrument)
    if len(found) > 1:
        held = ", ".join(copy.lang for copy in found)
        raise BadInput(f"copies of {instrument} are loaded in {held}", remedy="Say which one, with --lang.")
    return found[0].lang


def _about(copy: OfficialCopy) -> Mapping[str, Any]:
    return {
        "instrument": copy.instrument,
        "lang": copy.lang,
        "title": copy.title,
        "file_name": copy.file_name,
        "format": copy.format,
        "sha256": copy.sha256,
        "articles": len(copy.articles),
        "provisions": sum(len(article.provisions) for article in copy.articles.values()),
    }


def _as_value(found: Differences, differing: Sequence[Difference] | None = None) -> dict[str, Any]:
    return {
        "compared_articles": found.compared,
        "not_covered": found.not_covered,
        "same": found.same,
        "differences": found.found if differing is None else differing,
    }


def _shown(copy: OfficialCopy, found: Differences, lang: str) -> list[RenderableType | str]:
    about = _about(copy)
    covered = f"{found.same} provisions stand under the same number in both."
    left_out = (
        f"Our data do not cover articles {', '.join(found.not_covered)}, on purpose." if found.not_covered else ""
    )
    return [printing.pairs(about), _table(found.found, lang), covered, *([left_out] if left_out else [])]


def _table(differing: Sequence[Difference], lang: str) -> RenderableType:
    rows = [
        (
            one.number,
            one.copy_number,
            SAID[one.kind] + ("" if one.sure else " (by order alone)"),
            one.ours.get(lang),
            one.copy,
        )
        for one in differing
    ]
    return printing.table(("ours", "copy", "what differs", "ours says", "the copy says"), rows, title="differences")


def _comparisons(made: Sequence[Comparison]) -> RenderableType:
    rows = [
        (
            one.row.number,
            one.row.verdict,
            one.row.name,
            one.row.at,
            one.row.note,
            "" if one.same_copy and one.same_words else "changed since",
        )
        for one in made
    ]
    return printing.table(("provision", "result", "by", "when", "note", ""), rows, title="compared by people")
