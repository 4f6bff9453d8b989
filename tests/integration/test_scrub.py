"""Rot on the disk is found by exhibit and part, and mended from where good bytes are."""

import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.support.kept import PART, Kept, keep
from tests.support.world import Road

from rogatory.errors import NotFound, RogatoryError
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import copies, mending, scrub, stored
from rogatory.node.people import Actor, RoleMissing
from rogatory.ports.blobs import StorageFull
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.stores.files import LocalBlobs
from rogatory.stores.mirror import MirroredBlobs
from rogatory.stores.s3.store import S3Blobs, S3Place

People = dict[str, Actor]


@dataclass
class Disk:
    """The two stores of a node as folders."""

    first: Path
    second: Path

    def sealed(self, kept: Kept, *, second: bool = False) -> Path:
        return (self.second if second else self.first) / kept.row.sealed_blob

    def spoil(self, kept: Kept, how: str, part: int = 1, *, second: bool = False) -> None:
        path = self.sealed(kept, second=second)
        data = bytearray(path.read_bytes())
        if how == "flipped":
            data[part * PART + 100] ^= 1
        elif how == "cut":
            del data[part * PART + 10 :]
        elif how == "longer":
            data += b"more"
        elif how == "emptied":
            data.clear()
        path.write_bytes(data)
        if how == "missing":
            path.unlink()


class HelpfulRoad(Road):
    """A road whose other end holds the parts of some exhibits."""

    def __init__(self, *held: Kept) -> None:
        super().__init__()
        self.held = {one.id: one for one in held}
        self.asked: list[int | None] = []
        self.spoilt: set[int] = set()

    def get_part(self, address: str, exhibit: str, number: int) -> Answer:
        self.asked.append(number)
        if self.down:
            raise PartnerUnreachable(self.down)
        data = self.held[exhibit].sealed[number * PART : (number + 1) * PART]
        return Answer(status=200, code="", body=data[::-1] if number in self.spoilt else data)

    def get_parts_list(self, address: str, exhibit: str) -> Answer:
        self.asked.append(None)
        return Answer(status=200, code="", body=self.held[exhibit].part_list)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "blobs", tmp_path / "second")


@pytest.fixture
def alone(node: Node) -> Node:
    """The node with one store and a road at whose end nobody answers."""
    return node


@pytest.fixture
def paired(node: Node, disk: Disk) -> Node:
    """The node with a second store."""
    second = LocalBlobs(disk.second)
    return replace(node, blobs=MirroredBlobs(LocalBlobs(disk.first), second), second=second)


@pytest.fixture
def kept(node: Node, start: datetime) -> Kept:
    return keep(node, os.urandom(5 * PART), start)


