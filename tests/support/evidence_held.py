"""The acts on an exhibit of France that is here: opened, scrubbed, destroyed, extracted from, renewed, backed up."""

import io
import os
from dataclasses import replace
from typing import Any

from tests.support.evidence_act import CONTENT, Act
from tests.support.evidence_at_work import PEOPLE, US
from tests.support.given_folders import World, make_evidence
from tests.support.handed_exhibits import Received
from tests.support.rogatory_process import PASSWORD

from rogatory.cli import files
from rogatory.node.evidence import exhibits, extracts, opening, retention, sealings
from rogatory.node.evidence.storage import scrub
from rogatory.ports.evidence import ExhibitRow
from rogatory.site import wiring


class Held(Act):
    """An act on an exhibit of France that is here."""

    def prepare(self) -> None:
        got = Received(self.node, PEOPLE, self.france, self.recipients, CONTENT)
        self.case, self.id = got.request.case, got.arrive()
        self.sealed = got.sink.getvalue()


class Open(Held):
    """An exhibit is opened into a file."""

    def run(self) -> None:
        if not (self.world / "out.bin").exists():
            with files.new_file(self.world / "out.bin") as sink:
                opening.open_exhibit(self.node, PEOPLE["custodian"], self.id, sink, purpose="To examine it")

    def look(self) -> None:
        super().look()
        if (self.world / "out.bin").exists():
            assert (self.world / "out.bin").read_bytes() == CONTENT
            assert "opened" in self.acts(self.row()), "what was opened is on record before it can be read"

    def require_done(self) -> None:
        assert (self.world / "out.bin").exists()
        opened = self.acts(self.row()).count("opened")
        assert self.kinds()["custody-entry"] == opened
        assert opened in (1, 2), "an opening that was cut before its file had a name may be made again"


class Scrub(Held):
    """A rotten exhibit is found by a scrub."""

    def prepare(self) -> None:
        super().prepare()
        path = self.data / "blobs" / self.row().sealed_blob
        data = bytearray(path.read_bytes())
        data[70_000] ^= 1
        path.write_bytes(data)

    def spoilt(self) -> tuple[str, ...]:
        return (self.id,)

    def run(self) -> None:
        scrub.run(replace(self.node, clock=self.later()), None)

    def require_done(self) -> None:
        findings = self.node.stores.scrubs.open_findings(self.id)
        assert [(one.rot.what, one.rot.part, one.rot.kind) for one in findings] == [("part", 1, "changed")]
        lines = [line for line in self.node.stores.audit.recent(500) if line.action == "exhibit:bytes:rot"]
        assert len(lines) == 1


class Destroy(Held):
    """Two people have an exhibit destroyed."""

    def run(self) -> None:
        asked = self.node.stores.exhibits.destruction(self.id)
        if asked is None:
            retention.propose(self.node, PEOPLE["custodian"], self.id, purpose="The case is over")
            asked = self.node.stores.exhibits.destruction(self.id)
        if asked is not None and asked.state == "proposed":
            retention.approve(self.node, PEOPLE["approver"], self.id)
        else:
            retention.look(self.node, self.id)

    def look(self) -> None:
        super().look()
        if "destroyed" in self.acts(self.row()):
            assert not self.left(), "it is certified, and bytes are left"

    def left(self) -> list[str]:
        folder, blobs = f"exhibits/{self.id}", self.node.blobs
        return [*blobs.names(folder), *blobs.unfinished_names(folder)]

    def require_done(self) -> None:
        assert (self.row().state, self.acts(self.row())[-1], self.left()) == ("destroyed", "destroyed", [])
        assert self.kinds()["custody-entry"] == 1


class Extract(Act):
    """A part of a folder of France goes on to Kenya as an exhibit of its own."""

    def prepare(self) -> None:
        folder = make_evidence(self.world / "evidence") if not (self.world / "evidence").exists() else self.world
        self.hood = World(self.node, PEOPLE, self.france, self.recipients, self.kenya)
        self.parent = self.hood.folder(folder).id
        self.case, self.id = self.hood.asked.request.case, self.hood.asked.id

    def made(self) -> list[ExhibitRow]:
        rows = self.node.stores.exhibits.of_case(self.case)
        return [row for row in rows if exhibits.manifest_of(row).derived is not None]

    def run(self) -> None:
        node, custodian = self.node, PEOPLE["custodian"]
        for under in node.stores.sealings.of_case(self.case):
            sealings.abandon(node, custodian, under.id)
        if not self.made():
            wanted, spools = self.hood.wanted(paths=("mail/*.eml",)), (io.BytesIO(), io.BytesIO())
            extracts.extract(node, custodian, self.parent, wanted, spools=spools)

    def require_done(self) -> None:
        (row,) = self.made()
        assert (row.state, self.acts(row)) == ("sealed", ["sealed"])
        parent = self.acts(exhibits.get(self.node, self.parent))
        assert parent.count("opened") == 1
        assert parent.count("extracted") in (1, 2)
        known = {one.id for one in self.node.stores.exhibits.of_case(self.case)} | {self.parent}
        files_left = [path for path in (self.data / "blobs" / "exhibits").rglob("*") if path.is_file()]
        assert {path.parent.name for path in files_left} <= known, "an abandoned sealing left bytes"


class Renew(Held):
    """The keys of the authority are renewed by command, and the exhibit opens with the new ones."""

    def prepare(self) -> None:
        super().prepare()
        from rogatory.office import accounts

        accounts.make_account("giang", PASSWORD, name="Giang", authority=US, roles=["administrator"])
        self.old = wiring.node().unlock().authority(US).encryption[-1].identity.recipient

    def run(self) -> None:
        if (self.world / "renewed").exists():
            return
        command("keys", "renew", US, "--because", "rotation", "--forget-old", "--as", "giang")
        (self.world / "renewed").touch()

    def look(self) -> None:
        super().look()
        sink = io.BytesIO()
        opening.decrypt(self.node, PEOPLE["custodian"], self.row(), sink)
        assert sink.getvalue() == CONTENT

    def require_done(self) -> None:
        keys = wiring.node().unlock().authority(US).encryption
        assert [secret.identity.recipient for secret in keys if str(secret.identity.recipient) == str(self.old)] == []
        names = list(self.node.blobs.names(f"exhibits/{self.id}"))
        assert len([name for name in names if "header-" in name]) == 1
        assert not (self.data / "renewal.json").exists()


class Backup(Held):
    """The node is backed up into a folder that holds a backup of before."""

    def prepare(self) -> None:
        super().prepare()
        self.back_up()
        got = Received(self.node, PEOPLE, self.france, self.recipients, CONTENT[::-1])
        self.second = got.arrive()

    def back_up(self) -> None:
        from django.conf import settings

        from rogatory.site.backups import making

        making.make(self.node, self.data, settings.DATABASES["default"], self.world / "backup")

    def run(self) -> None:
        self.back_up()

    def look(self) -> None:
        super().look()
        from rogatory.site.backups import restoring

        restoring.check(self.world / "backup")

    def require_done(self) -> None:
        held = {path.parent.name for path in (self.world / "backup").rglob("sealed.age")}
        assert held == {self.id, self.second}


def command(*words: str) -> None:
    """One call of the program, in this process."""
    import sys

    from rogatory.__main__ import main

    os.environ["ROGATORY_PASSWORD"] = PASSWORD
    sys.argv = ["rogatory", *words]
    status: Any = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    assert not status, status
