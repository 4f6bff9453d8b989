"""One chain of custody in two States: what each does is told and proved, what is claimed is checked, gaps are filled."""

import hashlib
import io
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.integration.conftest import accept
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner
from tests.support.world import Stopwatch

from rogatory.api import door
from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions
from rogatory.kernel import canonical, digests
from rogatory.ledger import proofs
from rogatory.ledger.notes import VerifierKey
from rogatory.node import drafting, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import acts, comparing, disclosing, exhibits, handover, opening
from rogatory.node.ledger import proving
from rogatory.ports.world import Answer
from rogatory.sealing import jws
from rogatory.transports import http_signatures
from rogatory.transports.http_signatures import Signer

CONTENT = os.urandom(200_000)
Signed = list[str]


@pytest.fixture
def received(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    """An exhibit that France has announced."""
    found = Received(node, people, france, our_recipients, CONTENT, Conditions(use="This investigation only"))
    found.announce()
    return found


@pytest.fixture
def opened(received: Received, node: Node, people: People) -> Received:
    """An exhibit of France that has arrived, been receipted and opened."""
    received.give_all()
    handover.finish(node, received.id)
    opening.open_exhibit(node, people["custodian"], received.id, io.BytesIO(), purpose="To read it")
    return received


@pytest.fixture
def given(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Given:
    """An exhibit of ours whose delivery to France has left."""
    found = Given(node, people, france, our_recipients, CONTENT)
    found.deliver()
    return found


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RogatoryError) as caught:
        act()
    return caught.value.code


def sent(node: Node, given: Given, count: int | None = None) -> None:
    """As if *count* parts, or all, had been put on the road."""
    with node.stores.atomic():
        whole = exhibits.manifest_of(exhibits.get(node, given.id)).parts.count
        node.stores.exhibits.add_parts(given.id, range(whole if count is None else count))


def noted(node: Node, action: str) -> list[str]:
    return [row.detail for row in node.stores.audit.recent(100) if row.action == action]


def test_every_entry_that_we_sign_is_in_our_ledger_at_once(node: Node, given: Given, opened: Received) -> None:
    log = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
    for exhibit, expected in ((given.id, ["sealed", "sent"]), (opened.id, ["received", "opened"])):
        chain = exhibits.get(node, exhibit).custody
        ours = [one for one in chain if custody.read_entry(one.encode()).unverified_entry.holder[:3] == "VNM"]
        assert [str(custody.read_entry(one.encode()).unverified_entry.act) for one in ours] == expected
        for one in ours:
            proof = proving.proof(node, digests.sha256(one.encode()))
            proofs.verify_proof(proof, digests.sha256(one.encode()), log)


def test_what_is_sealed_is_provable_before_anybody_else_has_it(node: Node, people: People, given: Given) -> None:
    kept = given.seal(b"not delivered", None)
    (entry,) = exhibits.get(node, kept).custody
    assert proving.proof(node, digests.sha256(entry.encode())).index < node.stores.ledger.size()
    assert [one.digest for one in node.stores.exhibits.logged_of(kept)] == [digests.sha256(entry.encode())]


def test_a_receipt_without_the_entry_of_receiving_is_refused(node: Node, given: Given) -> None:
    sent(node, given)
    before = node.stores.ledger.size()
    body = {"exhibit": given.id, "custody": [given.entry(given.id, Act.PART_RECEIVED)]}
    assert code_of(lambda: given.tell("custody-receipt", body)) == "receipt-without-entry"
    again = {"exhibit": given.id, "custody": [exhibits.get(node, given.id).custody[-1]]}
    assert code_of(lambda: given.tell("custody-receipt", again)) == "receipt-without-entry"
    assert node.stores.ledger.size() == before
    given.tell("custody-receipt", given.receipt())
    row = exhibits.get(node, given.id)
    assert (row.state, row.reason) == ("received", "")


def test_a_receipt_for_other_bytes_is_refused(node: Node, given: Given) -> None:
    sent(node, given)
    body = given.receipt()
    payload = jws.read(body["custody"][0].encode(), typ=custody.TYP).payload
    key = given.partner.keys.signing_key(given.partner.authority, node.clock.now())
    wrong = jws.sign({**payload, "root": "0" * 64}, key=key, typ=custody.TYP).decode()
    assert code_of(lambda: given.tell("custody-receipt", {**body, "custody": [wrong]})) == "custody-wrong-digest"


def test_a_receiver_that_claims_what_was_never_sent_is_shown(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, bytes(9 * 1024 * 1024))
    given.deliver()
    sent(node, given, 1)
    given.tell("custody-receipt", given.receipt())
    row = exhibits.get(node, given.id)
    said = "FRA/contact-point says that it has all 2 parts, and only 1 were ever sent to it"
    assert (row.state, row.reason) == ("received", said)
    assert noted(node, "exhibit:receipt:too-early") == [f"{given.id}: {said}"]


def test_a_receiver_that_claims_everything_when_nothing_was_sent_is_shown(node: Node, given: Given) -> None:
    given.tell("custody-receipt", given.receipt())
    assert "only 0 were ever sent to it" in exhibits.get(node, given.id).reason
    assert len(noted(node, "exhibit:receipt:too-early")) == 1


def test_a_receipt_that_comes_after_the_request_was_closed_counts(
    node: Node, people: People, received: Received
) -> None:
    received.give_all()
    handover.finish(node, received.id)
    second = received.make_manifest()
    received.last = list(record.messages_of(node, received.request.case).values())[-1]
    received.announce(second)
    case, request = received.request.case, received.request.digest
    steps.take(node, people["drafter"], case=case, regarding=request, kind="withdrawal", body={"reason": "Enough"})
    received.id = second.exhibit
    received.give_all()
    receipt = handover.finish(node, second.exhibit)
    assert receipt is not None
    file = record.case_file(node, case)
    assert (file.requests[request].state, file.events[-1].ineffective) == ("withdrawn", "")
    assert len(file.exhibits[second.exhibit].custody) == 3


def test_an_exhibit_that_takes_long_to_arrive_is_told_once_and_then_once_an_hour(
    node: Node, received: Received
) -> None:
    assert isinstance(node.clock, Stopwatch)
    received.give_list()
    node.clock.time += timedelta(minutes=1)
    assert handover.arriving(node) == (), "nothing has arrived yet"
    for number in range(3):
        received.give(number)
    with node.stores.atomic():
        node.stores.exhibits.add_parts(received.id, range(3))
    assert handover.arriving(node) == (received.id,)
    told = handover.tell_arrival(node, received.id)
    assert told is not None
    assert told.kind == "custody-entry"
    assert handover.arriving(node) == ()
    assert handover.tell_arrival(node, received.id) is None
    node.clock.time += timedelta(hours=1)
    assert handover.arriving(node) == (received.id,)
    assert handover.tell_arrival(node, received.id)
    assert received.custody(received.id) == ["sealed", "sent", "part-received", "part-received"]


def test_viewing_and_copying_are_told_with_their_purpose(node: Node, people: People, opened: Received) -> None:
    custodian, held = people["custodian"], opened.id
    acts.record_act(node, custodian, held, "viewed", purpose="Read by the prosecutor")
    assert code_of(lambda: acts.record_act(node, custodian, held, "copied", purpose="For the file")) == "no-copy-given"
    wrong = lambda: acts.record_act(node, custodian, held, "copied", purpose="For the file", copy_sha256="0" * 64)  # noqa: E731
    assert code_of(wrong) == "custody-wrong-digest"
    acts.record_act(node, custodian, held, "copied", purpose="For the file", copy_sha256=opened.manifest.sha256)
    assert opened.custody(held)[-2:] == ["viewed", "copied"]
    assert code_of(lambda: acts.record_act(node, custodian, held, "sealed", purpose="x")) == "act-not-by-hand"
    assert code_of(lambda: acts.record_act(node, people["drafter"], id, "viewed", purpose="x")) == "role-missing"
    assert code_of(lambda: acts.record_act(node, custodian, held, "viewed", purpose=" ")) == "bad-body"
    told = record.case_file(node, opened.request.case).exhibits[held].custody
    assert tuple(told[-2:]) == tuple(exhibits.get(node, held).custody[-2:])


def test_nobody_views_what_was_not_opened(node: Node, people: People, received: Received) -> None:
    received.give_all()
    handover.finish(node, received.id)
    attempt = lambda: acts.record_act(node, people["custodian"], received.id, "viewed", purpose="x")  # noqa: E731
    assert code_of(attempt) == "custody-not-permitted"


def test_what_clears_an_accused_is_disclosed_after_notice_and_needs_no_leave(
    node: Node, people: People, opened: Received
) -> None:
    custodian = people["custodian"]
    attempt = lambda: disclosing.disclose(node, custodian, opened.id, notice="0" * 64)  # noqa: E731
    assert code_of(attempt) == "notice-missing"
    notice = disclosing.give_notice(node, custodian, opened.id, to="The defence of B.", clears="An alibi for 3 May")
    assert "disclosed" not in opened.custody(opened.id)
    disclosing.disclose(node, custodian, opened.id, notice=notice.digest)
    last = custody.read_entry(exhibits.get(node, opened.id).custody[-1].encode()).unverified_entry
    assert (last.act, last.under) == ("disclosed", notice.digest)
    assert last.purpose == "The defence of B.: An alibi for 3 May"
    (known,) = record.case_file(node, opened.request.case).exhibits[opened.id].notices
    assert (known.to, known.no_time) == ("The defence of B.", "")


def test_without_time_for_notice_the_disclosure_and_the_reason_are_told_together(
    node: Node, people: People, opened: Received
) -> None:
    before = len(record.case_file(node, opened.request.case).events)
    disclosing.disclose_at_once(
        node, people["custodian"], opened.id, to="The court", clears="An alibi", no_time="The hearing was under way"
    )
    file = record.case_file(node, opened.request.case)
    assert [one.message.kind for one in file.events[before:]] == ["disclosure-notice", "custody-entry"]
    assert file.exhibits[opened.id].notices[0].no_time == "The hearing was under way"
    assert opened.custody(opened.id)[-1] == "disclosed"
    attempt = lambda: disclosing.disclose_at_once(  # noqa: E731
        node, people["custodian"], opened.id, to="The court", clears="An alibi", no_time=" "
    )
    assert code_of(attempt) == "bad-body"
    assert len(record.case_file(node, opened.request.case).events) == before + 2


def test_what_is_ours_needs_no_notice(node: Node, people: People, given: Given) -> None:
    attempt = lambda: disclosing.give_notice(node, people["custodian"], given.id, to="x", clears="y")  # noqa: E731
    assert code_of(attempt) == "exhibit-not-in-state"


def knock(node: Node, partner: Partner, path: str) -> tuple[int, Any]:
    """What the door answers to a request that *partner* signs."""
    signer = Signer(key=partner.keys.signing_key(partner.authority, node.clock.now()), now=node.clock.now)
    headers = http_signatures.sign("GET", f"http://node.example{path}", hashlib.sha256(b"").digest(), signer)
    told: list[int] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    answer = door.answer(node, environ, lambda status, _: told.append(int(status[:3])))
    return told[0], json.loads(b"".join(answer))


def test_the_other_side_of_the_case_is_given_the_chain_and_nobody_else(
    node: Node, people: People, start: datetime, given: Given
) -> None:
    path = f"/node/v1/exhibits/{given.id}/custody"
    status, said = knock(node, given.partner, path)
    chain = list(exhibits.get(node, given.id).custody)
    assert (status, said) == (200, {"exhibit": given.id, "count": 2, "start": 0, "custody": chain})
    assert knock(node, given.partner, f"{path}/1")[1]["custody"] == chain[1:]
    assert knock(node, given.partner, f"{path}/9")[1]["custody"] == []
    kenya = accept(node, people, Partner("KEN", since=start - timedelta(days=30)), start)
    assert (knock(node, kenya, path)[0], knock(node, kenya, path)[1]["code"]) == (404, "no-such-exhibit")
    kept = given.seal(b"not delivered", None)
    assert knock(node, given.partner, f"/node/v1/exhibits/{kept}/custody")[0] == 404


def test_a_long_chain_is_given_in_stretches(node: Node, given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MAX_ANSWERED", 10)
    answers(node, lambda start: comparing.custody_for(node, "FRA", given.id, start))
    row = exhibits.get(node, given.id)
    assert [one.decode() for one in comparing._fetch(node, row)] == list(row.custody)


def answers(node: Node, say: Callable[[int], dict[str, object]]) -> None:
    """Let the partner answer with what *say* makes of the first entry that is asked for."""

    def custody_of(_address: str, _exhibit: str, start: int) -> Answer:
        return Answer(status=200, code="", body=canonical.dumps(say(start)))

    node.transport.custody = custody_of  # type: ignore[method-assign]


def whole(id: str, chain: Signed) -> Callable[[int], dict[str, object]]:
    return lambda start: {"exhibit": id, "count": len(chain), "start": start, "custody": chain[start:]}


def test_entries_that_we_lack_are_taken_over_once_they_verify(node: Node, people: People, given: Given) -> None:
    ours = list(exhibits.get(node, given.id).custody)
    answers(node, whole(given.id, ours))
    same = comparing.compare_with_partner(node, people["auditor"], given.id)
    assert same.sentences("fr") == ["Les deux côtés détiennent les mêmes 2 mentions."]
    theirs = [*ours, given.entry(given.id, Act.PART_RECEIVED)]
    answers(node, whole(given.id, theirs))
    found = comparing.compare_with_partner(node, people["auditor"], given.id)
    assert found.sentences()[0].startswith("We lack entry 3 (received in part by FRA/contact-point")
    assert list(exhibits.get(node, given.id).custody) == theirs
    assert len(noted(node, "exhibit:custody:compare")) == 2


def test_a_disagreement_is_told_and_changes_nothing(node: Node, people: People, given: Given) -> None:
    ours = list(exhibits.get(node, given.id).custody)
    one, other = given.entry(given.id, Act.PART_RECEIVED), given.entry(given.id, Act.PART_RECEIVED)
    given.tell("custody-entry", {"exhibit": given.id, "custody": [one]})
    answers(node, whole(given.id, [*ours, other]))
    found = comparing.compare_with_partner(node, people["auditor"], given.id)
    assert found.disagreement
    row = exhibits.get(node, given.id)
    assert list(row.custody) == [*ours, one]
    assert row.reason.startswith("The two chains contradict each other")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"custody": "all"}, "bad-chain-answer"),
        ({"count": 0}, "bad-chain-answer"),
        ({"count": True}, "bad-chain-answer"),
        ({"count": 1_000_000}, "bad-chain-answer"),
        ({"exhibit": "0" * 26}, "bad-chain-answer"),
        ({"start": 7}, "bad-chain-answer"),
        ({"custody": ["no signature"]}, "bad-jws"),
        ({"custody": [], "count": 5}, "bad-custody"),
    ],
)
def test_an_answer_that_is_no_chain_is_refused(
    node: Node, people: People, given: Given, change: dict[str, Any], code: str
) -> None:
    before = exhibits.get(node, given.id)
    answers(node, lambda start: {**whole(given.id, list(before.custody))(start), **change})
    assert code_of(lambda: comparing.compare_with_partner(node, people["auditor"], given.id)) == code
    assert exhibits.get(node, given.id) == before


def test_a_partner_that_does_not_give_its_chain_is_told(node: Node, people: People, given: Given) -> None:
    refused = Answer(status=404, code="no-such-exhibit", body=b"", message="there is no exhibit", remedy="Look")
    node.transport.custody = lambda *_: refused  # type: ignore[method-assign]
    assert code_of(lambda: comparing.compare_with_partner(node, people["auditor"], given.id)) == "chain-not-given"


def test_the_delivery_of_an_exhibit_is_proposed_by_a_custodian_and_logged_when_it_leaves(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, CONTENT)
    row, body = handover.propose_delivery(node, people["custodian"], given.id)
    draft = steps.take(node, people["custodian"], case=row.case, regarding=row.request, kind="delivery", body=body)
    assert len(node.stores.exhibits.logged_of(given.id)) == 1
    drafting.approve(node, people["approver"], draft.id)  # type: ignore[union-attr]
    assert len(node.stores.exhibits.logged_of(given.id)) == 2
