"""`rogatory keys`: fresh keys for an authority, and the end of a key that may be known to others."""

from typing import Annotated

import typer

from rogatory.cli import printing, setting
from rogatory.cli.session import Session, session_of
from rogatory.node import people, rekeying
from rogatory.sealing.keystore import Keystore
from rogatory.sealing.recipients import HYBRID

keys_app = typer.Typer(no_args_is_help=True, help="The keys of the authorities of this node.")
REMINDER = (
    "Restart the node, then send the new card to every partner: rogatory card show --out card.json. "
    "Until they have accepted it, they do not know the new keys."
)


@keys_app.command("list")
def list_(context: typer.Context) -> None:
    """List the signing keys and when each is good."""
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
    session.answer(found, printing.table(headings, [tuple(one.values()) for one in found], title="keys"))


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
    _keep(session, rekeying.rotated(session.node, session.actor, authority, kind=key_kind), authority, "rotate")


@keys_app.command("revoke")
def revoke(
    context: typer.Context,
    kid: Annotated[str, typer.Argument(metavar="KID", help="The signing key, as the card names it.")],
) -> None:
    """Revoke a signing key from now on (administrator).

    An authority left without one gets a fresh one.
    """
    session = session_of(context)
    authority, changed = rekeying.revoked(session.node, session.actor, kid)
    _keep(session, changed, authority, "revoke")


def _keep(session: Session, keys: Keystore, authority: str, deed: str) -> None:
    node, folder = session.node, session.services.data
    # The serial first: a crash in between leaves a card that is new in its number only, and never two of one number.
    serial = setting.raise_serial(folder)
    setting.write_keys(folder, keys, passphrase=session.services.passphrase(), random=node.random)
    with node.stores.atomic():
        people.note(node, session.actor, f"keys:authority:{deed}", authority, f"card serial {serial}")
    kid = keys.authority(authority).signing[-1].key.kid
    value = {"authority": authority, "kid": kid, "serial": serial, "reminder": REMINDER}
    session.answer(value, f"{authority} signs with {kid} from now on; the card has serial {serial}.", REMINDER)
