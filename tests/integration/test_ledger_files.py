"""The hashes of the log's tree are derived: whatever happens to their files, what is handed out is right, or refused."""

import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.integration.test_at_once import at_once

from rogatory.api import door
from rogatory.errors import RogatoryError
from rogatory.ledger import checkpoint, entries, merkle, proofs, tiles
from rogatory.ledger.entries import Opening
from rogatory.ledger.notes import VerifierKey
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.ledger import proving
from rogatory.ports.record import LedgerDamaged
from rogatory.stores import append_only
from rogatory.stores.database import Database
from rogatory.stores.models import Checkpoint, LedgerEntry

Held = list[Opening]


def openings(count: int, seed: str = "") -> Held:
    names = [f"{seed}{number}".encode() for number in range(count)]
    return [Opening(blinding=hashlib.sha256(b"b" + one).digest(), digest=hashlib.sha256(one).digest()) for one in names]


def append(node: Node, held: Held, *batches: int, seed: str = "") -> Held:
    """*held* and the openings of *batches* of new entries."""
    for batch in batches:
        added = openings(batch, f"{seed}{len(held)}-")
        with node.stores.atomic():
            first, _ = record.append_entries(node, added)
        assert first == len(held)
        held = [*held, *added]
    return held


def reopened(node: Node, tmp_path: Path) -> Node:
    """*node* as another process sees it, with the same files."""
    return replace(node, stores=Database(tree=tmp_path / "ledger"))


def key_of(node: Node) -> VerifierKey:
    return VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)


def assert_all_is_proved(node: Node, held: Held, step: int = 1) -> None:
    for index in range(0, len(held), step):
        made = proving.prove(node, index, held[index])
        assert proofs.verify_proof(made, held[index].digest.hex(), key_of(node)).size == len(held)
    for tile in tiles.new_tiles(0, len(held)):
        if tile.level >= 0:
            assert len(proving.tile_bytes(node, tile)) == 32 * tile.width
        else:
            first = tile.index * tiles.WIDTH
            expected = [one.entry for one in held[first : first + tile.width]]
            assert tiles.read_bundle(proving.tile_bytes(node, tile), width=tile.width) == expected


def test_entries_appended_in_batches_are_all_proved(node: Node) -> None:
    held: Held = []
    for batch in (1, 1, 2, 3, 1, 250, 1, 300, 7):
        held = append(node, held, batch)
        proving.prove(node, len(held) - 1, held[-1])
    assert_all_is_proved(node, held, 17)


def test_nothing_is_written_to_the_files_before_somebody_reads_the_tree(node: Node, tmp_path: Path) -> None:
    append(node, [], 1, 2, 3)
    assert not (tmp_path / "ledger").exists()


def test_the_tree_that_the_tiles_show_is_the_one_that_was_signed(node: Node) -> None:
    held = append(node, [], 300)
    shown = tiles.TileNodes(
        lambda level, index: proving.tile_bytes(
            node, tiles.Tile(level=level, index=index, width=tiles.tile_width(level, index, len(held)))
        )
    )
    head = checkpoint.verify_checkpoint(proving.checkpoint_text(node), key_of(node))
    assert merkle.root(head.size, shown) == head.root


def test_a_narrower_tile_than_there_is_now_can_still_be_had(node: Node) -> None:
    append(node, [], 300)
    full, partial = proving.tile(node, "tile/0/000"), proving.tile(node, "tile/0/000.p/7")
    assert full[: 7 * 32] == partial
    assert proving.tile(node, "tile/0/001.p/44")[: 3 * 32] == proving.tile(node, "tile/0/001.p/3")
    with pytest.raises(merkle.OutsideTree):
        proving.tile(node, "tile/0/001.p/45")


def test_a_proof_under_an_older_checkpoint_holds_for_that_one(node: Node) -> None:
    held = append(node, [], 5)
    older = proving.checkpoint_text(node)
    held = append(node, held, 300)
    made = proving.prove(node, 3, held[3], under=older)
    assert proofs.verify_proof(made, held[3].digest.hex(), key_of(node)).size == 5
    with pytest.raises(merkle.NotIncluded):
        proving.prove(node, 7, held[7], under=older)


