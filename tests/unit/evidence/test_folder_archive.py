"""A folder becomes one archive, and again the same folder: with us, with GNU tar, and with Python's tarfile."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from folder_samples import KEY, MadeUp, archived, tree_of, unpacked
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.evidence.archive import layout
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.archive.writer import EmptyFolder, FolderArchive, Found, ReservedName
from rogatory.kernel import canonical
from rogatory.stores.folders import DiskFolder, FolderChanged, SpecialFile, UnreadableFolder

LONG = "long-" + "n" * 240
MTIME = 1_700_000_000_123_456_789


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with everything that is hard."""
    root = tmp_path / "evidence"
    deep = root / LONG / LONG / LONG
    deep.mkdir(parents=True)
    (root / "empty folder").mkdir()
    (root / "a.txt").write_bytes(b"alpha\n")
    (root / "block").write_bytes(bytes(512))
    (root / "nothing").write_bytes(b"")
    (root / "hộp thư.mbox").write_bytes(b"From \n" * 1000)
    (root / "line\nfeed \u202e").write_bytes(b"odd")
    (deep / "file").write_bytes(b"deep")
    (root / "a-link").symlink_to("a.txt")
    (root / "away").symlink_to("/etc/" + "h" * 200)
    os.link(root / "a.txt", root / "a-second-name.txt")
    with (root / "large.img").open("wb") as file:
        file.write(hashlib.shake_256(b"large").digest(3_000_001))
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9")).write_bytes(b"latin")
    for name in ("a.txt", "large.img"):
        os.utime(root / name, ns=(MTIME, MTIME))
    os.utime(root / "nothing", ns=(-1_500_000_000, -1_500_000_000))
    return root


def with_holes(path: Path) -> Path:
    """A file of 40 MiB of which 2 x 8 KiB are data, with a hole at either end."""
    with path.open("wb") as file:
        for place in (10 * 2**20, 30 * 2**20):
            file.seek(place)
            file.write(b"data" * 2048)
        file.truncate(40 * 2**20)
    return path


def test_a_folder_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    data, contents = archived(folder)
    found, made = unpacked(data, tmp_path / "out", step=1000)
    assert found == contents
    before, after = tree_of(folder), tree_of(tmp_path / "out")
    assert made.not_made == [f"away (link to /etc/{'h' * 200})"], "a link that leads out is told and not made"
    before.pop("away")
    assert after == before
    for name in ("a.txt", "large.img", "nothing"):
        assert (tmp_path / "out" / name).stat().st_mtime_ns == (folder / name).stat().st_mtime_ns
    assert (tmp_path / "out" / LONG).stat().st_mtime_ns == (folder / LONG).stat().st_mtime_ns


def test_the_same_folder_gives_the_same_bytes(folder: Path) -> None:
    assert archived(folder) == archived(folder)


def test_gnu_tar_unpacks_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    done = subprocess.run(
        ["tar", "-x", "-C", str(tmp_path / "out")], input=archived(folder)[0], capture_output=True, check=True
    )
    # It does not know the record that says that a name is not UTF-8, and takes the name as it is all the same.
    assert [line.split(b":")[1].split()[0] for line in done.stderr.splitlines()] == [b"Ignoring", b"nothing"]
    after = tree_of(tmp_path / "out")
    assert after.pop(layout.LISTING.decode())
    assert after == tree_of(folder)
    assert int((tmp_path / "out" / "a.txt").stat().st_mtime) == MTIME // 10**9


def test_the_tarfile_of_python_reads_it(folder: Path) -> None:
    expected = tree_of(folder)
    with tarfile.open(fileobj=io.BytesIO(archived(folder)[0]), mode="r:") as tar:
        for member in tar:
            if member.name == layout.LISTING.decode():
                continue
            if member.isfile():
                file = tar.extractfile(member)
                assert file is not None
                assert file.read() == expected.pop(member.name)
            else:
                known = expected.pop(member.name)
                assert known is None if member.isdir() else member.linkname == str(known)
    assert not expected


