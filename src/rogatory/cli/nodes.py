"""`rogatory init`, `serve`, `worker` and `rebuild`: making a node and keeping it running."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from rogatory.cli import backups, printing, setting
from rogatory.cli.services import Serving
from rogatory.cli.session import Session, password, session_of
from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.node import rebuild as rebuilding
from rogatory.sealing.cards import fingerprint
from rogatory.sealing.recipients import HYBRID

DEFAULT_PORT = 8400


def init(
    context: typer.Context,
    *,
    state: Annotated[str, typer.Option(metavar="STATE", help="The State, as ISO 3166 alpha-3: VNM.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="The name of the State, as people read it.")],
    address: Annotated[str, typer.Option(metavar="URL", help="Where partners reach the node: https://node.example.")],
    admin: Annotated[str, typer.Option(metavar="NAME", help="The log-in name of the first administrator.")],
    admin_name: Annotated[str, typer.Option(metavar="TEXT", help="The administrator's full name.")] = "",
    exercise: Annotated[
        str, typer.Option(metavar="DATE", help="A practice State; its clock shows this day (YYYY-MM-DD) from now on.")
    ] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="A language that requests may be written in.")
    ] = None,
    key_kind: Annotated[
        str, typer.Option(metavar="KIND", help=f"The kind of encryption keys: {HYBRID} (post-quantum) or X25519.")
    ] = HYBRID,
) -> None:
    """Make a node: keys, database, first administrator. All of it, or no node."""
    session = session_of(context)
    folder = session.services.data
    setting.require_none(folder)
    secret = password(f"A password for {admin}: ", twice=True)
    passphrase_file, made = _passphrase_file()
    ahead = _ahead(exercise)
    at = datetime.now(UTC) + timedelta(seconds=ahead)
    new = setting.NewNode(
        state=state,
        name=name,
        address=address,
        exercise=bool(exercise),
        clock_ahead=ahead,
        languages=tuple(language or ("en",)),
        key_kind=key_kind,
    )

    def before_last() -> None:
        session.services.make_database()
        session.services.make_first_account(
            admin, secret, full_name=admin_name or admin, authority=f"{state}/central-authority"
        )

    keys = setting.make(
        folder,
        new,
        passphrase=session.services.passphrase(),
        at=at,
        random=secrets.token_bytes,
        before_last=before_last,
    )
    print_of = fingerprint(keys.identity.public)
    _answer_made(session, new, {"fingerprint": print_of, "administrator": admin}, passphrase_file, made)


def _answer_made(
    session: Session, new: setting.NewNode, facts: dict[str, str], passphrase_file: Path, made: bool
) -> None:
    clock = times.stamp(datetime.now(UTC) + timedelta(seconds=new.clock_ahead))
    value = {
        "state": new.state,
        "folder": str(session.services.data),
        "address": new.address,
        **facts,
        "authorities": [f"{new.state}/{name}" for name, *_ in setting.AUTHORITIES],
        "exercise": new.exercise,
        "clock": clock,
        "passphrase_file": str(passphrase_file),
        "passphrase_made": made,
    }
    told = f"a new passphrase is in {passphrase_file}: keep a copy elsewhere, without it the keys are lost"
    session.answer(
        value,
        f"The node of {new.name} is made." + (" It is a practice State." if new.exercise else ""),
        printing.pairs(
            {
                "folder": session.services.data,
                "fingerprint": facts["fingerprint"],
                "administrator": facts["administrator"],
                "practice clock": clock if new.exercise else "",
                "passphrase": told if made else f"read from {passphrase_file}",
                "next": f"rogatory --data {session.services.data} serve",
            }
        ),
    )


def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            metavar="N", help=f"The port; by default that of the node's own address on loopback, else {DEFAULT_PORT}."
        ),
    ] = 0,
    threads: Annotated[
        int, typer.Option(metavar="N", min=1, max=64, help="Requests answered at once by a process.")
    ] = 4,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=32, help="Processes that answer.")] = 1,
    worker: Annotated[
        str, typer.Option(metavar="WHERE", help="Background work `inside` these processes, or `outside`.")
    ] = "inside",
) -> None:
    """Serve the desk and the door between nodes, until Ctrl-C."""
    session = session_of(context)
    if worker not in ("inside", "outside"):
        raise BadInput(f"the worker is inside or outside, not {worker!r}")
    facts = session.services.facts()
    session.services.passphrase()
    port = port or _port_of(str(facts.get("address", "")))
    session.services.make_database()
    backups.warn_restored(session)
    desk = f"http://{host}:{port}/"
    session.answer(
        {"desk": desk, "state": facts.get("state"), "pid": os.getpid()},
        f"The desk of {facts.get('name')} is at {desk} (Ctrl-C ends it).",
    )
    session.services.serve(
        Serving(host=host, port=port, threads=threads, workers=workers, worker_inside=worker == "inside")
    )


def worker(context: typer.Context) -> None:
    """Run the background work as a process of its own: `serve --worker outside`."""
    session = session_of(context)
    session.services.passphrase()
    session.services.work()


def rebuild(context: typer.Context) -> None:
    """Make the lists again from the signed messages, and say whether any differed (administrator)."""
    session = session_of(context)
    done = rebuilding.rebuild(session.node, session.actor)
    session.answer(
        done,
        f"{done.cases} cases were read again from {done.messages} messages.",
        f"These lines differed and are right now: {', '.join(done.differing)}"
        if done.differing
        else "Nothing differed.",
    )


def _ahead(exercise: str) -> int:
    """How many seconds the practice clock runs ahead so that it shows the day *exercise* today.

    Whole days, so that practice States that are made one after the other on one day share one clock.
    """
    if not exercise:
        return 0
    return int((times.parse_day(exercise) - datetime.now(UTC).date()) / timedelta(seconds=1))


def _passphrase_file() -> tuple[Path, bool]:
    """The file that ROGATORY_PASSPHRASE_FILE names, and whether it was made just now, with a strong passphrase."""
    name = os.environ.get("ROGATORY_PASSPHRASE_FILE", "")
    if not name:
        raise BadInput(
            "ROGATORY_PASSPHRASE_FILE is not set: the keys need a passphrase that is kept outside the data folder",
            remedy="Set it to a file; when the file does not exist, one is made with a strong passphrase.",
        )
    path = Path(name)
    if path.exists():
        return path, False
    path.parent.mkdir(parents=True, exist_ok=True)
    setting.write_durably(path, f"{setting.make_passphrase(secrets.token_bytes)}\n".encode())
    return path, True


def _port_of(address: str) -> int:
    parts = urlsplit(address)
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    return parts.port if loopback and parts.port else DEFAULT_PORT
