"""Makes the vectors of contents, folders and extracts (spec/contents.md); every run gives the same bytes.

    python vectors/make_contents.py

One file, one outcome, as in `make_evidence.py`. Beside them stand two archives, `contents/folder.tar` and
`contents/extract.tar`, with the payload keys that the headers give.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from practice_keys import CLOCK, FRA, KEN, PLAIN, VNM, Made, fixed_random, seed, signing

from rogatory.evidence import custody, manifest, provenance
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.archive.writer import FolderArchive, Found
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.extraction import ChosenFolder, PathChoice
from rogatory.evidence.manifest import Conditions, Contents, Derived, Manifest
from rogatory.evidence.parts import Parts
from rogatory.evidence.provenance import Provenance
from rogatory.kernel import canonical, digests, ids

FOLDER = Path(__file__).parent
TIME = 1_900_000_000_123_456_789
MAIL = b"From: practice\n\nA message.\n"


class Practice:
    """A folder with one member of each kind."""

    def members(self) -> Iterator[Found]:
        """The members, in their order."""
        yield Found(path=b"a.txt", kind="file", mtime=TIME, size=len(MAIL), blocks=MAIL)
        yield Found(path=b"box", kind="folder", mtime=TIME)
        yield Found(path="box/thư.eml".encode(), kind="file", mtime=TIME - 123_456_789, size=600, blocks=b"x" * 600)
        yield Found(path=b"box/\xff", kind="file", mtime=-1, size=0)
        blocks = iter((b"data", b"more"))
        yield Found(path=b"disk", kind="file", mtime=0, size=9000, segments=((512, 4), (5000, 4)), blocks=blocks)
        yield Found(path=b"last", kind="link", mtime=TIME, target=b"box/" + b"n" * 100)
        yield Found(path=b"pipe", kind="left-out", mtime=TIME, was="fifo")


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    folder, contents = archive_of(Practice(), seed("folder"))
    made = {"contents/folder.tar": folder}
    extract, stated = extract_of(folder, contents)
    made["contents/extract.tar"] = extract
    vectors = (*piece_vectors(contents), *archive_vectors(folder, contents), *extract_vectors(stated))
    for name, header, data in vectors:
        head = "".join(f"{key}: {value}\n" for key, value in header.items())
        made[f"contents/{name}.txt"] = head.encode() + b"\n" + data + b"\n"
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def archive_of(folder: Any, key: bytes, paper: bytes | None = None) -> tuple[bytes, Contents]:
    """The archive of *folder*, and its contents under the payload key *key*."""
    made = FolderArchive(folder, io.BytesIO(), provenance=paper)
    return made.begin(key).read(), made.contents()


def piece_vectors(contents: Contents) -> Made:
    """Proofs of single pieces."""
    proof = _choice("a.txt")[1][0].to_json()
    path = proof["path"]
    other: dict[str, tuple[str, str, dict[str, Any]]] = {
        "good": ("success", "the first member of the folder", proof),
        "size": ("piece-not-proved", "another size", proof | {"piece": proof["piece"] | {"size": 1}}),
        "salt": ("piece-not-proved", "another salt", proof | {"salt": "00" * 32}),
        "number": ("piece-not-proved", "the place of another piece", proof | {"piece": proof["piece"] | {"n": 1}}),
        "outside": ("piece-not-proved", "a place behind the last", proof | {"piece": proof["piece"] | {"n": 7}}),
        "short": ("piece-not-proved", "the path lacks its last hash", proof | {"path": path[:-1]}),
        "long": ("piece-not-proved", "the path has a hash too many", proof | {"path": [*path, "00" * 32]}),
        "no-number": ("bad-piece", "a piece without a number", proof | {"piece": {"path": "a.txt"}}),
        "no-salt": ("bad-piece", "a proof without its salt", {"piece": proof["piece"], "path": path}),
    }
    said = canonical.dumps(_said(contents))
    for name, (expect, comment, given) in other.items():
        yield (
            f"piece-{name}",
            {"expect": expect, "comment": comment, "kind": "piece"},
            said + b"\n" + canonical.dumps(given),
        )


def archive_vectors(data: bytes, contents: Contents) -> Made:
    """The folder, as it is and changed in one place."""
    listing, fifo = data.index(b"rogatory-listing"), data.index(b'"was":"fifo"')
    wrong = replace(contents, root="0" * 64)
    cases: dict[str, tuple[str, str, dict[str, Any], Contents]] = {
        "good": ("success", "a folder with a member of each kind", {}, contents),
        "other-contents": ("piece-not-proved", "a manifest that states another root", {}, wrong),
        "checksum": ("bad-archive", "the checksum of the first header", {"flip": 150}, contents),
        "owner": ("bad-archive", "the owner of the first member", {"flip": 110}, contents),
        "data": ("bad-archive", "a byte of the first file, not of the listing", {"flip": 512}, contents),
        "padding": ("bad-archive", "a byte behind the first file", {"flip": 512 + len(MAIL)}, contents),
        "nanoseconds": ("bad-archive", "the time of the first member, not of the listing", {"flip": 508}, contents),
        "left-out": ("bad-archive", "what was left out is of an unknown kind", {"flip": fifo + 8}, contents),
        "listing": ("bad-archive", "a letter of the listing", {"flip": listing + 512 + 30}, contents),
        "cut": ("bad-archive", "the last block of zeros is missing", {"cut": len(data) - 512}, contents),
        "longer": ("bad-archive", "a byte behind the end", {"append": "00"}, contents),
    }
    for name, (expect, comment, change, stated) in cases.items():
        header = {"expect": expect, "comment": comment, "kind": "archive", "file": "folder.tar"}
        header |= {"key": seed("folder").hex(), **{key: str(value) for key, value in change.items()}}
        yield f"archive-{name}", header, canonical.dumps(_said(stated))


def extract_of(folder: bytes, contents: Contents) -> tuple[bytes, Manifest]:
    """An extract of the folder that Viet Nam makes for Kenya, and its manifest."""
    parent = _manifest("parent", FRA, VNM, folder, contents)
    signed = manifest.make_manifest(parent, key=signing(FRA))
    choice, proofs = _choice("box")
    paper = provenance.write(Provenance(manifest=signed, custody=_custody(parent), pieces=proofs))

    def read(start: int, length: int) -> bytes:
        return folder[start : start + length]

    data, found = archive_of(ChosenFolder(choice.chosen, read), seed("extract"), paper)
    derived = Derived(
        exhibit=parent.exhibit,
        manifest=digests.sha256(signed),
        act="extracted",
        leave=None,
        left_out="everything that is not in the folder box",
    )
    return data, replace(_manifest("extract", VNM, KEN, data, found), derived=derived)


def extract_vectors(stated: Manifest) -> Made:
    """The extract, under its own manifest and under others."""
    derived = stated.derived
    assert derived is not None  # noqa: S101 - `extract_of` has just put it there
    cases = {
        "good": ("success", "three members of the folder", stated),
        "other-parent": ("bad-provenance", "another parent", _with(stated, exhibit=stated.exhibit)),
        "other-manifest": ("bad-provenance", "another manifest of the parent", _with(stated, manifest="0" * 64)),
        "no-parent": ("bad-provenance", "the manifest names no parent", replace(stated, derived=None)),
        "not-extracted": ("bad-provenance", "its sealer did not extract it", replace(stated, sealed_by=FRA)),
    }
    for name, (expect, comment, said) in cases.items():
        header = {"expect": expect, "comment": comment, "kind": "extract", "file": "extract.tar"}
        header["key"] = seed("extract").hex()
        yield f"extract-{name}", header, manifest.make_manifest(said, key=signing(said.sealed_by))


def _with(stated: Manifest, **changes: Any) -> Manifest:
    return replace(stated, derived=replace(cast("Derived", stated.derived), **changes))


def _choice(pattern: str) -> tuple[PathChoice, tuple[Any, ...]]:
    """What *pattern* chooses of the folder, and the proofs."""
    choice = PathChoice([pattern], cast("BinaryIO", io.BytesIO()))
    reader = ArchiveReader(choice, payload_key=seed("folder"), at_most=10**6)
    reader.write(archive_of(Practice(), seed("folder"))[0])
    reader.finish()
    return choice, choice.proofs(seed("folder"))


def _manifest(name: str, sealer: str, receiver: str, data: bytes, contents: Contents) -> Manifest:
    return Manifest(
        exhibit=ids.new_id(fixed_random(f"{name} exhibit")(17)),
        case=f"{receiver[:3]}-{sealer[:3]}-2030-0001-7Q4K2M9XAB",
        answers=hashlib.sha256(b"the request").hexdigest(),
        provision="44(1)",
        name=f"{name}.tar",
        media_type="application/x-tar",
        description="A practice folder",
        sha256=digests.sha256(data),
        size=len(data),
        parts=Parts(total=len(data) + 500, size=65_536, count=-(-(len(data) + 500) // 65_536), root="0" * 64),
        sealed_by=sealer,
        person="A. Custodian",
        receivers=(receiver,),
        recipients=(str(PLAIN[receiver].recipient),),
        at=CLOCK,
        conditions=Conditions(use="the investigation named in the request", onward="free"),
        contents=contents,
    )


def _custody(parent: Manifest) -> tuple[bytes, ...]:
    """The parent's custody: sealed, sent, received, opened and extracted."""
    root, whole = {"root": parent.parts.root}, {"sha256": parent.sha256}
    use = {**whole, "purpose": "what Kenya asked for"}
    acts: list[tuple[Act, str, dict[str, Any]]] = [
        (Act.SEALED, FRA, root | whole),
        (Act.SENT, FRA, root | {"to": VNM}),
        (Act.RECEIVED, VNM, root),
        (Act.OPENED, VNM, use),
        (Act.EXTRACTED, VNM, use),
    ]
    chain: tuple[bytes, ...] = ()
    for minute, (act, holder, more) in enumerate(acts):
        deed = Deed(act=act, holder=holder, person="B. Officer", at=CLOCK + timedelta(minutes=minute), **more)
        chain = custody.record(chain, deed, manifest=parent, key=signing(holder))
    return chain


def _said(contents: Contents) -> dict[str, Any]:
    return {"kind": contents.kind, "count": contents.count, "root": contents.root}


if __name__ == "__main__":
    main()
