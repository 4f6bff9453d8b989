"""Majorities: one vote makes the difference exactly where the rule says, and well-known votes come out as they did."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice, Count, count, outcome

SIMPLE = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING)
TWO_THIRDS = Threshold(share=Fraction(2, 3), strict=False, of=Base.PRESENT_AND_VOTING)
OF_MEMBERS = Threshold(share=Fraction(2, 3), strict=False, of=Base.PARTIES)
THREE_QUARTERS = Threshold(share=Fraction(3, 4), strict=False, of=Base.PARTIES)

#: What was voted on, yes, no, abstentions, the majority, all members where it is taken of them, and whether it carried.
OF_VOTES = Threshold(share=Fraction(3, 4), strict=False, of=Base.PRESENT_AND_VOTING)
WELL_KNOWN = [
    ("General Assembly 1947, 181: partition of Palestine", 33, 13, 10, TWO_THIRDS, 0, True),
    ("General Assembly 1948, 217: declaration of human rights", 48, 0, 8, TWO_THIRDS, 0, True),
    ("General Assembly 1950, 377: uniting for peace", 52, 5, 2, TWO_THIRDS, 0, True),
    ("General Assembly 1963, 1991: larger Councils, of all Members", 97, 11, 4, OF_MEMBERS, 113, True),
    ("General Assembly 1971, 2758: representation of China", 76, 35, 17, SIMPLE, 0, True),
    ("General Assembly 1991, 46/86: revoking 3379", 111, 25, 13, SIMPLE, 0, True),
    ("General Assembly 2013, 67/234: arms trade treaty", 154, 3, 23, SIMPLE, 0, True),
    ("General Assembly 2022, ES-11/1: Ukraine", 141, 5, 35, TWO_THIRDS, 0, True),
    ("General Assembly 2022, ES-11/3: suspension from a Council", 93, 24, 58, TWO_THIRDS, 0, True),
    ("Rome 1998: statute of the Criminal Court", 120, 7, 21, TWO_THIRDS, 0, True),
    ("New York 2017: prohibition of nuclear weapons", 122, 1, 1, TWO_THIRDS, 0, True),
    ("UNESCO 2011: admission of Palestine", 107, 14, 52, TWO_THIRDS, 0, True),
    ("UNESCO 2015: admission of Kosovo, three votes short", 92, 50, 29, TWO_THIRDS, 0, False),
    ("INTERPOL 2018: admission of Kosovo", 68, 51, 16, TWO_THIRDS, 0, False),
    ("Whaling Commission 1982: moratorium", 25, 7, 5, OF_VOTES, 0, True),
    ("Whaling Commission 2018: South Atlantic sanctuary", 39, 25, 3, OF_VOTES, 0, False),
]


@pytest.mark.parametrize("case", WELL_KNOWN, ids=lambda case: str(case[0]).replace(" ", "_")[:40])
def test_well_known_votes_come_out_as_they_did(case: tuple[str, int, int, int, Threshold, int, bool]) -> None:
    _, yes, no, abstain, threshold, members, carried = case
    found = outcome(Count(yes=yes, no=no, abstain=abstain), threshold, bases={Base.PARTIES: members})
    assert found.adopted is carried


@pytest.mark.parametrize(
    ("yes", "no", "threshold", "adopted", "needed"),
    [
        (50, 50, SIMPLE, False, 51),
        (51, 50, SIMPLE, True, 51),
        (51, 49, SIMPLE, True, 51),
        (50, 51, SIMPLE, False, 51),
        (1, 0, SIMPLE, True, 1),
        (0, 0, SIMPLE, False, 1),
        (0, 1, SIMPLE, False, 1),
        (62, 31, TWO_THIRDS, True, 62),
        (61, 31, TWO_THIRDS, False, 62),
        (61, 32, TWO_THIRDS, False, 62),
        (66, 34, TWO_THIRDS, False, 67),
        (67, 33, TWO_THIRDS, True, 67),
        (2, 1, TWO_THIRDS, True, 2),
        (1, 1, TWO_THIRDS, False, 2),
        (0, 0, TWO_THIRDS, False, 0),
    ],
)
def test_one_vote_makes_the_difference(yes: int, no: int, threshold: Threshold, adopted: bool, needed: int) -> None:
    found = outcome(Count(yes=yes, no=no, abstain=40), threshold)
    assert (found.adopted, found.needed) == (adopted, needed)
    assert found.tie is (yes == no)


def test_abstentions_in_the_majority_decide_nothing_unless_they_count() -> None:
    found = Count(yes=7, no=5, abstain=100)
    assert outcome(found, SIMPLE).adopted
    assert not outcome(found, SIMPLE, counted=frozenset(Choice)).adopted


def test_absences_matter_only_to_a_majority_of_all() -> None:
    found = count([(Choice.YES, 1)] * 100 + [(Choice.NO, 1)] * 20, entitled=193)
    assert found.not_voting == 73
    assert outcome(found, TWO_THIRDS).adopted
    assert not outcome(found, OF_MEMBERS, bases={Base.PARTIES: 193}).adopted
    assert not outcome(found, THREE_QUARTERS, bases={Base.PARTIES: 134}).adopted
    assert outcome(found, THREE_QUARTERS, bases={Base.PARTIES: 133}).adopted


def test_the_arithmetic_is_told_in_both_languages() -> None:
    found = outcome(Count(yes=33, no=17, abstain=8, not_voting=1), TWO_THIRDS)
    assert [line.en for line in found.arithmetic] == [
        "Yes 33, no 17, abstentions 8, not voting 1.",
        "Required: at least 2/3 of those present and voting: 34 of 50.",
        "33 < 34: rejected.",
    ]
    assert [line.fr for line in found.arithmetic] == [
        "Pour 33, contre 17, abstentions 8, non votants 1.",
        "Majorité requise : au moins 2/3 des présents et votants, soit 34 sur 50.",
        "33 < 34 : rejeté.",
    ]


shares = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(lambda two: Fraction(min(two), max(two)))
thresholds = st.builds(Threshold, share=shares, strict=st.booleans(), of=st.just(Base.PRESENT_AND_VOTING))
numbers = st.integers(0, 500)


@given(thresholds, st.integers(1, 1_000))
def test_the_number_needed_is_the_smallest_that_is_enough(threshold: Threshold, number: int) -> None:
    needed = threshold.needed(number)
    exact = threshold.share * number
    assert (needed > exact) if threshold.strict else (needed >= exact)
    assert not ((needed - 1 > exact) if threshold.strict else (needed - 1 >= exact))
    assert threshold.reachable == any(threshold.reached(number, number) for number in (number, number + 1))


@given(thresholds, numbers, numbers, numbers)
def test_one_more_yes_never_undoes_a_decision(threshold: Threshold, yes: int, no: int, abstain: int) -> None:
    before = outcome(Count(yes=yes, no=no, abstain=abstain), threshold)
    if before.adopted:
        assert outcome(Count(yes=yes + 1, no=no, abstain=abstain), threshold).adopted
        assert no == 0 or outcome(Count(yes=yes, no=no - 1, abstain=abstain), threshold).adopted
    assert outcome(Count(yes=yes, no=no, abstain=abstain + 9), threshold).adopted == before.adopted


@given(numbers, numbers, numbers)
def test_both_sides_never_carry(yes: int, no: int, abstain: int) -> None:
    for threshold in (SIMPLE, TWO_THIRDS):
        carried = outcome(Count(yes=yes, no=no, abstain=abstain), threshold).adopted
        against = outcome(Count(yes=no, no=yes, abstain=abstain), threshold).adopted
        assert not (carried and against)
