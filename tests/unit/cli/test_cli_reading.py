"""What the command line makes of what it is given."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.cli import failures, files, printing, reading
from rogatory.cli.app import EVERYWHERE, in_front
from rogatory.errors import BadData, BadInput, NotFound, NotPermitted, RogatoryError, Unavailable, Untrusted

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="-="), min_size=1, max_size=6)


def test_the_programs_own_options_may_stand_anywhere() -> None:
    asked = ["case", "show", "VNM-FRA", "--json", "--as", "an", "--lang=fr"]
    assert in_front(asked) == ["--json", "--as", "an", "--lang=fr", "case", "show", "VNM-FRA"]


def test_nothing_is_moved_from_behind_a_double_dash() -> None:
    assert in_front(["exhibit", "open", "--", "--json"]) == ["exhibit", "open", "--", "--json"]


@given(st.lists(st.one_of(WORDS, st.sampled_from(["--json", "--to", "--lang=fr"]))))
def test_moving_options_keeps_every_word_and_the_order_of_the_others(words: list[str]) -> None:
    moved = in_front(words)
    assert sorted(moved) == sorted(words)
    others = [word for word in words if word.partition("=")[0] not in EVERYWHERE]
    assert moved[len(words) - len(others) :] == others


@pytest.mark.parametrize(
    ("family", "status"),
    [
        (BadInput, 2),
        (NotFound, 3),
        (NotPermitted, 4),
        (Untrusted, 5),
        (Unavailable, 6),
        (BadData, 7),
        (RogatoryError, 1),
    ],
)
def test_each_family_of_errors_has_its_exit_status(family: type[RogatoryError], status: int) -> None:
    assert failures.status_of(family()) == status


def test_a_digest_may_be_shortened_to_eight_digits_when_one_begins_so() -> None:
    known = ["a" * 64, "a" * 10 + "b" * 54]
    assert reading.digest_of("aaaaaaaaaab", known, what="request") == known[1]
    with pytest.raises(reading.Ambiguous):
        reading.digest_of("aaaaaaaa", known, what="request")
    with pytest.raises(reading.Ambiguous, match="too short"):
        reading.digest_of("aaaaaaa", known, what="request")
    with pytest.raises(reading.NothingLikeThat):
        reading.digest_of("bbbbbbbb", known, what="request")


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ("2028-03-01T09:30Z", "2028-03-01T09:30:00.000Z"),
        ("2028-03-01T09:30:05Z", "2028-03-01T09:30:05.000Z"),
        ("2028-03-01", "2028-03-01T23:59:59.000Z"),
    ],
)
def test_times_may_be_written_short(given_: str, meant: str) -> None:
    assert reading.time_of(given_) == meant


def test_a_toml_file_is_read_as_a_person_fills_in_the_form(tmp_path: Path) -> None:
    file = tmp_path / "contents.toml"
    file.write_text('facts = "What happened"\nin_territory = true\nperiod_from = 2028-01-01\naccounts = ["a", "b"]\n')
    assert reading.object_of(str(file)) == {
        "facts": "What happened",
        "in_territory": "yes",
        "period_from": "2028-01-01",
        "accounts": ["a", "b"],
    }


def test_a_file_that_is_neither_toml_nor_json_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "contents.toml"
    file.write_text("this is a letter")
    with pytest.raises(reading.BadFile) as caught:
        reading.object_of(str(file))
    assert caught.value.where == str(file)


def test_a_text_from_another_state_cannot_steer_the_terminal() -> None:
    assert printing.text("a\x1b[2Jb\u202ec").plain == "a\ufffd[2Jb\ufffdc"


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    out = tmp_path / "evidence"
    out.write_bytes(b"older")
    with pytest.raises(files.FileExists), files.new_file(out) as sink:
        sink.write(b"newer")
    assert out.read_bytes() == b"older"


def test_a_file_that_came_to_be_meanwhile_is_kept_too(tmp_path: Path) -> None:
    out = tmp_path / "evidence"
    with pytest.raises(files.FileExists), files.new_file(out) as sink:
        sink.write(b"newer")
        out.write_bytes(b"older")
    assert out.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["evidence"]


def test_a_file_whose_making_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInput), files.new_file(tmp_path / "evidence") as sink:
        sink.write(b"half")
        raise BadInput
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with files.new_file(tmp_path / "evidence") as sink:
        sink.write(b"whole")
    assert (tmp_path / "evidence").read_bytes() == b"whole"
    assert (tmp_path / "evidence").stat().st_mode & 0o777 == 0o600
