"""`rogatory request` and `rogatory draft`: writing a request, showing it to a second person, letting it go."""

from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType

from rogatory.casefile.cites import HOME
from rogatory.casefile.measures import FAMILIES
from rogatory.cli import forms, opinionview, printing, reading
from rogatory.cli.choices import DraftId
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput
from rogatory.law.form import as_text
from rogatory.law.loader import load_law
from rogatory.node import drafting, opinions, people, record
from rogatory.ports.exchange import DraftRow

request_app = typer.Typer(no_args_is_help=True, help="Write a request to another State.")
draft_app = typer.Typer(no_args_is_help=True, help="Steps that are being written or wait for a second person.")

Contents = Annotated[
    str, typer.Option("--contents", metavar="FILE", help="The particulars, TOML or JSON; - reads them from input.")
]
MEASURE_HELP = "What is asked for: preservation, mla, extradition …; `rogatory request measures` lists them."
Instrument = Annotated[
    str, typer.Option("--instrument", metavar="NAME", help="The treaty it is made under: uncc, budapest, untoc, uncac.")
]


@request_app.command("measures")
def measures_(context: typer.Context) -> None:
    """List what a request can ask for, under which instruments, and what each is for."""
    session = session_of(context)
    law = load_law()
    rows = [
        (family, measure, instrument, law.measure(measure, instrument=instrument))
        for family, members in FAMILIES.items()
        for measure in members
        for instrument in law.instruments
        if (instrument, measure) in law.forms
    ]
    value = [
        {"family": family, "measure": measure, "instrument": instrument, "name": one.name, "serves": one.serves}
        for family, measure, instrument, one in rows
    ]
    shown = [(measure, instrument, one.provision, one.serves.get(session.lang)) for _, measure, instrument, one in rows]
    session.answer(value, printing.table(("measure", "instrument", "provision", "what it is for"), shown))


@request_app.command("form")
def form(
    context: typer.Context,
    measure: Annotated[str, typer.Argument(metavar="MEASURE", help=MEASURE_HELP)],
    *,
    instrument: Instrument = HOME,
    template: Annotated[bool, typer.Option("--template", help="Write a TOML file to fill in.")] = False,
) -> None:
    """Show what a request must state, as the provisions ask for it."""
    session = session_of(context)
    found = load_law().form(measure, instrument=instrument)
    if template and not session.as_json:
        typer.echo(forms.template(found, session.lang), nl=False)
    else:
        session.answer(found, forms.view(found, session.lang))


@request_app.command("new")
def new(
    context: typer.Context,
    *,
    measure: Annotated[str, typer.Option(metavar="MEASURE", help=MEASURE_HELP)],
    to: Annotated[str, typer.Option(metavar="AUTHORITY", help="Whom it is asked of: FRA/contact-point.")],
    instrument: Instrument = HOME,
    contents: Contents = "",
    case: Annotated[str, typer.Option(metavar="CASE", help="The case that the request joins; else a new one.")] = "",
    follows: Annotated[
        str, typer.Option(metavar="DIGEST", help="The preservation request that this one follows.")
    ] = "",
    submit: Annotated[bool, typer.Option("--submit", help="Submit it for approval at once.")] = False,
) -> None:
    """Start the draft of a request (drafter)."""
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "drafter")
    given = reading.object_of(contents) if contents else {}
    known = reading.case_of(node, case) if case else None
    kept = reading.request_of(record.case_file(node, known), follows) if known and follows else None
    if follows and not known:
        raise BadInput("a request follows another only within a case: give --case", cite="42(8)")
    draft = drafting.start_request(
        node,
        actor,
        measure=measure,
        receiver=to,
        instrument=instrument,
        contents=given,
        case=known,
        follows_request=kept,
    )
    if submit:
        draft = drafting.submit(node, actor, draft.id)
    _answer(session, draft, f"Draft {draft.id} is {draft.state}.")


@draft_app.command("list")
def list_(context: typer.Context) -> None:
    """List the drafts of one's own authority that have not ended."""
    session = session_of(context)
    people.require_reader(session.actor)
    found = [row for row in session.node.stores.drafts.open() if row.sender == session.actor.authority]
    rows = [(row.id, row.kind, row.measure, row.receiver, row.state, row.drafter_name, row.changed_at) for row in found]
    headings = ("draft", "kind", "measure", "to", "state", "drafted by", "changed")
    session.answer([as_json(row) for row in found], printing.table(headings, rows, title="drafts"))


