"""`rogatory status forecast` and `matrix`: what may come, and who can ask whom for what."""

from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.session import session_of
from rogatory.cli.statusdata import day_of, day_with, status_here
from rogatory.cli.statuses import InstrumentOption, On
from rogatory.status import answers
from rogatory.status.forecast import Outlook, outlook, read_assumptions


def forecast(
    context: typer.Context,
    *,
    on: On = "",
    instrument: InstrumentOption = "uncc",
    assume: Annotated[
        str, typer.Option(metavar="LIST", help="What if: VNM=2027-01-15,FRA=2027-06 deposit on those days.")
    ] = "",
) -> None:
    """Show what is still needed for entry into force, what would follow from assumptions, and the pace of others."""
    session = session_of(context)
    day, status = day_with(session, on, instrument), status_here(session)
    assumed = read_assumptions(assume, instrument=instrument, status=status, on=day)
    found = outlook(status, instrument, day, assumed=assumed)
    session.answer(found, *_forecast_view(found, session.lang))


def _forecast_view(found: Outlook, lang: str) -> list[RenderableType | str]:
    facts = {
        "instrument": found.instrument,
        "on": found.on,
        "deposits known until": found.known_until,
        "instruments": f"{found.count} of {found.threshold}",
        "assumed": found.assumed,
        "still missing": str(found.missing),
        "entry into force": found.entry,
        "at the earliest": found.earliest if found.entry is None else None,
        "at the latest": found.latest if found.entry is None else None,
        f"first Conference by [{found.conference}]": found.conference_by,
        f"signature closes [{found.signature}]": f"{found.signature_closes}, in {found.signature_days_left} days"
        if found.signature_closes
        else None,
    }
    beyond = "beyond what can be compared"
    fan = [(f"{one.chance:.0%}", one.reached or beyond, one.entry, one.conference_by) for one in found.fan]
    ahead = [(one.on, one.few, one.middling, one.many) for one in found.ahead]
    others = [
        (one.instrument, one.opened, one.after_as_many_days, one.days_needed, one.reached_alone)
        for one in found.comparables
    ]
    compared = ("treaty", "opened", "after as many days", "days to as many", "at its pace alone")
    return [
        printing.pairs(facts),
        printing.table(("chance", "reached by", "in force", "Conference by"), fan, title="the fan"),
        printing.table(("day", "few (10%)", "middling (50%)", "many (90%)"), ahead, title="instruments there may be"),
        printing.table(compared, others, title="compared with"),
        *(words.get(lang) for words in found.because),
    ]


def matrix(
    context: typer.Context,
    *,
    on: On = "",
    measure: Annotated[
        str, typer.Option(metavar="MEASURE", help="Only this measure: preservation; else all of them.")
    ] = "",
) -> None:
    """Show for every pair of States and every measure which instruments carry it, and which ratification opens most."""
    session = session_of(context)
    day, status = day_of(session, on), status_here(session)
    found = answers.who_can_ask(status, day, measure=measure)
    grids = [(one.measure, one.yes, one.perhaps, one.no) for one in found.measures.values()]
    opened = [(one.state, one.instrument, one.pairs, one.links, one.waits) for one in found.gains]
    headings = ("State", "instrument", "pairs opened", "pairs linked", "once in force")
    session.answer(
        found,
        printing.table(("measure", "pairs with a basis", "perhaps", "without"), grids, title=f"pairs on {day}"),
        printing.table(headings, opened, title="what one more Party opens"),
        "The letters of every pair, and what they mean: --json.",
    )
