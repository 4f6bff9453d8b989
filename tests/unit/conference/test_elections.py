"""Elections: the ballots follow the pattern, nobody is elected without the majority but by lot, impossible sheets fail."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.conference.counting.ballots import Ballot, ImpossibleBallot, NotEligible
from rogatory.conference.counting.elections import (
    BadElection,
    Election,
    NotNow,
    WrongLot,
    begin,
    count,
    draw,
    nominate,
    withdraw,
)
from rogatory.conference.counting.rounds import Decides
from rogatory.conference.counting.schemes import BadScheme, Kind, OnTie, Scheme, read_pattern, written
from rogatory.conference.counting.thresholds import Base, Threshold

SIMPLE = Scheme(majority=Threshold(share=Fraction(1, 2), strict=True, of=Base.VALID_BALLOTS), cite="the rule")
TWO_THIRDS = Scheme(
    majority=Threshold(share=Fraction(2, 3), strict=False, of=Base.VALID_BALLOTS),
    pattern=read_pattern("u1 r3 u3"),
    tie=OnTie.BALLOT,
    surplus=OnTie.BALLOT,
)


def votes(**by_name: int) -> Ballot:
    """A ballot in which every paper carries one name."""
    return Ballot(papers=sum(by_name.values()), votes=by_name)


def papers(number: int, **by_name: int) -> Ballot:
    return Ballot(papers=number, votes=by_name)


def eligible(election: Election) -> tuple[str, ...]:
    assert election.due
    return election.due.eligible


def kind(election: Election) -> Kind:
    assert election.due
    return election.due.kind


def test_a_majority_at_the_first_ballot_decides() -> None:
    found = count(begin(SIMPLE, ["B", "A"], 1), votes(A=51, B=49))
    assert found.elected == ("A",)
    assert found.decided
    assert found.due is None
    assert found.rounds[0].needed == 51


def test_one_half_exactly_is_no_majority_of_more_than_one_half() -> None:
    assert count(begin(SIMPLE, ["A", "B"], 1), votes(A=50, B=50)).elected == ()


def test_without_a_majority_the_two_with_most_votes_stay() -> None:
    found = count(begin(SIMPLE, ["A", "B", "C"], 1), votes(A=40, B=25, C=35))
    assert (kind(found), eligible(found)) == (Kind.RESTRICTED, ("A", "C"))
    assert count(found, votes(A=49, C=51)).elected == ("C",)


def test_a_second_ballot_divided_equally_is_decided_by_lot() -> None:
    found = count(begin(SIMPLE, ["A", "B", "C"], 1), votes(A=40, B=35, C=25))
    found = count(found, votes(A=50, B=50))
    assert found.lot
    assert (found.lot.places, found.lot.among, found.lot.decides) == (1, ("A", "B"), Decides.DIVIDED)
    decided = draw(found, ["B"])
    assert decided.elected == ("B",)
    assert decided.decided
    assert decided.rounds[-1].drawn == ("B",)


def test_a_first_ballot_divided_equally_is_not_yet_a_matter_for_the_lot() -> None:
    found = count(begin(SIMPLE, ["A", "B"], 1), votes(A=50, B=50))
    assert found.lot is None
    assert eligible(found) == ("A", "B")


def test_a_lot_needs_votes_and_more_candidates_than_places() -> None:
    blank = Ballot(papers=10, abstentions=10)
    found = count(count(begin(SIMPLE, "AB", 1), blank), blank)
    assert (found.lot, eligible(found)) == (None, ("A", "B"))
    two = count(count(begin(SIMPLE, "AB", 2), papers(10, A=5, B=5)), papers(10, A=5, B=5))
    assert (two.lot, eligible(two)) == (None, ("A", "B"))
    closed = count(begin(replace(SIMPLE, write_in=False), "AB", 1), votes(A=5, B=5))
    assert (closed.lot, kind(closed)) == (None, Kind.RESTRICTED)


def test_where_two_thirds_are_required_an_equal_division_leads_to_another_ballot() -> None:
    found = begin(TWO_THIRDS, ["A", "B"], 1)
    for _ in range(6):
        found = count(found, votes(A=95, B=95))
        assert found.lot is None
    assert count(found, votes(A=127, B=63)).elected == ("A",)


def test_three_restricted_and_three_unrestricted_ballots_take_turns_without_end() -> None:
    found, kinds = begin(TWO_THIRDS, ["A", "B", "C"], 1), []
    for _ in range(16):
        kinds.append(kind(found)[0])
        found = count(found, votes(A=60, B=40))
    assert "".join(kinds) == "u" + "rrruuu" * 2 + "rrr"


def test_for_several_places_at_most_twice_as_many_as_are_left_stay() -> None:
    found = begin(SIMPLE, "ABCDEFG", 3)
    found = count(found, papers(100, A=60, B=45, C=44, D=43, E=42, F=41, G=10))
    assert found.elected == ("A",)
    assert eligible(found) == ("B", "C", "D", "E")
    found = count(found, papers(100, B=70, C=50, D=45, E=30))
    assert found.elected == ("A", "B")
    assert eligible(found) == ("C", "D")
    assert found.due
    assert found.due.names == 1


def test_when_more_reach_the_majority_than_there_are_places_those_with_most_votes_are_elected() -> None:
    found = count(begin(SIMPLE, "ABCD", 2), papers(100, A=55, B=70, C=60, D=10))
    assert found.elected == ("B", "C")


def test_a_tie_for_the_last_place_of_those_with_the_majority_goes_to_the_lot() -> None:
    found = count(begin(SIMPLE, "ABCD", 2), papers(100, A=60, B=70, C=60, D=10))
    assert found.elected == ("B",)
    assert found.lot
    assert (found.lot.places, found.lot.among, found.lot.decides) == (1, ("A", "C"), Decides.SURPLUS)
    assert draw(found, ["C"]).elected == ("B", "C")


def test_or_to_a_ballot_among_those_tied_where_the_rulebook_says_so() -> None:
    scheme = replace(SIMPLE, surplus=OnTie.BALLOT)
    found = count(begin(scheme, "ABCD", 2), papers(100, A=60, B=70, C=60, D=10))
    assert (kind(found), eligible(found), found.left) == (Kind.DECIDING, ("A", "C"), 1)
    assert count(found, votes(A=51, C=49)).elected == ("B", "A")
    with pytest.raises(NotEligible):
        count(found, votes(A=51, D=49))


def test_all_who_tie_for_the_last_eligible_place_are_kept() -> None:
    found = count(begin(SIMPLE, "ABCD", 1), votes(A=40, B=25, C=25, D=10))
    assert eligible(found) == ("A", "B", "C")


def test_or_a_lot_says_who_of_them_stays() -> None:
    found = count(begin(replace(SIMPLE, edge=OnTie.LOT), "ABCD", 1), votes(A=40, B=25, C=25, D=10))
    assert found.lot
    assert (found.lot.places, found.lot.among, found.lot.decides) == (1, ("B", "C"), Decides.STAYING)
    assert eligible(draw(found, ["C"])) == ("A", "C")
    assert draw(found, ["C"]).elected == ()


def test_or_a_ballot_that_elects_nobody_says_who_of_them_stays_and_then_a_lot() -> None:
    found = count(begin(replace(SIMPLE, edge=OnTie.BALLOT), "ABCD", 1), votes(A=40, B=20, C=20, D=20))
    assert (kind(found), eligible(found)) == (Kind.REDUCING, ("B", "C", "D"))
    assert eligible(count(found, votes(B=90, C=5, D=5))) == ("A", "B")
    again = count(found, votes(B=45, C=45, D=10))
    assert again.lot
    assert again.lot.among == ("B", "C")
    found = draw(again, ["C"])
    assert eligible(found) == ("A", "C")
    assert [one.kind for one in found.rounds] == [Kind.UNRESTRICTED, Kind.REDUCING]
    assert found.step == 1


def test_who_withdraws_after_the_reducing_ballot_leaves_the_order_of_the_one_before() -> None:
    found = count(begin(replace(SIMPLE, edge=OnTie.BALLOT), "ABCD", 1), votes(A=40, B=25, C=25, D=10))
    found = count(found, votes(B=10, C=90))
    assert eligible(found) == ("A", "C")
    assert eligible(withdraw(found, "C")) == ("A", "B")


def test_a_rulebook_may_let_more_than_two_stay() -> None:
    found = count(begin(replace(SIMPLE, finalists=3), "ABCD", 1), votes(A=40, B=30, C=20, D=10))
    assert eligible(found) == ("A", "B", "C")
    found = count(begin(replace(SIMPLE, factor=1), "ABCD", 2), papers(100, A=40, B=30, C=20, D=10))
    assert eligible(found) == ("A", "B")


def test_abstentions_and_invalid_papers_are_not_valid_ballots() -> None:
    ballot = Ballot(papers=193, invalid=3, abstentions=10, votes={"A": 120, "B": 60})
    found = count(begin(TWO_THIRDS, ["A", "B"], 1), ballot)
    assert (found.rounds[0].base, found.rounds[0].needed, found.elected) == (180, 120, ("A",))


def test_a_majority_may_be_taken_of_all_members() -> None:
    absolute = replace(SIMPLE, majority=Threshold(share=Fraction(1, 2), strict=True, of=Base.PARTIES))
    with pytest.raises(BadElection):
        begin(absolute, ["A"], 1)
    found = count(begin(absolute, ["A", "B"], 1, members=193), votes(A=96, B=20))
    assert (found.elected, found.rounds[0].needed) == ((), 97)


def test_in_an_unrestricted_ballot_a_vote_for_somebody_else_counts() -> None:
    found = count(begin(SIMPLE, ["A", "B"], 1), votes(A=40, B=20, Z=40))
    assert eligible(found) == ("A", "Z")
    with pytest.raises(NotEligible, match="may be elected"):
        count(begin(SIMPLE, ["A", "B"], 1, pool=["A", "B", "C"]), votes(A=40, Z=40))
    with pytest.raises(NotEligible):
        count(begin(replace(SIMPLE, write_in=False), ["A", "B"], 1), votes(A=40, Z=40))


def test_who_withdraws_cannot_be_elected_and_the_next_moves_up() -> None:
    found = count(begin(SIMPLE, "ABC", 1), votes(A=40, B=35, C=25))
    found = withdraw(found, "B")
    assert eligible(found) == ("A", "C")
    with pytest.raises(NotEligible, match="B has withdrawn"):
        count(found, votes(A=40, B=30))
    with pytest.raises(NotNow):
        withdraw(found, "B")


def test_the_last_one_left_still_needs_a_ballot() -> None:
    found = count(begin(TWO_THIRDS, "AB", 1), votes(A=60, B=40))
    found = withdraw(found, "B")
    assert (eligible(found), found.elected) == (("A",), ())
    assert count(found, Ballot(papers=100, abstentions=42, votes={"A": 58})).elected == ("A",)


def test_a_withdrawal_before_the_lot_makes_the_lot_needless() -> None:
    found = count(begin(SIMPLE, "ABCD", 2), papers(100, A=60, B=70, C=60, D=10))
    found = withdraw(found, "A")
    assert (found.elected, found.decided, found.lot) == (("B", "C"), True, None)
    assert found.rounds[-1].elected == ("B", "C")
    divided = count(count(begin(SIMPLE, "AB", 1), votes(A=5, B=5)), votes(A=5, B=5))
    alone = withdraw(divided, "A")
    assert alone.rounds[-1].lot is None, "it was never drawn"
    assert (alone.elected, alone.lot, eligible(alone)) == ((), None, ("B",)), "nobody was elected: a ballot is owed"


def test_when_all_have_withdrawn_a_new_candidate_can_be_named() -> None:
    closed = begin(replace(SIMPLE, write_in=False), ["A"], 1)
    empty = withdraw(closed, "A")
    assert (empty.due, empty.lot, empty.decided) == (None, None, False)
    with pytest.raises(NotNow):
        count(empty, votes(A=1))
    with pytest.raises(NotNow):
        nominate(empty, "A")
    assert count(nominate(empty, "B"), votes(B=3)).elected == ("B",)
    restricted = count(begin(SIMPLE, "AB", 1), votes(A=5, B=5))
    with pytest.raises(NotNow):
        nominate(restricted, "C")


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        (Ballot(papers=10, votes={"A": 11}), "11 votes on 10 valid papers"),
        (Ballot(papers=10, invalid=6, abstentions=5), "more than 10 papers"),
        (Ballot(papers=10, votes={"A": 10, "B": 10, "C": 10}), "30 votes are more"),
        (Ballot(papers=10, votes={"A": 10, "B": 10, "C": 1}), "21 votes are more"),
        (Ballot(papers=10, votes={"A": 5, "B": 4}), "at least one name"),
        (Ballot(papers=10, votes={"A": 11, "B": -1}), "less than nothing"),
        (Ballot(papers=-1), "papers are 0"),
        (Ballot(papers=10, invalid=-1, votes={"A": 11}), "less than nothing"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_the_rule(ballot: Ballot, said: str) -> None:
    with pytest.raises(ImpossibleBallot, match=said) as caught:
        count(begin(SIMPLE, "ABC", 2), ballot)
    assert caught.value.cite == "the rule"


def test_nothing_happens_out_of_turn() -> None:
    decided = count(begin(SIMPLE, "AB", 1), votes(A=6, B=4))
    with pytest.raises(NotNow):
        count(decided, votes(A=1))
    with pytest.raises(NotNow):
        draw(decided, ["A"])
    with pytest.raises(NotNow):
        withdraw(decided, "B")
    lot = count(count(begin(SIMPLE, "AB", 1), votes(A=5, B=5)), votes(A=5, B=5))
    with pytest.raises(NotNow, match="A lot decides who is elected"):
        count(lot, votes(A=6, B=4))
    for wrong in ([], ["C"], ["A", "B"], ["A", "A"]):
        with pytest.raises(WrongLot):
            draw(lot, wrong)


@pytest.mark.parametrize(
    ("names", "places"), [(["A", "A"], 1), ([""], 1), ([" A"], 1), (["A"], 0), (["A"], 2_000), (["x" * 201], 1)]
)
def test_an_election_that_cannot_be_does_not_begin(names: list[str], places: int) -> None:
    with pytest.raises(BadElection):
        begin(SIMPLE, names, places)


def test_patterns_are_read_and_written() -> None:
    assert read_pattern("u1 r") == SIMPLE.pattern
    assert read_pattern("unrestricted 1, restricted 3, unrestricted 3") == TWO_THIRDS.pattern
    assert written(TWO_THIRDS.pattern) == "u1 r3 u3"
    for wrong in ("", "x1", "u0", "u1 r2x", "1", "u-1"):
        with pytest.raises(BadScheme):
            read_pattern(wrong)
    for pattern in ((), (("restricted", 0), ("unrestricted", 1)), (("open", 1),), (("unrestricted", -1),)):
        with pytest.raises(BadScheme):
            replace(SIMPLE, pattern=pattern)
    with pytest.raises(BadScheme):
        replace(SIMPLE, tie=OnTie.KEEP)
    with pytest.raises(BadScheme):
        replace(SIMPLE, majority=Threshold(share=Fraction(1), strict=True, of=Base.VALID_BALLOTS))


def test_every_count_is_told_in_both_languages() -> None:
    found = count(begin(SIMPLE, "ABC", 1), votes(A=40, B=35, C=25))
    lines = found.rounds[0].arithmetic()
    assert lines[0].en == "Papers 100, invalid 0, abstentions 0: 100 valid."
    assert "51" in lines[1].en
    assert "51" in lines[1].fr
    assert found.words().fr == "Scrutin 2 : limité aux candidats A et B."
    assert all(line.en != line.fr for line in lines)


NAMES = "ABCDEF"
schemes = st.builds(
    Scheme,
    majority=st.builds(
        Threshold,
        share=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1, 3)]),
        strict=st.booleans(),
        of=st.just(Base.VALID_BALLOTS),
    ),
    pattern=st.sampled_from([read_pattern("u1 r"), read_pattern("u1 r3 u3"), read_pattern("u2 r1"), read_pattern("r")]),
    tie=st.sampled_from([OnTie.LOT, OnTie.BALLOT]),
    surplus=st.sampled_from([OnTie.LOT, OnTie.BALLOT]),
    edge=st.sampled_from(OnTie),
    write_in=st.booleans(),
)


@st.composite
def courses(draws: st.DrawFn) -> tuple[Election, list[Election]]:
    """An election and every state that it passes through, whatever the voters, the lot and the candidates do."""
    places = draws(st.integers(1, 3))
    election = begin(draws(schemes), draws(st.permutations(NAMES)), places)
    course = [election]
    for _ in range(draws(st.integers(1, 9))):
        if election.due is None and election.lot is None:
            break
        if election.candidates and draws(st.integers(0, 5)) == 0:
            election = withdraw(election, draws(st.sampled_from(election.candidates)))
        elif election.lot:
            among = draws(st.permutations(election.lot.among))
            election = draw(election, among[: election.lot.places])
        else:
            election = count(election, draws(ballots(election)))
        course.append(election)
    return course[0], course


@st.composite
def ballots(draws: st.DrawFn, election: Election) -> Ballot:
    """Any papers that this ballot can have: each a set of names."""
    assert election.due
    names = election.due.eligible or election.candidates
    most = min(election.due.names, len(names))
    written_on = [draws(st.permutations(names))[: draws(st.integers(0, most))] for _ in range(draws(st.integers(0, 6)))]
    tally: dict[str, int] = {}
    for paper in written_on:
        for name in paper:
            tally[name] = tally.get(name, 0) + 1
    return Ballot(papers=len(written_on), abstentions=sum(not paper for paper in written_on), votes=tally)


@settings(max_examples=150)
@given(courses())
def test_whatever_happens_the_rules_of_an_election_hold(course: tuple[Election, list[Election]]) -> None:
    for election in course[1]:
        assert len(set(election.elected)) == len(election.elected) <= election.places
        assert not set(election.elected) & set(election.withdrawn)
        assert not set(election.candidates) & {*election.elected, *election.withdrawn}
        assert (election.due is not None) + (election.lot is not None) + election.decided <= 1
        if election.due and election.due.kind is not Kind.UNRESTRICTED:
            assert election.due.eligible, "no eligible name would mean any name"
        if election.due:
            assert set(election.due.eligible) <= set(election.candidates)
        if election.lot:
            assert 0 < election.lot.places < len(election.lot.among)
        by_lot = {name for one in election.rounds for name in one.drawn}
        for one in election.rounds:
            for name in one.elected:
                assert one.majority.reached(one.ballot.votes[name], one.base)
                assert one.kind is not Kind.REDUCING
        assert set(election.elected) <= {name for one in election.rounds for name in one.elected} | by_lot
        assert all(line.en and line.fr for one in election.rounds for line in one.arithmetic())


@settings(max_examples=60)
@given(courses(), st.randoms(use_true_random=False))
def test_the_order_in_which_names_are_given_does_not_matter(
    course: tuple[Election, list[Election]], shuffle: object
) -> None:
    first, states = course
    assert hasattr(shuffle, "shuffle")
    names = list(first.candidates)
    shuffle.shuffle(names)
    again = begin(first.scheme, names, first.places)
    for before, after in pairwise(states):
        if gone := set(after.withdrawn) - set(before.withdrawn):
            again = withdraw(again, gone.pop())
        elif before.lot:
            drawn = list(after.rounds[-1].drawn)
            if not drawn:  # the lot led straight to another one
                return
            shuffle.shuffle(drawn)
            again = draw(again, drawn)
        else:
            items = list(after.rounds[-1].ballot.votes.items())
            shuffle.shuffle(items)
            again = count(again, replace(after.rounds[-1].ballot, votes=dict(items)))
        assert again == after
