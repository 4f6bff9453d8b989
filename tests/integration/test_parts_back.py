"""Parts of a shared exhibit are given back through the door, to the State on the other side only."""

import io
import os
from datetime import datetime

import pytest
from tests.integration.test_node_door import code, knock, signer
from tests.support.kept import PART, keep
from tests.support.partner import Partner

from rogatory.node.context import Node


def test_the_other_side_fetches_what_it_lost(node: Node, france: Partner, start: datetime) -> None:
    kept = keep(node, os.urandom(3 * PART), start)
    path = f"/node/v1/exhibits/{kept.id}"
    ours = signer(node, france)
    fetched = io.BytesIO()
    for number in range(kept.count):
        status, data = knock(node, "GET", f"{path}/parts/{number}", signer=ours)
        assert status == 200
        fetched.write(data)
    assert fetched.getvalue() == kept.sealed
    assert knock(node, "GET", f"{path}/parts-list", signer=ours) == (200, kept.part_list)


@pytest.mark.parametrize(
    ("rest", "signed", "refusal"),
    [
        ("parts/0", False, (401, "request-signature")),
        ("parts-list", False, (401, "request-signature")),
        ("parts/9999", True, (403, "part-out-of-range")),
    ],
)
def test_nobody_else_and_nothing_else(
    node: Node, france: Partner, start: datetime, rest: str, signed: bool, refusal: tuple[int, str]
) -> None:
    kept = keep(node, os.urandom(PART), start)
    by = signer(node, france) if signed else None
    assert code(knock(node, "GET", f"/node/v1/exhibits/{kept.id}/{rest}", signer=by)) == refusal


def test_what_rotted_here_is_not_given_back(node: Node, france: Partner, start: datetime) -> None:
    kept = keep(node, os.urandom(3 * PART), start)
    node.blobs.repair(kept.row.sealed_blob, len(kept.sealed), PART + 7, b"rot")
    answer = knock(node, "GET", f"/node/v1/exhibits/{kept.id}/parts/1", signer=signer(node, france))
    assert code(answer) == (503, "part-rotten-here")
    assert knock(node, "GET", f"/node/v1/exhibits/{kept.id}/parts/2", signer=signer(node, france))[0] == 200
