"""Parsers of keys, signatures, age files, envelopes, messages, cards and signed requests."""

import io
from collections.abc import Mapping

from tests.fuzz import seeds
from tests.fuzz.target import RING, SIGNER, Target, keys, payloads, signed, some, text, vectors

from rogatory.casefile import bodies, messages
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.sealing import (
    age,
    age_armor,
    age_header,
    bech32,
    cards,
    encoding,
    envelope,
    jws,
    receipts,
    recipients,
    rewrapping,
    splitting,
)
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keystore import Keystore
from rogatory.transports import http_signatures, https


def _json(data: bytes) -> None:
    try:
        value = canonical.loads(data)
    except RogatoryError:
        value = None
    if value is not None:
        assert canonical.loads_canonical(canonical.dumps(value)) == value if isinstance(value, dict) else True
    canonical.loads_canonical(data)


def _age(data: bytes) -> None:
    identities = [*keys.PLAIN.values(), keys.HYBRID]
    try:
        plain = age.open_sealed(data, identities)
    finally:
        reader = age.OpenReader(io.BytesIO(data), identities)
        first = reader.read_range(0, min(reader.size, 100))
    assert plain.startswith(first)


def _payload(data: bytes) -> None:
    """The chunks behind a good header."""
    file = age.seal(b"", [keys.PLAIN[keys.FRA].recipient], keys.fixed_random("payload"))
    age.open_sealed(file[:-16] + data, [keys.PLAIN[keys.FRA]])


def _sealed_chunks() -> tuple[bytes, ...]:
    made = []
    for size in (0, 1, 65536, 65537):
        file = age.seal(bytes(size), [keys.PLAIN[keys.FRA].recipient], keys.fixed_random("payload"))
        head = len(age.seal(b"", [keys.PLAIN[keys.FRA].recipient], keys.fixed_random("payload"))) - 16
        made.append(file[head:])
    return tuple(made)


def _recipient(data: bytes) -> None:
    recipients.parse_recipient(text(data))


def _identity(data: bytes) -> None:
    recipients.parse_identity(text(data))


def _bech32(data: bytes) -> None:
    prefix, found = bech32.decode(text(data))
    assert bech32.decode(bech32.encode(prefix, found)) == (prefix, found)


def _envelope(data: bytes) -> None:
    found = envelope.verify_envelope(envelope.read_envelope(data), RING, now=keys.CLOCK)
    envelope.open_envelope(found, {name: [identity] for name, identity in keys.PLAIN.items()})


def _message(data: bytes) -> None:
    read = jws.read(data, typ=messages.TYP)
    found = messages.parse(read.payload, data)
    if found.kind in bodies.READERS:
        bodies.check(found.kind, found.body)


def _body(data: bytes) -> None:
    said = canonical.loads_object(data)
    kind = said.get("kind")
    body = said.get("body")
    if isinstance(kind, str) and kind in bodies.READERS and isinstance(body, dict):
        bodies.check(kind, body)


def _receipt(data: bytes) -> None:
    receipts.verify_receipt(data, RING, now=None)


def _card(data: bytes) -> None:
    cards.accept_update(cards.read_card(seeds.body(seeds.VECTORS / "card" / "fra.txt")), cards.read_card(data))


def _card_payload(data: bytes) -> None:
    said = canonical.loads_object(data)
    if isinstance(said.get("identity"), dict):
        said["identity"] = SIGNER.public.jwk()
    KeyRing([cards.read_card(jws.sign(said, key=SIGNER, typ=cards.TYPE))])


def _rewrapped(data: bytes) -> None:
    rewrapping.opens(data, list(keys.PLAIN.values()))
    age.open_header(io.BytesIO(data), list(keys.PLAIN.values()))


def _share(data: bytes) -> None:
    splitting.join([splitting.read_share(text(line), place="here") for line in data.split(b"\n")[:4]])


def _recovery(data: bytes) -> None:
    sealed = age.seal(data, [keys.HYBRID.recipient], keys.fixed_random("recovery"))
    Keystore.from_recovery(sealed, keys.HYBRID)


def _stores() -> tuple[bytes, ...]:
    file = seeds.body(seeds.VECTORS / "keystore" / "good.txt")
    return (age.open_sealed(file, [recipients.Passphrase("correct horse")]),)


