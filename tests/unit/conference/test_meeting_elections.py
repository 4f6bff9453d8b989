"""Elections in a meeting: ballots, tellers who must agree, lots, acclamation, groups, withdrawals, elections put off."""

from collections.abc import Mapping

from tests.support.meetings import Table, sitting


def standing(post: str, *states: str, parties: int = 9, contest: str = "E1", **how: object) -> Table:
    """An election with these candidates; S07 and S08 are tellers."""
    table = sitting(parties)
    nominate(table, post, *states)
    table.do("chair", "tellers-appointed", tellers=["S07", "S08"])
    table.do("chair", "election-opened", contest=contest, post=post, **how)
    return table


def nominate(table: Table, post: str, *states: str) -> None:
    for one in states:
        table.do("office", "candidature-submitted", seat=one, post=post, person=f"Ms {one}")


def ballot(table: Table, votes: Mapping[str, int], *, contest: str = "E1") -> None:
    table.do("chair", "ballot-opened", contest=contest)
    for teller in ("teller:S07", "teller:S08"):
        sheet = {"papers": sum(votes.values()), "invalid": 0, "abstentions": 0, "votes": dict(votes)}
        table.do(teller, "ballot-counted", contest=contest, **sheet)


def test_a_president_is_elected_in_three_ballots_and_takes_the_chair() -> None:
    table = standing("president", "S01", "S02", "S03")
    ballot(table, {"S01": 3, "S02": 3, "S03": 2})
    ballot(table, {"S01": 4, "S02": 4})
    assert table.state.contests["E1"].balloting.lot  # equally divided
    table.refused("out-of-order", "chair", "ballot-opened", contest="E1", cites="elections")
    table.refused("wrong-lot", "chair", "lot-drawn", contest="E1", drawn=["S03"])
    table.do("chair", "lot-drawn", contest="E1", drawn=["S02"])
    assert table.state.presiding == "S02"
    assert table.state.officers[0].person == "Ms S02"
    assert table.state.decisions[-1].how == "lot"


def test_the_second_ballot_is_restricted_to_those_with_most_votes() -> None:
    table = standing("president", "S01", "S02", "S03")
    ballot(table, {"S01": 4, "S02": 3, "S03": 2})
    table.do("chair", "ballot-opened", contest="E1")
    sheet = {"papers": 9, "invalid": 0, "abstentions": 0}
    table.refused("not-eligible", "teller:S07", "ballot-counted", contest="E1", votes={"S01": 5, "S03": 4}, **sheet)


def test_a_ballot_counts_when_two_tellers_counted_alike() -> None:
    table = standing("president", "S01", "S02")
    table.do("chair", "ballot-opened", contest="E1")
    sheet = {"contest": "E1", "papers": 9, "invalid": 0, "abstentions": 0}
    table.refused("no-such-right", "teller:S05", "ballot-counted", votes={"S01": 5, "S02": 4}, **sheet)
    table.refused("not-their-act", "office", "ballot-counted", votes={"S01": 5, "S02": 4}, **sheet)
    table.do("teller:S07", "ballot-counted", votes={"S01": 5, "S02": 4}, **sheet)
    error = table.refused("out-of-order", "teller:S08", "ballot-counted", votes={"S01": 4, "S02": 5}, **sheet)
    assert error.message == "S07 counted otherwise: votes for S01, votes for S02"
    fewer = {**sheet, "papers": 8, "abstentions": 1, "votes": {"S01": 4, "S02": 3}}
    error = table.refused("out-of-order", "teller:S08", "ballot-counted", **fewer)
    assert error.message == "S07 counted otherwise: papers, abstentions, votes for S01, votes for S02"
    table.do("teller:S07", "ballot-counted", votes={"S01": 4, "S02": 5}, **sheet)
    table.do("teller:S08", "ballot-counted", votes={"S01": 4, "S02": 5}, **sheet)
    assert table.state.presiding == "S02"


def test_there_are_no_more_papers_than_voters_and_whoever_has_left_is_one() -> None:
    table = standing("president", "S01", "S02")
    table.do("chair", "ballot-opened", contest="E1")
    sheet = {"contest": "E1", "invalid": 0, "abstentions": 0}
    table.do("S06", "attendance", present=False)
    table.refused("bad-conference-event", "teller:S07", "ballot-counted", papers=10, votes={"S01": 10}, **sheet)
    table.do("teller:S07", "ballot-counted", papers=9, votes={"S01": 9}, **sheet)


def test_a_ballot_that_cannot_be_counted_is_annulled_and_taken_again() -> None:
    table = standing("president", "S01", "S02")
    table.refused("out-of-order", "chair", "ballot-annulled", contest="E1", reasons="…", cites="elections")
    table.do("chair", "ballot-opened", contest="E1")
    table.refused("out-of-order", "chair", "meeting-suspended", cites="conduct-of-voting")
    table.do("chair", "ballot-annulled", contest="E1", reasons="The tellers do not agree.")
    ballot(table, {"S01": 9})


