"""`rogatory align propose`: the provisions of a national law that may carry each article of the Convention.

A bare file is read, parted, ranked and printed without a node and without a log-in, and nothing is kept. For a law that
was imported, the proposals are made out of its text as it is held.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.alignment.national.model import NationalText
from rogatory.alignment.obligations import articles, obligations, of_article
from rogatory.alignment.proposing import ranking
from rogatory.alignment.proposing.model import Proposals
from rogatory.alignment.report.proposals import proposals_csv, proposals_object
from rogatory.cli import printing
from rogatory.cli.alignment import lawfiles
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput
from rogatory.law.loader import load_law
from rogatory.law.model import Law
from rogatory.law.words import Words

MAX_LIMIT = 100
_NOTHING = Words(
    "nothing comes near; what is listed comes nearest", "rien ne s’en approche ; ce qui suit en est le moins loin"
)
_HEADINGS = (
    Words("rank", "rang"),
    Words("provision", "disposition"),
    Words("title", "titre"),
    Words("score", "score"),
    Words("found in it", "ce qui s’y trouve"),
)


class TwoForms(BadInput):
    """The answer has one form: --csv or --json."""

    code = "two-forms"
    remedy = "Give only one of --csv and --json."


def propose(
    context: typer.Context,
    law: Annotated[str, typer.Argument(metavar="FILE|LAW|TEXT", help="A file; or a law or a text imported here.")],
    *,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ARTICLE", help="Only for this article: 7. May be repeated."),
    ] = None,
    number: Annotated[
        list[str] | None, typer.Option("--number", metavar="NUMBER", help='Only for this obligation: "31(2)".')
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=MAX_LIMIT, help="How many for each.")] = 10,
    language: lawfiles.LanguageOption = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer with CSV, a row for each proposal.")] = False,
) -> None:
    """Propose the provisions of a law that may carry each article and obligation, best first.

    A file is read and ranked without a node or log-in. The machine proposes; a person decides.
    """
    session = session_of(context)
    if as_csv and session.as_json:
        raise TwoForms
    data = load_law()
    text = lawfiles.file_or_held(session, law, language)
    by_default = articles(data) if as_csv or not session.as_json else None
    made = ranking.propose(text, data, numbers=_asked(data, article or (), number or ()) or by_default, limit=limit)
    if as_csv:
        sys.stdout.write(proposals_csv(text, made).decode())
        return
    session.answer(proposals_object(data, text, made), *_shown(session, data, text, made))


def _asked(law: Law, asked_articles: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """Each article with its obligations, and each number as it is."""
    found = [
        one for article in asked_articles for one in (article, *(each.number for each in of_article(law, article)))
    ]
    return (*found, *numbers)


def _shown(session: Session, law: Law, text: NationalText, made: Sequence[Proposals]) -> list[RenderableType | str]:
    lang = session.lang
    titles = {one.number: one.title for one in obligations(law)} | {
        article: of_article(law, article)[0].title for article in articles(law)
    }
    views: list[RenderableType | str] = [*lawfiles.summary(text, lang)]
    for one in made:
        note = "" if one.found else f" — {_NOTHING.get(lang)}"
        views += ["", f"{one.number} {titles[one.number].get(lang)}{note}"]
        rows = [
            (rank, _label(text, each.key), text.by_key[each.key].heading, f"{each.score:.2f}", each.concepts[:5])
            for rank, each in enumerate(one.proposals, start=1)
        ]
        views.append(printing.table([words.get(lang) for words in _HEADINGS], rows))
    return views


def _label(text: NationalText, key: str) -> str:
    label = text.by_key[key].label
    return label if len(label) <= 60 else f"{label[:59]}…"


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"propose": propose}