def _answer(data: bytes) -> None:
    """What a partner's node says when it refuses: the first byte chooses the status."""
    https._answer(200 if data[:1] == b"\0" else 409, data[1:])


def _request(data: bytes) -> None:
    """The headers of a signed request, one a line."""
    found = {}
    for line in text(data).split("\n"):
        name, _, value = line.partition(":")
        found[name.strip().lower()] = value.strip()
    http_signatures.verify("GET", "http://127.0.0.1:9/node/v1/card", found, ring=RING, now=keys.CLOCK)


def _requests() -> tuple[bytes, ...]:
    url = "http://127.0.0.1:9/node/v1/card"
    made = http_signatures.sign("GET", url, bytes(32), http_signatures.Signer(key=SIGNER, now=lambda: keys.CLOCK))
    return ("\n".join(f"{name}: {value}" for name, value in made.items()).encode(),)


def _request_parameters(data: bytes) -> None:
    """The parameters of a signature that a partner makes as it likes: it holds, whatever they say."""
    stated = text(data).replace("\n", " ")
    digest = http_signatures.content_digest(bytes(32))
    base = f'"@method": GET\n"@path": /node/v1/card\n"content-digest": {digest}\n"@signature-params": {stated}'
    signature = encoding.to_base64(SIGNER.sign(base.encode(errors="surrogateescape"))).decode()
    found = {
        "content-digest": digest,
        "signature-input": f"rogatory={stated}",
        "signature": f"rogatory=:{signature}:",
    }
    http_signatures.verify("GET", "http://127.0.0.1:9/node/v1/card", found, ring=RING, now=keys.CLOCK)


def _parameters() -> tuple[bytes, ...]:
    covered, rest = '("@method" "@path" "content-digest")', f';keyid="{SIGNER.kid}";alg="ed25519";tag="rogatory-node"'
    times = ("1906545600", "999999999999999", "-999999999999999", "-1", "1.5")
    return tuple(f"{covered};created={time}{rest}".encode() for time in times)


SEALING: Mapping[str, Target] = {
    "age-armor": Target(
        age_armor.read_armor, some(b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n")
    ),
    "age-file": Target(_age, lambda: seeds.files("envelope/hybrid.age", "exhibit/good.age"), 256 * 1024),
    "age-header": Target(
        lambda data: age_header.read_header(io.BytesIO(data)), lambda: seeds.files("envelope/hybrid.age")
    ),
    "age-payload": Target(_payload, _sealed_chunks, 256 * 1024),
    "base64": Target(encoding.from_base64, some(b"AAAA", b"QUI=", b"QQ==")),
    "bech32": Target(_bech32, lambda: tuple(str(one.recipient).encode() for one in keys.PLAIN.values())),
    "card": Target(_card, vectors("card/*")),
    "card-payload": Target(_card_payload, payloads(cards.TYPE, "card/*")),
    "envelope": Target(_envelope, vectors("envelope/*"), 64 * 1024),
    "exhibit-header": Target(_rewrapped, lambda: (seeds.files("exhibit/good.age")[0][:400],)),
    "identity": Target(_identity, lambda: seeds.headers("bundle/good", "identity")),
    "json": Target(_json, lambda: payloads(messages.TYP, "message/*")()[:8]),
    "keystore-recovery": Target(_recovery, _stores),
    "log-answer": Target(_answer, some(b"\1" + b'{"code":"x","message":"y","remedy":"z"}', b"\1[]")),
    "message": Target(_message, lambda: seeds.lines("message/*")),
    "message-body": Target(_body, payloads(messages.TYP, "message/*")),
    "message-payload": Target(signed(messages.TYP, _message), payloads(messages.TYP, "message/*")),
    "receipt": Target(_receipt, vectors("receipt/*")),
    "receipt-payload": Target(signed(receipts.TYPE, _receipt), payloads(receipts.TYPE, "receipt/*")),
    "recipient": Target(
        _recipient, lambda: tuple(str(one.recipient).encode() for one in (*keys.PLAIN.values(), keys.HYBRID))
    ),
    "request-parameters": Target(_request_parameters, _parameters),
    "request-signature": Target(_request, _requests),
    "share": Target(_share, vectors("shares/*")),
}
