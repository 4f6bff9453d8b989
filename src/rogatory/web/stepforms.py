"""The forms of steps: what a person says when he or she takes one, and the body of the message that it becomes.

Which steps are open is the case's own affair (`desk.steps_open_to`); what a body must carry is judged by
`casefile.bodies`. Here is only what is asked on the page, with sensible first values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rogatory.casefile import cites, table
from rogatory.casefile.fold import Request
from rogatory.node import steps
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.web.words import CONCERNS, RESULTS, Label


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a step asks for.

    *type*: `text`, `multiline`, `time`, `day`, `concern`, `result`, `exhibit`, `yesno` or `grounds`.
    """

    key: str
    type: str
    label: Label
    help: Label = ""
    required: bool = True
    value: str = ""
    options: tuple[tuple[str, object], ...] = ()


_REASONS = Ask("reasons", "multiline", _("Reasons"), _("Reasons are owed for every refusal and postponement (40(25))."))
_GROUNDS = Ask("grounds", "grounds", _("Grounds"), _("Only what the provisions list can be a ground."))
_MESSAGE = Ask("text", "multiline", _("Text"))
_EXHIBIT = Ask("exhibit", "exhibit", _("Which evidence?"))
_ONWARD_TO = Ask("to", "text", _("To which authority?"), _("As in KEN/contact-point; it may be of a third State."))

ASKS: Mapping[str, tuple[Ask, ...]] = {
    "acknowledgement": (Ask("note", "multiline", _("Note (optional)"), required=False),),
    "decision:accepted": (),
    "decision:declined": (_GROUNDS, _REASONS),
    "decision:postponed": (_GROUNDS, _REASONS),
    "preserved": (
        Ask("custodian", "text", _("Who keeps the data"), _("The provider or body that holds them.")),
        Ask("began", "time", _("Preservation began (UTC)")),
        Ask("until", "time", _("Preserved until (UTC)"), _("At least the period that 42(8) sets.")),
    ),
    "extension-request": (
        Ask("until", "time", _("Preserve until (UTC)"), _("Ask before the present period ends (42(9)).")),
        Ask("reason", "multiline", _("Why more time is needed")),
    ),
    "extension": (
        Ask("granted", "yesno", _("Is the extension granted?")),
        Ask("until", "time", _("Preserved until (UTC)"), _("When it is granted."), required=False),
        Ask("reason", "multiline", _("Reason"), _("Owed when it is not granted (40(25))."), required=False),
    ),
    "outcome": (
        Ask("result", "result", _("What has become of the request?")),
        Ask("on", "day", _("Day on which it was done")),
        Ask("text", "multiline", _("What was done"), _("If not everything was done, say what was not, and why.")),
    ),
    "release": (Ask("reason", "multiline", _("Why the data are released")),),
    "closure": (Ask("note", "multiline", _("Note (optional)"), required=False),),
    "question": (_MESSAGE,),
    "supplement": (_MESSAGE,),
    "status-question": (_MESSAGE,),
    "note": (_MESSAGE,),
    "warning": (Ask("concern", "concern", _("What is the concern?")), _MESSAGE),
    "withdrawal": (Ask("reason", "multiline", _("Why the request is withdrawn")),),
    "onward-request": (
        _EXHIBIT,
        _ONWARD_TO,
        Ask("purpose", "multiline", _("What it is needed for there"), _("In which proceedings, and why (40(19)).")),
        Ask("part", "multiline", _("Which part of it (all, if left empty)"), required=False),
    ),
    "onward-leave": (
        _EXHIBIT,
        _ONWARD_TO,
        Ask("granted", "yesno", _("May it be passed on?")),
        Ask("conditions", "multiline", _("Conditions, if any"), required=False),
        Ask("until", "day", _("Last day on which the leave may be used, if any"), required=False),
        Ask("reasons", "multiline", _("Reasons"), _("Owed when it may not."), required=False),
    ),
    "disclosure-notice": (
        Ask("exhibit", "exhibit", _("Which evidence, if it came as a file?"), required=False),
        Ask("to", "text", _("To whom is it disclosed?")),
        Ask("clears", "multiline", _("What clears the accused")),
        Ask("in_advance", "yesno", _("Is this notice in advance?"), _("That is the rule (40(5), 40(19)).")),
        Ask("no_time", "multiline", _("Why there was no time"), _("When it comes afterwards."), required=False),
    ),
}

