"""A folder is sealed, handed over and unpacked; a part of it goes on to another State, and proves where it comes from."""

import hashlib
import io
import tarfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import accept
from tests.support.given_folders import BLOCK, FILE, People, World, make_evidence
from tests.support.partner import Partner

from rogatory.errors import BadInput, RogatoryError
from rogatory.evidence import provenance
from rogatory.evidence.archive.writer import FolderArchive
from rogatory.evidence.contents import PieceNotProved
from rogatory.evidence.extraction import NotDivisible, NothingChosen
from rogatory.evidence.manifest import Contents
from rogatory.evidence.provenance import BadProvenance
from rogatory.kernel import canonical
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.evidence import conditions, exhibits, folders, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.sealing import age
from rogatory.stores.folders import DiskFolder
from rogatory.stores.unpacking import FolderExists, NewFolder

pytestmark = pytest.mark.any_database


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    return make_evidence(tmp_path / "evidence")


@pytest.fixture
def world(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], start: datetime) -> World:
    kenya = accept(node, people, Partner("KEN", since=start - timedelta(days=30)), start)
    return World(node, people, france, our_recipients, kenya)


def names(data: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getnames()


def test_a_folder_is_sealed_as_one_exhibit(world: World, evidence: Path) -> None:
    about = ToSeal(name="evidence.tar", media_type="application/x-tar", description="A folder", use="Only there")
    source = FolderArchive(DiskFolder(evidence), io.BytesIO())
    request = world.asked.request
    row = sealings.seal(
        world.node, world.custodian, case=request.case, regarding=request.digest, source=source, about=about
    )
    made = exhibits.manifest_of(row)
    assert made.contents is not None
    assert (made.contents.kind, made.contents.count) == ("files", 8)
    with world.node.blobs.open(row.sealed_blob) as blob:
        sealed = blob.read()
    data = age.open_sealed(sealed, world.kenya.keys.identities()[world.kenya.authority])
    assert names(data)[-1] == "rogatory-listing.jsonl"
    assert hashlib.sha256(data).hexdigest() == made.sha256


def test_a_received_folder_is_unpacked_and_recorded(world: World, evidence: Path, tmp_path: Path) -> None:
    got = world.folder(evidence)
    with NewFolder(tmp_path / "out") as folder:
        found = folders.open_folder(world.node, world.custodian, got.id, folder, purpose="to read the mail")
        assert not (tmp_path / "out").exists(), "nothing stands there before all of it is verified"
        folder.commit()
    assert (found.members, found.origin) == (8, None)
    for path in evidence.rglob("*"):
        made = tmp_path / "out" / path.relative_to(evidence)
        assert made.is_symlink() == path.is_symlink()
        assert made.is_dir() or made.read_bytes() == path.read_bytes()
    assert got.custody(got.id)[-1] == "opened"


def test_a_folder_with_other_contents_than_its_manifest_states_is_not_kept(
    world: World, evidence: Path, tmp_path: Path
) -> None:
    content = FolderArchive(DiskFolder(evidence), io.BytesIO()).begin(bytes(32)).read()
    wrong = Contents(kind="files", count=8, root="0" * 64)
    got = world.received(content, lambda _: wrong, media_type="application/x-tar")
    with pytest.raises(PieceNotProved), NewFolder(tmp_path / "out") as folder:
        folders.open_folder(world.node, world.custodian, got.id, folder, purpose="to read the mail")
    assert not (tmp_path / "out").exists()
    assert "opened" not in got.custody(got.id)


def test_a_file_is_no_folder(world: World, tmp_path: Path) -> None:
    got = world.file()
    with pytest.raises(folders.NotAFolder), NewFolder(tmp_path / "out") as folder:
        folders.open_folder(world.node, world.custodian, got.id, folder, purpose="to look")
    (tmp_path / "out").mkdir()
    with pytest.raises(FolderExists), NewFolder(tmp_path / "out"):
        pass


def test_an_extract_proves_what_it_holds_and_shows_nothing_else(world: World, evidence: Path) -> None:
    got = world.folder(evidence)
    made, data, seen = world.extract(got.id, paths=("mail/*.eml", "disk.img"))
    held = ["disk.img", "mail", "mail/a.eml", "mail/b.eml", "mail/deep", "mail/deep/c.eml"]
    assert names(data) == ["rogatory-provenance.json", *held, "rogatory-listing.jsonl"]
    assert (made.derived.exhibit, made.derived.act) == (got.id, "extracted")
    assert (made.receivers, made.conditions.use) == ((world.kenya.authority,), "This investigation only")
    origin = provenance.verify(seen, made, partners.ring_with_us(world.node))
    assert (origin.pieces, origin.unchecked, origin.parent.exhibit) == (6, (), got.id)
    assert [words.en[:12] for words in origin.sentences()] == ["This is an e", "Left out: ev", "The parent's"]
    assert got.custody(got.id)[-2:] == ["opened", "extracted"]
    for hidden in (b"notes.txt", b"private", b"latest", hashlib.sha256(b"private").hexdigest().encode()):
        assert hidden not in data


def test_who_has_no_card_of_the_sealing_state_is_told_so(world: World, evidence: Path) -> None:
    got = world.folder(evidence)
    made, _, seen = world.extract(got.id, paths=("mail/deep",))
    origin = provenance.verify(seen, made, partners.ring_of(world.node, "KEN"))
    assert origin.unchecked == ("FRA", "VNM")
    assert "not checked" in origin.sentences()[2].en
    assert "ne sont pas vérifiées" in origin.sentences()[2].fr


def test_a_second_extract_needs_no_second_opening(world: World, evidence: Path) -> None:
    got = world.folder(evidence)
    world.extract(got.id, paths=("mail/a.eml",))
    made, data, _ = world.extract(got.id, paths=("mail/b.eml",))
    assert got.custody(got.id)[-3:] == ["opened", "extracted", "extracted"]
    assert names(data)[1:-1] == ["mail", "mail/b.eml"]
    assert made.size == len(data)


def test_a_stretch_of_a_divisible_file_is_extracted_by_whole_blocks(world: World) -> None:
    got = world.file()
    for start, end, first, last in (
        (BLOCK + 5, 2 * BLOCK + 1, BLOCK, 3 * BLOCK),
        (10 * BLOCK, len(FILE), 10 * BLOCK, len(FILE)),
    ):
        made, data, seen = world.extract(got.id, stretch=(start, end))
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            file = tar.extractfile(f"disk.raw.bytes-{first}-{last}")
            assert file is not None
            assert file.read() == FILE[first:last]
        origin = provenance.verify(seen, made, partners.ring_with_us(world.node))
        assert origin.pieces == -(-(last - first) // BLOCK)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"paths": ("nowhere/*",)}, NothingChosen),
        ({"paths": ()}, NothingChosen),
        ({"stretch": (0, 5)}, NotDivisible),
        ({"paths": ("mail",), "left_out": ""}, BadInput),
        ({"paths": ("mail",), "purpose": " "}, BadInput),
    ],
)
def test_what_cannot_be_extracted_is_refused_and_not_recorded(
    world: World, evidence: Path, changes: dict[str, Any], error: type[RogatoryError]
) -> None:
    got = world.folder(evidence)
    before = len(world.node.stores.exhibits.of_case(world.asked.request.case))
    with pytest.raises(error):
        world.extract(got.id, **changes)
    assert "extracted" not in got.custody(got.id)
    assert len(world.node.stores.exhibits.of_case(world.asked.request.case)) == before


