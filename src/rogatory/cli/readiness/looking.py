"""`rogatory ready checklist`, `day` and `reservations`: where the State stands on its way, and what the day changes."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.session import Session, session_of
from rogatory.cli.statusdata import day_of
from rogatory.law.loader import load_law
from rogatory.node.readiness import reading
from rogatory.readiness import catalogue
from rogatory.readiness.day import Day
from rogatory.readiness.steps import OPEN

On = Annotated[str, typer.Option("--on", metavar="DAY", help="As of that day: 2026-11-22; else today.")]


def checklist(
    context: typer.Context,
    *,
    on: On = "",
    only_open: Annotated[bool, typer.Option("--open", help="Only what is still open.")] = False,
) -> None:
    """List the steps from signature to Party: provision, who, until when, done or open, and by what fact."""
    session = session_of(context)
    _ = session.actor
    found = reading.kit(session.node, on=day_of(session, on))
    steps = [one for one in found.steps if not only_open or one.state == OPEN]
    lang = session.lang
    names = {one.stage: one.stage_name.get(lang) for one in found.steps}
    told = [f"{names[stage]}: {done} of {of}" for stage, done, of in found.stages]
    rows = [
        (one.id, one.provision, one.title.get(lang), one.state, one.because.get(lang), one.due.get(lang))
        for one in steps
    ]
    value = {"state": found.state, "on": found.on, "practice": found.practice, "stages": found.stages, "steps": steps}
    headings = ("step", "provision", "what", "state", "by what fact", "due")
    session.answer(value, printing.table(headings, rows, title=f"{found.state} on {found.on}"), "; ".join(told))


def day(context: typer.Context, *, on: On = "") -> None:
    """Show what changes on the day the State becomes a Party: since when, with whom, for which measures."""
    session = session_of(context)
    _ = session.actor
    found = reading.day(session.node, day_of(session, on))
    session.answer(found, *_day_view(found, session))


def _day_view(found: Day, session: Session) -> list[RenderableType | str]:
    lang = session.lang
    facts = {
        "State": found.state,
        "deposited": f"{found.deposited or 'day not known'}{' (assumed)' if found.assumed else ''}",
        "in force for it": found.since or "not settled",
        "instruments": f"{found.count} of {found.threshold} [{', '.join(found.cite)}]",
        "partners": len(found.partners),
        "because": "\n".join(one.get(lang) for one in found.because),
        "exercise": "practice deposits, which are invented" if found.practice else "",
    }
    measures = [(one.measure, one.name.get(lang), one.provision, one.new, one.beside) for one in found.measures]
    partners = [
        (one.state, one.name.get(lang), "" if one.certain else "not certain", len(one.new), len(one.beside))
        for one in found.partners
    ]
    return [
        printing.pairs(facts),
        printing.table(("measure", "name", "provision", "new", "beside"), measures, title="partners for each measure"),
        printing.table(("State", "name", "", "new", "beside"), partners, title="measures with each partner"),
    ]


def reservations(context: typer.Context) -> None:
    """List the reservations that the Convention allows by name; any other needs a justification."""
    session = session_of(context)
    offers, lang = catalogue.offers(load_law()), session.lang
    rows = [(one.provision, one.title.get(lang), one.what.get(lang), one.checked.certainty) for one in offers]
    headings = ("provision", "about", "what may be reserved", "certainty")
    session.answer(offers, printing.table(headings, rows, title="reservations by name"))


COMMANDS: dict[str, Callable[..., None]] = {"checklist": checklist, "day": day, "reservations": reservations}
