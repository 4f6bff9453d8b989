"""`rogatory align import`, `laws`, `text`, `changes`, `remove`: national laws on this node, their texts by date."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.alignment.national.model import NationalProvision
from rogatory.alignment.national.versions import UNCHANGED, Change, Piece, counted
from rogatory.alignment.report.changes import changes_value
from rogatory.alignment.report.proposals import about
from rogatory.cli import printing
from rogatory.cli.alignment import lawfiles
from rogatory.cli.alignment.named import said
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.law.plain import plain
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.alignment import changes, proposals, texts
from rogatory.ports.alignment import TextRow

TextName = Annotated[
    str, typer.Argument(metavar="TEXT|LAW", help="A text, by 8 or more signs of its id; or a law: its newest text.")
]
_NOTHING_KEPT = Words("Nothing was kept.", "Rien n’a été gardé.")
_KEPT = Words(
    "Kept as {id}, a text of {law}; for {found} of what the Convention asks, something came near.",
    "Gardé sous {id}, un texte de {law} ; pour {found} des points que demande la Convention, quelque chose s’approche.",
)
_AMENDS = Words(
    "An earlier text of this law is here: rogatory align changes {before} {id}",
    "Un texte antérieur de cette loi est ici : rogatory align changes {before} {id}",
)
_GONE = Words("The text {id} of {law} is gone.", "Le texte {id} de {law} n’est plus là.")
_HEADINGS = (
    Words("law", "loi"),
    Words("State", "État"),
    Words("text", "texte"),
    Words("title", "titre"),
    Words("version", "version"),
    Words("since", "depuis"),
    Words("language", "langue"),
    Words("provisions", "dispositions"),
    Words("imported", "importé"),
)
_CHANGED = {
    "added": Words("added", "ajoutée"),
    "repealed": Words("repealed", "abrogée"),
    "renumbered": Words("renumbered", "renumérotée"),
    "reworded": Words("reworded", "reformulée"),
    "unchanged": Words("unchanged", "inchangée"),
}
_BRACKETS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
_CONTENTS = (Words("key", "clé"), Words("provision", "disposition"), Words("title", "titre"))


class NotRemoved(BadInput):
    """The text was not removed."""

    code = "text-not-removed"
    remedy = "Nothing was changed. Say --yes, or answer yes at the terminal, to remove it."


def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Akoma Ntoso, PDF with text, .docx, HTML, Markdown or plain text.")
    ],
    *,
    law: Annotated[str, typer.Option("--law", metavar="NAME", help="What you call the law: penal-code.")] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help="Whose law it is; else the node's own State.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Its title; else as the file has it.")] = "",
    language: lawfiles.LanguageOption = "",
    since: Annotated[str, typer.Option(metavar="DAY", help="The day since which it stands so: 2024-01-31.")] = "",
    version: Annotated[str, typer.Option(metavar="TEXT", help="Which draft it is: 'Bill of 3 May'.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what was read and keep nothing.")] = False,
) -> None:
    """Import a national law, or another text of one that is here, and propose provisions out of it (assessor).

    With --dry-run, no node and no log-in are needed.
    """
    session = session_of(context)
    if not dry_run:
        people.require(session.actor, texts.ASSESSOR)
        if not texts.LAW_ID.fullmatch(law):
            raise texts.BadLawName(
                f"{law[:60]!r} cannot name a law" if law else "say what you call the law: --law NAME"
            )
    day = times.parse_day(since) if since else None
    text = lawfiles.from_file(session, file, language, since=day, title=title)
    if dry_run:
        value = {"kept": False, **about(text), "contents": _contents(text.provisions)}
        session.answer(
            value,
            *lawfiles.summary(text, session.lang),
            _table(text.provisions, session.lang),
            said(_NOTHING_KEPT, session),
        )
        return
    kept = texts.import_text(session.node, session.actor, text, law=law, title=title, state=state, version=version)
    found = proposals.propose(session.node, session.actor, kept.text.id)
    before = kept.before.id if kept.before else ""
    value = {"kept": True, "law": plain(kept.law), "text": plain(kept.text), "before": before, "found": found}
    lines = [said(_KEPT, session, id=kept.text.id, law=kept.law.id, found=found)]
    if before:
        lines.append(said(_AMENDS, session, before=before, id=kept.text.id))
    session.answer({**value, **about(text)}, *lawfiles.summary(text, session.lang), *lines)


def laws(context: typer.Context) -> None:
    """List the national laws that were imported, each with its texts."""
    session = session_of(context)
    texts.require_reader(session.actor)
    found = texts.laws(session.node)
    value = [{**plain(law), "texts": plain(held)} for law, held in found]
    rows = [
        (law.id, law.state, one.id, one.title, one.version, one.since, one.lang, one.provisions, one.imported_at)
        for law, held in found
        for one in held
    ]
    session.answer(value, printing.table(_in(_HEADINGS, session), rows))


def text_(
    context: typer.Context,
    text: TextName,
    *,
    provision: Annotated[
        str, typer.Option("--provision", metavar="KEY", help="Only this provision, whole: 197-bis.")
    ] = "",
) -> None:
    """Show what a text consists of, or one of its provisions with its passages."""
    session = session_of(context)
    row = lawfiles.held_row(session, text)
    if provision:
        found = texts.provision_of(session.node, row.id, provision)
        session.answer({"law": row.law, "text": row.id, **plain(found)}, *provision_view(found))
        return
    whole = texts.text(session.node, row.id)
    value = {"law": row.law, "text": row.id, "version": row.version, **about(whole)}
    value["contents"] = _contents(whole.provisions)
    session.answer(value, *lawfiles.summary(whole, session.lang), _table(whole.provisions, session.lang))


def changes_(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="OLD", help="The earlier text, by 8 or more signs of its id.")],
    after: Annotated[str, typer.Argument(metavar="NEW", help="The later text; or the law: its newest text.")],
) -> None:
    """Show what changed between two texts, word by word: what is gone stands in [-…-], what is new in {+…+}."""
    session = session_of(context)
    old, new = lawfiles.held_row(session, before), lawfiles.held_row(session, after)
    found = changes.changes(session.node, old.id, new.id)
    value = {"before": plain(found.before), "after": plain(found.after), **changes_value(found.changes)}
    session.answer(value, *_changes_view(found.changes, session))


def remove(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The text, by 8 or more signs of its id.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a text that no assessment looks at (assessor)."""
    session = session_of(context)
    people.require(session.actor, texts.ASSESSOR)
    row = lawfiles.held_row(session, text)
    if not yes and not (session.may_ask and typer.confirm(_question(row))):
        raise NotRemoved
    texts.remove_text(session.node, session.actor, row.id)
    session.answer({"text": row.id, "law": row.law, "removed": True}, said(_GONE, session, id=row.id, law=row.law))


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_,
    "laws": laws,
    "text": text_,
    "changes": changes_,
    "remove": remove,
}


