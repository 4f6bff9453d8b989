"""Exhibits as rows: found by their id, with their manifest, and the names of the blobs that hold their bytes.

An exhibit of ours is `sealed`, then `sending` once its delivery message has left, then `sent`, then `received` when
the other side's custody receipt arrives. One of theirs is `receiving`, then `complete` when every part is here, then
`received` once we have verified the whole and receipted it. Either is `destroying` from the order to destroy it until
its bytes are gone, then `destroyed`; one of theirs that was given back is `returned`, here and there.
"""

from rogatory.casefile.messages import Person
from rogatory.errors import NotFound, NotPermitted, Untrusted
from rogatory.evidence import manifest
from rogatory.evidence.manifest import Manifest
from rogatory.node.context import Node
from rogatory.ports.evidence import ExhibitRow

#: In whose name an entry is signed that the node makes by itself.
MACHINE = Person(name="Rogatory", role="custodian")

#: States in which the bytes are not here any more, or about to go.
GONE = frozenset({"destroying", "destroyed", "returned"})


class NoSuchExhibit(NotFound):
    """There is no such exhibit here."""

    code = "no-such-exhibit"


class NotInThatState(NotPermitted):
    """The exhibit is not in a state that allows this."""

    code = "exhibit-not-in-state"


class NotAddressed(NotPermitted):
    """The exhibit was sealed to another authority."""

    code = "exhibit-not-addressed"


class WrongManifest(Untrusted):
    """The manifest speaks of another exhibit, case, request or receiver than the delivery that carries it."""

    code = "wrong-manifest"


def get(node: Node, id: str) -> ExhibitRow:
    """The exhibit *id*; raises `NoSuchExhibit`."""
    row = node.stores.exhibits.get(id)
    if row is None:
        raise NoSuchExhibit(f"there is no exhibit {id} here")
    return row


def manifest_of(row: ExhibitRow) -> Manifest:
    """The manifest of an exhibit that is kept here; it was verified before it was kept."""
    return manifest.read_manifest(row.manifest.encode()).unverified_manifest


def keep_part_list(node: Node, id: str, part_digests: bytes) -> str:
    """The name of the blob that now holds the digests of the parts of exhibit *id*; raises `StorageFull`."""
    name = blob_name(id, "parts")
    if not node.blobs.exists(name):
        writer = node.blobs.create(name)
        try:
            writer.file.write(part_digests)
            writer.commit()
        finally:
            writer.abort()
    return name


def shred(node: Node, row: ExhibitRow) -> None:
    """Shred every byte that is held of an exhibit, the sealed file first. Doing it again changes nothing."""
    folder = blob_name(row.id, "").rstrip("/")
    held = {*node.blobs.names(folder), *node.blobs.unfinished_names(folder)} - {row.sealed_blob}
    for name in (row.sealed_blob, *sorted(held)):
        node.blobs.shred(name)


def blob_name(exhibit: str, name: str = "sealed.age") -> str:
    """The name of the blob that holds the sealed file of *exhibit*, or another of its files."""
    return f"exhibits/{exhibit}/{name}"
