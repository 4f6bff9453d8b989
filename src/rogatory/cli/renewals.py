"""`rogatory keys renew`: everything that follows when the keys of an authority must change, in one command.

The command may be stopped anywhere, and goes on when it is given again: `renewal.json` in the data folder says which
renewal is under way, the keys, the card's serial number and the exhibits say how far it came.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rogatory.cli import keyfiles, printing, setting
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput, NotPermitted
from rogatory.kernel.times import parse_stamp, stamp
from rogatory.node import people, rekeying
from rogatory.node.evidence.headers import Rewrapped
from rogatory.node.rekeying import Renewal
from rogatory.sealing.recipients import HYBRID

JOURNAL = "renewal.json"
SEND_CARD = "Send the new card to every partner (rogatory card show --out card.json), and tell them by telephone."


class RenewalUnderWay(NotPermitted):
    """Another renewal of keys was begun and has not ended."""

    code = "renewal-under-way"
    remedy = "End that one first: run the command that the message names, with or without --forget-old."


class BadJournal(BadInput):
    """The file renewal.json in the data folder cannot be read."""

    code = "bad-renewal-file"
    remedy = "Remove it and run the command again; at worst, the authority gets fresh keys once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A renewal, and the serial number that the card gets by it."""

    renewal: Renewal
    serial: int


def renew(
    context: typer.Context,
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="VNM/contact-point.")],
    *,
    because: Annotated[str, typer.Option(metavar="REASON", help=f"{', '.join(rekeying.REASONS)}.")],
    kid: Annotated[
        str, typer.Option(metavar="KID", help="Revoke this key only; else all of the authority. For device-stolen.")
    ] = "",
    new_passphrase_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Put the keys under the passphrase in it; made if it is new.")
    ] = None,
    forget_old: Annotated[
        bool, typer.Option("--forget-old", help="Drop the old encryption keys once every exhibit opens with the new.")
    ] = False,
    key_kind: Annotated[str, typer.Option(metavar="KIND", help=f"{HYBRID} (post-quantum) or X25519.")] = HYBRID,
) -> None:
    """Renew the keys of an authority and all that hangs on them (administrator).

    Fresh keys, old ones revoked if stolen, every exhibit readable with the new. Stopped anywhere, it goes on when run
    again.
    """
    session = session_of(context)
    folder, actor = session.services.data, session.actor
    people.require(actor, "administrator")
    with keyfiles.changing(folder):
        told = _new_passphrase(session, new_passphrase_file)
        under_way = _begin(session, authority, because, kid, key_kind)
        renewal = under_way.renewal
        # The serial first: a crash in between leaves a card that is new in its number only.
        if int(str(session.services.facts()["serial"])) < under_way.serial:
            setting.raise_serial(folder)
        passphrase = session.services.passphrase()
        keyfiles.keep(folder, rekeying.renewed(session.node, actor, renewal), passphrase=passphrase)
        with _counting(session) as progress:
            found = rekeying.carry_over(session.node, actor, renewal, progress=progress)
        if forget_old:
            keyfiles.keep(folder, rekeying.forgotten(session.node, actor, renewal, found), passphrase=passphrase)
        rekeying.record(session.node, actor, renewal, under_way.serial, found, forgot=forget_old)
        (folder / JOURNAL).unlink()
        setting.sync_folder(folder)
    _answer(session, under_way, found, told, forgot=forget_old)


def _new_passphrase(session: Session, file: Path | None) -> str:
    if file is None or keyfiles.change_passphrase(session.services, file):
        return ""
    return f"Point ROGATORY_PASSPHRASE_FILE of every process of the node to {file}."


def _begin(session: Session, authority: str, because: str, kid: str, key_kind: str) -> UnderWay:
    """The renewal that is under way, or a new one, written down before anything is done."""
    path = session.services.data / JOURNAL
    found = _read(path)
    if found is not None:
        if found.renewal.authority != authority:
            known = found.renewal
            raise RenewalUnderWay(f"run first: rogatory keys renew {known.authority} --because {known.because}")
        return found
    renewal = rekeying.begun(session.node, session.actor, authority, because, kid=kid, kind=key_kind)
    serial = int(str(session.services.facts()["serial"])) + 1
    value = {**asdict(renewal), "at": stamp(renewal.at), "serial": serial}
    setting.write_durably(path, json.dumps(value, indent=1).encode())
    return UnderWay(renewal=renewal, serial=serial)


def _read(path: Path) -> UnderWay | None:
    try:
        value: dict[str, Any] = json.loads(path.read_bytes())
        return UnderWay(
            renewal=Renewal(
                authority=str(value["authority"]),
                because=str(value["because"]),
                at=parse_stamp(value["at"]),
                kind=str(value["kind"]),
                kid=str(value["kid"]),
            ),
            serial=int(value["serial"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, BadInput) as error:
        raise BadJournal(f"{path.name} cannot be read: {error}") from error


@contextmanager
def _counting(session: Session) -> Iterator[Callable[[int, int], None] | None]:
    if session.as_json or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("exhibits"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=printing.console(errors=True), transient=True) as bar:
        task = bar.add_task("exhibits", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _answer(session: Session, under_way: UnderWay, found: Rewrapped, told: str, *, forgot: bool) -> None:
    renewal = under_way.renewal
    kid = session.node.unlock().authority(renewal.authority).signing[-1].key.kid
    value = {
        "authority": renewal.authority,
        "because": renewal.because,
        "kid": kid,
        "serial": under_way.serial,
        "renewed": len(found.renewed),
        "current": len(found.current),
        "waiting": found.waiting,
        "closed": found.closed,
        "forgot_old": forgot,
    }
    later = f"Still arriving, sealed to an old key perhaps (run it again later): {', '.join(found.waiting)}"
    session.answer(
        value,
        f"{renewal.authority} signs with {kid} from now on; the card has serial {under_way.serial}.",
        f"{len(found.renewed) + len(found.current)} exhibits open with the new key.",
        *([later] if found.waiting else []),
        *([f"No key of this node opens: {', '.join(found.closed)}"] if found.closed else []),
        *(["The old encryption keys are forgotten."] if forgot else []),
        *([told] if told else []),
        SEND_CARD,
    )
