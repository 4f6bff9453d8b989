"""The index of a bundle: what is in it, whose case it proves, who exported it and when; signed (spec/bundle.md).

Rules in words. The index lists every member but itself with its SHA-256 and size. It stands in the bundle twice, as
the signed document `bundle.jws` and, for people and stock tools, as its payload `bundle.json`; the two must agree to
the byte. The page `verify.html`, if there is one, holds the index and so cannot be listed in it: the index gives the
SHA-256 of its template, and the other members determine the rest of its bytes (`verify_page`). Members of the payload
that are not known here are kept and stay signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.bundle.container import MAX_MEMBERS, require_name
from rogatory.kernel.canonical import JSONObject
from rogatory.kernel.digests import require_digest
from rogatory.kernel.ids import require_authority, require_case_id
from rogatory.kernel.times import stamp
from rogatory.sealing import fields, jws
from rogatory.sealing.fields import BadField

TYPE = "rogatory-bundle+jws"
MAX_INDEX = 8 * 1024 * 1024
MAX_MESSAGES = 2_000
SIGNED = "bundle.jws"
PLAIN = "bundle.json"
PAGE = "verify.html"
README = "README.txt"
CHECKPOINT = "checkpoint.txt"
TIME_STAMP = "timestamp.tsr"
_HEADS = 256
_MEMBERS = frozenset({"v", "case", "exported_at", "exported_by", "exercise", "program", "heads", "members", "page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member as the index states it: SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What the signed page of a bundle says; *heads* are the newest messages of the case as the exporter held it.

    *template* is the SHA-256 of the template of the page `verify.html`, None for a bundle without one.
    """

    case: str
    exported_at: datetime
    exported_by: str
    exercise: bool
    program: str
    heads: tuple[str, ...]
    members: tuple[Member, ...]
    template: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> JSONObject:
        """The payload that is signed."""
        return {
            **self.more,
            **({"page": {"template": self.template}} if self.template else {}),
            "v": 1,
            "case": self.case,
            "exported_at": stamp(self.exported_at),
            "exported_by": self.exported_by,
            "exercise": self.exercise,
            "program": self.program,
            "heads": list(self.heads),
            "members": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in self.members],
        }

    def names(self) -> list[str]:
        """All members of the bundle in the order of the file, the ones that are not listed first."""
        unlisted = [SIGNED, PLAIN, PAGE] if self.template else [SIGNED, PLAIN]
        return [*unlisted, *(one.name for one in self.members)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedIndex:
    """An index whose signature nobody has checked yet."""

    unverified_index: Index
    signed: jws.Unverified


def read_index(data: bytes) -> UnverifiedIndex:
    """The index in *data* (a signed document of at most 8 MiB); raises `BadJWS`, `BadJSON` or `BadField`."""
    signed = jws.read(data, typ=TYPE, limit=MAX_INDEX)
    return UnverifiedIndex(unverified_index=from_json(signed.payload), signed=signed)


def from_json(payload: JSONObject) -> Index:
    """The index that *payload* writes; raises `BadField`."""
    where = SIGNED
    fields.version(payload, where)
    members = tuple(_member(one) for one in fields.objects(payload, "members", where, limit=MAX_MEMBERS))
    if len({one.name for one in members}) < len(members):
        raise BadField("a member stands twice", where=where)
    heads = fields.texts(payload, "heads", where, limit=_HEADS)
    return Index(
        case=fields.checked(payload, "case", where, require_case_id),
        exported_at=fields.time(payload, "exported_at", where),
        exported_by=fields.checked(payload, "exported_by", where, require_authority),
        exercise=fields.flag(payload, "exercise", where),
        program=fields.text(payload, "program", where, limit=200),
        heads=tuple(require_digest(head) for head in heads),
        members=members,
        template=_template(payload),
        more={name: value for name, value in payload.items() if name not in _MEMBERS},
    )


def message_name(number: int, digest: str) -> str:
    """The member that holds the message *digest*, the *number*-th of its case."""
    return f"messages/{number:04d}-{digest[:16]}.jws"


def card_name(state: str, serial: int) -> str:
    """The member that holds a contact card."""
    return f"cards/{state}-{serial}.jws"


def receipt_name(envelope: str) -> str:
    """The member that holds the receipt for an envelope."""
    return f"receipts/{envelope}.jws"


def proof_name(digest: str) -> str:
    """The member that holds the inclusion proof of a message or a custody entry."""
    return f"proofs/{digest}.json"


def exhibit_name(exhibit: str, part: str) -> str:
    """The member that holds *part* of an exhibit: `manifest.jws`, `parts.bin`, `header.age`, `sealed.age`."""
    return f"exhibits/{exhibit}/{part}"


def custody_name(exhibit: str, place: int) -> str:
    """The member that holds one custody entry; *place* counts from 1."""
    return f"exhibits/{exhibit}/custody/{place:04d}.jws"


def _template(payload: JSONObject) -> str | None:
    if "page" not in payload:
        return None
    return fields.checked(fields.mapping(payload, "page", SIGNED), "template", f"{SIGNED}, page", require_digest)


def _member(source: Mapping[str, Any]) -> Member:
    name = fields.text(source, "name", SIGNED, limit=200)
    return Member(
        name=require_name(name),
        sha256=fields.checked(source, "sha256", f"{SIGNED}, {name}", require_digest),
        size=fields.number(source, "size", f"{SIGNED}, {name}"),
    )
