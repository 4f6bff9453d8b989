"""Makes the vectors of signed documents, cards, envelopes, receipts, key stores and shares; the same bytes every run.

    python vectors/make_sealing.py

One file, one outcome: a header of `name: value` lines that says what must happen, an empty line, then the bytes (text,
or base64 in lines where `body: base64` says so). What each folder's headers mean is in the specification it tries.
"""

import textwrap
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from make_envelopes import envelope_vectors
from practice_keys import (
    CLOCK,
    FRA,
    NAME,
    REVOKED,
    START,
    VNM,
    Made,
    card,
    fixed_random,
    flipped,
    handmade,
    header_of,
    known_cards,
    other_letter,
    seed,
    signing,
    witness_vkey,
)
from shamir_mnemonic import shamir

from rogatory.kernel import canonical
from rogatory.kernel.times import stamp
from rogatory.sealing import cards, jws, keystore, receipts, splitting
from rogatory.sealing.cards import SigningPeriod
from rogatory.sealing.encoding import to_base64url
from rogatory.sealing.keystore import Keystore, Recovery
from rogatory.sealing.recipients import HybridIdentity

FOLDER = Path(__file__).parent
TEST_TYPE = "rogatory-test+jws"
WITNESS = witness_vkey("VNM")


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    made: dict[str, bytes] = {}
    for maker in (signature_vectors, card_vectors, envelope_vectors, receipt_vectors, keystore_vectors, share_vectors):
        for name, header, data in maker():
            head = "".join(f"{key}: {value}\n" for key, value in header.items())
            body = "\n".join(textwrap.wrap(b64encode(data).decode(), 76)).encode() if "body" in header else data
            made[f"{name}.txt"] = head.encode() + b"\n" + body + b"\n"
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def signature_vectors() -> Made:
    """Signed documents (spec/signatures.md)."""
    key = signing("signature")
    good = jws.sign({"v": 1, "name": "Điểm liên lạc", "later": {"é": [1, None]}}, key=key, typ=TEST_TYPE)
    head = header_of(key, TEST_TYPE)
    cases = {
        "good": ("success", "a well-formed document", good),
        "empty-object": ("success", "the smallest payload", jws.sign({}, key=key, typ=TEST_TYPE)),
        "algorithm-none": (
            "unknown-suite",
            "the header says alg none",
            handmade(key, header_of(key, TEST_TYPE, alg="none"), b"{}"),
        ),
        "algorithm-eddsa": (
            "unknown-suite",
            "the old name of the algorithm",
            handmade(key, header_of(key, TEST_TYPE, alg="EdDSA"), b"{}"),
        ),
        "critical-extension": (
            "bad-jws",
            "the header has a crit member",
            handmade(key, header_of(key, TEST_TYPE, crit=["x"], x=1), b"{}"),
        ),
        "key-in-header": (
            "bad-jws",
            "the header brings its own key",
            handmade(key, header_of(key, TEST_TYPE, jwk=key.public.jwk()), b"{}"),
        ),
        "header-order": (
            "bad-jws",
            "the members of the header stand in another order",
            handmade(key, canonical_swap(head), b"{}"),
        ),
        "wrong-type": (
            "wrong-type",
            "signed as another type of document",
            jws.sign({}, key=key, typ="rogatory-other+jws"),
        ),
        "duplicate-key": ("duplicate-key", "a key stands twice in the payload", handmade(key, head, b'{"a":1,"a":2}')),
        "not-canonical": ("bad-json", "white space in the payload", handmade(key, head, b'{"a": 1}')),
        "large-number": (
            "bad-json",
            "a number that readers do not agree on",
            handmade(key, head, b'{"a":9007199254740993}'),
        ),
        "padding": ("bad-jws", "base64 with padding", good + b"=="),
        "four-parts": ("bad-jws", "a fourth part", good + b".AA"),
        "signature-changed": (
            "bad-signature",
            "one letter of the signature changed",
            other_letter(good, -10),
        ),
        "payload-of-another": ("bad-signature", "payload and signature of two documents", swapped_payload(good)),
    }
    for name, (expect, comment, data) in cases.items():
        yield f"signature/{name}", {"expect": expect, "key": key.public.x, "type": TEST_TYPE, "comment": comment}, data


def canonical_swap(header: bytes) -> bytes:
    """The same header object with its members in another order."""
    found = canonical.loads_object(header)
    return ("{" + ",".join(f'"{name}":"{found[name]}"' for name in ("typ", "kid", "alg")) + "}").encode()


def swapped_payload(signed: bytes) -> bytes:
    """*signed* with another payload under the same signature."""
    header, _, signature = signed.split(b".")
    return b".".join((header, to_base64url(b'{"v":2}'), signature))


