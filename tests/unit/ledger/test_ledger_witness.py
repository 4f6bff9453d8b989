"""What a log sends to a witness and what a witness answers: read within limits, judged in order, counted by policy."""

import contextlib
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.ledger import checkpoint, cosignature, merkle, notes, witness
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.notes import VerifierKey
from rogatory.ledger.witness import Submission
from rogatory.sealing.keys import SigningKey

AT = datetime(2028, 3, 1, 9, 30, tzinfo=UTC)
LOG = SigningKey.from_seed(bytes(range(32)))
LOG_KEY = VerifierKey(name="log.example/vnm", public=LOG.public.raw)
LEAVES = [hashlib.sha256(b"leaf %d" % number).digest() for number in range(40)]


class Hashes(dict[tuple[int, int], bytes]):
    def get(self, level: int, index: int) -> bytes:  # type: ignore[override]
        return self[level, index]


NODES = Hashes({(level, index): found for level, index, found in merkle.append(merkle.EMPTY, LEAVES).nodes()})


def head(size: int) -> Checkpoint:
    return Checkpoint(origin=LOG_KEY.name, size=size, root=merkle.root(size, NODES))


def signed(size: int) -> str:
    return checkpoint.sign_checkpoint(head(size), key=LOG_KEY, sign=LOG.sign)


def submission(old: int, new: int) -> Submission:
    return Submission(old=old, proof=tuple(merkle.consistency_proof(old, new, NODES)), text=signed(new))


class Witness:
    """A witness State: its key, and its line under a checkpoint."""

    def __init__(self, name: str, seed: int) -> None:
        self.secret = SigningKey.from_seed(bytes([seed]) * 32)
        self.key = VerifierKey(name=name, public=self.secret.public.raw, algorithm=notes.COSIGNATURE_V1)

    def line(self, text: str, at: datetime = AT) -> str:
        note = checkpoint.read_checkpoint(text).note
        return str(cosignature.cosignature_line(note.text, key=self.key, sign=self.secret.sign, at=at))


FRA, KEN = Witness("fra.example/log/witness", 1), Witness("ken.example/log/witness", 2)
KEYS = (FRA.key, KEN.key)


@given(old=st.integers(0, 40), new=st.integers(0, 40))
def test_a_submission_reads_back_and_is_judged_right_from_any_size_to_any_later_one(old: int, new: int) -> None:
    old, new = sorted((old, new))
    sent = submission(old, new)
    assert witness.read_submission(sent.to_bytes()) == sent
    held = head(old) if old else None
    assert witness.judge(sent, keys=[LOG_KEY], held=held) == head(new)


@given(held=st.integers(0, 40), old=st.integers(0, 40), new=st.integers(0, 40))
def test_a_head_is_only_ever_replaced_by_one_that_continues_it(held: int, old: int, new: int) -> None:
    old, new = sorted((old, new))
    sent = submission(old, new)
    if old == held:
        assert witness.judge(sent, keys=[LOG_KEY], held=head(held)).size >= held
        return
    with pytest.raises(witness.OtherSizeHeld) as told:
        witness.judge(sent, keys=[LOG_KEY], held=head(held))
    assert told.value.held == held


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    for body in (data, b"old 0\n\n" + data, b"old 3\n" + data + b"\n\n" + signed(4).encode()):
        with contextlib.suppress(witness.BadSubmission, notes.BadNote, checkpoint.BadCheckpoint):
            witness.read_submission(body)


@given(place=st.integers(0, 600), bit=st.integers(0, 7))
def test_a_submission_with_one_bit_changed_is_never_judged_as_another_head(place: int, bit: int) -> None:
    good = submission(3, 11)
    body = bytearray(good.to_bytes())
    body[place % len(body)] ^= 1 << bit
    try:
        judged = witness.judge(witness.read_submission(bytes(body)), keys=[LOG_KEY], held=head(3))
    except RogatoryError:
        return
    assert judged == head(11)


