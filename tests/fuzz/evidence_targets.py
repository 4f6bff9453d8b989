"""Parsers of exhibits, custody, archives, extracts, blobs of a store, and bundles."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import BinaryIO

from tests.fuzz import seeds
from tests.fuzz.target import MANIFEST, RING, Target, keys, payloads, signed, some, text, vectors

from rogatory.bundle import index, verify
from rogatory.bundle.container import Container
from rogatory.errors import BadInput, NotFound
from rogatory.evidence import contents, custody, custody_compare, labels, manifest, opener, parts, plaintext, provenance
from rogatory.evidence.archive.layout import Member
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.manifest import Contents
from rogatory.evidence.provenance import Witnessing
from rogatory.kernel import canonical
from rogatory.node.evidence import comparing
from rogatory.stores.s3 import pieces

ARCHIVE_KEYS = tuple(bytes.fromhex(text.decode()) for text in seeds.headers("contents/*-good", "key"))


def _manifest(data: bytes) -> None:
    manifest.verify_manifest(data, RING)


def _custody(data: bytes) -> None:
    chain = data.split(b"\n")
    found = custody.unverified_custody(chain, manifest=MANIFEST)
    assert len(found.entries) == len(chain)


def _compare(data: bytes) -> None:
    ours, _, theirs = data.partition(b"\n\n")
    custody_compare.compare(ours.split(b"\n"), theirs.split(b"\n"), manifest=MANIFEST).sentences()


def _chain_answer(data: bytes) -> None:
    comparing._read(canonical.loads_object(data), MANIFEST.exhibit, 0)


def _chain_answers() -> tuple[bytes, ...]:
    chain = seeds.body(seeds.VECTORS / "exhibit" / "custody-good.txt").decode().split("\n")[1:]
    said = {"exhibit": MANIFEST.exhibit, "count": len(chain), "start": 0, "custody": chain}
    return (canonical.dumps(said), canonical.dumps({**said, "custody": [], "count": 1}))


def _parts(data: bytes) -> None:
    parts.verify_part_list(replace(MANIFEST.parts), data)


def _sealed(data: bytes) -> None:
    """An exhibit opened by its own manifest: its bytes, and none of them trusted."""
    opener.open_exhibit(io.BytesIO(data), None, manifest=MANIFEST, identities=[keys.PLAIN[keys.VNM]])


class Nothing:
    """Takes the members of an archive and keeps none."""

    def origin(self, provenance: bytes) -> None: ...

    def begin(self, member: Member, place: int) -> None: ...

    def data(self, offset: int, data: bytes) -> None: ...

    def end(self, member: Member, sha256: str) -> None: ...


def _archive(data: bytes) -> None:
    """By the first byte: the key of the archive, and how it is cut into pieces."""
    first, rest = data[0] if data else 0, data[1:]
    step = (37, 512, 4096, 10_000, 1 << 20)[first // 2 % 5]
    seen = Witnessing(Nothing())
    reader = ArchiveReader(seen, payload_key=ARCHIVE_KEYS[first % 2], at_most=10**6)
    for place in range(0, len(rest), step):
        reader.write(rest[place : place + step])
    reader.finish()


def _provenance(data: bytes) -> None:
    paper = provenance.read(data)
    manifest.read_manifest(paper.manifest)


def _provenances() -> tuple[bytes, ...]:
    found: list[bytes] = []

    class Keeping(Nothing):
        def origin(self, provenance: bytes) -> None:
            found.append(provenance)

    reader = ArchiveReader(Keeping(), payload_key=ARCHIVE_KEYS[1], at_most=10**6)
    reader.write(seeds.files("contents/extract.tar")[0])
    return tuple(found)


def _pieces(data: bytes) -> None:
    stated, _, proof = data.partition(b"\n")
    read = contents.read_proof(canonical.loads(proof))
    said = canonical.loads_object(stated)
    known = said.keys() <= {"kind", "count", "root", "block"} and {"kind", "count", "root"} <= said.keys()
    found = Contents(**said) if known else Contents(kind="files", count=1, root="0" * 64)
    contents.verify_piece(found, read)


def _acquired(data: bytes) -> None:
    plaintext.read_acquired(text(data))


def _name(data: bytes) -> None:
    labels.require_file_name(labels.safe_file_name(text(data)))
    labels.require_file_name(text(data))


def _container(data: bytes) -> None:

    found = Container(io.BytesIO(data))
    for name in found.members:
        for _ in found.blocks(name):
            pass


TRUST = dict(word.split("=") for word in seeds.headers("bundle/good", "trust")[0].decode().split())


def _bundle(data: bytes) -> None:

    verify.examine(io.BytesIO(data), trust=TRUST).to_json("fr")


@cache
def _good_members() -> Mapping[str, bytes]:
    good = Container(io.BytesIO(seeds.files("bundle/good.zip")[0]))
    return {name: good.read(name, limit=1 << 24) for name in good.members}


class Unpacked:
    """The members of the good bundle, of which one has other bytes."""

    is_container = False

    def __init__(self, name: str, data: bytes) -> None:

        self._bytes = {**_good_members(), name: data}
        self.members: Mapping[str, object] = self._bytes

    def size(self, name: str) -> int:
        return len(self._get(name))

    def open(self, name: str) -> BinaryIO:
        return io.BytesIO(self._get(name))

    def read(self, name: str, *, limit: int) -> bytes:
        if len(self._get(name)) > limit:
            raise BadInput("too long")
        return self._get(name)

    def blocks(self, name: str) -> Iterator[memoryview]:
        yield memoryview(self._get(name))

    def _get(self, name: str) -> bytes:
        if name not in self._bytes:
            raise NotFound(name)
        return self._bytes[name]


def _member(data: bytes) -> None:
    """The first line names the member, and the rest is what it holds."""

    name, _, rest = data.partition(b"\n")
    report = verify.examine_members(lambda: Unpacked(text(name), rest), trust=TRUST)
    report.to_json("fr")


def _members() -> tuple[bytes, ...]:
    found = [name.encode() + b"\n" + data for name, data in _good_members().items()]
    return tuple(one for one in found if len(one) < 16 * 1024)


def _index(data: bytes) -> None:

    index.read_index(data)


def _indices() -> tuple[bytes, ...]:
    return tuple(one.partition(b"\n")[2] for one in _members() if one.startswith(b"bundle.jws\n"))


def _piece_index(data: bytes) -> None:
    found = pieces.read_index(data)
    assert pieces.read_index(found.to_bytes()) == found


def _piece_indices() -> tuple[bytes, ...]:
    cut = tuple(pieces.make_piece(place, bytes(10)) for place in (0, 10, 20))
    return (pieces.Index(size=30, pieces=cut).to_bytes(), pieces.Index(size=0, pieces=()).to_bytes())


def _archives() -> tuple[bytes, ...]:
    folder, extract = seeds.files("contents/folder.tar", "contents/extract.tar")
    return (b"\0" + folder, b"\1" + extract)


def _chains() -> tuple[bytes, ...]:
    return tuple(data.partition(b"\n")[2] for data in seeds.bodies("exhibit/custody-*"))


EVIDENCE: Mapping[str, Target] = {
    "acquired-digest": Target(_acquired, some(b"sha256:" + b"0" * 64, b"MD5 " + b"f" * 32)),
    "archive": Target(_archive, _archives, 64 * 1024),
    "bundle": Target(_bundle, lambda: seeds.files("bundle/good.zip"), 1 << 20),
    "bundle-container": Target(
        _container, lambda: (*seeds.files("bundle/good.zip"), *seeds.bodies("bundle/short")), 1 << 20
    ),
    "bundle-index": Target(_index, _indices),
    "bundle-member": Target(_member, _members),
    "chain-answer": Target(_chain_answer, _chain_answers),
    "comparison": Target(_compare, lambda: tuple(one + b"\n\n" + one for one in _chains())),
    "custody": Target(_custody, _chains),
    "custody-payload": Target(signed(custody.TYP, custody.read_entry), payloads(custody.TYP, "exhibit/custody-*")),
    "exhibit": Target(_sealed, lambda: seeds.files("exhibit/good.age"), 256 * 1024),
    "file-name": Target(_name, some(b"log.txt", "nhật ký.txt".encode(), b"../../etc/passwd", b"CON")),
    "manifest": Target(_manifest, vectors("exhibit/manifest-*")),
    "manifest-payload": Target(
        signed(manifest.TYP, _manifest), payloads(manifest.TYP, "exhibit/manifest-*", "contents/extract-*")
    ),
    "part-list": Target(_parts, lambda: seeds.files("exhibit/good.parts")),
    "piece-proof": Target(_pieces, vectors("contents/piece-*")),
    "provenance": Target(_provenance, _provenances, 64 * 1024),
    "store-index": Target(_piece_index, _piece_indices),
}
