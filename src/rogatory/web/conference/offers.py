"""What a delegation may do now from its own device, and if not, why: each act is tried on the state, never guessed.

Only few acts are tried for each page, because hundreds of devices draw theirs at the same moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.motions import liftable
from rogatory.conference.meeting.state import Proposal, State
from rogatory.conference.rulebook.model import Effect, Motion
from rogatory.errors import RogatoryError
from rogatory.web.conference import acts, matters
from rogatory.web.conference.steps import Blank, Option, Step
from rogatory.web.words import Label

#: What stands in a blank while an act is tried.
SAMPLES: Mapping[str, Any] = {
    "text": "…",
    "reasons": "…",
    "seconds": 60,
    "parts": ["1", "2"],
    "target": "new",
    "proposal": "0" * 60,
    "item": "0" * 60,
    "title": {"en": "…", "fr": "…"},
}
TEXT = Blank(name="text", kind="text", label=_("In short"))
REASONS = Blank(name="reasons", kind="text", label=_("Reasons"))

Way = tuple[Mapping[str, Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One delegation at one moment: whose acts are tried."""

    state: State
    code: str
    at: datetime

    def refusal(self, kind: str, body: Mapping[str, Any]) -> RogatoryError | None:
        """Why it may not do this now; None when it may."""
        at = max(self.at, self.state.at)
        try:
            engine.step(self.state, Event(kind=kind, by=Actor("delegation", self.code), at=at, body=body))
        except RogatoryError as error:
            return error
        return None

    def may(self, kind: str, body: Mapping[str, Any] | None = None) -> bool:
        """Whether it may do this now."""
        return self.refusal(kind, body or {}) is None


def step(
    of: Delegation, kind: str, label: object, ways: Iterable[Way], *, blanks: tuple[Blank, ...] = (), rule: str = ""
) -> tuple[Step, ...]:
    """The step with those of *ways* (body, what it is called) that are open to *of*; nothing when none is."""
    sample = {one.name: SAMPLES[one.name] for one in blanks if one.required}
    open_ways = [(body, name) for body, name in ways if of.may(kind, {**body, **sample})]
    if not open_ways:
        return ()
    book = of.state.book
    several = len(open_ways) > 1
    made = Step(
        kind=kind,
        label=label,
        about="" if several else open_ways[0][1],
        rule=book.rule(rule or engine.KINDS[kind].rule(book)),
        options=tuple(Option(value=acts.as_json(body), label=name) for body, name in open_ways),
        blanks=blanks,
    )
    return (made,)


def points(of: Delegation) -> tuple[Step, ...]:
    """A point of order, an appeal against the ruling on one, and taking it back."""
    ways = (({}, ""),) if of.state.vote is None else (({"conduct_of_voting": True}, _("on the conduct of the vote")),)
    return (
        *step(of, "ruling-appealed", _("Appeal against the ruling"), [({}, "")]),
        *step(of, "appeal-withdrawn", _("Withdraw the appeal"), [({}, "")]),
        *step(of, "point-raised", _("Point of order"), ways, blanks=(TEXT,)),
    )


def on_motion(of: Delegation) -> tuple[Step, ...]:
    """To speak for or against the motion before the meeting; to withdraw one's own."""
    found = of.state.motion
    rule = of.state.book.motions[found.motion].rule if found else ""
    pending, sides = (found.id, SIDES) if found else ("", ())
    own = [({"pending": one.id}, matters.pending(of.state, one)) for one in of.state.floor.motions if one.by == of.code]
    return (
        *(
            one
            for side, label in sides
            for one in step(of, "motion-spoken", label, [({"pending": pending, "side": side}, "")], rule=rule)
        ),
        *step(of, "motion-withdrawn", _("Withdraw my motion"), own),
    )


SIDES: tuple[tuple[str, Label], ...] = (("for", _("Speak in favour")), ("against", _("Speak against")))


def motions(of: Delegation) -> tuple[Step, ...]:
    """The motions that it may move now, first those that are taken first."""
    ordered = sorted(of.state.book.motions.values(), key=lambda one: one.precedence or 1_000)
    return tuple(found for motion in ordered for found in _motion(of, motion))


_TARGETS: Mapping[Effect, tuple[str, ...]] = {
    Effect.DIVISION: ("open",),
    Effect.COMPETENCE: ("open",),
    Effect.NO_ACTION: ("open",),
    Effect.CHALLENGE_ORDER: ("open",),
    Effect.RECONSIDER: ("adopted", "rejected"),
}
_BLANKS: Mapping[Effect, tuple[Blank, ...]] = {
    Effect.DIVISION: (Blank(name="parts", kind="text", label=_("Parts"), hint=_("One on each line, two or more.")),),
    Effect.LIMIT_SPEECHES: (Blank(name="seconds", kind="number", label=_("Seconds for each statement")),),
    Effect.AMEND_AGENDA: (
        Blank(name="target", kind="line", label=_("Number of the new item")),
        Blank(name="text", kind="text", label=_("Its title")),
    ),
}


def _motion(of: Delegation, motion: Motion) -> tuple[Step, ...]:
    """The step of one motion, on everything that it may be moved on."""
    body = {"motion": motion.id}
    ways: list[Way] = [(body, "")]
    if motion.effect in _TARGETS:
        ways = [
            ({**body, "target": one.id}, matters.proposal(one))
            for one in of.state.proposals.values()
            if one.status in _TARGETS[motion.effect]
        ]
    elif motion.effect is Effect.SUSPEND_RULE:
        book = of.state.book
        ways = [({**body, "target": one}, book.rule(one).name) for one in sorted(liftable(book))]
    blanks = _BLANKS.get(motion.effect, ())
    return step(of, "motion-moved", motion.name, ways, blanks=blanks, rule=motion.rule)