def test_a_stretch_outside_the_file_and_a_file_without_pieces_are_refused(world: World) -> None:
    got = world.file()
    for stretch in ((0, len(FILE) + 1), (5, 5), (7, 3)):
        with pytest.raises(NothingChosen):
            world.extract(got.id, stretch=stretch)
    with pytest.raises(NotDivisible):
        world.extract(got.id, paths=("*",))


def test_without_leave_nothing_is_extracted_for_a_third_state(world: World, evidence: Path) -> None:
    for onward, error in (("only-with-leave", conditions.LeaveNeeded), ("not-at-all", conditions.OnwardForbidden)):
        got = world.folder(evidence, onward=onward)
        with pytest.raises(error):
            world.extract(got.id, paths=("mail",))
        assert "opened" not in got.custody(got.id)


def test_a_paper_that_was_changed_proves_nothing(world: World, evidence: Path) -> None:
    got = world.folder(evidence)
    made, _, seen = world.extract(got.id, paths=("mail/a.eml", "mail/b.eml"))
    assert seen.paper is not None
    paper, held, ring = seen.paper, list(seen.held), partners.ring_with_us(world.node)
    pieces = paper.pieces
    other = world.folder(evidence)
    changed = [
        replace(paper, manifest=exhibits.get(world.node, other.id).manifest.encode()),
        replace(paper, custody=paper.custody[:-1]),
        replace(paper, custody=paper.custody[1:]),
        replace(paper, pieces=pieces[:-1]),
        replace(paper, pieces=(*pieces[:-1], replace(pieces[-1], salt=bytes(32)))),
        replace(paper, pieces=(pieces[1], pieces[0], pieces[2])),
    ]
    for one in changed:
        seen.paper = one
        with pytest.raises(RogatoryError):
            provenance.verify(seen, made, ring)
    seen.paper, seen.held = paper, [held[0], replace(held[1], sha256="0" * 64), held[2]]
    with pytest.raises(BadProvenance):
        provenance.verify(seen, made, ring)
    seen.held = held
    assert provenance.verify(seen, made, ring).pieces == 3
    said = paper.to_json()
    for broken in (said | {"v": 2}, said | {"pieces": []}, said | {"custody": "x"}, {"v": 1}):
        with pytest.raises(RogatoryError):
            provenance.read(canonical.dumps(broken))
