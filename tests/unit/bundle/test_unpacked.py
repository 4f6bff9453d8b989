"""A bundle that somebody unpacked: the same ladder, without what only the container proves."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from practice_case import PracticeCase, bundle_of
from test_bundle_cli import BOTH, rogatory

from rogatory.bundle import verify_page
from rogatory.bundle.container import BadContainer
from rogatory.bundle.report import Outcome, Report
from rogatory.bundle.verify import examine_members
from rogatory.cli import unpacked
from rogatory.cli.unpacked import Folder


@pytest.fixture
def folder(played: PracticeCase, tmp_path: Path) -> Path:
    """The whole case with its page, unpacked by a stock tool."""
    data = bundle_of(played.contents(), played.exporter(), page=verify_page.template())[0]
    with zipfile.ZipFile(io.BytesIO(data)) as stock:
        stock.extractall(tmp_path / "case")
    return tmp_path / "case"


def report(folder: Path) -> Report:
    return examine_members(lambda: Folder(folder))


def failed(folder: Path) -> dict[str, tuple[str, str]]:
    return {rung.name: (rung.code, rung.member) for rung in report(folder).failures()}


def test_an_unpacked_bundle_climbs_the_same_ladder_and_the_container_is_told_as_not_checked(folder: Path) -> None:
    done = rogatory(folder, *BOTH)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The files are those that the signed list" in done.stdout
    assert "every byte is accounted for" not in done.stdout
    found = json.loads(rogatory(folder, "--json").stdout)
    noted = {note["key"]: note["outcome"] for note in found["rungs"][0]["notes"]}
    assert noted == {"members": "pass", "unpacked": "not-checked", "page-known": "pass"}


def test_files_that_are_no_part_of_the_bundle_are_named_and_not_looked_at(folder: Path) -> None:
    (folder / "notes of the clerk.txt").write_text("mine")
    (folder / "messages" / "zz.jws").symlink_to("/etc/passwd")
    found = report(folder)
    extra = next(note for note in found.rungs[0].notes if note.key == "extra-files")
    assert extra.outcome is Outcome.NOT_CHECKED
    assert extra.values == {"count": 2, "names": "messages/zz.jws, notes of the clerk.txt"}


def test_a_changed_file_and_a_missing_file_fail(folder: Path) -> None:
    name = next(path for path in (folder / "messages").iterdir())
    name.write_bytes(name.read_bytes() + b"A")
    assert failed(folder)["whole"] == ("bundle-member-changed", f"messages/{name.name}")
    name.unlink()
    assert failed(folder)["whole"][0] == "bundle-members-differ"


@pytest.mark.parametrize("make", ["link", "folder link", "pipe", "folder"])
def test_what_is_no_regular_file_is_never_read(folder: Path, tmp_path: Path, make: str) -> None:
    target = folder / "README.txt"
    kept = tmp_path / "kept"
    if make == "folder link":
        (folder / "messages").rename(kept)
        (folder / "messages").symlink_to(kept)
        assert failed(folder)["whole"][0] == "bundle-members-differ"
        return
    target.rename(kept)
    if make == "link":
        target.symlink_to(kept)
    elif make == "pipe":
        os.mkfifo(target)
    else:
        target.mkdir()
    expected = "bundle-members-differ" if make == "folder" else "bundle-not-a-file"
    assert failed(folder)["whole"][0] == expected


def test_a_folder_that_is_no_bundle_fails_its_first_step(tmp_path: Path) -> None:
    done = rogatory(tmp_path)
    assert done.returncode == 5
    assert "bundle-no-such-member" in done.stdout


def test_a_folder_with_too_many_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "MAX_FILES", 20)
    with pytest.raises(BadContainer, match="more than 20"):
        Folder(folder)


def test_a_file_longer_than_its_limit_is_not_read(folder: Path) -> None:
    with pytest.raises(BadContainer, match="limit of 10 bytes"):
        Folder(folder).read("README.txt", limit=10)


def test_the_page_and_its_digest_are_printed() -> None:
    page = rogatory("--page")
    assert page.stdout.encode() == verify_page.template()
    assert rogatory("--page-digest").stdout == verify_page.template_digest() + "\n"
    assert rogatory("--page", "case.zip").returncode == 2
