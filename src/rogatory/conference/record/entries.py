"""One entry of a meeting's record: an event, signed and chained to the entry before it.

An entry is one line: JWS compact over canonical JSON with the members `format`, `meeting`, `number`, `previous`, `at`,
`by`, `kind`, `body`, and where they apply `entered_by` (who typed it in another's name) and `once` (the name that a
device gave its submission). `previous` is the SHA-256 of the line before, without its line feed. Nothing else may stand
in it, so that two readers read the same. Source: spec/meeting-record.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.conference.meeting.convening import MADE
from rogatory.conference.meeting.events import ROLES, Actor, Event
from rogatory.errors import RogatoryError, Untrusted
from rogatory.kernel import canonical, digests, times
from rogatory.kernel.canonical import JSONObject
from rogatory.sealing import jws
from rogatory.sealing.jws import Unverified
from rogatory.sealing.keys import SigningKey

TYPE = "rogatory-meeting+jws"
FORMAT = 1
#: The first entry carries the rulebook and all participants; no other comes near.
MAX_FIRST = jws.MAX_BYTES
MAX_ENTRY = 256 * 1024
MAX_NUMBER = 1_000_000
MAX_NAME = 200
_MEMBERS = frozenset({"format", "meeting", "number", "previous", "at", "by", "kind", "body"})
_MAY = frozenset({"entered_by", "once"})
_MEETING = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_ONCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KIND = re.compile(r"[a-z][a-z-]{0,59}")


class BadEntry(Untrusted):
    """This is not an entry of a meeting's record."""

    code = "bad-record-entry"
    remedy = "Ask for the record again where it was published, and compare its head with the one announced."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its place, the event, who entered it for somebody else, and the line itself with its digest."""

    meeting: str
    number: int
    previous: str
    event: Event
    entered_by: str = ""
    once: str = ""
    line: bytes = field(repr=False)
    digest: str


def is_meeting(text: object) -> bool:
    """Whether *text* can name a meeting: 1 to 40 letters, digits, hyphens and low lines."""
    return isinstance(text, str) and _MEETING.fullmatch(text) is not None


def is_once(text: object) -> bool:
    """Whether *text* can name a submission: 1 to 64 letters, digits, hyphens and low lines."""
    return isinstance(text, str) and _ONCE.fullmatch(text) is not None


def plain_body(body: Mapping[str, Any], *, limit: int = MAX_ENTRY // 2) -> JSONObject:
    """*body* as the record will give it back, at most *limit* bytes of canonical JSON; raises `BadJSON`."""
    return canonical.loads_object(canonical.dumps(dict(body)), limit=limit, whole=True)


def write(
    event: Event,
    *,
    meeting: str,
    number: int,
    previous: str,
    key: SigningKey,
    entered_by: str = "",
    once: str = "",
) -> Entry:
    """The entry that records *event*, signed by *key*; its time is to the millisecond."""
    payload: JSONObject = {
        "format": FORMAT,
        "meeting": meeting,
        "number": number,
        "previous": previous,
        "at": times.stamp(event.at),
        "by": {"role": event.by.role, "of": event.by.of},
        "kind": event.kind,
        "body": event.body,
    }
    payload |= {"entered_by": entered_by} if entered_by else {}
    payload |= {"once": once} if once else {}
    line = jws.sign(payload, key=key, typ=TYPE)
    return Entry(
        meeting=meeting,
        number=number,
        previous=previous,
        event=event,
        entered_by=entered_by,
        once=once,
        line=line,
        digest=digests.sha256(line),
    )


def read(line: bytes, *, number: int) -> tuple[Entry, Unverified]:
    """The entry in *line*, which is number *number* of its record, its signature not checked yet; raises `BadEntry`."""
    where = f"entry {number}"
    try:
        unverified = jws.read(line, typ=TYPE, limit=MAX_FIRST if number == 1 else MAX_ENTRY)
        return _entry(unverified.payload, line), unverified
    except BadEntry as error:
        raise BadEntry(error.message, where=where) from error
    except RogatoryError as error:
        raise BadEntry(f"{error.message} [{error.code}]", where=where) from error


def _entry(payload: JSONObject, line: bytes) -> Entry:
    unknown = sorted(set(payload) - _MEMBERS - _MAY)
    missing = sorted(_MEMBERS - set(payload))
    if unknown or missing:
        raise BadEntry(f"{(unknown or missing)[0]!r} {'is not known' if unknown else 'is missing'}")
    if payload["format"] != FORMAT or isinstance(payload["format"], bool):
        raise BadEntry(f"the format is {payload['format']!r}; {FORMAT} is understood here")
    if not is_meeting(payload["meeting"]):
        raise BadEntry("'meeting' does not name a meeting")
    return Entry(
        meeting=payload["meeting"],
        number=_number(payload["number"]),
        previous=_previous(payload),
        event=_event(payload),
        entered_by=_name(payload["entered_by"], "entered_by") if "entered_by" in payload else "",
        once=_once(payload["once"]) if "once" in payload else "",
        line=line,
        digest=digests.sha256(line),
    )


def _event(payload: JSONObject) -> Event:
    kind, body = payload["kind"], payload["body"]
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise BadEntry("'kind' is no kind of event")
    if not isinstance(body, dict):
        raise BadEntry("'body' is not an object")
    return Event(kind=kind, by=_actor(payload["by"]), at=_time(payload["at"]), body=body)


def _actor(value: object) -> Actor:
    if not isinstance(value, dict) or set(value) != {"role", "of"} or value["role"] not in ROLES:
        raise BadEntry(f"'by' is not a role of {', '.join(ROLES)} and for whom")
    return Actor(value["role"], _name(value["of"], "of"))


def _time(value: object) -> datetime:
    at = times.parse_stamp(value)
    if times.stamp(at) != value:
        raise BadEntry("'at' is not to the millisecond")
    return at


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_NUMBER:
        raise BadEntry(f"'number' is not a whole number from 1 to {MAX_NUMBER}")
    return value


def _previous(payload: JSONObject) -> str:
    value = payload["previous"]
    return "" if value == "" and payload["kind"] == MADE else digests.require_digest(value)


def _name(value: object, name: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME or not value.isprintable():
        raise BadEntry(f"{name!r} is not a name of 1 to {MAX_NAME} printable signs")
    return value


def _once(value: object) -> str:
    if not isinstance(value, str) or not is_once(value):
        raise BadEntry("'once' is not a name of 1 to 64 letters, digits, hyphens and low lines")
    return value
