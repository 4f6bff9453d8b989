"""Makes the vectors of the ledger and of exhibits (manifests, sealed files, custody); every run gives the same bytes.

    python vectors/make_evidence.py

One file, one outcome: a header of `name: value` lines that says what must happen, an empty line, then the text. What
each header means is in spec/ledger.md, spec/exhibit.md and spec/custody.md. Beside them stand one sealed file,
`exhibit/good.age`, and its part list, `exhibit/good.parts`; the vectors of sealed files say how to change them.
"""

import hashlib
import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from make_ledger import ledger_vectors
from practice_keys import CLOCK, FRA, KEN, NAME, PLAIN, VNM, Made, fixed_random, seed, signing

from rogatory.evidence import custody, manifest
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.evidence.sealer import Sealed, seal
from rogatory.sealing import age, jws, rewrapping
from rogatory.sealing.recipients import X25519Identity

FOLDER = Path(__file__).parent
PLAINTEXT = hashlib.shake_256(b"rogatory vector exhibit").digest(70_000)
PART_SIZE = 65_536


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    sealed, found = sealed_file("exhibit")
    made = {"exhibit/good.age": sealed, "exhibit/good.parts": found.part_digests}
    for maker in (ledger_vectors, manifest_vectors, sealed_vectors, renewed_vectors, custody_vectors):
        for name, header, data in maker():
            head = "".join(f"{key}: {value}\n" for key, value in header.items())
            made[f"{name}.txt"] = head.encode() + b"\n" + data + b"\n"
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def sealed_file(name: str) -> tuple[bytes, Sealed]:
    """The practice exhibit, sealed with the key that belongs to *name*."""
    sink = io.BytesIO()
    recipients = [str(PLAIN[VNM].recipient)]
    source = io.BytesIO(PLAINTEXT)
    found = seal(source, sink, begun=age.new_header(recipients, fixed_random(name)), part_size=PART_SIZE)
    return sink.getvalue(), found


def practice_manifest(found: Sealed) -> Manifest:
    """The manifest of the practice exhibit."""
    return Manifest(
        exhibit=NAME,
        case="VNM-FRA-2030-0001-7Q4K2M9XAB",
        answers=hashlib.sha256(b"the request").hexdigest(),
        provision="44(1)",
        name="hộp thư.mbox",
        media_type="application/mbox",
        description="Mailbox of the account named in the request",
        sha256=found.sha256,
        size=found.size,
        parts=found.parts,
        sealed_by=FRA,
        person="A. Custodian",
        receivers=(VNM,),
        recipients=(str(PLAIN[VNM].recipient),),
        at=CLOCK,
        conditions=Conditions(use="the investigation named in the request"),
    )


def manifest_vectors() -> Made:
    """Manifests (spec/exhibit.md)."""
    good = practice_manifest(sealed_file("exhibit")[1])
    payload = good.to_json()
    signed = manifest.make_manifest(good, key=signing(FRA))

    def changed(**members: Any) -> bytes:
        return jws.sign(payload | members, key=signing(FRA), typ=manifest.TYP)

    cases = {
        "good": ("success", "a well-formed manifest", signed),
        "unknown-member": ("success", "a member that a reader does not know", changed(later={"a": 1})),
        "version-2": ("bad-manifest", "another version", changed(v=2)),
        "payload-changed": ("bad-signature", "another person", _other_payload(signed, changed(person="B. Other"))),
        "other-type": ("wrong-type", "signed as a custody entry", jws.sign(payload, key=signing(FRA), typ=custody.TYP)),
        "other-signer": ("unknown-key", "signed by the receiver", manifest.make_manifest(good, key=signing(VNM))),
        "key-not-known": ("unknown-key", "signed by a key on no card", manifest.make_manifest(good, key=signing("x"))),
        "path-in-name": ("bad-file-name", "the name is a path", changed(name="../evidence.zip")),
        "hidden-in-name": ("bad-file-name", "a mark that turns the direction", changed(name="photo\u202egpj.exe")),
        "part-count": ("bad-manifest", "one part too many", changed(parts=payload["parts"] | {"count": 3})),
        "no-receiver": ("bad-manifest", "nobody is to receive it", changed(receivers=[])),
        "onward": ("bad-manifest", "an unknown onward condition", _onward(changed, payload)),
        "root": ("bad-digest", "the root is in capitals", changed(parts=payload["parts"] | {"root": "A" * 64})),
        "before-the-key": (
            "key-not-valid-then",
            "sealed before the key was valid",
            changed(at="2029-12-31T23:59:59.000Z"),
        ),
    }
    for name, (expect, comment, data) in cases.items():
        yield f"exhibit/manifest-{name}", {"expect": expect, "comment": comment, "kind": "manifest"}, data


