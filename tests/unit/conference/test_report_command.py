"""`rogatory conference report`, called in this process: what it writes, and what it refuses and leaves unwritten."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.recorded_meeting import signed

from rogatory.cli import app
from rogatory.conference.report import tables
from rogatory.exercise.conference import cast, script
from rogatory.site.commands import Site

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def called(*words: object) -> tuple[int, str, str]:
        status = app.run([str(word) for word in words], Site())
        said = capsys.readouterr()
        return status, said.out, said.err

    return called


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Up to the election of the President: enough to be told of, and quick to replay.
    lines = signed(script.play().events[:330], meeting=cast.MEETING)
    path = tmp_path_factory.mktemp("records") / "practice.record"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def test_it_writes_a_page_in_the_language_asked_for_and_answers_with_the_head(
    call: Call, record: Path, tmp_path: Path
) -> None:
    page = tmp_path / "rapport.html"
    status, out, _ = call("--lang", "fr", "--json", "conference", "report", record, "--out", page)
    assert status == 0
    told = json.loads(out)
    assert told["entries"] == 330
    assert not told["closed"]
    assert told["files"] == [str(page)]
    text = page.read_text(encoding="utf-8")
    assert '<html lang="fr">' in text
    assert told["head"] in text


def test_it_writes_data_as_json_and_as_tables(call: Call, record: Path, tmp_path: Path) -> None:
    assert call("conference", "report", record, "--format", "json", "--out", tmp_path / "report.json")[0] == 0
    value = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert value["elections"][0]["elected"][0]["code"] == "XCE"
    assert call("conference", "report", record, "--format", "csv", "--out", tmp_path / "data")[0] == 0
    assert {one.name for one in (tmp_path / "data").iterdir()} == set(tables.NAMES)


def test_nothing_is_overwritten_and_nothing_written_for_a_record_that_does_not_hold(
    call: Call, record: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.html"
    there.write_text("mine", encoding="utf-8")
    assert call("conference", "report", record, "--out", there)[0] != 0
    assert there.read_text(encoding="utf-8") == "mine"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "votes.csv").write_text("mine", encoding="utf-8")
    assert call("conference", "report", record, "--format", "csv", "--out", tmp_path / "data")[0] != 0
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["votes.csv"]
    broken = tmp_path / "broken.record"
    broken.write_bytes(record.read_bytes().replace(b"\n", b"\n\n", 1))
    status, out, _ = call("--json", "conference", "report", broken, "--out", tmp_path / "new.html")
    assert status != 0
    assert json.loads(out)["error"]["code"] == "bad-record-entry"
    assert not (tmp_path / "new.html").exists()


def test_an_unknown_form_is_refused_with_those_that_there_are(call: Call, record: Path, tmp_path: Path) -> None:
    status, out, _ = call("--json", "conference", "report", record, "--format", "docx", "--out", tmp_path / "x")
    assert status != 0
    assert "html, pdf, json, csv" in json.loads(out)["error"]["message"]
