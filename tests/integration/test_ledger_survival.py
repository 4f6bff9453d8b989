"""Processes die in the midst of it, and several write at once: the log and its files stay one."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.forked import ROOT, inherited
from tests.support.ledger_at_work import RACERS, TURNS

pytestmark = pytest.mark.any_database


def at_work(folder: Path, what: str) -> Any:
    (folder / "passphrase").write_text("machine-made-for-tests-only", encoding="ascii")
    environment = {
        **inherited(),
        "ROGATORY_DATA": str(folder / "VNM"),
        "ROGATORY_PASSPHRASE_FILE": str(folder / "passphrase"),
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.ledger_at_work", str(folder), what],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_process_killed_between_the_commit_and_the_files_harms_nothing(tmp_path: Path) -> None:
    told = at_work(tmp_path, "kill")
    assert len(told) == 8
    assert [one["killed"] for one in told] == [signal.SIGKILL] * 8, told
    assert [one["check"] for one in told] == [0] * 8, told


def test_processes_that_append_at_once_leave_one_sound_log(tmp_path: Path) -> None:
    told = at_work(tmp_path, "race")
    assert told["ended"] == [0] * RACERS
    assert told["check"] == 0
    assert told["size"] == RACERS * sum(turn % 5 + 1 for turn in range(TURNS))
