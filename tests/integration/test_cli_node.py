"""Making a node and its people by command, each call a process of its own."""

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.support.rogatory_process import Program

from rogatory.exercise.node import free_port

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A node with an administrator and a drafter."""
    program = Program(tmp_path_factory.mktemp("cli-node"))
    program.init()
    program.add("an", "drafter")
    return program


def test_a_making_that_was_killed_half_way_can_be_repeated(tmp_path: Path) -> None:
    program = Program(tmp_path)
    words = ("init", "--state", "VNM", "--name", "Viet Nam", "--address", "http://127.0.0.1:1", "--admin", "giang")
    killed = subprocess.Popen(
        program.words(*words), env=program.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not (program.data / "db.sqlite3").exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    killed.kill()
    killed.communicate()
    assert (program.data / "keys.age").exists()
    assert not (program.data / "node.toml").exists()
    assert program.refused(2, "card", "show") == "no-node-here"
    told = program.init()
    assert told["passphrase_made"] is False
    assert program.json("card", "show")["fingerprint"] == told["fingerprint"]
    assert [one["name"] for one in program.json("user", "list", "--as", "giang")] == ["giang"]


def test_only_its_owner_reaches_into_the_data_folder(made: Program) -> None:
    assert made.data.stat().st_mode & 0o777 == 0o700
    assert (made.data / "keys.age").stat().st_mode & 0o777 == 0o600


def test_a_weak_password_leaves_no_node(tmp_path: Path) -> None:
    program = Program(tmp_path)
    words = ("init", "--state", "VNM", "--name", "Viet Nam", "--address", "http://127.0.0.1:1", "--admin", "giang")
    assert program.refused(2, *words, ROGATORY_PASSWORD="short") == "bad-account"
    assert program.refused(2, *words, "--state", "Vietnam") == "bad-identifier"
    assert program.refused(2, *words, ROGATORY_PASSPHRASE_FILE="") == "bad-input"
    assert not (program.data / "node.toml").exists()
    passphrase = tmp_path / "secrets" / "passphrase"
    assert passphrase.stat().st_mode & 0o777 == 0o600
    assert len(passphrase.read_text().strip()) >= 40


def test_a_node_is_never_made_over_another(made: Program) -> None:
    before = (made.data / "keys.age").read_bytes()
    words = ("init", "--state", "VNM", "--name", "Viet Nam", "--address", "http://127.0.0.1:1", "--admin", "giang")
    assert made.refused(2, *words) == "node-exists"
    assert (made.data / "keys.age").read_bytes() == before


def test_only_who_knows_the_password_acts(made: Program) -> None:
    assert made.refused(4, "--as", "an", "case", "list", ROGATORY_PASSWORD="another password") == "wrong-log-in"
    assert made.refused(4, "--as", "nobody", "case", "list") == "wrong-log-in"
    assert made.refused(2, "case", "list") == "nobody-named"
    assert made.refused(2, "--as", "an", "case", "list", ROGATORY_PASSWORD="") == "no-password"


def test_a_password_is_read_from_a_file_before_the_environment(made: Program, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("another password\n")
    assert made.refused(4, "--as", "an", "case", "list", ROGATORY_PASSWORD_FILE=str(file)) == "wrong-log-in"
    assert (
        made.refused(3, "--as", "an", "case", "list", ROGATORY_PASSWORD_FILE=str(tmp_path / "none")) == "no-such-file"
    )


def test_a_role_that_is_missing_is_said(made: Program) -> None:
    assert made.refused(4, "--as", "an", "user", "list") == "role-missing"
    assert made.refused(4, "--as", "giang", "case", "list") == "role-missing"
    assert made.refused(4, "--as", "an", "audit") == "role-missing"


def test_an_account_that_was_disabled_opens_nothing(made: Program) -> None:
    made.add("gone", "auditor")
    assert made.json("--as", "gone", "audit", "--subject", "gone")[0]["action"] == "audit:record:read"
    made.json("--as", "giang", "user", "disable", "gone")
    assert made.refused(4, "--as", "gone", "audit") == "wrong-log-in"
    assert made.refused(2, "--as", "giang", "user", "disable", "giang") == "bad-input"
    assert made.refused(3, "--as", "giang", "user", "disable", "nobody") == "no-such-account"


def test_an_error_for_a_person_stands_on_standard_error_with_its_remedy(made: Program) -> None:
    done = made.call("--as", "an", "user", "list")
    assert (done.returncode, done.stdout) == (4, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("error [role-missing]: An does not hold the role of administrator")
    assert second.startswith("→ ")


def test_a_command_that_is_misused_says_so_as_json_too(made: Program) -> None:
    assert made.refused(2, "case", "show") == "usage"
    assert made.refused(2, "--lang", "de", "law", "list") == "usage"
    assert made.call("case", "show").returncode == 2


def test_the_law_is_read_without_a_node(tmp_path: Path) -> None:
    program = Program(tmp_path)
    assert program.json("law", "show", "uncc", "42(8)")["number"] == "42(8)"
    assert program.refused(3, "law", "show", "uncc", "99(1)") == "unknown-provision"
    assert not program.data.exists()


def test_fresh_keys_make_a_newer_card_of_the_same_identity(made: Program) -> None:
    old = made.json("card", "show")
    assert made.refused(4, "--as", "an", "keys", "rotate", "VNM/contact-point") == "role-missing"
    told = made.json("--as", "giang", "keys", "rotate", "VNM/contact-point")
    new = made.json("card", "show")
    assert (new["fingerprint"], new["serial"]) == (old["fingerprint"], old["serial"] + 1)
    kid = new["authorities"][0]["signing"][-1]["kid"]
    assert told["kid"] == kid != old["authorities"][0]["signing"][-1]["kid"]
    made.json("--as", "giang", "keys", "revoke", kid)
    last = made.json("card", "show")
    assert [key["revoked"] is None for key in last["authorities"][0]["signing"]] == [True, False, True]
    assert made.refused(3, "--as", "giang", "keys", "revoke", "nothing") == "no-signing-key"


def test_the_node_is_served_until_it_is_told_to_end(made: Program) -> None:
    port = free_port()
    process = subprocess.Popen(
        made.words("--json", "serve", "--port", str(port)),
        env=made.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = json.JSONDecoder().raw_decode("".join(process.stdout.readline() for _ in range(5)))[0]
        assert line["desk"] == f"http://127.0.0.1:{port}/"
        assert _answers(f"http://127.0.0.1:{port}/node/v1/card")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.communicate()


def _answers(address: str) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_a_command_that_is_interrupted_ends_with_130(made: Program) -> None:
    # It waits for the contents, which never come.
    asked = ("request", "new", "--measure", "preservation", "--to", "FRA/contact-point", "--contents", "-")
    words = made.words("--as", "an", *asked)
    # Where the tests themselves run in the background, an interrupt is ignored, and children inherit that.
    heeding = (
        "import signal, os, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    )
    before = _noted(made)
    process = subprocess.Popen(
        [sys.executable, "-c", heeding, *words],
        env=made.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while _noted(made) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    # The log-in is noted just before it waits; a person would press the keys again, but not while Python is ending.
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
    process.communicate()
    assert process.returncode == 130


def _noted(program: Program) -> int:
    """How many rows the access record has."""
    with contextlib.closing(sqlite3.connect(program.data / "db.sqlite3")) as database:
        found: int = database.execute("SELECT count(*) FROM stores_auditevent").fetchone()[0]
    return found


def _heeds(process: int, number: signal.Signals) -> bool:
    """Whether the process has a handler of its own for the signal."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (number - 1) & 1)


def test_the_worker_runs_as_a_process_of_its_own_and_ends_when_told(made: Program) -> None:
    process = subprocess.Popen(
        made.words("worker"), env=made.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not _heeds(process.pid, signal.SIGTERM) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0, told.decode()
