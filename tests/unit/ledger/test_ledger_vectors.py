"""Each vector of the ledger is judged as its header says."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.kernel.canonical import loads_object
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, cosignature, entries, notes, proofs, timestamp, witness
from rogatory.sealing import hkdf
from rogatory.sealing.keys import SigningKey

FILES = sorted((Path(__file__).parents[3] / "vectors" / "ledger").glob("*.txt"))
Header = dict[str, str]


def _entry(header: Header, body: bytes) -> None:
    value = {name: bytes.fromhex(text) for name, text in loads_object(body).items()}
    opening = entries.Opening(blinding=value["blinding"], digest=value["digest"])
    entries.verify_opening(value["entry"], opening)
    assert opening.leaf_hash == value["leaf"]


def _checkpoint(header: Header, body: bytes) -> None:
    head = checkpoint.verify_checkpoint(body, notes.parse_vkey(header["vkey"]))
    assert body.decode().startswith(head.text)


def _growth(header: Header, body: bytes) -> None:
    value, key = loads_object(body), notes.parse_vkey(header["vkey"])
    old, new = (checkpoint.verify_checkpoint(value[name], key) for name in ("old", "new"))
    checkpoint.verify_growth(old, new, [bytes.fromhex(step) for step in value["proof"]])


def _cosignature(header: Header, body: bytes) -> None:
    assert stamp(cosignature.verify_cosignature(body, notes.parse_vkey(header["vkey"]))) == header["at"]


def _witness_key(header: Header, body: bytes) -> None:
    value = loads_object(body)
    seed = hkdf.derive(bytes.fromhex(value["ledger"]), salt=b"", info=b"rogatory-witness/v1")
    public = SigningKey.from_seed(seed).public.raw
    key = notes.VerifierKey(name=f"{value['origin']}/witness", public=public, algorithm=notes.COSIGNATURE_V1)
    assert str(key) == header["vkey"]


def _submission(header: Header, body: bytes) -> None:
    key, size = notes.parse_vkey(header["vkey"]), int(header["held"])
    held = checkpoint.Checkpoint(origin=key.name, size=size, root=bytes.fromhex(header["root"]))
    witness.judge(witness.read_submission(body), keys=[key], held=held)


def _proof(header: Header, body: bytes) -> None:
    proof = proofs.read_proof(loads_object(body))
    proofs.verify_proof(proof, header["digest"], notes.parse_vkey(header["vkey"]))


def _timestamp(header: Header, body: bytes) -> None:
    value, key = loads_object(body), notes.parse_vkey(header["vkey"])
    data = timestamp.stamped_bytes(value["note"], key)
    found = timestamp.verify_token(base64.b64decode(value["token"]), data, [value["root"].encode()])
    assert stamp(found.at) == header["at"]


JUDGES: dict[str, Callable[[Header, bytes], None]] = {
    "entry": _entry,
    "checkpoint": _checkpoint,
    "growth": _growth,
    "cosignature": _cosignature,
    "witness-key": _witness_key,
    "submission": _submission,
    "proof": _proof,
    "timestamp": _timestamp,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_of_the_ledger_is_judged_as_its_header_says(path: Path) -> None:
    head, _, body = path.read_bytes().partition(b"\n\n")
    header = dict(line.split(": ", 1) for line in head.decode().splitlines())
    if header["expect"] == "success":
        JUDGES[header["kind"]](header, body[:-1])
        return
    with pytest.raises(RogatoryError) as refused:
        JUDGES[header["kind"]](header, body[:-1])
    assert refused.value.code == header["expect"]