def _other_payload(signed: bytes, other: bytes) -> bytes:
    """The document *signed*, its payload replaced by that of *other*."""
    header, _, signature = signed.split(b".")
    return b".".join([header, other.split(b".")[1], signature])


def _onward(changed: Any, payload: dict[str, Any]) -> bytes:
    conditions: bytes = changed(conditions=payload["conditions"] | {"onward": "perhaps"})
    return conditions


def sealed_vectors() -> Made:
    """Sealed files: how to change `good.age` before it is judged against the body, a manifest.

    Kind `sealed` is opened with the identity; kind `parts` is judged without, against the part list.
    """
    sealed, found = sealed_file("exhibit")
    good = practice_manifest(found)
    other = practice_manifest(sealed_file("another key")[1])
    wrong = replace(good, sha256=hashlib.sha256(b"other").hexdigest())
    mac, chunk, last = {"flip": str(_place_in_mac(sealed))}, {"flip": "1000"}, str(len(sealed) - 1)
    listed = {"parts": "good.parts"}
    opening: dict[str, tuple[str, str, dict[str, str], Manifest]] = {
        "good": ("success", "the exhibit as sealed", listed, good),
        "header-changed": ("age-header-mac", "a letter of the header's MAC changed", mac, good),
        "chunk-changed": ("age-payload", "a byte of the first chunk changed", chunk, good),
        "cut": ("age-payload", "the last byte is missing", {"cut": last}, good),
        "other-list": ("wrong-part-list", "the part list of another exhibit", listed, other),
        "other-exhibit": ("wrong-sealed-bytes", "a genuine file, but not that of this manifest", {}, other),
        "other-plaintext": ("wrong-plaintext", "a manifest that states another plaintext", {}, wrong),
    }
    parts: dict[str, tuple[str, str, dict[str, str], Manifest]] = {
        "good": ("success", "the parts as sealed", {}, good),
        "first-changed": ("wrong-part-digest", "a byte of the first part changed", chunk, good),
        "last-changed": ("wrong-part-digest", "the last byte changed", {"flip": last}, good),
        "cut": ("wrong-sealed-bytes", "the last byte is missing", {"cut": last}, good),
        "longer": ("wrong-sealed-bytes", "a byte too many", {"append": "00"}, good),
        "other-list": ("wrong-part-list", "the part list of another exhibit", {}, other),
    }
    for name, (expect, comment, change, stated) in opening.items():
        header = {"expect": expect, "comment": comment, "kind": "sealed", "file": "good.age", **change}
        header["identity"] = PLAIN[VNM].reveal()
        yield f"exhibit/sealed-{name}", header, manifest.make_manifest(stated, key=signing(FRA))
    for name, (expect, comment, change, stated) in parts.items():
        header = {"expect": expect, "comment": comment, "kind": "parts", "file": "good.age", **listed, **change}
        yield f"exhibit/parts-{name}", header, manifest.make_manifest(stated, key=signing(FRA))


def renewed_vectors() -> Made:
    """The same sealed file, opened by a header made anew that stands beside it."""
    sealed, found = sealed_file("exhibit")
    new = X25519Identity(seed(f"{VNM} age renewed"))
    beside, foreign = (_renewed(one, new) for one in (sealed, sealed_file("another key")[0]))
    place = _place_in_mac(beside)
    changed = beside[:place] + bytes([beside[place] ^ 1]) + beside[place + 1 :]
    cases = {
        "renewed": ("success", "opened with the new key by the header made for it", beside, new),
        "renewed-old-key": ("age-no-match", "the new header does not open with the old key", beside, PLAIN[VNM]),
        "renewed-other-file": ("age-header", "the new header of another file", foreign, new),
        "renewed-changed": ("age-header-mac", "a letter of the new header's MAC changed", changed, new),
    }
    for name, (expect, comment, given, identity) in cases.items():
        header = {"expect": expect, "comment": comment, "kind": "sealed", "file": "good.age"}
        header |= {"identity": identity.reveal(), "beside": b64encode(given).decode()}
        yield f"exhibit/sealed-{name}", header, manifest.make_manifest(practice_manifest(found), key=signing(FRA))


