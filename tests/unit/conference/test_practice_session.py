"""The practice session: played by the engine alone, the same every time, with everything in it that a meeting can need."""

from collections import Counter
from itertools import pairwise

import pytest

from rogatory.conference.meeting import asking, engine
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.state import Phase, State
from rogatory.exercise.conference import before, cast, script, standing
from rogatory.exercise.conference.acts import running
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


def test_a_second_meeting_stands_where_a_newcomer_puts_a_proposal_to_the_vote() -> None:
    left = script.play(until=standing.reached).state
    proposal = left.proposals[standing.PROPOSAL]
    assert (left.phase, left.item, proposal.item, proposal.status, left.vote) == (Phase.SITTING, "4", "4", "open", None)
    assert proposal.circulated_at is not None
    assert proposal.efforts
    assert asking.quorate(left, left.book.quorum.decide)
    assert left.presiding == before.PRESIDENT

    def then(state: State, kind: str, by: Actor, **body: str) -> State:
        return engine.step(state, Event(kind=kind, by=by, at=state.at, body=body))

    chair = Actor("presiding", left.presiding)
    state = then(left, "vote-opened", chair, about="proposal", target=standing.PROPOSAL, method="recorded")
    vote = running(state)
    for code in standing.HELD:
        state = then(state, "vote-cast", Actor("delegation", code), vote=vote, choice="yes")
    state = then(state, "vote-closed", chair, vote=vote)
    assert state.decisions[-1].target == standing.PROPOSAL
    assert state.decisions[-1].how == "vote"


def test_whoever_presses_is_told_step_by_step_in_each_language_and_where() -> None:
    links = {name: f"/in/{name}/" for name in (standing.CHAIR, standing.SCREEN, *standing.HELD)}
    steps = standing.what_to_press(links)
    assert sorted(link for _, link in steps if link) == sorted(links.values())
    assert all(words.en != words.fr for words, _ in steps)
    assert [words.en[0] for words, _ in steps] == list("12345")
