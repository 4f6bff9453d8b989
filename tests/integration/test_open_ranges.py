"""Of a received exhibit a range is opened from verified parts, or all is verified and nothing written; both recorded."""

import io
import os
from dataclasses import replace

import pytest
from tests.support.handover import Handover, People
from tests.support.partner import Partner

from rogatory.errors import RogatoryError
from rogatory.evidence.parts import WrongPartDigest
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands, opening
from rogatory.node.evidence import handover as handing_over
from rogatory.sealing.age import RangeOutside

pytestmark = pytest.mark.any_database


@pytest.fixture
def received(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Handover:
    handover = Handover(node, people, france, our_recipients, os.urandom(2_500_000))
    handover.announce()
    handover.give_all()
    handing_over.finish(node, handover.id)
    return handover


def last_act(node: Node, id: str) -> tuple[str, str]:
    entry = hands.read(exhibits.get(node, id).custody)[-1]
    return str(entry.act), entry.purpose or ""


@pytest.mark.parametrize(("first", "end"), [(0, 1), (65_535, 65_537), (100, 2_300_000), (2_499_999, 2_500_000), (7, 7)])
def test_a_range_is_what_stands_there(received: Handover, node: Node, people: People, first: int, end: int) -> None:
    sink, seen = io.BytesIO(), [0]

    found = opening.open_range(
        node, people["custodian"], received.id, sink, place=(first, end), purpose="To see it", progress=seen.append
    )
    assert sink.getvalue() == received.content[first:end]
    assert found.sha256 == received.sealed.sha256
    assert seen[-1] == end - first
    assert last_act(node, received.id) == ("opened", f"To see it (bytes {first} to {end} only)")


@pytest.mark.parametrize(("first", "end"), [(0, 2_500_001), (9, 8), (-1, 5)])
def test_a_range_outside_is_refused_and_not_recorded(
    received: Handover, node: Node, people: People, first: int, end: int
) -> None:
    before = exhibits.get(node, received.id).custody
    sink = io.BytesIO()
    with pytest.raises(RangeOutside):
        opening.open_range(node, people["custodian"], received.id, sink, place=(first, end), purpose="To see it")
    assert sink.getvalue() == b""
    assert exhibits.get(node, received.id).custody == before


def test_a_range_out_of_a_part_that_rotted_is_not_given_out(received: Handover, node: Node, people: People) -> None:
    row = exhibits.get(node, received.id)
    with node.blobs.open(row.sealed_blob) as sealed:
        data = bytearray(sealed.read())
    data[1_000_000] ^= 1
    node.blobs.repair(row.sealed_blob, len(data), 0, bytes(data))
    with pytest.raises(WrongPartDigest):
        opening.open_range(
            node, people["custodian"], received.id, io.BytesIO(), place=(1_000_000, 1_000_001), purpose="To see it"
        )
    sink = io.BytesIO()
    opening.open_range(node, people["custodian"], received.id, sink, place=(0, 10), purpose="To see it")
    assert sink.getvalue() == received.content[:10]


def test_all_is_verified_and_nothing_written(received: Handover, node: Node, people: People) -> None:
    opening.open_exhibit(node, people["custodian"], received.id, None, purpose="To be sure")
    assert last_act(node, received.id) == ("opened", "To be sure (verified; nothing was written)")
    with pytest.raises(RogatoryError) as caught:
        opening.open_exhibit(node, people["drafter"], received.id, None, purpose="To be sure")
    assert caught.value.code == "role-missing"


def test_an_exhibit_in_another_state_is_not_opened_in_part_either(
    received: Handover, node: Node, people: People
) -> None:
    with node.stores.atomic():
        node.stores.exhibits.put(replace(exhibits.get(node, received.id), state="receiving"))
    with pytest.raises(exhibits.NotInThatState):
        opening.open_range(node, people["custodian"], received.id, io.BytesIO(), place=(0, 1), purpose="To see it")
