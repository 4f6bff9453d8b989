"""The vectors of envelopes: one for each way to fail at each step of the ladder (spec/envelope.md).

The hybrid encapsulation cannot be repeated, so the hybrid age file is made once (`envelope/hybrid.age`) and taken up
from then on.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from practice_keys import (
    CLOCK,
    FRA,
    HYBRID,
    KEN,
    MESSAGE,
    NAME,
    PLAIN,
    RETIRED,
    START,
    VNM,
    Made,
    fixed_random,
    flipped,
    handmade,
    header_of,
    other_letter,
    seed,
    signing,
)

from rogatory.kernel import canonical
from rogatory.kernel.digests import sha256
from rogatory.kernel.times import stamp
from rogatory.sealing import age, envelope, jws
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.recipients import X25519Identity

FOLDER = Path(__file__).parent

Case = tuple[str, int, str, str, bytes, dict[str, str]]
"""Name, step, what is expected, comment, bytes, further lines of the header."""


def envelope_vectors() -> Made:
    """Envelopes, one for each way to fail at each step of the ladder (spec/envelope.md)."""
    sealed = age.seal(MESSAGE, [str(PLAIN[FRA].recipient)], fixed_random("envelope"))
    good = wrapped(sealed)
    for name, step, expect, comment, data, extra in (*early_steps(sealed, good), *late_steps(sealed, good)):
        header = {"expect": expect, "step": str(step), "clock": stamp(CLOCK), "comment": comment, "body": "base64"}
        header |= {"for": FRA, "identity": f"{PLAIN[FRA].reveal()} {HYBRID.reveal()}"} | extra
        if expect == "success":
            header = {name: value for name, value in header.items() if name != "step"}
            header["message-sha256"] = sha256(MESSAGE)
        yield f"envelope/{name}", header, data


def early_steps(sealed: bytes, good: bytes) -> list[Case]:
    """Success, and steps 1 to 4."""
    key = signing(VNM)
    hybrid = hybrid_file("hybrid")
    payload = canonical.dumps(envelope_payload(sealed))
    doubled = b'{"at":"x",' + payload[1:]
    none = envelope.FIRST_LINE + handmade(key, header_of(key, envelope.TYPE, alg="none"), payload) + b"\n" + sealed
    line_end = good.index(b"\n", len(envelope.FIRST_LINE))
    return [
        ("good-x25519", 0, "success", "sealed to a plain X25519 key", good, {}),
        (
            "good-hybrid",
            0,
            "success",
            "sealed to a hybrid key",
            wrapped(hybrid, suite="Ed25519+age-mlkem768x25519"),
            {},
        ),
        ("unknown-member", 0, "success", "a member of a later version is passed over", wrapped(sealed, later=1), {}),
        (
            "five-minutes-ahead",
            0,
            "success",
            "the sender's clock is just within the limit",
            wrapped(sealed, at=stamp(CLOCK + timedelta(minutes=5))),
            {},
        ),
        (
            "too-large",
            1,
            "envelope-too-large",
            "one byte over the limit that the header gives",
            good,
            {"limit": str(len(good) - 1)},
        ),
        ("first-line", 2, "envelope-form", "the first line names another version", good.replace(b"/v1", b"/v9", 1), {}),
        ("cut-line", 2, "envelope-form", "cut short in the signed line", good[: line_end - 5], {}),
        ("cut-sealed", 2, "envelope-form", "cut short by one byte", good[:-1], {}),
        ("joined", 2, "envelope-form", "something stands behind the sealed bytes", good + b"\n", {}),
        ("carriage-return", 2, "envelope-form", "the lines end as in mail", good.replace(b"\n", b"\r\n", 2), {}),
        ("duplicate-key", 2, "envelope-duplicate-key", "a key stands twice", with_payload(sealed, doubled), {}),
        (
            "not-canonical",
            2,
            "envelope-form",
            "white space in the payload",
            with_payload(sealed, payload.replace(b":", b": ", 1)),
            {},
        ),
        ("version-2", 2, "envelope-form", "a version that is not understood", wrapped(sealed, v=2), {}),
        (
            "wrong-type",
            2,
            "envelope-form",
            "signed as another type of document",
            wrapped(sealed, typ="rogatory-card+jws"),
            {},
        ),
        (
            "unknown-suite",
            3,
            "envelope-suite",
            "a suite that is not known",
            wrapped(sealed, suite="Ed448+age-x448"),
            {},
        ),
        ("algorithm-none", 3, "envelope-suite", "signed with alg none", none, {}),
        (
            "unknown-key",
            4,
            "envelope-unknown-key",
            "signed with a key that no card names",
            wrapped(sealed, key=signing("stranger")),
            {},
        ),
        (
            "signature-changed",
            4,
            "envelope-signature",
            "one letter of the signature changed",
            other_letter(good, line_end - 20),
            {},
        ),
        (
            "contents-changed",
            4,
            "envelope-contents-differ",
            "one bit of the sealed bytes changed",
            flipped(good, -1),
            {},
        ),
    ]


def late_steps(sealed: bytes, good: bytes) -> list[Case]:
    """Steps 5 to 8."""
    retired, revoked = signing("KEN retired"), signing("KEN revoked")
    second = timedelta(seconds=1)
    stranger = age.seal(MESSAGE, [str(X25519Identity(seed("stranger")).recipient)], fixed_random("other"))
    broken = flipped(sealed, -1)
    hybrid_suite = "Ed25519+age-mlkem768x25519"
    return [
        (
            "sender-of-another",
            5,
            "envelope-sender",
            "VNM's key signs in the name of FRA",
            wrapped(sealed, **{"from": FRA}),
            {},
        ),
        (
            "last-second",
            0,
            "success",
            "one second before the key was retired",
            wrapped(sealed, key=retired, **{"from": KEN}, at=stamp(RETIRED - second)),
            {},
        ),
        (
            "key-retired",
            5,
            "envelope-key-not-valid-then",
            "signed at the second the key was retired",
            wrapped(sealed, key=retired, **{"from": KEN}, at=stamp(RETIRED)),
            {},
        ),
        (
            "before-the-key",
            5,
            "envelope-key-not-valid-then",
            "signed one second before the key was valid",
            wrapped(sealed, at=stamp(START - second)),
            {},
        ),
        (
            "key-revoked",
            5,
            "envelope-key-revoked",
            "signed after the key was revoked",
            wrapped(sealed, key=revoked, **{"from": KEN}),
            {},
        ),
        (
            "key-revoked-backdated",
            5,
            "envelope-key-revoked",
            "a revoked key writes an earlier date",
            wrapped(sealed, key=revoked, **{"from": KEN}, at=stamp(START)),
            {},
        ),
        (
            "from-the-future",
            5,
            "envelope-from-the-future",
            "more than five minutes ahead",
            wrapped(sealed, at=stamp(CLOCK + timedelta(minutes=5) + second)),
            {},
        ),
        ("replayed", 6, "envelope-replayed", "received before", good, {"seen": sha256(good)}),
        ("name-reused", 6, "envelope-name-reused", "another envelope had this name", good, {"seen": "0" * 64}),
        (
            "not-for-us",
            7,
            "envelope-not-for-us",
            "for an authority that this node does not host",
            wrapped(sealed, to=KEN),
            {},
        ),
        ("sealed-to-another", 8, "envelope-not-opened", "sealed to the key of somebody else", wrapped(stranger), {}),
        (
            "sealed-wrongly",
            8,
            "envelope-not-opened",
            "signed as it is, but the age file is damaged",
            wrapped(broken),
            {},
        ),
        ("not-an-age-file", 8, "envelope-not-opened", "the sealed bytes are no age file", wrapped(b"hello"), {}),
        (
            "weaker-than-suite",
            8,
            "envelope-not-opened",
            "the suite says hybrid, the file is plain X25519",
            wrapped(sealed, suite=hybrid_suite),
            {},
        ),
    ]


def hybrid_file(name: str) -> bytes:
    """The hybrid age file *name*, made once and kept, because its encapsulation cannot be repeated."""
    path = FOLDER / "envelope" / f"{name}.age"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(age.seal(MESSAGE, [str(HYBRID.recipient)], fixed_random("hybrid")))
    return path.read_bytes()


def wrapped(sealed: bytes, *, key: SigningKey | None = None, typ: str = envelope.TYPE, **changes: Any) -> bytes:
    """An envelope around *sealed* from VNM to FRA, signed by *key*, with *changes* in its signed line."""
    described = envelope_payload(sealed) | changes
    signed = jws.sign(described, key=key or signing(VNM), typ=typ)
    return envelope.FIRST_LINE + signed + b"\n" + sealed


def envelope_payload(sealed: bytes) -> dict[str, Any]:
    """The signed line's payload for *sealed*."""
    return {
        "v": 1,
        "envelope": NAME,
        "from": VNM,
        "to": FRA,
        "at": stamp(CLOCK),
        "suite": "Ed25519+age-x25519",
        "sealed": {"sha256": sha256(sealed), "size": len(sealed)},
    }


def with_payload(sealed: bytes, payload: bytes) -> bytes:
    """An envelope whose signed line carries exactly the bytes *payload*."""
    key = signing(VNM)
    return envelope.FIRST_LINE + handmade(key, header_of(key, envelope.TYPE), payload) + b"\n" + sealed
