"""The verifier on a machine that has Python, two libraries of cryptography and JSON, and nothing else of ours."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GOOD = ROOT / "vectors" / "bundle" / "good.zip"
NEEDED = ("rogatory", "cryptography", "_cffi_backend", "rfc8785", "tomli")
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from rogatory.__main__ import main; main()"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with links to what the verifier needs; compiled packages keep a module of a cryptic name beside them."""
    folder = tmp_path / "packages"
    folder.mkdir()
    for name in NEEDED:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        found = Path(spec.origin)
        found = found.parent if found.name.startswith("__init__.") else found
        (folder / found.name).symlink_to(found)
        for beside in found.parent.glob("*__mypyc*"):
            if not (folder / beside.name).exists():
                (folder / beside.name).symlink_to(beside)
    return folder


def verify(bare: Path, bundle: Path) -> subprocess.CompletedProcess[str]:
    # -I and -S: no environment, no folder of installed packages.
    command = [sys.executable, "-I", "-S", "-c", RUN, str(bare), "verify", str(bundle)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_bundle_verifies_with_python_and_two_libraries(bare: Path) -> None:
    done = verify(bare, GOOD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()


def test_an_altered_bundle_is_refused_there_too(bare: Path, tmp_path: Path) -> None:
    data = bytearray(GOOD.read_bytes())
    data[len(data) // 2] ^= 1
    altered = tmp_path / "altered.zip"
    altered.write_bytes(data)
    assert verify(bare, altered).returncode == 5


def test_nothing_else_that_is_installed_can_be_seen_there(bare: Path) -> None:
    script = "import sys; sys.path.insert(0, sys.argv.pop(1)); import django"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, str(bare)], capture_output=True, check=False)
    assert b"No module named 'django'" in done.stderr
