"""`rogatory conference document`: a document of a session issued with its files, one for each language."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from rogatory.cli.conference.meetings import MeetingName, OnceOption
from rogatory.cli.session import session_of
from rogatory.conference.meeting.state import Document
from rogatory.errors import BadInput
from rogatory.law.words import Words
from rogatory.node.conference import documents

ISSUED = Words(
    "{symbol}, version {version}, is out in: {languages}", "{symbol}, version {version}, est publié en : {languages}"
)


def document(
    context: typer.Context,
    meeting: MeetingName,
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL", help="Its symbol; one that is out gets a new version.")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Its title, in English.")],
    title_fr: Annotated[str, typer.Option("--title-fr", metavar="TEXT", help="Its title in French.")] = "",
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="LANGUAGE=PATH", help="Its file in a language: PDF, DOCX, text; given again."),
    ] = None,
    item: Annotated[str, typer.Option("--item", metavar="ITEM", help="The item of the agenda it is for.")] = "",
    once: OnceOption = "",
) -> None:
    """Issue a document of a meeting, with a file for each language (secretary)."""
    session = session_of(context)
    body: dict[str, Any] = {"symbol": symbol, "title": {"en": title, "fr": title_fr or title}}
    if item:
        body["item"] = item
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {
            language: stack.enter_context(path.open("rb")) for language, path in _paths(file or []).items()
        }
        done = documents.issue(session.node, session.actor, meeting, body, files, once=once)
    made = done.state.documents[symbol]
    session.answer(
        {"meeting": meeting, "symbol": symbol, "version": made.version, "files": dict(made.files), "head": done.head},
        *_view(made, session.lang),
    )


def _paths(given: list[str]) -> dict[str, Path]:
    """The path of the file in each language; raises `BadInput`."""
    found: dict[str, Path] = {}
    for one in given:
        language, equals, path = one.partition("=")
        if not equals or not path or language in found:
            raise BadInput(f"{one[:60]!r} is not a language and its file, each once: en=report.pdf")
        found[language] = Path(path)
    if not found:
        raise BadInput("name a file for one language at least: --file en=report.pdf")
    return found


def _view(made: Document, lang: str) -> Iterator[str]:
    filled = ISSUED.fill(symbol=made.symbol, version=made.version, languages=", ".join(made.languages))
    yield filled.get(lang)
    for language, digest in made.files:
        yield f"  {language}  {digest}"


COMMANDS: dict[str, Callable[..., None]] = {"document": document}
