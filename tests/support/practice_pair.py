"""Two practice nodes as real processes on loopback, Viet Nam and France, who hold each other's cards.

`python -m tests.support.practice_pair FOLDER STATE NAME PORT` makes one node with one account a role;
`python -m tests.support.practice_pair FOLDER STATE CARD` accepts a partner's card. Each runs in its own process,
because a process serves one node.
"""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PASSWORD = "a long practice password"
PRACTICE_DAY = datetime(2028, 3, 1, tzinfo=UTC)
NAMES = {
    "VNM": ("Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu", "Phạm Quốc Dũng", "Võ Thị Em", "Đỗ Giang"),
    "FRA": ("Camille Martin", "Dominique Petit", "Lucie Bernard", "Henri Dubois", "Aline Faure", "Marc Leroy"),
}
ROLES = ("drafter", "approver", "duty-officer", "custodian", "auditor", "administrator")
ROOT = Path(__file__).parents[2]


@dataclass
class RunningNode:
    """One node that answers at *address*."""

    state: str
    address: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None


def make_pair(folder: Path) -> tuple[RunningNode, RunningNode]:
    """Viet Nam and France, made but not started."""
    (folder / "passphrase").write_text("correct horse battery staple\n", encoding="utf-8")
    nodes = []
    for state, name in (("VNM", "Viet Nam"), ("FRA", "France")):
        port = _free_port()
        node = RunningNode(state=state, address=f"http://127.0.0.1:{port}", folder=folder / state)
        _run(node, "tests.support.practice_pair", str(folder), state, name, str(port))
        nodes.append(node)
    for node, other in (nodes, reversed(nodes)):
        _run(node, "tests.support.practice_pair", str(folder), node.state, str(folder / f"{other.state}.card"))
    return nodes[0], nodes[1]


def start(node: RunningNode) -> None:
    """Start *node* with its worker inside, and wait until it answers."""
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", node.address.rpartition(":")[2]]
    with (node.folder / "log").open("wb") as log:
        node.process = subprocess.Popen(
            [sys.executable, "-m", *command, "--blocking-threads", "4", "rogatory.site.wsgi:application"],
            env=_environment(node),
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
    done = subprocess.run(
        [sys.executable, "-c", program], env=_environment(node), cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())


def stop(node: RunningNode) -> None:
    """End the process of *node*."""
    if node.process is not None:
        node.process.terminate()
        node.process.wait(timeout=20)


def _environment(node: RunningNode) -> dict[str, str]:
    return {
        **os.environ,
        "ROGATORY_DATA": str(node.folder),
        "ROGATORY_PASSPHRASE_FILE": str(node.folder.parent / "passphrase"),
        "ROGATORY_WORKER": "inside",
        "DJANGO_SETTINGS_MODULE": "rogatory.site.settings",
        "DATABASE_URL": "",
    }


def _run(node: RunningNode, module: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=_environment(node), cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _make(folder: Path, state: str, name: str, port: str) -> None:
    from rogatory.cli import setting

    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = int((PRACTICE_DAY - today).total_seconds())
    setting.make(
        folder / state,
        setting.NewNode(
            state=state,
            name=name,
            address=f"http://127.0.0.1:{port}",
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

    from rogatory.node import partners
    from rogatory.office import accounts
    from rogatory.site import wiring

    call_command("migrate", verbosity=0)
    for role, person in zip(ROLES, NAMES[state], strict=True):
        accounts.make_account(role, PASSWORD, name=person, authority=f"{state}/contact-point", roles=[role])
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
    if len(sys.argv) == 5:
        _make(Path(sys.argv[1]), *sys.argv[2:])
    else:
        _accept(sys.argv[2], Path(sys.argv[3]))
