"""A delegation's phone: its vote, the floor, motions, papers, its credentials.

Nothing is shown before the server has taken it: the vote that stands here is the one that counts. While a vote is being
taken the page is short, because all delegations draw theirs at once.
"""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rogatory.conference.counting.votes import Choice
from rogatory.conference.meeting import asking, floor
from rogatory.conference.meeting.state import Document, Item, Seat, State, Vote
from rogatory.errors import RogatoryError
from rogatory.law.words import Words
from rogatory.node.conference import documents
from rogatory.node.conference.meetings import Sitting
from rogatory.node.conference.publishing import Reader
from rogatory.web.conference import acts, chair, matters, offers
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face
from rogatory.web.conference.offers import Delegation
from rogatory.web.conference.steps import Step
from rogatory.web.words import Label


def why(state: State, error: RogatoryError | None) -> dict[str, Any] | None:
    """A refusal and its rule, as the page shows them."""
    return {"error": error, "rule": acts.rule_of(state.book, error)} if error else None


def ballot(of: Delegation, vote: Vote) -> dict[str, Any]:
    """The vote being taken: the vote that was counted, the choices still open, or why there is none."""
    state, mine = of.state, vote.votes.get(of.code)
    tried = {one: of.refusal("vote-cast", {"vote": vote.id, "choice": one.value}) for one in Choice}
    choices = [one.value for one, refusal in tried.items() if refusal is None]
    majority = state.book.majority(vote.question.subject)
    by_device = vote.method in ("recorded", "roll-call")
    ahead = vote.order.index(of.code) - vote.asked if of.code in vote.order else None
    return {
        "vote": vote,
        "question": matters.question(state, vote.question),
        "needs": majority.threshold.words(),
        "rule": state.book.rule(majority.rule),
        "mine": mine,
        "choices": choices,
        "by_device": by_device,
        "ahead": ahead if vote.method == "roll-call" and ahead and ahead > 0 else 0,
        "why": why(state, tried[Choice.YES]) if by_device and not choices and mine is None else None,
    }


def closed(of: Delegation, vote: Vote) -> dict[str, Any]:
    """The last vote that was closed, and how this delegation was counted in it."""
    return {
        "vote": vote,
        "question": matters.question(of.state, vote.question),
        "mine": vote.votes.get(of.code),
        "by_device": vote.method in ("recorded", "roll-call"),
        "might": of.state.kind(of.code).votes,
    }


def _fresh(state: State) -> bool:
    """Whether the last vote is what was done last: then its result stands on top."""
    last = state.decisions[-1].vote if state.decisions else ""
    busy = state.floor.speaking or state.floor.point or state.motion
    return bool(last) and not busy and last == state.votes[-1].id


def speaking(of: Delegation) -> dict[str, Any]:
    """The floor: who has it, this delegation's places on the list, what it may ask for, or why not."""
    state, waiting = of.state, floor.order(of.state)
    has = state.floor.speaking
    places = [(at + 1, one.purpose) for at, one in enumerate(waiting) if one.code == of.code]
    listed = {purpose for _at, purpose in places}
    refused = of.refusal("floor-asked", {"purpose": "statement"})
    return {
        "speaking": has,
        "speaking_name": matters.name(state, has.code) if has else "",
        "mine": has is not None and has.code == of.code,
        "places": places,
        "waiting": len(waiting),
        "closed": state.floor.list_closed,
        "ask": refused is None,
        "why": why(state, refused) if refused and "statement" not in listed else None,
        "reply": of.may("floor-asked", {"purpose": "reply"}),
        "reply_rule": state.book.rule(state.book.speaking.reply_rule),
        "list_rule": state.book.rule(state.book.speaking.list_rule),
        "leave": bool(places) and of.may("floor-declined"),
        "finish": has is not None and has.code == of.code and of.may("floor-ended"),
    }


def lacking(of: Delegation) -> tuple[Label, ...]:
    """What is missing before this delegation takes part in full."""
    state, seat = of.state, of.state.seats[of.code]
    kind, found = state.kind(of.code), []
    if seat.place != "seated":
        found.append(_("You are not admitted to the session yet."))
    if kind.credentials and seat.credentials == "none":
        found.append(_("No credentials were handed in: give them to the secretariat."))
    if kind.votes and seat.credentials != "none" and not asking.accredited(state, seat):
        found.append(_("Until your credentials are accepted you cannot vote."))
    if seat.place == "seated" and not seat.present:
        found.append(_("You are not recorded as present."))
    if not kind.votes:
        found.append(_("You have no vote here."))
    elif of.code in asking.represented(state):
        found.append(_("Your regional organisation votes for you."))
    return tuple(found)


