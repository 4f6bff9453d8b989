"""Being a witness: what a node cosigns at its door, what it refuses, and how it says so (C2SP tlog-witness)."""

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from tests.support.partner import Partner
from tests.support.partner_log import PartnerLog, knock

from rogatory.ledger import witness
from rogatory.ledger.witness import Submission
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.ledger import alarms
from rogatory.sealing.keys import SigningKey

DOOR = "/node/v1/witness/add-checkpoint"
Answer = tuple[int, str, bytes]


@dataclass
class Submitting:
    """France, whose log is put before our node."""

    node: Node
    log: PartnerLog

    def __call__(self, old: int, size: int | None = None, *, proof: tuple[bytes, ...] | None = None) -> Answer:
        steps = self.log.proof(old, size) if proof is None else proof
        return self.raw(Submission(old=old, proof=steps, text=self.log.signed(size)).to_bytes())

    def raw(self, body: bytes) -> Answer:
        return knock(self.node, "POST", DOOR, body)

    def held(self) -> int:
        return next((row.size for row in self.node.stores.witnesses.watched()), 0)


@pytest.fixture
def submit(node: Node, france: Partner) -> Submitting:
    return Submitting(node, PartnerLog(france, 7))


def kinds(node: Node) -> list[str]:
    return [shown.row.kind for shown in alarms.standing(node)]


def test_a_log_on_an_accepted_card_is_cosigned_as_it_grows(node: Node, submit: Submitting) -> None:
    assert submit(0)[:2] == (200, "text/plain; charset=utf-8")
    submit.log.grow(300)
    status, _, lines = submit(7)
    assert status == 200
    keys = [partners.own_witness_key(node)]
    told = witness.add_cosignatures(submit.log.signed(), lines, keys)
    assert [one.name for one in witness.require_witnessed(told, keys, needed=1)] == [
        f"{node.config.log_origin}/witness"
    ]
    assert submit.held() == 307
    assert submit(307, proof=())[0] == 200, "the very same checkpoint is cosigned again, later"
    assert kinds(node) == []


def test_a_cosignature_verifies_by_the_plain_rules_of_c2sp(node: Node, submit: Submitting) -> None:
    line = submit(0)[2].decode()
    dash, name, encoded = line.rstrip("\n").split(" ")
    assert (dash, name) == ("—", f"{node.config.log_origin}/witness")
    raw = base64.b64decode(encoded)
    key_id, seconds, signature = raw[:4], int.from_bytes(raw[4:12]), raw[12:]
    vkey = partners.own_witness_key(node)
    assert key_id == vkey.key_id
    note = submit.log.signed().partition("\n\n")[0] + "\n"
    message = f"cosignature/v1\ntime {seconds}\n{note}".encode()
    Ed25519PublicKey.from_public_bytes(vkey.public).verify(signature, message)
    card = partners.own_card(node)
    assert str(vkey) in base64.urlsafe_b64decode(card.split(b".")[1] + b"==").decode()


def test_another_old_size_is_answered_with_the_size_that_is_held(submit: Submitting) -> None:
    submit(0)
    submit.log.grow(2)
    for old in (0, 3):
        assert submit(old) == (409, "text/x.tlog.size", b"7\n")
    assert submit(0, 3) == (409, "text/x.tlog.size", b"7\n"), "an older checkpoint than the one that is held"
    assert submit.held() == 7


def test_an_unknown_log_and_an_unknown_key_are_told_apart(node: Node, submit: Submitting, france: Partner) -> None:
    stranger = PartnerLog(Partner("KEN", since=node.clock.now()), 3)
    body = Submission(old=0, proof=(), text=stranger.signed()).to_bytes()
    assert submit.raw(body)[0] == 404
    submit.log.signer = SigningKey.from_seed(b"k" * 32)
    assert submit(0)[0] == 403
    submit.log.signer = france.keys.ledger
    changed = submit.log.signed().replace("\n7\n", "\n6\n")
    assert submit.raw(Submission(old=0, proof=(), text=changed).to_bytes())[0] == 403
    assert submit.held() == 0


