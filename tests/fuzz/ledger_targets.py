"""Parsers of notes, checkpoints, cosignatures, tiles, proofs and time-stamps."""

import base64
import contextlib
from collections.abc import Mapping

from tests.fuzz import seeds
from tests.fuzz.target import (
    Target,
    some,
    text,
    vectors,
)

from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.ledger import checkpoint, cosignature, merkle, notes, proofs, tiles, timestamp, witness

LOG = notes.parse_vkey(seeds.headers("ledger/checkpoint", "vkey")[0].decode())
COSIGNER = notes.parse_vkey(seeds.headers("ledger/cosignature", "vkey")[0].decode())


def _note(data: bytes) -> None:
    found = notes.read_note(data)
    assert str(notes.read_note(str(found))) == str(found)
    timestamp.stamped_bytes(data, LOG)


def _checkpoint(data: bytes) -> None:
    head = checkpoint.read_checkpoint(data)
    del head
    checkpoint.verify_checkpoint(data, LOG)


def _cosignature(data: bytes) -> None:
    witness.cosigners(data, [COSIGNER])
    cosignature.verify_cosignature(data, COSIGNER)


def _vkey(data: bytes) -> None:
    found = notes.parse_vkey(text(data))
    assert str(found) == text(data)


HELD = checkpoint.Checkpoint(origin=LOG.name, size=4, root=bytes(32))


def _submission(data: bytes) -> None:
    found = witness.read_submission(data)
    assert witness.read_submission(found.to_bytes()) == found
    witness.judge(found, keys=[LOG], held=HELD)


SIGNED_NOTE = seeds.body(seeds.VECTORS / "ledger" / "cosignature-none.txt").decode()


def _witness_answer(data: bytes) -> None:
    witness.add_cosignatures(SIGNED_NOTE, data, [COSIGNER])


def _tile_path(data: bytes) -> None:
    path = text(data)
    assert tiles.parse_tile_path(path).path == path


def _tile(data: bytes) -> None:
    """The first byte is the width of an entry bundle; the rest is that bundle, and a tile."""
    tile = tiles.Tile(level=0, index=0, width=max(len(data) // 32, 1))
    nodes = tiles.TileNodes(lambda _, __: data)
    with contextlib.suppress(RogatoryError):
        tiles.verify_tile(tile, data, merkle.edge_of(min(len(data) // 32, 256), nodes), nodes)
    found = tiles.read_bundle(data[1:], width=data[0] + 1 if data else 1)
    assert tiles.bundle_bytes(found) == data[1:]


def _proof(data: bytes) -> None:
    found = proofs.read_proof(canonical.loads(data))
    assert proofs.read_proof(found.to_json()) == found
    proofs.verify_proof(found, found.opening.digest.hex(), LOG)


def _token(data: bytes) -> None:
    root = canonical.loads_object(seeds.body(seeds.VECTORS / "ledger" / "timestamp.txt"))["root"].encode()
    timestamp.verify_token(data, b"anything", [root])


def _certificate(data: bytes) -> None:
    timestamp.read_certificates([data])


def _tokens() -> tuple[bytes, ...]:
    said = [canonical.loads_object(data) for data in seeds.bodies("ledger/timestamp*")]
    return tuple(dict.fromkeys(base64.b64decode(one["token"]) for one in said))


def _roots() -> tuple[bytes, ...]:
    said = [canonical.loads_object(data) for data in seeds.bodies("ledger/timestamp*")]
    return tuple(dict.fromkeys(one["root"].encode() for one in said))


def _entry_bundles() -> tuple[bytes, ...]:
    return (b"\1" + tiles.bundle_bytes([bytes(32), bytes(5)]), b"\0" + bytes(2), bytes(64))


_TIME_STAMPED = 64 * 1024

LEDGER: Mapping[str, Target] = {
    "certificates": Target(_certificate, _roots, _TIME_STAMPED),
    "checkpoint": Target(_checkpoint, vectors("ledger/checkpoint*")),
    "cosignature": Target(_cosignature, vectors("ledger/cosignature*")),
    "entry-bundle": Target(_tile, _entry_bundles),
    "note": Target(_note, vectors("ledger/checkpoint*", "ledger/cosignature*")),
    "proof": Target(_proof, vectors("ledger/proof*")),
    "submission": Target(_submission, vectors("ledger/submission*")),
    "tile-path": Target(_tile_path, some(b"tile/0/000", b"tile/entries/x001/234.p/7", b"tile/5/x999/x999/999")),
    "timestamp": Target(_token, _tokens, _TIME_STAMPED),
    "verifier-key": Target(_vkey, lambda: seeds.headers("ledger/*", "vkey")),
    "witness-answer": Target(
        _witness_answer,
        some(*(line + b"\n" for line in seeds.lines("ledger/cosignature*") if line.startswith("—".encode()))),
    ),
    "witness-size": Target(lambda data: witness.read_size(data), some(b"0\n", b"12345\n")),
}
