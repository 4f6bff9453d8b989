"""Our age reader judged by the public test suite of the format (C2SP/CCTV), which stands beside the checkout."""

import hashlib
import io
import zlib
from pathlib import Path

import pytest

from rogatory.sealing import age
from rogatory.sealing.age_armor import ArmorFailure, read_armor
from rogatory.sealing.age_header import AgeFailure, HeaderFailure, MACFailure
from rogatory.sealing.age_stream import PayloadFailure
from rogatory.sealing.recipients import Identity, Passphrase, parse_identity

VECTORS = Path(__file__).parents[4] / "shared" / "data" / "vectors" / "age"
FAILURES: dict[str, type[AgeFailure]] = {
    "header failure": HeaderFailure,
    "HMAC failure": MACFailure,
    "no match": age.NoMatch,
    "payload failure": PayloadFailure,
    "armor failure": ArmorFailure,
}

if not VECTORS.is_dir():
    pytest.skip("the public age vectors are not beside this checkout", allow_module_level=True)


def _read(path: Path) -> tuple[dict[str, str], list[Identity], bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    fields: dict[str, str] = {}
    identities: list[Identity] = []
    for line in head.decode().splitlines():
        name, value = line.split(": ", 1)
        if name == "identity":
            identities.append(parse_identity(value))
        elif name == "passphrase":
            identities.append(Passphrase(value))
        else:
            fields[name] = value
    return fields, identities, zlib.decompress(body) if fields.get("compressed") == "zlib" else body


def _open(fields: dict[str, str], identities: list[Identity], body: bytes) -> tuple[AgeFailure | None, str]:
    sink = io.BytesIO()
    try:
        file = read_armor(body) if fields.get("armored") == "yes" else body
        age.open_stream(io.BytesIO(file), sink, identities)
    except AgeFailure as error:
        return error, hashlib.sha256(sink.getvalue()).hexdigest()
    return None, hashlib.sha256(sink.getvalue()).hexdigest()


@pytest.mark.parametrize("path", sorted(VECTORS.iterdir()), ids=lambda path: path.name)
def test_an_age_file_is_judged_as_the_public_suite_says(path: Path) -> None:
    fields, identities, body = _read(path)
    failure, digest = _open(fields, identities, body)
    if fields["expect"] == "success":
        assert failure is None
    else:
        assert type(failure) is FAILURES[fields["expect"]]
    assert fields.get("payload", digest) == digest


@pytest.mark.parametrize("path", sorted(VECTORS.glob("stream_*")), ids=lambda path: path.name)
def test_the_seekable_reader_gives_the_same_judgement_of_a_stream(path: Path) -> None:
    fields, identities, body = _read(path)
    if fields["expect"] == "success":
        reader = age.OpenReader(io.BytesIO(body), identities)
        assert hashlib.sha256(reader.read_range(0, reader.size)).hexdigest() == fields["payload"]
        return
    with pytest.raises(FAILURES[fields["expect"]]):
        _read_everything(age.OpenReader(io.BytesIO(body), identities))


def _read_everything(reader: age.OpenReader) -> bytes:
    return reader.read_range(0, reader.size)
