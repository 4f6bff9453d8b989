"""SIGKILL at every stage of what is done with evidence: nothing lost, nothing half, nothing twice, and it goes on.

Each act is killed at some of the calls by which it changes the disk or commits, spread over all of them; with
ROGATORY_KILL_EVERYWHERE set, at every one.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from tests.support.forked import ROOT, inherited

#: At how many of its calls an act is killed.
KILLS = {"seal": 7, "send": 7, "receive": 7, "open": 6, "scrub": 5, "destroy": 6, "extract": 5, "renew": 5, "backup": 6}
EVERYWHERE = "ROGATORY_KILL_EVERYWHERE" in os.environ


pytestmark = [pytest.mark.any_database, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def survived(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What became of every act: one process prepares them all, and each kill is a fork of it."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "passphrase").write_text("machine-made-for-tests-only", encoding="ascii")
    environment = {
        **inherited(),
        "ROGATORY_DATA": str(folder / "VNM"),
        "ROGATORY_PASSPHRASE_FILE": str(folder / "passphrase"),
        "ROGATORY_WORKER": "outside",
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
    }
    wanted = [f"{act}={10_000 if EVERYWHERE else most}" for act, most in KILLS.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.evidence_at_work", str(folder), *wanted],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=560,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("act", KILLS)
def test_whatever_is_done_with_evidence_survives_a_kill_at_every_stage(survived: Any, act: str) -> None:
    told = survived[act]
    assert told["wrong"] == []
    assert told["calls"] >= 5, "what is done touches the disk"
    assert told["killed"] >= min(told["calls"], KILLS[act]) - 1
