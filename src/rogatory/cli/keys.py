"""`rogatory keys`: fresh keys for an authority, the end of a key that may be known to others, and their passphrase."""

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import custodians, keyfiles, printing, renewals, setting
from rogatory.cli.session import Session, session_of
from rogatory.node import keyholding, people, rekeying
from rogatory.sealing.keystore import Keystore
from rogatory.sealing.recipients import HYBRID

keys_app = typer.Typer(no_args_is_help=True, help="The keys of the authorities of this node.")
REMINDER = (
    "Send the new card to every partner: rogatory card show --out card.json. "
    "Until they have accepted it, they do not know the new keys."
)


@keys_app.command("list")
def list_(context: typer.Context) -> None:
    """List the signing keys and when each is good, and among whom they are split."""
    session = session_of(context)
    found = [
        {
            "authority": authority,
            "kid": period.key.kid,
            "from": period.since,
            "until": period.until,
            "revoked": period.revoked,
        }
        for authority, keys in session.node.unlock().authorities.items()
        for period in keys.card_signing()
    ]
    headings = ("authority", "kid", "from", "until", "revoked")
    shown = printing.table(headings, [tuple(one.values()) for one in found], title="keys")
    held = keyholding.holding(session.node)
    if held is None:
        session.answer(found, shown, "", "The keys are not split among custodians: rogatory keys split.")
        return
    session.answer(found, shown, "", printing.pairs(custodians.holding_lines(held)), *custodians.due(held))


@keys_app.command("rotate")
def rotate(
    context: typer.Context,
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="VNM/contact-point.")],
    *,
    key_kind: Annotated[str, typer.Option(metavar="KIND", help=f"{HYBRID} (post-quantum) or X25519.")] = HYBRID,
) -> None:
    """Give an authority fresh keys from now on (administrator).

    The old ones go on opening what was sealed to them.
    """
    session = session_of(context)
    actor = session.actor
    with keyfiles.changing(session.services.data):
        _keep(session, rekeying.rotated(session.node, actor, authority, kind=key_kind), authority, "rotate")


@keys_app.command("revoke")
def revoke(
    context: typer.Context,
    kid: Annotated[str, typer.Argument(metavar="KID", help="The signing key, as the card names it.")],
) -> None:
    """Revoke a signing key from now on (administrator).

    An authority left without one gets a fresh one.
    """
    session = session_of(context)
    actor = session.actor
    with keyfiles.changing(session.services.data):
        authority, changed = rekeying.revoked(session.node, actor, kid)
        _keep(session, changed, authority, "revoke")


@keys_app.command("passphrase")
def passphrase(
    context: typer.Context,
    *,
    new_file: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The file with the new passphrase; made with a strong one if it is new."),
    ],
) -> None:
    """Put the keys under a new passphrase (administrator).

    The file that ROGATORY_PASSPHRASE_FILE names then holds it, too.
    """
    session = session_of(context)
    people.require(session.actor, "administrator")
    node = session.node
    with keyfiles.changing(session.services.data):
        put = keyfiles.change_passphrase(session.services, new_file)
        with node.stores.atomic():
            people.note(node, session.actor, "keys:store:passphrase", node.state)
    told = "" if put else f"Point ROGATORY_PASSPHRASE_FILE of every process of the node to {new_file}."
    value = {"passphrase_file": str(new_file), "replaced": put}
    session.answer(value, "The keys are under the new passphrase.", *([told] if told else []))


keys_app.command("renew")(renewals.renew)
keys_app.command("split")(custodians.split)
keys_app.command("custodians")(custodians.custodians)
keys_app.command("rehearse")(custodians.rehearse)
keys_app.command("recover")(custodians.recover)


def _keep(session: Session, keys: Keystore, authority: str, deed: str) -> None:
    node, folder = session.node, session.services.data
    # The serial first: a crash in between leaves a card that is new in its number only, and never two of one number.
    serial = setting.raise_serial(folder)
    keyfiles.keep(folder, keys, passphrase=session.services.passphrase())
    with node.stores.atomic():
        people.note(node, session.actor, f"keys:authority:{deed}", authority, f"card serial {serial}")
    kid = keys.authority(authority).signing[-1].key.kid
    value = {"authority": authority, "kid": kid, "serial": serial, "reminder": REMINDER}
    session.answer(value, f"{authority} signs with {kid} from now on; the card has serial {serial}.", REMINDER)