def test_a_checkpoint_of_another_tree_is_never_used_for_a_proof(node: Node) -> None:
    held = append(node, [], 5)
    stated = checkpoint.Checkpoint(origin=node.config.log_origin, size=5, root=bytes(32))
    other = checkpoint.sign_checkpoint(stated, key=key_of(node), sign=node.unlock().ledger.sign)
    with pytest.raises(LedgerDamaged):
        proving.prove(node, 3, held[3], under=other)


def test_an_opening_that_is_not_the_entrys_is_said_without_deriving_all_anew(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = append(node, [], 5)
    monkeypatch.setattr(node.stores.ledger, "rebuild", lambda: pytest.fail("nothing was wrong with the files"))
    with pytest.raises(entries.WrongOpening):
        proving.prove(node, 3, held[2])


def test_growth_is_proved_from_every_earlier_size(node: Node) -> None:
    sizes = []
    held: Held = []
    for _ in range(6):
        held = append(node, held, 3)
        sizes.append(checkpoint.verify_checkpoint(proving.checkpoint_text(node), key_of(node)))
    for old in sizes:
        steps, signed = proving.growth(node, old.size)
        checkpoint.verify_growth(old, checkpoint.verify_checkpoint(signed, key_of(node)), steps)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 5)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0" * 77)


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("harm", [cut, flip, lengthen, zero, Path.unlink], ids=lambda act: act.__name__)
@pytest.mark.parametrize("level", [0, 1, 4, 7])
def test_a_file_that_was_cut_changed_or_lost_is_made_anew(
    node: Node, tmp_path: Path, harm: Callable[[Path], None], level: int
) -> None:
    held = append(node, [], 200)
    assert_all_is_proved(node, held)
    before = {path.name: path.read_bytes() for path in (tmp_path / "ledger").glob("level-*")}
    harm(tmp_path / "ledger" / f"level-{level}")
    assert_all_is_proved(reopened(node, tmp_path), held)
    assert {path.name: path.read_bytes() for path in (tmp_path / "ledger").glob("level-*")} == before


def test_rot_below_a_running_process_is_noticed_by_what_it_hands_out(node: Node, tmp_path: Path) -> None:
    held = append(node, [], 700)
    assert_all_is_proved(node, held, 97)
    path = tmp_path / "ledger" / "level-3"
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    assert_all_is_proved(node, held, 97)


def test_a_whole_folder_that_was_lost_below_a_running_process_is_made_anew(node: Node, tmp_path: Path) -> None:
    held = append(node, [], 40)
    assert_all_is_proved(node, held)
    for path in (tmp_path / "ledger").iterdir():
        path.unlink()
    held = append(node, held, 40)
    assert_all_is_proved(node, held)
    assert_all_is_proved(reopened(node, tmp_path), held)


@pytest.mark.parametrize("text", ["", "x", "-5", "999999999"])
def test_a_wrong_mark_of_what_is_durable_does_no_harm(node: Node, tmp_path: Path, text: str) -> None:
    held = append(node, [], 50)
    assert_all_is_proved(node, held)
    (tmp_path / "ledger" / "durable").write_text(text, encoding="ascii")
    assert_all_is_proved(reopened(node, tmp_path), held)


def test_a_proof_within_the_transaction_that_appends_writes_nothing_that_may_be_rolled_back(
    node: Node, tmp_path: Path
) -> None:
    held = append(node, [], 5)
    assert_all_is_proved(node, held)
    files = {path.name: path.read_bytes() for path in (tmp_path / "ledger").iterdir()}
    added = openings(3, "undone")
    with pytest.raises(ZeroDivisionError), node.stores.atomic():
        first, text = record.append_entries(node, added)
        with node.stores.atomic():
            made = proving.prove(node, first + 1, added[1])
        assert proofs.verify_proof(made, added[1].digest.hex(), key_of(node)).size == 8
        assert text == made.checkpoint
        raise ZeroDivisionError
    assert node.stores.ledger.size() == 5
    assert {path.name: path.read_bytes() for path in (tmp_path / "ledger").iterdir()} == files
    assert_all_is_proved(node, append(node, held, 4))


