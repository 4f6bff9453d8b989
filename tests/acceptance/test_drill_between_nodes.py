"""A drill between two real nodes over HTTP: planned here, sent by the worker, answered by a person there, timed here."""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support import forked, practice_pair
from tests.support.practice_pair import RunningNode


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[RunningNode, RunningNode]]:
    ours, theirs = practice_pair.make_pair(tmp_path)
    practice_pair.start(ours)
    practice_pair.start(theirs)
    yield ours, theirs
    practice_pair.stop(ours)
    practice_pair.stop(theirs)


def command(node: RunningNode, who: str, *words: str) -> Any:
    """What a command of *node* answers, in a process of its own."""
    environment = {
        **forked.inherited(),
        "ROGATORY_DATA": str(node.folder),
        "ROGATORY_PASSPHRASE_FILE": str(node.folder.parent / "passphrase"),
        "ROGATORY_PASSWORD": practice_pair.PASSWORD,
        "DJANGO_SETTINGS_MODULE": "tests.support.quick_passwords",
        "PYTHONPATH": str(forked.ROOT),
        "PATH": os.environ["PATH"],
    }
    done = forked.run("rogatory", "--json", "--as", who, *words, environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def until(look: Callable[[], Any]) -> Any:
    """What *look* finds, as soon as it finds anything."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError("nothing came")


def test_a_drill_between_two_nodes_runs_from_its_plan_to_the_report(
    pair: tuple[RunningNode, RunningNode],
) -> None:
    ours, theirs = pair
    planned = command(ours, "approver", "drill", "send", "--to", "FRA", "--now", "--note", "Who is on duty?")
    [waits] = until(lambda: command(theirs, "duty-officer", "drill", "list", "--waiting"))
    assert (waits["id"], waits["note"], waits["way"]) == (planned["id"], "Who is on duty?", "in")
    assert command(theirs, "duty-officer", "drill", "show", waits["id"])["opened_at"]
    answered = command(theirs, "duty-officer", "drill", "answer", waits["id"], "--note", "Je suis là.")
    assert answered["standing"] == "passed"

    def scored() -> Any:
        found = command(ours, "auditor", "drill", "report")
        return found if found["scores"][0]["standings"].get("passed") else None

    report = until(scored)
    [drill] = report["drills"]
    assert drill["answered_by"] == {"name": "Lucie Bernard", "role": "duty-officer"}
    assert drill["answer_note"] == "Je suis là."
    times = [drill[name] for name in ("sent_at", "received_at", "opened_at", "answered_at")]
    assert times == sorted(times)
    assert 0 < report["scores"][0]["medians"]["whole"] < 60
    assert command(theirs, "auditor", "case", "list") == command(ours, "auditor", "case", "list") == []
    assert {one["kind"] for one in command(theirs, "auditor", "letter", "list")} == {"drill", "drill-answer"}
    for node in pair:
        assert command(node, "auditor", "ledger", "check")["findings"] == []