def with_partner(node: Node, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> tuple[Node, HelpfulRoad]:
    road = HelpfulRoad(kept)

    class Card:
        address = "http://127.0.0.1:9"

    monkeypatch.setattr(partners, "card_of", lambda node, state: Card)
    return replace(node, transport=road), road


def told(found: scrub.Scrubbed) -> list[tuple[str, str, int, str]]:
    return [(one.rot.store, one.rot.what, one.rot.part, one.rot.kind) for one in found.open]


def sources(node: Node) -> set[str]:
    return {one.mended_from for one in node.stores.scrubs.findings(1000)}


def test_a_disk_without_rot_is_found_so(alone: Node, start: datetime) -> None:
    held = [keep(alone, os.urandom(size), start) for size in (0, 10, 3 * PART)]
    seen: list[tuple[int, int]] = []
    found = scrub.run(alone, None, progress=lambda done, total: seen.append((done, total)))
    total = sum(len(one.sealed) for one in held)
    assert (found.exhibits, found.read, found.found, found.ended) == (3, total, 0, True)
    assert seen[-1] == (total, total)
    audit = [row.action for row in alone.stores.audit.recent(10)]
    assert audit == ["node:blobs:scrub"]


@pytest.mark.parametrize(
    ("how", "part", "rot"),
    [
        ("flipped", 0, [("first", "part", 0, "changed")]),
        ("flipped", 3, [("first", "part", 3, "changed")]),
        ("cut", 4, [("first", "part", 4, "short"), ("first", "part", 5, "short")]),
        ("longer", 0, [("first", "part", 5, "changed")]),
        ("emptied", 0, [("first", "part", number, "short") for number in range(6)]),
    ],
)
def test_what_rotted_is_named_by_exhibit_and_part(
    alone: Node, disk: Disk, kept: Kept, how: str, part: int, rot: list[tuple[str, str, int, str]]
) -> None:
    disk.spoil(kept, how, part)
    found = scrub.run(alone, None)
    if how == "longer":
        assert (told(found), found.mended) == ([], 1)
        assert disk.sealed(kept).read_bytes() == kept.sealed
        return
    assert told(found) == rot
    assert found.mended == 0
    assert {one.rot.exhibit for one in found.open} == {kept.id}
    again = scrub.run(alone, None)
    assert [one.id for one in again.open] == [one.id for one in found.open]


def test_a_missing_file_is_found_and_so_is_every_part_of_it(alone: Node, disk: Disk, kept: Kept) -> None:
    disk.spoil(kept, "missing")
    found = told(scrub.run(alone, None))
    assert ("first", "file", 0, "missing") in found
    assert sum(what == "part" for _, what, _, _ in found) == kept.count


def test_a_part_of_another_exhibit_in_its_place_is_found(alone: Node, disk: Disk, kept: Kept, start: datetime) -> None:
    other = keep(alone, os.urandom(5 * PART), start)
    data = bytearray(kept.sealed)
    data[2 * PART : 3 * PART] = other.sealed[2 * PART : 3 * PART]
    disk.sealed(kept).write_bytes(data)
    assert told(scrub.run(alone, None)) == [("first", "part", 2, "changed")]


def test_whole_files_swapped_with_each_other_are_found(alone: Node, disk: Disk, kept: Kept, start: datetime) -> None:
    other = keep(alone, os.urandom(5 * PART), start)
    disk.sealed(kept).write_bytes(other.sealed)
    disk.sealed(other).write_bytes(kept.sealed)
    found = scrub.run(alone, None)
    assert {one.rot.exhibit for one in found.open} == {kept.id, other.id}
    assert len(found.open) == kept.count + other.count


@pytest.mark.parametrize("how", ["flipped", "cut", "longer", "emptied", "missing"])
def test_everything_is_mended_from_the_second_store(paired: Node, disk: Disk, kept: Kept, how: str) -> None:
    copies.copy_due(paired)
    disk.spoil(kept, how)
    found = scrub.run(paired, None)
    assert found.found >= 1
    assert told(found) == []
    assert disk.sealed(kept).read_bytes() == kept.sealed
    assert sources(paired) <= {"second", "itself"}
    assert scrub.run(paired, None).found == 0


@pytest.mark.parametrize("how", ["flipped", "cut", "emptied", "missing"])
def test_everything_is_mended_from_the_partner(
    alone: Node, disk: Disk, kept: Kept, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, road = with_partner(alone, kept, monkeypatch)
    disk.spoil(kept, how)
    found = scrub.run(node, None)
    assert told(found) == []
    assert disk.sealed(kept).read_bytes() == kept.sealed
    assert "partner" in sources(node)
    assert 1 in road.asked


def test_a_wrong_part_from_the_partner_is_never_written(
    alone: Node, disk: Disk, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, road = with_partner(alone, kept, monkeypatch)
    road.spoilt = {1}
    disk.spoil(kept, "flipped", 1)
    before = disk.sealed(kept).read_bytes()
    assert told(scrub.run(node, None)) == [("first", "part", 1, "changed")]
    assert disk.sealed(kept).read_bytes() == before
    road.spoilt = set()
    assert told(scrub.run(node, None)) == []


def test_a_partner_that_does_not_answer_is_asked_once_an_exhibit(
    alone: Node, disk: Disk, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, road = with_partner(alone, kept, monkeypatch)
    road.down = "no road"
    disk.spoil(kept, "emptied")
    assert len(told(scrub.run(node, None))) == kept.count
    assert len(road.asked) == 1


def test_a_missing_file_of_which_one_part_is_nowhere_keeps_the_rest(
    alone: Node, disk: Disk, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, road = with_partner(alone, kept, monkeypatch)
    road.spoilt = {3}
    disk.spoil(kept, "missing")
    assert told(scrub.run(node, None)) == [("first", "file", 0, "missing"), ("first", "part", 3, "missing")]
    assert not disk.sealed(kept).exists()
    road.spoilt, road.asked = set(), []
    assert told(scrub.run(node, None)) == []
    assert road.asked == [3]
    assert disk.sealed(kept).read_bytes() == kept.sealed


@pytest.mark.parametrize("left", [None, b"", b"x" * 32, "flipped"])
def test_the_part_list_is_made_again_from_the_file_itself(
    alone: Node, disk: Disk, kept: Kept, left: bytes | str | None
) -> None:
    path = disk.first / kept.row.parts_list
    path.unlink()
    if left is not None:
        path.write_bytes(kept.part_list[:-1] + b"!" if isinstance(left, str) else left)
    found = scrub.run(alone, None)
    assert (found.found, told(found), sources(alone)) == (1, [], {"itself"})
    assert path.read_bytes() == kept.part_list


def test_list_and_file_rotten_together_are_mended_from_elsewhere(paired: Node, disk: Disk, kept: Kept) -> None:
    copies.copy_due(paired)
    (disk.first / kept.row.parts_list).write_bytes(b"rot")
    disk.spoil(kept, "flipped", 2)
    assert told(scrub.run(paired, None)) == []
    assert disk.sealed(kept).read_bytes() == kept.sealed
    assert (disk.first / kept.row.parts_list).read_bytes() == kept.part_list


def test_list_and_file_rotten_and_no_other_copy_is_told_as_it_is(alone: Node, disk: Disk, kept: Kept) -> None:
    (disk.first / kept.row.parts_list).unlink()
    disk.spoil(kept, "flipped", 2)
    assert told(scrub.run(alone, None)) == [("first", "file", 0, "changed"), ("first", "part-list", 0, "missing")]


def test_rot_in_the_second_store_is_found_and_mended_from_the_first(paired: Node, disk: Disk, kept: Kept) -> None:
    copies.copy_due(paired)
    disk.spoil(kept, "flipped", 2, second=True)
    found = scrub.run(paired, None)
    assert (found.found, told(found), sources(paired)) == (1, [], {"first"})
    assert disk.sealed(kept, second=True).read_bytes() == kept.sealed


def test_a_second_store_out_of_reach_does_not_stop_the_scrub(alone: Node, disk: Disk, kept: Kept) -> None:
    nowhere = S3Place(endpoint="http://127.0.0.1:9", bucket="evidence", region="x", access_key="a", secret_key="b")
    found = scrub.run(replace(alone, second=S3Blobs(nowhere)), None)
    assert (found.exhibits, found.found, found.ended) == (1, 0, True)
    assert "blob-store-unreachable" in found.second_trouble
    disk.spoil(kept, "flipped", 1)
    assert told(scrub.run(replace(alone, second=S3Blobs(nowhere)), None)) == [("first", "part", 1, "changed")]


def test_one_exhibit_can_be_scrubbed_alone(alone: Node, disk: Disk, kept: Kept, start: datetime) -> None:
    other = keep(alone, os.urandom(2 * PART), start)
    for one in (kept, other):
        disk.spoil(one, "flipped")
    found = scrub.run(alone, None, only=other.id)
    assert (found.exhibits, {one.rot.exhibit for one in found.open}) == (1, {other.id})
    with pytest.raises(exhibits.NoSuchExhibit):
        scrub.run(alone, None, only="0" * 26)


def test_a_scrub_goes_on_where_it_was_stopped(alone: Node, start: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrub, "KEEP_BYTES", 1)
    held = [keep(alone, os.urandom(4 * PART), start) for _ in range(3)]
    whole = sum(len(one.sealed) for one in held)
    reads: list[int] = []

    def pace(size: int) -> None:
        reads.append(size)
        if len(reads) in (3, 7, 8):
            raise scrub.ScrubStopped

    runs = 0
    while not scrub.run(alone, None, pace=pace).ended:
        runs += 1
    assert runs == 3
    assert sum(reads) == whole
    place = alone.stores.scrubs.current()
    assert (place.number, place.done, place.exhibits, place.leased_until) == (1, whole, 3, None)
    scrub.run(alone, None)
    assert alone.stores.scrubs.current().number == 2


def test_two_scrubs_at_once_are_one_too_many(alone: Node, kept: Kept) -> None:
    refused: list[str] = []

    def pace(_: int) -> None:
        if not refused:
            with pytest.raises(scrub.ScrubbedAlready) as caught:
                scrub.run(alone, None)
            refused.append(caught.value.code)

    assert scrub.run(alone, None, pace=pace).ended
    assert refused == ["scrubbed-already"]


def test_a_drafter_does_not_scrub(alone: Node, people: People) -> None:
    with pytest.raises(RoleMissing):
        scrub.run(alone, people["drafter"])
    assert scrub.run(alone, people["custodian"]).ended


@pytest.mark.parametrize("state", ["destroying", "destroyed", "returned", "receiving"])
def test_what_is_not_kept_is_not_looked_for(alone: Node, disk: Disk, kept: Kept, state: str) -> None:
    with alone.stores.atomic():
        alone.stores.exhibits.put(replace(kept.row, state=state))
    disk.spoil(kept, "missing")
    assert scrub.run(alone, None).found == 0


def test_what_we_gave_and_got_back_is_still_kept_here(paired: Node, disk: Disk, start: datetime) -> None:
    ours = keep(paired, os.urandom(2 * PART), start, ours=True, state="returned")
    assert copies.copy_due(paired).copied == 2
    copies.copy_due(paired)
    assert disk.sealed(ours, second=True).exists()
    disk.spoil(ours, "flipped")
    assert (scrub.run(paired, None).mended, disk.sealed(ours).read_bytes()) == (1, ours.sealed)


def test_a_disk_that_is_full_stops_the_mending_and_loses_nothing(paired: Node, disk: Disk, kept: Kept) -> None:
    copies.copy_due(paired)
    disk.spoil(kept, "missing")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * PART, before[1]))
    try:
        with pytest.raises(StorageFull):
            _scrubbed_bytes(paired, kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert disk.sealed(kept, second=True).read_bytes() == kept.sealed
    assert told(scrub.run(paired, None)) == []
    assert disk.sealed(kept).read_bytes() == kept.sealed


def _scrubbed_bytes(node: Node, kept: Kept) -> None:
    """Mends without touching the database, which has a file of its own."""
    assert node.second is not None
    sources = mending.Sources(node=node, row=kept.row, others={"second": node.second})
    for _ in mending.mend_file(node.blobs, sources, kept.part_list):
        pass


@pytest.mark.parametrize("how", ["flipped", "missing"])
def test_what_is_ordered_destroyed_while_it_is_mended_is_not_brought_back(
    paired: Node, disk: Disk, kept: Kept, how: str
) -> None:
    copies.copy_due(paired)
    disk.spoil(kept, how, 0)

    class Late(LocalBlobs):
        """A second store: while it is read for the first time the order comes, and is carried out."""

        ordered = False

        def open_afresh(self, name: str) -> object:  # type: ignore[override]
            file = super().open_afresh(name)
            if not Late.ordered:
                Late.ordered = True
                with paired.stores.atomic():
                    paired.stores.exhibits.put(replace(kept.row, state="destroying"))
                for one in stored.blob_names(kept.row):
                    paired.blobs.shred(one)
            return file

    second = Late(disk.second)
    late = replace(paired, second=second)
    scrub.run(late, None)
    left = [path for folder in (disk.first, disk.second) for path in folder.rglob("*") if path.is_file()]
    assert left == []


def test_copies_are_made_once_and_go_with_their_exhibit(paired: Node, disk: Disk, kept: Kept, start: datetime) -> None:
    second = keep(paired, os.urandom(PART), start)
    assert copies.waiting(paired) == 2
    done = copies.copy_due(paired)
    assert (done.copied, done.failed, done.waiting) == (4, {}, 0)
    assert copies.copy_due(paired).copied == 0
    assert disk.sealed(kept, second=True).read_bytes() == kept.sealed
    with paired.stores.atomic():
        paired.stores.exhibits.put(replace(second.row, state="destroyed"))
    copies.copy_due(paired)
    assert not disk.sealed(second, second=True).exists()
    assert disk.sealed(kept, second=True).exists()


def test_a_header_made_anew_is_copied_too(paired: Node, disk: Disk, kept: Kept) -> None:
    copies.copy_due(paired)
    paired.blobs.replace(f"exhibits/{kept.id}/header-1.age", b"a header")
    with paired.stores.atomic():
        paired.stores.exhibits.put(replace(kept.row, header_blob=f"exhibits/{kept.id}/header-1.age"))
    assert copies.copy_due(paired).copied == 3
    (disk.first / f"exhibits/{kept.id}/header-1.age").unlink()
    assert told(scrub.run(paired, None)) == []
    assert (disk.first / f"exhibits/{kept.id}/header-1.age").read_bytes() == b"a header"


def test_rot_is_not_copied_to_the_second_store(paired: Node, disk: Disk, kept: Kept) -> None:
    disk.spoil(kept, "flipped")
    done = copies.copy_due(paired)
    assert set(done.failed) == {kept.id}
    assert done.waiting == 1
    assert not disk.sealed(kept, second=True).exists()


def test_there_is_no_copying_without_a_second_store(alone: Node) -> None:
    with pytest.raises(copies.NoSecondStore):
        copies.copy_due(alone)


def test_the_other_side_gets_back_good_parts_of_what_it_shares(alone: Node, disk: Disk, kept: Kept) -> None:
    assert mending.part_for(alone, "FRA", kept.id, 2) == kept.sealed[2 * PART : 3 * PART]
    assert mending.part_list_for(alone, "FRA", kept.id) == kept.part_list
    disk.spoil(kept, "flipped", 2)
    refusals: list[tuple[Callable[[], object], str]] = [
        (lambda: mending.part_for(alone, "FRA", kept.id, 2), "part-rotten-here"),
        (lambda: mending.part_for(alone, "FRA", kept.id, 99), "part-out-of-range"),
        (lambda: mending.part_for(alone, "KEN", kept.id, 1), "not-your-exhibit"),
        (lambda: mending.part_list_for(alone, "KEN", kept.id), "not-your-exhibit"),
        (lambda: mending.part_for(alone, "FRA", "0" * 26, 1), "no-such-exhibit"),
    ]
    for act, code in refusals:
        with pytest.raises(RogatoryError) as caught:
            act()
        assert caught.value.code == code


@pytest.mark.parametrize("state", ["sealed", "destroyed", "receiving"])
def test_what_is_not_shared_yet_or_any_more_is_not_given_back(alone: Node, kept: Kept, state: str) -> None:
    with alone.stores.atomic():
        alone.stores.exhibits.put(replace(kept.row, state=state))
    with pytest.raises(mending.NotKept):
        mending.part_for(alone, "FRA", kept.id, 0)


@pytest.mark.any_database
def test_a_mender_that_is_killed_anywhere_leaves_nothing_worse(paired: Node, disk: Disk, kept: Kept) -> None:
    """The process that mends is killed at every write to the disk in turn; the next scrub puts everything right."""
    copies.copy_due(paired)
    for how in ("flipped", "cut", "missing"):
        disk.spoil(kept, how, 2)
        good = {number for number in range(kept.count) if _part(disk, kept, number) == _right(kept, number)}
        for kill_at in range(1, 60):
            survived = _killed_mending(paired, kept, kill_at)
            still = {number for number in range(kept.count) if _part(disk, kept, number) == _right(kept, number)}
            assert good <= still, (how, kill_at)
            if survived:
                break
        assert survived
        assert scrub.run(paired, None, anew=True).open == ()
        assert disk.sealed(kept).read_bytes() == kept.sealed


def _right(kept: Kept, number: int) -> bytes:
    return kept.sealed[number * PART : (number + 1) * PART]


def _part(disk: Disk, kept: Kept, number: int) -> bytes:
    for path in (disk.sealed(kept), disk.sealed(kept).with_name("sealed.age.part")):
        if path.exists():
            return path.read_bytes()[number * PART : (number + 1) * PART]
    return b""


def _killed_mending(node: Node, kept: Kept, kill_at: int) -> bool:
    """Whether mending ended before the *kill_at*-th call that writes; it runs in a process that is killed there."""
    assert node.second is not None
    child = os.fork()
    if child == 0:
        calls = 0

        def killing(real: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **more: object) -> object:
                nonlocal calls
                calls += 1
                if calls == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **more)

            return call

        for name in ("pwrite", "fsync", "ftruncate", "rename", "replace", "link"):
            setattr(os, name, killing(getattr(os, name)))
        status = 1
        try:
            digests = kept.part_list
            sources = mending.Sources(node=node, row=kept.row, others={"second": node.second})
            try:
                for number, _, wrong in stored.judge(node.blobs, kept.row, digests):
                    if wrong:
                        mending.mend_part(node.blobs, sources, digests, number)
            except NotFound:
                for _ in mending.mend_file(node.blobs, sources, digests):
                    pass
            status = 0
        finally:
            os._exit(status)
    _, outcome = os.waitpid(child, 0)
    assert outcome in (0, signal.SIGKILL), outcome
    time.sleep(0)
    return outcome == 0
