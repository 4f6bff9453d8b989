"""The container: read by stock tools, written in one way only, and refused when anything else stands in it."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.bundle import container
from rogatory.bundle.container import BadContainer, Container, Entry, NoSuchMember, directory, local_header


def made(files: dict[str, bytes]) -> bytes:
    entries = [Entry(name=name, size=len(data), crc=zlib.crc32(data)) for name, data in files.items()]
    return b"".join(local_header(one) + files[one.name] for one in entries) + directory(entries)


def opened(data: bytes) -> Container:
    return Container(io.BytesIO(data))


def read_all(data: bytes) -> None:
    found = opened(data)
    for name in found.members:
        for _ in found.blocks(name):
            pass


GOOD = made({"README.txt": b"hello\n", "messages/0001-ab.jws": b"x" * 300_000, "empty": b""})
NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z0-9]{1,8}){0,2}\.[a-z]{1,3}", fullmatch=True)


@given(st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=12))
def test_what_is_written_is_read_back_here_and_by_the_standard_library(files: dict[str, bytes]) -> None:
    files = {f"{number}/{name}": data for number, (name, data) in enumerate(files.items())}
    data = made(files)
    found = opened(data)
    assert {name: found.read(name, limit=2000) for name in found.members} == files
    with zipfile.ZipFile(io.BytesIO(data)) as stock:
        assert stock.testzip() is None
        assert {name: stock.read(name) for name in stock.namelist()} == files


def test_a_member_is_read_in_blocks_of_bounded_size() -> None:
    sizes = [len(block) for block in opened(GOOD).blocks("messages/0001-ab.jws")]
    assert sum(sizes) == 300_000
    assert max(sizes) == container.BLOCK


def test_a_member_larger_than_what_its_reader_takes_is_refused() -> None:
    with pytest.raises(BadContainer, match="limit of 100"):
        opened(GOOD).read("messages/0001-ab.jws", limit=100)


def test_a_member_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchMember, match="messages/0002"):
        opened(GOOD).read("messages/0002", limit=1)


@given(st.integers(min_value=0, max_value=len(GOOD) - 1), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_outside_a_member_is_refused_and_inside_it_misses_the_checksum(place: int, change: int) -> None:
    data = bytearray(GOOD)
    data[place] ^= change
    with pytest.raises(BadContainer):
        read_all(bytes(data))


@given(st.integers(min_value=0, max_value=len(GOOD) - 1))
def test_a_file_cut_short_anywhere_is_refused(end: int) -> None:
    with pytest.raises(BadContainer):
        opened(GOOD[:end])


@given(st.binary(min_size=1, max_size=50), st.integers(min_value=0, max_value=len(GOOD)))
def test_bytes_put_in_anywhere_are_refused(more: bytes, place: int) -> None:
    with pytest.raises(BadContainer):
        read_all(GOOD[:place] + more + GOOD[place:])


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(BadContainer):
        opened(data)
    with pytest.raises(BadContainer):
        opened(data + GOOD[-22:])


@pytest.mark.parametrize(
    "name",
    ["../up", "/root", "a/../b", "a//b", ".hidden", "a\\b", "c:x", "a b", "é", "a/", "", "x" * 121, "a/b/c/d/e/f"],
)
def test_a_name_that_is_no_plain_path_is_refused(name: str) -> None:
    entry = Entry(name=name, size=0, crc=0)
    with pytest.raises(BadContainer):
        opened(local_header(entry) + directory([entry]))


@pytest.mark.parametrize("names", [("a", "a"), ("A", "a"), ("a", "a/b"), ("x/A", "X/a/b")])
def test_a_name_twice_or_a_name_that_is_also_a_folder_is_refused(names: tuple[str, str]) -> None:
    entries = [Entry(name=name, size=0, crc=0) for name in names]
    with pytest.raises(BadContainer, match="name"):
        opened(b"".join(map(local_header, entries)) + directory(entries))


def test_a_compressed_file_is_refused_whatever_it_would_grow_into() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as stock:
        stock.writestr(zipfile.ZipInfo("bomb", (1980, 1, 1, 0, 0, 0)), bytes(10_000_000), zipfile.ZIP_DEFLATED)
    with pytest.raises(BadContainer):
        opened(sink.getvalue())


def test_members_that_overlap_are_refused() -> None:
    one, two = (Entry(name=name, size=5, crc=zlib.crc32(b"hello")) for name in ("a", "b"))
    table = directory([one, two])
    with pytest.raises(BadContainer):
        opened(local_header(one) + b"hello" + table)


def test_a_directory_that_lists_more_members_than_the_limit_is_refused_before_it_is_read() -> None:
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 46 * 0xFFFF, 0, 0)
    with pytest.raises(BadContainer, match="1 to 20000 members"):
        opened(bytes(46 * 0xFFFF) + end)


class _Vast(io.RawIOBase):
    """A file of more than four GiB that holds zeros but for its beginning and its end."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        self._pieces = ((0, head), (len(head) + zeros, tail))
        self._size = len(head) + zeros + len(tail)
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._place = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence] + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = max(0, min(len(buffer), self._size - self._place))
        found = bytearray(count)
        for start, piece in self._pieces:
            low, high = max(start, self._place), min(start + len(piece), self._place + count)
            if low < high:
                found[low - self._place : high - self._place] = piece[low - start : high - start]
        buffer[:count] = found
        self._place += count
        return count


def test_a_file_of_more_than_four_gib_is_read_here_and_by_the_standard_library() -> None:
    size = 5 * 1024**3
    entries = [Entry(name="sealed.age", size=size, crc=0), Entry(name="after", size=3, crc=zlib.crc32(b"end"))]
    vast = _Vast(local_header(entries[0]), size, local_header(entries[1]) + b"end" + directory(entries))
    found = Container(vast)  # type: ignore[arg-type]
    assert found.size("sealed.age") == size
    assert found.read("after", limit=3) == b"end"
    with zipfile.ZipFile(vast) as stock:  # type: ignore[arg-type, call-overload]
        assert stock.getinfo("sealed.age").file_size == size
        assert stock.read("after") == b"end"
