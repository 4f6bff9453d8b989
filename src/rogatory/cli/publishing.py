"""The log as static files for any web server or cache (C2SP tlog-tiles).

Rules in words. Every file is written under another name, made durable, and renamed; the checkpoint comes last, so
whoever reads it finds all that it speaks of. What the folder shows already is the measure: the log must continue its
checkpoint, or nothing is written. A full tile makes its partial ones superfluous, and they go.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from rogatory.cli import files, setting
from rogatory.ledger import checkpoint, merkle, notes, tiles
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.tiles import Tile
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.ledger import proving


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many entries the folder shows now, how many it showed before, and how many files were written."""

    size: int
    before: int
    files: int


def publish(node: Node, folder: Path) -> Published:
    """Bring *folder* up to the newest checkpoint.

    Raises `NothingLogged`, and `OtherLog`, `LogShrank` or `NotConsistent` when the log does not continue what is there.
    """
    text = proving.checkpoint_text(node)
    key = record.log_key(node.config.log_origin, node.unlock().ledger.public.raw)
    now, before = checkpoint.verify_checkpoint(text, key), _shown(folder, key)
    if now.size >= before.size:
        steps, _ = proving.growth(node, before.size, under=text)
    else:
        steps = []
    checkpoint.verify_growth(before, now, steps)
    written = [one for one in tiles.new_tiles(before.size, now.size) if _write(node, folder, one)]
    if before != now or not (folder / "checkpoint").exists():
        folder.mkdir(parents=True, exist_ok=True)
        files.write_over(folder / "checkpoint", text.encode())
    for one in written:
        if one.width == tiles.WIDTH:
            shutil.rmtree(folder / f"{one.path}.p", ignore_errors=True)
    return Published(size=now.size, before=before.size, files=len(written))


def _shown(folder: Path, key: notes.VerifierKey) -> Checkpoint:
    """The checkpoint that the folder shows; that of an empty log when it shows none."""
    path = folder / "checkpoint"
    if not path.exists():
        return Checkpoint(origin=key.name, size=0, root=merkle.EMPTY_ROOT)
    with path.open("rb") as file:
        return checkpoint.verify_checkpoint(file.read(notes.MAX_NOTE_BYTES + 1), key)


def _write(node: Node, folder: Path, tile: Tile) -> bool:
    """Whether *tile* had to be written."""
    path, data = folder / tile.path, proving.tile_bytes(node, tile)
    if path.exists() and path.read_bytes() == data:
        return False
    missing = [parent for parent in (path.parent, *path.parent.parents) if not parent.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_over(path, data)
    for parent in missing:
        setting.sync_folder(parent.parent)
    return True
