"""Blobs in local files: whole and durable or not there, created once, past the page cache where the disk allows it."""

import errno
import fcntl
import itertools
import mmap
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rogatory.errors import NotFound
from rogatory.ports.blobs import StorageFull
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores import direct
from rogatory.stores.direct import BUFFER_BYTES, DirectFile
from rogatory.stores.files import BadBlobName, LocalBlobs

pytestmark = pytest.mark.any_database


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "blobs")


@pytest.fixture
def small_files() -> Iterator[int]:
    """No file of this process may grow beyond so many bytes: a full disk, as a program meets it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = BUFFER_BYTES + 5000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield limit
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def put(blobs: LocalBlobs, name: str, data: bytes) -> None:
    writer = blobs.create(name)
    writer.file.write(data)
    writer.commit()


@pytest.mark.parametrize("size", [0, 1, 4096, BUFFER_BYTES - 1, BUFFER_BYTES, BUFFER_BYTES + 1, 3 * BUFFER_BYTES + 777])
def test_what_was_written_is_read_whatever_its_size(blobs: LocalBlobs, size: int) -> None:
    data = os.urandom(size)
    put(blobs, "a/b", data)
    with blobs.open("a/b") as file:
        assert file.read() == data
    assert blobs.size("a/b") == size
    assert blobs.exists("a/b")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.integers(0, 2 * BUFFER_BYTES), max_size=6), kind=st.sampled_from([bytes, bytearray, memoryview])
)
def test_however_it_is_cut_the_same_bytes_arrive(tmp_path: Path, cuts: list[int], kind: type) -> None:
    data = os.urandom(2 * BUFFER_BYTES + 1234)
    path = tmp_path / "file"
    path.unlink(missing_ok=True)
    file = DirectFile(path)
    places = [0, *sorted(cuts), len(data)]
    for start, end in itertools.pairwise(places):
        assert file.write(kind(data[start:end])) == end - start
    file.sync()
    file.close()
    assert path.read_bytes() == data


def test_a_blob_is_not_there_before_it_is_committed(blobs: LocalBlobs) -> None:
    writer = blobs.create("x")
    writer.file.write(b"half")
    assert not blobs.exists("x")
    with pytest.raises(NotFound):
        blobs.open("x")
    writer.abort()


def test_an_aborted_blob_leaves_no_file(blobs: LocalBlobs, tmp_path: Path) -> None:
    writer = blobs.create("x")
    writer.file.write(os.urandom(BUFFER_BYTES + 10))
    writer.abort()
    writer.abort()
    assert files_in(tmp_path) == []


def test_a_name_is_used_once(blobs: LocalBlobs, tmp_path: Path) -> None:
    put(blobs, "x", b"first")
    with pytest.raises(AlreadyHeld):
        blobs.create("x")
    assert files_in(tmp_path) == ["blobs/x"]


def test_of_two_writers_at_once_the_first_to_commit_wins(blobs: LocalBlobs, tmp_path: Path) -> None:
    one, two = blobs.create("x"), blobs.create("x")
    one.file.write(b"one")
    two.file.write(b"two")
    two.commit()
    with pytest.raises(AlreadyHeld):
        one.commit()
    assert (tmp_path / "blobs" / "x").read_bytes() == b"two"
    assert files_in(tmp_path) == ["blobs/x"]


def test_a_full_disk_is_named_and_leaves_nothing(blobs: LocalBlobs, tmp_path: Path, small_files: int) -> None:
    writer = blobs.create("x")
    with pytest.raises(StorageFull):
        writer.file.write(os.urandom(2 * BUFFER_BYTES))
    writer.abort()
    assert files_in(tmp_path) == []


def test_a_disk_that_fills_with_the_last_bytes_is_named_too(
    blobs: LocalBlobs, tmp_path: Path, small_files: int
) -> None:
    writer = blobs.create("x")
    writer.file.write(os.urandom(small_files + 100))
    with pytest.raises(StorageFull):
        writer.commit()
    assert files_in(tmp_path) == []


def test_a_full_disk_stops_an_unfinished_blob_without_harm(blobs: LocalBlobs, small_files: int) -> None:
    blobs.write_at("x", small_files, 0, b"kept")
    with pytest.raises(StorageFull):
        blobs.write_at("y", small_files + 4096, 0, b"lost")
    with blobs.open_unfinished("x") as file:
        assert file.read(4) == b"kept"


def test_an_unfinished_blob_takes_its_pieces_in_any_order(blobs: LocalBlobs, tmp_path: Path) -> None:
    for offset, piece in ((4, b"5678"), (8, b"9"), (0, b"1234"), (4, b"5678")):
        blobs.write_at("x", 9, offset, piece)
        assert not blobs.exists("x")
    blobs.finish("x")
    blobs.finish("x")
    assert (tmp_path / "blobs" / "x").read_bytes() == b"123456789"
    assert files_in(tmp_path) == ["blobs/x"]


def test_what_never_began_cannot_be_finished(blobs: LocalBlobs) -> None:
    blobs.create("other").abort()
    with pytest.raises(NotFound):
        blobs.finish("x")
    with pytest.raises(NotFound):
        blobs.open_unfinished("x")
    with pytest.raises(NotFound):
        blobs.size("x")


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "/x", "a/../b", "a//b", "x.part", "x.tmp", ".x", "a b", "a/b/c/d/e", "x" * 200, "a\x00b"]
)
def test_other_names_never_reach_the_file_system(blobs: LocalBlobs, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadBlobName):
        blobs.create(name)
    with pytest.raises(BadBlobName):
        blobs.open(name)
    with pytest.raises(BadBlobName):
        blobs.write_at(name, 1, 0, b"x")
    assert files_in(tmp_path) == []


def test_a_file_system_that_refuses_direct_writing_gets_ordinary_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = fcntl.fcntl

    def refuses(descriptor: int, command: int, flags: int = 0) -> int:
        if command == fcntl.F_SETFL and flags & direct._DIRECT:
            asked.append(flags)
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(descriptor, command, flags)

    monkeypatch.setattr(direct.fcntl, "fcntl", refuses)
    data = os.urandom(3 * BUFFER_BYTES + 7)
    file = DirectFile(tmp_path / "x")
    file.write(data)
    file.sync()
    file.close()
    assert (tmp_path / "x").read_bytes() == data
    assert len(asked) == 1


def test_one_direct_write_that_is_refused_is_written_again_in_the_ordinary_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, refused = os.write, []

    def refuses(descriptor: int, data: memoryview) -> int:
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & direct._DIRECT:
            refused.append(len(data))
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(descriptor, data)

    monkeypatch.setattr(direct.os, "write", refuses)
    data = os.urandom(2 * BUFFER_BYTES + 7)
    file = DirectFile(tmp_path / "x")
    file.write(data)
    file.sync()
    file.close()
    assert (tmp_path / "x").read_bytes() == data
    assert refused in ([BUFFER_BYTES], [])


def test_a_write_that_the_disk_takes_only_in_part_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(direct.os, "write", lambda descriptor, data: real(descriptor, data[: max(1, len(data) // 3)]))
    data = os.urandom(BUFFER_BYTES + 7)
    file = DirectFile(tmp_path / "x")
    file.write(data)
    file.sync()
    file.close()
    assert (tmp_path / "x").read_bytes() == data


def test_whole_pages_that_stand_on_a_page_are_written_from_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sizes = os.write, []

    def counts(descriptor: int, data: memoryview) -> int:
        sizes.append(len(data))
        return real(descriptor, data)

    monkeypatch.setattr(direct.os, "write", counts)
    pages = memoryview(mmap.mmap(-1, 5 * 4096))
    pages[:] = os.urandom(len(pages))
    file = DirectFile(tmp_path / "x")
    file.write(pages[: 3 * 4096])
    file.write(pages[4096 : 4096 + 4097])
    file.write(pages[1:4097])
    file.sync()
    file.write(pages[: 2 * 4096])
    file.sync()
    file.close()
    said = bytes(pages[: 3 * 4096]) + bytes(pages[4096:8193]) + bytes(pages[1:4097]) + bytes(pages[: 2 * 4096])
    assert (tmp_path / "x").read_bytes() == said
    assert sizes[:2] == [3 * 4096, 4096], "nothing was copied before it had to be"


@pytest.mark.parametrize("offset", [4096, 5000, BUFFER_BYTES])
def test_a_file_is_written_on_from_a_byte_and_what_stood_behind_is_cut_off(tmp_path: Path, offset: int) -> None:
    before, after = os.urandom(BUFFER_BYTES + 100), os.urandom(BUFFER_BYTES + 5)
    path = tmp_path / "x"
    path.write_bytes(before)
    file = DirectFile(path, offset=offset)
    file.write(after)
    file.sync()
    file.close()
    assert path.read_bytes() == before[:offset] + after
