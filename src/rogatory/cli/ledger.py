"""`rogatory ledger`: the node's log shown, proved, checked, time-stamped, and published as files."""

from pathlib import Path
from typing import Annotated, Any

import typer

from rogatory.cli import files, printing, publishing, reading
from rogatory.cli.progress import counting
from rogatory.cli.session import session_of
from rogatory.errors import BadInput
from rogatory.ledger import notes
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.ledger import checking, proving, timestamps
from rogatory.ports.timestamps import TimestampRow

ledger_app = typer.Typer(no_args_is_help=True, help="The node's append-only log of digests.")
#: The exit status when the log does not hold: as for whatever does not prove what it must.
DISAGREES = 5


@ledger_app.command("show")
def show(context: typer.Context) -> None:
    """Show the log: its name and key, how long it is, its root, and its time-stamps."""
    session = session_of(context)
    node = session.node
    head, stamps = node.stores.ledger.head(), timestamps.state_of_timestamps(node)
    told = {
        "origin": node.config.log_origin,
        "key": str(_key(node)),
        "size": head.edge.size,
        "root": head.edge.root.hex(),
        "lost_checkpoints": len(node.stores.ledger.lost_checkpoints()),
    }
    newest = stamps.newest
    value = {**told, "timestamp_authority": stamps.authority, "timestamp": _stamp_json(newest) if newest else None}
    warning = ["It was set back to an older state; see: rogatory ledger check"] if told["lost_checkpoints"] else []
    session.answer(value, printing.pairs(told), stamps.words.get(session.lang), *warning)


@ledger_app.command("checkpoint")
def checkpoint(context: typer.Context) -> None:
    """Show the newest signed head of the log."""
    session = session_of(context)
    text = proving.checkpoint_text(session.node)
    session.answer({"checkpoint": text}, text.rstrip("\n"))


@ledger_app.command("proof")
def proof(
    context: typer.Context,
    digest: Annotated[
        str, typer.Argument(metavar="DIGEST", help="A message, by 8 or more digits of its digest; or a custody entry.")
    ],
) -> None:
    """Show the proof that a message or a custody entry stands in the log (JSON, spec/ledger.md)."""
    session = session_of(context)
    people.require_reader(session.actor)
    stores = session.node.stores
    known = digest
    if len(digest) < 64:
        held = (row.digest for case in stores.messages.cases() for row in stores.messages.of_case(case))
        known = reading.digest_of(digest, held, what="message")
    printing.write_json(proving.proof(session.node, known).to_json())


@ledger_app.command("check")
def check(
    context: typer.Context,
    *,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", metavar="FILE", help="A checkpoint of this log that was kept elsewhere; repeatable."),
    ] = None,
) -> None:
    """Hash every entry again, and hold the log against its files, its signed head and earlier checkpoints.

    Status 5 when something disagrees; each thing that does is told.
    """
    session = session_of(context)
    texts = [_note(path) for path in earlier or []]
    with counting(session, "entries", session.node.stores.ledger.size()) as progress:
        found = checking.check(session.node, texts, progress=progress)
    told = {"size": found.size, "root": found.root, "messages": found.messages, "findings": len(found.findings)}
    value = {
        **told,
        "findings": [{"code": one.code, "message": one.words.to_json()} for one in found.findings],
    }
    lines = [f"[{one.code}] {one.words.get(session.lang)}." for one in found.findings]
    session.answer(value, printing.pairs(told), *(lines or ["Everything agrees."]))
    if found.findings:
        raise typer.Exit(DISAGREES)


@ledger_app.command("publish")
def publish(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What a web server shows to everybody.")],
) -> None:
    """Write the log as static files (C2SP tlog-tiles): what is new since the last time, the checkpoint last.

    It holds nothing but blinded digests. Refused when the log does not continue what the folder shows.
    """
    session = session_of(context)
    done = publishing.publish(session.node, folder)
    session.answer(printing.plain(done), f"{folder}: {done.size} entries, {done.files} files written.")


@ledger_app.command("timestamp")
def timestamp(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the token too, for `openssl ts -verify -in FILE`.")
    ] = None,
    stamped: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was stamped too, for its `-data FILE`.")
    ] = None,
) -> None:
    """Have the newest checkpoint time-stamped now (administrator)."""
    session = session_of(context)
    row = timestamps.stamp_now(session.node, session.actor)
    for path, content in ((out, row.token), (stamped, row.text.encode())):
        if path is not None:
            with files.new_file(path) as file:
                file.write(content)
    told = _stamp_json(row)
    session.answer(told, printing.pairs({key: value for key, value in told.items() if key != "token"}))


def _stamp_json(row: TimestampRow) -> dict[str, Any]:
    return {
        "size": row.size,
        "at": row.at,
        "authority": row.authority,
        "kept_at": row.kept_at,
        "token": row.token.hex(),
    }


def _key(node: Node) -> notes.VerifierKey:
    return record.log_key(node.config.log_origin, node.unlock().ledger.public.raw)


def _note(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(notes.MAX_NOTE_BYTES + 1)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not a checkpoint: it is no text") from error
