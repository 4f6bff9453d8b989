"""`rogatory outreach`: States on their way to joining, region by region, and the steps they take.

A liaison writes; a liaison or an auditor reads. What is private to a colleague is in no answer of any command, and
files hold no contact at all. The office is loaded only once the node is there, for its tables need Django.
"""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.session import Session, session_of
from rogatory.status.names import Names

outreach_app = typer.Typer(no_args_is_help=True, help="States on their way to joining the Convention.")
StateArgument = Annotated[str, typer.Argument(metavar="STATE", help="ISO 3166 alpha-3, or a name: KEN.")]
PublicOption = Annotated[bool, typer.Option("--public", help="Only what everybody may read.")]


@outreach_app.command("list")
def list_(
    context: typer.Context,
    *,
    group: Annotated[str, typer.Option(metavar="GROUP", help="Of one regional group: african.")] = "",
    stage: Annotated[str, typer.Option(metavar="STAGE", help="At one stage, or all; else not yet deposited.")] = "",
    obstacle: Annotated[str, typer.Option(metavar="KIND", help="Held back by this: law, cost, politics …")] = "",
    need: Annotated[bool, typer.Option("--need", help="That asked for help.")] = False,
    late: Annotated[bool, typer.Option("--late", help="For which something promised is overdue.")] = False,
    sort: Annotated[str, typer.Option(metavar="ORDER", help="name, group, stage, since, due or pairs.")] = "",
) -> None:
    """List the States that have not deposited: stage, what holds them back, what is due, what would open."""
    session = _reader(context)
    given = {"group": group, "stage": stage, "obstacle": obstacle, "sort": sort}
    wanted = _wanted({**given, "need": "yes" if need else "", "late": "yes" if late else ""})
    value, shown = _listed(session, wanted, public=False)
    session.answer(value, shown)


@outreach_app.command("show")
def show(
    context: typer.Context,
    state: StateArgument,
    *,
    contacts: Annotated[
        bool, typer.Option("--contacts", help="Your own contacts too, and those shared with you.")
    ] = False,
) -> None:
    """Show where a State stands, its steps with their sources, what holds it back, and what its joining would open."""
    session = _reader(context)
    from django.utils.translation import override

    from rogatory.office.outreach import access, sayings

    code = _code(session, state)
    with override(session.lang):
        value = sayings.state(session.node, code)
        if contacts:
            found = access.contacts(session.actor, code).filter(removed_at=None)
            value["contacts"] = [
                {"name": one.name, "post": one.post, "channel": one.channel, "notes": one.notes} for one in found
            ]
    session.answer(value, *_state_view(value))


@outreach_app.command("step")
def step(
    context: typer.Context,
    state: StateArgument,
    kind: Annotated[
        str, typer.Argument(metavar="STEP", help="before-parliament, approved, instrument-ready, returned.")
    ],
    day: Annotated[str, typer.Argument(metavar="DAY", help="The day it was taken: 2028-02-01.")],
    *,
    source: Annotated[str, typer.Option(metavar="TEXT", help="Who says so.")],
    source_address: Annotated[str, typer.Option(metavar="URL", help="Where everybody can look it up.")] = "",
    certainty: Annotated[str, typer.Option(metavar="LEVEL", help="high, medium or low.")] = "medium",
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark for colleagues.")] = "",
    public: Annotated[bool, typer.Option("--public", help="Everybody may read it.")] = False,
    correct: Annotated[int, typer.Option(metavar="NUMBER", help="In the place of this step.")] = 0,
) -> None:
    """Enter a step that a State took between signature and deposit (liaison); nothing that was entered is lost."""
    session = session_of(context)
    node, actor = session.node, session.actor
    from django.utils.translation import override

    from rogatory.office.outreach import sayings, stepping

    code = _code(session, state)
    given = {
        "kind": kind,
        "taken_on": day,
        "source": source,
        "source_address": source_address,
        "certainty": certainty,
        "note": note,
        "public": public,
    }
    with override(session.lang):
        made = stepping.step(node, actor, code, given, correct=correct)
        value = sayings.step(made)
    session.answer(value, f"Step {made.pk} of {code}: {value['kind']}, {value['taken_on']}.")


@outreach_app.command("undo")
def undo(context: typer.Context, number: Annotated[int, typer.Argument(metavar="NUMBER", help="The step.")]) -> None:
    """Take back the last word on a step (liaison): what it corrected stands again, or the step was not taken."""
    session = session_of(context)
    node, actor = session.node, session.actor
    from rogatory.office.outreach import sayings, stepping

    made = stepping.undo(node, actor, number)
    said = "taken back" if made.taken_back else "stands again"
    session.answer(sayings.step(made), f"{made.kind} of {made.iso3}, {made.taken_on}: {said} (step {made.pk}).")


