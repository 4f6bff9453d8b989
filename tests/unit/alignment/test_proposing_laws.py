"""How much of a known mapping of real laws is proposed: figures that must not fall.

The laws and their mapping stand beside the repository and not in it; without them there is nothing to measure.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from bench.alignment import Mapped, laws_with_a_mapping, tally

from rogatory.alignment.proposing.ranking import Ranker

LAWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "laws"


@pytest.fixture(scope="module")
def laws() -> Sequence[Mapped]:
    """The laws for development."""
    if not (LAWS / "gold.csv").exists():
        pytest.skip(f"the laws for development are not at {LAWS}")
    return tuple(laws_with_a_mapping(LAWS))


def recall(law: Mapped) -> tuple[float, float]:
    """Recall among the first five and the first ten proposals."""
    ranker = Ranker(law.text)
    return tally(law, lambda article: [one.key for one in ranker.propose(article).proposals]).shares()


def test_the_provisions_that_people_found_stand_among_the_first(laws: Sequence[Mapped]) -> None:
    for law in laws:
        five, ten = recall(law)
        assert five >= 0.85, law.name
        assert ten >= 0.95, law.name


def test_what_is_said_to_be_missing_is_missing(laws: Sequence[Mapped]) -> None:
    missing = [
        coverage
        for law in laws
        for ranker in [Ranker(law.text)]
        for article, coverage in law.coverage.items()
        if not ranker.propose(article).found
    ]
    assert missing.count("core") <= 1
    assert missing.count("none") >= 0.8 * len(missing)


def test_every_provision_of_the_mapping_is_read(laws: Sequence[Mapped]) -> None:
    assert [law.name for law in laws if law.unread] == []
