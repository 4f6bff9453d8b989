"""Entries about help, for people and for programs, on the command line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from rogatory.assistance import kinds
from rogatory.assistance.entries import ACTS, VISIBILITIES, Entry, Visibility
from rogatory.assistance.matching import Finding, Match
from rogatory.assistance.money import Sum
from rogatory.assistance.pledges import OUTCOMES
from rogatory.assistance.shape import LISTS, Field, Form
from rogatory.cli import printing, reading
from rogatory.cli.session import Session
from rogatory.node.assistance import entries
from rogatory.node.assistance.entries import Wanted
from rogatory.node.assistance.finding import Funding, Pledge, Project


def named(session: Session, given: str, *, kind: str = "") -> str:
    """The whole name (`VNM/…`) of the entry that *given* names: whole, or by the beginning of its id."""
    found = entries.listed(session.node, session.actor, Wanted(kind=kind, withdrawn=True))
    names = {one.name for one in found}
    if given in names:
        return given
    by_id = {one.id: one.name for one in found}
    known = by_id if "/" not in given else {name: name for name in names}
    return known[reading.name_of(given, known, what="entry")]


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    found: dict[str, Any] = {**printing.plain(entry), "name": entry.name}
    return found


def entry_view(session: Session, entry: Entry) -> RenderableType:
    """An entry with all that it says."""
    shape = kinds.shape_of(entry.kind)
    about = {
        shape.one.get(session.lang): entry.name,
        "version": f"{entry.version}, {ACTS[entry.act].get(session.lang)}, {entry.by_name}",
        "at": entry.at,
        "shown to": shown_to(session, entry),
    }
    says = {
        one.says.get(session.lang) + (" *" if one.private else ""): value_of(session, one, entry.body[one.name])
        for one in shape.fields
        if one.name in entry.body
    }
    return printing.pairs({**about, **says})


def shown_to(session: Session, entry: Entry) -> str:
    """To whom an entry may be shown; of a partner's that it is theirs."""
    if entry.withdrawn:
        return ACTS["withdrawn"].get(session.lang)
    if entry.owner != session.node.state:
        return f"({entry.owner})"
    if entry.visibility is Visibility.NAMED:
        return ", ".join(entry.partners)
    return VISIBILITIES[entry.visibility].get(session.lang)


def value_of(session: Session, asked: Field, value: Any) -> str:
    """The value of a field as people read it."""
    if asked.form is Form.ROWS:
        rows = (
            ", ".join(value_of(session, one, row[one.name]) for one in asked.rows if one.name in row) for row in value
        )
        return "\n".join(f"{place}. {row}" for place, row in enumerate(rows, 1))
    if asked.form in LISTS:
        return ", ".join(_one(session, asked, one) for one in value)
    return _one(session, asked, value)


def _one(session: Session, asked: Field, value: Any) -> str:
    return asked.choices[value].get(session.lang) if value in asked.choices else str(value)


def entries_table(session: Session, found: Iterable[Entry], *, title: str) -> RenderableType:
    """Entries, a line each."""
    rows = [
        (one.name, one.title, ", ".join(one.body.get("provisions", ())), shown_to(session, one), one.version, one.at)
        for one in found
    ]
    return printing.table(("entry", "title", "articles", "shown to", "version", "at"), rows, title=title)


def match_json(match: Match) -> dict[str, Any]:
    """A match as JSON."""
    return {
        "need": match.need.name,
        "offer": match.offer.name,
        "score": match.score,
        "blocked": match.blocked,
        "reasons": printing.plain(match.reasons),
        "obstacles": printing.plain(match.obstacles),
    }


def match_views(session: Session, found: Sequence[Match]) -> Iterable[RenderableType]:
    """Matches, each with what speaks for and against it."""
    for one in found:
        blocked = " - shut out" if one.blocked else ""
        yield printing.text(f"{one.score}{blocked}: {one.need.title} ({one.need.name})", "bold")
        yield printing.text(f"    {one.offer.title} ({one.offer.name})")
        yield from (_finding(session, "+", each) for each in one.reasons)
        yield from (_finding(session, "-", each) for each in one.obstacles)


def _finding(session: Session, sign: str, one: Finding) -> RenderableType:
    points = f" ({one.points})" if one.points else ""
    return printing.text(f"  {sign} {one.says.get(session.lang)}{points}")


def funding_json(found: Funding) -> dict[str, Any]:
    """Contributions and totals as JSON."""
    return {
        "contributions": [{**entry_json(one.entry), "sum": _sum(one.sum)} for one in found.contributions],
        "totals": [_sum(one) for one in found.totals],
        "voluntary": [_sum(one) for one in found.voluntary],
    }


def funding_views(found: Funding) -> list[RenderableType]:
    """Contributions and totals as tables."""
    rows = [(one.entry.name, one.entry.title, one.entry.body["by"], *_cells(one.sum)) for one in found.contributions]
    totals = [("all", *_cells(one)) for one in found.totals]
    totals += [("voluntary account", *_cells(one)) for one in found.voluntary]
    money = ("currency", "pledged", "paid", "open", "beyond", "late")
    return [
        printing.table(("entry", "title", "by", *money), rows, title="funding"),
        printing.table(("", *money), totals, title="totals"),
    ]


def _sum(one: Sum) -> Mapping[str, Any]:
    return {**printing.plain(one), "percent": one.percent}


def _cells(one: Sum) -> tuple[object, ...]:
    return (one.currency, *(f"{each:,f}" for each in (one.pledged, one.paid, one.open, one.beyond, one.late)))


def pledges_table(session: Session, found: Iterable[Pledge]) -> RenderableType:
    """Pledges and how they stand."""
    rows = [
        (
            one.entry.name,
            one.entry.title,
            one.entry.body["by"],
            one.entry.body["made_at"],
            one.entry.body.get("due", ""),
            OUTCOMES[one.standing.outcome].get(session.lang),
            "" if one.standing.days_left is None else one.standing.days_left,
            one.standing.last_follow_up,
        )
        for one in found
    ]
    headings = ("entry", "title", "by", "made at", "due", "standing", "days left", "last follow-up")
    return printing.table(headings, rows, title="pledges")


def projects_table(session: Session, found: Iterable[Project]) -> RenderableType:
    """Projects and how far they are."""
    rows = [
        (
            one.entry.name,
            one.entry.title,
            one.entry.body.get("status", ""),
            "" if one.progress.percent is None else f"{one.progress.percent} %",
            one.progress.trained or "",
            ", ".join(one.progress.late),
            "; ".join(f"{each.paid:,f} / {each.pledged:,f} {each.currency}" for each in one.totals),
            shown_to(session, one.entry),
        )
        for one in found
    ]
    headings = ("entry", "title", "status", "done", "trained", "late", "paid / pledged", "shown to")
    return printing.table(headings, rows, title="projects")
