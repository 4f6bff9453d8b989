"""`rogatory card` and `rogatory partner`: exchanging contact cards by hand."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import files, printing, reading
from rogatory.cli.session import session_of
from rogatory.errors import BadInput
from rogatory.node import partners
from rogatory.sealing import cards
from rogatory.sealing.cards import Card

card_app = typer.Typer(no_args_is_help=True, help="The contact card of this node.")
partner_app = typer.Typer(no_args_is_help=True, help="Partner States, whose contact cards were compared and accepted.")


@card_app.command("show")
def card_show(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the signed card to this file.")
    ] = None,
) -> None:
    """Show this node's own card and fingerprint, or write the card to a file for partners."""
    session = session_of(context)
    signed = partners.own_card(session.node)
    card = cards.read_card(signed)
    if out is not None:
        files.write_over(out, signed + b"\n")
    value = {**_card_json(card), "file": str(out) if out else None, "card": signed.decode()}
    told = "Give the file to your partners; read the fingerprint to them by telephone or in person."
    session.answer(value, _card_view(card), f"written to {out}. {told}" if out else told)


@partner_app.command("add")
def add(
    context: typer.Context,
    card: Annotated[
        str, typer.Argument(metavar="CARD", help="The file with the partner's card; - reads it from input.")
    ],
    *,
    fingerprint: Annotated[
        str, typer.Option(metavar="TEXT", help="The fingerprint that the partner told you by another road.")
    ] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask for the fingerprint at the terminal.")] = False,
) -> None:
    """Accept a partner's card, once its fingerprint was compared by another road (administrator)."""
    session = session_of(context)
    actor = session.actor
    signed = reading.bytes_of(card, limit=cards.MAX_CARD)
    found = cards.read_card(signed)
    if not fingerprint:
        if not ask and not session.may_ask:
            raise BadInput(
                f"the fingerprint of {found.state} is not given",
                remedy="Ask the partner for it by telephone or in person, then give --fingerprint.",
            )
        session.console.print(_card_view(found, with_fingerprint=False))
        fingerprint = typer.prompt(f"The fingerprint as {found.state} reads it to you", err=True)
    accepted = partners.add_partner(session.node, actor, signed.strip(), fingerprint=fingerprint)
    session.answer(_card_json(accepted), f"The card of {accepted.state} is accepted.", _card_view(accepted))


@partner_app.command("list")
def list_(context: typer.Context) -> None:
    """List the partners."""
    session = session_of(context)
    found = [partners.card_of(session.node, row.state) for row in session.node.stores.partners.all()]
    rows = [
        (card.state, card.serial, card.address, cards.fingerprint(card.identity), [one.id for one in card.authorities])
        for card in found
    ]
    headings = ("State", "serial", "address", "fingerprint", "authorities")
    session.answer([_card_json(card) for card in found], printing.table(headings, rows, title="partners"))


@partner_app.command("show")
def show(
    context: typer.Context, state: Annotated[str, typer.Argument(metavar="STATE", help="ISO 3166 alpha-3: FRA.")]
) -> None:
    """Show the accepted card of a partner."""
    session = session_of(context)
    card = partners.card_of(session.node, state.upper())
    row = session.node.stores.partners.get(card.state)
    accepted = {"accepted": row.accepted_at, "by": row.accepted_by} if row else {}
    session.answer({**_card_json(card), **accepted}, _card_view(card), printing.pairs(accepted))


def _card_json(card: Card) -> dict[str, Any]:
    return {
        "state": card.state,
        "fingerprint": cards.fingerprint(card.identity),
        "serial": card.serial,
        "issued": card.issued,
        "exercise": card.exercise,
        "address": card.address,
        "ledger": card.ledger,
        "authorities": [
            {
                "id": one.id,
                "name": one.name,
                "functions": one.functions,
                "languages": one.languages,
                "signing": [
                    {"kid": key.key.kid, "from": key.since, "until": key.until, "revoked": key.revoked}
                    for key in one.signing
                ],
                "encryption": [
                    {"recipient": key.recipient, "from": key.since, "until": key.until} for key in one.encryption
                ],
            }
            for one in card.authorities
        ],
    }


def _card_view(card: Card, *, with_fingerprint: bool = True) -> RenderableType:
    return printing.pairs(
        {
            "State": f"{card.state} (practice State)" if card.exercise else card.state,
            "fingerprint": cards.fingerprint(card.identity) if with_fingerprint else "",
            "address": card.address,
            "serial": card.serial,
            "issued": card.issued,
            "authorities": ", ".join(f"{one.id} ({', '.join(one.functions)})" for one in card.authorities),
        }
    )
