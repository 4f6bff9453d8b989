"""Our node between two partners: one gives us a folder or a divisible file, the other asks us for a part of it."""

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.support.handed_exhibits import Given, Received
from tests.support.partner import Partner

from rogatory.evidence import custody, manifest, opener, provenance
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.archive.writer import FolderArchive
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.extraction import ChosenFolder, PathChoice
from rogatory.evidence.manifest import Conditions, Contents, Derived, Manifest
from rogatory.evidence.provenance import Provenance, Witnessing
from rogatory.kernel import digests
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, extracts
from rogatory.node.evidence.extracts import ToExtract
from rogatory.node.people import Actor
from rogatory.sealing import age
from rogatory.stores.folders import DiskFolder

People = dict[str, Actor]
US, BLOCK = "VNM/contact-point", 4096
FILE = hashlib.shake_256(b"a divisible file").digest(10 * BLOCK + 77)


def make_evidence(root: Path) -> Path:
    """A small folder with a file with holes and a link in it, at *root*."""
    for name, data in (("mail/a.eml", b"From: a"), ("mail/b.eml", b"From: b"), ("mail/deep/c.eml", b"c" * 9000)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "notes.txt").write_bytes(b"private")
    with (root / "disk.img").open("wb") as file:
        file.seek(2**20)
        file.write(b"sector")
        file.truncate(2**21)
    (root / "mail" / "latest").symlink_to("b.eml")
    return root


class World:
    """Our node, France that gives us something, and Kenya that asks us for something."""

    def __init__(
        self, node: Node, people: People, france: Partner, recipients: tuple[str, ...], kenya: Partner
    ) -> None:
        self.node, self.people, self.france, self.kenya, self.recipients = node, people, france, kenya, recipients
        self.custodian = people["custodian"]
        self.asked = Given(node, people, kenya, recipients, b"something else")

    def received(self, content: bytes, contents: Callable[[bytes], Contents | None], **changes: Any) -> Received:
        """What France hands over, described by what *contents* makes of its payload key."""
        bound = Conditions(use="This investigation only", onward=changes.pop("onward", "free"))
        got = Received(self.node, self.people, self.france, self.recipients, content, bound)
        got.manifest = replace(got.manifest, contents=contents(self.key(got.sink.getvalue(), US)), **changes)
        got.arrive()
        return got

    def key(self, sealed: bytes, whose: str) -> bytes:
        keys = self.node.unlock() if whose == US else self.kenya.keys
        return age.open_header(io.BytesIO(sealed), keys.identities()[whose]).payload_key

    def folder(self, path: Path, **changes: Any) -> Received:
        content = FolderArchive(DiskFolder(path), io.BytesIO()).begin(bytes(32)).read()

        def described(key: bytes) -> Contents:
            made = FolderArchive(DiskFolder(path), io.BytesIO())
            made.begin(key).read()
            return made.contents()

        return self.received(content, described, name="evidence.tar", media_type="application/x-tar", **changes)

    def file(self, **changes: Any) -> Received:
        def described(key: bytes) -> Contents:
            tree = ContentTree(key)
            for number, place in enumerate(range(0, len(FILE), BLOCK)):
                block = FILE[place : place + BLOCK]
                sha256 = hashlib.sha256(block).hexdigest()
                tree.add({"n": number, "offset": place, "size": len(block), "sha256": sha256})
            return tree.finish("blocks", BLOCK)

        return self.received(FILE, described, name="disk.raw", **changes)

    def wanted(self, **changes: Any) -> ToExtract:
        said: dict[str, Any] = {
            "case": self.asked.request.case,
            "regarding": self.asked.request.digest,
            "purpose": "what Kenya asked for",
            "left_out": "everything that is not mail",
            "description": "Two messages",
            "name": "extract.tar",
        }
        return ToExtract(**(said | changes))

    def extract(self, id: str, **changes: Any) -> tuple[Any, bytes, Witnessing]:
        """The manifest of the extract, its archive as Kenya opens it, and what it saw."""
        spools = io.BytesIO(), io.BytesIO()
        row = extracts.extract(self.node, self.custodian, id, self.wanted(**changes), spools=spools)
        made = exhibits.manifest_of(row)
        with self.node.blobs.open(row.sealed_blob) as blob:
            sealed = blob.read()
        sink = io.BytesIO()
        identities = self.kenya.keys.identities()[self.kenya.authority]
        opener.open_exhibit(io.BytesIO(sealed), sink, manifest=made, identities=identities)
        seen = Witnessing(Kept())
        reader = ArchiveReader(seen, payload_key=self.key(sealed, self.kenya.authority), at_most=10**8)
        reader.write(sink.getvalue())
        assert reader.finish() == made.contents
        return made, sink.getvalue(), seen

    def extract_of_france(self, path: Path, pattern: str) -> Received:
        """What France has extracted, for us, from a folder that Kenya gave it."""
        key, spool = os.urandom(32), io.BytesIO()
        made = FolderArchive(DiskFolder(path), io.BytesIO())
        whole = made.begin(key).read()
        given = Received(self.node, self.people, self.france, self.recipients, whole)
        france, kenya = self.france.authority, self.kenya.authority
        parent = given.make_manifest(sealed_by=kenya, receivers=(france,), contents=made.contents())
        choice = PathChoice([pattern], spool)
        reader = ArchiveReader(choice, payload_key=key, at_most=10**8)
        reader.write(whole)
        reader.finish()
        signed = manifest.make_manifest(parent, key=self.kenya.keys.signing_key(kenya, parent.at))
        paper = Provenance(manifest=signed, custody=self._custody(parent), pieces=choice.proofs(key))
        folder = ChosenFolder(choice.chosen, lambda start, length: whole[start : start + length])
        data = FolderArchive(folder, io.BytesIO(), provenance=provenance.write(paper)).begin(key).read()
        named = Derived(
            exhibit=parent.exhibit,
            manifest=digests.sha256(signed),
            act="extracted",
            leave=None,
            left_out="All that is private",
        )
        return self.received(data, lambda own: contents_of(data, own), derived=named)

    def _custody(self, parent: Manifest) -> tuple[bytes, ...]:
        """Sealed by Kenya, sent to France, received, opened and extracted."""
        whole, root = {"sha256": parent.sha256}, {"root": parent.parts.root}
        acts: list[tuple[Act, Partner, dict[str, str]]] = [
            (Act.SEALED, self.kenya, whole | root),
            (Act.SENT, self.kenya, root | {"to": self.france.authority}),
            (Act.RECEIVED, self.france, root),
            (Act.OPENED, self.france, whole | {"purpose": "To read it"}),
            (Act.EXTRACTED, self.france, whole | {"purpose": "For Viet Nam"}),
        ]
        chain: tuple[bytes, ...] = ()
        for act, holder, more in acts:
            key = holder.keys.signing_key(holder.authority, parent.at)
            deed = Deed(act=act, holder=holder.authority, person="Somebody", at=parent.at, **more)
            chain = custody.record(chain, deed, manifest=parent, key=key)
        return chain


def contents_of(data: bytes, key: bytes) -> Contents:
    """The contents of the archive *data* under the payload key *key*."""
    reader = ArchiveReader(Kept(), payload_key=key, at_most=10**8)
    reader.write(data)
    return reader.finish()


class Kept:
    """A taker that needs nothing more than what was seen."""

    def origin(self, provenance: bytes) -> None: ...

    def begin(self, member: layout.Member, place: int) -> None: ...

    def data(self, offset: int, data: bytes) -> None: ...

    def end(self, member: layout.Member, sha256: str) -> None: ...
