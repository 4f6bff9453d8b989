"""An event of a meeting: who does what; and the form that the body of each kind has.

A form is written shortly: `{"item": "item", "text": "text?"}`. The word after the name says what may stand there, a
question mark that it may be missing. `REFERENCES` are names of things that the meeting already has.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.conference.meeting.refusals import BadEvent
from rogatory.conference.meeting.state import State
from rogatory.conference.rulebook.model import Rulebook
from rogatory.kernel import times
from rogatory.law.words import Words

ROLES = ("secretariat", "presiding", "delegation", "teller")
REFERENCES = ("seat", "item", "proposal", "motion", "pending", "contest", "candidate", "vote")
MAX_TEXT = 4_000
MAX_LIST = 400
MAX_NUMBER = 1_000_000
#: What would drive a terminal, or show a text in another order than it was written in.
_UNSEEMLY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,59}")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a role, and for whom (the code of a participant; a person's name for the secretariat)."""

    role: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step of a meeting, as it stands in the record."""

    kind: str
    by: Actor
    at: datetime
    body: Body = field(default_factory=dict)


Handler = Callable[[State, Event], State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event: who may do it, what its body holds, what it is called, under which rule it stands."""

    id: str
    name: Words
    by: tuple[str, ...]
    apply: Handler
    rule: Callable[[Rulebook], str]
    form: Mapping[str, str] = field(default_factory=dict)


def read(form: Mapping[str, str], body: object) -> dict[str, Any]:
    """*body* as *form* wants it; raises `BadEvent` for anything else."""
    if not isinstance(body, Mapping):
        raise BadEvent("the body of an event is an object")
    unknown = sorted(str(name) for name in body if name not in form)
    if unknown:
        raise BadEvent(f"{unknown[0]!r} is not asked for; what may stand here: {', '.join(form) or 'nothing'}")
    found = {}
    for name, wanted in form.items():
        if name in body and body[name] is not None:
            found[name] = _read_one(name, wanted.rstrip("?"), body[name])
        elif not wanted.endswith("?"):
            raise BadEvent(f"{name!r} is missing")
    return found


def _read_one(name: str, wanted: str, value: object) -> Any:
    if wanted.startswith("list:"):
        if not isinstance(value, list | tuple) or len(value) > MAX_LIST:
            raise BadEvent(f"{name!r} is a list of at most {MAX_LIST}")
        return tuple(_read_one(name, wanted[5:], one) for one in value)
    if "|" in wanted:
        if value not in wanted.split("|"):
            raise BadEvent(f"{name!r} is one of {wanted.replace('|', ', ')}")
        return value
    return _READERS[wanted if wanted in _READERS else "name"](name, value)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
        raise BadEvent(f"{name!r} is a text of 1 to {MAX_TEXT} characters")
    if _UNSEEMLY.search(value):
        raise BadEvent(f"{name!r} has control characters, or signs that turn the direction of what stands beside it")
    return value


def _name(name: str, value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise BadEvent(f"{name!r} is a name of letters, digits, dots, slashes and hyphens, at most 60")
    return value


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_NUMBER:
        raise BadEvent(f"{name!r} is a whole number from 0 to {MAX_NUMBER}")
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadEvent(f"{name!r} is true or false")
    return value


def _words(name: str, value: object) -> Words:
    if not isinstance(value, Mapping) or set(value) - {"en", "fr"} or "en" not in value:
        raise BadEvent(f"{name!r} is a text in English and French: {{en, fr}}")
    english = _text(name, value["en"])
    return Words(english, _text(name, value.get("fr", english)))


def _counts(name: str, value: object) -> dict[str, int]:
    if not isinstance(value, Mapping) or len(value) > MAX_LIST:
        raise BadEvent(f"{name!r} is an object of numbers, at most {MAX_LIST}")
    return {_name(name, key): _number(name, inner) for key, inner in value.items()}


def _digests(name: str, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping) or len(value) > MAX_LIST:
        raise BadEvent(f"{name!r} is an object of SHA-256 digests, at most {MAX_LIST}")
    if any(not isinstance(one, str) or not _DIGEST.fullmatch(one) for one in value.values()):
        raise BadEvent(f"a digest in {name!r} is 64 hexadecimal digits in small letters")
    return {_name(name, key): str(one) for key, one in value.items()}


def _rows(name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadEvent(f"{name!r} is an object")
    return value


_READERS: dict[str, Callable[[str, object], Any]] = {
    "text": _text,
    "name": _name,
    "number": _number,
    "flag": _flag,
    "words": _words,
    "counts": _counts,
    "digests": _digests,
    "row": _rows,
    "day": lambda _, value: times.parse_day(value),
    "stamp": lambda _, value: times.parse_stamp(value),
}