def card_vectors() -> Made:
    """Contact cards and their updates (spec/contact-card.md)."""
    ring = known_cards()
    for name, data in ring.items():
        shown = cards.fingerprint(signing(name.upper()).public)
        yield f"card/{name}", {"expect": "success", "fingerprint": shown, "comment": "a card of the ring"}, data
    key, period = signing("VNM"), SigningPeriod(key=signing(VNM).public, since=START)
    payload = cards.read_card(ring["vnm"]).payload
    authority = payload["authorities"][0]
    cases = {
        "unknown-member": ("success", "a member of a later version is kept", payload | {"telephone": "+84"}),
        "witness": ("success", "a key to cosign with", payload | {"ledger": payload["ledger"] | {"witness": WITNESS}}),
        "witness-of-another": (
            "bad-field",
            "a key to cosign with that bears another log's name",
            payload | {"ledger": payload["ledger"] | {"witness": WITNESS.replace("vnm", "fra", 1)}},
        ),
        "version-2": ("bad-field", "a version that is not understood", payload | {"v": 2}),
        "no-serial": ("bad-field", "the serial number is missing", {k: v for k, v in payload.items() if k != "serial"}),
        "http-in-earnest": (
            "bad-field",
            "no TLS, and not a practice State",
            payload | {"exercise": False, "address": "http://vnm.example"},
        ),
        "speaks-for-another": (
            "bad-field",
            "an authority of another State",
            payload | {"authorities": [authority | {"id": FRA}]},
        ),
        "kid-of-another": (
            "bad-field",
            "a key named by the thumbprint of another",
            payload | {"authorities": [authority | {"signing": [authority["signing"][0] | {"kid": key.kid}]}]},
        ),
        "weak-key": (
            "bad-field",
            "a signing key of small order",
            payload
            | {
                "authorities": [
                    authority | {"signing": [authority["signing"][0] | {"x": to_base64url(bytes(32)).decode()}]}
                ]
            },
        ),
    }
    for name, (expect, comment, changed) in cases.items():
        header = {"expect": expect, "comment": comment}
        if expect == "success":
            header["fingerprint"] = cards.fingerprint(key.public)
        yield f"card/{name}", header, jws.sign(changed, key=key, typ=cards.TYPE)
    other = jws.sign(payload, key=signing("FRA"), typ=cards.TYPE)
    yield "card/signed-by-another", {"expect": "bad-card", "comment": "signed with another identity key"}, other
    changed = other_letter(ring["vnm"], -20)
    yield (
        "card/signature-changed",
        {"expect": "bad-signature", "comment": "one letter of the signature changed"},
        changed,
    )
    yield from update_vectors(ring["vnm"], period)


def update_vectors(old: bytes, period: SigningPeriod) -> Made:
    """Two lines: the card that is known, and the one that would replace it."""
    revoked = replace(period, revoked=REVOKED)
    known_revoked = card("VNM", VNM, signers=(revoked,))
    second = {"serial": 2, "issued": CLOCK}
    cases = {
        "accepted": (
            "success",
            "same State, same identity key, greater serial number",
            old,
            card("VNM", VNM, signers=(period,), **second),
        ),
        "same-serial": ("card-not-newer", "the serial number did not grow", old, old),
        "other-identity": (
            "card-identity-changed",
            "another identity key",
            old,
            card("VNM", VNM, signers=(period,), identity=signing("thief"), **second),
        ),
        "other-state": ("card-other-state", "a card of another State", old, known_cards()["fra"]),
        "from-practice-to-earnest": (
            "card-other-state",
            "practice keys would become real ones",
            old,
            card("VNM", VNM, signers=(period,), exercise=False, **second),
        ),
        "revocation-undone": (
            "card-revocation-undone",
            "a revoked key would be valid again",
            known_revoked,
            card("VNM", VNM, signers=(period,), **second),
        ),
    }
    for name, (expect, comment, known, new) in cases.items():
        yield f"card/update-{name}", {"expect": expect, "update": "yes", "comment": comment}, known + b"\n" + new


