"""`rogatory law`: what the instruments say, in our own words, with how that was checked."""

from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import lawcopies, printing
from rogatory.cli.lawsearch import (
    ArticleOption,
    ForceOption,
    KindOption,
    MeasureOption,
    ReservationsOption,
    WhoOption,
    search,
)
from rogatory.cli.session import session_of
from rogatory.law import answers, browse
from rogatory.law.browse import Sorting
from rogatory.law.loader import load_law
from rogatory.law.model import Provision, UnknownProvision

law_app = typer.Typer(no_args_is_help=True, help="Instruments and their provisions.")
law_app.command("search")(search)
for name, command in lawcopies.COMMANDS.items():
    law_app.command(name)(command)


@law_app.command("list")
def list_(
    context: typer.Context,
    instrument: Annotated[str, typer.Argument(metavar="[INSTRUMENT]", help="uncc, budapest, untoc or uncac.")] = "",
    *,
    article: ArticleOption = "",
    kind: KindOption = "",
    who: WhoOption = "",
    force: ForceOption = "",
    measure: MeasureOption = "",
    reservations: ReservationsOption = False,
) -> None:
    """List the instruments, or provisions by what they are: those of one instrument, or of all."""
    session = session_of(context)
    law, lang = load_law(), session.lang
    sorting = Sorting(
        instrument=instrument,
        article=article,
        kind=kind,
        who=who,
        force=force,
        measure=measure,
        reservations=reservations,
    )
    if not sorting.asks:
        rows = [(one.id, one.short.get(lang), one.name.get(lang), one.adopted) for one in law.instruments.values()]
        session.answer(
            answers.instruments(law), printing.table(("id", "short name", "name", "adopted"), rows, title="instruments")
        )
        return
    found = browse.sorted_out(law, sorting)
    lines = [(one.cite, one.who, one.force, one.kind, one.title.get(lang)) for one in found]
    headings = ("provision", "who", "force", "kind", "title")
    session.answer(list(found), printing.table(headings, lines, title=instrument or "all instruments"))


@law_app.command("show")
def show(
    context: typer.Context,
    instrument: Annotated[str, typer.Argument(metavar="INSTRUMENT", help="uncc, budapest, untoc or uncac.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The provision 42(8), or the article 42.")],
) -> None:
    """Show one provision, or every one of an article: who is bound to what, and how sure we are of it."""
    session = session_of(context)
    law = load_law()
    if number.isdigit():
        article = browse.article(law, instrument, number)
        if not article.provisions:
            raise UnknownProvision(f"our data does not describe article {number} of {instrument}")
        views = [view for one in article.provisions for view in ("", _view(one, session.lang))]
        official = lawcopies.beside(session, instrument, number)
        value = {**printing.plain(article), "official": lawcopies.beside_value(official)}
        heading = f"{instrument} {number}: {article.title.get(session.lang)}"
        session.answer(value, heading, *views, *lawcopies.beside_view(official, session.lang))
        return
    found = law.provision(instrument, number)
    official = lawcopies.beside(session, instrument, number)
    value = {**printing.plain(found), "official": lawcopies.beside_value(official)}
    session.answer(value, _view(found, session.lang), *lawcopies.beside_view(official, session.lang))


def _view(one: Provision, lang: str) -> RenderableType:
    values = [
        f"{name} = {number} since {value.start}" for value in one.values for name, number in value.numbers.items()
    ]
    facts = {
        "provision": one.cite,
        "title": one.title.get(lang),
        "who": one.who,
        "force": one.force,
        "says": one.what.get(lang),
        "values": values,
        "elements": [f"{element.kind}: {element.what.get(lang)}" for element in one.elements],
        "options": [f"{option.effect}: {option.what.get(lang)}" for option in one.options],
        "exclusions": [f"{exclusion.by}: {exclusion.what.get(lang)}" for exclusion in one.exclusions],
        "notice": f"to the {one.notice.to}, {one.notice.when}" if one.notice else "",
        "grounds": [ground.question.get(lang) for ground in one.grounds],
        "duty": one.duty.reminder.get(lang) if one.duty else "",
        "deadlines": [deadline.label.get(lang) for deadline in one.deadlines],
        "form fields": [field.key for field in one.fields],
        "only grounds": one.only_grounds,
        "see also": one.cross,
        "parallels": one.parallels,
        "checked": f"{one.checked.words.get(lang)} {one.checked.note}".strip(),
    }
    return printing.pairs(facts)
