"""The letter: what one authority writes to another that belongs to no case, immutable once signed.

A letter stands in a thread, as a message stands in its case: it names the letters of the thread that its author held
and that nobody had followed yet (`follows`), and counts one more than the highest of them (`number`). A thread is
between two States and stays so. A letter opens no case and changes none. Fields that this version does not know are
kept: what is stored and forwarded is always the signed bytes. Source: spec/letter.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.errors import Untrusted
from rogatory.kernel import digests, ids, times
from rogatory.kernel.canonical import JSONObject
from rogatory.sealing import fields
from rogatory.sealing.fields import BadField

TYP = "rogatory-letter+jws"
MAX_BYTES = 256 * 1024
MAX_FOLLOWS = 64
MAX_NAME = 200
MAX_ROLE = 40
LAST_NUMBER = 1_000_000
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_WHERE = "letter"


class BadLetter(Untrusted):
    """The letter is not of the form that its specification gives."""

    code = "bad-letter"
    remedy = "Ask the sender to upgrade or to send the letter again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who wrote a letter: the name as the authority knows it, and the role he or she held."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as its author signed it; *digest* is the SHA-256 of the signed bytes, *at* is UTC."""

    digest: str
    kind: str
    id: str
    thread: str
    number: int
    follows: tuple[str, ...]
    sender: str
    receiver: str
    at: datetime
    exercise: bool
    person: Writer
    body: Mapping[str, Any]
    jws: bytes = field(repr=False)

    @property
    def states(self) -> frozenset[str]:
        """The two States between whom it goes, as ISO 3166 alpha-3."""
        return frozenset((self.sender[:3], self.receiver[:3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new letter stands: its thread, its number there, and the letters that it follows."""

    thread: str
    number: int = 1
    follows: tuple[str, ...] = ()


def payload(
    *,
    kind: str,
    id: str,
    place: Place,
    sender: str,
    receiver: str,
    at: datetime,
    exercise: bool,
    person: Writer,
    body: Mapping[str, Any],
) -> JSONObject:
    """The JSON object that is signed for a new letter (spec/letter.md)."""
    return {
        "v": 1,
        "kind": kind,
        "id": id,
        "thread": place.thread,
        "number": place.number,
        "follows": sorted(place.follows),
        "from": sender,
        "to": receiver,
        "at": times.stamp(at),
        "exercise": exercise,
        "person": {"name": person.name, "role": person.role},
        "body": dict(body),
    }


def parse(signed: Mapping[str, Any], jws: bytes) -> Letter:
    """The letter that a verified payload says; raises `BadLetter`."""
    try:
        letter = _letter(signed, jws)
    except BadField as error:
        raise BadLetter(error.message) from error
    if not _KIND.fullmatch(letter.kind):
        raise BadLetter("'kind' is not a word of small letters, digits and hyphens, 40 at most")
    if letter.number > LAST_NUMBER:
        raise BadLetter(f"'number' is more than {LAST_NUMBER}")
    if len(set(letter.follows)) != len(letter.follows):
        raise BadLetter("'follows' names a letter twice")
    if len(letter.states) != 2:
        raise BadLetter("a letter goes from one State to another")
    return letter


def _letter(signed: Mapping[str, Any], jws: bytes) -> Letter:
    fields.version(signed, _WHERE)
    person = fields.mapping(signed, "person", _WHERE)
    return Letter(
        digest=digests.sha256(jws),
        kind=fields.text(signed, "kind", _WHERE, limit=40),
        id=fields.checked(signed, "id", _WHERE, ids.require_id),
        thread=fields.checked(signed, "thread", _WHERE, ids.require_id),
        number=fields.number(signed, "number", _WHERE, least=1),
        follows=fields.checked(signed, "follows", _WHERE, _follows),
        sender=fields.checked(signed, "from", _WHERE, ids.require_authority),
        receiver=fields.checked(signed, "to", _WHERE, ids.require_authority),
        at=fields.time(signed, "at", _WHERE),
        exercise=fields.flag(signed, "exercise", _WHERE),
        person=Writer(
            name=fields.visible(person, "name", "person", limit=MAX_NAME),
            role=fields.visible(person, "role", "person", limit=MAX_ROLE),
        ),
        body=fields.mapping(signed, "body", _WHERE),
        jws=jws,
    )


def _follows(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_FOLLOWS:
        raise BadField(f"'follows' is not a list of at most {MAX_FOLLOWS} digests")
    return tuple(digests.require_digest(one) for one in value)
