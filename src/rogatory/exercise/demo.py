"""`rogatory demo`: the main job between two practice States on this machine, on real parts."""

import shutil
import signal
import sys
import tempfile
from pathlib import Path

from rogatory.errors import BadInput, RogatoryError
from rogatory.exercise import reality
from rogatory.exercise.scenes import SCENES
from rogatory.exercise.stage import PRACTICE_DATE, Stage, build
from rogatory.exercise.transcript import Transcript


class NoSuchEvidence(BadInput):
    """The evidence must be a file that can be read and is not empty."""

    code = "no-such-evidence"


def run(*, leave: bool, evidence: Path | None, keep: Path | None) -> int:
    """Play the exercise; 0 only when every step verified. With *leave* end at once, else wait for Ctrl-C."""
    if evidence is not None and not (evidence.is_file() and evidence.stat().st_size):
        raise NoSuchEvidence(f"{evidence} is not a file with something in it")
    folder = keep or Path(tempfile.mkdtemp(prefix="rogatory-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    transcript = Transcript()
    transcript.banner("EXERCISE: practice States, a practice date, invented people. Nothing here is real.")
    stage = build(folder, transcript, evidence)
    try:
        play(stage)
        reality.compare(transcript)
        transcript.banner("every step verified")
        if not leave:
            _stay(stage)
    except KeyboardInterrupt:
        return 130
    except RogatoryError as error:
        sys.stderr.write(f"the exercise failed [{error.code}]: {error.message}\n")
        return 1
    finally:
        stage.close()
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def play(stage: Stage) -> None:
    """Set both nodes up and play all scenes."""
    set_up(stage)
    for scene in SCENES:
        stage.transcript.scene((scene.__doc__ or "").strip())
        scene(stage)


def set_up(stage: Stage) -> None:
    """Make both nodes and start them."""
    stage.transcript.scene(f"Two nodes are made and started, on the practice date {PRACTICE_DATE}")
    for node in (stage.viet_nam, stage.france):
        node.set_up(PRACTICE_DATE)
        node.start()
        stage.transcript.say(
            f"{node.country.name} ({node.state}): data in {node.data}, desk at {node.desk}, "
            "keys encrypted at rest, authorities: central authority 40(12), contact point 41"
        )


def _stay(stage: Stage) -> None:
    transcript = stage.transcript
    transcript.banner("both desks stay open until Ctrl-C")
    for node in (stage.viet_nam, stage.france):
        transcript.say(f"{node.country.name}: {node.desk}")
        transcript.table(
            [
                (player.login, node.password(player.login), player.name, ", ".join(player.roles))
                for player in (*node.country.desk, node.country.administrator)
            ]
        )
    signal.pause()
