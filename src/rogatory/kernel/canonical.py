"""Canonical JSON (RFC 8785): one value, one sequence of bytes.

Reading is strict, because what is read has been signed by somebody: UTF-8, no duplicate keys (RFC 8785 section 3.1
takes I-JSON, RFC 7493), no NaN, no number outside the range that every language agrees on, bounded size and depth.
"""

import json
from typing import Any, NoReturn

import rfc8785

from rogatory.errors import BadInput

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
_MAX_SAFE_INTEGER = 2**53 - 1

#: Code points from here on sort otherwise in UTF-16, which RFC 8785 sorts keys by, than by themselves.
_FIRST_SURROGATE = "\ud800"
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode

JSONObject = dict[str, Any]


class BadJSON(BadInput):
    """The text is not JSON as RFC 8785 wants it."""

    code = "bad-json"


class DuplicateKey(BadJSON):
    """A key stands twice in one object, so two readers could read two things."""

    code = "duplicate-key"


def dumps(value: Any) -> bytes:
    """*value* as canonical JSON bytes; raises `BadJSON` for what JSON cannot carry."""
    try:
        if _is_plain(value):
            return _encode(value).encode()
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError) as error:
        raise BadJSON(f"this cannot be written as canonical JSON: {error}") from error


def loads(data: bytes, *, limit: int = MAX_BYTES, whole: bool = False) -> Any:
    """The value of the JSON text *data* (UTF-8), read strictly; raises `BadJSON` or `DuplicateKey`.

    With *whole*, every number in it is a whole one.
    """
    if len(data) > limit:
        raise BadJSON(f"{len(data)} bytes of JSON are more than the limit of {limit}")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_safe_int,
            parse_float=_refuse_fraction if whole else None,
        )
    except UnicodeDecodeError as error:
        raise BadJSON(f"byte {error.start} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadJSON(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise BadJSON(f"deeper than {MAX_DEPTH} levels") from error
    _limit_depth(value, MAX_DEPTH)
    return value


def loads_object(data: bytes, *, limit: int = MAX_BYTES, whole: bool = False) -> JSONObject:
    """As `loads`, and raises `BadJSON` unless the value is an object."""
    value = loads(data, limit=limit, whole=whole)
    if not isinstance(value, dict):
        raise BadJSON("a JSON object is wanted here")
    return value


def loads_canonical(data: bytes, *, limit: int = MAX_BYTES) -> JSONObject:
    """As `loads_object` of whole numbers, and raises `BadJSON` unless *data* is the canonical form of what it says."""
    value = loads_object(data, limit=limit, whole=True)
    if dumps(value) != data:
        raise BadJSON("the JSON is not in its canonical form (RFC 8785)")
    return value


def _is_plain(value: Any) -> bool:
    """Whether the C encoder writes *value* exactly as RFC 8785 wants it: no floats, no large numbers, no odd keys."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-_MAX_SAFE_INTEGER <= value <= _MAX_SAFE_INTEGER)
    if kind is dict:
        return all(
            type(key) is str and (key.isascii() or max(key) < _FIRST_SURROGATE) and _is_plain(inner)
            for key, inner in value.items()
        )
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    return False


def _unique(pairs: list[tuple[str, Any]]) -> JSONObject:
    found: JSONObject = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKey(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise BadJSON(f"{name} is not a JSON number")


def _refuse_fraction(text: str) -> NoReturn:
    raise BadJSON(f"{text[:20]} is no whole number; signed documents have no others")


def _safe_int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _MAX_SAFE_INTEGER:
        raise BadJSON(f"{text[:20]} is outside the range of numbers that every reader agrees on")
    return int(text)


def _limit_depth(value: Any, levels: int) -> None:
    if levels < 0:
        raise BadJSON(f"deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        for inner in value.values():
            _limit_depth(inner, levels - 1)
    elif isinstance(value, list):
        for inner in value:
            _limit_depth(inner, levels - 1)
