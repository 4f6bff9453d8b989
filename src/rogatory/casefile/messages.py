"""The message: one signed step in a case, immutable once signed.

A case file is the set of its messages and both States hold the same set. Each message names the messages its author
had seen and not yet answered (`follows`, the heads of the file as he knew it) and counts one more than the highest
of them (`number`), so any reader sorts the same set into the same order: by number, then by digest. Fields that this
version does not know are kept: what is stored and forwarded is always the signed bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.errors import Untrusted
from rogatory.kernel import digests, ids, times

TYP = "rogatory-message+jws"
MAX_BYTES = 1024 * 1024
MAX_FOLLOWS = 64
MAX_NAME = 200


class BadMessage(Untrusted):
    """The message is not of the form that its specification gives."""

    code = "bad-message"
    remedy = "Ask the sender to upgrade or to send the step again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who took a step: the name as the authority knows it, and the role he or she held."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One step of a case as its author signed it; *digest* is the SHA-256 of the signed bytes."""

    digest: str
    kind: str
    case: str
    id: str
    number: int
    follows: tuple[str, ...]
    sender: str
    receiver: str
    at: datetime
    exercise: bool
    drafted_by: Person
    approved_by: Person | None
    regarding: str | None
    body: Mapping[str, Any]
    jws: bytes = field(repr=False)

    @property
    def state(self) -> str:
        """The State that speaks, as ISO 3166 alpha-3."""
        return self.sender[:3]

    @property
    def order(self) -> tuple[int, str]:
        """What messages of one case are sorted by."""
        return self.number, self.digest


def payload(
    *,
    kind: str,
    case: str,
    id: str,
    number: int,
    follows: tuple[str, ...],
    sender: str,
    receiver: str,
    at: datetime,
    exercise: bool,
    drafted_by: Person,
    approved_by: Person | None,
    regarding: str | None,
    body: Mapping[str, Any],
) -> dict[str, Any]:
    """The JSON object that is signed for a new message (spec/message.md)."""
    return {
        "v": 1,
        "kind": kind,
        "case": case,
        "id": id,
        "number": number,
        "follows": sorted(follows),
        "from": sender,
        "to": receiver,
        "at": times.stamp(at),
        "exercise": exercise,
        "drafted_by": {"name": drafted_by.name, "role": drafted_by.role},
        "approved_by": {"name": approved_by.name, "role": approved_by.role} if approved_by else None,
        "regarding": regarding,
        "body": dict(body),
    }


def parse(signed: Mapping[str, Any], jws: bytes) -> Message:
    """The message that a verified payload says; raises `BadMessage` for a wrong form and the kernel's errors."""
    if signed.get("v") != 1:
        raise BadMessage(f"version {signed.get('v')!r} of the message format is not known here")
    follows = signed.get("follows")
    if not isinstance(follows, list) or len(follows) > MAX_FOLLOWS:
        raise BadMessage(f"follows must be a list of at most {MAX_FOLLOWS} digests")
    number = signed.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 1_000_000:
        raise BadMessage("number must be a whole number from 1")
    regarding, approved = signed.get("regarding"), signed.get("approved_by")
    return Message(
        digest=digests.sha256(jws),
        kind=_text(signed, "kind", 40),
        case=ids.require_case_id(signed.get("case")),
        id=ids.require_id(signed.get("id")),
        number=number,
        follows=tuple(digests.require_digest(one) for one in follows),
        sender=ids.require_authority(signed.get("from")),
        receiver=ids.require_authority(signed.get("to")),
        at=times.parse_stamp(signed.get("at")),
        exercise=_flag(signed, "exercise"),
        drafted_by=_person(signed.get("drafted_by"), "drafted_by"),
        approved_by=None if approved is None else _person(approved, "approved_by"),
        regarding=None if regarding is None else digests.require_digest(regarding),
        body=_object(signed, "body"),
        jws=jws,
    )


def _text(signed: Mapping[str, Any], key: str, longest: int) -> str:
    value = signed.get(key)
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise BadMessage(f"{key} must be text of 1 to {longest} characters")
    return value


def _flag(signed: Mapping[str, Any], key: str) -> bool:
    value = signed.get(key)
    if not isinstance(value, bool):
        raise BadMessage(f"{key} must be true or false")
    return value


def _object(signed: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = signed.get(key)
    if not isinstance(value, dict):
        raise BadMessage(f"{key} must be an object")
    return value


def _person(value: object, key: str) -> Person:
    if not isinstance(value, dict):
        raise BadMessage(f"{key} must name a person")
    return Person(name=_text(value, "name", MAX_NAME), role=_text(value, "role", 40))
