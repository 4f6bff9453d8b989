"""Recorded votes of real bodies, with the rolls where there are any, count to the totals and outcomes of history."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from rogatory.conference.counting import rolls
from rogatory.conference.counting.rolls import Electorate, Said
from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Count, outcome
from rogatory.status.treaties import every_state

FACTS = Path(__file__).parents[4] / "shared" / "facts" / "votes"
pytestmark = pytest.mark.skipif(
    not (FACTS / "votes.csv").exists(),
    reason="the recorded votes are not beside the repository (../shared/facts/votes)",
)
MAJORITIES = {
    "simple": Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING),
    "two-thirds": Threshold(share=Fraction(2, 3), strict=False, of=Base.PRESENT_AND_VOTING),
}
#: Votes of which the collection holds totals and no roll: they are counted from the totals alone.
WITHOUT_ROLL = {"C3-2018-ICT", "C3-2019-ICT", "GA-ES10-2018b", "GA73-L42", "GA-ES10-2023a", "GA-ES11-8"}


@dataclass(frozen=True)
class Recorded:
    id: str
    majority: Threshold
    count: Count
    adopted: bool
    tags: frozenset[str]


@pytest.fixture(scope="module")
def recorded() -> dict[str, Recorded]:
    with (FACTS / "votes.csv").open(encoding="utf-8", newline="") as file:
        return {row["vote_id"]: _recorded(row) for row in csv.DictReader(file)}


def _recorded(row: dict[str, str]) -> Recorded:
    assert row["outcome"] in ("adopted", "rejected")
    yes, no, abstain = (int(row[column]) for column in ("yes", "no", "abstain"))
    return Recorded(
        id=row["vote_id"],
        majority=MAJORITIES[row["majority_required"]],
        count=Count(yes=yes, no=no, abstain=abstain, not_voting=int(row["non_voting"] or 0)),
        adopted=row["outcome"] == "adopted",
        tags=frozenset(row["tags"].split(";")),
    )


@pytest.fixture(scope="module")
def sheets() -> dict[str, bytes]:
    """The roll of each vote as a sheet of its own."""
    texts: dict[str, io.StringIO] = defaultdict(io.StringIO)
    with (FACTS / "votes_roll.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = texts[row["vote_id"]]
            if not text.tell():
                text.write("country,iso2,vote\r\n")
            text.write(f'"{row["country"]}",{row["iso2"]},{row["vote"]}\r\n')
    return {name: text.getvalue().encode() for name, text in texts.items()}


def test_every_roll_counts_to_the_recorded_totals_and_outcome(
    recorded: dict[str, Recorded], sheets: dict[str, bytes]
) -> None:
    electorate = Electorate(every_state(), any_names=True)
    assert recorded.keys() - sheets.keys() == WITHOUT_ROLL
    assert sheets.keys() <= recorded.keys()
    for name, data in sheets.items():
        was = recorded[name]
        found = rolls.tally(rolls.read_roll(data, electorate, name=f"{name}.csv"), was.majority)
        counted = found.outcome.count
        assert (counted.yes, counted.no, counted.abstain) == (was.count.yes, was.count.no, was.count.abstain), name
        assert found.outcome.adopted is was.adopted, name
        assert sum(len(entries) for entries in found.by.values()) == data.count(b"\r\n") - 1, name
        assert found.by[Said.ABSENT] == (), "the collection names only those who voted"


def test_every_recorded_total_has_the_recorded_outcome(recorded: dict[str, Recorded]) -> None:
    assert len(recorded) == 40
    wrong = [one.id for one in recorded.values() if outcome(one.count, one.majority).adopted is not one.adopted]
    assert wrong == []


def test_one_vote_more_would_have_carried_what_fell_by_one(recorded: dict[str, Recorded]) -> None:
    short = [one for one in recorded.values() if "one-vote-short" in one.tags]
    assert {one.id for one in short} == {"GA-164", "GA-570"}
    for one in short:
        more = Count(yes=one.count.yes + 1, no=one.count.no, abstain=one.count.abstain)
        assert outcome(more, one.majority).needed - one.count.yes == 1
        assert outcome(more, one.majority).adopted


def test_the_majority_that_applied_made_the_difference(recorded: dict[str, Recorded]) -> None:
    """Votes with a majority that fell for want of two thirds, and the one that had exactly two thirds."""
    failed = [one for one in recorded.values() if "majority-but-fails" in one.tags or "2/3-failure" in one.tags]
    assert len(failed) == 4
    for one in failed:
        assert outcome(one.count, MAJORITIES["simple"]).adopted
        assert not outcome(one.count, MAJORITIES["two-thirds"]).adopted
    exactly = [one for one in recorded.values() if "exactly-2/3" in one.tags]
    assert [one.id for one in exactly] == ["GA-2056"]
    assert outcome(exactly[0].count, MAJORITIES["two-thirds"]).adopted
    below = [one for one in recorded.values() if "just-below-2/3" in one.tags]
    assert {one.id for one in below} == {"GA-433", "GA-1934"}
    assert not any(outcome(one.count, MAJORITIES["two-thirds"]).adopted for one in below)


def test_ties_are_no_majority(recorded: dict[str, Recorded]) -> None:
    ties = [outcome(one.count, one.majority) for one in recorded.values() if "tie" in one.tags]
    assert [(found.tie, found.adopted) for found in ties] == [(True, False), (True, False)]


@pytest.mark.parametrize(("id", "yes", "no", "abstain"), [("GA73-L42", 87, 58, 32), ("GA-ES10-2023a", 88, 55, 22)])
def test_where_two_records_of_one_vote_differ_the_outcome_is_the_same(
    recorded: dict[str, Recorded], id: str, yes: int, no: int, abstain: int
) -> None:
    other = outcome(Count(yes=yes, no=no, abstain=abstain), recorded[id].majority)
    assert other.count != recorded[id].count
    assert other.adopted is recorded[id].adopted
