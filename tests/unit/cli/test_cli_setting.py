"""Making a node: all of it, or none; and changing its serial number."""

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rogatory.cli import setting
from rogatory.errors import BadInput

NEW = setting.NewNode(
    state="VNM",
    name='Viet "Nam" \\ South',
    address="http://127.0.0.1:8401",
    exercise=True,
    clock_ahead=86400,
    languages=("en", "vi"),
)
AT = datetime(2028, 3, 1, 9, tzinfo=UTC)


def test_a_node_is_not_there_before_its_database_is(tmp_path: Path) -> None:
    seen: list[bool] = []

    def before_last() -> None:
        seen.append((tmp_path / "node.toml").exists())
        raise BadInput

    with pytest.raises(BadInput):
        setting.make(tmp_path, NEW, passphrase="long enough", at=AT, random=os.urandom, before_last=before_last)
    assert seen == [False]
    assert not (tmp_path / "node.toml").exists()
    setting.make(tmp_path, NEW, passphrase="long enough", at=AT, random=os.urandom)
    assert tomllib.loads((tmp_path / "node.toml").read_text())["name"] == NEW.name


def test_a_node_is_never_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text("serial = 1\n")
    with pytest.raises(setting.NodeExists):
        setting.make(tmp_path, NEW, passphrase="long enough", at=AT, random=os.urandom)
    assert not (tmp_path / "keys.age").exists()


def test_the_serial_number_alone_is_raised(tmp_path: Path) -> None:
    text = "# my own remark\nserial = 9\nname = 'x'\n"
    (tmp_path / "node.toml").write_text(text)
    assert setting.raise_serial(tmp_path) == 10
    assert (tmp_path / "node.toml").read_text() == text.replace("9", "10")


def test_a_node_file_without_serial_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text("name = 'x'\n")
    with pytest.raises(setting.NoSerial):
        setting.raise_serial(tmp_path)
