"""`rogatory exhibit open --into`: an exhibit that is a folder, unpacked as it is opened."""

from pathlib import Path

from rich.console import Group

from rogatory.cli import printing
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session
from rogatory.node.evidence import exhibits, folders
from rogatory.stores.unpacking import NewFolder


def open_into(session: Session, id: str, into: Path, *, purpose: str, at_most: int | None) -> None:
    """Open the exhibit *id* into the fresh folder *into*, and say what it is."""
    size = exhibits.manifest_of(exhibits.get(session.node, id)).parts.total
    with NewFolder(into) as folder:
        with progress_of(session, "opening", size) as progress:
            found = folders.open_folder(
                session.node, session.actor, id, folder, purpose=purpose, at_most=at_most, progress=progress
            )
        folder.commit()
    origin = found.origin.sentences() if found.origin else ()
    answer = {
        "exhibit": id,
        "folder": str(into),
        "sha256": found.manifest.sha256,
        "size": found.manifest.size,
        "members": found.members,
        "not_made": folder.not_made,
        "origin": [words.to_json() for words in origin],
    }
    said = [words.get(session.lang) for words in origin]
    said += [f"not made: {what}" for what in folder.not_made]
    said += [f"not made: {folder.untold} more"] if folder.untold else []
    session.answer(
        answer,
        f"{into}: {found.members} members, as they were sealed.",
        Group(*said, printing.pairs({"SHA-256 of the archive": found.manifest.sha256})),
    )
