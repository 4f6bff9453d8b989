"""Two practice nodes as real processes on loopback, Viet Nam and France, who hold each other's cards.

Both are made once for all pairs of this process, with one account a role, and copied; a pair of its own gets addresses
of its own, and cards that say so.

`python -m tests.support.practice_pair make FOLDER STATE NAME` makes a node, `... card FOLDER STATE` writes its card,
and `... accept FOLDER STATE CARD` accepts a partner's. Each runs in its own process, because a process serves one node.
"""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support import forked
from tests.support.forked import ROOT

PASSWORD = "a long practice password"
PRACTICE_DAY = datetime(2028, 3, 1, tzinfo=UTC)
NAMES = {
    "VNM": ("Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu", "Phạm Quốc Dũng", "Võ Thị Em", "Đỗ Giang"),
    "FRA": ("Camille Martin", "Dominique Petit", "Lucie Bernard", "Henri Dubois", "Aline Faure", "Marc Leroy"),
}
_ITSELF = "tests.support.practice_pair"
ROLES = ("drafter", "approver", "duty-officer", "custodian", "auditor", "administrator")


@dataclass
class RunningNode:
    """One node that answers at *address*."""

    state: str
    address: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None


def make_pair(folder: Path) -> tuple[RunningNode, RunningNode]:
    """Viet Nam and France, made but not started."""
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    nodes = [
        RunningNode(state=state, address=f"http://127.0.0.1:{_free_port()}", folder=folder / state)
        for state in ("VNM", "FRA")
    ]
    for node in nodes:
        facts = node.folder / "node.toml"
        text = facts.read_text(encoding="utf-8")
        facts.write_text(re.sub("(?m)^address = .*$", f'address = "{node.address}"', text), encoding="utf-8")
        _run(node.folder, _ITSELF, "card", str(folder), node.state)
    for node, other in (nodes, reversed(nodes)):
        _run(node.folder, _ITSELF, "accept", str(folder), node.state, str(folder / f"{other.state}.card"))
    return nodes[0], nodes[1]


@cache
def _made() -> Path:
    """Both nodes in a folder that is copied for each pair."""
    folder = Path(tempfile.mkdtemp(prefix="rogatory-pair-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "passphrase").write_text("machine-made-for-tests-only\n", encoding="utf-8")
    for state, name in (("VNM", "Viet Nam"), ("FRA", "France")):
        _run(folder / state, _ITSELF, "make", str(folder), state, name)
    return folder


def start(node: RunningNode, **more: str) -> None:
    """Start *node* with its worker inside and *more* in its environment, and wait until it answers."""
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", node.address.rpartition(":")[2]]
    with (node.folder / "log").open("wb") as log:
        node.process = subprocess.Popen(
            [sys.executable, "-m", *command, "--blocking-threads", "4", "rogatory.site.wsgi:application"],
            env={**_environment(node.folder), **more},
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urlopen(f"{node.address}/accounts/login/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError((node.folder / "log").read_text(encoding="utf-8"))


def run_in(node: RunningNode, program: str) -> None:
    """Run *program*, Python text, as a process of *node*."""
    file = node.folder / "program.py"
    file.write_text(program, encoding="utf-8")
    _run(node.folder, str(file))


def stop(node: RunningNode) -> None:
    """End the process of *node*."""
    if node.process is not None:
        node.process.terminate()
        node.process.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    return {
        **forked.inherited(),
        "ROGATORY_DATA": str(folder),
        "ROGATORY_PASSPHRASE_FILE": str(folder.parent / "passphrase"),
        "ROGATORY_WORKER": "inside",
        "DJANGO_SETTINGS_MODULE": "tests.support.quick_passwords",
        "PYTHONPATH": str(ROOT),
    }


def _run(folder: Path, module: str, *arguments: str) -> None:
    done = forked.run(module, *arguments, environment=_environment(folder))
    if done.returncode:
        raise RuntimeError(done.stderr)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _make(folder: Path, state: str, name: str) -> None:
    from rogatory.cli import setting

    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = int((PRACTICE_DAY - today).total_seconds())
    setting.make(
        folder / state,
        setting.NewNode(
            state=state,
            name=name,
            address="http://127.0.0.1:9",
            exercise=True,
            clock_ahead=ahead,
            languages=("en", "fr"),
        ),
        passphrase=(folder / "passphrase").read_text(encoding="utf-8").strip(),
        at=datetime.now(UTC) + timedelta(seconds=ahead),
        random=os.urandom,
    )
    import django

    django.setup()
    from django.core.management import call_command

    from rogatory.office import accounts

    call_command("migrate", verbosity=0)
    for role, person in zip(ROLES, NAMES[state], strict=True):
        accounts.make_account(role, PASSWORD, name=person, authority=f"{state}/contact-point", roles=[role])


def _card(folder: Path, state: str) -> None:
    import django

    django.setup()
    from rogatory.node import partners
    from rogatory.site import wiring

    (folder / f"{state}.card").write_bytes(partners.own_card(wiring.node()))


def _accept(state: str, card: Path) -> None:
    import django

    django.setup()
    from rogatory.node import partners
    from rogatory.node.people import Actor
    from rogatory.sealing import cards
    from rogatory.site import wiring

    data = card.read_bytes()
    keeper = Actor(
        id="administrator",
        name=NAMES[state][5],
        authority=f"{state}/contact-point",
        roles=frozenset({"administrator"}),
    )
    partners.add_partner(wiring.node(), keeper, data, fingerprint=cards.fingerprint(cards.read_card(data).identity))


if __name__ == "__main__":
    what, where, *more = sys.argv[1:]
    if what == "make":
        _make(Path(where), *more)
    elif what == "card":
        _card(Path(where), *more)
    else:
        _accept(more[0], Path(more[1]))
