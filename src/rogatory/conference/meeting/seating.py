"""Who takes part: delegations and their credentials, observers and objections to them, officers and who presides.

A delegation is seated provisionally until the body has decided on its credentials, where the rulebook says so. An
observer that must apply is admitted when nobody objects in time; what an objection does is the rulebook's to say.
"""

from dataclasses import replace
from datetime import timedelta

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.convening import SEAT_FORM
from rogatory.conference.meeting.events import Event, Kind, read
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder, TooSoon
from rogatory.conference.meeting.state import (
    Candidature,
    Objection,
    Officer,
    Phase,
    Place,
    Seat,
    Standing,
    State,
)
from rogatory.law.words import Words


def _registered(state: State, event: Event) -> State:
    found = asking.seat(state, event.body["seat"])
    if found.place is not Place.SEATED:
        raise NoRight(f"{found.code} is not admitted to the session", cite=state.book.cite(state.kind(found.code).rule))
    return asking.with_seat(state, replace(found, registered=True, delegates=event.body.get("delegates", ())))


def _attendance(state: State, event: Event) -> State:
    code = event.body.get("seat", event.by.of)
    if event.by.role == "delegation" and code != event.by.of:
        raise NoRight(f"{event.by.of} cannot speak for {code}")
    found = asking.seat(state, code)
    if state.phase is Phase.CLOSED:
        raise OutOfOrder("the session is closed", cite=state.book.cite(state.book.quorum.rule))
    if found.place is not Place.SEATED:
        raise NoRight(f"{code} is not admitted to the session", cite=state.book.cite(state.kind(code).rule))
    if found.present == event.body["present"]:
        raise OutOfOrder(f"{code} is recorded so already", cite=state.book.cite(state.book.quorum.rule))
    # Taking the seat is taking part in the session.
    registered = found.registered or event.body["present"]
    return asking.with_seat(state, replace(found, present=event.body["present"], registered=registered))


def _credentials_submitted(state: State, event: Event) -> State:
    rules, found = state.book.credentials, asking.seat(state, event.body["seat"])
    if not state.kind(found.code).credentials:
        raise OutOfOrder(f"{found.code} needs no credentials", cite=state.book.cite(rules.rule))
    if event.body["signed_by"] not in rules.signed_by:
        raise OutOfOrder(f"credentials are signed by: {', '.join(rules.signed_by)}", cite=state.book.cite(rules.rule))
    if found.credentials in (Standing.ACCEPTED, Standing.CHALLENGED):
        raise OutOfOrder(f"the credentials of {found.code}: {found.credentials}", cite=state.book.cite(rules.rule))
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
    asking.require_proposer(state, event.by.of)
    if found.credentials not in (Standing.SUBMITTED, Standing.ACCEPTED):
        raise OutOfOrder(f"the credentials of {found.code}: {found.credentials}", cite=state.book.cite(rules.seat_rule))
    objection = Objection(by=event.by.of, reasons=event.body["reasons"])
    return asking.with_seat(
        state, replace(found, credentials=Standing.CHALLENGED, objections=(*found.objections, objection))
    )


