"""Times: always aware, always UTC, written as RFC 3339 with a final Z."""

import re
from datetime import UTC, date, datetime

from rogatory.errors import BadInput

_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z")


class BadTime(BadInput):
    """The time is not a UTC time such as 2028-03-01T09:30:00Z."""

    code = "bad-time"


def require_utc(at: datetime) -> datetime:
    """*at* itself; raises `BadTime` when it carries no time zone or another one than UTC."""
    if at.tzinfo is None or at.utcoffset() != UTC.utcoffset(None):
        raise BadTime(f"{at.isoformat()} is not in UTC")
    return at


def stamp(at: datetime) -> str:
    """*at* as RFC 3339 text, to the millisecond, ending in Z: `2028-03-01T09:30:00.000Z`."""
    return require_utc(at).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def parse_stamp(text: object) -> datetime:
    """The UTC time that *text* (RFC 3339, ending in Z) names; raises `BadTime`."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        raise BadTime(f"{text!r} is not a UTC time such as 2028-03-01T09:30:00Z")
    try:
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadTime(f"{text!r} is not a time: {error}") from error


def parse_day(text: object) -> date:
    """The calendar day that *text* (`YYYY-MM-DD`) names; raises `BadTime`."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise BadTime(f"{text!r} is not a day such as 2028-03-01")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadTime(f"{text!r} is not a day: {error}") from error
