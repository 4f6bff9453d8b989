"""Operations about meetings: how each stands, and what was decided, voted and elected in it.

How the others vote is not told before a vote is closed, and no entry of the record is given away that would tell it.
"""

from typing import Any

from ninja import Router

from rogatory.api import meetingshapes, parameters
from rogatory.api.answering import Page, answered, page
from rogatory.api.meetingshapes import (
    DocumentLine,
    FloorNow,
    MeetingLine,
    MotionNow,
    Participant,
    PointNow,
    ProposalLine,
    RecordLine,
    SpeakerNow,
    VoteNow,
)
from rogatory.api.readers import ApiRequest, pass_shown
from rogatory.conference.meeting import asking, floor
from rogatory.conference.meeting.state import Pending, State, Vote
from rogatory.conference.record import summary
from rogatory.conference.rulebook import answers
from rogatory.law.words import Words
from rogatory.node.conference import documents, meetings, publishing
from rogatory.node.conference.meetings import Sitting
from rogatory.node.conference.publishing import Reader

#: The list is for people of the node and, where the operator says so, for everybody; one meeting for its passes too.
every, router = Router(tags=["conference"]), Router(tags=["conference"])


@every.get("", response=list[MeetingLine], summary="List meetings", operation_id="list_meetings")
@answered
def list_meetings(
    request: ApiRequest, limit: parameters.Limit = parameters.LIMIT, offset: parameters.Offset = 0
) -> Any:
    """The meetings of this node, the one that opens last first."""
    found = page(meetings.listed(request.node), limit=limit, offset=offset)
    lines = [
        MeetingLine(
            id=one.id,
            title=Words(**one.title),
            body=one.body,
            kind=one.kind,
            venue=one.venue,
            opens=one.opens,
            closes=one.closes,
            authority=one.authority,
        )
        for one in found.items
    ]
    return Page(lines, found.offset, found.limit, found.total)


@router.get(
    "/{meeting}", response=meetingshapes.MeetingNow, summary="Show how a meeting stands", operation_id="show_meeting"
)
@answered
def show_meeting(request: ApiRequest, meeting: parameters.MeetingPath) -> Any:
    """One meeting as it stands: phase, quorum, agenda, documents, floor, proposals, the vote being taken."""
    found = sitting(request, meeting)
    state = found.state
    facts = state.facts
    return {
        "id": facts.id,
        "title": facts.title,
        "body": facts.body,
        "kind": facts.kind,
        "venue": facts.venue,
        "opens": facts.opens,
        "closes": facts.closes,
        "events": found.number,
        "head": found.head,
        "at": state.at,
        "phase": state.phase,
        "private": state.private,
        "presiding": state.presiding,
        "rulebook": answers.named(state.book),
        "quorum": summary.quorum(state),
        "agenda_adopted": state.agenda_adopted,
        "items": state.items,
        "item": state.item,
        "documents": _documents(state, reader(request)),
        "officers": state.officers,
        "floor": _floor(state),
        "proposals": _proposals(state),
        "vote": _vote(state.vote),
        "interrupted": _vote(state.interrupted),
    }


