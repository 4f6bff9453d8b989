"""The committed vectors are what the maker makes, and each is judged as its header says."""

from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.kernel.digests import sha256
from rogatory.kernel.times import parse_stamp
from rogatory.sealing import cards, envelope, jws, receipts, splitting
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keys import VerifyKey
from rogatory.sealing.keystore import Keystore, Recovery
from rogatory.sealing.recipients import HybridIdentity, parse_identity

FOLDER = Path(__file__).parents[3] / "vectors"
KINDS = ("signature", "card", "envelope", "receipt", "keystore", "shares")
FILES = [path for kind in KINDS for path in sorted((FOLDER / kind).glob("*.txt"))]
Header = dict[str, str]


def _read(path: Path) -> tuple[Header, bytes]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    header = dict(line.split(": ", 1) for line in head.decode().splitlines())
    return header, b64decode(body) if header.get("body") == "base64" else body[:-1]


def _ring() -> KeyRing:
    return KeyRing(cards.read_card(_read(FOLDER / "card" / f"{name}.txt")[1]) for name in ("vnm", "fra", "ken"))


def _signature(header: Header, body: bytes) -> None:
    jws.verify(body, key=VerifyKey.from_x(header["key"]), typ=header["type"])


def _card(header: Header, body: bytes) -> None:
    if header.get("update") == "yes":
        old, new = (cards.read_card(line) for line in body.split(b"\n"))
        cards.accept_update(old, new)
    else:
        assert cards.fingerprint(cards.read_card(body).identity) == header["fingerprint"]


def _envelope(header: Header, body: bytes) -> None:
    unverified = envelope.read_envelope(body, limit=int(header.get("limit", envelope.MAX_ENVELOPE)))
    verified = envelope.verify_envelope(unverified, _ring(), now=parse_stamp(header["clock"]))
    envelope.refuse_replay(verified, lambda sender, name: header.get("seen"))
    identities = [parse_identity(text) for text in header["identity"].split()]
    assert sha256(envelope.open_envelope(verified, {header["for"]: identities})) == header["message-sha256"]


def _receipt(header: Header, body: bytes) -> None:
    receipts.verify_receipt(body, _ring(), now=parse_stamp(header["clock"]))


def _keystore(header: Header, body: bytes) -> None:
    if "identity" in header:
        identity = parse_identity(header["identity"])
        assert isinstance(identity, HybridIdentity)
        store = Keystore.from_recovery(body, identity)
    else:
        store = Keystore.from_bytes(body, header["passphrase"])
    assert [keys.signing[0].key.kid for keys in store.authorities.values()] == [header["kid"]]


def _shares(header: Header, body: bytes) -> None:
    shares = [splitting.read_share(line, place=line[:20]) for line in body.decode().split("\n")]
    recipient = str(HybridIdentity(splitting.join(shares)).recipient)
    made = Recovery(recipient=recipient, threshold=shares[0].threshold, custodians=(), at=datetime.now(UTC))
    assert made.set == header["set"]


JUDGES: dict[str, Callable[[Header, bytes], None]] = {
    "signature": _signature,
    "card": _card,
    "envelope": _envelope,
    "receipt": _receipt,
    "keystore": _keystore,
    "shares": _shares,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_vector_is_judged_as_its_header_says(path: Path) -> None:
    header, body = _read(path)
    judge = JUDGES[path.parent.name]
    if header["expect"] == "success":
        judge(header, body)
        return
    with pytest.raises(RogatoryError) as refused:
        judge(header, body)
    assert refused.value.code == header["expect"]
    if "step" in header:
        assert isinstance(refused.value, envelope.EnvelopeRefused)
        assert refused.value.step == int(header["step"])


def test_the_vectors_are_those_that_the_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import make_sealing

    made = make_sealing.build()
    assert {str(path.relative_to(FOLDER)) for path in FILES} == set(made)
    for name, data in made.items():
        assert (FOLDER / name).read_bytes() == data, name


def test_every_step_of_the_ladder_in_this_room_has_a_vector() -> None:
    headers = [_read(path)[0] for path in FILES if path.parent.name == "envelope"]
    assert {int(header["step"]) for header in headers if "step" in header} == set(range(1, 9))
    expected = {header["expect"] for header in headers}
    codes = {error.code for error in _subclasses(envelope.EnvelopeRefused)}
    assert codes <= expected


def _subclasses(kind: type[envelope.EnvelopeRefused]) -> set[type[envelope.EnvelopeRefused]]:
    return {kind for direct in kind.__subclasses__() for kind in {direct, *_subclasses(direct)}}
