"""Official copies by command: loaded with every difference shown, read beside our words, compared, removed."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import official_texts as texts
from tests.support.rogatory_process import Program

from rogatory.cli import app
from rogatory.site.commands import Site

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A node with an administrator and a lawyer."""
    program = Program(tmp_path_factory.mktemp("cli-law"))
    program.init()
    program.add("an", "drafter")
    return program


@pytest.fixture
def french(tmp_path: Path) -> str:
    """A made-up French copy of the Convention that lacks 42(9)."""
    file = tmp_path / "convention.md"
    file.write_text(texts.markdown(texts.without(texts.parts("uncc", "fr"), "42(9)")), encoding="utf-8")
    return str(file)


def told(value: Any) -> list[tuple[str, str]]:
    return [(one["kind"], one["number"]) for one in value["differences"]]


def test_a_copy_is_loaded_shown_compared_and_removed(desk: Program, french: str, tmp_path: Path) -> None:
    load = ("law", "load", french, "--instrument", "uncc", "--lang", "fr")
    assert desk.refused(4, *load, "--as", "an") == "role-missing"
    tried = desk.json(*load, "--dry-run")
    assert (tried["kept"], told(tried)) == (False, [("missing", "42(9)")])
    assert desk.json("law", "copies") == []
    assert desk.refused(3, "law", "compare", "uncc") == "no-such-copy"

    kept = desk.json(*load, "--as", "giang")
    assert (kept["kept"], kept["replaced"], kept["copy"]["articles"]) == (True, False, 68)
    assert desk.json(*load, "--as", "giang")["replaced"] is True
    (row,) = desk.json("law", "copies")
    assert (row["instrument"], row["lang"], row["loaded_by"]) == ("uncc", "fr", "giang")

    shown = desk.json("law", "show", "uncc", "42(8)")
    (official,) = shown["official"]
    assert (shown["number"], official["lang"], official["provisions"][0]["number"]) == ("42(8)", "fr", "42(8)")
    assert "soixante" in official["provisions"][0]["text"]
    assert desk.json("law", "show", "uncc", "42")["official"][0]["title"]
    assert "convention.md" in desk.call("law", "show", "uncc", "42(8)").stdout
    assert told(desk.json("law", "compare", "uncc", "42", "--lang", "fr")[0]) == [("missing", "42(9)")]
    assert told(desk.json("law", "compare", "uncc", "43")[0]) == []

    assert desk.refused(2, "law", "compared", "42(8)", "--as", "an") == "no-verdict"
    assert desk.refused(2, "law", "compared", "42(8)", "--differs", "--as", "an") == "bad-comparison"
    desk.json("law", "compared", "42(8)", "--agrees", "--note", "Word by word.", "--as", "an")
    (made,) = desk.json("law", "show", "uncc", "42(8)")["official"][0]["comparisons"]
    assert (made["row"]["by"], made["row"]["verdict"], made["same_copy"]) == ("an", "agrees", True)

    assert desk.refused(4, "law", "unload", "uncc", "--lang", "fr", "--as", "an") == "role-missing"
    desk.json("law", "unload", "uncc", "--lang", "fr", "--as", "giang")
    assert desk.json("law", "copies") == []
    assert desk.json("law", "show", "uncc", "42(8)")["official"] == []


def test_nothing_of_a_bad_copy_is_kept(desk: Program, tmp_path: Path) -> None:
    big, other, empty = tmp_path / "big.pdf", tmp_path / "untoc.txt", tmp_path / "empty.txt"
    with big.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    other.write_text(texts.plain(texts.parts("untoc", "en")), encoding="utf-8")
    empty.write_bytes(b"")
    cases = [
        (2, big, "en", "document-too-large"),
        (2, other, "en", "copy-other-instrument"),
        (2, other, "fr", "copy-other-language"),
        (2, empty, "en", "document-empty"),
        (3, tmp_path / "nowhere.pdf", "en", "no-such-file"),
    ]
    for status, path, lang, code in cases:
        words = ("law", "load", str(path), "--instrument", "uncc", "--lang", lang, "--as", "giang")
        assert desk.refused(status, *words) == code
    assert desk.json("law", "copies") == []


def test_without_a_node_a_copy_can_be_tried_and_provisions_are_shown(
    tmp_path: Path, french: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "no-node"))
    assert app.run(["law", "load", french, "--dry-run", "--json"], Site()) == 0
    tried = json.loads(capsys.readouterr().out)
    assert (tried["copy"]["lang"], told(tried)) == ("fr", [("missing", "42(9)")])
    assert app.run(["law", "show", "uncc", "42(8)", "--json"], Site()) == 0
    assert json.loads(capsys.readouterr().out)["official"] == []
    assert app.run(["law", "copies", "--json"], Site()) == 2
    capsys.readouterr()
    assert app.run(["status", "show", "--lang", "ru", "--json"], Site()) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage"
