"""Rolls of votes: read from what offices save, counted once for each State, refused where anything is not certain."""

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.conference.counting import ballotsheets, rolls
from rogatory.conference.counting.rolls import BothVote, Electorate, Entry, Said
from rogatory.conference.counting.sheets import MAX_BYTES, MAX_ROWS, BadSheet
from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice
from rogatory.errors import RogatoryError
from rogatory.status.treaties import every_state

KNOWN = Electorate(every_state())
ANY = Electorate(every_state(), any_names=True)
SIMPLE = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING)
TWO_THIRDS = Threshold(share=Fraction(2, 3), strict=False, of=Base.PRESENT_AND_VOTING)
MEMBERS = {"EUE": ("FRA", "DEU", "IRL")}


def read(text: str | bytes, electorate: Electorate = KNOWN) -> tuple[Entry, ...]:
    return rolls.read_roll(text.encode() if isinstance(text, str) else text, electorate, name="votes.csv")


def said(text: str | bytes) -> dict[str, str]:
    return {entry.state: entry.said for entry in read(text)}


EXPECTED = {"FRA": "yes", "CIV": "no", "BRA": "abstain", "KEN": "absent", "DEU": "non-voting"}
FRENCH = (
    "\u00c9tat;Vote;Remarque\nla France;Oui;\nC\u00f4te d\u2019Ivoire;Contre;\nBr\u00e9sil;s\u2019abstient;x\n"
    "Kenya;Absent;\nAllemagne;ne participe pas au vote;\n"
)
PLAIN = "State,Vote\nFrance,yes\nC\u00f4te d'Ivoire,no\nBrazil,abstain\nKenya,absent\nGermany,non-voting\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\n,\n").replace("State,Vote\n,\n", "State,Vote\n"),
        "vote,iso3\nYES,FRA\nNo,CIV\nabstention,BRA\nABSENT,ken\ndid not vote,DEU",
        "ISO2,VOTE\nfr,Y\nCI,against\nBR,Abstained\nKE,absent\nDE,not voting\n",
        FRENCH,
        'iso3,state,vote\n,France,for\nCIV,,"no"\nnan,Brazil,abstain\n,Kenya,absent\nDEU,Nowhere,non-voting\n',
    ],
)
def test_a_roll_is_read_however_it_was_saved(text: str | bytes) -> None:
    assert said(text) == EXPECTED


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("State,Vote\nFrance,yes\nKenya,no\nFRA,no\n", "votes.csv:4", "France stands twice, here and at votes.csv:2"),
        ("State,Vote\nFrance,perhaps\n", "votes.csv:2", "'perhaps' is not a vote"),
        ("State,Vote\nFrance,\n", "votes.csv:2", "a blank vote"),
        ("State,Vote\nFrance,a\n", "votes.csv:2", "'a' is not a vote"),
        ("State,Vote\nAtlantis,yes\n", "votes.csv:2", "'Atlantis' is not the name"),
        ("ISO2,Vote\nCS,yes\n", "votes.csv:2", "'CS' is not the name"),  # two former States had it
        ("State,Vote\n,yes\n", "votes.csv:2", "names no State"),
        ("State,Vote\nFrance,yes,yes\n", "votes.csv:2", "3 cells"),
        ("State,Vote,Weight\nFrance,yes,2.5\n", "votes.csv:2", "not a whole number"),
        ("State,Vote,Weight\nFrance,yes,0\n", "votes.csv:2", "the weight is 1"),
        ("State,Vote,Weight\nFrance,yes,-1\n", "votes.csv:2", "not a whole number"),
        ("State,Vote,Vote\nFrance,yes,no\n", "votes.csv:1", "two columns are about vote"),
        ("State,Answer\nFrance,yes\n", "votes.csv:1", "a column `vote`"),
        ("Answer,Vote\nFrance,yes\n", "votes.csv:1", "one of state"),
        ("State,Vote\n", "votes.csv", "nobody stands in it"),
        ("", "votes.csv", "nobody stands in it"),
        ('State,Vote\n"France,yes\n', "votes.csv:2", "not CSV"),
        ("State,Vote\nFrance\x00,yes\n", "votes.csv", "not a table"),
        ("State,Vote\n" + "x" * 600 + ",yes\n", "votes.csv:2", "longer than"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_line(text: str, where: str, words: str) -> None:
    with pytest.raises(BadSheet) as caught:
        read(text)
    assert caught.value.where == where
    assert words in caught.value.message


def test_a_sheet_beyond_the_limits_is_refused() -> None:
    with pytest.raises(BadSheet, match="bytes are more"):
        read(b"State,Vote\n" + b" " * MAX_BYTES)
    many = "".join(f"Delegation {number},yes\n" for number in range(MAX_ROWS + 1))
    with pytest.raises(BadSheet, match=f"more than {MAX_ROWS} rows"):
        read("State,Vote\n" + many, ANY)


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=60), st.text("\"',;\t\r\n\0aeyns019-\u00e9", max_size=60).map(str.encode)))
def test_whatever_stands_in_a_file_nothing_but_a_refusal_comes_of_it(tail: bytes) -> None:
    for start in (
        b"",
        b"\xff\xfe",
        b"State,Vote\n",
        b"ballot;name;votes;papers;event\n",
        b"[[ballot]]\nvotes = {",
        b"{",
    ):
        with suppress(BadSheet):
            rolls.read_roll(start + tail, ANY, name="votes.csv")
        with suppress(BadSheet):
            ballotsheets.read_course_csv(start + tail, name="ballots.csv")
        with suppress(RogatoryError):
            ballotsheets.read_course((start + tail).decode("utf-8", "replace"), name="ballots.toml")


