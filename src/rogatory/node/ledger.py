"""The node's log as others may read it: checkpoint and tiles for everybody, a proof for a side of the case."""

from rogatory.errors import NotFound
from rogatory.kernel import ids
from rogatory.ledger import entries, proofs, tiles
from rogatory.ledger.proofs import Proof
from rogatory.node.context import Node


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
    """The bytes of the tile or entry bundle at *path* (C2SP tlog-tiles); raises `BadTilePath` and `NotFound`."""
    store = node.stores.ledger
    wanted = tiles.parse_tile_path(path)
    size = store.size()
    if wanted.level >= 0:
        return tiles.tile_bytes(wanted, size, store)
    start = wanted.index * tiles.WIDTH
    return tiles.bundle_bytes(store.entries(start, min(start + wanted.width, size)))


def proof(node: Node, digest: str) -> Proof:
    """The proof that the message *digest* stands in the log under its newest checkpoint; raises `NotLogged`."""
    row = node.stores.messages.get(digest)
    if row is None:
        raise NotLogged
    opening = entries.open_entry(row.digest, row.blinding)
    return proofs.make_proof(row.ledger_index, opening=opening, signed=checkpoint_text(node), nodes=node.stores.ledger)


def proof_for(node: Node, state: str, digest: str) -> Proof:
    """As `proof`, for the other side of the case; raises `NotLogged` for anybody else."""
    row = node.stores.messages.get(digest)
    if row is None or state not in ids.case_states(row.case):
        raise NotLogged
    return proof(node, digest)
