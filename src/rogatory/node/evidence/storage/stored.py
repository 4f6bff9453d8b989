"""What is stored of an exhibit, held against its signed manifest: the part list, the parts, the header beside them.

Nothing is trusted but the manifest. The part list must have its root, each part the digest of the list. A part that
cannot be read counts as changed: the disk may still give it another time, and mending writes it anew.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from rogatory.errors import NotFound, RogatoryError
from rogatory.evidence import parts
from rogatory.evidence.parts import DIGEST_BYTES, Parts
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.blobs import BlobDamaged, Blobs
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.scrub import KEPT, KEPT_OURS


def blob_names(row: ExhibitRow) -> tuple[str, ...]:
    """The names of all blobs of an exhibit."""
    return tuple(name for name in (row.sealed_blob, row.parts_list, row.header_blob) if name)


def is_kept(node: Node, id: str) -> bool:
    """Whether the bytes of exhibit *id* are to be kept, as of now: somebody may have ordered them away meanwhile."""
    row = node.stores.exhibits.get(id)
    return row is not None and keeps(row)


def keeps(row: ExhibitRow) -> bool:
    """Whether the whole sealed file of the exhibit is to be kept here."""
    return row.state in (KEPT_OURS if row.ours else KEPT)


def is_gone(row: ExhibitRow) -> bool:
    """Whether the bytes of the exhibit were ordered away, or are on their way out."""
    return row.state in exhibits.GONE and not keeps(row)


def part_list(store: Blobs, row: ExhibitRow) -> tuple[bytes | None, str]:
    """The part list that *store* holds, verified, and nothing; or None, and what is wrong with it."""
    cut = exhibits.manifest_of(row).parts
    try:
        with store.open_afresh(row.parts_list) as file:
            data = file.read(cut.count * DIGEST_BYTES + 1)
        parts.verify_part_list(cut, data)
    except NotFound:
        return None, "missing"
    except BlobDamaged:
        return None, "changed"
    except RogatoryError as error:
        if isinstance(error, parts.WrongPartList):
            return None, "short" if len(data) < cut.count * DIGEST_BYTES else "changed"
        raise
    return data, ""


def list_of_file(store: Blobs, row: ExhibitRow) -> bytes | None:
    """The part list made again from the sealed file that *store* holds, when the file is whole; else None."""
    cut = exhibits.manifest_of(row).parts
    hasher = parts.PartHasher(cut.size)
    try:
        with store.open_afresh(row.sealed_blob) as sealed:
            while (data := sealed.read(cut.size)) and hasher.total <= cut.total:
                hasher.update(data)
    except (NotFound, BlobDamaged, OSError):
        return None
    digests = hasher.finish()
    return digests if hasher.total == cut.total and parts.parts_root(digests) == cut.root else None


def judge(store: Blobs, row: ExhibitRow, digests: bytes, start: int = 0) -> Iterator[tuple[int, int, str]]:
    """For each part from *start*: its number, how many bytes of it were read, and what is wrong with it (or nothing).

    Raises `NotFound` when there is no sealed file.
    """
    cut = exhibits.manifest_of(row).parts
    with store.open_afresh(row.sealed_blob) as sealed:
        for number in range(start, cut.count):
            data, wrong = read_part(sealed, cut, digests, number)
            if not wrong and number == cut.count - 1 and store.size(row.sealed_blob) > cut.total:
                wrong = "changed"  # something was added behind the end
            yield number, len(data), wrong


def read_part(sealed: BinaryIO, cut: Parts, digests: bytes, number: int) -> tuple[bytes, str]:
    """Part *number* of the open file *sealed*, and what is wrong with it: `short`, `changed`, or nothing."""
    length = cut.length(number)
    try:
        sealed.seek(number * cut.size)
        data = sealed.read(length)
    except (BlobDamaged, OSError):
        return b"", "changed"
    if len(data) < length:
        return data, "short"
    said = digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]
    return data, "" if hashlib.sha256(data).digest() == said else "changed"
