"""Two practice States and the ring of their cards."""

import pytest
from practice_states import PracticeState, practice_state

from rogatory.sealing.keyring import KeyRing


@pytest.fixture(scope="session")
def vnm() -> PracticeState:
    return practice_state("VNM")


@pytest.fixture(scope="session")
def fra() -> PracticeState:
    return practice_state("FRA")


@pytest.fixture(scope="session")
def ring(vnm: PracticeState, fra: PracticeState) -> KeyRing:
    return KeyRing([vnm.card, fra.card])
