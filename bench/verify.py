"""How long a court waits: `rogatory verify` on bundles of many messages, as a process, from start to status.

The case is the practice case of the vectors with notes after it; every message has its signature, receipt, ledger proof
and, in each receipt, the receiver's checkpoint. Beside it, what merely reading the file costs: `sha256sum` and
`unzip -t`.
"""

import importlib
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import pair
from bench.measure import Table, median, spread
from rogatory.bundle import verify_page
from rogatory.bundle.write import write
from rogatory.casefile import messages
from rogatory.kernel import ids
from rogatory.sealing import jws

AIM_SECONDS, AIM_MESSAGES = 2.0, 1000
Times = tuple[float, float]


def run(*, rounds: int, counts: Sequence[int]) -> Table:
    """The table over bundles of *counts* messages, each checked *rounds* times."""
    rows = []
    with pair.scratch() as folder:
        for count in counts:
            file = folder / f"{count}.zip"
            file.write_bytes(bundle_of(count))
            for name, command in _commands(file).items():
                rows.append(_row(name, count, file.stat().st_size, [_once(command) for _ in range(rounds + 1)][1:]))
    return Table(
        name="Checking a bundle",
        command="python -m bench verify",
        headings=("what", "messages", "MB", "seconds", "of the rounds", "processor s"),
        rows=tuple(rows),
        notes=(
            f"{rounds} rounds each, the file in the page cache; aimed below {AIM_SECONDS:.0f} s for {AIM_MESSAGES:,}",
            "every message has a signature, a receipt with a signature and a checkpoint, and a ledger proof",
        ),
    )


def bundle_of(count: int) -> bytes:
    """A bundle of *count* messages, at least ten, with the page in it."""
    case = _played(count)
    sink = io.BytesIO()
    write(case.contents(), sink, exporter=case.exporter(), page=verify_page.template())
    return sink.getvalue()


def _played(count: int) -> Any:
    """The practice case, and notes from either side until it has *count* messages."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "vectors"))
    practice, keys = importlib.import_module("practice_case"), importlib.import_module("practice_keys")
    case = practice.PracticeCase()
    preservation = case.ask_preservation()
    case.preserve(preservation)
    request = case.ask_data(preservation)
    case.say(keys.FRA, "decision", {"outcome": "accepted"}, regarding=request.digest)
    case.hand_over(request, case.seal(request))
    heads = case.file.heads
    for number in range(case.file.next_number, count + 1):
        sender, receiver = (keys.VNM, keys.FRA) if number % 2 else (keys.FRA, keys.VNM)
        case.at += timedelta(minutes=10)
        payload = messages.payload(
            kind="note",
            case=case.case,
            id=ids.new_id(case.random(17)),
            number=number,
            follows=heads,
            sender=sender,
            receiver=receiver,
            at=case.at,
            exercise=True,
            drafted_by=practice.PEOPLE[sender],
            approved_by=None,
            regarding=request.digest,
            body={"text": "Progress of the matter, in a few words. " * 12},
        )
        said = messages.parse(payload, jws.sign(payload, key=keys.signing(sender), typ=messages.TYP))
        case.messages[said.digest] = said
        case.logs[sender[:3]].add(said.digest)
        case._receipt(said)
        heads = (said.digest,)
    return case


def _commands(file: Path) -> dict[str, list[str]]:
    found = {
        "rogatory verify": [str(Path(sys.executable).with_name("rogatory")), "verify", str(file)],
        "sha256sum": ["sha256sum", str(file)],
        "unzip -t": ["unzip", "-tqq", str(file)],
    }
    return {name: command for name, command in found.items() if shutil.which(command[0])}


def _once(command: Sequence[str]) -> Times:
    before, begin = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begin, os.times()
    return wall, _children(after) - _children(before)


def _children(at: os.times_result) -> float:
    return at.children_user + at.children_system


def _row(name: str, count: int, size: int, found: Sequence[Times]) -> tuple[str, ...]:
    walls, used = zip(*found, strict=True)
    return (name, f"{count:,}", f"{size / 1e6:.1f}", f"{median(walls):.2f}", spread(walls), f"{median(used):.2f}")
