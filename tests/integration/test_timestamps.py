"""Checkpoints are time-stamped by an RFC 3161 authority, and the tokens hold for stock tools and for nothing else."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.test_ledger_files import append, key_of
from tests.support.timestamping import served_authority
from tests.support.world import Stopwatch

from rogatory.errors import RogatoryError
from rogatory.ledger import cosignature, notes, timestamp
from rogatory.node.context import Node
from rogatory.node.ledger import proving, timestamps
from rogatory.node.people import Actor
from rogatory.ports.timestamps import TimestampRow, TimestampsUnreachable
from rogatory.sealing.keys import SigningKey
from rogatory.transports import timestampauthority
from rogatory.transports.timestamps import HttpTimestamps

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, HttpTimestamps]]:
    folder = tmp_path_factory.mktemp("authority")
    with served_authority(folder) as road:
        yield folder, road


@pytest.fixture(scope="module")
def token(authority: tuple[Path, HttpTimestamps]) -> bytes:
    return authority[1].stamp(b"what was there").data


def root_of(authority: tuple[Path, HttpTimestamps]) -> bytes:
    return (authority[0] / timestampauthority.ROOT).read_bytes()


def asked(node: Node, address: str) -> TimestampRow | None:
    """The newest token after the authority was asked."""
    timestamps.ask(node, address)
    return node.stores.timestamps.newest()


def later(node: Node, **much: Any) -> None:
    clock = node.clock
    assert isinstance(clock, Stopwatch)
    clock.time += timedelta(**much)


def test_a_token_proves_that_the_bytes_were_there(authority: tuple[Path, HttpTimestamps], token: bytes) -> None:
    found = timestamp.verify_token(token, b"what was there", [root_of(authority)])
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert found.authority == "CN=Practice authority"


def test_a_token_proves_nothing_about_other_bytes(authority: tuple[Path, HttpTimestamps], token: bytes) -> None:
    with pytest.raises(timestamp.WrongTimestamp):
        timestamp.verify_token(token, b"what was not there", [root_of(authority)])


def test_a_token_of_an_authority_that_is_not_believed_is_refused(token: bytes, tmp_path: Path) -> None:
    other = timestampauthority.make(tmp_path / "other", "Practice authority")
    with pytest.raises(timestamp.WrongTimestamp):
        timestamp.verify_token(token, b"what was there", [other.read_bytes()])


def test_a_token_that_answers_another_query_is_refused(authority: tuple[Path, HttpTimestamps], token: bytes) -> None:
    with pytest.raises(timestamp.WrongTimestamp):
        timestamp.verify_token(token, b"what was there", [root_of(authority)], nonce=1)


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_token_is_anything_but_refused(
    authority: tuple[Path, HttpTimestamps], token: bytes, place: int, bit: int, cut: bool
) -> None:
    data = bytearray(token)
    data[place % len(data)] ^= 1 << bit
    changed = bytes(data[: place % len(data)]) if cut else bytes(data)
    try:
        found = timestamp.verify_token(changed, b"what was there", [root_of(authority)])
    except (timestamp.BadTimestamp, timestamp.WrongTimestamp):
        return
    # Bytes that nobody signs or reads may differ; what is stated may not.
    assert found == timestamp.verify_token(token, b"what was there", [root_of(authority)])


@pytest.mark.parametrize("data", [b"", b"\x30\x03\x02\x01\x02", b"0" * (timestamp.MAX_TOKEN_BYTES + 1)])
def test_what_is_no_token_is_said_to_be_none(authority: tuple[Path, HttpTimestamps], data: bytes) -> None:
    with pytest.raises(timestamp.BadTimestamp):
        timestamp.verify_token(data, b"what was there", [root_of(authority)])


def test_a_refusal_of_the_authority_is_no_token(authority: tuple[Path, HttpTimestamps]) -> None:
    refused = timestampauthority.Authority(authority[0]).answer(b"no query at all")
    with pytest.raises((timestamp.BadTimestamp, timestamp.WrongTimestamp)):
        timestamp.verify_token(refused, b"x", [root_of(authority)])


@pytest.mark.parametrize("data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_what_is_no_certificate_is_said_to_be_none(token: bytes, data: bytes) -> None:
    with pytest.raises(timestamp.BadTimestampRoot):
        timestamp.verify_token(token, b"what was there", [data])


def test_openssl_agrees_about_a_token_and_about_other_bytes(
    node: Node, people: dict[str, Actor], authority: tuple[Path, HttpTimestamps], tmp_path: Path
) -> None:
    append(node, [], 3)
    row = timestamps.stamp_now(replace(node, timestamps=authority[1]), people["administrator"])
    (tmp_path / "token.tsr").write_bytes(row.token)
    for name, data, status in (("right", row.text, 0), ("wrong", row.text.replace("\n3\n", "\n4\n"), 1)):
        (tmp_path / name).write_text(data, encoding="utf-8")
        words = ["openssl", "ts", "-verify", "-in", str(tmp_path / "token.tsr"), "-data", str(tmp_path / name)]
        root = str(authority[0] / timestampauthority.ROOT)
        done = subprocess.run([*words, "-CAfile", root], capture_output=True, timeout=60, check=False)
        assert done.returncode == status, done.stderr


def test_the_newest_checkpoint_is_stamped_when_it_is_due_and_found_again(
    node: Node, authority: tuple[Path, HttpTimestamps]
) -> None:
    node = replace(node, timestamps=authority[1])
    assert timestamps.due(node) == ()
    held = append(node, [], 3)
    assert timestamps.due(node) == (authority[1].address,)
    first = asked(node, "")
    assert first is not None
    assert timestamps.due(node) == ()
    held = append(node, held, 4)
    assert timestamps.due(node) == ()
    later(node, minutes=61)
    assert timestamps.due(node)
    second = asked(node, "")
    assert second is not None
    assert (first.size, second.size) == (3, 7)
    assert timestamps.newest_covering(node, 2) == first
    assert timestamps.newest_covering(node, 4) == second
    assert timestamps.newest_covering(node, 8) is None
    assert timestamps.of_checkpoint(node, proving.checkpoint_text(node)) == second
    later(node, minutes=61)
    assert timestamps.due(node) == (), "nothing was added since"


def test_cosignatures_do_not_part_a_checkpoint_from_its_token(
    node: Node, authority: tuple[Path, HttpTimestamps], start: datetime
) -> None:
    node = replace(node, timestamps=authority[1])
    append(node, [], 3)
    row = asked(node, "")
    text = proving.checkpoint_text(node)
    witness = SigningKey.from_seed(bytes(range(32)))
    key = notes.VerifierKey(name="witness", public=witness.public.raw, algorithm=notes.COSIGNATURE_V1)
    cosigned = cosignature.cosign(text, key=key, sign=witness.sign, at=start)
    assert cosigned != text
    assert timestamps.of_checkpoint(node, cosigned) == row
    assert timestamp.stamped_bytes(cosigned, key_of(node)) == text.encode()
    with pytest.raises(notes.NoteNotSigned):
        timestamp.stamped_bytes(cosigned, notes.VerifierKey(name="another", public=bytes(32)))


def test_a_failure_is_kept_told_in_words_and_tried_again_soon(
    node: Node, authority: tuple[Path, HttpTimestamps]
) -> None:
    dead = HttpTimestamps("http://127.0.0.1:9/", lambda: root_of(authority))
    node = replace(node, timestamps=dead)
    append(node, [], 3)
    assert asked(node, "") is None
    state = timestamps.state_of_timestamps(node)
    assert state.asked is not None
    assert (state.asked.code, state.newest) == ("timestamps-unreachable", None)
    assert "cannot be reached" in state.words.fr
    assert "n’en donne plus" in state.words.fr
    since = state.asked.failing_since
    assert timestamps.due(node) == ()
    later(node, minutes=6)
    assert asked(node, *timestamps.due(node)) is None
    again = timestamps.state_of_timestamps(node).asked
    assert again is not None
    assert again.failing_since == since
    node = replace(node, timestamps=authority[1])
    later(node, minutes=6)
    assert asked(node, *timestamps.due(node)) is not None
    mended = timestamps.state_of_timestamps(node)
    assert mended.asked is not None
    assert mended.asked.failing_since is None
    assert "CN=Practice authority stamped the log of 3 entries" in mended.words.en


def test_two_never_ask_at_once_and_one_that_died_is_followed(
    node: Node, authority: tuple[Path, HttpTimestamps], people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    node = replace(node, timestamps=authority[1])
    append(node, [], 3)
    found: list[str] = []
    real = authority[1].stamp

    def stamp(data: bytes) -> Any:
        with pytest.raises(timestamps.TimestampUnderWay):
            timestamps.stamp_now(node, people["administrator"])
        assert timestamps.due(node) == ()
        found.append("asked")
        return real(data)

    monkeypatch.setattr(authority[1], "stamp", stamp)
    assert asked(node, "") is not None
    assert found == ["asked"]
    with node.stores.atomic():
        assert node.stores.timestamps.begin(node.clock.now(), node.clock.now() + timestamps.BUSY)
    with pytest.raises(timestamps.TimestampUnderWay):
        timestamps.stamp_now(node, people["administrator"])
    monkeypatch.setattr(authority[1], "stamp", real)
    later(node, minutes=3)
    assert timestamps.stamp_now(node, people["administrator"]).size == 3


def test_only_an_administrator_has_a_checkpoint_stamped_and_it_is_recorded(
    node: Node, authority: tuple[Path, HttpTimestamps], people: dict[str, Actor]
) -> None:
    append(node, [], 1)
    with pytest.raises(timestamps.NoTimestampAuthority):
        timestamps.stamp_now(node, people["administrator"])
    node = replace(node, timestamps=authority[1])
    with pytest.raises(RogatoryError) as told:
        timestamps.stamp_now(node, people["auditor"])
    assert told.value.code == "role-missing"
    timestamps.stamp_now(node, people["administrator"])
    assert node.stores.audit.recent(1)[0].action == timestamps.ACTION


def test_an_empty_log_is_not_stamped(
    node: Node, authority: tuple[Path, HttpTimestamps], people: dict[str, Actor]
) -> None:
    with pytest.raises(proving.NothingLogged):
        timestamps.stamp_now(replace(node, timestamps=authority[1]), people["administrator"])


@pytest.mark.parametrize("kind", ["wrong path", "too long"])
def test_an_authority_that_answers_with_something_else_gives_none(
    authority: tuple[Path, HttpTimestamps], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "too long":
        monkeypatch.setattr(timestamp, "MAX_TOKEN_BYTES", 100)
        with pytest.raises(TimestampsUnreachable, match="too long"):
            authority[1].stamp(b"x")
        return
    monkeypatch.setattr("rogatory.transports.timestamps.QUERY", "text/plain")
    with pytest.raises(TimestampsUnreachable, match="400"):
        authority[1].stamp(b"x")


def test_an_authority_is_not_made_over_another(authority: tuple[Path, HttpTimestamps], tmp_path: Path) -> None:
    with pytest.raises(timestampauthority.AuthorityExists):
        timestampauthority.make(authority[0], "Another")
    with pytest.raises(timestampauthority.NoAuthorityHere):
        timestampauthority.Authority(tmp_path)
    assert oct((authority[0] / timestampauthority.KEY).stat().st_mode & 0o777) == "0o600"
