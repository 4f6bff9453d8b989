"""The Merkle tree of RFC 9162 (the same as RFC 6962): hashes, growth, and proofs.

Rules in words. A leaf is hashed as SHA-256(0x00 || data), a pair as SHA-256(0x01 || left || right); the two prefixes
keep a leaf from ever passing for a pair. The node (level, index) is the hash of the complete subtree over the leaves
`index * 2**level` up to, and without, `(index + 1) * 2**level`. A complete subtree never changes again, so a store
only ever adds nodes; everything else (the root, any proof) is hashed from O(log n) of them. This file keeps no
nodes itself: a list, a table or tiles serve them through `Nodes`.
"""

import hashlib
from collections.abc import Iterator, Sequence
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


def append(size: int, leaf_hashes: Sequence[bytes], nodes: Nodes) -> tuple[list[Node], bytes]:
    """The complete subtrees that *leaf_hashes* add to a tree of *size* leaves, and the new root.

    Reads only the right edge of the old tree from *nodes*. Store the new nodes together with the new size.
    """
    new_size = size + len(leaf_hashes)
    _require_size(size)
    _require_size(new_size)
    for leaf in leaf_hashes:
        if len(leaf) != HASH_BYTES:
            raise OutsideTree(f"a leaf hash has {HASH_BYTES} bytes, this one {len(leaf)}")
    rows = _Rows(nodes)
    level, start, row = 0, size, list(leaf_hashes)
    sha256 = hashlib.sha256
    while row:
        rows.put(start, row)
        if start & 1:
            row = [nodes.get(level, start - 1), *row]
        pairs = zip(row[0::2], row[1::2], strict=False)
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level, start = level + 1, start >> 1
    return rows.all(), root(new_size, rows)


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


class _Rows:
    """The nodes of one append, by level, before the old ones."""

    def __init__(self, older: Nodes) -> None:
        self._older = older
        self._rows: list[tuple[int, list[bytes]]] = []

    def put(self, start: int, row: list[bytes]) -> None:
        self._rows.append((start, row))

    def get(self, level: int, index: int) -> bytes:
        if level < len(self._rows):
            start, row = self._rows[level]
            if index >= start:
                return row[index - start]
        return self._older.get(level, index)

    def all(self) -> list[Node]:
        return [
            (level, index, found)
            for level, (start, row) in enumerate(self._rows)
            for index, found in enumerate(row, start)
        ]


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
    current = parts.pop()
    while parts:
        current = hash_pair(parts.pop(), current)
    return current


def _require_size(size: int) -> None:
    if not 0 <= size <= MAX_SIZE:
        raise OutsideTree(f"no tree has {size} entries")
