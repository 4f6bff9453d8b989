"""The end of an exhibit: its day is over, two people order it, or it is given back. The proof stays, the bytes do not."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner
from tests.support.world import Stopwatch

from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.evidence.custody import Entry
from rogatory.evidence.manifest import Conditions
from rogatory.ledger import proofs
from rogatory.ledger.notes import VerifierKey
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.evidence import certificates, exhibits, retention, transfer
from rogatory.node.ledger import proving
from rogatory.ports.evidence import ExhibitRow
from rogatory.stores.files import LocalBlobs
from rogatory.worker import runner, tasks

CONTENT = os.urandom(200_000)
LAST_DAY = date(2028, 6, 30)
BOUND = Conditions(use="This investigation only", retention_until=LAST_DAY)
AFTER = datetime.fromisoformat("2028-07-01T00:00:00+00:00")


class PowerCut(BaseException):
    """The node dies here."""


@pytest.fixture
def received(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    """An exhibit of France that has arrived here, to be kept until the end of June."""
    found = Received(node, people, france, our_recipients, CONTENT, BOUND)
    found.arrive()
    return found


@pytest.fixture
def given(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Given:
    """An exhibit that we have sealed for France, to be kept until the end of June."""
    return Given(node, people, france, our_recipients, CONTENT, LAST_DAY)


@pytest.fixture
def june_is_over(node: Node) -> Callable[[], None]:
    def wait() -> None:
        assert isinstance(node.clock, Stopwatch)
        node.clock.time = AFTER

    return wait


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RogatoryError) as caught:
        act()
    return caught.value.code


def blobs_of(node: Node, id: str) -> list[str]:
    folder = f"exhibits/{id}"
    return [*node.blobs.names(folder), *node.blobs.unfinished_names(folder)]


def entries(row: ExhibitRow) -> list[Entry]:
    return [custody.read_entry(one.encode()).unverified_entry for one in row.custody]


def messages(node: Node, case: str, kind: str) -> int:
    return [event.message.kind for event in record.case_file(node, case).events].count(kind)


def test_on_its_last_day_an_exhibit_is_kept_and_the_day_after_it_is_not(
    node: Node, received: Received, june_is_over: Callable[[], None]
) -> None:
    assert isinstance(node.clock, Stopwatch)
    node.clock.time = datetime.fromisoformat("2028-06-30T23:59:00+00:00")
    assert retention.due(node) == ()
    assert not retention.look(node, received.id)
    june_is_over()
    assert retention.due(node) == (received.id,)
    assert retention.look(node, received.id)
    row = exhibits.get(node, received.id)
    assert (row.state, blobs_of(node, received.id)) == ("destroyed", [])
    last = entries(row)[-1]
    assert (last.act, last.person, last.purpose) == ("destroyed", "Rogatory", "It might be kept until 2028-06-30")
    assert row.manifest
    told = record.case_file(node, received.request.case).exhibits[received.id].custody
    assert told[-1] == row.custody[-1], "the State that gave it is told"
    assert retention.due(node) == ()
    assert not retention.look(node, received.id)


def test_the_key_goes_first(node: Node, received: Received, june_is_over: Callable[[], None]) -> None:
    sealed = node.blobs._path(f"exhibits/{received.id}/sealed.age")  # type: ignore[attr-defined]
    kept = sealed.parents[3] / "aside"
    os.link(sealed, kept)
    june_is_over()
    retention.look(node, received.id)
    header = kept.read_bytes()[:5_000]
    assert header == bytes(len(header)), "what still pointed at the file finds no header in it"


@pytest.mark.parametrize("blob", [0, 1])
def test_a_node_that_dies_while_it_destroys_goes_on_and_certifies_once(
    node: Node,
    received: Received,
    june_is_over: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    blob: int,
) -> None:
    june_is_over()
    shred = LocalBlobs.shred
    count: Iterator[int] = iter(range(100))

    def dying(self: LocalBlobs, name: str) -> None:
        if next(count) == blob:
            raise PowerCut
        shred(self, name)

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(LocalBlobs, "shred", dying)
        retention.look(node, received.id)
    row = exhibits.get(node, received.id)
    assert row.state == "destroying"
    assert "destroyed" not in [one.act for one in entries(row)], "nothing is certified before the bytes are gone"
    assert transfer.missing(node, "FRA", received.id)["missing"] == []
    assert retention.due(node) == (received.id,)
    assert retention.look(node, received.id)
    assert (blobs_of(node, received.id), received.custody(received.id).count("destroyed")) == ([], 1)


def test_a_node_that_dies_before_it_certifies_goes_on_and_certifies_once(
    node: Node, received: Received, june_is_over: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    june_is_over()

    def dying(*_: Any, **__: Any) -> None:
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(retention, "_certify", dying)
        retention.look(node, received.id)
    assert blobs_of(node, received.id) == []
    assert retention.look(node, received.id)
    assert received.custody(received.id).count("destroyed") == 1


def test_an_exhibit_that_is_still_arriving_goes_too_and_takes_no_parts_any_more(
    node: Node,
    people: People,
    france: Partner,
    our_recipients: tuple[str, ...],
    june_is_over: Callable[[], None],
) -> None:
    arriving = Received(node, people, france, our_recipients, CONTENT, BOUND)
    arriving.announce()
    arriving.give_list()
    arriving.give(0)
    june_is_over()
    assert retention.look(node, arriving.id)
    assert blobs_of(node, arriving.id) == []
    assert code_of(lambda: arriving.give(1)) == "not-receiving"
    assert entries(exhibits.get(node, arriving.id))[-1].act == "destroyed"


def test_a_part_that_was_on_its_way_in_when_the_exhibit_went_leaves_nothing(
    node: Node,
    people: People,
    france: Partner,
    our_recipients: tuple[str, ...],
    june_is_over: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arriving = Received(node, people, france, our_recipients, CONTENT, BOUND)
    arriving.announce()
    arriving.give_list()
    june_is_over()
    write_at = LocalBlobs.write_at

    def late(self: LocalBlobs, name: str, size: int, offset: int, data: bytes) -> None:
        retention.look(node, arriving.id)
        write_at(self, name, size, offset, data)

    with monkeypatch.context() as patch:
        patch.setattr(LocalBlobs, "write_at", late)
        assert code_of(lambda: arriving.give(1)) == "not-receiving"
    assert blobs_of(node, arriving.id) == []


def test_what_we_gave_goes_on_its_day_as_well_and_what_never_left_is_certified_here_alone(
    node: Node, given: Given, june_is_over: Callable[[], None]
) -> None:
    june_is_over()
    assert retention.look(node, given.id)
    assert given.custody(given.id) == ["sealed", "destroyed"]
    assert messages(node, given.request.case, "custody-entry") == 0
    assert blobs_of(node, given.id) == []


def test_the_worker_finds_what_is_due(
    node: Node, received: Received, june_is_over: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    june_is_over()
    queued: list[str] = []
    monkeypatch.setattr(tasks.DjangoTasks, "destroy", lambda _, exhibit: queued.append(exhibit))
    runner.sweep(node)
    assert queued == [received.id]


def test_a_destruction_takes_a_custodian_and_another_person(node: Node, people: People, received: Received) -> None:
    custodian, approver = people["custodian"], people["approver"]
    assert code_of(lambda: retention.approve(node, approver, received.id)) == "destruction-not-proposed"
    assert code_of(lambda: retention.propose(node, approver, received.id, purpose="x")) == "role-missing"
    assert code_of(lambda: retention.propose(node, custodian, received.id, purpose=" ")) == "bad-body"
    retention.propose(node, custodian, received.id, purpose="The investigation has ended")
    assert code_of(lambda: retention.propose(node, custodian, received.id, purpose="x")) == "destruction-under-way"
    both = type(custodian)(id=custodian.id, name=custodian.name, authority=custodian.authority, roles=approver.roles)
    assert code_of(lambda: retention.approve(node, both, received.id)) == "same-person"
    assert blobs_of(node, received.id)
    retention.refuse(node, approver, received.id)
    assert exhibits.get(node, received.id).state == "received"
    retention.propose(node, custodian, received.id, purpose="The investigation has ended")
    assert retention.approve(node, approver, received.id).state == "destroyed"
    assert code_of(lambda: retention.approve(node, approver, received.id)) == "exhibit-gone"
    last = entries(exhibits.get(node, received.id))[-1]
    assert (last.act, last.person, last.purpose) == ("destroyed", custodian.name, "The investigation has ended")
    assert certificates.certificate(node, people["auditor"], received.id).second == approver.as_person("approver")


def test_what_is_given_back_leaves_no_bytes_here_and_says_so_there(
    node: Node, people: People, received: Received
) -> None:
    row = retention.give_back(node, people["custodian"], received.id, purpose="No longer needed")
    assert (row.state, blobs_of(node, received.id)) == ("returned", [])
    last = entries(row)[-1]
    assert (last.act, last.to, last.root) == ("returned", "FRA/contact-point", received.manifest.parts.root)
    assert messages(node, received.request.case, "custody-entry") == 1
    assert code_of(lambda: retention.give_back(node, people["custodian"], received.id)) == "exhibit-gone"
    assert code_of(lambda: retention.propose(node, people["custodian"], received.id, purpose="x")) == "exhibit-gone"


def test_a_node_that_dies_while_it_gives_back_goes_on(
    node: Node, people: People, received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: Any) -> None:
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(LocalBlobs, "shred", dying)
        retention.give_back(node, people["custodian"], received.id)
    assert blobs_of(node, received.id)
    assert retention.due(node) == (received.id,)
    retention.look(node, received.id)
    assert blobs_of(node, received.id) == []
    assert exhibits.get(node, received.id).state == "returned"
    assert retention.due(node) == ()


def test_what_comes_back_to_us_is_returned_here_and_still_goes_on_its_day(
    node: Node, given: Given, june_is_over: Callable[[], None]
) -> None:
    given.deliver()
    transferred(node, given)
    given.tell("custody-receipt", given.receipt())
    root = exhibits.manifest_of(exhibits.get(node, given.id)).parts.root
    back = given.entry(given.id, custody.Act.RETURNED, to="VNM/contact-point", root=root)
    given.tell("custody-entry", {"exhibit": given.id, "custody": [back]})
    assert exhibits.get(node, given.id).state == "returned"
    june_is_over()
    assert retention.look(node, given.id)
    assert exhibits.get(node, given.id).state == "destroyed"


def test_the_certificate_is_the_signed_entry_in_words_with_its_proof(
    node: Node, people: People, received: Received, june_is_over: Callable[[], None]
) -> None:
    assert code_of(lambda: certificates.certificate(node, people["auditor"], received.id)) == "no-certificate"
    june_is_over()
    retention.look(node, received.id)
    found = certificates.certificate(node, people["auditor"], received.id)
    assert found.sentences()[0] == "Certificate of destruction"
    assert found.sentences("fr")[0] == "Certificat de destruction"
    assert all(received.manifest.sha256 in " ".join(found.sentences(lang)) for lang in ("en", "fr"))
    assert found.proof is not None
    log = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
    proofs.verify_proof(found.proof, found.entry.digest, log)
    assert proving.proof_for(node, "FRA", found.entry.digest) == found.proof
    assert code_of(lambda: proving.proof_for(node, "BRA", found.entry.digest)) == "not-logged"


def transferred(node: Node, given: Given) -> None:
    """As if every part had been put on the road."""
    with node.stores.atomic():
        count = exhibits.manifest_of(exhibits.get(node, given.id)).parts.count
        node.stores.exhibits.add_parts(given.id, range(count))
