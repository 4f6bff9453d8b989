"""The program `rogatory` as a process of its own, on a data folder of its own.

A call is a fork of a process that has loaded the program; `Program.words` are for tests that start it from nothing.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support import forked
from tests.support.forked import ROOT

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Program:
    """Calls of `rogatory` for the node in *folder*/VNM."""

    folder: Path

    @property
    def data(self) -> Path:
        """The data folder of the node."""
        return self.folder / "VNM"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a call: nothing of the tests' own node."""
        return {
            **forked.inherited(),
            "ROGATORY_DATA": str(self.data),
            "ROGATORY_PASSPHRASE_FILE": str(self.folder / "secrets" / "passphrase"),
            "ROGATORY_PASSWORD": PASSWORD,
            "ROGATORY_NEW_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "tests.support.quick_passwords",
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def call(self, *words: str, given: str | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
        """One call, its status and what it wrote."""
        return forked.run("rogatory", *words, environment=self.environment(**more), given=given or "")

    def words(self, *words: str) -> list[str]:
        """The command line of a call."""
        return [sys.executable, "-m", "rogatory", *words]

    def json(self, *words: str, given: str | None = None, **more: str) -> Any:
        """The one JSON value that a call, which must go well, wrote on standard output."""
        done = self.call("--json", *words, given=given, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout)

    def refused(self, status: int, *words: str, given: str | None = None, **more: str) -> str:
        """The code with which a call is refused with the exit status *status*."""
        done = self.call("--json", *words, given=given, **more)
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        assert done.stderr == ""
        error = json.loads(done.stdout)["error"]
        assert set(error) >= {"code", "message", "provision", "remedy"}
        assert error["message"]
        code: str = error["code"]
        return code

    def init(self) -> Any:
        """A practice node of Viet Nam, made now."""
        return self.json(
            *("init", "--state", "VNM", "--name", "Viet Nam", "--address", "http://127.0.0.1:8401"),
            *("--exercise", "2028-03-01", "--language", "en", "--admin", "giang", "--admin-name", "Đỗ Giang"),
        )

    def add(self, login: str, *roles: str) -> None:
        """One more account at the contact point."""
        named = [word for role in roles for word in ("--role", role)]
        who = ("--full-name", login.title(), "--authority", "VNM/contact-point")
        self.json("user", "add", login, *who, *named, "--as", "giang")
