"""`rogatory ready choices` and `mark`: what is decided, and which steps of national procedure are done."""

import tomllib
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.session import session_of
from rogatory.cli.statusdata import day_of
from rogatory.kernel import canonical
from rogatory.node.readiness import deciding
from rogatory.node.readiness.reading import Kit, kit
from rogatory.readiness import choosing
from rogatory.readiness.steps import DONE, NOT_NEEDED, OPEN

MAX_CHOICES = 1024 * 1024


def choices(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="TOML or JSON to save; - reads input; else show.")] = "",
    *,
    template: Annotated[bool, typer.Option("--template", help="Write a file to fill in, and nothing else.")] = False,
    version: Annotated[
        int, typer.Option("--version", metavar="N", help="Save only if number N is what stands; else always.")
    ] = -1,
) -> None:
    """Show the State's choices and what is still open, or save them from a file (assessor)."""
    session = session_of(context)
    if template:
        text = choosing.template(session.lang)
        session.answer({"template": text}, text)
        return
    if file:
        given = _read(file)
        deciding.save_choices(session.node, session.actor, given, version=None if version < 0 else version)
    else:
        _ = session.actor
    found = kit(session.node)
    session.answer(_json(found), *_view(found, session.lang))


def _read(name: str) -> dict[str, Any]:
    data = reading.bytes_of(name, limit=MAX_CHOICES)
    if name.endswith(".json") or (not name.endswith(".toml") and data.lstrip()[:1] == b"{"):
        return canonical.loads_object(data)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise reading.BadFile(f"not TOML: {error}", where=reading.shown_name(name)) from error


def _json(found: Kit) -> dict[str, Any]:
    return {
        "state": found.state,
        "version": found.version,
        "saved_at": found.saved_at,
        "saved_by": found.saved_by,
        "choices": found.given,
        "missing": {one.id: one.missing for one in found.papers if one.missing},
        "one_language": found.choices.one_language,
        "offers": found.offers,
    }


def _view(found: Kit, lang: str) -> list[RenderableType | str]:
    chosen = found.choices
    facts = {
        "State": found.state,
        "number": found.version or "none saved yet",
        "saved": f"{found.saved_at:%Y-%m-%d} {found.saved_by}" if found.saved_at else "",
        "manner": chosen.manner,
        "name": chosen.name.get(lang),
        "signed by": ", ".join(one for one in (chosen.signer.name, chosen.signer.title.get(lang)) if one),
        "languages": chosen.languages,
        "authorities": "\n".join(f"{one.provision} {one.name.get(lang)}" for one in chosen.authorities),
        "laws": "\n".join(f"{', '.join(one.provisions)} {one.title.get(lang)}" for one in chosen.laws),
        "statements": "\n".join(f"{one.kind} {one.provision}" for one in chosen.statements),
    }
    lacks = dict.fromkeys((lack.place, lack.what.get(lang)) for one in found.papers for lack in one.missing)
    return [printing.pairs(facts), printing.table(("key", "still to be filled in"), lacks, title="open")]


def mark(
    context: typer.Context,
    step: Annotated[str, typer.Argument(metavar="STEP", help="The step, as the checklist names it.")],
    *,
    open_again: Annotated[bool, typer.Option("--open", help="It is not done after all.")] = False,
    not_needed: Annotated[bool, typer.Option("--not-needed", help="It does not apply here.")] = False,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="Since that day; else today.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="By what it is known.")] = "",
) -> None:
    """Mark a step of national procedure as done, open again or not needed (assessor)."""
    session = session_of(context)
    state = OPEN if open_again else NOT_NEEDED if not_needed else DONE
    day = day_of(session, on)
    found = deciding.mark(session.node, session.actor, step, state, on=day, note=note)
    session.answer(found, f"{found.step}: {found.state}, as of {found.on}.")


def staffing(context: typer.Context) -> None:
    """Show how the desks in the choices are staffed over the 168 hours of a week, and what nobody covers."""
    session = session_of(context)
    _ = session.actor
    desks = kit(session.node).desks
    shown: list[RenderableType | str] = []
    for desk in desks:
        found = desk.coverage
        facts = {
            "authority": f"{desk.name} ({desk.provision})",
            "hours covered": f"{found.hours:g} of 168",
            "at every hour": found.round_the_clock,
            "languages always there": found.always,
            "person-hours a week": f"{found.person_hours:g}",
        }
        gaps = [(one.start, one.end, f"{one.minutes / 60:g}") for one in found.gaps]
        shown += [printing.pairs(facts), printing.table(("from", "to", "hours"), gaps, title="nobody is there")]
    session.answer(desks, *(shown or ["No authority with a desk at all hours is in the choices."]))


COMMANDS: dict[str, Callable[..., None]] = {"choices": choices, "mark": mark, "staffing": staffing}