@draft_app.command("show")
def show(context: typer.Context, id: DraftId) -> None:
    """Show a draft as it would be sent, and the opinion on it."""
    session = session_of(context)
    draft = drafting.get(session.node, session.actor, id)
    if draft.kind != "request":
        session.answer({**as_json(draft), "opinion": None, "problems": []}, _view(session, draft))
        return
    opinion = opinions.on_draft(session.node, draft)
    problems = drafting.problems(session.node, draft)
    missing = [(one.key, one.provision, one.message.get(session.lang)) for one in problems]
    session.answer(
        {**as_json(draft), "opinion": opinion.to_json(), "problems": problems},
        _view(session, draft),
        printing.table(("field", "provision", "what is wrong"), missing, title="still missing") if missing else "",
        opinionview.view(opinion, session.lang),
    )


@draft_app.command("edit")
def edit(
    context: typer.Context,
    id: DraftId,
    *,
    contents: Contents = "",
    values: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="One field; may be given again.")
    ] = None,
) -> None:
    """Change a draft: all its particulars (--contents), some of them (--set), or both."""
    session = session_of(context)
    draft = drafting.get(session.node, session.actor, id)
    found: dict[str, Any] = reading.object_of(contents) if contents else dict(draft.body.get("contents", {}))
    if not contents and not values:
        raise BadInput("nothing was given to change", remedy="Give --contents FILE or --set FIELD=VALUE.")
    for pair in values or ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f"{pair!r} is not FIELD=VALUE")
        field = drafting.form_of(session.node, draft).field(key)
        found[key] = value.split(";") if field and field.type == "list" else value
    draft = drafting.save(session.node, session.actor, id, found, version=draft.version)
    _answer(session, draft, f"Draft {draft.id} is saved.")


@draft_app.command("submit")
def submit(context: typer.Context, id: DraftId) -> None:
    """Hand a complete draft to a second person."""
    session = session_of(context)
    draft = drafting.submit(session.node, session.actor, id)
    _answer(session, draft, f"Draft {draft.id} waits for a second person.")


@draft_app.command("approve")
def approve(context: typer.Context, id: DraftId) -> None:
    """Approve what another person drafted: it is signed, put in the ledger and sent (approver)."""
    session = session_of(context)
    message = drafting.approve(session.node, session.actor, id)
    value = {"result": "issued", "draft": id, "case": message.case, "message": message.digest, "kind": message.kind}
    session.answer(
        value,
        f"The {message.kind} is signed, in the ledger, and on its way to {message.receiver}.",
        printing.pairs({"case": message.case, "message": message.digest}),
    )


@draft_app.command("return")
def return_(
    context: typer.Context,
    id: DraftId,
    *,
    remark: Annotated[str, typer.Option(metavar="TEXT", help="What is to be changed; - reads it from input.")],
) -> None:
    """Send a draft back to its drafter with a remark (approver)."""
    session = session_of(context)
    draft = drafting.send_back(session.node, session.actor, id, reading.text_of(remark))
    _answer(session, draft, f"Draft {draft.id} is back with {draft.drafter_name}.")


@draft_app.command("discard")
def discard(context: typer.Context, id: DraftId) -> None:
    """Discard a draft; it stays in the record and is never sent."""
    session = session_of(context)
    drafting.discard(session.node, session.actor, id)
    session.answer({"id": id, "state": "discarded"}, f"Draft {id} is discarded.")


def as_json(draft: DraftRow) -> dict[str, Any]:
    """A draft as JSON; what was noted for this node alone is left out."""
    found: dict[str, Any] = printing.plain(draft, without=frozenset({"internal"}))
    return found


def _answer(session: Session, draft: DraftRow, told: str) -> None:
    session.answer(as_json(draft), told)


def _view(session: Session, draft: DraftRow) -> RenderableType:
    facts = {
        "draft": draft.id,
        "kind": draft.kind,
        "measure": draft.measure,
        "instrument": draft.body.get("instrument", ""),
        "case": draft.case or "(new)",
        "from": draft.sender,
        "to": draft.receiver,
        "state": draft.state,
        "drafted by": draft.drafter_name,
        "remark": draft.remark,
    }
    if draft.kind != "request":
        return printing.pairs({**facts, **{key: as_text(value) for key, value in draft.body.items()}})
    fields = drafting.form_of(session.node, draft).fields
    stated = draft.body.get("contents", {})
    rows = [(field.key, field.provision, stated[field.key]) for field in fields if field.key in stated]
    return Group(printing.pairs(facts), "", printing.table(("field", "provision", "contents"), rows, title="contents"))
