"""The state of a case, computed from its messages and from nothing else.

Messages are taken in their own order (number, then digest), so two nodes that hold the same messages see the same
case. A message that the table does not permit at its place in that order, because two sides wrote at once or because
this version does not know its kind, stays in the file and is shown, and has no effect. Nothing here reads a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rogatory.casefile import bodies, exhibits, measures, table
from rogatory.casefile.exhibits import Exhibit
from rogatory.casefile.messages import Message
from rogatory.casefile.table import Side, State
from rogatory.errors import NotPermitted, RogatoryError
from rogatory.kernel import ids, times


class DoesNotFit(NotPermitted):
    """The message does not fit the case."""

    code = "does-not-fit"
    remedy = "Open the case and take the step again from its present state."


class MissingMessage(NotPermitted):
    """The message follows one that has not arrived yet."""

    code = "missing-message"
    remedy = "Send the earlier message first; this one can follow."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done on a request: `carried-out`, `carried-out-in-part` or `not-carried-out`, the day, and in words."""

    result: str
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of a case as it stands: its measure, state, clocks and what hangs on it."""

    digest: str
    measure: str
    instrument: str
    contents: Mapping[str, object]
    follows_request: str | None
    state: State
    since: datetime
    sent_at: datetime
    decided_at: datetime | None = None
    grounds: tuple[str, ...] = ()
    reasons: str = ""
    began: datetime | None = None
    until: datetime | None = None
    custodian: str = ""
    extension_asked: datetime | None = None
    exhibits: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One message with what it did: the provision it rests on, or why it had no effect."""

    message: Message
    cite: str
    ineffective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as its messages make it."""

    id: str
    requesting: str
    requested: str
    exercise: bool
    requests: Mapping[str, Request]
    exhibits: Mapping[str, Exhibit]
    events: tuple[Event, ...]
    heads: tuple[str, ...]

    def followers(self, request: Request) -> tuple[Request, ...]:
        """The requests that name *request* as the preservation they follow, in the order sent."""
        return tuple(one for one in self.requests.values() if one.follows_request == request.digest)

    @property
    def next_number(self) -> int:
        """The number of the message that would follow all heads."""
        return 1 + (self.events[-1].message.number if self.events else 0)

    def side(self, state: str) -> Side:
        """The chair that *state* sits in; raises `DoesNotFit` for a State that is not of this case."""
        requesting, requested = ids.case_states(self.id)
        if state == requesting:
            return Side.REQUESTING
        if state == requested:
            return Side.REQUESTED
        raise DoesNotFit(f"{state} is no side of the case {self.id}")

    def authority_of(self, state: str) -> str:
        """The authority that speaks for *state* in this case."""
        return self.requesting if self.side(state) is Side.REQUESTING else self.requested

    def partner(self, state: str) -> str:
        """The authority that *state* writes to in this case."""
        return self.requested if self.side(state) is Side.REQUESTING else self.requesting


def fold(messages: Iterable[Message]) -> CaseFile:
    """The case that *messages* (all of one case, at least one) make; raises `DoesNotFit` for none or for several."""
    ordered = sorted(messages, key=lambda message: message.order)
    if not ordered:
        raise DoesNotFit("a case has at least one message")
    first = ordered[0]
    requesting_state, _ = ids.case_states(first.case)
    asks = first.state == requesting_state
    case = CaseFile(
        id=first.case,
        requesting=first.sender if asks else first.receiver,
        requested=first.receiver if asks else first.sender,
        exercise=first.exercise,
        requests={},
        exhibits={},
        events=(),
        heads=(),
    )
    requests: dict[str, Request] = {}
    held: dict[str, Exhibit] = {}
    events: list[Event] = []
    followed: set[str] = set()
    for message in ordered:
        if message.case != case.id:
            raise DoesNotFit(f"{message.case} and {case.id} are two cases")
        followed.update(message.follows)
        events.append(_apply(case, message, requests, held))
    heads = tuple(sorted(message.digest for message in ordered if message.digest not in followed))
    return replace(case, requests=requests, exhibits=held, events=tuple(events), heads=heads)


def extend(case: CaseFile, message: Message) -> CaseFile:
    """The fold of the messages of *case* and of *message*, which comes after all of them in their order.

    Raises `DoesNotFit` for a message that does not come after them.
    """
    if message.case != case.id or message.order <= case.events[-1].message.order:
        raise DoesNotFit(f"message {message.number} does not come after those of the case {case.id} that are here")
    requests, held = dict(case.requests), dict(case.exhibits)
    event = _apply(case, message, requests, held)
    heads = tuple(sorted({message.digest, *case.heads} - set(message.follows)))
    return replace(case, requests=requests, exhibits=held, events=(*case.events, event), heads=heads)


def check_next(case: CaseFile | None, message: Message) -> str:
    """The provision under which *message* may follow *case*; raises `DoesNotFit` or `BadBody`.

    *case* is what the author of *message* had seen: the fold of all that it follows, or `None` for a new case.
    """
    if message.kind not in table.KINDS:
        raise DoesNotFit(f"steps of the kind {message.kind!r} are not known here")
    if case is None:
        requesting, requested = ids.case_states(message.case)
        if (message.state, message.receiver[:3]) != (requesting, requested):
            raise DoesNotFit(f"the case {message.case} is opened by {requesting} and addressed to {requested}")
        if message.kind != "request" or message.number != 1:
            raise DoesNotFit("a case opens with a request, numbered 1")
        case = CaseFile(
            id=message.case,
            requesting=message.sender,
            requested=message.receiver,
            exercise=message.exercise,
            requests={},
            exhibits={},
            events=(),
            heads=(),
        )
    if message.exercise != case.exercise:
        raise DoesNotFit("an exercise and a real case never mix")
    if message.number != case.next_number:
        raise DoesNotFit(f"the message is numbered {message.number}; after what it follows {case.next_number} is due")
    event = _apply(case, message, dict(case.requests), dict(case.exhibits))
    if event.ineffective:
        raise DoesNotFit(event.ineffective, cite=event.cite or None)
    return event.cite


def check_follows(measure: str, kept: Request | None) -> None:
    """Nothing when a request for *measure* may name *kept* as what it follows; raises `DoesNotFit`."""
    if measure not in measures.FOLLOWING:
        raise DoesNotFit(f"a {measure} request follows no preservation", cite="42(8)")
    if kept is None or kept.measure != measures.PRESERVATION:
        raise DoesNotFit("the request names a preservation that is not of this case", cite="42(8)")


def ancestors(message: Message, known: Mapping[str, Message]) -> tuple[Message, ...]:
    """All messages in *known* that *message* follows, directly or not; raises `MissingMessage` for a gap."""
    found: dict[str, Message] = {}
    waiting = list(message.follows)
    while waiting:
        digest = waiting.pop()
        if digest in found:
            continue
        if digest not in known:
            raise MissingMessage(f"the message follows {digest[:16]}…, which is not here")
        found[digest] = known[digest]
        waiting.extend(known[digest].follows)
    return tuple(found.values())


def _apply(case: CaseFile, message: Message, requests: dict[str, Request], held: dict[str, Exhibit]) -> Event:
    """The event of *message*; changes *requests* and the exhibits *held* when it has an effect."""
    if message.kind not in table.KINDS:
        return Event(message=message, cite="", ineffective=f"steps of the kind {message.kind!r} are not known here")
    try:
        side = case.side(message.state)
        if case.side(message.receiver[:3]) is side:
            raise DoesNotFit("a message goes from one side of the case to the other")
        bodies.check(message.kind, message.body)
        if message.kind == "request":
            return _open(side, message, requests)
        return _step(side, message, requests, held)
    except RogatoryError as error:
        return Event(message=message, cite=error.cite or "", ineffective=error.message)


def _open(side: Side, message: Message, requests: dict[str, Request]) -> Event:
    body = message.body
    row = table.OPENING[body["measure"]]
    if side is not row.side:
        raise DoesNotFit(f"only the {row.side} State sends a request", cite=row.cite)
    _require_two_people(message, body["measure"])
    earlier = body.get("follows_request")
    if earlier is not None:
        kept = requests.get(earlier)
        check_follows(body["measure"], kept)
    requests[message.digest] = Request(
        digest=message.digest,
        measure=body["measure"],
        instrument=body["instrument"],
        contents=body["contents"],
        follows_request=earlier,
        state=row.next,
        since=message.at,
        sent_at=message.at,
    )
    return Event(message=message, cite=row.cite)


def _step(side: Side, message: Message, requests: dict[str, Request], held: dict[str, Exhibit]) -> Event:
    request = requests.get(message.regarding or "")
    if request is None:
        raise DoesNotFit("the step names no request of this case")
    step = table.step_of(message.kind, message.body.get("outcome"))
    row = table.row(request.measure, request.state, step, side)
    if row is None:
        raise DoesNotFit(f"the {side} State cannot take the step {step} on a {request.state} {request.measure} request")
    _require_two_people(message, request.measure)
    if message.at < request.sent_at:
        raise DoesNotFit(f"the step is dated {times.stamp(message.at)}, before the request itself", cite=row.cite)
    changed = replace(request, state=row.next, since=message.at if row.next is not request.state else request.since)
    requests[request.digest] = _detail(message, changed, held)
    return Event(message=message, cite=row.cite)


def _require_two_people(message: Message, measure: str) -> None:
    if (measure, message.kind) in table.TWO_PEOPLE and message.approved_by is None:
        raise DoesNotFit(f"the {message.kind} of a {measure} request carries the names of two people")


def _detail(message: Message, request: Request, held: dict[str, Exhibit]) -> Request:
    body = message.body
    if message.kind in exhibits.KINDS:
        new = exhibits.follow(message, request.digest, held)
        return replace(request, exhibits=(*request.exhibits, new)) if new else request
    match message.kind:
        case "decision":
            return replace(
                request,
                decided_at=message.at,
                grounds=tuple(body.get("grounds", ())),
                reasons=body.get("reasons", ""),
            )
        case "preserved":
            if times.parse_stamp(body["began"]) > message.at:
                raise DoesNotFit("the preservation is said to begin after the message that reports it", cite="42(8)")
            return replace(
                request,
                began=times.parse_stamp(body["began"]),
                until=times.parse_stamp(body["until"]),
                custodian=body["custodian"],
            )
        case "extension-request":
            return _ask_extension(message, request)
        case "extension":
            return _extend(message, request)
        case "outcome":
            return _report(message, request)
    return request


def _report(message: Message, request: Request) -> Request:
    on = times.parse_day(message.body["on"])
    # East of Greenwich a day begins before it does in UTC.
    if on > message.at.date() + timedelta(days=1):
        raise DoesNotFit("the outcome is said to happen after the message that reports it")
    outcome = Outcome(result=message.body["result"], on=on, text=message.body["text"])
    return replace(request, outcomes=(*request.outcomes, outcome))


def _ask_extension(message: Message, request: Request) -> Request:
    until = times.parse_stamp(message.body["until"])
    if request.until is None or message.at >= request.until:
        raise DoesNotFit("an extension is asked for before the preservation ends", cite="42(9)")
    if until <= request.until:
        raise DoesNotFit("the extension asked for is not longer than the preservation", cite="42(9)")
    return replace(request, extension_asked=until)


def _extend(message: Message, request: Request) -> Request:
    if not message.body["granted"]:
        return replace(request, extension_asked=None)
    until = times.parse_stamp(message.body["until"])
    if request.until is None or until <= request.until:
        raise DoesNotFit("an extension ends later than what it extends", cite="42(9)")
    return replace(request, until=until, extension_asked=None)
