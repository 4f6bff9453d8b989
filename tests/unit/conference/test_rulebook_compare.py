"""Two rulebooks side by side, and what a recorded vote comes to under each."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.conference.counting.thresholds import Base
from rogatory.conference.counting.votes import Count
from rogatory.conference.rulebook import compare, labels, loader, settings
from rogatory.conference.rulebook.compare import RecordedVote, Row, Verdict
from rogatory.conference.rulebook.model import CATEGORIES, Effect, OptionChoice, Speaks, Sure
from rogatory.law.words import Words

UNTOC, UNCAC, DRAFT = (loader.delivered(name) for name in loader.DELIVERED)
CONSENSUS = loader.delivered("hanoi-draft", choices={"substance": "consensus-only"})
CHOICES = [(option.id, choice) for option in DRAFT.options for choice in option.choices if not choice.default]


def settings_of(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.where: row for row in rows if row.topic != "rules"}


def recorded(yes: int, no: int, *, subject: str = "substance", parties: int, there: int, present: int) -> RecordedVote:
    return RecordedVote(
        id="v",
        what=Words("A proposal", "Une proposition"),
        subject=subject,
        count=Count(yes=yes, no=no),
        bases={Base.PARTIES: parties, Base.PARTICIPATING: there, Base.PRESENT: present},
    )


def test_the_precedents_differ_in_the_quorum_and_in_the_bureau() -> None:
    found = settings_of(compare.compare(UNTOC, UNCAC))
    assert set(found) == {"quorum.decide", "officers.per_group", "officers.post.vice-president.seats"}
    row = found["quorum.decide"]
    assert row.a is not None
    assert row.b is not None
    assert (row.a.says.en, row.b.says.en) == (
        "more than 1/2 of the States Parties",
        "more than 1/2 of those participating in the session",
    )
    assert (row.a.rule.en, row.a.sure) == ("Rule 41 (Quorum)", Sure.READ)
    assert (row.b.rule.en, row.b.sure) == ("rule on quorum", Sure.UNSURE)


def test_a_rulebook_does_not_differ_from_itself() -> None:
    assert compare.compare(DRAFT, DRAFT) == ()
    rows = compare.compare(DRAFT, DRAFT, everything=True)
    assert len(rows) > 350
    assert not any(row.differs for row in rows)


def test_the_other_way_round_the_sides_change_places() -> None:
    here, there = (settings_of(compare.compare(*pair)) for pair in ((UNTOC, DRAFT), (DRAFT, UNTOC)))
    assert {where: (row.a, row.b) for where, row in here.items()} == {
        where: (row.b, row.a) for where, row in there.items()
    }


@pytest.mark.parametrize(("option", "choice"), CHOICES, ids=lambda one: one if isinstance(one, str) else one.id)
def test_a_choice_makes_a_difference_just_where_it_sets_something(option: str, choice: OptionChoice) -> None:
    other = loader.delivered("hanoi-draft", choices={option: choice.id})
    changed = {path for path, value in choice.sets.items() if value != usual_value(path)}
    # A threshold is one row, and says nothing where no vote is taken.
    expected = {path.removesuffix(".of") for path in changed if not path.startswith("rule.")}
    if "majority.substance.consensus_only" in expected:
        expected.add("majority.substance.threshold")
    assert expected
    assert set(settings_of(compare.compare(DRAFT, other))) == expected


def usual_value(path: str) -> object:
    """What the draft's file has at *path*."""
    found: Any = loader.Opened(loader.delivered_text("hanoi-draft"), name="hanoi-draft").values
    for step in path.split("."):
        found = found[step]
    return found


def test_every_setting_and_every_value_has_a_name_in_both_languages() -> None:
    known = {words.en for words in labels.FIELDS.values()}
    for row in compare.compare(UNTOC, DRAFT, everything=True):
        if row.topic != "rules":
            assert row.label.en.rpartition(": ")[2] in known, row.where
    words = (
        *settings.LANGUAGES, *settings.HOW, *settings.DECIDED_BY, *settings.OBJECTIONS, *settings.SIGNATORIES,
        *settings.METHODS, *settings.BALLOTS, *CATEGORIES, *Effect, *Speaks, *UNTOC.officers.groups,
    )  # fmt: skip
    assert [one for one in words if one not in labels.VALUES] == []


def test_a_subject_decided_by_consensus_shows_no_majority() -> None:
    row = settings_of(compare.compare(DRAFT, CONSENSUS))["majority.substance.threshold"]
    assert row.b is not None
    assert row.b.says == labels.BY_CONSENSUS


def test_a_vote_carries_under_one_rulebook_and_lacks_the_quorum_under_the_other() -> None:
    vote = recorded(60, 20, parties=193, there=120, present=80)
    (found,) = compare.outcomes([vote], UNTOC, UNCAC)
    assert (found.a.verdict, found.b.verdict, found.differs) == (Verdict.NO_QUORUM, Verdict.ADOPTED, True)
    assert "97" in found.a.why[0].en
    assert found.a.rule.en == "Rule 41 (Quorum)"


def test_where_only_consensus_decides_no_vote_comes_to_anything() -> None:
    vote = recorded(150, 10, parties=193, there=180, present=165)
    (found,) = compare.outcomes([vote], DRAFT, CONSENSUS)
    assert (found.a.verdict, found.b.verdict, found.differs) == (Verdict.ADOPTED, Verdict.NO_VOTE, True)
    (other,) = compare.outcomes([recorded(9, 1, subject="lunch", parties=10, there=10, present=10)], DRAFT, UNTOC)
    assert (other.a.verdict, other.differs) == (Verdict.NO_VOTE, False)


@pytest.mark.parametrize(("yes", "no", "verdict"), [(100, 50, "adopted"), (99, 51, "rejected"), (0, 0, "rejected")])
def test_two_thirds_are_exact(yes: int, no: int, verdict: str) -> None:
    assert compare.under(UNTOC, recorded(yes, no, parties=193, there=190, present=150)).verdict == verdict


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.sampled_from(sorted(UNTOC.majorities)))
def test_no_vote_differs_between_a_rulebook_and_itself(yes: int, no: int, present: int, subject: str) -> None:
    vote = recorded(yes, no, subject=subject, parties=200, there=200, present=present)
    (found,) = compare.outcomes([vote], UNTOC, UNTOC)
    assert not found.differs
    assert found.a == found.b
    if found.a.verdict is Verdict.ADOPTED:
        assert yes > no
        assert present > 100
