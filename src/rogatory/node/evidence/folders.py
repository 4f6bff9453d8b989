"""Opening an exhibit that is a folder: unpacked as it is opened, every member verified, its origin told.

Rules in words. It is opened as every exhibit is, for a purpose that goes into the custody. What comes out goes to
whoever unpacks it, member by member; but only when the whole was verified (the plaintext, the listing, the tree over
the members, and for an extract the paper on its origin) does this return, and only then may the folder be shown.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO, cast

from rogatory.errors import BadInput
from rogatory.evidence import opener, provenance
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.reader import ArchiveReader, Taker
from rogatory.evidence.contents import verify_contents
from rogatory.evidence.manifest import Manifest
from rogatory.evidence.provenance import Origin, Witnessing
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, headers, opening
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import age

#: How large the files of an archive may be together, unless more is allowed: so many times the archive, and a gibibyte.
TIMES_THE_ARCHIVE = 16
ROOM = 1024**3


class NotAFolder(BadInput):
    """The exhibit is one file, not a folder."""

    code = "not-a-folder"
    remedy = "Open it into a file: --out FILE."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFolder:
    """The manifest of an exhibit that was unpacked, how many members it has, and where an extract comes from."""

    manifest: Manifest
    members: int
    origin: Origin | None


def open_folder(
    node: Node,
    actor: Actor,
    id: str,
    taker: Taker,
    *,
    purpose: str,
    at_most: int | None = None,
    progress: opening.Progress | None = None,
) -> OpenedFolder:
    """What exhibit *id* was found to be, while *taker* got its members; the opening is recorded in custody.

    *at_most* limits the bytes of all files together, holes included. Raises as `opening.open_exhibit`, `NotAFolder`,
    and as `ArchiveReader` and `provenance.verify` do.
    """
    row = opening.openable(node, actor, id, purpose=purpose)
    seen = Witnessing(taker)
    reader = read_archive(node, actor, row, seen, at_most=at_most, progress=progress)
    found = exhibits.manifest_of(row)
    origin = None
    if found.derived is not None and found.derived.act == "extracted":
        origin = provenance.verify(seen, found, partners.ring_with_us(node))
    opening.record_opening(node, actor, id, purpose=purpose)
    return OpenedFolder(manifest=found, members=reader, origin=origin)


def read_archive(
    node: Node,
    actor: Actor,
    row: ExhibitRow,
    taker: Taker,
    *,
    at_most: int | None = None,
    progress: opening.Progress | None = None,
) -> int:
    """How many members the folder has that exhibit *row* is, after all of it was verified; not recorded yet."""
    found = exhibits.manifest_of(row)
    is_folder = found.contents.kind == "files" if found.contents else found.media_type == layout.MEDIA_TYPE
    if not is_folder:
        raise NotAFolder(f"exhibit {row.id} is the file {found.name}")
    limit = found.size * TIMES_THE_ARCHIVE + ROOM if at_most is None else at_most
    reader = ArchiveReader(taker, payload_key=payload_key(node, actor, row), at_most=limit)
    opening.decrypt(node, actor, row, cast("BinaryIO", reader), progress=progress)
    contents = reader.finish()
    # A folder that was forwarded as a whole is sealed anew without a tree: its bytes are verified all the same.
    if found.contents is not None:
        verify_contents(contents, found.contents)
    return contents.count


def payload_key(node: Node, actor: Actor, row: ExhibitRow) -> bytes:
    """The payload key of the sealed file; 32 bytes. Raises `AgeFailure`."""
    identities = node.unlock().identities()[actor.authority]
    with node.blobs.open(row.sealed_blob) as sealed:
        prefix = io.BytesIO(sealed.read(opener.MAX_PREFIX))
    opened = age.open_header(prefix, identities, limit=opener.MAX_PREFIX, instead=headers.header_of(node, row))
    return opened.payload_key
