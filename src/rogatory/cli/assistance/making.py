"""Making, changing and looking at the entries of one kind: `rogatory assist need …`, `rogatory assist offer …`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from rogatory.assistance import kinds
from rogatory.assistance.entries import Entry
from rogatory.assistance.shape import LISTS, Form, Shape
from rogatory.cli import printing, reading
from rogatory.cli.assistance import showing
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput
from rogatory.node.assistance import entries, finding, gaps
from rogatory.node.assistance.entries import Wanted

#: The word of each kind on the command line.
WORDS: Mapping[str, str] = {
    kinds.NEED: "need",
    kinds.OFFER: "offer",
    kinds.PROJECT: "project",
    kinds.FUNDING: "fund",
    kinds.PLEDGE: "pledge",
    kinds.PRACTICE: "practice",
}
EntryName = Annotated[str, typer.Argument(metavar="ENTRY", help="The entry; the beginning of its id will do.")]
FromFile = Annotated[
    str, typer.Argument(metavar="FILE", help="TOML or JSON with the fields (`-`: standard input).", show_default=False)
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="One field; several values apart by ; . May be given again."),
]


class BadSetting(BadInput):
    """A field is set like title=Training."""

    code = "bad-setting"
    remedy = "The fields are listed by: rogatory assist need fields."


def app_of(kind: str) -> typer.Typer:
    """The commands of *kind*."""
    shape = kinds.SHAPES[kind]
    app = typer.Typer(no_args_is_help=True, help=f"{shape.several.en}: make, change, list, show.")
    _add_writing(app, shape)
    _add_reading(app, shape)
    if kind == kinds.NEED:
        app.command("from-gap")(from_gap)
    return app


def _add_writing(app: typer.Typer, shape: Shape) -> None:
    @app.command("make")
    def make(context: typer.Context, file: FromFile = "", *, set_: Set = None) -> None:
        """Make one, which only we see (liaison)."""
        session = session_of(context)
        given = {**(reading.object_of(file) if file else {}), **_settings(shape, set_ or ())}
        found = entries.make(session.node, session.actor, shape.kind, given)
        _answer(session, found, "made")

    @app.command("change")
    def change(context: typer.Context, entry: EntryName, file: FromFile = "", *, set_: Set = None) -> None:
        """Change it: FILE says all of it anew, --set one field; an empty value takes a field away (liaison)."""
        session = session_of(context)
        held = entries.get(session.node, session.actor, showing.named(session, entry, kind=shape.kind))
        given = {**(reading.object_of(file) if file else held.body), **_settings(shape, set_ or ())}
        found = entries.change(session.node, session.actor, held.name, given, after=held.version)
        _answer(session, found, "changed")


def _add_reading(app: typer.Typer, shape: Shape) -> None:
    @app.command("list")
    def list_(
        context: typer.Context,
        *,
        ours: Annotated[bool | None, typer.Option("--ours/--partners", help="Only ours, or only partners'.")] = None,
        article: Annotated[str, typer.Option(metavar="ARTICLE", help="Only on this article.")] = "",
        text: Annotated[str, typer.Option(metavar="TEXT", help="Only those that hold this text.")] = "",
        withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Withdrawn ones too.")] = False,
    ) -> None:
        """List them, ours and those that partners sent, changed last first."""
        session = session_of(context)
        wanted = Wanted(kind=shape.kind, ours=ours, article=article, text=text, withdrawn=withdrawn)
        _list(session, shape, entries.listed(session.node, session.actor, wanted))

    @app.command("show")
    def show(context: typer.Context, entry: EntryName) -> None:
        """Show one; a star marks what never leaves this node."""
        session = session_of(context)
        found = entries.get(session.node, session.actor, showing.named(session, entry, kind=shape.kind))
        session.answer(showing.entry_json(found), showing.entry_view(session, found))

    @app.command("fields")
    def fields(context: typer.Context) -> None:
        """List the fields that one has, and what each may hold."""
        session = session_of(context)
        rows = [
            (
                one.name,
                one.says.get(session.lang),
                one.form,
                "yes" if one.required else "",
                "never leaves" if one.private else "",
                ", ".join(one.choices or [each.name for each in one.rows]),
            )
            for one in shape.fields
        ]
        headings = ("field", "what", "form", "must be given", "", "choices or columns")
        session.answer(
            printing.plain(shape.fields), printing.table(headings, rows, title=shape.several.get(session.lang))
        )


def from_gap(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(metavar="ASSESSMENT", help="The assessment, by its whole name.")],
    obligation: Annotated[str, typer.Argument(metavar="NUMBER", help="The obligation, such as 25(2).")],
) -> None:
    """Ask for help with a gap of an assessment; no quotation of the law goes into the need (liaison)."""
    session = session_of(context)
    found = gaps.need_from_gap(session.node, session.actor, assessment, obligation, lang=session.lang)
    _answer(session, found, "made")


def _answer(session: Session, entry: Entry, done: str) -> None:
    told = f"{entry.kind.capitalize()} {entry.name} is {done}: version {entry.version}, {entry.visibility}."
    session.answer(showing.entry_json(entry), told)


def _list(session: Session, shape: Shape, found: Sequence[Entry]) -> None:
    node, title = session.node, shape.several.get(session.lang)
    if shape.kind == kinds.PLEDGE:
        pledges = finding.pledges_of(node, found)
        told = [{**showing.entry_json(one.entry), "standing": printing.plain(one.standing)} for one in pledges]
        session.answer(told, showing.pledges_table(session, pledges))
    elif shape.kind == kinds.PROJECT:
        projects = finding.projects_of(node, found)
        told = [{**showing.entry_json(one.entry), "progress": printing.plain(one.progress)} for one in projects]
        session.answer(told, showing.projects_table(session, projects))
    elif shape.kind == kinds.FUNDING:
        funding = finding.funding_of(found, node.clock.now().date())
        session.answer(showing.funding_json(funding), *showing.funding_views(funding))
    else:
        session.answer([showing.entry_json(one) for one in found], showing.entries_table(session, found, title=title))


def _settings(shape: Shape, given: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or name not in shape.names:
            raise BadSetting(f"{one[:60]!r} sets no field of a {shape.one.en}; its fields are {', '.join(shape.names)}")
        if shape.field(name).form is Form.ROWS and value:
            raise BadSetting(f"{name} has rows: give it in a file")
        several = shape.field(name).form in LISTS
        found[name] = [each.strip() for each in value.split(";") if each.strip()] if several else value
    return found