#: Steps that end or decide something: the page asks once more before they are taken.
GRAVE = frozenset(
    {
        *("decision:accepted", "decision:declined", "decision:postponed"),
        *("extension", "outcome", "release", "closure", "withdrawal", "onward-leave"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm:
    """One step as the page offers it; *problem* is why it was not taken just now."""

    step: str
    id: str
    regarding: str
    cite: str
    asks: tuple[Ask, ...]
    grave: bool
    second_person: bool
    problem: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A step that was tried and not taken: what was sent, and why."""

    step: str
    regarding: str
    sent: QueryDict
    error: Exception

    @property
    def grounds(self) -> list[str]:
        """The grounds that were chosen."""
        return self.sent.getlist("grounds")


def step_form(node: Node, request: Request, step: str, side: table.Side, refused: Refused | None) -> StepForm:
    """The form of *step* on *request*, with first values, or with what was sent when it has just been refused."""
    row = table.row(request.measure, request.state, step, side)
    mine = refused is not None and (refused.step, refused.regarding) == (step, request.digest)
    sent = refused.sent if refused and mine else None
    first = _first_values(node, request)
    asks = (
        Ask(
            ask.key,
            ask.type,
            ask.label,
            ask.help,
            ask.required,
            sent.get(ask.key, "") if sent is not None else first.get((step, ask.key), ""),
            _options(node, request, ask),
        )
        for ask in ASKS.get(step, ())
    )
    return StepForm(
        step=step,
        id=f"{step.replace(':', '-')}-{request.digest[:8]}",
        regarding=request.digest,
        cite=cites.under(node.law, request.instrument, row.cite) if row else "",
        asks=tuple(asks),
        grave=step in GRAVE,
        second_person=(request.measure, step.partition(":")[0]) in table.TWO_PEOPLE,
        problem=refused.error if refused and mine else None,
    )


def body(step: str, sent: QueryDict) -> dict[str, Any]:
    """The body of the message that *step* becomes, from what a person sent."""
    found: dict[str, Any] = {}
    _kind, _colon, outcome = step.partition(":")
    if outcome:
        found["outcome"] = outcome
    for ask in ASKS.get(step, ()):
        value = _READ[ask.type](sent, ask.key)
        if value not in ("", None, []):
            found[ask.key] = value
    return found


def _text(sent: QueryDict, key: str) -> str:
    return sent.get(key, "").replace("\r\n", "\n").strip()


def _time(sent: QueryDict, key: str) -> str:
    text = sent.get(key, "").strip()
    if not text or text.endswith("Z"):
        return text
    return f"{text}:00Z" if text.count(":") == 1 else f"{text}Z"


def _yesno(sent: QueryDict, key: str) -> bool | None:
    return {"yes": True, "no": False}.get(sent.get(key, ""))


def _list(sent: QueryDict, key: str) -> Sequence[str]:
    return sent.getlist(key)


_READ: Mapping[str, Callable[[QueryDict, str], Any]] = {
    "text": _text,
    "multiline": _text,
    "concern": _text,
    "result": _text,
    "exhibit": _text,
    "day": _text,
    "time": _time,
    "yesno": _yesno,
    "grounds": _list,
}


def _first_values(node: Node, request: Request) -> dict[tuple[str, str], str]:
    now = node.clock.now()
    found = {
        ("preserved", "began"): _local(now),
        ("preserved", "until"): _local(steps.earliest_end(node, now, request.instrument)),
        ("preserved", "custodian"): str(request.contents.get("custodian", "")),
        ("outcome", "on"): f"{now:%Y-%m-%d}",
    }
    if request.until is not None:
        later = _local(steps.earliest_end(node, request.until, request.instrument))
        found["extension-request", "until"] = later
        found["extension", "until"] = _local(request.extension_asked) if request.extension_asked else later
    return found


def _local(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def _options(node: Node, request: Request, ask: Ask) -> tuple[tuple[str, object], ...]:
    if ask.type == "concern":
        return tuple(CONCERNS.items())
    if ask.type == "result":
        return tuple(RESULTS.items())
    if ask.type == "exhibit":
        return tuple((one, exhibits.manifest_of(exhibits.get(node, one)).name) for one in request.exhibits)
    return _grounds(node, request) if ask.type == "grounds" else ()


def _grounds(node: Node, request: Request) -> tuple[tuple[str, object], ...]:
    """The grounds that the instrument lists for the measure; where it lists none, the provision that leaves it free."""
    instrument = node.law.instruments.get(request.instrument)
    if instrument is None or request.measure not in instrument.measures:
        return ()
    grounds = node.law.grounds_for(request.measure, instrument=request.instrument)
    found = grounds or (instrument.measures[request.measure].provision,)
    return tuple((number, node.law.provision(request.instrument, number).what) for number in found)
