"""Digests: SHA-256, written as 64 lower-case hexadecimal digits, as `sha256sum` prints them."""

import hashlib
import re

from rogatory.errors import BadInput

_HEX = re.compile(r"[0-9a-f]{64}")


class BadDigest(BadInput):
    """A SHA-256 digest is 64 lower-case hexadecimal digits."""

    code = "bad-digest"


def sha256(data: bytes) -> str:
    """The SHA-256 of *data* in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def require_digest(text: object) -> str:
    """*text* itself; raises `BadDigest` when it is not a SHA-256 in hexadecimal."""
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise BadDigest(f"{str(text)[:80]!r} is not 64 lower-case hexadecimal digits")
    return text
