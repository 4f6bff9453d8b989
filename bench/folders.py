"""Sealing a folder of many small files as one exhibit, durably, beside restic, borg, bagit and `tar | age`.

Each runs as a process of its own, its start counted; every one ends with what it wrote made durable (restic and borg
do so themselves). The page cache is warmed before each round, for all alike. Rogatory seals as a node does: the
archive with its listing, the SHA-256 of every member and of the whole, the tree over the members, the age file, the
digests of its parts, in one pass into its blob store; and it opens into a fresh folder with all of that verified.
restic and borg also look for what they have already, and compress; bagit only takes digests, in the folder itself.
"""

import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from bench import pair
from bench.measure import Table, median, spread
from bench.processes import BORG, RESTIC, Measured, keeping, measure, new_repository
from rogatory.evidence import opener, sealer
from rogatory.evidence.archive.reader import ArchiveReader
from rogatory.evidence.archive.writer import FolderArchive
from rogatory.evidence.contents import verify_contents
from rogatory.evidence.manifest import Conditions, Contents, Manifest
from rogatory.evidence.parts import Parts
from rogatory.sealing import age
from rogatory.sealing.recipients import HybridIdentity
from rogatory.stores.files import LocalBlobs
from rogatory.stores.folders import DiskFolder
from rogatory.stores.unpacking import NewFolder

SEED = bytes(range(32))
FILE_BYTES, IN_A_FOLDER = 4096, 1000
SEAL, OPEN = "Rogatory: seal", "Rogatory: open into a folder"
BAGIT = "import bagit, sys; bagit.make_bag(sys.argv[1], checksums=['sha256'])"


