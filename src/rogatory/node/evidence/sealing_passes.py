"""One pass over what is being sealed: begun, or taken up at the last milestone of a pass that stopped.

Rules in words. The sealed file grows as an unfinished blob, and the list of its parts as another. At a milestone both
are durable before the row says so. The key of the sealed file is kept in the row only as an age file to our own
authority. Whoever begins a pass takes the sealing over; an earlier pass that is still alive stops at its next
milestone. When the end is reached, what was found stands in the row before the blobs become whole: from there on
nothing needs to be read again.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Protocol, runtime_checkable

from rogatory.errors import NotFound, NotPermitted
from rogatory.evidence import milestones, sealer
from rogatory.evidence.manifest import Contents
from rogatory.evidence.milestones import MILESTONE_BYTES, Journal, Milestone, Stopped
from rogatory.evidence.parts import DIGEST_BYTES, PART_BYTES, Parts
from rogatory.evidence.sealer import Progress, Sealed
from rogatory.kernel import canonical
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.blobs import BlobAppender
from rogatory.ports.sealings import SealingRow
from rogatory.sealing import age


class NoSuchSealing(NotFound):
    """There is no such sealing under way here."""

    code = "no-such-sealing"
    remedy = "rogatory exhibit list CASE shows the sealings under way; one that has ended is an exhibit."


class TakenOver(NotPermitted):
    """Somebody else has taken this sealing up, or abandoned it, meanwhile."""

    code = "sealing-taken-over"
    remedy = "Let the other one end; rogatory exhibit list CASE shows how far it is."


@runtime_checkable
class DividedSource(Protocol):
    """A source that describes its own pieces, for which it is told the payload key."""

    def begin(self, payload_key: bytes) -> BinaryIO:
        """The bytes that are sealed."""

    def contents(self) -> Contents:
        """What the manifest states of the pieces; known once the bytes have been read to their end."""


Source = BinaryIO | DividedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is taken of the plaintext beside its SHA-256: see `sealer.seal`."""

    digests: tuple[str, ...] = ()
    expected: Mapping[str, str]
    block: int = 0


def get(node: Node, id: str) -> SealingRow:
    """The sealing *id*; raises `NoSuchSealing`."""
    row = node.stores.sealings.get(id)
    if row is None:
        raise NoSuchSealing(f"there is no sealing {id} under way here")
    return row


def require_ours(node: Node, row: SealingRow) -> SealingRow:
    """The latest form of *row*; raises `TakenOver` unless the pass that has *row* may still write it."""
    latest = node.stores.sealings.get(row.id)
    if latest is None or latest.run != row.run:
        raise TakenOver
    return latest


def run(
    node: Node,
    row: SealingRow,
    source: Source,
    wanted: Wanted,
    *,
    every: int = MILESTONE_BYTES,
    progress: Progress | None = None,
) -> SealingRow:
    """*row* after *source* was read to its end and sealed: it holds what was found, and the blobs are durable.

    Raises as `sealer.seal` does, `TakenOver`, `StorageFull`.
    """
    row, begun, stopped = _claim(node, row)
    stream = source.begin(begun.payload_key) if isinstance(source, DividedSource) else source
    milestone = stopped.milestone if stopped else None
    sealed_file = node.blobs.append(exhibits.blob_name(row.id), milestone.written if milestone else 0)
    try:
        listing = node.blobs.append(_list_name(row.id), milestone.parts * DIGEST_BYTES if milestone else 0)
        try:
            notes = _Notes(node, row, listing)
            found = sealer.seal(
                stream,
                sealed_file.file,
                begun=begun,
                digests=wanted.digests,
                expected=wanted.expected,
                blocks=wanted.block,
                journal=Journal(sync=sealed_file.sync, note=notes.note, every=every),
                stopped=stopped,
                progress=progress,
            )
            listing.file.write(found.part_digests[notes.parts * DIGEST_BYTES :])
            listing.sync()
        finally:
            listing.close()
        sealed_file.sync()
    finally:
        sealed_file.close()
    contents = source.contents() if isinstance(source, DividedSource) else found.contents
    return _change(node, row, outcome=_outcome(found, contents))


def found_by(row: SealingRow) -> Sealed:
    """What the finished pass of *row* has found; its part list is in its blob."""
    said: dict[str, Any] = dict(row.outcome or {})
    contents = Contents(**said.pop("contents")) if said["contents"] else None
    return Sealed(parts=Parts(**said.pop("parts")), contents=contents, part_digests=b"", **_without(said, "contents"))


def finish_blobs(node: Node, id: str) -> str:
    """Make the sealed file and its part list blobs, and name the list; doing it again changes nothing."""
    node.blobs.finish(exhibits.blob_name(id))
    node.blobs.finish(_list_name(id))
    return _list_name(id)


