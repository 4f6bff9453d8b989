"""An archive that was not written by us, or was changed in one byte, is refused before it can do harm."""

import io
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folder_samples import AT_MOST, KEY, MadeUp, archived, tree_of, unpacked
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.errors import BadInput
from rogatory.evidence.archive import headers, holes, layout
from rogatory.evidence.archive.layout import BadArchive, BadMemberName, Member
from rogatory.evidence.archive.reader import ArchiveReader, ArchiveTooLarge
from rogatory.evidence.archive.writer import Found
from rogatory.stores.unpacking import FolderExists, NewFolder, stays_inside

T = 1_700_000_000_500_000_000


def file(path: bytes, data: bytes = b"data") -> Found:
    return Found(path=path, kind="file", mtime=T, size=len(data), blocks=data)


def folder(path: bytes) -> Found:
    return Found(path=path, kind="folder", mtime=T)


def link(path: bytes, target: bytes) -> Found:
    return Found(path=path, kind="link", mtime=T, target=target)


HOLES = Found(
    path=b"image", kind="file", mtime=T, size=9000, segments=((512, 3), (5000, 4)), blocks=iter((b"abc", b"defg"))
)
LEFT_OUT = Found(path=b"box/\xff\xff", kind="left-out", mtime=T, was="fifo")
SAMPLE, CONTENTS = archived(
    MadeUp(
        [
            file(b"a" * 120, b"long"),
            folder(b"box"),
            file(b"box/\xff", b"x" * 600),
            LEFT_OUT,
            HOLES,
            link(b"link", b"box"),
        ]
    )
)


class Nothing:
    """Takes everything and keeps nothing."""

    def origin(self, provenance: bytes) -> None:
        raise AssertionError("there is no such paper in these archives")

    def begin(self, member: Member, place: int) -> None:
        pass

    def data(self, offset: int, data: bytes) -> None:
        pass

    def end(self, member: Member, sha256: str) -> None:
        pass


def read(data: bytes, at_most: int = AT_MOST) -> None:
    reader = ArchiveReader(Nothing(), payload_key=KEY, at_most=at_most)
    reader.write(data)
    assert reader.finish() == CONTENTS


def test_the_sample_itself_is_read() -> None:
    read(SAMPLE)


@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255))
@settings(deadline=None, max_examples=250)
def test_a_changed_byte_is_an_error_or_other_contents(place: int, change: int) -> None:
    changed = bytearray(SAMPLE)
    changed[place] ^= change
    reader = ArchiveReader(Nothing(), payload_key=KEY, at_most=AT_MOST)
    with pytest.raises(BadInput) as refused:
        reader.write(bytes(changed))
        reader.finish()
    assert refused.value.code in {"bad-archive", "bad-member-name", "archive-too-large"}


@given(st.integers(0, len(SAMPLE) - 1))
@settings(deadline=None, max_examples=80)
def test_an_archive_that_was_cut_or_continued_is_an_error(length: int) -> None:
    with pytest.raises(BadArchive):
        read(SAMPLE[:length])
    with pytest.raises(BadArchive):
        read(SAMPLE + bytes(length + 1))


@given(st.binary(max_size=2000))
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_an_error_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data + bytes(512))


def hostile() -> Iterator[tuple[str, list[Found]]]:
    yield "climbs", [file(b"../out")]
    yield "climbs later", [folder(b"a"), file(b"a/../../out")]
    yield "absolute", [file(b"/etc/passwd")]
    yield "no name", [folder(b"a"), file(b"a//b")]
    yield "the folder itself", [file(b".")]
    yield "twice", [file(b"a"), file(b"a")]
    yield "out of order", [file(b"b"), file(b"a")]
    yield "through a link", [link(b"a", b"/etc"), file(b"a/passwd")]
    yield "through a file", [file(b"a"), file(b"a/b")]
    yield "into a folder that is not there", [file(b"a/b")]
    yield "into a folder that was left", [folder(b"a"), folder(b"b"), file(b"a/c")]
    yield "too long a name", [file(b"n" * 256)]
    yield "too deep", [folder(b"/".join([b"d"] * depth)) for depth in range(1, 203)]