def test_no_teller_counts_a_ballot_in_which_the_same_state_stands() -> None:
    table = standing("president", "S01", "S07")
    table.refused("out-of-order", "chair", "ballot-opened", contest="E1", cites="elections")
    table.do("chair", "tellers-appointed", tellers=["S05", "S06"])
    table.do("chair", "ballot-opened", contest="E1")
    table = sitting()
    table.refused("out-of-order", "chair", "tellers-appointed", tellers=["S05"], cites="elections")
    table.refused("out-of-order", "chair", "tellers-appointed", tellers=["S05", "S05"], cites="elections")
    table.refused("no-such-right", "chair", "tellers-appointed", tellers=["S05", "SIGN"], cites="elections")


def test_acclamation_needs_no_more_candidates_than_seats_and_nobody_who_asks_for_a_ballot() -> None:
    table = standing("president", "S01", "S02")
    table.refused("out-of-order", "chair", "elected-by-acclamation", contest="E1", cites="elections")
    table.do("S02", "candidate-withdraws", contest="E1")
    table.do("S05", "vote-requested", target="E1")
    table.refused("out-of-order", "chair", "elected-by-acclamation", contest="E1", cites="consensus")
    table.do("S05", "vote-request-withdrawn", target="E1")
    table.do("chair", "elected-by-acclamation", contest="E1")
    assert table.state.presiding == "S01"


def test_only_a_candidate_withdraws_and_moves_no_other_out() -> None:
    table = standing("president", "S01", "S02", "S03")
    table.refused("no-such-right", "S05", "candidate-withdraws", contest="E1", cites="elections")
    table.refused("out-of-order", "office", "candidature-withdrawn", seat="S01", post="president", cites="officers")
    ballot(table, {"S01": 4, "S02": 3, "S03": 2})
    table.do("S02", "candidate-withdraws", contest="E1")
    due = table.state.contests["E1"].balloting.due
    assert due
    assert due.eligible == ("S01", "S03")


def test_an_election_in_which_nobody_stands_any_more_is_ended_so_that_the_session_can_close() -> None:
    table = standing("president", "S01")
    table.do("S01", "candidate-withdraws", contest="E1")
    table.refused("out-of-order", "chair", "session-closed", cites="presiding")
    table.refused("out-of-order", "chair", "elected-by-acclamation", contest="E1", cites="elections")
    table.do("chair", "election-ended", contest="E1")
    assert table.state.decisions[-1].what.en == "Election, President: put off"
    table.do("chair", "session-closed")


def test_no_group_gets_more_offices_than_it_has() -> None:
    table = sitting(15)
    nominate(table, "vice-president", "S01", "S06", "S11", "S02")  # three of one group, which has two offices
    body = {"contest": "E1", "post": "vice-president"}
    table.refused("out-of-order", "chair", "election-opened", seats=4, cites="officers", **body)
    table.refused("out-of-order", "chair", "election-opened", seats=3, group="asia-pacific", cites="officers", **body)
    table.do("chair", "election-opened", seats=2, group="asia-pacific", **body)
    table.do("chair", "tellers-appointed", tellers=["S03", "S04"])
    table.do("chair", "ballot-opened", contest="E1")
    sheet = {"papers": 15, "invalid": 0, "abstentions": 0, "votes": {"S01": 14, "S06": 10, "S11": 6}}
    for teller in ("teller:S03", "teller:S04"):
        table.do(teller, "ballot-counted", contest="E1", **sheet)
    assert {one.state for one in table.state.officers} == {"S01", "S06"}
    nominate(table, "president", "S11")
    table.refused("out-of-order", "chair", "election-opened", contest="E2", post="president", cites="officers")


def test_nobody_holds_two_offices_or_stands_in_two_elections_at_once() -> None:
    table = standing("president", "S01", "S02")
    nominate(table, "rapporteur", "S02")
    table.refused("out-of-order", "chair", "election-opened", contest="E2", post="rapporteur", cites="officers")
    ballot(table, {"S02": 9})
    table.refused("out-of-order", "presiding:S02", "election-opened", contest="E2", post="rapporteur", cites="officers")


def test_no_more_seats_are_filled_than_the_office_has() -> None:
    table = standing("president", "S01")
    nominate(table, "president", "S03")
    table.refused("out-of-order", "chair", "election-opened", contest="E2", post="president", cites="elections")
    table.refused("unknown-matter", "chair", "election-opened", contest="E2", post="emperor")
    table.refused("no-such-right", "office", "candidature-submitted", seat="SIGN", post="president", person="X")


def test_only_the_president_or_a_vice_president_takes_the_chair_once_there_are_some() -> None:
    table = standing("president", "S01")
    table.do("chair", "elected-by-acclamation", contest="E1")
    table.refused("out-of-order", "office", "chair-taken", seat="S05", cites="presiding")
    nominate(table, "vice-president", "S02")
    table.do("chair", "election-opened", contest="E2", post="vice-president", seats=1)
    table.do("chair", "elected-by-acclamation", contest="E2")
    table.do("office", "chair-taken", seat="S02")
