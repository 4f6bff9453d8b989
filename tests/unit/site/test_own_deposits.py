"""What the State filed itself, in the data folder: read beside the lists, noticed when it changes, practice or real."""

from datetime import date
from pathlib import Path

import pytest

from rogatory.site.heldstatus import HeldStatus
from rogatory.status.model import Deposit
from rogatory.status.own import write_own
from rogatory.stores import deposits

DAY = date(2028, 1, 10)
ONE = Deposit(state="KEN", instrument="uncc", action="accession", earliest=DAY, latest=DAY, source="own record")


@pytest.mark.parametrize("exercise", [False, True])
def test_own_deposits_are_noticed_at_once_and_are_practice_only_in_an_exercise(tmp_path: Path, exercise: bool) -> None:
    held = HeldStatus(tmp_path, exercise=exercise)
    assert held.now().standing("KEN", "uncc", DAY).deposit is None
    deposits.hold_own(tmp_path, write_own([ONE]))
    found = held.now().standing("KEN", "uncc", DAY).deposit
    assert found is not None
    assert (found.source, found.practice) == ("own record", exercise)
    deposits.hold_own(tmp_path, write_own([]))
    assert held.now().standing("KEN", "uncc", DAY).deposit is None
