"""Letters that belong to no case: written, sealed, delivered, taken in, and refused."""

import os
from datetime import timedelta

import pytest
from tests.support.letterwriting import US, Correspondent
from tests.support.partner import Partner, preservation_contents
from tests.support.world import Road

from rogatory.correspondence.letters import Letter, Place
from rogatory.errors import RogatoryError
from rogatory.kernel import ids
from rogatory.node import delivery, intake
from rogatory.node.context import Node
from rogatory.node.correspondence import drillkinds, letters
from rogatory.node.ledger import checking, proving
from rogatory.node.people import Actor
from rogatory.sealing import jws, receipts

THEM = "FRA/contact-point"
DRILL_BODY = {"practice": True, "answer_minutes": 60}
People = dict[str, Actor]


@pytest.fixture
def them(node: Node, france: Partner) -> Correspondent:
    return Correspondent(node, france)


@pytest.fixture
def sent(node: Node, france: Partner, people: People) -> Letter:
    return letters.send(node, people["approver"], kind=drillkinds.DRILL, receiver=THEM, body=DRILL_BODY)


def road(node: Node) -> Road:
    assert isinstance(node.transport, Road)
    return node.transport


def test_a_letter_of_ours_is_kept_sealed_to_its_receiver_and_ended_by_a_receipt(
    node: Node, them: Correspondent, sent: Letter
) -> None:
    road(node).receive = them.receipt
    assert delivery.drain(node, "FRA") == 1
    opened = them.opened(road(node).posted[0])
    assert (opened.digest, opened.number, opened.follows) == (sent.digest, 1, ())
    assert (opened.person.name, opened.person.role) == ("Trần Thị Bình", "approver")
    assert node.stores.outbox.of_case(sent.thread)[0].state == "delivered"
    assert letters.get(node, sent.digest) == sent
    assert node.stores.messages.cases() == []
    assert node.stores.views.cases() == []


def test_a_letter_from_a_partner_is_kept_in_the_ledger_and_answered_with_a_signed_receipt(
    node: Node, them: Correspondent
) -> None:
    letter = them.letter("drill", DRILL_BODY)
    receipt = them.deliver(letter)
    told = jws.verify(receipt.encode(), key=node.unlock().signing_key(US, node.clock.now()).public, typ=receipts.TYPE)
    assert (told["result"], told["message"], told["ledger"]["index"]) == ("stored", letter.digest, 0)
    assert [one.digest for _, one in letters.arrived(node, "drill")] == [letter.digest]
    assert letters.of_thread(node, letter.thread) == [letter]
    assert node.stores.messages.cases() == []
    assert node.stores.views.cases() == []


def test_a_kind_that_is_not_known_is_kept_shown_and_answered_not_understood(
    node: Node, them: Correspondent, people: People
) -> None:
    letter = them.letter("proposal-of-2040", {"anything": ["at", "all"]}, colour="blue")
    receipt = them.deliver(letter)
    assert receipts.read_receipt(receipt.encode()).receipt.result == receipts.NOT_UNDERSTOOD
    [(row, shown)] = letters.newest(node, people["auditor"])
    assert (row.understood, shown.kind, shown.body) == (False, "proposal-of-2040", {"anything": ["at", "all"]})
    assert jws.read(shown.jws, typ="rogatory-letter+jws").payload["colour"] == "blue"


def refused(node: Node, data: bytes) -> str:
    before = node.stores.ledger.size(), len(node.stores.letters.newest(limit=500)), len(node.stores.drills.newest(99))
    with pytest.raises(RogatoryError) as caught:
        intake.receive(node, data)
    after = node.stores.ledger.size(), len(node.stores.letters.newest(limit=500)), len(node.stores.drills.newest(99))
    assert after == before
    return caught.value.code


def test_the_same_envelope_again_has_no_second_effect_and_gets_the_same_receipt(
    node: Node, them: Correspondent
) -> None:
    data = them.seal(them.letter("drill", DRILL_BODY).jws)
    first = intake.receive(node, data)
    with pytest.raises(intake.Replayed) as caught:
        intake.receive(node, data)
    assert caught.value.receipt == first
    assert len(node.stores.drills.newest(99)) == 1


def test_the_same_letter_in_another_envelope_is_refused(node: Node, them: Correspondent) -> None:
    letter = them.write("drill", DRILL_BODY)
    assert refused(node, them.seal(letter.jws)) == "letter-does-not-fit"


