"""The authority is set in node.toml, and one of one's own is made and served by command."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rogatory.ledger import timestamp
from rogatory.site import timestamping
from rogatory.site.datafolder import BadNodeFile
from rogatory.transports.timestamps import HttpTimestamps

pytestmark = pytest.mark.any_database
GOOD = {"url": "https://timestamps.example/tsa", "certificate": "root.pem"}


def test_nobody_is_asked_when_nothing_is_set(tmp_path: Path) -> None:
    assert timestamping.read({}, tmp_path) is None
    assert timestamping.minutes({}) == 60


def test_the_authority_and_the_minutes_are_read(tmp_path: Path) -> None:
    facts = {"timestamp": {**GOOD, "every_minutes": 5}}
    found = timestamping.read(facts, tmp_path)
    assert found is not None
    assert (found.address, timestamping.minutes(facts)) == (GOOD["url"], 5)


@pytest.mark.parametrize(
    "table",
    [
        "yes",
        {},
        {"url": GOOD["url"]},
        {**GOOD, "url": "ftp://timestamps.example"},
        {**GOOD, "certificate": 5},
        {**GOOD, "every": 5},
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(table: Any, tmp_path: Path) -> None:
    with pytest.raises(BadNodeFile, match="timestamp"):
        timestamping.read({"timestamp": table}, tmp_path)


@pytest.mark.parametrize("minutes", [0, -1, "5", True, 1.5])
def test_minutes_are_a_whole_number(minutes: Any) -> None:
    with pytest.raises(BadNodeFile, match="every_minutes"):
        timestamping.minutes({"timestamp": {**GOOD, "every_minutes": minutes}})


def test_a_certificate_that_is_not_there_is_told_before_anybody_is_asked(tmp_path: Path) -> None:
    found = timestamping.read({"timestamp": GOOD}, tmp_path)
    assert found is not None
    with pytest.raises(BadNodeFile, match="root"):
        found.stamp(b"x")


def test_an_authority_is_made_served_and_ended_by_command(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "rogatory", "--json", "timestamp-authority"]
    folder = tmp_path / "tsa"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    made = subprocess.run(
        [*words, "init", str(folder), "--name", "Ours"], capture_output=True, env=environment, timeout=60, check=True
    )
    root = Path(json.loads(made.stdout)["certificate"])
    again = subprocess.run([*words, "init", str(folder)], capture_output=True, env=environment, timeout=60, check=False)
    assert json.loads(again.stdout)["error"]["code"] == "timestamp-authority-exists"
    serving = subprocess.Popen(
        [*words, "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        env=environment,
        # Where a parent was started in the background, Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert serving.stdout is not None
        told = ""
        while not told.endswith("}\n"):
            told += serving.stdout.readline().decode()
        token = HttpTimestamps(json.loads(told)["address"], root.read_bytes).stamp(b"bytes")
        assert timestamp.verify_token(token.data, b"bytes", [root.read_bytes()]).authority == "CN=Ours"
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(20) == 130
        if serving.stdout is not None:
            serving.stdout.close()
