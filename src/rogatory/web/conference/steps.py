"""What may happen next, as forms: the engine's `possible` grouped by kind and by matter, in the order of a chair's day.

A step is one kind of event on one matter. What the engine has tried is carried by the form; what only a person can say
is a blank. Blanks that decide something (a lot, a letter drawn, which delegations) are never filled in beforehand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.possible import Possible
from rogatory.conference.meeting.state import State
from rogatory.conference.rulebook.model import Rule
from rogatory.web.conference import acts, stepnames
from rogatory.web.words import Label

#: Acts whose ways are buttons, not a list.
BUTTONS = frozenset({"point-ruled", "vote-cast", "motion-spoken", "attendance"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to take a step: what the form carries, and what it is called (empty when there is only one way)."""

    value: str
    label: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Something that the person fills in: the name in the event's form, the kind of field, a hint."""

    name: str
    kind: str  # line | text | number | words | codes
    label: Label
    hint: object = ""
    required: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may be done now."""

    kind: str
    label: object
    about: object  # the matter, in words; empty when the label says it all
    rule: Rule
    options: tuple[Option, ...]
    blanks: tuple[Blank, ...]
    grave: Label = ""  # what cannot be undone, in a sentence to be confirmed

    @property
    def key(self) -> str:
        """A name that stays the same while the step is offered: fields that are being filled in are kept by it."""
        return f"{self.kind}-{self.options[0].value if self.options else ''}"

    @property
    def buttons(self) -> bool:
        """Whether each way is a button of its own: nobody votes yes because it stood first in a list."""
        return self.kind in BUTTONS and len(self.options) > 1

    @property
    def id(self) -> str:
        """The same, fit for an element's name."""
        return "step-" + "".join(one if one.isalnum() else "-" for one in self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Steps that belong together on a desk."""

    id: str
    title: Label
    steps: tuple[Step, ...]


GROUPS: tuple[tuple[str, Label, tuple[str, ...]], ...] = (
    ("floor", _("The floor"), ("floor-given", "floor-ended", "called-to-order", "list-closed", "list-reopened",
        "point-ruled", "ruling-stands", "majority-ruled")),
    ("motions", _("Motions"), ("motion-agreed",)),
    ("votes", _("Votes"), ("vote-opened", "vote-closed", "vote-annulled")),
    ("proposals", _("Proposals"), ("consensus-sought", "consensus-found", "amendments-ordered", "amendment-not-put",
        "circulation-waived")),
    ("elections", _("Elections"), ("tellers-appointed", "election-opened", "elected-by-acclamation", "ballot-opened",
        "lot-drawn", "ballot-annulled", "election-ended")),
    ("agenda", _("Agenda and credentials"), ("agenda-adopted", "item-adopted", "item-opened", "item-closed",
        "credentials-approved")),
    ("sitting", _("The sitting"), ("meeting-opened", "meeting-resumed", "meeting-suspended", "meeting-adjourned",
        "meeting-made-public", "session-closed")),
)  # fmt: skip

#: What a chair most likely does next: the first of these that may be done, with all steps of its line.
PRIORITY: tuple[tuple[str, ...], ...] = (
    ("point-ruled",),
    ("ruling-stands", "vote-opened:ruling"),
    ("vote-opened:ruling",),
    ("vote-closed",),
    ("lot-drawn",),
    ("motion-agreed", "vote-opened:motion"),
    ("vote-opened:motion",),
    ("meeting-opened",),
    ("meeting-resumed",),
    ("floor-ended",),
    ("floor-given",),
    ("agenda-adopted",),
    ("elected-by-acclamation", "ballot-opened"),
    ("ballot-opened",),
    ("consensus-found", "vote-opened:proposal", "vote-opened:part"),
    ("vote-opened:proposal", "vote-opened:part"),
    ("amendments-ordered",),
    ("item-opened",),
    ("item-closed",),
    ("session-closed",),
)


def steps(state: State, found: Iterable[Possible]) -> tuple[Step, ...]:
    """The steps that *found* allows: one for each kind of event and matter, in the order of *found*."""
    sorted_out: dict[tuple[str, str], list[Possible]] = {}
    for one in found:
        if one.kind == "floor-given" and "invited" in one.body and ("floor-given", "") in sorted_out:
            continue  # whoever speaks of right needs no invitation
        sorted_out.setdefault((one.kind, _matter(one)), []).append(one)
    return tuple(_step(state, kind, same) for (kind, _about), same in sorted_out.items())


def _matter(one: Possible) -> str:
    """What keeps two steps of one kind apart on a desk; the others are ways to take one step."""
    if one.kind == "vote-opened":
        return "/".join(str(one.body.get(name, "")) for name in ("about", "target", "part"))
    if one.kind in ("motion-agreed", "consensus-found", "amendments-ordered", "lot-drawn", "motion-moved"):
        return str(one.body.get("pending") or one.body.get("proposal") or one.body.get("contest") or "")
    return ""


def _step(state: State, kind: str, same: list[Possible]) -> Step:
    first = same[0]
    known = engine.KINDS[kind]
    alone = len(same) == 1
    return Step(
        kind=kind,
        label=stepnames.LABELS.get(kind, known.name),
        about=stepnames.about(state, first) or (stepnames.way(state, first) if alone and first.body else ""),
        rule=state.book.rule(first.rule),
        options=tuple(
            Option(value=acts.as_json(_fixed(one)), label="" if alone else stepnames.way(state, one)) for one in same
        ),
        blanks=_blanks(state, first),
        grave=stepnames.GRAVE.get(kind, ""),
    )


#: What the engine tried with a sample, and only a person can say.
_PERSONS_TO_SAY: Mapping[str, tuple[str, ...]] = {
    "vote-opened": ("start",),
    "lot-drawn": ("drawn",),
    "amendments-ordered": ("order", "reasons"),
    "credentials-approved": ("accepted",),
}


def _fixed(one: Possible) -> dict[str, Any]:
    left = (*one.missing, *_PERSONS_TO_SAY.get(one.kind, ()))
    return {name: value for name, value in one.body.items() if name not in left}


def _blanks(state: State, one: Possible) -> tuple[Blank, ...]:
    body = one.body
    if one.kind == "point-ruled":
        return (Blank(name="reasons", kind="text", label=_("Reasons (short)"), required=False),)
    if one.kind == "vote-opened" and "roll-call" in state.book.voting.methods:
        hint = _("For a roll-call only: the State or letter drawn by lot.")
        return (Blank(name="start", kind="line", label=_("Roll-call begins with"), hint=hint, required=False),)
    if one.kind == "lot-drawn":
        lot = state.contests[body["contest"]].balloting.lot
        return (Blank(name="drawn", kind="codes", label=_("Drawn"), hint=lot.words() if lot else ""),)
    if one.kind == "amendments-ordered":
        waiting = " ".join(body["order"])
        hint = _("Furthest removed in substance first; put them in order.")
        return (
            Blank(name="order", kind="codes", label=_("Order of voting"), hint=hint, value=waiting),
            Blank(name="reasons", kind="text", label=_("Reasons")),
        )
    if one.kind == "credentials-approved":
        hint = _("Take out the delegations whose credentials are not accepted.")
        accepted = " ".join(body["accepted"])
        return (Blank(name="accepted", kind="codes", label=_("Accepted"), hint=hint, value=accepted),)
    return tuple(_missing(name, engine.KINDS[one.kind].form[name]) for name in one.missing)


_MISSING: Mapping[str, tuple[str, Label, Label]] = {
    "tellers": ("codes", _("Tellers"), _("Codes of two States or more that do not stand, such as VNM FRA.")),
    "text": ("text", _("Text"), ""),
    "reasons": ("text", _("Reasons"), ""),
    "person": ("line", _("Person"), ""),
    "symbol": ("line", _("Symbol"), ""),
    "title": ("words", _("Title"), ""),
    "seat": ("line", _("State or observer"), _("Its code or its name.")),
    "item": ("line", _("Number"), ""),
    "proposal": ("line", _("Symbol"), ""),
    "target": ("line", _("Number of the new item"), ""),
    "seconds": ("number", _("Seconds for each statement"), ""),
    "parts": ("text", _("Parts"), _("One on each line, two or more.")),
    "papers": ("number", _("Papers"), ""),
    "invalid": ("number", _("Invalid"), ""),
    "abstentions": ("number", _("Abstentions"), ""),
    "yes": ("number", _("Yes"), ""),
    "no": ("number", _("No"), ""),
    "abstain": ("number", _("Abstentions"), ""),
}


def _missing(name: str, wanted: str) -> Blank:
    if name in _MISSING:
        kind, label, hint = _MISSING[name]
        return Blank(name=name, kind=kind, label=label, hint=hint)
    kind = "number" if wanted == "number" else "codes" if wanted.startswith("list:") else "line"
    return Blank(name=name, kind=kind, label=name)


def primary(found: tuple[Step, ...]) -> tuple[Step, ...]:
    """What most likely comes next; nothing when nothing may be done."""
    named = {_name(one): one for one in reversed(found)}
    for line in PRIORITY:
        if line[0] in named:
            wanted = [one for one in found if _name(one) in line]
            return tuple(sorted(wanted, key=lambda one: line.index(_name(one))))[:3]
    return ()


def _name(one: Step) -> str:
    if one.kind != "vote-opened":
        return one.kind
    return f"vote-opened:{acts.about_of(one.options[0].value)}"


def groups(found: tuple[Step, ...], *, without: tuple[Step, ...] = ()) -> tuple[Group, ...]:
    """*found* as a desk shows it, without what stands there already."""
    left = [one for one in found if one not in without]
    made = [
        Group(id=name, title=title, steps=tuple(one for one in left if one.kind in kinds))
        for name, title, kinds in GROUPS
    ]
    return tuple(one for one in made if one.steps)
