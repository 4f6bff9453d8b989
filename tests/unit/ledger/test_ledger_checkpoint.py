"""Checkpoints, cosignatures and proofs are believed only when the right key signed exactly them."""

import contextlib
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.ledger import checkpoint, cosignature, entries, merkle, notes, proofs

ORIGIN = "log.example/vnm"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = notes.VerifierKey(name=ORIGIN, public=PRIVATE.public_key().public_bytes_raw())
WITNESS_PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
WITNESS = notes.VerifierKey(
    name="log.example/fra", public=WITNESS_PRIVATE.public_key().public_bytes_raw(), algorithm=notes.COSIGNATURE_V1
)
AT = datetime(2028, 3, 1, 9, 30, tzinfo=UTC)
DIGESTS = [hashlib.sha256(b"message %d" % number).hexdigest() for number in range(11)]
OPENINGS = [entries.open_entry(digest, bytes([number]) * 32) for number, digest in enumerate(DIGESTS)]


class Stored(dict[tuple[int, int], bytes]):
    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]


def log(size: int) -> tuple[Stored, checkpoint.Checkpoint]:
    stored = Stored()
    growth = merkle.append(merkle.EMPTY, [opening.leaf_hash for opening in OPENINGS[:size]])
    stored.update({(level, index): found for level, index, found in growth.nodes()})
    return stored, checkpoint.Checkpoint(origin=ORIGIN, size=size, root=growth.edge.root)


def signed(head: checkpoint.Checkpoint) -> str:
    return checkpoint.sign_checkpoint(head, key=KEY, sign=PRIVATE.sign)


def test_a_signed_checkpoint_reads_back_as_it_was() -> None:
    head = checkpoint.Checkpoint(origin=ORIGIN, size=3, root=b"r" * 32, extensions=("kept", "also kept"))
    assert checkpoint.verify_checkpoint(signed(head), KEY) == head
    assert str(checkpoint.read_checkpoint(signed(head)).note) == signed(head)


def test_a_verifier_key_reads_back_from_its_text() -> None:
    assert notes.parse_vkey(str(KEY)) == KEY
    assert notes.parse_vkey(str(WITNESS)) == WITNESS
    assert KEY.key_id == hashlib.sha256(ORIGIN.encode() + b"\n\x01" + KEY.public).digest()[:4]


@pytest.mark.parametrize("text", ["", "log.example", "a+00000000+AQ==", "a+0000000+AAAA", f"{KEY}x", str(KEY)[1:]])
def test_a_text_that_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(notes.BadVerifierKey):
        notes.parse_vkey(text)


@given(st.data())
def test_no_changed_character_of_a_checkpoint_is_accepted(data: st.DataObject) -> None:
    text = signed(log(7)[1]).encode()
    place = data.draw(st.integers(0, len(text) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != text[place]))
    with pytest.raises(RogatoryError):
        checkpoint.verify_checkpoint(text[:place] + bytes([value]) + text[place + 1 :], KEY)


@given(st.integers(0, 200))
def test_no_cut_checkpoint_is_accepted(length: int) -> None:
    text = signed(log(7)[1])
    with pytest.raises(RogatoryError):
        checkpoint.verify_checkpoint(text[: min(length, len(text) - 1)], KEY)


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused_with_a_code(text: str | bytes) -> None:
    with pytest.raises(RogatoryError):
        checkpoint.verify_checkpoint(text, KEY)


def body(*lines: str) -> str:
    text = "".join(f"{line}\n" for line in lines)
    return str(notes.UnverifiedNote(text=text, signatures=(notes.sign_note(text, key=KEY, sign=PRIVATE.sign),)))


ROOT = "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI="


@pytest.mark.parametrize(
    ("why", "lines"),
    {
        "a line is missing": (ORIGIN, "3"),
        "the size has a leading zero": (ORIGIN, "03", ROOT),
        "the size is negative": (ORIGIN, "-3", ROOT),
        "the size is beyond all counting": (ORIGIN, "9" * 19, ROOT),
        "the root is short": (ORIGIN, "3", "cnJy"),
        "the root is not base64": (ORIGIN, "3", "?" * 44),
        "the root's base64 has stray bits": (ORIGIN, "3", ROOT[:-2] + "J="),
        "the origin is empty": ("", "3", ROOT),
        "an extension line is empty": (ORIGIN, "3", ROOT, ""),
        "an empty log has another root": (ORIGIN, "0", ROOT),
    }.items(),
)
def test_a_signed_text_of_another_form_is_no_checkpoint(why: str, lines: tuple[str, ...]) -> None:
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.verify_checkpoint(body(*lines), KEY)


