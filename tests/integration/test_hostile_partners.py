"""Partners that answer what they like, claim what is not so and never finish; and what the node makes of it."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner
from tests.support.world import Road, Stopwatch

from rogatory.api import door
from rogatory.evidence import custody
from rogatory.node import delivery
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, hands, opening, transfer
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.world import Answer
from rogatory.sealing import envelope, receipts

pytestmark = pytest.mark.any_database

CONTENT = bytes(range(256)) * 800


class Demanding(Road):
    """A partner that takes every part and says that it lacks what *lacks* says."""

    def __init__(self, lacks: Callable[[], Any]) -> None:
        super().__init__()
        self.lacks, self.taken = lacks, 0

    def missing_parts(self, address: str, exhibit: str) -> Answer:
        told = json.dumps({"parts_list": True, "missing": self.lacks()}).encode()
        return Answer(status=200, code="", body=told)

    def put_parts_list(self, address: str, exhibit: str, data: bytes) -> Answer:
        return Answer(status=200, code="", body=b"{}")

    def put_part(self, address: str, exhibit: str, number: int, data: bytes, *, sha256: bytes) -> Answer:
        self.taken += 1
        return Answer(status=200, code="", body=b"{}")


@pytest.fixture
def given_away(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Given:
    made = Given(node, people, france, our_recipients, CONTENT)
    made.deliver()
    return made


def sent_to(node: Node, id: str, lacks: Callable[[], Any]) -> tuple[ExhibitRow, Demanding]:
    """The exhibit after one attempt to send it to a partner that says *lacks*."""
    road = Demanding(lacks)
    transfer.send(replace(node, transport=road), id)  # type: ignore[arg-type]
    return exhibits.get(node, id), road


@pytest.mark.parametrize(
    "lacks",
    [[1], [-1], [10**12], [0, 0], [True], ["0"], [None], 7, None, {"0": 1}, list(range(200_000))],
    ids=lambda lacks: str(lacks)[:20],
)
def test_a_receiver_that_lacks_what_there_is_not_is_told_as_a_failure(
    node: Node, given_away: Given, lacks: Any
) -> None:
    row, road = sent_to(node, given_away.id, lambda: lacks)
    assert (row.state, road.taken) == ("sending", 0)
    assert "transfer-failed" in row.reason
    assert row.next_at is not None


def test_a_receiver_that_asks_for_a_part_for_ever_does_not_keep_the_worker_for_ever(
    node: Node, given_away: Given
) -> None:
    row, road = sent_to(node, given_away.id, lambda: [0])
    assert (row.state, road.taken) == ("sending", transfer.TAKEN_AND_ASKED_AGAIN)
    assert "again and again" in row.reason


def test_a_receiver_that_says_it_has_everything_is_not_believed_without_its_receipt(
    node: Node, given_away: Given
) -> None:
    row, road = sent_to(node, given_away.id, list)
    assert (row.state, road.taken) == ("sent", 0), "received only by its signed receipt, over the right root"


@pytest.fixture
def arriving(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    return Received(node, people, france, our_recipients, CONTENT)


def jump(node: Node, **span: float) -> None:
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(**span)


def acts(node: Node, id: str) -> list[str]:
    return [str(one.act) for one in hands.read(exhibits.get(node, id).custody)]


def test_a_clock_that_jumps_a_year_ahead_between_two_hands_loses_nothing(
    node: Node, people: People, arriving: Received
) -> None:
    arriving.announce()
    arriving.give_list()
    arriving.give(0)
    jump(node, days=365)
    arriving.give_all()
    handover.finish(node, arriving.id)
    sink = io.BytesIO()
    opening.open_exhibit(node, people["custodian"], arriving.id, sink, purpose="To read it")
    assert sink.getvalue() == CONTENT
    assert acts(node, arriving.id) == ["sealed", "sent", "received", "opened"]


def test_while_a_clock_is_a_day_behind_nothing_is_signed_and_afterwards_all_goes_on(
    node: Node, people: People, arriving: Received
) -> None:
    arriving.announce()
    arriving.give_all()
    jump(node, days=-1)
    with pytest.raises(custody.ActNotPermitted, match="is before"):
        handover.finish(node, arriving.id)
    assert (exhibits.get(node, arriving.id).state, acts(node, arriving.id)) == ("complete", ["sealed", "sent"])
    jump(node, days=1, seconds=1)
    assert handover.due(node) == ((), (arriving.id,)), "the worker looks at it again by itself"
    handover.finish(node, arriving.id)
    jump(node, days=-1)
    with pytest.raises(custody.ActNotPermitted, match="is before"):
        opening.open_exhibit(node, people["custodian"], arriving.id, io.BytesIO(), purpose="To read it")
    jump(node, days=1, seconds=1)
    opening.open_exhibit(node, people["custodian"], arriving.id, io.BytesIO(), purpose="To read it")
    assert acts(node, arriving.id) == ["sealed", "sent", "received", "opened"]


PATHS = (
    "/node/v1/envelopes",
    "/node/v1/card",
    "/node/v1/ledger/checkpoint",
    "/node/v1/ledger/witnessed",
    "/node/v1/witness/add-checkpoint",
    "/node/v1/ledger/tile/0/000",
    "/node/v1/proofs/" + "0" * 64,
    *(f"/node/v1/exhibits/{'0' * 26}{rest}" for rest in ("", "/parts/0", "/parts-list", "/custody", "/custody/3")),
)
HEADER = st.sampled_from(("HTTP_SIGNATURE", "HTTP_SIGNATURE_INPUT", "HTTP_CONTENT_DIGEST", "HTTP_HOST", "CONTENT_TYPE"))
VALUE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "rogatory=()",
            'rogatory=("@method" "@path" "content-digest");created=1;keyid="x";alg="ed25519";tag="rogatory-node"',
            'a=("@method"), b=("@path")',
            "rogatory=:AAAA:",
            "sha-256=:AAAA:",
            "=" * 5000,
        )
    ),
)


def test_whatever_comes_to_the_door_is_answered_with_a_status_and_a_code(node: Node, arriving: Received) -> None:
    @settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(("GET", "PUT", "POST", "DELETE", "X")),
        st.one_of(st.sampled_from(PATHS), st.text(max_size=60), st.sampled_from(PATHS).map(lambda path: path + "/..")),
        st.dictionaries(HEADER, VALUE, max_size=4),
        st.one_of(st.none(), st.text(max_size=20), st.just("3"), st.just("99999999999999")),
        st.binary(max_size=60),
    )
    def holds(method: str, path: str, headers: dict[str, str], length: str | None, body: bytes) -> None:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)) if length is None else length,
            "wsgi.input": io.BytesIO(body),
            **headers,
        }
        said: list[str] = []
        answered = b"".join(door.answer(node, environ, lambda status, _: said.append(status)))
        assert not said[0].startswith("500"), (method, path, headers, length, body)
        if not said[0].startswith("200") and "witness" not in path:
            assert json.loads(answered)["code"]

    holds()


def test_answers_that_are_none_leave_a_delivery_in_the_outbox(node: Node, given_away: Given, france: Partner) -> None:
    road = node.transport
    assert isinstance(road, Road)
    key = france.keys.signing_key(france.authority, node.clock.now())

    def stranger(sent: bytes) -> Answer:
        read = envelope.read_envelope(sent)
        said = receipts.Receipt(
            envelope=read.envelope,
            sealed_sha256="0" * 64,
            message="0" * 64,
            result=receipts.STORED,
            at=node.clock.now(),
            sender=france.authority,
            receiver=read.sender,
        )
        return Answer(status=200, code="", body=receipts.make_receipt(said, key=key))

    for answer in (
        lambda _: Answer(status=200, code="", body=b""),
        lambda _: Answer(status=200, code="", body=b"[" * 5000),
        lambda _: Answer(status=409, code="envelope-replayed", body=b'{"receipt":7}'),
        lambda _: Answer(status=409, code="envelope-replayed", body=b'{"receipt":"\\ud800"}'),
        stranger,
    ):
        road.receive = answer
        jump(node, days=2)
        assert delivery.drain(node, "FRA") == 0
        assert {row.state for row in node.stores.outbox.of_case(given_away.request.case)} == {"queued"}
