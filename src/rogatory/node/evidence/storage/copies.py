"""The second store: every blob of every exhibit that is kept is copied there, and goes from there with its exhibit.

The queue is the exhibits of which a blob has no row yet. What was copied is verified against the signed manifest as
the second store gives it back, and a row stands only for a copy that was right.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass

from rogatory.errors import BadInput, NotFound, RogatoryError, Unavailable
from rogatory.evidence import opener
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import stored
from rogatory.ports.blobs import BlobDamaged, Blobs
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.stores import AlreadyHeld

COPY_BYTES = 4 * 1024 * 1024
AT_ONCE = 100


class NoSecondStore(BadInput):
    """This node has no second store."""

    code = "no-second-store"
    remedy = "Name one in node.toml, under [blobs.second]."


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What copying did: *copied* blobs, *failed* exhibits by id with the reason, *waiting* exhibits after it."""

    copied: int
    failed: dict[str, str]
    waiting: int


def copy_due(node: Node, *, skip: Container[str] = (), pace: Callable[[int], None] = lambda _: None) -> Copied:
    """Copy what the second store lacks, but of exhibits in *skip*, and destroy there what is kept no more.

    *pace* is called with the bytes copied. Raises `NoSecondStore`, and `Unavailable` when a store is out of reach.
    """
    if node.second is None:
        raise NoSecondStore
    _let_go(node, node.second)
    copied, failed, after = 0, {}, ""
    while some := node.stores.scrubs.uncopied(after, AT_ONCE):
        for exhibit in (one for one in some if one not in skip):
            try:
                copied += _copy(node, node.second, exhibits.get(node, exhibit), pace)
            except (NotFound, BlobDamaged, opener.WrongSealedBytes) as error:
                failed[exhibit] = f"{error.message} ({error.code})"
        after = some[-1]
    return Copied(copied=copied, failed=failed, waiting=waiting(node))


def waiting(node: Node) -> int:
    """How many exhibits are not wholly in the second store; 0 when there is none."""
    return node.stores.scrubs.uncopied_count() if node.second is not None else 0


def _copy(node: Node, second: Blobs, row: ExhibitRow, pace: Callable[[int], None]) -> int:
    count = 0
    for name in stored.blob_names(row):
        if not second.exists(name):
            _copy_blob(node, second, name, pace)
        if _is_right(node, second, row, name):
            with node.stores.atomic():
                node.stores.scrubs.add_copy(name, row.id, node.clock.now())
            count += 1
        else:
            second.shred(name)
            raise BlobDamaged(f"the copy of {name} is not what was sealed")
    # The order to destroy it may have come while it was copied: then its original is gone by now, or finds the copy.
    if not stored.is_kept(node, row.id):
        for name in stored.blob_names(row):
            second.shred(name)
    return count


def _copy_blob(node: Node, second: Blobs, name: str, pace: Callable[[int], None]) -> None:
    with node.blobs.open(name) as source:
        try:
            writer = second.create(name)
        except AlreadyHeld:
            return
        try:
            while data := source.read(COPY_BYTES):
                writer.file.write(data)
                pace(len(data))
            writer.commit()
        finally:
            writer.abort()


def _is_right(node: Node, second: Blobs, row: ExhibitRow, name: str) -> bool:
    cut = exhibits.manifest_of(row).parts
    try:
        if name == row.sealed_blob:
            with second.open_afresh(name) as sealed:
                opener.verify_sealed(sealed, cut)
        elif name == row.parts_list:
            return stored.part_list(second, row)[0] is not None
    except Unavailable as error:
        if not isinstance(error, BlobDamaged):
            raise
        return False
    except RogatoryError:
        return False
    return name in (row.sealed_blob, row.parts_list) or _content(second, name) == _content(node.blobs, name)


def _content(store: Blobs, name: str) -> bytes:
    with store.open_afresh(name) as file:
        return file.read()


def _let_go(node: Node, second: Blobs) -> None:
    """Destroy the copies of what is kept no more; an order that was stopped half-way left them."""
    while names := node.stores.scrubs.copies_beyond(AT_ONCE):
        for name in names:
            second.shred(name)
            with node.stores.atomic():
                node.stores.scrubs.forget_copy(name)