def test_a_letter_that_another_state_signed_is_refused(
    node: Node, them: Correspondent, start: object, people: People
) -> None:
    kenya = Partner("KEN", since=node.clock.now() - timedelta(days=1))
    foreign = Correspondent(node, kenya).letter("drill", DRILL_BODY)
    assert refused(node, them.seal(foreign.jws)) == "unknown-key"


def test_a_letter_that_names_another_sender_is_refused(node: Node, them: Correspondent) -> None:
    assert refused(node, them.seal(them.letter("drill", DRILL_BODY, **{"from": "KEN/desk"}).jws)) == "signers-differ"


def test_a_real_letter_does_not_reach_an_exercise(node: Node, them: Correspondent) -> None:
    assert refused(node, them.seal(them.letter("drill", DRILL_BODY, exercise=False).jws)) == "wrong-world-message"


def test_what_is_neither_letter_nor_message_is_refused(node: Node, them: Correspondent) -> None:
    key = them.partner.keys.signing_key(them.partner.authority, node.clock.now())
    other = jws.sign({"at": "2028-03-01T09:00:00.000Z"}, key=key, typ="rogatory-opinion+jws")
    assert refused(node, them.seal(other)) == "wrong-type"
    assert refused(node, them.seal(b"hello")) == "bad-jws"


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"kind": "Drill!"},
        {"kind": ""},
        {"thread": "x"},
        {"number": 0},
        {"number": 2_000_000},
        {"number": True},
        {"follows": "no list"},
        {"follows": ["a" * 64] * 2},
        {"follows": ["b"]},
        {"person": {"name": "", "role": "duty-officer"}},
        {"person": "Camille"},
        {"exercise": "yes"},
        {"body": []},
        {"to": "FRA/central-authority"},
    ],
)
def test_a_letter_of_a_wrong_form_is_refused(node: Node, them: Correspondent, changes: dict[str, object]) -> None:
    good = them.letter("drill", DRILL_BODY)
    payload = {**jws.read(good.jws, typ="rogatory-letter+jws").payload, **changes}
    key = them.partner.keys.signing_key(them.partner.authority, node.clock.now())
    assert refused(node, them.seal(jws.sign(payload, key=key, typ="rogatory-letter+jws"))) == "bad-letter"


def test_a_letter_that_is_too_large_is_refused(node: Node, them: Correspondent) -> None:
    letter = them.letter("essay", {"text": "x" * 200_000})
    assert refused(node, them.seal(letter.jws)) == "bad-jws"


@pytest.mark.parametrize(
    "body", [{}, {"practice": False, "answer_minutes": 5}, {"practice": True, "answer_minutes": 0},
             {"practice": True, "answer_minutes": 10**6}, {"practice": True, "answer_minutes": 5, "note": 7}]
)  # fmt: skip
def test_a_known_kind_with_a_wrong_body_is_refused(node: Node, them: Correspondent, body: dict[str, object]) -> None:
    assert refused(node, them.seal(them.letter("drill", body).jws)) == "bad-letter-body"


def test_a_letter_never_overtakes_an_earlier_one_of_its_thread(node: Node, them: Correspondent) -> None:
    first = them.letter("essay", {"text": "one"})
    second = them.letter("essay", {"text": "two"}, place=Place(thread=first.thread, number=2, follows=(first.digest,)))
    assert refused(node, them.seal(second.jws)) == "missing-letter"
    them.deliver(first)
    them.deliver(second)
    assert [one.body["text"] for one in letters.of_thread(node, first.thread)] == ["one", "two"]


def test_a_letter_that_stands_elsewhere_than_it_says_is_refused(node: Node, them: Correspondent) -> None:
    first = them.write("essay", {"text": "one"})
    other = them.write("essay", {"text": "another"})
    wrong = [
        Place(thread=first.thread),
        Place(thread=first.thread, number=2),
        Place(thread=first.thread, number=3, follows=(first.digest,)),
        Place(thread=first.thread, number=2, follows=(other.digest,)),
        Place(thread=ids.new_id(os.urandom(17)), number=2, follows=(first.digest,)),
    ]
    for place in wrong:
        assert refused(node, them.seal(them.letter("essay", {}, place=place).jws)) == "letter-does-not-fit"


def test_a_state_cannot_write_into_a_thread_of_two_others(
    node: Node, them: Correspondent, people: People, start: object
) -> None:
    from tests.integration.conftest import accept

    now = node.clock.now()
    kenya = Correspondent(node, accept(node, people, Partner("KEN", since=now - timedelta(days=1)), now))
    first = them.write("essay", {"text": "between France and us"})
    place = Place(thread=first.thread, number=2, follows=(first.digest,))
    assert refused(node, kenya.seal(kenya.letter("essay", {}, place=place).jws)) == "letter-does-not-fit"
    assert refused(node, kenya.seal(kenya.letter("essay", {}, place=Place(thread=first.thread)).jws)) == (
        "letter-does-not-fit"
    )


