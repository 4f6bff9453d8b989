"""The committed vectors of contents, folders and extracts are what the maker makes, and judged as their headers say."""

import subprocess
from pathlib import Path

import pytest
from tests.support.vectors import FOLDER, RING, Header, Judge, require_judged

from rogatory.evidence import contents, manifest, provenance
from rogatory.evidence.archive.layout import Member
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.manifest import Contents
from rogatory.evidence.provenance import Witnessing
from rogatory.kernel import canonical

FILES = sorted((FOLDER / "contents").glob("*.txt"))


class Nothing:
    """Takes everything and keeps nothing."""

    def origin(self, provenance: bytes) -> None: ...

    def begin(self, member: Member, place: int) -> None: ...

    def data(self, offset: int, data: bytes) -> None: ...

    def end(self, member: Member, sha256: str) -> None: ...


def _read(header: Header) -> tuple[Contents, Witnessing]:
    data = bytearray((FOLDER / "contents" / header["file"]).read_bytes())
    if "flip" in header:
        data[int(header["flip"])] ^= 1
    seen = Witnessing(Nothing())
    reader = ArchiveReader(seen, payload_key=bytes.fromhex(header["key"]), at_most=10**6)
    reader.write(bytes(data[: int(header.get("cut", len(data)))]) + bytes.fromhex(header.get("append", "")))
    return reader.finish(), seen


def _piece(header: Header, body: bytes) -> None:
    stated, proof = map(canonical.loads, body.split(b"\n"))
    contents.verify_piece(Contents(**stated), contents.read_proof(proof))


def _archive(header: Header, body: bytes) -> None:
    found, seen = _read(header)
    assert (seen.paper, seen.held) == (None, [])
    contents.verify_contents(found, Contents(**canonical.loads_object(body)))


def _extract(header: Header, body: bytes) -> None:
    stated = manifest.verify_manifest(body, RING)
    found, seen = _read(header)
    contents.verify_contents(found, stated.contents)
    assert provenance.verify(seen, stated, RING).unchecked == ()


JUDGES: dict[str, Judge] = {"piece": _piece, "archive": _archive, "extract": _extract}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_of_contents_is_judged_as_its_header_says(path: Path) -> None:
    require_judged(path, JUDGES)


def test_the_vectors_of_contents_are_those_that_the_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import make_contents

    made = make_contents.build()
    assert {str(path.relative_to(FOLDER)) for path in (FOLDER / "contents").iterdir()} == set(made)
    for name, data in made.items():
        assert (FOLDER / name).read_bytes() == data, name


def test_stock_tar_lists_the_archives_of_the_vectors() -> None:
    for name, count in (("folder.tar", 7), ("extract.tar", 5)):
        path = FOLDER / "contents" / name
        listed = subprocess.run(["tar", "-tf", str(path)], capture_output=True, check=True).stdout
        assert listed.count(b"\n") == count
