"""The conditions that evidence comes under bind: what goes on, to whom, with whose leave, and who decides."""

import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.integration.conftest import accept
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner
from tests.support.world import Stopwatch

from rogatory.casefile.messages import Message
from rogatory.errors import RogatoryError
from rogatory.evidence import custody, manifest
from rogatory.evidence.custody import Entry
from rogatory.evidence.manifest import ONWARD, Conditions
from rogatory.kernel import digests
from rogatory.node import drafting, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, onward, opening
from rogatory.node.evidence import handover as handing_over

CONTENT = os.urandom(150_000)
KENYA = "KEN/contact-point"
BOUND = Conditions(use="This investigation only", retention_until=date(2028, 12, 31))
Arrive = Callable[[Conditions], Received]


@pytest.fixture
def arrive(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Arrive:
    """An exhibit of France that has arrived here under the conditions given."""

    def arrived(bound: Conditions) -> Received:
        received = Received(node, people, france, our_recipients, CONTENT, bound)
        received.arrive()
        return received

    return arrived


@pytest.fixture
def kenya(node: Node, people: People, start: datetime, our_recipients: tuple[str, ...]) -> Given:
    """A case in which Kenya asks us for stored data, which we have accepted to give."""
    partner = accept(node, people, Partner("KEN", since=start - timedelta(days=30)), start)
    return Given(node, people, partner, our_recipients)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(RogatoryError) as caught:
        act()
    return caught.value.code


def leave(received: Received, **changes: Any) -> Message:
    """France's leave to pass the exhibit on to Kenya, with *changes*."""
    return received.tell("onward-leave", {"exhibit": received.id, "to": KENYA, "granted": True, **changes})


def require(node: Node, received: Received, given: Message | None = None, to: str = KENYA) -> object:
    row = exhibits.get(node, received.id)
    return conditions.require_onward(node, row, to=to, leave=given.digest if given else None)


def entries(node: Node, id: str) -> list[Entry]:
    return [custody.read_entry(one.encode()).unverified_entry for one in exhibits.get(node, id).custody]


def test_the_order_of_strictness_knows_every_rule_on_passing_on() -> None:
    assert set(conditions.STRICTNESS) == set(ONWARD)


def test_evidence_goes_on_only_with_leave_of_the_state_that_gave_it(node: Node, arrive: Arrive) -> None:
    received = arrive(BOUND)
    assert code_of(lambda: require(node, received)) == "leave-needed"
    given = leave(received, conditions="For the trial alone")
    found = require(node, received, given)
    assert (found.conditions, found.to, found.granted) == ("For the trial alone", KENYA, True)  # type: ignore[attr-defined]


def test_leave_is_for_one_authority_one_exhibit_and_as_long_as_it_says(node: Node, arrive: Arrive) -> None:
    received = arrive(BOUND)
    given = leave(received, until="2028-03-31")
    assert code_of(lambda: require(node, received, given, to="BRA/contact-point")) == "not-that-leave"
    assert code_of(lambda: require(node, received, given, to="VNM/central-authority")) == "not-that-leave"
    refused = leave(received, granted=False, reasons="Not there")
    assert code_of(lambda: require(node, received, refused)) == "not-that-leave"
    assert code_of(lambda: require(node, received, received.request)) == "not-that-leave"
    assert require(node, received, given)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(days=31)
    assert code_of(lambda: require(node, received, given)) == "not-that-leave"


def test_what_is_not_to_be_passed_on_stays_whatever_leave_is_given(node: Node, arrive: Arrive) -> None:
    received = arrive(replace(BOUND, onward="not-at-all"))
    assert code_of(lambda: require(node, received, leave(received))) == "onward-forbidden"


def test_what_is_free_what_is_ours_and_what_goes_back_need_no_leave(node: Node, arrive: Arrive, kenya: Given) -> None:
    received = arrive(replace(BOUND, onward="free"))
    assert require(node, received) is None
    bound = arrive(BOUND)
    assert require(node, bound, to="FRA/central-authority") is None
    ours = exhibits.get(node, kenya.seal(b"ours", None))
    assert conditions.require_onward(node, ours, to="BRA/contact-point", leave=None) is None


def test_another_authority_of_our_own_state_needs_leave_too(node: Node, arrive: Arrive) -> None:
    received = arrive(BOUND)
    assert code_of(lambda: require(node, received, to="VNM/central-authority")) == "leave-needed"
    assert require(node, received, to="VNM/contact-point") is None


def test_nothing_is_opened_or_passed_on_after_its_day(node: Node, people: People, arrive: Arrive) -> None:
    received = arrive(BOUND)
    given = leave(received)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time = datetime.fromisoformat("2028-12-31T23:59:00+00:00")
    assert require(node, received, given)
    node.clock.time = datetime.fromisoformat("2029-01-01T00:00:00+00:00")
    assert code_of(lambda: require(node, received, given)) == "retention-over"
    with pytest.raises(conditions.RetentionOver, match="2028-12-31"):
        opening.open_exhibit(node, people["custodian"], received.id, io.BytesIO(), purpose="Too late")


@pytest.mark.parametrize(
    ("change", "cite"),
    [
        ({"onward": "free"}, "36(3)"),
        ({"confidential": False}, "40(20)"),
        ({"retention_until": None}, "36(2)"),
        ({"retention_until": date(2029, 1, 1)}, "36(2)"),
        ({"use": "Anything"}, "40(19)"),
    ],
)
def test_what_is_made_of_an_exhibit_is_bound_as_strictly(change: dict[str, Any], cite: str) -> None:
    with pytest.raises(conditions.LaxerConditions) as caught:
        conditions.require_as_strict(BOUND, replace(BOUND, **change))
    assert caught.value.cite == cite
    conditions.require_as_strict(BOUND, conditions.inherited(BOUND))
    conditions.require_as_strict(BOUND, replace(BOUND, onward="not-at-all", retention_until=date(2028, 6, 1)))


def test_leave_is_asked_for_by_us_and_stands_open_until_it_is_answered(
    node: Node, people: People, arrive: Arrive
) -> None:
    received = arrive(BOUND)
    body = {"exhibit": received.id, "to": KENYA, "purpose": "A trial in Nairobi", "part": "The letters of May"}
    case, request = received.request.case, received.request.digest
    asked = steps.take(node, people["drafter"], case=case, regarding=request, kind="onward-request", body=body)
    assert isinstance(asked, Message)
    waiting = record.case_file(node, case).exhibits[received.id].unanswered
    assert [(one.to, one.part) for one in waiting] == [(KENYA, "The letters of May")]
    leave(received)
    assert record.case_file(node, case).exhibits[received.id].unanswered == ()


def test_leave_for_what_we_gave_takes_two_people(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, CONTENT)
    given.deliver()
    given.tell("onward-request", {"exhibit": given.id, "to": KENYA, "purpose": "A trial in Nairobi"})
    body = {"exhibit": given.id, "to": KENYA, "granted": True}
    case, request = given.request.case, given.request.digest
    draft = steps.take(node, people["duty-officer"], case=case, regarding=request, kind="onward-leave", body=body)
    assert not isinstance(draft, Message)
    assert record.case_file(node, case).exhibits[given.id].leaves == ()
    answer = drafting.approve(node, people["approver"], draft.id)
    (known,) = record.case_file(node, case).exhibits[given.id].leaves
    assert (known.message, known.by, known.granted) == (answer.digest, "VNM/contact-point", True)


def test_leave_is_given_by_the_side_that_gave_the_exhibit_only(node: Node, people: People, arrive: Arrive) -> None:
    received = arrive(BOUND)
    body = {"exhibit": received.id, "to": KENYA, "granted": True}
    case, request = received.request.case, received.request.digest
    attempt = lambda: steps.take(  # noqa: E731
        node, people["duty-officer"], case=case, regarding=request, kind="onward-leave", body=body
    )
    assert code_of(attempt) == "does-not-fit"


def test_leave_can_be_given_after_the_request_was_closed(node: Node, people: People, arrive: Arrive) -> None:
    received = arrive(BOUND)
    case, request = received.request.case, received.request.digest
    steps.take(node, people["drafter"], case=case, regarding=request, kind="closure", body={})
    assert require(node, received, leave(received))
    assert record.case_file(node, case).requests[request].state == "closed"


def test_what_is_forwarded_is_the_same_under_the_same_conditions_and_both_chains_say_so(
    node: Node, people: People, arrive: Arrive, kenya: Given
) -> None:
    received = arrive(BOUND)
    given = leave(received, conditions="For the trial in Nairobi alone.")
    made = onward.forward(
        node,
        people["custodian"],
        received.id,
        case=kenya.request.case,
        regarding=kenya.request.digest,
        purpose="For the trial",
        leave=given.digest,
    )
    said = exhibits.manifest_of(made)
    assert said.sha256 == exhibits.manifest_of(exhibits.get(node, received.id)).sha256
    assert said.derived == manifest.Derived(
        exhibit=received.id,
        manifest=digests.sha256(exhibits.get(node, received.id).manifest.encode()),
        act="forwarded",
        leave=given.digest,
        left_out="",
    )
    assert said.conditions.use == "This investigation only\n\nFor the trial in Nairobi alone."
    assert (said.conditions.onward, said.conditions.retention_until) == ("only-with-leave", date(2028, 12, 31))
    assert [one.act for one in entries(node, received.id)][-1] == "opened"
    kenya.id = made.id
    kenya.deliver()
    last = entries(node, received.id)[-1]
    assert (last.act, last.to, last.under) == ("forwarded", KENYA, given.digest)
    told = record.case_file(node, received.request.case).exhibits[received.id].custody
    assert exhibits.get(node, received.id).custody[-1] == told[-1], "the State that gave it is told"
    assert node.stores.exhibits.logged(last.digest)


def test_leave_that_has_ended_before_the_delivery_stops_it(
    node: Node, people: People, arrive: Arrive, kenya: Given
) -> None:
    received = arrive(BOUND)
    given = leave(received, until="2028-03-10")
    where = {"case": kenya.request.case, "regarding": kenya.request.digest}
    made = onward.forward(node, people["custodian"], received.id, **where, purpose="For the trial", leave=given.digest)
    row, body = handing_over.propose_delivery(node, people["custodian"], made.id)
    draft = steps.take(node, people["custodian"], case=row.case, regarding=row.request, kind="delivery", body=body)
    assert isinstance(node.clock, Stopwatch)
    node.clock.time += timedelta(days=30)
    assert not isinstance(draft, Message)
    assert code_of(lambda: drafting.approve(node, people["approver"], draft.id)) == "not-that-leave"
    assert exhibits.get(node, made.id).state == "sealed"
    assert "forwarded" not in [one.act for one in entries(node, received.id)]


def test_we_let_others_pass_on_only_what_we_might_pass_on_ourselves(
    node: Node, people: People, arrive: Arrive, kenya: Given
) -> None:
    received = arrive(BOUND)
    where = {"case": kenya.request.case, "regarding": kenya.request.digest}
    given = leave(received)
    kenya.id = onward.forward(
        node, people["custodian"], received.id, **where, purpose="For the trial", leave=given.digest
    ).id
    kenya.deliver()
    brazil = "BRA/contact-point"
    body = {"exhibit": kenya.id, "to": brazil, "granted": True}
    draft = steps.take(node, people["duty-officer"], **where, kind="onward-leave", body=body)
    assert not isinstance(draft, Message)
    assert code_of(lambda: drafting.approve(node, people["approver"], draft.id)) == "leave-needed"
    assert record.case_file(node, kenya.request.case).exhibits[kenya.id].leaves == ()
    leave(received, to=brazil)
    drafting.approve(node, people["approver"], draft.id)
    assert record.case_file(node, kenya.request.case).exhibits[kenya.id].leaves[0].to == brazil


def test_an_exhibit_that_rots_while_it_is_passed_on_makes_no_new_one(
    node: Node, people: People, arrive: Arrive, kenya: Given
) -> None:
    received = arrive(replace(BOUND, onward="free"))
    row = exhibits.get(node, received.id)
    with node.blobs.open(row.sealed_blob) as sealed:
        sealed.seek(100_000)
        wrong = bytes([sealed.read(1)[0] ^ 1])
    node.blobs.repair(row.sealed_blob, exhibits.manifest_of(row).parts.total, 100_000, wrong)
    where = {"case": kenya.request.case, "regarding": kenya.request.digest}
    attempt = lambda: onward.forward(node, people["custodian"], received.id, **where, purpose="For the trial")  # noqa: E731
    assert code_of(attempt) in ("wrong-part-digest", "age-payload")
    assert node.stores.exhibits.of_case(kenya.request.case) == []
    assert node.stores.sealings.of_case(kenya.request.case) == []
