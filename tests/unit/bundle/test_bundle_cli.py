"""`rogatory verify` as a process: what it prints, how it ends, and what it never loads."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from practice_case import PracticeCase
from practice_keys import FRA, PLAIN, VNM, signing

from rogatory.sealing import cards

FINGERPRINTS = {state: cards.fingerprint(signing(state).public) for state in ("VNM", "FRA")}
BOTH = [word for state, told in FINGERPRINTS.items() for word in ("--trust", f"{state}={told}")]


def rogatory(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "rogatory", "verify", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
    )


@pytest.fixture(scope="module")
def file(bundle: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "case.zip"
    path.write_bytes(bundle)
    return path


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "key.txt"
    path.write_text(f"# created: 2030\n\n{PLAIN[FRA].reveal()}\n{PLAIN[VNM].reveal()}\n", encoding="utf-8")
    return path


def test_a_good_bundle_ends_with_status_0_and_prints_eight_steps(file: Path) -> None:
    done = rogatory(file, *BOTH)
    assert (done.returncode, done.stderr) == (0, "")
    steps = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [line.split()[:2] for line in steps] == [[str(number), "pass"] for number in range(1, 9)]
    assert "VERIFIED: " in done.stdout
    assert "EXERCISE" in done.stdout


def test_the_report_comes_in_french(file: Path) -> None:
    done = rogatory(file, "--lang", "fr")
    assert done.returncode == 0
    assert "VÉRIFIÉ, si les empreintes" in done.stdout
    assert "EXERCICE" in done.stdout


def test_the_evidence_is_opened_with_a_key_from_a_file(file: Path, key: Path) -> None:
    assert "It opens with the key given" in rogatory(file, "--identity", key).stdout


def test_machine_output_is_one_object_and_nothing_else(file: Path, key: Path) -> None:
    done = rogatory(file, "--json", "--identity", key, *BOTH)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr, found["verified"], found["fingerprints_compared"]) == (0, "", True, True)
    assert [rung["outcome"] for rung in found["rungs"]] == ["pass"] * 8


def test_one_changed_byte_ends_with_status_5_and_names_the_member(bundle: bytes, tmp_path: Path) -> None:
    changed = bytearray(bundle)
    changed[bundle.index(b"age-encryption.org") + 5000] ^= 1
    path = tmp_path / "changed.zip"
    path.write_bytes(changed)
    done = rogatory(path)
    assert done.returncode == 5
    assert "sealed.age" in done.stdout
    assert "wrong-part-digest" in done.stdout
    assert "NOT VERIFIED: step 1, 6 failed." in done.stdout
    found = json.loads(rogatory(path, "--json").stdout)
    assert found["verified"] is False
    assert found["rungs"][0]["error"]["code"] == "bundle-container"


def test_another_fingerprint_ends_with_status_5(file: Path) -> None:
    done = rogatory(file, "--trust", f"FRA={FINGERPRINTS['VNM']}")
    assert done.returncode == 5
    assert "bundle-fingerprint" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["nowhere.zip"], 3, "no-such-file"),
        ([], 2, "usage"),
        (["{file}", "--trust", "FRA"], 2, "STATE=FINGERPRINT"),
        (["{file}", "--lang", "de"], 2, "invalid choice"),
        (["{file}", "--identity", "nokey.txt"], 3, "no-such-file"),
        (["{file}", "--identity", "{file}"], 2, "bad-input"),
        (["{file}", "--trust", "FRA=AAAAA-AAAAA", "--trust", "FRA=BBBBB-BBBBB"], 2, "trust-twice"),
    ],
)
def test_what_cannot_be_used_ends_with_its_own_status(file: Path, arguments: list[str], status: int, told: str) -> None:
    done = rogatory(*(one.replace("{file}", str(file)) for one in arguments))
    assert done.returncode == status
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistyped_secret_is_refused_by_its_line_and_not_repeated(file: Path, tmp_path: Path) -> None:
    secret = PLAIN[VNM].reveal()[:-1] + "Q"
    path = tmp_path / "key.txt"
    path.write_text(f"# a key\n{secret}\n", encoding="utf-8")
    done = rogatory(file, "--identity", path)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert secret[:30] not in done.stderr + done.stdout


def test_errors_are_an_object_for_machines_too(tmp_path: Path) -> None:
    found = json.loads(rogatory(tmp_path / "nowhere.zip", "--json").stdout)
    assert found["error"]["code"] == "no-such-file"


def test_nothing_in_a_bundle_steers_the_terminal(tmp_path: Path) -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(FRA, "new\x1b[31m\u202ekind", {}, regarding=request.digest)
    path = tmp_path / "case.zip"
    path.write_bytes(case.bundle())
    done = rogatory(path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "new\N{REPLACEMENT CHARACTER}[31m" in done.stdout


def test_a_reader_that_stops_early_is_no_error(file: Path) -> None:
    command = f"set -o pipefail; '{sys.executable}' -m rogatory verify '{file}' | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_cannot_be_checked_and_says_so() -> None:
    command = f"cat /dev/null | '{sys.executable}' -m rogatory verify /dev/stdin"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "cannot-read" in done.stderr


def test_neither_django_nor_the_command_line_nor_the_network_is_loaded(file: Path) -> None:
    code = (
        "import sys; from rogatory.cli import verify; status = verify.run(sys.argv[1:]);"
        "wanted = {'django', 'typer', 'rich', 'httpx2', 'sqlite3', 'psycopg', 'click', 'http'};"
        "found = wanted & {name.partition('.')[0] for name in sys.modules}; assert not found, found; sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_loads_nothing_of_the_check() -> None:
    code = (
        "import sys; from rogatory.cli import verify; verify.parser().format_help();"
        "assert not [name for name in sys.modules if name.startswith(('rogatory.bundle', 'cryptography'))]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_of_a_small_bundle_takes_little_time(file: Path) -> None:
    # Processor time of the child, so that a busy machine does not decide.
    before = os.times()
    assert rogatory(file).returncode == 0
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert used < 1.5, f"{used:.2f} s of processor time ({time.process_time():.1f} s here)"