@router.get(
    "/{meeting}/participants",
    response=list[Participant],
    summary="List participants",
    operation_id="list_participants",
)
@answered
def list_participants(
    request: ApiRequest,
    meeting: parameters.MeetingPath,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """Who takes part, by code: admission, credentials, presence, votes."""
    state = sitting(request, meeting).state
    rows = [_participant(state, code) for code in sorted(state.seats)]
    return page(rows, limit=limit, offset=offset)


@router.get(
    "/{meeting}/decisions",
    response=list[meetingshapes.DecisionTaken],
    summary="List decisions",
    operation_id="list_decisions",
)
@answered
def list_decisions(
    request: ApiRequest,
    meeting: parameters.MeetingPath,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """What the body decided, how, and under which rule; also what was put to the vote and not carried."""
    return page(summary.summary(sitting(request, meeting).state)["decisions"], limit=limit, offset=offset)


@router.get("/{meeting}/votes", response=list[meetingshapes.VoteTaken], summary="List votes", operation_id="list_votes")
@answered
def list_votes(
    request: ApiRequest,
    meeting: parameters.MeetingPath,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """The votes that were closed, State by State where they were taken by name, with the arithmetic."""
    return page(summary.summary(sitting(request, meeting).state)["votes"], limit=limit, offset=offset)


@router.get(
    "/{meeting}/elections",
    response=list[meetingshapes.ElectionHeld],
    summary="List elections",
    operation_id="list_elections",
)
@answered
def list_elections(request: ApiRequest, meeting: parameters.MeetingPath) -> Any:
    """Every election ballot by ballot, and who was elected; ballots are secret."""
    return summary.summary(sitting(request, meeting).state)["elections"]


@router.get(
    "/{meeting}/record", response=list[RecordLine], summary="Show the signed record", operation_id="show_record"
)
@answered
def show_record(
    request: ApiRequest,
    meeting: parameters.MeetingPath,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """The entries of the record, signed and chained; while a vote is being taken, those before it was opened."""
    found = sitting(request, meeting)
    rows, total = publishing.given_entries(request.node, found, offset + 1, limit, reader=reader(request))
    return Page([RecordLine(number=row.number, line=row.line.decode()) for row in rows], offset, limit, total)


def reader(request: ApiRequest) -> Reader:
    """Who asks, as the rules on private meetings take it."""
    held = pass_shown(request)
    return Reader(holder=held.actor) if held else Reader(person=request.actor)


def sitting(request: ApiRequest, meeting: str) -> Sitting:
    """How *meeting* stands, for whoever asks; raises `NoSuchMeeting` and `MeetingPrivate`."""
    found = meetings.sitting(request.node, meeting)
    publishing.require_reader(found.state, reader(request))
    return found


def _documents(state: State, asks: Reader) -> list[DocumentLine]:
    return [
        DocumentLine(
            symbol=one.symbol,
            title=one.title,
            languages=one.languages,
            version=one.version,
            item=one.item,
            at=one.at,
            sha256=one.sha256,
            files=dict(one.files),
        )
        for one in documents.listed(state, asks)
    ]


def _floor(state: State) -> FloorNow:
    now, speaking, point = state.floor, state.floor.speaking, state.floor.point
    first = sorted(now.motions, key=lambda one: state.rank(one.motion))
    return FloorNow(
        speaking=SpeakerNow(
            code=speaking.code, purpose=speaking.purpose, since=speaking.since, seconds=speaking.seconds
        )
        if speaking
        else None,
        waiting=tuple(one.code for one in floor.order(state)),
        list_closed=now.list_closed,
        debate_closed=now.debate_closed,
        point=PointNow(by=point.by, ruling=point.ruling, appealed_by=point.appealed_by) if point else None,
        motions=tuple(_motion(state, one) for one in (*first, *now.notices)),
    )


def _motion(state: State, one: Pending) -> MotionNow:
    name = state.book.motions[one.motion].name
    return MotionNow(id=one.id, motion=one.motion, name=name, by=one.by, target=one.target, due=one.due)


def _proposals(state: State) -> list[ProposalLine]:
    return [
        ProposalLine(
            id=one.id,
            title=one.title,
            item=one.item,
            subject=one.subject,
            sponsors=one.sponsors,
            amends=one.amends,
            status=one.status,
            submitted_at=one.submitted_at,
            circulated_at=one.circulated_at,
        )
        for one in state.proposals.values()
    ]


def _vote(vote: Vote | None) -> VoteNow | None:
    if vote is None:
        return None
    return VoteNow(
        id=vote.id,
        about=vote.question.about,
        target=vote.question.target,
        part=vote.question.part,
        subject=vote.question.subject,
        method=vote.method,
        opened_at=vote.opened_at,
        voted=len(vote.votes),
        order=vote.order,
        called=vote.order[vote.asked] if vote.asked < len(vote.order) else "",
    )


def _participant(state: State, code: str) -> Participant:
    one, kind = state.seats[code], state.kind(code)
    return Participant(
        code=code,
        name=one.name,
        kind=one.kind,
        kind_name=kind.name,
        group=one.group,
        members=one.members,
        place=one.place,
        credentials=one.credentials.value,
        registered=one.registered,
        present=one.present,
        votes=kind.votes,
        weight=asking.weight(state, code) if kind.votes else 0,
        casts=one.casts,
    )
