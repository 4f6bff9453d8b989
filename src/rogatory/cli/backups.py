"""`rogatory backup` and `rogatory restore`: a whole node in a folder, and a node made anew from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import printing
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput, Unavailable, Untrusted
from rogatory.node import people, returning
from rogatory.node.returning import Known

BackupFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the backup.")]

_ANSWERS = {
    returning.SAME: "knows our ledger as it is here",
    returning.LESS: "knows an earlier state of it",
    returning.MORE: "KNOWS MORE ENTRIES THAN ARE HERE",
    returning.OTHER: "KNOWS ANOTHER LEDGER UNDER OUR NAME",
    returning.NOTHING: "knows nothing of it",
    returning.SILENT: "did not say",
}


class RottenNotCopied(Unavailable):
    """Some evidence is rotten, and was not taken into the backup."""

    code = "rotten-not-copied"
    remedy = "Run: rogatory scrub. Then back up again; everything else is in the backup."


class LedgerBehind(Untrusted):
    """Partners know more of this node's ledger than the node does: it was restored from the past."""

    code = "ledger-behind"
    remedy = (
        "Stop the node. Restore a newer backup or use the old disk. If there is none, tell every partner by telephone "
        "before it goes on: docs/how-to/back-up.md says how."
    )


def backup(
    context: typer.Context,
    folder: BackupFolder,
    *,
    check: Annotated[bool, typer.Option("--check", help="Read the backup and find out whether it is whole.")] = False,
) -> None:
    """Back this node up into a folder; it may be running (administrator).

    Blobs that the folder holds already are not copied again. The passphrase is not in it: keep that elsewhere.
    """
    session = session_of(context)
    if check:
        with progress_of(session, "checking", None) as progress:
            found = session.services.check_backup(folder, progress)
        session.answer(found, f"The backup of {found['state']} of {found['made_at']} is whole: {found['files']} files.")
        return
    people.require(session.actor, "administrator")
    with progress_of(session, "backing up", None) as progress:
        made = session.services.back_up(folder, session.actor, progress)
    session.answer(
        made,
        f"{folder}: backup {made['number']}, {made['copied']} blobs copied ({made['bytes']} bytes), "
        f"{made['kept']} there already, {made['destroyed']} destroyed there as they were here.",
    )
    if made["rotten"]:
        if session.as_json:
            raise typer.Exit(6)
        raise RottenNotCopied(f"not in the backup: {', '.join(made['rotten'])}")


def restore(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of the backup.")] = None,
    *,
    compare: Annotated[
        bool, typer.Option("--compare", help="Ask partners what they know of the ledger of the restored node.")
    ] = False,
) -> None:
    """Make a node from a backup, in the fresh folder that --data names. Everything is verified first.

    A restored node is one of the past. Ask its partners, before it is served, with --compare (administrator).
    """
    session = session_of(context)
    if compare:
        _compare(session)
        return
    if folder is None:
        raise BadInput("name the folder of the backup")
    with progress_of(session, "verifying", None) as progress:
        made = session.services.restore_backup(folder, progress)
    told = f"rogatory --data {session.services.data} --as NAME restore --compare"
    session.answer(
        {**made, "folder": str(session.services.data), "next": told},
        f"The node of {made['state']} is in {session.services.data}, as it was at {made['made_at']}.",
        f"It is a node of the past. Before it is served, ask its partners whether they know more: {told}",
    )


def _compare(session: Session) -> None:
    found = returning.ask(session.node, session.actor)
    rows = [(one.state, _ANSWERS[one.answer], one.ours, one.theirs, one.reason) for one in found]
    confirmed = returning.is_confirmed(found)
    if confirmed:
        session.services.confirm_restored()
    session.answer(
        {
            "partners": [printing.plain(one) for one in found],
            "behind": returning.is_behind(found),
            "confirmed": confirmed,
        },
        printing.table(("State", "says", "entries here", "entries there", "reason"), rows, title="partners"),
        _conclusion(found, confirmed=confirmed),
    )
    if returning.is_behind(found):
        if session.as_json:
            raise typer.Exit(5)
        raise LedgerBehind


def _conclusion(found: Sequence[Known], *, confirmed: bool) -> str:
    if confirmed:
        return "No partner knows more of the ledger than is here."
    if returning.is_behind(found):
        return ""
    return "No partner could say; ask again when one answers."


def warn_restored(session: Session) -> None:
    """Say loudly, on standard error, that this node was restored and nobody has been asked since."""
    told = session.services.restored()
    if told:
        printing.console(errors=True).print(
            printing.text(
                f"THIS NODE WAS RESTORED from a backup of {told.get('made_at')}. What was sent and received after that "
                "is missing here, and its ledger may be shorter than its partners know. Before it takes a step, ask: "
                f"rogatory --data {session.services.data} --as NAME restore --compare",
                "bold",
            ),
            soft_wrap=True,
        )
