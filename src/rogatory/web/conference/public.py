"""The public page of a meeting, where the operator opens it (`ROGATORY_PUBLIC=conference`) and the meeting is public.

Agenda, documents, decisions, votes by State, officers, and the record with what proves it. Votes by State are shown
once the vote is closed, and the record is not given away while one, or a ballot, is being taken or interrupted.
"""

from itertools import islice
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from rogatory.conference.counting.votes import Choice
from rogatory.conference.meeting.state import Officer, State, Vote
from rogatory.conference.rulebook.model import Effect
from rogatory.documents import sessionreport
from rogatory.errors import NotPermitted
from rogatory.law.words import LANGUAGES
from rogatory.node.conference import documents, meetings, publishing
from rogatory.node.conference.meetings import Sitting
from rogatory.node.conference.publishing import Reader
from rogatory.web.conference import chair, matters
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face
from rogatory.web.publicpages import is_open
from rogatory.web.statuswords import GROUPS

SHOWN_HEADS = 3


class NotPublic(NotPermitted):
    """This meeting has no page for the public."""

    code = "meeting-not-public"
    remedy = "Ask the secretariat of the meeting; a private meeting is for those who take part in it."


class NotNow(NotPermitted):
    """The record is not given away while a vote is being taken."""

    code = "record-not-now"
    remedy = "Wait until the vote is closed, and ask again."


def allowed(request: FaceRequest, sitting: Sitting) -> None:
    """Nothing, when whoever asks may read the page: of a private meeting only a secretary; raises `NotPublic`."""
    actor = getattr(request, "actor", None)
    if actor is not None and (not sitting.state.private or "secretary" in actor.roles):
        return
    if not is_open(request) or sitting.state.private:
        raise NotPublic


def was_private(state: State) -> bool:
    """Whether any part of the session was held in private: then the whole record is not for everybody."""
    names = {one.name for one in state.book.motions.values() if one.effect is Effect.PRIVATE_MEETING}
    decided = any(one.about == "motion" and one.how != "vote-rejected" and one.what in names for one in state.decisions)
    return state.private or decided


def tiles(state: State, vote: Vote) -> list[dict[str, Any]]:
    """Who voted how, by regional group in the order of the rulebook, then those in none; each by its English name.

    An organisation stands there only when it voted for its members: it is no State.
    """
    voters = [
        one
        for one in state.seats.values()
        if state.kind(one.code).votes and (not one.members or one.code in vote.votes)
    ]
    found = []
    for group in (*state.book.officers.groups, ""):
        members = sorted((one for one in voters if one.group == group), key=lambda one: one.name.en)
        if members:
            said = [(one, _said(vote, one.code)) for one in members]
            found.append({"name": GROUPS.get(group or "none", group), "seats": said})
    return found


def _said(vote: Vote, code: str) -> str:
    """What a State voted; an organisation's vote for its members is the organisation's."""
    if code in vote.votes:
        return vote.votes[code].value
    return "by-organisation" if vote.cast_for.get(code) in vote.votes else "none"


def _vote(state: State, vote: Vote) -> dict[str, Any]:
    by_name = vote.method in ("recorded", "roll-call")
    majority = state.book.majority(vote.question.subject)
    return {
        "vote": vote,
        "question": matters.question(state, vote.question),
        "rule": state.book.rule(majority.rule),
        "groups": tiles(state, vote) if by_name and vote.outcome else [],
        "choices": [one.value for one in Choice],
    }


def _officer(state: State, one: Officer) -> dict[str, Any]:
    post = next((found.name for found in state.book.officers.posts if found.id == one.post), one.post)
    return {"post": post, "person": one.person, "state": matters.name(state, one.state)}


def _context(request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    return {
        "presiding": matters.name(state, state.presiding) if state.presiding else None,
        "item": next((one for one in state.items if one.id == state.item), None),
        "speaking_name": matters.name(state, state.floor.speaking.code) if state.floor.speaking else "",
        "vote": chair.under_vote(state, state.vote) if state.vote else None,
        "quorum": chair.quorum(state),
        "officers": [_officer(state, one) for one in state.officers],
        "documents": documents.listed(state, Reader()),
        "languages": state.book.languages,
        "votes": [_vote(state, one) for one in reversed(state.votes)],
        "elections": [chair.election(state, one) for one in state.contests.values()],
        "record": not was_private(state) and not publishing.being_voted(state),
        "withheld": was_private(state),
        "formats": sessionreport.FORMATS,
        "report_languages": LANGUAGES,
        "heads": tuple(reversed(meetings.heads(request.node, sitting.meeting)))[:SHOWN_HEADS],
        "says": chair.says(state),
    }


PUBLIC = Face(
    name="public",
    role="public",
    aspects=(
        "session", "seats", "agenda", "documents", "bureau", "floor", "proposals", "question", "results", "contests",
        "decisions",
    ),
    context=_context,
    seconds=5.0,
    anybody=True,
    allowed=allowed,
)  # fmt: skip


def require_given(request: FaceRequest, sitting: Sitting) -> None:
    """Nothing, when whoever asks may have the whole record; raises `NotPublic` and `NotNow`."""
    allowed(request, sitting)
    if was_private(sitting.state):
        raise NotPublic("a part of this session was private, so its whole record is not for everybody")
    if publishing.being_voted(sitting.state):
        raise NotNow


@require_safe
def record_file(request: FaceRequest, meeting: str) -> HttpResponseBase:
    """The record of a public meeting, to be verified anywhere; raises `NotPublic` and `NotNow`."""
    sitting = meetings.sitting(request.node, meeting)
    require_given(request, sitting)
    if request.method == "HEAD":
        return HttpResponse(content_type="text/plain; charset=us-ascii")
    # As many entries as were looked at: a vote that is opened while a slow reader reads on is not given away.
    lines = islice(meetings.record(request.node, meeting), sitting.number)
    answer = StreamingHttpResponse(lines, content_type="text/plain; charset=us-ascii")
    answer["Content-Disposition"] = f'attachment; filename="{meeting}.record"'
    return answer
