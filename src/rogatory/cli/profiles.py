"""`rogatory profile`: what States notified of their own law, as this node's opinions use it.

Adding and withdrawing is for the administrator; reading needs no log-in, because what was notified is no secret of the
node. A file can be tried with --dry-run where there is no node at all.
"""

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import opinionview, printing, reading
from rogatory.cli.session import Session, session_of
from rogatory.cli.statusdata import day_of
from rogatory.law.loader import load_law
from rogatory.node import profiles
from rogatory.node.profiles import Notified
from rogatory.opinion.profile_entries import entries
from rogatory.opinion.profile_files import read_profile
from rogatory.opinion.profiles import Profile
from rogatory.status.treaties import every_state

profile_app = typer.Typer(no_args_is_help=True, help="What States notified of their own law, for opinions to use.")
InstrumentOption = Annotated[
    str, typer.Option("--instrument", metavar="INSTRUMENT", help="uncc, budapest, untoc or uncac.")
]
StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="ISO 3166 alpha-3: FRA.")]


@profile_app.command("add")
def add(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The profile, TOML; - reads input.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do and keep nothing.")] = False,
) -> None:
    """Add what a State notified of its own law: opinions rest on it from its day on (administrator)."""
    session = session_of(context)
    data, name = reading.bytes_of(file, limit=profiles.MAX_BYTES), reading.shown_name(file)
    if dry_run:
        profile, ends = _tried(session, data, name)
    else:
        added = profiles.add(session.node, session.actor, data, name=name)
        profile, ends = added.profile, added.ends
    value = {**_said(profile), "ends": [_about(one, session) for one in ends], "kept": not dry_run}
    closing = [f"{one.row.file_name} ends on {profile.effective}." for one in ends]
    session.answer(value, *_view(profile, session.lang), *closing, "Nothing was kept." if dry_run else "Added.")


@profile_app.command("list")
def list_(
    context: typer.Context,
    *,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help="Only those of this State.")] = "",
) -> None:
    """List every profile that was ever added: from when to when it counts, and who added it."""
    session = session_of(context)
    if state:
        session.node.status.state(state.upper())
    found = profiles.notified(session.node, state.upper())
    today = day_of(session, "")
    rows = [
        (
            one.row.state,
            one.row.instrument,
            one.row.effective,
            one.until,
            _now(one, today),
            one.row.file_name,
            one.row.by,
        )
        for one in found
    ]
    headings = ("State", "instrument", "from", "until", "now", "file", "added by")
    session.answer([_about(one, session) for one in found], printing.table(headings, rows, title="profiles"))


@profile_app.command("show")
def show(
    context: typer.Context,
    state: StateArgument,
    *,
    instrument: InstrumentOption = "uncc",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="As of this day; else today.")] = "",
) -> None:
    """Show what a State notified of its own law under an instrument, with the provisions it hangs on."""
    session = session_of(context)
    one = profiles.one_of(session.node, state.upper(), instrument, on=day_of(session, on))
    shown = _view(one.profile, session.lang) if one.profile else [one.problem]
    session.answer(_about(one, session), *shown)


@profile_app.command("withdraw")
def withdraw(
    context: typer.Context,
    state: StateArgument,
    *,
    instrument: InstrumentOption = "uncc",
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day on which it counts no more.")],
) -> None:
    """Let a State's profile count no more from a day on; what counted before stays in the history (administrator)."""
    session = session_of(context)
    day = day_of(session, since)
    ends = profiles.withdraw(session.node, session.actor, state.upper(), instrument, since=day)
    value = {"state": state.upper(), "instrument": instrument, "from": day, "ends": [one.row.file_name for one in ends]}
    session.answer(value, *(f"{one.row.file_name} counts no more from {day} on." for one in ends))


def beside(session: Session, state: str, given: tuple[Profile, ...]) -> tuple[Profile, ...]:
    """The profiles *given* by a call, and those of *state* that the data folder's node has under other instruments."""
    if not (session.services.data / "node.toml").exists():
        return given
    named = {(one.state, one.instrument) for one in given}
    own = profiles.in_force(session.node, state)
    return (*given, *(one for one in own if (one.state, one.instrument) not in named))


def _tried(session: Session, data: bytes, name: str) -> tuple[Profile, tuple[Notified, ...]]:
    """What adding the file would do here; where there is no node, only what it says."""
    if (session.services.data / "node.toml").exists():
        seen = profiles.look_at(session.node, data, name=name)
        return seen.profile, seen.ends
    text = profiles.decoded(data, name=name)
    return read_profile(text, name=name, law=load_law(), states=every_state()), ()


def _row(one: Notified, today: date) -> tuple[object, ...]:
    row = one.row
    return row.state, row.instrument, row.effective, one.until, _now(one, today), row.file_name, row.by


def _now(one: Notified, today: date) -> str:
    if one.counts_on(today):
        return "cannot be read" if one.problem else "counts"
    if one.never:
        return "withdrawn before it began"
    return "not yet" if one.row.effective > today else "withdrawn" if one.withdrawn else "ended"


def _about(one: Notified, session: Session) -> dict[str, Any]:
    said = _said(one.profile) if one.profile else {}
    return {
        "state": one.row.state,
        "instrument": one.row.instrument,
        **said,
        "effective": one.row.effective,
        "until": one.until,
        "withdrawn": one.withdrawn,
        "counts": one.counts_on(day_of(session, "")) and not one.problem,
        "problem": one.problem,
        "file": one.row.file_name,
        "sha256": one.row.sha256,
        "added_at": one.row.at,
        "added_by": one.row.by,
    }


def _said(profile: Profile) -> dict[str, Any]:
    return {
        "state": profile.state,
        "instrument": profile.instrument,
        "source": profile.source,
        "notified": profile.notified,
        "effective": profile.effective,
        "until": profile.until,
        "practice": profile.practice,
        "entries": [entry.to_json() for entry in entries(profile, load_law())],
    }


def _view(profile: Profile, lang: str) -> list[RenderableType | str]:
    head = printing.pairs(
        {
            "State": profile.state,
            "instrument": profile.instrument,
            "source": profile.source,
            "notified": profile.notified,
            "counts from": profile.effective,
            "until": profile.until,
            "invented": "for an exercise" if profile.practice else "",
        }
    )
    rows = [
        (one.head.get(lang), one.said.get(lang), opinionview.said(one.effect, lang), one.provision, one.measures)
        for one in entries(profile, load_law())
    ]
    return [head, printing.table(("what", "says", "effect", "provision", "measures"), rows, title="entries")]
