"""Operations of those who act in a meeting: what they may do next, and doing it, with the pass of their badge.

The rules of procedure judge every act; a refusal changes nothing and cites the rule. An account and its tokens read,
and act at the desk alone.
"""

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from rogatory.api import bodies, parameters
from rogatory.api.answering import answered
from rogatory.api.bodies import Body
from rogatory.api.meetings import sitting
from rogatory.api.meetingshapes import ActTaken
from rogatory.api.problems import BadQuery, LogInNeeded
from rogatory.api.readers import ApiRequest, Desk, MeetingPass, Token, pass_shown
from rogatory.conference.meeting.events import ROLES, Actor
from rogatory.conference.meeting.possible import Possible
from rogatory.conference.meeting.state import State
from rogatory.conference.record.entries import is_once
from rogatory.node import people
from rogatory.node.conference import meetings

router = Router(tags=["acting"])
MAX_BYTES = 64 * 1024


class ActBody(Body):
    """What the holder of the pass does."""

    kind: Annotated[str, Field(description="The kind of event, as `list_possible` names it.", max_length=60)]
    body: Annotated[dict[str, Any], Field(description="What the event holds.", default_factory=dict)]
    once: Annotated[
        str,
        Field(description="A name for this submission: sent again, it is answered and not done again.", max_length=64),
    ] = ""


EXAMPLE = {"kind": "vote-cast", "body": {"vote": "V1", "choice": "yes"}, "once": "phone-7-1"}


@router.get(
    "/{meeting}/possible",
    auth=[MeetingPass(), Token(), Desk()],
    response=list[Possible],
    summary="List what may happen next",
    operation_id="list_possible",
)
@answered
def list_possible(
    request: ApiRequest, meeting: parameters.MeetingPath, role: parameters.Role = "", of: parameters.OfWhom = ""
) -> Any:
    """What one role may do now, and under which rule; what is `missing` is for the person to fill in."""
    state = sitting(request, meeting).state
    return meetings.possible(request.node, meeting, _asked(request, state, role, of))


def _asked(request: ApiRequest, state: State, role: str, of: str) -> Actor:
    """Who would act; raises `BadQuery`, and `RoleMissing` where the answer would tell how another votes."""
    held = pass_shown(request)
    if held is not None:
        if (role or held.role, of or held.of) != (held.role, held.of):
            raise BadQuery("a pass asks for its own role and participant", where="role")
        return held.actor
    if request.actor is None:
        raise LogInNeeded
    if role not in ROLES:
        raise BadQuery(f"the role is one of {', '.join(ROLES)}", where="role")
    if role == "delegation" and (state.vote or state.interrupted):
        people.require(request.actor, meetings.SECRETARY)
    return Actor(role, of or state.presiding)


@router.post(
    "/{meeting}/events",
    auth=MeetingPass(),
    response=ActTaken,
    summary="Act in a meeting",
    operation_id="act_in_meeting",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": ActBody.model_json_schema(), "example": EXAMPLE}},
        }
    },
)
@answered
def act_in_meeting(request: ApiRequest, meeting: parameters.MeetingPath) -> Any:
    """Do what the pass is for: vote, ask for the floor, preside, count. It stands in the record when it is answered."""
    held = pass_shown(request)
    if held is None:
        raise LogInNeeded
    sent = bodies.read(request, ActBody, limit=MAX_BYTES)
    if sent.once and not is_once(sent.once):
        raise meetings.BadMeeting(f"{sent.once[:60]!r} cannot name a submission")
    once = meetings.submission(held.actor, sent.once)
    found = meetings.act(request.node, meeting, held.actor, sent.kind, sent.body, once=once)
    return ActTaken(meeting=meeting, events=found.number, head=found.head)
