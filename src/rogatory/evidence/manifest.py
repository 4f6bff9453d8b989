"""The manifest of an exhibit: one signed page that binds everything about it (spec/exhibit.md).

Rules in words. The manifest says what the exhibit is, which request and provision it answers, the SHA-256 and size of
the plaintext, the parts of the sealed file and their root, who sealed it, for whom, and under which conditions. It is
signed by the authority that sealed. An age file has no room for such words: only the manifest ties the bytes to the
case. Members that are not known here are kept and stay signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rogatory.errors import BadInput
from rogatory.evidence.labels import require_file_name, require_media_type, require_text
from rogatory.evidence.parts import BadParts, Parts
from rogatory.evidence.signers import Signers, verify_signer
from rogatory.kernel import digests, ids, times
from rogatory.kernel.canonical import JSONObject
from rogatory.sealing import jws
from rogatory.sealing.keys import SigningKey

TYP = "rogatory-manifest+jws"
MAX_MANIFEST_BYTES = 200_000
MAX_RECEIVERS = 64
MAX_PLAINTEXT = 2**50
MAX_PIECES = 2**26
ONWARD = ("only-with-leave", "not-at-all", "free")
CONTENT_KINDS = ("files", "blocks")
DERIVING = ("extracted", "forwarded")
#: Further digests of the plaintext that an examiner may ask for, and how many hexadecimal digits they have.
FURTHER_DIGESTS = {"md5": 32, "sha1": 40, "sha512": 128}
_MEMBERS = frozenset(
    {
        *("v", "exhibit", "case", "answers", "provision", "name", "media_type", "description", "plaintext", "sealed"),
        *("parts", "sealed_by", "person", "receivers", "recipients", "at", "conditions", "contents", "derived"),
    }
)
_OPTIONAL = frozenset({"contents", "derived"})
_CONDITIONS = frozenset({"use", "confidential", "onward", "retention_until"})


class BadManifest(BadInput):
    """The manifest of the exhibit is not well formed."""

    code = "bad-manifest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What the receiver is bound to: use (40(19)), confidentiality (40(20)), onward transfer (36), retention.

    *use* says in words for which proceedings; *onward* is one of `ONWARD`; *retention_until* is a day or None;
    *data_protection* says in words on what terms personal data are handed over (36(1)), empty for none.
    """

    use: str
    confidential: bool = True
    onward: str = "only-with-leave"
    retention_until: date | None = None
    data_protection: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_text(self.use, name="the condition of use", limit=4_000)
        require_text(self.data_protection, name="the terms of data protection", limit=4_000)
        if self.onward not in ONWARD:
            raise BadManifest(f"onward transfer is one of {', '.join(ONWARD)}, not {str(self.onward)[:40]!r}")
        if not isinstance(self.confidential, bool):
            raise BadManifest("confidential is true or false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the plaintext is divided into, so that a piece can be proved without the rest (spec/contents.md).

    *kind* is `files` (the members of an archive) or `blocks` (stretches of *block* bytes); *count* pieces, whose
    salted digests have the tree hash *root* (hexadecimal).
    """

    kind: str
    count: int
    root: str
    block: int = 0

    def __post_init__(self) -> None:
        if self.kind not in CONTENT_KINDS:
            raise BadManifest(f"contents are {' or '.join(CONTENT_KINDS)}, not {str(self.kind)[:40]!r}")
        if not 0 < self.count <= MAX_PIECES or (self.block > 0) is not (self.kind == "blocks"):
            raise BadManifest(f"contents are 1 to {MAX_PIECES} pieces, and only blocks have a size")
        digests.require_digest(self.root)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """That the exhibit was made from another: its id, the SHA-256 of its signed manifest, and what was done.

    *act* is `extracted` or `forwarded`; *leave* is the SHA-256 of the message that gave leave, None where none is
    needed; *left_out* says in words what of the other is not in this one.
    """

    exhibit: str
    manifest: str
    act: str
    leave: str | None
    left_out: str

    def __post_init__(self) -> None:
        ids.require_id(self.exhibit)
        digests.require_digest(self.manifest)
        if self.act not in DERIVING:
            raise BadManifest(f"an exhibit is {' or '.join(DERIVING)}, not {str(self.act)[:40]!r}")
        if self.leave is not None:
            digests.require_digest(self.leave)
        require_text(self.left_out, name="what was left out", limit=4_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One exhibit: see the module's rules; sizes in bytes, digests in hexadecimal, *at* in UTC.

    *answers* is the SHA-256 of the request message that the exhibit answers, *provision* such as `44(1)`;
    *recipients* are the age recipients it was sealed to; *digests* are further digests of the plaintext by name
    (`FURTHER_DIGESTS`); *more* holds unknown members as they were read.
    """

    exhibit: str
    case: str
    answers: str
    provision: str
    name: str
    media_type: str
    description: str
    sha256: str
    size: int
    parts: Parts
    sealed_by: str
    person: str
    receivers: tuple[str, ...]
    recipients: tuple[str, ...]
    at: datetime
    conditions: Conditions
    digests: Mapping[str, str] = field(default_factory=dict)
    contents: Contents | None = None
    derived: Derived | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _require_digests(self.digests)
        ids.require_id(self.exhibit)
        ids.require_case_id(self.case)
        digests.require_digest(self.answers)
        digests.require_digest(self.sha256)
        require_file_name(self.name)
        require_media_type(self.media_type)
        require_text(self.provision, name="the provision", limit=40)
        require_text(self.description, name="the description", limit=4_000)
        require_text(self.person, name="the person's name", limit=200)
        if not 0 <= self.size <= MAX_PLAINTEXT or self.parts.total <= self.size:
            raise BadManifest(f"a plaintext of {self.size} bytes is not sealed into {self.parts.total}")
        ids.require_authority(self.sealed_by)
        _require_list(self.receivers, "receivers")
        _require_list(self.recipients, "recipients")
        for receiver in self.receivers:
            ids.require_authority(receiver)

    def to_json(self) -> JSONObject:
        """The payload that is signed."""
        retention = self.conditions.retention_until
        plaintext: JSONObject = {"sha256": self.sha256, "size": self.size}
        return {
            **self.more,
            **({"contents": _contents_object(self.contents)} if self.contents else {}),
            **({"derived": derived_object(self.derived)} if self.derived else {}),
            "v": 1,
            "exhibit": self.exhibit,
            "case": self.case,
            "answers": self.answers,
            "provision": self.provision,
            "name": self.name,
            "media_type": self.media_type,
            "description": self.description,
            "plaintext": {**plaintext, "digests": dict(self.digests)} if self.digests else plaintext,
            "sealed": {"size": self.parts.total},
            "parts": {"size": self.parts.size, "count": self.parts.count, "root": self.parts.root},
            "sealed_by": self.sealed_by,
            "person": self.person,
            "receivers": list(self.receivers),
            "recipients": list(self.recipients),
            "at": times.stamp(self.at),
            "conditions": {
                **self.conditions.more,
                "use": self.conditions.use,
                "confidential": self.conditions.confidential,
                "onward": self.conditions.onward,
                "retention_until": retention.isoformat() if retention else None,
                **({"data_protection": self.conditions.data_protection} if self.conditions.data_protection else {}),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedManifest:
    """A manifest whose signature nobody has checked yet."""

    unverified_manifest: Manifest
    kid: str
    jws: jws.Unverified


def make_manifest(manifest: Manifest, *, key: SigningKey) -> bytes:
    """*manifest* signed by *key*, a key of the authority that sealed; raises `BadManifest` when it is too long."""
    signed = jws.sign(manifest.to_json(), key=key, typ=TYP)
    if len(signed) > MAX_MANIFEST_BYTES:
        raise BadManifest(f"the manifest has {len(signed)} bytes; the limit is {MAX_MANIFEST_BYTES}")
    return signed


def read_manifest(data: bytes) -> UnverifiedManifest:
    """The manifest in *data*, its form checked and its signature not.

    Raises as `jws.read` does, `BadManifest`, and the errors of the single members.
    """
    signed = jws.read(data, typ=TYP, limit=MAX_MANIFEST_BYTES)
    return UnverifiedManifest(unverified_manifest=_from_json(signed.payload), kid=signed.kid, jws=signed)


def verify_manifest(data: bytes, signers: Signers) -> Manifest:
    """The manifest in *data*, signed by a key that the sealing authority had at the time of sealing.

    Raises as `read_manifest` does, what *signers* raises, `WrongSigner` or `BadSignature`.
    """
    # 1. size and form, signed as a manifest   2. members, and sizes that fit each other
    # 3. the key is known and was valid when it was sealed   4. it is a key of the authority named   5. signature
    read = read_manifest(data)
    manifest = read.unverified_manifest
    verify_signer(read.jws, authority=manifest.sealed_by, at=manifest.at, signers=signers)
    return manifest


def _from_json(payload: JSONObject) -> Manifest:
    _require_members(payload, _MEMBERS - _OPTIONAL, "the manifest")
    if payload["v"] != 1 or payload["v"] is True:
        raise BadManifest(f"version {str(payload['v'])[:20]!r} of the manifest is not known here, only 1")
    plaintext, sealed, parts = (_object(payload, name) for name in ("plaintext", "sealed", "parts"))
    try:
        cut = Parts(
            total=_count(sealed, "size"),
            size=_count(parts, "size"),
            count=_count(parts, "count"),
            root=digests.require_digest(parts.get("root")),
        )
    except BadParts as error:
        raise BadManifest(error.message) from error
    return Manifest(
        exhibit=payload["exhibit"],
        case=payload["case"],
        answers=payload["answers"],
        provision=payload["provision"],
        name=payload["name"],
        media_type=payload["media_type"],
        description=payload["description"],
        sha256=plaintext.get("sha256", ""),
        size=_count(plaintext, "size"),
        parts=cut,
        sealed_by=payload["sealed_by"],
        person=payload["person"],
        receivers=_texts(payload["receivers"]),
        recipients=_texts(payload["recipients"]),
        at=times.parse_stamp(payload["at"]),
        conditions=_conditions(_object(payload, "conditions")),
        digests=_object(plaintext, "digests") if "digests" in plaintext else {},
        contents=_contents(_object(payload, "contents")) if "contents" in payload else None,
        derived=_derived(_object(payload, "derived")) if "derived" in payload else None,
        more={name: value for name, value in payload.items() if name not in _MEMBERS},
    )


def _contents_object(contents: Contents) -> JSONObject:
    said: JSONObject = {"kind": contents.kind, "count": contents.count, "root": contents.root}
    return {**said, "block": contents.block} if contents.block else said


def _contents(value: JSONObject) -> Contents:
    _require_members(value, frozenset({"kind", "count", "root"}), "the part on contents")
    block = _count(value, "block") if "block" in value else 0
    return Contents(kind=value["kind"], count=_count(value, "count"), root=value["root"], block=block)


def derived_object(derived: Derived) -> JSONObject:
    """The member `derived` as JSON."""
    return {
        "exhibit": derived.exhibit,
        "manifest": derived.manifest,
        "act": derived.act,
        "leave": derived.leave,
        "left_out": derived.left_out,
    }


def _derived(value: JSONObject) -> Derived:
    _require_members(value, frozenset({"exhibit", "manifest", "act", "leave", "left_out"}), "the part on its origin")
    return Derived(
        exhibit=value["exhibit"],
        manifest=value["manifest"],
        act=value["act"],
        leave=value["leave"],
        left_out=value["left_out"],
    )


def _require_digests(found: Mapping[str, str]) -> None:
    for name, value in found.items():
        length = FURTHER_DIGESTS.get(name)
        if length is None or not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{length}}}", value):
            raise BadManifest(f"further digests are {', '.join(FURTHER_DIGESTS)}, in hexadecimal: {str(name)[:40]!r}")


def _conditions(value: JSONObject) -> Conditions:
    _require_members(value, _CONDITIONS, "the part on conditions")
    until = value["retention_until"]
    return Conditions(
        use=value["use"],
        confidential=value["confidential"],
        onward=value["onward"],
        retention_until=None if until is None else times.parse_day(until),
        data_protection=value.get("data_protection", ""),
        more={name: inner for name, inner in value.items() if name not in {*_CONDITIONS, "data_protection"}},
    )


def _require_members(value: JSONObject, members: frozenset[str], what: str) -> None:
    missing = sorted(members - value.keys())
    if missing:
        raise BadManifest(f"{what} says nothing of: {', '.join(missing)}")


def _object(payload: JSONObject, name: str) -> JSONObject:
    value = payload[name]
    if not isinstance(value, dict):
        raise BadManifest(f"{name} is an object")
    return value


def _count(value: JSONObject, name: str) -> int:
    found = value.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise BadManifest(f"{name} is a whole number, not {str(found)[:40]!r}")
    return found


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadManifest("receivers and recipients are lists of texts")
    return tuple(value)


def _require_list(values: tuple[str, ...], name: str) -> None:
    if not 1 <= len(values) <= MAX_RECEIVERS or len(set(values)) != len(values):
        raise BadManifest(f"{name} are 1 to {MAX_RECEIVERS}, none of them twice")
