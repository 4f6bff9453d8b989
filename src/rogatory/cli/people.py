"""`rogatory user`: the accounts of the node, kept by its administrator, and everybody's own tokens for programs."""

from typing import Annotated

import typer

from rogatory.cli import printing
from rogatory.cli.session import password, session_of
from rogatory.errors import BadInput
from rogatory.node import people
from rogatory.node.people import ROLES

user_app = typer.Typer(no_args_is_help=True, help="Accounts of the people who work here.")


class NotHere(BadInput):
    """That authority is not hosted here."""

    code = "not-our-authority"


@user_app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The log-in name.")],
    *,
    full_name: Annotated[str, typer.Option(metavar="TEXT", help="The name that signed messages carry.")],
    authority: Annotated[str, typer.Option(metavar="AUTHORITY", help="The authority: VNM/contact-point.")],
    role: Annotated[list[str], typer.Option(metavar="ROLE", help=f"A role: {', '.join(ROLES)}. May be given again.")],
) -> None:
    """Make an account (administrator).

    Its password comes from the file that ROGATORY_NEW_PASSWORD_FILE names, from ROGATORY_NEW_PASSWORD, or from the
    terminal.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "administrator")
    if authority not in node.authorities:
        raise NotHere(f"{authority} is not hosted here; {', '.join(sorted(node.authorities))} are")
    secret = password(f"A password for {name}: ", variable="ROGATORY_NEW_PASSWORD", twice=True)
    with node.stores.atomic():
        session.services.make_account(name, secret, full_name=full_name, authority=authority, roles=role)
        people.note(node, actor, "account:person:add", name, ", ".join(role))
    value = {"name": name, "full_name": full_name, "authority": authority, "roles": role, "active": True}
    session.answer(value, f"{full_name} can log in as {name}: {', '.join(role)} of {authority}.")


@user_app.command("list")
def list_(context: typer.Context) -> None:
    """List the accounts (administrator)."""
    session = session_of(context)
    people.require(session.actor, "administrator")
    found = session.services.accounts()
    rows = [(one.name, one.full_name, one.authority, one.roles, "" if one.active else "disabled") for one in found]
    headings = ("name", "full name", "authority", "roles", "")
    session.answer([printing.plain(one) for one in found], printing.table(headings, rows, title="accounts"))


@user_app.command("disable")
def disable(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="The log-in name.")]
) -> None:
    """Close an account (administrator); what its owner signed stays."""
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "administrator")
    if name == actor.id:
        raise BadInput("nobody disables his or her own account", remedy="Another administrator must do it.")
    with node.stores.atomic():
        session.services.disable_account(name)
        people.note(node, actor, "account:person:disable", name)
    session.answer({"name": name, "active": False}, f"{name} can no longer log in.")


@user_app.command("token")
def token(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for: statistics.")],
    *,
    days: Annotated[int, typer.Option(metavar="N", help="How many days it lives, at most 366.")] = 90,
) -> None:
    """Make a token with which a program asks the HTTP API in your place: law, status and opinions, never a case.

    To national law it opens what your roles open, and what it judges there counts as yours. It is shown once and
    cannot be shown again.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    with node.stores.atomic():
        made, text = session.services.make_token(actor.id, name, days=days)
        people.note(node, actor, "account:token:make", actor.id, f"{made.number} {made.name}")
    session.answer(
        {**printing.plain(made), "token": text},
        text,
        f"Token {made.number} of {actor.id}, until {made.expires:%Y-%m-%d}. Keep it as you keep a password.",
    )


@user_app.command("tokens")
def tokens(
    context: typer.Context,
    *,
    everybody: Annotated[bool, typer.Option("--all", help="Those of everybody (administrator).")] = False,
) -> None:
    """List your tokens, and whether they still open anything."""
    session = session_of(context)
    if everybody:
        people.require(session.actor, "administrator")
    found = session.services.tokens("" if everybody else session.actor.id)
    rows = [
        (one.number, one.owner, one.name, one.expires, one.last_used, "" if one.alive else "opens nothing")
        for one in found
    ]
    headings = ("number", "owner", "name", "expires", "last used", "")
    session.answer(list(found), printing.table(headings, rows, title="tokens"))


@user_app.command("revoke-token")
def revoke_token(
    context: typer.Context, number: Annotated[int, typer.Argument(metavar="NUMBER", help="The token.")]
) -> None:
    """Revoke one of your tokens, or as administrator anybody's."""
    session = session_of(context)
    node, actor = session.node, session.actor
    with node.stores.atomic():
        gone = session.services.revoke_token(number, owner="" if "administrator" in actor.roles else actor.id)
        people.note(node, actor, "account:token:revoke", gone.owner, f"{gone.number} {gone.name}")
    session.answer(gone, f"Token {gone.number} of {gone.owner} opens nothing more.")
