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
from rogatory.conference.meeting.state import Question, State
from rogatory.conference.rulebook.model import Rule
from rogatory.law.words import Words
from rogatory.web.conference import acts, matters
from rogatory.web.conference.words import METHODS
from rogatory.web.words import Label


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
        """Whether each way is a button of its own, as a ruling's two are."""
        return self.kind == "point-ruled"

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


#: What a button says.
LABELS: Mapping[str, Label] = {
    "meeting-opened": _("Open the meeting"),
    "meeting-suspended": _("Suspend the meeting"),
    "meeting-resumed": _("Resume the meeting"),
    "meeting-adjourned": _("Adjourn the meeting"),
    "session-closed": _("Close the session"),
    "agenda-adopted": _("Adopt the agenda: no objection"),
    "item-adopted": _("Adopt the item: no objection"),
    "item-opened": _("Take up an item"),
    "item-closed": _("Conclude the item"),
    "meeting-made-public": _("Go on in public"),
    "majority-ruled": _("Rule on the majority that is needed"),
    "vote-annulled": _("Annul the vote"),
    "ballot-annulled": _("Annul the ballot"),
    "election-ended": _("End the election with seats unfilled"),
    "floor-given": _("Give the floor"),
    "floor-ended": _("End of the statement"),
    "called-to-order": _("Call the speaker to order"),
    "list-closed": _("Close the list of speakers"),
    "list-reopened": _("Reopen the list of speakers"),
    "point-ruled": _("Rule on the point of order"),
    "ruling-stands": _("No appeal: the ruling stands"),
    "motion-agreed": _("No objection: the motion is carried"),
    "circulation-waived": _("Take the amendment before it is circulated"),
    "amendments-ordered": _("Set the order of voting on the amendments"),
    "amendment-not-put": _("Do not put the amendment to the vote"),
    "consensus-sought": _("Record an effort at consensus"),
    "consensus-found": _("Adopt by consensus: no objection"),
    "vote-opened": _("Open the vote"),
    "vote-closed": _("Close the vote"),
    "tellers-appointed": _("Appoint tellers"),
    "election-opened": _("Open the election"),
    "elected-by-acclamation": _("Elect by acclamation"),
    "ballot-opened": _("Open the ballot"),
    "lot-drawn": _("Enter the lot that was drawn"),
    "credentials-approved": _("Approve the report on credentials: no objection"),
}

GRAVE: Mapping[str, Label] = {
    "vote-closed": _("Votes that come afterwards do not count."),
    "vote-annulled": _("None of its votes counts; it may be taken again."),
    "ballot-annulled": _("None of its papers counts; it is held again."),
    "election-ended": _("The seats left stay unfilled."),
    "meeting-adjourned": _("The meeting rises; attendance is taken anew at the next one."),
    "session-closed": _("The session ends, and nothing can be decided any more."),
    "agenda-adopted": _("Items are added later only by a motion."),
    "consensus-found": _("It is adopted and can be taken up again only by a motion to reconsider."),
    "amendment-not-put": _("It is not voted on any more."),
    "elected-by-acclamation": _("They are elected."),
    "lot-drawn": _("The lot decides."),
    "credentials-approved": _("The credentials named are accepted."),
}

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
    return Step(
        kind=kind,
        label=LABELS.get(kind, known.name),
        about=_about(state, first),
        rule=state.book.rule(first.rule),
        options=tuple(
            Option(value=acts.as_json(_fixed(one)), label=_label(state, one) if len(same) > 1 else "") for one in same
        ),
        blanks=_blanks(state, first),
        grave=GRAVE.get(kind, ""),
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


def _about(state: State, one: Possible) -> object:
    body = one.body
    if one.kind == "vote-opened":
        question = Question(about=body["about"], target=body.get("target", ""), subject="", part=body.get("part", ""))
        return matters.question(state, question)
    if one.kind == "floor-given":
        return matters.name(state, body["seat"])
    if "pending" in body:
        moved = next(found for found in (*state.floor.motions, *state.floor.notices) if found.id == body["pending"])
        return matters.pending(state, moved)
    if one.kind in ("consensus-found", "amendments-ordered"):
        return matters.proposal(state.proposals[body["proposal"]])
    if one.kind == "lot-drawn":
        return matters.contest(state, state.contests[body["contest"]])
    if one.kind in ("floor-ended", "called-to-order") and state.floor.speaking:
        return matters.name(state, state.floor.speaking.code)
    return ""


def _label(state: State, one: Possible) -> object:
    body = one.body
    if one.kind == "vote-opened":
        return METHODS.get(body["method"], body["method"])
    if "ruling" in body:
        return _("well taken") if body["ruling"] == "upheld" else _("not well taken")
    if "subject" in body:
        about, majority = state.proposals[body["proposal"]], state.book.majority(body["subject"]).name
        return Words(f"{about.id}: {majority.en}", f"{about.id} : {majority.fr}")
    if "motion" in body:
        return _motion(state, body)
    if "item" in body:
        found = next(item for item in state.items if item.id == body["item"])
        return Words(f"{found.id}. {found.title.en}", f"{found.id}. {found.title.fr}")
    if "proposal" in body:
        return matters.proposal(state.proposals[body["proposal"]])
    if "post" in body:
        post = next(office for office in state.book.officers.posts if office.id == body["post"])
        after = ", ".join(str(part) for part in (body.get("group", ""), body.get("seats", "")) if part)
        return Words(f"{post.name.en} ({after})", f"{post.name.fr} ({after})")
    if "contest" in body:
        return matters.contest(state, state.contests[body["contest"]])
    if "seat" in body:
        return matters.name(state, body["seat"])
    return Words(*[", ".join(str(value) for value in body.values())] * 2)


def _motion(state: State, body: Mapping[str, Any]) -> Words:
    named = state.book.motions[body["motion"]].name
    target = body.get("target", "")
    about = state.book.rules[target].name if target in state.book.rules else Words(target, target)
    return Words(f"{named.en} {about.en}".strip(), f"{named.fr} {about.fr}".strip())


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
