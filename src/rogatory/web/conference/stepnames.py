"""What the steps of a desk are called: the button, the matter, the ways to take one, what cannot be undone."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rogatory.conference.meeting.possible import Possible
from rogatory.conference.meeting.state import Question, State
from rogatory.law.words import Words
from rogatory.web.conference import matters
from rogatory.web.conference.words import CHOICES, METHODS, PURPOSES, RULINGS, SIDES
from rogatory.web.words import Label

Body = Mapping[str, Any]

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

#: What the two answers of a yes-or-no act are called.
FLAGS: Mapping[tuple[str, bool], Label] = {
    ("present", True): _("Present"),
    ("present", False): _("Absent"),
    ("casts", True): _("it votes for its members"),
    ("casts", False): _("they vote"),
    ("conduct_of_voting", True): _("on the conduct of the vote"),
}


def about(state: State, one: Possible) -> object:
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


def way(state: State, one: Possible) -> object:
    """What tells this way to take a step from the others; empty when its body says nothing to a person."""
    body = one.body
    if one.kind == "vote-opened":
        return METHODS.get(body["method"], body["method"])
    flag = next((name for name, value in body.items() if isinstance(value, bool)), "")
    if flag and len(body) == 1:
        return FLAGS.get((flag, body[flag]), "")
    for name, called in WAYS:
        if name in body:
            return called(state, body)
    return ""


def _majority(state: State, body: Body) -> Words:
    proposal, majority = state.proposals[body["proposal"]], state.book.majority(body["subject"]).name
    return Words(f"{proposal.id}: {majority.en}", f"{proposal.id} : {majority.fr}")


def _motion(state: State, body: Mapping[str, Any]) -> Words:
    named = state.book.motions[body["motion"]].name
    target = body.get("target", "")
    about = state.book.rules[target].name if target in state.book.rules else Words(target, target)
    return Words(f"{named.en} {about.en}".strip(), f"{named.fr} {about.fr}".strip())


def _item(state: State, body: Body) -> Words:
    found = next(item for item in state.items if item.id == body["item"])
    return Words(f"{found.id}. {found.title.en}", f"{found.id}. {found.title.fr}")


def _post(state: State, body: Body) -> Words:
    post = next(office for office in state.book.officers.posts if office.id == body["post"])
    after = ", ".join(str(part) for part in (body.get("group", ""), body.get("seats", "")) if part)
    return Words(f"{post.name.en} ({after})", f"{post.name.fr} ({after})") if after else post.name


def _target(_state: State, body: Body) -> Words:
    words = " ".join(str(value) for value in body.values())
    return Words(words, words)


#: What a body names -> what to call it; the first that fits.
WAYS: tuple[tuple[str, Callable[[State, Body], object]], ...] = (
    ("ruling", lambda _state, body: RULINGS[body["ruling"]]),
    ("subject", _majority),
    ("motion", _motion),
    ("choice", lambda _state, body: CHOICES[body["choice"]].word),
    ("side", lambda _state, body: SIDES[body["side"]]),
    ("purpose", lambda _state, body: PURPOSES[body["purpose"]]),
    ("item", _item),
    ("proposal", lambda state, body: matters.proposal(state.proposals[body["proposal"]])),
    ("amends", lambda state, body: matters.proposal(state.proposals[body["amends"]])),
    ("post", _post),
    ("contest", lambda state, body: matters.contest(state, state.contests[body["contest"]])),
    ("seat", lambda state, body: matters.name(state, body["seat"])),
    ("target", _target),
)
