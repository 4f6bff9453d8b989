"""Any piece of an exhibit can be proved without the rest, nothing else can, and the rest stays hidden."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.evidence import contents
from rogatory.evidence.contents import BadPiece, ContentTree, PieceNotProved, PieceProof
from rogatory.evidence.manifest import BadManifest, Contents
from rogatory.kernel import canonical

KEY = bytes(range(32))


def piece(number: int) -> dict[str, object]:
    return {"n": number, "path": f"mail/{number}.eml", "size": number * 7}


def tree(count: int, chosen: set[int] | None = None, key: bytes = KEY) -> tuple[Contents, tuple[PieceProof, ...]]:
    made = ContentTree(key)
    for number in range(count):
        made.add(piece(number), prove=chosen is None or number in chosen)
    found = made.finish("files")
    return found, made.proofs()


def rfc9162_root(leaves: list[bytes]) -> bytes:
    """The tree hash, written down from RFC 9162, 2.1.1, without any of our code."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + rfc9162_root(leaves[:split]) + rfc9162_root(leaves[split:])).digest()


def test_the_root_is_the_one_that_the_specification_describes() -> None:
    extracted = hmac.digest(b"", KEY, "sha256")
    key = hmac.digest(extracted, b"rogatory-contents/v1\x01", "sha256")
    for count in (1, 2, 3, 5, 8, 13):
        leaves = []
        for number in range(count):
            salt = hmac.digest(key, number.to_bytes(8, "big"), "sha256")
            said = canonical.dumps(piece(number))
            leaves.append(hashlib.sha256(b"rogatory-piece/v1\n" + salt + said).digest())
        assert tree(count)[0].root == rfc9162_root(leaves).hex()


@given(st.integers(1, 70), st.sets(st.integers(0, 69)))
@settings(deadline=None, max_examples=60)
def test_exactly_the_chosen_pieces_are_proved(count: int, chosen: set[int]) -> None:
    found, proofs = tree(count, chosen)
    assert [proof.piece["n"] for proof in proofs] == sorted(number for number in chosen if number < count)
    for proof in proofs:
        contents.verify_piece(found, proof)
        contents.verify_piece(found, contents.read_proof(canonical.loads(canonical.dumps(proof.to_json()))))


@given(st.integers(1, 20), st.data())
@settings(deadline=None, max_examples=60)
def test_a_proof_that_was_changed_proves_nothing(count: int, data: st.DataObject) -> None:
    found, proofs = tree(count)
    proof = data.draw(st.sampled_from(proofs))
    changes = [
        replace(proof, salt=bytes(32)),
        replace(proof, salt=proof.salt[:-1]),
        replace(proof, piece=proof.piece | {"size": 1}),
        replace(proof, piece=proof.piece | {"n": count}),
        replace(proof, path=(*proof.path, bytes(32))),
    ]
    if proof.path:
        changes += [replace(proof, path=proof.path[:-1]), replace(proof, path=(bytes(32), *proof.path[1:]))]
    for changed in changes:
        with pytest.raises(PieceNotProved):
            contents.verify_piece(found, changed)


def test_the_same_pieces_under_another_key_have_another_root_and_other_salts() -> None:
    (one, proofs), (other, others) = tree(4), tree(4, key=bytes(32))
    assert one.root != other.root
    assert not {proof.salt for proof in proofs} & {proof.salt for proof in others}
    assert len({proof.salt for proof in proofs}) == 4


def test_pieces_come_in_their_order_and_there_is_at_least_one() -> None:
    made = ContentTree(KEY)
    with pytest.raises(BadPiece):
        made.add(piece(1))
    with pytest.raises(BadManifest):
        made.finish("files")


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"piece": {}, "salt": "00", "path": 5}, {"piece": [], "salt": "00", "path": []},
     {"piece": {}, "salt": "xy", "path": []}, {"piece": {}, "salt": "00", "path": ["0"]},
     {"piece": {}, "salt": 1, "path": []}, {"piece": {}, "salt": "00", "path": "0011"}],
)  # fmt: skip
def test_a_proof_that_is_not_well_formed_is_refused(value: object) -> None:
    with pytest.raises(BadPiece):
        contents.read_proof(value)


def test_a_piece_without_a_number_is_refused() -> None:
    found, proofs = tree(2)
    for number in (True, "0", None, 0.5):
        with pytest.raises(BadPiece):
            contents.verify_piece(found, replace(proofs[0], piece={"n": number}))
