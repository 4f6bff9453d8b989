"""The practice case of the vectors, played once for the tests of this room."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "vectors"))

from practice_case import PracticeCase


@pytest.fixture(scope="session")
def played() -> PracticeCase:
    """The whole case; nobody changes it."""
    return PracticeCase().play()


@pytest.fixture(scope="session")
def bundle(played: PracticeCase) -> bytes:
    """The bundle of the whole case, as Viet Nam exports it."""
    return played.bundle()
