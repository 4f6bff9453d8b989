"""The log by command: shown, checked against everything that can disagree, published as files, time-stamped."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.integration.test_ledger_files import append, flip, key_of, reopened, set_back
from tests.integration.test_storage import send
from tests.support.partner import Partner
from tests.support.timestamping import served_authority

from rogatory.cli import app
from rogatory.ledger import checkpoint, merkle, notes, tiles, timestamp
from rogatory.node.context import Node
from rogatory.node.ledger import proving
from rogatory.node.people import Actor
from rogatory.sealing.keys import SigningKey
from rogatory.stores import append_only
from rogatory.stores.models import Checkpoint, LedgerEntry, Message

pytestmark = pytest.mark.any_database

Run = Callable[..., tuple[int, Any]]


@dataclass
class Site:
    """As much of the site as these commands ask for: the node, and who acts."""

    held: Node
    actor: Actor

    def node(self) -> Node:
        return self.held

    def log_in(self, name: str, password: str) -> Actor:
        return self.actor


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Status and JSON answer of `rogatory --json ledger …`."""
    monkeypatch.setenv("ROGATORY_PASSWORD", "any")

    def call(node: Node, *words: object) -> tuple[int, Any]:
        site: Any = Site(node, people["administrator"])
        status = app.run(["--json", "--as", "giang", "ledger", *map(str, words)], site)
        return status, json.loads(capsys.readouterr().out)

    return call


def codes(told: Any) -> list[str]:
    return [one["code"] for one in told["findings"]]


def signed(node: Node, head: checkpoint.Checkpoint, *, by: SigningKey | None = None) -> str:
    key = by or node.unlock().ledger
    name = notes.VerifierKey(name=head.origin, public=key.public.raw)
    return checkpoint.sign_checkpoint(head, key=name, sign=key.sign)


def test_a_log_is_shown_with_what_a_verifier_needs(node: Node, run: Run) -> None:
    assert run(node, "show")[1]["size"] == 0
    append(node, [], 5)
    status, told = run(node, "show")
    assert (status, told["size"], told["lost_checkpoints"], told["timestamp"]) == (0, 5, 0, None)
    assert checkpoint.verify_checkpoint(proving.checkpoint_text(node), notes.parse_vkey(told["key"])).size == 5


def test_a_sound_log_agrees_with_everything(
    node: Node, people: dict[str, Actor], france: Partner, run: Run, tmp_path: Path
) -> None:
    assert run(node, "check") == (0, {"findings": [], "messages": 0, "root": merkle.EMPTY_ROOT.hex(), "size": 0})
    held_back = []
    for number in range(3):
        send(node, people)
        path = tmp_path / f"{number}.checkpoint"
        path.write_text(proving.checkpoint_text(node), encoding="utf-8")
        held_back += ["--earlier", path]
    status, told = run(node, "check", *held_back)
    assert (status, told["size"], told["messages"], told["findings"]) == (0, 3, 3, [])


def test_files_that_differ_are_told_and_made_anew(node: Node, run: Run, tmp_path: Path) -> None:
    held = append(node, [], 5000)
    proving.prove(node, 3, held[3])
    flip(tmp_path / "ledger" / "level-2")
    status, told = run(node, "check")
    assert (status, codes(told)) == (5, ["ledger-files-differ"])
    assert "level 2, place 625" in told["findings"][0]["message"]["en"]
    assert run(reopened(node, tmp_path), "check")[0] == 0


def test_a_truncated_table_is_told(shared: Node, run: Run) -> None:
    append(shared, [], 30)
    append_only.unprotect(connection)
    LedgerEntry.objects.filter(index__gte=17).delete()
    append_only.protect(connection)
    status, told = run(shared, "check")
    assert (status, codes(told)) == (5, ["ledger-truncated"])
    assert "from 17 on are missing" in told["findings"][0]["message"]["en"]


def test_a_changed_entry_is_named(shared: Node, run: Run) -> None:
    held = append(shared, [], 30)
    proving.prove(shared, 3, held[3])
    append_only.unprotect(connection)
    LedgerEntry.objects.filter(index=17).update(entry=bytes(32))
    append_only.protect(connection)
    status, told = run(shared, "check")
    assert (status, codes(told)) == (5, ["ledger-entries-changed"])
    assert "the first that differs is 17" in told["findings"][0]["message"]["en"]


def test_a_message_that_is_not_its_entrys_is_told(
    shared: Node, people: dict[str, Actor], partner: Partner, run: Run
) -> None:
    digest = send(shared, people)
    append_only.unprotect(connection)
    Message.objects.filter(digest=digest).update(blinding=bytes(32))
    append_only.protect(connection)
    assert codes(run(shared, "check")[1]) == ["ledger-opening-differs"]


def test_a_head_signed_by_another_key_or_about_another_tree_is_told(shared: Node, run: Run) -> None:
    append(shared, [], 3)
    row = Checkpoint.objects.get()
    head = checkpoint.read_checkpoint(row.text).checkpoint
    for text, code in (
        (signed(shared, head, by=SigningKey.from_seed(bytes(range(32)))), "note-not-signed"),
        (signed(shared, replace(head, size=2)), "ledger-head-differs"),
        (signed(shared, replace(head, root=bytes(32))), "ledger-head-differs"),
        ("nothing of the kind", "bad-note"),
    ):
        Checkpoint.objects.update(text=text)
        status, told = run(shared, "check")
        assert (status, codes(told)) == (5, [code])