@outreach_app.command("report")
def report(
    context: typer.Context,
    *,
    group: Annotated[str, typer.Option(metavar="GROUP", help="How one regional group grew: african.")] = "",
    public: PublicOption = False,
) -> None:
    """Count the States at each stage by regional group, and how that grew quarter by quarter."""
    session = _reader(context)
    from django.utils.translation import override

    from rogatory.office.outreach import listing, reporting

    node = session.node
    on = node.clock.now().date()
    with override(session.lang):
        lines = listing.lines(node.status, on, public=public)
        regions = {one.group: dict(one.counts) for one in reporting.regions(lines)}
        total = dict(reporting.counted(lines))
        quarters = reporting.over_time(node.status, on, group, public=public)
    value = {"on": on, "regions": regions, "all": total, "quarters": [printing.plain(one) for one in quarters]}
    rows = [(name, *counts.values(), sum(counts.values())) for name, counts in {**regions, "all": total}.items()]
    grown = [(one.until, one.signed, one.under_way, one.deposited) for one in quarters]
    headings = ("until", "signed", "further by steps", "deposited")
    session.answer(
        value,
        printing.table(("group", *total, "all"), rows, title=f"stages on {on}"),
        printing.table(headings, grown, title=group or "all groups"),
    )


@outreach_app.command("export")
def export(
    context: typer.Context,
    *,
    group: Annotated[str, typer.Option(metavar="GROUP", help="Of one regional group: african.")] = "",
    stage: Annotated[str, typer.Option(metavar="STAGE", help="At one stage; else all.")] = "all",
    public: PublicOption = False,
) -> None:
    """Write the lines of the States as CSV, or with --json as JSON; no contact and no note is ever among them."""
    session = _reader(context)
    from rogatory.office.outreach import recording

    wanted = _wanted({"group": group, "stage": stage})
    recording.note_export(session.node, session.actor, "states.json" if session.as_json else "states.csv")
    if session.as_json:
        session.answer(_listed(session, wanted, public=public)[0])
    else:
        session.answer(None, _csv(session, wanted, public=public))


def _reader(context: typer.Context) -> Session:
    """The session of a person who may read; raises `RoleMissing`."""
    session = session_of(context)
    actor = session.actor
    from rogatory.office.outreach import access

    access.require_reader(actor)
    return session


def _wanted(given: dict[str, str]) -> Any:
    """The wish; raises `BadOutreachEntry` for a value that nobody offers."""
    from rogatory.office.outreach import stepping

    return stepping.wish(given)


def _lines(session: Session, wish: Any, *, public: bool) -> Any:
    from rogatory.office.outreach import listing
    from rogatory.status.matrix import Matrix

    node = session.node
    on = node.clock.now().date()
    return listing.select(listing.lines(node.status, on, matrix=Matrix(node.status, on), public=public), wish)


def _listed(session: Session, wish: Any, *, public: bool) -> tuple[list[dict[str, Any]], RenderableType]:
    from django.utils.translation import override

    from rogatory.office.outreach import reporting

    with override(session.lang):
        value = reporting.as_rows(_lines(session, wish, public=public))
    rows = [
        (
            one["state"],
            one["name"],
            one["stage"],
            one["since"],
            one["obstacles"],
            one["help_asked"],
            one["pairs_that_would_open"],
        )
        for one in value
    ]
    headings = ("", "State", "stage", "since", "held back by", "help asked for", "would open")
    return value, printing.table(headings, rows, title=f"{len(rows)} States")


def _csv(session: Session, wish: Any, *, public: bool) -> str:
    from django.utils.translation import override

    from rogatory.office.outreach import reporting

    with override(session.lang):
        return reporting.as_csv(_lines(session, wish, public=public)).replace("\r\n", "\n").rstrip("\n")


def _code(session: Session, given: str) -> str:
    """The code of the State that was named; raises `UnknownName` and `UnknownState`."""
    status = session.node.status
    code = given.upper() if len(given) == 3 else Names.of(status.states).code(given)
    return status.state(code).iso3


def _state_view(value: dict[str, Any]) -> list[RenderableType]:
    opening = value["opening"] or {}
    head = {
        "State": f"{value['name']} ({value['state']})",
        "stage": value["stage"],
        "since": value["since"],
        "signed": value["signed"],
        "deposited": value["deposited"],
        "would open": opening.get("pairs"),
        "with": opening.get("with"),
    }
    steps = [
        (one["number"], one["kind"], one["taken_on"], one["source"], one["certainty"], one["entered_by"])
        for one in value["steps"]
    ]
    obstacles = [(one["kind"], one["says"], one["declared"], one["source"]) for one in value["obstacles"]]
    asked = [(one["what"], one["asked_on"], one["need"]) for one in value["help_asked"]]
    promises = [(one["what"], one["by_whom"], one["due"], "late" if one["late"] else "") for one in value["promises"]]
    shown = [
        printing.pairs(head),
        printing.table(("number", "step", "day", "source", "certainty", "entered by"), steps, title="steps"),
        printing.table(("held back by", "", "says so itself", "source"), obstacles, title="obstacles"),
        printing.table(("help", "asked on", "need"), asked, title="help asked for"),
        printing.table(("what", "by whom", "until", ""), promises, title="promises"),
    ]
    if "contacts" in value:
        mine = [(one["name"], one["post"], one["channel"], one["notes"]) for one in value["contacts"]]
        shown.append(printing.table(("name", "office", "how to reach", "notes"), mine, title="your contacts"))
    return shown
