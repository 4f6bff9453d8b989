"""The lists can be made again from the messages alone, and what was wrong in them is said."""

from dataclasses import replace

import pytest
from tests.support.partner import Partner, preservation_contents

from rogatory.node import drafting, registers, rekeying
from rogatory.node import people as rules
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.rebuild import rebuild
from rogatory.sealing.keystore import NoSigningKey

People = dict[str, Actor]


@pytest.fixture
def case(node: Node, people: People, france: Partner) -> str:
    draft = drafting.start_request(
        node,
        people["drafter"],
        measure="preservation",
        receiver="FRA/contact-point",
        contents=preservation_contents(),
    )
    drafting.submit(node, people["drafter"], draft.id)
    return drafting.approve(node, people["approver"], draft.id).case


def test_lists_that_are_right_come_back_identical(node: Node, people: People, case: str) -> None:
    before = list(node.stores.views.cases())
    done = rebuild(node, people["administrator"])
    assert (done.cases, done.messages, done.differing) == (1, 1, ())
    assert list(node.stores.views.cases()) == before


def test_a_line_that_was_changed_or_lost_is_made_again(node: Node, people: People, case: str) -> None:
    (right,) = node.stores.views.cases()
    node.stores.views.put_case(replace(right, state="closed", title="nothing to see"))
    assert rebuild(node, people["administrator"]).differing == (case,)
    node.stores.views.clear()
    assert rebuild(node, people["administrator"]).differing == (case,)
    assert list(node.stores.views.cases()) == [right]


def test_a_line_without_messages_disappears(node: Node, people: People, case: str) -> None:
    (right,) = node.stores.views.cases()
    invented = replace(right, case="VNM-FRA-2028-0099-0000000000")
    node.stores.views.put_case(invented)
    assert rebuild(node, people["administrator"]).differing == (invented.case,)
    assert list(node.stores.views.cases()) == [right]


def test_only_an_administrator_rebuilds_and_changes_keys(node: Node, people: People) -> None:
    for role in ("drafter", "approver", "duty-officer", "custodian", "auditor"):
        with pytest.raises(rules.RoleMissing):
            rebuild(node, people[role])
        with pytest.raises(rules.RoleMissing):
            rekeying.rotated(node, people[role], "VNM/contact-point")
        with pytest.raises(rules.RoleMissing):
            rekeying.revoked(node, people[role], "any")


def test_revoking_the_key_in_use_gives_the_authority_a_fresh_one(node: Node, people: People) -> None:
    held = node.unlock().signing_key("VNM/contact-point", node.clock.now())
    authority, changed = rekeying.revoked(node, people["administrator"], held.public.kid)
    assert authority == "VNM/contact-point"
    assert changed.signing_key(authority, node.clock.now()).public.kid != held.public.kid
    assert changed.authority("VNM/central-authority") == node.unlock().authority("VNM/central-authority")
    with pytest.raises(NoSigningKey):
        rekeying.revoked(node, people["administrator"], "no such key")


def test_only_an_auditor_reads_the_access_record_and_that_is_recorded(node: Node, people: People, case: str) -> None:
    with pytest.raises(rules.RoleMissing):
        registers.access_record(node, people["administrator"])
    lines = registers.access_record(node, people["auditor"], limit=2)
    assert [line.action for line in lines] == ["audit:record:read", "case:request:approve"]


def test_the_outbox_is_for_readers_of_cases(node: Node, people: People, case: str) -> None:
    assert [row.case for row in registers.outbox(node, people["duty-officer"])] == [case]
    with pytest.raises(rules.RoleMissing):
        registers.outbox(node, people["administrator"])