def test_a_log_that_was_set_back_is_convicted_by_what_it_signed(shared: Node, run: Run, tmp_path: Path) -> None:
    held = append(shared, [], 10)
    row = Checkpoint.objects.get()
    backup = row.size, bytes(row.edge), row.text
    held = append(shared, held, 20)
    kept = tmp_path / "kept.checkpoint"
    kept.write_text(proving.checkpoint_text(shared), encoding="utf-8")
    held = set_back(shared, held, 10, backup)
    assert codes(run(shared, "check", "--earlier", kept)[1]) == ["log-shrank"]
    append(shared, held, 20, seed="other")
    assert codes(run(shared, "check", "--earlier", kept)[1]) == ["not-consistent"]


def test_a_log_that_was_set_back_is_told_even_when_nobody_kept_a_checkpoint(shared: Node, run: Run) -> None:
    held = append(shared, [], 10)
    row = Checkpoint.objects.get()
    backup = row.size, bytes(row.edge), row.text
    held = append(shared, held, 20)
    proving.prove(shared, 3, held[3])
    set_back(shared, held, 10, backup)
    assert codes(run(shared, "check")[1]) == ["log-shrank"]
    assert run(shared, "show")[1]["lost_checkpoints"] == 1


def test_an_earlier_checkpoint_of_another_log_or_of_nothing_is_told(node: Node, run: Run, tmp_path: Path) -> None:
    append(node, [], 3)
    head = checkpoint.read_checkpoint(proving.checkpoint_text(node)).checkpoint
    path = tmp_path / "other"
    path.write_text(signed(node, replace(head, origin="another")), encoding="utf-8")
    assert codes(run(node, "check", "--earlier", path)[1]) == ["other-log"]
    path.write_bytes(b"\xff\xfe")
    status, told = run(node, "check", "--earlier", path)
    assert (status, told["error"]["code"]) == (2, "bad-input")


def shown(folder: Path) -> tiles.TileNodes:
    """The tree that the files in *folder* show to a reader who knows their checkpoint."""
    size = checkpoint.read_checkpoint((folder / "checkpoint").read_bytes()).checkpoint.size

    def read(level: int, index: int) -> bytes:
        tile = tiles.Tile(level=level, index=index, width=tiles.tile_width(level, index, size))
        return (folder / tile.path).read_bytes()

    return tiles.TileNodes(read)


def test_a_published_log_is_whole_at_every_size_and_only_what_is_new_is_written(
    node: Node, run: Run, tmp_path: Path
) -> None:
    folder, held = tmp_path / "site", append(node, [], 3)
    for batch, files in ((0, 2), (0, 0), (4, 2), (300, 5), (210, 5)):
        held = append(node, held, *([batch] if batch else []))
        status, told = run(node, "publish", folder)
        assert (status, told["size"], told["files"]) == (0, len(held), files)
        head = checkpoint.verify_checkpoint((folder / "checkpoint").read_bytes(), key_of(node))
        assert head.size == len(held)
        assert merkle.root(head.size, shown(folder)) == head.root
    bundle = tiles.read_bundle((folder / "tile/entries/001").read_bytes(), width=256)
    assert bundle == [one.entry for one in held[256:512]]
    assert not (folder / "tile/0/000.p").exists(), "full tiles made them superfluous"
    assert not list(folder.rglob("*.tmp"))
    assert oct((folder / "tile/0/000").stat().st_mode & 0o777) == "0o644"


def test_nothing_is_published_that_does_not_continue_what_is_shown(shared: Node, run: Run, tmp_path: Path) -> None:
    held = append(shared, [], 10)
    row = Checkpoint.objects.get()
    backup = row.size, bytes(row.edge), row.text
    held = append(shared, held, 20)
    folder = tmp_path / "site"
    run(shared, "publish", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    held = set_back(shared, held, 10, backup)
    assert run(shared, "publish", folder)[1]["error"]["code"] == "log-shrank"
    append(shared, held, 40, seed="other")
    assert run(shared, "publish", folder)[1]["error"]["code"] == "not-consistent"
    (folder / "checkpoint").write_text(row.text.replace(row.text.split("\n")[0], "another"), encoding="utf-8")
    assert run(shared, "publish", folder)[1]["error"]["code"] == "other-log"
    (folder / "checkpoint").write_bytes(before[folder / "checkpoint"])
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_publication_that_was_interrupted_is_taken_up_again(node: Node, run: Run, tmp_path: Path) -> None:
    append(node, [], 300)
    folder = tmp_path / "site"
    run(node, "publish", folder)
    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "checkpoint").unlink()
    (folder / "tile/0/000").write_bytes(b"half")
    (folder / "tile/entries/000").unlink()
    assert run(node, "publish", folder)[1]["files"] == 2
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == whole


def test_a_checkpoint_is_stamped_by_command_and_the_token_written_for_stock_tools(
    node: Node, run: Run, tmp_path: Path
) -> None:
    append(node, [], 3)
    assert run(node, "timestamp")[1]["error"]["code"] == "no-timestamp-authority"
    with served_authority(tmp_path / "authority") as authority:
        stamped = replace(node, timestamps=authority)
        status, told = run(stamped, "timestamp", "--out", tmp_path / "a.tsr", "--stamped", tmp_path / "a")
        assert (status, told["size"]) == (0, 3)
        root = (tmp_path / "authority" / "authority.pem").read_bytes()
        found = timestamp.verify_token((tmp_path / "a.tsr").read_bytes(), (tmp_path / "a").read_bytes(), [root])
        assert found.authority == told["authority"]
        assert run(stamped, "show")[1]["timestamp"]["token"] == told["token"]
        assert hashlib.sha256((tmp_path / "a").read_bytes()).digest() in (tmp_path / "a.tsr").read_bytes()