def test_a_wrong_proof_is_refused_and_the_checkpoint_laid_aside_to_be_compared(node: Node, submit: Submitting) -> None:
    submit(0)
    submit.log.grow(4)
    right = submit.log.proof(7)
    for wrong in ((), right[:-1], (*right, right[0]), (right[0], *right[:-1])):
        assert submit(7, proof=wrong)[0] == 422
    assert submit.held() == 7
    assert node.stores.witnesses.watched()[0].claimed == submit.log.signed()
    assert kinds(node) == [], "anybody may send a genuine checkpoint with a wrong proof"
    assert submit(7)[0] == 200


def test_a_proof_from_an_empty_log_must_be_empty(submit: Submitting) -> None:
    assert submit(0, proof=(b"x" * 32,))[0] == 422


def test_two_roots_at_one_size_are_refused_kept_and_told(node: Node, submit: Submitting) -> None:
    submit(0)
    before = submit.log.signed()
    submit.log.cut(5)
    submit.log.grow(2, b"another past")
    assert submit(7, proof=()) == (409, "text/x.tlog.size", b"7\n")
    assert kinds(node) == [alarms.FORKED]
    (alarm,) = alarms.standing(node)
    assert (alarm.row.first, alarm.row.second) == (before, submit.log.signed())
    keys = [submit.log.key]
    first, second = (witness.verify_any(text, keys) for text in (alarm.row.first, alarm.row.second))
    assert first.size == second.size
    assert first.root != second.root
    assert submit(0)[0] == 409
    assert kinds(node) == [alarms.FORKED], "one alarm is enough"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old 0\n",
        b"old 00\n\nx",
        b"old -1\n\nx",
        b"old 99999999999999999999\n\nx",
        b"old 7 \n\nx",
        b"new 7\n\nx",
        b"old 0\nnot base64!\n\n",
        b"old 0\nAAAA\n\n",
        b"old 0\n" + b"A" * 44 + b"\n\n",
        b"old 0\r\n\r\n",
        b"\xff" * 100,
    ],
)
def test_what_is_no_submission_is_refused(submit: Submitting, body: bytes) -> None:
    assert submit.raw(body)[0] == 400
    assert submit.raw(body + submit.log.signed().encode())[0] in (400, 422)
    assert submit.held() == 0


def test_an_old_size_above_the_new_one_is_refused(submit: Submitting) -> None:
    assert submit(8, 7, proof=())[0] == 400


def test_too_many_lines_and_too_many_bytes_are_refused(submit: Submitting) -> None:
    line = base64.b64encode(b"h" * 32) + b"\n"
    text = submit.log.signed().encode()
    assert submit.raw(b"old 0\n" + line * 64 + b"\n" + text)[0] == 400
    assert submit.raw(b"old 0\n" + line * 1000 + b"\n" + text)[0] == 400
    assert submit.raw(b"old 0\n\n" + text + text.splitlines(keepends=True)[-1] * 64)[0] == 400
    status, _, _ = knock(submit.node, "POST", DOOR, b"", CONTENT_LENGTH=str(witness.MAX_SUBMISSION + 1))
    assert status == 413
    assert submit.raw(b"old 0\n" + line * 63 + b"\n" + text)[0] == 422
    assert submit.held() == 0


def test_lines_of_other_witnesses_do_not_stand_in_the_way(submit: Submitting) -> None:
    text = submit.log.signed() + "— someone.example/witness AAAAAWFueQ==\n" * 5
    assert submit.raw(Submission(old=0, proof=(), text=text).to_bytes())[0] == 200


def test_of_two_submissions_at_once_one_is_cosigned_and_nothing_is_rolled_back(shared: Node, partner: Partner) -> None:
    log = PartnerLog(partner, 7)
    assert Submitting(shared, log)(0)[0] == 200
    log.grow(30)
    bodies = [Submission(old=7, proof=log.proof(7, size), text=log.signed(size)).to_bytes() for size in range(8, 38)]

    def put(body: bytes) -> tuple[int, bytes]:
        try:
            status, _, told = knock(shared, "POST", DOOR, body)
            return status, told
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(put, bodies))
    cosigned = [size for size, (status, _) in enumerate(answers, 8) if status == 200]
    assert len(cosigned) == 1
    (row,) = shared.stores.witnesses.watched()
    assert row.size == cosigned[0]
    assert {told for status, told in answers if status == 409} == {b"%d\n" % row.size}
    assert {status for status, _ in answers} == {200, 409}
