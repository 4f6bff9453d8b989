"""Names and texts that come from outside and are shown or written to disk: what they may contain.

Rules in words. A file name is one name, never a path: no separators, no control or invisible characters (a mark that
turns the direction of writing can make `annexe` + `exe` look like a picture), not `.` or `..`, at most 255 bytes of
UTF-8. A text has no control characters but newline and tab, and a limit.
"""

import re
import unicodedata

from rogatory.errors import BadInput

MAX_NAME_BYTES = 255
_FORBIDDEN = frozenset("/\\:\x00")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")


class BadFileName(BadInput):
    """The file name is a path, is hidden, or cannot be shown as it is."""

    code = "bad-file-name"


class BadText(BadInput):
    """The text is too long or has characters that cannot be shown."""

    code = "bad-text"


class BadMediaType(BadInput):
    """The media type is not one such as application/zip."""

    code = "bad-media-type"


def require_file_name(name: object) -> str:
    """*name* itself; raises `BadFileName` when it is not one harmless file name."""
    if not isinstance(name, str) or not name or name in {".", ".."} or name != name.strip():
        raise BadFileName(f"{str(name)[:80]!r} is not a file name")
    if any(sign in _FORBIDDEN or _is_hidden(sign) for sign in name):
        raise BadFileName(f"{name[:80]!r} has a separator or a character that cannot be seen")
    if len(name.encode()) > MAX_NAME_BYTES:
        raise BadFileName(f"the file name has more than {MAX_NAME_BYTES} bytes")
    return name


def safe_file_name(name: str) -> str:
    """The harmless file name nearest to *name*, for a person to confirm; `exhibit` when nothing is left."""
    name = name[: 8 * MAX_NAME_BYTES]  # what follows cannot stay anyhow, and a name may be as long as its writer likes
    kept = _EDGES.sub("", "".join("_" if sign in _FORBIDDEN or _is_hidden(sign) else sign for sign in name))
    while len(kept.encode()) > MAX_NAME_BYTES:
        kept = kept[:-1].rstrip()
    return kept or "exhibit"


def require_text(text: object, *, name: str, limit: int) -> str:
    """*text* itself; raises `BadText` when it is not text, or has more than *limit* characters or hidden ones."""
    if not isinstance(text, str) or len(text) > limit:
        raise BadText(f"{name} is a text of at most {limit} characters")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in text):
        raise BadText(f"{name} has control characters")
    return text


def require_media_type(text: object) -> str:
    """*text* itself; raises `BadMediaType` when it is not `type/subtype` in small letters (RFC 6838)."""
    if not isinstance(text, str) or not _MEDIA_TYPE.fullmatch(text):
        raise BadMediaType(f"{str(text)[:80]!r} is not a media type such as application/zip")
    return text


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN
