"""Identifiers, built from random bytes that the caller supplies.

A case is `VNM-FRA-2028-0001-7Q4K2M9XAB`: requesting State, requested State, year, the requesting node's own number
in that year, and ten random Crockford base32 digits that keep two nodes from ever naming two cases alike. Everything
else (messages, envelopes, exhibits, drafts) is named by 26 such digits.
"""

import re

from rogatory.errors import BadInput

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_CASE = re.compile(r"([A-Z]{3})-([A-Z]{3})-(\d{4})-(\d{4,6})-([0-9A-HJKMNP-TV-Z]{10})")
_AUTHORITY = re.compile(r"([A-Z]{3})/([a-z][a-z0-9-]{0,39})")
_STATE = re.compile(r"[A-Z]{3}")


class BadIdentifier(BadInput):
    """The identifier is not well formed."""

    code = "bad-identifier"


def crockford(random: bytes) -> str:
    """*random* in Crockford's base32, five bits a digit, leftover bits dropped."""
    number = int.from_bytes(random)
    count = len(random) * 8 // 5
    spare = len(random) * 8 - count * 5
    number >>= spare
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def new_id(random: bytes) -> str:
    """An identifier of 26 digits from at least 17 random bytes."""
    if len(random) < 17:
        raise BadIdentifier("an identifier needs 17 random bytes")
    return crockford(random[:17])[:26]


def case_id(requesting: str, requested: str, *, year: int, number: int, random: bytes) -> str:
    """The name of a new case; *requesting* and *requested* are ISO 3166 alpha-3 codes, *random* 7 bytes or more."""
    return require_case_id(f"{requesting}-{requested}-{year:04d}-{number:04d}-{crockford(random[:7])[:10]}")


def require_case_id(text: object) -> str:
    """*text* itself; raises `BadIdentifier` when it does not name a case."""
    if not isinstance(text, str) or not _CASE.fullmatch(text):
        raise BadIdentifier(f"{str(text)[:80]!r} does not name a case such as VNM-FRA-2028-0001-7Q4K2M9XAB")
    return text


def case_states(case: str) -> tuple[str, str]:
    """The requesting and the requested State that a case's name gives."""
    require_case_id(case)
    return case[:3], case[4:7]


def require_id(text: object) -> str:
    """*text* itself; raises `BadIdentifier` when it is not 26 Crockford digits."""
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise BadIdentifier(f"{str(text)[:80]!r} is not an identifier of 26 digits")
    return text


def require_state(text: object) -> str:
    """*text* itself; raises `BadIdentifier` when it is not three capital letters."""
    if not isinstance(text, str) or not _STATE.fullmatch(text):
        raise BadIdentifier(f"{str(text)[:80]!r} is not an ISO 3166 alpha-3 code such as VNM")
    return text


def require_authority(text: object) -> str:
    """*text* itself; raises `BadIdentifier` when it is not an authority such as `VNM/contact-point`."""
    if not isinstance(text, str) or not _AUTHORITY.fullmatch(text):
        raise BadIdentifier(f"{str(text)[:80]!r} is not an authority such as VNM/contact-point")
    return text
