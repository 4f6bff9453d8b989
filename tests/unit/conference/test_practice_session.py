"""The practice session: played by the engine alone, the same every time, with everything in it that a meeting can need."""

from collections import Counter
from itertools import pairwise

import pytest

from rogatory.conference.meeting import asking, engine
from rogatory.conference.meeting.state import Phase
from rogatory.exercise.conference import before, cast, script
from rogatory.exercise.conference.script import Played


@pytest.fixture(scope="module")
def played() -> Played:
    return script.play()


def test_sixty_delegations_of_invented_states_take_part(played: Played) -> None:
    assert len(cast.DELEGATIONS) == len(set(cast.DELEGATIONS)) == 60
    assert all(code.startswith("X") for code in cast.DELEGATIONS)
    assert Counter(cast.GROUP.values()) == dict.fromkeys(cast.GROUPS, 11)
    assert {one.kind for one in played.state.seats.values()} == {
        *("party", "regional-organisation", "signatory", "igo-invited", "ngo-other", "ngo-ecosoc"),
    }


def test_the_same_seed_plays_the_same_session_and_another_another(played: Played) -> None:
    assert script.play().events == played.events
    other = script.play(seed=7)
    assert other.events != played.events
    assert [(one.what, one.how) for one in other.state.decisions] == [
        (one.what, one.how) for one in played.state.decisions
    ]


def test_its_events_fold_into_the_meeting_that_was_played(played: Played) -> None:
    assert engine.replay(played.events) == played.state
    assert played.state.phase is Phase.CLOSED
    assert all(one.at <= other.at for one, other in pairwise(played.events))


def test_it_has_all_that_a_practice_session_must_have(played: Played) -> None:
    state, kinds = played.state, Counter(event.kind for event in played.events)
    assert kinds["credentials-challenged"] == kinds["ruling-appealed"] == kinds["observer-objected"] == 1
    assert kinds["consensus-found"] == kinds["proposal-withdrawn"] == 1
    assert kinds["vote-explained"] == 2
    assert [len(one.sheets) for one in state.contests.values() if one.sheets] == [3]
    assert state.presiding == before.PRESIDENT
    how = {(one.about, one.target): one.how for one in state.decisions if one.about in ("proposal", "amendment")}
    assert how == {
        ("proposal", "L.1/A.1"): "vote-rejected",
        ("amendment", "L.1/A.2"): "vote",
        ("proposal", "L.1"): "vote",
        ("proposal", "L.2"): "vote-rejected",
        ("proposal", "L.4"): "consensus",
    }
    assert [one.symbol for one in state.decisions if one.symbol] == ["PRACTICE/1/DEC/1", "PRACTICE/1/DEC/2"]
    assert {one.about: one.how for one in state.decisions if one.about in ("ruling", "credentials", "observer")} == {
        "credentials": "vote",
        "observer": "vote",
        "ruling": "vote-rejected",
    }


def test_one_majority_is_not_enough_because_two_thirds_were_needed(played: Played) -> None:
    vote = next(one for one in played.state.votes if one.question.target == "L.2")
    assert vote.method == "roll-call"
    assert vote.outcome is not None
    assert vote.outcome.count.no < vote.outcome.count.yes < vote.outcome.needed
    names = [played.state.seats[code].name.en for code in vote.order]
    assert names[0].startswith("M")
    turn = names.index(min(names))
    assert names[turn:] + names[:turn] == sorted(names)


def test_the_organisation_votes_with_the_weight_of_its_members_and_they_do_not(played: Played) -> None:
    vote = next(one for one in played.state.votes if one.question.target == "L.1/A.2")
    assert vote.weights[cast.ORGANISATION] == len(cast.MEMBERS) == 6
    assert not set(vote.votes) & set(cast.MEMBERS)


def test_what_must_be_refused_was_refused_and_left_no_trace(played: Played) -> None:
    codes = {one.error.code for one in played.refusals}
    assert codes >= {
        *("no-quorum", "not-presiding", "credentials-missing", "no-right-to-vote", "organisation-and-members"),
        *("vote-closed", "voted-already", "consensus-first", "proposal-withdrawn", "not-eligible", "no-such-right"),
        *("unknown-participant", "out-of-order"),
    }
    assert all(one.error.cite for one in played.refusals if one.error.code != "unknown-participant")
    assert played.state.number == len(played.events)


def test_every_vote_was_taken_with_the_quorum_for_a_decision(played: Played) -> None:
    state = engine.begin(played.events[0])
    opened = 0
    for event in played.events[1:]:
        state = engine.step(state, event)
        if event.kind == "vote-opened":
            opened += 1
            assert asking.quorate(state, state.book.quorum.decide)
    assert opened == len(state.votes) == 12
