"""The node's log as others may read it: checkpoint and tiles for everybody, a proof for a side of the case.

The hashes of the tree are derived and may rot on the disk. So whatever is handed out was verified against the head of
the log first; when that fails, they are derived anew, once.
"""

from collections.abc import Callable
from typing import TypeVar

from rogatory.errors import NotFound
from rogatory.kernel import ids
from rogatory.ledger import checkpoint, entries, merkle, proofs, tiles
from rogatory.ledger.merkle import BadProof, NodeRows
from rogatory.ledger.proofs import Proof
from rogatory.ledger.tiles import Tile
from rogatory.node.context import Node
from rogatory.ports.record import Head, LedgerDamaged

Found = TypeVar("Found")


class NothingLogged(NotFound):
    """The log is empty so far."""

    code = "nothing-logged"


class NotLogged(NotFound):
    """The log holds nothing of that digest that the asking State may see."""

    code = "not-logged"


def checkpoint_text(node: Node) -> str:
    """The newest signed checkpoint; raises `NothingLogged`."""
    text = node.stores.ledger.checkpoint()
    if text is None:
        raise NothingLogged
    return text


def tile(node: Node, path: str) -> bytes:
    """The bytes of the tile or entry bundle at *path* (C2SP tlog-tiles); raises `BadTilePath` and `OutsideTree`."""
    return tile_bytes(node, tiles.parse_tile_path(path))


def tile_bytes(node: Node, wanted: Tile) -> bytes:
    """The bytes of *wanted*, which the log's head vouches for; raises `OutsideTree` and `LedgerDamaged`."""

    def read(head: Head, nodes: NodeRows) -> bytes:
        size, level = head.edge.size, max(wanted.level, 0)
        width = tiles.tile_width(level, wanted.index, size)
        if wanted.width > width:
            raise merkle.OutsideTree(f"a log of {size} entries has no {wanted.path}")
        first = wanted.index * tiles.WIDTH
        data = nodes.row(level * tiles.HEIGHT, first, width)
        tiles.verify_tile(Tile(level=level, index=wanted.index, width=width), data, head.edge, nodes)
        data = data[: wanted.width * merkle.HASH_BYTES]
        if wanted.level == tiles.ENTRIES:
            found = node.stores.ledger.entries(first, first + wanted.width)
            if b"".join(map(merkle.hash_leaf, found)) != data:
                raise merkle.NotIncluded(f"the entries from {first} on are not those of the tree")
            return tiles.bundle_bytes(found)
        return data

    return _verified(node, read)


def proof(node: Node, digest: str, *, under: str | None = None) -> Proof:
    """The proof that a message, a letter, a custody entry of ours, or a head of a meeting's record stands in the log.

    Raises what `prove` raises, and `NotLogged`.
    """
    stores = node.stores
    carried = stores.messages.get(digest) or stores.letters.get(digest)
    row = carried or stores.exhibits.logged(digest) or stores.conference.head(digest)
    if row is None:
        raise NotLogged
    return prove(node, row.ledger_index, entries.open_entry(row.digest, row.blinding), under=under)


def prove(node: Node, index: int, opening: entries.Opening, *, under: str | None = None) -> Proof:
    """The proof, verified, that entry *index* is what *opening* opens, in the newest checkpoint or the one *under*.

    *under* is a checkpoint of this log, cosigned or not. Raises `NothingLogged`, `WrongOpening` when the row that keeps
    the opening was changed, `NotIncluded` for a checkpoint that this log does not have, and `LedgerDamaged`.
    """
    signed = under or checkpoint_text(node)
    stated = checkpoint.read_checkpoint(signed).checkpoint
    found = node.stores.ledger.entries(index, index + 1)
    if not found or stated.size <= index:
        raise merkle.NotIncluded(f"the checkpoint of {stated.size} entries does not reach the entry {index}")
    entries.verify_opening(found[0], opening)

    def read(head: Head, nodes: NodeRows) -> Proof:
        if stated.size > head.edge.size:
            raise merkle.OutsideTree(f"the log has {head.edge.size} entries, the checkpoint {stated.size}")
        made = proofs.make_proof(index, opening=opening, signed=signed, nodes=nodes)
        merkle.verify_inclusion(opening.leaf_hash, index, stated.size, made.inclusion, stated.root)
        return made

    return _verified(node, read)


def growth(node: Node, old: int, *, under: str | None = None) -> tuple[list[bytes], str]:
    """The consistency proof, verified, from the log of *old* entries to the newest checkpoint or the one *under*.

    Answers that checkpoint too. Raises `NothingLogged`, `OutsideTree` and `LedgerDamaged`.
    """
    signed = under or checkpoint_text(node)
    stated = checkpoint.read_checkpoint(signed).checkpoint

    def read(_: Head, nodes: NodeRows) -> tuple[list[bytes], str]:
        steps = merkle.consistency_proof(old, stated.size, nodes)
        merkle.verify_consistency(old, stated.size, merkle.root(old, nodes), stated.root, steps)
        return steps, signed

    return _verified(node, read)


def proof_for(node: Node, state: str, digest: str) -> Proof:
    """As `proof`, for the other side of the case or of the letter; raises `NotLogged` for anybody else."""
    if state not in _states_of(node, digest):
        raise NotLogged
    return proof(node, digest)


def _states_of(node: Node, digest: str) -> tuple[str, ...]:
    """The two States of the message, of the letter, or of the case of the custody entry, of that *digest*."""
    letter = node.stores.letters.get(digest)
    if letter is not None:
        return letter.sender[:3], letter.receiver[:3]
    message = node.stores.messages.get(digest)
    if message is not None:
        return ids.case_states(message.case)
    entry = node.stores.exhibits.logged(digest)
    row = node.stores.exhibits.get(entry.exhibit) if entry else None
    return ids.case_states(row.case) if row else ()


def _verified(node: Node, read: Callable[[Head, NodeRows], Found]) -> Found:
    """What *read* makes of the tree and verifies; the tree is derived anew once when that fails."""
    store = node.stores.ledger
    try:
        # The head is read first: the tree reaches at least as far.
        return read(store.head(), store.nodes())
    except BadProof:
        try:
            return read(store.head(), store.rebuild())
        except BadProof as error:
            raise LedgerDamaged(f"the log's own hashes do not prove it: {error}") from error
