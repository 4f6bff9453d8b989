"""`rogatory law search`: the law by word, by number and by what a provision is; a node's official copies too."""

from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from rogatory.cli import printing
from rogatory.cli.session import Session, session_of
from rogatory.law.browse import Sorting
from rogatory.law.loader import load_law
from rogatory.law.lookup.search import MAX_HITS, Copies, Found, Hit, Piece, Query
from rogatory.law.lookup.searching import Searches
from rogatory.node import lawsearch
from rogatory.stores.lawindex import SqliteWordIndex

InstrumentOption = Annotated[
    str, typer.Option("--instrument", metavar="INSTRUMENT", help="Only this one: uncc, budapest, untoc or uncac.")
]
ArticleOption = Annotated[str, typer.Option("--article", metavar="NUMBER", help="Only this article: 42.")]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="Only this kind: notice, period, ground, duty.")
]
WhoOption = Annotated[str, typer.Option("--who", metavar="WHO", help="Only what addresses them: requested, both.")]
ForceOption = Annotated[str, typer.Option("--force", metavar="FORCE", help="Only what binds so: shall, may.")]
MeasureOption = Annotated[
    str, typer.Option("--measure", metavar="MEASURE", help="Only what bears on this measure: preservation.")
]
ReservationsOption = Annotated[
    bool, typer.Option("--reservations", help="Only what a State may make a reservation on.")
]


def search(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]...", help="Words in any form, or a number: 42(3).")
    ] = None,
    *,
    instrument: InstrumentOption = "",
    article: ArticleOption = "",
    kind: KindOption = "",
    who: WhoOption = "",
    force: ForceOption = "",
    measure: MeasureOption = "",
    reservations: ReservationsOption = False,
    text_lang: Annotated[
        str, typer.Option("--in", metavar="LANG", help="Only texts in this language: en, fr, es, ru, zh or ar.")
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=MAX_HITS, help="How many provisions to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to leave out before them.")] = 0,
) -> None:
    """Find provisions by words, by number, or by what they are."""
    session = session_of(context)
    query = Query(
        words=" ".join(words or ()),
        sorting=Sorting(
            instrument=instrument,
            article=article,
            kind=kind,
            who=who,
            force=force,
            measure=measure,
            reservations=reservations,
        ),
        text_lang=text_lang,
        reader=session.lang,
        limit=limit,
        offset=offset,
    )
    found = _found(session, query)
    session.answer(found, *_view(found, query))


def _found(session: Session, query: Query) -> Found:
    """The answer of the node where there is one; of our own descriptions alone where there is none."""
    if (session.services.data / "node.toml").exists():
        return lawsearch.search(session.node, query)
    return Searches(SqliteWordIndex).of(load_law(), Copies()).search(query)


def _view(found: Found, query: Query) -> list[RenderableType | str]:
    shown: list[RenderableType | str] = []
    if found.hint.en:
        shown.append(found.hint.get(query.reader))
    if found.hits:
        rows = [(hit.cite, hit.kind, _source(hit), _marked(hit.title), _marked(hit.snippet)) for hit in found.hits]
        first = query.offset + 1
        title = f"{first} to {first + len(rows) - 1} of {found.total}"
        shown.append(printing.table(("provision", "kind", "text", "title", "says"), rows, title=title))
    return shown


def _source(hit: Hit) -> str:
    others = [f"official {lang}" for lang in hit.official if f"official {lang}" != hit.source]
    return ", ".join([hit.source, *others])


def _marked(pieces: tuple[Piece, ...]) -> Text:
    """A text with the words that were found in bold."""
    return Text.assemble(*(printing.text(piece.text, "bold" if piece.hit else "") for piece in pieces))
