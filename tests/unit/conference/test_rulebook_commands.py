"""`rogatory conference lint`, `compare` and `rulebook`, called in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rogatory.cli import app
from rogatory.conference.rulebook import loader
from rogatory.site.commands import Site

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, str, str]:
        status = app.run(["conference", *words], Site())
        return status, *capsys.readouterr()

    return called


def test_a_delivered_rulebook_is_sound_in_both_languages(call: Call) -> None:
    status, out, _ = call("lint", "untoc")
    assert (status, "A meeting can be held under it." in out) == (0, True)
    status, out, _ = call("lint", "hanoi-draft", "--lang", "fr")
    assert (status, "Une réunion peut se tenir selon ce règlement." in out) == (0, True)
    assert "incertaine" in out


def test_a_rulebook_that_contradicts_itself_ends_with_status_1(call: Call, tmp_path: Path) -> None:
    text = loader.delivered_text("uncac").replace("precedence = 2", "precedence = 1")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    status, out, _ = call("lint", "mine.toml")
    assert status == 1
    assert "motions-same-precedence" in out
    status, out, _ = call("lint", "mine.toml", "--json")
    found = json.loads(out)
    assert (status, found["sound"]) == (1, False)
    assert [one["code"] for one in found["findings"] if one["severity"] == "error"] == ["motions-same-precedence"]


def test_a_file_that_is_no_rulebook_is_refused_with_its_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("format = 1\nid = 3\n", encoding="utf-8")
    status, out, _ = call("lint", "mine.toml", "--json")
    assert status == 2
    assert json.loads(out)["error"]["where"] == "mine.toml:2"
    assert call("lint", "missing.toml")[0] == 3
    assert call("lint", "elsewhere")[0] == 3


def test_two_rulebooks_stand_side_by_side_with_how_sure_each_rule_is(call: Call) -> None:
    status, out, _ = call("compare", "untoc", "uncac")
    assert (status, "Vice-President: how many" in out, "unsure" in out) == (0, True, True)
    found = json.loads(call("compare", "untoc", "uncac", "--json")[1])
    (row,) = [one for one in found["rows"] if one["where"] == "officers.per_group"]
    assert (row["a"]["says"]["en"], row["b"]["says"]["en"]) == ("2", "1")
    assert len(json.loads(call("compare", "untoc", "uncac", "--all", "--json")[1])["rows"]) > 300


def test_one_draft_is_compared_with_itself_under_another_answer(call: Call) -> None:
    status, out, _ = call("compare", "hanoi-draft", "hanoi-draft", "--choice-b", "bureau=five", "--json")
    found = json.loads(out)
    assert (status, found["b"]["chosen"]["bureau"]) == (0, "five")
    assert {row["where"] for row in found["rows"]} == {"officers.per_group", "officers.post.vice-president.seats"}
    assert "They are the same." in call("compare", "untoc", "untoc")[1]
    status, out, _ = call("compare", "untoc", "untoc", "--choice-a", "bureau=five", "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, "unknown-option")


def test_the_file_of_a_delivered_rulebook_can_be_had_to_write_ones_own_from(call: Call, tmp_path: Path) -> None:
    assert call("rulebook", "hanoi-draft", "--toml")[1] == loader.delivered_text("hanoi-draft")
    assert json.loads(call("rulebook", "--json")[1])[2]["id"] == "hanoi-draft"
    out = call("rulebook", "hanoi-draft", "--choice", "observers=none")[1]
    assert "* none: No participation" in out
    assert "Rule 17(2)" in out


def test_no_answer_shows_a_number_that_is_not_known_to_be_right(call: Call) -> None:
    rules = json.loads(call("rulebook", "untoc", "--json")[1])["rules"]
    assert {"name": rules[0]["name"]["en"], "id": rules[0]["id"]} == {"name": "Rule 1 (Scope)", "id": "scope"}
    assert all("number" not in rule for rule in rules)
    (closure,) = [rule for rule in rules if rule["id"] == "closure-of-debate"]
    assert closure["name"] == {"en": "rule on closure of debate", "fr": "règle sur : clôture du débat"}
