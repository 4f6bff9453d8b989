"""Changing what node.toml says of authorities: those lines and the serial, and nothing else."""

import os
import tomllib
from pathlib import Path

import pytest

from rogatory.cli.setting import NewNode, node_toml
from rogatory.stores.nodefile import NodeFileUnknown, Values, change_authorities

NEW = NewNode(
    state="KEN", name="Kenya", address="https://node.example", exercise=True, clock_ahead=0, languages=("en",)
)
CHANGE: dict[str, Values] = {
    "KEN/central-authority": {"name_fr": 'Autorité "centrale" \\ 1', "languages": ("en", "fr")}
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "node.toml"
    made.write_text(node_toml(NEW, os.urandom) + '\n[blobs]\nplace = "here"\n', encoding="utf-8")
    return made


def test_only_the_values_named_and_the_serial_change(path: Path) -> None:
    before = tomllib.loads(path.read_text("utf-8"))
    change_authorities(path, CHANGE, serial=7)
    after = tomllib.loads(path.read_text("utf-8"))
    central = next(one for one in before["authorities"] if one["id"] == "KEN/central-authority")
    central.update(name_fr='Autorité "centrale" \\ 1', languages=["en", "fr"])
    assert after == {**before, "serial": 7}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("changes", [{"KEN/nobody": {"name_en": "x"}}, {"KEN/contact-point": {"motto": "x"}}])
def test_a_file_that_does_not_have_the_line_is_left_as_it_is(path: Path, changes: dict[str, dict[str, str]]) -> None:
    before = path.read_bytes()
    with pytest.raises(NodeFileUnknown):
        change_authorities(path, changes, serial=7)
    assert path.read_bytes() == before
