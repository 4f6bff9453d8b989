"""Provisions are cited in the numbers of the instrument that carries the request, or not at all."""

import pytest

from rogatory.casefile import cites
from rogatory.law.loader import load_law

LAW = load_law()


@pytest.mark.parametrize(
    ("instrument", "cite", "own"),
    [
        ("uncc", "42(4)", "42(4)"),
        ("budapest", "42(4)", "budapest:29(3)"),
        ("untoc", "40(27)", "untoc:18(25)"),
        ("uncac", "40(27)", "uncac:46(25)"),
        ("untoc", "42(4)", ""),
        ("budapest", "", ""),
        ("budapest", "99(9)", ""),
        ("unheard-of", "42(4)", ""),
    ],
)
def test_a_neighbour_is_cited_by_its_parallel_provision(instrument: str, cite: str, own: str) -> None:
    assert cites.under(LAW, instrument, cite) == own
