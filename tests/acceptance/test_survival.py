"""The main job while the power fails again and again: nothing lost, nothing twice, and the case finishes."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.forked_stage import commands_are_forks

from rogatory.exercise import demo
from rogatory.exercise.node import ExerciseNode
from rogatory.exercise.scenes import SCENES
from rogatory.exercise.stage import Stage, build
from rogatory.exercise.transcript import Transcript


class PowerFailures(threading.Thread):
    """Kills one node after another with SIGKILL, at irregular moments, and starts it again."""

    def __init__(self, nodes: tuple[ExerciseNode, ...], seed: int) -> None:
        super().__init__(daemon=True)
        self._nodes = nodes
        self._random = random.Random(seed)
        self._over = threading.Event()
        self.count = 0
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._over.wait(self._random.uniform(0.2, 2.5)):
                node = self._random.choice(self._nodes)
                node.kill()
                self._over.wait(self._random.uniform(0, 0.5))
                node.start()
                self.count += 1
        except BaseException as error:
            self.trouble = error

    def wait_for(self, count: int) -> None:
        """Return once the power has failed *count* times."""
        while self.count < count and self.is_alive():
            time.sleep(0.05)

    def end(self) -> None:
        self._over.set()
        self.join(60)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    evidence = tmp_path / "return.bin"
    evidence.write_bytes(random.Random(7).randbytes(40 * 1024 * 1024))
    made = build(tmp_path, Transcript(), evidence)
    with commands_are_forks():
        yield made
    made.close()


def told(node: ExerciseNode, stage: Stage) -> dict[str, Any]:
    case = stage.case(node)
    return {
        "messages": [(event["digest"], event["kind"], event["ineffective"]) for event in case["timeline"]],
        "requests": [(request["digest"], request["state"]) for request in case["requests"]],
        "custody": [[entry["digest"] for entry in exhibit["custody"]] for exhibit in case["exhibits"]],
    }


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_case_finishes_however_often_either_node_is_killed(stage: Stage) -> None:
    demo.set_up(stage)
    failures = PowerFailures((stage.viet_nam, stage.france), seed=20280301)
    failures.start()
    try:
        for number, scene in enumerate(SCENES):
            failures.wait_for(number)
            stage.transcript.scene(f"{(scene.__doc__ or '').strip()} (power failures so far: {failures.count})")
            scene(stage)
        failures.wait_for(len(SCENES))
    finally:
        failures.end()
    assert failures.trouble is None
    assert failures.count >= len(SCENES)
    deadline = time.monotonic() + 60
    while told(stage.viet_nam, stage) != told(stage.france, stage) and time.monotonic() < deadline:
        time.sleep(0.5)
    ours, theirs = told(stage.viet_nam, stage), told(stage.france, stage)
    assert ours == theirs
    kinds = [kind for _, kind, _ in ours["messages"]]
    assert len({digest for digest, _, _ in ours["messages"]}) == len(kinds)
    assert not [why for _, _, why in ours["messages"] if why]
    # The opening is one entry of custody; an exhibit that was long on its way is told to have arrived in part.
    assert kinds.count("custody-entry") >= 1
    assert sorted(kind for kind in kinds if kind != "custody-entry") == sorted(
        [
            *("request", "acknowledgement", "decision", "preserved", "request", "acknowledgement", "decision"),
            *("delivery", "custody-receipt", "closure"),
        ]
    )
    for node in (stage.viet_nam, stage.france):
        checkpoint = node.run("ledger", "checkpoint")["checkpoint"]
        exhibits = stage.case(node)["exhibits"]
        signed_here = [one for held in exhibits for one in held["custody"] if one["holder"].startswith(node.state)]
        assert int(checkpoint.splitlines()[1]) == len(kinds) + len(signed_here)
        assert node.run("rebuild", who=node.country.administrator.login)["differing"] == []
