"""Scrubbing and the second store by command, and by the worker that keeps them in step."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.support.kept import PART, Kept, keep
from tests.support.rogatory_process import Program

from rogatory.node.context import Node
from rogatory.node.evidence.storage import pacing, standing
from rogatory.site import scrubplan
from rogatory.site.datafolder import BadNodeFile
from rogatory.stores.files import LocalBlobs
from rogatory.stores.mirror import MirroredBlobs
from rogatory.worker import keeper

SEED = """
import os, sys
import django
django.setup()
from rogatory.site import wiring
from tests.support.kept import PART, keep
node = wiring.node()
for _ in range(3):
    print(keep(node, os.urandom(3 * PART), node.clock.now()).id)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    made = Program(tmp_path_factory.mktemp("storage"))
    made.init()
    return made


@pytest.fixture(scope="module")
def evidence(program: Program) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SEED],
        env=program.environment(DJANGO_SETTINGS_MODULE="rogatory.site.settings"),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.any_database
def test_a_node_is_scrubbed_mended_and_told_by_command(program: Program, evidence: list[str]) -> None:
    facts = program.data / "node.toml"
    facts.write_text(facts.read_text() + f'\n[blobs.second]\nfolder = "{program.folder}/second"\n')
    assert program.json("storage", "show", "--as", "giang")["waiting"] == 3
    assert program.json("storage", "copy", "--as", "giang")["copied"] == 6
    path = program.data / "blobs" / "exhibits" / evidence[1] / "sealed.age"
    data = bytearray(path.read_bytes())
    data[PART + 5] ^= 4
    path.write_bytes(data)
    done = program.json("scrub", "--as", "giang", "--rate", "1GB/s")
    assert (done["exhibits"], done["ended"]) == (3, True)
    assert (done["found"], done["mended"], done["open"]) == (1, 1, [])
    found = program.json("scrub", "--findings", "--as", "giang")
    assert [(one["exhibit"], one["part"], one["mended_from"]) for one in found] == [(evidence[1], 1, "second")]


@pytest.mark.any_database
def test_what_is_lost_is_said_with_its_parts_and_a_status(program: Program, evidence: list[str]) -> None:
    facts = program.data / "node.toml"
    whole = facts.read_text()
    facts.write_text(whole.partition("[blobs.second]")[0])
    path = program.data / "blobs" / "exhibits" / evidence[2] / "sealed.age"
    good = path.read_bytes()
    path.write_bytes(good[: 2 * PART + 1])
    shown = program.call("scrub", "--exhibit", evidence[2], "--as", "giang")
    assert shown.returncode == 6
    assert "part 2" in shown.stdout
    assert "evidence-lost" in shown.stderr
    assert "part 3" in shown.stdout
    path.write_bytes(good)
    facts.write_text(whole)


@pytest.mark.parametrize(
    ("text", "rate"), [("100MB/s", 100_000_000), ("64 kB", 64_000), ("1.5GiB/s", 1610612736), ("1B/s", 1)]
)
def test_rates_are_read(text: str, rate: int) -> None:
    assert pacing.parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0B/s", "-1MB/s", "100", "1MB/h", "1e9B", "MB/s"])
def test_other_rates_are_refused(text: str) -> None:
    with pytest.raises(pacing.BadRate):
        pacing.parse_rate(text)


def test_durations_are_read() -> None:
    assert [pacing.parse_duration(text) for text in ("30s", "90m", "8h", "2 d")] == [30, 5400, 28800, 172800]


def test_a_pace_keeps_to_its_rate_and_does_not_make_up_for_rests() -> None:
    clock = [100.0]
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        clock[0] += seconds

    pace = pacing.Pace(rate=1000, seconds=0, monotonic=lambda: clock[0], sleep=sleep)
    for _ in range(10):
        pace(500)
    assert sum(waited) == pytest.approx(5)
    clock[0] += 1000
    pace(500)
    assert waited[-1] == pytest.approx(0.5)


def test_a_scrub_is_planned_in_the_node_file() -> None:
    assert scrubplan.read({}) == {}
    assert scrubplan.read({"scrub": {"every_days": 30, "rate": "50MB/s"}}) == {
        "scrub_days": 30,
        "scrub_rate": 50_000_000,
    }
    for wrong in ({"every_days": -1}, {"every_days": True}, {"every": 1}, "daily"):
        with pytest.raises(BadNodeFile):
            scrubplan.read({"scrub": wrong})


def test_the_worker_copies_and_scrubs_when_it_is_due(node: Node, start: datetime, tmp_path: Path) -> None:
    kept = keep(node, os.urandom(3 * PART), start)
    first, second = LocalBlobs(tmp_path / "blobs"), LocalBlobs(tmp_path / "second")
    planned = replace(
        node,
        blobs=MirroredBlobs(first, second),
        second=second,
        config=replace(node.config, scrub_days=7, scrub_rate=10**9),
    )
    worker = keeper.Keeper(planned)
    worker.look()
    assert second.exists(kept.row.sealed_blob)
    assert planned.stores.scrubs.current().number == 1
    worker.look()
    assert planned.stores.scrubs.current().number == 1
    _spoil(tmp_path, kept)
    assert standing.scrub_due(planned, start) is False
    planned.clock.time = datetime.fromisoformat("2028-03-09T00:00:00+00:00")  # type: ignore[attr-defined]
    worker.look()
    assert planned.stores.scrubs.current().number == 2
    assert (tmp_path / "blobs" / kept.row.sealed_blob).read_bytes() == kept.sealed
    assert time.monotonic() > 0


def _spoil(folder: Path, kept: Kept) -> None:
    path = folder / "blobs" / kept.row.sealed_blob
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.write_bytes(data)
