"""The tree grows, and its proofs hold for what they claim and for nothing else."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.ledger import merkle

SHARED = Path(__file__).parents[3] / ".." / "shared" / "data" / "vectors" / "merkle"


class Stored(dict[tuple[int, int], bytes]):
    """Nodes in memory; asking for one that was never appended is a KeyError."""

    reads = 0

    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        self.reads += 1
        return self[level, index]

    def keep(self, growth: merkle.Growth) -> None:
        for level, index, found in growth.nodes():
            assert (level, index) not in self, "a node is written once"
            self[level, index] = found


def leaves(count: int) -> list[bytes]:
    return [merkle.hash_leaf(b"leaf %d" % number) for number in range(count)]


def grown(hashes: list[bytes]) -> tuple[Stored, bytes]:
    stored = Stored()
    growth = merkle.append(merkle.EMPTY, hashes)
    stored.keep(growth)
    return stored, growth.edge.root


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1, written as the RFC writes it."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(hashes[:k]) + by_definition(hashes[k:])).digest()


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_tree_grown_in_any_batches_has_the_root_that_the_rfc_defines(batches: list[int]) -> None:
    everything = leaves(sum(batches))
    stored, edge = Stored(), merkle.EMPTY
    for batch in batches:
        growth = merkle.append(edge, everything[edge.size : edge.size + batch])
        stored.keep(growth)
        edge = growth.edge
        assert edge.root == by_definition(everything[: edge.size]) == merkle.root(edge.size, stored)
        assert edge == merkle.edge_of(edge.size, stored) == merkle.read_edge(edge.size, b"".join(edge.hashes))


@given(st.data())
def test_every_inclusion_proof_holds_and_no_changed_bit_does(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    stored, root = grown(hashes)
    proof = merkle.inclusion_proof(index, size, stored)
    merkle.verify_inclusion(hashes[index], index, size, proof, root)
    target = data.draw(st.integers(-2, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    leaf, changed, expected = hashes[index], list(proof), root
    if target == -2:
        leaf = flip(leaf, bit)
    elif target == -1:
        expected = flip(expected, bit)
    else:
        changed[target] = flip(changed[target], bit)
    with pytest.raises(merkle.NotIncluded):
        merkle.verify_inclusion(leaf, index, size, changed, expected)


@given(st.data())
def test_every_consistency_proof_holds_and_no_changed_bit_does(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 130))
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    stored, new_root = grown(hashes)
    old_root = merkle.root(old, stored)
    proof = merkle.consistency_proof(old, new, stored)
    merkle.verify_consistency(old, new, old_root, new_root, proof)
    target = data.draw(st.integers(-2, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    if target == -2:
        old_root = flip(old_root, bit)
    elif target == -1:
        new_root = flip(new_root, bit)
    else:
        proof[target] = flip(proof[target], bit)
    with pytest.raises(merkle.NotConsistent):
        merkle.verify_consistency(old, new, old_root, new_root, proof)


def test_a_proof_for_one_place_does_not_hold_for_another() -> None:
    hashes = leaves(37)
    stored, root = grown(hashes)
    for index in range(37):
        proof = merkle.inclusion_proof(index, 37, stored)
        for other in set(range(38)) - {index}:
            with pytest.raises(merkle.NotIncluded):
                merkle.verify_inclusion(hashes[index], other, 37, proof, root)


def test_a_proof_reads_a_logarithm_of_the_tree() -> None:
    stored, _ = grown(leaves(10_000))
    stored.reads = 0
    merkle.inclusion_proof(1234, 10_000, stored)
    assert stored.reads <= 28
    stored.reads = 0
    merkle.consistency_proof(1234, 10_000, stored)
    assert stored.reads <= 42


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (5, 4)])
def test_no_proof_is_made_for_an_entry_outside_the_tree(index: int, size: int) -> None:
    stored, _ = grown(leaves(size))
    with pytest.raises(merkle.OutsideTree):
        merkle.inclusion_proof(index, size, stored)


def test_no_proof_is_made_for_a_shrinking_tree() -> None:
    stored, _ = grown(leaves(4))
    with pytest.raises(merkle.OutsideTree):
        merkle.consistency_proof(5, 4, stored)


def test_a_leaf_that_is_not_a_hash_is_not_appended() -> None:
    with pytest.raises(merkle.OutsideTree):
        merkle.append(merkle.EMPTY, [b"short"])


@pytest.mark.parametrize(("size", "data"), [(3, bytes(32)), (1, bytes(31)), (0, bytes(32)), (-1, b"")])
def test_an_edge_has_one_hash_for_each_bit_of_its_size(size: int, data: bytes) -> None:
    with pytest.raises(merkle.OutsideTree):
        merkle.read_edge(size, data)


@given(st.data())
def test_a_complete_subtree_is_traced_to_the_edge_and_no_other_hash_is(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 200))
    stored, _ = grown(leaves(size))
    edge = merkle.edge_of(size, stored)
    level, index = data.draw(st.sampled_from(sorted(stored)))
    merkle.verify_subtree((level, index, stored[level, index]), edge, stored)
    with pytest.raises(merkle.NotIncluded):
        merkle.verify_subtree((level, index, bytes(32)), edge, stored)
    with pytest.raises(merkle.NotIncluded):
        merkle.verify_subtree((level, size >> level, stored[level, index]), edge, stored)


def test_a_forked_log_of_one_size_is_said_to_be_forked() -> None:
    with pytest.raises(merkle.NotConsistent, match="forked"):
        merkle.verify_consistency(3, 3, b"a" * 32, b"b" * 32, [])


def flip(value: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(value))


def public_vectors(folder: str) -> list[Path]:
    found = sorted((SHARED / folder).rglob("*.json"))
    if not found:
        pytest.skip("the public Merkle vectors are not beside this checkout")
    return found


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def test_the_public_inclusion_vectors_are_judged_as_they_say() -> None:
    for path in public_vectors("inclusion"):
        case = json.loads(path.read_text())
        proof = [raw(step) for step in case["proof"] or []]
        given = (raw(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, raw(case["root"]))
        judge(path, lambda given=given: merkle.verify_inclusion(*given), wrong=case["wantErr"])


def test_the_public_consistency_vectors_are_judged_as_they_say() -> None:
    for path in public_vectors("consistency"):
        case = json.loads(path.read_text())
        proof = [raw(step) for step in case["proof"] or []]
        given = (case["size1"], case["size2"], raw(case["root1"]), raw(case["root2"]), proof)
        judge(path, lambda given=given: merkle.verify_consistency(*given), wrong=case["wantErr"])


def judge(path: Path, verify, *, wrong: bool) -> None:  # type: ignore[no-untyped-def]
    try:
        verify()
    except merkle.BadProof:
        assert wrong, f"{path} was refused"
    else:
        assert not wrong, f"{path} was accepted"