def _groups(of: Delegation) -> tuple[tuple[str, Label, tuple[Step, ...]], ...]:
    """What else it may do, as folded groups; while a vote is taken only what is on its conduct."""
    found: list[tuple[str, Label, tuple[Step, ...]]] = [("points", _("Point of order"), offers.points(of))]
    if of.state.vote is None:
        found += [
            ("motion", _("The motion before the meeting"), offers.on_motion(of)),
            ("motions", _("Move a motion"), offers.motions(of)),
            ("explanation", _("Explanation of vote"), offers.explanation(of)),
            ("proposals", _("Proposals"), offers.proposals(of)),
            ("agenda-item", _("Agenda"), offers.agenda(of)),
            ("others", _("More"), offers.others(of)),
        ]
    return tuple(one for one in found if one[2])


def _language() -> str:
    return get_language() or "en"


@lru_cache(maxsize=32)
def _papers(
    meeting: str,
    items: tuple[Item, ...],
    open_item: str,
    papers: tuple[Document, ...],
    languages: tuple[tuple[str, ...], str],
) -> SafeString:
    """The agenda and the documents: the same for everybody who reads one language (the second of *languages*, after
    those of the session), so drawn once."""
    by_item = [(one, [found for found in papers if found.item == one.id]) for one in items]
    general = [found for found in papers if not any(one.id == found.item for one in items)]
    known, reader = languages
    shown = {"by_item": by_item, "general": general, "open_item": open_item, "languages": known, "reader": reader}
    return render_to_string("web/conference/parts/papers.html", {**shown, "meeting": meeting})


def says(of: Delegation) -> Words:
    """What has happened, in one sentence for those who listen to the page: first what concerns this delegation."""
    state, vote = of.state, of.state.vote
    if vote is not None and of.code in vote.votes:
        english = f"Your vote was counted: {vote.votes[of.code]}"
        french = f"Votre vote est compté : {_FRENCH[vote.votes[of.code]]}"
        return Words(english, french)
    if state.floor.speaking is not None and state.floor.speaking.code == of.code:
        return Words("You have the floor", "Vous avez la parole")
    return chair.says(state)


_FRENCH = {Choice.YES: "oui", Choice.NO: "non", Choice.ABSTAIN: "abstention"}


def _context(request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    of = Delegation(state=state, code=request.holder.of, at=request.node.clock.now())
    seat = state.seats[of.code]
    reader = Reader(holder=request.holder.actor)
    if not reader.may_follow(state):
        return {"seat": seat, "shut": True}
    papers = documents.listed(state, reader)
    quiet = state.vote is None
    return {
        "seat": seat,
        "kind": state.kind(of.code),
        "credentials_rule": state.book.rule(state.book.credentials.seat_rule),
        "lacking": lacking(of),
        "arrive": not seat.present and of.may("attendance", {"present": True}),
        "ballot": ballot(of, state.vote) if state.vote else None,
        "closed": closed(of, state.votes[-1]) if quiet and state.votes else None,
        "fresh": quiet and _fresh(state),
        "elections": [chair.election(state, one) for one in state.contests.values() if one.ballot_open],
        "floor": speaking(of) if quiet else None,
        "point": state.floor.point,
        "point_by": matters.name(state, state.floor.point.by) if state.floor.point else "",
        "motion": chair.motion(state),
        "item": next((one for one in state.items if one.id == state.item), None),
        "presiding": matters.name(state, state.presiding) if state.presiding else "",
        "groups": _groups(of),
        "papers": _papers(sitting.meeting, state.items, state.item, papers, (state.book.languages, _language())),
        "says": says(of),
    }


def _own(state: State, of: str) -> object:
    """What the page shows of this delegation, and of the floor: not who else waits, votes or comes in."""
    seat: Seat | None = state.seats.get(of)
    waiting = tuple((at, one.purpose) for at, one in enumerate(floor.order(state)) if one.code == of)
    mine = state.vote.votes.get(of) if state.vote else None
    called = state.vote.asked if state.vote and state.vote.order else 0
    casting = tuple(one.code for one in state.seats.values() if one.casts and one.present)
    now = (state.floor.speaking, state.floor.point, state.floor.motions, state.floor.list_closed)
    also = (state.floor.debate_closed, state.floor.replies.get(of, 0), len(state.floor.waiting))
    return seat, waiting, mine, called, casting, now, also


PHONE = Face(
    name="phone",
    role="delegation",
    aspects=("session", "agenda", "documents", "proposals", "question", "results", "contests"),
    context=_context,
    own=_own,
)
