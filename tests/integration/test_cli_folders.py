"""Folders and extracts by command: unpacked with where they come from, and released in part."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import accept
from tests.integration.test_cli_custody import Desk
from tests.support.given_folders import BLOCK, People, World, contents_of, make_evidence
from tests.support.partner import Partner

from rogatory.cli import app
from rogatory.node.context import Node

pytestmark = pytest.mark.any_database
Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(node: Node, people: People, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the program as the custodian; its exit status, what it printed, and what it said of an error."""
    monkeypatch.setenv("ROGATORY_PASSWORD", "any")

    def called(*words: str, as_json: bool = True) -> tuple[int, Any, str]:
        options = ["--as", "custodian", *(["--json"] if as_json else [])]
        status = app.run([*options, *words], Desk(node, people))  # type: ignore[arg-type]
        told = capsys.readouterr()
        return status, json.loads(told.out) if as_json and told.out else told.out, told.err

    return called


@pytest.fixture
def world(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], start: datetime) -> World:
    kenya = accept(node, people, Partner("KEN", since=start - timedelta(days=30)), start)
    return World(node, people, france, our_recipients, kenya)


def test_a_folder_is_opened_into_a_new_one_and_nothing_is_overwritten(world: World, call: Call, tmp_path: Path) -> None:
    got, out = world.folder(make_evidence(tmp_path / "evidence")), str(tmp_path / "out")
    status, said, _ = call("exhibit", "open", got.id, "--purpose", "To read it", "--into", out)
    assert (status, said["members"], said["not_made"], said["origin"]) == (0, 8, [], [])
    assert (tmp_path / "out" / "mail" / "a.eml").read_bytes() == b"From: a"
    status, said, error = call("exhibit", "open", got.id, "--purpose", "To read it", "--into", out)
    assert (status, "folder-exists" in f"{said}{error}") == (2, True)
    other = str(tmp_path / "other")
    status, said, error = call("exhibit", "open", got.id, "--purpose", "Again", "--into", other, "--at-most", "100")
    assert (status, "archive-too-large" in f"{said}{error}", (tmp_path / "other").exists()) == (2, True, False)
    assert call("exhibit", "open", got.id, "--purpose", "Again", "--into", other, "--out", other)[0] == 2


def test_a_part_of_a_folder_is_released_by_command(world: World, call: Call, tmp_path: Path) -> None:
    got = world.folder(make_evidence(tmp_path / "evidence"))
    what = ("--to", world.asked.request.case, "--purpose", "What Kenya asked for", "--left-out", "All but the mail")
    status, said, _ = call("exhibit", "extract", got.id, "--path", "mail/*.eml", *what)
    assert status == 0
    made = said["manifest"]
    assert (made["derived"]["exhibit"], made["name"]) == (got.id, "extract-of-evidence.tar")
    assert made["contents"]["count"] == 5
    shown = call("exhibit", "extract", got.id, "--path", "notes.txt", *what, as_json=False)[1]
    assert "rogatory exhibit deliver" in shown
    for wrong in ((), ("--path", "mail", "--range", "0:1"), ("--range", "5")):
        assert call("exhibit", "extract", got.id, *wrong, *what)[0] == 2


def test_a_stretch_of_a_file_is_released_by_command(world: World, call: Call) -> None:
    got = world.file()
    what = ("--to", world.asked.request.case, "--purpose", "What Kenya asked for", "--left-out", "The rest")
    status, said, _ = call("exhibit", "extract", got.id, "--range", f"0:{BLOCK}", *what, "--name", "first.tar")
    assert (status, said["manifest"]["name"], said["manifest"]["contents"]["count"]) == (0, "first.tar", 1)


def test_an_extract_says_where_it_comes_from(world: World, call: Call, tmp_path: Path) -> None:
    got, out = world.extract_of_france(make_evidence(tmp_path / "evidence"), "mail/*.eml"), str(tmp_path / "out")
    status, said, _ = call("exhibit", "open", got.id, "--purpose", "To read it", "--into", out)
    assert (status, said["members"]) == (0, 5)
    first, left_out, signed = (words["fr"] for words in said["origin"])
    assert "scellée par KEN/contact-point" in first
    assert left_out == "Laissé de côté : All that is private"
    assert "5 mentions sont signés" in signed
    found = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")}
    assert found == {"mail/a.eml", "mail/b.eml", "mail/deep/c.eml"}


def test_what_somebody_else_has_extracted_is_not_unpacked(world: World, call: Call, tmp_path: Path) -> None:
    got, out = world.folder(make_evidence(tmp_path / "evidence")), str(tmp_path / "out")
    made, data, _ = world.extract(got.id, paths=("mail/a.eml",))
    stolen = world.received(data, lambda key: contents_of(data, key), derived=made.derived)
    status, said, error = call("exhibit", "open", stolen.id, "--purpose", "To check", "--into", out)
    assert (status != 0, "does not say that FRA" in f"{said}{error}", (tmp_path / "out").exists()) == (
        True,
        True,
        False,
    )
    assert "opened" not in stolen.custody(stolen.id)
