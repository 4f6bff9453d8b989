"""The exhibits of a case as its messages tell of them: custody, leave to pass them on, notices of disclosure.

Rules in words. An exhibit is handed over once, by a delivery. Custody grows by the entries that later messages carry.
The State that got it may ask leave to pass it on to one authority; the State that gave it answers, and may give leave
unasked. Leave names one exhibit and one authority, and nothing is inferred from it for another. A notice says to whom
something that clears an accused is disclosed; it needs no answer. Which side may take which step is in `table`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from rogatory.casefile.bodies import BadBody
from rogatory.casefile.messages import Message
from rogatory.kernel import times

KINDS = frozenset(
    {"delivery", "custody-receipt", "custody-entry", "onward-request", "onward-leave", "disclosure-notice"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardRequest:
    """That the authority *to* should get the exhibit, for what purpose, and in words which part (empty: the whole)."""

    message: str
    by: str
    at: datetime
    to: str
    purpose: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The answer of the State that gave an exhibit on passing it on to *to*; *message* is its SHA-256.

    *conditions* are in words and may be empty; *until* is the last day on which it may be used, or None.
    """

    message: str
    by: str
    at: datetime
    to: str
    granted: bool
    conditions: str = ""
    reasons: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That something was, or will be, disclosed *to* somebody because it clears an accused; *message* is its SHA-256.

    *no_time* says why the notice comes after the disclosure; it is empty when it came in advance.
    """

    message: str
    by: str
    at: datetime
    to: str
    clears: str
    no_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One exhibit of a case: the signed manifest, the request it answers and the custody entries, in order."""

    id: str
    request: str
    manifest: str
    custody: tuple[str, ...]
    asked: tuple[OnwardRequest, ...] = ()
    leaves: tuple[Leave, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def unanswered(self) -> tuple[OnwardRequest, ...]:
        """The requests to pass it on that no later answer for the same authority has settled."""
        return tuple(one for one in self.asked if not any(it.to == one.to and it.at >= one.at for it in self.leaves))


def follow(message: Message, request: str, exhibits: dict[str, Exhibit]) -> str | None:
    """Change *exhibits* by a *message* of one of `KINDS` on *request* (its SHA-256); the id of a new exhibit, if any.

    Raises `BadBody`.
    """
    body, named = message.body, message.body.get("exhibit")
    if named is None:
        return None  # a notice about what came without an exhibit
    known = exhibits.get(named)
    if message.kind == "delivery":
        if known is not None:
            raise BadBody("this exhibit was delivered before")
        exhibits[named] = Exhibit(id=named, request=request, manifest=body["manifest"], custody=tuple(body["custody"]))
        return str(named)
    if known is None or known.request != request:
        raise BadBody("the step names no exhibit of this request")
    exhibits[named] = _grown(known, message)
    return None


def _grown(known: Exhibit, message: Message) -> Exhibit:
    body = message.body
    match message.kind:
        case "onward-request":
            return replace(known, asked=(*known.asked, _asked(message)))
        case "onward-leave":
            return replace(known, leaves=(*known.leaves, _leave(message)))
        case "disclosure-notice":
            return replace(known, notices=(*known.notices, _notice(message)))
    return replace(known, custody=(*known.custody, *body["custody"]))


def _asked(message: Message) -> OnwardRequest:
    body = message.body
    return OnwardRequest(
        message=message.digest,
        by=message.sender,
        at=message.at,
        to=body["to"],
        purpose=body["purpose"],
        part=body.get("part", ""),
    )


def _leave(message: Message) -> Leave:
    body = message.body
    return Leave(
        message=message.digest,
        by=message.sender,
        at=message.at,
        to=body["to"],
        granted=body["granted"],
        conditions=body.get("conditions", ""),
        reasons=body.get("reasons", ""),
        until=times.parse_day(body["until"]) if "until" in body else None,
    )


def _notice(message: Message) -> Notice:
    body = message.body
    return Notice(
        message=message.digest,
        by=message.sender,
        at=message.at,
        to=body["to"],
        clears=body["clears"],
        no_time=body.get("no_time", "") if not body["in_advance"] else "",
    )
