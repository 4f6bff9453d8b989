"""What each kind of message must carry: one reader a kind.

A reader takes the body as signed, raises `BadBody` for what is missing, too long or impossible, and never changes
or drops anything: fields that it does not know stay in the signed bytes.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rogatory.casefile.measures import MEASURES
from rogatory.errors import BadInput
from rogatory.kernel import digests, ids, times

MAX_TEXT = 20_000
MAX_LINE = 300
MAX_GROUNDS = 20
MAX_CUSTODY = 1_000

#: What an outcome can say of what was asked for.
RESULTS = ("carried-out", "carried-out-in-part", "not-carried-out")

Body = Mapping[str, Any]


class BadBody(BadInput):
    """The step lacks something that it must carry, or carries something impossible."""

    code = "bad-body"


def check(kind: str, body: Body) -> None:
    """Nothing, when *body* is what a message of *kind* must carry; raises `BadBody` and the kernel's errors."""
    READERS[kind](body)


def text(body: Body, key: str, *, longest: int = MAX_TEXT, cite: str | None = None) -> str:
    """The text under *key*, stripped of nothing; raises `BadBody` when it is missing, blank or too long."""
    value = body.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadBody(f"{key} is missing", cite=cite)
    if len(value) > longest:
        raise BadBody(f"{key} has {len(value)} characters; at most {longest} are allowed", cite=cite)
    return value


def _request(body: Body) -> None:
    if body.get("measure") not in MEASURES:
        raise BadBody(f"the measure {body.get('measure')!r} is not known here")
    text(body, "instrument", longest=40)
    contents = body.get("contents")
    if not isinstance(contents, dict) or not contents:
        raise BadBody("contents must be an object with the particulars of the request", cite="42(3), 40(15)")
    follows = body.get("follows_request")
    if follows is not None:
        digests.require_digest(follows)


def _decision(body: Body) -> None:
    outcome = body.get("outcome")
    if outcome not in ("accepted", "declined", "postponed"):
        raise BadBody(f"a decision is accepted, declined or postponed, not {outcome!r}")
    grounds = body.get("grounds", [])
    if not isinstance(grounds, list) or len(grounds) > MAX_GROUNDS or not all(isinstance(one, str) for one in grounds):
        raise BadBody(f"grounds must be a list of at most {MAX_GROUNDS} provisions")
    if outcome != "accepted":
        text(body, "reasons", cite="40(25)")
        if outcome == "declined" and not grounds:
            raise BadBody("a refusal names at least one ground", cite="42(6), 40(21)")


def _preserved(body: Body) -> None:
    began = times.parse_stamp(body.get("began"))
    until = times.parse_stamp(body.get("until"))
    if until <= began:
        raise BadBody("preservation must end after it begins", cite="42(8)")
    text(body, "custodian", longest=MAX_LINE)


def _extension_request(body: Body) -> None:
    times.parse_stamp(body.get("until"))
    text(body, "reason")


def _extension(body: Body) -> None:
    if body.get("granted") is True:
        times.parse_stamp(body.get("until"))
    elif body.get("granted") is False:
        text(body, "reason", cite="40(25)")
    else:
        raise BadBody("an extension is granted or not granted", cite="42(9)")


def _warning(body: Body) -> None:
    if body.get("concern") not in ("availability", "confidentiality", "investigation"):
        raise BadBody("a warning concerns availability, confidentiality or the investigation", cite="42(7)")
    text(body, "text", cite="42(7)")


def _delivery(body: Body) -> None:
    ids.require_id(body.get("exhibit"))
    text(body, "manifest", longest=200_000)
    _custody(body)


def _outcome(body: Body) -> None:
    if body.get("result") not in RESULTS:
        raise BadBody(f"an outcome is {', '.join(RESULTS)}, not {body.get('result')!r}", cite="40(26)")
    times.parse_day(body.get("on"))
    text(body, "text", cite="40(26)")


def _custody_step(body: Body) -> None:
    ids.require_id(body.get("exhibit"))
    _custody(body)


def _custody(body: Body) -> None:
    custody = body.get("custody")
    if not isinstance(custody, list) or not 1 <= len(custody) <= MAX_CUSTODY:
        raise BadBody("custody must list at least one signed entry")
    if not all(isinstance(one, str) and len(one) < 20_000 for one in custody):
        raise BadBody("each custody entry is a signed text")


def _onward_request(body: Body) -> None:
    ids.require_id(body.get("exhibit"))
    ids.require_authority(body.get("to"))
    text(body, "purpose", cite="36(3)")
    if "part" in body:
        text(body, "part")


def _onward_leave(body: Body) -> None:
    ids.require_id(body.get("exhibit"))
    ids.require_authority(body.get("to"))
    if body.get("granted") is False:
        text(body, "reasons", cite="40(25)")
    elif body.get("granted") is not True:
        raise BadBody("leave to pass evidence on is granted or not granted", cite="36(3)")
    if "conditions" in body:
        text(body, "conditions")
    if "until" in body:
        times.parse_day(body["until"])


def _disclosure_notice(body: Body) -> None:
    if body.get("exhibit") is not None:
        ids.require_id(body["exhibit"])
    text(body, "to", longest=MAX_LINE, cite="40(19)")
    text(body, "clears", cite="40(19)")
    if body.get("in_advance") is False:
        text(body, "no_time", cite="40(19)")
    elif body.get("in_advance") is not True:
        raise BadBody("a disclosure is notified in advance, or afterwards with the reason", cite="40(19)")


def _words(body: Body) -> None:
    text(body, "text")


def _reason(body: Body) -> None:
    text(body, "reason")


def _nothing(body: Body) -> None:
    if "note" in body:
        text(body, "note")


READERS: dict[str, Callable[[Body], None]] = {
    "request": _request,
    "acknowledgement": _nothing,
    "decision": _decision,
    "preserved": _preserved,
    "extension-request": _extension_request,
    "extension": _extension,
    "warning": _warning,
    "question": _words,
    "supplement": _words,
    "status-question": _words,
    "note": _words,
    "delivery": _delivery,
    "outcome": _outcome,
    "custody-receipt": _custody_step,
    "custody-entry": _custody_step,
    "onward-request": _onward_request,
    "onward-leave": _onward_leave,
    "disclosure-notice": _disclosure_notice,
    "withdrawal": _reason,
    "release": _reason,
    "closure": _nothing,
}
