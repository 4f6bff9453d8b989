"""A backup is worth what restoring it gives: a real node is backed up, lost, and made again."""

import fcntl
import hashlib
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.support.handover import Handover
from tests.support.partner import Partner
from tests.support.rogatory_process import Program
from tests.support.world import Road

from rogatory.ledger import witness
from rogatory.node import returning
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence import handover as handing_over
from rogatory.node.evidence.storage import stored
from rogatory.node.people import Actor
from rogatory.ports.blobs import StorageFull
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.site.backups import databases, layout, making, restoring

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a test of its own"),
]
ROOT = Path(__file__).parents[2]


class Witness(BaseHTTPRequestHandler):
    """A partner's node that knows of our log what the test says: a status and a body."""

    says: tuple[int, bytes] = (404, b"{}")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(Witness.says[0])
        self.end_headers()
        self.wfile.write(Witness.says[1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Witness)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@dataclass
class Backed:
    """A node with a case in this process, and where it is backed up to."""

    node: Node
    handed: Handover
    blobs: Path
    folder: Path

    def back_up(self, folder: Path | None = None) -> making.Made:
        return making.make(self.node, settings.DATA, connection.settings_dict, folder or self.folder)

    @property
    def sealed(self) -> str:
        return f"exhibits/{self.handed.id}/sealed.age"


@pytest.fixture
def backed(shared: Node, people: dict[str, Actor], partner: Partner, tmp_path: Path) -> Backed:
    """The node, backed up once, with an exhibit that was received and one that is half here."""
    recipients = tuple(one.recipient for one in shared.unlock().authority("VNM/contact-point").card_encryption())
    handed = Handover(shared, people, partner, recipients, os.urandom(3_000_000))
    handed.announce()
    handed.give_all()
    handing_over.finish(shared, handed.id)
    half = Handover(shared, people, partner, recipients, os.urandom(300_000))
    half.announce()
    half.give_list()
    half.give(1)
    made = Backed(shared, handed, tmp_path / "blobs", tmp_path / "backup")
    done = made.back_up()
    assert (done.number, done.copied, done.kept, done.rotten) == (1, 3, 0, [])
    return made


def filled(program: Program, address: str) -> dict[str, str]:
    """A case in the node of *program*, with an exhibit and half of another."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.node_with_case", address],
        env=program.environment(DJANGO_SETTINGS_MODULE="rogatory.site.settings"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def members(bundle: Path) -> dict[str, str]:
    with zipfile.ZipFile(bundle) as file:
        return {
            name: hashlib.sha256(file.read(name)).hexdigest()
            for name in file.namelist()
            if name.startswith(("messages/", "exhibits/"))
        }


def test_a_lost_node_is_made_again_with_its_case_and_its_evidence(address: str, tmp_path: Path) -> None:
    program, folder, aside = Program(tmp_path), tmp_path / "backup", tmp_path / "lost"
    before, after = tmp_path / "before.zip", tmp_path / "after.zip"
    program.init()
    facts = filled(program, address)
    assert program.json("backup", str(folder), "--as", "giang")["copied"] == 3
    program.json("export", facts["case"], "--out", str(before), "--as", "em")
    program.data.rename(aside)
    told = program.json("restore", str(folder))
    Witness.says = (409, f"{told['ledger_size'] + 5}\n".encode())
    asked = program.call("restore", "--compare", "--as", "giang")
    assert asked.returncode == 5
    assert "KNOWS MORE ENTRIES" in asked.stdout
    assert "ledger-behind" in asked.stderr
    assert served(program) == told["checkpoint"]
    program.json("export", facts["case"], "--out", str(after), "--as", "em")
    assert members(after) == members(before)
    assert len(members(after)) > 5
    half = program.data / "blobs" / "exhibits" / facts["half"] / "sealed.age.part"
    assert half.read_bytes() == (aside / half.relative_to(program.data)).read_bytes()
    assert oct(program.data.stat().st_mode & 0o777) == "0o700"
    assert oct((program.data / "keys.age").stat().st_mode & 0o777) == "0o600"
    with pytest.raises(restoring.FolderInUse):
        restoring.restore(folder, program.data, {})


def served(program: Program) -> str:
    """The checkpoint that the restored node serves, after it said loudly that it was restored."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        program.words("serve", "--port", str(port)),
        env=program.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr is not None
        assert "THIS NODE WAS RESTORED" in process.stderr.readline()
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/node/v1/ledger/checkpoint", timeout=5) as answer:
                    text: str = answer.read().decode()
                    return text
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


def test_only_what_is_new_is_copied_again(backed: Backed) -> None:
    before = {path: path.stat().st_mtime_ns for path in (backed.folder / "blobs").rglob("*.age")}
    again = backed.back_up()
    assert (again.number, again.copied, again.kept, again.bytes) == (2, 0, 3, 0)
    assert {path: path.stat().st_mtime_ns for path in (backed.folder / "blobs").rglob("*.age")} == before
    assert sorted(path.name for path in backed.folder.iterdir() if path.is_dir()) == ["2", "blobs"]
    sums = ["sha256sum", "--quiet", "-c", "2/SHA256SUMS"]
    assert subprocess.run(sums, cwd=backed.folder, capture_output=True, check=False).returncode == 0


def test_what_was_destroyed_here_is_destroyed_in_the_backup(backed: Backed) -> None:
    row = exhibits.get(backed.node, backed.handed.id)
    with backed.node.stores.atomic():
        backed.node.stores.exhibits.put(replace(row, state="destroyed"))
    for name in stored.blob_names(row):
        backed.node.blobs.shred(name)
    assert backed.back_up().destroyed == 2
    assert not list((backed.folder / "blobs" / "exhibits" / row.id).iterdir())
    restoring.check(backed.folder)


def test_what_the_node_merely_lost_stays_in_the_backup(backed: Backed) -> None:
    good = (backed.blobs / backed.sealed).read_bytes()
    (backed.blobs / backed.sealed).unlink()
    backed.back_up()
    backed.back_up()
    assert (backed.folder / "blobs" / backed.sealed).read_bytes() == good
    restoring.check(backed.folder)


def test_rot_is_told_and_not_taken_into_a_backup(backed: Backed, tmp_path: Path) -> None:
    path = backed.blobs / backed.sealed
    good = path.read_bytes()
    path.write_bytes(good[:1_000_000] + bytes([good[1_000_000] ^ 1]) + good[1_000_001:])
    assert backed.back_up(tmp_path / "new").rotten == [backed.sealed]
    restoring.check(tmp_path / "new")
    assert not (tmp_path / "new" / "blobs" / backed.sealed).exists()
    assert backed.back_up().rotten == []
    assert (backed.folder / "blobs" / backed.sealed).read_bytes() == good


def test_files_of_documents_are_in_a_backup_and_one_that_rotted_is_told(backed: Backed) -> None:
    names = [f"meetings/COP-1/{hashlib.sha256(data).hexdigest()}" for data in (b"agenda", b"report")]
    backed.node.blobs.replace(names[0], b"agenda")
    backed.node.blobs.replace(names[1], b"rotten")
    done = backed.back_up()
    assert (done.copied, done.rotten) == (1, [names[1]])
    assert (backed.folder / "blobs" / names[0]).read_bytes() == b"agenda"
    assert not (backed.folder / "blobs" / names[1]).exists()
    (backed.blobs / names[0]).unlink()
    backed.back_up()
    assert (backed.folder / "blobs" / names[0]).read_bytes() == b"agenda"
    restoring.check(backed.folder)


def test_a_backup_that_was_broken_off_is_gone_on_with(backed: Backed) -> None:
    """Everything is there but the head: nothing counts as a backup, and no blob is copied twice."""
    (backed.folder / "backup.json").unlink()
    with pytest.raises(layout.NoBackup):
        restoring.check(backed.folder)
    again = backed.back_up()
    assert (again.number, again.copied, again.kept) == (1, 0, 3)
    restoring.check(backed.folder)


def test_a_backup_that_rotted_is_named_and_never_restored(backed: Backed, tmp_path: Path) -> None:
    for where in ("1/database", "1/files/keys.age", "1/files/node.toml", "1/SHA256SUMS", "blobs", "1/unfinished"):
        for how in ("flipped", "cut", "missing"):
            backup = Path(shutil.copytree(backed.folder, tmp_path / "spoilt"))
            place = backup / where
            path = next(one for one in [place, *sorted(place.rglob("*"))] if one.is_file())
            data = path.read_bytes()
            path.write_bytes(data[:-1] if how == "cut" else bytes([data[0] ^ 1]) + data[1:])
            if how == "missing":
                path.unlink()
            with pytest.raises(layout.BackupDamaged) as caught:
                restoring.restore(backup, tmp_path / "node", {})
            assert path.name in str(caught.value)
            assert not [one.name for one in tmp_path.iterdir() if "node" in one.name]
            shutil.rmtree(backup)
    restoring.restore(backed.folder, tmp_path / "node", {})
    assert (tmp_path / "node" / "blobs" / backed.sealed).read_bytes() == (backed.blobs / backed.sealed).read_bytes()


def test_a_database_that_is_none_is_not_restored(backed: Backed, tmp_path: Path) -> None:
    """The sums may be right of a file that is no database: it was copied so."""
    head = layout.read_head(backed.folder)
    path = backed.folder / "1" / "database"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))
    sums = {**layout.read_sums(backed.folder, head), "1/database": layout.sha256_of(path)}
    layout.write_head(backed.folder, replace(head, sums=layout.write_sums(backed.folder, 1, sums)))
    with pytest.raises(databases.CopyRotten):
        restoring.restore(backed.folder, tmp_path / "node", {})
    assert not (tmp_path / "node").exists()