def test_both_sides_may_write_at_once_and_the_next_letter_follows_both(
    node: Node, them: Correspondent, people: People
) -> None:
    essay = letters.Kind(name="essay", check=lambda body: None, roles=("approver",))
    first = letters.send(node, people["approver"], kind=essay, receiver=THEM, body={})
    ours = letters.send(node, people["approver"], kind=essay, receiver=THEM, body={}, thread=first.thread)
    theirs = them.write("essay", {}, place=Place(thread=first.thread, number=2, follows=(first.digest,)))
    last = letters.send(node, people["approver"], kind=essay, receiver=THEM, body={}, thread=first.thread)
    assert last.number == 3
    assert set(last.follows) == {ours.digest, theirs.digest}


def test_nobody_writes_to_a_state_whose_card_was_not_accepted_and_nothing_is_left_behind(
    node: Node, france: Partner, people: People
) -> None:
    for receivers, code in (
        ([THEM, "KEN/contact-point"], "no-such-partner"),
        ([THEM, "FRA/nobody"], "unknown-authority"),
        ([US], "bad-letter"),
    ):
        with pytest.raises(RogatoryError) as caught:
            letters.broadcast(node, people["approver"], kind=drillkinds.DRILL, receivers=receivers, body=DRILL_BODY)
        assert caught.value.code == code
    assert node.stores.letters.newest(limit=9) == []
    assert node.stores.outbox.undelivered() == []
    assert node.stores.ledger.size() == 0


def test_a_letter_is_written_only_by_who_holds_a_role_for_it_and_into_a_thread_that_is_here(
    node: Node, france: Partner, people: People
) -> None:
    with pytest.raises(RogatoryError) as caught:
        letters.send(node, people["drafter"], kind=drillkinds.DRILL, receiver=THEM, body=DRILL_BODY)
    assert caught.value.code == "role-missing"
    with pytest.raises(RogatoryError) as caught:
        letters.send(node, people["approver"], kind=drillkinds.DRILL, receiver=THEM, body=DRILL_BODY, thread="0" * 26)
    assert caught.value.code == "no-such-thread"
    with pytest.raises(RogatoryError) as caught:
        letters.newest(node, people["administrator"])
    assert caught.value.code == "role-missing"


def test_letters_stand_in_the_ledger_and_only_the_two_states_are_given_the_proof(
    node: Node, them: Correspondent, sent: Letter
) -> None:
    theirs = them.write("essay", {})
    for letter in (sent, theirs):
        assert proving.proof_for(node, "FRA", letter.digest).to_json()
        with pytest.raises(RogatoryError) as caught:
            proving.proof_for(node, "KEN", letter.digest)
        assert caught.value.code == "not-logged"
    checked = checking.check(node)
    assert checked.findings == ()
    assert checked.messages == 2


def test_a_letter_changed_in_the_database_is_not_read(node: Node, them: Correspondent, committed_letter: str) -> None:
    with pytest.raises(RogatoryError) as caught:
        letters.get(node, committed_letter)
    assert caught.value.code == "message-changed-in-store"


@pytest.fixture
def committed_letter(node: Node, them: Correspondent) -> str:
    """The digest of a letter under which another one was put by hand."""
    from django.db import connection

    from rogatory.stores import append_only
    from rogatory.stores.models import Letter as LetterModel

    one, other = them.write("essay", {"text": "true"}), them.letter("essay", {"text": "false"})
    append_only.unprotect(connection, ["stores_letter"])
    LetterModel.objects.filter(digest=one.digest).update(jws=other.jws)
    append_only.protect(connection, ["stores_letter"])
    return one.digest


def test_the_database_refuses_to_change_a_letter(node: Node, them: Correspondent) -> None:
    from django.db import DatabaseError, transaction

    from rogatory.stores.models import Letter as LetterModel

    them.write("essay", {})
    for act in (lambda: LetterModel.objects.update(kind="other"), lambda: LetterModel.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_a_case_and_its_messages_are_as_before_beside_letters(
    node: Node, them: Correspondent, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    case = "FRA-VNM-2028-0001-7Q4K2M9XAB"
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    at = node.clock.now()
    message = france.message("request", body, case=case, to=US, at=at)
    them.write("essay", {})
    intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=at))
    them.write("essay", {})
    assert [line.messages for line in node.stores.views.cases()] == [1]
