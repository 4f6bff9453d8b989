"""Processes die in the midst of an act, and several act at once: nothing that was answered is lost, nothing is doubled."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.forked import OWN
from tests.support.meeting_at_work import MOST_KILLS, RACERS

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.any_database


def test_acts_survive_the_death_of_the_process_and_processes_that_act_at_once(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("machine-made-for-tests-only", encoding="ascii")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(OWN)},
        "ROGATORY_DATA": str(tmp_path / "VNM"),
        "ROGATORY_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.meeting_at_work", str(tmp_path)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert len(told["kill"]) == MOST_KILLS
    assert [one["signal"] for one in told["kill"]] == [signal.SIGKILL] * MOST_KILLS, told
    assert {one["answered"] for one in told["kill"]} == {0, 1, 2}, told
    assert told["race"]["ended"] == [0] * RACERS, told
    for one in (*told["kill"], told["race"]):
        assert (one["lost"], one["doubled"], one["missing"], one["verified"]) == ([], 0, 0, True), told
