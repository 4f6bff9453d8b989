"""Matching, showing, sending, withdrawing, undoing, and interest: the acts that every kind of entry has."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from rogatory.assistance.entries import ACTS, Visibility
from rogatory.cli import printing, reading
from rogatory.cli.assistance import showing
from rogatory.cli.assistance.making import EntryName
from rogatory.cli.session import session_of
from rogatory.errors import BadInput
from rogatory.node.assistance import entries, exchange, finding


class OneAudience(BadInput):
    """Say once to whom the entry may be shown."""

    code = "one-audience"
    remedy = "Give one of --with STATE (which may be given again), --all-partners, --private."


def match(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="A need or an offer; all when left out.")] = "",
    *,
    least: Annotated[int, typer.Option(min=1, max=100, metavar="N", help="Only matches that score so much.")] = 1,
) -> None:
    """Hold needs against offers: the best first, each with its reasons and obstacles. People decide."""
    session = session_of(context)
    name = showing.named(session, entry) if entry else ""
    matched = finding.matches(session.node, session.actor, name=name, least=least)
    found = matched.matches
    nothing = "No offer that is here gives what a need that is here asks for."
    shown = showing.match_views(session, found) if found else [nothing]
    told = ["Older pairs were not looked at, for there are too many: name a need or an offer."]
    left = [] if matched.all_looked_at else told
    session.answer([showing.match_json(one) for one in found], *shown, *left)


def share(
    context: typer.Context,
    entry: EntryName,
    *,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="STATE", help="A partner; may be given again.")
    ] = None,
    all_partners: Annotated[bool, typer.Option("--all-partners", help="Every partner, later ones too.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Only us; taken back from those who have it.")] = False,
) -> None:
    """Say which partners may have an entry; it is sent by `send`. Who may no longer is sent a withdrawal (liaison)."""
    session = session_of(context)
    if sum((bool(with_), all_partners, private)) != 1:
        raise OneAudience
    to = Visibility.NAMED if with_ else Visibility.PARTNERS if all_partners else Visibility.PRIVATE
    name = showing.named(session, entry)
    named = [one.upper() for one in with_ or ()]
    found = exchange.show(session.node, session.actor, name, visibility=to, partners_=named)
    session.answer(showing.entry_json(found), f"{found.name} may be shown to: {showing.shown_to(session, found)}.")


def publish(context: typer.Context, entry: EntryName) -> None:
    """Let everybody read an entry, without its private fields; `share` takes it back (liaison)."""
    session = session_of(context)
    name = showing.named(session, entry)
    found = exchange.show(session.node, session.actor, name, visibility=Visibility.PUBLIC)
    session.answer(showing.entry_json(found), f"Everybody may read {found.name}: {found.title}.")


def send(
    context: typer.Context,
    entry: EntryName,
    *,
    to: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="A partner, or an authority; may be given again.")
    ] = None,
) -> None:
    """Send an entry to partners, who may have it from now on; without --to to all who may (liaison)."""
    session = session_of(context)
    wanted = [one if "/" in one else one.upper() for one in to or ()]
    found = exchange.send(session.node, session.actor, showing.named(session, entry), to=wanted)
    told = [{"to": one.receiver, "letter": one.digest, "thread": one.thread} for one in found]
    says = f"On its way to {', '.join(one.receiver for one in found)}." if found else "They have this version already."
    session.answer(told, says)


def withdraw(
    context: typer.Context,
    entry: EntryName,
    *,
    says: Annotated[str, typer.Option(metavar="TEXT", help="A word to those who have it.")] = "",
) -> None:
    """Withdraw an entry: off every list, and taken back from every partner who has it (liaison)."""
    session = session_of(context)
    name = showing.named(session, entry)
    found = exchange.withdraw(session.node, session.actor, name, says=reading.text_of(says))
    session.answer(showing.entry_json(found), f"{found.name} is withdrawn.")


def undo(context: typer.Context, entry: EntryName) -> None:
    """Take an entry back to what it said before; again goes back further. Who may see it stays (liaison)."""
    session = session_of(context)
    found = entries.undo(session.node, session.actor, showing.named(session, entry))
    session.answer(showing.entry_json(found), f"{found.name} says again what it said before: {found.title}.")


def history(context: typer.Context, entry: EntryName) -> None:
    """Show every version of an entry, and to whom it was sent."""
    session = session_of(context)
    name = showing.named(session, entry)
    versions = entries.history(session.node, session.actor, name)
    ours = versions[0].owner == session.node.state
    holders = exchange.holders(session.node, session.actor, name) if ours else ()
    rows = [
        (one.version, ACTS[one.act].get(session.lang), one.by_name, one.at, showing.shown_to(session, one), one.title)
        for one in versions
    ]
    sent = [(one.state, one.version, "withdrawn" if one.withdrawn else "", one.at) for one in holders]
    session.answer(
        {"versions": [showing.entry_json(one) for one in versions], "holders": printing.plain(holders)},
        printing.table(("version", "what", "who", "at", "shown to", "title"), rows, title=name),
        printing.table(("partner", "version", "", "sent at"), sent, title="sent"),
    )


def interest(
    context: typer.Context,
    entry: EntryName,
    *,
    says: Annotated[str, typer.Option(metavar="TEXT", help="A word to its owner.")] = "",
    own: Annotated[
        str, typer.Option(metavar="ENTRY", help="An entry of ours that fits it, and that they may have.")
    ] = "",
    no_longer: Annotated[bool, typer.Option("--no-longer", help="Take the interest back.")] = False,
) -> None:
    """Tell the owner of a partner's entry that we want to speak about it (liaison)."""
    session = session_of(context)
    letter = exchange.interested(
        session.node,
        session.actor,
        showing.named(session, entry),
        is_=not no_longer,
        says=reading.text_of(says),
        own=showing.named(session, own) if own else "",
    )
    told = {"to": letter.receiver, "letter": letter.digest, "thread": letter.thread}
    session.answer(told, f"On its way to {letter.receiver}.")


def interests(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry; all when left out.")] = "",
) -> None:
    """List who is interested in what, by the last word of each State."""
    session = session_of(context)
    name = showing.named(session, entry) if entry else ""
    found = exchange.interests(session.node, session.actor, name)
    rows = [
        (one.entry, one.state, "yes" if one.interested else "no longer", one.person, one.says, one.own, one.at)
        for one in found
    ]
    headings = ("entry", "who", "interested", "person", "says", "their entry", "at")
    session.answer(printing.plain(found), printing.table(headings, rows, title="interest"))


COMMANDS: Mapping[str, Callable[..., None]] = {
    "match": match,
    "share": share,
    "publish": publish,
    "send": send,
    "withdraw": withdraw,
    "undo": undo,
    "history": history,
    "interest": interest,
    "interests": interests,
}
