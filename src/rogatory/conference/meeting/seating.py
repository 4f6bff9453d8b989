"""Who takes part: delegations and their credentials, officers and who presides.

A delegation is seated provisionally until the body has decided on its credentials, where the rulebook says so. Whoever
the body has turned away by a vote keeps no provisional seat with new credentials; whom it has accepted by a vote is not
challenged again. A challenge that is withdrawn leaves the credentials to be examined.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder
from rogatory.conference.meeting.state import (
    Candidature,
    Objection,
    Officer,
    Place,
    Standing,
    State,
)
from rogatory.conference.rulebook.model import Effect, Rulebook
from rogatory.law.words import Words


def _registered(state: State, event: Event) -> State:
    found = asking.require_admitted(state, event.body["seat"])
    return asking.with_seat(state, replace(found, registered=True, delegates=event.body.get("delegates", ())))


def _attendance(state: State, event: Event) -> State:
    code = event.body.get("seat", event.by.of)
    if event.by.role == "delegation" and code != event.by.of:
        raise NoRight(f"{event.by.of} cannot speak for {code}", cite=state.book.cite(state.book.quorum.rule))
    found = asking.seat(state, code)
    if event.body["present"]:
        asking.require_admitted(state, code)
        if state.private and not state.kind(code).private_meetings:
            raise NoRight(
                f"the meeting is private: {state.kind(code).name.en} cannot attend",
                cite=state.book.cite(state.kind(code).rule),
            )
    if found.present == event.body["present"]:
        raise OutOfOrder(f"{code} is recorded so already", cite=state.book.cite(state.book.quorum.rule))
    # Taking the seat is taking part in the session.
    registered = found.registered or event.body["present"]
    changed = asking.with_seat(state, replace(found, present=event.body["present"], registered=registered))
    return asking.entered(changed, code) if event.body["present"] else changed


def _credentials_submitted(state: State, event: Event) -> State:
    rules, found = state.book.credentials, asking.seat(state, event.body["seat"])
    if not state.kind(found.code).credentials:
        raise OutOfOrder(f"{found.code} needs no credentials", cite=state.book.cite(rules.rule))
    if event.body["signed_by"] not in rules.signed_by:
        raise OutOfOrder(f"credentials are signed by: {', '.join(rules.signed_by)}", cite=state.book.cite(rules.rule))
    if found.credentials in (Standing.ACCEPTED, Standing.CHALLENGED):
        raise OutOfOrder(f"the credentials of {found.code}: {found.credentials}", cite=state.book.cite(rules.rule))
    asking.require_no_vote(state)
    if found.place is not Place.SEATED:
        raise NoRight(f"{found.code} is not admitted to the session", cite=state.book.cite(state.kind(found.code).rule))
    return asking.with_seat(
        state,
        replace(
            found,
            registered=True,
            credentials=Standing.SUBMITTED,
            signed_by=event.body["signed_by"],
            credentials_at=event.at,
        ),
    )


def _credentials_challenged(state: State, event: Event) -> State:
    rules, found = state.book.credentials, asking.seat(state, event.body["seat"])
    asking.require_proposer(state, event.by.of, present=state.opened)
    asking.require_no_vote(state)
    cite = state.book.cite(rules.seat_rule)
    if found.code == event.by.of:
        raise NoRight(f"{found.code} does not challenge its own credentials", cite=cite)
    if found.credentials not in (Standing.SUBMITTED, Standing.ACCEPTED):
        raise OutOfOrder(f"the credentials of {found.code}: {found.credentials}", cite=cite)
    if found.judged and found.credentials is Standing.ACCEPTED:
        raise OutOfOrder(f"the body has voted on the credentials of {found.code}", cite=cite)
    objection = Objection(by=event.by.of, reasons=event.body["reasons"])
    return asking.with_seat(
        state, replace(found, credentials=Standing.CHALLENGED, objections=(*found.objections, objection))
    )


def _challenge_withdrawn(state: State, event: Event) -> State:
    asking.require_no_vote(state)
    found = asking.seat(state, event.body["seat"])
    kept = tuple(one for one in found.objections if one.by != event.by.of)
    if found.credentials is not Standing.CHALLENGED or len(kept) == len(found.objections):
        raise OutOfOrder(
            f"{event.by.of} does not challenge the credentials of {found.code}",
            cite=state.book.cite(state.book.credentials.seat_rule),
        )
    standing = Standing.CHALLENGED if kept else Standing.SUBMITTED
    return asking.with_seat(state, replace(found, objections=kept, credentials=standing))


def _credentials_examined(state: State, event: Event) -> State:
    """The examiners' report, approved by the body without a vote; a challenged delegation is left to a vote."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    rules = state.book.credentials
    accepted = event.body["accepted"]
    if not accepted or len(set(accepted)) != len(accepted):
        raise BadEvent("name the delegations whose credentials are accepted, each once")
    for code in accepted:
        found = asking.seat(state, code)
        if found.credentials is Standing.CHALLENGED:
            raise OutOfOrder(
                f"the credentials of {code} are challenged: put them to the body", cite=state.book.cite(rules.seat_rule)
            )
        if found.credentials is not Standing.SUBMITTED:
            raise OutOfOrder(f"the credentials of {code}: {found.credentials}", cite=state.book.cite(rules.rule))
        state = asking.with_seat(state, replace(found, credentials=Standing.ACCEPTED))
    what = Words("Approval of the report on credentials", "Approbation du rapport sur les pouvoirs")
    return asking.decided(
        state, event, what, about="credentials", target="report", how="no-objection", rule=rules.seat_rule
    )