def provision_view(found: NationalProvision) -> list[RenderableType | str]:
    """A provision as a person reads it: what it stands under, its label, its passages with what names each."""
    rows = {passage_name(place, one.number): one.text for place, one in enumerate(found.passages)}
    return [*found.above, f"{found.label} {found.heading}".strip(), printing.pairs(rows)]


def passage_name(place: int, number: str) -> str:
    """What `--evidence` calls a passage: its number, or `#3` for the third one where it has none."""
    return number or f"#{place + 1}"


def _changes_view(found: Sequence[Change], session: Session) -> list[RenderableType | str]:
    lang = session.lang
    counts = {_CHANGED[what].get(lang): count for what, count in counted(found).items()}
    views: list[RenderableType | str] = [printing.pairs(counts)]
    for one in found:
        provision = one.after or one.before
        if one.what == UNCHANGED or provision is None:
            continue
        moved = f"{one.before.label} → " if one.before and one.after and one.before.number != one.after.number else ""
        views += ["", f"{_CHANGED[one.what].get(lang)}: {moved}{provision.label} {provision.heading}".rstrip()]
        whole = one.before is None or one.after is None
        rows = [(passage.number, passage.text) for passage in provision.passages] if whole else []
        rows += [(each.after or each.before, "".join(map(_piece, each.pieces))) for each in one.differences]
        views.append(printing.table(("", ""), rows))
    return views


def _piece(one: Piece) -> str:
    """Words that are gone or new between brackets, for whoever has no colours; the spaces stand outside."""
    opening, closing = _BRACKETS[one.what]
    words = one.text.rstrip()
    return f"{opening}{words}{closing}{one.text[len(words) :]}" if words else one.text


def _question(row: TextRow) -> str:
    return f"{row.law}: {row.title} ({row.version or row.since or row.imported_at.date()}) — remove?"


def _contents(found: Sequence[NationalProvision]) -> list[Mapping[str, Any]]:
    return [
        {
            "key": one.key,
            "number": one.number,
            "label": one.label,
            "heading": one.heading,
            "above": list(one.above),
            "passages": len(one.passages),
            "where": one.where,
        }
        for one in found
    ]


def _table(found: Sequence[NationalProvision], lang: str) -> RenderableType:
    rows = [(one.key, one.label[:80], one.heading) for one in found]
    return printing.table([words.get(lang) for words in _CONTENTS], rows)


def _in(headings: Sequence[Words], session: Session) -> list[str]:
    return [words.get(session.lang) for words in headings]
