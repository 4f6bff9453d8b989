"""One node of an exercise: a data folder, a process that serves it, and its command line.

Everything is done as an operator and the people at the desk would do it: by the command `rogatory`, with a log-in.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rogatory.errors import RogatoryError, Unavailable
from rogatory.exercise.cast import Country

START_SECONDS = 30.0


class ExerciseFailed(RogatoryError):
    """A step of the exercise did not come out as it must."""

    code = "exercise-failed"


class NodeDidNotStart(Unavailable):
    """A node of the exercise did not start."""

    code = "node-did-not-start"


class ExerciseNode:
    """One practice State's node in *folder*; it listens on *port*, and others reach it at *address*."""

    def __init__(self, country: Country, folder: Path, *, port: int, address: str) -> None:
        self.country = country
        self.port = port
        self.address = address
        self.data = folder / country.state
        self._secrets = folder / f"{country.state}-secrets"
        self._log = folder / f"{country.state}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def state(self) -> str:
        """The State, as ISO 3166 alpha-3."""
        return self.country.state

    @property
    def desk(self) -> str:
        """Where the people of this State find their desk."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def passphrase_file(self) -> Path:
        """Where the passphrase of the node's keys stands."""
        return self._secrets / "passphrase"

    def set_up(self, practice_date: str) -> None:
        """Make the node and the accounts of its people."""
        self._secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        everybody = (self.country.administrator, *self.country.desk)
        for player in everybody:
            self._password(player.login)
        languages = [word for language in self.country.languages for word in ("--language", language)]
        boss = self.country.administrator
        self.run(
            *("init", "--state", self.state, "--name", self.country.name, "--address", self.address),
            *("--exercise", practice_date, "--admin", boss.login, "--admin-name", boss.name, *languages),
            who=boss.login,
        )
        for player in self.country.desk:
            roles = [word for role in player.roles for word in ("--role", role)]
            self.run(
                *("user", "add", player.login, "--full-name", player.name),
                *("--authority", f"{self.state}/contact-point", *roles),
                who=boss.login,
                newcomer=player.login,
            )

    def start(self) -> None:
        """Start the node's process and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_ROGATORY, "--data", str(self.data), "serve", "--port", str(self.port)],
                stdout=log,
                stderr=log,
                env=self._environment(None),
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End every process of the node at once, as a power cut would (SIGKILL)."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the node to end, and wait for it."""
        self._signal(signal.SIGTERM)

    def run(self, *words: str, who: str | None = None, newcomer: str | None = None) -> Any:
        """What the command `rogatory …` prints as JSON; raises `ExerciseFailed` with what it says when it fails.

        *who* acts; the practice password of *newcomer* is handed over for an account that is being made.
        """
        code, said = self.try_run(*words, who=who, newcomer=newcomer)
        if code:
            told = said.get("error", {}) if isinstance(said, Mapping) else {}
            raise ExerciseFailed(f"{self.state}: rogatory {' '.join(words[:3])}: {told.get('message', said)}")
        return said

    def try_run(self, *words: str, who: str | None = None, newcomer: str | None = None) -> tuple[int, Any]:
        """The exit status of `rogatory …`, and what it prints as JSON."""
        acting = ["--as", who] if who else []
        environment = self._environment(who)
        if newcomer:
            environment["ROGATORY_NEW_PASSWORD_FILE"] = self._password(newcomer)
        done = subprocess.run(
            [*_ROGATORY, "--data", str(self.data), "--json", *acting, *words],
            capture_output=True,
            env=environment,
            check=False,
            timeout=600,
        )
        try:
            return done.returncode, json.loads(done.stdout or b"null")
        except json.JSONDecodeError:
            return done.returncode or 1, done.stdout.decode() + done.stderr.decode()

    def verify(self, bundle: str) -> tuple[int, str]:
        """The exit status of the offline verifier on *bundle*, and what it says to a person."""
        done = subprocess.run([*_ROGATORY, "verify", bundle], capture_output=True, check=False, timeout=600)
        return done.returncode, (done.stdout + done.stderr).decode()

    def password(self, login: str) -> str:
        """The practice password of *login*."""
        return Path(self._password(login)).read_text(encoding="ascii")

    def _password(self, login: str) -> str:
        path = self._secrets / login
        if not path.exists():
            path.write_text("-".join(secrets.token_hex(2) for _ in range(3)), encoding="ascii")
            path.chmod(0o600)
        return str(path)

    def _environment(self, who: str | None) -> dict[str, str]:
        environment = {
            **os.environ,
            "ROGATORY_PASSPHRASE_FILE": str(self.passphrase_file),
            "PYTHONUNBUFFERED": "1",
        }
        for name in ("ROGATORY_DATA", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        if who:
            environment["ROGATORY_PASSWORD_FILE"] = self._password(who)
        return environment

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        self._process.wait(timeout=30)
        self._process = None

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/node/v1/card", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        tail = self._log.read_bytes()[-2000:].decode(errors="replace")
        raise NodeDidNotStart(f"the node of {self.state} did not start: {tail}")


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


_ROGATORY = (sys.executable, "-m", "rogatory")