def shred(node: Node, id: str) -> None:
    """Destroy what a sealing has written."""
    for name in (exhibits.blob_name(id), _list_name(id)):
        node.blobs.shred(name)


def renew_secrets(node: Node, authority: str) -> int:
    """How many sealings under way have had their key sealed again, to the newest key of *authority*."""
    keys = node.unlock().identities()[authority]
    count = 0
    for row in node.stores.sealings.of_authority(authority):
        if row.secret:
            plain = age.open_sealed(b64decode(row.secret), keys)
            _change(node, row, secret=_sealed_to_us(node, authority, plain))
            count += 1
    return count


class _Notes:
    """Keeps the milestones of one pass."""

    def __init__(self, node: Node, row: SealingRow, listing: BlobAppender) -> None:
        self._node, self._row, self._listing = node, row, listing
        self.parts: int = (row.milestone or {}).get("parts", 0)

    def note(self, milestone: Milestone, part_digests: bytes) -> None:
        self._listing.file.write(part_digests)
        self._listing.sync()
        said = {
            "plain": milestone.plain,
            "sha256": milestone.sha256,
            "written": milestone.written,
            "tail": b64encode(milestone.tail).decode(),
            "parts": milestone.parts,
        }
        _change(self._node, self._row, milestone=said)
        self.parts = milestone.parts


def _claim(node: Node, row: SealingRow) -> tuple[SealingRow, age.SealedHeader, Stopped | None]:
    """The row as ours to write, the beginning of its sealed file, and the pass that is taken up, if there is one."""
    begun, stopped, secret = None, None, row.secret
    if row.milestone is not None:
        begun = _opened(node, row)
        stopped = _stopped(node, row, begun)
    if begun is None or stopped is None:
        # Nothing is there to go on from: another file, with another key.
        begun = age.new_header(list(row.recipients), node.random)
        said = {"prefix": b64encode(begun.prefix).decode(), "payload_key": b64encode(begun.payload_key).decode()}
        secret = _sealed_to_us(node, row.authority, canonical.dumps(said))
    kept = row.milestone if stopped else None
    with node.stores.atomic():
        latest = get(node, row.id)
        ours = replace(latest, run=node.random(16).hex(), secret=secret, milestone=kept, changed_at=node.clock.now())
        node.stores.sealings.put(ours)
    return ours, begun, stopped


def _stopped(node: Node, row: SealingRow, begun: age.SealedHeader) -> Stopped | None:
    said = dict(row.milestone or {})
    milestone = Milestone(**{**said, "tail": b64decode(said["tail"])})
    try:
        with node.blobs.open_unfinished(_list_name(row.id)) as listing:
            part_digests = listing.read(milestone.parts * DIGEST_BYTES)
        with node.blobs.open_unfinished(exhibits.blob_name(row.id)) as kept:
            return milestones.stopped(
                kept, milestone, part_digests=part_digests, part_size=PART_BYTES, payload_key=begun.payload_key
            )
    except NotFound:
        return None


def _opened(node: Node, row: SealingRow) -> age.SealedHeader:
    plain = age.open_sealed(b64decode(row.secret), node.unlock().identities()[row.authority])
    said = canonical.loads_object(plain)
    prefix, payload_key = b64decode(str(said["prefix"])), b64decode(str(said["payload_key"]))
    cut = len(prefix) - age.NONCE_SIZE
    return age.SealedHeader(header=prefix[:cut], nonce=prefix[cut:], payload_key=payload_key)


def _sealed_to_us(node: Node, authority: str, plain: bytes) -> str:
    present = node.unlock().authority(authority).encryption[-1].identity.recipient
    return b64encode(age.seal(plain, [present], node.random)).decode()


def _change(node: Node, row: SealingRow, **changes: Any) -> SealingRow:
    """*row* with *changes*, kept; raises `TakenOver` unless it is still ours to write."""
    with node.stores.atomic():
        latest = require_ours(node, row)
        changed = replace(latest, **changes, changed_at=node.clock.now())
        node.stores.sealings.put(changed)
    return changed


def _outcome(found: Sealed, contents: Contents | None) -> dict[str, Any]:
    cut = found.parts
    return {
        "sha256": found.sha256,
        "size": found.size,
        "digests": dict(found.digests),
        "parts": {"total": cut.total, "size": cut.size, "count": cut.count, "root": cut.root},
        "contents": _members(contents) if contents else None,
    }


def _members(contents: Contents) -> dict[str, Any]:
    return {"kind": contents.kind, "count": contents.count, "root": contents.root, "block": contents.block}


def _without(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def _list_name(id: str) -> str:
    return exhibits.blob_name(id, "parts")
