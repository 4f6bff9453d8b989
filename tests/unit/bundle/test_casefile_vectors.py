"""The committed vectors of messages, cases and bundles are what the maker makes, and are judged as they say."""

import io
from base64 import b64decode
from pathlib import Path

import pytest
from practice_case import PracticeCase

from rogatory.bundle.report import Report
from rogatory.bundle.verify import LADDER, examine
from rogatory.casefile import fold, messages
from rogatory.casefile.messages import Message
from rogatory.errors import RogatoryError
from rogatory.evidence.signers import verify_signer
from rogatory.sealing import jws
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.recipients import parse_identity

FOLDER = Path(__file__).parents[3] / "vectors"
FILES = sorted(path for kind in ("message", "bundle") for path in (FOLDER / kind).glob("*.txt"))
RING = KeyRing(PracticeCase().cards)
Header = dict[str, str]


def _read(path: Path) -> tuple[Header, bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    header = dict(line.split(": ", 1) for line in head.decode().splitlines())
    return header, b64decode(body) if header.get("body") == "base64" else body[:-1]


def _message(line: bytes) -> Message:
    unverified = jws.read(line, typ=messages.TYP, limit=messages.MAX_BYTES)
    message = messages.parse(unverified.payload, line)
    verify_signer(unverified, authority=message.sender, at=message.at, signers=RING)
    return message


def _next(header: Header, body: bytes) -> None:
    *before, last = body.split(b"\n")
    known = {message.digest: message for message in map(_message, before)}
    message = _message(last)
    cite = fold.check_next(fold.fold(fold.ancestors(message, known)), message)
    assert cite == header["cite"]


def _fold(header: Header, body: bytes) -> None:
    case = fold.fold(map(_message, body.split(b"\n")))
    assert [str(request.state) for request in case.requests.values()] == header["states"].split()
    assert case.heads == tuple(header["heads"].split())
    assert sum(1 for event in case.events if event.ineffective) == int(header["ineffective"])


def _changed(header: Header, body: bytes) -> bytes:
    data = bytearray((FOLDER / "bundle" / header["base"]).read_bytes() if "base" in header else body)
    if "flip" in header:
        data[int(header["flip"])] ^= 1
    if "cut" in header:
        start, length = map(int, header["cut"].split())
        del data[start : start + length]
    if "insert" in header:
        place, more = header["insert"].split()
        data[int(place) : int(place)] = bytes.fromhex(more)
    return bytes(data)


def _bundle(header: Header, body: bytes) -> Report:
    trust = dict(one.split("=") for one in header.get("trust", "").split())
    identities = [parse_identity(text) for text in header.get("identity", "").split()]
    return examine(io.BytesIO(_changed(header, body)), trust=trust, identities=identities)


@pytest.mark.parametrize("path", [one for one in FILES if one.parent.name == "message"], ids=lambda path: path.stem)
def test_a_message_is_judged_as_its_header_says(path: Path) -> None:
    header, body = _read(path)
    judge = {"next": _next, "fold": _fold}[header["checks"]]
    if header["expect"] == "success":
        judge(header, body)
        return
    with pytest.raises(RogatoryError) as refused:
        judge(header, body)
    assert refused.value.code == header["expect"]


@pytest.mark.parametrize("path", [one for one in FILES if one.parent.name == "bundle"], ids=lambda path: path.stem)
def test_a_bundle_is_judged_as_its_header_says(path: Path) -> None:
    header, body = _read(path)
    found = {rung.name: rung.code for rung in _bundle(header, body).failures()}
    expected = dict(one.split("=") for one in header.get("fails", "").split())
    assert {name: "*" if expected.get(name) == "*" else code for name, code in found.items()} == expected
    assert (header["expect"] == "success") is not bool(expected)


def test_the_vectors_are_those_that_the_maker_makes() -> None:
    import make_casefile

    made = make_casefile.build()
    assert {str(path.relative_to(FOLDER)) for path in FILES} | {"bundle/good.zip"} == set(made)
    for name, data in made.items():
        assert (FOLDER / name).read_bytes() == data, name


def test_every_step_of_the_ladder_that_can_fail_alone_has_a_vector() -> None:
    steps = {one.partition("=")[0] for path in FILES for one in _read(path)[0].get("fails", "").split()}
    assert steps == {name for name, _ in LADDER}