def test_a_checkpoint_of_another_log_or_another_key_is_refused() -> None:
    text = signed(log(3)[1])
    with pytest.raises(checkpoint.OtherLog):
        checkpoint.verify_checkpoint(text, notes.VerifierKey(name="log.example/fra", public=KEY.public))
    with pytest.raises(notes.NoteNotSigned):
        checkpoint.verify_checkpoint(text, notes.VerifierKey(name=ORIGIN, public=WITNESS.public))
    with pytest.raises(checkpoint.OtherLog):
        checkpoint.sign_checkpoint(
            checkpoint.Checkpoint(origin="other.example", size=3, root=b"r" * 32), key=KEY, sign=PRIVATE.sign
        )


def test_a_signature_by_a_known_key_that_is_wrong_spoils_the_note_even_beside_a_right_one() -> None:
    note = checkpoint.read_checkpoint(signed(log(3)[1])).note
    wrong = notes.Signature(name=KEY.name, key_id=KEY.key_id, value=bytes(64))
    both = str(notes.UnverifiedNote(text=note.text, signatures=(*note.signatures, wrong)))
    with pytest.raises(notes.WrongNoteSignature):
        checkpoint.verify_checkpoint(both, KEY)


def test_unknown_signatures_are_ignored_and_kept() -> None:
    note = checkpoint.read_checkpoint(signed(log(3)[1])).note
    stranger = notes.Signature(name="stranger.example", key_id=b"\0\0\0\1", value=b"any bytes")
    text = str(notes.UnverifiedNote(text=note.text, signatures=(stranger, *note.signatures)))
    assert checkpoint.verify_checkpoint(text, KEY).size == 3
    assert str(checkpoint.read_checkpoint(text).note) == text


def test_a_note_with_more_signatures_than_the_limit_is_refused() -> None:
    line = str(notes.Signature(name="a", key_id=b"\0\0\0\1", value=b"x"))
    with pytest.raises(notes.BadNote, match="limit"):
        notes.read_note("text\n\n" + line * (notes.MAX_SIGNATURES + 1))
    with pytest.raises(notes.BadNote, match="limit"):
        notes.read_note("t" * (notes.MAX_NOTE_BYTES + 1))


def test_a_log_that_grows_is_followed_and_one_that_shrinks_or_forks_is_not() -> None:
    stored, small = log(4)
    stored, large = log(9)
    proof = merkle.consistency_proof(4, 9, stored)
    checkpoint.verify_growth(small, large, proof)
    with pytest.raises(checkpoint.LogShrank):
        checkpoint.verify_growth(large, small, proof)
    forked = checkpoint.Checkpoint(origin=ORIGIN, size=9, root=b"f" * 32)
    with pytest.raises(merkle.NotConsistent):
        checkpoint.verify_growth(small, forked, proof)
    with pytest.raises(merkle.NotConsistent, match="forked"):
        checkpoint.verify_growth(large, forked, [])
    with pytest.raises(checkpoint.OtherLog):
        checkpoint.verify_growth(small, checkpoint.Checkpoint(origin="b", size=9, root=large.root), proof)


def test_a_witness_says_when_it_saw_the_checkpoint() -> None:
    once = cosignature.cosign(signed(log(3)[1]), key=WITNESS, sign=WITNESS_PRIVATE.sign, at=AT)
    assert checkpoint.verify_checkpoint(once, KEY).size == 3
    assert cosignature.verify_cosignature(once, WITNESS) == AT
    later = AT.replace(hour=11)
    twice = cosignature.cosign(once, key=WITNESS, sign=WITNESS_PRIVATE.sign, at=later)
    assert cosignature.verify_cosignature(twice, WITNESS) == later


