"""One behaviour of two stores: local files, and an S3-compatible store over real HTTP."""

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.s3 import Bucket, S3Server

from rogatory.errors import NotFound, RogatoryError, Unavailable
from rogatory.ports.blobs import BlobDamaged, Blobs
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores.files import BadBlobName, LocalBlobs
from rogatory.stores.mirror import MirroredBlobs
from rogatory.stores.s3.pieces import BadIndex, Index, make_piece, read_index
from rogatory.stores.s3.store import S3Blobs

pytestmark = pytest.mark.any_database
PIECE = 64 * 1024
NAME = "exhibits/0123/sealed.age"


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with S3Server() as running:
        yield running


@pytest.fixture
def bucket(server: S3Server) -> Bucket:
    return server.bucket()


@pytest.fixture(params=["local", "s3", "mirrored"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "local":
        return LocalBlobs(tmp_path / "blobs")
    bucket: Bucket = request.getfixturevalue("bucket")
    if request.param == "s3":
        return S3Blobs(bucket.place, piece_bytes=PIECE)
    return MirroredBlobs(LocalBlobs(tmp_path / "blobs"), S3Blobs(bucket.place, piece_bytes=PIECE))


def put(blobs: Blobs, name: str, data: bytes) -> None:
    writer = blobs.create(name)
    writer.file.write(data)
    writer.commit()
    writer.abort()


def content(blobs: Blobs, name: str) -> bytes:
    with blobs.open(name) as file:
        return file.read()


def test_what_was_written_is_read_whatever_its_size(blobs: Blobs) -> None:
    for size in (0, 1, 4096, PIECE - 1, PIECE, 2 * PIECE + 777):
        data = os.urandom(size)
        put(blobs, f"a/{size}", data)
        assert content(blobs, f"a/{size}") == data
        assert blobs.size(f"a/{size}") == size
        assert blobs.exists(f"a/{size}")


def test_any_range_can_be_read_and_reading_on_from_there(blobs: Blobs) -> None:
    data = os.urandom(3 * PIECE + 100)
    put(blobs, NAME, data)
    with blobs.open(NAME) as file:
        for start, length in ((0, 10), (2 * PIECE - 5, 10), (3 * PIECE + 90, 1000), (5, PIECE + 10)):
            assert file.seek(start) == start
            assert file.read(length) == data[start : start + length]
        file.seek(-7, io.SEEK_END)
        assert file.read() == data[-7:]
        assert file.read(1) == b""
        file.seek(PIECE - 1)
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(data[PIECE - 1 :]).digest()


def test_a_blob_is_not_there_before_it_is_committed(blobs: Blobs) -> None:
    writer = blobs.create(NAME)
    writer.file.write(b"half")
    assert not blobs.exists(NAME)
    assert list(blobs.names("exhibits")) == []
    with pytest.raises(NotFound):
        blobs.open(NAME)
    with pytest.raises(NotFound):
        blobs.size(NAME)
    writer.abort()
    writer.abort()
    put(blobs, NAME, b"whole")
    assert content(blobs, NAME) == b"whole"


def test_a_name_is_used_once(blobs: Blobs) -> None:
    put(blobs, NAME, b"first")
    with pytest.raises(AlreadyHeld):
        blobs.create(NAME)
    with pytest.raises(AlreadyHeld):
        blobs.append(NAME, 0)
    assert content(blobs, NAME) == b"first"


@pytest.mark.parametrize("same", [True, False])
def test_of_two_writers_at_once_the_first_to_commit_wins(blobs: Blobs, same: bool) -> None:
    first, second = blobs.create(NAME), blobs.create(NAME)
    first.file.write(b"one")
    second.file.write(b"one" if same else b"two")
    second.commit()
    with pytest.raises(AlreadyHeld):
        first.commit()
    first.abort()
    assert content(blobs, NAME) == (b"one" if same else b"two")


def test_of_many_writers_at_once_one_wins(blobs: Blobs) -> None:
    outcomes: list[str] = []

    def write(number: int) -> None:
        writer = None
        try:
            writer = blobs.create(NAME)
            writer.file.write(b"%d" % number * 1000)
            writer.commit()
            outcomes.append("won")
        except AlreadyHeld:
            outcomes.append("lost")
        finally:
            if writer:
                writer.abort()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert outcomes.count("won") == 1
    assert len(outcomes) == 6
    assert len(set(content(blobs, NAME))) == 1


def test_an_unfinished_blob_takes_its_pieces_in_any_order_and_twice(blobs: Blobs) -> None:
    for offset, piece in ((4, b"5678"), (8, b"9"), (0, b"1234"), (4, b"5678")):
        blobs.write_at(NAME, 9, offset, piece)
        assert not blobs.exists(NAME)
        assert list(blobs.unfinished_names("exhibits")) == [NAME]
    with blobs.open_unfinished(NAME) as file:
        assert file.read() == b"123456789"
    blobs.finish(NAME)
    blobs.finish(NAME)
    assert content(blobs, NAME) == b"123456789"
    assert list(blobs.unfinished_names("exhibits")) == []
    assert list(blobs.names("exhibits")) == [NAME]


def test_what_has_not_come_yet_reads_as_zeros(blobs: Blobs) -> None:
    blobs.write_at(NAME, 12, 4, b"5678")
    with blobs.open_unfinished(NAME) as file:
        assert file.read() == b"\0\0\0\x005678\0\0\0\0"


def test_what_never_began_cannot_be_finished(blobs: Blobs) -> None:
    for act in (blobs.finish, blobs.open_unfinished, blobs.open, blobs.size):
        with pytest.raises(NotFound):
            act(NAME)
    with pytest.raises(NotFound):
        blobs.append(NAME, 5)
    with pytest.raises(NotFound):
        blobs.repair(NAME, 5, 0, b"x")


def test_a_blob_that_grows_goes_on_where_it_was_durable(blobs: Blobs) -> None:
    data = os.urandom(PIECE + 5000)
    grows = blobs.append(NAME, 0)
    grows.file.write(data[: PIECE + 100])
    grows.sync()
    grows.file.write(b"this is lost")
    grows.close()
    for offset in (PIECE + 100, PIECE + 50, 10):
        again = blobs.append(NAME, offset)
        again.file.write(data[offset : PIECE + 200])
        again.sync()
        again.close()
    last = blobs.append(NAME, PIECE + 200)
    last.file.write(data[PIECE + 200 :])
    last.sync()
    last.close()
    assert not blobs.exists(NAME)
    blobs.finish(NAME)
    assert content(blobs, NAME) == data


def test_a_blob_that_grows_can_begin_again(blobs: Blobs) -> None:
    for text in (b"the first try", b"second"):
        grows = blobs.append(NAME, 0)
        grows.file.write(text)
        grows.sync()
        grows.close()
    blobs.finish(NAME)
    assert content(blobs, NAME) == b"second"


@pytest.mark.parametrize(("offset", "length"), [(0, 5), (PIECE, PIECE), (PIECE - 3, PIECE + 9)])
def test_lost_bytes_are_put_back(blobs: Blobs, offset: int, length: int) -> None:
    good = os.urandom(3 * PIECE + 11)
    put(blobs, NAME, good[:offset] + bytes(length) + good[offset + length :])
    blobs.repair(NAME, len(good), offset, good[offset : offset + length])
    assert content(blobs, NAME) == good
    blobs.repair(NAME, len(good), offset, good[offset : offset + length])
    assert content(blobs, NAME) == good


@pytest.mark.parametrize("wrong", [b"123", b"1234567890 and more", b""])
def test_a_blob_of_a_wrong_size_is_put_right(blobs: Blobs, wrong: bytes) -> None:
    put(blobs, NAME, wrong)
    blobs.repair(NAME, 8, 0, b"12345678")
    assert content(blobs, NAME) == b"12345678"
    assert blobs.size(NAME) == 8


@pytest.mark.parametrize("left", [None, b"", b"rotten", b"x" * PIECE])
def test_a_small_blob_is_put_in_the_place_of_what_is_left(blobs: Blobs, left: bytes | None) -> None:
    if left is not None:
        put(blobs, NAME, left)
    blobs.replace(NAME, b"as it was")
    assert content(blobs, NAME) == b"as it was"
    with blobs.open_afresh(NAME) as file:
        assert file.read() == b"as it was"
    assert list(blobs.names("exhibits")) == [NAME]


def test_a_shredded_blob_is_gone_finished_or_not(blobs: Blobs) -> None:
    put(blobs, NAME, os.urandom(PIECE + 5))
    put(blobs, "exhibits/0123/parts", b"kept")
    blobs.write_at("exhibits/0456/sealed.age", 9, 0, b"123")
    for name in (NAME, "exhibits/0456/sealed.age", NAME, "never/there"):
        blobs.shred(name)
    assert list(blobs.names("exhibits")) == ["exhibits/0123/parts"]
    assert list(blobs.unfinished_names("exhibits")) == []
    with pytest.raises(NotFound):
        blobs.open(NAME)
    put(blobs, NAME, b"the name is free again")


def test_names_are_listed_below_their_folder(blobs: Blobs) -> None:
    for name in ("exhibits/2/b", "exhibits/1/a", "exhibits/1/b", "other/x"):
        put(blobs, name, b"x")
    assert list(blobs.names("exhibits")) == ["exhibits/1/a", "exhibits/1/b", "exhibits/2/b"]
    assert list(blobs.names("exhibits/1")) == ["exhibits/1/a", "exhibits/1/b"]
    assert list(blobs.names("nothing")) == []


def test_what_dead_writers_left_is_removed_and_nothing_else(blobs: Blobs) -> None:
    put(blobs, NAME, b"finished")
    blobs.write_at("exhibits/0456/sealed.age", 9, 0, b"123")
    blobs.create("exhibits/0789/sealed.age").file.write(os.urandom(PIECE + 1))
    now = datetime.now(UTC)
    assert blobs.clear_dead(now - timedelta(hours=1)) == 0
    end = now + timedelta(seconds=60)
    while (found := blobs.clear_dead(now + timedelta(hours=1))) == 0 and datetime.now(UTC) < end:
        pass  # the piece may still be on its way
    assert found >= 1
    assert content(blobs, NAME) == b"finished"
    with blobs.open_unfinished("exhibits/0456/sealed.age") as file:
        assert file.read(3) == b"123"


@pytest.mark.parametrize("name", ["", "..", "../x", "/x", "a/../b", "a//b", "x.part", "x.tmp", ".x", "a b", "a\x00b"])
def test_other_names_reach_no_store(blobs: Blobs, name: str) -> None:
    for act in (blobs.create, blobs.open, blobs.exists, blobs.shred, blobs.finish, lambda one: blobs.append(one, 0)):
        with pytest.raises(BadBlobName):
            act(name)
    with pytest.raises(BadBlobName):
        blobs.write_at(name, 1, 0, b"x")


def test_room_is_told(blobs: Blobs) -> None:
    assert blobs.free() > 0


def test_a_piece_that_rotted_in_the_store_is_never_given_out(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    data = os.urandom(2 * PIECE + 5)
    put(blobs, NAME, data)
    second = next(key for key in bucket.listed() if f"{PIECE:016d}-" in key)
    bucket.put(second, data[PIECE : 2 * PIECE - 1] + b"!")
    with blobs.open(NAME) as file:
        assert file.read(PIECE) == data[:PIECE]
        with pytest.raises(BlobDamaged):
            file.read(10)
    bucket.delete(second)
    with blobs.open(NAME) as file, pytest.raises(BlobDamaged):
        file.read()
    blobs.repair(NAME, len(data), PIECE, data[PIECE : 2 * PIECE])
    assert content(blobs, NAME) == data


def test_an_index_that_rotted_makes_no_blob_and_can_be_written_again(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    put(blobs, NAME, b"12345678")
    index = next(key for key in bucket.listed() if key.endswith("/index"))
    bucket.put(index, bucket.get(index).replace(b"v1 8", b"v1 7"))
    assert not blobs.exists(NAME)
    put(blobs, NAME, b"12345678")
    assert content(blobs, NAME) == b"12345678"


def test_gaps_make_no_blob(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    blobs.write_at(NAME, 9, 0, b"123")
    with pytest.raises(BlobDamaged):
        blobs.finish(NAME)
    assert not blobs.exists(NAME)


def test_stock_tools_put_a_blob_together(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    data = os.urandom(PIECE + 10)
    put(blobs, NAME, data)
    folder = f"{bucket.place.prefix}/{NAME}"
    lines = bucket.get(f"{folder}/index").decode().splitlines()
    assert lines[0] == f"rogatory-blob/v1 {len(data)}"
    assert b"".join(bucket.get(f"{folder}/{line}") for line in lines[1:-1]) == data
    for line in lines[1:-1]:
        assert hashlib.sha256(bucket.get(f"{folder}/{line}")).hexdigest() == line.partition("-")[2]


def test_two_exhibits_share_no_object(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    put(blobs, "exhibits/1/sealed.age", b"the same")
    put(blobs, "exhibits/2/sealed.age", b"the same")
    blobs.shred("exhibits/1/sealed.age")
    assert content(blobs, "exhibits/2/sealed.age") == b"the same"


def test_shredding_leaves_no_version_in_a_bucket_that_keeps_them(server: S3Server) -> None:
    bucket = server.bucket(versioned=True)
    blobs = S3Blobs(bucket.place, piece_bytes=PIECE)
    put(blobs, NAME, os.urandom(PIECE + 1))
    blobs.repair(NAME, PIECE + 1, 0, os.urandom(100))
    put(blobs, "exhibits/0123/parts", b"kept")
    assert len(bucket.versions()) > 4
    blobs.shred(NAME)
    assert {key.rpartition("/")[0] for key in bucket.versions()} == {f"{bucket.place.prefix}/exhibits/0123/parts"}


def test_a_store_that_nobody_answers_for_is_named(bucket: Bucket) -> None:
    blobs = S3Blobs(bucket.elsewhere())
    for act in (lambda: blobs.exists(NAME), lambda: put(blobs, NAME, b"x"), lambda: blobs.shred(NAME)):
        with pytest.raises(Unavailable) as caught:
            act()
        assert bucket.place.secret_key not in str(caught.value)


def test_what_is_shredded_goes_from_the_second_store_too(tmp_path: Path) -> None:
    first, second = LocalBlobs(tmp_path / "a"), LocalBlobs(tmp_path / "b")
    both = MirroredBlobs(first, second)
    for blobs in (first, second):
        put(blobs, NAME, b"evidence")
    both.shred(NAME)
    assert not first.exists(NAME)
    assert not second.exists(NAME)


@given(cuts=st.lists(st.integers(1, 5000), max_size=8))
def test_an_index_is_read_as_it_was_written(cuts: list[int]) -> None:
    place, pieces = 0, []
    for size in cuts:
        pieces.append(make_piece(place, bytes(size)))
        place += size
    index = Index(size=place, pieces=tuple(pieces))
    assert read_index(index.to_bytes()) == index


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(place=st.integers(0, 200), bit=st.integers(0, 7))
def test_an_index_with_a_wrong_bit_is_none(place: int, bit: int) -> None:
    good = Index(size=7, pieces=(make_piece(0, b"1234"), make_piece(4, b"567"))).to_bytes()
    bad = bytearray(good)
    bad[place % len(bad)] ^= 1 << bit
    with pytest.raises(BadIndex):
        read_index(bytes(bad))


def test_the_index_of_the_specification_is_one() -> None:
    page = (Path(__file__).parents[2] / "spec" / "storage.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in page.splitlines() if line.startswith("        ")]
    index = read_index("".join(f"{line}\n" for line in lines).encode())
    assert index.pieces == (make_piece(0, bytes(8 * 1024 * 1024)), make_piece(8 * 1024 * 1024, b"the last 12\n"))


@given(st.binary(max_size=300))
def test_bytes_that_are_no_index_are_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(RogatoryError):
        read_index(data)
