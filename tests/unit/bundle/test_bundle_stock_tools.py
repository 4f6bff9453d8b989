"""What spec/bundle.md promises of stock tools: its own commands are run on the bundle of the vectors."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from practice_keys import PLAIN, VNM

ROOT = Path(__file__).parents[3]
BUNDLE = ROOT / "vectors" / "bundle" / "good.zip"


def commands() -> list[str]:
    page = (ROOT / "spec" / "bundle.md").read_text(encoding="utf-8")
    block = re.search(r"## With stock tools\n\n((?:    .*\n)+)", page)
    assert block
    return [line.strip() for line in block[1].splitlines()]


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    for tool in ("unzip", "jq", "age", "sha256sum", "base64"):
        if shutil.which(tool) is None:
            pytest.skip(f"the stock tool {tool} is not installed here")
    shutil.copy(BUNDLE, tmp_path / "case.zip")
    (tmp_path / "key.txt").write_text(PLAIN[VNM].reveal() + "\n", encoding="utf-8")
    run(commands()[0].partition(" && ")[0], tmp_path)
    shutil.copy(tmp_path / "key.txt", tmp_path / "case")
    return tmp_path / "case"


def run(command: str, folder: Path) -> str:
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_digests_of_the_index_are_those_of_the_files(unpacked: Path) -> None:
    said = run(commands()[1], unpacked)
    assert len(said.splitlines()) == len(json.loads((unpacked / "bundle.json").read_bytes())["members"])
    assert all(line.endswith(": OK") for line in said.splitlines())


def test_a_stock_age_opens_the_exhibit_and_its_digest_is_the_manifests(unpacked: Path) -> None:
    opened = run(commands()[2], unpacked).split()[0]
    told = json.loads(run(commands()[3], unpacked))
    assert told["sha256"] == opened
