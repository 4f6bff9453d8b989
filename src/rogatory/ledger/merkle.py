"""The Merkle tree of RFC 9162 (the same as RFC 6962): hashes, growth, and proofs.

Rules in words. A leaf is hashed as SHA-256(0x00 || data), a pair as SHA-256(0x01 || left || right); the two prefixes
keep a leaf from ever passing for a pair. The node (level, index) is the hash of the complete subtree over the leaves
`index * 2**level` up to, and without, `(index + 1) * 2**level`. A complete subtree never changes again, so a store
only ever adds nodes; everything else (the root, any proof) is hashed from O(log n) of them. To grow, a tree needs only
its edge: the complete subtrees that it is made of, one for each bit of its size. This file keeps no nodes itself: a
list, files or tiles serve them through `Nodes`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rogatory.errors import BadInput, Untrusted

HASH_BYTES = 32
MAX_SIZE = 2**63 - 1
EMPTY_ROOT = hashlib.sha256(b"").digest()

#: (level, index, hash) of one complete subtree.
Node = tuple[int, int, bytes]


class OutsideTree(BadInput):
    """No tree has such a size or place."""

    code = "outside-tree"


class BadProof(Untrusted):
    """The proof does not hold."""

    code = "bad-proof"


class NotIncluded(BadProof):
    """The proof does not show that the entry stands in the tree."""

    code = "not-included"


class NotConsistent(BadProof):
    """The proof does not show that the later tree begins with the earlier one."""

    code = "not-consistent"


class Nodes(Protocol):
    """Whatever serves the stored hashes of complete subtrees."""

    def get(self, level: int, index: int) -> bytes:
        """The 32-byte hash of the complete subtree (*level*, *index*); the caller only asks for what was appended."""
        ...


class NodeRows(Nodes, Protocol):
    """Whatever serves them many at a time too."""

    def row(self, level: int, start: int, count: int) -> bytes:
        """The hashes of *count* nodes of *level* from index *start* on, 32 bytes each; fewer when some are missing."""
        ...


def hash_leaf(data: bytes) -> bytes:
    """The 32-byte leaf hash of *data* (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def hash_pair(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of the subtree over *left* and *right* (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the tree of the first *size* leaves, read from at most log2(size) nodes."""
    _require_size(size)
    return _range_hash(0, size, nodes) if size else EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Edge:
    """A tree of *size* leaves as far as growing needs it: the hashes of its complete subtrees, the largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        wrong = not 0 <= self.size <= MAX_SIZE or len(self.hashes) != self.size.bit_count()
        if wrong or not {HASH_BYTES}.issuperset(map(len, self.hashes)):
            raise OutsideTree(
                f"the edge of {self.size} leaves has {self.size.bit_count()} hashes of {HASH_BYTES} bytes"
            )

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT

    @property
    def levels(self) -> list[int]:
        """The level of each of its hashes."""
        return [level for level in range(self.size.bit_length() - 1, -1, -1) if self.size >> level & 1]

    def nodes(self) -> Iterator[Node]:
        """Its hashes as nodes of the tree."""
        for level, found in zip(self.levels, self.hashes, strict=True):
            yield level, (self.size >> level) - 1, found


EMPTY = Edge()


def read_edge(size: int, data: bytes) -> Edge:
    """The edge of *size* leaves whose hashes stand in *data*, one after another; raises `OutsideTree`."""
    return Edge(size, tuple(data[place : place + HASH_BYTES] for place in range(0, len(data), HASH_BYTES)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What an append made: the new edge, and by level the new complete subtrees from index `start >> level` on."""

    start: int
    edge: Edge
    rows: tuple[list[bytes], ...]

    def nodes(self) -> Iterator[Node]:
        """The new complete subtrees, by level."""
        for level, row in enumerate(self.rows):
            for index, found in enumerate(row, self.start >> level):
                yield level, index, found


def append(edge: Edge, leaf_hashes: Sequence[bytes]) -> Growth:
    """The growth of a tree from *edge* by *leaf_hashes*; raises `OutsideTree`."""
    size = edge.size + len(leaf_hashes)
    _require_size(size)
    if not {HASH_BYTES}.issuperset(map(len, leaf_hashes)):
        raise OutsideTree(f"a leaf hash has {HASH_BYTES} bytes")
    old = dict(zip(edge.levels, edge.hashes, strict=True))
    rows: list[list[bytes]] = []
    start, row = edge.size, list(leaf_hashes)
    sha256 = hashlib.sha256
    while row:
        rows.append(row)
        if start & 1:
            row = [old[len(rows) - 1], *row]
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(row[0::2], row[1::2], strict=False)]
        start >>= 1
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
    hashes = tuple(rows[level][-1] if level < len(rows) else old[level] for level in levels)
    return Growth(start=edge.size, edge=Edge(size, hashes), rows=tuple(rows))


def edge_of(size: int, nodes: Nodes) -> Edge:
    """The edge of the first *size* leaves of the tree that *nodes* serves."""
    _require_size(size)
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
    return Edge(size, tuple(nodes.get(level, (size >> level) - 1) for level in levels))


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that lead from leaf *index* to the root of the tree of *size* leaves (RFC 9162, 2.1.3.1)."""
    _require_size(size)
    if not 0 <= index < size:
        raise OutsideTree(f"a tree of {size} entries has no entry {index}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, nodes))
            end = middle
        else:
            proof.append(_range_hash(start, middle, nodes))
            start = middle
    proof.reverse()
    return proof


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show the tree of *new* leaves to begin with the tree of *old* (RFC 9162, 2.1.4.1)."""
    _require_size(new)
    if not 0 <= old <= new:
        raise OutsideTree(f"a tree of {new} entries has no beginning of {old}")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, left_edge = 0, new, True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_hash(middle, end, nodes))
            end = middle
        else:
            proof.append(_range_hash(start, middle, nodes))
            start, left_edge = middle, False
    if not left_edge:
        proof.append(_range_hash(start, end, nodes))
    proof.reverse()
    return proof


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> None:
    """Raise `NotIncluded` unless *proof* leads from *leaf_hash* at *index* to the root *expected*.

    The algorithm is that of RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise NotIncluded(f"a tree of {size} entries has no entry {index}")
    if len(leaf_hash) != HASH_BYTES:
        raise NotIncluded(f"a leaf hash has {HASH_BYTES} bytes, this one {len(leaf_hash)}")
    current = leaf_hash
    for step, is_left in _climb(index, size - 1, proof, NotIncluded):
        current = hash_pair(step, current) if is_left else hash_pair(current, step)
    if current != expected:
        raise NotIncluded(f"the proof for entry {index} of {size} leads to another root than the signed one")


def verify_subtree(node: Node, edge: Edge, nodes: Nodes) -> None:
    """Raise `NotIncluded` unless the complete subtree *node* stands in the tree of *edge*.

    What *nodes* gives on the way up is not believed: a wrong hash leads to another edge.
    """
    level, index, current = node
    while not (edge.size >> level & 1 and index == (edge.size >> level) - 1):
        if index >= edge.size >> level:
            raise NotIncluded(f"a tree of {edge.size} entries has no complete subtree {level}/{index}")
        beside = nodes.get(level, index ^ 1)
        current = hash_pair(beside, current) if index & 1 else hash_pair(current, beside)
        level, index = level + 1, index >> 1
    if current != edge.hashes[edge.levels.index(level)]:
        raise NotIncluded(f"the subtree {node[0]}/{node[1]} is not that of the tree of {edge.size} entries")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise `NotConsistent` unless *proof* shows *new_root* to extend *old_root* (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new <= MAX_SIZE:
        raise NotConsistent(f"a tree of {new} entries cannot continue one of {old}")
    if old in (0, new):
        _verify_trivial(old == new, old_root, new_root, proof)
        return
    if not proof or len(proof[0]) != HASH_BYTES:
        raise NotConsistent(f"the proof must begin with a hash of {HASH_BYTES} bytes")
    is_complete_subtree = old & (old - 1) == 0
    first, rest = (old_root, proof) if is_complete_subtree else (proof[0], proof[1:])
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    seen_old = seen_new = first
    for step, is_left in _climb(place, last, rest, NotConsistent):
        if is_left:
            seen_old, seen_new = hash_pair(step, seen_old), hash_pair(step, seen_new)
        else:
            seen_new = hash_pair(seen_new, step)
    if seen_old != old_root or seen_new != new_root:
        raise NotConsistent(f"the tree of {new} entries does not begin with the tree of {old}: its past was changed")


def _climb(place: int, last: int, steps: Sequence[bytes], error: type[BadProof]) -> Iterator[tuple[bytes, bool]]:
    """Each of *steps*, and whether it stands left of the path that climbs from *place* in a row that ends at *last*."""
    for step in steps:
        if len(step) != HASH_BYTES:
            raise error(f"every hash of a proof has {HASH_BYTES} bytes, this one {len(step)}")
        if last == 0:
            raise error("the proof has more hashes than the tree has levels")
        is_left = bool(place & 1) or place == last
        yield step, is_left
        while is_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise error("the proof has fewer hashes than the tree has levels")


def _verify_trivial(same_size: bool, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:  # noqa: FBT001
    if proof:
        raise NotConsistent("nothing is to be proved here, but the proof is not empty")
    if same_size and old_root != new_root:
        raise NotConsistent("two trees of one size have two roots: the log was forked")
    if not same_size and old_root != EMPTY_ROOT:
        raise NotConsistent("the root of an empty tree is the SHA-256 of nothing")


def _split(count: int) -> int:
    """The largest power of two smaller than *count* (RFC 9162 calls it k)."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from *start* up to *end*, a subtree of the tree: its complete parts folded together."""
    parts: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(nodes.get(level, start >> level))
        start += 1 << level
    return _fold(parts)


def _fold(parts: Sequence[bytes]) -> bytes:
    """The hash over neighbouring complete subtrees, the largest first."""
    current = parts[-1]
    for left in reversed(parts[:-1]):
        current = hash_pair(left, current)
    return current


def _require_size(size: int) -> None:
    if not 0 <= size <= MAX_SIZE:
        raise OutsideTree(f"no tree has {size} entries")
