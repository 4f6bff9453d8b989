"""`rogatory law` without a node: searching, listing by what a provision is, showing a whole article."""

import json
from pathlib import Path
from typing import Any

import pytest

from rogatory.cli import app
from rogatory.law.loader import load_law
from rogatory.site.commands import Site

pytestmark = pytest.mark.any_database


class LawCaller:
    """Calls of `rogatory law` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def text(self, *words: str) -> str:
        assert app.run(["law", *words], Site()) == 0
        return self._capsys.readouterr().out

    def json(self, *words: str) -> Any:
        return json.loads(self.text(*words, "--json"))

    def refused(self, status: int, *words: str) -> str:
        assert app.run(["law", *words, "--json"], Site()) == status
        code: str = json.loads(self._capsys.readouterr().out)["error"]["code"]
        return code


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> LawCaller:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "no-node"))
    return LawCaller(capsys)


def test_search_finds_by_words_and_tells_how_many(law: LawCaller) -> None:
    found = law.json("search", "sixty", "days", "--instrument", "uncc")
    assert [hit["number"] for hit in found["hits"]] == ["42(8)"]
    assert (found["total"], found["how"]) == (1, "all")
    assert [piece["text"] for piece in found["hits"][0]["snippet"] if piece["hit"]] == ["sixty", "days"]


def test_search_speaks_the_language_that_is_asked_for(law: LawCaller) -> None:
    assert "conservation" in law.text("search", "42(3)(b)", "--lang", "fr")
    assert law.json("search", "data", "--in", "fr")["hits"][0]["source"] == "ours fr"
    assert "Rien" in law.text("search", "qwxyz", "--lang", "fr")


def test_search_takes_pages(law: LawCaller) -> None:
    whole = law.json("search", "State", "--limit", "10")["hits"]
    assert (
        whole
        == law.json("search", "State", "--limit", "5")["hits"]
        + (law.json("search", "State", "--limit", "5", "--offset", "5")["hits"])
    )


def test_provisions_are_listed_by_what_they_are_over_all_instruments(law: LawCaller) -> None:
    listed = law.json("list", "--kind", "notice")
    expected = [one for known in load_law().by_number.values() for one in known.values() if one.kind == "notice"]
    assert [(one["instrument"], one["number"]) for one in listed] == [(one.instrument, one.number) for one in expected]
    assert {one["article"] for one in law.json("list", "uncc", "--article", "42")} == {"42"}
    assert {one["who"] for one in law.json("list", "uncc", "--who", "depositary")} == {"depositary"}
    assert "11(3)" in [one["number"] for one in law.json("list", "uncc", "--reservations")]


def test_an_article_is_shown_whole(law: LawCaller) -> None:
    shown = law.json("show", "uncc", "43")
    assert [one["number"] for one in shown["provisions"]] == ["43(1)", "43(2)"]
    assert "43(2)" in law.text("show", "uncc", "43")
    assert law.json("show", "budapest", "42")["provisions"][0]["number"] == "42"


def test_what_is_not_there_is_refused_with_its_code(law: LawCaller) -> None:
    assert law.refused(3, "show", "uncc", "71") == "unknown-provision"
    assert law.refused(3, "show", "untoc", "41") == "unknown-provision"
    assert law.refused(3, "list", "nato") == "unknown-instrument"
    assert law.refused(2, "list", "--kind", "whim") == "unknown-sort"
    assert law.refused(2, "search", "data", "--in", "de") == "unknown-text-language"
    assert law.refused(2, "search", "x" * 301) == "query-too-long"
    assert law.refused(3, "search", "data", "--measure", "hacking") == "unknown-measure"