def test_the_steps_are_taken_in_the_order_of_the_protocol() -> None:
    other = VerifierKey(name=LOG_KEY.name, public=FRA.secret.public.raw)
    stranger = VerifierKey(name="log.example/other", public=LOG.public.raw)
    above = Submission(old=9, proof=(b"x" * 32,), text=signed(8))
    for keys, error in (
        ([stranger], checkpoint.OtherLog),
        ([other], notes.NoteNotSigned),
        ([LOG_KEY], witness.BadSubmission),
    ):
        with pytest.raises(error):
            witness.judge(above, keys=keys, held=head(5))
    wrong_size_and_proof = Submission(old=4, proof=(b"x" * 32,), text=signed(8))
    with pytest.raises(witness.OtherSizeHeld) as told:
        witness.judge(wrong_size_and_proof, keys=[LOG_KEY], held=head(5))
    assert told.value.held == 5
    forked = Checkpoint(origin=LOG_KEY.name, size=5, root=b"r" * 32)
    text = checkpoint.sign_checkpoint(forked, key=LOG_KEY, sign=LOG.sign)
    with pytest.raises(witness.TwoRoots):
        witness.judge(Submission(old=5, proof=(b"x" * 32,), text=text), keys=[LOG_KEY], held=head(5))
    with pytest.raises(witness.NotContinued):
        witness.judge(Submission(old=5, proof=(), text=signed(8)), keys=[LOG_KEY], held=head(5))


def test_lines_of_witnesses_gather_under_one_checkpoint() -> None:
    text = signed(7)
    for one in (FRA, KEN, FRA):
        text = witness.add_cosignatures(text, one.line(text).encode(), [one.key])
    assert text.startswith(signed(7))
    assert [one.name for one in witness.cosigners(text, KEYS)] == [FRA.key.name, KEN.key.name]
    assert len(checkpoint.read_checkpoint(text).note.signatures) == 3


def test_lines_of_strangers_are_left_out_and_do_not_count() -> None:
    text = signed(7)
    answer = KEN.line(text) + FRA.line(text)
    told = witness.add_cosignatures(text, answer.encode(), [FRA.key])
    assert witness.cosigners(told, KEYS) == (witness.Cosigner(name=FRA.key.name, at=AT),)
    with pytest.raises(notes.NoteNotSigned):
        witness.add_cosignatures(text, KEN.line(text).encode(), [FRA.key])


def test_a_witness_that_signed_twice_counts_once_with_its_latest_time() -> None:
    text = signed(7)
    later = AT + timedelta(hours=1)
    for at in (later, AT):
        text = witness.add_cosignatures(text, FRA.line(text, at).encode(), [FRA.key])
    assert witness.cosigners(text, KEYS) == (witness.Cosigner(name=FRA.key.name, at=later),)


@pytest.mark.parametrize("needed", [1, 2])
def test_the_policy_counts_different_witnesses(needed: int) -> None:
    text = signed(7)
    with pytest.raises(witness.NotWitnessed):
        witness.require_witnessed(text, KEYS, needed=needed)
    for one in (FRA, KEN)[:needed]:
        text = witness.add_cosignatures(text, one.line(text).encode(), [one.key])
    assert len(witness.require_witnessed(text, KEYS, needed=needed)) == needed
    with pytest.raises(witness.NotWitnessed):
        witness.require_witnessed(text, KEYS, needed=needed + 1)


def test_a_cosignature_of_another_checkpoint_spoils_the_answer() -> None:
    with pytest.raises(notes.WrongNoteSignature):
        witness.add_cosignatures(signed(7), FRA.line(signed(8)).encode(), [FRA.key])


def test_the_log_cannot_cosign_itself_by_its_own_line() -> None:
    assert witness.cosigners(signed(7), [LOG_KEY]) == ()


@pytest.mark.parametrize(("answer", "size"), [(b"0\n", 0), (b"7\n", 7), (b"7", 7), (b"20852163\n", 20852163)])
def test_the_size_that_a_witness_names_is_read(answer: bytes, size: int) -> None:
    assert witness.read_size(answer) == size


@pytest.mark.parametrize("answer", [b"", b"\n", b"07\n", b"-1", b"7 ", b"seven", b"9" * 40, b"7\n7\n", "٣".encode()])
def test_an_answer_that_names_no_size_is_refused(answer: bytes) -> None:
    with pytest.raises(witness.NoSuchSize):
        witness.read_size(answer)
