"""The fold: the same set of messages is the same case, whoever reads it and in whatever order it arrived."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_case import CASE, FRA, START, VNM, Story, body_of, period, request_body

from rogatory.casefile import fold, table
from rogatory.casefile.fold import DoesNotFit, MissingMessage
from rogatory.casefile.measures import FOLLOWING, MEASURES
from rogatory.casefile.table import ENDED, Side, State
from rogatory.kernel.times import stamp

OTHERS = tuple(measure for measure in MEASURES if measure != "preservation")
STEPS = sorted({*table.STEPS, *(f"request:{measure}" for measure in OTHERS)})
SAYING = st.lists(
    st.tuples(
        st.sampled_from([VNM, FRA]),
        st.sampled_from(STEPS),
        st.integers(min_value=0, max_value=3),
        st.integers(min_value=1, max_value=4),
    ),
    max_size=14,
)


def told(saying: list[tuple[str, str, int, int]]) -> Story:
    """A story of any steps, permitted or not, some of them said without having seen the latest others."""
    story = Story()
    story.ask()
    for sender, step, which, unseen in saying:
        known = list(story.messages.values())
        requests = [one for one in known if one.kind == "request"]
        seen = known if unseen > 2 else known[: max(1, len(known) - unseen)]
        kind, _, measure = step.partition(":")
        if kind == "request":
            story.say(sender, "request", request_body(measure), after=seen)
        else:
            regarding = requests[which % len(requests)]
            story.say(sender, step.partition(":")[0], body_of(step), regarding=regarding, after=seen)
    return story


@given(SAYING, st.randoms(use_true_random=False))
def test_any_order_of_arrival_of_the_same_messages_folds_to_the_same_case(
    saying: list[tuple[str, str, int, int]], draw: random.Random
) -> None:
    story = told(saying)
    shuffled = list(story.messages.values())
    draw.shuffle(shuffled)
    assert fold.fold(shuffled) == story.file
    assert fold.fold(iter(shuffled)).heads == story.file.heads


@given(SAYING)
def test_what_a_message_did_before_others_arrived_after_it_does_not_change(
    saying: list[tuple[str, str, int, int]],
) -> None:
    story = told(saying)
    ordered = [event.message for event in story.file.events]
    for count in range(1, len(ordered) + 1):
        part = fold.fold(ordered[:count])
        assert part.events == story.file.events[:count]


@given(SAYING)
def test_one_more_message_at_the_end_gives_the_fold_of_all(saying: list[tuple[str, str, int, int]]) -> None:
    ordered = [event.message for event in told(saying).file.events]
    case = fold.fold(ordered[:1])
    for count, message in enumerate(ordered[1:], start=2):
        case = fold.extend(case, message)
        assert case == fold.fold(ordered[:count])
    with pytest.raises(DoesNotFit, match="does not come after"):
        fold.extend(case, ordered[0])


@given(SAYING)
def test_no_sequence_of_steps_leads_out_of_an_ended_state(saying: list[tuple[str, str, int, int]]) -> None:
    ordered = [event.message for event in told(saying).file.events]
    ended: dict[str, State] = {}
    for count in range(1, len(ordered) + 1):
        case = fold.fold(ordered[:count])
        for digest, state in ended.items():
            assert case.requests[digest].state is state
        last = case.events[-1]
        if last.message.regarding in ended and not last.ineffective:
            assert last.message.kind in table.AFTER_THE_END
        ended |= {one.digest: one.state for one in case.requests.values() if one.state in ENDED}


@given(SAYING)
def test_every_change_of_state_is_a_row_of_the_table_taken_by_its_side(
    saying: list[tuple[str, str, int, int]],
) -> None:
    ordered = [event.message for event in told(saying).file.events]
    before: dict[str, State] = {}
    for count in range(1, len(ordered) + 1):
        case = fold.fold(ordered[:count])
        message, changed = ordered[count - 1], 0
        for digest, request in case.requests.items():
            if digest in before and request.state is not before[digest]:
                step = table.step_of(message.kind, message.body.get("outcome"))
                row = table.row(request.measure, before[digest], step, case.side(message.state))
                assert row is not None
                assert (row.next, message.regarding) == (request.state, digest)
                changed += 1
            before[digest] = request.state
        assert changed <= 1


@given(SAYING)
def test_heads_are_what_nobody_has_followed_sorted(saying: list[tuple[str, str, int, int]]) -> None:
    story = told(saying)
    followed = {digest for message in story.messages.values() for digest in message.follows}
    assert story.file.heads == tuple(sorted(story.messages.keys() - followed))
    assert story.file.heads


@given(SAYING)
def test_numbers_grow_along_every_thread_so_that_the_order_keeps_cause_before_effect(
    saying: list[tuple[str, str, int, int]],
) -> None:
    story = told(saying)
    for message in story.messages.values():
        assert all(story.messages[digest].order < message.order for digest in message.follows)
    assert story.file.next_number == 1 + max(message.number for message in story.messages.values())


def test_a_preservation_runs_from_request_to_preserved() -> None:
    story = Story()
    asked = story.ask()
    story.say(FRA, "acknowledgement", regarding=asked)
    story.preserve(asked)
    request = story.file.requests[asked.digest]
    assert (request.state, request.began, request.until) == (State.PRESERVED, START, START + timedelta(days=60))
    assert [event.cite for event in story.file.events] == ["42(1)", "41(1)", "42(4)", "42(8)"]
    assert (story.file.requesting, story.file.requested, story.file.exercise) == (VNM, FRA, True)


@pytest.mark.parametrize("first", [0, 1])
def test_withdrawal_and_acceptance_at_once_end_withdrawn_on_both_desks(first: int) -> None:
    # Which of the two counts first is decided by their digests: both outcomes are tried by changing a word.
    for word in range(200):
        story = Story()
        asked = story.ask()
        accept = story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked, after=[asked])
        withdraw = story.say(VNM, "withdrawal", {"reason": f"solved {word}"}, regarding=asked, after=[asked])
        if [accept, withdraw].index(min(accept, withdraw, key=lambda one: one.order)) == first:
            break
    case = story.file
    assert case.requests[asked.digest].state is State.WITHDRAWN
    effects = {event.message.digest: event.ineffective for event in case.events}
    assert not effects[withdraw.digest]
    assert bool(effects[accept.digest]) is (first == 1)
    assert len(case.heads) == 2


def test_a_kind_of_a_later_version_stays_in_the_file_without_effect_and_keeps_its_bytes() -> None:
    story = Story()
    asked = story.ask()
    strange = story.say(FRA, "transit-notice", {"later": {"field": 1}}, regarding=asked, unknown="kept")
    event = story.file.events[-1]
    assert "not known here" in event.ineffective
    assert b'"unknown":"kept"' in event.message.jws
    assert story.file.heads == (strange.digest,)
    assert story.file.requests[asked.digest].state is State.SENT
    story.say(FRA, "acknowledgement", regarding=asked)
    assert story.file.requests[asked.digest].state is State.ACKNOWLEDGED


def test_unknown_fields_of_a_body_change_nothing_and_are_kept() -> None:
    story = Story()
    asked = story.ask(later_field=[1, 2])
    assert asked.body["later_field"] == [1, 2]
    assert story.file.requests[asked.digest].state is State.SENT


@pytest.mark.parametrize(
    ("sender", "kind", "body", "why"),
    [
        (FRA, "request", request_body(), "only the requesting State"),
        (VNM, "decision", {"outcome": "accepted"}, "cannot take the step"),
        (VNM, "acknowledgement", {}, "cannot take the step"),
        (FRA, "decision", {"outcome": "postponed", "reasons": "later"}, "cannot take the step"),
        (FRA, "preserved", period(60), "cannot take the step"),
        (FRA, "decision", {"outcome": "declined"}, "reasons is missing"),
        (VNM, "request", {"measure": "surveillance"}, "not known"),
    ],
)
def test_a_step_that_is_not_permitted_has_no_effect_and_says_why(
    sender: str, kind: str, body: dict[str, object], why: str
) -> None:
    story = Story()
    asked = story.ask()
    before = story.file.requests
    story.say(sender, kind, body, regarding=asked)
    assert why in story.file.events[-1].ineffective
    assert story.file.requests == before


def test_outcomes_are_told_in_order_and_leave_an_exhibit_on_its_way_where_it_stands() -> None:
    story = Story()
    asked = story.ask("mla")
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
    states = []
    for step in ("outcome", "delivery", "outcome", "custody-receipt", "outcome"):
        story.say(VNM if step == "custody-receipt" else FRA, step, body_of(step), regarding=asked)
        states.append(story.file.requests[asked.digest].state)
    assert states == ["reported", "delivered", "delivered", "received", "received"]
    first = fold.Outcome(result="carried-out", on=START.date(), text="done as asked")
    assert story.file.requests[asked.digest].outcomes == (first, first, first)


@pytest.mark.parametrize(("days", "fits"), [(-400, True), (0, True), (1, True), (2, False)])
def test_an_outcome_is_not_of_a_day_to_come(days: int, *, fits: bool) -> None:
    story = Story()
    asked = story.ask("extradition")
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
    on = (START + timedelta(days=days)).date().isoformat()
    story.say(FRA, "outcome", {**body_of("outcome"), "on": on}, regarding=asked)
    assert (not story.file.events[-1].ineffective) is fits


@pytest.mark.parametrize("measure", MEASURES)
def test_only_requests_for_the_data_follow_a_preservation_of_the_same_case(measure: str) -> None:
    story = Story()
    kept, other = story.ask(), story.ask("police-cooperation")
    for earlier, fits in ((kept.digest, measure in FOLLOWING), (other.digest, False), ("a" * 64, False)):
        story.ask(measure, follows_request=earlier)
        assert (not story.file.events[-1].ineffective) is fits


@pytest.mark.parametrize("kind", ["decision", "outcome"])
def test_what_is_decided_on_a_coercive_measure_names_two_people(kind: str) -> None:
    for measure, alone in (("extradition", False), ("interception", False), ("police-cooperation", True)):
        story = Story()
        asked = story.ask(measure)
        if kind == "outcome":
            story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
        body = body_of("outcome") if kind == "outcome" else {"outcome": "accepted"}
        story.say(FRA, kind, body, regarding=asked, approved_by=None)
        assert (not story.file.events[-1].ineffective) is alone, measure


def test_a_step_of_a_third_state_has_no_effect() -> None:
    story = Story()
    asked = story.ask()
    story.say("KEN/contact-point", "note", {"text": "hello"}, regarding=asked)
    assert "KEN is no side" in story.file.events[-1].ineffective


def test_a_message_to_ones_own_side_has_no_effect() -> None:
    story = Story()
    asked = story.ask()
    story.say(FRA, "note", {"text": "hello"}, regarding=asked, to="FRA/contact-point")
    assert "one side of the case to the other" in story.file.events[-1].ineffective


def test_a_step_dated_before_its_request_has_no_effect() -> None:
    story = Story()
    asked = story.ask()
    story.say(FRA, "acknowledgement", regarding=asked, at=stamp(START - timedelta(seconds=1)))
    assert "before the request itself" in story.file.events[-1].ineffective


def test_a_step_that_names_no_request_has_no_effect() -> None:
    story = Story()
    asked = story.ask()
    note = story.say(FRA, "note", {"text": "a"}, regarding=asked)
    story.say(FRA, "acknowledgement", regarding=note)
    assert "names no request" in story.file.events[-1].ineffective


def test_exhibits_are_delivered_once_and_their_custody_grows_in_order() -> None:
    story = Story()
    asked = story.ask("stored-data")
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
    story.say(FRA, "delivery", body_of("delivery"), regarding=asked)
    story.say(FRA, "delivery", body_of("delivery"), regarding=asked)
    assert "delivered before" in story.file.events[-1].ineffective
    story.say(VNM, "custody-receipt", body_of("custody-receipt"), regarding=asked)
    story.say(VNM, "custody-entry", body_of("custody-entry"), regarding=asked)
    case = story.file
    assert case.exhibits["0" * 26].custody == ("e1", "e2", "e3")
    assert case.requests[asked.digest].exhibits == ("0" * 26,)
    assert case.requests[asked.digest].state is State.RECEIVED
    assert State.RECEIVED not in ENDED


def test_custody_is_still_told_after_the_request_has_ended() -> None:
    story = Story()
    asked = story.ask("stored-data")
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
    story.say(FRA, "delivery", body_of("delivery"), regarding=asked)
    story.say(VNM, "custody-receipt", body_of("custody-receipt"), regarding=asked)
    story.say(VNM, "closure", regarding=asked)
    story.say(VNM, "custody-entry", body_of("custody-entry"), regarding=asked)
    story.say(VNM, "question", body_of("question"), regarding=asked)
    assert [bool(event.ineffective) for event in story.file.events[-2:]] == [False, True]
    assert story.file.requests[asked.digest].state is State.CLOSED


def test_an_exhibit_that_nobody_delivered_has_no_custody_here() -> None:
    story = Story()
    asked = story.ask("stored-data")
    story.say(VNM, "custody-entry", body_of("custody-entry"), regarding=asked)
    assert "names no exhibit" in story.file.events[-1].ineffective


def test_no_messages_and_messages_of_two_cases_make_no_case() -> None:
    with pytest.raises(DoesNotFit):
        fold.fold([])
    story = Story()
    asked = story.ask()
    with pytest.raises(DoesNotFit, match="two cases"):
        fold.fold([asked, replace(asked, case=CASE[:-1] + "C", digest="f" * 64)])


def test_each_state_has_its_chair_and_a_third_has_none() -> None:
    story = Story()
    story.ask()
    case = story.file
    assert (case.side("VNM"), case.side("FRA")) == (Side.REQUESTING, Side.REQUESTED)
    assert (case.partner("VNM"), case.partner("FRA"), case.authority_of("FRA")) == (FRA, VNM, FRA)
    with pytest.raises(DoesNotFit, match="KEN is no side"):
        case.side("KEN")


def test_ancestors_are_everything_followed_directly_or_not() -> None:
    story = Story()
    asked = story.ask()
    one = story.say(FRA, "note", {"text": "one"}, regarding=asked, after=[asked])
    two = story.say(VNM, "note", {"text": "two"}, regarding=asked, after=[asked])
    both = story.say(FRA, "note", {"text": "both"}, regarding=asked)
    assert set(both.follows) == {one.digest, two.digest}
    assert {message.digest for message in fold.ancestors(both, story.messages)} == set(both.follows) | {asked.digest}
    assert fold.ancestors(one, story.messages) == (asked,)
    assert fold.ancestors(asked, story.messages) == ()


def test_a_missing_ancestor_is_named_and_the_message_can_follow_later() -> None:
    story = Story()
    asked = story.ask()
    one = story.say(FRA, "acknowledgement", regarding=asked)
    two = story.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked)
    held = {asked.digest: asked}
    with pytest.raises(MissingMessage, match=one.digest[:16]) as caught:
        fold.ancestors(two, held)
    assert caught.value.code == "missing-message"
    assert caught.value.advice
    held[one.digest] = one
    assert len(fold.ancestors(two, held)) == 2


def test_a_new_case_opens_with_a_request_of_the_requesting_state_numbered_1() -> None:
    good = Story().ask()
    assert fold.check_next(None, good) == "42(1)"
    swapped = Story("FRA-VNM-2028-0001-7Q4K2M9XAB").ask()
    for bad, why in (
        (swapped, "is opened by FRA"),
        (replace(good, number=2), "numbered 1"),
        (replace(good, kind="note"), "opens with a request"),
        (replace(good, kind="greeting"), "not known here"),
        (replace(good, receiver="KEN/contact-point"), "addressed to FRA"),
    ):
        with pytest.raises(DoesNotFit, match=why):
            fold.check_next(None, bad)


def test_the_next_message_counts_on_stays_in_its_world_and_is_permitted() -> None:
    story = Story()
    asked = story.ask()
    case = story.file
    good = story.say(FRA, "acknowledgement", regarding=asked)
    assert fold.check_next(case, good) == "41(1)"
    for bad, why in (
        (replace(good, number=3), "2 is due"),
        (replace(good, exercise=False), "never mix"),
        (replace(good, sender=VNM, receiver=FRA), "cannot take the step"),
    ):
        with pytest.raises(DoesNotFit, match=why):
            fold.check_next(case, bad)


def test_checking_the_next_message_changes_nothing() -> None:
    story = Story()
    asked = story.ask()
    case, before = story.file, story.file
    fold.check_next(case, story.say(VNM, "withdrawal", {"reason": "solved"}, regarding=asked))
    assert case == before