def _renewed(sealed: bytes, new: X25519Identity) -> bytes:
    return rewrapping.rewrap_header(sealed, [PLAIN[VNM]], [new.recipient], fixed_random("renewed"))


def _place_in_mac(sealed: bytes) -> int:
    """The place of a letter of the header's MAC that is still a letter when its lowest bit changes."""
    start = sealed.index(b"\n--- ") + 5
    return next(place for place in range(start, start + 40) if chr(sealed[place] ^ 1).isalpha())


def custody_vectors() -> Made:
    """Chains of custody (spec/custody.md): the manifest in the first line, then an entry a line."""
    found = sealed_file("exhibit")[1]
    stated = practice_manifest(found)
    use = "the investigation named in the request"

    def recorded(chain: Sequence[bytes], act: Act, holder: str, minute: int, **more: Any) -> tuple[bytes, ...]:
        deed = Deed(act=act, holder=holder, person="B. Officer", at=CLOCK + timedelta(minutes=minute), **more)
        return custody.record(chain, deed, manifest=stated, key=signing(holder))

    root, whole = found.parts.root, found.sha256
    sent = recorded((), Act.SEALED, FRA, 0, root=root, sha256=whole)
    sent = recorded(sent, Act.SENT, FRA, 1, root=root, to=VNM)
    received = recorded(sent, Act.RECEIVED, VNM, 2, root=root)
    good = recorded(received, Act.OPENED, VNM, 3, sha256=whole, purpose=use)
    viewed = recorded(good, Act.VIEWED, VNM, 4, purpose=use)
    copied = recorded(good, Act.COPIED, VNM, 4, sha256=whole, purpose=use)
    destroyed = recorded(good, Act.DESTROYED, VNM, 5, purpose="retention has ended")
    branched = (*good, recorded(sent, Act.SENT, FRA, 5, root=root, to=KEN)[-1])
    cases: dict[str, tuple[str, str, Sequence[bytes]]] = {
        "good": ("success", "sealed, sent, received, opened", good),
        "destroyed": ("success", "and destroyed", destroyed),
        "branched": ("success", "the sender goes on from its own last entry", branched),
        "entry-missing": ("custody-broken", "the third entry is taken out", (*good[:2], good[3])),
        "entry-twice": ("custody-broken", "the last entry stands twice", (*good, good[-1])),
        "first-missing": ("custody-broken", "the sealing is taken out", good[1:]),
        "contradiction": ("custody-contradiction", "two entries that both follow the fourth", (*viewed, copied[-1])),
        "not-given": (
            "custody-out-of-order",
            "received by an authority to which nobody gave it",
            _by(received, 2, FRA, FRA),
        ),
        "not-opened": ("custody-out-of-order", "viewed before it was opened", _changed(good, 3, act="viewed")),
        "no-purpose": ("custody-out-of-order", "opened for no purpose", _changed(good, 3, purpose="")),
        "other-root": ("custody-wrong-digest", "received is not what was sent", _changed(received, 2, root="0" * 64)),
        "no-digest": ("custody-wrong-digest", "nothing was hashed again", _changed(received, 2, root=None)),
        "backwards": ("custody-time", "received an hour before", _changed(received, 2, at="2030-06-01T11:00:00.000Z")),
        "unknown-act": ("bad-custody", "an act that is not in the table", _changed(received, 2, act="lost")),
        "number": ("custody-broken", "the third entry counts four", _changed(received, 2, number=4)),
        "signed-by-another": ("unknown-key", "the sender signs for the receiver", _by(received, 2, VNM, FRA)),
    }
    for name, (expect, comment, chain) in cases.items():
        lines = b"\n".join([manifest.make_manifest(stated, key=signing(FRA)), *chain])
        yield f"exhibit/custody-{name}", {"expect": expect, "comment": comment, "kind": "custody"}, lines


def _changed(chain: Sequence[bytes], index: int, **members: Any) -> tuple[bytes, ...]:
    payload = jws.read(chain[index], typ=custody.TYP).payload | members
    return (*chain[:index], jws.sign(payload, key=signing(payload["holder"]), typ=custody.TYP))


def _by(chain: Sequence[bytes], index: int, holder: str, key: str) -> tuple[bytes, ...]:
    payload = jws.read(chain[index], typ=custody.TYP).payload | {"holder": holder}
    return (*chain[:index], jws.sign(payload, key=signing(key), typ=custody.TYP))


if __name__ == "__main__":
    main()
