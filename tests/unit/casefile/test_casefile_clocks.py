"""The clock of a preservation: 42(8) and 42(9), the same on both desks because both read the same messages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_case import FRA, START, VNM, Story, body_of

from rogatory.casefile import clocks
from rogatory.casefile.clocks import Clock, Light
from rogatory.casefile.messages import Message
from rogatory.casefile.table import State
from rogatory.kernel.times import stamp
from rogatory.law.loader import load_law

LAW = load_law()
MINIMUM = int(LAW.value("uncc", "42(8)", "days", on=START.date()))


def clock_of(story: Story, asked: Message) -> Clock:
    case = story.file
    found = clocks.clock(case.requests[asked.digest], case.requests, LAW)
    assert found is not None
    return found


def preserved(days: int = MINIMUM) -> tuple[Story, Message]:
    story = Story()
    asked = story.ask()
    story.preserve(asked, days=days)
    return story, asked


def test_the_minimum_comes_from_the_law_data() -> None:
    story, asked = preserved()
    found = clock_of(story, asked)
    assert found.minimum_days == clocks.minimum_days(LAW, START) == MINIMUM
    assert (found.began, found.until) == (START, found.minimum_until)
    assert found.minimum_until == START + timedelta(days=MINIMUM)
    assert not found.held
    assert not found.ended


def test_a_longer_preservation_keeps_its_minimum_beside_its_end() -> None:
    story, asked = preserved(days=MINIMUM + 30)
    found = clock_of(story, asked)
    assert found.until - found.minimum_until == timedelta(days=30)


def test_there_is_no_clock_before_preservation_begins_and_none_for_other_measures() -> None:
    story = Story()
    asked, other = story.ask(), story.ask("stored-data")
    requests = story.file.requests
    assert clocks.clock(requests[asked.digest], requests, LAW) is None
    assert clocks.clock(requests[other.digest], requests, LAW) is None


def test_an_extension_granted_moves_the_end_and_one_refused_does_not() -> None:
    story, asked = preserved()
    longer = START + timedelta(days=MINIMUM + 60)
    story.say(VNM, "extension-request", {"until": stamp(longer), "reason": "the letter is on its way"}, regarding=asked)
    assert story.file.requests[asked.digest].extension_asked == longer
    assert clock_of(story, asked).until == START + timedelta(days=MINIMUM)
    story.say(FRA, "extension", {"granted": True, "until": stamp(longer)}, regarding=asked)
    assert clock_of(story, asked).until == longer
    story.say(FRA, "extension", {"granted": False, "reason": "enough"}, regarding=asked)
    assert clock_of(story, asked).until == longer
    assert story.file.requests[asked.digest].extension_asked is None


def test_an_extension_is_asked_for_before_the_end_and_never_after() -> None:
    story, asked = preserved()
    end = START + timedelta(days=MINIMUM)
    ask = {"until": stamp(end + timedelta(days=1)), "reason": "late"}
    story.say(VNM, "extension-request", ask, regarding=asked, at=stamp(end))
    assert "before the preservation ends" in story.file.events[-1].ineffective
    assert story.file.events[-1].cite == "42(9)"
    story.say(VNM, "extension-request", ask, regarding=asked, at=stamp(end - timedelta(seconds=1)))
    assert not story.file.events[-1].ineffective


@given(days=st.integers(min_value=-40, max_value=0))
def test_an_extension_never_shortens(days: int) -> None:
    story, asked = preserved()
    until = stamp(START + timedelta(days=MINIMUM + days))
    story.say(VNM, "extension-request", {"until": until, "reason": "?"}, regarding=asked)
    story.say(FRA, "extension", {"granted": True, "until": until}, regarding=asked)
    assert all(event.ineffective for event in story.file.events[-2:])
    assert clock_of(story, asked).until == START + timedelta(days=MINIMUM)


@pytest.mark.parametrize("measure", ["stored-data", "mla"])
def test_a_request_for_the_data_that_follows_holds_the_clock_until_it_is_decided(measure: str) -> None:
    story, asked = preserved()
    after = story.ask(measure, follows_request=asked.digest)
    late = START + timedelta(days=MINIMUM + 100)
    for step in (None, "acknowledgement", "decision:postponed"):
        if step:
            story.say(FRA, step.partition(":")[0], body_of(step), regarding=after)
        found = clock_of(story, asked)
        assert (found.held, found.ended, found.light(late)) == (True, False, Light.HELD)
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=after)
    found = clock_of(story, asked)
    assert (found.held, found.ended, found.light(late)) == (False, True, Light.NONE)


def test_a_request_for_traffic_data_that_follows_leaves_the_clock_alone() -> None:
    story, asked = preserved()
    before = clock_of(story, asked)
    after = story.ask("traffic-disclosure", follows_request=asked.digest)
    assert story.file.followers(story.file.requests[asked.digest]) == (story.file.requests[after.digest],)
    assert clock_of(story, asked) == before
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=after)
    assert clock_of(story, asked) == before


def test_the_least_period_is_that_of_the_instrument_where_it_sets_one() -> None:
    assert clocks.minimum_days(LAW, START, "budapest") == LAW.value("budapest", "29(7)", "days", on=START.date())
    assert clocks.minimum_days(LAW, START, "untoc") == clocks.minimum_days(LAW, START, "unheard-of") == MINIMUM


@pytest.mark.parametrize("outcome", ["accepted", "declined"])
def test_the_decision_on_what_follows_ends_the_clock_whatever_it_is(outcome: str) -> None:
    story, asked = preserved()
    after = story.ask("stored-data", follows_request=asked.digest)
    story.say(FRA, "decision", body_of(f"decision:{outcome}"), regarding=after)
    assert clock_of(story, asked).ended


def test_when_what_follows_is_withdrawn_the_clock_runs_again() -> None:
    story, asked = preserved()
    after = story.ask("stored-data", follows_request=asked.digest)
    story.say(VNM, "withdrawal", {"reason": "not needed"}, regarding=after)
    found = clock_of(story, asked)
    assert (found.held, found.ended) == (False, False)
    assert found.light(START + timedelta(days=MINIMUM)) is Light.EXPIRED


def test_two_requests_that_follow_hold_the_clock_until_both_are_decided() -> None:
    story, asked = preserved()
    first = story.ask("stored-data", follows_request=asked.digest)
    second = story.ask("stored-data", follows_request=asked.digest)
    story.say(VNM, "withdrawal", {"reason": "the first is enough"}, regarding=second)
    assert clock_of(story, asked).held
    third = story.ask("stored-data", follows_request=asked.digest)
    story.say(FRA, "decision", {"outcome": "accepted"}, regarding=third)
    assert (clock_of(story, asked).held, clock_of(story, asked).ended) == (True, False)
    story.say(FRA, "decision", body_of("decision:declined"), regarding=first)
    assert (clock_of(story, asked).held, clock_of(story, asked).ended) == (False, True)


def test_a_follower_may_only_name_a_preservation_of_the_same_case() -> None:
    story = Story()
    other = story.ask("stored-data")
    story.ask("stored-data", follows_request=other.digest)
    assert "not of this case" in story.file.events[-1].ineffective
    story.ask("stored-data", follows_request="d" * 64)
    assert "not of this case" in story.file.events[-1].ineffective


def test_release_ends_the_clock() -> None:
    story, asked = preserved()
    story.say(FRA, "release", {"reason": "the court said so"}, regarding=asked)
    assert story.file.requests[asked.digest].state is State.RELEASED
    assert clock_of(story, asked).light(START) is Light.NONE


@pytest.mark.parametrize(
    ("left", "light"),
    [
        (1.0, Light.GREEN),
        (0.2501, Light.GREEN),
        (0.25, Light.AMBER),
        (0.1001, Light.AMBER),
        (0.1, Light.RED),
        (0.0001, Light.RED),
        (0.0, Light.EXPIRED),
        (-1.0, Light.EXPIRED),
    ],
)
def test_the_colour_follows_the_share_of_the_minimum_that_is_left(left: float, light: Light) -> None:
    until = START + timedelta(days=MINIMUM)
    now = until - timedelta(days=MINIMUM) * left
    assert clocks.light(until, now, minimum_days=MINIMUM, held=False) is light
    assert clocks.light(until, now, minimum_days=MINIMUM, held=True) is Light.HELD


@given(st.integers(min_value=-200, max_value=200), st.integers(min_value=0, max_value=200))
def test_the_colour_never_turns_back_as_time_goes_on(first: int, later: int) -> None:
    order = [Light.GREEN, Light.AMBER, Light.RED, Light.EXPIRED]
    until = START + timedelta(days=MINIMUM)
    colours = [
        clocks.light(until, START + timedelta(days=day), minimum_days=MINIMUM, held=False)
        for day in (first, first + later)
    ]
    assert order.index(colours[0]) <= order.index(colours[1])


def test_both_desks_read_the_same_clock_from_the_same_messages() -> None:
    story, asked = preserved()
    story.ask("stored-data", follows_request=asked.digest)
    theirs = Story()
    theirs.messages = dict(reversed(story.messages.items()))
    assert clock_of(theirs, asked) == clock_of(story, asked)
    assert replace(clock_of(story, asked), held=False) != clock_of(story, asked)