@pytest.mark.parametrize(
    ("what", "members"), list(hostile()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_hostile_folder_is_refused_and_leaves_nothing(what: str, members: list[Found], tmp_path: Path) -> None:
    data, _ = archived(MadeUp(members))
    with pytest.raises((BadArchive, BadMemberName)):
        unpacked(data, tmp_path / "out")
    assert not list(tmp_path.iterdir()), what


def test_only_links_that_cannot_leave_the_folder_are_made(tmp_path: Path) -> None:
    inside = [link(b"sub/up", b"../a"), link(b"sub/next", b"x/y"), link(b"here", b".")]
    outside = [link(b"out", b".."), link(b"root", b"/etc"), link(b"sub/far", b"../../a"), link(b"trick", b"here/..")]
    members = sorted([file(b"a"), folder(b"sub"), *inside, *outside], key=lambda one: one.path.split(b"/"))
    _, made = unpacked(archived(MadeUp(members))[0], tmp_path / "out")
    found = {path for path in (tmp_path / "out").rglob("*") if path.is_symlink()}
    assert {os.fsencode(path.relative_to(tmp_path / "out")) for path in found} == {one.path for one in inside}
    assert len(made.not_made) == len(outside)
    assert not stays_inside(b"", depth=3)


def _tar(fill: Callable[[tarfile.TarFile], None]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=tarfile.PAX_FORMAT) as tar:
        fill(tar)
    return sink.getvalue()


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.LNKTYPE, b"V", b"L"])
def test_devices_and_whatever_else_tar_knows_are_refused(kind: bytes) -> None:
    def fill(tar: tarfile.TarFile) -> None:
        member = tarfile.TarInfo("device")
        member.type = kind
        member.linkname = "a"
        tar.addfile(member)

    with pytest.raises(BadArchive):
        read(_tar(fill))


def test_an_archive_that_others_have_written_is_refused_even_if_harmless() -> None:
    def fill(tar: tarfile.TarFile) -> None:
        member = tarfile.TarInfo("a")
        member.size, member.uname = 4, "root"
        tar.addfile(member, io.BytesIO(b"data"))

    with pytest.raises(BadArchive):
        read(_tar(fill))


def test_a_file_of_nothing_but_holes_is_limited() -> None:
    bomb = Found(path=b"bomb", kind="file", mtime=T, size=10**6, segments=(), blocks=iter(()))
    data, _ = archived(MadeUp([bomb]))
    assert len(data) < 10_000
    with pytest.raises(ArchiveTooLarge):
        read(data, at_most=10**6 - 1)


def test_what_is_hidden_in_the_padding_is_found() -> None:
    data, _ = archived(MadeUp([file(b"a", b"data")]))
    for place in (512 + 100, len(data) - 1024 - 1):
        changed = bytearray(data)
        changed[place] = 1
        with pytest.raises(BadArchive, match="hidden"):
            read(bytes(changed))


def test_a_listing_that_says_something_else_is_refused() -> None:
    data, _ = archived(MadeUp([file(b"a", b"data")]))
    with pytest.raises(BadArchive, match="listing"):
        read(data.replace(b'"path":"a"', b'"path":"b"'))


def test_the_folder_may_not_be_there_before_nor_come_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(FolderExists):
        unpacked(SAMPLE, tmp_path / "out")
    with pytest.raises(FolderExists), NewFolder(tmp_path / "other") as made:
        ArchiveReader(made, payload_key=KEY, at_most=AT_MOST).write(SAMPLE)
        (tmp_path / "other").mkdir()
        made.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]
    assert tree_of(tmp_path / "other") == {}


@pytest.mark.parametrize(
    "map_",
    [b"", b"x\n", b"1\n", b"1\n5\n", b"2\n0\n5\n4\n5\n", b"1\n0\n0\n", b"1\n90\n20\n", b"1\n-1\n5\n", b"9\n" * 3],
)
def test_a_map_of_holes_that_makes_no_sense_is_refused(map_: bytes) -> None:
    member = Member(n=0, path=b"a", kind="file", mtime=0, size=100, segments=())
    with pytest.raises(BadArchive):
        headers.with_map(member, map_)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=5), st.integers(0, 9))
def test_a_map_of_holes_is_read_as_it_was_written(gaps: list[tuple[int, int]], tail: int) -> None:
    place, segments = 0, []
    for gap, length in gaps:
        segments.append((place + gap, length))
        place += gap + length
    written = holes.write_map(tuple(segments), place + tail)
    assert len(written) % layout.BLOCK == 0
    assert holes.read_map(written, place + tail) == tuple(segments)