def test_names_of_no_known_state_are_taken_only_when_asked_for_and_still_once() -> None:
    assert [entry.state for entry in read("State,Vote\nAtlantis,yes\nFRA,no\n", ANY)] == ["Atlantis", "FRA"]
    with pytest.raises(BadSheet, match="stands twice"):
        read("State,Vote\nAtlantis,yes\nATLANTIS,no\n", ANY)


def outcome(text: str, members: Mapping[str, tuple[str, ...]] = MEMBERS) -> tuple[bool, int, int, int]:
    roll = rolls.with_organisations(read(text), members, KNOWN)
    found = rolls.tally(roll, SIMPLE).outcome
    return found.adopted, found.count.yes, found.count.no, found.count.not_voting


def test_an_organisation_casts_the_votes_of_its_members_that_are_parties() -> None:
    assert outcome("State,Vote\nEuropean Union,yes\nKenya,no\nBrazil,no\nChile,abstain\n") == (True, 3, 2, 0)
    present = "State,Vote\nEU,yes\nFrance,absent\nIreland,non-voting\nKenya,no\nBrazil,no\n"
    assert outcome(present) == (True, 3, 2, 2)


@pytest.mark.parametrize("vote", ["yes", "no", "abstain"])
def test_an_organisation_and_a_member_never_both_vote(vote: str) -> None:
    with pytest.raises(BothVote, match=r"France \(votes\.csv:3\)") as caught:
        outcome(f"State,Vote\nEU,{vote}\nFrance,{vote}\nKenya,no\n")
    assert caught.value.cite == "rule on voting rights"


def test_an_organisation_that_leaves_the_vote_to_its_members_weighs_nothing() -> None:
    assert outcome("State,Vote\nEU,non-voting\nFrance,yes\nGermany,yes\nKenya,no\n") == (True, 2, 1, 0)
    assert outcome("State,Vote\nEU,absent\nFrance,yes\nKenya,no\n", {}) == (False, 1, 1, 1)


def test_an_organisation_that_votes_needs_its_members_named() -> None:
    with pytest.raises(BadSheet, match="they are not given") as caught:
        outcome("State,Vote\nEU,yes\nKenya,no\n", {})
    assert "--members-of EUE" in caught.value.advice
    with pytest.raises(BadSheet, match="does not stand in the roll"):
        outcome("State,Vote\nKenya,no\n")
    with pytest.raises(BadSheet, match="weighs 27 here, and has 3 members"):
        outcome("State,Vote,Weight\nEU,yes,27\nKenya,no,1\n")


def test_weights_are_added_up() -> None:
    roll = read("State,Vote,Weight\nFrance,yes,5\nKenya,no,2\nBrazil,no,2\n")
    found = rolls.tally(roll, SIMPLE)
    assert (found.outcome.adopted, found.outcome.count.yes, found.outcome.count.no) == (True, 5, 4)
    assert [entry.state for entry in found.by[Said.NO]] == ["BRA", "KEN"]


def test_a_share_of_those_present_counts_everybody_who_is_not_absent() -> None:
    present = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT)
    roll = read(PLAIN)
    assert rolls.tally(roll, present).outcome.base == 4
    assert rolls.tally(roll, present, number=7).outcome.needed == 4
    with pytest.raises(BadSheet, match="more stand in the roll"):
        rolls.tally(roll, present, number=3)


def test_a_share_of_all_parties_needs_their_number() -> None:
    parties = Threshold(share=Fraction(1, 2), strict=True, of=Base.PARTIES)
    with pytest.raises(BadSheet, match="how many"):
        rolls.tally(read(PLAIN), parties)
    assert not rolls.tally(read(PLAIN), parties, number=3).outcome.adopted
    with pytest.raises(BadSheet, match="more stand"):
        rolls.tally(read(PLAIN), parties, number=2)


CODES = sorted(code for code, one in every_state().items() if one.kind == "member")
entries = st.lists(st.sampled_from(CODES), unique=True, min_size=1, max_size=40).flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(
                Entry,
                where=st.just("line"),
                state=st.just(code),
                name=st.just(KNOWN.name(code)),
                said=st.sampled_from(Said),
                weight=st.integers(1, 5),
            )
            for code in codes
        )
    )
)


@settings(max_examples=60)
@given(entries, st.sampled_from([SIMPLE, TWO_THIRDS]), st.randoms(use_true_random=False))
def test_the_order_of_votes_does_not_matter(roll: tuple[Entry, ...], threshold: Threshold, mixer: object) -> None:
    assert hasattr(mixer, "shuffle")
    mixed = list(roll)
    mixer.shuffle(mixed)
    assert rolls.tally(tuple(mixed), threshold) == rolls.tally(roll, threshold)


@settings(max_examples=60)
@given(entries)
def test_nothing_is_lost_or_counted_twice(roll: tuple[Entry, ...]) -> None:
    found = rolls.tally(roll, SIMPLE, counted=frozenset(Choice)).outcome
    count = found.count
    assert count.yes + count.no + count.abstain + count.not_voting == sum(entry.weight for entry in roll)
    assert found.base == count.yes + count.no + count.abstain
