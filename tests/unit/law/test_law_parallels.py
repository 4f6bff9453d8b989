"""The same offence in two instruments."""

import pytest

from rogatory.law.loader import load_law
from rogatory.law.model import UnknownInstrument
from rogatory.law.parallels import same_offence

LAW = load_law()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("7", "2"), ("8", "3"), ("9", "4"), ("10", "5"), ("11", "6"), ("12", "7"), ("13", "8"), ("14", "9")],
)
def test_an_offence_of_the_convention_is_that_of_budapest_and_the_other_way_round(ours: str, theirs: str) -> None:
    assert same_offence(LAW, "uncc", ours, "budapest") == (theirs,)
    assert same_offence(LAW, "budapest", theirs, "uncc") == (ours,)


@pytest.mark.parametrize("ours", ["15", "16", "17"])
def test_an_offence_without_a_parallel_has_none(ours: str) -> None:
    assert same_offence(LAW, "uncc", ours, "budapest") == ()


def test_laundering_has_a_parallel_in_both_other_conventions_of_the_united_nations() -> None:
    assert same_offence(LAW, "uncc", "17", "untoc") == ("6",)
    assert same_offence(LAW, "uncc", "17", "uncac") == ("23",)


def test_what_is_no_offence_has_no_parallel_offence() -> None:
    assert same_offence(LAW, "uncc", "42", "budapest") == ()


def test_an_unknown_instrument_is_refused() -> None:
    with pytest.raises(UnknownInstrument, match="versailles"):
        same_offence(LAW, "uncc", "7", "versailles")
