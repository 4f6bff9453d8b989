"""Reading the members of a signed payload: present, of the right type, within limits, or a coded error that names it.

Every reader takes the object, the name of the member, and where it stands (for the error).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from rogatory.errors import BadInput, Untrusted
from rogatory.kernel.times import BadTime, parse_stamp

_T = TypeVar("_T")
MAX_TEXT = 4096
# Signs that nobody sees: they would show another text than the one that was signed, and no database keeps the first.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class BadField(Untrusted):
    """A member of a signed document is missing or cannot be what it says."""

    code = "bad-field"


def text(source: Mapping[str, Any], name: str, where: str, *, limit: int = MAX_TEXT) -> str:
    """The text at *name*, one to *limit* signs; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise BadField(f"'{name}' is not a text of 1 to {limit} signs", where=where)
    return value


def visible(source: Mapping[str, Any], name: str, where: str, *, limit: int = MAX_TEXT) -> str:
    """The text at *name* as `text` reads it, without signs that cannot be seen; raises `BadField`."""
    value = text(source, name, where, limit=limit)
    if _UNSEEN.search(value):
        raise BadField(f"'{name}' holds a sign that cannot be seen", where=where)
    return value


def number(source: Mapping[str, Any], name: str, where: str, *, least: int = 0) -> int:
    """The whole number at *name*, at least *least*; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadField(f"'{name}' is not a whole number of at least {least}", where=where)
    return value


def flag(source: Mapping[str, Any], name: str, where: str) -> bool:
    """The true or false at *name*; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, bool):
        raise BadField(f"'{name}' is neither true nor false", where=where)
    return value


def time(source: Mapping[str, Any], name: str, where: str) -> datetime:
    """The UTC time at *name*; raises `BadField`."""
    try:
        return parse_stamp(source.get(name))
    except BadTime as error:
        raise BadField(f"'{name}': {error.message}", where=where) from error


def time_or_none(source: Mapping[str, Any], name: str, where: str) -> datetime | None:
    """The UTC time at *name*, or None where the document says null or nothing; raises `BadField`."""
    return None if source.get(name) is None else time(source, name, where)


def mapping(source: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    """The object at *name*; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, dict):
        raise BadField(f"'{name}' is not an object", where=where)
    return value


def texts(source: Mapping[str, Any], name: str, where: str, *, limit: int = 100) -> tuple[str, ...]:
    """The list of texts at *name*, at most *limit* of them; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, list) or len(value) > limit or not all(isinstance(item, str) for item in value):
        raise BadField(f"'{name}' is not a list of at most {limit} texts", where=where)
    if any(not 0 < len(item) <= MAX_TEXT for item in value):
        raise BadField(f"'{name}' holds a text that is empty or longer than {MAX_TEXT} signs", where=where)
    return tuple(value)


def objects(source: Mapping[str, Any], name: str, where: str, *, limit: int) -> Sequence[dict[str, Any]]:
    """The list of objects at *name*, at most *limit* of them; raises `BadField`."""
    value = source.get(name)
    if not isinstance(value, list) or len(value) > limit or not all(isinstance(item, dict) for item in value):
        raise BadField(f"'{name}' is not a list of at most {limit} objects", where=where)
    return value


def checked(source: Mapping[str, Any], name: str, where: str, check: Callable[[object], _T]) -> _T:
    """What *check* makes of the member *name*; its `BadInput` becomes a `BadField`."""
    try:
        return check(source.get(name))
    except BadInput as error:
        raise BadField(f"'{name}': {error.message}", where=where) from error


def version(source: Mapping[str, Any], where: str, *, known: int = 1) -> None:
    """Return in silence when `v` is the version *known*; raises `BadField`."""
    if source.get("v") != known or isinstance(source.get("v"), bool):
        raise BadField(f"'v' is {source.get('v')!r}; version {known} is understood here", where=where)
