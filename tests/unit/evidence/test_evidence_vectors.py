"""The committed vectors are what the maker makes, and each is judged as its header says."""

import io
from base64 import b64decode
from pathlib import Path

import pytest
from tests.support.vectors import FOLDER, RING, Header, Judge, require_judged

from rogatory.evidence import custody, manifest, opener
from rogatory.sealing.recipients import parse_identity

FILES = sorted((FOLDER / "exhibit").glob("*.txt"))


def _manifest(header: Header, body: bytes) -> None:
    manifest.verify_manifest(body, RING)


def _sealed(header: Header, body: bytes) -> None:
    identity = parse_identity(header["identity"])
    stated = manifest.verify_manifest(body, RING)
    beside = b64decode(header["beside"]) if "beside" in header else None
    listed = _list(header)
    opener.open_exhibit(_file(header), None, manifest=stated, identities=[identity], part_digests=listed, header=beside)


def _parts(header: Header, body: bytes) -> None:
    opener.verify_sealed(_file(header), manifest.verify_manifest(body, RING).parts, part_digests=_list(header))


def _file(header: Header) -> io.BytesIO:
    data = bytearray((FOLDER / "exhibit" / header["file"]).read_bytes())
    if "flip" in header:
        data[int(header["flip"])] ^= 1
    return io.BytesIO(data[: int(header.get("cut", len(data)))] + bytes.fromhex(header.get("append", "")))


def _list(header: Header) -> bytes | None:
    return (FOLDER / "exhibit" / header["parts"]).read_bytes() if "parts" in header else None


def _custody(header: Header, body: bytes) -> None:
    first, *chain = body.split(b"\n")
    stated = manifest.verify_manifest(first, RING)
    found = custody.verify_custody(chain, manifest=stated, signers=RING)
    assert len(found.entries) == len(chain)


JUDGES: dict[str, Judge] = {
    "manifest": _manifest,
    "sealed": _sealed,
    "parts": _parts,
    "custody": _custody,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_of_an_exhibit_is_judged_as_its_header_says(path: Path) -> None:
    require_judged(path, JUDGES)


def test_the_vectors_of_ledger_and_exhibit_are_those_that_the_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import make_evidence

    made = make_evidence.build()
    # Time-stamps are made by an authority, with a clock and keys of its own: `make_timestamps.py`.
    stamped = set((FOLDER / "ledger").glob("timestamp*.txt"))
    found = {path for kind in ("ledger", "exhibit") for path in (FOLDER / kind).iterdir()} - stamped
    assert {str(path.relative_to(FOLDER)) for path in found} == set(made)
    for name, data in made.items():
        assert (FOLDER / name).read_bytes() == data, name


def test_every_error_of_a_custody_chain_has_a_vector() -> None:
    expected = {path.read_bytes().split(b"\n", 1)[0].decode().removeprefix("expect: ") for path in FILES}
    assert {error.code for error in (custody.BadCustody, *custody.BadCustody.__subclasses__())} <= expected