def set_back(node: Node, held: Held, size: int, head: tuple[int, bytes, str]) -> Held:
    """The log in the database as an older backup has it."""
    append_only.unprotect(connection)
    LedgerEntry.objects.filter(index__gte=size).delete()
    append_only.protect(connection)
    Checkpoint.objects.update(size=head[0], edge=head[1], text=head[2])
    return held[:size]


@pytest.mark.parametrize("regrown", [0, 3, 20, 40])
def test_a_database_set_back_to_an_older_backup_is_told_and_served_from(
    shared: Node, tmp_path: Path, caplog: pytest.LogCaptureFixture, regrown: int
) -> None:
    node = shared
    held = append(node, [], 10)
    row = Checkpoint.objects.get()
    backup = row.size, bytes(row.edge), row.text
    held = append(node, held, 20)
    assert_all_is_proved(node, held)
    lost = proving.checkpoint_text(node)
    held = set_back(node, held, 10, backup)
    held = append(node, held, *([regrown] if regrown else []), seed="other")
    with caplog.at_level(logging.ERROR, "rogatory.ledger"):
        assert_all_is_proved(reopened(node, tmp_path), held)
        assert_all_is_proved(node, held)
    assert "set back" in caplog.text
    assert list(node.stores.ledger.lost_checkpoints()) == [lost]


def test_entries_that_are_missing_or_changed_in_the_database_are_never_papered_over(
    shared: Node, tmp_path: Path
) -> None:
    held = append(shared, [], 30)
    append_only.unprotect(connection)
    LedgerEntry.objects.filter(index=7).update(entry=bytes(32))
    with pytest.raises(LedgerDamaged):
        proving.prove(shared, 3, held[3])
    LedgerEntry.objects.filter(index=7).delete()
    with pytest.raises(LedgerDamaged, match="missing"):
        proving.tile(reopened(shared, tmp_path), "tile/0/000.p/30")
    append_only.protect(connection)


def test_a_full_disk_below_the_files_is_told_and_nothing_is_lost(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    held = append(node, [], 30)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("rogatory.stores.treefiles.os.pwrite", full)
        with pytest.raises(RogatoryError) as told:
            proving.prove(node, 3, held[3])
        assert told.value.code == "storage-full"
    assert_all_is_proved(node, append(node, held, 2))


def test_many_who_append_and_prove_at_once_leave_one_sound_log(shared: Node) -> None:
    kept: dict[int, Opening] = {}

    def work() -> int:
        for turn in range(4):
            added = openings(turn + 1, os.urandom(8).hex())
            with shared.stores.atomic():
                first, _ = record.append_entries(shared, added)
            kept.update(enumerate(added, first))
            proving.prove(shared, first, added[0])
        return 1

    assert at_once(work) == [1] * 6
    assert sorted(kept) == list(range(60))
    assert_all_is_proved(shared, [kept[index] for index in range(60)])


def test_a_transaction_that_is_rolled_back_leaves_the_log_as_it_was(node: Node) -> None:
    held = append(node, [], 3)
    with pytest.raises(ZeroDivisionError), transaction.atomic(), node.stores.atomic():
        record.append_entries(node, openings(2, "undone"))
        raise ZeroDivisionError
    assert_all_is_proved(node, append(node, held, 1))


def test_caches_may_keep_a_full_tile_for_ever_and_must_ask_for_the_checkpoint(node: Node) -> None:
    append(node, [], 300)

    def kept(path: str) -> str:
        found: dict[str, str] = {}
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/node/v1/ledger/{path}"}
        door.answer(node, environ, lambda _, headers: found.update(headers))
        return found["Cache-Control"]

    for path in ("tile/0/000", "tile/entries/000"):
        assert kept(path) == "public, max-age=31536000, immutable"
    assert kept("tile/0/001.p/44") == "public, max-age=60"
    assert kept("tile/0/000.p/44") == "public, max-age=60"
    assert kept("checkpoint") == "no-cache"
    assert kept("tile/0/009") == "no-store", "a refusal is nothing to keep"