def test_heads_and_paths_that_are_none_are_refused(backed: Backed) -> None:
    head = layout.read_head(backed.folder)
    good = (backed.folder / "backup.json").read_bytes()
    sums = layout.read_sums(backed.folder, head)
    for line in ("../../etc/passwd", "/etc/passwd", "blobs/../../x"):
        changed = layout.write_sums(backed.folder, head.number, {**sums, line: "0" * 64})
        layout.write_head(backed.folder, replace(head, sums=changed))
        with pytest.raises(layout.BackupDamaged, match="a line that is none"):
            restoring.check(backed.folder)
    wrong = [json.dumps({**asdict(head), name: None}).encode() for name in asdict(head)]
    for text in (b"", b"{}", b"[1]", b'{"v": 2}', b"\xff", b"[" * 50_000, good + b" " * 70_000, *wrong):
        (backed.folder / "backup.json").write_bytes(text)
        with pytest.raises(layout.BadBackup):
            restoring.check(backed.folder)


def test_a_folder_without_a_backup_is_none(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(layout.NoBackup):
            restoring.check(folder)


def test_a_backup_that_finds_no_room_leaves_the_one_before(backed: Backed, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    database = (backed.folder / "1" / "database").stat().st_size
    for limit, folder in ((4096, backed.folder), (database + 4096, tmp_path / "new")):
        assert limit < 3_000_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        try:
            with pytest.raises(StorageFull):
                backed.back_up(folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        restoring.check(backed.folder)
    with pytest.raises(layout.NoBackup):
        restoring.check(tmp_path / "new")
    assert not list((tmp_path / "new").rglob("*.tmp"))


def test_two_backups_into_one_folder_at_once_are_one_too_many(backed: Backed) -> None:
    with (backed.folder / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(making.BackupUnderWay):
            backed.back_up()
    backed.back_up()


def test_a_node_that_writes_meanwhile_is_backed_up_as_of_one_moment(backed: Backed, tmp_path: Path) -> None:
    over, begun = threading.Event(), threading.Event()

    def write() -> None:
        database = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=30)
        number = 0
        while not over.is_set():
            number += 1
            with database:
                for name in ("one", "two"):
                    database.execute("INSERT INTO stores_counter (name, value) VALUES (?, 1)", [f"{name}-{number}"])
            begun.set()
        database.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(60)
    try:
        backed.back_up(tmp_path / "busy")
    finally:
        over.set()
        writer.join()
    database = sqlite3.connect(tmp_path / "busy" / "1" / "database")
    counted = [
        database.execute("SELECT count(*) FROM stores_counter WHERE name LIKE ?", [f"{name}-%"]).fetchone()[0]
        for name in ("one", "two")
    ]
    database.close()
    assert counted[0] == counted[1] > 0


class Witnessing(Road):
    """A road at whose end a partner knows of our log what the test says."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.says = Answer(status=status, code="", body=body)

    def add_checkpoint(self, address: str, submission: bytes) -> Answer:
        if self.down:
            raise PartnerUnreachable(self.down)
        assert witness.read_submission(submission).text
        return self.says


def test_partners_say_whether_the_ledger_went_back_in_time(backed: Backed, people: dict[str, Actor]) -> None:
    size = backed.node.stores.ledger.size()
    for status, more, answer, behind, confirmed in (
        (200, None, "same", False, True),
        (409, 5, "more", True, False),
        (409, 0, "other", True, False),
        (409, -1, "less", False, True),
        (404, None, "nothing", False, False),
        (500, None, "silent", False, False),
        (0, None, "silent", False, False),
    ):
        road = Witnessing(status, b"" if more is None else b"%d\n" % (size + more))
        road.down = "" if status else "no road"
        found = returning.ask(replace(backed.node, transport=road), people["administrator"])
        assert [(one.state, one.answer, one.ours) for one in found] == [("FRA", answer, size)]
        assert (returning.is_behind(found), returning.is_confirmed(found)) == (behind, confirmed)