def run(*, rounds: int, count: int) -> Table:
    """The table for a folder of *count* files of 4 KiB."""
    with pair.scratch() as folder:
        _make(folder / "evidence", count)
        commands = _commands(folder)
        found = {name: Measured() for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                if command is not None:
                    _prepare(folder, name)
                    measure(command, found[name], keeping(folder))
    return _table(found, count, rounds)


def _commands(folder: Path) -> dict[str, list[str] | None]:
    key, evidence = folder / "key", str(folder / "evidence")
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    public = key.read_text(encoding="ascii").split("public key: ")[1].split()[0]
    python = [sys.executable, "-m", "bench.folders"]
    borg = ["borg", "create", "--compression", "none", f"{folder}/borg::a", evidence]
    bagit = ["sh", "-c", '"$0" -c "$1" "$2" && sync', sys.executable, BAGIT, f"{folder}/bag"]
    sealed, opened = f"{folder}/a.age", f"{folder}/a"
    shell = ["sh", "-c"]
    return {
        SEAL: [*python, "seal", str(folder)],
        "tar | age -r": [*shell, f"tar -C {evidence} -c . | age -r {public} -o {sealed} && sync {sealed}"],
        "restic backup": ["restic", "backup", "-q", evidence] if shutil.which("restic") else None,
        "borg create": borg if shutil.which("borg") else None,
        "bagit": bagit if importlib.util.find_spec("bagit") else None,
        OPEN: [*python, "open", str(folder)],
        "age -d | tar -x": [*shell, f"mkdir {opened} && age -d -i {key} {sealed} | tar -C {opened} -x && sync"],
    }


def _prepare(folder: Path, name: str) -> None:
    """Take away what the last round made, make an empty repository where one is needed, and warm the page cache."""
    made = {SEAL: ["blobs"], "tar | age -r": ["a.age"], OPEN: ["opened"], "age -d | tar -x": ["a"], "bagit": ["bag"]}
    made |= {"restic backup": [*RESTIC], "borg create": [*BORG]}
    for old in made[name]:
        path = folder / old
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    if name in ("restic backup", "borg create"):
        new_repository(folder, name.split()[0])
    if name == "bagit":
        subprocess.run(["cp", "-r", str(folder / "evidence"), str(folder / "bag")], check=True)
    for warm in (folder / "evidence").rglob("*"):
        if warm.is_file():
            warm.read_bytes()
    os.sync()


def _table(found: dict[str, Measured], count: int, rounds: int) -> Table:
    ours = found[SEAL].wall
    rows = []
    for name, one in found.items():
        if not one.wall:
            rows.append((name, "not installed", "", "", "", "", ""))
            continue
        ratio = f"{median([other / mine for mine, other in zip(ours, one.wall, strict=True)]):.2f}"
        rows.append(
            (
                name,
                f"{median(one.wall):.2f}",
                spread(one.wall),
                f"{count / median(one.wall):.0f}",
                f"{median(one.cpu):.2f}",
                f"{max(one.memory):.0f}",
                ratio,
            )
        )
    return Table(
        name=f"A folder of {count} files of 4 KiB as one exhibit, durably",
        command="python -m bench folders",
        headings=("what", "seconds", "of the rounds", "files/s", "cpu s", "peak MiB", "of our seal"),
        rows=tuple(rows),
        notes=(
            f"{rounds} rounds in turns; the last column is the median of the rounds' seconds by ours of the same round",
            "aimed at: at least 2.5 times faster than restic, 5 times than borg and bagit",
        ),
    )


def _make(root: Path, count: int) -> None:
    for number in range(count):
        path = root / f"{number // IN_A_FOLDER:03d}" / f"file-{number % IN_A_FOLDER:04d}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(FILE_BYTES))
    os.sync()


def _seal(folder: Path) -> None:
    writer = LocalBlobs(folder / "blobs").create("sealed")
    begun = age.new_header([str(HybridIdentity(SEED).recipient)], os.urandom)
    disk = DiskFolder(folder / "evidence")
    disk.survey()
    try:
        with tempfile.TemporaryFile() as spool:
            source = FolderArchive(disk, cast("BinaryIO", spool))
            made = sealer.seal(source.begin(begun.payload_key), writer.file, begun=begun)
        writer.commit()
    finally:
        writer.abort()
    cut, contents = made.parts, source.contents()
    told = {
        "sha256": made.sha256,
        "size": made.size,
        "parts": {"total": cut.total, "size": cut.size, "count": cut.count, "root": cut.root},
        "contents": {"kind": contents.kind, "count": contents.count, "root": contents.root},
    }
    (folder / "sealed.json").write_text(json.dumps(told), encoding="utf-8")


def _open(folder: Path) -> None:
    told = json.loads((folder / "sealed.json").read_text(encoding="utf-8"))
    contents = Contents(**told["contents"])
    manifest = _manifest(told["sha256"], told["size"], Parts(**told["parts"]), contents)
    with LocalBlobs(folder / "blobs").open("sealed") as sealed, NewFolder(folder / "opened") as made:
        head = io.BytesIO(sealed.read(opener.MAX_PREFIX))
        sealed.seek(0)
        key = age.open_header(head, [HybridIdentity(SEED)]).payload_key
        reader = ArchiveReader(made, payload_key=key, at_most=manifest.size)
        opener.open_exhibit(sealed, cast("BinaryIO", reader), manifest=manifest, identities=[HybridIdentity(SEED)])
        verify_contents(reader.finish(), contents)
        made.commit()


def _manifest(sha256: str, size: int, parts: Parts, contents: Contents) -> Manifest:
    return Manifest(
        exhibit="0" * 26,
        case="VNM-FRA-2028-0001-7Q4K2M9XAB",
        answers="0" * 64,
        provision="44(1)",
        name="evidence.tar",
        media_type="application/x-tar",
        description="A folder of random files.",
        sha256=sha256,
        size=size,
        parts=parts,
        sealed_by="FRA/contact-point",
        person="Inès Moreau",
        receivers=("VNM/contact-point",),
        recipients=(str(HybridIdentity(SEED).recipient),),
        at=datetime(2028, 3, 1, tzinfo=UTC),
        conditions=Conditions(use="The case named above.", confidential=True, onward="not-at-all"),
        contents=contents,
    )


if __name__ == "__main__":
    {"seal": _seal, "open": _open}[sys.argv[1]](Path(sys.argv[2]))
