"""Votes of a meeting: who may vote, once, by which method, in which order, and what the outcome does."""

from dataclasses import replace

import pytest
from tests.support.meetings import NGO, SIGNATORY, UNION, Table, choices, debating, ready, sitting, words

from rogatory.conference.counting.thresholds import Base
from rogatory.conference.meeting import asking
from rogatory.conference.meeting.voting import roll_call
from rogatory.law.words import Words


def opened(table: Table, method: str = "recorded", **question: str) -> str:
    table.do("chair", "vote-opened", **{"about": "proposal", "target": "P1", "method": method, **question})
    assert table.state.vote
    return table.state.vote.id


def test_a_proposal_of_substance_is_adopted_by_two_thirds_of_those_present_and_voting() -> None:
    table = ready()
    table.vote(choices(6, 3), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "adopted"
    decision = table.state.decisions[-1]
    assert (decision.how, decision.rule, decision.vote) == ("vote", "substance", "V1")


def test_one_vote_short_of_two_thirds_rejects_it_and_the_decision_names_the_vote() -> None:
    table = ready()
    table.vote(choices(5, 3), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "rejected"
    assert (table.state.decisions[-1].how, table.state.decisions[-1].vote) == ("vote-rejected", "V1")


def test_abstentions_are_not_votes() -> None:
    table = ready()
    table.vote(choices(2, 1, 6), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "adopted"


def test_substance_is_not_put_to_the_vote_before_an_effort_at_consensus_is_on_record() -> None:
    table = debating()
    table.propose("P1", item="1")
    table.wait(hours=25)
    table.refused("consensus-first", "chair", "vote-opened", about="proposal", target="P1", cites="substance")


def test_the_budget_is_never_put_to_the_vote() -> None:
    table = debating()
    table.propose("P1", item="1", subject="budget")
    table.do("chair", "consensus-sought", proposal="P1", text="Long consultations.")
    table.wait(hours=25)
    table.refused("consensus-first", "chair", "vote-opened", about="proposal", target="P1", cites="budget")
    table.do("chair", "consensus-found", proposal="P1")
    assert table.state.decisions[-1].how == "consensus"


def test_a_protocol_waits_for_sixty_parties() -> None:
    table = debating()
    table.propose("P1", item="1", subject="protocol")
    table.wait(hours=25)
    table.refused("out-of-order", "chair", "consensus-found", proposal="P1", cites="protocol")


def test_who_asks_for_a_vote_bars_consensus_until_the_request_is_withdrawn() -> None:
    table = ready()
    table.do("S03", "vote-requested", target="P1")
    table.refused("out-of-order", "chair", "consensus-found", proposal="P1", cites="consensus")
    table.do("S03", "vote-request-withdrawn", target="P1")
    table.do("chair", "consensus-found", proposal="P1")


def test_a_delegation_that_asks_for_a_roll_call_gets_one_or_a_recorded_vote() -> None:
    table = ready()
    table.do("S03", "vote-requested", target="P1", method="roll-call")
    table.refused(
        "out-of-order", "chair", "vote-opened", about="proposal", target="P1", method="show-of-hands",
        cites="voting-methods",
    )  # fmt: skip
    table.refused("out-of-order", "S04", "vote-requested", target="P1", method="secret", cites="voting-methods")
    opened(table, "recorded")


@pytest.mark.parametrize(("who", "code"), [(NGO, "no-right-to-vote"), (SIGNATORY, "no-right-to-vote")])
def test_observers_and_signatories_do_not_vote(who: str, code: str) -> None:
    table = ready()
    table.refused(code, who, "vote-cast", vote=opened(table), choice="yes")


def test_a_state_without_credentials_does_not_vote() -> None:
    table = sitting(without=("S08",))
    table.do("chair", "agenda-adopted")
    table.do("chair", "item-opened", item="1")
    table.propose("P1", item="1", subject="procedure")
    table.wait(hours=25)
    table.refused("credentials-missing", "S08", "vote-cast", vote=opened(table), choice="yes", cites="provisional-seat")


def test_a_delegation_that_is_not_in_the_room_does_not_vote() -> None:
    table = ready()
    table.do("S08", "attendance", present=False)
    table.refused("delegation-not-present", "S08", "vote-cast", vote=opened(table), choice="yes")


def test_an_unknown_state_does_not_vote() -> None:
    table = ready()
    table.refused("unknown-participant", "XXX", "vote-cast", vote=opened(table), choice="yes")


def test_a_vote_cast_twice_counts_once_and_may_be_changed_while_the_vote_is_open() -> None:
    table = ready()
    vote = opened(table)
    table.do("S01", "vote-cast", vote=vote, choice="yes")
    table.refused("voted-already", "S01", "vote-cast", vote=vote, choice="yes", cites="voting-rights")
    table.do("S01", "vote-cast", vote=vote, choice="no")
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.votes[-1].outcome
    assert table.state.votes[-1].outcome.count.no == 1
    assert table.state.votes[-1].outcome.count.yes == 0


def test_a_late_vote_does_not_count() -> None:
    table = ready()
    table.vote(choices(3), about="proposal", target="P1")
    table.refused("vote-closed", "S08", "vote-cast", vote="V1", choice="yes", cites="voting-methods")


def test_a_vote_on_what_is_not_being_voted_on_is_refused() -> None:
    table = ready()
    table.refused("out-of-order", "S01", "vote-cast", vote="V1", choice="yes")


def test_a_withdrawn_proposal_is_not_put_to_the_vote() -> None:
    table = ready()
    table.do("S01", "proposal-withdrawn", proposal="P1")
    table.refused("proposal-withdrawn", "chair", "vote-opened", about="proposal", target="P1", cites="withdrawal")


def test_only_the_chair_opens_and_closes_a_vote_and_there_is_one_chair() -> None:
    table = ready()
    table.refused("not-presiding", "presiding:S01", "vote-opened", about="proposal", target="P1", cites="presiding")
    table.refused("not-their-act", "S01", "vote-opened", about="proposal", target="P1")
    vote = opened(table)
    table.refused("not-presiding", "presiding:S01", "vote-closed", vote=vote, cites="presiding")


def test_nothing_interrupts_a_vote_but_a_point_of_order_on_its_conduct() -> None:
    table = ready()
    opened(table)
    table.refused("out-of-order", "S01", "motion-moved", motion="suspend-meeting", cites="conduct-of-voting")
    table.refused("out-of-order", "chair", "meeting-suspended", cites="conduct-of-voting")
    table.refused("out-of-order", "S01", "credentials-challenged", seat="S02", reasons="…")
    table.refused("out-of-order", "S01", "point-raised", text="Something else", cites="conduct-of-voting")
    table.do("S01", "point-raised", text="The screen shows another question", conduct_of_voting=True)


def test_no_decision_without_the_quorum_of_the_rulebook() -> None:
    table = ready()
    for gone in ("S05", "S06", "S07", "S08"):
        table.do(gone, "attendance", present=False)
    opened(table)  # five of nine
    table = ready()
    for gone in ("S04", "S05", "S06", "S07", "S08"):
        table.do(gone, "attendance", present=False)
    error = table.refused("no-quorum", "chair", "vote-opened", about="proposal", target="P1", cites="quorum")
    assert "4 present" in error.message
    table.refused("no-quorum", "chair", "consensus-found", proposal="P1", cites="quorum")


def test_under_the_other_answer_to_the_open_question_the_quorum_is_of_those_who_take_part() -> None:
    absent = tuple(f"S0{number}" for number in (3, 4, 5, 6, 7, 8))
    table = sitting(choices={"quorum": "participating"}, absent=absent, without=absent)
    table.do("chair", "agenda-adopted")
    table = sitting(absent=absent, without=absent)
    table.refused("no-quorum", "chair", "agenda-adopted", cites="quorum")


def test_leaving_the_room_after_a_vote_was_opened_does_not_undo_it() -> None:
    table = ready()
    vote = opened(table)
    for one, choice in choices(7, 2).items():
        table.do(one, "vote-cast", vote=vote, choice=choice)
    for gone in range(1, 9):
        table.do(f"S0{gone}", "attendance", present=False)
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.proposals["P1"].status == "adopted"


def test_a_roll_call_begins_with_the_state_or_letter_drawn_and_goes_round() -> None:
    table = ready()
    assert roll_call(table.state, "C")[:2] == ("S02", "S03")
    assert roll_call(table.state, "S02")[-1] == "S01"
    assert roll_call(table.state, "Z")[0] == "S00"
    assert len(roll_call(table.state, "E")) == 9
    table.refused("bad-conference-event", "chair", "vote-opened", about="proposal", target="P1", method="roll-call")


def test_accents_do_not_change_the_place_in_the_alphabet() -> None:
    table = ready()
    seat = replace(table.state.seats["S08"], name=Words("Côte", "Côte"))
    state = asking.with_seat(table.state, seat)
    assert roll_call(state, "A")[2:4] == ("S02", "S08")  # Cland 02, Côte, Dland 03


def test_in_a_roll_call_each_answers_when_called_and_who_does_not_may_still_answer_before_the_end() -> None:
    table = ready()
    vote = opened(table, "roll-call", start="C")
    table.refused("out-of-order", "S00", "vote-cast", vote=vote, choice="yes", cites="voting-methods")
    table.do("S02", "vote-cast", vote=vote, choice="yes")
    table.do("office", "roll-call-missed", vote=vote)  # S03
    table.refused("out-of-order", "chair", "vote-closed", vote=vote)
    for one in ("S04", "S05", "S06", "S07", "S08", "S00", "S01"):
        table.do(one, "vote-cast", vote=vote, choice="yes")
    table.refused("voted-already", "S02", "vote-cast", vote=vote, choice="no")
    table.do("S03", "vote-cast", vote=vote, choice="no")
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.votes[-1].outcome
    assert (table.state.votes[-1].outcome.count.yes, table.state.votes[-1].outcome.count.no) == (8, 1)


def test_hands_are_counted_and_cannot_be_more_than_there_are_votes() -> None:
    table = ready()
    vote = opened(table, "show-of-hands")
    table.refused("out-of-order", "S01", "vote-cast", vote=vote, choice="yes")
    table.refused("out-of-order", "chair", "vote-closed", vote=vote)
    table.refused("bad-conference-event", "office", "votes-counted", vote=vote, yes=9, no=1, abstain=0)
    table.refused("no-such-right", "teller:S05", "votes-counted", vote=vote, yes=9, no=0, abstain=0)
    table.do("office", "votes-counted", vote=vote, yes=6, no=3, abstain=0)
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.proposals["P1"].status == "adopted"


def test_who_has_left_after_raising_a_hand_is_still_counted() -> None:
    table = ready()
    vote = opened(table, "show-of-hands")
    table.do("S08", "attendance", present=False)
    table.do("office", "votes-counted", vote=vote, yes=6, no=3, abstain=0)


def test_a_secret_vote_is_counted_by_tellers_who_were_appointed() -> None:
    table = ready()
    question = {"about": "proposal", "target": "P1", "method": "secret"}
    table.refused("out-of-order", "chair", "vote-opened", **question)
    table.do("chair", "tellers-appointed", tellers=["S05", "S06"])
    vote = opened(table, "secret")
    table.refused("no-such-right", "office", "votes-counted", vote=vote, yes=6, no=3, abstain=0)
    table.refused("no-such-right", "teller:S07", "votes-counted", vote=vote, yes=6, no=3, abstain=0)
    table.do("teller:S05", "votes-counted", vote=vote, yes=6, no=3, abstain=0)
    table.do("chair", "vote-closed", vote=vote)
    assert not table.state.votes[-1].votes


def test_a_second_teller_of_a_secret_vote_learns_which_lines_differ_and_no_number() -> None:
    table = ready()
    table.do("chair", "tellers-appointed", tellers=["S05", "S06"])
    vote = opened(table, "secret")
    table.do("teller:S05", "votes-counted", vote=vote, yes=6, no=3, abstain=0)
    error = table.refused("out-of-order", "teller:S06", "votes-counted", vote=vote, yes=5, no=3, abstain=1)
    assert error.message == "S05 counted otherwise: yes, abstain"
    table.do("teller:S05", "votes-counted", vote=vote, yes=5, no=3, abstain=1)  # who counted first may correct it
    table.do("teller:S06", "votes-counted", vote=vote, yes=5, no=3, abstain=1)
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.votes[-1].hands is not None
    assert table.state.votes[-1].hands.yes == 5


MEMBERS = ("S01", "S02", "S03")


def test_an_organisation_votes_for_its_members_only_after_it_has_declared_so() -> None:
    table = ready(members=MEMBERS)
    vote = opened(table)
    table.refused("organisation-and-members", UNION, "vote-cast", vote=vote, choice="yes", cites="voting-rights")
    table.do("S01", "vote-cast", vote=vote, choice="yes")


def test_an_organisation_casts_as_many_votes_as_it_has_members_and_they_cast_none() -> None:
    table = ready(members=MEMBERS)
    table.do(UNION, "organisation-declares", casts=True)
    vote = opened(table)
    table.refused("organisation-and-members", "S01", "vote-cast", vote=vote, choice="yes", cites="voting-rights")
    table.do(UNION, "vote-cast", vote=vote, choice="yes")
    table.do("chair", "vote-closed", vote=vote)
    assert table.state.votes[-1].outcome
    assert table.state.votes[-1].outcome.count.yes == 3


def test_the_organisation_and_its_members_do_not_both_vote_by_walking_in_and_out() -> None:
    table = ready(members=MEMBERS)
    table.do(UNION, "organisation-declares", casts=True)
    vote = opened(table)
    table.do(UNION, "vote-cast", vote=vote, choice="yes")
    table.do(UNION, "attendance", present=False)
    table.refused("organisation-and-members", "S01", "vote-cast", vote=vote, choice="yes")
    table = ready(members=MEMBERS)
    table.do(UNION, "organisation-declares", casts=True)
    vote = opened(table)
    table.do(UNION, "attendance", present=False)
    table.do("S01", "vote-cast", vote=vote, choice="yes")
    table.do(UNION, "attendance", present=True)
    table.refused("organisation-and-members", UNION, "vote-cast", vote=vote, choice="yes")
    table.do("S02", "vote-cast", vote=vote, choice="yes")


def test_an_organisation_declares_before_a_vote_and_adds_nobody_to_the_quorum() -> None:
    table = ready(members=MEMBERS)
    assert asking.base(table.state, Base.PARTIES) == 9
    assert asking.base(table.state, Base.PRESENT) == 9
    opened(table)
    table.refused("out-of-order", UNION, "organisation-declares", casts=True, cites="conduct-of-voting")
    table.do("chair", "vote-closed", vote="V1")
    table.refused("no-such-right", "S05", "organisation-declares", casts=True, cites="voting-rights")


def test_a_point_on_the_conduct_of_a_vote_is_appealed_while_the_vote_waits() -> None:
    table = ready()
    vote = opened(table)
    table.do("S01", "vote-cast", vote=vote, choice="yes")
    table.do("S02", "point-raised", text="My device shows another question", conduct_of_voting=True)
    table.do("chair", "point-ruled", ruling="not-upheld")
    table.do("S02", "ruling-appealed")
    table.refused("out-of-order", "chair", "vote-closed", vote=vote, cites="point-of-order")
    table.vote(choices(5, 4), about="ruling")
    assert table.state.vote
    assert table.state.vote.id == vote
    assert table.state.vote.votes == {"S01": "yes"}
    assert table.state.vote.flawed
    table.do("chair", "vote-annulled", vote=vote, reasons="It is taken again.")
    assert table.state.votes[-1].outcome is None
    table.vote(choices(9), about="proposal", target="P1")
    assert [one.id for one in table.state.votes] == ["V2", "V1", "V3"]


def test_a_vote_is_annulled_only_when_its_conduct_was_found_at_fault() -> None:
    table = ready()
    vote = opened(table)
    table.refused("out-of-order", "chair", "vote-annulled", vote=vote, reasons="I lose it", cites="conduct-of-voting")


def test_a_vote_is_explained_once_and_not_by_the_sponsor() -> None:
    table = ready()
    table.refused("no-such-right", "S01", "vote-explained", proposal="P1", cites="explanation")
    table.do("S03", "vote-explained", proposal="P1", text="Before the vote")
    table.vote(choices(9), about="proposal", target="P1")
    table.do("S02", "vote-explained", proposal="P1", text="After it")
    table.refused("out-of-order", "S03", "vote-explained", proposal="P1", cites="explanation")


def test_nobody_is_made_a_sponsor_for_ever() -> None:
    table = debating()
    table.do("S01", "proposal-submitted", proposal="P1", title=words("P1"), item="1", sponsors=["S02"])
    table.do("S02", "sponsorship", proposal="P1", joins=False)
    table.do("S02", "vote-explained", proposal="P1")
    table.refused("out-of-order", "S01", "sponsorship", proposal="P1", joins=False, cites="proposals")