def receipt_vectors() -> Made:
    """Receipts (spec/envelope.md)."""
    place = receipts.LedgerPlace(index=7, checkpoint="fra.example/ledger\n8\nroot\n")
    good = receipts.Receipt(
        envelope=NAME,
        sealed_sha256="a" * 64,
        message="b" * 64,
        result="stored",
        at=CLOCK,
        sender=FRA,
        receiver=VNM,
        ledger=place,
    )
    asking = replace(good, result="not-understood", reason="unknown-kind", ledger=None)
    early = replace(good, at=START - timedelta(seconds=1))
    payload = jws.read(receipts.make_receipt(good, key=signing(FRA)), typ=receipts.TYPE).payload
    cases = {
        "stored": ("success", "stored and in the ledger", receipts.make_receipt(good, key=signing(FRA))),
        "not-understood": (
            "success",
            "the kind of the message is not known",
            receipts.make_receipt(asking, key=signing(FRA)),
        ),
        "later-result": (
            "success",
            "a result of a later version is kept",
            receipts.make_receipt(replace(good, result="set-aside"), key=signing(FRA)),
        ),
        "signed-by-the-sender": (
            "unknown-key",
            "the sender cannot write its own receipt",
            receipts.make_receipt(good, key=signing(VNM)),
        ),
        "before-the-key": (
            "key-not-valid-then",
            "signed before the key was valid",
            receipts.make_receipt(early, key=signing(FRA)),
        ),
        "bad-digest": (
            "bad-field",
            "a digest in capitals",
            jws.sign(payload | {"message": "B" * 64}, key=signing(FRA), typ=receipts.TYPE),
        ),
    }
    for name, (expect, comment, data) in cases.items():
        yield f"receipt/{name}", {"expect": expect, "clock": stamp(CLOCK), "comment": comment}, data


def keystore_vectors() -> Made:
    """Key stores (spec/keystore.md)."""
    store = keystore.new_keystore("VNM", [VNM], at=START, random=fixed_random("store"))
    data = store.to_bytes("correct horse", fixed_random("file"), work=4)
    header = {"body": "base64", "passphrase": "correct horse"}
    kid = store.signing_key(VNM, CLOCK).kid
    yield "keystore/good", {"expect": "success", "kid": kid, "comment": "one authority"} | header, data
    wrong = header | {"passphrase": "battery staple"}
    yield "keystore/wrong-passphrase", {"expect": "wrong-passphrase", "comment": "another passphrase"} | wrong, data
    yield "keystore/changed", {"expect": "bad-keystore", "comment": "one bit changed"} | header, flipped(data, -1)
    yield from _recovery_vectors(store, kid)


def _recovery_vectors(store: Keystore, kid: str) -> Made:
    """Recovery files: the same store, sealed to the key that its custodians hold together."""
    custodians, stranger = HybridIdentity(seed("custodians")), HybridIdentity(seed("strangers"))
    split = Recovery(recipient=str(custodians.recipient), threshold=2, custodians=("A", "B", "C"), at=START)
    path = FOLDER / "keystore" / "recovery.age"  # made once, because its encapsulation cannot be repeated
    if not path.exists():
        path.write_bytes(replace(store, recovery=split).to_recovery(fixed_random("recovery")) or b"")
    data = path.read_bytes()
    header = {"body": "base64", "identity": custodians.reveal()}
    yield "keystore/recovery", {"expect": "success", "kid": kid, "comment": "for the custodians"} | header, data
    other = header | {"identity": stranger.reveal()}
    yield "keystore/recovery-stranger", {"expect": "recovery-closed", "comment": "other custodians"} | other, data
    head = {"expect": "bad-keystore", "comment": "one bit changed"} | header
    yield "keystore/recovery-changed", head, flipped(data, -1)
    yield "keystore/recovery-cut", head | {"comment": "the last byte is missing"}, data[:-1]


def share_vectors() -> Made:
    """Shares of a key among custodians (spec/keystore.md), one a line."""
    first, second, third = _shares("custodians", 2, 3)
    stranger = _shares("strangers", 2, 3)[1]
    changed = " ".join([*second.split()[:-1], "academic"])
    recovery = Recovery(
        recipient=str(HybridIdentity(seed("custodians")).recipient), threshold=2, custodians=(), at=CLOCK
    )
    cases = {
        "good": ("success", "two of three", (third, first)),
        "all": ("success", "all three, held against each other", (first, second, third)),
        "few": ("too-few-shares", "one of the two that are needed", (first,)),
        "twice": ("share-twice", "the same share twice", (first, first)),
        "stranger": ("share-of-another-set", "a share of another set", (first, stranger)),
        "mistyped": ("share-mistyped", "the last word is another", (first, changed)),
        "unknown-word": ("share-mistyped", "a word that is not on the list", (first, f"zzz {second[4:]}")),
        "short": ("share-mistyped", "a word is missing", (first, second.rpartition(" ")[0])),
    }
    for name, (expect, comment, lines) in cases.items():
        header = {"expect": expect, "set": recovery.set, "comment": comment}
        yield f"shares/{name}", header, "\n".join(lines).encode()


def _shares(name: str, threshold: int, total: int) -> tuple[str, ...]:
    # The library draws the points of the polynomial itself; here they must be the same in every run.
    drawn, shamir.RANDOM_BYTES = shamir.RANDOM_BYTES, fixed_random(f"{name} polynomial")
    try:
        return splitting.split(seed(name), threshold=threshold, shares=total, random=fixed_random(f"{name} set"))
    finally:
        shamir.RANDOM_BYTES = drawn


if __name__ == "__main__":
    main()