def test_a_cosignature_holds_for_no_other_time_checkpoint_or_witness() -> None:
    text = cosignature.cosign(signed(log(3)[1]), key=WITNESS, sign=WITNESS_PRIVATE.sign, at=AT)
    note = checkpoint.read_checkpoint(text).note
    line = note.signatures[-1]
    shifted = notes.Signature(name=line.name, key_id=line.key_id, value=bytes(8) + line.value[8:])
    with pytest.raises(notes.WrongNoteSignature):
        cosignature.verify_cosignature(
            str(notes.UnverifiedNote(text=note.text, signatures=(note.signatures[0], shifted))), WITNESS
        )
    other = checkpoint.read_checkpoint(signed(log(4)[1])).note
    with pytest.raises(notes.WrongNoteSignature):
        cosignature.verify_cosignature(
            str(notes.UnverifiedNote(text=other.text, signatures=(*other.signatures, line))), WITNESS
        )
    with pytest.raises(notes.NoteNotSigned):
        cosignature.verify_cosignature(signed(log(3)[1]), WITNESS)
    with pytest.raises(notes.BadVerifierKey):
        cosignature.verify_cosignature(text, KEY)


@given(st.integers(1, 11), st.data())
def test_every_entry_of_a_log_has_a_proof_that_verifies_offline(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    stored, head = log(size)
    proof = proofs.make_proof(index, opening=OPENINGS[index], signed=signed(head), nodes=stored)
    again = proofs.read_proof(proof.to_json())
    assert again == proof
    assert proofs.verify_proof(again, DIGESTS[index], KEY) == head


def test_a_proof_does_not_hold_for_another_subject_entry_blinding_or_size() -> None:
    stored, head = log(7)
    proof = proofs.make_proof(2, opening=OPENINGS[2], signed=signed(head), nodes=stored)
    with pytest.raises(proofs.ProofOfAnother):
        proofs.verify_proof(proof, DIGESTS[3], KEY)
    written = proof.to_json()
    for change in (
        {"index": 3},
        {"size": 8},
        {"inclusion": written["inclusion"][:-1]},
        {"opening": {**written["opening"], "blinding": "00" * 32}},
        {"checkpoint": signed(log(8)[1])},
    ):
        with pytest.raises(merkle.NotIncluded):
            proofs.verify_proof(proofs.read_proof({**written, **change}), DIGESTS[2], KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"index": "2"},
        {"index": True},
        {"index": -1},
        {"size": 2**63},
        {"inclusion": ["00" * 32] * 65},
        {"inclusion": ["00"]},
        {"inclusion": "00" * 32},
        {"checkpoint": 5},
        {"opening": None},
        {"opening": {"blinding": "00" * 32}},
    ],
)
def test_a_proof_of_another_form_is_refused(change: dict[str, object]) -> None:
    stored, head = log(7)
    written = proofs.make_proof(2, opening=OPENINGS[2], signed=signed(head), nodes=stored).to_json()
    with pytest.raises(proofs.BadProofForm):
        proofs.read_proof({**written, **change})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(["v", "index", "size", "inclusion", "checkpoint", "opening"]), ANYTHING)
def test_whatever_stands_in_a_member_of_a_proof_is_read_or_refused_with_a_code(member: str, value: object) -> None:
    stored, head = log(7)
    written = proofs.make_proof(2, opening=OPENINGS[2], signed=signed(head), nodes=stored).to_json()
    with contextlib.suppress(RogatoryError):
        proofs.verify_proof(proofs.read_proof({**written, member: value}), DIGESTS[2], KEY)


@given(ANYTHING)
def test_whatever_is_given_as_a_proof_is_refused_with_a_code(value: object) -> None:
    with pytest.raises(proofs.BadProofForm):
        proofs.read_proof(value)


def test_an_entry_says_nothing_without_its_blinding_and_opens_for_one_subject_only() -> None:
    opening = OPENINGS[0]
    entries.verify_opening(opening.entry, opening)
    assert opening.entry == hashlib.sha256(b"rogatory-entry/v1\n" + opening.blinding + opening.digest).digest()
    with pytest.raises(entries.WrongOpening):
        entries.verify_opening(opening.entry, entries.open_entry(DIGESTS[1], opening.blinding))
    with pytest.raises(entries.BadEntry):
        entries.open_entry(DIGESTS[0], b"short")
    with pytest.raises(entries.BadEntry):
        entries.open_entry("not hexadecimal", bytes(32))
