"""Evidence by command: sealed with what the acquisition printed, interrupted, killed and resumed."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.partner import Partner
from tests.support.rogatory_process import PASSWORD, Program

from rogatory.evidence import manifest, opener
from rogatory.kernel import times
from rogatory.sealing import cards

pytestmark = pytest.mark.any_database

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
MEBIBYTE = 1024 * 1024
#: People at the desk of the node, France as its partner, and France's request taken in and accepted.
SET_UP = """
import sys
from pathlib import Path
import django
django.setup()
from rogatory.node import drafting, intake, partners, record, steps
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.sealing import cards
from rogatory.site import wiring
folder, password, case = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
node, us = wiring.node(), "VNM/contact-point"
for name, role in (("dung", "custodian"), ("an", "duty-officer")):
    accounts.make_account(name, password, name=name.title(), authority=us, roles=[role])
people = {role: Actor(id=role, name=role, authority=us, roles=frozenset({role}))
          for role in ("administrator", "approver", "duty-officer")}
card = (folder / "fra.jws").read_bytes()
partners.add_partner(node, people["administrator"], card, fingerprint=cards.fingerprint(cards.read_card(card).identity))
print(partners.own_card(node).decode(), flush=True)
intake.receive(node, sys.stdin.buffer.read())
request = next(iter(record.case_file(node, case).requests))
steps.take(node, people["duty-officer"], case=case, regarding=request, kind="acknowledgement", body={})
draft = steps.take(node, people["duty-officer"], case=case, regarding=request, kind="decision",
                   body={"outcome": "accepted"})
drafting.approve(node, people["approver"], draft.id)
"""


@dataclass(frozen=True)
class Desk:
    """A node whose custodian seals to France, which can open what it is given."""

    program: Program
    france: Partner

    def seal(self, *words: str) -> tuple[str, ...]:
        said = ("--description", "A disk", "--use", "These proceedings", "--as", "dung")
        return ("exhibit", "seal", CASE, *words, *said)

    def row(self, column: str) -> str | None:
        """What stands in *column* of the one sealing under way."""
        with closing(sqlite3.connect(self.program.data / "db.sqlite3")) as database:
            found = database.execute("SELECT id, run, milestone FROM stores_sealing").fetchone()
        return found[("id", "run", "milestone").index(column)] if found else None

    def opened(self, exhibit: dict[str, Any], to: Path) -> Path:
        folder = self.program.data / "blobs" / "exhibits" / exhibit["id"]
        assert sorted(one.name for one in folder.iterdir()) == ["parts", "sealed.age"]
        with (folder / "sealed.age").open("rb") as sealed, to.open("wb") as sink:
            opener.open_exhibit(
                sealed,
                sink,
                manifest=manifest._from_json(exhibit["manifest"]),
                identities=self.france.keys.identities()[self.france.authority],
                part_digests=(folder / "parts").read_bytes(),
            )
        return to


def until(said: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not said():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A node with people at its desk, which has accepted France's request for mutual assistance."""
    program = Program(tmp_path_factory.mktemp("cli-sealings"))
    now = times.parse_stamp(program.init()["clock"])
    france = Partner("FRA", since=now - timedelta(days=30))
    (program.folder / "fra.jws").write_bytes(france.card(at=now))
    settings = program.environment(DJANGO_SETTINGS_MODULE="rogatory.site.settings")
    words = [sys.executable, "-c", SET_UP, str(program.folder), PASSWORD, CASE]
    with subprocess.Popen(words, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ours = cards.read_card(process.stdout.readline().strip())
        recipients = tuple(one.recipient for one in ours.authorities[0].encryption)
        body = {"measure": "mla", "instrument": "uncc", "contents": {"facts": "a practice case"}}
        asked = france.message("request", body, case=CASE, to="VNM/contact-point", at=now)
        process.stdin.write(france.seal(asked.jws, to="VNM/contact-point", recipients=recipients, at=now))
        process.stdin.close()
    assert process.returncode == 0
    return Desk(program, france)


def interruptible() -> None:
    """Let Ctrl-C reach a process whose parent was started in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_file_is_sealed_with_what_the_acquisition_printed(desk: Desk, tmp_path: Path) -> None:
    data = os.urandom(3 * MEBIBYTE + 5)
    file = tmp_path / "disk.img"
    file.write_bytes(data)
    md5 = hashlib.md5(data).hexdigest().upper()
    printed = f"MD5 hash calculated over data: {md5[:8]} {md5[8:]}"
    words = ("--acquired", printed, "--digest", "sha512", "--divisible", "--onward", "not-at-all")
    assert desk.program.refused(2, *desk.seal(str(file), "--acquired", f"sha1={'0' * 40}")) == "wrong-acquisition"
    sealed = desk.program.json(*desk.seal(str(file), *words))
    found = manifest._from_json(sealed["manifest"])
    assert found.digests == {"md5": md5.lower(), "sha512": hashlib.sha512(data).hexdigest()}
    assert found.contents is not None
    assert (found.contents.block, found.contents.count) == (MEBIBYTE, 4)
    assert found.conditions.onward == "not-at-all"
    assert desk.opened(sealed, tmp_path / "opened").read_bytes() == data


@pytest.mark.slow
def test_a_sealing_that_is_interrupted_and_then_killed_is_resumed_to_the_whole_file(desk: Desk, tmp_path: Path) -> None:
    whole, piece = tmp_path / "dump.raw", os.urandom(MEBIBYTE)
    with whole.open("wb") as file:
        for _ in range(288):
            file.write(piece)
    environment, pipe = desk.program.environment(), subprocess.PIPE
    words = desk.program.words(*desk.seal("-", "--name", "dump.raw"))
    with subprocess.Popen(words, env=environment, stdin=pipe, stderr=pipe, preexec_fn=interruptible) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(whole.read_bytes())
        until(lambda: desk.row("milestone") is not None)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        process.stdin.close()
    assert process.returncode == 130
    sealing = said.split("rogatory exhibit abandon ")[1].split()[0]
    assert f"rogatory exhibit resume {sealing} -" in said
    run = desk.row("run")
    words = desk.program.words("exhibit", "resume", sealing, str(whole), "--as", "dung")
    with subprocess.Popen(words, env=environment) as process:
        until(lambda: desk.row("run") != run)
        process.kill()
    under_way = desk.program.json("exhibit", "list", CASE, "--as", "dung")[-1]
    assert (under_way["id"], under_way["state"], under_way["done"]) == (sealing, "sealing", 256 * MEBIBYTE)
    sealed = desk.program.json("exhibit", "resume", sealing, str(whole), "--as", "dung")
    assert (sealed["id"], sealed["state"]) == (sealing, "sealed")
    assert desk.row("id") is None
    with desk.opened(sealed, tmp_path / "opened").open("rb") as found, whole.open("rb") as given:
        assert hashlib.file_digest(found, "sha256").digest() == hashlib.file_digest(given, "sha256").digest()
