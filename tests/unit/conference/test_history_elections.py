"""Elections to the Security Council come out round by round as recorded.

A round is *whole* when the record gives all votes (the engine counts it), *partial* when it gives those of one name
(the arithmetic is held against every number of papers that there can have been), *missing* when it gives none. The
engine is led past a missing round between known ones by a supposed one that elects nobody.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rogatory.conference.counting.ballots import Ballot
from rogatory.conference.counting.elections import Election, begin, count
from rogatory.conference.counting.schemes import Kind, OnTie, Scheme, read_pattern
from rogatory.conference.counting.thresholds import Base, Threshold

FACTS = Path(__file__).parents[4] / "shared" / "facts" / "votes" / "elections.json"
MEMBERS = 193  # of the United Nations since 2011; no ballot box has held more papers
SCHEME = Scheme(
    majority=Threshold(share=Fraction(2, 3), strict=False, of=Base.VALID_BALLOTS),
    pattern=read_pattern("u1 r3 u3"),
    tie=OnTie.BALLOT,
    surplus=OnTie.BALLOT,
)


@dataclass(frozen=True)
class Recorded:
    """One recorded round, and the numbers of valid papers that agree with what is known of it."""

    number: int
    type: str
    votes: dict[str, int]
    elected: tuple[str, ...]
    valid: tuple[int, ...]
    recalled: bool

    @property
    def whole(self) -> bool:
        return bool(self.votes) and sum(self.votes.values()) >= max(self.valid)


def _round(row: dict[str, Any]) -> Recorded:
    valid = list(range(MEMBERS + 1))
    if row.get("present_and_voting") is not None:
        valid = [row["present_and_voting"]]
    if row["required_majority_published"] is not None:
        valid = [number for number in valid if SCHEME.majority.needed(number) == row["required_majority_published"]]
    if row["invalid"] is not None:
        valid = [number for number in valid if number == row["ballot_papers"] - row["invalid"] - row["abstentions"]]
    votes = row["votes"] or {}
    valid = [number for number in valid if not votes or max(votes.values()) <= number]
    return Recorded(
        number=row["round"],
        type=row["type"] or "",
        votes=votes,
        elected=tuple(row["elected"]),
        valid=tuple(valid),
        recalled=row["provenance"] == "recall",
    )


@pytest.fixture(scope="module")
def elections() -> dict[str, tuple[int, list[Recorded]]]:
    if not FACTS.exists():
        pytest.skip("the recorded elections are not beside the repository (../shared/facts/votes)")
    found = json.loads(FACTS.read_text(encoding="utf-8"))["elections"]
    assert {one["rule"] for one in found} == {"two-thirds"}
    return {one["id"]: (one["seats"], [_round(row) for row in one["rounds"]]) for one in found}


def _rounds(elections: dict[str, tuple[int, list[Recorded]]]) -> list[Recorded]:
    return [one for _, rounds in elections.values() for one in rounds]


def test_nothing_of_the_record_is_passed_over_unnoticed(elections: dict[str, tuple[int, list[Recorded]]]) -> None:
    rounds = _rounds(elections)
    assert all(one.valid for one in rounds), "the record would contradict itself"
    whole = [one for one in rounds if one.whole]
    partial = [one for one in rounds if one.votes and not one.whole]
    missing = [one for one in rounds if not one.votes]
    assert (len(elections), len(rounds), len(whole), len(partial), len(missing)) == (10, 22, 13, 4, 5)
    assert [one.number for one in missing if one.recalled] == [52]


def _supposed(election: Election, papers: int) -> Ballot:
    """A ballot that divides equally between two names: it elects nobody."""
    assert election.due
    first, second, *_ = election.due.eligible or election.candidates
    return Ballot(papers=papers // 2 * 2, votes={first: papers // 2, second: papers // 2})


def _replayed(seats: int, rounds: list[Recorded], valid: int) -> tuple[Election, int, int]:
    """The election with the whole rounds counted in it, and how many were counted and how many supposed.

    *valid* says which of the possible numbers of valid papers is taken.
    """
    election = begin(SCHEME, rounds[0].votes, seats)
    counted = supposed = 0
    for one in rounds:
        while election.due and election.due.number < one.number:
            election = count(election, _supposed(election, min(one.valid)))
            supposed += 1
        assert election.due
        assert election.due.number == one.number
        if one.type:
            assert one.type.partition("-")[0] == election.due.kind
        if not one.votes:
            election = count(election, _supposed(election, 190))
            supposed += 1
            continue
        assert one.whole
        papers = one.valid[valid % len(one.valid)]
        election = count(election, Ballot(papers=papers, votes=one.votes))
        counted += 1
        assert election.rounds[-1].elected == one.elected
        assert election.rounds[-1].needed == SCHEME.majority.needed(papers)
    return election, counted, supposed


@pytest.mark.parametrize(
    ("id", "elected", "counted", "supposed"),
    [
        ("UNSC-2019-GRULAC", ("Saint Vincent and the Grenadines",), 1, 0),
        ("UNSC-2020-AFR", ("Kenya",), 2, 0),
        ("UNSC-2016-WEOG", ("Sweden",), 4, 1),
        ("UNSC-2014-WEOG", ("New Zealand", "Spain"), 3, 0),
        ("UNSC-2006-AP", ("Indonesia",), 1, 0),
        ("UNSC-1955-EE", ("Yugoslavia",), 2, 34),
    ],
)
@pytest.mark.parametrize("valid", [0, 1])
def test_elections_come_out_round_by_round_as_recorded(
    elections: dict[str, tuple[int, list[Recorded]]],
    id: str,
    elected: tuple[str, ...],
    counted: int,
    supposed: int,
    valid: int,
) -> None:
    seats, rounds = elections[id]
    election, *numbers = _replayed(seats, rounds, valid)
    assert election.elected == elected
    assert election.decided is (seats == len(elected))
    assert numbers == [counted, supposed]


def test_an_equal_division_where_two_thirds_are_required_leads_to_another_ballot(
    elections: dict[str, tuple[int, list[Recorded]]],
) -> None:
    """2016, fifth ballot, 95 to 95: no lot; the two then shared the term outside the rule."""
    seats, rounds = elections["UNSC-2016-WEOG"]
    election, *_ = _replayed(seats, rounds, 0)
    assert rounds[-1].votes == {"Netherlands": 95, "Italy": 95}
    assert election.lot is None
    assert election.due
    assert (election.due.number, election.due.kind, election.due.names) == (6, Kind.UNRESTRICTED, 1)


def test_every_recorded_kind_of_ballot_agrees_with_the_pattern(
    elections: dict[str, tuple[int, list[Recorded]]],
) -> None:
    typed = [one for one in _rounds(elections) if one.type]
    assert len(typed) == 15
    for one in typed:
        kind, _, number = one.type.partition("-")
        assert SCHEME.kind(one.number - 1) == kind
        if number:
            before = [SCHEME.kind(step) for step in range(one.number)]
            assert before[-int(number) :] == [Kind.RESTRICTED] * int(number)
            assert before[-int(number) - 1] is Kind.UNRESTRICTED
    four_names = next(one for one in _rounds(elections) if len(one.votes) == 4)
    assert SCHEME.kind(four_names.number - 1) is Kind.UNRESTRICTED


def test_what_is_known_in_part_agrees_with_every_number_of_papers_there_can_have_been(
    elections: dict[str, tuple[int, list[Recorded]]],
) -> None:
    checked = []
    for one in _rounds(elections):
        if one.votes and not one.whole:
            ((name, votes),) = one.votes.items()
            reached = {SCHEME.majority.reached(votes, number) for number in one.valid}
            assert reached == {name in one.elected}, name
            checked.append((one.number, name))
    assert checked == [(1, "Luxembourg"), (2, "Luxembourg"), (1, "Germany"), (3, "Portugal")]


OF_MEMBERS = Scheme(majority=Threshold(share=Fraction(1, 2), strict=True, of=Base.PARTIES))
#: Elections that the collection does not hold: scheme, places, papers, votes, and who was elected in the first ballot.
OTHERS = {
    "Security Council 2018, Asia-Pacific": (SCHEME, 1, 190, "Indonesia 144, Maldives 46", "Indonesia"),
    "Security Council 2023, Eastern Europe": (SCHEME, 1, 191, "Slovenia 153, Belarus 38", "Slovenia"),
    "Human Rights Council 2016, Eastern Europe: three reach the majority for two places": (
        OF_MEMBERS,
        2,
        MEMBERS,
        "Hungary 144, Croatia 114, Russian Federation 112",
        "Hungary, Croatia",
    ),
    "Human Rights Council 2019, Latin America: one vote short of the majority anyway": (
        OF_MEMBERS,
        2,
        MEMBERS,
        "Brazil 153, Venezuela 105, Costa Rica 96",
        "Brazil, Venezuela",
    ),
    "Human Rights Council 2020, Asia-Pacific: four of five": (
        OF_MEMBERS,
        4,
        MEMBERS,
        "Pakistan 169, Uzbekistan 164, Nepal 150, China 139, Saudi Arabia 90",
        "Pakistan, Uzbekistan, Nepal, China",
    ),
    "Human Rights Council 2023, Eastern Europe": (
        OF_MEMBERS,
        2,
        MEMBERS,
        "Bulgaria 160, Albania 123, Russian Federation 83",
        "Bulgaria, Albania",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_elections_come_out_as_they_did(name: str) -> None:
    scheme, places, papers, told, elected = OTHERS[name]
    votes = {who: int(number) for who, number in (one.rsplit(" ", 1) for one in told.split(", "))}
    election = count(begin(scheme, votes, places, members=MEMBERS), Ballot(papers=papers, votes=votes))
    assert election.elected == tuple(elected.split(", "))
    assert election.decided


@pytest.mark.parametrize(("year", "number"), [(1955, 36), (1979, 155), (2006, 48)])
def test_who_had_not_stood_before_was_elected_in_an_unrestricted_ballot(year: int, number: int) -> None:
    """Yugoslavia with votes for four, Mexico after Colombia and Cuba, Panama after Guatemala and Venezuela."""
    assert SCHEME.kind(number - 1) is Kind.UNRESTRICTED, year


def test_forty_seven_ballots_without_a_result_and_then_a_third_candidate() -> None:
    """2006, Latin America: two candidates held each other off until both made way for a third."""
    election = begin(SCHEME, ["Guatemala", "Venezuela"], 1)
    for _ in range(47):
        election = count(election, Ballot(papers=186, votes={"Guatemala": 109, "Venezuela": 77}))
    last = {"Panama": 164, "Venezuela": 11, "Guatemala": 4, "Barbados": 1}
    election = count(election, Ballot(papers=190, abstentions=10, votes=last))
    assert (election.elected, election.rounds[-1].number) == (("Panama",), 48)
