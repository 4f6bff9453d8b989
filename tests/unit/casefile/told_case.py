"""Messages of a case without keys: what the fold reads is the payload and the digest of the signed bytes."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from rogatory.casefile import messages
from rogatory.casefile.fold import CaseFile, fold
from rogatory.casefile.messages import Message, Person
from rogatory.kernel import canonical
from rogatory.kernel.times import stamp

CASE = "VNM-FRA-2028-0001-7Q4K2M9XAB"
VNM, FRA = "VNM/contact-point", "FRA/central-authority"
START = datetime(2028, 3, 1, 9, tzinfo=UTC)
NAMES = (Person(name="Nguyễn Văn An", role="drafter"), Person(name="Trần Thị Bình", role="approver"))


class Story:
    """Messages said one after the other; *at* counts minutes from the start unless given."""

    def __init__(self, case: str = CASE) -> None:
        self.case = case
        self.messages: dict[str, Message] = {}

    @property
    def file(self) -> CaseFile:
        return fold(self.messages.values())

    def say(
        self,
        sender: str,
        kind: str,
        body: Mapping[str, Any] | None = None,
        *,
        regarding: Message | None = None,
        after: Iterable[Message] | None = None,
        **changes: Any,
    ) -> Message:
        """One more message by *sender*, who had seen *after* (default: everything)."""
        seen = list(self.messages.values() if after is None else after)
        file = fold(seen) if seen else None
        payload = messages.payload(
            kind=kind,
            case=self.case,
            id=f"{len(self.messages):026d}",
            number=file.next_number if file else 1,
            follows=file.heads if file else (),
            sender=sender,
            receiver=FRA if sender == VNM else VNM,
            at=START + timedelta(minutes=len(self.messages)),
            exercise=True,
            drafted_by=NAMES[0],
            approved_by=NAMES[1],
            regarding=regarding.digest if regarding else None,
            body=body or {},
        )
        message = read(payload | changes)
        self.messages[message.digest] = message
        return message

    def ask(self, measure: str = "preservation", **more: Any) -> Message:
        """A request by Viet Nam."""
        return self.say(VNM, "request", request_body(measure, **more))

    def preserve(self, request: Message, *, days: int = 60) -> Message:
        """France accepts *request* and preserves for *days* from the start."""
        self.say(FRA, "decision", {"outcome": "accepted"}, regarding=request)
        return self.say(FRA, "preserved", period(days), regarding=request)


def read(payload: dict[str, Any]) -> Message:
    """The message of *payload*, as if it had been signed."""
    return messages.parse(payload, canonical.dumps(payload))


def request_body(measure: str = "preservation", **more: Any) -> dict[str, Any]:
    """What a request must carry."""
    return {"measure": measure, "instrument": "uncc", "contents": {"facts": "a practice case"}, **more}


def period(days: int) -> dict[str, Any]:
    """The body of a record that data are preserved for *days* from the start."""
    until = START + timedelta(days=days)
    return {"began": stamp(START), "until": stamp(until), "custodian": "a practice provider"}


def body_of(step: str) -> dict[str, Any]:
    """A body that the step *step* of the table may carry."""
    kind, _, outcome = step.partition(":")
    bodies: dict[str, dict[str, Any]] = {
        "decision": {"outcome": outcome, "reasons": "because", "grounds": ["42(6)"]},
        "preserved": period(60),
        "extension-request": {"until": stamp(START + timedelta(days=120)), "reason": "more time"},
        "extension": {"granted": True, "until": stamp(START + timedelta(days=120))},
        "warning": {"concern": "confidentiality", "text": "the provider may tell its customer"},
        "delivery": {"exhibit": "0" * 26, "manifest": "m", "custody": ["e1"]},
        "outcome": {"result": "carried-out", "on": "2028-03-01", "text": "done as asked"},
        "custody-receipt": {"exhibit": "0" * 26, "custody": ["e2"]},
        "custody-entry": {"exhibit": "0" * 26, "custody": ["e3"]},
        "onward-request": {"exhibit": "0" * 26, "to": "BRA/contact-point", "purpose": "a trial in Brazil"},
        "onward-leave": {"exhibit": "0" * 26, "to": "BRA/contact-point", "granted": True},
        "disclosure-notice": {"exhibit": None, "to": "the defence", "clears": "an alibi", "in_advance": True},
    }
    return bodies.get(kind, {"text": "words", "reason": "a reason"})
