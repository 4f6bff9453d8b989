"""`rogatory demo readiness`: a ministry's way from its law to its letters, on two real nodes of this machine."""

import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rogatory.errors import RogatoryError
from rogatory.exercise.cast import Country
from rogatory.exercise.node import ExerciseFailed, ExerciseNode, free_port
from rogatory.exercise.readying.cast import HELPER, NEWCOMER, PRACTICE_DATE
from rogatory.exercise.readying.scenes import SCENES, Stage
from rogatory.exercise.transcript import Transcript

PATIENCE_SECONDS = 180.0


def run(*, leave: bool, keep: Path | None) -> int:
    """Play the exercise; 0 only when every step came out as it must. With *leave* end at once, else wait for Ctrl-C."""
    folder = keep or Path(tempfile.mkdtemp(prefix="rogatory-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    transcript = Transcript()
    transcript.banner("EXERCISE: practice States, a practice date, an invented law. Nothing here is real.")
    newcomer, helper = (_node(country, folder) for country in (NEWCOMER, HELPER))
    stage = Stage(folder=folder, newcomer=newcomer, helper=helper, transcript=transcript, wait=wait)
    try:
        play(stage)
        transcript.banner("every step came out as it must")
        if not leave:
            _stay(stage)
    except KeyboardInterrupt:
        return 130
    except RogatoryError as error:
        sys.stderr.write(f"the exercise failed [{error.code}]: {error.message}\n")
        return 1
    finally:
        for node in (newcomer, helper):
            node.stop()
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def play(stage: Stage) -> None:
    """Set both nodes up and play all scenes."""
    stage.transcript.scene(f"Two nodes are made and started, on the practice date {PRACTICE_DATE}")
    for node in (stage.newcomer, stage.helper):
        node.set_up(PRACTICE_DATE)
        node.start()
        stage.transcript.say(f"{node.country.name} ({node.state}): desk at {node.desk}")
    for scene in SCENES:
        stage.transcript.scene((scene.__doc__ or "").strip())
        scene(stage)


def wait(what: str, look: Callable[[], Any]) -> Any:
    """What *look* finds once it finds something; raises `ExerciseFailed` when it does not in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.5)
    raise ExerciseFailed(f"this did not happen within {PATIENCE_SECONDS:.0f} seconds: {what}")


def _node(country: Country, folder: Path) -> ExerciseNode:
    port = free_port()
    return ExerciseNode(country, folder, port=port, address=f"http://127.0.0.1:{port}")


def _stay(stage: Stage) -> None:
    transcript = stage.transcript
    transcript.banner("both desks stay open until Ctrl-C")
    transcript.say(f"papers: {stage.papers}")
    for node in (stage.newcomer, stage.helper):
        transcript.say(f"{node.country.name}: {node.desk}")
        transcript.table(
            [
                (player.login, node.password(player.login), player.name, ", ".join(player.roles))
                for player in (*node.country.desk, node.country.administrator)
            ]
        )
    signal.pause()
