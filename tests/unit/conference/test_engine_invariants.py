"""Whatever happens in a meeting, and in whatever order: precedence, quorum, one Party one vote, and no way to lock it.

`MEETING_PLAYS=400 pytest …` plays more of them.
"""

import os
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import meeting_play, meetings
from tests.support.meeting_play import Play
from tests.support.meetings import UNION, Table, choices, code, first, ready

from rogatory.conference.counting.votes import Choice
from rogatory.conference.meeting import engine, offers
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.possible import possible
from rogatory.conference.meeting.state import State
from rogatory.errors import RogatoryError

PLAYS = int(os.environ.get("MEETING_PLAYS", "12"))
SETTINGS = settings(max_examples=PLAYS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MEMBERS = ("S01", "S02")


def started(stage: str) -> Table:
    if stage == "announced":
        return meetings.arrived(meetings.convened(5, members=MEMBERS))
    if stage == "sitting":
        return meetings.sitting(5, members=MEMBERS)
    table = ready(5, "P1", "P2", members=MEMBERS)
    for amendment, by in (("A1", "S02"), ("A2", "S03")):
        table.propose(amendment, by, amends="P1", circulated=False)
        table.do("chair", "circulation-waived", proposal=amendment)
    return table


@SETTINGS
@given(seed=st.integers(0, 10_000_000), stage=st.sampled_from(["announced", "sitting", "ready", "ready"]))
def test_no_sequence_of_events_breaks_the_rules_or_keeps_the_session_from_closing(seed: int, stage: str) -> None:
    play = Play(started(stage), Random(seed))
    for _ in range(45):
        play.turn()
    meeting_play.finish(play.table)


@settings(max_examples=max(2, PLAYS // 6), deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000_000))
def test_the_record_of_a_meeting_replayed_gives_the_same_meeting(seed: int) -> None:
    made = first(5, members=MEMBERS)
    table = Table(engine.begin(made), events=(made,))
    meetings.arrived(table)
    table.do("chair", "meeting-opened")
    play = Play(table, Random(seed))
    for _ in range(60):
        play.turn()
    assert engine.replay(table.events) == table.state


@settings(max_examples=PLAYS, deadline=None, derandomize=True)
@given(order=st.permutations(range(9)), sides=st.lists(st.sampled_from(list(Choice)), min_size=9, max_size=9))
def test_the_order_in_which_votes_come_does_not_matter(order: list[int], sides: list[Choice]) -> None:
    outcomes = []
    for sequence in (range(9), order):
        table = ready()
        table.vote({code(number): sides[number] for number in sequence}, about="proposal", target="P1")
        vote = table.state.votes[-1]
        outcomes.append((vote.outcome, dict(vote.votes), table.state.proposals["P1"].status))
    assert outcomes[0] == outcomes[1]


@settings(max_examples=PLAYS, deadline=None, derandomize=True)
@given(
    voters=st.permutations(["S00", "S01", "S02", "S03", UNION, "IGO"]),
    leaves=st.integers(0, 6),
    casts=st.booleans(),
)
def test_an_organisation_and_its_members_never_both_count(voters: list[str], leaves: int, casts: bool) -> None:
    table = ready(5, members=MEMBERS)
    if casts:
        table.do(UNION, "organisation-declares", casts=True)
    table.do("chair", "vote-opened", about="proposal", target="P1", method="recorded")
    for number, one in enumerate(voters):
        if number == leaves:
            table.do(UNION, "attendance", present=False)
        if number == leaves + 2:
            table.do(UNION, "attendance", present=True)
        try:
            table.do(one, "vote-cast", vote="V1", choice="yes")
        except RogatoryError:
            continue
    assert table.state.vote
    counted = set(table.state.vote.votes)
    assert not (UNION in counted and counted & set(MEMBERS))
    assert sum(table.state.vote.weights.values()) <= 5


def test_the_check_of_the_play_sees_a_broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invariants are not empty: an engine that forgets the quorum is found out."""
    before = ready(5).state
    poor = replace(before, seats={name: replace(one, present=False) for name, one in before.seats.items()})
    after = replace(poor, number=poor.number + 1, decisions=(*poor.decisions, poor.decisions[-1]))
    with pytest.raises(AssertionError):
        meeting_play.check(poor, after, "consensus-found", {"proposal": "P1"})
    with pytest.raises(AssertionError):
        meeting_play.check(before, replace(before, number=before.number + 1, decisions=()), "attendance", {})


@pytest.mark.parametrize("stage", ["announced", "sitting", "ready"])
def test_every_complete_offer_is_taken_and_says_under_which_rule(stage: str) -> None:
    table = started(stage)
    for by in (
        *(Actor("delegation", one) for one in ("S01", UNION, "SIGN", "IGO")),
        table.actor("chair"),
        meetings.OFFICE,
    ):
        found = possible(table.state, by, table.at)
        assert found
        for offer in found:
            assert offer.rule in table.state.book.rules
            if not offer.missing:
                engine.step(table.state, Event(kind=offer.kind, by=by, at=table.at, body=offer.body))


def kinds(state: State, by: Actor, table: Table) -> set[str]:
    return {one.kind for one in possible(state, by, table.at)}


def test_what_may_happen_next_follows_the_meeting() -> None:
    table = started("ready")
    chair = table.actor("chair")
    assert {"amendments-ordered", "meeting-suspended", "consensus-sought"} <= kinds(table.state, chair, table)
    assert "vote-opened" not in kinds(table.state, chair, table)
    table.do("chair", "amendments-ordered", proposal="P1", order=["A1", "A2"], reasons="…")
    offers = [one for one in possible(table.state, chair, table.at) if one.kind == "vote-opened"]
    assert {one.body["target"] for one in offers} == {"A1"}
    assert {one.body["method"] for one in offers} == {"show-of-hands", "roll-call", "recorded"}
    table.do("chair", "vote-opened", about="proposal", target="A1", method="recorded")
    assert kinds(table.state, chair, table) == {"vote-closed"}
    voter = kinds(table.state, Actor("delegation", "S03"), table)
    assert {"vote-cast", "point-raised"} <= voter
    assert not {"motion-moved", "organisation-declares"} & voter
    assert kinds(table.state, Actor("presiding", "S03"), table) == set()


def test_what_is_tried_for_a_delegation_does_not_grow_with_the_number_of_seats() -> None:
    tried = []
    for parties in (20, 200):
        table = meetings.sitting(parties)
        by = Actor("delegation", "S03")
        tried.append(sum(1 for kind in engine.KINDS.values() for _ in offers.offers(table.state, kind, by)
                         if "delegation" in kind.by))  # fmt: skip
    assert tried[0] == tried[1] < 120


def test_on_the_last_day_without_a_quorum_the_session_is_closed_as_it_is() -> None:
    table = started("ready")
    table.do("S03", "motion-moved", motion="close-debate")
    for number in range(1, 5):
        table.do(code(number), "attendance", present=False)
    table.refused("out-of-order", "chair", "session-closed")
    table.at = meeting_play.LAST_DAY
    table.do("chair", "session-closed")
    assert table.state.items[0].status == "adjourned"


def test_a_vote_in_which_nobody_votes_turns_nobody_away() -> None:
    table = started("sitting")
    table.do("S03", "credentials-challenged", seat="S04", reasons="…")
    table.vote({}, about="credentials", target="S04")
    assert table.state.seats["S04"].credentials == "challenged"
    table.vote(choices(3), about="credentials", target="S04")
    assert table.state.seats["S04"].credentials == "accepted"


@pytest.mark.parametrize(
    "body",
    [None, [], {"seat": 1}, {"seat": "../x"}, {"seat": "S01", "more": 1}, {1: 2}, {"seat": "x" * 61}, {}],
)
def test_a_body_of_another_form_is_refused(body: object) -> None:
    table = started("ready")
    event = replace(table.event("chair", "floor-given"), body=body)
    with pytest.raises(RogatoryError) as caught:
        engine.step(table.state, event)
    assert caught.value.code in ("bad-conference-event", "out-of-order", "unknown-participant")


def test_time_never_runs_backwards_and_carries_its_zone() -> None:
    table = started("ready")
    event = table.event("S01", "floor-asked")
    for at in (table.state.at.replace(year=2029), table.at.replace(tzinfo=None)):
        with pytest.raises(RogatoryError):
            engine.step(table.state, replace(event, at=at))


def test_a_record_begins_with_the_meeting_that_is_made() -> None:
    with pytest.raises(RogatoryError):
        engine.replay([])
    with pytest.raises(RogatoryError):
        engine.replay([Event(kind="floor-asked", by=meetings.OFFICE, at=meetings.OPENS)])
    with pytest.raises(RogatoryError):
        engine.begin(replace(first(), body={**first().body, "presiding": "SIGN"}))