def explanation(of: Delegation) -> tuple[Step, ...]:
    """To explain its vote on what is voted on in this item."""
    about = [one for one in of.state.proposals.values() if one.item == of.state.item and one.status != "withdrawn"]
    ways = [({"proposal": one.id}, matters.proposal(one)) for one in about]
    text = Blank(name="text", kind="text", label=_("In short, for the record"), required=False)
    return step(of, "vote-explained", _("Explain my vote"), ways, blanks=(text,))


def proposals(of: Delegation) -> tuple[Step, ...]:
    """What it may do with proposals: submit, amend and withdraw its own, sponsor another, ask for a vote."""
    about = [one for one in of.state.proposals.values() if one.status == "open"]
    ways = [({"proposal": one.id}, matters.proposal(one)) for one in about]
    targets = [({"target": one.id}, matters.proposal(one)) for one in about]
    asked = [({"target": one.target}, one.target) for one in of.state.floor.requests if one.by == of.code]
    return (
        *step(of, "vote-requested", _("Ask for a vote"), targets),
        *step(of, "vote-request-withdrawn", _("No longer ask for a vote"), asked),
        *_submit(of, about),
        *step(of, "sponsorship", _("Become a sponsor"), [({**body, "joins": True}, name) for body, name in ways]),
        *step(of, "sponsorship", _("Sponsor no longer"), [({**body, "joins": False}, name) for body, name in ways]),
        *step(of, "proposal-withdrawn", _("Withdraw my proposal"), ways),
    )


def _submit(of: Delegation, about: list[Proposal]) -> tuple[Step, ...]:
    """To submit a proposal under an item, or an amendment to what is open; the text itself goes to the secretariat."""
    items: list[Way] = [
        ({"item": one.id}, matters.item(one)) for one in of.state.items if one.status not in ("closed", "dropped")
    ]
    amended: list[Way] = [({"amends": one.id}, matters.proposal(one)) for one in about]
    numbers = range(1, len(of.state.proposals) + 2)
    symbol = next(name for name in (f"{of.code}/{one}" for one in numbers) if name not in of.state.proposals)
    codes, rules = _("Codes of States, such as VNM FRA."), of.state.book.proposals
    blanks = (
        Blank(name="proposal", kind="line", label=_("Symbol"), value=symbol),
        Blank(name="title", kind="words", label=_("Title")),
        Blank(name="sponsors", kind="codes", label=_("With these sponsors"), hint=codes, required=False),
    )
    return (
        *step(of, "proposal-submitted", _("Submit a proposal"), items, blanks=blanks),
        *step(of, "proposal-submitted", _("Submit an amendment"), amended, blanks=blanks, rule=rules.amendments_rule),
    )


def agenda(of: Delegation) -> tuple[Step, ...]:
    """To propose an item, until the agenda is adopted."""
    taken = {one.id for one in of.state.items}
    number = next(str(one) for one in range(1, len(taken) + 2) if str(one) not in taken)
    blanks = (
        Blank(name="item", kind="line", label=_("Number"), value=number),
        Blank(name="title", kind="words", label=_("Title")),
    )
    return step(of, "item-proposed", _("Propose an item for the agenda"), [({}, "")], blanks=blanks)


def others(of: Delegation) -> tuple[Step, ...]:
    """What is rarely done: objections, challenges, leaving the room."""
    seats = of.state.seats.values()
    waiting = [one for one in seats if one.place in ("applied", "objected")]
    observers: list[Way] = [({"seat": one.code}, one.name) for one in waiting]
    objected: list[Way] = [
        ({"seat": one.code}, one.name) for one in waiting if any(other.by == of.code for other in one.objections)
    ]
    challenged: list[Way] = [({"seat": one.code}, one.name) for one in seats if one.credentials == "challenged"]
    stands: list[Way] = [
        ({"contest": one.id}, matters.contest(of.state, one))
        for one in of.state.contests.values()
        if of.code in one.balloting.candidates
    ]
    declares: list[Way] = [({"casts": True}, _("it votes for its members")), ({"casts": False}, _("they vote"))]
    return (
        *step(of, "organisation-declares", _("Declare who votes"), declares if of.state.seats[of.code].members else []),
        *step(of, "candidate-withdraws", _("Withdraw from the election"), stands),
        *step(of, "observer-objected", _("Object to an observer"), observers, blanks=(REASONS,)),
        *step(of, "objection-withdrawn", _("Withdraw the objection"), objected),
        *_challenge(of),
        *step(of, "challenge-withdrawn", _("Withdraw the challenge"), challenged),
        *step(of, "attendance", _("We leave the room"), [({"present": False}, "")]),
    )


def _challenge(of: Delegation) -> tuple[Step, ...]:
    """To challenge credentials: whose, the person says; that any can be is tried with one."""
    handed_in = next((one for one in of.state.seats.values() if one.credentials in ("submitted", "accepted")), None)
    body = {"seat": handed_in.code if handed_in else "", "reasons": "…"}
    if handed_in is None or not of.may("credentials-challenged", body):
        return ()
    seat = Blank(name="seat", kind="line", label=_("Whose"), hint=_("The code or the name of the State."))
    made = Step(
        kind="credentials-challenged",
        label=_("Challenge credentials"),
        about="",
        rule=of.state.book.rule(of.state.book.credentials.seat_rule),
        options=(Option(value="{}", label=""),),
        blanks=(seat, REASONS),
    )
    return (made,)