def _credentials_examined(state: State, event: Event) -> State:
    """The examiners' report, approved by the body without a vote; a challenged delegation is left to a vote."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
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
    return asking.with_seat(state, replace(found, credentials=Standing.ACCEPTED if accepted else Standing.REFUSED))


def _applied(state: State, event: Event) -> State:
    row = read(SEAT_FORM, event.body["seat"])
    kind = state.book.participants.get(row["kind"])
    if kind is None:
        raise BadEvent(f"{row['kind']!r} is no kind of participant: {', '.join(state.book.participants)}")
    if kind.votes:
        raise NoRight("a State Party does not apply: it takes part of right", cite=state.book.cite(kind.rule))
    if row["code"] in state.seats:
        raise BadEvent(f"{row['code']} stands among the participants already")
    of_right = kind.admission.how in ("of-right", "written-notice", "standing-invitation")
    made = Seat(**{**row, "place": Place.SEATED if of_right else Place.APPLIED})
    return asking.with_seat(state, made)


def _listed(state: State, event: Event) -> State:
    waiting = [one for one in state.seats.values() if one.place is Place.APPLIED and one.listed_at is None]
    if not waiting:
        raise OutOfOrder("no application waits to be circulated", cite=state.book.cite("observers-ngo"))
    for one in waiting:
        state = asking.with_seat(state, replace(one, listed_at=event.at))
    return state


def _objected(state: State, event: Event) -> State:
    found, kind = asking.seat(state, event.body["seat"]), state.kind(event.body["seat"])
    voter = state.kind(asking.seat(state, event.by.of).code)
    cite = state.book.cite(kind.rule)
    if not voter.votes:
        raise NoRight("only States Parties object to an observer", cite=cite)
    if kind.admission.objection == "none":
        raise OutOfOrder("these rules know no objection to such a participant", cite=cite)
    if found.place not in (Place.APPLIED, Place.OBJECTED):
        raise OutOfOrder(f"the application of {found.code} is decided: {found.place}", cite=cite)
    if kind.admission.reasons_owed and "reasons" not in event.body:
        raise OutOfOrder("an objection gives its reasons", cite=cite)
    objection = Objection(by=event.by.of, reasons=event.body.get("reasons", ""))
    place = Place.REFUSED if kind.admission.objection == "excludes" else Place.OBJECTED
    return asking.with_seat(state, replace(found, place=place, objections=(*found.objections, objection)))


def _admitted(state: State, event: Event) -> State:
    """An application that nobody objected to, once the time for objections is over."""
    found, kind = asking.seat(state, event.body["seat"]), state.kind(event.body["seat"])
    cite = state.book.cite(kind.rule)
    if found.place is not Place.APPLIED:
        raise OutOfOrder(
            f"the application of {found.code}: {found.place}",
            cite=cite,
            remedy="An application that met an objection is put to the body.",
        )
    if kind.admission.how == "listed-application":
        if found.listed_at is None:
            raise OutOfOrder(f"the application of {found.code} has not been circulated", cite=cite)
        if event.at < found.listed_at + timedelta(days=kind.admission.days_before):
            raise TooSoon(f"objections may still come: {kind.admission.days_before} days from the list", cite=cite)
    return asking.with_seat(state, replace(found, place=Place.SEATED))


def decide_admission(state: State, code: str, *, admitted: bool) -> State:
    """What a vote on a contested application does."""
    found = asking.seat(state, code)
    return asking.with_seat(state, replace(found, place=Place.SEATED if admitted else Place.REFUSED))


def _candidature(state: State, event: Event) -> State:
    body, rules = event.body, state.book.officers
    cite = state.book.cite(rules.rule)
    found = asking.seat(state, body["seat"])
    post = next((one for one in rules.posts if one.id == body["post"]), None)
    if post is None:
        raise OutOfOrder(f"there is no office {body['post']}: {', '.join(one.id for one in rules.posts)}", cite=cite)
    if not state.kind(found.code).votes or found.members:
        raise NoRight("officers are elected from among States Parties", cite=cite)
    if any(one.state == found.code and one.post == post.id and not one.withdrawn for one in state.candidatures):
        raise OutOfOrder(f"{found.code} stands for {post.id} already", cite=cite)
    made = Candidature(state=found.code, person=body["person"], post=post.id, endorsed=body.get("endorsed", False))
    return replace(state, candidatures=(*state.candidatures, made))


def _candidature_withdrawn(state: State, event: Event) -> State:
    cite = state.book.cite(state.book.officers.rule)
    for place, one in enumerate(state.candidatures):
        if one.state == event.body["seat"] and one.post == event.body["post"] and not one.withdrawn:
            changed = (*state.candidatures[:place], replace(one, withdrawn=True), *state.candidatures[place + 1 :])
            return replace(state, candidatures=changed)
    raise OutOfOrder(f"{event.body['seat']} does not stand for {event.body['post']}", cite=cite)


def _chair_taken(state: State, event: Event) -> State:
    cite = asking.cite_presiding(state)
    asking.require_no_vote(state)
    found = asking.seat(state, event.body["seat"])
    if not state.kind(found.code).votes:
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
        id="credentials-approved",
        name=Words("Report on credentials approved", "Rapport sur les pouvoirs approuvé"),
        by=("presiding",),
        apply=_credentials_examined,
        rule=lambda book: book.credentials.seat_rule,
        form={"accepted": "list:seat"},
    ),
    Kind(
        id="observer-applied",
        name=Words("Application of an observer", "Demande d'un observateur"),
        by=("secretariat",),
        apply=_applied,
        rule=lambda book: book.credentials.rule,
        form={"seat": "row"},
    ),
    Kind(
        id="observers-listed",
        name=Words("List of applications circulated", "Liste des demandes distribuée"),
        by=("secretariat",),
        apply=_listed,
        rule=lambda book: book.credentials.rule,
    ),
    Kind(
        id="observer-objected",
        name=Words("Objection to an observer", "Objection à un observateur"),
        by=("delegation",),
        apply=_objected,
        rule=lambda book: book.credentials.rule,
        form={"seat": "seat", "reasons": "text?"},
    ),
    Kind(
        id="observer-admitted",
        name=Words("Observer admitted", "Observateur admis"),
        by=("secretariat",),
        apply=_admitted,
        rule=lambda book: book.credentials.rule,
        form={"seat": "seat"},
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
