"""Drafting and approving: two people, one effect, nothing half done."""

from dataclasses import replace

import pytest
from tests.support.partner import Partner, preservation_contents

from rogatory.errors import RogatoryError
from rogatory.node import drafting, record, steps
from rogatory.node import people as rules
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.exchange import DraftRow
from rogatory.ports.stores import ChangedMeanwhile

People = dict[str, Actor]


@pytest.fixture
def draft(node: Node, people: People, france: Partner) -> DraftRow:
    return drafting.start_request(
        node,
        people["drafter"],
        measure="preservation",
        receiver="FRA/contact-point",
        contents=preservation_contents(),
    )


def test_a_request_becomes_a_message_when_a_second_person_approves(node: Node, people: People, draft: DraftRow) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    message = drafting.approve(node, people["approver"], draft.id)
    case = record.case_file(node, message.case)
    assert message.drafted_by.name == people["drafter"].name
    assert message.approved_by is not None
    assert message.approved_by.name == people["approver"].name
    assert next(iter(case.requests.values())).state == "sent"
    assert [row.message for row in node.stores.outbox.of_case(message.case)] == [message.digest]
    assert node.stores.ledger.size() == 1


def test_the_drafter_cannot_approve_even_with_the_role_of_approver(node: Node, people: People, draft: DraftRow) -> None:
    both = replace(people["drafter"], roles=frozenset({"drafter", "approver"}))
    drafting.submit(node, both, draft.id)
    with pytest.raises(rules.SamePerson):
        drafting.approve(node, both, draft.id)
    assert node.stores.messages.cases() == []
    assert node.stores.ledger.size() == 0


def test_the_same_log_in_under_another_name_is_the_same_person(node: Node, people: People, draft: DraftRow) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    disguised = replace(people["drafter"], name="Somebody Else", roles=frozenset({"approver"}))
    with pytest.raises(rules.SamePerson):
        drafting.approve(node, disguised, draft.id)


def test_a_request_approved_twice_is_sent_once(node: Node, people: People, draft: DraftRow) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    drafting.approve(node, people["approver"], draft.id)
    with pytest.raises(drafting.NotInThatState):
        drafting.approve(node, people["approver"], draft.id)
    assert len(node.stores.outbox.undelivered()) == 1


@pytest.mark.parametrize(
    "missing", ["authority", "offence_name", "facts", "data", "data_link", "necessity", "intends_mla"]
)
def test_a_request_without_what_42_3_asks_for_is_not_submitted(
    node: Node, people: People, draft: DraftRow, missing: str
) -> None:
    contents = {**preservation_contents(), missing: ""}
    saved = drafting.save(node, people["drafter"], draft.id, contents, version=draft.version)
    with pytest.raises(drafting.FormIncomplete) as caught:
        drafting.submit(node, people["drafter"], saved.id)
    assert missing in [problem.key for problem in caught.value.problems]
    assert caught.value.cite


@pytest.mark.parametrize(
    ("key", "value"),
    [("offence", "99"), ("intends_mla", "perhaps"), ("facts", "x" * 200_000), ("no_such_field", "x")],
)
def test_impossible_contents_are_not_submitted(
    node: Node, people: People, draft: DraftRow, key: str, value: str
) -> None:
    contents = {**preservation_contents(), key: value}
    drafting.save(node, people["drafter"], draft.id, contents, version=draft.version)
    with pytest.raises(drafting.FormIncomplete) as caught:
        drafting.submit(node, people["drafter"], draft.id)
    assert key in [problem.key for problem in caught.value.problems]


def test_two_people_who_change_a_draft_at_once_see_each_other(node: Node, people: People, draft: DraftRow) -> None:
    drafting.save(node, people["drafter"], draft.id, preservation_contents(), version=draft.version)
    with pytest.raises(ChangedMeanwhile):
        drafting.save(node, people["drafter"], draft.id, {}, version=draft.version)


def test_a_returned_draft_carries_the_remark_and_can_be_submitted_again(
    node: Node, people: People, draft: DraftRow
) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    back = drafting.send_back(node, people["approver"], draft.id, "Name the account.")
    assert (back.state, back.remark) == ("returned", "Name the account.")
    assert drafting.submit(node, people["drafter"], draft.id).state == "submitted"


@pytest.mark.parametrize("role", ["duty-officer", "custodian", "auditor", "administrator", "approver"])
def test_only_a_drafter_drafts(node: Node, people: People, france: Partner, role: str) -> None:
    with pytest.raises(rules.RoleMissing):
        drafting.start_request(node, people[role], measure="preservation", receiver="FRA/contact-point")


def test_an_administrator_reads_no_case(node: Node, people: People, draft: DraftRow) -> None:
    with pytest.raises(rules.RoleMissing):
        drafting.get(node, people["administrator"], draft.id)


def test_a_draft_of_another_authority_is_not_shown(node: Node, people: People, draft: DraftRow) -> None:
    neighbour = replace(people["drafter"], authority="VNM/central-authority")
    with pytest.raises(drafting.NoSuchDraft):
        drafting.get(node, neighbour, draft.id)


def test_a_state_without_an_accepted_card_cannot_be_written_to(node: Node, people: People) -> None:
    with pytest.raises(RogatoryError) as caught:
        drafting.start_request(node, people["drafter"], measure="preservation", receiver="BRA/contact-point")
    assert caught.value.code == "no-such-partner"


def test_a_step_that_the_table_does_not_allow_is_refused_at_once(node: Node, people: People, draft: DraftRow) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    message = drafting.approve(node, people["approver"], draft.id)
    with pytest.raises(RogatoryError) as caught:
        steps.take(
            node,
            people["duty-officer"],
            case=message.case,
            regarding=message.digest,
            kind="decision",
            body={"outcome": "accepted"},
        )
    assert caught.value.code == "does-not-fit"
    assert node.stores.ledger.size() == 1


def test_every_step_stands_in_the_access_record(node: Node, people: People, draft: DraftRow) -> None:
    drafting.submit(node, people["drafter"], draft.id)
    drafting.approve(node, people["approver"], draft.id)
    actions = [line.action for line in node.stores.audit.recent(20)]
    assert actions[:3] == ["case:request:approve", "draft:request:submit", "draft:request:start"]