def decide_credentials(state: State, code: str, *, accepted: bool) -> State:
    """What a vote on challenged credentials does."""
    found = asking.seat(state, code)
    standing = Standing.ACCEPTED if accepted else Standing.REFUSED
    changed = asking.with_seat(state, replace(found, credentials=standing, judged=True))
    return changed if accepted else _silenced(changed, frozenset({code}))


def _silenced(state: State, codes: frozenset[str]) -> State:
    """*state* with those off the list of speakers."""
    return asking.with_floor(state, waiting=tuple(one for one in state.floor.waiting if one.code not in codes))


def exclude(state: State) -> State:
    """*state* when the meeting goes on in private: who may not attend such a meeting leaves the room."""
    out = frozenset(code for code in state.seats if not state.kind(code).private_meetings)
    seats = {code: replace(one, present=False) if code in out else one for code, one in state.seats.items()}
    return _silenced(replace(state, seats=seats, private=True), out)


def _made_public(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    if not state.private:
        raise OutOfOrder("the meeting is public", cite=state.book.cite(private_rule(state.book)))
    return replace(state, private=False)


def private_rule(book: Rulebook) -> str:
    """The rule on meeting in private, else that on the powers of the presiding officer."""
    found = [one.rule for one in book.motions.values() if one.effect is Effect.PRIVATE_MEETING]
    return found[0] if found else book.officers.presiding_rule


def _candidature(state: State, event: Event) -> State:
    body, rules = event.body, state.book.officers
    cite = state.book.cite(rules.rule)
    found = asking.seat(state, body["seat"])
    post = next((one for one in rules.posts if one.id == body["post"]), None)
    if post is None:
        raise OutOfOrder(f"there is no office {body['post']}: {', '.join(one.id for one in rules.posts)}", cite=cite)
    if not state.kind(found.code).votes or asking.organisation(state, found.code):
        raise NoRight("officers are elected from among States Parties", cite=cite)
    if any(one.state == found.code and one.post == post.id and not one.withdrawn for one in state.candidatures):
        raise OutOfOrder(f"{found.code} stands for {post.id} already", cite=cite)
    made = Candidature(state=found.code, person=body["person"], post=post.id, endorsed=body.get("endorsed", False))
    return replace(state, candidatures=(*state.candidatures, made))


def _candidature_withdrawn(state: State, event: Event) -> State:
    cite = state.book.cite(state.book.officers.rule)
    for contest in state.contests.values():
        standing = (*contest.balloting.candidates, *contest.balloting.elected)
        if contest.post == event.body["post"] and not contest.concluded and event.body["seat"] in standing:
            raise OutOfOrder(f"election {contest.id} has begun: the candidate withdraws there", cite=cite)
    for place, one in enumerate(state.candidatures):
        if one.state == event.body["seat"] and one.post == event.body["post"] and not one.withdrawn:
            changed = (*state.candidatures[:place], replace(one, withdrawn=True), *state.candidatures[place + 1 :])
            return replace(state, candidatures=changed)
    raise OutOfOrder(f"{event.body['seat']} does not stand for {event.body['post']}", cite=cite)


def _chair_taken(state: State, event: Event) -> State:
    cite = asking.cite_presiding(state)
    asking.require_no_vote(state)
    found = asking.require_admitted(state, event.body["seat"])
    if not state.kind(found.code).votes or asking.organisation(state, found.code):
        raise NoRight(f"{found.code} cannot preside: it is no State Party", cite=cite)
    if state.presiding == found.code:
        raise OutOfOrder(f"{found.code} presides already", cite=cite)
    bureau = {one.state for one in state.officers if one.post in ("president", "vice-president", "chair", "vice-chair")}
    if bureau and found.code not in bureau:
        raise OutOfOrder(f"{found.code} is neither president nor vice-president", cite=cite)
    return replace(state, presiding=found.code)


def install(state: State, post: str, code: str, person: str) -> State:
    """*state* with one officer more; a new president takes the chair."""
    officers = (*state.officers, Officer(post=post, state=code, person=person))
    takes_chair = post in ("president", "chair")
    return replace(state, officers=officers, presiding=code if takes_chair else state.presiding)


KINDS = (
    Kind(
        id="delegation-registered",
        name=Words("Delegation registered", "Délégation inscrite"),
        by=("secretariat",),
        apply=_registered,
        rule=lambda book: book.credentials.rule,
        form={"seat": "seat", "delegates": "list:text?"},
    ),
    Kind(
        id="attendance",
        name=Words("Attendance", "Présence"),
        by=("secretariat", "delegation"),
        apply=_attendance,
        rule=lambda book: book.quorum.rule,
        form={"present": "flag", "seat": "seat?"},
    ),
    Kind(
        id="credentials-submitted",
        name=Words("Credentials submitted", "Pouvoirs présentés"),
        by=("secretariat",),
        apply=_credentials_submitted,
        rule=lambda book: book.credentials.rule,
        form={"seat": "seat", "signed_by": "name"},
    ),
    Kind(
        id="credentials-challenged",
        name=Words("Credentials challenged", "Pouvoirs contestés"),
        by=("delegation",),
        apply=_credentials_challenged,
        rule=lambda book: book.credentials.seat_rule,
        form={"seat": "seat", "reasons": "text"},
    ),
    Kind(
        id="challenge-withdrawn",
        name=Words("Challenge withdrawn", "Contestation retirée"),
        by=("delegation",),
        apply=_challenge_withdrawn,
        rule=lambda book: book.credentials.seat_rule,
        form={"seat": "seat"},
    ),
    Kind(
        id="credentials-approved",
        name=Words("Report on credentials approved", "Rapport sur les pouvoirs approuvé"),
        by=("presiding",),
        apply=_credentials_examined,
        rule=lambda book: book.credentials.seat_rule,
        form={"accepted": "list:seat"},
    ),
    Kind(
        id="meeting-made-public",
        name=Words("The meeting is public again", "La séance redevient publique"),
        by=("presiding",),
        apply=_made_public,
        rule=private_rule,
    ),
    Kind(
        id="candidature-submitted",
        name=Words("Candidature submitted", "Candidature présentée"),
        by=("secretariat",),
        apply=_candidature,
        rule=lambda book: book.officers.rule,
        form={"seat": "seat", "post": "name", "person": "text", "endorsed": "flag?"},
    ),
    Kind(
        id="candidature-withdrawn",
        name=Words("Candidature withdrawn", "Candidature retirée"),
        by=("secretariat",),
        apply=_candidature_withdrawn,
        rule=lambda book: book.officers.rule,
        form={"seat": "seat", "post": "name"},
    ),
    Kind(
        id="chair-taken",
        name=Words("The chair is taken", "Prise de la présidence"),
        by=("secretariat",),
        apply=_chair_taken,
        rule=lambda book: book.officers.presiding_rule,
        form={"seat": "seat"},
    ),
)
