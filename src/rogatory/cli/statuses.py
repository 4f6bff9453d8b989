"""`rogatory status show` and `compute`: who is bound and since when, and the entry into force of any treaty."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.session import Session, session_of
from rogatory.cli.statusdata import day_with, status_here
from rogatory.law.clause import Clause
from rogatory.status import answers
from rogatory.status.clauses import Beside
from rogatory.status.computing import Computed, compute
from rogatory.status.engine import Status
from rogatory.status.model import Progress, Standing
from rogatory.status.profile import Profile
from rogatory.status.treaties import read_shares, read_treaty, read_treaty_deposits

MAX_FILE = 2_000_000

status_app = typer.Typer(no_args_is_help=True, help="Who is bound, by what, since when; and what may come.")

On = Annotated[str, typer.Option("--on", metavar="DAY", help="On that day: 2026-11-22; else today.")]
InstrumentOption = Annotated[
    str, typer.Option("--instrument", metavar="INSTRUMENT", help="uncc, budapest, untoc or uncac.")
]


@status_app.command("show")
def show(
    context: typer.Context,
    state: Annotated[
        str, typer.Argument(metavar="[STATE]", help="The State, by three letters: VNM; else all of them.")
    ] = "",
    *,
    on: On = "",
    instrument: InstrumentOption = "uncc",
) -> None:
    """Show how far an instrument is, or how one State stands to it, what it said and what it still owes."""
    session = session_of(context)
    day, status = day_with(session, on, instrument), status_here(session)
    if state:
        page = answers.state_page(status, state, instrument, day)
        session.answer(page, *_profile_view(page, session))
        return
    found = answers.overview(status, instrument, day)
    session.answer(
        found, *_progress_view(found.progress, status, session), _standings_view(found.states, status, session)
    )


def _progress_view(progress: Progress, status: Status, session: Session) -> list[RenderableType | str]:
    name = status.law.instrument(progress.instrument).name.get(session.lang)
    facts = {
        "instrument": name,
        "instruments of consent": f"{progress.count} of {progress.threshold} needed [{', '.join(progress.cite)}]",
        "of unknown day": progress.of_unknown_day or "",
        "in force": progress.entered or "not settled by the deposits known",
        "known until": progress.as_of,
        "exercise": "practice deposits, which are invented" if progress.practice else "",
    }
    return [printing.pairs(facts)]


def _standings_view(standings: Sequence[Standing], status: Status, session: Session) -> RenderableType:
    rows = [
        (
            one.state,
            status.state(one.state).name.get(session.lang),
            one.signatory,
            one.deposit.action if one.deposit else "",
            (one.deposit.on or "day not known") if one.deposit else "",
            one.bound,
            one.since,
            one.certainty,
        )
        for one in standings
    ]
    headings = ("State", "name", "signed", "consent", "deposited", "bound", "since", "certainty")
    return printing.table(headings, rows, title="States that signed or consented")


def _profile_view(found: Profile, session: Session) -> list[RenderableType | str]:
    standing, lang = found.standing, session.lang
    facts = {
        "State": standing.state,
        "instrument": standing.instrument,
        "on": standing.on,
        "bound": standing.bound,
        "since": standing.since,
        "signatory": standing.signatory,
        "because": "\n".join(words.get(lang) for words in standing.because),
        "certainty": standing.certainty,
    }
    said = [
        (
            item.action,
            item.provision,
            item.title.get(lang),
            item.value,
            item.on,
            item.in_effect,
            item.question.get(lang),
        )
        for item in found.said
    ]
    owed = [(one.provision, one.to, one.owed, one.what.get(lang), one.because.get(lang)) for one in found.owed]
    return [
        printing.pairs(facts),
        printing.table(("act", "provision", "about", "says", "day", "in effect", "question"), said, title="it said"),
        printing.table(("provision", "to", "owed", "what", "why"), owed, title="it still owes"),
    ]


@status_app.command("compute")
def compute_(
    context: typer.Context,
    clause: Annotated[str, typer.Argument(metavar="CLAUSE.toml", help="The treaty's entry-into-force clause.")],
    deposits: Annotated[str, typer.Argument(metavar="DEPOSITS.csv", help="The deposits; - reads them from input.")],
    *,
    shares: Annotated[
        str, typer.Option(metavar="FILE", help="Each State's share in percent, where the clause asks for a share.")
    ] = "",
) -> None:
    """Compute when any treaty enters into force, and from when it binds each State."""
    session = session_of(context)
    treaty = read_treaty(_text(clause), name=reading.shown_name(clause))
    acts = read_treaty_deposits(_text(deposits), name=reading.shown_name(deposits), treaty=treaty)
    given = read_shares(_text(shares), name=reading.shown_name(shares), states=treaty.states) if shares else {}
    found = compute(treaty, acts, beside=Beside(shares=given, parents=_parents(treaty.clause, session)))
    session.answer(found, *_computed_view(found, session.lang))


def _text(name: str) -> str:
    return reading.utf8_of(name, limit=MAX_FILE)


def _parents(clause: Clause, session: Session) -> dict[str, date]:
    """When those of our instruments that the clause names as parents entered into force, as far as that is settled."""
    asked = [one.parent for one in clause.conditions if one.kind == "parent-in-force"]
    if not asked:
        return {}
    status = status_here(session)
    known = {name: status.entry_into_force(name) for name in asked if name in status.law.instruments}
    return {name: day for name, day in known.items() if day is not None}


def _computed_view(found: Computed, lang: str) -> list[RenderableType | str]:
    facts = {
        "treaty": found.name.get(lang),
        "enters into force": found.entered or "not settled",
        "at the earliest": found.earliest if found.entered is None else "",
        "at the latest": found.latest if found.entered is None else "",
        "reached": found.reached,
        "decided by": found.deciding,
        "because": "\n".join(words.get(lang) for words in found.because),
    }
    rows = [
        (one.state, one.name.get(lang), one.action, one.deposited, one.since, one.until, one.because.get(lang))
        for one in found.states
    ]
    headings = ("State", "name", "consent", "deposited", "bound since", "until", "because")
    return [printing.pairs(facts), printing.table(headings, rows, title="States")]