def test_the_listing_says_what_sha256sum_says(folder: Path, tmp_path: Path) -> None:
    data, contents = archived(folder)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        last = tar.getmembers()[-1]
        listing = tar.extractfile(last)
        assert listing is not None
        lines = listing.read().splitlines()
    assert last.name == "rogatory-listing.jsonl"
    assert len(lines) == contents.count == len(tree_of(folder))
    for number, line in enumerate(lines):
        said = canonical.loads_canonical(line)
        assert said["n"] == number
        raw = bytes.fromhex(said["raw"]) if "raw" in said else said["path"].encode()
        path = folder / os.fsdecode(raw)
        about = path.lstat()
        assert said["mtime"] == layout.decimal(about.st_mtime_ns)
        if said["type"] == "file":
            assert said["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert said["size"] == about.st_size
    assert any(json.loads(line)["path"] == "caf\ufffd" and "raw" in json.loads(line) for line in lines)


def test_holes_stay_holes(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    root.mkdir()
    image = with_holes(root / "image.raw")
    only = root / "only-a-hole"
    with only.open("wb") as file:
        file.truncate(2**20)
    if image.stat().st_blocks * 512 >= image.stat().st_size:
        pytest.skip("this file system has no holes")
    data, contents = archived(root)
    assert len(data) < 100_000, "the holes are not stored"
    assert unpacked(data, tmp_path / "out")[0] == contents
    for name in ("image.raw", "only-a-hole"):
        assert (tmp_path / "out" / name).read_bytes() == (root / name).read_bytes()
    assert (tmp_path / "out" / "image.raw").stat().st_blocks * 512 < 2**20
    (tmp_path / "gnu").mkdir()
    subprocess.run(["tar", "-x", "-C", str(tmp_path / "gnu")], input=data, check=True)
    assert (tmp_path / "gnu" / "image.raw").read_bytes() == image.read_bytes()
    assert (tmp_path / "gnu" / "image.raw").stat().st_blocks * 512 < 2**20
    assert (tmp_path / "gnu" / "only-a-hole").stat().st_size == 2**20
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        file = tar.extractfile("image.raw")
        assert file is not None
        assert file.read() == image.read_bytes()
        lines = tar.extractfile("rogatory-listing.jsonl")
        assert lines is not None
        said = json.loads(lines.readline())
    assert said["sha256"] == hashlib.sha256(image.read_bytes()).hexdigest()


def test_what_has_no_contents_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    (root / "below").mkdir(parents=True)
    (root / "below" / "file").write_bytes(b"x")
    os.mkfifo(root / "below" / "pipe")
    with pytest.raises(SpecialFile, match="below/pipe is a fifo"):
        DiskFolder(root).survey()
    skipping = DiskFolder(root, skip_special=True)
    assert skipping.survey().members == 3
    data, contents = archived(skipping)
    found, made = unpacked(data, tmp_path / "out")
    assert found == contents
    assert made.not_made == ["below/pipe (fifo, left out at sealing)"]
    assert tree_of(tmp_path / "out") == {"below": None, "below/file": b"x"}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        assert tar.getnames() == ["below", "below/file", "rogatory-listing.jsonl"]
        lines = tar.extractfile("rogatory-listing.jsonl")
        assert lines is not None
        assert json.loads(lines.read().splitlines()[2])["was"] == "fifo"
    subprocess.run(["tar", "-t"], input=data, check=True, capture_output=True)


def _grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def _cut(path: Path) -> None:
    os.truncate(path, 10)


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [_grow, _cut, _touch])
@pytest.mark.parametrize("size", [5_000_000])
def test_a_file_that_changes_while_it_is_read_is_named(
    tmp_path: Path, change: Callable[[Path], None], size: int
) -> None:
    root = tmp_path / "evidence"
    root.mkdir()
    (root / "busy.log").write_bytes(bytes(range(250)) * (size // 250))
    source = FolderArchive(DiskFolder(root), io.BytesIO()).begin(KEY)
    source.read(1_000_000)
    change(root / "busy.log")
    with pytest.raises(FolderChanged, match=r"busy\.log"):
        source.read()


def test_a_file_that_goes_away_is_named(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    root.mkdir()
    for name in "ab":
        (root / name).write_bytes(bytes(10))
    members = DiskFolder(root).members()
    next(members)
    (root / "b").unlink()
    with pytest.raises(FolderChanged, match="b is no longer there"):
        next(members)


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFolder):
        DiskFolder(tmp_path / "nowhere").survey()


def test_an_empty_folder_and_reserved_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFolder):
        archived(tmp_path)
    (tmp_path / "rogatory-listing.jsonl").write_bytes(b"{}")
    with pytest.raises(ReservedName):
        archived(tmp_path)


NAMES = st.binary(min_size=1, max_size=150).filter(
    lambda name: name not in (b".", b"..", *layout.RESERVED) and not {0, 47} & {*name}
)


@given(
    st.dictionaries(NAMES, st.binary(max_size=1500), min_size=1, max_size=6),
    st.integers(-(10**18), 10**20),
    st.integers(1, 3000),
)
@settings(deadline=None, max_examples=60)
def test_any_names_data_and_times_are_read_as_they_were_written(
    files: dict[bytes, bytes], mtime: int, step: int
) -> None:
    members = [
        Found(path=name, kind="file", mtime=mtime, size=len(files[name]), blocks=files[name]) for name in sorted(files)
    ]
    data, contents = archived(MadeUp(members))
    taken: dict[bytes, tuple[bytes, int, str]] = {}

    class Memory:
        def origin(self, provenance: bytes) -> None:
            raise AssertionError("there is none")

        def begin(self, member: layout.Member, place: int) -> None:
            assert data[place : place + member.size] == files[member.path]
            self.data_, self.mtime = b"", member.mtime

        def data(self, offset: int, block: bytes) -> None:
            assert offset == len(self.data_)
            self.data_ += block

        def end(self, member: layout.Member, sha256: str) -> None:
            taken[member.path] = self.data_, self.mtime, sha256

    reader = ArchiveReader(Memory(), payload_key=KEY, at_most=10**6)
    for place in range(0, len(data), step):
        reader.write(data[place : place + step])
    assert reader.finish() == contents
    assert taken == {name: (body, mtime, hashlib.sha256(body).hexdigest()) for name, body in files.items()}
