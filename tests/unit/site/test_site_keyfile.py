"""The keys of a process that runs for months: opened once, and again as soon as their file was replaced."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rogatory.cli import setting
from rogatory.sealing.keystore import Keystore, WrongPassphrase, new_keystore
from rogatory.site import keyfile
from rogatory.site.freshfile import FreshFile, stamp_of
from rogatory.site.keyfile import NoKeys, NoPassphrase, Unlocked

AT = datetime(2028, 3, 1, tzinfo=UTC)


def put(folder: Path, passphrase: str) -> Keystore:
    keys = new_keystore("VNM", [], at=AT, random=os.urandom)
    setting.write_keys(folder, keys, passphrase=f"machine-made-{passphrase}", random=os.urandom)
    return keys


def tell(folder: Path, passphrase: str) -> None:
    setting.write_durably(folder / "passphrase", f"machine-made-{passphrase}\n".encode())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROGATORY_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    tell(tmp_path, "one")
    return tmp_path


def test_keys_are_opened_once_and_again_when_they_were_replaced(folder: Path) -> None:
    first = put(folder, "one")
    unlock = Unlocked(folder)
    held = unlock()
    assert held.same_as(first)
    assert unlock() is held
    second = put(folder, "one")
    assert unlock().same_as(second)
    assert not second.same_as(first)


def test_the_passphrase_may_be_taken_away_once_the_keys_are_open(folder: Path) -> None:
    put(folder, "one")
    unlock = Unlocked(folder)
    held = unlock()
    (folder / "passphrase").unlink()
    assert unlock() is held
    put(folder, "one")
    with pytest.raises(NoPassphrase):
        unlock()
    tell(folder, "one")
    unlock()


def test_keys_that_were_taken_away_are_not_used_any_more(folder: Path) -> None:
    put(folder, "one")
    unlock = Unlocked(folder)
    unlock()
    (folder / "keys.age").unlink()
    with pytest.raises(NoKeys):
        unlock()
    put(folder, "one")
    unlock()


def test_a_wrong_passphrase_is_tried_once_until_a_file_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "two")
    opened: list[str] = []
    real = Keystore.from_bytes

    def counted(data: bytes, passphrase: str) -> Keystore:
        opened.append(passphrase)
        return real(data, passphrase)

    monkeypatch.setattr(keyfile.Keystore, "from_bytes", counted)
    unlock = Unlocked(folder)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            unlock()
    assert len(opened) == 1
    tell(folder, "two")
    unlock()
    assert opened == ["machine-made-one", "machine-made-two"]


def test_a_passphrase_that_is_replaced_while_the_keys_are_opened_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = put(folder, "two")
    real = Keystore.from_bytes

    def late(data: bytes, passphrase: str) -> Keystore:
        tell(folder, "two")
        return real(data, passphrase)

    monkeypatch.setattr(keyfile.Keystore, "from_bytes", late)
    assert keyfile.unlock(folder).same_as(keys)


def test_a_file_is_read_again_only_when_it_is_another(tmp_path: Path) -> None:
    path, reads = tmp_path / "file", []

    def read() -> str:
        reads.append(1)
        return path.read_text()

    fresh = FreshFile(path, read)
    setting.write_durably(path, b"one")
    assert [fresh(), fresh(), len(reads)] == ["one", "one", 1]
    setting.write_durably(path, b"two")
    assert [fresh(), fresh(), len(reads)] == ["two", "two", 2]
    assert stamp_of(tmp_path / "none") is None
